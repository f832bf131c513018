"""Reading: bytes from outside become an `Article` whose text is never altered again."""
