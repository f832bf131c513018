import time
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.publish import exported
from tocsin.publish.exports import export
from tocsin.publish.exports.articles import (
    address_of,
    in_first_paragraph,
    outlet_of,
    sentence_number,
    web_address_of,
)

TEXT = "One ends here. Two has “a quote.” Three, then.\n\nFour is a new paragraph"


@pytest.mark.parametrize(
    ("words", "number"), [("One", 1), ("here", 1), ("Two", 2), ("Three", 3), ("paragraph", 4)]
)
def test_sentence_number_counts_from_one(words, number):
    assert sentence_number(TEXT, TEXT.index(words)) == number


def test_sentence_number_does_not_slow_down_on_blanks():
    text = "word" + " " * 200_000 + "\n" * 200_000 + "end"
    begun = time.process_time()
    assert sentence_number(text, len(text) - 1) == 2
    assert time.process_time() - begun < 10


def test_in_first_paragraph_ends_at_an_empty_line():
    assert in_first_paragraph(TEXT, TEXT.index("Three"))
    assert not in_first_paragraph(TEXT, TEXT.index("Four"))


def test_in_first_paragraph_skips_what_is_empty_before_it():
    assert in_first_paragraph("\n\nFirst words.\n\nOthers.", 3)


@pytest.mark.parametrize("between", ["\n", "\r\n\r\n", "\n \n"])
def test_in_first_paragraph_ends_where_paragraphs_of_the_text_end(between):
    text = f"First words.{between}Second words.{between}Third."
    assert in_first_paragraph(text, 0)
    assert not in_first_paragraph(text, text.index("Second"))


def test_sentence_number_begins_with_the_first_words():
    assert sentence_number("\n\nOne here. Two", 3) == 1


@pytest.mark.parametrize(
    "url", [None, "", "javascript:alert(1)", "file:///etc/passwd", "https://[", "http://a b/c"]
)
def test_address_of_makes_no_link_of_what_is_none(url):
    article = exported.article("a1", url=url)
    assert web_address_of(article) is None
    assert address_of(article) == "urn:tocsin:article:a1"


def test_outlet_of_falls_back_on_the_domain():
    article = exported.article(outlet=None, url="https://www.example.org/story")
    assert outlet_of(article) == "example.org"


def test_look_up_reads_an_article_once(monkeypatch):
    read = []
    monkeypatch.setattr(export, "read_article_row", lambda _, key: read.append(key) or key)
    store = SimpleNamespace(folder=Path("store"), connection=lambda: None)
    look_up = export.Kept(store=store, asked={}, watch=iter).look_up()
    assert look_up("a1") is look_up("a1")
    assert read == ["a1"]
