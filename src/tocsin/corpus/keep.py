"""Keeping one article that was read and analysed already, as `tocsin add` would keep it."""

from __future__ import annotations

from contextlib import closing, suppress
from pathlib import Path

from tocsin.articles.items import Item
from tocsin.errors import StoreError
from tocsin.records import Report
from tocsin.store.arrivals import Clock, begin_run, utc_now
from tocsin.store.database import open_database
from tocsin.store.rows import storable
from tocsin.store.settle import settle
from tocsin.store.verify import damage_told
from tocsin.store.writer import Writer


def keep_report(
    folder: Path, item: Item, report: Report, *, wait: float, clock: Clock = utc_now
) -> None:
    """Keep the report on `item` in the store in `folder`, and settle what it changes.

    Where another process writes meanwhile, what is left to settle is left to that one.

    Raises:
        StoreError: another process has been writing for longer than `wait` seconds, or the store
            cannot be written to.
    """
    with closing(open_database(folder, wait=wait)) as connection, damage_told(connection):
        begin_run(connection, f"add {storable(item.origin)}", clock)
        Writer(connection, clock).keep([(item.key, item.origin, report)])
        with suppress(StoreError):  # it is kept; pages say that not all is settled
            settle(connection, clock=clock)
