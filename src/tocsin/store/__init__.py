"""The only door to the database: one folder, one SQLite file, no server.

`schema.sql` is the whole shape; `database` opens it, `migrations` bring an older one up to date.
`writer` adds and `forget` takes away, `settle` works out what several articles say together,
`judgements` keeps what people say of it, `queries` answers, `verify` looks at everything again;
nothing outside this package sends SQL.
"""
