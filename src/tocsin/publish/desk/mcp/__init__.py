"""The face for language models: tools of the Model Context Protocol that look and change nothing.

`tools` ask as the other faces do, `quotes` give the words behind a record, `results` say what an
answer looks like and how long it may be, and `server` speaks the protocol, over standard input and
output or over HTTP.  What each tool is for stands in `data/tools.tsv`.

A model cannot tell an order from a quotation by its looks, so words of articles stand in answers
alone, in fields that say what they are, and never in what a tool says of itself.
"""
