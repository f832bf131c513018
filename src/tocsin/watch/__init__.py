"""Watch: what parties do to each other day by day, alarms where it gets worse, blocs, lists.

Pure functions on counts; no database, no clock.  Others' event tables are read here too.
"""
