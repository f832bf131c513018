"""The parser: a spaCy pipeline, pinned, with sentences that end where paragraphs do."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

from tocsin.errors import PipelineMissingError
from tocsin.models.lookups import look_up_quickly
from tocsin.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

#: What the extraction rules read: a pipeline without one of these gives wrong results silently.
NEEDED_ANNOTATIONS = ("parser", "tagger", "lemmatizer")
#: What is found in the encoder's states: see `tocsin.models.reading.set_names`.
_LEFT_OUT = ("ner",)

#: Given names written with a hyphen ("Moon Jae-in", "Kim Jong-un").  spaCy's tokeniser would make
#: three tokens of them and the parser a preposition of the last; "Saudi-led" is no name.
_HYPHENATED_NAME = re.compile(
    r"[A-Z][a-z]{1,6}-(?!(?:led|run|born|based|style|era|made|wide|owned|held|only|like|free)$)"
    r"[a-z]{2,5}$"
)

_UNREADABLE = re.compile(r"\S{501,}")

#: A list without an end, not a sentence: longer ones are cut, for rules go down the parse tree.
_LONGEST_SENTENCE = 250

_ENDS_OF_SENTENCES = (".", "!", "?", "…", ".”", '."', ".’", "?”", '?"', "!”", '!"', ".»", ":")
_LINE_BREAK = re.compile(r"\s*\n\s*")
_SEMICOLON = re.compile(r";\s+(?=\S)")
_LONGEST_HEADLINE = 200


def blank_unreadable(text: str) -> str:
    """Return `text` with every run of over 500 characters without a space as spaces.

    Such a run is an address, encoded data or an attack; a tokeniser takes minutes over it.
    """
    return _UNREADABLE.sub(lambda found: " " * len(found[0]), text)


def load_language(settings: Settings) -> Language:
    """Load the spaCy pipeline that `settings` names.

    Raises:
        PipelineMissingError: it is not installed, not English, or lacks a component.
    """
    language = _load(settings)
    lacking = [name for name in NEEDED_ANNOTATIONS if name not in language.pipe_names]
    if language.lang != "en" or lacking:
        raise _missing(
            settings, f"the language pipeline cannot be used ({language.lang}, lacks {lacking})"
        )
    keep_hyphenated_names(language)
    look_up_quickly(language)
    _add_paragraph_ends(language)
    return language


def paragraph_starts(text: str) -> frozenset[int]:
    """Return the offsets at which a new paragraph begins, the text's own start left out.

    Every line is one: those that were broken for their length run on in the text that is read.
    """
    return frozenset(found.end() for found in _LINE_BREAK.finditer(text))


def headline_breaks(text: str) -> frozenset[int]:
    """Return the offsets at which the second clause of a headline begins: after a semicolon.

    A headline is a short paragraph without a closing mark.  The parser would hang the first clause
    on the second ("Drone hits post; Moscow denies launching it").
    """
    edges = [0, *sorted(paragraph_starts(text)), len(text)]
    return frozenset(
        start + found.end()
        for start, end in pairwise(edges)
        if end - start <= _LONGEST_HEADLINE and _is_headline(text[start:end])
        for found in _SEMICOLON.finditer(text[start:end])
    )


def _is_headline(paragraph: str) -> bool:
    words = paragraph.rstrip()
    return "\n" not in words and not words.endswith((*_ENDS_OF_SENTENCES, ";"))


def _add_paragraph_ends(language: Language) -> None:
    """Add a step that lets no sentence run into the next paragraph, or on without end."""
    from spacy.language import Language as Pipelines

    def end_sentences_at_paragraphs(doc: Doc) -> Doc:
        starts = paragraph_starts(text := doc.text) | headline_breaks(text)
        begins, begun = doc.to_array("SENT_START"), 0
        for token in doc[1:]:
            begins[token.i] = token.idx in starts or token.i - begun >= _LONGEST_SENTENCE
            if begins[token.i] or token.text in _ENDS_OF_SENTENCES:
                begun = token.i
        # All at once: to set a single one, spaCy looks through the whole text.
        return doc.from_array(["SENT_START"], begins)  # type: ignore[arg-type]  # the stub's

    name = "end_sentences_at_paragraphs"
    Pipelines.component(name, func=end_sentences_at_paragraphs)
    language.add_pipe(name, before="parser")


def _load(settings: Settings) -> Language:
    import spacy
    from thinc.api import use_ops

    try:
        with use_ops("numpy", use_blis=settings.matrix_library == "blis"):
            return spacy.load(settings.pipeline, exclude=_LEFT_OUT)
    except (OSError, ImportError, ValueError):
        raise _missing(settings, "the language pipeline is not installed") from None


def keep_hyphenated_names(language: Language) -> None:
    """Let the tokeniser of `language` keep "Jae-in" in one."""
    from spacy.tokenizer import Tokenizer  # type: ignore[import-not-found]  # compiled

    tokenizer = language.tokenizer
    if isinstance(tokenizer, Tokenizer):
        tokenizer.token_match = _HYPHENATED_NAME.match


def _missing(settings: Settings, what: str) -> PipelineMissingError:
    return PipelineMissingError(
        what,
        value=settings.pipeline,
        expected=f"an installed spaCy English pipeline with {', '.join(NEEDED_ANNOTATIONS)}",
        advice="Install it, or unset TOCSIN_PIPELINE to use the one Tocsin was tested with.",
    )
