"""Acts: which words of a text tell that someone did something, and who and what stands around them.

The lexicon is `lexicons/acts.tsv`: a head and slots for each act.  A verb matches when its
arguments fill the slots; a noun of action ("the shelling of") matches by itself or as the object of
a light verb ("carried out an attack on").  Of several entries that match, the most demanding wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from tocsin.extract.grammar.arguments import (
    Arguments,
    arguments_of_noun,
    arguments_of_verb,
    content_noun,
    is_infinitive,
    own_subjects,
    with_conjuncts,
)
from tocsin.extract.grammar.words import children
from tocsin.lexicons.tables import given, read_numbered, read_rows
from tocsin.lexicons.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

NATURAL_FORCES = word_set("natural_forces")
_NAMED_THINGS = frozenset({"ORG", "PERSON", "FAC", "PRODUCT", "WORK_OF_ART", "LAW", "EVENT"})
_MODIFIERS = frozenset({"amod", "compound", "aux", "auxpass", "nmod"})


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place around a head must hold: prepositions (none: the object) and the filler."""

    preps: tuple[str, ...]
    filler: str  #: "R", "A", "*", "@class" or a lemma
    required: bool = False  #: a slot of a noun that must be filled ("!on:R")


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


def is_joint(act: Act, doc: Doc) -> bool:
    """Tell whether an exercise or patrol is a joint one: cooperation, no show of force."""
    held = [doc[i] for i in act.trigger if doc[i].lemma_.lower() in word_set("joint_acts")]
    if not held:
        return False
    words = {c.lower_ for t in (*held, doc[act.carrier]) for c in t.children}
    return len(act.actors) > 1 or not words.isdisjoint(word_set("joint_words"))


def instrument_mode(act: Act, doc: Doc) -> str | None:
    """Return the mode of assault that its means give: "drones struck", "killed with a knife"."""
    modes = _read_instruments()
    means = [
        t
        for c in children(doc[act.carrier], "prep", "agent")
        if c.lower_ in ("with", "by", "in", "using")
        for t in children(c, "pobj")
    ]
    for token in (*(doc[i] for i in act.actors), *means):
        for name in sorted(_names(content_noun(token)), key=len, reverse=True):
            if name in modes:
                return modes[name]
    return None


def is_peacekeeping(act: Act, doc: Doc) -> bool:
    """Tell whether troops are sent to keep the peace: the manual counts that as AID."""
    near = {*act.trigger, *act.actors, *(t.i for t in doc[act.carrier].subtree)}
    return any("peacekeep" in doc[i].lower_ for i in near)


@cache
def _read_instruments() -> Mapping[str, str]:
    return {row[0]: row[1] for row in read_rows("lexicons/instruments.tsv", "word mode")}


@cache
def doubtful_acts() -> Mapping[str, str]:
    """Return the acts that mean something else too often in running text, and what they mean."""
    return {row[0]: row[1] for row in read_rows("lexicons/doubtful_acts.tsv", "act instead")}


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


def find_acts(doc: Doc) -> Iterator[Act]:
    """Yield the acts of `doc` in the order of their heads; no two share a trigger word."""
    found: dict[int, Act] = {}
    taken: set[int] = set()
    verbs = [t for t in doc if _is_verb(t) and t.dep_ not in _MODIFIERS]
    for verb in verbs:
        act = _act_of_verb(verb)
        if act is not None:
            found[verb.i] = act
            taken.update(act.trigger)
    for noun in doc:
        act = _act_of_noun(noun) if noun.i not in taken else None
        if act is not None and noun not in verbs:
            found[noun.i] = act
    lines = _line_numbers(doc)
    for i in sorted(found):
        act = _on_one_line(found[i], lines)
        if act is not None:
            yield act


def _line_numbers(doc: Doc) -> list[int]:
    numbers, line = [], 0
    for token in doc:
        numbers.append(line)
        line += token.text.count("\n")
    return numbers


def _on_one_line(act: Act, lines: list[int]) -> Act | None:
    """Drop what the parser fetched from another line: headlines and captions have no full stop."""
    here = lines[act.head]
    if any(lines[i] != here for i in (*act.trigger, act.carrier)):
        return None
    actors = tuple(i for i in act.actors if lines[i] == here)
    recipients = tuple(i for i in act.recipients if lines[i] == here)
    return replace(act, actors=actors, recipients=recipients)


# --------------------------------------------------------------------------- verbs


def _act_of_verb(verb: Token) -> Act | None:
    entries = _verb_entries(verb)
    light = bool(word_set("light_verbs").intersection(_verb_keys(verb)))
    if not entries and not light:
        return None
    arguments = arguments_of_verb(verb)
    if _is_accident(verb, arguments):
        return None
    best = _best(_acts_of_verb(verb, entries, arguments))
    if light:
        nominal = _light_verb_act(verb, arguments)
        if nominal is not None and (best is None or nominal.score > best.score):
            return nominal
    return best


def _best(acts: list[Act]) -> Act | None:
    return max(acts, key=lambda act: act.score, default=None)


def _verb_entries(verb: Token) -> list[tuple[ActEntry, str]]:
    """Return the entries for `verb`, each with the words under which it stands."""
    verbs = load_acts().verbs
    return [(entry, key) for key in _verb_keys(verb) for entry in verbs.get(key, ())]


def _acts_of_verb(
    verb: Token, entries: list[tuple[ActEntry, str]], arguments: Arguments
) -> list[Act]:
    filled = (_fill_verb(verb, entry, key, arguments) for entry, key in entries)
    return [act for act in filled if act is not None]


def rivals_of(act: Act, doc: Doc) -> tuple[Act, ...]:
    """Return every reading that the lexicon allows at the words of `act`, the best first."""
    verb, noun = doc[act.carrier], doc[act.head]
    found = [act]
    if _is_verb(verb):
        found += _acts_of_verb(verb, _verb_entries(verb), arguments_of_verb(verb))
    if not _is_verb(noun):
        found += _acts_of_noun(noun)
    best = {each.entry.line: each for each in sorted(found, key=lambda a: a.score)}
    best[act.entry.line] = act
    return tuple(sorted(best.values(), key=lambda a: (a is not act, -a.score)))


def _is_verb(token: Token) -> bool:
    return token.pos_ in ("VERB", "AUX") or token.tag_.startswith("VB")


def _is_accident(verb: Token, arguments: Arguments) -> bool:
    """Tell whether nature or chance did it: "rains struck", "killed in a crash"."""
    if any(
        t.lemma_.lower() in NATURAL_FORCES | word_set("accidents")
        or any(c.dep_ == "compound" and c.lower_ in NATURAL_FORCES for c in t.children)
        for t in arguments.subjects
    ):
        return True
    if verb.lemma_ in word_set("fighting"):
        # "fight the epidemic", "combat corruption"
        scourges = NATURAL_FORCES | word_set("scourges")
        return any(t.lemma_.lower() in scourges for t in arguments.objects)
    if verb.lemma_ not in word_set("harming"):
        return False
    causes = [
        t for p in ("in", "by", "after", "when", "during") for t in arguments.preps.get(p, ())
    ]
    return any(t.lemma_.lower() in NATURAL_FORCES | word_set("accidents") for t in causes)


def _verb_keys(verb: Token) -> tuple[str, ...]:
    """Return the lemma and the lemma with each particle near it ("carry_out")."""
    lemma = verb.lemma_.lower()
    particles = [
        c.lower_
        for c in verb.children
        if c.dep_ in ("prt", "advmod", "prep") and 0 < c.i - verb.i <= 8 and c.is_alpha
    ]
    return (lemma, *(f"{lemma}_{p}" for p in particles))


def _fill_verb(verb: Token, entry: ActEntry, key: str, arguments: Arguments) -> Act | None:
    """Return the act when the arguments of `verb` fill the slots of `entry`."""
    trigger = [verb.i]
    score = 1.0 + 0.5 * (key.count("_"))
    recipients: list[Token] = []
    actors: list[Token] = []
    missing = False
    constrained = False
    bare = sum(not s.preps for s in entry.slots)
    for slot in entry.slots:
        fillers = _fillers(slot, arguments, bare)
        if slot.filler == "*" and entry.type == "REQUEST" and "to" in slot.preps:
            fillers = [c for c in arguments.clauses if is_infinitive(c) and c.i > verb.i]
        matching = [t for t in fillers if _matches(t, slot.filler)]
        if not matching and slot.filler not in ("R", "A", "*") and not slot.filler.startswith("@"):
            matching = [t for t in verb.children if t.lemma_.lower() == slot.filler]
        if slot.filler in ("R", "A"):
            missing = missing or not matching
            (recipients if slot.filler == "R" else actors).extend(matching)
            score += (0.9 if matching else 0.0) + (0.2 if matching and not slot.preps else 0.0)
            continue
        if not matching:
            return None
        if slot.filler == "*":
            score += 0.4
            continue
        constrained = True
        score += 1.5
        trigger.extend(content_noun(t).i for t in matching[:1])
    if bare > 1 and recipients:
        recipients = [t for t in recipients if content_noun(t).i not in trigger]
        missing = missing or not recipients
    if missing and (not constrained or bare > 1):
        return None
    if entry.type == "REQUEST" and not recipients:
        recipients = [t for c in arguments.clauses for t in own_subjects(c)]
    if any(s.filler == "A" for s in entry.slots):
        recipients.extend(arguments.subjects)
    else:
        actors.extend(arguments.subjects)
    return Act(
        entry=entry,
        head=verb.i,
        carrier=verb.i,
        trigger=tuple(sorted(set(trigger))),
        actors=tuple(t.i for t in actors),
        recipients=tuple(t.i for t in recipients),
        score=score,
    )


def _fillers(slot: Slot, arguments: Arguments, bare: int) -> list[Token]:
    if slot.preps:
        found = [t for p in slot.preps for t in arguments.preps.get(p, ())]
        if "to" in slot.preps:
            found = found + [c for c in arguments.clauses if is_infinitive(c)]
        if "by" in slot.preps:
            found = found + arguments.agents
        return found
    if slot.filler == "*" and bare == 1:
        return [*arguments.objects, *(c for c in arguments.clauses if c.dep_ in ("ccomp", "xcomp"))]
    # "give Kyiv tanks": the dative is one of two bare slots.
    if bare > 1:
        if slot.filler == "R" and arguments.datives:
            return arguments.datives
        return [*arguments.objects, *arguments.clauses]
    return arguments.objects


def _matches(token: Token, filler: str) -> bool:
    if filler in ("R", "A"):
        if token.ent_type_ in ("DATE", "TIME"):
            return False
        return token.pos_ in ("NOUN", "PROPN", "PRON", "ADJ", "NUM", "X") or token.ent_type_ != ""
    if filler == "*":
        return True
    if filler[0] == "@" and token.pos_ not in ("NOUN", "PROPN", "NUM", "ADJ", "X"):
        return False
    wanted = load_acts().classes[filler[1:]] if filler[0] == "@" else frozenset((filler,))
    return any(not wanted.isdisjoint(_names(t)) for t in (token, content_noun(token)))


def _names(token: Token) -> set[str]:
    """Return the ways in which a noun may be listed: lemma, and with the words before and after."""
    names = {token.lemma_.lower(), token.lower_}
    joined = token.lemma_.lower()
    doc = token.doc
    for i in range(token.i - 1, max(-1, token.i - 4), -1):
        if doc[i].is_punct and doc[i].text != "-":
            break
        joined = f"{doc[i].lower_}_{joined}" if doc[i].text != "-" else joined
        names.add(joined)
    after = token.lower_
    for i in range(token.i + 1, min(len(doc), token.i + 3)):
        after = f"{after}_{doc[i].lower_}"
        names.add(after)
    return names


# --------------------------------------------------------------------------- nouns


def _light_verb_act(verb: Token, arguments: Arguments) -> Act | None:
    """Return the act of the noun that a light verb governs, with the verb's subject as actor."""
    for each in arguments.objects:
        noun = content_noun(each)
        if any(t.lower_ == "clear" for t in verb.doc[verb.i : noun.i]):
            continue  # "made it clear an attack would"
        act = _best(_acts_of_noun(noun))
        if act is not None:
            return replace(
                act,
                carrier=verb.i,
                trigger=tuple(sorted({verb.i, *act.trigger})),
                actors=tuple(t.i for t in arguments.subjects) or act.actors,
                score=act.score + 1.0,
            )
    return None


def _act_of_noun(noun: Token) -> Act | None:
    if noun.dep_ == "compound" or noun.pos_ not in ("NOUN", "PROPN"):
        return None
    if noun.pos_ == "PROPN" and noun.ent_type_ in _NAMED_THINGS:
        return None
    return _best(_acts_of_noun(noun))


def _acts_of_noun(noun: Token) -> list[Act]:
    nouns = load_acts().nouns
    entries = nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_)
    if entries is None:
        return []
    arguments = arguments_of_noun(noun)
    filled = (_fill_noun(noun, entry, arguments) for entry in entries)
    return [act for act in filled if act is not None]


def _fill_noun(noun: Token, entry: ActEntry, arguments: Arguments) -> Act | None:
    trigger = _compound(noun, entry.words)
    if trigger is None:
        return None
    score = 0.5 + len(trigger)
    recipients: list[Token] = []
    actors: list[Token] = []
    carried: list[Token] = []
    for slot in entry.slots:
        fillers = [t for p in slot.preps for t in arguments.preps.get(p, ())]
        matching = [t for t in fillers if _matches(t, slot.filler)]
        if slot.filler in ("R", "A"):
            (recipients if slot.filler == "R" else actors).extend(matching)
            score += 0.5 if matching else 0.0
            if slot.required and not matching:
                return None
        elif not matching:
            return None
        else:
            score += 1.5 if slot.filler != "*" else 0.3
            carried.extend(matching)
            trigger = (*trigger, *(content_noun(t).i for t in matching[:1] if slot.filler != "*"))
    actors.extend(arguments.subjects)
    actors = [t for t in actors if t not in recipients] or actors
    owned = bool(arguments.subjects)  # "his Greenland tariffs" are his alone
    if not owned and not (set(arguments.preps) & {"between", "among"} and len(actors) > 1):
        actors.extend(_adjectives(noun, trigger))
    # "the transfer of Iranian missiles": whose they are is who acts.
    actors = actors or [content_noun(t) for t in carried]
    return Act(
        entry=entry,
        head=noun.i,
        carrier=noun.i,
        trigger=tuple(sorted(set(trigger))),
        actors=tuple(dict.fromkeys(t.i for t in actors)),
        recipients=tuple(t.i for t in recipients),
        score=score,
    )


def _compound(noun: Token, words: tuple[str, ...]) -> tuple[int, ...] | None:
    """Return the tokens of a compound head ("air strike") that ends in `noun`, or None."""
    if len(words) == 1:
        return (noun.i,)
    doc = noun.doc
    if words[0] == "joint" and any(c.lower_ == "joint" for c in noun.children):
        return (noun.i,) if len(words) == 2 else None
    start = noun.i - len(words) + 1
    if start < 0:
        return None
    fits = all(
        word in (token.lower_, token.lemma_.lower())
        for word, token in zip(words[:-1], doc[start : noun.i], strict=True)
    )
    return tuple(range(start, noun.i + 1)) if fits else None


def _adjectives(noun: Token, trigger: tuple[int, ...]) -> list[Token]:
    """Return the names and adjectives of nations before the noun: "Russian", "Taliban"."""
    return [
        t
        for c in noun.children
        if c.dep_ in ("amod", "compound", "nmod") and c.i not in trigger
        for t in with_conjuncts(c)
        if t.text[:1].isupper() and not _is_opposed(t) and not _opens_only(t)
    ]


def _opens_only(token: Token) -> bool:
    """Tell whether a word is written large only because it opens the sentence: "Huge protests"."""
    return token.i == token.sent.start and token.pos_ != "PROPN" and token.ent_type_ == ""


def _is_opposed(token: Token) -> bool:
    """Tell whether a name stands in "anti-ICE", "pro-Kyiv"."""
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    return before in ("anti-", "pro-", "non-")


def _slot(text: str) -> Slot:
    preps, _, filler = text.lstrip("!").rpartition(":")
    return Slot(tuple(preps.split("|")) if preps else (), filler, text.startswith("!"))
