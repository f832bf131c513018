"""Passages: texts that hold the same paragraphs, and which of them the paragraphs go back to.

An agency's paragraphs stand in long pieces of many outlets.  These pieces are no copies of each
other, and each has its own reporting; but they belong into one picture with the agency text, or
with each other where the agency text is not here.  Two links follow each other only where they
are about the same words, so that no piece ties together two passages that have nothing in common.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from tocsin.checks.wording import name_day
from tocsin.keys import family_key
from tocsin.lexicons.outlets import agency_of, domain_of, find_outlet, load_outlets, outlet_key
from tocsin.records import Article, Family, Span
from tocsin.spans import shared, size
from tocsin.together.texts.families import when

#: Two stretches of a text are the same passage when they share this much of the longer one.
_SAME = 0.75

#: From here on, most of the shorter text is the passage, as for near copies.
_WHOLE = 0.6

#: Of large groups, not every pair is compared: so many texts with the passage stand for all.
_MANY = 12

#: Texts of a group from which on more make no difference to which group lends a passage.
COUNTED = 2 * _MANY

#: Name and domain of an outlet, as far as they are known.
Outlet = tuple[str | None, str | None]


# --------------------------------------------------------------------------- one outlet or two


def outlet_of(outlet: str | None, url: str | None) -> Outlet:
    """Return name and domain by which two articles are known to be of one outlet."""
    known = find_outlet(load_outlets(), outlet, url)
    if known is not None:
        return known.name, known.domains[0] if known.domains else None
    return (outlet_key(outlet) if outlet else None), domain_of(url) or domain_of(outlet)


def _is_one_outlet(one: Outlet, other: Outlet) -> bool:
    if one[0] and other[0]:
        return one[0] == other[0]
    return one[1] is not None and one[1] == other[1]


def crosses_outlets(
    one: Collection[Outlet], other: Collection[Outlet], similarity: float, *, credited: bool
) -> bool:
    """Tell whether a passage that two texts share went from outlet to outlet.

    What one outlet prints twice is its own background, or a notice.  Where an outlet printed both
    texts and others one of them, the passage is still the outlet's own, unless an agency is
    `credited` or most of the one text stands in the other.  Where an outlet is not known, two
    articles that share a paragraph are most often of one outlet (all 59 pairs in 458 articles), and
    only a text that stands in the other for its most part counts.

    Args:
        one: the outlets that printed the one text; empty where none is known.
        other: those of the other text.
        similarity: the share of the shorter text that stands in the other.
        credited: whether either text credits an agency.
    """
    if not one or not other:
        return similarity >= _WHOLE
    if not any(ours & theirs for ours, theirs in zip(_known(one), _known(other), strict=True)):
        return True  # neither a name nor a domain is among both, nor can a pair be one outlet
    same = [_is_one_outlet(a, b) for a in one for b in other]
    return not any(same) or (not all(same) and (credited or similarity >= _WHOLE))


def _known(outlets: Collection[Outlet]) -> tuple[set[str], set[str]]:
    """Return the names and the domains."""
    return {name for name, _ in outlets if name}, {domain for _, domain in outlets if domain}


# --------------------------------------------------------------------------- one passage or two


def same_stretch(one: Sequence[Span], other: Sequence[Span]) -> bool:
    """Tell whether two sets of spans in one text are for the most part the same words."""
    return shared(one, other) >= _SAME * max(1, size(one), size(other))


def is_whole(similarity: float, here: Sequence[Span], there: Sequence[Span], sizes: Span) -> bool:
    """Tell whether most of the text on this side is what both share, and it is the shorter one.

    Args:
        similarity: the share of the shorter text that stands in the other.
        here: the passages in this text.
        there: the passages in the other.
        sizes: characters of this text and of the other.
    """
    one, other = sizes
    return similarity >= _WHOLE and size(here) * other >= size(there) * one


# --------------------------------------------------------------------------- who holds a passage


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A text that holds a passage; texts that are copies of each other have one `group`."""

    text_id: str
    group: str
    size: int  #: texts in the group
    first: date | None  #: first day of the group; None where a text of it has no day
    agency: str | None  #: credited for the group's texts as a whole
    parts: frozenset[str]  #: agencies that the text credits, for the whole or for a part
    whole: bool  #: most of the text is the passage
    words: int  #: of the passage
    articles: tuple[Article, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Core:
    """The group that a passage goes back to, or of which most is the passage."""

    group: str
    leads: bool  #: it is the origin, and not only the shortest
    why: str


def resolve_core(holders: Sequence[Holder]) -> Core | None:
    """Return the group of texts that the others have the passage from, or None.

    An agency's text, else what was published first, else what is little more than the passage (or
    the copies of one text that all of it stands in).  Long pieces of which one was first, but which
    credit an agency, have it from there.
    """
    credited = {holder.group: holder.agency for holder in holders if holder.agency}
    whole = {holder.group for holder in holders if holder.whole}
    able = whole | _throughout(holders)
    lenders = credited.keys() & whole if whole else credited.keys()
    one_agency = len({*credited.values()}) == 1
    if len(lenders) == 1 and lenders <= able and (whole or one_agency):
        (lender,) = lenders
        return Core(group=lender, leads=True, why=f"{credited[lender]} is credited for it.")
    first = _first(holders)
    if first and first.group in able and (whole or not any(h.parts for h in holders)):
        return first
    if not whole:
        return None
    lasting = _copied_around(holders, whole) & able or whole
    able_to_last = (holder for holder in holders if holder.group in lasting)
    chosen = min(able_to_last, key=lambda h: (h.group not in credited, h.text_id))
    return Core(group=chosen.group, leads=False, why="Nothing says which of them was first.")


def _copied_around(holders: Sequence[Holder], whole: set[str]) -> set[str]:
    """Return the group of copies in which all of the `whole` texts stand, if it is the only one."""
    around = {h.group: h.size for h in holders if h.group not in whole}
    return {group for group, size in around.items() if size > 1} if len(around) == 1 else set()


def _throughout(holders: Sequence[Holder]) -> set[str]:
    """Return the groups of which most texts hold the passage, or many.

    What only one of several copies has was put there, and is not theirs to lend.
    """
    held = Counter(holder.group for holder in holders)
    return {h.group for h in holders if held[h.group] >= min(h.size / 2, _MANY)}


def _first(holders: Sequence[Holder]) -> Core | None:
    """Return the one group that was published before all others."""
    days = {holder.group: holder.first for holder in holders}
    known = {group: day for group, day in days.items() if day}
    if len(known) < len(days):
        return None
    day = min(known.values())
    groups = [group for group, each in known.items() if each == day]
    if len(groups) > 1:
        return None
    return Core(group=groups[0], leads=True, why=f"It was published first, on {name_day(day)}.")


# --------------------------------------------------------------------------- families


def add_holders(family: Family, holders: Sequence[Holder]) -> Family:
    """Return a family of copies with the articles that print a passage of it."""
    if not holders:
        return family
    passages, printed = _print(holders)
    return replace(family, because=f"{family.because} {printed}", passages=passages)


def make_family(article: Article, cores: Mapping[Core, Sequence[Holder]]) -> Family:
    """Return the family of one article, of which others print passages.

    Args:
        article: the only one that prints its text.
        cores: why the passages go back to it, each with those that hold them.
    """
    agency = next(h.agency for c, held in cores.items() for h in held if h.group == c.group)
    own = agency_of(article.outlet, article.url)
    leads = all(core.leads for core in cores) and (agency is None or own == agency)
    others = [h for c, held in cores.items() for h in held if h.group != c.group]
    passages, printed = _print(others)
    why = " ".join(sorted({core.why for core in cores}))
    return Family(
        id=family_key(article.text_id),
        articles=(article.id,),
        origin=article.id if leads else None,
        agency=agency,
        because=f"One text. {printed} {why}",
        passages=passages,
    )


def make_passage_family(holders: Sequence[Holder], first: tuple[str, str]) -> Family:
    """Return the family of long pieces that share a passage which none of them is known to lend.

    Args:
        holders: the pieces.
        first: the keys of the two texts that shared it first.  No other passage has them so, for
            two texts share one at most.
    """
    passages, _ = _print(holders)
    common = frozenset.intersection(*(holder.parts for holder in holders))
    agency = next(iter(common)) if len(common) == 1 else None
    who = f"All credit {agency}" if agency else "Nothing says from where they have it"
    return Family(
        id=family_key(*first),
        articles=(),
        origin=None,
        agency=agency,
        because=f"{len(passages)} articles share a passage of {_words(holders)}, and the rest"
        f" is each article's own. {who}; whose words they are cannot be said.",
        passages=passages,
    )


def _print(holders: Sequence[Holder]) -> tuple[tuple[str, ...], str]:
    """Return the articles that hold passages, earliest first, and a sentence on them."""
    articles = sorted({a.id: a for h in holders for a in h.articles}.values(), key=when)
    count = len(articles)
    who = "1 other article prints" if count == 1 else f"{count} other articles print"
    return tuple(each.id for each in articles), f"{who} a passage of it, of {_words(holders)}."


def _words(holders: Sequence[Holder]) -> str:
    least, most = min(h.words for h in holders), max(h.words for h in holders)
    return f"{least} words" if least == most else f"{least} to {most} words"
