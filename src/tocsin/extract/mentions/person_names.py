"""Names of people in text: where they begin and end, by capitals and particles, not by a model.

Named-entity recognition misses or mislabels a good part of the non-Western names in crisis news,
so a name next to a title is read from its letters: capitalised words, initials, particles ("al",
"bin", "von der"), and words joined by hyphens.  Ranks and forms of address are no part of it.
"""

from __future__ import annotations

from functools import cache

from tocsin.extract.grammar.words import char_span, is_possessive, part_of_speech, tokens_at
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words
from tocsin.records import Span
from tocsin.reference.countries import load_countries

_PARTICLES = word_set("particles_in_text")
_NO_PERSON = word_set("no_person")
_NUMERALS = word_set("name_numerals")
_FUNCTION_WORDS = frozenset(
    {"ADP", "DET", "PRON", "CCONJ", "SCONJ", "AUX", "VERB", "PART", "INTJ", "ADV", "NUM"}
)
_AFTER_RANK = frozenset({".", "-", "‑"})
_BRACKETS = {")": "(", "]": "["}
_QUOTES = frozenset("“”\"‘’'")
_LONGEST_NICKNAME = 5  #: tokens, the quotation marks with them
#: Path from a name to the head of the phrase that names a person.
_NAME_PATH = frozenset(
    ["compound", "appos", "amod", "nmod", "flat", "npadvmod", "det", "punct", "dep"]
)
_LONGEST = 8  #: words in a name, those that hyphens join counted apart


def name_after(doc: Doc, start: int, blocked: frozenset[int]) -> tuple[int, int] | None:
    """Return the tokens of the person's name that begins at `start`, without rank; None if none.

    Args:
        doc: the analysed text.
        start: index of a token.
        blocked: tokens that belong to a title and therefore to no name.
    """
    while start < len(doc) and _is_honorific(doc[start]) and start not in blocked:
        start += 2 if start + 1 < len(doc) and doc[start + 1].text in _AFTER_RANK else 1
    end = start
    while end < len(doc) and _count_words(doc, start, end) < _LONGEST and end not in blocked:
        if _joins(doc, end, start):
            end += 1
        elif (past := _past_insertion(doc, start, end)) is not None:
            end = past
        else:
            break
    while end > start and not doc[end - 1].text[0].isalnum():
        end -= 1
    return (start, end) if _is_person(doc, start, end) else None


def past_nickname(doc: Doc, start: int, end: int) -> tuple[int, int]:
    """Return the tokens of a name with what follows a nickname: "Darnell / “Doc” Withers"."""
    quoted = end < len(doc) and doc[end].text in _QUOTES
    return (name_after(doc, start, frozenset()) if quoted else None) or (start, end)


def _past_insertion(doc: Doc, start: int, at: int) -> int | None:
    """Return where the name that begins at `start` goes on after what was put in at `at`.

    That is a nickname ("Ferdinand “Bongbong” Marcos") or the end of a bracket that an editor opened
    before a given name: "(Russian President Vladimir) Putin".
    """
    end = None
    if at > start and doc[at].text in _QUOTES:
        inside = range(at + 2, min(at + _LONGEST_NICKNAME, len(doc)))
        end = next((i + 1 for i in inside if doc[i].text in _QUOTES), None)
    elif at == start + 1 and doc[at].text in _BRACKETS and doc[start].lower_ in given_names():
        opened = any(t.text in _BRACKETS.values() for t in doc[max(0, start - _LONGEST) : start])
        end = at + 1 if opened else None
    return end if end and end < len(doc) and _joins(doc, end, start) else None


def name_before(doc: Doc, end: int, blocked: frozenset[int]) -> tuple[int, int] | None:
    """Return the tokens of the person's name that ends just before the token `end`."""
    start = end
    while start > 0 and _count_words(doc, start, end) < _LONGEST and start - 1 not in blocked:
        if not _joins(doc, start - 1, -1):
            break
        start -= 1
    # What stands before a body's name is not the person's: "Getty Images Kaja Kallas".
    bodies = [i for i in range(start, end) if doc[i].lower_ in _NO_PERSON | {"images", "getty"}]
    start = max([start, *(i + 1 for i in bodies)])
    while start < end and (_is_honorific(doc[start]) or not doc[start].text[0].isalnum()):
        start += 1
    return (start, end) if _is_person(doc, start, end) else None


def with_whole_names(doc: Doc, words: Span | None) -> Span | None:
    """Return the words of a speaker with the names at their edges whole.

    The tagger decides for each piece of a word and may cut "Prime Minister Dorin" off "Recean".
    """
    if words is None:
        return None
    span = tokens_at(doc, words)
    start, end = span.start, span.end
    while end - start > 1 and (part_of_speech(doc[start]) == "prep" or doc[start].text == ","):
        start += 1
    if start > 0 and is_possessive(doc[start]):
        start = doc[start - 1].left_edge.i
    while start > 0 and _goes_back(doc[start - 1], doc[start]):
        start -= 1
    while doc[end : end + 1].text == "-" and not doc[end - 1].whitespace_:
        if not doc[end : end + 2].text[1:2].isupper():
            break  # Togo / "-backed rebels"
        end += 2  # Itamar Ben / "-Gvir"
    while end < len(doc) and _goes_into(doc[end - 1], doc[end]):
        end += 1
    return char_span(doc, (start, end))


def _goes_back(before: Token, word: Token) -> bool:
    """Tell whether a phrase cannot begin at `word`: Dorin "*Recean*", Prime "*Minister* Roe"."""
    inside = word.ent_iob_ == "I" and word.ent_type_ == "PERSON"
    beside = before.head.i in (word.i, word.head.i) and before.is_alpha
    return inside or (before.dep_ == word.dep_ == "compound" and beside)


def _goes_into(word: Token, following: Token) -> bool:
    """Tell whether a phrase cannot end before the next word: "the" minister, "Dorin" Recean."""
    if following.tag_ == "POS" or following.is_punct or following.is_space:
        return False
    if following.ent_iob_ == "I" and following.ent_type_ == "PERSON":
        return True
    opens = word.dep_ == "det" or (word.dep_ == "compound" and word.pos_ == "PROPN")
    return opens and word.head.i >= following.i and following.pos_ in ("PROPN", "NOUN", "ADJ")


def _joins(doc: Doc, i: int, start: int) -> bool:
    """Return whether token `i` can be part of a name (whose first token is `start`)."""
    token = doc[i]
    if token.is_space:
        return i != start and "\n" not in token.text
    if token.text in {"-", "‑"}:
        return i != start and not doc[i - 1].whitespace_ and not token.whitespace_
    if i > 0 and doc[i - 1].text in {"-", "‑"} and not doc[i - 1].whitespace_ and i != start:
        return token.text[0].isalpha()
    if token.lower_ in _PARTICLES and token.text[0].islower():
        return _leads_to_capital(doc, i)
    if i > start >= 0 and token.is_upper and token.lower_ in _NUMERALS:
        return token.pos_ != "PRON"
    return _is_capitalised(token) and (
        token.pos_ not in _FUNCTION_WORDS
        or token.ent_type_ == "PERSON"
        or (i == start and _may_be_short_name(token))
    )


def _is_capitalised(token: Token) -> bool:
    """Tell a word written as names are; a short one all in capitals is one only of a person.

    Or in a line of nothing else: "VLADIMIR PUTIN".
    """
    if not token.text[0].isupper() or token.lower_ in word_set("calendar"):
        return False
    if token.text.isupper() and 1 < len(token.text) <= 5 and "." not in token.text:
        shouted = token.i > 0 and token.nbor(-1).is_upper and len(token.nbor(-1)) > 5
        return token.ent_type_ == "PERSON" or shouted
    return True


def _may_be_short_name(token: Token) -> bool:
    """Tell "President *To* Lam" from small words: a tagger takes short names for such."""
    following = token.nbor() if token.i + 1 < len(token.doc) else token
    return following.pos_ == "PROPN" and token.pos_ not in {"DET", "PRON"}


def _count_words(doc: Doc, start: int, end: int) -> int:
    return sum(token.text not in {"-", "‑"} for token in doc[start:end])


def _leads_to_capital(doc: Doc, i: int) -> bool:
    """Return whether a capital or hyphen follows the particle `i` and those after it ("de la")."""
    while i < len(doc) and doc[i].lower_ in _PARTICLES and doc[i].text[0].islower():
        i += 1
    return i < len(doc) and (doc[i].text[0].isupper() or doc[i].text in {"-", "‑"})


def _is_honorific(token: Token) -> bool:
    return token.text[0].isupper() and token.lower_.rstrip(".") in word_set("honorifics_in_text")


def _is_person(doc: Doc, start: int, end: int) -> bool:
    if start >= end:
        return False
    words = [t.lower_ for t in doc[start:end]]
    if any(word in _NO_PERSON for word in words) or load_countries().is_listed(doc[start:end].text):
        return False
    return any(len(w) > 1 and w.replace(".", "").isalpha() for w in words)


def names_head(name: Words, span: Words) -> bool:
    """Tell whether a name heads a phrase, or stands beside its head: no "*Roe* campaign"."""
    token = name.root
    while token.i != span.root.i:
        if token.dep_ not in _NAME_PATH or not span.start <= token.head.i < span.end:
            return False
        head = token.head
        named = head.i <= name.end and head.pos_ == "PROPN" and head.ent_type_ in ("PERSON", "")
        if token.dep_ == "compound" and not named:  # `Trump campaign`, but `Moon Jae-in` cut in two
            return False
        token = head
    return True


@cache
def given_names() -> dict[str, bool]:
    """Return common given names, lower case: True for women's, False for men's."""
    rows = read_rows("lexicons/given_names.tsv", "name sex")
    return {name: sex == "f" for name, sex in rows}
