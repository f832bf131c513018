"""Speakers heard so far: who spoke last, who is only quoted by another, who is talked about."""

from __future__ import annotations

from bisect import insort_left
from collections.abc import Collection
from dataclasses import dataclass, field, replace

from tocsin.extract.mentions.people import NamedPerson
from tocsin.records import Absence, Actor, Naming, Span
from tocsin.spans import holds


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """Whom words stand for; `absence` says why nobody, when `actor` is None."""

    actor: Actor | None
    naming: Naming = Naming.ANONYMOUS
    absence: Absence | None = None
    through: Span | None = None  #: words of the one whom a pronoun, or "who", stands for

    @property
    def because(self) -> str:
        """One sentence why these words mean this actor, or the reason why nobody."""
        return (self.actor.because if self.actor else str(self.absence)) or ""


@dataclass(frozen=True, slots=True)
class Heard:
    """A speaker with the place of the words for it, and what is said."""

    at: int
    who: Resolution
    content: tuple[Span, ...]


@dataclass(slots=True)
class Speakers:
    """Who has spoken in an article, in the order of the text."""

    heard: list[Heard] = field(default_factory=list)

    def add(self, at: int, who: Resolution, content: tuple[Span, ...]) -> None:
        """Remember who says `content`, named by words at `at`; nobody is not remembered."""
        if who.actor is not None:
            insort_left(self.heard, Heard(at, who, content), key=lambda heard: heard.at)

    def last(self, before: int, kinds: Collection[str]) -> Heard | None:
        """Return the last of one of `kinds` to speak before the character `before`.

        Who is only quoted by another does not count: "hit back at *Roe's* claim that …".
        """
        earlier = (h for h in reversed(self.heard) if h.at < before)
        fitting = (h for h in earlier if h.who.actor and h.who.actor.kind in kinds)
        return next((h for h in fitting if self.holding((h.at, h.at + 1)) in ([], [h])), None)

    def holding(self, words: Span) -> list[Heard]:
        """Return those in whose words these words stand."""
        return [heard for heard in self.heard if holds(heard.content, words)]

    def talk_about(self, person: NamedPerson, before: int) -> bool:
        """Tell whether somebody else named a person last: "Roe said President Poe had left"."""
        last = person.last_before(before)
        tellers = (h.who.actor for h in self.holding(last.words)) if last is not None else ()
        return any(who and who.kind == "person" and who.name != person.name for who in tellers)


def nobody(absence: Absence, naming: Naming = Naming.ANONYMOUS) -> Resolution:
    """Return that words mean nobody, and why."""
    return Resolution(actor=None, naming=naming, absence=absence)


def same_as(
    found: Resolution, words: Span, because: str, through: Span | None = None
) -> Resolution:
    """Return that words mean whom others mean, `through` these, and why."""
    if found.actor is None:
        return found
    actor = replace(found.actor, words=words, because=because)
    return replace(found, actor=actor, through=through or found.actor.words)
