"""Modality: how sure the wording is that an act happened, by tense, modals, negation and context.

`read_modality` climbs from the act to the root of its sentence.  Each governor it passes
(`lexicons/governors.tsv`) may change the type ("agreed to meet") or the status ("denied that").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.arguments import is_apart, is_infinitive, own_subjects, withholds
from tocsin.extract.grammar.words import child_of, children
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.records import Status

if TYPE_CHECKING:
    from spacy.tokens import Token

TYPE_CHANGES = frozenset(
    {"agreed", "future", "vowed", "offered", "refused", "threatened", "requested", "stopped"}
)

_SAYINGS = word_set("accusations")
#: What stands after these is taken for granted, whatever the sentence says.
_PRESUPPOSING = frozenset({"during", "after", "since", "following", "before", "amid", "despite"})
FACTIVE = word_set("factive")
_TELLING = frozenset({"reported", "alleged", "denied", "unconfirmed"})
_UNCONFIRMED_WORDS = word_set("unconfirmed")
_CLAUSE_LINKS = frozenset((
    "xcomp", "ccomp", "conj", "acl", "pcomp", "prep", "advcl", "relcl", "pobj", "dobj", "nsubj",
    "nsubjpass", "csubj", "csubjpass", "attr", "acomp", "oprd", "parataxis", "dep", "agent",
    "poss", "appos"
))  # fmt: skip

#: Which status wins where several apply.
_ORDER = (
    Status.DENIED,
    Status.UNCONFIRMED,
    Status.NEGATED,
    Status.ALLEGED,
    Status.HYPOTHETICAL,
    Status.FUTURE,
    Status.HISTORICAL,
    Status.REPORTED,
    Status.ASSERTED,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """What the words around an act make of it."""

    status: Status
    change: str | None = None  #: one of `TYPE_CHANGES`
    changer: int | None = None  #: token that changes the type ("agreed"); None for a mere "will"
    obliged: bool = False  #: "must", "should"
    open: bool = False  #: a mere infinitive: "the right to strike"; nobody says that it is done


@cache
def load_governors() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return (frame, effect) pairs by word; read once in a process."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, frame, effect in read_rows("lexicons/governors.tsv", "word frame effect"):
        found.setdefault(word, []).append((frame, effect))
    return {word: tuple(pairs) for word, pairs in found.items()}


def governor_effect(word: Token) -> str | None:
    """Return what a word makes of an infinitive under it ("agreed", "refused"); None if nothing."""
    pairs = load_governors().get(word.lemma_.lower()) or load_governors().get(word.lower_, ())
    return next((effect for frame, effect in pairs if frame in ("any", "inf")), None)


def strongest(statuses: set[Status]) -> Status:
    """Return the status that wins of several; asserted when there is none."""
    return next((s for s in _ORDER if s in statuses), Status.ASSERTED)


def is_presupposed(carrier: Token) -> bool:
    """Tell whether the sentence takes the act for granted: "before it attacked", "during the raid".

    A denial or claim in the main clause is then not about the act.
    """
    token = carrier
    described = False  # "denied it would execute a man arrested in the protests": there were some
    while token.head.i != token.i:
        if token.dep_ in ("ccomp", "parataxis"):
            return described
        described = described or _only_describes(token)
        if token.dep_ in ("pobj", "pcomp") and token.head.lower_ in _PRESUPPOSING:
            return True
        marks = children(token, "mark", "advmod") if token.dep_ == "advcl" else ()
        if any(c.lower_ in _PRESUPPOSING | {"when"} for c in marks):
            return True
        token = token.head
    return False


def _only_describes(clause: Token) -> bool:
    """Tell whether a clause says which one is meant: "a man arrested", no "claims that he was"."""
    if clause.dep_ not in ("acl", "relcl") or is_infinitive(clause):
        return False
    return child_of(clause, "mark") is None and clause.head.lemma_.lower() not in _SAYINGS


def read_modality(carrier: Token, head: Token) -> Modality:
    """Return status and change of type of the act carried by `carrier` with the head `head`."""
    own = _own_effects(carrier, head)
    statuses = set(own.statuses)
    change: str | None = "future" if own.future else None
    changer: int | None = None
    if own.future and own.negated:
        change = "refused"
        statuses.discard(Status.NEGATED)
    is_open = False
    told = False  # once an act is told by someone, what stands above is about the telling
    for governor, effect, effects in _governors(carrier):
        if effect in TYPE_CHANGES and not told:
            if change is None or (
                change == "future" and effect not in ("future", "agreed", "offered", "vowed")
            ):
                change, changer = effect, governor.i
            elif effect in ("requested", "threatened", "offered"):
                statuses.add(Status.HYPOTHETICAL)  # "demands that they agree to disarm"
            elif effect == "refused":
                statuses.add(Status.NEGATED)
            effect = "future" if effect in ("future", "vowed") else None
        told = told or effect in _TELLING
        if told and effect in TYPE_CHANGES:
            effect = None
        if effect == "open":
            is_open, effect = True, None
        statuses.update(_status_of(effect, governor, effects))
        if effects.future and change is None and not told:
            change = "future"
    if change == "future":
        statuses.add(Status.FUTURE)
    return Modality(
        status=strongest(statuses),
        change=change,
        changer=changer,
        obliged=own.obliged,
        open=is_open,
    )


def explain_modality(carrier: Token, head: Token) -> Iterator[str]:
    """Yield a sentence for each word that bears on status and type, from the act upwards."""
    own = _own_effects(carrier, head)
    said = [str(status) for status in sorted(own.statuses)]
    said += ["future"] * own.future + ["negated"] * (own.negated and "negated" not in said)
    near = [c.text for c in children(carrier, "aux", "neg", "advmod", "mark")]
    if said:
        yield f"words beside “{carrier.text}” ({', '.join(near) or 'its form'}): {', '.join(said)}"
    for governor, effect, effects in _governors(carrier):
        status = [str(s) for s in sorted(effects.statuses)] + ["future"] * effects.future
        made = [effect] * (effect is not None) + status
        if made:
            yield f"“{governor.text}” above it: {', '.join(str(m) for m in made)}"


@dataclass(slots=True)
class _Effects:
    statuses: set[Status]
    future: bool = False
    negated: bool = False
    obliged: bool = False


def _own_effects(verb: Token, head: Token) -> _Effects:
    found = _Effects(set())
    words = list(verb.children) + ([] if head is verb else list(head.children))
    for child in words:
        _take_word(child, verb, found)
    if _is_condition(verb) or _is_awaited(verb) or _is_inverted(verb):
        found.statuses.add(Status.HYPOTHETICAL)
    if _negative_subject(verb):
        found.negated = True
    if found.negated:
        found.statuses.add(Status.NEGATED)
    if _going_to(verb) and verb.head.lower_ == "were":
        found.statuses.add(Status.HYPOTHETICAL)  # "if Russia were to invade"
    elif _going_to(verb) or (verb.dep_ == "ROOT" and is_infinitive(verb)):
        found.future = True  # "France to send troops", as headlines have it
    return found


def _take_word(child: Token, verb: Token, found: _Effects) -> None:
    word = child.lower_
    if child.dep_ == "aux":
        _take_modal(word, verb, found)
    elif child.dep_ in ("neg", "preconj", "cc") and word in word_set("negations"):
        found.negated = True
    elif child.dep_ in ("advmod", "amod", "det", "compound"):
        if word in word_set("negations") and not (word == "no" and child.head.pos_ != "NOUN"):
            found.negated = True
        for words, status in (
            (word_set("alleged"), Status.ALLEGED),
            (word_set("reported"), Status.REPORTED),
            (_UNCONFIRMED_WORDS, Status.UNCONFIRMED),
            (word_set("possible"), Status.HYPOTHETICAL),
            (word_set("past"), Status.HISTORICAL),
        ):
            if word in words and child.ent_type_ not in ("DATE", "TIME"):  # "the past three weeks"
                found.statuses.add(status)
        if word in word_set("planned"):
            found.future = True
    elif child.dep_ == "prep" and word == "according":
        found.statuses.add(_according(child))


def _take_modal(word: str, verb: Token, found: _Effects) -> None:
    if word in word_set("future_modals"):
        found.future = True
    elif word == "would":
        if _under_speech(verb):
            found.future = True
        else:
            found.statuses.add(Status.HYPOTHETICAL)
    elif word in word_set("conditional_modals") or (word == "can" and not _has_negation(verb)):
        found.statuses.add(Status.HYPOTHETICAL)
    elif word in word_set("obligation"):
        found.obliged = True
        found.statuses.add(Status.HYPOTHETICAL)


def _governors(carrier: Token) -> Iterator[tuple[Token, str | None, _Effects]]:
    """Yield each governor above the act with its effect and what its own words add."""
    token = carrier
    for _ in range(8):
        head = token.head
        if head.i == token.i or token.dep_ not in _CLAUSE_LINKS or is_apart(token):
            return
        if token.dep_ == "conj":
            yield from _shared(token, head)
            token = head
            continue
        presupposed = token.dep_ in ("pobj", "pcomp") and head.lower_ in _PRESUPPOSING
        if token is carrier and (presupposed or _is_occasion(token)):
            return
        told_apart = token.dep_ == "relcl" and not _is_bare_infinitive(token)
        # "the repression carried out by": what the sentence denies is about the noun.
        told_apart = told_apart or _is_bare_participle(token)
        if token.dep_ == "advcl" or told_apart:
            if token.dep_ == "advcl" and _frame(token) == "inf":
                yield head, "open", _Effects(set())  # a purpose is not yet done
            yield from _speech_above(token)
            return
        if token.dep_ in ("nsubj", "nsubjpass") and head.pos_ in ("VERB", "AUX"):
            effect = _effect_on_subject(head)
            yield head, effect, _mood_only(head) if effect is None else _Effects(set())
            return
        effect = _effect(token, head)
        if head.lower_ in word_set("excluding"):
            yield head, effect, _Effects(set())
        if head.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
            if (
                effect is None
                and token.dep_ in ("dobj", "pobj", "prep", "attr", "poss", "agent")
                and head.pos_ == "VERB"
            ):
                yield from _speech_above(head)
                return
            yield head, effect, _own_effects(head, head)
        token = head


def _of_another(effect: str, token: Token, head: Token) -> str:
    """Return what the governor makes of what someone else is to do.

    "Proposed that Kyiv pull back" asks for it; "stopped Trump from taking" is no ceasefire.
    """
    if effect == "offered" and token.dep_ == "ccomp" and own_subjects(token):
        return "requested"
    bare = token.tag_ == "VB" and child_of(token, "aux") is None
    if bare and token.dep_ == "ccomp" and head.lemma_ in word_set("insisting"):
        return "requested"  # "insisted Hamas hand over": no statement of fact
    if effect == "stopped" and token.lower_ == "from":
        return "negated"
    if head.lemma_ == "warn" and token.lower_ == "against":
        return "requested"
    return effect


def _is_bare_infinitive(token: Token) -> bool:
    """Tell whether a relative clause is none: "threats to annex" is parsed like "a man to ask"."""
    return is_infinitive(token) and not any(c.tag_ in ("WDT", "WP") for c in token.children)


def _is_occasion(token: Token) -> bool:
    """Tell whether a noun of action is only the occasion: "had not discussed it in his meeting"."""
    return token.dep_ == "pobj" and token.pos_ == "NOUN" and token.head.lower_ in ("in", "at")


def _is_bare_participle(token: Token) -> bool:
    """Tell whether a verb is the participle of "an attack carried out by", no clause of its own."""
    own = child_of(token, "aux", "auxpass", "mark", "nsubj", "nsubjpass")
    return token.dep_ == "acl" and token.tag_ == "VBN" and own is None


def _shared(token: Token, head: Token) -> Iterator[tuple[Token, str | None, _Effects]]:
    """Yield the modality that a conjunct takes from the first: "will meet and sign"."""
    if token.tag_ == head.tag_ and child_of(token, "aux", "nsubj", "nsubjpass") is None:
        yield head, None, _own_effects(head, head)


def _speech_above(token: Token) -> Iterator[tuple[Token, str | None, _Effects]]:
    """Yield only the verbs of speech above: a relative clause or object keeps its own truth."""
    while token.head.i != token.i and not is_apart(token):
        head = token.head
        if token.dep_ in ("ccomp", "parataxis"):
            effect = _effect(token, head)
            if effect is not None and effect not in TYPE_CHANGES:
                negated = _has_negation(head)
                yield (
                    head,
                    effect,
                    _Effects({Status.NEGATED} if negated else set(), negated=negated),
                )
        token = head


def _mood_only(head: Token) -> _Effects:
    """Return what "would trigger", "did not happen" say about their subject."""
    effects = _own_effects(head, head)
    return _Effects(effects.statuses & {Status.HYPOTHETICAL})


def _effect_on_subject(head: Token) -> str | None:
    if head.lemma_ in ("verify", "confirm") and _has_negation(head):
        return "unconfirmed"
    complements = (c.lower_ in ("due", "scheduled", "planned") for c in children(head, "acomp"))
    if head.lemma_ in ("schedule", "plan", "expect", "set", "due") or any(complements):
        return "future"
    if head.lemma_ in ("report", "deny", "allege") and _has_passive(head):
        return next((e for f, e in load_governors()[head.lemma_] if f == "any"), None)
    return None


def _effect(token: Token, head: Token) -> str | None:
    """Return what `head` makes of the act below it, when the act stands in the right frame."""
    frame = _frame(token)
    lemma = head.lemma_.lower()
    if lemma in word_set("dismissing") and token.dep_ == "dobj" and token.lemma_ in _SAYINGS:
        return "denied"
    if head.lower_ in word_set("excluding"):
        return "negated"
    keys = [lemma, head.lower_]
    if head.pos_ == "NOUN":
        keys = [f"{lemma}_n", lemma, head.lower_]
    keys[:0] = [f"{lemma}_{c.lower_}" for c in head.children if c.dep_ == "prt"]
    if lemma == "deny" and (token.dep_ == "prep" or withholds(head)):
        return None
    for key in keys:
        for wanted, effect in load_governors().get(key, ()):
            named = (
                effect in ("requested", "reported")
                and token.dep_ in ("dobj", "nsubj")
                and head.pos_ == "VERB"
                and frame == "noun"
                and key in ("call", "tell", "say")
            )
            if wanted in ("any", frame) and not named:
                return _of_another(effect, token, head)
    if token.lower_ == "for" and head.pos_ == "NOUN":
        return "open"
    if (
        token.lower_ in word_set("not_done_after")
        and child_of(token, "pcomp") is not None
        and head.head.lemma_ not in word_set("accusing")  # "accuse troops of killing"
    ):
        return "open"  # "a record of spying", "as well as ending the war"
    # "a push to take control", "hard to win", "needs to return": not done as far as the words go.
    unsaid = frame == "inf" and token.dep_ in ("acl", "xcomp") and lemma not in ("be", "have")
    return "open" if unsaid else None


def _frame(token: Token) -> str:
    if is_infinitive(token):
        return "inf"
    if token.dep_ == "agent":
        return "noun"
    if token.dep_ == "prep" or token.tag_ == "VBG" or token.dep_ == "pcomp":
        return "ing"
    if token.dep_ in ("ccomp", "parataxis", "advcl", "acl"):
        return "that"
    return "noun" if token.pos_ in ("NOUN", "PROPN") else "that"


def _status_of(effect: str | None, governor: Token, effects: _Effects) -> set[Status]:
    """Return the statuses that a governor with its own negation and modals gives."""
    found = effects.statuses - {Status.NEGATED}
    negated = effects.negated or Status.NEGATED in effects.statuses
    if effect is None:
        if negated and governor.lemma_ not in FACTIVE and governor.pos_ in ("VERB", "AUX"):
            found.add(Status.NEGATED)
        return found
    if effect == "future":
        found.add(Status.NEGATED if negated else Status.FUTURE)
        return found
    if governor.lemma_ in FACTIVE:
        negated = False
    status = Status(effect) if effect not in ("through", "negated") else None
    if _is_neither_nor(governor) or _doubtful_teller(governor):
        return {Status.UNCONFIRMED}
    if effect == "negated":
        found.add(Status.NEGATED)
    elif governor.lemma_ in ("confirm", "verify", "confirmation") and (
        negated or _declines(governor) or _has_negation(governor.head)
    ):
        found = {Status.UNCONFIRMED}
    elif governor.lemma_ == "deny" and negated:
        found.add(Status.UNCONFIRMED)
    elif negated and (effect == "through" or governor.lemma_ == "want"):
        found.add(Status.NEGATED)
    elif status is not None and not (negated and status == Status.DENIED):
        found.add(status)
    return found


def _declines(governor: Token) -> bool:
    head = governor.head
    return governor.dep_ == "xcomp" and head.lemma_ in ("decline", "refuse", "have", "fail")


def _is_neither_nor(governor: Token) -> bool:
    """Tell whether the governor is one of "neither confirmed nor denied"."""
    if governor.lemma_ not in ("confirm", "deny"):
        return False
    pair = {governor, governor.head, *governor.conjuncts}
    lemmas = {t.lemma_ for t in pair}
    negated = any(
        c.lower_ in ("neither", "nor", "not", "n't", "n’t") for t in pair for c in t.children
    )
    return {"confirm", "deny"} <= lemmas and negated


def _doubtful_teller(governor: Token) -> bool:
    """Tell whether what tells is "unconfirmed reports", "an unverified video"."""
    words = (word for c in children(governor, "nsubj", "amod") for word in (c, *c.children))
    return any(word.lower_ in _UNCONFIRMED_WORDS for word in words)


def _according(prep: Token) -> Status:
    text = " ".join(t.lower_ for t in prep.subtree)
    return Status.UNCONFIRMED if any(w in text for w in _UNCONFIRMED_WORDS) else Status.REPORTED


def _has_negation(verb: Token) -> bool:
    return child_of(verb, "neg") is not None


def _negative_subject(verb: Token) -> bool:
    return any(
        word.lower_ in ("no", "neither")
        for subject in children(verb, "nsubj", "nsubjpass")
        for word in children(subject, "det", "preconj", "cc")
    )


def _is_condition(clause: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "whether") for c in children(clause, "mark", "advmod"))


def _is_awaited(verb: Token) -> bool:
    """Tell whether a clause is of a time to come: "must disarm before Israel withdraws"."""
    if verb.dep_ != "advcl" or verb.tag_ not in ("VBP", "VBZ"):
        return False
    awaited = any(c.lower_ in word_set("until") for c in children(verb, "mark"))
    return awaited and any(c.tag_ in ("TO", "MD") for c in children(verb.head, "aux"))


def _is_inverted(verb: Token) -> bool:
    """Tell whether the clause opens with "Should Iran attack" or "Were Chad to close"."""
    edge = verb.left_edge
    return (
        edge.lower_ in ("should", "were", "had")
        and edge.i == verb.sent.start
        and (edge.dep_ in ("aux", "advcl", "auxpass") or edge.head is verb)
    )


def _going_to(verb: Token) -> bool:
    head = verb.head
    if verb.dep_ != "xcomp" or not any(c.tag_ == "TO" for c in verb.children):
        return False
    return head.lemma_ == "be" or (head.lemma_ == "go" and head.tag_ == "VBG")  # "are to meet"


def _has_passive(verb: Token) -> bool:
    return child_of(verb, "auxpass", "nsubjpass") is not None


def _under_speech(verb: Token) -> bool:
    """Tell whether `verb` is the content of a verb of speech, so that "would" is a past "will"."""
    token = verb
    for _ in range(4):
        if token.dep_ in ("ccomp", "parataxis") and token.head.pos_ == "VERB":
            return not is_apart(token) and not any(map(_is_condition, children(verb, "advcl")))
        if token.dep_ not in ("conj", "xcomp", "acl", "relcl"):
            return False
        token = token.head
    return False
