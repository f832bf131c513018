"""Events: who did what to whom, in PLOVER's terms, with a status that says how sure the wording is.

The network reads which words tell an act, of which type, with which parties (`tocsin.models.acts`);
`told` puts its mentions together, `sides` says who the parties are, `act_dates` and `act_status`
when it was and how sure that is; here it is written down.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tocsin.extract.events.act_dates import date_of
from tocsin.extract.events.act_status import likeliest_status, statement_of, status_of, told_at
from tocsin.extract.events.contexts import contexts_of
from tocsin.extract.events.counts import counts_around
from tocsin.extract.events.sides import sides_of
from tocsin.extract.events.told import ReadArticle, ToldAct, read_article
from tocsin.extract.grammar.arguments import clause_of
from tocsin.extract.mentions.places import nearest, place_in
from tocsin.extract.mentions.resolution import Scene
from tocsin.keys import event_key
from tocsin.lexicons.plover import value_of
from tocsin.lexicons.tables import given
from tocsin.lexicons.words import word_set
from tocsin.models.acts import ActReader
from tocsin.models.reading import Reading
from tocsin.records import DateWords, Event, Place, Statement


def find_events(
    reading: Reading, scene: Scene, statements: Sequence[Statement], acts: ActReader
) -> Iterator[Event]:
    """Yield the events that an article tells, in the order of their words.

    Args:
        reading: the article as the models read it.
        scene: its people, names and places, with its day.
        statements: what is said by whom; acts in their content are theirs.
        acts: the network's heads for acts.
    """
    found = read_article(reading, scene, statements, acts)
    for act in found.told:
        yield event_of(act, found)


def event_of(act: ToldAct, found: ReadArticle) -> Event:
    """Return the record of one of the acts of an article."""
    scene, article = found.scene, found.scene.article
    first = act.mentions[0]
    statement = statement_of(act, found.statements)
    date = _date_of(act, found)
    status, _ = status_of(act, statement, date, article)
    actors, recipients = sides_of(act, found)
    value = value_of(act.type, act.mode)
    own = next((m.ruled.entry.context for m in act.mentions if m.ruled is not None), "-")
    counts = counts_around((m.root, m.carrier) for m in act.mentions)
    return Event(
        id=event_key(article.text_id, first.read.words, act.type),
        type=act.type,
        mode=act.mode,
        quad=value.quad,
        score=value.score,
        confidence=round(act.confidence, 3),
        actors=actors,
        recipients=recipients,
        status=status,
        asserted_by=statement.id if statement is not None else "article",
        words=clause_of(first.carrier),
        trigger=first.read.words,
        mentions=tuple(m.read.words for m in act.mentions[1:]),
        contexts=contexts_of(given(own), first.root.sent),
        place=_place_of(act, scene),
        date=date,
        counts=tuple(c for c in counts if act.type in word_set(f"types_counting_{c.kind}")),
    )


def _date_of(act: ToldAct, found: ReadArticle) -> DateWords | None:
    """Return the first day that a mention gives the act, rather than one by which it was done."""
    doc, article, status = found.scene.doc, found.scene.article, likeliest_status(act)
    told = [
        date_of(each, doc, article, told_at(each.root, found.statements), status)
        for each in act.mentions
    ]
    dates = sorted(filter(None, told), key=lambda date: date.earliest is None)
    return next(iter(dates), None)


def _place_of(act: ToldAct, scene: Scene) -> Place | None:
    """Return where the act happened: by the words for it, else what was hit or left, if a place."""
    roles = ("place", "recipient") if act.type in word_set("types_done_to_places") else ("place",)
    words = (w for role in roles for m in act.mentions for w in m.read.roles[role])
    return nearest(place_in(scene.doc, each, scene.allegiances.known) for each in words)
