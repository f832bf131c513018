"""The day of a page: declared, or merely standing there."""

from datetime import date

import pytest
from lxml.html import document_fromstring

from tocsin.articles.page_day import find_page_day

PROSE = (
    "The harbour master of the town said that the ferry had left with all of its passengers. " * 3
)
DAY, OTHER = "2023-05-03T09:00:00Z", "2019-11-20"


def find(body, head=""):
    return find_page_day(
        document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    )


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (f'<meta property="article:published_time" content="{DAY}">', ""),
        (f'<meta name="DC.date.issued" content="{DAY}">', f"<time datetime={OTHER}></time>"),
        (
            '<script type="application/ld+json">{"@graph": [{"@type": "Comment", "datePublished": '
            f'"{OTHER}"}}, {{"@type": "NewsArticle", "datePublished": "{DAY}"}}]}}</script>',
            "",
        ),
        ("", f'<p itemprop="datePublished" content="{DAY}">Wednesday</p>'),
        ("", f"<article><h1>Ferry</h1><time datetime={DAY}>3 May</time><p>{PROSE}</p></article>"),
        ("", "<article><header><time>3 May 2023, 9:00</time><h1>Ferry</h1></header></article>"),
        (
            "",
            f"<h1>Ferry</h1><aside><time datetime={OTHER}></time></aside>"
            f"<time datetime={DAY}></time><p>{PROSE}</p>",
        ),
    ],
)
def test_find_page_day_takes_what_the_page_declares(head, body):
    assert find(body, head) == (date(2023, 5, 3), "metadata")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Ferry</h1><aside><time datetime={DAY}>3 May</time></aside><p>{PROSE}</p>",
        f"<h1>Ferry</h1><p>{PROSE}</p><div class=comment><time datetime={DAY}></time></div>",
        f"<h1>Ferry</h1><p>{PROSE}</p><ul id=comments><li><time itemprop=datePublished>{DAY}</ul>",
        f"<h1>Ferry</h1><p>{PROSE}</p><h2>Related</h2><time datetime={DAY}></time>",
        f"<main><h1>Ferry</h1><article><time datetime={DAY}></time></article><p>{PROSE}</p></main>",
        f"<h1>Ferry</h1><ol class=most-read><li><time datetime={DAY}></time></ol><p>{PROSE}</p>",
        f"<header><time>Wednesday, 3 May 2023</time></header><h1>Ferry</h1><p>{PROSE}</p>",
    ],
)
def test_find_page_day_only_guesses_from_what_stands_beside_the_article(body):
    assert find(body) == (date(2023, 5, 3), "guess")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>Ferry</h1><p>{PROSE} It was built on 2019-11-20.</p>",
        "<h1>Ferry</h1><span class=date>2016 June</span><time>2016-06</time>",
        "<footer><time>2019-01-01</time></footer>",
    ],
)
def test_find_page_day_takes_none_from_prose_or_parts_of_a_day(body):
    assert find(body) == (None, None)


@pytest.mark.parametrize(
    ("declared", "found"),
    [("T09:30:00Z", (date(2026, 1, 1), "metadata")), ("T00:00:00Z", (None, None))],
)
def test_new_year_is_a_day_with_a_time_of_it(declared, found):
    head = f'<meta property="article:published_time" content="2026-01-01{declared}">'
    assert find(f"<p>{PROSE}</p>", head) == found
