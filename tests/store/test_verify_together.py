from datetime import date

import pytest

from tocsin.records import DateWords, Place, Status
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store


@pytest.fixture
def settled(connection, writer, selin, draft):
    """A settled store: a text printed twice, a near copy, and an article that denies the event."""
    first, second = (selin(url=f"https://{each}.example/1").report for each in ("one", "two"))
    copy = selin("Selin Post: " + selin().text, url="https://three.example/1").report
    reports = (first, second, copy, _denial(draft).report)
    writer.keep([(f"key {i}", f"{i}.txt", report) for i, report in enumerate(reports)])
    settle(connection)
    return connection


def _denial(draft):
    denial = draft(text=_DENIED, url="https://four.example/1")
    clause = "its boats shelled Selin on Tuesday"
    day = date(2025, 3, 4)
    denial.happen(
        clause,
        "shelled",
        status=Status.DENIED,
        date=DateWords(words=denial.at("Tuesday"), earliest=day, latest=day),
        place=Place(words=denial.at("Selin"), name="Selin", country="KSH"),
    )
    return denial


_DENIED = """\
VARDAN, March 4 - The navy of Vardan says it is not true that its boats shelled Selin on Tuesday.
Fishermen on the northern shore heard thunder, and saw nothing but rain until the evening came."""


def _problems(connection):
    return list(verify_store(connection))


def test_verify_finds_nothing_in_a_settled_store(settled):
    assert not _problems(settled)


def test_the_settled_store_has_something_of_everything(settled):
    tables = (
        "families",
        "copies",
        "reported_events",
        "reported_statuses",
        "speakers",
        "quotations",
    )
    for table in tables:
        assert settled.execute(f"SELECT count(*) FROM {table}").fetchone()[0], table
    assert settled.execute("SELECT 1 FROM findings WHERE text_id IS NULL").fetchone()


#: What is done to it, and the words by which it must be found.
_DAMAGES = {
    "a family that is not there": ("UPDATE texts SET family = 'f'", "texts", "no id of families"),
    "a family without texts": ("DELETE FROM family_members", "families", "no family of family_mem"),
    "a copy that does not know of it": (
        "UPDATE texts SET family = NULL",
        "family_members",
        "no copy in the family",
    ),
    "a copy of which the family does not know": (
        "DELETE FROM family_members",
        "texts",
        "does not have it as a copy",
    ),
    "the count of a family": ("UPDATE families SET articles = 9", "families", "says 9 articles"),
    "a quotation that is not there": (
        "UPDATE statements SET quotation = 'q' WHERE position = 1",
        "statements",
        "no id of quotations",
    ),
    "a speaker that is not there": ("DELETE FROM speakers", "statements", "no key of speakers"),
    "the count of a speaker": (
        "UPDATE speakers SET statements = 99",
        "speakers",
        "says 99 statements",
    ),
    "an event without reported event": (
        "UPDATE events SET reported = NULL",
        "events",
        "belongs to no reported event",
    ),
    "a status of nothing": (
        "INSERT INTO reported_statuses VALUES ('r', 'asserted', NULL)",
        "reported_statuses",
        "no id of reported_events",
    ),
    "the reports of an event": (
        "UPDATE reported_events SET reports = 99",
        "reported_events",
        "says 99 reports",
    ),
    "a quad class of a place": (
        "UPDATE places SET verbal_conflict = 7",
        "places",
        "says 7 verbal_conflict",
    ),
    "the first day of a place": (
        "UPDATE places SET first = '1999-01-01'",
        "places",
        "says 1999-01-01 first",
    ),
    "a place that is not there": ("DELETE FROM places", "reported_events", "not among the places"),
    "the quotations of a speaker": (
        "UPDATE speakers SET quotations = 99",
        "speakers",
        "says 99 quotations",
    ),
    "the score of a pair": (
        "UPDATE reported_pairs SET score = 99",
        "reported_pairs",
        "does not say what its event says",
    ),
    "an id without a record": (
        "UPDATE arrivals SET record = NULL WHERE kind = 'event'",
        "arrivals",
        "hangs on no record",
    ),
    "a passage": (
        "UPDATE copies SET record = json_set(record, '$.passages[0].one[1]', 99999)",
        "copies",
        "not inside its text",
    ),
    "an event without arrival": (
        "DELETE FROM arrivals WHERE kind = 'event'",
        "reported_events",
        "no id of arrivals",
    ),
    "an id that hangs on nothing": (
        "UPDATE arrivals SET record = 'e' WHERE kind = 'event'",
        "arrivals",
        "no id of events",
    ),
    "a record of a copy": ("UPDATE copies SET record = '[]'", "copies", "cannot be read"),
    "the words of a side": (
        "UPDATE findings SET record = json_set(record, '$.sides[0].quoted', 'peace')"
        " WHERE text_id IS NULL",
        "findings",
        "are not in the text",
    ),
}


@pytest.mark.parametrize(("damage", "about", "sentence"), _DAMAGES.values(), ids=_DAMAGES)
def test_verify_finds_damage_to(settled, damage, about, sentence):
    settled.execute("PRAGMA foreign_keys=OFF")
    settled.execute(damage)
    found = _problems(settled)
    assert any(each.about.startswith(about) and sentence in each.sentence for each in found), found


def test_verify_does_not_judge_what_is_not_settled(settled):
    settled.execute("UPDATE families SET articles = 9")
    settled.execute("INSERT INTO pending VALUES ('family', 'f')")
    assert {each.kind for each in _problems(settled)} == {"not settled"}
