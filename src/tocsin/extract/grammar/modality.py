"""Modality: what tense, modals, negation and governors make of an act: a promise, a refusal.

`change_of` climbs from the act towards the root of its sentence.  Each governor it passes
(`lexicons/governors.tsv`) may change the type: "agreed to meet".
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Set
from functools import cache

from tocsin.extract.grammar.arguments import carrier_of, is_apart, is_infinitive, own_subjects
from tocsin.extract.grammar.words import children, is_noun, is_verb, object_of
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token

TYPE_CHANGES = frozenset(
    {"agreed", "future", "vowed", "offered", "refused", "threatened", "requested", "stopped"}
)
#: Changes that say no more of an act to come than that it is.
_PROMISED = ("future", "agreed", "offered", "vowed")
#: Links over which a governor is reached; a relative clause and one beside keep their own truth.
_CLAUSE_LINKS = frozenset((
    "xcomp", "ccomp", "conj", "acl", "pcomp", "prep", "pobj", "dobj", "attr", "acomp", "oprd",
    "parataxis", "dep", "agent", "poss", "appos"
))  # fmt: skip
#: What says of a subject or an object what it is; where it stands last, parsers lose their way.
_SAYS_OF = frozenset({"acomp", "attr", "oprd", "npadvmod"})
_GOVERNING = ("VERB", "AUX", "NOUN", "ADJ", "PROPN", "ADP", "SCONJ")

#: What words beside an act say of it: "negated", "obliged", "future".
Signs = Set[str]
_NONE: Signs = frozenset()


@cache
def _read_governors() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return (frame, effect) pairs by word; read once in a process."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, frame, effect in read_rows("lexicons/governors.tsv", "word frame effect"):
        found.setdefault(word, []).append((frame, effect))
    return {word: tuple(pairs) for word, pairs in found.items()}


def _governor_effect(word: Token, frame: str) -> str | None:
    """Return what a word makes of what stands under it in a frame: "agreed" for "agreed to"."""
    lemma = word.lemma_.lower()
    keys = [f"{lemma}_{c.lower_}" for c in children(word, "prt", "advmod")]
    keys += [f"{lemma}_n"] * is_noun(word) + [lemma, word.lower_]
    pairs = (pair for key in keys for pair in _read_governors().get(key, ()))
    return next((effect for listed, effect in pairs if listed in ("any", frame)), None)


def change_of(act: Token) -> str | None:
    """Return what becomes of the act that a verb or a noun of action tells: one of `TYPE_CHANGES`,
    or None where it is told as it is.
    """
    carrier = carrier_of(act)
    own = signs_beside(carrier, act)
    change = None if "future" not in own else "refused" if "negated" in own else "future"
    for _, effect in governors_of(carrier):
        change = changed_by(effect, change) or change
    return change


def is_done(act: Token) -> bool:
    """Tell whether an act is told as done or to come: not as negated, refused, offered or asked."""
    carrier = carrier_of(act)
    effects = {*signs_beside(carrier, act), *(effect for _, effect in governors_of(carrier))}
    return "negated" not in effects and change_of(act) in (None, "future")


def changed_by(effect: str, change: str | None) -> str | None:
    """Return what an effect makes of an act that is subject to a `change`; None: no other one."""
    firmer = change is None or (change == "future" and effect not in _PROMISED)
    return effect if effect in TYPE_CHANGES and firmer else None


def is_taken_back(act: Token) -> bool:
    """Tell whether the sentence says that the act was not done: by this person, or at all.

    "Cleared of killing him"; "retracted a report that", "claims that ... are a lie".
    """
    told = carrier_of(act)
    while told.dep_ == "conj":
        told = told.head
    above = told.head
    if told.dep_ in ("pcomp", "pobj") and above.lower_ == "of":
        above = above.head
        if {above.lemma_, above.head.lemma_} & word_set("clearing"):
            return True
    elif told.dep_ not in ("acl", "relcl", "ccomp"):
        return False
    if above.lemma_.lower() not in word_set("accounts"):
        return False
    said_of_it = (t for t in told.sent if t.i > told.i and t.dep_ in _SAYS_OF)
    return above.head.lemma_ in word_set("retracting") or any(
        t.lemma_.lower() in word_set("untrue") for t in said_of_it
    )


def is_imagined(act: Token) -> bool:
    """Tell what is asked, supposed or made up: "Had it fired", "Imagine that", "In the film, …"."""
    verb = carrier_of(act)
    within = (t for t in act.sent if t.lower_ == "in" and t.head in (verb, *verb.ancestors))
    nouns = filter(None, map(object_of, within))
    names = {n for t in nouns for n in (t.lemma_, f"{t.nbor(-1).lower_}_{t.lemma_}")}
    opening = next((t.lower_ for t in act.sent if t.is_alpha), "")
    tale = opening in word_set("imagining") or not names.isdisjoint(word_set("fictions"))
    return tale or _is_inverted(verb) or {"would", "have"} <= {t.lower_ for t in verb.lefts}


def _is_inverted(verb: Token) -> bool:
    """Tell a condition without "if" and a question of yes or no, however the parser takes them."""
    subject = next(iter(own_subjects(verb)), None)
    aux = verb.doc[max(1, subject.left_edge.i) - 1] if subject is not None else verb.left_edge
    opens = aux.is_sent_start or not aux.nbor(-1).is_alpha or aux.nbor(-1).lower_ in ("and", "but")
    unreal = aux.lower_ in ("had", "were", "should") or "?" in verb.sent.text
    return opens and unreal and aux.pos_ == "AUX" and aux.i < verb.i


def looks_ahead(verb: Token) -> bool:
    """Tell whether a clause is of what is to come: "will meet", "is meeting", "is due in Kyiv".

    A plain present is not: captions tell in it what was.
    """
    helpers = [*children(verb, "aux", "auxpass")]
    then = word_set("modals_of_then")
    modal = any(each.tag_ == "MD" and each.lower_ not in then for each in helpers)
    present = any(each.tag_ in ("VBZ", "VBP") for each in (verb, *helpers))
    governing = (_read_governors().get(t.lemma_, ()) for t in (verb, *children(verb, "acomp")))
    planned = any(effect in _PROMISED for pairs in governing for _, effect in pairs)
    ahead = modal or (present and (planned or verb.tag_ == "VBG"))
    return ahead and all(each.lemma_ != "have" for each in helpers)


def explain_modality(act: Token) -> Iterator[str]:
    """Yield a sentence for each word that bears on the type, from the act upwards."""
    carrier = carrier_of(act)
    said = sorted(signs_beside(carrier, act))
    near = [c.text for c in children(carrier, "aux", "neg", "advmod", "mark")]
    if said:
        yield f"words beside “{carrier.text}” ({', '.join(near) or 'its form'}): {', '.join(said)}"
    for governor, effect in governors_of(carrier):
        yield f"“{governor.text}” above it: {effect}"


def signs_beside(verb: Token, head: Token) -> Signs:
    """Return what the words beside a verb, and beside its noun of action, say of the act."""
    words = [*verb.children, *(() if head is verb else head.children)]
    return {sign for child in words for sign in _signs_of(child)}


def _signs_of(child: Token) -> Signs:
    word = child.lower_
    if child.dep_ == "aux":
        told = word == "would" and child.head.dep_ == "ccomp"  # "said that it would leave"
        promised, obliged = word in word_set("future_modals"), word in word_set("obligation")
        return {"future"} if promised or told else {"obliged"} if obliged else _NONE
    beside = child.dep_ in ("advmod", "amod", "det", "compound")
    negates = beside and (word != "no" or is_noun(child.head))
    negates = negates or child.dep_ in ("neg", "preconj", "cc")
    if negates and word in word_set("negations"):
        return {"negated"}
    return {"future"} if beside and word in word_set("planned") else _NONE


def governors_of(carrier: Token) -> Iterator[tuple[Token, str]]:
    """Yield each governor above the act that makes something of it, with what it makes."""
    token = carrier
    for _ in range(8):
        head = token.head
        occasion = token is carrier and _is_occasion(token, head)
        if token.dep_ not in _CLAUSE_LINKS or occasion or is_apart(token):
            return
        effect = _effect(token, head)
        if effect is None and is_verb(head) and _frame(token) == "noun":
            return  # nothing is said of its being done: "condemned the attack"
        if effect in (None, "through") and "future" in signs_beside(head, head):
            effect = "future"
        if effect is not None:
            yield head, effect
        token = head


def _is_occasion(token: Token, head: Token) -> bool:
    """Tell whether an act is only the occasion of what is told: "after the raid", "in a call".

    It is taken for granted, whatever the sentence says.
    """
    beside = token.dep_ == "pobj" and head.lower_ in ("in", "at")
    return beside or head.lower_ in word_set("presupposing")


def _effect(token: Token, head: Token) -> str | None:
    """Return what `head` makes of the act below it, when the act stands in the right frame."""
    if token.dep_ == "conj" or head.pos_ not in _GOVERNING:
        return None
    return _governor_effect(head, _frame(token))


def _frame(token: Token) -> str:
    if is_infinitive(token):
        return "inf"
    if token.dep_ in ("prep", "pcomp") or token.tag_ == "VBG":
        return "ing"
    clause = token.dep_ in ("ccomp", "parataxis", "acl")
    return "noun" if not clause and token.pos_ in ("NOUN", "PROPN") else "that"
