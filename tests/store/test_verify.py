import sqlite3

import pytest

from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer


@pytest.fixture
def kept(connection, writer, selin):
    """A sound store of one text that two outlets print; what is pending is left out of account."""
    first, second = (selin(url=f"https://{each}.example/1").report for each in ("one", "two"))
    writer.keep([("1", "one", first), ("2", "two", second)])
    return connection


def _damage(connection):
    return [each for each in verify_store(connection) if each.kind == "damage"]


def test_verify_finds_nothing_in_a_sound_store(kept):
    assert not _damage(kept)


@pytest.mark.usefixtures("kept")
def test_verify_finds_nothing_in_a_sound_store_that_is_only_read(folder):
    assert not _damage(open_database(folder, read_only=True))


def test_verify_shows_how_many_texts_it_has_looked_at(kept):
    shown = []

    def watch(things, total, what):
        shown.append((total, what))
        return things

    list(verify_store(kept, watch))
    assert (1, "texts looked at") in shown


def test_verify_says_what_is_not_settled(kept):
    problems = list(verify_store(kept))
    assert {each.kind for each in problems} == {"not settled"}
    assert any(
        "Of kind text, " in each.sentence and "(1 step left)" in each.sentence for each in problems
    )


#: What is done to a sound store, and the words by which it must be found.
_DAMAGES = {
    "a letter of the text": (
        "UPDATE texts SET text = replace(text, 'shelled', 'spelled')",
        "texts",
        "key does not fit the words",
    ),
    "the day of a text": (
        "UPDATE texts SET day = '2025-03-05'",
        "texts",
        "key does not fit the words, the day",
    ),
    "the count of characters": ("UPDATE texts SET characters = 3", "texts", "column characters"),
    "the day of an article": (
        "UPDATE articles SET published = NULL WHERE url LIKE '%one%'",
        "articles",
        "not of the day of its text",
    ),
    "the address of an article": (
        "UPDATE articles SET url = 'https://three.example' WHERE url LIKE '%one%'",
        "articles",
        "does not fit text and address",
    ),
    "the words of a statement": (
        "UPDATE statements SET said = 'We will not answer' WHERE position = 1",
        "statements",
        "column said",
    ),
    "the clause of an event": ("UPDATE events SET told = 'peace'", "events", "column told"),
    "the status of an event beside its record": (
        "UPDATE events SET status = 'denied'",
        "events",
        "column status",
    ),
    "the block of an event": (
        "UPDATE events SET block = replace(block, '2025', '2026')",
        "events",
        "column block",
    ),
    "an offset in a record": (
        "UPDATE events SET record = json_set(record, '$.trigger[1]', 9999)",
        "events",
        "not inside the text",
    ),
    "a record that is half there": (
        "UPDATE statements SET record = substr(record, 1, 40) WHERE position = 0",
        "texts",
        "record cannot be read",
    ),
    "a record of another shape": (
        'UPDATE findings SET record = \'{"verdict": "perhaps"}\'',
        "texts",
        "record cannot be read",
    ),
    "the key of an event": ("UPDATE events SET id = 'e1'", "events", "column id"),
    "the key of a statement in its record too": (
        "UPDATE statements SET id = 's1', record = json_set(record, '$.id', 's1')"
        " WHERE position = 1",
        "statements",
        "key does not fit",
    ),
    "the statement that asserts an event": (
        "UPDATE events SET asserted_by = 's9', record = json_set(record, '$.asserted_by', 's9')",
        "events",
        "points to s9",
    ),
    "a statement that is gone": (
        "DELETE FROM statements WHERE position = 0",
        "events",
        "not in the text's report",
    ),
    "the claim of a finding": ("DELETE FROM office_claims", "findings", "not in the text's report"),
    "a sketch": (
        "DELETE FROM sketches WHERE key = (SELECT min(key) FROM sketches)",
        "sketches",
        "keys for finding copies",
    ),
    "a sketch of a text that is not there": (
        "INSERT INTO sketches VALUES (1, 'gone')",
        "sketches",
        "text_id gone is in no id of texts",
    ),
    "a copy of a text that is not there": (
        "INSERT INTO copies VALUES ('a', 'b', 'near', 0.9, '{}')",
        "copies",
        "one a is in no id of texts",
    ),
    "the input of an article": (
        "DELETE FROM items WHERE key = '1'",
        "articles",
        "in no article_id of items",
    ),
    "the article of an input": (
        "DELETE FROM articles WHERE url LIKE '%one%'",
        "items",
        "in no id of articles",
    ),
    "all articles of a text": ("DELETE FROM articles", "texts", "in no text_id of articles"),
    "the text of all": ("DELETE FROM texts", "statements", "row of texts that is not there"),
    "what became of an input": (
        "UPDATE items SET outcome = 'failed' WHERE key = '1'",
        "items 1",
        "what goes with that",
    ),
    "the index of texts": (
        "DROP TRIGGER texts_fts_delete; DELETE FROM texts",
        "texts_fts",
        "rows that texts has not",
    ),
    "a statement that no search finds": (
        "DELETE FROM statements_fts_docsize",
        "statements_fts",
        "cannot be found by a search",
    ),
    "the inside of an index": (
        "UPDATE texts_fts_data SET block = x'00' WHERE id > 10",
        "texts_fts",
        "index of words is damaged",
    ),
}


@pytest.mark.parametrize(("damage", "about", "sentence"), _DAMAGES.values(), ids=_DAMAGES)
def test_verify_finds_damage_to(folder, kept, damage, about, sentence):
    kept.close()
    other = sqlite3.connect(folder / FILE_NAME)  # another program, which keeps no references
    other.executescript(damage)
    other.close()
    found = _damage(open_database(folder))
    assert any(each.about.startswith(about) and sentence in each.sentence for each in found), found


def test_verify_finds_a_page_that_was_overwritten(folder, kept):
    query = "SELECT rootpage FROM sqlite_master WHERE name = 'statements_by_day'"
    (page,) = kept.execute(query).fetchone()
    (size,) = kept.execute("PRAGMA page_size").fetchone()
    kept.close()
    with (folder / FILE_NAME).open("r+b") as file:
        file.seek((page - 1) * size + 100)
        file.write(b"\xff" * (size - 100))
    found = _damage(open_database(folder))
    assert any("SQLite" in each.sentence for each in found)


def test_verify_says_that_it_could_not_go_on(folder, kept):
    kept.close()
    other = sqlite3.connect(folder / FILE_NAME)
    other.execute("DROP TABLE sketches")
    other.close()
    found = _damage(open_database(folder))
    assert any("the rest was not looked at" in each.sentence for each in found)


def test_verify_lets_a_writer_go_on(folder, kept, selin):
    problems = verify_store(kept)
    next(problems)
    Writer(open_database(folder, wait=1)).keep([("3", "c", selin(selin().text + "\n").report)])
    assert all(each.kind == "not settled" for each in problems)
