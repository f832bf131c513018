from dataclasses import replace

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.forget import find_article, forget_article
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

ONE, TWO = "https://one.example/1", "https://two.example/1"


@pytest.fixture
def both(connection, writer, selin):
    """A store with one text that two outlets print, in which nothing is pending."""
    writer.keep([("1", "one", selin(url=ONE).report), ("2", "two", selin(url=TWO).report)])
    connection.execute("DELETE FROM pending")
    return connection


def _content(connection):
    return [row for row in dump_content(connection) if row[0] != "pending"]


def _only(folder, *inputs):
    connection = open_database(folder, create=True)
    Writer(connection).keep(inputs)
    return _content(connection)


def test_forget_leaves_a_store_that_never_had_the_article(both, writer, selin, tmp_path):
    other = ("3", "three", selin(selin().text + "\nMore is not known.").report)
    writer.keep([other])
    forget_article(both, ONE)
    forget_article(both, TWO)
    assert _content(both) == _only(tmp_path / "never", other)


def test_forget_keeps_the_text_that_another_article_prints(both, selin, tmp_path):
    forget_article(both, ONE)
    assert _content(both) == _only(tmp_path / "never", ("2", "two", selin(url=TWO).report))


def test_forget_leaves_a_sound_store(both):
    forget_article(both, ONE)
    forget_article(both, TWO)
    assert not [each for each in verify_store(both) if each.kind == "damage"]


def test_forget_marks_what_must_be_worked_out_anew(both, selin):
    forget_article(both, ONE)
    assert both.execute("SELECT kind, key FROM pending ORDER BY 1, 2").fetchall() == [
        ("block", "ASSAULT||2025-03-04"),
        ("family", selin().article.text_id),
        ("office", "KSH:def"),
        ("speaker", "body:VRD:vardan embassy"),
        ("speaker", "person:arda kishan"),
    ]


def test_forget_forgets_all_inputs_of_the_article(both, writer, selin):
    writer.keep([("again", "elsewhere", selin(url=ONE).article)])
    forget_article(both, ONE)
    assert both.execute("SELECT key FROM items").fetchall() == [("2",)]


def test_forget_is_no_block_list(both, writer, selin):
    before = _content(both)
    forget_article(both, ONE)
    writer.keep([("1", "one", selin(url=ONE).report)])
    assert _content(both) == before


def test_forget_leaves_no_words_in_the_file(folder, both):
    forget_article(both, ONE)
    forget_article(both, TWO)
    both.close()
    assert b"patrol boats had shelled" not in b"".join(p.read_bytes() for p in folder.iterdir())


@pytest.mark.parametrize("length", [16, 12, 4])
def test_find_article_takes_an_id_or_its_beginning(both, selin, length):
    article_id = selin(url=ONE).article.id
    assert find_article(both, article_id[:length]) == article_id


def test_find_article_takes_an_address(both, selin):
    assert find_article(both, TWO) == selin(url=TWO).article.id


@pytest.mark.parametrize("which", ["", "0", "zzzz", "%", "https://three.example", "a\0b"])
def test_find_article_refuses_what_names_none(both, which):
    with pytest.raises(ValueNotUnderstood, match="no such article"):
        find_article(both, which)


def test_find_article_refuses_what_names_several(both, writer, selin):
    changed = selin(selin().text + "\nMore is not known.", url=ONE)
    writer.keep([("3", "three", changed.report)])
    with pytest.raises(ValueNotUnderstood, match=rf"several.*{changed.article.id}"):
        forget_article(both, ONE)


# --------------------------------------------------------------------------- with what is settled


def _settled(folder, batches):
    connection = open_database(folder, create=True)
    for batch in batches:
        Writer(connection).keep(batch)
        settle(connection)
    return connection


def test_forget_of_the_only_dated_copy_leaves_its_events_without_a_day(selin, tmp_path):
    undated = selin(published=None)
    dated = selin(f"Selin Post: {selin().text}")
    for draft in (undated, dated):
        draft.events[0] = replace(draft.events[0], date=None)
    inputs = [("1", "a.txt", undated.report), ("2", "b.txt", dated.report)]
    had = _settled(tmp_path / "had", [inputs])
    forget_article(had, dated.article.id)
    settle(had)
    never = _settled(tmp_path / "never", [inputs[:1]])
    assert list(dump_content(had)) == list(dump_content(never))
