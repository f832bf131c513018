"""Working out what articles say together: copies, families, reported events, speakers, offices.

The writer and `tocsin forget` note in `pending` what has to be worked out anew, as (kind, key):

========  ===================================  ================================================
kind      key                                  what is worked out
========  ===================================  ================================================
gap       a key of `sketches`, a text          pairs that meet now that the text is forgotten
text      a text                               pairs with other texts, in `copies`
key       a text that holds a common key       pairs that it has driven apart
family    a text, or a family                  the family of the text, of each text in the family
parted    a family                             nothing: with its texts, it is followed text by text
passage   a text, also one forgotten           families whose passages the text holds or has held
block     `events.block`                       the reported events of that and nearby days
event     `reported_events.id`                 nothing: with its block, it is written anew
speaker   `statements.speaker_key`             the row of `speakers`, and what they are quoted with
place     `places.key`                         the row of `places`
quotation `quotations.id`                      findings about the same words under two names
office    `office_claims.office_id`            findings about the office in two people's hands
finding   `findings.id`                        whether it is gone for good (`arrivals`)
========  ===================================  ================================================

They are taken in this order, some keys at a time.  Each such batch is one transaction that writes
the rows and takes the keys out of `pending`, so that work broken off at any moment goes on where it
was.  What is written is a function of what the store holds, never of the order in which it came.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

from tocsin.store.arrivals import Clock, drop_gone_findings, touch_run
from tocsin.store.database import write_batch
from tocsin.store.pending import count_pending, take_pending
from tocsin.store.settle.events import settle_blocks
from tocsin.store.settle.families import settle_families
from tocsin.store.settle.findings import settle_offices
from tocsin.store.settle.pairs import settle_gaps, settle_keys, settle_texts
from tocsin.store.settle.passages import settle_passages
from tocsin.store.settle.places import settle_places
from tocsin.store.settle.quotations import settle_quotations
from tocsin.store.settle.speakers import settle_speakers
from tocsin.store.tables import Connection

__all__ = ["settle"]


def drop_marks(connection: Connection, keys: Sequence[str]) -> None:
    """Let marks go that the step before has read: with its own keys, what they mark is done."""


#: What works off each kind, and how many keys at a time.
_STEPS: tuple[tuple[str, Callable[[Connection, Sequence[str]], None], int], ...] = (
    ("gap", settle_gaps, 50),
    ("text", settle_texts, 500),
    ("key", settle_keys, 500),
    ("family", settle_families, 200),
    ("parted", drop_marks, 500),
    ("passage", settle_passages, 500),
    ("block", settle_blocks, 500),
    ("event", drop_marks, 500),
    ("speaker", settle_speakers, 100),
    ("place", settle_places, 100),
    ("quotation", settle_quotations, 200),
    ("office", settle_offices, 100),
    ("finding", drop_gone_findings, 500),
)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Leave Python's collector of cycles off in the body.

    A batch makes hundreds of thousands of records and hardly a cycle; to look through them again
    and again took a seventh of the time.  What cycles it leaves are found when the batch is done.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def settle(
    connection: Connection,
    *,
    clock: Clock | None = None,
    progress: Callable[[int, int], None] | None = None,
) -> None:
    """Work off everything in `pending`.

    Args:
        connection: a store open to be written.
        clock: for the ledger, to say when the run last wrote.
        progress: called after each batch with the number of keys done and of those left.

    Raises:
        StoreError: the store cannot be written to.
    """
    done = 0
    for kind, work, size in _STEPS:
        while True:
            with write_batch(connection), _no_collecting():
                keys = take_pending(connection, kind, size)
                if keys:
                    work(connection, keys)
                    touch_run(connection, clock)
            if not keys:
                break
            done += len(keys)
            if progress:
                progress(done, count_pending(connection))
