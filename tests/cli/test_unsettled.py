"""A store that is not settled: every face says so in the same words."""

import pytest
from click.testing import CliRunner

from tests.crisis import make_crisis
from tests.desk.conftest import client_of, page_of, words
from tocsin.cli import tocsin as command
from tocsin.store.database import open_database
from tocsin.store.pending import WHAT_SETTLES, tell_unsettled


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    """A store of which one text is still to be compared."""
    folder = tmp_path_factory.mktemp("stores") / "crisis"
    make_crisis(folder)
    connection = open_database(folder)
    connection.execute("INSERT INTO pending (kind, key) SELECT 'text', id FROM texts LIMIT 1")
    connection.close()
    return folder


def told(store, *asked):
    done = CliRunner().invoke(command, [*asked, "--store", str(store)])
    return " ".join(done.output.split())


@pytest.mark.parametrize(
    "asked",
    [("events",), ("lists",), ("brief", "--about", "PRK"), ("export", "csv", "-"), ("alarm",)],
    ids=lambda asked: asked[0],
)
def test_commands_that_answer_say_it(store, asked):
    assert f"{tell_unsettled()}. {WHAT_SETTLES}" in told(store, *asked)


@pytest.mark.parametrize("asked", ["status", "doctor", "verify"])
def test_commands_of_care_say_it_with_the_steps_that_are_left(store, asked):
    assert tell_unsettled(1) in told(store, asked)
    assert WHAT_SETTLES in told(store, asked)


def test_pages_of_the_desk_say_it(store):
    [notice] = page_of(client_of(store), "/events").find_class("notice")
    assert tell_unsettled() in words(notice)


def test_sentence_has_the_number_of_steps():
    assert tell_unsettled(1200).endswith("(1,200 steps left)")
