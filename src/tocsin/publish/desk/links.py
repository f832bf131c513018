"""Links: the address of each page, in one place.  Keys of records are untrusted and are quoted."""

from __future__ import annotations

from urllib.parse import quote, urlencode


def _page(*parts: str, **asked: str | None) -> str:
    path = "/" + "/".join(quote(part, safe="") for part in parts)
    given = {name: value for name, value in asked.items() if value is not None}
    return f"{path}?{urlencode(given)}" if given else path


def to_kind(kind: str, **filters: str | None) -> str:
    """Return the address of the list of a kind, with some filters set."""
    return _page(kind, **filters)


def to_counts(kind: str) -> str:
    """Return the address of the numbers of a list."""
    return _page("counts", kind)


def to_event(key: str) -> str:
    """Return the address of a reported event."""
    return _page("events", key)


def to_article(key: str, record: str | None = None) -> str:
    """Return the address of an article, with one of its records chosen."""
    return _page("articles", key, record=record)


def to_reading(key: str) -> str:
    """Return the address of what was read on the desk and not kept."""
    return _page("read", key)


def to_record(page: str, record: str) -> str:
    """Return the address of an article's page, whichever it is, with one of its records chosen."""
    return f"{page}?{urlencode({'record': record})}"


def to_judge(record: str, back: str | None = None) -> str:
    """Return the address where a record can be judged; `back` is where the visitor comes from."""
    return _page("judge", record=record, back=back)


def to_family(key: str) -> str:
    """Return the address of a family."""
    return _page("families", key)


def to_speaker(key: str) -> str:
    """Return the address of a speaker, by `speakers.key`."""
    return _page("speakers", key)


def to_office(key: str) -> str:
    """Return the address of an office of the reference, by its id."""
    return _page("office", key)


def to_person(key: str) -> str:
    """Return the address of a person of the reference, by the id."""
    return _page("person", key)


def to_pair(actor: str, recipient: str, **asked: str | None) -> str:
    """Return the address of what one party does to another over time."""
    return _page("pairs", actor, recipient, **asked)


def to_pairs(party: str | None = None) -> str:
    """Return the address of the pairs, of all or of one party."""
    return _page("pairs", actor=party)


def to_ahead(actor: str, recipient: str) -> str:
    """Return the address of what may come of a pair: lists, then and now, outlook."""
    return _page("pairs", actor, recipient, "ahead")


def to_brief(about: str, **asked: str | None) -> str:
    """Return the address of a brief on some countries, such as PRK,RUS."""
    return _page("brief", about=about, **asked)
