"""Quotes: the words behind a record, each with where it stands and the article that has it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any

from tocsin.addresses import host_of
from tocsin.publish.desk.mcp.results import Printed, Quoted, Words
from tocsin.publish.visible import visible
from tocsin.records import Span
from tocsin.store import kinds
from tocsin.store.handle import Store
from tocsin.store.kinds.events import FoundEvent
from tocsin.store.kinds.findings import FoundFinding
from tocsin.store.kinds.kind import Kind
from tocsin.store.kinds.offices import FoundClaim
from tocsin.store.kinds.printed import Print, read_prints
from tocsin.store.kinds.quotations import FoundQuotation
from tocsin.store.kinds.statements import FoundStatement
from tocsin.store.rows import read_article_row
from tocsin.store.situation import read_found

#: Characters of words in a row, pieces of what one text has, and its other prints.
_LONGEST, _PIECES, _PRINTS = 1_000, 4, 10

#: Texts that a record is shown with in a list, and among how many they are chosen.
_FEW, _NEAR = 3, 100


def pieces_of(words: str, spans: Iterable[Span]) -> list[Words]:
    """Return the pieces at `spans`, of words that are joined by " … " as records keep them."""
    pieces, at = [], 0
    for start, end in islice(spans, _PIECES):
        whole = words[at : at + end - start]
        shown = _begin(whole)
        cut = len(whole) - len(shown) or None
        pieces.append(Words(text=visible(shown), start=start, end=start + len(shown), cut=cut))
        at += len(whole) + len(" … ")
    return pieces


def _begin(words: str) -> str:
    """Return as many of the first words as are not too long when all in them is visible."""
    shown = words[:_LONGEST]
    while (length := len(visible(shown))) > _LONGEST:
        shown = shown[: len(shown) * _LONGEST // length]
    return shown


def quote(words: str, spans: Iterable[Span], prints: Sequence[Print], **about: Any) -> Quoted:
    """Return words with the first of the articles that print them, and what else is said of it."""
    first, *others = [*map(_printed, prints[: _PRINTS + 1])] or [Printed()]
    return Quoted(
        words=pieces_of(words, spans),
        **dict(first),
        others=len(prints[1:]) or None,
        also_in=others or None,
        **about,
    )


def _printed(each: Print) -> Printed:
    address = each.url if host_of(each.url) else None  # a model may show it as a link
    told = {name: getattr(each, name) for name in ("title", "outlet", "published")}
    return Printed(article=each.id, url=address, **told)


# --------------------------------------------------------------------------- of each kind


def _of_event(_: Store, found: FoundEvent) -> Iterator[Quoted]:
    for telling in found.event.tellings:
        yield quote(
            telling.told,
            (telling.event.words,),
            [found.named[each] for each in telling.articles if each in found.named],
            record=telling.event.id,
            status=telling.event.status,
            speaker=telling.speaker and telling.speaker.name,
            voice=telling.voice,
        )


def _of_statement(_: Store, found: FoundStatement) -> Iterator[Quoted]:
    said = found.statement
    speaker = said.speaker and said.speaker.name
    yield quote(found.said, said.content, found.prints, record=said.id, speaker=speaker)


def _of_quotation(store: Store, found: FoundQuotation) -> Iterator[Quoted]:
    keys = found.quotation.statements
    statements = read_found(store.connection(), kinds.STATEMENTS, keys)
    for key in (key for key in keys if key in statements):
        yield from _of_statement(store, statements[key])


def _of_finding(store: Store, found: FoundFinding) -> Iterator[Quoted]:
    """Yield the words it is about; of one that sets articles against each other, both sides."""
    if found.finding.words and found.prints:
        yield _in_text(store, found.finding.words, found.prints, record=found.finding.about)
    sides = found.finding.sides
    prints = read_prints(store.connection(), (each.text_id for each in sides))
    for side in sides:
        yield quote(side.quoted, (side.words,), prints.get(side.text_id, ()), record=side.record)


def _of_claim(store: Store, found: FoundClaim) -> Iterator[Quoted]:
    if found.prints:
        yield _in_text(store, found.claim.words, found.prints, record=found.claim.id)


def _in_text(store: Store, words: Span, prints: Sequence[Print], **about: Any) -> Quoted:
    text = read_article_row(store.connection(), prints[0].id).text
    return quote(text[slice(*words)], (words,), prints, **about)


#: The kinds whose records stand in texts, and their quotes.
_STANDING: tuple[tuple[Kind[Any], Callable[[Store, Any], Iterator[Quoted]]], ...] = (
    (kinds.EVENTS, _of_event),
    (kinds.STATEMENTS, _of_statement),
    (kinds.QUOTATIONS, _of_quotation),
    (kinds.FINDINGS, _of_finding),
    (kinds.OFFICES, _of_claim),
)


def find_record(store: Store, key: str) -> tuple[Kind[Any], Any] | None:
    """Return the kind of the record that this id leads to, and what was found."""
    found = ((kind, store.find(kind, key)) for kind, _ in _STANDING)
    return next(((kind, each) for kind, each in found if each is not None), None)


def quotes_of(store: Store, kind: Kind[Any], found: Any) -> Iterator[Quoted]:
    """Yield every text that what was found stands in, with its words, the earliest first."""
    return next(quotes for each, quotes in _STANDING if each is kind)(store, found)


def few_quotes(store: Store, kind: Kind[Any], found: Any) -> list[Quoted]:
    """Return the earliest texts, few of them and one of each voice, without their other prints."""
    voices: dict[object, Quoted] = {}
    for number, each in enumerate(islice(quotes_of(store, kind, found), _NEAR)):
        heard = ("text", number) if each.voice is None else each.voice
        voices.setdefault(heard, each.model_copy(update={"also_in": None}))
        if len(voices) == _FEW:
            break
    return [*voices.values()]
