"""Outlets: how they are written, where they publish, and who owns them.

Facts only.  How reliable an outlet is, the user says in a table of their own; an owner given there
goes before the one known here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from tocsin.addresses import host_of
from tocsin.errors import NotAFileError, NotFoundError, ReferenceFileError
from tocsin.lexicons.tables import read_records
from tocsin.reference.names import fold

#: The columns of a user's table; the first must be there.
COLUMNS = ("domain", "name", "owner", "reliability", "note")

#: A table with more bytes is none of outlets.
_LARGEST = 20_000_000

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet as a table has it; what the table leaves open is None."""

    name: str | None = None
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    reliability: str | None = None  #: "A" to "F", the user's judgement; None in what is shipped
    note: str | None = None


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return the shipped outlets by domain and by folded name and alias."""
    return index_outlets(
        Outlet(
            name=row["name"],
            aliases=tuple(filter(None, row["aliases"].split("|"))),
            domains=tuple(filter(None, row["domains"].split("|"))),
            owner=row["owner"],
        )
        for row in read_records("reference/data/outlets.tsv")
    )


def index_outlets(outlets: Iterable[Outlet]) -> Mapping[str, Outlet]:
    """Return `outlets` by domain and by folded name and alias; of two under one key, the first."""
    index: dict[str, Outlet] = {}
    for outlet in outlets:
        names = [outlet_key(name) for name in (outlet.name, *outlet.aliases) if name]
        for key in (*outlet.domains, *names):
            index.setdefault(key, outlet)
    return index


def find_outlet(
    table: Mapping[str, Outlet], outlet: str | None, url: str | None = None
) -> Outlet | None:
    """Return the outlet of `table` that the name, or else the address, means.

    The longest domain decides: ``news.sky.com`` before ``sky.com``.
    """
    if outlet:
        named = table.get(outlet_key(outlet))
        if named is not None:
            return named
    for domain in (domain_of(outlet), domain_of(url)):
        while domain:
            if domain in table:
                return table[domain]
            domain = domain.partition(".")[2]
    return None


def owner_of(
    outlet: str | None,
    url: str | None = None,
    table: Mapping[str, Outlet] | None = None,
    *,
    known: bool = False,
) -> str | None:
    """Return who owns the outlet; an outlet of which no owner is known owns itself.

    Args:
        outlet: a name or a domain, as the article gives it.
        url: the address of the article.
        table: the user's outlets, which go before the shipped ones.
        known: return None unless the outlet stands in one of the tables.
    """
    for each in (table or {}, load_outlets()):
        found = find_outlet(each, outlet, url)
        if found is not None and found.owner:
            return found.owner
    return None if known else domain_of(url) or domain_of(outlet) or outlet or None


@lru_cache(maxsize=10_000)
def outlet_key(name: str) -> str:
    """Return a name of an outlet as it is looked up: folded, without "the"."""
    words = " ".join(fold(name).split())
    return words.removeprefix("the ")


@lru_cache(maxsize=10_000)
def domain_of(words: str | None) -> str | None:
    """Return the domain that `words` are or that an address is on, without "www."; else None."""
    if not words:
        return None
    host = host_of(words) if "://" in words else words.strip().lower().removeprefix("www.")
    host = (host or "").rstrip(".")
    return host if _DOMAIN.fullmatch(host) else None


# --------------------------------------------------------------------------- the user's table


def read_outlet_table(path: Path) -> tuple[Outlet, ...]:
    """Return the outlets of a CSV or TSV file with the columns of `COLUMNS`.

    Raises:
        InputError: the file is not there or cannot be read.
        ReferenceFileError: a column, a domain or a letter is not what it should be.
    """
    text = _read(path)
    if not text:
        raise ReferenceFileError("the table is empty", value=path, expected=_expected())
    rows = _read_cells(text, path)
    columns = [name.strip().lower() for name in next(rows, [])]
    if "domain" not in columns or set(columns) - set(COLUMNS):
        raise ReferenceFileError(
            "the columns of the table are not known",
            value=text.splitlines()[0],
            expected=_expected(),
        )
    outlets: dict[str, Outlet] = {}
    for number, row in enumerate(rows, start=2):
        if any(cell.strip() for cell in row):
            outlet = _read_row(dict(zip(columns, map(str.strip, row), strict=False)), number)
            if outlet.domains[0] in outlets:
                raise ReferenceFileError(
                    f"line {number} says something of an outlet for the second time",
                    value=outlet.domains[0],
                    expected="one line for each domain",
                )
            outlets[outlet.domains[0]] = outlet
    return tuple(outlets.values())


def _read(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            raw = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise NotFoundError(
            "there is no such file", value=path, expected="a table of outlets"
        ) from None
    except (OSError, ValueError):  # ValueError: a NUL byte in the path
        raise NotAFileError("this cannot be read", value=path, expected="a file") from None
    try:
        if len(raw) > _LARGEST:
            raise ValueError
        return raw.decode("utf-8-sig")
    except ValueError:
        raise ReferenceFileError(
            "the table is no text in UTF-8, or far too long", value=path, expected=_expected()
        ) from None


#: Characters of a cell: what is longer is a quotation mark that never closes.
_LONGEST_CELL = 100_000


def _read_cells(text: str, path: Path) -> Iterator[list[str]]:
    separator = max("\t;,", key=text.splitlines()[0].count)
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            # The csv module has one limit for the process, which reading articles lifts.
            if max(map(len, row), default=0) > _LONGEST_CELL:
                raise csv.Error(f"a cell has more than {_LONGEST_CELL:,} characters")
            yield row
    except csv.Error as error:
        raise ReferenceFileError(
            f"the table is no CSV ({error})", value=path, expected=_expected()
        ) from None


def _expected() -> str:
    return f"a first line with the columns {', '.join(COLUMNS)}; all but domain may be left out"


def _read_row(row: Mapping[str, str], number: int) -> Outlet:
    domain = domain_of(row.get("domain"))
    if domain is None:
        raise ReferenceFileError(
            f"line {number} names no domain", value=row.get("domain"), expected="like bbc.co.uk"
        )
    letter = row.get("reliability", "").upper()
    if letter not in ("", *"ABCDEF"):
        raise ReferenceFileError(
            f"line {number} has no letter of the Admiralty code",
            value=letter,
            expected="A (completely reliable) to E (unreliable), F (cannot be judged) or nothing",
        )
    return Outlet(
        domains=(domain,),
        name=row.get("name") or None,
        owner=row.get("owner") or None,
        reliability=letter or None,
        note=row.get("note") or None,
    )
