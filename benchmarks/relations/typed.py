"""The PLOVER type of the relation between a given actor and a given recipient in one sentence.

`by_rules` finds the acts of the sentence and takes the one that stands best between the two, else
the nearest; `Relation.because` says which.  `weigh` then brings what the rules say together with a
learned classifier (`benchmarks.relations.pairs`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import numpy as np

from benchmarks.relations.modality import Modality, read_modality
from benchmarks.relations.pairs import Triple, load_pair_classifier, place
from tocsin.extract.events.acts import Act, acts_at
from tocsin.extract.grammar.words import is_verbal, tokens_at
from tocsin.lexicons.plover import Code, changed, is_cooperative
from tocsin.models.networks import Floats, softmax
from tocsin.models.parsed import Doc, Token, Words
from tocsin.models.parser import blank_unreadable
from tocsin.models.reader import TYPES
from tocsin.models.reading import Models

#: Scores of an act by what connects it with the two given parties.
_ACTOR_FITS = 3.0
_RECIPIENT_FITS = 2.0
_BETWEEN = 1.5

#: What a vote of 8 (the rules' best), and full confidence in their choice, add to the logarithm of
#: a type's probability.  For an earlier encoder a fit on unseen sentences gave 0.75 and 0.71; on
#: what these were chosen is not on record.  `training.relations --folds` prints the fit of today.
VOTE = 1.25
CHOICE = 1.9
BEST_VOTE = 8.0
#: Sentences analysed together: fewer leave the matrices too small.
SENTENCES = 64
#: Military acts that are cooperation where several hold them, and the words that tell it.
_JOINT_ACTS = frozenset(
    (
        "exercise",
        "drill",
        "game",
        "wargame",
        "manoeuvre",
        "maneuver",
        "patrol",
        "training",
        "operation",
    )
)
_JOINT_WORDS = frozenset(
    ("joint", "combined", "trilateral", "multinational", "jointly", "together")
)
_STEPS_BACK = ("CONCEDE", "RETREAT")


@dataclass(frozen=True, slots=True)
class Relation:
    """What the sentence says that the actor does to the recipient."""

    type: str
    mode: str | None
    confidence: float  #: 0 to 1, from how well the deciding act fits both parties
    words: tuple[tuple[int, int], ...]  #: character spans in the sentence that decided
    because: str
    votes: Mapping[str, float]  #: the best score of an act for every type that any act speaks for


@dataclass(frozen=True, slots=True)
class _Candidate:
    act: Act
    code: Code
    score: float
    modality: Modality


def type_relations(asked: Sequence[Triple], models: Models) -> list[Relation]:
    """Return the relation of actor to recipient in each sentence; quicker in batches.

    Rules on the parse give the reason and the mode, a learned classifier the reach; where they
    disagree `Relation.because` says so.  The two read side by side, on one core each.

    Args:
        asked: sentences, each with words of it that stand for who acts and for the other side;
            words for the other side that do not occur are ignored.
        models: what reads them.
    """
    with ThreadPoolExecutor(max_workers=1) as side:
        learned = side.submit(load_pair_classifier().chances, asked)
        sentences = (blank_unreadable(sentence) for sentence, _, _ in asked)
        docs = models.language.pipe(sentences, batch_size=SENTENCES)
        ruled = [by_rules(doc, a, b) for doc, (_, a, b) in zip(docs, asked, strict=True)]
    return [weigh(one, row) for one, row in zip(ruled, learned.result(), strict=True)]


def by_rules(doc: Doc, actor: str, recipient: str) -> Relation:
    """Return the relation as the acts of the sentence have it, without the classifier."""
    first = place(doc.text, actor)
    sides = tokens_at(doc, first), tokens_at(doc, place(doc.text, recipient, first))
    candidates = [c for act in _find_acts(doc) if (c := _candidate(act, *sides))]
    if not candidates:
        because = "No act was recognised; the commonest verbal type was taken."
        return Relation("ACCUSE", None, 0.05, (), because, {})
    best = max(candidates, key=lambda c: c.score)
    told = {token.i: token for token in (*best.act.trigger, best.modality.changer) if token}
    return Relation(
        type=best.code[0],
        mode=best.code[1],
        confidence=round(min(1.0, max(0.05, best.score / BEST_VOTE)), 3),
        words=tuple((word.idx, word.idx + len(word)) for _, word in sorted(told.items())),
        because=_reason(best),
        votes={c.code[0]: max(0.0, c.score) for c in sorted(candidates, key=lambda c: c.score)},
    )


def _find_acts(doc: Doc) -> Iterator[Act]:
    """Yield the best reading of each word that tells an act; of two in one, the verb's."""
    found = [act for word in doc for act in acts_at(word)[:1]]
    told = {token.i for act in found if is_verbal(act.head) for token in act.trigger}
    yield from (act for act in found if is_verbal(act.head) or act.head.i not in told)


def _candidate(act: Act, source: Words | None, target: Words | None) -> _Candidate | None:
    modality = read_modality(act.head)
    code = _code(act, modality)
    if code is None:
        return None
    path = _path(source, target)
    score = min(act.score, 4.0) * 0.5 - 0.15 * len([*act.head.ancestors])
    score += _ACTOR_FITS * _fits(act.actors, source)
    score += _RECIPIENT_FITS * _fits(act.recipients, target)
    score += _BETWEEN * (act.head in path) + 1.0 * (modality.changer in path)
    return _Candidate(act, code, score, modality)


def _code(act: Act, modality: Modality) -> Code | None:
    """Return the type between the two; what is not done or must be done is a relation too."""
    code = _code_of(act, modality.change)
    if code is not None and code[0] == "CONCEDE" and act.entry.type != "CONCEDE":
        return "AGREE", None  # CAMEO 035 "express intent to yield", which the mapping calls AGREE
    if code is None or modality.change is not None:
        return code
    if modality.obliged and code[0] not in ("REQUEST", "ACCUSE", "REJECT"):
        return "REQUEST", None
    if modality.negated and is_cooperative(code[0]):
        return "REJECT", None
    return code


def _code_of(act: Act, change: str | None) -> Code | None:
    """Return type and mode of an act after the `change` that the words above make of it."""
    root, mode = act.entry.type, act.entry.mode
    if root == "MOBILIZE" or mode == "visit":
        if _is_peacekeeping(act):
            root, mode = "AID", None
        elif root == "MOBILIZE" and _is_joint(act):
            root, mode = "COOPERATE", None
    return changed((root, mode), change)


def _is_joint(act: Act) -> bool:
    """Tell whether an exercise or patrol is a joint one: cooperation, no show of force."""
    held = [t for t in act.trigger if t.lemma_.lower() in _JOINT_ACTS]
    words = {c.lower_ for t in held for c in t.children}
    return bool(held) and (len(act.actors) > 1 or not words.isdisjoint(_JOINT_WORDS))


def _is_peacekeeping(act: Act) -> bool:
    """Tell whether troops are sent to keep the peace: the manual counts that as AID."""
    near = (*act.trigger, *act.actors, *act.head.subtree)
    return any("peacekeep" in token.lower_ for token in near)


def _fits(arguments: Sequence[Token], span: Words | None) -> float:
    """Return 1.0 when an argument lies in `span`, 0.6 when its phrase holds `span`, else 0."""
    if span is None:
        return 0.0
    if any(span.start <= token.i < span.end for token in arguments):
        return 1.0
    return 0.6 * any(token in (span.root, *span.root.ancestors) for token in arguments)


def _path(source: Words | None, target: Words | None) -> list[Token]:
    """Return the tokens on the way through the parse from one to the other."""
    up, down = ([s.root, *s.root.ancestors] if s is not None else [] for s in (source, target))
    if target is None:
        return up[:4]
    meeting = [token for token in up if token in down][:1]
    apart = (token for token in (*up, *down) if (token in up) != (token in down))
    return [*meeting, *apart] if meeting else []


def _reason(best: _Candidate) -> str:
    told = " … ".join(token.text for token in sorted(best.act.trigger))
    sentence = f"“{told}” matches “{best.act.entry.act}” ({best.act.entry.type})"
    changer = best.modality.changer
    if best.modality.change is not None:
        by = f" by “{changer.text}”" if changer is not None else ""
        sentence += f", {best.modality.change}{by}: {best.code[0]}"
    elif best.code[0] != best.act.entry.type:
        sentence += f", {'obliged' if best.modality.obliged else 'not done'}: {best.code[0]}"
    return sentence + "."


# --------------------------------------------------------------------------- rules and classifier


def weigh(relation: Relation, chances: Floats) -> Relation:
    """Bring what the rules say together with what the network says of the same sentence.

    Args:
        relation: as the rules have it.
        chances: the network's probability of each of `TYPES`, shape (16,).

    Returns the relation of the likeliest type.  `confidence` is its probability if there is any
    relation between the two.  The mode is the rules' own, and none where the type is not theirs or
    is their mere guess.  `because` says where the two differ.
    """
    together = softmax(np.log(np.maximum(chances, 1e-6)) + _of_rules(relation))
    best = _likeliest(together)
    return replace(
        relation,
        type=best,
        mode=relation.mode if relation.votes and best == relation.type else None,
        confidence=round(float(together[TYPES.index(best)]), 3),
        because=_because(relation, best, TYPES[int(chances.argmax())]),
    )


def _because(relation: Relation, best: str, learned: str) -> str:
    if best != relation.type:
        return f"{relation.because} The classifier reads {best} instead of {relation.type}."
    if not relation.votes:
        return f"{relation.because} The classifier reads {best} too."
    if best != learned:
        return f"{relation.because} The classifier reads {learned}, and is outweighed."
    return relation.because


def _of_rules(relation: Relation) -> Floats:
    """Return what the rules add to the logarithm of each type's probability, shape (16,)."""
    added = np.zeros(len(TYPES), dtype=np.float32)
    for name, vote in relation.votes.items():
        added[TYPES.index(name)] += VOTE * vote / BEST_VOTE
    if relation.votes:
        added[TYPES.index(relation.type)] += CHOICE * relation.confidence
    return added


def _likeliest(chances: Floats) -> str:
    """Return the likeliest type; the two ways of stepping back stand together until they win."""
    families = {name: float(chance) for name, chance in zip(TYPES, chances, strict=True)}
    back = sorted(_STEPS_BACK, key=families.__getitem__)
    families[back[1]] += families.pop(back[0])
    return max(families, key=families.__getitem__)
