"""Is this English?  Tocsin's rules are for English; on another language they would invent."""

from __future__ import annotations

import re

from tocsin.errors import LanguageError, NoArticleError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.words import word_set

_WORD = re.compile(r"[^\W\d_]+")

_SAMPLE = 20_000
_FEWEST_WORDS = 3
_SHARE = 0.08
#: How much likelier (natural logarithm) than English another language must be.  Of 30 English
#: headlines and sentences full of names none reached 34, of 14 foreign sentences one did not.
_CLEAR = 40


def require_english(text: str, origin: str) -> None:
    """Return quietly if `text` is English, or too short or too full of names to be clearly another.

    Raises:
        NoArticleError: there are no words to judge by.
        LanguageError: it is in another language, which the message names by its ISO 639-1 code.
    """
    words = _WORD.findall(text[:_SAMPLE].lower())
    if len(words) < _FEWEST_WORDS:
        raise refusal(NoArticleError, "hardly_a_word", origin)
    # Words that are frequent in English and in no other language that shares the alphabet.
    if sum(word in word_set("english") for word in words) / len(words) >= _SHARE:
        return
    # Loading the classifier takes longer than everything else here; most articles are English.
    import py3langid

    scores = {str(language): float(score) for language, score in py3langid.rank(text[:_SAMPLE])}
    language = max(scores, key=scores.__getitem__)
    if scores[language] - scores["en"] >= _CLEAR:
        raise LanguageError(
            f"the text seems to be in another language ({language})",
            value=origin,
            expected="English",
            advice="Tocsin reads English only; translate the text first.",
            language=language,
        )
