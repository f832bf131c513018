"""The second reader: a large model of the user's own, asked what an article tells.

Nothing is sent unless the user names an endpoint and a model.  The way of one article:
`sentences` numbers what it says, and `prompt` makes requests of it; `endpoint` has them answered,
within limits; of what came back, `answers` keeps what stands in the text (`grounding`); `merging`
sets it beside what Tocsin read, with `placing` for the countries of parties; `differing` and
`explaining` say how the two agree.  `reader` does all of it but the merging, and keeps the account
of a run; `ahead` has articles read while others are analysed.  What is sent and kept:
`docs/second-reader.md`.
"""
