"""Alarms and a brief as a script asks for them."""

import gzip
import inspect
from datetime import date
from math import nan
from pathlib import Path

import pytest

import tocsin
from tocsin.client import RemoteStore
from tocsin.errors import InputError, ValueNotUnderstood
from tocsin.watch.alarms import find_alarms
from tocsin.watch.brief.stored import read_scope
from tocsin.watch.stored import read_relations

TABLE = Path(__file__).parents[2] / "examples" / "crisis" / "polecat.tsv"


def rung(outcome):
    return [(each.actor, each.recipient) for each in outcome]


def test_alarms_of_a_store_are_those_of_its_relations(store):
    assert tocsin.alarms(store) == find_alarms(read_relations(store))


def test_alarms_of_a_table_are_those_asked_about():
    assert {("IDN", "MYS"), ("MYS", "IDN"), ("PHL", "IDN")} <= {*rung(tocsin.alarms(TABLE))}
    assert rung(tocsin.alarms(TABLE, "the Philippines")) == [("PHL", "IDN")]


def test_alarms_of_a_table_are_as_known_on_a_day():
    known = tocsin.alarms(TABLE, until="11 June 2024")
    assert known.last == date(2024, 6, 11)
    assert ("PHL", "IDN") not in rung(known)


def test_alarms_of_a_table_do_not_count_later_rows_as_without_a_day():
    assert tocsin.alarms(TABLE, until="11 June 2024").left_out["without a day"] == 0


def test_a_day_before_all_days_is_told_as_that(store):
    for given in (store, TABLE):
        with pytest.raises(InputError, match=r"up to this day: 1999-12-31"):
            tocsin.alarms(given, until="1999")


def test_alarms_that_ended_before_are_left_out():
    assert rung(tocsin.alarms(TABLE, since="July 2024")) == []


def test_alarms_of_a_table_in_a_form_of_its_own(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("when,who,whom,what\n2024-06-01,IDN,MYS,ASSAULT\n2024-06-03,IDN,MYS,ASSAULT\n")
    mapping = {"day": "when", "actor": "who", "recipient": "whom", "act": "what"}
    assert tocsin.alarms(own, mapping=mapping).last == date(2024, 6, 3)


def test_alarms_of_a_table_that_is_cut_short_warn(tmp_path):
    cut = tmp_path / "cut.tsv.gz"
    cut.write_bytes(gzip.compress(TABLE.read_bytes() * 50)[:-2_000])
    with pytest.warns(UserWarning, match=r"cut\.tsv\.gz; expected"):
        tocsin.alarms(cut)


def test_alarms_refuse_a_mapping_for_a_store(store):
    with pytest.raises(TypeError, match="columns of a table"):
        tocsin.alarms(store, mapping={"day": "when"})


@pytest.mark.parametrize(
    "asked", [{"rate": 0}, {"rate": nan}, {"budget": -1}, {"about": "Atlantis"}, {"since": "soon"}]
)
def test_alarms_refuse_what_cannot_be_asked(store, asked):
    with pytest.raises(ValueNotUnderstood):
        tocsin.alarms(store, **asked)


def test_brief_takes_days_as_people_write_them(store):
    scope = tocsin.brief(store, "Russia", since="October 2024", until="October 2024").scope
    assert (scope.since, scope.until) == (date(2024, 10, 1), date(2024, 10, 31))


def test_brief_notes_nothing_in_the_store(store):
    tocsin.brief(store, "PRK")
    assert read_scope(store, "PRK", new=True).new_from is None


def test_brief_of_a_store_is_asked_as_that_of_a_desk():
    _, *ours = inspect.signature(tocsin.brief).parameters.values()
    _, *of_desk = inspect.signature(RemoteStore.brief).parameters.values()
    assert ours == of_desk
