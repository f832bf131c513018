"""Articles per second: Tocsin, the bare pipeline and textacy's quotations, side by side.

usage: python -m benchmarks.speed TEXT_DIR

*Bare* is the spaCy pipeline that the settings name as it is installed, with all its components,
whatever Tocsin loads of it; once with the matrix library that Tocsin uses and once with spaCy's
own choice.  All take turns on the same articles in the same process, so that the ratios hold on a
machine whose speed changes from minute to minute; each article is read once, as printed and with
its line breaks taken out, which makes one paragraph of it.  Every contestant has one thread, and
seconds are those of the processor, so that a busy machine gives the same figures.  textacy's
`direct_quotations` stops with an error on articles with an odd number of quotation marks; those
are counted.
"""

from __future__ import annotations

import os
import re
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from tocsin.articles.plain import read_plain
from tocsin.pipeline import open_tools, process_article
from tocsin.settings import Settings, load_settings

if TYPE_CHECKING:
    from spacy.language import Language

ARTICLES = 40
CPUINFO = Path("/proc/cpuinfo")
FEATURES = {"avx2": "AVX2", "avx512_vnni": "AVX-512-VNNI"}

#: Read when the libraries are loaded, so a process must begin with them.
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "BLIS_NUM_THREADS": "1"}

#: What a contestant does with a text; False when it stopped with an error.
Run = Callable[[str], bool]


@dataclass(slots=True)
class Contestant:
    """One way to read an article, and what it took so far."""

    name: str
    run: Run
    seconds: float = 0.0
    errors: int = 0

    def take(self, text: str) -> None:
        """Read `text` against the clock."""
        started = time.process_time()
        self.errors += not self.run(text)
        self.seconds += time.process_time() - started


def measure_speed(text_dir: Path) -> Iterator[str]:
    """Yield the lines of two tables: texts as printed, and without their line breaks."""
    paths = sorted(text_dir.glob("*.txt"))[:ARTICLES]
    texts = [path.read_text(encoding="utf-8") for path in paths]
    settings = load_settings()
    yield f"speed on {describe_processor(read_cpuinfo())}, one thread"
    runs = _runs(settings)
    for run in runs.values():
        run(texts[0])  # warm up
    yield from _measure("as printed", texts, runs)
    yield from _measure("without line breaks", [without_breaks(text) for text in texts], runs)


def _measure(form: str, texts: Sequence[str], runs: dict[str, Run]) -> Iterator[str]:
    contestants = [Contestant(name, run) for name, run in runs.items()]
    for turn, text in enumerate(texts):
        first = turn % len(
            contestants
        )  # the order changes, so that nobody always finds things warm
        for each in (*contestants[first:], *contestants[:first]):
            each.take(text)
    bare = [each for each in contestants if each.name.startswith("bare")]
    yield f"speed of {len(texts)} texts {form}"
    for each in contestants:
        times = ", ".join(f"{each.seconds / one.seconds:.2f} times {one.name}" for one in bare)
        rate = len(texts) / each.seconds
        yield f"  {each.name}: {rate:.2f} articles/s, {times}, {each.errors} errors"


def without_breaks(text: str) -> str:
    return " ".join(text.split("\n"))


# --------------------------------------------------------------------------- contestants


def _runs(settings: Settings) -> dict[str, Run]:
    """Return the contestants by name; those whose name begins with "bare" are the measure."""
    tools = open_tools(settings)

    def whole(text: str) -> bool:
        process_article(read_plain(text, "benchmark"), tools)
        return True

    runs = {
        f"bare with {settings.matrix_library}": _reading(load_ours(settings)),
        "bare with spaCy's default": _reading(_load_default(settings)),
        "tocsin": whole,
    }
    try:
        from textacy.extract.triples import direct_quotations
    except ImportError:
        print("speed: textacy is not installed, so it is not measured", file=sys.stderr)
        return runs
    language = load_ours(settings)

    def textacy(text: str) -> bool:
        try:
            list(direct_quotations(language(text)))
        except ValueError:
            return False
        return True

    return runs | {"textacy direct_quotations": textacy}


def load_ours(settings: Settings) -> Language:
    """Load the pipeline as installed, with the matrix library that Tocsin uses."""
    from thinc.api import use_ops

    with use_ops("numpy", use_blis=settings.matrix_library == "blis"):
        return _load_default(settings)


def _load_default(settings: Settings) -> Language:
    """Load the pipeline as installed."""
    import spacy

    return spacy.load(settings.pipeline)


def _reading(language: Language) -> Run:
    return lambda text: bool(language(text).text)


# --------------------------------------------------------------------------- the processor


def read_cpuinfo() -> str:
    return CPUINFO.read_text(encoding="utf-8") if CPUINFO.exists() else ""


def describe_processor(cpuinfo: str) -> str:
    """Return the processor's name and which of `FEATURES` it has, from Linux's /proc/cpuinfo."""
    said = dict(re.findall(r"^(model name|flags)\s*:\s*(.*)$", cpuinfo, flags=re.MULTILINE))
    if "flags" not in said:
        return "an unknown processor (AVX2 unknown, AVX-512-VNNI unknown)"
    flags = said["flags"].split()
    has = (f"{'with' if flag in flags else 'without'} {name}" for flag, name in FEATURES.items())
    return f"{said.get('model name', 'a processor without a name')} ({', '.join(has)})"


def main(arguments: Sequence[str]) -> None:
    """Print the measurement, in a process that began with `ONE_THREAD`."""
    if not ONE_THREAD.items() <= os.environ.items():
        command = [sys.executable, "-m", "benchmarks.speed", *arguments]
        os.execve(sys.executable, command, os.environ | ONE_THREAD)
    for line in measure_speed(Path(arguments[0])):
        print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
