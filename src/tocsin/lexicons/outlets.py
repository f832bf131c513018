"""Outlets and agencies: how they are written, where they publish, and who owns them.

One table, `lexicons/outlets.tsv`.  Facts only: how reliable an outlet is, the user says in a table
of their own, and an owner given there goes before the one known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TypeVar

from tocsin.addresses import host_of
from tocsin.lexicons.letters import fold
from tocsin.lexicons.tables import listed, read_records

E = TypeVar("E")

_DOMAIN = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet as a table has it; what the table leaves open is None."""

    name: str | None = None
    kind: str | None = None  #: agency, broadcaster, newspaper, magazine, platform, photos or media
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    owner: str | None = None
    reliability: str | None = None  #: "A" to "F", the user's judgement; None in what is shipped
    note: str | None = None


# --------------------------------------------------------------------------- in running text


def is_outlet(words: str) -> bool:
    """Tell whether running text means an outlet, an agency or whose picture it is by `words`."""
    return words in _by_words()


@cache
def relay_names() -> Mapping[str, str]:
    """Return what is shown for the words by which running text means what passes statements on.

    That is its name; the words themselves where they name none ("state media").
    """
    return {
        words: words if kind == "media" else name
        for words, (name, kind) in _by_words().items()
        if kind != "photos"
    }


@cache
def _by_words() -> Mapping[str, tuple[str, str]]:
    """Return name and kind by the words of running text."""
    return {
        words: (row["name"], row["kind"])
        for row in read_records("lexicons/outlets.tsv")
        if row["in_text"] != "-"
        for words in listed(row["in_text"]) or (row["name"], *listed(row["aliases"]))
    }


# --------------------------------------------------------------------------- agencies


def agency_of(outlet: str | None, url: str | None = None) -> str | None:
    """Return the agency that `outlet` is (a name or a domain), or at whose address `url` is."""
    for given in (outlet, host_of(url)):
        if given:
            bare = given.strip().removeprefix("www.")
            named = agency_names().get(bare.removeprefix("The "))
            if found := named or _at_domain(_agency_domains(), bare.lower()):
                return found
    return None


@cache
def agency_names() -> Mapping[str, str]:
    """Return the agencies whose texts others print, by the words in which credits name them."""
    return {
        words: row["name"]
        for row in read_records("lexicons/outlets.tsv")
        for words in listed(row["credits"])
    }


def _at_domain(table: Mapping[str, E], domain: str | None) -> E | None:
    """Return what `table` has for a domain, or for the longest that it is a part of."""
    while domain and domain not in table:
        domain = domain.partition(".")[2]
    return table[domain] if domain else None


@cache
def _agency_domains() -> Mapping[str, str]:
    return {
        domain: row["name"]
        for row in read_records("lexicons/outlets.tsv")
        if row["credits"]
        for domain in listed(row["domains"])
    }


# --------------------------------------------------------------------------- where it is printed


@cache
def load_outlets() -> Mapping[str, Outlet]:
    """Return the shipped outlets of which an owner is known, by domain, name and alias."""
    return index_outlets(
        Outlet(
            name=row["name"],
            kind=row["kind"],
            aliases=listed(row["aliases"]),
            domains=listed(row["domains"]),
            owner=row["owner"],
        )
        for row in read_records("lexicons/outlets.tsv")
        if row["owner"]
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
    named = table.get(outlet_key(outlet)) if outlet else None
    at = (_at_domain(table, domain) for domain in (domain_of(outlet), domain_of(url)))
    return named or next(filter(None, at), None)


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
