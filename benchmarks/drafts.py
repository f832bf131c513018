"""Drafts: reports made by hand, each record given by the words it stands on, with its real key."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from tocsin.keys import article_key, claim_key, event_key, statement_key
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


def make_event(**given: Any) -> Event:
    """Make an attack that the article itself tells of, but for what is given."""
    values: dict[str, Any] = {
        "type": "ASSAULT",
        "mode": None,
        "quad": 4,
        "score": -9.0,
        "confidence": 0.9,
        "actors": (),
        "recipients": (),
        "status": Status.ASSERTED,
        "asserted_by": "article",
    }
    return Event(**values | given)


@dataclass(kw_only=True)
class Draft:
    """An article in the making; records are given by the words they stand on."""

    text: str
    url: str | None = None
    published: date | None = date(2025, 3, 4)
    country: str | None = "KSH"  #: of its people and their offices
    dating: Dating | None = None
    absences: dict[str, int] = field(default_factory=dict)
    statements: list[Statement] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    claims: list[OfficeClaim] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    others: dict[str, Any] = field(default_factory=dict)  #: of the article

    @property
    def article(self) -> Article:
        """The article as it stands."""
        plain = Article(id="", text=self.text, url=self.url, published=self.published)
        key = article_key(plain.text_id, self.url or "kept.txt")
        return replace(plain, id=key, **self.others)

    def at(self, words: str, after: str = "") -> Span:
        """Return where `words` stand, looking from the first place of `after` on."""
        start = self.text.index(words, self.text.index(after))
        return start, start + len(words)

    def actor(self, name: str, words: str | None = None, **others: Any) -> Actor:
        """Return somebody who stands on `words`, or on the name."""
        values = {"kind": "person", "country": self.country} | others
        return Actor(name=name, words=self.at(words or name), **values)

    def state(self, speaker: Actor | None, *pieces: str | Span, **others: Any) -> Statement:
        """Let somebody say these pieces, words or where they stand."""
        content = tuple(self.at(each) if isinstance(each, str) else each for each in pieces)
        values: dict[str, Any] = {
            "id": statement_key(self.article.text_id, content, others.get("cue")),
            "speaker": speaker,
            "speaker_words": speaker.words if speaker else None,
            "cue": None,
            "content": content,
            "manner": Manner.INDIRECT,
            "stance": Stance.ASSERTS,
            "naming": Naming.NAMED if speaker else Naming.ANONYMOUS,
        }
        self.statements.append(Statement(**values | others))
        return self.statements[-1]

    def happen(self, clause: str, trigger: str, **others: Any) -> Event:
        """Let something happen that `trigger` tells, the first one from `clause` on."""
        at = self.at(trigger, clause)
        values = {"words": self.at(clause), "trigger": at} | others
        key = event_key(self.article.text_id, at, values.get("type", "ASSAULT"))
        self.events.append(make_event(**{"id": key} | values))
        return self.events[-1]

    def claim(self, words: str, office: str, name: str | None = None, *offices: str) -> OfficeClaim:
        """Let the article give somebody, or nobody by name, an office."""
        name_words = self.at(name, words) if name else None
        parts = (self.at(words), office, offices, name_words)
        claim = OfficeClaim(
            id=claim_key(self.article.text_id, *parts),
            words=self.at(words),
            office=office,
            office_words=self.at(office, words),
            name=name,
            name_words=name_words,
            country=offices[0][:3] if offices else self.country,
            offices=offices,
        )
        self.claims.append(claim)
        return claim

    def find(self, about: OfficeClaim | None, verdict: Verdict, **others: Any) -> Finding:
        """Let a check find this about a claim."""
        values: dict[str, Any] = {
            "check": "tenure",
            "verdict": verdict,
            "sentence": f"{about.name if about else 'Nobody'} is looked up.",
            "about": about.id if about else None,
            "words": about.words if about else None,
        }
        self.findings.append(Finding(**values | others))
        return self.findings[-1]

    @property
    def report(self) -> Report:
        """The report on the article with all that was found so far."""
        return Report(
            article=self.article,
            statements=tuple(self.statements),
            events=tuple(self.events),
            office_claims=tuple(self.claims),
            findings=tuple(self.findings),
            dating=self.dating,
            account=Account(tocsin="0", pipeline="none", reference="none", absences=self.absences),
        )
