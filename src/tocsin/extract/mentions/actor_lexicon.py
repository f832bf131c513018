"""Names of actors found in text: lexicon entries, countries, their people, capitals and metonyms.

Text only, no spaCy.  Names are cut into pieces (words, abbreviations with dots, punctuation) and
kept in a tree of pieces; the longest name that fits wins.  Hyphens, quotation marks and accents do
not count, capitals do: a piece written with a capital in the lexicon needs one in the text, and an
acronym must fit letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.lexicons.tables import listed, read_records, read_rows
from tocsin.records import Span
from tocsin.reference.actors import (
    COLUMNS,
    NO_ACTORS,
    Meaning,
    OwnActors,
    names_of_actors,
    names_of_countries,
)
from tocsin.reference.countries import fold

_PIECE = re.compile(
    r"(?:[^\W\d_]\.)+[^\W\d_]\b\.?"  # abbreviations: U.S., D.C., U.N
    r"|['’]s\b"
    r"|\w+(?:['’](?!s\b)\w+)*"
    r"|[^\w \t\-–'’‘\"“”&/]"  # punctuation and line ends, which no name runs across
)
_LONGEST_ACRONYM = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundName:
    """A name found in the text, and all it can stand for."""

    words: Span
    meanings: tuple[Meaning, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleNoun:
    """What a role noun says: PLOVER's sector, and whether it names a body, people or an office."""

    sector: str
    kind: str


class ActorLexicon:
    """All names, each with what it can stand for, ready to be found in a text.

    Where a name ends in the tree of pieces, "" holds its meanings by how the pieces are written.
    """

    __slots__ = ("_root",)

    def __init__(self, names: Iterable[tuple[str, Meaning]]) -> None:
        """Build the tree from pairs of a name and what it can stand for."""
        self._root: dict[str, Any] = {}
        for words, meaning in names:
            node = self._root
            written = tuple(_PIECE.findall(words))
            for piece in written:
                node = node.setdefault(_key(piece), {})
            node.setdefault("", {}).setdefault(written, []).append(meaning)

    def find_names(self, text: str) -> Iterator[FoundName]:
        """Yield the names in `text` from left to right; the longest wins, none overlap."""
        spans = [match.span() for match in _PIECE.finditer(text)]
        pieces = [text[start:end] for start, end in spans]
        keys = [_key(piece) for piece in pieces]
        at = 0
        while at < len(keys):
            if keys[at] not in self._root:  # as most are not
                at += 1
                continue
            end, meanings = self._longest_at(keys, pieces, at)
            if keys[at] == "the" and meanings and self._longest_at(keys, pieces, at + 1)[0] > end:
                at += 1  # "the West Bank" is not the West
                continue
            if meanings:
                words = spans[at][0], spans[end - 1][1]
                yield FoundName(words=words, meanings=tuple(dict.fromkeys(meanings)))
            at = end

    def _longest_at(self, keys: list[str], pieces: list[str], at: int) -> tuple[int, list[Meaning]]:
        """Return where the longest name at `at` ends and its meanings; the next piece if none."""
        best: tuple[int, list[Meaning]] = at + 1, []
        node = self._root
        for end in range(at, len(keys)):
            if not keys[end] or keys[end] not in node:  # a sign that folds to nothing is no word
                break
            node = node[keys[end]]
            meanings = [
                meaning
                for written, names in node.get("", {}).items()
                if _is_written_so(written, pieces[at : end + 1])
                for meaning in names
            ]
            if meanings:
                best = end + 1, meanings
        return best


@cache
def load_actor_lexicon(own: OwnActors = NO_ACTORS) -> ActorLexicon:
    """Return the user's own names, those of `lexicons/actors.tsv` and those of all countries.

    What usually means one of these lists means none of those behind it.  Built once in a process.
    """
    names: list[tuple[str, Meaning]] = []
    actors = (own.rows, read_rows("lexicons/actors.tsv", COLUMNS))
    for each in (*map(names_of_actors, actors), names_of_countries()):
        taken = {_keys(words) for words, meaning in names if meaning.usual}
        names += [name for name in each if _keys(name[0]) not in taken]
    return ActorLexicon(names)


@cache
def load_roles() -> Mapping[str, RoleNoun]:
    """Return the role nouns of `lexicons/roles.tsv`, in lower case, each form by itself."""
    roles: dict[str, RoleNoun] = {}
    for row in read_records("lexicons/roles.tsv"):
        role = RoleNoun(sector=row["sector"], kind=row["kind"])
        for form in (*listed(row["words"]), *listed(row["forms"])):
            roles.setdefault(form, role)
    return roles


def _keys(words: str) -> tuple[str, ...]:
    return tuple(_key(piece) for piece in _PIECE.findall(words))


def _key(piece: str) -> str:
    return piece.lower() if piece.isascii() else fold(piece)


def _is_written_so(written: tuple[str, ...], pieces: list[str]) -> bool:
    """Whether the text's capitals allow the name; a single acronym must fit letter by letter."""
    first = written[0]
    short = len(written) == 1 and len(first) <= _LONGEST_ACRONYM
    if short and first != first.capitalize() and first[:1].isalpha():
        return pieces[0] in (first, first.upper())  # acronyms, and "MoDem"
    return all(
        piece[0].isupper() or not as_written[0].isupper() or as_written == "The"
        for as_written, piece in zip(written, pieces, strict=True)
    )
