"""Own actors: a user's table of groups, bodies and people with their countries, row by row.

A row becomes one of `lexicons/actors.tsv`: codes for countries and sectors, names that can be found
in a text.  What cannot is refused with its line, its value and what was expected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from tocsin.errors import ReferenceFileError
from tocsin.lexicons.own_tables import BEYOND, read_own_table
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.lexicons.tables import listed, read_rows
from tocsin.reference.actors import ActorRow
from tocsin.reference.countries import code_of, fold, load_countries

#: The columns of such a table; the first two must be there.
COLUMNS = ("name", "country", "sector", "kind", "aliases", "note")
_KINDS = ("group", "body", "person")

#: A name begins with a letter or number; an alias that the text has to support ends with "?".
_NAME = re.compile(r"[^\W_][^|?]{1,198}\??")


def is_actor_table(raw: bytes) -> bool:
    """Tell by its columns whether a file is such a table, and not one of office holders."""
    head = raw.partition(b"\n")[0].decode("utf-8-sig", "replace").lower()
    columns = {cell.strip(' "\r') for cell in re.split("[\t;,]", head)}
    return "name" in columns and not columns & {"office", "person"}


def read_actor_table(raw: bytes, origin: str) -> tuple[ActorRow, ...]:
    """Return the rows of a user's table as rows of `lexicons/actors.tsv`.

    Raises:
        ReferenceFileError: this is no such table, or a cell is not what it should be.
    """
    rows: list[ActorRow] = []
    lines: dict[str, int] = {}
    for number, cells in read_own_table(raw, origin, COLUMNS, COLUMNS[:2]):
        aliases = filter(str.strip, listed(cells.get("aliases", "")))
        names = [_read_name(each, number) for each in (cells["name"], *aliases)]
        for name in names:
            key = " ".join(fold(name.rstrip("?")).split())
            if (before := lines.setdefault(key, number)) != number:
                raise refusal(ReferenceFileError, "actor_twice", name, number=number, before=before)
        rows.append(_read_row(names, cells, number))
    return tuple(rows)


def _read_name(words: str, number: int) -> str:
    """Return a name that can be found: with a capital, since texts are full of "front"."""
    name = " ".join(words.split())
    bare = f"{name} ".removeprefix("The ")
    if not (_NAME.fullmatch(name) and name.isprintable() and bare != bare.lower()):
        raise refusal(ReferenceFileError, "no_actor_name", words, number=number)
    return name


def _read_row(names: list[str], cells: Mapping[str, str], number: int) -> ActorRow:
    if beyond := cells.get(BEYOND):
        raise refusal(ReferenceFileError, "cell_beyond", beyond, number=number)
    kind = cells.get("kind", "").lower() or "group"
    if kind not in _KINDS:
        raise refusal_among(ReferenceFileError, "no_kind_of_actor", kind, _KINDS, number=number)
    name = names[0].rstrip("?")
    aliases = "|".join(each for each in names if each != name)
    given = (_read_country(each.strip(), number) for each in cells["country"].split("+"))
    countries = dict.fromkeys(given)
    sector = _read_sector(cells.get("sector", ""), number)
    return name, aliases, kind, "+".join(countries), sector, "no"


def _read_country(words: str, number: int) -> str:
    """Return alpha-3, or PLOVER's code for what is of no state."""
    known = load_countries().by_code
    if country := known.get(code_of(words)):
        return country.code if country.kind in ("state", "territory") else country.plover
    if words.upper() in {each.plover for each in known.values()}:
        return words.upper()
    names = [each.name for each in known.values()]
    raise refusal_among(ReferenceFileError, "no_country_in_line", words, names, number=number)


def _read_sector(words: str, number: int) -> str:
    sectors = _sectors()
    if words and words.lower() not in sectors:
        codes = sorted({*sectors.values()})
        raise refusal_among(ReferenceFileError, "no_sector", words, codes, number=number)
    return sectors.get(words.lower(), "")


@cache
def _sectors() -> Mapping[str, str]:
    """Return PLOVER's sectors by their codes, and by the words for who is of them."""
    codes = {sector for (sector,) in read_rows("lexicons/actors.tsv", "sector") if sector}
    roles = read_rows("lexicons/roles.tsv", "words forms sector")
    named = {each: sector for *cells, sector in roles for cell in cells for each in listed(cell)}
    return named | {code.lower(): code for code in codes | {*named.values()}}
