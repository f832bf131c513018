"""Grammar: what the parse says of arguments, complements, tense and modality."""
