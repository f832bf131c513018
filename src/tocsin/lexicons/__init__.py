"""Words, titles, outlets, agencies, places: tables with their origin."""
