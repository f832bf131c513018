"""Bearers of titles: the names before and after one, and titles that stand for their one holder."""

from __future__ import annotations

from collections.abc import Sequence

from tocsin.extract.grammar.phrases import is_number
from tocsin.extract.grammar.words import is_name, is_participle, part_of_speech
from tocsin.extract.mentions.person_names import name_after, name_before
from tocsin.extract.offices.headlines import find_predicate
from tocsin.extract.offices.title_spans import (
    HYPHENS,
    POSSESSIVES,
    Title,
    TitledText,
    country_at,
    start_of_owner,
)
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token
from tocsin.records import Modifier
from tocsin.reference.titles import TitleReading

BECOMING = word_set("becoming")
DASHES = frozenset({"–", "—", "--"})
_ENDS = frozenset(",.;:)?!”\"'’") | DASHES | {"who", "since", "until"}
_CLOSING = _ENDS | POSSESSIVES | {""}  #: after the name in "the minister, X,"
_QUOTES = frozenset("\"“”‘’'")
_GLOSS = 7  #: tokens, the brackets with them
#: Verbs between a name and a title, and what each says of the time.
_COPULAS = {"is": None, "was": Modifier.FORMER, "became": Modifier.THEN}
_TIME = (Modifier.FORMER, Modifier.THEN, Modifier.LATE, Modifier.ELECT, Modifier.INCOMING)

#: The tokens of a name, and what the verb between it and a title says of the time.
Bearer = tuple[int, int, Modifier | None]


def bearers_of(titled: TitledText, title: Title, readings: Sequence[TitleReading]) -> list[Bearer]:
    """Return the names to which the title is given, with what a verb says of the time."""
    doc = titled.doc
    blocked = titled.blocked.union(find_predicate(titled, title, readings))
    start = _past_gloss(doc, title)
    first = name_after(doc, start, blocked)
    if first is None or any(t.is_space or t.text == "," for t in doc[start : first[0]]):
        listed = title.plural and title.end < len(doc) and doc[title.end].text == ","
        first = name_after(doc, title.end + 1, blocked) if listed else None
    if first is not None:
        more = _conjoined(titled, first) if title.plural else []
        return [(*name, None) for name in [first, *more]]
    if title.plural:
        return []
    before, after = _appositions(titled, title)
    if before and after:
        persons = [n for n in (before, after) if doc[n[1] - 1].ent_type_ == "PERSON"]
        before, after = (persons[0] if len(persons) == 1 else None), None
    found = before or after
    return [(*found, None)] if found else _copula(titled, title)


def _past_gloss(doc: Doc, title: Title) -> int:
    """Return where the words go on after "his “border tsar”", "the Taoiseach (Irish PM)"."""
    start = title.end
    if doc[max(0, title.start - 1)].text in _QUOTES and doc[start : start + 1].text in _QUOTES:
        return start + 1
    if start >= len(doc) or doc[start].text != "(":
        return start
    closed = (i + 1 for i in range(start, min(start + _GLOSS, len(doc))) if doc[i].text == ")")
    return next(closed, start)


def _conjoined(titled: TitledText, first: tuple[int, int]) -> list[tuple[int, int]]:
    """Return the names that follow `first` in a list: "A, B and C"."""
    doc, found, i = titled.doc, [], first[1]
    while i + 1 < len(doc) and doc[i].lower_ in {",", "and", "&"}:
        i += 2 if doc[i].text == "," and doc[i + 1].lower_ == "and" else 1
        name = name_after(doc, i, titled.blocked)
        if name is None:
            break
        found.append(name)
        i = name[1]
    return found


def _appositions(
    titled: TitledText, title: Title
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """Return the names set off by commas, dashes or brackets before and after the title."""
    doc = titled.doc
    first = title.start - 1 if title.determiner else start_of_owner(doc, title.start)
    end = _past_gloss(doc, title)
    before = after = None
    if _ends_apposition(doc, title, end):
        mark = _past_adverb(doc, first - 1)
        if mark > 0 and (doc[mark].text in {",", "("} or _is_dash(doc[mark])):
            before = name_before(doc, _without_letters(doc, mark), titled.blocked)
            if before is not None and not _is_set_off(doc, before):
                before = None
    if end < len(doc) and doc[end].text in {","} | DASHES:
        after = name_after(doc, end + 1, titled.blocked)
        if after is not None and doc[after[1] : after[1] + 1].text not in _CLOSING:
            after = None
        listed = any(other.end == first - 1 for other in titled.titles)
        becoming = first > 0 and doc[first - 1].lemma_ in {"as", "become", "remain"}
        if listed or becoming:
            after = None  # "the president, the vice president, X,"; "as secretary of state, X"
    return before, after


def _past_adverb(doc: Doc, i: int) -> int:
    """Return the index before `i` where "now" or the like stands at `i`, else `i`."""
    return i - (i > 0 and doc[i].lower_ in word_set("neutral_adverbs"))


def _ends_apposition(doc: Doc, title: Title, end: int) -> bool:
    """Return whether a title ends an apposition, or goes on: "X, an aide working on it"."""
    closing = doc[end] if end < len(doc) else None
    if closing is None or closing.lower_ in _ENDS or _is_dash(closing):
        return True
    return closing.lower_ == "to" or (title.determiner in {"a", "an"} and is_participle(closing))


def _is_dash(token: Token) -> bool:
    """Return whether a sign sets off what follows: a dash, or a hyphen between spaces."""
    apart = token.i > 0 and bool(token.whitespace_ and token.nbor(-1).whitespace_)
    return token.text in DASHES or (token.text in HYPHENS and apart)


def _without_letters(doc: Doc, end: int) -> int:
    """Return where a name that `end` sets off ends, age and letters after it left out.

    "John Smith, 54, the prime minister,", "Ann Roe KC, the attorney general,".
    """
    letters = word_set("post_nominals")
    while end > 1 and (doc[end - 1].like_num or doc[end - 1].lower_ in letters):
        end -= 1 + (doc[end - 2].text == ",")
    return end


def _is_set_off(doc: Doc, name: tuple[int, int]) -> bool:
    """Return whether `name` is one person before an apposition, not a place or part of a list."""
    start, end = name
    words = doc[start:end]
    if end - start == 1 and words[0].ent_type_ not in {"PERSON", "ORG", ""}:
        return False
    if words.root.ent_type_ in {"LOC", "FAC", "DATE", "EVENT"}:
        return False
    earlier = doc[start - 1] if start else None
    if earlier is not None and earlier.text == "," and start > 1:
        return not (doc[start - 2].text[0].isupper() and is_name(doc[start - 2]))
    return True


def _copula(titled: TitledText, title: Title) -> list[Bearer]:
    """Read "X is the president", "X, who was Russia's foreign minister,", "X, who became mayor"."""
    doc = titled.doc
    verb = _past_adverb(doc, title.start - 1 - bool(title.determiner))
    if verb < 1 or doc[verb].lower_ not in _COPULAS:
        return []
    told = _COPULAS[doc[verb].lower_]
    end = verb - (doc[verb - 1].lower_ == "who")
    if told is Modifier.THEN and end == verb:
        return []  # "X became president" is what happened
    if 0 < end < verb and doc[end - 1].text == ",":
        end -= 1
    name = name_before(doc, end, titled.blocked)
    if name is not None and any(t.lower_ == "if" for t in doc[max(0, name[0] - 3) : name[0]]):
        return []
    if name is None or country_at(doc, name[0]) is not None:
        return []
    return [(*name, told)]


def stands_alone(titled: TitledText, title: Title, reading: TitleReading) -> bool:
    """Return whether the words mean one present office holder without naming them."""
    if not reading.kinds or reading.country is None or title.owner:
        return False
    if any(m in _TIME for m in reading.modifiers) or not reading.specific:
        return False
    doc = titled.doc
    before = title.start - 1 - bool(title.determiner)
    if before >= 0 and (doc[before].lemma_ in BECOMING or doc[before].lower_ in {"as", "no"}):
        return False
    following = doc[title.end] if title.end < len(doc) else None
    return following is None or not (
        following.text in HYPHENS or part_of_speech(following) == "noun" or is_number(following)
    )
