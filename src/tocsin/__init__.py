"""Tocsin reads news about crises and gives back a situation report that can be checked.

The map, in the order in which data flows (an import never points back; a test reads them):

===============  ==========================================================================
`records`        every record the work passes on, keeps and serves; `keys` and `spans` beside it
`settings`       every setting once; `errors`: the tree of errors; `addresses` of the web
`lexicons`       words, titles, outlets, agencies, places: tables with their origin, and the one
                 reader of tables
`articles`       1 READ: bytes from outside become an `Article`; folders, feeds, tables and
                 crawls become many
`models`         2 ANALYSE: the only door to networks and parsers; text in, a `Reading` out
`reference`      3 REFERENCE: who held which office when, and who says so
`extract`        4 EXTRACT: a reading in, records out, in five rooms on three floors: `grammar`;
                 `mentions`; `offices`, `speech` and `events`
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
                 and in notebooks; `exports` in the formats of others; `desk`: pages, API, MCP
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

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.articles.read import read_article
    from tocsin.client import RemoteStore
    from tocsin.corpus.add import add_articles
    from tocsin.errors import TocsinError
    from tocsin.pipeline import open_tools, process_article, process_articles
    from tocsin.records import Report, to_json
    from tocsin.settings import Settings, load_settings
    from tocsin.store.handle import Store

_HOMES = {
    "Report": "tocsin.records",
    "Settings": "tocsin.settings",
    "TocsinError": "tocsin.errors",
    "add_articles": "tocsin.corpus.add",
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
    "connect",
    "load_settings",
    "open",
    "open_tools",
    "process_article",
    "process_articles",
    "read_article",
    "to_json",
]


def open(folder: str | Path) -> Store:  # noqa: A001 - `tocsin.open`, as in `gzip.open`
    """Open the store in `folder` to read it: ``tocsin.open("crisis").events(actor="PRK")``.

    Raises:
        StoreError: there is no store, it is damaged, or a newer Tocsin made it.
    """
    from tocsin.publish import notebook
    from tocsin.store.handle import Store

    notebook.show_records()
    return Store(folder, notebook.render_results)


def connect(address: str, token: str | None = None) -> RemoteStore:
    """Ask a desk as a store: ``tocsin.connect("http://127.0.0.1:8710").events(actor="PRK")``.

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
