"""Folders, single files, standard input and compression."""

import bz2
import gzip
import io
import json
import os
import sys
import tracemalloc

import pytest
import zstandard

from tocsin.articles.corpora import find_items
from tocsin.articles.items import Item
from tocsin.records import Failure
from tocsin.settings import Settings

PROSE = "The harbour master said that the ferry had left the port with all of its passengers."
LINES = (json.dumps({"text": PROSE}) + "\n") * 2000


def find(path, **settings):
    return list(find_items(str(path), settings=Settings(**settings), mapping={}))


def write(path, content=PROSE):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def names(found):
    return [each.name if isinstance(each, Item) else each.error for each in found]


# --------------------------------------------------------------------------- folders


def test_find_items_reads_a_folder_in_the_order_of_names(tmp_path):
    for name in ("b/z.txt", "b/a.md", "c.html", "a.txt", "B.txt"):
        write(tmp_path / name)
    found = find(tmp_path)
    assert names(found) == ["B.txt", "a.txt", "a.md", "z.txt", "c.html"]
    assert found[2].origin == str(tmp_path / "b" / "a.md")


def test_find_items_skips_hidden_files(tmp_path):
    write(tmp_path / ".git" / "config")
    write(tmp_path / ".hidden.txt")
    write(tmp_path / "a.txt")
    assert names(find(tmp_path)) == ["a.txt"]


def test_find_items_reads_a_folder_once_that_links_lead_to_again(tmp_path):
    write(tmp_path / "a" / "x.txt")
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "b").symlink_to(tmp_path / "a")
    assert names(find(tmp_path)) == ["x.txt"]


def test_find_items_names_what_is_no_file(tmp_path):
    os.mkfifo(tmp_path / "a")
    (tmp_path / "b").symlink_to(tmp_path / "b")
    (tmp_path / "c").symlink_to(tmp_path / "nowhere")
    write(tmp_path / "d.txt")
    assert names(find(tmp_path)) == ["NotAFileError"] * 3 + ["d.txt"]


def test_find_items_goes_on_after_a_file_that_it_fails_on(tmp_path, monkeypatch):
    def fail(*_):
        raise RuntimeError("nobody foresaw this")

    write(tmp_path / "a.jsonl", LINES)
    write(tmp_path / "b.txt")
    monkeypatch.setattr("tocsin.articles.opened.OpenedFile.lines", fail)
    failure, item = find(tmp_path)
    assert (failure.error, item.name) == ("RuntimeError", "b.txt")
    assert failure.message.startswith("this is a fault in Tocsin: RuntimeError")


def test_find_items_names_files_that_are_no_text(tmp_path):
    write(tmp_path / "a.jpg", b"\xff\xd8\xff\xe0" + bytes(99))
    write(tmp_path / "b.csv", b"GIF89a")
    write(tmp_path / "c", b"\x01\x00\x02")
    write(tmp_path / "d.txt")
    assert names(find(tmp_path)) == ["BinaryInputError"] * 3 + ["d.txt"]


def test_find_items_finds_a_file_by_a_name_that_is_no_unicode(tmp_path):
    name = os.fsdecode(b"caf\xe9.txt")
    write(tmp_path / name)
    [item] = find(tmp_path)
    assert len(item.key) == 16


def test_find_items_finds_nothing_in_an_empty_folder(tmp_path):
    assert find(tmp_path) == []


@pytest.mark.parametrize("name", ["a.txt", "a.jsonl", "a.csv", "a.rss", "a.warc", "a.parquet"])
def test_find_items_says_that_a_file_is_empty(tmp_path, name):
    assert names(find(write(tmp_path / name, ""))) == ["EmptyInputError"]
    assert names(find(write(tmp_path / f"{name}.gz", gzip.compress(b"")))) == ["EmptyInputError"]


@pytest.mark.parametrize("name", ["a.warc", "a.parquet", "a.rss", "a.jsonl"])
def test_find_items_says_that_a_file_is_not_what_its_name_says(tmp_path, name):
    [failure] = find(write(tmp_path / name, PROSE))
    assert isinstance(failure, Failure)


@pytest.mark.parametrize("path", ["no-such-file", "a\x00b", "x" * 5000])
def test_find_items_says_that_a_file_is_missing(path):
    assert names(find(path)) == ["NotFoundError"]


def test_find_items_refuses_a_device():
    assert names(find("/dev/zero")) == ["NotAFileError"]


def test_find_items_refuses_a_file_above_the_limit(tmp_path):
    path = write(tmp_path / "a.txt", PROSE * 20)
    assert names(find(path, max_bytes=1000)) == ["TooLargeError"]


# --------------------------------------------------------------------------- forms


@pytest.mark.parametrize(
    ("name", "content", "form"),
    [
        ("a.txt", LINES[:99], "article"),
        ("a", LINES, "json"),
        ("a.dat", LINES, "json"),
        ("a", f"[{LINES.splitlines()[0]}]", "json"),
        ("a", "[Update: the ferry left.]", "article"),
        ("a", f"title,text\nA,{PROSE}\n", "csv"),
        ("a", f"The harbour, the ferry, and the text\n{PROSE}", "article"),
        ("a.txt", f"title,text\nA,{PROSE}\n", "article"),
        ("a.xml", f"<rss><channel><item><description>{PROSE}</description></item></channel></rss>",
         "feed"),
        ("a.html", "<!-- <rss> --><html>", "article"),
    ],
)  # fmt: skip
def test_find_items_knows_forms_by_their_first_bytes(tmp_path, name, content, form):
    found = find(write(tmp_path / name, content))
    assert isinstance(found[0], Item)
    assert found[0].published_from is None
    assert ("#" in found[0].name) == (form != "article")


def test_find_items_reads_standard_input(monkeypatch):
    for content, expected in ((LINES, "-#1"), (gzip.compress(LINES.encode()), "-#1"), (PROSE, "-")):
        raw = content if isinstance(content, bytes) else content.encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(raw)))
        assert find("-")[0].name == expected


def test_find_items_says_that_standard_input_is_closed(monkeypatch):
    monkeypatch.setattr(sys, "stdin", None)
    assert names(find("-")) == ["NotAFileError"]


def test_find_items_reads_a_named_pipe():
    inner, outer = os.pipe()
    os.write(outer, LINES[:20_000].encode())
    os.close(outer)
    assert len(find(f"/dev/fd/{inner}")) > 100
    os.close(inner)


def test_find_items_holds_one_item_at_a_time(tmp_path):
    path = write(tmp_path / "a.jsonl", LINES * 20)
    tracemalloc.start()
    count = sum(1 for _ in find_items(str(path), settings=Settings(), mapping={}))
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert count == 40_000
    assert peak < 2_500_000 < path.stat().st_size


# --------------------------------------------------------------------------- compression


def zst(raw):
    return zstandard.ZstdCompressor(write_checksum=True).compress(raw)


@pytest.mark.parametrize(
    ("suffix", "pack"),
    [
        (".gz", gzip.compress),
        (".zst", zst),
        (".GZ", gzip.compress),
        ("", gzip.compress),
        ("", zst),
        (".zst.gz", lambda raw: gzip.compress(zst(raw))),
        (".gz", lambda raw: gzip.compress(raw[:9999]) + gzip.compress(raw[9999:])),
        (".gz", lambda raw: gzip.compress(raw) + bytes(512)),
        (".zst", lambda raw: zst(raw[:9999]) + zst(raw[9999:])),
        (".gz", lambda raw: gzip.compress(b"") + gzip.compress(raw)),
    ],
)
def test_find_items_undoes_compression(tmp_path, suffix, pack):
    found = find(write(tmp_path / f"a.jsonl{suffix}", pack(LINES.encode())))
    assert len(found) == 2000
    assert found[0].name == "a.jsonl#1"


def test_find_items_knows_an_article_compressed_or_not(tmp_path):
    one = find(write(tmp_path / "a.txt"))[0]
    other = find(write(tmp_path / "a.txt.gz", gzip.compress(PROSE.encode())))[0]
    assert one.key == other.key


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_find_items_reads_whole_items_before_a_cut(tmp_path, pack):
    raw = "".join(json.dumps({"text": f"{n} {hash(str(n))} {PROSE}"}) + "\n" for n in range(9000))
    packed = pack(raw.encode())
    found = find(write(tmp_path / "a.jsonl", packed[: len(packed) // 2]))
    assert 1000 < len(found) < 8000
    assert [type(each) for each in found[:-1]] == [Item] * (len(found) - 1)
    assert found[-2].body.decode().endswith(PROSE)
    assert isinstance(found[-1], Failure)
    assert "cut off" in found[-1].message


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_find_items_makes_no_article_of_half_of_one(tmp_path, pack):
    packed = pack(os.urandom(500_000).hex().encode())
    [failure] = find(write(tmp_path / "a.txt", packed[: len(packed) // 2]))
    assert "cut off" in failure.message


@pytest.mark.parametrize("pack", [gzip.compress, zst])
def test_find_items_says_that_compressed_bytes_are_damaged(tmp_path, pack):
    packed = bytearray(pack(os.urandom(500_000).hex().encode()))
    packed[100_000:100_050] = bytes(50)
    found = find(write(tmp_path / "a.txt", bytes(packed)))
    assert [type(each) for each in found] == [Failure]
    assert "not whole" in found[0].message


def test_find_items_stops_at_a_bomb(tmp_path):
    path = write(tmp_path / "a.jsonl.gz", gzip.compress(bytes(300_000_000), 1))
    found = find(path)
    assert names(found) == ["BinaryInputError"]
    path = write(tmp_path / "b.jsonl.gz", gzip.compress(b" " * 300_000_000, 9))
    found = find(path)
    assert "grows to more than 250 times" in found[-1].message


def test_find_items_undoes_two_layers_and_no_more(tmp_path):
    thrice = gzip.compress(gzip.compress(gzip.compress(PROSE.encode())))
    [failure] = find(write(tmp_path / "a.txt", thrice))
    assert (failure.error, "gzip" in failure.message) == ("BinaryInputError", True)


def test_find_items_knows_no_other_compression(tmp_path):
    [failure] = find(write(tmp_path / "a.txt.bz2", bz2.compress(PROSE.encode())))
    assert failure.error == "BinaryInputError"


def test_find_items_follows_no_link_out_of_the_folder(tmp_path):
    secret = write(tmp_path / "elsewhere" / "secret.txt")
    write(tmp_path / "week" / "a.txt")
    (tmp_path / "week" / "b.txt").symlink_to(secret)
    (tmp_path / "week" / "c").symlink_to(secret.parent)
    (tmp_path / "week" / "d.txt").symlink_to(tmp_path / "week" / "a.txt")
    found = find(tmp_path / "week")
    assert names(found) == ["a.txt", "NotAFileError", "NotAFileError", "d.txt"]
    assert "leads out of the folder" in found[1].message
    (tmp_path / "given").symlink_to(secret.parent)
    assert names(find(tmp_path / "given")) == ["secret.txt"]


def test_find_items_says_of_an_address_that_it_is_not_fetched():
    [failure] = find("https://news.example/1")
    assert failure.error == "NotFoundError"
    assert "not fetched here" in failure.message


@pytest.mark.parametrize("name", ["style.css", "app.min.js", "Logo.SVG", "main.css.map"])
def test_find_items_refuses_what_is_saved_beside_a_page(tmp_path, name):
    beside = tmp_path / "talks_files" / name
    beside.parent.mkdir()
    beside.write_text("The talks in the harbour will go on, said the minister to the press.")
    [failure] = find_items(str(tmp_path), settings=Settings(), mapping={})
    assert (failure.error, failure.origin) == ("NoArticleError", str(beside))
