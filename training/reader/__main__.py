"""Train the reader, in stages that resume.

usage: python -m training.reader STAGE --shared DIR --work DIR

`all` makes what ships, from the marked articles to the weights in the package, by these stages:

words      find the words that name countries, and all names, in every article (no torch)
teacher    train all-mpnet-base-v2, too slow to ship, in acts and their parties, on marked news
marks      let the teacher mark what nobody marked
small      train all-MiniLM-L6-v2 in acts on both, in attributions on PolNeAR's articles and in
           names on all, with one encoder; write its graphs into WORK/weights
calibrate  choose the threshold of events and calibrate their confidence (no torch)
figures    print what the result finds in the development parts, beside what ships (no torch)
ship       replace the weights of the package

Each stage is kept in WORK: what is done is not done again, and what was broken off goes on where it
was left.  Seeds are fixed.  `curve` is no part of it: it trains lighter readers on a quarter, a
half and all of the marked articles, to be compared.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tocsin.models.networks import WEIGHTS
from training.reader.given import Given, Report

STAGES = ("words", "teacher", "marks", "small", "calibrate", "figures", "ship")


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the stages that `arguments` name."""
    parser = argparse.ArgumentParser(
        prog="python -m training.reader",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("stage", choices=("all", *STAGES, "curve"))
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--work", type=Path, required=True, help="where each stage is kept")
    parser.add_argument("--to", type=Path, default=WEIGHTS, help="where the weights go in the end")
    parser.add_argument("--mpnet", type=Path, help="folder of this base, if not as a package")
    parser.add_argument("--minilm", type=Path, help="likewise of the small reader's base")
    parser.add_argument("--part", type=float, default=1.0, help="of the planned passes: for trials")
    parser.add_argument("--threads", type=int, default=2)
    options = vars(parser.parse_args(arguments))
    stage = options.pop("stage")
    given = Given(**options)
    given.work.mkdir(parents=True, exist_ok=True)
    for name in STAGES if stage == "all" else (stage,):
        progress = Progress(name)
        run_of(name)(given, progress)
        progress.end()


def run_of(stage: str) -> Callable[[Given, Report], None]:
    """Return what a stage does; torch is imported for those alone that need it."""
    if stage in ("teacher", "marks", "small", "curve"):
        from training.reader import stages

        return {
            "teacher": stages.train_teacher,
            "marks": stages.mark_unmarked,
            "small": stages.train_small,
            "curve": stages.draw_curve,
        }[stage]
    if stage == "words":
        from training.reader.words import write_words

        return write_words
    if stage == "calibrate":
        from training.reader.calibrate import calibrate

        return calibrate
    from training.reader import figures

    return figures.ship if stage == "ship" else figures.write_figures


class Progress:
    """Prints where the work is."""

    def __init__(self, stage: str) -> None:
        """Start the clock of a stage."""
        self.stage, self.began = stage, time.monotonic()

    def __call__(self, step: int, total: int, loss: float) -> None:
        """Print one line."""
        print(f"{self.stage}: {step} of {total}, loss {loss:.3f}, {self._spent()}", flush=True)

    def end(self) -> None:
        """Print how long the stage took."""
        print(f"{self.stage}: done, {self._spent()}", flush=True)

    def _spent(self) -> str:
        return f"{time.monotonic() - self.began:.0f} s"


if __name__ == "__main__":
    main()
