"""Offices: who is said to hold which."""
