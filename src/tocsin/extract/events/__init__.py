"""Events: who did what to whom, in PLOVER's terms."""
