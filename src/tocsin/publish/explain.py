"""`tocsin explain`: each sentence with an act, and why it was coded as it was, in plain text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tocsin.publish.visible import on_one_line
from tocsin.records import ActExplanation, Article, Candidate, Explanation


def render_explanation(article: Article, explanations: Iterable[Explanation]) -> str:
    """Return the explanations as plain text, one paragraph for a sentence.

    Words of the article are made visible: nothing in them can steer a terminal.
    """
    paragraphs = ["\n".join(_lines(article, each)) for each in explanations]
    if not paragraphs:
        return "No act was found in this article.\n"
    return "\n\n".join(paragraphs) + "\n"


def _lines(article: Article, explanation: Explanation) -> Iterator[str]:
    start, end = explanation.sentence
    yield f"{on_one_line(article.text[start:end])}  [{start}:{end}]"
    for act in explanation.acts:
        yield from _act_lines(article, act)


def _act_lines(article: Article, act: ActExplanation) -> Iterator[str]:
    trigger = on_one_line(article.text[slice(*act.trigger)])
    yield f"  “{trigger}” -> {on_one_line(act.outcome)}"
    network = ", ".join(f"{name} {chance:.2f}" for name, chance in act.chances.items())
    if network:
        yield f"    network: {network}"
    yield from _listed("parse", act.parse)
    for best in act.candidates[:1]:
        yield f"    lexicon: {candidate_words(best)}, {act.lexicon}"
    yield from _listed("also fits", [candidate_words(each) for each in act.candidates[1:]])
    yield from _listed("who", act.parties)
    yield from _listed("why", act.steps)
    yield from _listed("second", act.second)


def candidate_words(candidate: Candidate) -> str:
    """Return a line of the lexicon with what it codes and how well it fits."""
    code = f"{candidate.type}-{candidate.mode}" if candidate.mode else candidate.type
    return f"“{candidate.entry}” ({code}, {candidate.score:g})"


def _listed(name: str, entries: Iterable[str]) -> Iterator[str]:
    for entry in entries:
        yield f"    {name}: {on_one_line(entry)}"
