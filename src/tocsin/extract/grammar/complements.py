"""Complement frames: how a cue word takes its content and its speaker in the parse.

A frame is the name of one way in which a cue governs its content; the cue lexicon lists, for each
cue, the frames in which it reports something:

====================  ============================================================
``that``              finite clause: "said (that) the talks failed"
``wh``                indirect question: "asked whether", "explained how"
``inf``               infinitive: "vowed to fight"
``ing``               gerund: "denied taking part"
``obj``               noun phrase: "denounced the attack"
``obj-inf``           noun phrase and infinitive: "urged Russia to withdraw"
``obj-PREP``          noun phrase and prepositional phrase: "accused Russia of lying"
``obj-pred``          noun phrase and predicate: "called him a clown"
``PREP``              prepositional phrase: "warned of", "called for"; for nouns "criticism of"
``pass``              passive with its agent: "was denounced by the minister"
``pass-PREP`` etc.    passive without one: "was accused of lying", "is expected to visit"
``subj-inf``          raising: "appears to be tired" (nobody is named who thinks so)
====================  ============================================================

The labels are those of spaCy's English parsers (ClearNLP style).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tocsin.extract.grammar.arguments import is_apart, is_infinitive, subjects_of
from tocsin.extract.grammar.words import (
    TokenRange,
    child_of,
    children,
    cue_lemma,
    having,
    object_of,
    owner_of,
    subtree,
)
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token

_FOLLOWERS = frozenset(("advcl", "prep", "npadvmod", "advmod", "acl", "relcl", "dobj"))
_BESIDE = ("aux", "auxpass", "neg", "prt")
_SUBJECTS = ("nsubj", "csubj", "expl")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
#: A frame with the content and the further words of the cue that fill it.
_Complement = tuple[str, tuple[TokenRange, ...], tuple[int, ...]]

#: Frames of a passive by what it ends in.
_PASSIVE_ENDS = {"xcomp": "inf", "oprd": "pred"}


#: Prepositions before whoever speaks.
_OF = frozenset(("by", "from", "among"))
_PREDICATIVE = frozenset(("acomp", "ROOT", "conj", "advcl", "oprd", "ccomp", "amod"))
_ASKING = frozenset(("whether", "how", "why", "what", "where"))

_has_subject = having(*_SUBJECTS, *_PASSIVE_SUBJECTS)
_has_auxiliary = having("aux", "auxpass")


@dataclass(frozen=True, slots=True)
class Filled:
    """One cue with one of its frames filled: token indexes, nothing else."""

    frame: str
    content: tuple[TokenRange, ...]
    speaker: TokenRange | None
    cue: tuple[int, ...]

    def beside(self, head: Token) -> TokenRange:
        """Return `head` of the cue with the words of it that stand next to it."""
        start, end = head.i, head.i + 1
        near = {c.i for c in children(head, *_BESIDE)} | set(self.cue)
        while start - 1 in near:
            start -= 1
        while end in near:
            end += 1
        return start, end


def find_verb_frames(verb: Token) -> Iterator[Filled]:
    """Yield every frame that the verb's dependents fill, whatever the verb is."""
    bare = verb.tag_ == "VBN" and verb.dep_ in ("acl", "advcl")
    bare = bare and child_of(verb, "aux", "nsubj") is None
    if bare or child_of(verb, "auxpass", "nsubjpass") is not None:
        yield from _passive_frames(verb)
        return
    speaker = find_subject(verb)
    for frame, content, extra in _complements(verb):
        yield Filled(frame, content, speaker, (verb.i, *extra))
    subject = child_of(verb, *_SUBJECTS)
    if subject is not None:
        for child in children(verb, "xcomp", "acomp", "oprd"):
            if child.i > verb.i:
                yield Filled("subj-inf", (subtree(subject), subtree(child)), None, (verb.i,))


def find_noun_frames(noun: Token) -> Iterator[Filled]:
    """Yield every frame filled behind a noun: "the warning that", "Moscow's claim to", "call for".

    Its speaker is the owner of the words: possessor, "by" or "from" phrase, or the subject of a
    light verb ("issued a warning").
    """
    if noun.dep_ == "compound":
        return
    speaker = owner_of_words(noun)
    for frame, child, content in _frames_behind(noun, _noun_frame):
        follows = (child.i,) if child.dep_ == "prep" and child.i == noun.i + 1 else ()
        yield Filled(frame, (subtree(content),), speaker, (noun.i, *follows))


def find_adjective_frames(adjective: Token) -> Iterator[Filled]:
    """Yield every frame filled behind a predicate: "is confident that", "concerned about"."""
    if adjective.dep_ not in _PREDICATIVE:
        return
    speaker = find_subject(adjective)
    for frame, _, content in _frames_behind(adjective, _adjective_frame):
        yield Filled(frame, (subtree(content),), speaker, (adjective.i,))


def _frames_behind(
    cue: Token, name: Callable[[Token], str | None]
) -> Iterator[tuple[str, Token, Token]]:
    """Yield the frames of a noun or adjective that are filled, by which word, and the content."""
    for child in cue.children:
        frame = name(child) if child.i > cue.i else None
        content = child_of(child, "pobj", "pcomp") if child.dep_ == "prep" else child
        if frame is not None and content is not None:
            yield frame, child, content


def _noun_frame(child: Token) -> str | None:
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("acl", "ccomp", "relcl", "appos", "advcl"):
        if is_infinitive(child):
            return "inf"
        first = child.left_edge
        if first.lower_ == "that" and first.dep_ not in (*_SUBJECTS, *_PASSIVE_SUBJECTS):
            return "that"
    return None


def _adjective_frame(child: Token) -> str | None:
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("ccomp", "advcl"):
        return "wh" if child.left_edge.lower_ in _ASKING else "that"
    return "inf" if child.dep_ == "xcomp" else None


def owner_of_words(noun: Token) -> TokenRange | None:
    """Return whose words a noun is: "*Moscow's* claim", "a statement by *the army*"."""
    owners = (object_of(prep) for prep in children(noun, "prep", "agent") if prep.lower_ in _OF)
    owner = owner_of(noun) or next(filter(None, owners), None)
    if owner is not None:
        return subtree(owner)
    light = noun.dep_ == "dobj" and noun.head.lemma_ in word_set("light_verbs_of_speech")
    return find_subject(noun.head) if light else None


def _complements(verb: Token) -> Iterator[_Complement]:
    """Yield frame, content and further cue tokens for each complement of an active verb."""
    obj = child_of(verb, "dobj")
    for child in verb.children:
        dep = child.dep_
        if is_apart(child):
            continue
        if dep == "ccomp":
            clause = _with_followers(verb, child) if child.i > verb.i else subtree(child)
            yield _clause_frame(child), (clause,), ()
        elif dep == "xcomp" and obj is not None:
            frame = "obj-inf" if is_infinitive(child) else "obj-pred"
            yield frame, _joined(obj, _clause(verb, child)), ()
        elif dep == "xcomp":
            yield "inf" if is_infinitive(child) else "ing", (_clause(verb, child),), ()
        elif dep in ("prep", "agent"):
            yield from _prepositional(child, obj)
        elif dep == "oprd" and obj is not None:
            yield "obj-pred", _joined(obj, subtree(child)), ()
        elif dep == "advcl" and child.i > verb.i and _wh_word(child):
            yield "wh", (subtree(child),), ()
    if obj is not None:
        yield "obj", (subtree(obj),), ()


def _with_followers(verb: Token, clause: Token) -> TokenRange:
    """Return a clause after its cue with what follows it and the parse hangs on the cue."""
    start, end = _clause(verb, clause)
    if end != clause.right_edge.i + 1:
        return start, end
    participle = next((c for c in clause.children if is_stray_participle(c)), None)
    if participle is not None and participle.right_edge.i + 1 >= end:
        return start, participle.left_edge.i - 1
    for child in verb.children:
        if child.left_edge.i < end or child.dep_ not in _FOLLOWERS or child.tag_ == "VBG":
            continue
        end = child.right_edge.i + 1
    return start, end


def _clause(verb: Token, clause: Token) -> TokenRange:
    """Return the words of a clause without what goes on from its cue, conjunction and comma."""
    stray = find_misjoined(verb, clause)
    if stray is None:
        return subtree(clause)
    before = [c.i for c in children(stray.head, "cc") if c.i < stray.i]
    return clause.left_edge.i, before[-1] if before else stray.left_edge.i


def find_misjoined(cue: Token, clause: Token) -> Token | None:
    """Return the verb that is joined to a reported clause but in truth goes on from its cue.

    `He said the talks had failed and blamed Russia`: "blamed" is in the tense of "said", not of
    "had failed", and has no subject of its own.  `He told the army to go and blamed Russia`.
    """
    own = (*_SUBJECTS, *_PASSIVE_SUBJECTS, "aux", "auxpass")
    joined = clause
    while following := next((c for c in children(joined, "conj") if c.i > joined.i), None):
        goes_on = following.tag_ == cue.tag_ and child_of(following, *own) is None
        if goes_on and (following.tag_ != clause.tag_ or _has_auxiliary(clause)):
            return following
        joined = following
    return None


def is_stray_participle(verb: Token) -> bool:
    """`He said the talks had failed, adding that …`: "adding" goes on from "said"."""
    return (
        verb.tag_ == "VBG"
        and cue_lemma(verb) in word_set("carrying_on")
        and verb.head.dep_ == "ccomp"
        and verb.head.head.i < verb.head.i
        and verb.head.i < verb.i
        and verb.doc[verb.left_edge.i - 1].text == ","
    )


def _prepositional(prep: Token, obj: Token | None) -> Iterator[_Complement]:
    name = prep.lower_
    inner = child_of(prep, "pobj", "pcomp")
    if inner is not None:
        yield name, (subtree(inner),), (prep.i,)
        if obj is not None and obj.i < prep.i:
            yield f"obj-{name}", _joined(obj, subtree(prep)), ()


def _passive_frames(verb: Token) -> Iterator[Filled]:
    subject = child_of(verb, *_PASSIVE_SUBJECTS)
    if subject is None and verb.dep_ == "acl":
        subject = verb.head
    if subject is None:
        return
    agent = child_of(verb, "agent")
    by = object_of(agent)
    speaker = subtree(by) if by is not None else None
    told = (*children(verb, "auxpass"), verb, agent)
    cue = tuple(each.i for each in told if each is not None)
    apart = subject.i < verb.i and subject is not verb.head
    whole = subtree(subject) if apart else (subject.i, subject.i + 1)
    yield Filled("pass" if by is not None else "pass-bare", (whole,), speaker, cue)
    for child in children(verb, "ccomp", *_PASSIVE_ENDS, "prep"):
        if child.dep_ == "ccomp":
            yield Filled("pass-that", (subtree(child),), speaker or whole, cue)
        else:
            end = _PASSIVE_ENDS.get(child.dep_, child.lower_)
            yield Filled(f"pass-{end}", (whole, subtree(child)), speaker, cue)


def find_subject(verb: Token) -> TokenRange | None:
    """Return the words that stand for the one who does what `verb` says, if the parse tells."""
    subject = next(iter(subjects_of(_cue_behind(verb) or verb)), None)
    if subject is None:
        return None
    start, end = subtree(subject)
    return start, subject.i + 1 if subject.i < verb.i < end else end


def _cue_behind(verb: Token) -> Token | None:
    """Return the cue from which a verb goes on that the parse takes for part of its content."""
    clause = verb.head
    content = clause.dep_ in ("ccomp", "xcomp") and clause.head.i < clause.i
    goes_on = verb.dep_ == "conj" and content and find_misjoined(clause.head, clause) == verb
    return clause.head if goes_on or is_stray_participle(verb) else None


def _joined(first: Token, last: TokenRange) -> tuple[TokenRange, ...]:
    a, b = subtree(first), last
    return ((a[0], b[1]),) if a[0] < b[0] else (b, a)


def _wh_word(clause: Token) -> bool:
    return clause.left_edge.lower_ in word_set("wh_words")


def _clause_frame(clause: Token) -> str:
    if _wh_word(clause):
        return "wh"
    if is_infinitive(clause):
        return "obj-inf"
    if clause.tag_ == "VBG" and not _has_subject(clause):
        return "ing"
    verbal = clause.pos_ in ("VERB", "AUX") and clause.tag_ != "VBG"
    return "that" if verbal or _has_auxiliary(clause) else "obj-pred"
