"""What a store answers, filter by filter, on a small store of invented articles."""

import itertools
import sqlite3
from contextlib import closing
from datetime import date

import pytest

import tocsin
from tests.crisis import make_crisis
from tocsin.errors import StoreError, ValueNotUnderstood
from tocsin.store.database import open_database
from tocsin.store.kinds import EVENTS, KINDS


def told(store, **asked):
    """The types and modes of the events that are found, newest first."""
    return [f"{event.type} {event.mode or '-'}" for event in store.events(**asked)]


MOVED, STRUCK, DESTROYED = "MOBILIZE troops", "ASSAULT drone", "ASSAULT destroy"
REJECTED, OFFERED = "REJECT -", "AID -"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"actor": "PRK"}, [MOVED]),
        ({"actor": "prk"}, [MOVED]),
        ({"actor": "North Korea"}, [MOVED]),
        ({"actor": "PRK:MIL"}, [MOVED]),
        ({"actor": "PRK:GOV"}, []),
        ({"actor": "NATO"}, [DESTROYED]),
        ({"actor": "EU"}, [OFFERED]),
        ({"recipient": "RUS"}, [STRUCK, DESTROYED]),
        ({"recipient": "Russian army"}, [STRUCK, DESTROYED]),
        ({"recipient": "army Russian"}, []),
        ({"recipient": "Ukraine"}, [OFFERED]),
        ({"type": "mobilize"}, [MOVED]),
        ({"mode": "Drone"}, [STRUCK]),
        ({"quad": 3}, [REJECTED]),
        ({"status": "denied"}, [MOVED]),
        ({"status": "alleged"}, [DESTROYED]),
        ({"since": "2024-10-30"}, [STRUCK, DESTROYED]),
        ({"until": "28 October 2024"}, [MOVED]),
        ({"since": date(2024, 10, 29), "until": date(2024, 10, 29)}, [REJECTED]),
        ({"country": "Russia"}, [STRUCK, MOVED]),
        ({"place": "kursk"}, [MOVED]),
        ({"contradicted": True}, [MOVED]),
        ({"contradicted": False}, [STRUCK, DESTROYED, REJECTED, OFFERED]),
        ({"independent": 2}, []),
        ({"grade": "B5"}, [MOVED]),
        ({"grade": "B"}, [STRUCK, DESTROYED, MOVED]),
        ({"grade": "5"}, [MOVED]),
        ({"outlet": "moscow mirror"}, [REJECTED, MOVED]),
        ({"context": "technology"}, [STRUCK]),
        ({"text": "drones"}, [STRUCK]),
        ({"text": '"air defence"'}, [STRUCK]),
        ({"text": '"defence air"'}, []),
        ({"text": "launch* destroyed"}, [DESTROYED]),
        ({"actor": "UKR", "text": "depot", "quad": 4, "grade": "B"}, [STRUCK]),
        ({"actor": "UKR", "contradicted": True}, []),
    ],
)
def test_events_are_found_by_each_filter(store, asked, expected):
    assert sorted(told(store, **asked)) == sorted(expected)
    assert store.events(**asked).count() == len(expected)


def test_events_come_newest_first_and_those_without_a_day_last(store):
    assert told(store)[2:] == [REJECTED, MOVED, OFFERED]


def test_events_of_an_article_are_those_it_tells(store):
    (mirror,) = store.articles(outlet="Moscow Mirror")
    assert sorted(told(store, article=mirror.id)) == sorted([MOVED, REJECTED])


def test_an_event_brings_its_tellings_with_words_and_articles(store):
    (moved,) = store.events(actor="PRK")
    assert [telling.event.status for telling in moved.tellings].count("denied") == 1
    for telling in moved.tellings:
        text = store.report(telling.articles[0]).article.text
        start, end = telling.event.words
        assert telling.told == text[start:end]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"speaker": "tarn"}, ["This is an invention"]),
        ({"speaker": "Oleg Tarn", "stance": "denies"}, []),
        ({"country": "KOR", "naming": "named", "limit": 1}, ["“Several thousand soldiers"]),
        ({"stance": "denies"}, ["that North Korea had moved"]),
        ({"naming": "anonymous"}, ["a fairy tale of the West"]),
        ({"manner": "direct", "until": "2024-10-29"}, ["“Several thousand soldiers"]),
        ({"text": "fairy"}, ["a fairy tale of the West"]),
        ({"outlet": "Moscow Mirror", "speaker": "Russia"}, ["that North Korea had moved"]),
        ({"outlet": "Coast Daily", "speaker": "Han Doyun"}, ["“Several thousand soldiers"]),
        ({"until": "2024-10-29", "speaker": "Nobody"}, []),
    ],
)
def test_statements_are_found_by_each_filter(store, asked, expected):
    said = [found.said for found in store.statements(**asked)]
    assert len(said) == len(expected)
    assert all(words.startswith(start) for words, start in zip(said, expected, strict=True))


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({}, ["Han Doyun"]),
        ({"speaker": "tarn"}, []),
        ({"country": "South Korea"}, ["Han Doyun"]),
        ({"since": "2024-10-30"}, []),
        ({"until": "2024-10-29", "country": "KOR"}, ["Han Doyun"]),
        ({"articles": 2}, ["Han Doyun"]),
        ({"articles": 9}, []),
        ({"text": "reached"}, ["Han Doyun"]),
        ({"text": "soldiers", "speaker": "Han Doyun", "articles": 1}, ["Han Doyun"]),
    ],
)
def test_quotations_are_found_by_each_filter(store, asked, expected):
    found = [each.quotation.speaker.name for each in store.quotations(**asked)]
    assert sorted(found) == sorted(expected)
    assert store.quotations(**asked).count() == len(expected)


def test_a_quotation_names_its_articles_the_earliest_first(store):
    (found,) = store.quotations(speaker="Han Doyun")
    assert [each.id for each in found.prints] == list(found.quotation.articles)
    assert found.prints[0].published == found.quotation.first_published
    (again,) = store.quotations(article=found.prints[-1].id)
    assert again == found


def test_findings_are_not_asked_for_by_a_check_that_does_not_exist(store):
    with pytest.raises(ValueNotUnderstood, match="tenure, holder, dating"):
        store.findings(check="office")


def test_findings_are_found_by_check_verdict_and_words(store):
    assert store.findings(check="tenure", verdict="contradicted").count() == 2
    assert [f.finding.verdict for f in store.findings(text="Tarn")] == ["holds"]
    (between,) = store.findings(check="contradiction")
    assert len(between.finding.sides) == 2
    assert not between.prints
    assert [f.id for f in store.findings(about=between.finding.about)] == [between.id]


def test_speakers_come_with_the_most_quoted_first(store):
    speakers = list(store.speakers())
    assert speakers == sorted(speakers, key=lambda each: -each.statements)
    assert [each.name for each in store.speakers(name="doyun")] == ["Han Doyun"]
    assert [each.name for each in store.speakers(verdict="holds")] == ["Oleg Tarn"]
    assert [each.name for each in store.speakers(text="governor")] == ["Pavel Orlin"]
    assert {each.name for each in store.speakers(country="KOR")} >= {"Han Doyun"}


def test_offices_are_found_by_words_id_name_and_verdict(store):
    assert {c.claim.name for c in store.offices(office="minister defence")} == {"Han Doyun"}
    assert {c.claim.name for c in store.offices(office="RUS:foreign")} == {"Oleg Tarn"}
    assert store.offices(name="Tarn", verdict="holds", country="RUS").count() == 1
    assert store.offices(since="2024-10-30").count() == 1


def test_articles_are_found_by_outlet_text_and_family(store):
    assert store.articles(outlet="Seoul Ledger").count() == 2
    assert [a.outlet for a in store.articles(text="fairy tale")] == ["Moscow Mirror"]
    (family,) = store.families()
    assert {a.id for a in store.articles(family=family.id)} == set(family.articles)
    assert [f.id for f in store.families(article=family.articles[0])] == [family.id]


@pytest.mark.parametrize(
    "words",
    ['"', "NEAR(a b)", "told:x", "a AND", "(", "*", "^x", "a:b", "-x", "'", "x\x01y", "é*!"],
)
@pytest.mark.parametrize(
    "kind", ["events", "statements", "quotations", "findings", "speakers", "articles"]
)
def test_no_words_are_taken_for_syntax(store, kind, words):
    try:
        list(getattr(store, kind)(text=words))
    except ValueNotUnderstood:
        assert not any(c.isalnum() for c in words)


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"type": "INVADE"}, "one of AGREE, CONSULT"),
        ({"mode": "stroll"}, "one of abduct"),
        ({"type": "AID", "mode": "drone"}, "no mode at all"),
        ({"status": "perhaps"}, "one of asserted"),
        ({"quad": 5}, "1, 2, 3 or 4"),
        ({"since": "10/11/2024"}, "2024-10-29"),
        ({"since": "2025-01-01", "until": "2024-01-01"}, "since first"),
        ({"country": "Atlantis"}, "ISO 3166-1"),
        ({"actor": "Atlantis:MIL"}, "ISO 3166-1"),
        ({"actor": "PRK:XXX"}, "one of GOV, MIL"),
        ({"actor": "PRK:"}, "one of GOV, MIL"),
        ({"actor": ["PRK"]}, "one word"),
        ({"text": 7}, "one word"),
        ({"independent": "-1"}, "0 to 1,000"),
        ({"outlet": "\udcff"}, "characters"),
        ({"grade": "G7"}, "A to F"),
        ({"independent": -1}, "0 to 1,000"),
        ({"independent": "two"}, "whole number"),
        ({"context": "gossip"}, "one of military"),
        ({"text": "?!"}, "letters or digits"),
        ({"text": "a*"}, "two letters"),
        ({"contradicted": "yes"}, "True or False"),
        ({"flavour": "x"}, "one of actor"),
    ],
)
def test_a_value_that_is_not_understood_says_what_would_be(store, asked, says):
    with pytest.raises(ValueNotUnderstood, match=says):
        store.events(**asked)


def test_every_filter_is_described_once():
    for kind in KINDS:
        assert len({each.name for each in kind.filters}) == len(kind.filters)
        assert all(each.help for each in kind.filters)
    assert {"actor", "text"} <= {each.name for each in EVENTS.filters}


def test_limits_cut_what_is_found_and_counted(store):
    assert len(list(store.events(limit=2))) == 2
    assert store.events(limit=2).count() == 2
    assert list(store.events(limit=0)) == []
    assert store.events(limit=9).count() == 5


def test_nothing_found_is_empty_and_false(store):
    nothing = store.events(actor="NZL")
    assert (list(nothing), len(nothing), bool(nothing), nothing.first()) == ([], 0, False, None)


def test_each_thread_reads_for_itself(store):
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(4) as pool:
        counts = list(pool.map(lambda _: sum(1 for _ in store.events()), range(12)))
    assert counts == [5] * 12


def test_a_closed_store_says_so(tmp_path):
    store = tocsin.open(make_crisis(tmp_path / "crisis"))
    with store:
        found = iter(store.events())
        next(found)
    with pytest.raises(StoreError, match="closed"):
        store.events().count()


def test_readers_read_on_while_a_writer_writes(tmp_path):
    folder = make_crisis(tmp_path / "crisis")
    from tocsin.store.database import open_database

    writer = open_database(folder)
    with tocsin.open(folder) as one, tocsin.open(folder) as other:
        found = iter(one.statements())
        first = next(found)
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM findings")
        assert other.findings().count() == 4
        writer.execute("COMMIT")
        assert other.findings().count() == 0
        assert len(list(itertools.chain([first], found))) == one.statements().count()
    writer.close()


def test_the_store_can_only_be_read(store):
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        store.connection().execute("DELETE FROM events")


def test_a_record_that_is_no_json_is_damage(tmp_path):
    folder = make_crisis(tmp_path / "crisis")
    with closing(open_database(folder)) as connection:
        connection.execute("UPDATE reported_events SET record = '{'")
    with tocsin.open(folder) as store, pytest.raises(StoreError, match="tocsin verify"):
        list(store.events())
