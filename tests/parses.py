"""Parses written by hand, so that tests of rules of grammar load no model and follow none.

Each line of a parse is a sentence, an empty line ends a paragraph.  Brackets hold what hangs on a
word, after its label (ClearNLP style, as spaCy's English parsers have it); the head of a bracket is
its one word without a label of its own, and so is the root of a line:

    [nsubj The minister] denied=deny [ccomp mark:that [nsubj poss:its troops] aux:had left=leave] .

A word may have its lemma after "=" and its tag after "/"; where they are left out, they are read
from the label, the auxiliaries before it and how it is written.  Articles (det), "and", "or" and
"but" (cc), "not" (neg), "'s" (case) and signs (punct) need no label.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from spacy.lang.en import English
from spacy.tokens import Doc, Token
from spacy.util import filter_spans

VOCAB = English().vocab

#: A word with its label, lemma and tag.
_CELL = re.compile(r"(?:([a-z]+):)?([^=/]+)(?:=([^/]+))?(?:/(.+))?")
_PIECE = re.compile(r"\[[A-Za-z]+|\]|[^\s\[\]]+")
#: The labels of words that need none.
_BARE = {
    **dict.fromkeys(("the", "a", "an"), "det"),
    **dict.fromkeys(("and", "or", "but"), "cc"),
    **dict.fromkeys(("not", "n't", "n’t"), "neg"),
    **dict.fromkeys(("'s", "’s"), "case"),
}
_TAG_OF_LABEL = {
    "det": "DT", "prep": "IN", "agent": "IN", "mark": "IN", "amod": "JJ", "acomp": "JJ",
    "advmod": "RB", "neg": "RB", "cc": "CC", "preconj": "CC", "case": "POS", "nummod": "CD",
    "prt": "RP",
}  # fmt: skip
#: Lemma and tag of forms that do not show them.
_FORMS = {
    "was": ("be", "VBD"), "were": ("be", "VBD"), "is": ("be", "VBZ"), "are": ("be", "VBP"),
    "be": ("be", "VB"), "been": ("be", "VBN"), "being": ("be", "VBG"),
    "has": ("have", "VBZ"), "have": ("have", "VBP"), "had": ("have", "VBD"),
    "does": ("do", "VBZ"), "do": ("do", "VBP"), "did": ("do", "VBD"),
    "said": ("say", "VBD"), "says": ("say", "VBZ"), "told": ("tell", "VBD"),
    "according": ("accord", "VBG"), "people": ("people", "NNS"),
}  # fmt: skip
_TAG_OF_WORD = {
    **dict.fromkeys(("i", "he", "she", "it", "we", "they", "you", "him", "them", "us"), "PRP"),
    **dict.fromkeys(("his", "its", "their", "our", "my"), "PRP$"),
    **dict.fromkeys(("who", "whom", "what"), "WP"), "which": "WDT",
    **dict.fromkeys(("when", "where", "why", "how"), "WRB"),
}  # fmt: skip
_MODALS = frozenset(("will", "would", "can", "could", "may", "might", "must", "should"))
_TAG_OF_ENDING = {"ed": "VBD", "ing": "VBG", "s": "VBZ"}
_POS_OF_TAG = {
    "IN": "ADP", "RP": "ADP", "DT": "DET", "PDT": "DET", "CC": "CCONJ", "CD": "NUM", "MD": "AUX",
    "TO": "PART", "POS": "PART", "EX": "PRON", "PRP": "PRON", "PRP$": "PRON", "WP": "PRON",
    "WP$": "DET", "WDT": "PRON", "WRB": "SCONJ", "UH": "INTJ", "NNP": "PROPN", "NNPS": "PROPN",
}  # fmt: skip
_TAG_OF_SIGN = {"“": "``", "”": "''", "«": "``", "»": "''", "-": "HYPH"}
_OPENING, _CLOSING = frozenset("“‘«(-"), frozenset(".,;:?!”’»)-…") | {"'s", "’s", "n't", "n’t"}


@dataclass(slots=True)
class _Group:
    """One bracket, or one line, while it is read."""

    label: str
    head: int | None = None
    parts: list[int] = field(default_factory=list)  #: heads of what hangs on its head


@dataclass(slots=True)
class _Words:
    """The words of a parse so far, each with its labels."""

    words: list[str] = field(default_factory=list)
    lemmas: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    deps: list[str] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    spaces: list[bool] = field(default_factory=list)

    def add(self, word: str, lemma: str, tag: str, dep: str) -> int:
        last = self.words[-1] if self.words else "\n"
        if self.words and not (word in _CLOSING or last in _OPENING or word[0] == "\n"):
            self.spaces[-1] = last[0] != "\n"
        self.words.append(word)
        self.lemmas.append(lemma)
        self.tags.append(tag)
        self.deps.append(dep)
        self.heads.append(len(self.words) - 1)
        self.spaces.append(False)
        return len(self.words) - 1


def parsed(tree: str, **entities: str) -> Doc:
    """Return the document that `tree` writes down (see the head of this module).

    `entities` are names by their labels, several set off by "|": `PERSON="Ana Roe | Roe"`; each is
    one wherever it stands.
    """
    found = _Words()
    for line in tree.strip().splitlines():
        if line.strip():
            _read_line(line, found)
        else:  # as the parsers have it, a line break belongs to the word before
            found.heads[found.add("\n\n", "\n\n", "_SP", "dep")] -= 1
    pos = [_pos(*each) for each in zip(found.tags, found.deps, found.lemmas, strict=True)]
    doc = Doc(
        VOCAB, words=found.words, spaces=found.spaces, tags=found.tags, pos=pos, deps=found.deps,
        heads=found.heads, lemmas=found.lemmas,
    )  # fmt: skip
    doc.ents = filter_spans(
        [
            doc.char_span(match.start(), match.end(), label=label, alignment_mode="expand")
            for label, names in entities.items()
            for name in filter(None, map(str.strip, names.split("|")))
            for match in re.finditer(rf"\b{re.escape(name)}\b", doc.text)
        ]
    )
    return doc


def word_of(tree: str, text: str) -> Token:
    """Return the one word of the parse that is written so."""
    [word] = [token for token in parsed(tree) if token.text == text]
    return word


def _read_line(line: str, found: _Words) -> None:
    if line.count("[") != line.count("]"):
        raise ValueError(f"a bracket is not closed, or closed twice: {line.strip()}")
    groups = [_Group("ROOT")]
    for piece in _PIECE.findall(line):
        if piece[0] == "[":
            groups.append(_Group(piece[1:]))
        elif piece == "]":
            head = _close(groups.pop(), found, line)
            groups[-1].parts.append(head)
        else:
            _read_word(piece, groups[-1], found, line)
    _close(groups[0], found, line)


def _read_word(piece: str, group: _Group, found: _Words, line: str) -> None:
    cell = _CELL.fullmatch(piece)
    label, word, lemma, tag = cell.groups() if cell else (None, piece, None, None)
    if not any(map(str.isalnum, piece)):
        label, word, lemma, tag = "punct", piece, None, None
    label = label or _BARE.get(word.lower())
    if label is None and group.head is not None:
        raise ValueError(f"“{found.words[group.head]}” and “{word}” both head {line.strip()}")
    expected = _expected(group, found) if label in (None, "aux", "auxpass") else None
    tag = tag or _tag(word, label or group.label, lemma, expected)
    at = found.add(word, lemma or _lemma(word, tag), tag, label or group.label)
    if label is None:
        group.head = at
    else:
        group.parts.append(at)


def _close(group: _Group, found: _Words, line: str) -> int:
    if group.head is None:
        raise ValueError(f"“{group.label}” has no head in {line.strip()}")
    for part in group.parts:
        found.heads[part] = group.head
    return group.head


def _expected(group: _Group, found: _Words) -> str | None:
    """Return the form that the auxiliaries read last in a group ask of its verb."""
    auxiliaries = [part for part in group.parts if found.deps[part] in ("aux", "auxpass")]
    if not auxiliaries:
        return None
    last = auxiliaries[-1]
    if found.tags[last] in ("MD", "TO") or found.lemmas[last] == "do":
        return "VB"
    return "VBG" if found.deps[last] == "aux" and found.lemmas[last] == "be" else "VBN"


def _tag(word: str, label: str, lemma: str | None, expected: str | None) -> str:
    small = word.lower()
    if label == "punct" or expected is not None:
        return expected or _TAG_OF_SIGN.get(word, word)
    if label == "aux" and (small == "to" or small in _MODALS):
        return "TO" if small == "to" else "MD"
    if small in _TAG_OF_WORD or small in _FORMS:
        return _TAG_OF_WORD.get(small) or _FORMS[small][1]
    if label in _TAG_OF_LABEL:
        return _TAG_OF_LABEL[label]
    return _tag_of_verb(small, lemma) if lemma is not None else _tag_of_noun(word)


def _tag_of_verb(word: str, lemma: str) -> str:
    if word == lemma:
        return "VBP"
    return next((tag for ending, tag in _TAG_OF_ENDING.items() if word.endswith(ending)), "VBD")


def _tag_of_noun(word: str) -> str:
    if word[0].isupper():
        return "NNP"
    if word[0].isdigit():
        return "CD"
    return "NNS" if word.endswith("s") and not word.endswith("ss") else "NN"


def _lemma(word: str, tag: str) -> str:
    if word.lower() in _FORMS:
        return _FORMS[word.lower()][0]
    if tag == "NNS":
        return re.sub("ie$", "y", word.lower().removesuffix("s"))
    return word if tag in ("NNP", "NNPS") else word.lower()


def _pos(tag: str, dep: str, lemma: str) -> str:
    if tag[:2] == "VB":
        return "AUX" if lemma == "be" or dep in ("aux", "auxpass") else "VERB"
    if tag == "IN" and dep == "mark":
        return "SCONJ"
    if tag == "DT" and dep not in ("det", "preconj"):
        return "PRON"
    if tag == "RB":
        return "PART" if dep == "neg" else "ADV"
    if tag[:2] == "JJ":
        return "ADJ"
    if tag == "_SP":
        return "SPACE"
    return _POS_OF_TAG.get(tag, "NOUN" if tag[:2] == "NN" else "PUNCT")
