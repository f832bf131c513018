"""SHOW: one report in four dresses (terminal, HTML, Markdown, JSON).

`sitrep` orders a report once; `terminal`, `html` and `markdown` only dress that view, so they
cannot disagree.  `jsontext` gives the whole report under the names of the JSON contract.
"""
