"""Quotations: the same words by the same speaker are one; under two names they are a finding.

What is compared are the words inside quotation marks, folded, without punctuation.  A fragment of
five words or more that stands in a longer quotation is part of it; eight words or more may have
been edited lightly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations, product

from tocsin.checks.wording import name_day
from tocsin.lexicons.letters import fold
from tocsin.records import Actor, Finding, Manner, Side, Verdict
from tocsin.together.events.same_event import same_name
from tocsin.together.texts.shingles import hash_words, shingle, split_words

CHECK = "quotation"

#: Fewer words are nobody's in particular: "an act of terror".
SHORTEST = 5
#: From so many words on, light edits do not make another quotation.
_EDITABLE = 8
#: From so many words on, the same words under two names are no chance.
LONG = 14
#: A run of words that so many quotations of one speaker have is a set phrase.
_MOST_HOLDERS = 64

_ALIKE = 0.6
_NEARLY_SAME = 0.9
_RUN = 8
_WINDOW = 4

_MARKED = re.compile(
    r"“([^“”]+)(?:”|(?<=\s)(?=“))|\"([^\"“”]+)\"|«([^«»]+)»|‘((?:[^‘’]|\b’\b){12,})’(?!\w)"
    r"|[“\"]([^“”\"]+)$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """One statement's words in quotation marks."""

    side: Side  #: the statement, as printed
    speaker: str
    manner: Manner
    day: date | None


def find_fragments(said: str) -> tuple[str, ...]:
    """Return the pieces of `said` inside quotation marks that are long enough, folded."""
    pieces = [next(filter(None, match.groups())) for match in _MARKED.finditer(said)]
    folded = [" ".join(split_words(fold(piece))) for piece in pieces]
    return tuple(dict.fromkeys(each for each in folded if len(each.split()) >= SHORTEST))


def group_quotations(said: Mapping[str, str]) -> list[tuple[str, ...]]:
    """Return ids of statements of one speaker that quote the same words, each group in order.

    Args:
        said: the words of each statement, by its id.  Those that quote nothing of length are left
            out of the result.
    """
    fragments = {each: found for each, words in said.items() if (found := find_fragments(words))}
    leader: dict[str, str] = {piece: piece for found in fragments.values() for piece in found}
    for found in fragments.values():
        for piece in found[1:]:
            _join(leader, found[0], piece)
    for one, other in _candidates(sorted(leader)):
        if _lead(leader, one) != _lead(leader, other) and are_same_words(one, other):
            _join(leader, one, other)
    groups: dict[str, list[str]] = defaultdict(list)
    for each, found in sorted(fragments.items()):
        groups[_lead(leader, found[0])].append(each)
    return sorted(tuple(group) for group in groups.values())


def are_same_words(one: str, other: str, *, alike: float = _ALIKE) -> bool:
    """Say whether of two folded fragments the shorter stands in the longer, up to light edits."""
    shorter, longer = sorted((one, other), key=lambda words: (len(words), words))
    if f" {shorter} " in f" {longer} ":
        return True
    words = shorter.split()
    if len(words) < _EDITABLE:
        return False
    ours, theirs = _threes(words), _threes(longer.split())
    return len(ours & theirs) >= alike * len(ours)


def _threes(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[at : at + 3]) for at in range(len(words) - 2)}


def _candidates(fragments: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Return pairs that share three words in a row which are no set phrase of the speaker."""
    holders: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for fragment in fragments:
        for run in _threes(fragment.split()):
            holders[run].append(fragment)
    few = (names for _, names in sorted(holders.items()) if len(names) <= _MOST_HOLDERS)
    return iter(dict.fromkeys(pair for names in few for pair in combinations(names, 2)))


def _lead(leader: dict[str, str], piece: str) -> str:
    while leader[piece] != piece:
        leader[piece] = leader[leader[piece]]
        piece = leader[piece]
    return piece


def _join(leader: dict[str, str], one: str, other: str) -> None:
    first, second = sorted((_lead(leader, one), _lead(leader, other)))
    leader[second] = first


# --------------------------------------------------------------------------- under two names


def run_keys(said: str) -> tuple[int, ...]:
    """Return signed 64-bit keys by which the same long words under two names meet.

    Two fragments that share eleven words in a row share a key.
    """
    keys: set[int] = set()
    for fragment in find_fragments(said):
        runs = shingle(hash_words(fragment.split()), _RUN).tolist()
        last = max(1, len(runs) - _WINDOW + 1)
        keys |= {min(runs[at : at + _WINDOW]) for at in range(last if runs else 0)}
    return tuple(sorted(key - (1 << 63) for key in keys))


def is_named_by(speaker: Actor, words: str) -> bool:
    """Say whether `speaker` is a person and `words` hold a part of the name, no pronoun."""
    names = {word for word in split_words(fold(speaker.name)) if len(word) > 2}
    return speaker.kind == "person" and bool(names & set(split_words(fold(words))))


def check_two_names(one: Quoted, other: Quoted) -> Finding | None:
    """Return a finding if two texts quote the same long words, and the speakers are two people.

    The verdict is `contradicted` where both print them as direct speech, else `unsure`.
    """
    if one.side.text_id == other.side.text_id or same_name(one.speaker, other.speaker):
        return None
    pairs = product(find_fragments(one.side.quoted), find_fragments(other.side.quoted))
    long = (pair for pair in pairs if min(len(words.split()) for words in pair) >= LONG)
    if not any(are_same_words(*pair, alike=_NEARLY_SAME) for pair in long):
        return None
    direct = one.manner is other.manner is Manner.DIRECT
    named = " and ".join(map(_name, (one, other)))
    return Finding(
        check=CHECK,
        verdict=Verdict.CONTRADICTED if direct else Verdict.UNSURE,
        sentence=f"The same words are given to {named}.",
        compared={"speakers": [one.speaker, other.speaker]},
        sides=(one.side, other.side),
    )


def _name(quoted: Quoted) -> str:
    day = f", {name_day(quoted.day)}" if quoted.day else ""
    return f"{quoted.speaker} ({quoted.side.outlet or 'no outlet named'}{day})"
