"""A small builder of reports: records are given by the words they stand on."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

import pytest

from tocsin.keys import content_key
from tocsin.records import (
    Account,
    Actor,
    Article,
    Dating,
    Event,
    Finding,
    Manner,
    Naming,
    OfficeClaim,
    Report,
    Span,
    Stance,
    Statement,
    Status,
    Verdict,
)


@dataclass(kw_only=True)
class ReportBuilder:
    """Collects records of one article; `report` puts them together."""

    text: str
    title: str | None = None
    url: str | None = None
    outlet: str | None = None
    published: date | None = None
    published_from: str | None = None
    absences: dict[str, int] = field(default_factory=dict)
    dating: Dating | None = None
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[OfficeClaim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def at(self, words: str, after: str = "") -> Span:
        """Return where `words` stand, looking from the first place of `after` on."""
        start = self.text.index(words, self.text.index(after))
        return start, start + len(words)

    def actor(self, name: str, words: str | None = None, **others: Any) -> Actor:
        return Actor(name=name, words=self.at(words or name), kind="person", **others)

    def state(self, speaker: Actor | None, *content: str, **others: Any) -> Statement:
        values: dict[str, Any] = {
            "speaker_words": speaker.words if speaker else None,
            "cue": None,
            "manner": Manner.INDIRECT,
            "stance": Stance.ASSERTS,
            "naming": Naming.NAMED if speaker else Naming.ANONYMOUS,
        } | others
        spans = tuple(self.at(words) for words in content)
        key = content_key("statement", spans, values["cue"])
        statement = Statement(id=key, speaker=speaker, content=spans, **values)
        self.statements.append(statement)
        return statement

    def happen(self, clause: str, trigger: str, **others: Any) -> Event:
        values: dict[str, Any] = {
            "type": "ASSAULT",
            "mode": None,
            "quad": 4,
            "score": -9.0,
            "actors": (),
            "recipients": (),
            "status": Status.ASSERTED,
            "asserted_by": "article",
        } | others
        words = self.at(clause)
        key = content_key("event", words, trigger, values["type"])
        event = Event(id=key, words=words, trigger=self.at(trigger, clause), **values)
        self.events.append(event)
        return event

    def claim(self, words: str, office: str, name: str | None = None) -> OfficeClaim:
        claim = OfficeClaim(
            id=content_key("claim", self.at(words)),
            words=self.at(words),
            office=office,
            office_words=self.at(office, words),
            name=name,
        )
        self.claims.append(claim)
        return claim

    def find(
        self, verdict: Verdict, sentence: str, claim: OfficeClaim | None = None, **others: Any
    ) -> Finding:
        values: dict[str, Any] = {"check": "tenure", "words": claim.words if claim else None}
        values |= others
        about = claim.id if claim else None
        finding = Finding(verdict=verdict, sentence=sentence, about=about, **values)
        self.findings.append(finding)
        return finding

    def report(self) -> Report:
        article = Article(
            id=content_key("article", self.text),
            text=self.text,
            title=self.title,
            url=self.url,
            outlet=self.outlet,
            published=self.published,
            published_from=self.published_from,
        )
        account = Account(
            tocsin="0.0", pipeline="hand", reference="three offices", absences=self.absences
        )
        return Report(
            article=article,
            statements=tuple(self.statements),
            events=tuple(self.events),
            office_claims=tuple(self.claims),
            findings=tuple(self.findings),
            dating=self.dating,
            account=account,
        )


@pytest.fixture
def builder() -> type[ReportBuilder]:
    return ReportBuilder


@pytest.fixture
def harbour() -> ReportBuilder:
    """An article with one of everything: three speakers, two events, three findings."""
    text = (
        "Arland's navy shelled the port of Brinn on Monday, Reuters reported.\n\n"
        "“We fired no shot,” said Arland's Defence Minister Otto Brandt. "
        "President Mara Lind denied that Brinn had asked for talks.\n\n"
        "Officials in Brinn said the port could reopen on Friday."
    )
    made = ReportBuilder(text=text, title="Port shelled", published=date(2025, 3, 4))
    made.published_from = "dateline"
    brandt = made.actor("Otto Brandt", office="Arland's Defence Minister")
    lind = made.actor("Mara Lind", office="President")
    officials = made.actor("officials in Brinn", "Officials in Brinn")
    said = made.state(brandt, "“We fired no shot,”", cue=made.at("said"), manner=Manner.DIRECT)
    made.state(lind, "that Brinn had asked for talks", cue=made.at("denied"), stance=Stance.DENIES)
    made.state(
        officials,
        "the port could reopen on Friday",
        cue=made.at("said", "Officials"),
        naming=Naming.COLLECTIVE,
    )
    navy, port = made.actor("Arland", "Arland's navy"), made.actor("Brinn", "the port of Brinn")
    made.happen(
        "the port could reopen on Friday", "reopen", status=Status.HYPOTHETICAL, type="CONCEDE"
    )
    made.happen("We fired no shot", "fired", status=Status.NEGATED, asserted_by=said.id)
    made.happen(
        "Arland's navy shelled the port of Brinn",
        "shelled",
        actors=(navy,),
        recipients=(port,),
        status=Status.REPORTED,
    )
    minister = made.claim(
        "Arland's Defence Minister Otto Brandt", "Arland's Defence Minister", "Otto Brandt"
    )
    president = made.claim("President Mara Lind", "President", "Mara Lind")
    made.find(Verdict.HOLDS, "Mara Lind was President of Arland on 4 March 2025.", president)
    made.find(Verdict.NO_RECORD, "The reference lists no officials in Brinn.")
    made.find(
        Verdict.CONTRADICTED, "Jon Falk, not Otto Brandt, was Defence Minister that day.", minister
    )
    return made
