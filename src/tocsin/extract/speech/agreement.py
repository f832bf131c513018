"""Candidates of the rules and of the learned tagger, made one list.

Measured on articles kept out of the training (`docs/model-card-reader.md`): the tagger is
right more often, so it decides; but where a rule found the same it may be less sure, and what only
a rule found stays if the tagger, made to read that cue, does not think it wrong.

Some finds of the rules stay whatever the tagger thinks, since a reader of crisis news must not miss
them and the corpus leaves many of them unmarked: accusations, denials, threats and the like, words
that keep their distance ("allegedly"), and the inner links of a chain ("Reuters cited an official
as saying that Moscow had denied…").
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.extract.grammar.arguments import withholds
from tocsin.extract.grammar.clauses import (
    has_clause,
    has_infinitive,
    has_object,
    is_passive_subject,
)
from tocsin.extract.grammar.words import part_of_speech, tokens_at
from tocsin.extract.mentions.person_names import with_whole_names
from tocsin.extract.mentions.quotation_marks import find_quotations
from tocsin.extract.speech.bounds import bounded
from tocsin.extract.speech.candidates import Attribution, extent, in_order, placed
from tocsin.extract.speech.cues import Cue, cues_of, read_cue
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words, text_of
from tocsin.models.reading import Reading
from tocsin.models.tagger import Tagged, Tagger, without_doubles
from tocsin.records import Span, Stance
from tocsin.spans import Places, overlap, shared, size, touch

#: Least confidence of the tagger where no rule found the same, and where one did.
ALONE, AGREED = 0.85, 0.7
#: Least confidence of the tagger in what only a rule found, in reported speech and in quotations.
REPORTED, QUOTED = 0.5, 0.3
#: What the rules find with these stances is kept.
VITAL = frozenset(map(Stance, word_set("vital_stances")))
#: So is what these rules find: they look for set phrases.
SURE_RULES = frozenset(("adverb", "according to", "signature"))
_CLAUSES = ("that", "wh")
#: Fewer quoted words than this are said only where they end as a sentence does.
_FEWEST_WORDS = 3
#: Contents that share more than this part of their characters are the same.
_SAME = 0.5
#: Contents that differ by less than this are the same but for their edges.
_NEAR = 0.85


def agree(reading: Reading, ruled: Sequence[Attribution], tagger: Tagger) -> list[Attribution]:
    """Return the candidates of rules and tagger together, in the order of their content.

    Args:
        reading: the article as the models read it.
        ruled: what the rules found in it.
        tagger: a loaded tagger; it reads the rules' cues as well as its own.
    """
    doc = reading.doc
    given = [each.cue for each in ruled if each.cue]
    candidates = tagger.find_candidates(reading.states, given)
    rules = placed(ruled)
    quotations = [q.words for q in find_quotations(reading.text)]
    mended = (_mended(doc, each, rules, quotations) for each in candidates)
    merged = placed(merge_tagged(ruled, list(mended), quotations))
    for rule in ruled:
        near = merged.near(extent(rule))
        clashes = any(clash(rule, other) for other in near)
        if not clashes and _is_kept(rule, read_cue(doc, rule), near):
            merged.add(rule, extent(rule))
    spoken = (
        replace(
            each,
            speaker_words=None if _hears(doc, each) else with_whole_names(doc, each.speaker_words),
        )
        for each in merged.things
        if each.quoted or each.cue is None or _tells(tokens_at(doc, each.cue), each)
    )
    return in_order(each for each in spoken if not _is_aside(doc, each))


def _hears(doc: Doc, candidate: Attribution) -> bool:
    """Tell whether who stands for the speaker is told it: "*families* were told that"."""
    if candidate.speaker_words is None or candidate.cue is None:
        return False
    words, told = tokens_at(doc, candidate.speaker_words).root, tokens_at(doc, candidate.cue)
    said_to = any(token.lemma_ in word_set("told_to") for token in told)
    return said_to and is_passive_subject(words) and words.head in told


def _is_aside(doc: Doc, candidate: Attribution) -> bool:
    """Tell a word or two that somebody only puts in quotation marks from what somebody says."""
    words = " ".join(text_of(doc)[slice(*span)] for span in candidate.content)
    said = words.strip("\"“”‘’'«»„ ")
    if said in word_set("relative_pronouns"):
        return True
    return candidate.quoted and len(said.split()) < _FEWEST_WORDS and said[-1:] not in set(",.!?…")


def _mended(
    doc: Doc, tagged: Tagged, rules: Places[Attribution], quotations: Sequence[Span]
) -> Tagged:
    """Take from the rules, by the same cue, what the tagger cuts, and the speaker.

    It may give a paragraph the speaker of the one before.
    """
    cue = tagged.cue
    same = [r for r in rules.near((cue,) if cue else ()) if touch(r.cue, cue)]
    nearest = max(same, key=lambda r: overlap(r.content, tagged.content), default=None)
    tagged = replace(tagged, content=bounded(doc, tagged, nearest, quotations))
    rule = next((r for r in same if r.speaker_words), None)
    if rule is None:
        return tagged
    content = rule.content if rule.rule == "according to" else tagged.content
    return replace(tagged, speaker_words=rule.speaker_words, content=content)


def _tells(cue: Words, candidate: Attribution) -> bool:
    """Tell whether the content is words of the cue: no deed of it, and no clause beside it."""
    named = candidate.speaker_words is not None and any(map(part_of_speech, cue))
    known = candidate.rule != "tagger" or named or any(map(cues_of, cue))
    return known and not _is_deed(cue.root)


def _is_deed(cue: Token) -> bool:
    """Tell whether the cue does something to its object: "recalled its ambassador".

    Election news uses these verbs of words ("attacked the plan"), and the corpus marks them; in
    crisis news they are acts, and not taking words for acts matters more.
    """
    if withholds(cue) or (cue.lemma_ in word_set("decided") and has_infinitive(cue)):
        return True
    acts = cue.lemma_.lower() in word_set("deeds")
    return acts and has_object(cue) and not has_clause(cue)


def merge_tagged(
    ruled: Sequence[Attribution], tagged: Sequence[Tagged], quotations: Sequence[Span]
) -> list[Attribution]:
    """Merge what rules and tagger found; `quotations` are the stretches in quotation marks."""
    kept: Places[Attribution] = Places()
    rules, opinions, quoted = placed(ruled), placed(tagged), Places[Span]()
    for quotation in quotations:
        quoted.add(quotation, [quotation])
    for one in without_doubles(tagged):
        partner = _partner(one, rules.near(extent(one)))
        if one.confidence >= (ALONE if partner is None else AGREED):
            merged = _merged(one, partner, quoted.near(one.content))
            kept.add(merged, extent(merged))
    for rule in ruled:
        likely = (one for one in opinions.near(extent(rule)) if _is_same(rule, one))
        support = max((one.confidence for one in likely), default=0.0)
        clashes = any(clash(rule, other) for other in kept.near(extent(rule)))
        if support >= (QUOTED if rule.quoted else REPORTED) and not clashes:
            kept.add(rule, extent(rule))
    return in_order(kept.things)


def _is_kept(rule: Attribution, reading: Cue, merged: Iterable[Attribution]) -> bool:
    """Tell whether a rule's find stays against the tagger, which never marks words without cue."""
    if any(_covered(extent(rule), host.content) > 0.95 for host in merged):
        # "denied claims that …": the claims are somebody's, though nobody's in particular.
        owned = rule.speaker_words is not None or rule.rule == "noun:that"
        speaks = owned and reading.kind == "say"
        clause = rule.rule.endswith(_CLAUSES) or reading.stance in {*VITAL, Stance.REJECTS}
        return speaks and clause
    if rule.cue is None:
        return rule.speaker_words is not None
    denied = rule.rule == "relative" and reading.stance is Stance.REJECTS
    return denied or rule.rule in SURE_RULES or reading.distancing or reading.stance in VITAL


def _partner(one: Tagged, ruled: Iterable[Attribution]) -> Attribution | None:
    """Return the rule's candidate that reports the same; a quotation may be longer than found."""
    same = (rule for rule in ruled if _is_same(rule, one))
    return max(same, key=lambda rule: overlap(rule.content, one.content), default=None)


def _is_same(rule: Attribution, one: Attribution | Tagged) -> bool:
    """Tell whether two report much the same words, and are no links of a chain."""
    alike = overlap(one.content, rule.content) > _SAME
    return alike and not _is_link(rule, one.cue, one.content)


def _is_link(rule: Attribution, cue: Span | None, content: Sequence[Span]) -> bool:
    """Tell whether one reports within the content of the other: links of a chain, not the same."""
    inner = rule.cue is not None and _covered([rule.cue], content) == 1.0
    return inner or (cue is not None and _covered([cue], rule.content) == 1.0)


def _merged(one: Tagged, partner: Attribution | None, quotations: Sequence[Span]) -> Attribution:
    """Return what the tagger found as the rules name it; whom it does not name they may."""
    if partner is None:
        quoted = _covered(one.content, quotations) > 0.9
        return Attribution(
            speaker_words=one.speaker_words,
            cue=one.cue,
            content=one.content,
            quoted=quoted,
            rule="tagger",
        )
    if partner.rule == "signature":  # nothing is surer than a name below the words
        return partner
    # The parse cuts more neatly than the tagger, and quotations run over paragraphs.
    near = overlap(one.content, partner.content) > _NEAR
    whole = near or (partner.quoted and _covered(one.content, partner.content) > 0.9)
    return replace(
        partner,
        speaker_words=one.speaker_words or partner.speaker_words,
        cue=partner.cue if touch(partner.cue, one.cue) else one.cue,
        content=partner.content if whole else one.content,
    )


def clash(rule: Attribution, other: Attribution) -> bool:
    """Tell whether two report the same: by one cue, or in much the same words; no chain's links."""
    same_cue = touch(rule.cue, other.cue) and (rule.quoted or shared(rule.content, other.content))
    apart = not _is_link(rule, other.cue, other.content)
    return _is_same(rule, other) or (bool(same_cue) and apart)


def _covered(spans: Sequence[Span], by: Sequence[Span]) -> float:
    """Return the part of the characters of `spans` that lies in any of `by`."""
    return min(1.0, shared(spans, by) / max(1, size(spans)))
