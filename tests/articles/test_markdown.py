from datetime import date

from tocsin.articles.markdown import prose_of_markdown, read_markdown

TEXT = """---
title: "Ferry leaves"
date: 2023-05-03
url: https://example.org/ferry
---
# Ferry *leaves* on time

The **ferry** left, [the harbour master](https://example.org) said.
- It was `late`.
"""


def test_read_markdown_reads_front_matter():
    article = read_markdown(TEXT, "x.md")
    assert article.title == "Ferry leaves"
    assert article.published == date(2023, 5, 3)
    assert article.url == "https://example.org/ferry"
    assert article.text == TEXT


def test_read_markdown_falls_back_to_the_heading():
    assert read_markdown("# Ferry leaves\n\nIt left.", "x.md").title == "Ferry leaves"


def test_prose_of_markdown_keeps_every_offset():
    prose = prose_of_markdown(TEXT)
    assert len(prose) == len(TEXT)
    assert all(a == b or b == " " for a, b in zip(TEXT, prose, strict=True))


def test_prose_of_markdown_leaves_only_prose():
    words = prose_of_markdown(TEXT).split()
    assert words[:4] == ["Ferry", "leaves", "on", "time"]
    assert "https" not in " ".join(words)
    assert "harbour" in words


def test_prose_of_markdown_keeps_underscores_inside_words():
    assert prose_of_markdown("the file_name_here stays") == "the file_name_here stays"
