"""Attributions that others marked, as the training of the reader takes them."""
