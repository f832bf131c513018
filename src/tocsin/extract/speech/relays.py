"""Relays: the outlets and bodies through which a statement reached the article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.extract.grammar.arguments import with_conjuncts
from tocsin.extract.grammar.clauses import addressed, adjuncts
from tocsin.extract.grammar.phrases import governed_names, opens_name, owning_names
from tocsin.extract.grammar.words import is_name, tokens_at
from tocsin.lexicons.outlets import relay_names
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words, text_of
from tocsin.records import Relay, Span

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
    for start in range(max(token.sent.start, token.i - 4), token.i + 1):
        words = token.doc[start : token.i + 1]
        name = outlet_named(words.text)
        if name is not None and len(words) == 1 and start > 0 and opens_name(token.nbor(-1)):
            words = token.doc[token.nbor(-1).left_edge.i : token.i + 1]
            name = words.text  # "the *Bangkok* Post" is no Washington Post
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
    told = (each for child in addressed(verb) for each in with_conjuncts(child)) if verb else ()
    yield from filter(None, map(_body_at, told))


def _body_at(token: Token) -> Relay | None:
    """Return the outlet or body that `token` names."""
    doc, named, start = token.doc, _outlet_at(token), token.i
    if named is not None or not _names_body(token):
        return named
    while start > 0 and _names_body(doc[start - 1]):
        start -= 1
    words = doc[start : token.i + 1]
    return Relay(name=words.text, words=(words.start_char, words.end_char))


def _names_body(token: Token) -> bool:
    return is_name(token) and token.ent_type_ == "ORG"


def _spoken_through(cue: Words) -> Iterator[Relay]:
    """Outlets in phrases that belong to the cue: `in an interview with the BBC on Monday`."""
    for first, phrase in adjuncts(cue.root):
        leads = first.lower_ in ("by", "on", "to", "via", "with")
        if len(phrase) <= _LONGEST_PHRASE and (leads or _INTERVIEW.search(phrase.text)):
            yield from filter(None, map(_outlet_at, governed_names(phrase)))


def _reported_by(speaker: Words) -> Iterator[Relay]:
    """`according to reports by Reuters`: an outlet inside the words for the speaker."""
    if len(speaker) > 1 and any(t.lemma_ in word_set("reports") for t in speaker):
        yield from filter(None, map(_outlet_at, owning_names(speaker)))
