"""Pages: behind a cursor an answer goes on, whatever is written meanwhile."""

from contextlib import closing
from dataclasses import replace

import pytest

import tocsin
from benchmarks.synthetic import build_store
from tests.crisis import make_crisis
from tests.made import Draft
from tocsin.errors import ValueNotUnderstood
from tocsin.store.cursors import Slice, read_cursor, write_cursor
from tocsin.store.database import open_database
from tocsin.store.kinds import KINDS, STATEMENTS
from tocsin.store.queries import Listed
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "store"
    build_store(folder, 2_000)
    with tocsin.open(folder) as store:
        yield store


def pages(ask, limit, between=lambda: None, **asked):
    """All records, page by page."""
    after, records = None, []
    while True:
        page = ask(limit=limit, after=after, **asked).page()
        records += page.records
        assert len(page.records) == limit or page.cursor is None
        if page.cursor is None:
            return records
        after = page.cursor
        between()


@pytest.mark.parametrize("limit", [1, 2, 3])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_pages_of_every_kind_are_the_whole_list(store, kind, limit):
    ask = getattr(store, kind.name)
    assert pages(ask, limit) == list(ask())


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("events", {}),
        ("events", {"actor": "USA", "quad": 4}),
        ("events", {"text": "ba*"}),
        ("events", {"text": "North Korea", "type": "ASSAULT"}),
        ("events", {"until": "2024-06-30", "independent": 2}),
        ("statements", {"text": "ba*", "since": "2024-03-01"}),
        ("statements", {"country": "USA"}),
        ("quotations", {"articles": 1}),
        ("findings", {"check": "tenure"}),
        ("speakers", {"name": "ba*"}),
        ("speakers", {"verdict": "holds"}),
        ("articles", {"text": "ba*"}),
        ("offices", {"office": "minister"}),
    ],
)
def test_pages_of_long_lists_are_the_whole_list(many, kind, asked):
    ask = getattr(many, kind)
    whole = list(ask(**asked))
    assert whole
    assert pages(ask, max(1, len(whole) // 7), **asked) == whole


def test_pages_of_an_outlet_are_the_whole_list(many):
    outlet = many.articles().first().outlet
    assert pages(many.statements, 3, outlet=outlet) == list(many.statements(outlet=outlet))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_nothing_comes_twice_or_is_left_out_while_a_writer_writes(tmp_path, kind):
    folder = make_crisis(tmp_path / "crisis")
    with tocsin.open(folder) as store, closing(open_database(folder)) as connection:
        before = {key_of(kind, each) for each in getattr(store, kind.name)()}
        texts = iter(range(100))

        def write():
            keep_another(connection, next(texts))

        found = [key_of(kind, each) for each in pages(getattr(store, kind.name), 1, write)]
    assert len(found) == len(set(found))
    assert before <= set(found)


def keep_another(connection, number):
    """Keep an article of today with a statement and an event, which every list begins with."""
    draft = Draft(text=f"Vardan boats shelled the port of Selin {number} times, Ana Sol said.")
    speaker = draft.actor("Ana Sol", country="KSH")
    draft.state(speaker, "Vardan boats shelled the port of Selin")
    draft.happen("Vardan boats shelled the port of Selin", "shelled", score=-9.0 + number / 50)
    report = draft.report
    report = replace(report, article=replace(report.article, id=f"{number:016x}"))
    Writer(connection).keep([(f"more {number}", f"more {number}", report)])
    settle(connection)


def key_of(kind, record):
    """The key of a record; a tally has day, countries and type."""
    keys = kind.columns[: 4 if kind.name == "series" else 1]
    return tuple(each.value(kind.found(record)) for each in keys)


# --------------------------------------------------------------------------- cursors


def test_a_page_that_ends_the_list_has_no_cursor(store):
    assert store.events(limit=5).page().cursor is None
    assert store.events().page().cursor is None
    assert store.events(limit=4).page().cursor


def test_a_page_without_records_is_refused(store):
    with pytest.raises(ValueNotUnderstood, match="holds nothing"):
        store.events(limit=0).page()


def test_a_page_is_full_where_a_record_is_gone_before_it_is_read(store):
    whole = list(store.statements())
    gone = whole[1].statement.id
    listing, read = STATEMENTS.source.listing, STATEMENTS.source.read

    def without(connection, keys):
        return {key: each for key, each in read(connection, keys).items() if key != gone}

    found = Listed(listing, without).find(store.connection(), [], Slice(limit=3))
    assert [place[1] for place, _ in found] == [whole[n].statement.id for n in (0, 2, 3)]


def test_what_lies_behind_a_cursor_is_counted(store):
    cursor = store.statements(limit=4).page().cursor
    assert store.statements(after=cursor).count() == store.statements().count() - 4
    assert store.statements(after=cursor, limit=2).count() == 2
    assert repr(store.statements(after=cursor)).endswith(f".statements(after={cursor!r})")


def test_a_cursor_does_not_hang_on_how_a_filter_is_written(store):
    cursor = store.events(recipient="RUS", limit=1).page().cursor
    assert store.events(recipient="Russia", after=cursor).count() == 1


@pytest.mark.parametrize(
    ("kind", "asked", "says"),
    [("statements", {}, "one of events"), ("events", {"type": "AID"}, "other filters")],
)
def test_a_cursor_of_another_question_is_refused(store, kind, asked, says):
    cursor = store.events(limit=1).page().cursor
    with pytest.raises(ValueNotUnderstood, match=says):
        getattr(store, kind)(after=cursor, **asked)


@pytest.mark.parametrize("given", ["", "x", "é", "W10", "bnVsbA", "[" * 5_000, 7, "Int9"])
def test_what_is_no_cursor_is_refused(store, given):
    with pytest.raises(ValueNotUnderstood, match="no cursor"):
        store.events(after=given)


def test_a_cursor_with_a_changed_letter_is_refused():
    cursor = write_cursor("events", {}, ("2024-10-29", "0123456789abcdef"))
    assert read_cursor("events", {}, cursor) == ("2024-10-29", "0123456789abcdef")
    for n in range(len(cursor) - 1):
        changed = cursor[:n] + ("A" if cursor[n] != "A" else "B") + cursor[n + 1 :]
        with pytest.raises(ValueNotUnderstood):
            read_cursor("events", {}, changed)
