"""Texts beside each other: copies, passages, families, the same words."""
