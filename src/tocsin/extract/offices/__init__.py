"""Who is said to hold which office."""
