"""Statements of an article: who says what, with what cue, stance, relays and chain.

Rules give candidates (quotations with their cues in `quoted`, everything else in `indirect`), and
so may the learned tagger.  All candidates then go one way: the scene of the article says whom the
words of the speaker stand for, the stance is read from the cue (`cues`), relays are looked for
(`relays`), and a statement whose cue stands in the content of another is linked to it (`within`).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace

from tocsin.extract.grammar.words import tokens_at
from tocsin.extract.mentions.quotation_marks import find_quotations
from tocsin.extract.mentions.resolution import Scene
from tocsin.extract.speech.agreement import agree, clash
from tocsin.extract.speech.candidates import Attribution, extent, in_order
from tocsin.extract.speech.cues import read_cue
from tocsin.extract.speech.indirect import find_reported
from tocsin.extract.speech.quoted import Placed, find_quoted, place_quotations
from tocsin.extract.speech.relays import find_relays, outlet_named
from tocsin.keys import statement_key
from tocsin.models.parsed import Doc, Token, text_of
from tocsin.models.reading import Reading
from tocsin.models.tagger import Tagger
from tocsin.records import Article, Manner, Naming, OfficeClaim, Relay, Span, Statement
from tocsin.spans import Places, holds, shared, size

#: Part of the characters of a direct statement that is in quotation marks.
_ALMOST_ALL = 0.8
_QUOTING = re.compile(r"\b(?:quot|cit)(?:e[ds]?|ing)\b")
_ANONYMITY = re.compile(
    r"(?:\b(?:on|under) (?:the )?condition of anonymity|\bnot to be (?:named|identified)|"
    r"\banonymity was granted|\brequested anonymity|\basked for anonymity)[,]?\s*"
    r"(?P<reason>(?:because|as|since|citing|due to|for fear|out of|in order to|to discuss|to speak)"
    r"\b(?:[^.;“”\"\n]|(?<=\b\w)\.)*)",
    re.I,
)


def find_statements(
    reading: Reading,
    article: Article,
    claims: Collection[OfficeClaim] = (),
    tagger: Tagger | None = None,
    scene: Scene | None = None,
) -> Iterator[Statement]:
    """Yield the statements of an article in the order of their content.

    Args:
        reading: the article as the models read it.
        article: the article itself; offsets hold for its text.
        claims: the office claims of the article: they name people and give their capacity.
        tagger: the learned half; without it the rules' finds are all there is.
        scene: resolves words to people and bodies, and is told who speaks; one of the article with
            these claims when not given.
    """
    doc = reading.doc
    scene = scene or Scene(doc, article, claims)
    ruled = list(find_candidates(doc))
    candidates = agree(reading, ruled, tagger) if tagger else ruled
    quoted = [quotation.words for quotation in find_quotations(reading.text)]
    found = [statement_from(article, each, scene, quoted) for each in candidates]
    yield from chained(found, reading.text)


def find_candidates(doc: Doc) -> Iterator[Attribution]:
    """Yield what the rules find in `doc`, in the order of the content."""
    places = place_quotations(doc, find_quotations(text_of(doc)))
    reported = find_reported(doc, _tokens_outside(doc, places))
    kept: Places[Attribution] = Places()
    snapped = (snap(each, places) for each in reported)
    for found in (*find_quoted(doc, places), *snapped):
        if not any(clash(other, found) for other in kept.near(extent(found))):
            kept.add(found, extent(found))
    yield from in_order(kept.things)


def _tokens_outside(doc: Doc, places: Sequence[Placed]) -> Iterator[Token]:
    """Yield the tokens outside quotation marks: what is reported inside is the speaker's affair."""
    start = 0
    for place in places:
        yield from doc[start : place.tokens[0]]
        start = max(start, place.tokens[1])
    yield from doc[start:]


def snap(candidate: Attribution, places: Sequence[Placed]) -> Attribution:
    """Return `candidate` with every quotation that its content holds in part held whole.

    A sentence may end inside a quotation; the words up to the closing mark are still reported.
    """
    spans = []
    for start, end in candidate.content:
        for place in places:
            opened, closed = place.quotation.words
            if opened < end < closed and start <= opened + 1:
                end = closed
            follows = candidate.cue is not None and candidate.cue[1] <= opened
            if opened < start < closed and end >= closed and follows:
                start = opened
        spans.append((start, end))
    return replace(candidate, content=tuple(spans))


# --------------------------------------------------------------------------- one statement


def statement_from(
    article: Article, candidate: Attribution, scene: Scene, quotations: Sequence[Span]
) -> Statement:
    """Return the statement that a candidate makes, and tell the scene who speaks."""
    doc = scene.doc
    resolution = scene.resolve(candidate.speaker_words, says=candidate.content)
    anonymity = _anonymity_reason(doc, candidate)
    if anonymity is not None and resolution.naming is not Naming.NAMED:
        resolution = replace(resolution, naming=Naming.ANONYMOUS)
    if not _is_relative(doc, candidate.speaker_words):
        position = candidate.speaker_words or candidate.cue or candidate.content[0]
        scene.hear(position[0], resolution, candidate.content)
    cue = read_cue(doc, candidate)
    content = tuple(sorted(candidate.content))
    return Statement(
        id=statement_key(article.text_id, content, candidate.cue),
        speaker=resolution.actor,
        speaker_words=candidate.speaker_words,
        cue=candidate.cue,
        content=content,
        manner=_manner(candidate, quotations),
        stance=cue.stance,
        naming=resolution.naming,
        relays=find_relays(doc, candidate.cue, candidate.speaker_words),
        distancing=cue.distancing,
        anonymity_reason=anonymity,
        absence=resolution.absence,
    )


def _is_relative(doc: Doc, words: Span | None) -> bool:
    """`who`, `which`: no one to whom a later pronoun would go back."""
    return words is not None and text_of(doc)[slice(*words)].lower() in ("who", "which", "that")


def _manner(candidate: Attribution, quotations: Sequence[Span]) -> Manner:
    own = shared(candidate.content, quotations)
    if candidate.quoted and own > _ALMOST_ALL * size(candidate.content):
        return Manner.DIRECT
    return Manner.MIXED if own else Manner.INDIRECT


def _anonymity_reason(doc: Doc, candidate: Attribution) -> Span | None:
    """The reason given for not naming the speaker, in the sentence that reports the statement."""
    if candidate.cue is None or candidate.speaker_words is None:
        return None
    sentence = tokens_at(doc, candidate.cue).sent
    match = _ANONYMITY.search(text_of(doc), sentence.start_char, sentence.end_char)
    if match is None or holds(candidate.content, (match.start(), match.start() + 1)):
        return None
    reason = match["reason"].partition(", ")[0].rstrip(" ,")
    return match.start("reason"), match.start("reason") + len(reason)


# --------------------------------------------------------------------------- the chain


def chained(found: Sequence[Statement], text: str) -> Iterator[Statement]:
    """Link each statement to the innermost one whose content holds it.

    What an outlet reports that someone said came through that outlet.
    """
    places: Places[Statement] = Places()
    for statement in found:
        places.add(statement, statement.content)
    for statement in found:
        near = places.near(statement.content[:1])
        hosts = [other for other in near if other is not statement and _holds(other, statement)]
        hosts.sort(key=lambda host: size(host.content))
        if hosts:
            relays = _relays_through(statement, hosts, text)
            statement = replace(statement, within=hosts[0].id, relays=relays)
        yield statement


def _holds(host: Statement, statement: Statement) -> bool:
    """Tell whether the content of `host` holds all of `statement`: its cue and its content."""
    held = all(holds(host.content, part) for part in extent(statement))
    return held and size(host.content) > size(statement.content)


def _relays_through(
    statement: Statement, hosts: Sequence[Statement], text: str
) -> tuple[Relay, ...]:
    """The relays of a statement and what its hosts, the innermost first, came through."""
    relays = list(statement.relays)
    for outer in hosts:
        relays += outer.relays
        who, cue = outer.speaker, text[slice(*outer.cue)] if outer.cue else ""
        outlet = outlet_named(who.name) if who is not None else None
        if who is not None and who.kind == "body" and _QUOTING.search(cue):
            outlet = outlet or who.name
        if outlet is not None and outer.speaker_words is not None:
            relays.append(Relay(name=outlet, words=outer.speaker_words))
    return tuple(dict.fromkeys(relays))
