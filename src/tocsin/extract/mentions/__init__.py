"""Names, people, places, days and quotations, found in one text."""
