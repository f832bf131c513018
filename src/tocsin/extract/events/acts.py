"""Acts: which words of a text tell that someone did something, and who and what stands around them.

The lexicon is `lexicons/acts.tsv`: a head and slots for each act.  A verb or a noun of action ("the
shelling of") tells the act if the needed slots are filled.  Of several entries that match, the most
demanding wins.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from tocsin.extract.grammar.arguments import Arguments, arguments_of, content_noun, joined_behind
from tocsin.extract.grammar.phrases import is_noun_like, leads_nouns
from tocsin.extract.grammar.words import children, is_modifier, is_verbal
from tocsin.lexicons.tables import given, listed, read_numbered, read_rows
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token

#: What a filled slot adds to the score of a reading; a word that the entry names adds 1.5.
_WORTH = {"R": 0.9, "A": 0.9, "*": 0.4}
#: Prepositions before the means of an assault.
_BEFORE_MEANS = ("with", "by", "in", "using")


@dataclass(frozen=True, slots=True)
class Slot:
    """What one place around a head must hold: prepositions (none: the object) and the filler."""

    preps: tuple[str, ...]
    filler: str  #: "R", "A", "*", "@class" or a lemma
    needed: bool  #: there is no act where nothing fills it


@dataclass(frozen=True, slots=True, kw_only=True)
class ActEntry:
    """One line of the lexicon."""

    act: str
    type: str
    mode: str | None
    context: str
    slots: tuple[Slot, ...]
    line: int  #: in acts.tsv, counted from 1
    overrules: frozenset[str]  #: types that the network takes these words for by mistake


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One entry found in a text; phrases are given by their heads."""

    entry: ActEntry
    head: Token
    trigger: tuple[Token, ...]
    actors: tuple[Token, ...]
    recipients: tuple[Token, ...]
    whole: bool  #: told by more than a verb, or all slots are filled
    score: float


def instrument_mode(act: Act) -> str | None:
    """Return the mode of assault that its means give: "drones struck", "killed with a knife"."""
    means = map(content_noun, (*act.actors, *joined_behind(act.head, _BEFORE_MEANS)))
    names = (name for token in means for name in sorted(_names(token), key=len, reverse=True))
    return next((_instruments()[name] for name in names if name in _instruments()), None)


def is_accident(harm: Token) -> bool:
    """Tell whether it came of an accident, in which nobody acts: "died when the bus overturned"."""
    around = arguments_of(harm)
    causes = (*around.subjects, *around.agents, *around.after("in", "by", "from"))
    if any(_matches(each, "@accident") for each in causes):
        return True
    broken = [each for each in (harm, *around.clauses) if each.lemma_ in word_set("going_wrong")]
    beside = [args for args in map(arguments_of, broken) if not args.objects]
    return any(_matches(thing, "@breakable") for args in beside for thing in args.subjects)


@cache
def _instruments() -> Mapping[str, str]:
    return {row[0]: row[1] for row in read_rows("lexicons/instruments.tsv", "word mode")}


@cache
def load_classes() -> Mapping[str, frozenset[str]]:
    """Return the nouns of each class that slots ask for; read once in a process."""
    rows = read_rows("lexicons/classes.tsv", "class lemmas")
    return {name: frozenset(lemmas.split()) for name, lemmas in rows}


@cache
def load_acts() -> Mapping[str, Mapping[str, Sequence[ActEntry]]]:
    """Return the entries for "verb" and "noun" by their head; read once in a process."""
    found: dict[str, dict[str, list[ActEntry]]] = {
        "verb": defaultdict(list),
        "noun": defaultdict(list),
    }
    rows = read_rows("lexicons/overruled.tsv", "act instead_of")
    overruled = {act: frozenset(listed(types)) for act, types in rows}
    numbered = read_numbered("lexicons/acts.tsv", "act kind type mode contexts")
    for line, (act, kind, root, mode, context) in numbered:
        head, *slots = act.split()
        found[kind][head].append(
            ActEntry(
                act=act,
                type=root,
                mode=given(mode),
                context=context,
                slots=tuple(dict.fromkeys(map(_slot, slots))),
                line=line,
                overrules=overruled.get(act, frozenset()),
            )
        )
    return found


def _slot(text: str) -> Slot:
    preps, _, filler = text.lstrip("!").rpartition(":")
    needed = text.startswith("!") or filler not in ("R", "A")
    return Slot(tuple(preps.split("|")) if preps else (), filler, needed)


@lru_cache(maxsize=1024)  # mentions ask for the verb above them, and neighbours for the same
def acts_at(word: Token) -> list[Act]:
    """Return every reading that the lexicon allows at a word, the best first."""
    if is_verbal(word) and not is_modifier(word):
        entries, heads = load_acts()["verb"], _verb_heads(word)
    elif leads_nouns(word):
        entries, heads = load_acts()["noun"], [*_names(word), word.lower_]
    else:
        return []
    meant = [(head, entry) for head in dict.fromkeys(heads) for entry in entries.get(head, ())]
    arguments = arguments_of(word) if meant else Arguments()
    acts = (_act(entry, word, 1 + head.count("_"), arguments) for head, entry in meant)
    return sorted(filter(None, acts), key=lambda act: -act.score)


def _verb_heads(verb: Token) -> list[str]:
    """Return the lemma and the lemma with each particle of it ("carry_out")."""
    lemma = verb.lemma_.lower()
    particles = (c for c in children(verb, "prt", "advmod", "prep") if c.i > verb.i)
    before = (c for c in children(verb, "advmod") if c.i < verb.i)  # "sexually assaulted"
    heads = [f"{lemma}_{particle.lower_}" for particle in particles]
    return [lemma, *heads, *(f"{adverb.lower_}_{lemma}" for adverb in before)]


# --------------------------------------------------------------------------- slots


def _act(entry: ActEntry, head: Token, words: int, arguments: Arguments) -> Act | None:
    """Return the act of `entry` told by `head`, which is its last of so many `words`, if its slots
    can be filled.  Who "received a delegation from" somebody is no actor.
    """
    filled = []
    for slot in entry.slots:
        if found := _filling(slot, arguments):
            filled.append((slot, found))
        elif slot.needed:
            return None
    named = [content_noun(found[0]) for slot, found in filled if slot.filler not in _WORTH]
    parties = [(slot.filler, each) for slot, found in filled for each in found]
    sent, taken = ([each for side, each in parties if side == own] for own in "AR")
    first = head.i if is_verbal(head) else max(0, head.i - words + 1)
    return Act(
        entry=entry,
        head=head,
        trigger=(*head.doc[first : head.i + 1], *named),
        actors=tuple(dict.fromkeys(sent or arguments.subjects)),
        recipients=tuple(taken or (arguments.subjects if sent else ())),
        whole=len(filled) == len(entry.slots) or bool(named) or not is_verbal(head),
        score=words + sum(_WORTH.get(slot.filler, 1.5) for slot, _ in filled),
    )


def _filling(slot: Slot, arguments: Arguments) -> list[Token]:
    """Return what fills a slot: the object, or what stands after one of its prepositions."""
    around = [
        *(arguments.after(*slot.preps) if slot.preps else arguments.objects),
        *(arguments.agents if "by" in slot.preps else ()),
        *(arguments.infinitives if "to" in slot.preps else ()),
        *(arguments.contents if slot.filler == "*" and not slot.preps else ()),
    ]
    return [token for token in around if _matches(token, slot.filler)]


def _matches(token: Token, filler: str) -> bool:
    if filler in _WORTH:
        return True
    if filler[0] == "@" and not is_noun_like(token):
        return False
    wanted = load_classes()[filler[1:]] if filler[0] == "@" else frozenset((filler,))
    return not wanted.isdisjoint(_names_of_content(token))


@lru_cache(maxsize=128)  # each entry of the lexicon asks for those of the same words
def _names_of_content(token: Token) -> set[str]:
    return _names(token) | _names(content_noun(token))


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
