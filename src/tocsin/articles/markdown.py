"""Markdown: the text is the file, markup and all; front matter and heading give the metadata."""

from __future__ import annotations

import re
from dataclasses import replace

from tocsin.articles.days import read_day
from tocsin.articles.plain import read_plain
from tocsin.records import Article

#: YAML between two lines of dashes, at the head of the file.
FRONT_MATTER = re.compile(r"\A---[ \t]*\r?\n(.*?)\r?\n---[ \t]*(?:\r?\n|\Z)", re.S)
_MEDIA_TYPE = "text/markdown"
_FIELD = re.compile(r"^([A-Za-z_]+):[ \t]*(\S.*)", re.M)
_HEADING = re.compile(r"^#[ \t]+([^\s#].*)", re.M)

_TITLE_LINE = re.compile(r"\s*#[ \t]+[^\s#][^\n]*\n")
#: Words in bold, links and lesser headings: what no other text has under such a title.
_MARKS = re.compile(
    r"\*\*\w[^*\n]{0,500}\*\*|\]\(https?://[^)\s]{1,2000}\)|^\#{2,6}[ \t]+[^\s#]", re.M
)

#: What is not prose: front matter, fences, headings' and lists' marks, emphasis, link targets.
_MARKUP = re.compile(
    r"""\A---[ \t]*\r?\n.*?\r?\n---[ \t]*$   # front matter
    | ^```[^\n]*\n(?:(?!```)[^\n]*\n)*+```[ \t]*$  # code
    | ^[ \t]*(?:\#{1,6}|>|[-*+]|\d+\.)[ \t]+ # heading, quotation, list
    | !\[[^\]\n]{0,500}\]\([^)\n]{0,2000}\)    # image; bounds, or "![![![" takes minutes
    | \]\([^)\n]{0,2000}\) | (?<!\w)\[(?=[^\]\n]{0,500}\]\()  # link, but not its words
    | \*\*|__|(?<!\w)[*_](?=\S)|(?<=\S)[*_](?!\w)|`
    | <[^>\n]{1,200}>""",
    re.M | re.S | re.X,
)


def opens_markdown(head: str) -> bool:
    """Say whether a text begins with the line of a title and has other marks of Markdown."""
    title = _TITLE_LINE.match(head)
    return title is not None and _MARKS.search(head, title.end()) is not None


def read_markdown(text: str, origin: str) -> Article:
    """Return the article in `text`; YAML front matter may give title, date, url and outlet."""
    front = FRONT_MATTER.match(text)
    given = (
        {key.lower(): value.rstrip().strip("\"'") for key, value in _FIELD.findall(front[1])}
        if front
        else {}
    )
    heading = _HEADING.search(text)
    day = read_day(given.get("date") or given.get("published") or "")
    return replace(
        read_plain(text, origin),
        title=given.get("title") or (heading[1].rstrip(" \t\r#") if heading else None),
        url=given.get("url") or given.get("link"),
        outlet=given.get("outlet") or given.get("publication"),
        published=day,
        published_from="metadata" if day else None,
        media_type=_MEDIA_TYPE,
    )


def end_of_front_matter(article: Article) -> int:
    """Return where the prose of a Markdown article can begin: 0 where no front matter stands."""
    front = FRONT_MATTER.match(article.text) if article.media_type == _MEDIA_TYPE else None
    return front.end() if front else 0


def prose_of_markdown(text: str) -> str:
    """Return `text` with markup blanked out, one space a character: offsets still hold."""
    return _MARKUP.sub(lambda found: re.sub(r"[^\r\n]", " ", found[0]), text)
