"""Tocsin reads news about crises and gives back a situation report that can be checked.

The map, in the order in which data flows (an import never points back; a test reads them):

===============  ==========================================================================
`records`        every record the work passes on, keeps and serves
`settings`       every setting once
`errors`         the tree of errors
`articles`       READ: bytes from outside become an `Article`; folders, feeds, tables and crawls
                 become many
`models`         ANALYSE: the only door to parser and networks; a text becomes a `Reading`
`reference`      who held which office when; countries, titles, names
`extract`        EXTRACT: statements, speakers, events, office claims, from a `Reading`
`checks`         CHECK: tenure, dating, sourcing; copies, corroboration, contradiction, grades
`pipeline`       the order of the work
`store`          KEEP: the only door to the database; what articles say together (`settle`), and
                 the answers to questions
`corpus`         many articles into a store: worker processes, one writer
`publish`        SHOW: the sitrep in the terminal, as HTML, Markdown and JSON; tables of answers;
                 exports in the formats of others
`cli`            one command per verb
===============  ==========================================================================

`reference` stands before `extract` because titles, names and countries are knowledge that finding
needs as much as checking does; it knows nothing of articles.

The names below are all that a script needs.  They are imported when first used, so that
``import tocsin`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pathlib import Path

    from tocsin.articles.read import read_article
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
    from tocsin.store.handle import open_store

    notebook.show_records()
    return open_store(folder, notebook.render_results)


def __getattr__(name: str) -> Any:
    """Import one of `__all__` when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'tocsin' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
