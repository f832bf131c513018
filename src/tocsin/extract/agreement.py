"""Where the rules and the learned tagger meet: one list of candidates from both.

Measured on articles kept out of the training (`docs/model-card-attribution.md`): the tagger is
right more often, so it decides; but where a rule found the same it may be less sure, and what only
a rule found stays if the tagger, made to read that cue, does not think it wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from tocsin.extract.candidates import Candidate, touch
from tocsin.extract.quotations import find_quotations
from tocsin.extract.tagger import Tagged, Tagger, overlap, without_doubles
from tocsin.records import Span

#: Least confidence of the tagger where no rule found the same, and where one did.
ALONE, AGREED = 0.76, 0.66
#: Least confidence of the tagger in what only a rule found, in reported speech and in quotations.
REPORTED, QUOTED = 0.6, 0.3
#: Contents that share more than this part of their characters are the same.
_SAME = 0.5


def agree(text: str, ruled: Sequence[Candidate], tagger: Tagger) -> list[Candidate]:
    """Return the candidates of rules and tagger together, in the order of their content.

    Args:
        text: the unaltered text.
        ruled: what the rules found in it.
        tagger: a loaded tagger; it reads the text once, and the rules' cues as well as its own.
    """
    tagged = tagger.find_candidates(text, [each.cue for each in ruled if each.cue])
    return merge_tagged(ruled, tagged, [q.words for q in find_quotations(text)])


def merge_tagged(
    ruled: Sequence[Candidate], tagged: Sequence[Tagged], quotations: Sequence[Span]
) -> list[Candidate]:
    """Merge what rules and tagger found; `quotations` are the stretches in quotation marks."""
    kept: list[Candidate] = []
    for one in without_doubles(tagged):
        partner = _partner(one, ruled)
        if one.confidence >= (ALONE if partner is None else AGREED):
            kept.append(_merged(one, partner, quotations))
    for rule in ruled:
        least = QUOTED if rule.quoted else REPORTED
        if _support(rule, tagged) >= least and not any(_clash(rule, other) for other in kept):
            kept.append(rule)
    return sorted(kept, key=lambda each: (each.start, -each.end))


def _partner(one: Tagged, ruled: Iterable[Candidate]) -> Candidate | None:
    """Return the rule's candidate that reports the same; a quotation may be longer than found."""
    best = max(ruled, key=lambda rule: overlap(rule.content, one.content), default=None)
    if best is not None and overlap(best.content, one.content) > _SAME:
        return best
    return next((rule for rule in ruled if rule.quoted and _goes_on(one, rule)), None)


def _goes_on(one: Tagged, rule: Candidate) -> bool:
    return touch(one.cue, rule.cue) and _covered(one.content, rule.content) > 0.9


def _merged(one: Tagged, partner: Candidate | None, quotations: Sequence[Span]) -> Candidate:
    if partner is None:
        return Candidate(
            speaker_words=one.speaker_words,
            cue=one.cue,
            content=one.content,
            quoted=_covered(one.content, quotations) > 0.9,
            rule="tagger",
        )
    whole = partner.quoted and _covered(one.content, partner.content) > 0.9
    return replace(
        partner,
        speaker_words=one.speaker_words or partner.speaker_words,
        cue=partner.cue if touch(partner.cue, one.cue) else one.cue,
        content=partner.content if whole else one.content,
    )


def _support(rule: Candidate, tagged: Iterable[Tagged]) -> float:
    return max(
        (t.confidence for t in tagged if overlap(t.content, rule.content) > _SAME), default=0.0
    )


def _clash(rule: Candidate, other: Candidate) -> bool:
    same_cue = rule.quoted and touch(rule.cue, other.cue)
    return same_cue or overlap(rule.content, other.content) > _SAME


def _covered(spans: Sequence[Span], by: Sequence[Span]) -> float:
    """Return the part of the characters of `spans` that lies in any of `by`."""
    shared = sum(max(0, min(a[1], b[1]) - max(a[0], b[0])) for a in spans for b in by)
    return min(1.0, shared / max(1, sum(end - start for start, end in spans)))
