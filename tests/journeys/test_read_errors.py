"""Everything a user can get wrong: a clear message, a documented exit code, no traceback."""

import pytest

ENGLISH = "The harbour master said that the ferry had left with all of the passengers on board. "


def refused(done):
    message = done.stderr.decode()
    assert "Traceback" not in message
    assert message.startswith("tocsin: ")
    assert done.stdout == b""
    return message


@pytest.mark.parametrize(
    ("raw", "code", "says"),
    [
        (b"", 3, "empty"),
        (b"\x7fELF\x02\x01\x01\x00" * 40, 3, "a program, not text"),
        (b"%PDF-1.7 ...", 3, "PDF"),
        ("“Nein”, sagte er. ".encode("cp1252") * 9, 3, "--encoding"),
        (b"<html><head><title>x</title></head><body></body></html>", 3, "no article"),
        (b"Le ministre a dit que tout allait bien. " * 20, 4, "fr"),
        (ENGLISH.encode() * 25_000, 3, "TOCSIN_MAX_CHARACTERS"),
    ],
    ids=["empty", "binary", "pdf", "encoding", "no-article", "french", "2-mb-line"],
)
def test_read_refuses_bad_input(tocsin, tmp_path, raw, code, says):
    path = tmp_path / "input"
    path.write_bytes(raw)
    done = tocsin("read", path)
    assert done.returncode == code
    assert says in refused(done)


def test_read_refuses_a_missing_file(tocsin):
    done = tocsin("read", "no-such-file.txt")
    assert done.returncode == 3
    assert "no-such-file.txt" in refused(done)


def test_read_refuses_a_directory(tocsin, tmp_path):
    done = tocsin("read", tmp_path)
    assert done.returncode == 3
    assert "directory" in refused(done)


def test_read_refuses_a_50_mb_file(tocsin, tmp_path):
    path = tmp_path / "big.txt"
    with path.open("wb") as stream:
        stream.truncate(50_000_000)
    done = tocsin("read", path)
    assert done.returncode == 3
    assert "TOCSIN_MAX_BYTES" in refused(done)


@pytest.mark.parametrize("day", ["last spring", "31 June 2024", "10/11/2024", ""])
def test_read_refuses_an_unreadable_day(tocsin, day):
    done = tocsin("read", "examples/sound.txt", "--on", day)
    assert done.returncode == 5
    assert "--on" in refused(done)


def test_read_refuses_an_address_without_fetch(tocsin):
    done = tocsin("read", "https://news.example/article")
    assert done.returncode == 3
    assert "--fetch" in refused(done)


def test_read_shows_no_escape_sequences_of_a_file_name(tocsin):
    done = tocsin("read", "\x1b[31mred")
    assert "\x1b" not in refused(done)


def test_read_goes_on_past_a_bad_article(tocsin):
    done = tocsin("read", "no-such-file.txt", "examples/sound.txt", "--json")
    message = done.stderr.decode()
    assert done.returncode == 1
    assert "no-such-file.txt" in message
    assert "1 of 2 articles failed" in message
    assert len(done.stdout.decode().splitlines()) == 1


def test_read_writes_no_page_for_two_articles(tocsin, tmp_path):
    done = tocsin("read", "examples/sound.txt", "examples/invented.txt", "--html", tmp_path / "x")
    assert done.returncode == 2
    assert b"one article" in done.stderr


def test_read_says_where_it_cannot_write(tocsin):
    done = tocsin("read", "examples/sound.txt", "--html", "/proc/nowhere/page.html")
    assert done.returncode == 5
    assert "/proc/nowhere/page.html" in done.stderr.decode()
    assert "Traceback" not in done.stderr.decode()
