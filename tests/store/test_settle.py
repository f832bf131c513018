import gc
import random
import sqlite3
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from itertools import groupby

import pytest

from benchmarks.crowd import make_copies, make_crowd
from tocsin.keys import family_key
from tocsin.lexicons.outlets import Outlet
from tocsin.records import CopyMatch, DateWords, Manner, Naming, Place, Status, Verdict
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.fromjson import read_record
from tocsin.store.handle import Store
from tocsin.store.own_outlets import write_outlets
from tocsin.store.settle import pairs, settle
from tocsin.store.settle.findings import _CLAIMS
from tocsin.store.settle.parting import places_of
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer
from tocsin.together.texts.families import MOST_HOLDERS

FIRST = date(2025, 3, 4)

WIRE = """\
SELIN, March 4 (Reuters) - Vardan shelled the port of Selin on Tuesday, the harbour master said, \
and two warehouses and a customs shed burned until the evening while crews from three towns \
fought the fire.
"We have not slept and we will not sleep until the last man is found," said Arda Kishan, who \
leads the rescue. The railway to the north was closed, and the hospital asked for blood."""

OWN = """\
Smoke hung over the old town when our reporter reached it. Vardan shelled the port of Selin at \
dawn on Tuesday, a docker who was there told us, and her brother is among the missing.
Kishan has no navy to speak of, and the market opened two hours late."""

DENIAL = """\
The spokesman in Vardan spoke for four minutes and took no questions. He denied that Vardan had \
shelled the port of Selin and called the pictures old; then he left by a side door."""

TWICE = """\
Vardan shelled the port of Selin on Tuesday, and the cranes burned. Witnesses agree: Vardan fired \
on the port of Selin on Tuesday. The ministry denies that Vardan had hit the port of Selin."""


def wire(draft, tail="", days=0, url="https://wire.example/1", outlet="Selin Post"):
    made = draft(
        text=WIRE + tail, url=url, published=FIRST + timedelta(days=days), others={"outlet": outlet}
    )
    kishan = made.actor("Arda Kishan", "Arda Kishan", country="KSH")
    quoted = '"We have not slept and we will not sleep until the last man is found,"'
    made.state(kishan, quoted, manner=Manner.DIRECT)
    attack(made, "Vardan shelled the port of Selin on Tuesday")
    return made.report


def own(draft, url="https://own.example/1", outlet="The Docker"):
    made = draft(text=OWN, url=url, published=FIRST, others={"outlet": outlet})
    attack(made, "Vardan shelled the port of Selin at dawn on Tuesday")
    return made.report


def elsewhere(draft, town, rest):
    """An attack by the same country on the same day, on another town."""
    text = f"{rest} Vardan shelled the barracks of {town} on Tuesday."
    made = draft(text=text, url=f"https://nurse.example/{town}", published=FIRST)
    where = Place(words=made.at(town), name=town, country="KSH")
    made.happen(
        f"Vardan shelled the barracks of {town} on Tuesday",
        "shelled",
        actors=(made.actor("Vardan", kind="country", country="VRD"),),
        recipients=(made.actor(town, kind="body", country="KSH"),),
        date=DateWords(words=(0, 1), earliest=FIRST, latest=FIRST),
        place=where,
    )
    return made.report


def denial(draft, url="https://vardan.example/1", days=0):
    day = FIRST + timedelta(days=days)
    made = draft(text=DENIAL, url=url, published=day, others={"outlet": "Vardan Today"})
    attack(made, "Vardan had shelled the port of Selin", status=Status.DENIED, date=None)
    return made.report


def attack(made, clause, trigger="shelled", **others):
    day = DateWords(words=(0, 1), earliest=FIRST, latest=FIRST)
    parties = {
        "actors": (made.actor("Vardan", kind="country", country="VRD"),),
        "recipients": (made.actor("Selin", kind="body", country="KSH"),),
    }
    made.happen(clause, trigger, **({"date": day} | parties | others))


def keep(connection, *reports):
    Writer(connection).keep([(r.article.id, r.article.url, r) for r in reports])


def rows(connection, query):
    return connection.execute(query).fetchall()


@pytest.fixture
def corpus(draft):
    """Fourteen articles: copies, an own report, a denial."""
    wires = [
        wire(draft, tail, days, f"https://paper{n}.example/a", f"Paper {n % 3}")
        for n, (tail, days) in enumerate(
            [("", 0), ("", 0), ("", 2), ("\nMore soon.", 0), ("\nMore soon.", 1), ("\n(AP)", 5)] * 2
        )
    ]
    return [*wires, own(draft), denial(draft)]


def settled(folder, steps):
    """Return what a store holds after `steps`, functions of the connection."""
    connection = open_database(folder, create=True)
    for step in steps:
        step(connection)
    settle(connection)
    found = list(dump_content(connection))
    connection.close()
    return found


# --------------------------------------------------------------------------- what is worked out


def test_settle_keys_a_family_by_a_text_whose_day_is_a_guess(connection, draft):
    guess = {"outlet": "Paper", "published_from": "guess"}
    made = [draft(text=WIRE, url=f"https://p{n}.example/", others=guess).report for n in (1, 2)]
    keep(connection, *made)
    settle(connection)
    assert rows(connection, "SELECT id FROM families") == [(family_key(made[0].article.text_id),)]


def test_settle_takes_copies_for_one_voice(connection, draft):
    keep(connection, *(wire(draft, url=f"https://p{n}.example/") for n in range(5)), own(draft))
    settle(connection)
    found = "SELECT articles, reports, independent, credibility FROM reported_events"
    assert rows(connection, found) == [(6, 2, 2, 1)]
    assert rows(connection, "SELECT articles, agency FROM families") == [(5, "Reuters")]


@pytest.mark.parametrize(("naming", "independent"), [(Naming.ANONYMOUS, 1), (Naming.NAMED, 2)])
def test_settle_counts_those_without_a_name_who_may_be_one_once(
    connection, draft, naming, independent
):
    for called, rest in (("navy officer", WIRE), ("naval officer", OWN)):
        rest = rest.rpartition("\n")[2]
        text = f"{rest} Vardan shelled the port of Selin on Tuesday, a {called} said."
        made = draft(text=text, url=f"https://{called}.example/", published=FIRST)
        said = made.state(made.actor(called), "Vardan shelled the port of Selin", naming=naming)
        attack(made, "Vardan shelled the port of Selin on Tuesday", asserted_by=said.id)
        keep(connection, made.report)
    settle(connection)
    found = rows(connection, "SELECT reports, independent FROM reported_events")
    assert found == [(2, independent)]


def test_settle_finds_a_near_copy_of_another_day(connection, draft):
    keep(connection, wire(draft), wire(draft, "\nThe mayor spoke at noon.", days=1, url="b"))
    settle(connection)
    assert rows(connection, "SELECT kind FROM copies") == [("near",)]
    assert rows(connection, "SELECT reports, independent FROM reported_events") == [(2, 1)]


def test_settle_compares_two_new_texts_once(connection, monkeypatch):
    compared = []
    monkeypatch.setattr(pairs, "match_texts", lambda *texts: compared.append(frozenset(texts)))
    keep(connection, *make_crowd(120, random.Random(3)))
    settle(connection)
    assert compared
    assert len(set(compared)) == len(compared)


def test_settle_compares_a_text_of_before_with_all_new_ones_one_after_the_other(
    connection, monkeypatch
):
    crowd = list(make_crowd(120, random.Random(3)))
    keep(connection, *crowd[:60])
    settle(connection)
    before = {report.article.text for report in crowd[:60]}
    compared = []
    monkeypatch.setattr(pairs, "match_texts", lambda *texts: compared.extend(before & {*texts}))
    keep(connection, *crowd[60:])
    settle(connection)
    turns = [text for text, _ in groupby(compared)]
    assert len(compared) > len(turns) == len(set(turns))


def test_places_of_are_the_passages_that_a_match_has(connection, draft):
    keep(connection, wire(draft), wire(draft, "\nThe mayor spoke at noon.", days=1, url="b"))
    settle(connection)
    [(record,)] = rows(connection, "SELECT record FROM copies")
    passages = read_record(CopyMatch, record).passages
    assert places_of(record) == (tuple(p.one for p in passages), tuple(p.other for p in passages))


def test_settle_sets_report_and_denial_against_each_other(connection, draft):
    keep(connection, own(draft), denial(draft))
    settle(connection)
    query = "SELECT verdict, about FROM findings WHERE text_id IS NULL"
    ((verdict, about),) = rows(connection, query)
    assert verdict == Verdict.CONTRADICTED
    query = "SELECT contradicted, credibility FROM reported_events WHERE id = ?"
    assert connection.execute(query, (about,)).fetchall() == [(1, 5)]


def test_settle_takes_an_act_told_twice_in_one_text_for_one_telling(connection, draft, folder):
    made = draft(text=TWICE, url="https://twice.example/1", published=FIRST)
    attack(made, "Vardan shelled the port of Selin on Tuesday")
    attack(made, "Vardan fired on the port of Selin on Tuesday", "fired")
    attack(made, "Vardan had hit the port of Selin", "hit", status=Status.DENIED, date=None)
    keep(connection, made.report)
    settle(connection)
    assert rows(connection, "SELECT count(DISTINCT reported) FROM events") == [(1,)]
    (event,) = Store(folder).events()
    assert [telling.event.status for telling in event.tellings] == [Status.ASSERTED, Status.DENIED]
    assert event.reports == 2


def test_settle_makes_one_quotation_of_all_its_prints(connection, draft):
    keep(connection, wire(draft, days=1), wire(draft, url="b"))
    settle(connection)
    assert rows(connection, "SELECT articles, day FROM quotations") == [(2, "2025-03-04")]
    query = "SELECT name, statements, quotations, first, last FROM speakers"
    assert rows(connection, query) == [("Arda Kishan", 2, 1, "2025-03-04", "2025-03-05")]


def test_settle_leaves_a_sound_store_with_nothing_pending(connection, corpus):
    keep(connection, *corpus)
    settle(connection)
    assert rows(connection, "SELECT * FROM pending") == []
    assert list(verify_store(connection)) == []


def test_settle_leaves_a_reported_event_as_it_is_where_only_others_of_its_days_change(
    connection, draft
):
    keep(connection, own(draft), elsewhere(draft, "Orsk", "Nurses have fled."))
    settle(connection)
    before = set(rows(connection, "SELECT rowid, id FROM reported_events"))
    keep(connection, elsewhere(draft, "Tarna", "What the baker saw was smoke."))
    settle(connection)
    after = set(rows(connection, "SELECT rowid, id FROM reported_events"))
    assert len(before) == 2
    assert len(after) == 3
    assert before < after


def test_settle_writes_a_reported_event_anew_where_a_text_that_told_it_is_forgotten(
    connection, draft
):
    keep(connection, own(draft), own(draft, url="https://other.example/2", outlet="The Rope"))
    keep(connection, wire(draft))
    settle(connection)
    forget_article(connection, "https://wire.example/1")
    settle(connection)
    assert rows(connection, "SELECT reports, articles FROM reported_events") == [(1, 2)]


def test_settle_tells_how_much_is_left(connection, corpus):
    keep(connection, *corpus)
    told = []
    settle(connection, progress=lambda done, left: told.append((done, left)))
    assert told[-1][1] == 0
    assert [done for done, _ in told] == sorted(done for done, _ in told)


def test_write_outlets_changes_grades_and_voices(connection, draft):
    keep(connection, own(draft), own(draft, url="https://other.example/2", outlet="The Rope"))
    keep(connection, wire(draft))
    write_outlets(connection, [Outlet(domains=("own.example",), reliability="B")])
    settle(connection)
    assert rows(connection, "SELECT reliability FROM reported_events") == [("B",)]


# --------------------------------------------------------------------------- in whatever order


@pytest.mark.parametrize("seed", range(6))
def test_settle_gives_the_same_in_any_order_with_forgets_between(tmp_path, corpus, draft, seed):
    chance = random.Random(seed)
    passing = [wire(draft, f"\nTail {n}.", n, f"https://gone{n}.example/") for n in range(4)]
    everything = [*corpus, *passing]
    chance.shuffle(everything)

    def one_by_one(connection):
        for report in everything:
            keep(connection, report)
            if chance.random() < 0.5:
                settle(connection)
        chance.shuffle(passing)
        for report in passing:
            forget_article(connection, report.article.id)
            if chance.random() < 0.5:
                settle(connection)

    at_once = settled(tmp_path / "a", [lambda connection: keep(connection, *corpus)])
    assert settled(tmp_path / "b", [one_by_one]) == at_once


@pytest.mark.parametrize("more", [8, 40])
def test_settle_gives_the_same_when_a_text_becomes_common(tmp_path, draft, more):
    """More copies than are compared each with each, before and after, and some forgotten."""
    many = [
        wire(draft, f"\nPrinted as number {n}.", n % 3, f"https://p{n}.example/")
        for n in range(MOST_HOLDERS + more)
    ]
    kept, gone = many[4:], many[:4]

    def in_pieces(connection):
        for start in range(0, len(many), 20):
            keep(connection, *many[start : start + 20])
            settle(connection)
        for report in gone:
            forget_article(connection, report.article.id)

    at_once = settled(tmp_path / "a", [lambda connection: keep(connection, *kept)])
    assert settled(tmp_path / "b", [in_pieces]) == at_once


@pytest.mark.parametrize("seed", range(4))
def test_settle_gives_the_same_of_a_crowd_whose_pairs_are_driven_apart(tmp_path, monkeypatch, seed):
    """Families fall apart, and passages become standing texts and cease to be, as others come."""
    for name in ("tocsin.store.settle.pairs", "tocsin.together.texts.families"):
        monkeypatch.setattr(f"{name}.MOST_HOLDERS", 5)
    for name in ("tocsin.store.settle.pairs", "tocsin.together.texts.families"):
        monkeypatch.setattr(f"{name}.NEIGHBOURS", 2)
    monkeypatch.setattr("tocsin.store.settle.passages._MOST_HOLDERS", 6 + 5 * seed)
    monkeypatch.setattr("benchmarks.crowd._OUTLETS", 3 + 4 * seed)
    chance = random.Random(seed)
    crowd = list(make_crowd(70, chance))
    kept = crowd[:60]
    chance.shuffle(crowd)

    def in_turns(connection):
        for start in range(0, len(crowd), 7):
            keep(connection, *crowd[start : start + 7])
            settle(connection)
        for report in crowd:
            if report not in kept:
                forget_article(connection, report.article.id)

    at_once = settled(tmp_path / "a", [lambda connection: keep(connection, *kept)])
    assert settled(tmp_path / "b", [in_turns]) == at_once


def test_settle_goes_on_after_it_was_broken_off(tmp_path, corpus):
    class Broken(Exception):
        pass

    def break_off_often(connection):
        keep(connection, *corpus)

        def stop(*_):
            raise Broken

        for _ in range(50):
            try:
                settle(connection, progress=stop)
            except Broken:
                continue

    at_once = settled(tmp_path / "a", [lambda connection: keep(connection, *corpus)])
    assert settled(tmp_path / "b", [break_off_often]) == at_once


def test_settle_gives_the_same_of_a_crisis_day_at_once_and_in_turns(tmp_path):
    crowd = list(make_crowd(40, random.Random(3)))

    def in_turns(connection):
        for start in range(0, len(crowd), 10):
            keep(connection, *crowd[start : start + 10])
            settle(connection)

    at_once = settled(tmp_path / "a", [lambda connection: keep(connection, *crowd)])
    assert settled(tmp_path / "b", [in_turns]) == at_once


def test_a_run_that_was_broken_off_before_more_texts_came_leaves_no_other_pairs(tmp_path):
    copies = [(r.article.id, "made", r) for r in make_copies(200, random.Random(3))]
    stores = []
    for name in ("broken", "whole"):
        connection = open_database(tmp_path / name, create=True)
        stores.append(connection)
        Writer(connection).keep(copies[:80])
        if name == "broken":
            with pytest.raises(KeyboardInterrupt):
                settle(connection, progress=partial(_stop_after_texts, connection))
        Writer(connection).keep(copies[80:])
        settle(connection)
    broken, whole = (list(dump_content(each)) for each in stores)
    assert broken == whole


def _stop_after_texts(connection, *_):
    left = "SELECT count(*) FROM pending WHERE kind = 'text'"
    if connection.execute(left).fetchone() == (0,):
        raise KeyboardInterrupt


@pytest.mark.parametrize("is_on", [True, False])
def test_settle_leaves_the_collector_of_cycles_as_it_was(connection, corpus, is_on):
    was_on = gc.isenabled()
    (gc.enable if is_on else gc.disable)()
    try:
        keep(connection, *corpus)
        settle(connection)
        assert gc.isenabled() is is_on
    finally:
        (gc.enable if was_on else gc.disable)()


def test_of_several_claims_to_an_office_two_of_different_texts_are_compared():
    one, other = "a" * 16, "b" * 16
    rows = [("1", one), ("5", other), ("9", one)]
    with closing(sqlite3.connect(":memory:")) as plain:
        plain.execute("CREATE TABLE office_claims (id, text_id, office_id, name, day, verdict)")
        made = [(key, text, "CHD:minister", "Ann Roe", "2025-03-04", None) for key, text in rows]
        plain.executemany("INSERT INTO office_claims VALUES (?, ?, ?, ?, ?, ?)", made)
        asked = [key for key, _ in plain.execute(_CLAIMS, {"office": "CHD:minister"})]
    assert {dict(rows)[key] for key in asked} == {one, other}
