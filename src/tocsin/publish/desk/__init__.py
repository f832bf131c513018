"""The desk: three thin faces over the same queries and kinds, for people, programs and models.

`pages` are what people look at, under `/`; `api` the same as JSON, under `/api/v1`; `mcp` the same
as tools for language models, under `/mcp` and over standard input and output.  They ask by
`asking`, read through `opened`, and stand behind `guard`.  Nothing outside this room knows of the
web.

Pages run under a strict content policy: own scripts and styles as files, nothing from elsewhere,
nothing inline.  What articles hold is untrusted on every page.
"""
