"""How the relation classifier's weights were made: `python -m training.relations GOLD.tsv`."""
