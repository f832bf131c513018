"""Flags of which one can be given."""

import pytest
from click.testing import CliRunner

from tocsin.cli import tocsin as command

JUDGE = ("judge", "96bfe15264da6c85", "--store", "none", "--as", "Ada")


@pytest.mark.parametrize(
    "asked",
    [
        (*JUDGE, "--confirm", "--reject"),
        (*JUDGE, "--undo", "--complete"),
        ("read", "none.txt", "--json", "--markdown"),
        ("events", "--store", "none", "--csv", "--json"),
    ],
)
def test_flags_that_contradict_each_other_are_refused(asked):
    done = CliRunner().invoke(command, asked)
    assert (done.exit_code, done.stdout) == (2, "")
    assert all(flag in done.stderr for flag in (*asked[-2:], "contradict each other"))


def test_a_flag_given_twice_is_one():
    done = CliRunner().invoke(command, ("events", "--store", "none", "--csv", "--csv"))
    assert done.exit_code == 8  # there is no such store


def test_a_store_and_a_table_are_not_both_read():
    done = CliRunner().invoke(command, ("alarm", "--store", "none", "--events", "none.csv"))
    assert done.exit_code == 2
    assert "--store or --events" in done.stderr


def test_a_store_of_the_environment_leaves_a_table_its_place():
    asked = ("alarm", "--events", "none.csv")
    done = CliRunner().invoke(command, asked, env={"TOCSIN_STORE": "none"})
    assert done.exit_code == 3  # there is no such file


@pytest.mark.parametrize("files", [("a.csv", "b.csv", "--name", "ours"), ("x/a.csv", "y/a.csv")])
def test_files_that_would_replace_each_other_are_not_imported(files):
    done = CliRunner().invoke(command, ("reference", "add", *files))
    assert done.exit_code == 2
    assert "replace another" in done.stderr
