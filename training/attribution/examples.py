"""Marked articles as training examples: windows of word pieces with cue and role labels."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from tocsin.models.networks import Ints
from tocsin.models.pieces import Segment, Vocabulary, Window, find_segments, find_windows
from training.attribution.gold import Attribution, Marked, Spans


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldCue:
    """A marked cue: its pieces within its segment, and the roles (0, 1, 2) of all pieces."""

    start: int
    end: int
    roles: Ints


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A window with the cue label (0, 1 begins, 2 goes on) of each piece, and its gold cues."""

    window: Window
    cues: Ints
    gold: tuple[tuple[GoldCue, ...], ...]  #: for each segment


def make_examples(marked: Marked, vocabulary: Vocabulary) -> Iterator[Example]:
    """Yield the windows of one article with the labels of one annotator."""
    segments = list(find_segments(marked.text, vocabulary))
    for window in find_windows(segments, vocabulary):
        gold = tuple(tuple(_gold_cues(segment, marked.attributions)) for segment in window.segments)
        labels = np.zeros(len(window.ids), dtype=np.int64)
        for start, found in zip(window.starts, gold, strict=True):
            for cue in found:
                labels[start + cue.start + 1 : start + cue.end] = 2
        for start, found in zip(window.starts, gold, strict=True):
            for cue in found:
                labels[start + cue.start] = 1
        yield Example(window=window, cues=labels, gold=gold)


def _gold_cues(segment: Segment, attributions: tuple[Attribution, ...]) -> Iterator[GoldCue]:
    for attribution in attributions:
        inside = np.flatnonzero(_covered(segment, attribution.cue))
        content = _covered(segment, attribution.content)
        # A cue whose content lies in another paragraph teaches nothing here.
        if len(inside) and content.any():
            roles = np.where(content, 2, np.where(_covered(segment, attribution.source), 1, 0))
            start, end = int(inside[0]), int(inside[-1]) + 1
            roles[start:end] = 0
            yield GoldCue(start=start, end=end, roles=roles)


def _covered(segment: Segment, spans: Spans) -> Ints:
    """Mark the pieces that overlap any of `spans`."""
    covered = np.zeros(len(segment), dtype=np.int64)
    for start, end in spans:
        covered |= (segment.spans[:, 0] < end) & (segment.spans[:, 1] > start)
    return covered
