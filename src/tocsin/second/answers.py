"""Answers of a model: untrusted words; those stay that have the form and stand in the text.

What does not is dropped and counted, by reason; an answer that is no JSON of the form at all is no
answer.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from tocsin.models.reader import TYPES
from tocsin.records import Manner, SaidAct, SaidStatement, Span, Status
from tocsin.second.grounding import Ground

#: Tellings of acts, and statements, that an answer may hold, and all of an article's; parties on a
#: side of an act, and further tellings of it.
MOST_RECORDS, MOST_OF_ARTICLE, MOST_PARTIES = 300, 2_000, 20
_TOLD = (Status.ASSERTED, Status.REPORTED)


class NoAnswerError(ValueError):
    """These words are no JSON of the form that was asked for."""


@dataclass(slots=True, kw_only=True)
class Heard:
    """What was heard of a model about one article so far."""

    ground: Ground
    acts: list[SaidAct] = field(default_factory=list)
    statements: list[SaidStatement] = field(default_factory=list)
    dropped: Counter[str] = field(default_factory=Counter)

    def hear(self, content: str) -> None:
        """Take what an answer holds.

        Raises:
            NoAnswerError: it is no answer, and nothing was taken of it.
        """
        told = _object_in(content)
        acts, statements = (_records(told.get(each)) for each in ("acts", "statements"))
        known = {(a.words, a.type) for a in self.acts}
        tellings = sum(1 + len(a.again) for a in self.acts)
        self.acts += self._kept(acts, self._act, known, tellings)
        heard = {(s.content, s.cue) for s in self.statements}
        self.statements += self._kept(statements, self._statement, heard, len(heard))

    def _kept(
        self,
        given: list[Any],
        read: Callable[[dict[str, Any]], Any],
        heard: set[Any],
        taken: int,
    ) -> Iterator[Any]:
        room = min(MOST_RECORDS, MOST_OF_ARTICLE - taken)
        for number, each in enumerate(given):
            if room <= 0:
                self.dropped["too_many"] += len(given) - number
                return
            room -= 1
            try:
                found = read(each if isinstance(each, dict) else {})
            except _Dropped as why:
                self.dropped[str(why)] += 1
                continue
            is_act = isinstance(found, SaidAct)
            key = (found.words, found.type) if is_act else (found.content, found.cue)
            if key in heard:
                self.dropped["told_twice"] += 1
            else:
                heard.add(key)
                room -= len(found.again) if is_act else 0
                yield found

    # ------------------------------------------------------------------ one record

    def _act(self, told: dict[str, Any]) -> SaidAct:
        type_, status = told.get("type"), told.get("status")
        if type_ not in TYPES:
            raise _Dropped("unknown_type")
        if status not in list(Status):
            raise _Dropped("unknown_status")
        words = self._told(told)
        return SaidAct(
            type=type_,
            status=_status(Status(status), told.get("background")),
            words=words,
            actors=self._parties(told.get("actor"), words),
            actors_of=self._parties(told.get("actor_of"), words),
            recipients=self._parties(told.get("recipient"), words),
            recipients_of=self._parties(told.get("recipient_of"), words),
            time=self._beside("day", told, words),
            place=self._beside("place", told, words),
            again=tuple(self._again(told.get("again"), words)),
        )

    def _statement(self, told: dict[str, Any]) -> SaidStatement:
        kind = told.get("kind")
        if kind not in list(Manner):
            raise _Dropped("unknown_kind")
        number = self._sentence(told)
        content = self.ground.content(number, _words(told.get("content")))
        if content is None:
            raise _Dropped("words_not_found")
        speaker = self.ground.near(content, _words(told.get("speaker")))
        if speaker is None:
            raise _Dropped("speaker_not_found")
        cue = self._beside("cue", told, content)
        return SaidStatement(speaker=speaker, cue=cue, content=content, manner=Manner(kind))

    def _told(self, told: dict[str, Any]) -> Span:
        """Return where the words of an act stand."""
        found = self.ground.act(self._sentence(told), _words(told.get("words")))
        if found is None:
            raise _Dropped("words_not_found")
        return found

    def _sentence(self, told: dict[str, Any]) -> int:
        number = told.get("sentence")
        if type(number) is not int or not self.ground.has(number):
            raise _Dropped("no_such_sentence")
        return number

    def _parties(self, given: object, act: Span) -> tuple[Span, ...]:
        """Return where the words for a side stand; what is not found leaves the act without it."""
        each = [given] if isinstance(given, str) else given if isinstance(given, list) else []
        sought = [word for word in each if isinstance(word, str)][:MOST_PARTIES]
        found = [self.ground.near(act, word) for word in sought]
        if missed := len(each) - len(found) + found.count(None):
            self.dropped["party_not_found"] += missed
        return tuple(dict.fromkeys(filter(None, found)))

    def _beside(self, name: str, told: dict[str, Any], at: Span) -> Span | None:
        given = told.get(name)
        found = self.ground.near(at, given) if isinstance(given, str) else None
        if found is None and given is not None:
            self.dropped[f"{name}_not_found"] += 1
        return found

    def _again(self, given: object, act: Span) -> Iterator[Span]:
        seen = {act}
        for each in given[:MOST_PARTIES] if isinstance(given, list) else ():
            try:
                words = self._told(each if isinstance(each, dict) else {})
            except _Dropped:
                self.dropped["telling_not_found"] += 1
                continue
            if words not in seen:
                seen.add(words)
                yield words


class _Dropped(Exception):
    """A record is dropped, for the reason that this says."""


def _object_in(content: str) -> dict[str, Any]:
    """Return the one object in an answer, which may be in a fence, or come after thoughts."""
    if content.lstrip().startswith("<think>"):
        content = content.partition("</think>")[2]
    start, end = content.find("{"), content.rfind("}") + 1
    try:
        told = json.loads(content[start:end])
    except (ValueError, RecursionError):  # a number of thousands of digits; braces in thousands
        raise NoAnswerError from None
    if not isinstance(told, dict) or not isinstance(told.get("acts"), list):
        raise NoAnswerError
    return told


def _records(given: object) -> list[Any]:
    return given if isinstance(given, list) else []


def _words(given: object) -> str:
    return given if isinstance(given, str) else ""


def _status(status: Status, background: object) -> Status:
    """Return the status; what is told as done but called background is recalled."""
    return Status.HISTORICAL if background is True and status in _TOLD else status
