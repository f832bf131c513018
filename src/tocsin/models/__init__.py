"""ANALYSE: the only door to networks: parser, word pieces, encoders and their heads."""
