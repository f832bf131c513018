"""Measurements of quality against gold and of speed against peers; never part of the package.

One module a task.  Each calls the package's public functions and prints, or writes predictions in
the format of the scorers beside the gold.  `python -m benchmarks` runs them all.
"""
