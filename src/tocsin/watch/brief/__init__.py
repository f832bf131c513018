"""The brief: one page on a situation over time, made of records alone.

`choice` says which acts, statements and findings are shown, `sentences` what is said of all of
them, both as pure functions; `stored` reads what they need from a store; `records` is the result.
"""
