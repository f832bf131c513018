"""CHECK: records and reference in, findings out.  A check is a sentence with its evidence.

`tenure` asks whether the persons named held the offices given, `dating` when all those claims can
be true together, `sourcing` how far the speakers can be identified, `counts` whether numbers of one
thing differ, `known_days` whether a well-known event is on its day, `residue` what machines that
write left in the text.  No check knows spaCy.
"""
