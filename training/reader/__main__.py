"""Train the reader, in stages that resume.

usage: python -m training.reader words --shared DIR --work DIR
       python -m training.reader teacher --shared DIR --base DIR --work DIR
       python -m training.reader marks --shared DIR --base DIR --work DIR
       python -m training.reader small --shared DIR --base DIR --work DIR
       python -m training.reader calibrate --shared DIR --work DIR
       python -m training.reader curve --shared DIR --base DIR --work DIR

`words` needs Tocsin but no torch: it finds the words that name countries, and all names, in every
article.  The teacher (all-mpnet-base-v2, too slow to ship) learns acts and their parties from
marked news, and marks what nobody marked.  The small reader (all-MiniLM-L6-v2) learns acts from
both, attributions from PolNeAR's articles and names from all, with one encoder.  What either finds
in the development parts is written beside its weights.  `small` ends with the graphs that ship;
`calibrate` (no torch) chooses the threshold of events and calibrates their confidence.  `curve`
trains lighter readers on a quarter, a half and all of the marked articles, to be compared.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Mapping
from pathlib import Path

STAGES = ("words", "teacher", "marks", "small", "calibrate", "curve")


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m training.reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stage", choices=STAGES)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--base", type=Path, help="folder of the base's weights")
    parser.add_argument("--work", type=Path, required=True, help="where each stage is kept")
    parser.add_argument("--passes", type=float, help="over the articles, instead of the plan's")
    parser.add_argument("--threads", type=int, default=2)
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    if given.stage == "words":
        from training.reader.countries import write_countries
        from training.reader.names import write_names

        write_names(given.shared, given.work, Progress())
        write_countries(given.shared, given.work, Progress())
        return
    if given.stage == "calibrate":
        from training.reader.calibrate import calibrate

        calibrate(given.shared, Progress())
        return
    from training.reader import stages

    run: Mapping[str, Callable[..., None]] = {
        "teacher": stages.train_teacher,
        "marks": stages.mark_unmarked,
        "small": stages.train_small,
        "curve": stages.draw_curve,
    }
    run[given.stage](given, Progress())


class Progress:
    """Prints where the work is."""

    def __init__(self) -> None:
        """Start the clock."""
        self.began = time.monotonic()

    def __call__(self, step: int, total: int, loss: float) -> None:
        """Print one line."""
        spent = time.monotonic() - self.began
        print(f"{step} of {total}, loss {loss:.3f}, {spent:.0f} s", flush=True)


if __name__ == "__main__":
    main()
