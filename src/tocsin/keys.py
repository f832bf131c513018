"""Keys: what the id of each record is a hash of, once each.

A key depends on content alone, so that reading the same text again gives the same ids, whatever the
machine, the order or the day.  The parts of a key never change: links and judgements hang on it.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache

_Span = tuple[int, int]


def content_key(*parts: object) -> str:
    """Return 16 hexadecimal digits that depend on nothing but `parts`."""
    digest = hashlib.blake2b(digest_size=8)
    for part in parts:
        raw = str(part).encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big") + raw)
    return digest.hexdigest()


@lru_cache(maxsize=4)  # the key of each record of a text is made with it
def text_key(text: str, published: object, media_type: str, *guess: str) -> str:
    """Return the key of a text: on what day and in what form it is read changes what is found.

    So does whether the day is a `guess`.
    """
    return content_key("text", text, published, media_type, *guess)


def article_key(text: str, *name: str | None) -> str:
    """Return the key of an article: a text, by its key, under one address, or name and outlet.

    Before its day is known an article has none; then its words are its key.
    """
    return content_key("article", text, *name)


def statement_key(text: str, content: tuple[_Span, ...], cue: _Span | None) -> str:
    """Return the key of the statement in the text with this key."""
    return content_key("statement", text, content, cue)


def event_key(text: str, trigger: _Span, type: str) -> str:
    """Return the key of the event that `trigger` tells of."""
    return content_key("event", text, *trigger, type)


def claim_key(
    text: str, words: _Span, office: str, offices: tuple[str, ...], *name: _Span | None
) -> str:
    """Return the key of an office claim; a counterpart's has no `name` of its own."""
    return content_key("office_claim", text, *words, office, offices, *name)


def finding_key(text: str | None, record: str, *number: int) -> str:
    """Return the key of a finding, given as JSON; of several alike in one text by `number`."""
    return content_key("finding", text, record, *number)


def person_key(country: str, name: str) -> str:
    """Return the key of a person of the reference: a name in a country's offices."""
    return content_key("person", country, name)


# What joins several tellings is keyed by the earliest of them: by the day of its text, then by the
# ids of text and record; what has no day comes last.  So a key stays while later news comes.


def reported_key(event: str) -> str:
    """Return the key of the reported event whose earliest telling is `event`."""
    return content_key("reported", event)


def quotation_key(statement: str) -> str:
    """Return the key of the quotation that `statement` has first."""
    return content_key("quotation", statement)


def family_key(*texts: str) -> str:
    """Return the key of the family of copies of, and of passages of, the earliest text.

    Where there is none that others have a passage from, it is that of the first two that share it.
    """
    return content_key("family", *texts)
