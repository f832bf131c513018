"""ANALYSE: the only door to networks: parser, word pieces, encoders and their heads."""

import os

# One thread a process: articles, not matrices, are what runs side by side.  It counts only where it
# is set before numpy is loaded, so it stands where the first thing that loads numpy must pass.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
