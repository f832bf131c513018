"""The reader: one encoder that finds acts, their parties and how sure the wording is."""
