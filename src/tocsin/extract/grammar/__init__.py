"""What the parse says: arguments, complements, tense and modality."""
