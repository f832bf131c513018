"""The second reader: a large model of the user's own, asked what an article tells.

Nothing is sent unless the user names an endpoint and a model.  `sentences` numbers what an article
says, and `prompt` makes requests of it.
"""
