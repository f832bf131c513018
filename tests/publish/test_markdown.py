"""The sitrep as Markdown: nothing from an article becomes markup."""

import re

import pytest
from markdown_it import MarkdownIt

from tocsin.articles.items import Item
from tocsin.articles.read import read_item
from tocsin.errors import NoArticleError
from tocsin.publish.html import render_html
from tocsin.publish.markdown import escaped, render_markdown
from tocsin.publish.sitrep import build_sitrep
from tocsin.settings import Settings


def _tokens(markdown):
    reader = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
    for token in reader.parse(markdown):
        yield token
        yield from token.children or ()


HOSTILE = [
    "[click](https://evil.example)",
    "![](https://evil.example/pixel.png)",
    "<script>alert(1)</script>",
    "<https://evil.example>",
    "# heading",
    "> quoted",
    "- item",
    "7. item",
    "a | b\n--- | ---\n1 | 2",
    "title\n=====",
    "*emphasis* __strong__ ~~struck~~ `code`",
    "[reference]: https://evil.example",
    "\n\n# heading after a blank line",
    "&lt;b&gt;",
    "\\*escaped already*",
    "```\nfence",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_leaves_only_text(text):
    kinds = {token.type for token in _tokens(f"- {escaped(text)}")}
    assert kinds <= {
        "bullet_list_open", "list_item_open", "paragraph_open", "inline", "text", "text_special",
        "paragraph_close", "list_item_close", "bullet_list_close",
    }  # fmt: skip


@pytest.mark.parametrize("text", HOSTILE)
def test_escaped_shows_the_same_words(text):
    shown = "".join(t.content for t in _tokens(f"- {escaped(text)}") if t.type.startswith("text"))
    assert shown == " ".join(text.split())


@pytest.mark.parametrize("text", ["see https://evil.example", "www.evil.example", "a@evil.example"])
def test_escaped_breaks_what_github_would_link(text):
    assert not re.search(r"(?<!\\)://|www\.|a@", escaped(text))


def test_escaped_leaves_ordinary_prose_readable():
    prose = "On 1 October 2024 (a Tuesday), Mr. Ishiba took over - at 10:30."
    assert escaped(prose) == prose


@pytest.mark.parametrize("text", HOSTILE)
def test_render_gives_a_hostile_article_the_structure_of_a_harmless_one(builder, text):
    def structure(words):
        made = builder(text=f"He said {words}", title=words, outlet=words, url=words)
        made.state(made.actor("He", office=words), words)
        return [token.type for token in _tokens(render_markdown(made.report)) if token.block]

    assert structure(text) == structure("nothing")


def test_render_quotes_words_with_their_offsets(harbour):
    assert "- **contradicted** Jon Falk, not Otto Brandt, was Defence Minister that day.\n" \
        "  - “Arland's Defence Minister Otto Brandt” (95–132)\n" in (
        render_markdown(harbour.report)
    )  # fmt: skip


def test_render_opens_with_the_sentence_that_sums_up(harbour):
    opening = build_sitrep(harbour.report).opening
    assert render_markdown(harbour.report).split("\n\n")[2] == escaped(opening)


@pytest.mark.parametrize("name", ["report.html", "report.md"])
def test_render_marks_a_page_so_that_it_is_read_as_no_article(harbour, name):
    render = render_html if name == "report.html" else render_markdown
    item = Item(origin=f"week/{name}", name=name, body=render(harbour.report).encode())
    with pytest.raises(NoArticleError, match=f"Tocsin wrote: week/{name}"):
        read_item(item, settings=Settings())
