import base64
import hashlib
import shutil
import sqlite3
import webbrowser
from contextlib import closing
from datetime import date
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from tocsin.models.networks import reader_version
from tocsin.publish import doctor
from tocsin.publish.doctor import Mark
from tocsin.reference.layers import add_layer
from tocsin.settings import Settings
from tocsin.store.database import FILE_NAME, open_database

TODAY = date(2026, 11, 30)


def test_everything_works_here(crisis):
    symptoms = list(doctor.examine(Settings(), crisis, today=TODAY))
    said = [each.subject for each in symptoms]
    assert [each for each in symptoms if each.mark is Mark.WRONG] == []
    assert {"Packages", "Networks", "Reading", "Reference", "Browser", "Disk", "Store"} <= {*said}


def test_every_row_of_the_table_is_said():
    source = Path(doctor.__file__).read_text(encoding="utf-8")
    assert [key for key in doctor._read_symptoms() if f'"{key}"' not in source] == []


def test_whatever_is_wrong_or_worth_a_note_comes_with_advice():
    own = {"reading_fails", "reference_fails", "store_fails", "weights_unsigned"}
    for key, (mark, _, _, advice) in doctor._read_symptoms().items():
        assert mark == "ok" or advice != "-" or key in own, key


@pytest.fixture
def needs(monkeypatch):
    """Let Tocsin need three packages, one of them for an extra."""
    lines = ["spacy<3.9,>=3.8", "click>=8.5", "mcp>=2; extra == 'desk'"]
    monkeypatch.setattr(doctor, "requires", lambda _: lines)


@pytest.mark.usefixtures("needs")
def test_package_that_is_missing_is_named(monkeypatch):
    def gone(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(doctor, "version", gone)
    missing = list(doctor._packages())
    assert {each.mark for each in missing} == {Mark.WRONG}
    assert [each.said for each in missing] == [
        "spacy is not installed; needed is spacy<3.9,>=3.8",
        "click is not installed; needed is click>=8.5",
    ]


@pytest.mark.usefixtures("needs")
def test_package_of_another_version_is_named(monkeypatch):
    monkeypatch.setattr(doctor, "version", lambda _: "0.0.1")
    assert any("click is there as 0.0.1" in each.said for each in doctor._packages())


@pytest.mark.usefixtures("needs")
def test_extra_that_is_missing_is_a_note(monkeypatch):
    monkeypatch.setattr(doctor, "version", lambda _: "0.0.1")
    missing = doctor._extra("desk")
    assert (missing.mark, missing.advice) == (
        Mark.NOTE,
        'For desk: pip install "tocsin[desk]"',
    )


class _File:
    """A file of an installed wheel."""

    def __init__(self, content, signed):
        digest = base64.urlsafe_b64encode(hashlib.sha256(signed).digest()).rstrip(b"=").decode()
        self.name, self.content = "reader.onnx", content
        self.hash = type("Hash", (), {"mode": "sha256", "value": digest})

    def match(self, _):
        return True

    def read_binary(self):
        return self.content


@pytest.mark.parametrize(
    ("content", "mark", "says"),
    [(b"weights", Mark.OK, "1 files"), (b"weighty", Mark.WRONG, "reader.onnx: not as shipped")],
)
def test_weights_are_held_to_what_the_wheel_says(monkeypatch, content, mark, says):
    monkeypatch.setattr(doctor, "files", lambda _: [_File(content, b"weights")])
    found = doctor._weights()
    assert found.mark is mark
    assert says in found.said


def test_reading_that_fails_is_wrong_and_says_why():
    failing = doctor._reading(Settings(pipeline="no_such_pipeline"))
    assert failing.mark is Mark.WRONG
    assert "no_such_pipeline" in failing.said


def test_reference_is_old_in_time():
    fresh, old = (
        doctor._reference(Settings(), day) for day in (date(2026, 10, 9), date(2031, 1, 1))
    )
    assert (fresh.mark, old.mark) == (Mark.OK, Mark.NOTE)
    assert "2026 " in fresh.said
    assert "tocsin reference update" in old.advice


def test_browser_that_is_not_there_is_a_note(monkeypatch):
    def none():
        raise webbrowser.Error

    monkeypatch.setattr(doctor.webbrowser, "get", none)
    assert doctor._browser().mark is Mark.NOTE


def test_disk_that_is_nearly_full_is_a_note(tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)._replace(free=10**9)
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda _: usage)
    assert doctor._disk(tmp_path / "not" / "there").said == f"1.0 GB are free at {tmp_path}"


def test_disk_is_that_of_the_home_and_not_of_the_folder_one_is_in(tmp_path, monkeypatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    there = doctor.examine(Settings(data_dir=Path("~/tocsin")), None, today=date(2026, 11, 30))
    assert any(str(tmp_path) in each.said for each in there if each.subject == "Disk")


def test_store_that_is_not_there_is_wrong(tmp_path):
    [missing] = doctor._store(tmp_path / "none", Settings(data_dir=tmp_path))
    assert missing.mark is Mark.WRONG
    assert "no such store" in missing.said


def test_store_that_is_damaged_is_wrong(crisis, tmp_path):
    shutil.copytree(crisis, tmp_path / "store")
    path = tmp_path / "store" / FILE_NAME
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")
        size = connection.execute("PRAGMA page_size").fetchone()[0]
    raw = path.read_bytes()
    path.write_bytes(raw[: 5 * size] + b"\xff" * size + raw[6 * size :])
    [damaged] = doctor._store(tmp_path / "store", Settings(data_dir=tmp_path))
    assert damaged.mark is Mark.WRONG
    assert "tocsin verify" in damaged.said + damaged.advice


def test_store_of_an_earlier_version_has_a_note(tmp_path):
    with closing(open_database(tmp_path / "store", create=True)) as connection:
        connection.execute("PRAGMA user_version=3")
    [older] = doctor._store(tmp_path / "store", Settings(data_dir=tmp_path))
    assert (older.mark, older.advice.split("`")[1]) == (Mark.NOTE, "tocsin add")


def test_store_that_is_not_settled_or_read_by_others_has_notes(tmp_path):
    with closing(open_database(tmp_path / "store", create=True)) as connection:
        connection.execute("INSERT INTO pending (kind, key) VALUES ('text', 'a')")
        connection.execute(
            "INSERT INTO texts (id, text, characters, language, media_type, account, reader)"
            " VALUES ('a', '', 0, 'en', 'text/plain', '{}', '0.0.1')"
        )
    _, *notes = doctor._store(tmp_path / "store", Settings(data_dir=tmp_path))
    assert [each.advice.split("`")[1] for each in notes] == ["tocsin add", "tocsin reread"]


def test_store_read_without_the_own_actors_has_a_note(tmp_path):
    with closing(open_database(tmp_path / "store", create=True)) as connection:
        connection.execute(
            "INSERT INTO texts (id, text, characters, language, media_type, account, reader)"
            " VALUES ('a', '', 0, 'en', 'text/plain', '{}', ?)",
            (reader_version(),),
        )
    assert len([*doctor._store(tmp_path / "store", Settings(data_dir=tmp_path))]) == 1
    table = tmp_path / "groups.csv"
    table.write_text("name,country\nTolmar Liberation Front,MDA\n")
    add_layer(table, tmp_path, today=TODAY)
    _, note = doctor._store(tmp_path / "store", Settings(data_dir=tmp_path))
    assert "tocsin reread" in note.advice
