"""Acts: which words of a text tell that someone did something, and who and what stands around them.

The lexicon is `lexicons/acts.tsv`: a head and slots for each act.  A verb matches when its
arguments fill the slots; a noun of action ("the shelling of") matches by itself or as the object of
a light verb ("carried out an attack on").  Of several entries that match, the most demanding wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.events.plover import Code, changed
from tocsin.extract.grammar.arguments import (
    Arguments,
    arguments_of_noun,
    arguments_of_verb,
    content_noun,
    own_subjects,
)
from tocsin.extract.grammar.modality import Modality
from tocsin.extract.grammar.phrases import is_noun_like, leads_nouns, may_be_party
from tocsin.extract.grammar.words import children, is_modifier, is_name, is_verbal, object_of
from tocsin.lexicons.tables import given, read_numbered, read_rows
from tocsin.lexicons.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_NAMED_THINGS = frozenset({"ORG", "PERSON", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
#: What a filled slot adds to the score of a reading; a word that the entry names adds 1.5.
_WORTH = {"R": 0.9, "A": 0.9, "*": 0.4}


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place around a head must hold: prepositions (none: the object) and the filler."""

    preps: tuple[str, ...]
    filler: str  #: "R", "A", "*", "@class" or a lemma
    required: bool = False  #: a slot of a noun that must be filled ("!on:R")

    @property
    def is_party(self) -> bool:
        """Tell whether a party stands here: the recipient ("R") or the actor ("A")."""
        return self.filler in ("R", "A")

    @property
    def is_needed(self) -> bool:
        """Tell whether there is no act where nothing fills it."""
        return self.required or not self.is_party


#: A slot with the heads of the phrases that fill it.
_FilledSlot = tuple[Slot, list["Token"]]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry:
    """One line of the lexicon."""

    act: str
    type: str
    mode: str | None
    context: str
    slots: tuple[Slot, ...]
    words: tuple[str, ...]  #: of the head; several for a compound noun
    line: int  #: in acts.tsv, counted from 1

    @property
    def bare(self) -> int:
        """Return how many slots have no preposition."""
        return sum(not slot.preps for slot in self.slots)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Entries by the (last word of the) head, and the noun classes that slots ask for."""

    verbs: Mapping[str, tuple[ActEntry, ...]]
    nouns: Mapping[str, tuple[ActEntry, ...]]
    classes: Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One entry found in a text.  Tokens are given by index; phrases by their head."""

    entry: ActEntry
    head: int
    carrier: int  #: the verb (or noun) whose tense, modality and negation count
    trigger: tuple[int, ...]
    actors: tuple[int, ...]
    recipients: tuple[int, ...]
    score: float


def code_of(act: Act, modality: Modality, doc: Doc) -> Code | None:
    """Return type and mode of an act after what the words above make of it."""
    root, mode = act.entry.type, act.entry.mode
    if root == "MOBILIZE" or mode == "visit":
        if _is_peacekeeping(act, doc):
            root, mode = "AID", None
        elif root == "MOBILIZE" and _is_joint(act, doc):
            root, mode = "COOPERATE", None
    return changed((root, mode), modality.change)


def _is_joint(act: Act, doc: Doc) -> bool:
    """Tell whether an exercise or patrol is a joint one: cooperation, no show of force."""
    held = [doc[i] for i in act.trigger if doc[i].lemma_.lower() in word_set("joint_acts")]
    if not held:
        return False
    words = {c.lower_ for t in (*held, doc[act.carrier]) for c in t.children}
    return len(act.actors) > 1 or not words.isdisjoint(word_set("joint_words"))


def instrument_mode(act: Act, doc: Doc) -> str | None:
    """Return the mode of assault that its means give: "drones struck", "killed with a knife"."""
    modes = _read_instruments()
    preps = children(doc[act.carrier], "prep", "agent")
    means = (object_of(c) for c in preps if c.lower_ in ("with", "by", "in", "using"))
    for token in filter(None, (*(doc[i] for i in act.actors), *means)):
        for name in sorted(_names(content_noun(token)), key=len, reverse=True):
            if name in modes:
                return modes[name]
    return None


def _is_peacekeeping(act: Act, doc: Doc) -> bool:
    """Tell whether troops are sent to keep the peace: the manual counts that as AID."""
    near = {*act.trigger, *act.actors, *(t.i for t in doc[act.carrier].subtree)}
    return any("peacekeep" in doc[i].lower_ for i in near)


@cache
def _read_instruments() -> Mapping[str, str]:
    return {row[0]: row[1] for row in read_rows("lexicons/instruments.tsv", "word mode")}


@cache
def load_acts() -> Lexicon:
    """Return the lexicon; read once in a process."""
    classes = read_rows("lexicons/classes.tsv", "class lemmas")
    verbs: dict[str, list[ActEntry]] = defaultdict(list)
    nouns: dict[str, list[ActEntry]] = defaultdict(list)
    rows = read_numbered("lexicons/acts.tsv", "act kind type mode contexts")
    for line, (act, kind, root, mode, context) in rows:
        head, *slots = act.split()
        words = (head,) if kind == "verb" else tuple(head.split("_"))
        entry = ActEntry(
            act=act,
            type=root,
            mode=given(mode),
            context=context,
            slots=tuple(_slot(each) for each in slots),
            words=words,
            line=line,
        )
        (verbs if kind == "verb" else nouns)[words[-1]].append(entry)
    return Lexicon(
        {k: tuple(v) for k, v in verbs.items()},
        {k: tuple(v) for k, v in nouns.items()},
        {name: frozenset(lemmas.split()) for name, lemmas in classes},
    )


def find_acts(words: Doc | Words) -> Iterator[Act]:
    """Yield the acts in whole sentences, by the order of heads; no two share a trigger word."""
    verbs = {t.i: _best(_acts_of_verb(t)) for t in words if is_verbal(t) and not is_modifier(t)}
    taken = verbs.keys() | {i for act in verbs.values() if act is not None for i in act.trigger}
    nouns = {t.i: _best(_acts_of_noun(t)) for t in words if t.i not in taken and _may_act(t)}
    yield from (act for _, act in sorted((verbs | nouns).items()) if act is not None)


def rivals_of(act: Act, doc: Doc) -> tuple[Act, ...]:
    """Return every reading that the lexicon allows at the words of `act`, the best first."""
    verb, noun = doc[act.carrier], doc[act.head]
    found = _acts_of_verb(verb) if is_verbal(verb) else []
    found += _acts_of_noun(noun) if not is_verbal(noun) else []
    best = {each.entry.line: each for each in sorted(found, key=lambda a: a.score)}
    best[act.entry.line] = act
    return tuple(sorted(best.values(), key=lambda a: (a is not act, -a.score)))


def _best(acts: list[Act]) -> Act | None:
    return max(acts, key=lambda act: act.score, default=None)


# --------------------------------------------------------------------------- verbs and nouns


def _acts_of_verb(verb: Token) -> list[Act]:
    """Return the acts that a verb tells, and those of a noun of action that it lends a subject."""
    keys, verbs = _verb_keys(verb), load_acts().verbs
    light = not word_set("light_verbs").isdisjoint(keys)
    if not light and verbs.keys().isdisjoint(keys):
        return []
    arguments = arguments_of_verb(verb)
    if _is_accident(verb, arguments):
        return []
    found = [
        _fill(entry, verb, (verb.i,), 1.0 + 0.5 * key.count("_"), arguments)
        for key in keys
        for entry in verbs.get(key, ())
    ]
    acts = [act for act in found if act is not None]
    return acts + _acts_of_light_verb(verb, arguments) if light else acts


def _verb_keys(verb: Token) -> tuple[str, ...]:
    """Return the lemma and the lemma with each particle near it ("carry_out")."""
    lemma = verb.lemma_.lower()
    particles = children(verb, "prt", "advmod", "prep")
    near = (c.lower_ for c in particles if 0 < c.i - verb.i <= 8 and c.is_alpha)
    return (lemma, *(f"{lemma}_{particle}" for particle in near))


def _is_accident(verb: Token, arguments: Arguments) -> bool:
    """Tell whether nature or chance did it ("rains struck", "killed in a crash"), or suffers it."""
    harming, fighting = (verb.lemma_ in word_set(each) for each in ("harming", "fighting"))
    forces = word_set("natural_forces")
    causes = [c for t in arguments.subjects for c in (t, *children(t, "compound"))]
    causes += arguments.after("in", "by", "after", "when", "during") if harming else []
    fought = arguments.objects if fighting else []  # "fight the epidemic", "combat corruption"
    return any(t.lemma_.lower() in forces | word_set("accidents") for t in causes) or any(
        t.lemma_.lower() in forces | word_set("scourges") for t in fought
    )


def _acts_of_light_verb(verb: Token, arguments: Arguments) -> list[Act]:
    """Return the act of the first noun of action that a light verb governs; its subject acts."""
    for act in (_best(_acts_of_noun(content_noun(each))) for each in arguments.objects):
        if act is not None:
            trigger = tuple(sorted({verb.i, *act.trigger}))
            actors = tuple(t.i for t in arguments.subjects) or act.actors
            score = act.score + 1.0
            return [replace(act, carrier=verb.i, trigger=trigger, actors=actors, score=score)]
    return []


def _may_act(noun: Token) -> bool:
    named = is_name(noun) and noun.ent_type_ in _NAMED_THINGS
    return leads_nouns(noun) and not named


def _acts_of_noun(noun: Token) -> list[Act]:
    nouns = load_acts().nouns
    entries = nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_) or ()
    heads = [(entry, head) for entry in entries if (head := _compound(noun, entry.words))]
    if not heads:
        return []
    arguments = arguments_of_noun(noun)
    found = (_fill(entry, noun, head, 0.1 + len(head), arguments) for entry, head in heads)
    return [act for act in found if act is not None]


def _compound(noun: Token, words: tuple[str, ...]) -> tuple[int, ...]:
    """Return the tokens of a compound head ("air strike") that ends in `noun`, or none."""
    start = noun.i - len(words) + 1
    if start < 0:
        return ()
    before = zip(words[:-1], noun.doc[start : noun.i], strict=True)
    fits = all(word in (token.lower_, token.lemma_.lower()) for word, token in before)
    return tuple(range(start, noun.i + 1)) if fits else ()


# --------------------------------------------------------------------------- slots


def _fill(
    entry: ActEntry, head: Token, words: tuple[int, ...], score: float, arguments: Arguments
) -> Act | None:
    """Return the act of `entry` told by `head` if its slots can be filled.

    Args:
        entry: has the slots.
        head: the verb or noun of action.
        words: all tokens of the head.
        score: what these are worth; each filled slot adds to it.
        arguments: what may stand in the slots.
    """
    filled = [(slot, _filling(slot, entry, head, arguments)) for slot in entry.slots]
    if any(not tokens and slot.is_needed for slot, tokens in filled):
        return None
    named = (found[0] for slot, found in filled if slot.filler not in _WORTH)
    trigger = {*words, *(content_noun(t).i for t in named)}
    score += sum(_WORTH.get(slot.filler, 1.5) for slot, tokens in filled if tokens)
    return _act(entry, head, trigger, score, filled, arguments)


def _act(
    entry: ActEntry,
    head: Token,
    trigger: set[int],
    score: float,
    filled: Sequence[_FilledSlot],
    arguments: Arguments,
) -> Act | None:
    """Return the act of an entry with its parties; None where a verb lacks those it needs."""
    found = _among(filled, "R")
    recipients = [t for t in found if entry.bare < 2 or content_noun(t).i not in trigger]
    whole = all(tokens for _, tokens in filled) and (bool(recipients) or not found)
    told = len(trigger) > 1 and entry.bare < 2  # by more than the verb alone
    if is_verbal(head) and not (whole or told):
        return None
    sides = _sides_of_verb if is_verbal(head) else _sides_of_noun
    actors, recipients = sides(entry, filled, recipients, arguments)
    return Act(
        entry=entry,
        head=head.i,
        carrier=head.i,
        trigger=tuple(sorted(trigger)),
        actors=tuple(dict.fromkeys(t.i for t in actors)),
        recipients=tuple(t.i for t in recipients),
        score=score,
    )


def _filling(slot: Slot, entry: ActEntry, head: Token, arguments: Arguments) -> list[Token]:
    return [t for t in _around(slot, entry, head, arguments) if _matches(t, slot.filler)]


def _among(filled: Sequence[_FilledSlot], filler: str) -> list[Token]:
    return [t for slot, found in filled if slot.filler == filler for t in found]


def _sides_of_verb(
    entry: ActEntry, filled: Sequence[_FilledSlot], recipients: list[Token], arguments: Arguments
) -> tuple[list[Token], list[Token]]:
    """Return actors and recipients: who "received a delegation from" somebody is no actor."""
    if entry.type == "REQUEST" and not recipients:
        recipients = [t for c in arguments.clauses for t in own_subjects(c)]
    if any(slot.filler == "A" for slot, _ in filled):
        return _among(filled, "A"), recipients + arguments.subjects
    return arguments.subjects, recipients


def _sides_of_noun(
    _: ActEntry, filled: Sequence[_FilledSlot], recipients: list[Token], arguments: Arguments
) -> tuple[list[Token], list[Token]]:
    """Return actors and recipients; in "the transfer of missiles" whose they are acts."""
    carried = (t for slot, found in filled if not slot.is_party for t in found)
    actors = [*_among(filled, "A"), *arguments.subjects]
    return actors or [content_noun(t) for t in carried], recipients


def _around(slot: Slot, entry: ActEntry, head: Token, arguments: Arguments) -> list[Token]:
    """Return what may fill a slot."""
    own = [t for t in head.children if t.lemma_.lower() == slot.filler]
    if slot.preps:
        infinitives = [c for c in arguments.infinitives if c.i > head.i and "to" in slot.preps]
        if entry.type == "REQUEST" and slot.filler == "*" and "to" in slot.preps:
            return infinitives
        agents = arguments.agents if "by" in slot.preps else []
        return [*arguments.after(*slot.preps), *infinitives, *agents, *own]
    # "give Kyiv tanks": the dative is one of two bare slots.
    if entry.bare > 1:
        datives = arguments.datives if slot.filler == "R" else []
        return datives or [*arguments.objects, *arguments.clauses, *own]
    return [*arguments.objects, *(arguments.contents if slot.filler == "*" else ()), *own]


def _matches(token: Token, filler: str) -> bool:
    if filler in ("R", "A"):
        timed = token.ent_type_ in ("DATE", "TIME")
        return not timed and (may_be_party(token) or token.ent_type_ != "")
    if filler == "*":
        return True
    if filler[0] == "@" and not is_noun_like(token):
        return False
    wanted = load_acts().classes[filler[1:]] if filler[0] == "@" else frozenset((filler,))
    return any(not wanted.isdisjoint(_names(t)) for t in (token, content_noun(token)))


def _names(token: Token) -> set[str]:
    """Return the ways in which a noun may be listed: lemma, and with the words before and after."""
    joined = token.lemma_.lower()
    words = [t.lower_ for t in token.doc[token.i : token.i + 3]]
    names = {joined, *("_".join(words[:n]) for n in (1, 2, 3))}
    for before in reversed(token.doc[max(0, token.i - 3) : token.i]):
        if before.text == "-":
            continue
        if before.is_punct:
            break
        joined = f"{before.lower_}_{joined}"
        names.add(joined)
    return names


def _slot(text: str) -> Slot:
    preps, _, filler = text.lstrip("!").rpartition(":")
    return Slot(tuple(preps.split("|")) if preps else (), filler, text.startswith("!"))
