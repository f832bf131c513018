"""Words, titles, outlets, agencies, places, types of act: tables with their origin."""
