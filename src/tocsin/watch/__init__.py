"""Watch: what parties do to each other day by day, and alarms where it gets worse.

Pure functions on counts; no database, no clock.  Others' event tables are read here too.
"""
