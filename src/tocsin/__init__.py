"""Tocsin reads news about crises and gives back a situation report that can be checked.

The map, in the order in which data flows (an import never points back; a test reads them):

===============  ==========================================================================
`records`        every record the work passes on, keeps and serves; `keys` and `spans` beside it
`settings`       every setting once; `errors`: the tree of errors; `addresses` of the web; `faces`:
                 HTML of records, lent to them by what stands above
`lexicons`       words, titles, outlets, agencies, places: tables with their origin, and the one
                 reader of tables
`articles`       1 READ: bytes from outside become an `Article`; folders, feeds, tables and
                 crawls become many
`models`         2 ANALYSE: the only door to networks and parsers; text in, a `Reading` out
`reference`      3 REFERENCE: who held which office when, and who says so
`extract`        4 EXTRACT: a reading in, records out, in five rooms on three floors: `grammar`;
                 `mentions`; `offices`, `speech` and `events`
`second`         a large model of the user's own, asked what an article tells; merged by `pipeline`
`checks`         5 CHECK: one article: tenure, dating, sourcing, counts, known days, residue
`together`       6 COMPARE: several articles, pure functions: `texts` (copies, passages, the same
                 words), `events` (the same act, voices, grades, contradiction)
`pipeline`       the order of 1 to 5 for one article, as plain calls
`store`          7 KEEP: the only door to the database; `settle` (6 on what is kept); `kinds`, one
                 file for each kind of answer
`corpus`         many articles into a store: worker processes, one writer; work that machines share
`watch`          8 WATCH: how parties stand to each other day by day, by a store or an event table;
                 alarms where it gets worse, blocs, lists, outlook, past; `brief`; `feeds`
`client`         a desk that runs elsewhere, asked as a store is
`publish`        9 SHOW: the sitrep in the terminal, as HTML, Markdown and JSON; answers as tables
                 and in notebooks; `exports` in the formats of others; `in_spacy`: a step of a
                 spaCy pipeline; `desk`: pages, API, MCP
`cli`            one command per verb
===============  ==========================================================================

`reference` stands before `extract` because titles, names and countries are knowledge that finding
needs as much as checking does; it knows nothing of articles.  Where something new belongs:
`docs/adding.md`.

The names below are all that a script needs.  They are imported when first used, so that
``import tocsin`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from tocsin import faces

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from tocsin.articles.read import read_article
    from tocsin.client import RemoteStore
    from tocsin.corpus.add import add_articles
    from tocsin.errors import TocsinError
    from tocsin.pipeline import open_tools, process_article, process_articles
    from tocsin.records import Report, to_json
    from tocsin.settings import Settings, load_settings
    from tocsin.store.handle import Store
    from tocsin.watch.brief.records import Brief
    from tocsin.watch.calls import alarms, brief

_HOMES = {
    "Report": "tocsin.records",
    "Settings": "tocsin.settings",
    "TocsinError": "tocsin.errors",
    "add_articles": "tocsin.corpus.add",
    "alarms": "tocsin.watch.calls",
    "brief": "tocsin.watch.calls",
    "load_settings": "tocsin.settings",
    "open_tools": "tocsin.pipeline",
    "process_article": "tocsin.pipeline",
    "process_articles": "tocsin.pipeline",
    "read_article": "tocsin.articles.read",
    "to_json": "tocsin.records",
}

__all__ = [
    "Report",
    "Settings",
    "TocsinError",
    "add_articles",
    "alarms",
    "brief",
    "connect",
    "load_settings",
    "open",
    "open_tools",
    "process_article",
    "process_articles",
    "read",
    "read_article",
    "to_json",
]


def read(
    given: str | Path | None = None,
    *,
    text: str | None = None,
    on: date | str | None = None,
    encoding: str | None = None,
    allow_fetch: bool = False,
    settings: Settings | None = None,
) -> Report:
    """Return the report on an article: a path, a web address, or the text itself.

    >>> report = tocsin.read("examples/invented.txt")
    >>> [finding.verdict.value for finding in report.findings if finding.check == "tenure"][:2]
    ['contradicted', 'holds']
    >>> tocsin.read("Norway said that the talks failed.", on="29 October 2024").article.published
    datetime.date(2024, 10, 29)

    The models are loaded at the first call, which takes a second or two.

    Args:
        given: a `Path` is a path; a string is the path of what is there, ``"-"`` for standard
            input, an address, else a text where it is one beyond doubt.
        text: a text, whatever it looks like, in place of `given`.
        on: the day of publication, over whatever the article says.
        encoding: of a file in plain text that is not in UTF-8.
        allow_fetch: whether an address may be fetched from the network.
        settings: in place of those of the environment.

    Raises:
        InputError: there is no article to be had, it may be a path or a text, or what is given is
            neither, such as bytes, a number or None.
        LanguageError: the article is not in English.
    """
    from tocsin.articles.read import read_given, read_text
    from tocsin.pipeline import opened_tools, process_article
    from tocsin.settings import load_settings
    from tocsin.store.asked import read_day

    chosen = settings or load_settings()
    day = None if on is None else read_day("on", on)
    if given is not None and text is not None:
        raise TypeError("read() takes one of two: what to read, or text=...")
    if text is not None:
        article = read_text(text, settings=chosen, on=day)
    else:
        article = read_given(
            given, settings=chosen, on=day, encoding=encoding, allow_fetch=allow_fetch
        )
    return process_article(article, opened_tools(chosen))


def open(folder: str | Path) -> Store:  # noqa: A001 - `tocsin.open`, as in `gzip.open`
    """Open the store in `folder` to read it.

    >>> with tocsin.open("crisis") as store:
    ...     store.events(actor="PRK").first().type
    'MOBILIZE'

    Raises:
        StoreError: there is no store, it is damaged, or a newer Tocsin made it.
    """
    from tocsin.store.handle import Store

    return Store(folder)


def connect(address: str, token: str | None = None) -> RemoteStore:
    """Ask a desk as a store.

    >>> with tocsin.connect("http://127.0.0.1:8710") as desk:
    ...     found = desk.events(actor="PRK")

    Raises:
        ValueNotUnderstood: this is no address of a desk, or can be no token.
    """
    from tocsin.client import RemoteStore

    return RemoteStore(address, token)


def __getattr__(name: str) -> Any:
    """Import one of `__all__` when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)


def _show_in_notebook(shown: Any) -> str:
    from tocsin.publish import notebook

    return notebook.render(shown)


def _make_page(shown: Report | Brief) -> str:
    from tocsin.publish import html
    from tocsin.publish.brief import dresses
    from tocsin.records import Report

    return html.render_html(shown) if isinstance(shown, Report) else dresses.render_html(shown)


faces.lend(notebook=_show_in_notebook, page=_make_page)
