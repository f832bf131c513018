"""Who says what: statements with speaker, cue, content, stance and relays."""
