"""Acts: which words of a text tell that someone did something, and who and what stands around them.

The lexicon is `lexicons/acts.tsv`: a head and slots for each act.  A verb matches when its
arguments fill the slots; a noun of action ("the shelling of") matches by itself or as the object of
a light verb ("carried out an attack on").  Of several entries that match, the most demanding wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING

from tocsin.extract.events import plover
from tocsin.extract.events.plover import Code
from tocsin.extract.grammar.arguments import (
    Arguments,
    arguments_of_noun,
    arguments_of_verb,
    content_noun,
    own_subjects,
    with_conjuncts,
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

#: What the words above make of a type and mode.
_CHANGES: Mapping[str, Callable[[str, str | None], Code | None]] = {
    "agreed": plover.code_when_agreed,
    "offered": plover.code_when_agreed,
    "future": plover.code_when_future,
    "vowed": plover.code_when_future,
    "refused": plover.code_when_refused,
    "threatened": plover.code_when_threatened,
    "requested": plover.code_when_requested,
    "stopped": plover.code_when_stopped,
}


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
    change = _CHANGES.get(modality.change or "")
    return change(root, mode) if change is not None else (root, mode)


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
    verbs = {t.i: _act_of_verb(t) for t in words if is_verbal(t) and not is_modifier(t)}
    taken = verbs.keys() | {i for act in verbs.values() if act is not None for i in act.trigger}
    nouns = {t.i: _act_of_noun(t) for t in words if t.i not in taken}
    breaks = accumulate((token.text.count("\n") for token in words), initial=0)
    lines = {token.i: line for token, line in zip(words, breaks, strict=False)}
    for _, act in sorted((verbs | nouns).items()):
        whole = _on_one_line(act, lines) if act is not None else None
        if whole is not None:
            yield whole


def _on_one_line(act: Act, lines: Mapping[int, int]) -> Act | None:
    """Drop what the parser fetched from another line: headlines and captions have no full stop."""
    here = lines[act.head]
    if any(lines[i] != here for i in (*act.trigger, act.carrier)):
        return None
    actors = tuple(i for i in act.actors if lines[i] == here)
    recipients = tuple(i for i in act.recipients if lines[i] == here)
    return replace(act, actors=actors, recipients=recipients)


def rivals_of(act: Act, doc: Doc) -> tuple[Act, ...]:
    """Return every reading that the lexicon allows at the words of `act`, the best first."""
    verb, noun = doc[act.carrier], doc[act.head]
    found = [act]
    if is_verbal(verb):
        found += _acts_of_verb(verb, arguments_of_verb(verb))
    if not is_verbal(noun):
        found += _acts_of_noun(noun)
    best = {each.entry.line: each for each in sorted(found, key=lambda a: a.score)}
    best[act.entry.line] = act
    return tuple(sorted(best.values(), key=lambda a: (a is not act, -a.score)))


def _best(acts: list[Act]) -> Act | None:
    return max(acts, key=lambda act: act.score, default=None)


# --------------------------------------------------------------------------- slots


@dataclass(slots=True)
class _Filling:
    """What fills the slots of an entry, and how well."""

    trigger: set[int]
    score: float
    sides: dict[str, list[Token]] = field(default_factory=lambda: {"A": [], "R": []})
    carried: list[Token] = field(default_factory=list)  #: neither actors nor recipients
    lacks_party: bool = False

    def act(self, entry: ActEntry, head: Token) -> Act:
        """Return the act of `entry` told by `head` that comes of it."""
        actors, recipients = self.sides["A"], self.sides["R"]
        return Act(
            entry=entry,
            head=head.i,
            carrier=head.i,
            trigger=tuple(sorted(self.trigger)),
            actors=tuple(dict.fromkeys(t.i for t in actors)),
            recipients=tuple(t.i for t in recipients),
            score=self.score,
        )


def _fill(
    found: _Filling, entry: ActEntry, around: Iterable[list[Token]], worth: Mapping[str, float]
) -> bool:
    """Put into `found` what fills the slots of `entry`; tell whether all is there that must be.

    Args:
        found: takes it.
        entry: has the slots.
        around: what may stand in each of them.
        worth: what each filler adds to the score; a word that the entry names adds 1.5.
    """
    for slot, tokens in zip(entry.slots, around, strict=True):
        matching = [t for t in tokens if _matches(t, slot.filler)]
        if not matching and (slot.required or not slot.is_party):
            return False
        if slot.is_party:
            found.sides[slot.filler].extend(matching)
            found.lacks_party |= not matching
            found.score += 0.2 * bool(matching and not slot.preps)
        else:
            found.carried.extend(matching)
        if not slot.is_party and slot.filler != "*":
            found.trigger.add(content_noun(matching[0]).i)
        found.score += worth.get(slot.filler, 1.5) if matching else 0.0
    return True


def _matches(token: Token, filler: str) -> bool:
    if filler in ("R", "A"):
        if token.ent_type_ in ("DATE", "TIME"):
            return False
        return may_be_party(token) or token.ent_type_ != ""
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


# --------------------------------------------------------------------------- verbs

_WORTH_TO_VERB = {"R": 0.9, "A": 0.9, "*": 0.4}


def _act_of_verb(verb: Token) -> Act | None:
    keys = _verb_keys(verb)
    light = not word_set("light_verbs").isdisjoint(keys)
    if not light and load_acts().verbs.keys().isdisjoint(keys):
        return None
    arguments = arguments_of_verb(verb)
    if _is_accident(verb, arguments):
        return None
    acts = _acts_of_verb(verb, arguments)
    return _best(acts + _light_verb_acts(verb, arguments) if light else acts)


def _acts_of_verb(verb: Token, arguments: Arguments) -> list[Act]:
    verbs = load_acts().verbs
    entries = [(entry, key) for key in _verb_keys(verb) for entry in verbs.get(key, ())]
    filled = (_fill_verb(verb, entry, key, arguments) for entry, key in entries)
    return [act for act in filled if act is not None]


def _is_accident(verb: Token, arguments: Arguments) -> bool:
    """Tell whether nature or chance did it ("rains struck", "killed in a crash"), or suffers it."""
    forces = word_set("natural_forces")
    causes = list(arguments.subjects)
    if verb.lemma_ in word_set("harming"):
        causes += arguments.after("in", "by", "after", "when", "during")
    # "fight the epidemic", "combat corruption"
    fought = arguments.objects if verb.lemma_ in word_set("fighting") else []
    return (
        any(t.lemma_.lower() in forces | word_set("accidents") for t in causes)
        or any(c.lower_ in forces for t in arguments.subjects for c in children(t, "compound"))
        or any(t.lemma_.lower() in forces | word_set("scourges") for t in fought)
    )


def _verb_keys(verb: Token) -> tuple[str, ...]:
    """Return the lemma and the lemma with each particle near it ("carry_out")."""
    lemma = verb.lemma_.lower()
    particles = children(verb, "prt", "advmod", "prep")
    near = (c.lower_ for c in particles if 0 < c.i - verb.i <= 8 and c.is_alpha)
    return (lemma, *(f"{lemma}_{particle}" for particle in near))


def _fill_verb(verb: Token, entry: ActEntry, key: str, arguments: Arguments) -> Act | None:
    """Return the act when the arguments of `verb` fill the slots of `entry`."""
    found = _Filling({verb.i}, 1.0 + 0.5 * key.count("_"))
    around = (_around_verb(slot, entry, verb, arguments) for slot in entry.slots)
    if not _fill(found, entry, around, _WORTH_TO_VERB):
        return None
    sides = found.sides
    if entry.bare > 1 and sides["R"]:
        sides["R"] = [t for t in sides["R"] if content_noun(t).i not in found.trigger]
        found.lacks_party |= not sides["R"]
    if found.lacks_party and (len(found.trigger) == 1 or entry.bare > 1):
        return None
    if entry.type == "REQUEST" and not sides["R"]:
        sides["R"] = [t for c in arguments.clauses for t in own_subjects(c)]
    subjects_are = "R" if any(slot.filler == "A" for slot in entry.slots) else "A"
    sides[subjects_are] += arguments.subjects
    return found.act(entry, verb)


def _around_verb(slot: Slot, entry: ActEntry, verb: Token, arguments: Arguments) -> list[Token]:
    """Return what may fill a slot of a verb."""
    found = _arguments_for(slot, entry, arguments)
    if slot.filler == "*" and entry.type == "REQUEST" and "to" in slot.preps:
        found = [c for c in arguments.infinitives if c.i > verb.i]
    own = [t for t in verb.children if t.lemma_.lower() == slot.filler]
    return [*found, *own]


def _arguments_for(slot: Slot, entry: ActEntry, arguments: Arguments) -> list[Token]:
    if slot.preps:
        infinitives = arguments.infinitives if "to" in slot.preps else []
        agents = arguments.agents if "by" in slot.preps else []
        return [*arguments.after(*slot.preps), *infinitives, *agents]
    # "give Kyiv tanks": the dative is one of two bare slots.
    if entry.bare > 1:
        datives = arguments.datives if slot.filler == "R" else []
        return datives or [*arguments.objects, *arguments.clauses]
    return [*arguments.objects, *(arguments.contents if slot.filler == "*" else ())]


def _light_verb_acts(verb: Token, arguments: Arguments) -> list[Act]:
    """Return the act of the first noun of action that a light verb governs; its subject acts."""
    for each in arguments.objects:
        noun = content_noun(each)
        if any(t.lower_ == "clear" for t in verb.doc[verb.i : noun.i]):
            continue  # "made it clear an attack would"
        act = _best(_acts_of_noun(noun))
        if act is not None:
            trigger = tuple(sorted({verb.i, *act.trigger}))
            actors = tuple(t.i for t in arguments.subjects) or act.actors
            score = act.score + 1.0
            return [replace(act, carrier=verb.i, trigger=trigger, actors=actors, score=score)]
    return []


# --------------------------------------------------------------------------- nouns

_WORTH_TO_NOUN = {"R": 0.5, "A": 0.5, "*": 0.3}


def _act_of_noun(noun: Token) -> Act | None:
    named = is_name(noun) and noun.ent_type_ in _NAMED_THINGS
    return _best(_acts_of_noun(noun)) if leads_nouns(noun) and not named else None


def _acts_of_noun(noun: Token) -> list[Act]:
    nouns = load_acts().nouns
    entries = nouns.get(noun.lemma_.lower()) or nouns.get(noun.lower_)
    if entries is None:
        return []
    arguments = arguments_of_noun(noun)
    filled = (_fill_noun(noun, entry, arguments) for entry in entries)
    return [act for act in filled if act is not None]


def _fill_noun(noun: Token, entry: ActEntry, arguments: Arguments) -> Act | None:
    head = _compound(noun, entry.words)
    found = _Filling(set(head), 0.5 + len(head))
    around = (arguments.after(*slot.preps) for slot in entry.slots)
    if not head or not _fill(found, entry, around, _WORTH_TO_NOUN):
        return None
    actors = [*found.sides["A"], *arguments.subjects]
    actors = [t for t in actors if t not in found.sides["R"]] or actors
    several = len(actors) > 1 and bool(arguments.after("between", "among"))
    if not arguments.subjects and not several:  # "his Greenland tariffs" are his alone
        actors += _adjectives(noun, found.trigger)
    # "the transfer of Iranian missiles": whose they are is who acts.
    found.sides["A"] = actors or [content_noun(t) for t in found.carried]
    return found.act(entry, noun)


def _compound(noun: Token, words: tuple[str, ...]) -> tuple[int, ...]:
    """Return the tokens of a compound head ("air strike") that ends in `noun`, or none."""
    if words[0] == "joint" and any(c.lower_ == "joint" for c in noun.children):
        return (noun.i,) if len(words) == 2 else ()
    start = noun.i - len(words) + 1
    if start < 0:
        return ()
    before = zip(words[:-1], noun.doc[start : noun.i], strict=True)
    fits = all(word in (token.lower_, token.lemma_.lower()) for word, token in before)
    return tuple(range(start, noun.i + 1)) if fits else ()


def _adjectives(noun: Token, trigger: set[int]) -> list[Token]:
    """Return the names and adjectives of nations before the noun: "Russian", "Taliban"."""
    described = (c for c in children(noun, "amod", "compound", "nmod") if c.i not in trigger)
    each = (t for c in described for t in with_conjuncts(c) if t.text[:1].isupper())
    return [t for t in each if not _is_opposed(t) and not _opens_only(t)]


def _opens_only(token: Token) -> bool:
    """Tell whether a word is written large only because it opens the sentence: "Huge protests"."""
    return token.i == token.sent.start and not is_name(token) and token.ent_type_ == ""


def _is_opposed(token: Token) -> bool:
    """Tell whether a name stands in "anti-ICE", "pro-Kyiv"."""
    before = token.doc[max(0, token.i - 2) : token.i].text.lower()
    return before in ("anti-", "pro-", "non-")


def _slot(text: str) -> Slot:
    preps, _, filler = text.lstrip("!").rpartition(":")
    return Slot(tuple(preps.split("|")) if preps else (), filler, text.startswith("!"))
