"""Copies: pairs found among families made from this project's articles, on news, and speed.

usage: python -m benchmarks.copies [--news FILE.jsonl] [--texts FOLDER]... [--crowd TEXTS]...
    [--errors]

Pairs are judged end to end: a pair that never became a candidate is a miss.  Nothing of the news
is kept; of the pairs found there only outlets, kinds and numbers are printed.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

from benchmarks.copy_families import HEAVY, LIGHT, Edits, Made, make_corpus, make_crowd, wrap
from benchmarks.copy_store import measure_shown
from tocsin.records import CopyMatch
from tocsin.together.texts.copies import match_texts
from tocsin.together.texts.families import joins_family, pair_holders
from tocsin.together.texts.shingles import sketch_text, split_words

Pair = tuple[str, str]

SEEDS = {"light": range(3), "heavy": range(200, 203)}

#: Seeds of what a store shows; the rule for unknown outlets was made again after a look at them.
FRESH = {"light": range(10, 13), "heavy": range(300, 303)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What was found of what there is."""

    precision: float  #: of pairs
    recall: float
    apart: float  #: precision of pairs of two outlets: what one outlet prints is one voice anyway
    joined: float  #: precision of the pairs that join families
    whole: float  #: share of the families of one article that were found whole
    pairs: int  #: that are copies
    candidates: int
    wrong: tuple[tuple[str, str, str], ...]  #: names of the two and what is wrong


def find_candidates(sketches: Mapping[str, Iterable[int]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids to compare, smaller id first, each pair once and in order."""
    holders: dict[int, list[str]] = defaultdict(list)
    for name, sketch in sketches.items():
        for key in sketch:
            holders[key].append(name)
    pairs = {pair for names in holders.values() for pair in pair_holders(names)}
    yield from sorted(pairs)


def measure(edits: Edits, seed: int) -> Figures:
    """Return the figures of one made corpus."""
    made = {text.name: text for text in make_corpus(edits, seed)}
    sketches = {name: sketch_text(text.text) for name, text in made.items()}
    matches = {(a, b): _match(made[a], made[b]) for a, b in find_candidates(sketches)}
    found = {pair: match for pair, match in matches.items() if match}
    copies = {pair for pair in combinations(sorted(made), 2) if _are(Made.is_copy_of, pair, made)}
    standing = {pair for pair in found if _are(Made.shares_background, pair, made)}
    judged = set(found) - (standing - copies)
    apart = {(a, b) for a, b in judged if not made[a].outlet or made[a].outlet != made[b].outlet}
    joined = {pair for pair, match in found.items() if joins_family(match.kind)}
    related = {pair for pair in joined if _are(Made.is_family_of, pair, made)}
    missed = [(*pair, f"missed {_where(pair, matches)}") for pair in sorted(copies - judged)]
    wrong = [(*pair, found[pair].sentence) for pair in sorted(judged - copies)]
    return Figures(
        precision=len(judged & copies) / len(judged),
        recall=len(judged & copies) / len(copies),
        apart=len(apart & copies) / len(apart),
        joined=len(related) / len(joined),
        whole=_share_whole(made, joined),
        pairs=len(copies),
        candidates=len(matches),
        wrong=tuple(missed + wrong + [(*pair, "joined") for pair in sorted(joined - related)]),
    )


def _match(one: Made, other: Made) -> CopyMatch | None:
    return match_texts(one.text, other.text)


def _are(relation: Callable[[Made, Made], bool], pair: Pair, made: dict[str, Made]) -> bool:
    return relation(made[pair[0]], made[pair[1]])


def _where(pair: Pair, matches: dict[Pair, CopyMatch | None]) -> str:
    return "in comparison" if pair in matches else "before comparison"


def _share_whole(made: dict[str, Made], joined: set[Pair]) -> float:
    """Return the share of articles whose prints all came into one family and nothing else did."""
    families = {frozenset(group) for group in group_families(joined)}
    prints: dict[str, set[str]] = {}
    for text in made.values():
        for part in text.made_of:
            if part.startswith("article"):
                prints.setdefault(part, set()).add(text.name)
    return sum(frozenset(names) in families for names in prints.values()) / len(prints)


def group_families(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the connected groups of the pairs that join families; members and groups in order."""
    leader: dict[str, str] = {}
    for pair in pairs:
        first, second = sorted(_lead(leader, name) for name in pair)
        leader[second] = first
    groups: dict[str, list[str]] = defaultdict(list)
    for name in leader:
        groups[_lead(leader, name)].append(name)
    return tuple(sorted(tuple(sorted(group)) for group in groups.values()))


def _lead(leader: dict[str, str], name: str) -> str:
    """Return the first of the group that `name` belongs to, and shorten the way there."""
    leader.setdefault(name, name)
    while leader[name] != name:
        leader[name] = leader[leader[name]]
        name = leader[name]
    return name


def find_pairs(texts: dict[str, str]) -> dict[Pair, CopyMatch]:
    """Return the matches among texts."""
    sketches = {name: sketch_text(text) for name, text in texts.items()}
    matches = {(a, b): match_texts(texts[a], texts[b]) for a, b in find_candidates(sketches)}
    return {pair: match for pair, match in matches.items() if match}


def print_made(*, errors: bool) -> None:
    """Print the figures of the made families, each seed and the mean."""
    for edits in (LIGHT, HEAVY):
        for seed in SEEDS[edits.name]:
            got = measure(edits, seed)
            print(
                f"copies {edits.name} seed {seed}: precision {got.precision:.4f} recall "
                f"{got.recall:.4f} of {got.pairs} pairs ({got.candidates} candidates); between "
                f"outlets precision {got.apart:.4f}; joining precision {got.joined:.4f}, "
                f"{got.whole:.3f} of the families whole"
            )
            if errors:
                for wrong in got.wrong:
                    print("   ", *wrong, sep=" | ")


def print_shown(*, errors: bool) -> None:
    """Print what the families of a store show of the made families."""
    for edits in (LIGHT, HEAVY):
        for seed in FRESH[edits.name]:
            for outlets in (True, False):
                got = measure_shown(edits, seed, outlets=outlets)
                print(
                    f"copies {edits.name} seed {seed} in a store, outlets"
                    f" {'known' if outlets else 'unknown'}: precision {got.precision:.4f} recall"
                    f" {got.recall:.4f} of {got.pairs} pairs, {got.whole:.3f} of the families whole"
                )
                for wrong in got.wrong if errors else ():
                    print("   ", *wrong, sep=" | ")


def print_news(texts: dict[str, str], outlets: dict[str, str]) -> None:
    """Print how many pairs of news were found, by kind and whether of one outlet."""
    found = find_pairs(texts)
    counts = Counter(
        (match.kind, "one outlet" if outlets.get(a) == outlets.get(b) else "two outlets")
        for (a, b), match in found.items()
    )
    print(f"copies news: {len(texts)} texts, {len(found)} pairs")
    for (kind, where), count in sorted(counts.items()):
        print(f"    {kind}, {where}: {count}")
    wrapped = {
        f"{name} wrapped": wrap(text, seed) for seed, (name, text) in enumerate(texts.items())
    }
    met = find_pairs(texts | wrapped)
    joined = sum(
        joins_family(met[name, f"{name} wrapped"].kind)
        for name in texts
        if (name, f"{name} wrapped") in met
    )
    print(f"    wrapped copies that join the family of their original: {joined} of {len(texts)}")


def print_speed(made: list[Made]) -> None:
    """Print sketches and comparisons in seconds of one core."""
    texts = [text.text for text in made]
    start = time.process_time()
    sketches = [sketch_text(text) for text in texts]
    rate = len(texts) / (time.process_time() - start)
    words = sum(len(text.split()) for text in texts) / len(texts)
    keys = sum(len(sketch) for sketch in sketches) / len(sketches)
    print(f"copies sketch: {rate:.0f} articles/s of {words:.0f} words, {keys:.0f} keys each")
    pairs = list(pairwise(texts))
    start = time.process_time()
    for one, other in pairs:
        match_texts(one, other)
    print(f"copies match: {1000 * (time.process_time() - start) / len(pairs):.2f} ms a pair")


def print_peer() -> None:
    """Print what MinHash alone finds: rensa, 128 permutations over runs of three words."""
    for edits in (LIGHT, HEAVY):
        made = {text.name: text for text in make_corpus(edits, SEEDS[edits.name][0])}
        pairs = list(combinations(sorted(made), 2))
        copies = {pair for pair in pairs if _are(Made.is_copy_of, pair, made)}
        hashes = {name: _minhash(text.text) for name, text in made.items()}
        for least in (0.8, 0.5, 0.3):
            found = {(a, b) for a, b in pairs if hashes[a].jaccard(hashes[b]) >= least}
            print(
                f"copies {edits.name} by rensa from {least}: recall "
                f"{len(found & copies) / len(copies):.3f}, {len(found - copies)} wrong"
            )


def _minhash(text: str) -> Any:
    import rensa  # only the comparison needs it

    words = [word.casefold() for word in split_words(text)]
    hashes = rensa.RMinHash(num_perm=128, seed=42)
    hashes.update([" ".join(words[at : at + 3]) for at in range(len(words) - 2)])
    return hashes


def print_growth(counts: list[int]) -> None:
    """Print how candidates grow with the number of texts."""
    for count in counts:
        start = time.process_time()
        sketches = {
            f"{number:07}": sketch_text(text)
            for number, text in enumerate(make_crowd(count, seed=0))
        }
        candidates = sum(1 for _ in find_candidates(sketches))
        spent = time.process_time() - start
        print(f"copies crowd: {count} texts, {candidates} candidates, {spent:.0f} s")


def read_news(path: Path) -> tuple[dict[str, str], dict[str, str]]:
    """Return texts and outlets by address."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return {r["url"]: r["text"] for r in rows}, {r["url"]: r["outlet"] for r in rows}


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.copies", description=__doc__)
    parser.add_argument("--news", type=Path)
    parser.add_argument("--texts", type=Path, action="append", default=[])
    parser.add_argument("--crowd", type=int, action="append", default=[], metavar="TEXTS")
    parser.add_argument("--errors", action="store_true")
    given = parser.parse_args()
    print_made(errors=given.errors)
    print_shown(errors=given.errors)
    print_speed(make_corpus(LIGHT, 0))
    print_peer()
    print_growth(given.crowd)
    if given.news:
        print_news(*read_news(given.news))
    for folder in given.texts:
        files = sorted(path for path in folder.iterdir() if path.is_file())
        print_news({p.name: p.read_text(encoding="utf-8") for p in files}, {})


if __name__ == "__main__":
    main()
