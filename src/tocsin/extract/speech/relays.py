"""Relays: the outlets and bodies through which a statement reached the article."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from tocsin.extract.grammar.words import children, text_of, tokens_at
from tocsin.lexicons.outlets import relay_names
from tocsin.lexicons.words import word_set
from tocsin.records import Relay, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_INTERVIEW = re.compile(
    r"\b(?:interview(?:s|ed)?|conversation|appear(?:ance|ed|ing)|speaking|spoke|writing|wrote|"
    r"comments?|remarks?|post(?:ed|ing)?|op-ed|article|told|statement|video|message)\b",
    re.I,
)
_LONGEST_PHRASE = 25  #: tokens


def find_relays(doc: Doc, cue: Span | None, speaker_words: Span | None) -> tuple[Relay, ...]:
    """Return the relays that the reporting clause names, the one who heard it first.

    `told Reuters`; `said in an interview with the BBC`; `according to reports by TASS`; `in
    comments carried by Yonhap`; `, the agency reported` is a statement of its own (see the chain).
    """
    found: list[Relay] = []
    spoke = None
    if cue is not None:
        words = tokens_at(doc, cue)
        found += [*_addressed(words), *_spoken_through(words)]
    if speaker_words is not None:
        found += _reported_by(tokens_at(doc, speaker_words))
        spoke = _bare(text_of(doc)[slice(*speaker_words)])
    by_place = {relay.words: relay for relay in reversed(found)}  # the first of a place counts
    return tuple(
        by_place[place] for place in sorted(by_place) if _bare(text_of(doc)[slice(*place)]) != spoke
    )


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", words).strip()


def _outlet_at(token: Token) -> Relay | None:
    """Return the outlet whose name ends with `token`, if the list of outlets has it."""
    outlets = relay_names()
    for start in range(max(token.sent.start, token.i - 4), token.i + 1):
        words = token.doc[start : token.i + 1]
        name = outlets.get(words.text) or outlets.get(_bare(words.text))
        if name is not None:
            return Relay(name=name, words=(words.start_char, words.end_char))
    return None


def outlet_named(words: str) -> str | None:
    """Return the name of the outlet that `words` are: agency, newspaper, broadcaster, platform."""
    bare = _bare(words)
    forms = (words, bare, bare[:1].lower() + bare[1:])
    return next((relay_names()[form] for form in forms if form in relay_names()), None)


def _addressed(cue: Words) -> Iterator[Relay]:
    """The one who was told: an outlet, or a body written as a name ("told Sky News")."""
    verb = next((t for t in cue if t.lemma_ in ("tell", "inform")), None)
    for child in children(verb, "dobj", "dative", "nsubj") if verb is not None else ():
        if child.i > child.head.i:
            yield from _bodies_from(child)


def _bodies_from(token: Token) -> Iterator[Relay]:
    """Yield the outlet or body that `token` names, and those that are joined to it."""
    doc, named = token.doc, _outlet_at(token)
    if named is not None:
        yield named
    elif token.pos_ == "PROPN" and token.ent_type_ == "ORG":
        start = token.i
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].ent_type_ == "ORG":
            start -= 1
        words = doc[start : token.i + 1]
        yield Relay(name=words.text, words=(words.start_char, words.end_char))
    for child in children(token, "conj"):
        yield from _bodies_from(child)


def _spoken_through(cue: Words) -> Iterator[Relay]:
    """Outlets in phrases that belong to the cue: `in an interview with the BBC on Monday`."""
    for child in children(cue.root, "prep", "agent", "advcl", "npadvmod"):
        phrase = cue.doc[child.left_edge.i : child.right_edge.i + 1]
        leads = child.dep_ == "agent" or child.lower_ in ("on", "to", "via", "with")
        if len(phrase) <= _LONGEST_PHRASE and (leads or _INTERVIEW.search(phrase.text)):
            yield from _outlets_among(phrase, ("pobj", "conj", "dobj"))


def _reported_by(speaker: Words) -> Iterator[Relay]:
    """`according to reports by Reuters`: an outlet inside the words for the speaker."""
    if len(speaker) > 1 and any(t.lemma_ in word_set("reports") for t in speaker):
        yield from _outlets_among(speaker, ("pobj", "conj", "poss", "compound"))


def _outlets_among(words: Words, labels: Collection[str]) -> Iterator[Relay]:
    for token in words:
        if token.dep_ in labels and token.pos_ == "PROPN":
            relay = _outlet_at(token)
            if relay is not None:
                yield relay
