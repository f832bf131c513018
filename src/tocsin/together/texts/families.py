"""Families: texts that go back to one, and which of them the others go back to.

Prints of one text and near copies are a family, and so are two texts at one address that share a
passage (an article and its update).  A passage alone makes no copies: two long articles around one
agency paragraph are two articles, and what they share is asked for word by word (`copies.shared`).
`passages` says which articles print passages of a family.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from itertools import combinations
from urllib.parse import parse_qsl, urlsplit

from tocsin.checks.wording import name_day
from tocsin.keys import family_key
from tocsin.lexicons.outlets import agency_of
from tocsin.records import Article, Family
from tocsin.together.texts.credits import credited_for_all

#: A key in more texts is not compared pair by pair but along the row of its texts: a standing text
#: in 10,000 articles costs 40,000 comparisons, not 50 million.  Ten pairs reach over each place in
#: the row, and texts share several keys: copies of which every second pair is none stay connected.
MOST_HOLDERS = 48
NEIGHBOURS = 4

#: What campaigns and feeds add to an address; the page stays the same.
_TRACKING = re.compile(r"(?:utm_|at_|ns_).*|fbclid|gclid|ref|ref_src|cmp|ito|src|smid|taid", re.I)


# --------------------------------------------------------------------------- who may be a copy


def pair_holders(holders: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the pairs to compare among the texts that hold one key, smaller id first.

    All pairs of up to `MOST_HOLDERS` texts; of more, each with its `NEIGHBOURS` next in the order
    of ids.  Copies of one text stay connected so, since every neighbour is a copy of the next.
    """
    names = sorted(set(holders))
    if len(names) <= MOST_HOLDERS:
        yield from combinations(names, 2)
        return
    for position, name in enumerate(names):
        for other in names[position + 1 : position + 1 + NEIGHBOURS]:
            yield name, other


# --------------------------------------------------------------------------- what is a family


def joins_family(kind: str, *, same_address: bool = False) -> bool:
    """Tell whether a match of this kind makes two texts copies of one family."""
    return kind != "passage" or same_address


@lru_cache(maxsize=10_000)
def page_of(address: str | None) -> tuple[str, str, tuple[tuple[str, str], ...]]:
    """Return what two addresses of one page share: no scheme, "www.", fragment or tracking."""
    try:
        parts = urlsplit(address or "")
    except ValueError:  # brackets that are no IPv6 address: compared as it is written
        return address or "", "", ()
    asked = parse_qsl(parts.query, keep_blank_values=True)
    query = [(name, value) for name, value in asked if not _TRACKING.fullmatch(name)]
    host = parts.netloc.lower().removeprefix("www.")
    return host, parts.path.rstrip("/"), tuple(sorted(query))


# --------------------------------------------------------------------------- where it comes from


def resolve_family(members: Iterable[Article]) -> Family:
    """Return the family of `members`, with the article the others go back to if it can be told.

    An agency that is credited for the whole text is the origin, and its own print the article.
    Without credits it is the article published first, if one alone was.

    Raises:
        ValueError: there are no members.
    """
    articles = sorted({a.id: a for a in members}.values(), key=when)
    if not articles:
        raise ValueError("a family has at least one article")
    agency, origin, because = _decide(articles)
    return Family(
        id=family_key(earliest_text(articles)),
        articles=tuple(article.id for article in articles),
        origin=origin.id if origin else None,
        agency=agency,
        because=f"{_what(articles)} {because}",
    )


def earliest_text(articles: Iterable[Article]) -> str:
    """Return the key of the text that was published first; see `tocsin.keys`."""
    return min((article.published or date.max, article.text_id) for article in articles)[1]


def when(article: Article) -> tuple[date, str]:
    """Return what puts articles in order: the day, those without one last, and the id."""
    return article.published or date.max, article.id


def _what(articles: Sequence[Article]) -> str:
    texts = len({article.text for article in articles})
    if texts == 1:
        return "One text." if len(articles) == 1 else f"{len(articles)} articles print one text."
    return f"{len(articles)} articles in {texts} texts have most of their words in common."


def _decide(articles: Sequence[Article]) -> tuple[str | None, Article | None, str]:
    """Return the agency, the origin and the sentence that says why."""
    prints = {a.id: agency_of(a.outlet, a.url) for a in articles}
    # An agency's own print credits itself.
    whole = [{by} if (by := prints[a.id]) else credited_for_all(a.text) for a in articles]
    credited = Counter(agency for named in whole for agency in named)
    if len(credited) > 1:
        said = ", ".join(f"{name} ({count})" for name, count in sorted(credited.items()))
        return None, None, f"The credits disagree: {said}."
    if not credited:
        return None, *_earliest(articles, "No agency is credited")
    ((agency, count),) = credited.items()
    own = [article for article in articles if prints[article.id] == agency]
    who = f"{agency} is credited in {count} of {len(articles)}"
    if not own:
        return agency, None, f"{who}, but its own print is not here."
    return agency, *_earliest(own, who)


def _earliest(articles: Sequence[Article], who: str) -> tuple[Article | None, str]:
    """Return the one article of the first day, if all have a day and one alone has the first."""
    if len(articles) == 1:
        return articles[0], f"{who}; one article alone can be the origin."
    undated = sum(article.published is None for article in articles)
    if undated:
        return None, f"{who}, and {undated} of {len(articles)} have no day."
    first = articles[0].published
    same = sum(article.published == first for article in articles)
    day = name_day(first) if first else "an unknown day"
    if same > 1:
        return None, f"{who}, and {same} were published on the first day, {day}."
    return articles[0], f"{who}; one alone was published on the first day, {day}."
