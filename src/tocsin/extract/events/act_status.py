"""The status of an act: what wording, statement and time make of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tocsin.extract.events.act_dates import ActDates, is_history
from tocsin.extract.events.acts import Act
from tocsin.extract.events.plover import Code, is_cooperative
from tocsin.extract.grammar.arguments import is_infinitive
from tocsin.extract.grammar.modality import FACTIVE, Modality, is_presupposed, strongest
from tocsin.lexicons.words import word_set
from tocsin.records import Article, Stance, Statement, Status
from tocsin.spans import holds, size

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token


def told_at(token: Token, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements in whose content `token` stands, the innermost first."""
    here = (token.idx, token.idx + 1)
    inside = (each for each in statements if holds(each.content, here))
    return sorted(inside, key=lambda each: size(each.content))


def status_of(
    act: Act,
    code: Code,
    modality: Modality,
    statement: Statement | None,
    dates: ActDates,
    article: Article,
    doc: Doc,
) -> Status:
    """Return the strongest status that wording, statement and day give an act."""
    found = {modality.status}
    if modality.change == "vowed" and not is_cooperative(code[0]):
        found = {Status.ASSERTED}  # the threat is made now, whatever comes of it
    if code[0] == "AGREE" and doc[act.head].lemma_ in word_set("promises"):
        found.add(Status.FUTURE)
    if modality.change in ("agreed", "offered", "refused", "requested", "stopped"):
        found.discard(Status.NEGATED)
    if modality.status in (Status.DENIED, Status.UNCONFIRMED) and is_presupposed(doc[act.carrier]):
        found = {Status.REPORTED}  # what is denied is something else
    if statement is not None:
        told = _status_by_stance(statement)
        if told is Status.DENIED and _is_of_knowledge(statement, doc):
            told = Status.REPORTED  # "did not know that he was killed"
        elif statement.stance is Stance.REJECTS and not _is_claim(doc[act.carrier]):
            told = Status.HYPOTHETICAL if _is_mere_idea(doc[act.carrier]) else Status.REPORTED
        if is_presupposed(doc[act.carrier]):
            told = Status.REPORTED
        unsure = modality.status in (Status.HYPOTHETICAL, Status.FUTURE)
        if not (unsure and told in (Status.ALLEGED, Status.REPORTED)):
            found.add(told)  # who claims that something may happen does not claim that it does
    if Status.UNCONFIRMED in found and any(t.lower_ == "how" for t in doc[act.carrier].subtree):
        found = {Status.REPORTED}  # "has not confirmed how many were killed"
    if modality.status not in (Status.FUTURE, Status.HYPOTHETICAL) and (
        is_history(dates, article) or _is_bygone(act, doc)
    ):
        found.add(Status.HISTORICAL)
    return strongest(found)


def _status_by_stance(statement: Statement) -> Status:
    if statement.stance is Stance.DENIES or statement.stance is Stance.REJECTS:
        return Status.DENIED
    if statement.stance is Stance.NEITHER_CONFIRMS_NOR_DENIES:
        return Status.UNCONFIRMED
    if statement.stance is Stance.ACCUSES or statement.distancing:
        return Status.ALLEGED
    return Status.REPORTED


def _is_of_knowledge(statement: Statement, doc: Doc) -> bool:
    cue = doc.char_span(*statement.cue, alignment_mode="expand") if statement.cue else None
    return cue is not None and any(t.lemma_ in FACTIVE for t in cue)


def _is_claim(carrier: Token) -> bool:
    """Tell whether an act is told in a full clause: that can be true or not; a plan cannot."""
    return carrier.tag_ in ("VBD", "VBZ", "VBP") or any(
        c.dep_ in ("aux", "auxpass") and c.tag_ != "TO" for c in carrier.children
    )


def _is_mere_idea(carrier: Token) -> bool:
    """Tell whether words name what may be done: "a US annexation", "the bid to seize it"."""
    if carrier.pos_ in ("VERB", "AUX"):
        return is_infinitive(carrier) or carrier.tag_ == "VBG"
    known = any(c.dep_ == "poss" or c.lower_ in ("the", "this", "that") for c in carrier.children)
    return not known


def _is_bygone(act: Act, doc: Doc) -> bool:
    """Tell whether a power that is no more takes part: "the Soviet invasion"."""
    parties = [doc[i] for i in (*act.actors, *act.recipients)]
    words = {t.lower_ for p in parties for t in (p, *p.children)}
    at_war = any(t.lower_ == "nazi" and not _is_likened(t) for t in doc[act.carrier].sent)
    return at_war or not words.isdisjoint(word_set("bygone"))


def _is_likened(token: Token) -> bool:
    """Tell whether a name of the past is a comparison: "acts like “Nazi brigades”", "neo-Nazi"."""
    before = token.doc[max(0, token.i - 2) : token.i]
    return any(t.is_quote or t.text == "-" or t.lower_ in ("like", "as") for t in before)
