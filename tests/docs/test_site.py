"""The pages hang together: every link leads somewhere, and the site leads to every page."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from training.site import markdown_of, on_page_markdown

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
PAGES = sorted([*DOCS.rglob("*.md"), *DOCS.rglob("*.ipynb")])
BESIDE = [*PROJECT.glob("*.md"), *PROJECT.glob("examples/**/README.md")]
NAV = re.findall(r"^ +- (\S+\.md)$", (PROJECT / "mkdocs.yml").read_text(encoding="utf-8"), re.M)


def prose(page):
    """Return a page without its blocks of code."""
    shown = page.read_text(encoding="utf-8") if page.suffix == ".md" else markdown_of(page)
    return re.sub(r"^```.*?^```$", "", shown, flags=re.S | re.M)


def anchors(page):
    """Return the names of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.M)
    return {re.sub(r"[^\w -]", "", each.lower()).replace(" ", "-") for each in headings}


def leads_somewhere(page, link):
    path, _, anchor = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not anchor or anchor in anchors(target))


@pytest.mark.parametrize("page", [*PAGES, *BESIDE], ids=lambda page: str(page.relative_to(PROJECT)))
def test_links_of_page_lead_somewhere(page):
    links = re.findall(r"\]\((?!https?:)([^)]+)\)", prose(page))
    assert [link for link in links if not leads_somewhere(page, link)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(DOCS)))
def test_page_is_read_alike_by_site_and_github(page):
    below_an_item = r"\n\n {1,3}\S.*|^ {1,3}(?:[-*|]|\d+\.) .*"  # which takes four blanks
    no_header = r"\n\n(\|.+)\n(?!\|[-:| ]+\|)"  # of a table
    assert re.findall(below_an_item, prose(page), re.M) == []
    assert re.findall(no_header, prose(page)) == []


def test_site_leads_to_every_page_once():
    assert sorted(NAV) == sorted(str(page.relative_to(DOCS).with_suffix(".md")) for page in PAGES)


def shown(markdown, uri="store.md"):
    page = SimpleNamespace(file=SimpleNamespace(src_uri=uri))
    return on_page_markdown(markdown, page=page)


def test_site_names_the_sources_that_it_lacks():
    page = "[Tables](../src/tocsin/store/schema.sql#events) and [copies](together.md)."
    assert shown(page) == "Tables (`src/tocsin/store/schema.sql`) and [copies](together.md)."


def test_site_keeps_links_between_folders_of_pages():
    page = "[Words](../glossary.md#types), [what is invented](../../examples/README.md)"
    named = "[Words](../glossary.md#types), what is invented (`examples/README.md`)"
    assert shown(page, "tutorials/corpus.md") == named


def test_site_takes_the_language_of_code_alone():
    assert shown("```python notest\nx = 1\n```") == "```python\nx = 1\n```"


def test_site_leads_to_pages_of_notebooks():
    page = "[A lesson](notebooks/crisis.ipynb), [a part](crisis.ipynb#now), [others](a.example.md)"
    named = "[A lesson](notebooks/crisis.md), [a part](crisis.md#now), [others](a.example.md)"
    assert shown(page) == named


def code(**output):
    return {"cell_type": "code", "source": ["1 + 1"], "outputs": [output]}


@pytest.mark.parametrize(
    ("output", "shows"),
    [
        ({"text": ["2\n"]}, "```text\n2\n```"),
        ({"data": {"text/plain": ["2"]}}, "```text\n2\n```"),
        ({"data": {"text/plain": ["2"], "text/markdown": ["- two"]}}, "- two"),
        ({"data": {"text/html": ['<table border="1">']}}, "<div>\n<table>\n</div>"),
        ({"data": {"image/png": "Mg==\n"}}, '<img alt="" src="data:image/png;base64,Mg==">'),
    ],
)
def test_site_shows_what_a_cell_showed(output, shows, tmp_path):
    cells = [{"cell_type": "markdown", "source": ["# Sums"]}, code(**output)]
    (tmp_path / "sums.ipynb").write_text(json.dumps({"cells": cells}))
    title, download, *rest = markdown_of(tmp_path / "sums.ipynb").split("\n\n")
    assert (title, *rest) == ("# Sums", "```python\n1 + 1\n```", f"{shows}\n")
    assert '<a href="sums.ipynb" download>' in download
