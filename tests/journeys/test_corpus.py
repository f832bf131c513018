"""A corpus from the command line: added, looked at while it grows, forgotten, verified."""

import json
import shutil
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner

import tocsin
from tests.corpus.made_week import make_text, make_week
from tocsin.cli import tocsin as command
from tocsin.store.content import dump_content
from tocsin.store.database import open_database

PROGRAM = Path(sys.executable).with_name("tocsin")


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    return make_week(tmp_path_factory.mktemp("news") / "week")


@pytest.fixture(scope="module")
def added(week, tmp_path_factory):
    """What the real command says of a week, and the store that it made."""
    store = tmp_path_factory.mktemp("stores") / "crisis"
    done = subprocess.run(
        [PROGRAM, "add", week, "--store", store], capture_output=True, text=True, timeout=120
    )
    return done, store


def invoke(*arguments, **options):
    return CliRunner().invoke(command, [str(each) for each in arguments], **options)


def add(*arguments, **options):
    """Add with one worker: each loads the models anew."""
    return invoke("add", *arguments, "--workers", "1", **options)


def content_of(store):
    with closing(open_database(store, read_only=True)) as connection:
        return list(dump_content(connection))


def test_add_says_what_became_of_everything(added):
    done, _ = added
    assert done.returncode == 1  # the blank file and the picture
    assert done.stdout.startswith(
        "36 articles added (1 with words that were there already); 0 already"
    )
    assert "2 set aside (fr 2); 2 failed" in done.stdout
    assert "blank.txt" in done.stderr
    assert "picture.txt" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_add_again_changes_nothing(added, week):
    _, store = added
    before = content_of(store)
    again = invoke("add", week, "--store", store)
    assert again.stdout.startswith("0 articles added; 38 already there; 2 failed")
    assert content_of(store) == before


def test_add_in_two_steps_and_another_order_gives_the_same_store(added, week, tmp_path):
    _, store = added
    some = [week / "feed.xml", *sorted(week.glob("*.html"), reverse=True), week / "again.txt"]
    assert add(*some, "--store", tmp_path / "crisis").exit_code == 0
    assert add(week, "--store", tmp_path / "crisis").exit_code == 1
    assert content_of(tmp_path / "crisis") == content_of(store)


def test_readers_meet_no_error_while_one_writes(week, tmp_path):
    store = tmp_path / "crisis"
    open_database(store, create=True).close()
    ended = threading.Event()
    counts, errors = [], []

    def read():
        try:
            with tocsin.open(store) as opened:
                while not ended.wait(0.01):  # without a pause the readers take all time
                    counts.append(opened.status().articles)
                    list(opened.events(actor="RUS"))
                    list(opened.statements())
        except Exception as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    done = subprocess.run(
        [PROGRAM, "add", week, "--store", store, "--workers", "1"],
        capture_output=True,
        timeout=200,
    )
    ended.set()
    for reader in readers:
        reader.join()
    assert errors == []
    assert done.returncode == 1
    assert min(counts) == 0
    assert len(set(counts)) > 1


def test_status_counts_what_is_there(added):
    _, store = added
    shown = invoke("status", "--store", store)
    assert "36 with 35 different texts, 2025-03-03 to 2025-03-07" in shown.stdout
    assert "fr 2" in shown.stdout
    assert "Not settled" not in shown.stdout
    assert "Last run:" in shown.stdout
    counted = json.loads(invoke("status", "--json", env={"TOCSIN_STORE": str(store)}).stdout)
    assert (counted["articles"], counted["pending"]) == (36, 0)
    assert counted["set_aside"] == {"fr": 2}


def test_verify_finds_a_store_sound_and_damage_not(added, tmp_path):
    _, store = added
    sound = invoke("verify", "--store", store)
    assert (sound.exit_code, sound.stdout) == (0, "The store is sound.\n")
    copy = tmp_path / "copy"
    shutil.copytree(store, copy)
    with closing(open_database(copy)) as connection:
        connection.execute('UPDATE statements SET "end" = "end" + 1 WHERE position = 0')
    damaged = invoke("verify", "--store", copy)
    assert damaged.exit_code == 1
    assert damaged.stdout.startswith("damage: statements")


def test_forget_leaves_a_store_as_if_the_article_had_never_been_added(tmp_path):
    folder, store, other = tmp_path / "news", tmp_path / "crisis", tmp_path / "other"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(make_text(number))
    assert add(folder / "1.txt", "--store", other).exit_code == 0
    assert add(folder, "--store", store).exit_code == 0
    articles = [row for row in content_of(store) if row[0] == "articles"]
    [article] = [row[1] for row in articles if str(folder / "2.txt") in row]
    done = invoke("forget", article[:8], "--store", store)
    assert (done.exit_code, done.stdout) == (0, f"Forgotten: {article}\n")
    assert content_of(store) == content_of(other)


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["add", "x.txt"], 2, "TOCSIN_STORE"),
        (["add", "x.txt", "--store", "{tmp}", "--map", "text"], 2, "text=body"),
        (["add", "{tmp}/t.csv", "--store", "{tmp}/s", "--map", "text=none"], 5, "none"),
        (["add", "x.txt", "--store", "{tmp}", "--workers", "0"], 2, "--workers"),
        (["add", "x.txt", "--store", "{tmp}", "--limit", "0"], 2, "--limit"),
        (["add", "{tmp}/t.csv", "--store", "{tmp}/t.csv"], 8, "a store is a folder"),
        (["add", "{tmp}/no.txt", "--store", "{tmp}/s"], 3, "there is no such file"),
        (["status", "--store", "{tmp}/no"], 8, "no such store"),
        (["forget", "abcd", "--store", "{tmp}/no"], 8, "no such store"),
        (["verify", "--store", "{tmp}/no"], 8, "no such store"),
    ],
)
def test_commands_refuse_with_a_clear_message(arguments, code, says, tmp_path):
    (tmp_path / "t.csv").write_text("title,text\nBoats,The boats left.\n")
    done = invoke(*(each.format(tmp=tmp_path) for each in arguments))
    assert done.exit_code == code
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_add_without_the_pipeline_says_so_once(tmp_path):
    (tmp_path / "a.txt").write_text(make_text(1))
    environment = {"TOCSIN_PIPELINE": "no_such_pipeline"}
    done = add(tmp_path / "a.txt", "--store", tmp_path / "crisis", env=environment)
    assert done.exit_code == 6
    assert done.stderr.count("not installed") == 1


def test_add_over_the_limit_is_a_failure_that_says_what_to_set(tmp_path):
    (tmp_path / "a.txt").write_text(make_text(1))
    (tmp_path / "long.txt").write_text(" ".join(make_text(seed) for seed in range(400)))
    done = add(tmp_path, "--store", tmp_path / "crisis", "--limit", "4")
    assert done.exit_code == 1
    assert "takes too long" in done.stderr
    assert "--limit" in done.stderr
    assert done.stdout.startswith("1 article added; 0 already there; 1 failed")
