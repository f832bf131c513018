"""Doc in, records out: who, what was said, what happened.  No database, no network, no clock."""
