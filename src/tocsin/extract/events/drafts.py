"""Drafts of events: what was found, still with its tokens; one act told twice is one event."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from tocsin.extract.events.acts import Act
from tocsin.extract.events.parties import Party
from tocsin.extract.events.plover import Code
from tocsin.extract.grammar.modality import Modality
from tocsin.records import DateWords, Place, Status

if TYPE_CHECKING:
    from spacy.tokens import Doc

#: What an attack does: told with it, they are no act of their own.
_RESULTS = frozenset({"kill", "injure", "wound"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An event before it becomes a record: what was found, still with its tokens."""

    act: Act
    code: Code
    status: Status
    actors: tuple[Party, ...]
    recipients: tuple[Party, ...]
    place: Place | None
    date: DateWords | None
    asserted_by: str
    modality: Modality


def without_governed(drafts: list[Draft], doc: Doc) -> list[Draft]:
    """Drop acts that another act already says: "agreed" beside "agreed to meet", "killing" after
    "shelled", and what is asked for or refused.
    """
    kept = [d for d in drafts if not _is_said_by_another(d, drafts)]
    heads = {d.act.carrier: d for d in kept} | {d.act.head: d for d in kept}
    return [d for d in kept if not _is_part(d, heads, doc)]


def _is_said_by_another(draft: Draft, drafts: list[Draft]) -> bool:
    """Tell whether another draft holds this one: "agreed" in "agreed to meet" (the longer act is
    kept), "withdraw" in "asked Israel to withdraw" (the request is kept: it knows whom).
    """
    for other in drafts:
        if other is draft:
            continue
        if other.modality.changer == draft.act.head and other.modality.change != "requested":
            return True
        if draft.modality.changer == other.act.head and draft.modality.change == "requested":
            return True
    return False


def _is_part(draft: Draft, heads: dict[int, Draft], doc: Doc) -> bool:
    """Tell whether the act is a part or result of another of the same kind."""
    token = doc[draft.act.carrier]
    if token.dep_ in ("advcl", "xcomp", "acl") and draft.code[0] in ("ASSAULT", "MOBILIZE"):
        other = heads.get(token.head.i)
        if other is not None and other is not draft and other.code[0] == "ASSAULT":
            return True
    if token.dep_ == "conj" and token.lemma_ in _RESULTS and not countries_of(draft.recipients):
        # "strikes Kharkiv, kills four": of one act, and the second knows less
        other = heads.get(token.head.i)
        same = other is not None and countries_of(other.actors) == countries_of(draft.actors)
        if other is not None and other.code[0] == "ASSAULT" and same:
            return other.status == draft.status
    # "the shelling killed two": what an act does is told with the act.
    return any(i in heads and heads[i] is not draft for i in draft.act.actors)


def merged(drafts: list[Draft], doc: Doc) -> list[list[Draft]]:
    """Group the mentions of one act: same type, same countries on both sides, no other day.

    Where nobody knows whose the actor is ("a drone struck a Moldovan post"), the nouns on both
    sides must be the same.
    """
    groups: list[list[Draft]] = []
    for draft in drafts:
        home = next((g for g in groups if _same_act(g[0], draft, doc)), None)
        if home is None:
            groups.append([draft])
        else:
            home.append(draft)
    return groups


def _same_act(first: Draft, other: Draft, doc: Doc) -> bool:
    if first.code[0] != other.code[0] or first.code[0] in ("ACCUSE", "REQUEST", "AGREE"):
        return False
    modes = {first.code[1], other.code[1]} - {None}
    if len(modes) > 1:
        return False
    return (
        countries_of(first.actors) == countries_of(other.actors)
        and countries_of(first.recipients) == countries_of(other.recipients)
        and (bool(countries_of(first.actors)) or _same_nouns(first, other, doc))
        and _compatible(first.status, other.status)
        and _same_day(first.date, other.date)
    )


def _same_nouns(first: Draft, other: Draft, doc: Doc) -> bool:
    ours, theirs = (
        [{doc[p.head].lemma_.lower() for p in side} for side in (d.actors, d.recipients)]
        for d in (first, other)
    )
    known = bool(countries_of(first.recipients))
    return known and all(ours) and ours == theirs


def countries_of(parties: tuple[Party, ...]) -> frozenset[str]:
    """Return the countries of `parties` as far as they are known."""
    return frozenset(p.country for p in parties if p.country is not None)


def _compatible(first: Status, other: Status) -> bool:
    facts = {Status.ASSERTED, Status.REPORTED, Status.ALLEGED}
    return first == other or (first in facts and other in facts)


def _same_day(first: DateWords | None, other: DateWords | None) -> bool:
    if first is None or other is None or first.earliest is None or other.earliest is None:
        return True
    if first.latest is None or other.latest is None:
        return True
    return first.earliest <= other.latest and other.earliest <= first.latest
