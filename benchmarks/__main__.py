"""Every measurement, one after the other.

usage: python -m benchmarks --shared DIR [PART...]

PART is attribution, relations, events, events-marked, events-held, readers, second-reader, harm,
names, offices, headlines, claims-read, statements-read, speed, worker, reading, corpus, crowd,
grow, copies, queries, analysis, identity, alarm, blocs, outlook, brief or desk; default: all.  A
part whose data is not there is skipped and says so.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

#: Articles marked for this project of which no shipped weight learned anything.
HELD = Path("training/reader/marked/held.jsonl")


def run_attribution(shared: Path) -> Iterator[str]:
    """Statements against PolNeAR's dev articles, all and direct only."""
    gold = _need(shared / "gold/polnear/dev")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "statements.jsonl"
        _python("-m", "benchmarks.attribution", gold / "text", out)
        for subset in ("all", "direct"):
            yield _python(shared / "gold/score_attribution.py", gold, out, f"--subset={subset}")


def run_relations(shared: Path) -> Iterator[str]:
    """PLOVER types of given actor-recipient pairs.

    The classifier was trained on this file: the figures guard against faults and forecast nothing.
    `docs/method-events.md` has the five-fold cross-validated ones and how to print them.
    """
    gold = _need(shared / "gold/plover_relations_train.tsv")
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "relations.tsv"
        _python("-m", "benchmarks.relations", gold, out)
        yield f"{_python(shared / 'gold/score_relations.py', gold, out)} (trained on this file)"


def run_events(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its gold is in this project
    """Whole events against this project's own gold sentences."""
    yield _python("-m", "benchmarks.events")


def run_events_marked(shared: Path) -> Iterator[str]:
    """Events of news that careful readers marked: found, right, and how sure Tocsin was."""
    gold, scorer = shared / "gold/events/dev.jsonl", shared / "gold/score_events.py"
    yield _python("-m", "benchmarks.events_marked", _need(gold), "--scorer", _need(scorer))


def run_events_held(shared: Path) -> Iterator[str]:
    """The same of news of which the reader learned nothing."""
    texts, scorer = shared / "gold/events/unmarked.jsonl", shared / "gold/score_events.py"
    options = ("--texts", _need(texts), "--scorer", _need(scorer))
    yield _python("-m", "benchmarks.events_marked", HELD, *options)


def run_readers(shared: Path) -> Iterator[str]:
    """How far two readers of the same news agree, by the same scorer."""
    texts, scorer = shared / "gold/events/unmarked.jsonl", shared / "gold/score_events.py"
    yield _python("-m", "benchmarks.readers", "--texts", _need(texts), "--scorer", _need(scorer))


def run_second_reader(shared: Path) -> Iterator[str]:
    """What is lost of the answers of a large model that reads as the marks do."""
    gold, scorer = shared / "gold/events/dev.jsonl", shared / "gold/score_events.py"
    yield _python("-m", "benchmarks.second_reader", _need(gold), "--scorer", _need(scorer))


def run_harm(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its gold is in this project
    """Bystanders made doers or victims, in this project's own gold sentences."""
    yield _python("-m", "benchmarks.harm")


def run_names(shared: Path) -> Iterator[str]:
    """Names found by the reader beside those of the pipeline's own recogniser."""
    yield _python("-m", "benchmarks.names", _need(shared / "gold/polnear/dev/text"))


def run_offices(shared: Path) -> Iterator[str]:
    """Office claims of honest news, swapped names, and claims made from the reference."""
    news = _need(shared / "news/politics_2025-12_2026-02.jsonl")
    yield _python("-m", "benchmarks.offices", "--news", news)


def run_headlines(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its headlines are made up
    """Officials in headlines whose words are all in capitals: accused wrongly, and found."""
    yield _python("-m", "benchmarks.headlines")


def run_claims_read(shared: Path) -> Iterator[str]:
    """People with an office whom a reader found, found as claims with office and country."""
    news = shared / "news/politics_2025-12_2026-02.jsonl"
    articles = _need(shared / "gold/events/unmarked.jsonl"), _need(news)
    yield _python("-m", "benchmarks.claims_read", *articles)


def run_statements_read(shared: Path) -> Iterator[str]:
    """Sourced statements that a reader found, read with speaker, content, stance and manner."""
    _need(shared / "gold/events/unmarked.jsonl")
    yield _python("-m", "benchmarks.statements_read", _need(shared / "news").parent)


def run_speed(shared: Path) -> Iterator[str]:
    """Articles per second beside the bare pipeline and textacy."""
    yield _python("-m", "benchmarks.speed", _need(shared / "gold/polnear/dev/text"))


def run_worker(shared: Path) -> Iterator[str]:
    """Start, memory and time of a worker; two of them beside two bare pipelines."""
    news = _need(shared / "news/politics_2025-12_2026-02.jsonl")
    yield _python("-m", "benchmarks.worker", news)
    yield _python("-m", "benchmarks.worker", news, "--side-by-side")


def run_reading(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its articles are made up
    """Items found and read in a second, and memory, for each form of a corpus."""
    yield _python("-m", "benchmarks.reading", "--articles", 2000)


def run_copies(shared: Path) -> Iterator[str]:
    """Copies among families made from this project's own articles, and on news."""
    news = shared / "news/politics_2025-12_2026-02.jsonl"
    yield _python("-m", "benchmarks.copies", *(("--news", news) if news.exists() else ()))


def run_corpus(shared: Path) -> Iterator[str]:
    """Articles per second and memory of `tocsin add`, and what copies cost."""
    _need(shared / "news/politics_2025-12_2026-02.jsonl")
    yield _python("-m", "benchmarks.corpus", _need(shared))


def run_crowd(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its articles are made up
    """Processor time and memory of a crisis day, thousand by thousand, and of near copies."""
    yield _python("-m", "benchmarks.crowd")


def run_grow(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its articles are made up
    """Processor time and memory of the process that writes, of a year that is made ever larger."""
    yield _python("-m", "benchmarks.grow")


def run_queries(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its store is made up
    """Milliseconds to the first fifty records, for each filter, among a million events."""
    yield _python("-m", "benchmarks.queries")


def run_analysis(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its events are made up
    """Seconds of ten questions in SQL over ten million events as Parquet."""
    yield _python("-m", "benchmarks.analysis")


def run_identity(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its stories are made up
    """Changes of ids while stories grow, and the share of old ones that lead somewhere."""
    yield _python("-m", "benchmarks.identity")


def run_alarm(shared: Path) -> Iterator[str]:
    """Changes found in simulated pairs, beside other methods; onsets in real event streams."""
    yield _python("-m", "benchmarks.alarm_simulated")
    yield _python("-m", "benchmarks.alarm_sources")
    yield _python("-m", "benchmarks.alarm", _need(shared / "streams"))


def run_blocs(shared: Path) -> Iterator[str]:
    """Moves of pairs where nothing changed, a triangle that is known to have tipped, and speed."""
    yield _python("-m", "benchmarks.blocs", _need(shared / "streams"))


def run_outlook(shared: Path) -> Iterator[str]:
    """Acts and alarms foreseen in real event streams, beside the long run and persistence."""
    yield _python("-m", "benchmarks.outlook", _need(shared / "streams"))


def run_brief(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its store is made up
    """Seconds of a brief over 100,000 events, and kilobytes of its page."""
    yield _python("-m", "benchmarks.brief")


def run_desk(shared: Path) -> Iterator[str]:  # noqa: ARG001 - its store is made up
    """Milliseconds of each page of the desk over HTTP, among a million events."""
    yield _python("-m", "benchmarks.desk")


PARTS = {
    "attribution": run_attribution,
    "relations": run_relations,
    "events": run_events,
    "events-marked": run_events_marked,
    "events-held": run_events_held,
    "readers": run_readers,
    "second-reader": run_second_reader,
    "harm": run_harm,
    "names": run_names,
    "offices": run_offices,
    "headlines": run_headlines,
    "claims-read": run_claims_read,
    "statements-read": run_statements_read,
    "speed": run_speed,
    "worker": run_worker,
    "reading": run_reading,
    "corpus": run_corpus,
    "crowd": run_crowd,
    "grow": run_grow,
    "copies": run_copies,
    "queries": run_queries,
    "analysis": run_analysis,
    "identity": run_identity,
    "alarm": run_alarm,
    "blocs": run_blocs,
    "outlook": run_outlook,
    "brief": run_brief,
    "desk": run_desk,
}


def _need(path: Path) -> Path:
    if not path.exists():
        raise FileNotFoundError(path)
    return path


def _python(*arguments: object) -> str:
    """Run Python on `arguments` and return what it prints; its errors go to standard error."""
    command = [sys.executable, *map(str, arguments)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    return done.stdout.rstrip()


def main() -> None:
    """Run the parts that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("parts", nargs="*", metavar="PART")
    given = parser.parse_args()
    for part in given.parts or PARTS:
        try:
            for lines in PARTS[part](given.shared):
                print(lines, flush=True)
        except FileNotFoundError as missing:
            print(f"{part}: skipped, there is no {missing}", flush=True)


if __name__ == "__main__":
    main()
