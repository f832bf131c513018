"""How the attribution tagger's weights were made: `python -m training.attribution GOLD_DIR`."""
