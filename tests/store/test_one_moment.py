import sqlite3

import pytest

from tocsin.store.database import open_database
from tocsin.store.handle import Store


@pytest.fixture
def store(tmp_path):
    open_database(tmp_path / "kept", create=True).close()
    with Store(tmp_path / "kept") as store:
        yield store


def add_speaker(store, key):
    writer = sqlite3.connect(store.folder / "tocsin.sqlite")
    with writer:
        writer.execute(
            "INSERT INTO speakers (key, name, kind, statements, quotations, articles)"
            " VALUES (?, ?, 'person', 1, 0, 1)",
            (key, key),
        )
    writer.close()


def test_at_one_moment_does_not_see_what_is_kept_meanwhile(store):
    with store.at_one_moment():
        before = store.speakers().count()
        add_speaker(store, "person:ana sol")
        assert store.speakers().count() == before == 0
    assert store.speakers().count() == 1


def test_status_can_be_asked_at_one_moment(store):
    with store.at_one_moment():
        before = store.status().speakers
        add_speaker(store, "person:ana sol")
        assert store.status().speakers == before == 0
    assert store.status().speakers == 1


def test_at_one_moment_ends_with_an_error_in_the_body(store):
    with pytest.raises(RuntimeError), store.at_one_moment():
        raise RuntimeError
    add_speaker(store, "person:ana sol")
    assert store.speakers().count() == 1


def test_is_settled_tells_whether_steps_are_left(store):
    assert store.is_settled()
    with sqlite3.connect(store.folder / "tocsin.sqlite") as writer:
        writer.execute("INSERT INTO pending (kind, key) VALUES ('text', 't1')")
    writer.close()
    assert not store.is_settled()
