"""COMPARE: several articles at once; pure functions."""
