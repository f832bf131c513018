"""Relays: the outlets and bodies through which a statement reached the article."""

from __future__ import annotations

import re
from collections.abc import Iterator
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


def find_relays(doc: Doc, cue: Span | None, speaker_words: Span | None) -> tuple[Relay, ...]:
    """Return the relays that the reporting clause names, the one who heard it first.

    `told Reuters`; `said in an interview with the BBC`; `according to reports by TASS`; `in
    comments carried by Yonhap`; `, the agency reported` is a statement of its own (see the chain).
    """
    told, speaker = tokens_at(doc, cue), tokens_at(doc, speaker_words)
    found: dict[Span, Relay] = {}
    if told is not None:
        for relay in (*_addressed(doc, told), *_spoken_through(doc, told)):
            found.setdefault(relay.words, relay)
    for relay in _reported_by(doc, speaker) if speaker is not None else ():
        found.setdefault(relay.words, relay)
    spoke = _bare(text_of(doc)[slice(*speaker_words)]) if speaker_words is not None else None
    return tuple(
        found[words] for words in sorted(found) if _bare(text_of(doc)[slice(*words)]) != spoke
    )


def _bare(words: str) -> str:
    return re.sub(r"^(?:the|The)\s+", "", words).strip()


def outlet_at(doc: Doc, token: Token) -> Relay | None:
    """Return the outlet whose name ends with `token`, if the list of outlets has it."""
    outlets = relay_names()
    for start in range(max(token.sent.start, token.i - 4), token.i + 1):
        words = doc[start : token.i + 1]
        name = outlets.get(words.text) or outlets.get(_bare(words.text))
        if name is not None:
            return Relay(name=name, words=(words.start_char, words.end_char))
    return None


def outlet_named(words: str) -> str | None:
    """Return the name of the outlet that `words` are: agency, newspaper, broadcaster, platform."""
    bare = _bare(words)
    forms = (words, bare, bare[:1].lower() + bare[1:])
    return next((relay_names()[form] for form in forms if form in relay_names()), None)


def _addressed(doc: Doc, cue: Words) -> Iterator[Relay]:
    """The one who was told: an outlet, or a body written as a name ("told Sky News")."""
    verb = next((t for t in cue if t.lemma_ in ("tell", "inform")), None)
    for child in children(verb, "dobj", "dative", "nsubj") if verb is not None else ():
        if verb is not None and child.i > verb.i:
            yield from _outlets_in(doc, child, any_body=True)


def _outlets_in(doc: Doc, token: Token, *, any_body: bool) -> Iterator[Relay]:
    named = outlet_at(doc, token)
    if named is not None:
        yield named
    elif any_body and token.pos_ == "PROPN" and token.ent_type_ == "ORG":
        start = token.i
        while start > 0 and doc[start - 1].pos_ == "PROPN" and doc[start - 1].ent_type_ == "ORG":
            start -= 1
        words = doc[start : token.i + 1]
        yield Relay(name=words.text, words=(words.start_char, words.end_char))
    for child in children(token, "conj"):
        yield from _outlets_in(doc, child, any_body=any_body)


def _spoken_through(doc: Doc, cue: Words) -> Iterator[Relay]:
    """Outlets in phrases that belong to the cue: `in an interview with the BBC on Monday`."""
    for child in children(cue.root, "prep", "agent", "advcl", "npadvmod"):
        phrase = doc[child.left_edge.i : child.right_edge.i + 1]
        if (
            child.dep_ != "agent"
            and not _INTERVIEW.search(phrase.text)
            and child.lower_ not in ("on", "to", "via", "with")
        ):
            continue
        if len(phrase) > 25:
            continue
        for token in phrase:
            if token.dep_ in ("pobj", "conj", "dobj") and token.pos_ == "PROPN":
                relay = outlet_at(doc, token)
                if relay is not None and cue.sent.start_char <= relay.words[0]:
                    yield relay


def _reported_by(doc: Doc, speaker: Words) -> Iterator[Relay]:
    """`according to reports by Reuters`: an outlet inside the words for the speaker."""
    if len(speaker) < 2 or not any(t.lemma_ in word_set("reports") for t in speaker):
        return
    for token in speaker:
        if token.dep_ in ("pobj", "conj", "poss", "compound") and token.pos_ == "PROPN":
            relay = outlet_at(doc, token)
            if relay is not None:
                yield relay
