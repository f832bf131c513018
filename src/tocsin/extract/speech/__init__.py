"""Statements: who says what, with speaker, cue, content, stance and relays."""
