"""Records made by hand that every exporter is tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from tests.made import make_event
from tocsin.keys import content_key
from tocsin.publish.exports.claimreview import Checked
from tocsin.records import (
    Actor,
    Article,
    Event,
    Evidence,
    Finding,
    Grade,
    Place,
    ReportedEvent,
    Status,
    Telling,
    Verdict,
)

TEXT = (
    "BRINN, March 3 - Russian drones struck a power station in Kharkiv on Monday, officials said.\n"
    "\nForeign Minister Ana Sol met Otto Brandt of Arland in Geneva. The two spoke for an hour."
)

#: What a name or a title can hold that a careless export passes on.
HOSTILE = (
    '=HYPERLINK("http://example.org","click")',
    "+1+cmd|' /C calc'!A0",
    "@SUM(1)",
    "-2+3",
    "tab\there",
    "line\nbreak\r\nand more",
    'a "quoted" name',
    '"opens and never closes',
    "nul\x00 and bell\x07",
    "\u202erevo gnitirw",
    "\x1b[31mred",
    "</script><script>alert(1)</script>",
    "l’été — 한국 😀",
    "\\",
    "'",
    "\u2028separator\x85next",
)


def span(words: str, text: str = TEXT) -> tuple[int, int]:
    start = text.index(words)
    return start, start + len(words)


def article(id: str = "a1", **others: Any) -> Article:
    values: dict[str, Any] = {
        "text": TEXT,
        "title": "Drones strike Kharkiv",
        "url": f"https://news.example.org/{id}",
        "outlet": "Example News",
        "published": date(2025, 3, 4),
    }
    return Article(id=id, **(values | others))


RUSSIA = Actor(
    name="Russia", words=span("Russian drones"), kind="country", country="RUS", sector="MIL"
)
STATION = Actor(name="Ukraine", words=span("a power station"), kind="country", country="UKR")
SOL = Actor(
    name="Ana Sol",
    words=span("Ana Sol"),
    kind="person",
    office="Foreign Minister",
    country="FRA",
    sector="GOV",
)
BRANDT = Actor(name="Otto Brandt", words=span("Otto Brandt"), kind="person", country="DEU")
KHARKIV = Place(
    words=span("Kharkiv"), name="Kharkiv", country="UKR", latitude=49.98, longitude=36.25
)


def telling(event: Event, articles: tuple[str, ...] = ("a1",), **others: Any) -> Telling:
    values: dict[str, Any] = {
        "event": event,
        "text_id": "t1",
        "told": TEXT[slice(*event.words)],
        "speaker": None,
        "articles": articles,
        "outlets": ("Example News",),
        "published": date(2025, 3, 4),
        "family": None,
        "voice": 1,
    }
    return Telling(**(values | others))


def told(**others: Any) -> Event:
    values: dict[str, Any] = {
        "id": content_key("event", sorted(map(str, others.items()))),
        "mode": "drone",
        "score": -9.5,
        "actors": (RUSSIA,),
        "recipients": (STATION,),
        "words": span("Russian drones struck a power station in Kharkiv on Monday"),
        "trigger": span("struck"),
        "contexts": ("military",),
        "place": KHARKIV,
    }
    return make_event(**values | others)


def reported(*tellings: Telling, **others: Any) -> ReportedEvent:
    """Return a reported event with the values of its first telling."""
    tellings = tellings or (telling(told()),)
    first = tellings[0].event
    values: dict[str, Any] = {
        "id": content_key("reported", [each.event.id for each in tellings], sorted(others)),
        "type": first.type,
        "mode": first.mode,
        "quad": first.quad,
        "score": first.score,
        "confidence": first.confidence,
        "contexts": first.contexts,
        "actors": first.actors,
        "recipients": first.recipients,
        "day": date(2025, 3, 3),
        "until": date(2025, 3, 3),
        "place": first.place,
        "status": first.status,
        "statuses": (first.status,),
        "articles": len({key for each in tellings for key in each.articles}),
        "reports": len(tellings),
        "independent": 1,
        "contradicted": False,
        "grade": Grade(reliability="F", credibility=3, sentence="One report."),
        "tellings": tellings,
    }
    return ReportedEvent(**(values | others))


def meeting(**others: Any) -> ReportedEvent:
    """Return a meeting of two people, both actors."""
    event = told(
        type="CONSULT",
        mode="visit",
        quad=1,
        score=4.0,
        actors=(SOL, BRANDT),
        recipients=(),
        words=span("Ana Sol met Otto Brandt of Arland in Geneva"),
        trigger=span("met"),
        contexts=("diplomatic",),
        place=None,
    )
    return reported(telling(event), **others)


def with_status(status: Status) -> ReportedEvent:
    return reported(telling(told(status=status)))


def hostile_events() -> list[ReportedEvent]:
    """Return an event for each hostile text, which is the name of everybody and everything."""
    made = []
    for number, words in enumerate(HOSTILE):
        actor = replace(RUSSIA, name=words, kind="body", office=words)
        place = replace(KHARKIV, name=words)
        event = told(actors=(actor,), recipients=(replace(SOL, name=words),), place=place)
        one = telling(event, (f"h{number}",), told=words, outlets=(words,))
        made.append(reported(one, id=content_key("hostile", number), place=place))
    return made


def hostile_article(id: str) -> Article:
    words = HOSTILE[int(id.removeprefix("h"))]
    url = f"https://example.org/{id}?{words}" if int(id[1:]) % 2 else words
    return article(id, title=words, outlet=words, url=url)


def finding(verdict: Verdict, **others: Any) -> Finding:
    values: dict[str, Any] = {
        "check": "tenure",
        "verdict": verdict,
        "sentence": "Ana Sol had been Foreign Minister of France since 2 January 2024.",
        "about": "c1",
        "words": span("Foreign Minister Ana Sol"),
        "compared": {
            "claimed": "Ana Sol",
            "office": "Foreign Minister of France",
            "office_id": "FRA:foreign_minister",
            "on": "2025-03-04",
            "held_by": ["Ana Sol"],
            "from": "2024-01-02",
            "until": None,
        },
        "evidence": (
            Evidence(
                person="Ana Sol",
                office="Foreign Minister of France",
                since="2024-01-02",
                until=None,
                origin="Example register",
            ),
        ),
    }
    return Finding(**(values | others))


def checked(verdict: Verdict, *articles: Article, speaker: Actor | None = None, **others: Any):
    found = finding(verdict, **others)
    return Checked(
        id=content_key("finding", verdict, sorted(map(str, others))),
        finding=found,
        articles=articles or (article(),),
        speaker=speaker,
    )
