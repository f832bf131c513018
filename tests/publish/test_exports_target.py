import os
import sqlite3
import subprocess
import sys

import pytest

from tocsin.errors import ValueNotUnderstood
from tocsin.publish.exports.target import file_at, folder_at

NAMES = ("one.csv", "two.csv")


def fail(file):
    file.write("half")
    raise RuntimeError


def test_file_at_writes_utf8_with_line_feeds(tmp_path):
    with file_at(str(tmp_path / "out" / "events.tsv"), force=False) as file:
        file.write("é\n")
    assert (tmp_path / "out" / "events.tsv").read_bytes() == b"\xc3\xa9\n"


def test_file_at_leaves_nothing_when_it_fails(tmp_path):
    with pytest.raises(RuntimeError), file_at(str(tmp_path / "events.tsv"), force=False) as file:
        fail(file)
    assert list(tmp_path.iterdir()) == []


def test_file_at_keeps_what_was_there_when_it_fails(tmp_path):
    path = tmp_path / "events.tsv"
    path.write_text("before")
    with pytest.raises(RuntimeError), file_at(str(path), force=True) as file:
        fail(file)
    assert path.read_text() == "before"


def test_file_at_leaves_nothing_under_the_name_when_it_is_killed(tmp_path):
    path = tmp_path / "events.tsv"
    code = (
        "import os, signal\n"
        "from tocsin.publish.exports.target import file_at\n"
        f"with file_at({str(path)!r}, force=False) as file:\n"
        "    file.write('half' * 100000)\n"
        "    file.flush()\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    ended = subprocess.run([sys.executable, "-c", code])
    assert ended.returncode == -9
    assert not path.exists()


def test_file_at_replaces_only_when_told_to(tmp_path):
    path = tmp_path / "events.tsv"
    path.write_text("before")
    with pytest.raises(ValueNotUnderstood, match="--force"), file_at(str(path), force=False):
        pass
    with file_at(str(path), force=True) as file:
        file.write("after")
    assert path.read_text() == "after"


def test_folder_at_fills_the_folder_that_a_link_leads_to(tmp_path):
    (tmp_path / "disk").mkdir()
    (tmp_path / "link").symlink_to("disk")
    with folder_at(str(tmp_path / "link"), force=False, names=NAMES) as part:
        (part / "one.csv").write_text("row")
    assert (tmp_path / "disk" / "one.csv").read_text() == "row"
    assert {path.name for path in tmp_path.iterdir()} == {"disk", "link"}


def test_file_at_never_replaces_a_database(tmp_path):
    path = tmp_path / "tocsin.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE kept (value)")
    with pytest.raises(ValueNotUnderstood, match="database"), file_at(str(path), force=True):
        pass
    assert path.read_bytes().startswith(b"SQLite format 3")


def test_file_at_refuses_a_folder(tmp_path):
    with pytest.raises(ValueNotUnderstood, match="one file"), file_at(str(tmp_path), force=True):
        pass


def test_file_at_never_replaces_a_device(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    with pytest.raises(ValueNotUnderstood, match="one file"), file_at(str(pipe), force=True):
        pass
    assert pipe.is_fifo()


def test_file_at_gives_standard_output_for_a_hyphen(capsys):
    with file_at("-", force=False) as file:
        file.write("row\n")
    assert capsys.readouterr().out == "row\n"


def fill(target, *, force=False, words="new"):
    with folder_at(str(target), force=force, names=NAMES) as folder:
        (folder / "one.csv").write_text(words)


def test_folder_at_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "export"
    with folder_at(str(target), force=False, names=NAMES) as folder:
        (folder / "one.csv").write_text("row")
        assert not target.exists()
    assert [path.name for path in target.iterdir()] == ["one.csv"]
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_folder_at_leaves_nothing_when_it_fails(tmp_path):
    target = tmp_path / "export"
    with pytest.raises(RuntimeError), folder_at(str(target), force=False, names=NAMES):
        raise RuntimeError
    assert list(tmp_path.iterdir()) == []


def test_folder_at_takes_an_empty_folder(tmp_path):
    target = tmp_path / "export"
    target.mkdir()
    fill(target)
    assert (target / "one.csv").read_text() == "new"


def test_folder_at_replaces_an_export_when_told_to(tmp_path):
    target = tmp_path / "export"
    fill(target, words="old")
    with pytest.raises(ValueNotUnderstood, match="--force"):
        fill(target)
    fill(target, force=True)
    assert (target / "one.csv").read_text() == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["export"]


def test_folder_at_never_replaces_a_folder_with_something_else(tmp_path):
    target = tmp_path / "export"
    target.mkdir()
    (target / "thesis.txt").write_text("years of work")
    with pytest.raises(ValueNotUnderstood, match=r"thesis\.txt"):
        fill(target, force=True)
    assert (target / "thesis.txt").read_text() == "years of work"


def test_folder_at_refuses_a_file(tmp_path):
    target = tmp_path / "export"
    target.write_text("a file")
    with pytest.raises(ValueNotUnderstood, match="folder"):
        fill(target, force=True)


def test_folder_at_cannot_be_standard_output(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(ValueNotUnderstood, match="several files"):
        fill("-")
    assert list(tmp_path.iterdir()) == []
