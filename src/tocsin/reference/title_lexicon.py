"""The lexicon of titles: ``lexicons/titles.tsv`` and the phrases that a small grammar makes of it.

One line of the file is a title, a portfolio ("defence": "defence minister", "minister of defence",
"deputy defence minister", ...), an institution or agency with its chiefs and spokespersons, or a
word that may stand before a title.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from tocsin.lexicons.tables import read_rows
from tocsin.records import Modifier


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One line of the lexicon, or one phrase that the grammar builds from a line."""

    form: str
    kinds: tuple[str, ...]
    detail: str = ""
    only: tuple[str, ...] = ()
    implies: str = ""
    strict: bool = True


@dataclass(frozen=True, slots=True)
class TitleLexicon:
    """The lexicon made ready for looking up; keys are words as `normal` gives them.

    `bodies` gives the code under which the offices of a body are kept, "-" for none; `shared` are
    the kinds of office that the states or provinces of a country have, too.
    """

    phrases: dict[tuple[str, ...], tuple[TitleRow, ...]]
    harmless: frozenset[str]
    regions: frozenset[str]
    bodies: dict[str, str]
    fields: dict[tuple[str, ...], tuple[str, ...]]
    longest: dict[str, int]  #: by its first word, how many words a phrase has at most
    shared: frozenset[tuple[str | None, str]]


def _words(kind: str) -> dict[str, str]:
    rows = read_rows("lexicons/title_words.tsv", "kind word meaning")
    return {word: meaning for each, word, meaning in rows if each == kind}


#: Words that change what a title claims.
MODIFIERS = {word: Modifier(meaning) for word, meaning in _words("modifier").items()}
_SPELLINGS = _words("spelling")
#: Words that a hyphen ties to a country: before it ("pro-Russian"), after it ("Iran-backed").
TIES = _words("tie")
#: Where a secretary heads a ministry; elsewhere ("India's Commerce Secretary") a civil servant.
_SECRETARIES = ("USA", "GBR", "PHL", "MEX", "HKG")
#: Where the opposition has a shadow cabinet.
_WESTMINSTER = ("GBR", "AUS", "CAN", "NZL", "IRL")
#: Forms of lines that are no titles, but words in titles and what holds for them.
_ABOUT_TITLES = ("adjective", "region", "body", "shared")


def is_modifier(word: str) -> bool:
    """Return whether `word` changes what a title claims ("former", "acting")."""
    return word.casefold() in MODIFIERS


def is_former(word: str) -> bool:
    """Return whether `word` says that an office was held before ("former", "ex")."""
    return MODIFIERS.get(word.casefold()) is Modifier.FORMER


def is_another(office: str, title: str) -> bool:
    """Tell an office that a title cannot mean: "the prime minister" is no former, no other one."""
    had, said = (tuple(map(normal, text.replace("-", " ").split())) for text in (office, title))
    other = said[1:] in title_lexicon().phrases and not set(said[1:]) <= set(had)
    return other or any(map(is_former, had)) != any(map(is_former, said))


def is_harmless(word: str) -> bool:
    """Return whether `word` may stand before a title without changing its meaning."""
    return normal(word) in title_lexicon().harmless


def is_region(word: str) -> bool:
    """Return whether `word` makes an office one below the state ("rebel", "Bavarian")."""
    return normal(word) in title_lexicon().regions


@lru_cache(maxsize=16384)
def normal(token: str) -> str:
    """Return a word as the lexicon has it: British, singular, without a point at its end."""
    acronym, token = token.isupper(), token.casefold().replace("’", "'")
    if token in {"'s", "'"}:
        return "'s"
    if token in {"pm", "p.m."} and not acronym:
        return "p.m."
    if token in _SPELLINGS:
        return _SPELLINGS[token]  # "Sen." is a senator, "Hun Sen" is none
    token = token.rstrip(".") if token.count(".") == 1 else token.replace(".", "")
    token = _SPELLINGS.get(token, token)
    if acronym:
        return token
    if token.endswith("s") and token not in _vocabulary() and token[:-1] in _vocabulary():
        return token[:-1]
    return token


@cache
def title_lexicon() -> TitleLexicon:
    """Return the shipped lexicon."""
    phrases: dict[tuple[str, ...], list[TitleRow]] = {}
    for form, phrase, kinds, detail, only, implies, strict in _lines():
        if form not in _ABOUT_TITLES:
            offices = () if kinds == "-" else tuple(kinds.split())
            row = TitleRow(form, offices, detail, tuple(only.split()), implies, strict != "no")
            for built, each in _build(phrase, row):
                phrases.setdefault(_key(built), []).append(each)
    return TitleLexicon(
        {key: tuple(rows) for key, rows in phrases.items()},
        frozenset(phrase for phrase, *_ in _lines_of("adjective")),
        frozenset(phrase for phrase, *_ in _lines_of("region")),
        {code: kept for code, _, _, _, kept, _ in _lines_of("body")},
        {_key(phrase): tuple(kinds.split()) for phrase, kinds, *_ in _lines_of("portfolio")},
        {key[0]: len(key) for key in sorted(phrases, key=len)},
        frozenset(
            (code, kind) for _, kind, _, only, *_ in _lines_of("shared") for code in only.split()
        ),
    )


@cache
def _lines() -> tuple[tuple[str, ...], ...]:
    columns = "form phrase kinds detail only implies strict"
    return tuple(read_rows("lexicons/titles.tsv", columns))


def _lines_of(form: str) -> Iterator[list[str]]:
    return (cells for each, *cells in _lines() if each == form)


@cache
def _vocabulary() -> frozenset[str]:
    """Return every word of the lexicon, so that plurals can be told from other words in -s."""
    return frozenset(word for line in _lines() for word in line[1].replace("-", " ").split())


def _key(phrase: str) -> tuple[str, ...]:
    """Return the key of a phrase as the lexicon writes it, which is nearly as it is looked up."""
    words = phrase.replace("'s", "").replace(",", "").replace(".", "").split()
    return tuple(_SPELLINGS.get(word, word) for word in words)


# --------------------------------------------------------------------------- the grammar


def _build(phrase: str, row: TitleRow) -> Iterator[tuple[str, TitleRow]]:
    """Yield the phrases that the grammar makes of one line of the lexicon."""
    if row.form == "portfolio":
        offices = _offices_of_portfolio(row)
    elif row.form in {"institution", "agency"}:
        offices = _offices_of_body(row)
    elif row.form in {"province", "city"}:
        offices = {"head": replace(row, form="title")}
    else:
        yield phrase, row
        return
    for forms, office, pattern in _patterns():
        if row.form in forms.split() and office in offices:
            yield pattern.format(phrase), offices[office]


@cache
def _patterns() -> tuple[tuple[str, ...], ...]:
    return tuple(read_rows("lexicons/title_patterns.tsv", "forms office pattern"))


def _offices_of_portfolio(row: TitleRow) -> dict[str, TitleRow]:
    """Return what the patterns are titles of, for a field of government."""
    minister = replace(row, form="title")
    ministry = row.kinds[0].replace("_minister", "_ministry")
    return {
        "minister": minister,
        "secretary": replace(minister, only=_SECRETARIES),
        "deputy": replace(minister, kinds=_deputies(row)),
        "junior": TitleRow("title", ("junior_minister",), strict=False),
        "shadow": TitleRow("title", ("junior_minister",), only=_WESTMINSTER, strict=False),
        "spokesperson": TitleRow("title", ("spokesperson",), ministry),
    }


def _offices_of_body(row: TitleRow) -> dict[str, TitleRow]:
    """Return what the patterns are titles of, for a body: spokespersons, its head if it has one."""
    spokesperson = replace(row, form="title", kinds=("spokesperson",))
    loose = replace(spokesperson, kinds=("deputy_spokesperson",), strict=False)
    offices = {"spokesperson": spokesperson, "deputy_spokesperson": loose}
    if row.kinds:
        head = replace(row, form="title", detail=row.detail if row.form == "agency" else "")
        deputy = replace(head, kinds=_deputies(row), strict=False)
        offices |= {"head": head, "deputy": deputy}
    return offices


def _deputies(row: TitleRow) -> tuple[str, ...]:
    return tuple(f"deputy_{kind}" for kind in row.kinds)
