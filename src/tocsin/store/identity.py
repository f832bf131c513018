"""Identity: an id that was given once leads to what it is now.

A reported event, quotation or family is keyed by the earliest of what it joins (`tocsin.keys`), and
the ledger of arrivals keeps with each id that was ever given the record it is the key of.  Where an
older text comes and takes over, the old id stays there: an alias.  It needs no upkeep, since it
hangs on the record, and what this belongs to now is in the store.  So of two events that become one
both ids lead to the one, and of one that splits its id leads to the part with the earliest record.

When the record is forgotten, its ids are passed on to the earliest of those it was joined with;
where there is none they are struck out.  A family that dissolves leaves its id to the text: the id
leads to nothing then, and to the family again when there is one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from tocsin.store.arrivals import RUN
from tocsin.store.tables import Connection, as_list, read_column, read_value, run

#: Of each kind whose ids may change: its table, and the table and column that say what joins what.
JOINED = {
    "event": ("reported_events", "events", "reported"),
    "quotation": ("quotations", "statements", "quotation"),
    "family": ("families", "family_members", "family"),
}

_GIVE = f"""
INSERT INTO arrivals (kind, id, record, beside, run) VALUES (:kind, :id, :record, :beside,
  coalesce((SELECT min(run) FROM arrivals
    WHERE kind = :kind AND id IN (SELECT value FROM json_each(:former))), {RUN}))
ON CONFLICT (kind, id) DO UPDATE SET record = excluded.record, beside = excluded.beside,
  run = min(run, excluded.run)
WHERE record IS NOT excluded.record OR beside IS NOT excluded.beside OR excluded.run < run
"""  # noqa: S608 - our own names

#: The family with both texts, else that of which the one is a copy, else the largest.
_FAMILY = """
SELECT m.family FROM arrivals a JOIN family_members m ON m.text_id = a.record
JOIN families f ON f.id = m.family
LEFT JOIN family_members b ON b.family = m.family AND b.text_id = a.beside
WHERE a.kind = 'family' AND a.id = ?
ORDER BY b.family IS NULL, m.role, f.members DESC, f.id LIMIT 1
"""

#: The ids that hang on what is found in a text, each with the earliest other record joined with it.
_HEIRS = """
SELECT a.id, a.record, (SELECT o.id FROM {records} e JOIN {records} o ON o.{column} = e.{column}
  JOIN texts t ON t.id = o.text_id WHERE e.id = a.record AND o.text_id <> :text
  ORDER BY t.day IS NULL, t.day, t.id, o.id LIMIT 1)
FROM arrivals a WHERE a.kind = :kind
  AND a.record IN (SELECT id FROM {records} WHERE text_id = :text)
"""
_FAMILY_HEIRS = """
SELECT a.id, a.record, coalesce(a.beside, (SELECT o.text_id FROM family_members m
  JOIN family_members o ON o.family = m.family JOIN texts t ON t.id = o.text_id
  WHERE m.text_id = :text AND o.text_id <> :text
  ORDER BY m.role, o.role, t.day IS NULL, t.day, t.id LIMIT 1))
FROM arrivals a WHERE a.kind = :kind AND a.record = :text
"""


def give_id(
    connection: Connection,
    kind: str,
    given: str,
    hangs_on: tuple[str, ...],
    *,
    former: Iterable[str | None] = (),
) -> None:
    """Note that something of `kind` has the id `given`; nothing where that has just been so.

    Args:
        connection: a store open to be written.
        kind: event, quotation or family.
        given: the id.
        hangs_on: the record that it is the key of; of a shared passage the first two texts.
        former: the ids that what it joins had before; it is as old as the oldest of them.
    """
    before = set(former)
    if before == {given}:
        return
    record, beside = (*hangs_on, None)[:2]
    old = as_list(each for each in before if each)
    row = {"kind": kind, "id": given, "record": record, "beside": beside, "former": old}
    connection.execute(_GIVE, row)


def hung_families(
    connection: Connection, copies: Sequence[str], holders: Sequence[str] = ()
) -> list[str]:
    """Return the ids of families that hang on one of these copies, or on two that share words."""
    hung = (
        "SELECT id FROM arrivals WHERE kind = 'family'"
        " AND (record IN (?) AND beside IS NULL OR record IN (?) AND beside IN (?))"
    )
    every = [*copies, *holders]
    return read_column(connection, hung, copies, every, every)


def resolve_id(connection: Connection, kind: str, given: str) -> str:
    """Return the id that the reported event, quotation or family `given` has now.

    An id of another kind, or that leads to nothing, is returned as it is.
    """
    if kind not in JOINED:
        return given
    table, records, column = JOINED[kind]
    if read_value(connection, f"SELECT 1 FROM {table} WHERE id = ?", given):  # noqa: S608
        return given
    joined = (
        f"SELECT e.{column} FROM arrivals a JOIN {records} e ON e.id = a.record"  # noqa: S608
        f" WHERE a.kind = '{kind}' AND a.id = ?"
    )
    found = read_value(connection, _FAMILY if kind == "family" else joined, given)
    return str(found) if found else given


def pass_on_ids(connection: Connection, text_id: str) -> None:
    """Hang the ids that hang on a text, or on what is found in it, on others; call it before."""
    connection.execute("UPDATE arrivals SET beside = NULL WHERE beside = ?", (text_id,))
    for kind in JOINED:
        gone = hang_elsewhere(connection, kind, text_id)
        run(connection, "DELETE FROM arrivals WHERE kind = ? AND id IN (?)", kind, gone)


def hang_elsewhere(
    connection: Connection, kind: str, text_id: str, followers: Mapping[str, str] | None = None
) -> list[str]:
    """Hang the ids of a kind that hang on a text on records that take over; call it before.

    These are the `followers`, in the text itself, of what was found in it, else the earliest of
    those that were joined with it.  Return the ids that are left, which hang on nothing now.
    """
    _, records, column = JOINED[kind]
    heirs = _FAMILY_HEIRS if kind == "family" else _HEIRS.format(records=records, column=column)
    found = connection.execute(heirs, {"kind": kind, "text": text_id}).fetchall()
    followed = followers or {}
    hung = [(followed.get(record, heir), kind, given) for given, record, heir in found]
    connection.executemany(
        "UPDATE arrivals SET record = ?, beside = NULL WHERE kind = ? AND id = ?", hung
    )
    return [given for heir, _, given in hung if heir is None]
