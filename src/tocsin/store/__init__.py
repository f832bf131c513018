"""The only door to the database: one folder, one SQLite file, no server.

`schema.sql` is the whole shape.  `writer` adds, `settle` works out what several articles say
together, `queries` answers; nothing outside this package sends SQL.
"""
