"""Watch: what parties do to each other day by day, alarms where it gets worse, blocs, lists.

Pure functions on counts and records; what asks a store for these is in `stored` and `brief.stored`,
what asks the network and the clock in `feeds`.  Others' event tables are read here too.
"""
