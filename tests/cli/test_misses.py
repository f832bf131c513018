"""What is misspelt: refused with the nearest where few can be had, else told of."""

import pytest
from click.testing import CliRunner

from tocsin.cli import tocsin as command
from tocsin.store.kinds import KINDS


def ask(store, *words):
    return CliRunner().invoke(command, [*words, "--store", str(store)])


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (("events", "--type", "SANCTIONS"), "SANCTION"),
        (("events", "--status", "denyed"), "denied"),
        (("events", "--country", "Ukrain"), "Ukraine"),
        (("series", "--actor", "North Koria"), "North Korea"),
        (("events", "--sort", "oldst"), "oldest"),
        (("lists", "--kind", "sanction"), "sanctions"),
        (("blocs", "--about", "Germny"), "Germany"),
    ],
)
def test_what_is_none_of_few_is_refused_with_the_nearest(crisis, asked, meant):
    done = ask(crisis, *asked)
    assert (done.exit_code, done.stdout) == (5, "")
    assert f"Did you mean {meant}?" in done.stderr


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (("events", "--actor", "UKRAIN"), "Ukraine"),
        (("events", "--recipient", "Mozambik"), "Mozambique"),  # which no article names
        (("events", "--outlet", "Harbor Post"), "Harbour Post"),
        (("events", "--place", "Kurks"), "Kursk"),
        (("statements", "--speaker", "Olek Tarn"), "Oleg Tarn"),
        (("families", "--agency", "Reuter"), "Reuters"),
        (("judgements", "--judge", "Adda"), "Ada"),
    ],
)
def test_a_name_that_nothing_has_is_told_with_the_nearest(crisis, asked, meant):
    done = ask(crisis, *asked, "--json")
    assert (done.exit_code, done.stdout) == (0, "")
    assert f"fit {asked[1]} {asked[2]}, whatever else is asked. Did you mean " in done.stderr
    assert meant in done.stderr


def test_a_count_of_nothing_names_what_is_misspelt(crisis):
    done = ask(crisis, "articles", "--outlet", "Harbor Post", "--count")
    assert done.stdout == "0\n"
    assert "Did you mean Harbour Post?" in done.stderr


def test_an_id_that_is_nowhere_is_named(crisis):
    said = ask(crisis, "events", "--article", "17", "--type", "AID").stderr
    assert said == (
        "No events in the store fit.\ntocsin: no events fit --article 17, whatever else is asked.\n"
    )


def test_what_alone_gives_nothing_is_not_told_twice(crisis):
    assert ask(crisis, "events", "--article", "17").stderr == "No events in the store fit.\n"


def test_what_is_there_but_not_together_is_not_called_misspelt(crisis):
    done = ask(crisis, "events", "--actor", "RUS", "--place", "Kursk", "--status", "hypothetical")
    assert done.stderr == "No events in the store fit.\n"


def test_an_export_of_nothing_names_what_is_misspelt(crisis):
    done = ask(crisis, "export", "csv", "-", "--outlet", "Harbor Post")
    assert (done.exit_code, "Did you mean Harbour Post?" in done.stderr) == (0, True)


def test_a_country_of_an_office_is_refused_where_it_is_none():
    done = CliRunner().invoke(command, ["office", "foreign minister", "--country", "Ukrain"])
    assert (done.exit_code, "Did you mean Ukraine?" in done.stderr) == (5, True)


NAMED = [(kind.name, each) for kind in KINDS for each in kind.filters if each.names]


@pytest.mark.parametrize(("kind", "asked"), NAMED, ids=lambda each: getattr(each, "name", each))
def test_names_of_every_filter_can_be_read(crisis, kind, asked):
    done = ask(crisis, kind, f"--{asked.option}", "xyzzy")
    assert (done.exit_code, done.stderr) == (0, f"No {kind} in the store fit.\n")


def test_a_person_that_is_not_on_record_is_told_with_the_nearest():
    done = CliRunner().invoke(command, ["person", "Shoygy"])
    assert done.stdout == "The reference has no record of 'Shoygy'.\n"
    assert "Did you mean Shoygu" in done.stderr
