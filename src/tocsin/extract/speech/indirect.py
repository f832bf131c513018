"""Indirect speech, thought and wish: what cue words and phrases report, and what colons set off."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from tocsin.extract.grammar.arguments import is_infinitive
from tocsin.extract.grammar.complements import Filled, find_subject, find_verb_frames, subtree
from tocsin.extract.grammar.words import TokenRange, child_of, children
from tocsin.extract.mentions.actors import actor_of
from tocsin.extract.speech.candidates import Attribution, reported
from tocsin.extract.speech.cues import Cue, cues_named, cues_of, frame_of
from tocsin.extract.speech.resolution import noun_naming
from tocsin.lexicons.words import word_set
from tocsin.spans import holds

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token
    from spacy.tokens import Span as Words

_FRAME_ORDER = (
    "that", "wh", "obj-inf", "obj-pred", "obj-as", "obj-of", "obj-for", "obj-about", "obj-on",
    "obj-with", "obj-to", "obj-against", "pass-that", "pass-inf", "pass-pred", "pass-as",
    "pass-of", "pass-for", "pass", "inf", "ing", "subj-inf", "obj"
)  # fmt: skip
_RANK = {frame: rank for rank, frame in enumerate(_FRAME_ORDER)}
_PREDICATIVE = frozenset(("acomp", "ROOT", "conj", "advcl", "oprd", "ccomp", "amod"))
_SUBJECTS = ("nsubj", "nsubjpass", "csubj")
#: Frames in which a noun reports something even when nobody is named: "a warning that …".
_OWNERLESS = frozenset(("that",))
_LONGEST_SPEAKER = 5  #: tokens, where a colon sets it off
_LONGEST_HEADLINE = 30
_NAME_TAGS = frozenset(("PROPN", "NOUN", "ADJ", "DET", "PART", "PUNCT"))


def find_reported(doc: Doc, tokens: Iterable[Token]) -> Iterator[Attribution]:
    """Yield a candidate for each cue among `tokens` of `doc` whose frame is filled."""
    for token in tokens:
        if token.pos_ in ("VERB", "AUX"):
            yield from _verbal(doc, token)
            if token.lower_ == "according":
                yield from _according(doc, token)
        elif token.pos_ in ("NOUN", "PROPN"):
            yield from _nominal(doc, token)
        elif token.pos_ == "ADJ":
            yield from _adjectival(doc, token)
        elif token.pos_ == "ADV":
            yield from _adverbial(doc, token)
        elif token.pos_ == "ADP":
            yield from _prepositional(doc, token)


# ------------------------------------------------------------------------------ verbs


def _verbal(doc: Doc, verb: Token) -> Iterator[Attribution]:
    rows = cues_of(verb)
    if not rows:
        return
    negated = child_of(verb, "neg") is not None
    taken = (each for each in find_verb_frames(verb) if _takes(rows, each.frame, negated))
    best = min(taken, key=lambda each: _RANK.get(each.frame, len(_RANK)), default=None)
    if best is not None and _is_speech(doc, verb, best, rows):
        yield from _from_frame(doc, verb, best)
    elif best is None and frame_of(rows, "that") is not None:
        yield from _parenthetical(doc, verb)


def _is_speech(doc: Doc, verb: Token, filled: Filled, rows: tuple[Cue, ...]) -> bool:
    """Tell a report from the same words used otherwise.

    Nobody says it ("to say that is easy"); it is only a purpose ("gathered to support the plan");
    what shows it is a fact and no one's report ("the visit underscores a bond").
    """
    row = frame_of(rows, filled.frame) or rows[0]
    if filled.frame.startswith("pass") or row.kind == "seem":
        return True
    if filled.speaker is None:
        return False
    if filled.frame not in ("obj", "obj-with"):
        return True
    if is_infinitive(verb) and not cues_of(verb.head):
        return False
    if row.kind != "show":
        return True
    if verb.dep_ == "advcl" and verb.tag_ == "VBG" and not cues_of(verb.head):
        return False
    head = doc[filled.speaker[0] : filled.speaker[1]].root
    number = head.tag_ == "NNS"
    return head.pos_ != "NOUN" or noun_naming(head.lemma_.lower(), plural=number) is not None


def _takes(rows: tuple[Cue, ...], frame: str, negated: bool) -> bool:
    """Some cues report only when negated: "did not respond to a request"."""
    frames = (frame, f"neg-{frame}") if negated else (frame,)
    return any(frame_of(rows, each) is not None for each in frames)


def _from_frame(doc: Doc, verb: Token, filled: Filled) -> Iterator[Attribution]:
    without = [(i, i + 1) for i in filled.cue]
    speaker, content = filled.speaker, filled.content
    apart = filled.frame in ("that", "wh", "obj-pred")
    if speaker is not None and (apart or not holds(content, speaker)):
        without.append(speaker)
    beside = [(c.i, c.i + 1) for c in children(verb, "aux", "neg")]
    without += [each for each in beside if holds(content, each)]
    ranges = [_without_remark(doc, each) for each in content]
    cue = _cue_tokens(verb, filled)
    yield from reported(doc, f"verb:{filled.frame}", speaker, cue, ranges, without)


def _without_remark(doc: Doc, content: TokenRange) -> TokenRange:
    """Cut a last ", which …" or ", who …": that is the article's own remark."""
    start, end = content
    for i in range(start + 2, end):
        if doc[i].lower_ not in ("which", "who") or doc[i - 1].text not in word_set("remark_marks"):
            continue
        clause = next((t for t in (doc[i], *doc[i].ancestors) if t.dep_ == "relcl"), None)
        if clause is not None and clause.i >= start and clause.right_edge.i + 1 >= end:
            return start, i - 1
    return content


def _cue_tokens(verb: Token, filled: Filled) -> TokenRange:
    """The verb with what stands next to it of its particle, preposition and auxiliaries."""
    start = end = verb.i
    near = {c.i for c in children(verb, "aux", "auxpass", "neg", "prt")} | set(filled.cue)
    while start - 1 in near:
        start -= 1
    while end + 1 in near:
        end += 1
    return start, end + 1


def _parenthetical(doc: Doc, verb: Token) -> Iterator[Attribution]:
    """`The talks, he said, have failed`; `As the minister said, the talks have failed`."""
    if verb.dep_ in ("parataxis", "dep") or _as_clause(verb):
        clause, host = subtree(verb), subtree(verb.head)
        speaker = find_subject(verb)
        if speaker is not None and clause[0] <= speaker[0] < clause[1]:
            cue = (verb.i, verb.i + 1)
            yield from reported(
                doc, "parenthetical", speaker, cue, (host,), (clause,), sentence=True
            )


def _as_clause(verb: Token) -> bool:
    marks = children(verb, "mark", "advmod") if verb.dep_ == "advcl" else ()
    return verb.head.i != verb.i and any(c.lower_ == "as" for c in marks)


# ------------------------------------------------------------------------------ phrases


def _according(doc: Doc, token: Token) -> Iterator[Attribution]:
    """`According to X, …` and `…, according to X`."""
    to = next((c for c in token.children if c.lower_ == "to"), None)
    if to is None and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
        to = doc[token.i + 1]
    speaker = child_of(to, "pobj") if to is not None else None
    if to is None or speaker is None:
        return
    owner = _up_to_comma(doc, subtree(speaker))
    yield from _of_clause(doc, (token.i, to.i + 1), owner, token, "according to")


def _up_to_comma(doc: Doc, phrase: TokenRange) -> TokenRange:
    """Give back to the main clause a subject that the parse took into the phrase before it.

    A phrase that runs on to the very verb, with no comma between, has swallowed the subject.
    """
    start, end = phrase
    if end >= len(doc) or doc[end].pos_ not in ("VERB", "AUX", "ADV"):
        return phrase
    comma = next((i for i in range(start + 1, end) if doc[i].text == ","), end)
    return start, comma


def _prepositional(doc: Doc, token: Token) -> Iterator[Attribution]:
    """`In the words of X, …`, `in the view of X`, `per X`."""
    if token.lower_ == "per" and token.i > 0 and doc[token.i - 1].text == ",":
        speaker = next((c for c in children(token, "pobj") if c.pos_ == "PROPN"), None)
        if speaker is not None:
            yield from _of_clause(doc, (token.i, token.i + 1), subtree(speaker), token, "per")
        return
    if token.lower_ != "in":
        return
    noun = child_of(token, "pobj")
    if noun is None or noun.lower_ not in ("words", "view", "opinion", "telling"):
        return
    of = next((c for c in noun.children if c.lower_ == "of"), None)
    head = child_of(of, "pobj") if of is not None else None
    speaker, last = (head, of) if head is not None else (child_of(noun, "poss"), noun)
    if speaker is not None and last is not None:
        cue = (token.i, last.i + 1)
        yield from _of_clause(doc, cue, subtree(speaker), token, "in the words of")


def _of_clause(
    doc: Doc, cue: TokenRange, speaker: TokenRange, token: Token, rule: str
) -> Iterator[Attribution]:
    """The clause around a phrase that attributes it: all of its sentence at either end of it."""
    sentence = token.sent
    phrase = (min(cue[0], speaker[0]), max(cue[1], speaker[1]))
    start, end = _sentence_words(sentence.start, sentence.end, doc)
    whole = phrase[0] <= start + 1 or phrase[1] >= end - 1
    host = (start, end) if whole else subtree(_clause_head(token))
    yield from reported(doc, rule, speaker, cue, (host,), (phrase,), sentence=True)


def _sentence_words(start: int, end: int, doc: Doc) -> TokenRange:
    while start < end and (doc[start].is_space or doc[start].is_punct):
        start += 1
    while end > start and (doc[end - 1].is_space or doc[end - 1].text in ".!?"):
        end -= 1
    return start, end


def _clause_head(token: Token) -> Token:
    head = token.head
    while head.head.i != head.i and not (
        head.pos_ in ("VERB", "AUX") and child_of(head, *_SUBJECTS) is not None
    ):
        head = head.head
    return head


def _adverbial(doc: Doc, token: Token) -> Iterator[Attribution]:
    """`The army has reportedly retreated`: attribution that names no one."""
    if not cues_named(token.lower_, "adv"):
        return
    # "struck vessels allegedly carrying drugs": what is alleged is the carrying.
    inner = token.head.dep_ == "acl" and token.head.tag_ in ("VBG", "VBN")
    head = token.head if inner else _clause_head(token)
    cue = (token.i, token.i + 1)
    yield from reported(doc, "adverb", None, cue, (subtree(head),), (cue,), sentence=True)


# ------------------------------------------------------------------------------ nouns, adjectives


def _nominal(doc: Doc, noun: Token) -> Iterator[Attribution]:
    """`The warning that …`, `Moscow's claim that …`, `his support for …`."""
    if noun.dep_ == "compound":
        return
    for frame, child, part in _frames_behind(noun, _noun_frame):
        speaker = _noun_speaker(noun)
        if speaker is not None or frame in _OWNERLESS:
            follows = child.dep_ == "prep" and child.i == noun.i + 1
            cue = (noun.i, noun.i + 1 + follows)
            without = (speaker,) if speaker else ()
            yield from reported(doc, f"noun:{frame}", speaker, cue, (subtree(part),), without)
            return


def _frames_behind(
    cue: Token, name: Callable[[Token], str | None]
) -> Iterator[tuple[str, Token, Token]]:
    """Yield the frames of a noun or adjective that are filled, by which word, and the content."""
    rows = cues_of(cue)
    for child in cue.children if rows else ():
        frame = name(child) if child.i > cue.i else None
        content = child_of(child, "pobj", "pcomp") if child.dep_ == "prep" else child
        if frame is not None and content is not None and frame_of(rows, frame) is not None:
            yield frame, child, content


def _noun_frame(child: Token) -> str | None:
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("acl", "ccomp", "relcl", "appos", "advcl"):
        if is_infinitive(child):
            return "inf"
        if child.left_edge.lower_ == "that" and child.left_edge.dep_ not in _SUBJECTS:
            return "that"
    return None


def _noun_speaker(noun: Token) -> TokenRange | None:
    """The owner of the words: possessor, "by" or "from" phrase, or subject of a light verb."""
    poss = child_of(noun, "poss")
    if poss is not None:
        return subtree(poss)
    for prep in children(noun, "prep", "agent"):
        owner = child_of(prep, "pobj") if prep.lower_ in ("by", "from", "among") else None
        if owner is not None:
            return subtree(owner)
    if noun.dep_ == "dobj" and noun.head.lemma_ in word_set("light_verbs_of_speech"):
        return find_subject(noun.head)
    return None


def _adjectival(doc: Doc, adjective: Token) -> Iterator[Attribution]:
    """`He is confident that …`, `she was concerned about …`."""
    if adjective.dep_ not in _PREDICATIVE:
        return
    filled = next(_frames_behind(adjective, _adjective_frame), None)
    speaker = find_subject(adjective) if filled is not None else None
    if filled is not None and speaker is not None:
        cue, content = (adjective.i, adjective.i + 1), (subtree(filled[2]),)
        yield from reported(doc, f"adjective:{filled[0]}", speaker, cue, content)


def _adjective_frame(child: Token) -> str | None:
    if child.dep_ == "prep":
        return child.lower_
    if child.dep_ in ("ccomp", "advcl"):
        asks = child.left_edge.lower_ in ("whether", "how", "why", "what", "where")
        return "wh" if asks else "that"
    if child.dep_ == "xcomp":
        return "inf"
    return None


# ------------------------------------------------------------------------------ colons


def find_set_off(doc: Doc, paragraphs: Sequence[TokenRange]) -> Iterator[Attribution]:
    """Yield what a line gives to the speaker before or after its colon.

    So do headlines ("Talks have failed: Kremlin") and transcripts.
    """
    for paragraph in paragraphs:
        colons = [i for i in range(*paragraph) if doc[i].text == ":"]
        if not colons:
            continue
        first, last = colons[0], colons[-1]
        if _speaks(doc, (paragraph[0], first)) and (
            _is_transcript(doc[paragraph[0]]) or paragraph[1] - first < _LONGEST_HEADLINE
        ):
            yield from _set_off(doc, (paragraph[0], first), first, (first + 1, paragraph[1]))
        elif _is_headline(doc, paragraph) and _speaks(doc, (last + 1, paragraph[1])):
            yield from _set_off(doc, (last + 1, paragraph[1]), last, (paragraph[0], last))


def _set_off(
    doc: Doc, speaker: TokenRange, colon: int, content: TokenRange
) -> Iterator[Attribution]:
    words = doc[slice(*content)]
    # A quotation after a colon is found as one.
    if any(t.pos_ in ("VERB", "AUX") for t in words) and not any(t.is_quote for t in words[:2]):
        yield from reported(doc, "colon", speaker, (colon, colon + 1), (content,))


def _is_headline(doc: Doc, paragraph: TokenRange) -> bool:
    return doc[paragraph[1] - 1].text not in (".", "!", "?", "”", '"', "…")


def _speaks(doc: Doc, tokens: TokenRange) -> bool:
    """A short run of nouns and names that names a person or a body."""
    words = doc[slice(*tokens)]
    if not 0 < len(words) <= _LONGEST_SPEAKER or any(t.pos_ not in _NAME_TAGS for t in words):
        return False
    labelled = any(t.lower_ in word_set("headline_labels") for t in words)
    if labelled or not words[0].text[:1].isupper():
        return False
    return _is_name(words) or actor_of(doc, words) is not None


def _is_transcript(first: Token) -> bool:
    return first.text.isupper() and first.is_alpha


def _is_name(words: Words) -> bool:
    """A person's name, or a name in capitals as transcripts have it ("RUBIO")."""
    if all(t.text.isupper() and t.is_alpha and len(t) > 2 for t in words):
        return len(words) <= 3
    return all(t.ent_type_ == "PERSON" for t in words)
