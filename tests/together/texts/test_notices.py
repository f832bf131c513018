import numpy as np
import pytest

from benchmarks.copy_families import read_articles
from tocsin.together.texts.notices import find_notices
from tocsin.together.texts.shingles import find_words

ARTICLE = read_articles()["coup-2"]


def noticed(text, *, quoted=()):
    """Return the words of `text` that belong to notices."""
    words, spans = find_words(text)
    flags = np.zeros(len(words), dtype=np.bool_)
    flags[list(quoted)] = True
    found = find_notices(text, words, spans[:, 0], flags)
    return [
        text[start:end] for (start, end), flag in zip(spans.tolist(), found, strict=True) if flag
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Follow us on Facebook",
        "SIGN UP FOR our newsletter",
        "This is a breaking news story, more soon.",
        "File photo: a tank near the river",
        "All rights reserved.",
        "You can unsubscribe whenever you like.",
    ],
)
def test_find_notices_takes_the_whole_line(line):
    text = f"{ARTICLE}\n\n{line}"
    assert " ".join(noticed(text)) == line.replace(",", "").replace(":", "").rstrip(".")


def test_find_notices_takes_the_sentence_only_in_a_long_paragraph():
    paragraph = "The army moved two battalions to the river on Monday. " * 8
    text = f"{ARTICLE}\n\n{paragraph}Sign up for our letter. {paragraph}"
    assert noticed(text) == ["Sign", "up", "for", "our", "letter"]


def test_find_notices_leaves_a_report_alone():
    assert noticed(ARTICLE) == []


def test_find_notices_leaves_the_united_states_alone():
    line = "The US said the US fleet would stay and that US aircraft would fly."
    assert noticed(f"{ARTICLE}\n\n{line}") == []


def test_find_notices_leaves_quoted_speech_alone():
    words = len(find_words(ARTICLE)[0])
    line = "we will not let you down and you know it"
    text = f"{ARTICLE}\n\n{line}"
    assert noticed(text, quoted=range(words, words + len(line.split()))) == []


def test_find_notices_leaves_a_text_alone_that_speaks_so_throughout():
    assert noticed("We asked you to come.\n\nYou came, and we were glad of it, you and we.") == []


def test_find_notices_joins_lines_broken_to_fit():
    text = f"{ARTICLE}\n\nEditor’s note: the speaker\nhas been wrong before\nand may be again."
    assert "again" in noticed(text)


def test_find_notices_in_no_words_finds_none():
    assert noticed("") == []
