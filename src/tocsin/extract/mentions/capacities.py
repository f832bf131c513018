"""Capacities: what the text calls a person before the name, beside it, or in a clause about them.

"Gov. Ann Roe", "Ann Roe, a professor at Tartu", "the director, Ann Roe", "Ann Roe, who is the mayor
of Lyon": the words as they stand, without an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from tocsin.extract.grammar.phrases import is_nominal, without_clause
from tocsin.extract.grammar.words import (
    char_span,
    children,
    is_modifier,
    is_name,
    is_noun,
    is_plural,
    is_possessive,
    tokens_at,
)
from tocsin.extract.mentions.actor_lexicon import load_roles
from tocsin.extract.mentions.naming import noun_naming
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Doc, Token, Words
from tocsin.records import Naming, Span
from tocsin.reference.title_lexicon import normal

#: A party and state after the name of a lawmaker: "R-Ky."
_PARTY = re.compile(r"[A-Z]{1,4}[-–]")
#: After the name of a lawmaker of the United States: "(R-Ky.)".
US_PARTY = re.compile(r"(?:, | ?\()\s?[RDI]\.?\s?[-‑–]\s?[A-Z]")
_NO_TITLE = frozenset(("GPE", "LOC", "NORP", "DATE", "CARDINAL", "PERSON"))


def capacity_of(doc: Doc, words: Span) -> Span | None:
    """Return the words that say what the person is whose name stands at `words`."""
    name = tokens_at(doc, words)
    return next(filter(None, _capacities(doc, name)), None)


def whole_title(doc: Doc, title: Span) -> Span:
    """Return a title with whose it is before it: "*Roe's campaign* manager"."""
    span = tokens_at(doc, title)
    head = span.root
    while is_modifier(head):
        head = head.head
    return trimmed(doc, _start_before(span, head), span.end) or title


def is_honorific(title: str) -> bool:
    """Tell a rank or form of address, which says less than what stands after the name."""
    return title.lower().strip(".") in word_set("honorifics_in_text")


def roles_of(office: str) -> set[str]:
    """Return the nouns that an office makes of someone: no report of "co-author of the report"."""
    parts = re.split(r"\band\b|,", re.split(r"\b(?:of|for|at|in|on|to|with)\b", office.lower())[0])
    return {normal(words[-1]) for part in parts if (words := part.replace("-", " ").split())}


def _capacities(doc: Doc, name: Words) -> Iterator[Span | None]:
    root = name.root
    start = _start_before(name, root)
    before = doc[start : name.start]
    title = trimmed(doc, start, name.start) if _is_title(before) or _opens(before, name) else None
    yield title if not is_honorific(before.text) else None
    for noun in (root, *root.children):
        for beside in children(noun, "appos"):
            if beside.i >= name.end and _is_what_someone_is(beside):
                yield _phrase(doc, beside, beside.left_edge.i)
    described = doc[root.head.i : name.start]
    if root.dep_ == "appos" and is_noun(root.head) and all(t.lower_ != "by" for t in described):
        yield trimmed(doc, root.head.left_edge.i, name.start)
    for noun in _predicates(root):
        yield _phrase(doc, noun, noun.left_edge.i) if is_role(noun) else None
    yield title


def _start_before(span: Words, root: Token) -> int:
    """Return where the run of nouns and adjectives begins that ends before `span`."""
    doc, start = span.doc, span.start
    while start > max(root.left_edge.i, 0):
        before = doc[start - 1]
        of_name = before.lower_ == "of" and start > 1 and is_name(doc[start - 2])
        signs = is_possessive(before) or before.text in (".", "-", "&", "(", ")")
        if not (is_nominal(before) or is_modifier(before) or signs or of_name):
            break
        start -= 1
    return start


def _is_title(words: Words) -> bool:
    """Tell a title from the rest of a name, a form of address and mere praise before it."""
    said = [t for t in words if t.is_alpha or t.text[-1] == "."]
    last = said[-1] if said else None
    if last is None or last.ent_type_ in _NO_TITLE or is_plural(last):
        return False
    return _is_no_address(last) and (is_role(last) or is_noun(last))


def _opens(before: Words, name: Words) -> bool:
    """Tell an occupation that opens a sentence, taken for a name by a parser: "Baker Ann Roe"."""
    alone = len(before) == 1 and len(name) > 1 and before[0].i == before[0].sent.start
    return alone and before.text.istitle() and not before[0].ent_type_ and _is_no_address(before[0])


def _is_no_address(word: Token) -> bool:
    return word.lower_.strip(".") not in word_set("forms_of_address")


def is_role(noun: Token) -> bool:
    """Tell a word for what someone is: a title, an office, an occupation."""
    forms = {noun.lower_.strip("."), noun.lemma_.lower()}
    known = any(noun_naming(form, plural=False) not in (None, Naming.INSTITUTION) for form in forms)
    return (
        known or bool(forms & word_set("titles_before_names")) or bool(forms & load_roles().keys())
    )


def _is_what_someone_is(beside: Token) -> bool:
    """Tell "a professor" in apposition from an age, a party, a town or another person."""
    named = beside.ent_type_ in _NO_TITLE or _PARTY.match(beside.text) is not None
    fits = is_nominal(beside) and not is_plural(beside)
    return fits and (is_role(beside) or not named)


def _predicates(root: Token) -> Iterator[Token]:
    """Yield what the person is said to be: "Roe *is the director*", "who *serves as mayor*"."""
    verbs = [root.head] if root.dep_ == "nsubj" else []
    for verb in (*verbs, *children(root, "relcl")):
        if verb.lemma_ == "be":
            yield from children(verb, "attr")
        elif verb.lemma_ in ("serve", "work"):
            preps = (prep for prep in children(verb, "prep") if prep.lower_ == "as")
            yield from (noun for prep in preps for noun in children(prep, "pobj"))


def _phrase(doc: Doc, noun: Token, start: int) -> Span | None:
    end = without_clause(noun, min(noun.right_edge.i + 1, noun.sent.end))
    remark = (
        i for i in range(start, end - 1) if doc[i].text == "," and doc[i + 1].lower_[:2] == "wh"
    )
    return trimmed(doc, start, next(remark, end))


def trimmed(doc: Doc, start: int, end: int) -> Span | None:
    """Return the words without the article before and the signs around them."""
    while start < end and (
        doc[start].is_punct
        or doc[start].pos_ in ("DET", "PRON", "SPACE")
        or doc[start].lower_ == "one"
    ):
        start += 1
    while start < end and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return char_span(doc, (start, end)) if start < end else None


def core_of(doc: Doc, span: Words) -> Span:
    """The phrase without a relative clause and what follows it."""
    core = trimmed(doc, span.start, without_clause(span.root, span.end))
    return core or (span.start_char, span.end_char)


def without_article(phrase: str) -> str:
    """Return a phrase without the article that it begins with."""
    first, _, rest = phrase.partition(" ")
    return rest if first.lower() in ("the", "a", "an") and rest else phrase
