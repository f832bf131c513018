"""Modality: what tense, modals, negation and context make of an act: a promise, a refusal, nothing.

`read_modality` climbs from the act to the root of its sentence.  Each governor it passes
(`lexicons/governors.tsv`) may change the type ("agreed to meet") or negate it ("failed to").
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.arguments import is_apart, is_infinitive, own_subjects, withholds
from tocsin.extract.grammar.clauses import is_negated, is_passive_participle
from tocsin.extract.grammar.words import child_of, children, is_full_verb, is_noun, is_verb
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

TYPE_CHANGES = frozenset(
    {"agreed", "future", "vowed", "offered", "refused", "threatened", "requested", "stopped"}
)
#: Changes that say no more of an act to come than that it is.
_PROMISED = ("future", "agreed", "offered", "vowed")
_TELLING = frozenset({"reported", "alleged", "denied", "unconfirmed"})
_CLAUSE_LINKS = frozenset((
    "xcomp", "ccomp", "conj", "acl", "pcomp", "prep", "advcl", "relcl", "pobj", "dobj", "nsubj",
    "nsubjpass", "csubj", "csubjpass", "attr", "acomp", "oprd", "parataxis", "dep", "agent",
    "poss", "appos"
))  # fmt: skip
_SUBJECTS = ("nsubj", "nsubjpass")
#: Links of a noun of action to a verb that says nothing of its being done.
_NAMING = ("dobj", "pobj", "prep", "attr", "poss", "agent")

#: What words beside an act say of it: "negated", "obliged", "future".
Signs = Set[str]
_NONE: Signs = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Modality:
    """What the words around an act make of it."""

    negated: bool = False  #: not done, and nobody denies that
    change: str | None = None  #: one of `TYPE_CHANGES`
    changer: int | None = None  #: token that changes the type ("agreed"); None for a mere "will"
    obliged: bool = False  #: "must", "should"
    open: bool = False  #: a mere infinitive: "the right to strike"; nobody says that it is done


@cache
def _read_governors() -> Mapping[str, tuple[tuple[str, str], ...]]:
    """Return (frame, effect) pairs by word; read once in a process."""
    found: dict[str, list[tuple[str, str]]] = {}
    for word, frame, effect in read_rows("lexicons/governors.tsv", "word frame effect"):
        found.setdefault(word, []).append((frame, effect))
    return {word: tuple(pairs) for word, pairs in found.items()}


def governor_effect(word: Token) -> str | None:
    """Return what a word makes of an infinitive under it ("agreed", "refused"); None if nothing."""
    return _listed((word.lemma_.lower(), word.lower_), ("any", "inf"))


def read_modality(carrier: Token, head: Token) -> Modality:
    """Return what becomes of the act carried by `carrier` with the head `head`."""
    own = _signs(carrier, head)
    negated = "negated" in own
    change = "future" if "future" in own else None
    changer: int | None = None
    if change is not None and negated:
        change, negated = "refused", False
    is_open = denied = False
    told = False  # once an act is told by someone, what stands above is about the telling
    for governor, effect, signs in _governors(carrier):
        if effect in TYPE_CHANGES and not told:
            if change is None or (change == "future" and effect not in _PROMISED):
                change, changer = effect, governor.i
            else:
                negated = negated or effect == "refused"
        told = told or effect in _TELLING
        denied = denied or effect in ("denied", "unconfirmed")
        is_open = is_open or effect == "open"
        negated = negated or _negates(effect, governor, signs, told=told)
        if "future" in signs and change is None and not told:
            change = "future"
    return Modality(
        negated=negated and not denied,
        change=change,
        changer=changer,
        obliged="obliged" in own,
        open=is_open,
    )


def explain_modality(carrier: Token, head: Token) -> Iterator[str]:
    """Yield a sentence for each word that bears on the type, from the act upwards."""
    said = sorted(_signs(carrier, head))
    near = [c.text for c in children(carrier, "aux", "neg", "advmod", "mark")]
    if said:
        yield f"words beside “{carrier.text}” ({', '.join(near) or 'its form'}): {', '.join(said)}"
    for governor, effect, signs in _governors(carrier):
        made = [*filter(None, [effect]), *sorted(signs)]
        if made:
            yield f"“{governor.text}” above it: {', '.join(made)}"


# --------------------------------------------------------------------------- beside the act


def _signs(verb: Token, head: Token) -> Signs:
    """Return what the words beside a verb, and beside its noun of action, say of the act."""
    words = [*verb.children, *(() if head is verb else head.children)]
    found = {sign for child in words for sign in _signs_of(child, verb)}
    if _negative_subject(verb):
        found.add("negated")
    # "France to send troops", as headlines have it
    if _going_to(verb) or (verb.dep_ == "ROOT" and is_infinitive(verb)):
        found.add("future")
    return found


def _signs_of(child: Token, verb: Token) -> Signs:
    word = child.lower_
    if child.dep_ == "aux":
        promised = word in word_set("future_modals") or (word == "would" and _under_speech(verb))
        obliged = word in word_set("obligation")
        return {"future"} if promised else {"obliged"} if obliged else _NONE
    beside = child.dep_ in ("advmod", "amod", "det", "compound")
    negates = beside and (word != "no" or is_noun(child.head))
    negates = negates or child.dep_ in ("neg", "preconj", "cc")
    if negates and word in word_set("negations"):
        return {"negated"}
    return {"future"} if beside and word in word_set("planned") else _NONE


def _negative_subject(verb: Token) -> bool:
    return any(
        word.lower_ in ("no", "neither")
        for subject in children(verb, *_SUBJECTS)
        for word in children(subject, "det", "preconj", "cc")
    )


def _is_condition(clause: Token) -> bool:
    return any(c.lower_ in ("if", "unless", "whether") for c in children(clause, "mark", "advmod"))


def _going_to(verb: Token) -> bool:
    head = verb.head
    if verb.dep_ != "xcomp" or not any(c.tag_ == "TO" for c in verb.children):
        return False
    if head.lower_ == "were":
        return False  # "if Russia were to invade"
    return head.lemma_ == "be" or (head.lemma_ == "go" and head.tag_ == "VBG")  # "are to meet"


def _under_speech(verb: Token) -> bool:
    """Tell whether `verb` is the content of a verb of speech, so that "would" is a past "will"."""
    token = verb
    for _ in range(4):
        if token.dep_ in ("ccomp", "parataxis") and is_full_verb(token.head):
            return not is_apart(token) and not any(map(_is_condition, children(verb, "advcl")))
        if token.dep_ not in ("conj", "xcomp", "acl", "relcl"):
            return False
        token = token.head
    return False


# --------------------------------------------------------------------------- above it

_Governor = tuple["Token", str | None, Signs]


def _governors(carrier: Token) -> Iterator[_Governor]:
    """Yield each governor above the act with its effect and what its own words add."""
    token = carrier
    for _ in range(8):
        head = token.head
        if head.i == token.i or token.dep_ not in _CLAUSE_LINKS or is_apart(token):
            return
        if token.dep_ == "conj":
            yield from _shared(token, head)
        elif token is carrier and _is_occasion(token):
            return
        elif token.dep_ == "advcl" or _is_told_apart(token):
            if token.dep_ == "advcl" and _frame(token) == "inf":
                yield head, "open", _NONE  # a purpose is not yet done
            yield from _speech_above(token)
            return
        elif token.dep_ in _SUBJECTS and is_verb(head):
            yield _over_subject(head)
            return
        else:
            effect = _effect(token, head)
            if effect is None and is_full_verb(head) and token.dep_ in _NAMING:
                yield from _speech_above(head)
                return
            if head.lower_ in word_set("excluding"):
                yield head, effect, _NONE
            elif head.pos_ in ("VERB", "AUX", "NOUN", "ADJ", "PROPN"):
                yield head, effect, _signs(head, head)
        token = head


def _is_occasion(token: Token) -> bool:
    """Tell whether an act is only the occasion of what is told: "after the raid", "in his meeting".

    It is taken for granted, whatever the sentence says.
    """
    after = token.head.lower_
    if token.dep_ in ("pobj", "pcomp") and after in word_set("presupposing"):
        return True
    return token.dep_ == "pobj" and is_noun(token) and after in ("in", "at")


def _is_told_apart(token: Token) -> bool:
    """Tell whether a clause about a noun keeps its own truth: "the man who attacked".

    "Threats to annex" is parsed like "a man to ask", and says less; of "the repression carried out
    by", what the sentence denies is about the noun.
    """
    if token.dep_ == "relcl":
        return not is_infinitive(token) or any(c.tag_ in ("WDT", "WP") for c in token.children)
    own = child_of(token, "aux", "auxpass", "mark", *_SUBJECTS)
    return is_passive_participle(token) and own is None


def _shared(token: Token, head: Token) -> Iterator[_Governor]:
    """Yield the modality that a conjunct takes from the first: "will meet and sign"."""
    if token.tag_ == head.tag_ and child_of(token, "aux", *_SUBJECTS) is None:
        yield head, None, _signs(head, head)


def _speech_above(token: Token) -> Iterator[_Governor]:
    """Yield only the verbs of speech above: a relative clause or object keeps its own truth."""
    while token.head.i != token.i and not is_apart(token):
        head = token.head
        effect = _effect(token, head) if token.dep_ in ("ccomp", "parataxis") else None
        if effect is not None and effect not in TYPE_CHANGES:
            yield head, effect, {"negated"} if is_negated(head) else _NONE
        token = head


def _over_subject(head: Token) -> _Governor:
    """Return what a verb says of the act that is its subject: "a raid is planned"."""
    if head.lemma_ in ("verify", "confirm") and is_negated(head):
        return head, "unconfirmed", _NONE
    complements = (c.lower_ in ("due", "scheduled", "planned") for c in children(head, "acomp"))
    if head.lemma_ in ("schedule", "plan", "expect", "set", "due") or any(complements):
        return head, "future", _NONE
    passive = child_of(head, "auxpass", "nsubjpass") is not None
    if passive and head.lemma_ in ("report", "deny", "allege"):
        return head, _listed([head.lemma_], ("any",)), _NONE
    return head, None, _NONE


def _listed(keys: Iterable[str], frames: Iterable[str]) -> str | None:
    """Return the first effect that the lexicon has for one of `keys` in one of `frames`."""
    pairs = (pair for key in keys for pair in _read_governors().get(key, ()))
    return next((effect for frame, effect in pairs if frame in frames), None)


def _effect(token: Token, head: Token) -> str | None:
    """Return what `head` makes of the act below it, when the act stands in the right frame."""
    lemma = head.lemma_.lower()
    rejected = token.dep_ == "dobj" and token.lemma_ in word_set("accusations")
    if rejected and lemma in word_set("dismissing"):
        return "denied"
    if head.lower_ in word_set("excluding"):
        return "negated"
    if lemma == "deny" and (token.dep_ == "prep" or withholds(head)):
        return None
    keys = [f"{lemma}_{c.lower_}" for c in children(head, "prt")]
    keys += [f"{lemma}_n"] * is_noun(head) + [lemma, head.lower_]
    if _only_names(token, head):
        keys = [key for key in keys if key not in ("call", "say")]
    effect = _listed(keys, ("any", _frame(token)))
    if effect is not None:
        return _of_another(effect, token, head)
    return "open" if _is_unsaid(token, head) else None


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


def _only_names(token: Token, head: Token) -> bool:
    """Tell whether a verb only names a noun of action: "called the raid a crime"."""
    return token.dep_ in ("dobj", "nsubj") and is_full_verb(head) and _frame(token) == "noun"


def _is_unsaid(token: Token, head: Token) -> bool:
    """Tell whether an act is not done as far as the words go: "hard to win", "needs to return"."""
    if token.lower_ == "for" and is_noun(head):
        return True
    if token.lower_ in word_set("not_done_after") and child_of(token, "pcomp") is not None:
        # "a record of spying", but "accuse troops of killing"
        return head.head.lemma_ not in word_set("accusing")
    within = token.dep_ in ("acl", "xcomp") and head.lemma_.lower() not in ("be", "have")
    return within and _frame(token) == "inf"


def _frame(token: Token) -> str:
    if is_infinitive(token):
        return "inf"
    if token.dep_ == "agent":
        return "noun"
    if token.dep_ in ("prep", "pcomp") or token.tag_ == "VBG":
        return "ing"
    clause = token.dep_ in ("ccomp", "parataxis", "advcl", "acl")
    return "noun" if not clause and token.pos_ in ("NOUN", "PROPN") else "that"


def _negates(effect: str | None, governor: Token, signs: Signs, *, told: bool) -> bool:
    """Tell whether a governor with its own negation says that the act below it is not done."""
    if effect == "negated":
        return True
    if "negated" not in signs or governor.lemma_ in word_set("factive"):
        return False
    if effect in ("future", "vowed") and not told:
        return True
    unlisted = effect is None or effect == "open" or effect in TYPE_CHANGES
    return is_verb(governor) if unlisted else effect == "through" or governor.lemma_ == "want"
