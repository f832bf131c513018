"""Count what a tagger finds in marked articles, as `score_attribution.py` does."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from tocsin.models.tagger import Tagged
from tocsin.spans import overlap
from training.attribution.gold import Attribution, Marked

_QUOTE = re.compile('["\u201c]')
Found = Mapping[str, Sequence[Tagged]]


def count(marked: Sequence[Marked], found: Found, *, direct: bool = False) -> dict[str, float]:
    """Return precision, recall and F1 of contents found, and of those with the right speaker."""
    gold = predicted = hit = right = 0
    for article in marked:
        theirs = [a for a in article.attributions if not direct or _direct(article.text, a)]
        ours = [c for c in found[article.stem] if not direct or _direct(article.text, c)]
        gold, predicted = gold + len(theirs), predicted + len(ours)
        for mine, yours in match(theirs, ours):
            hit += 1
            right += _same_speaker(mine, yours)
    return _rates("found", hit, gold, predicted) | _rates("attributed", right, gold, predicted)


def match(
    theirs: Sequence[Attribution], ours: Sequence[Tagged]
) -> list[tuple[Attribution, Tagged]]:
    """Pair attributions one to one, by overlap of content (at least half), the best first."""
    pairs = [
        (overlap(mine.content, yours.content), i, j)
        for i, mine in enumerate(theirs)
        for j, yours in enumerate(ours)
        if mine.content[0][0] < yours.content[-1][1] and yours.content[0][0] < mine.content[-1][1]
    ]
    used_i: set[int] = set()
    used_j: set[int] = set()
    matched = []
    for share, i, j in sorted(pairs, reverse=True):
        if share >= 0.5 and i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            matched.append((theirs[i], ours[j]))
    return matched


def _same_speaker(mine: Attribution, yours: Tagged) -> bool:
    if not mine.source or yours.speaker_words is None:
        return not mine.source and yours.speaker_words is None
    start, end = yours.speaker_words
    return any(a < end and start < b for a, b in mine.source)


def _direct(text: str, one: Attribution | Tagged) -> bool:
    start = min(a for a, _ in one.content)
    longer = sum(b - a for a, b in one.content) > 25
    return longer and bool(_QUOTE.search(text[max(0, start - 1) : start + 1]))


def _rates(name: str, count: int, gold: int, predicted: int) -> dict[str, float]:
    precision = count / predicted if predicted else 0.0
    recall = count / gold if gold else 0.0
    both = precision + recall
    f1 = 2 * precision * recall / both if both else 0.0
    return {f"{name} P": precision, f"{name} R": recall, f"{name} F1": f1}


def best_threshold(marked: Sequence[Marked], every: Found) -> tuple[float, dict[str, float]]:
    """Return the least confidence, in steps of 0.02, that gives the best attributed F1."""
    tried = []
    for step in range(5, 45):
        least = step * 0.02
        found = {s: [c for c in cs if c.confidence >= least] for s, cs in every.items()}
        rates = count(marked, found)
        tried.append((rates["attributed F1"], least, rates))
    _, least, rates = max(tried, key=lambda one: one[:2])
    return least, rates
