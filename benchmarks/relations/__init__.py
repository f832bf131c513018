"""What one given party does to another in a sentence: rules, and a classifier of its own.

No command asks for it, so it is no part of the package: `python -m benchmarks.relations` measures
it, `python -m training.relations` made the weights that lie here.
"""
