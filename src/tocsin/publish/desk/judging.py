"""Judging on the desk: what a page shows of a record that is judged, and what a visitor says of it.

The name of who judges is kept in a cookie of the desk, so that it is typed once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, unquote

from fastapi import Request
from starlette.responses import Response

from tocsin.publish.desk.frame import desk_of
from tocsin.publish.desk.opened import Desk
from tocsin.publish.visible import on_one_line
from tocsin.records import Article, Span
from tocsin.store.arrivals import utc_now
from tocsin.store.asked import What, read_judgement, vocabulary_of
from tocsin.store.handle import Store
from tocsin.store.judged import Fields, as_given, fields_for
from tocsin.store.judgements import Judgement, ToJudge, judge_record, open_to_judge
from tocsin.store.kinds.judgements import FoundJudgement
from tocsin.store.rows import words_of

_COOKIE, _A_YEAR = "judge", 366 * 24 * 3600

#: Characters around the words that are judged.
_AROUND = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """A field of a form: what is in it, and which words it takes where these are few."""

    name: str
    help: str
    value: str  #: as the form gives it back
    shown: str  #: as people read it
    vocabulary: tuple[str, ...]
    needed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Judging:
    """One record as a page shows it to a judge."""

    target: ToJudge
    article: Article | None  #: the earliest that prints it; none where it is about several
    before: str  #: what stands before the words that are judged
    quoted: str
    behind: str
    fields: tuple[Field, ...]
    said: tuple[FoundJudgement, ...]  #: what stands, of every judge


def read_judging(store: Store, record: str, typed: Mapping[str, str]) -> tuple[Judging, ...]:
    """Return what the id `record` names: one record, or all that are joined under it.

    In the form fields have what a visitor has `typed` in them.

    Raises:
        ValueNotUnderstood: there is no such record.
    """
    return tuple(_judging(store, each, typed) for each in store.to_judge(record))


def _judging(store: Store, target: ToJudge, typed: Mapping[str, str]) -> Judging:
    article = store.article_with(target.text_id) if target.text_id else None
    text = article.text if article else ""
    start, end = target.words or (0, 0)
    return Judging(
        target=target,
        article=article,
        before=text[max(0, start - _AROUND) : start].rpartition("\n\n")[2],
        quoted=text[start:end],
        behind=text[end : end + _AROUND * bool(end)].partition("\n\n")[0],
        fields=tuple(_fields(target.what, target.fields, text, typed)) if target.fields else (),
        said=tuple(store.judgements(record=target.record)),
    )


def _fields(what: What, fields: Fields, text: str, typed: Mapping[str, str]) -> Iterator[Field]:
    for name, row in fields_for(what).items():
        words = row["reads"] in ("words", "piece")
        value = _in_words(fields[name], text) if words else as_given(fields[name])
        shown = words_of(text, fields[name]) if words else value
        yield Field(
            name=name,
            help=row["help"],
            value=typed.get(name, "" if value == "-" else value),
            shown="" if shown == "-" else shown,
            vocabulary=vocabulary_of(row["reads"]),
            needed=row["nothing"] == "-",
        )


def _in_words(spans: list[list[int]], text: str) -> str:
    """Return the words at `spans`, or their offsets where words alone could be read otherwise."""
    words = [text[start:end] for start, end in spans]
    plain = all(text.count(w) == 1 and " + " not in w and on_one_line(w) == w for w in words)
    return " + ".join(words) if plain else as_given(spans)


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """An event of an article: found by the reader or added by judges, and what they say of it."""

    record: str
    words: Span
    about: str
    said: tuple[FoundJudgement, ...]


def read_acts(store: Store, article: str) -> tuple[Act, ...]:
    """Return the events of an article with what judges say of each, in the order of the text."""
    said: dict[str, list[FoundJudgement]] = defaultdict(list)
    for each in store.judgements(article=article, what="event"):
        said[each.record].append(each)
    found = {
        each.id: (each.trigger, f"{each.type} {each.status}")
        for each in store.report(article).events
    }
    missed = {
        each.record: (each.words, each.about or "") for all_of in said.values() for each in all_of
    }
    acts = (
        Act(record=key, words=words or (0, 0), about=about, said=tuple(said[key]))
        for key, (words, about) in (missed | found).items()
    )
    return tuple(sorted(acts, key=lambda act: act.words))


def empty_act(typed: Mapping[str, str]) -> tuple[Field, ...]:
    """Return the fields of an event that is still to be added, with what is typed so far."""
    return tuple(_fields(What.EVENT, {name: [] for name in fields_for(What.EVENT)}, "", typed))


def said_of(desk: Desk, record: str) -> list[FoundJudgement]:
    """Return what stands of what judges say of a record, or of the tellings of a reported event."""
    with desk.asking() as store:
        return list(store.judgements(record=record))


def keep_judgement(
    request: Request, said: Mapping[str, Any], given: Mapping[str, Any]
) -> list[Judgement]:
    """Keep what a visitor says of a record: `said` names record, judge, verdict and note.

    Raises:
        ValueNotUnderstood: it cannot be said, or not of this.
        StoreError: the store cannot be written to.
    """
    verdict: Any = read_judgement("verdict", said.get("verdict", ""))
    with open_to_judge(desk_of(request).folder) as connection:
        return judge_record(
            connection,
            said.get("record", ""),
            said.get("judge", ""),
            verdict,
            given=given,
            note=said.get("note"),
            clock=utc_now,
        )


def judge_of(request: Request) -> str:
    """Return the name under which the visitor judged last; empty where that is not known."""
    return unquote(request.cookies.get(_COOKIE, ""))


def remember(answer: Response, judge: str) -> None:
    """Have the visitor's browser keep the name."""
    answer.set_cookie(
        _COOKIE, quote(judge), max_age=_A_YEAR, path="/", httponly=True, samesite="strict"
    )
