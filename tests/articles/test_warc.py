"""Crawls."""

import gzip
import random
import zlib
from datetime import date

import pytest
import zstandard

from tocsin.articles.corpora import find_items
from tocsin.articles.items import Item
from tocsin.articles.read import read_item
from tocsin.records import Failure
from tocsin.settings import Settings

PROSE = (
    "The harbour master of the town said that the ferry had left with all of its passengers. "
    "It was the first of the ships that would sail from the port this week, and the weather was "
    "good. The owners of the line told reporters that they were pleased with the numbers. "
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry leaves | The Quay</title>
<meta property="og:title" content="Ferry leaves"><meta property="og:site_name" content="The Quay">
<meta property="article:published_time" content="2023-05-03T09:00:00Z"></head>
<body><article><h1>Ferry leaves</h1><p>{PROSE}</p><p>{PROSE} café</p></article></body></html>"""


def record(
    body=PAGE,
    number=1,
    kind="text/html; charset=utf-8",
    status="200 OK",
    http=(),
    warc=(),
    size=None,
):
    body = body.encode() if isinstance(body, str) else body
    head = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", *http]
    payload = "\r\n".join(head).encode() + b"\r\n\r\n" + body
    lines = [
        "WARC/1.0",
        "WARC-Type: response",
        f"WARC-Target-URI: https://quay.example/{number}",
        "WARC-Date: 2024-10-30T10:00:00Z",
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{number:012d}>",
        "Content-Type: application/http; msgtype=response",
        *warc,
        f"Content-Length: {len(payload) if size is None else size}",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + payload + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\na: b\r\n\r\n"


def find(tmp_path, *records, name="crawl.warc", **settings):
    path = tmp_path / name
    path.write_bytes(b"".join(records))
    return list(find_items(str(path), settings=Settings(**settings), mapping={}))


def types(found):
    return [type(each) for each in found]


def test_find_items_reads_a_page(tmp_path):
    [item] = find(tmp_path, INFO, record())
    assert item.body.decode() == PAGE
    assert (item.name, item.url) == ("crawl.warc#1", "https://quay.example/1")
    assert item.published is None


def test_read_item_takes_the_day_and_outlet_of_the_page(tmp_path):
    article = read_item(find(tmp_path, record())[0], settings=Settings())
    assert (article.published, article.published_from) == (date(2023, 5, 3), "metadata")
    assert (article.title, article.outlet) == ("Ferry leaves", "The Quay")
    assert article.url == "https://quay.example/1"


def test_find_items_passes_over_what_is_no_page(tmp_path):
    found = find(
        tmp_path,
        record(number=1, status="404 Not Found"),
        record(number=2, kind="image/png"),
        record(number=3, kind="text/plain", warc=["WARC-Identified-Payload-Type: text/html"]),
        record(number=4).replace(b"WARC-Type: response", b"WARC-Type: resource"),
        record(number=5, kind="application/xhtml+xml"),
    )
    assert [item.url[-1] for item in found] == ["3", "5"]


@pytest.mark.parametrize("name", ["crawl.warc.gz", "crawl"])
def test_find_items_reads_a_crawl_of_packed_records(tmp_path, name):
    packed = [gzip.compress(record(number=n)) for n in range(1, 200)]
    found = find(tmp_path, *packed, name=name)
    assert types(found) == [Item] * 199
    assert found[-1].name.endswith("#199")


def chunked(raw, size=500):
    pieces = [raw[start : start + size] for start in range(0, len(raw), size)]
    return b"".join(b"%x;x=y\r\n%s\r\n" % (len(each), each) for each in pieces) + b"0\r\n\r\n"


RAW = PAGE.encode()
BARE = zlib.compressobj(wbits=-15)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("Content-Encoding: gzip", gzip.compress(RAW)),
        ("Content-Encoding: GZIP", gzip.compress(RAW)),
        ("Content-Encoding: zstd", zstandard.compress(RAW)),
        ("Content-Encoding: deflate", zlib.compress(RAW)),
        ("Content-Encoding: deflate", BARE.compress(RAW) + BARE.flush()),
        ("Content-Encoding: gzip", RAW),
        ("Content-Encoding: br", RAW),
        ("Content-Encoding: identity", RAW),
        ("Transfer-Encoding: chunked", chunked(RAW)),
        ("Transfer-Encoding: chunked", RAW),
    ],
)
def test_find_items_undoes_the_coding_of_a_page(tmp_path, header, body):
    assert find(tmp_path, record(body, http=[header]))[0].body == RAW


def test_find_items_undoes_brotli(tmp_path):
    import io

    from fastwarc.stream_io import BrotliWriter

    buffer = io.BytesIO()
    writer = BrotliWriter(buffer)
    writer.write(RAW)
    writer.close()
    body = buffer.getvalue()
    assert find(tmp_path, record(body, http=["Content-Encoding: br"]))[0].body == RAW


def test_find_items_undoes_chunks_and_compression(tmp_path):
    body = chunked(gzip.compress(RAW), 50)
    http = ["Transfer-Encoding: chunked", "Content-Encoding: gzip"]
    assert find(tmp_path, record(body, http=http))[0].body == RAW


@pytest.mark.parametrize(
    ("coding", "bomb"),
    [
        ("gzip", gzip.compress(bytes(60_000_000))),
        ("deflate", zlib.compress(bytes(60_000_000))),
        ("zstd", zstandard.compress(bytes(60_000_000))),
        ("gzip", gzip.compress(gzip.compress(bytes(60_000_000)))),
        ("gzip, gzip", gzip.compress(gzip.compress(bytes(60_000_000)))),
        ("gzip", gzip.compress(RAW)[:200]),
        ("br", b"\x0b\x02\x80" + bytes(99)),
        ("compress", RAW),
    ],
)
def test_find_items_refuses_a_bomb_and_goes_on(tmp_path, coding, bomb):
    bomb = record(bomb, http=[f"Content-Encoding: {coding}"])
    found = find(tmp_path, record(number=1), bomb, record(number=3))
    assert types(found) == [Item, Failure, Item]
    assert found[1].origin.endswith("#2")


def test_find_items_refuses_a_page_above_the_limit_and_goes_on(tmp_path):
    found = find(tmp_path, record("x" * 99_999), record(number=2), max_bytes=5_000)
    assert [getattr(each, "error", None) for each in found] == ["TooLargeError", None]


@pytest.mark.parametrize("end", [-1, -5, -500, -len(PAGE) - 20, -len(PAGE) - 300])
@pytest.mark.parametrize("packed", [False, True])
def test_find_items_says_that_a_crawl_is_cut_off(tmp_path, end, packed):
    if packed:
        last = gzip.compress(record(number=2))
        raw = [gzip.compress(record()), last[: max(5, len(last) + end // 10)]]
    else:
        raw = [record(), record(number=2)[:end]]
    found = find(tmp_path, *raw)
    assert isinstance(found[0], Item)
    assert isinstance(found[-1], Failure)
    assert len([each for each in found if isinstance(each, Failure)]) == 1


@pytest.mark.parametrize("size", [0, 100, 10**15, -5, 10**30])
def test_find_items_survives_a_record_that_lies_about_its_size(tmp_path, size):
    found = find(tmp_path, record(), record(number=2, size=size), record(number=3))
    assert isinstance(found[0], Item)
    assert any(isinstance(each, Failure) for each in found) or len(found) == 3


@pytest.mark.parametrize("off", [-9, -3, -1, 1, 3, 9])
def test_find_items_reads_records_whose_length_is_off(tmp_path, off):
    told = len(record(number=2)) - record(number=2).index(b"HTTP/") - 4
    found = find(tmp_path, record(), record(number=2, size=told + off), record(number=3))
    assert [item.body.decode() for item in found] == [PAGE] * 3


def test_find_items_names_a_record_that_cannot_be_told_and_goes_on(tmp_path):
    found = find(tmp_path, record(), record(number=2, size=200), record(number=3))
    assert types(found) == [Item, Failure, Item]
    assert found[2].url.endswith("/3")


def test_find_items_knows_a_page_without_its_type(tmp_path):
    found = find(
        tmp_path,
        record(kind="TEXT/HTML; Charset=UTF-8"),
        record(number=2, kind=""),
        record("{}", number=3, kind=""),
    )
    assert [(item.url[-1], item.encoding) for item in found] == [("1", "UTF-8"), ("2", None)]


@pytest.mark.parametrize("part", ["all", "http"])
def test_find_items_reads_headers_that_end_in_line_feeds_only(tmp_path, part):
    raw = record(http=["Content-Encoding: gzip"], body=PAGE)
    warc, mark, http = raw.partition(b"HTTP/1.1")
    http = http.replace(b"\r\n", b"\n", 4)
    size = len(mark + http) - 4
    warc = warc[: warc.rindex(b" ")] + b" %d\r\n\r\n" % size
    lf = (warc.replace(b"\r\n", b"\n") if part == "all" else warc) + mark + http
    assert [item.body.decode() for item in find(tmp_path, lf, record())] == [PAGE] * 2


def test_find_items_survives_random_damage(tmp_path):
    chance = random.Random(1)
    whole = b"".join(record(number=n) for n in range(9))
    for _ in range(300):
        raw = bytearray(whole)
        for _ in range(chance.randint(1, 20)):
            raw[chance.randrange(5, len(raw))] = chance.randrange(256)
        for each in find(tmp_path, bytes(raw)):
            assert isinstance(each, Item | Failure)


def test_read_item_takes_a_page_for_what_it_is_rather_than_what_is_said(tmp_path):
    found = find(
        tmp_path,
        record(PAGE.encode("cp1252"), kind="text/html; charset=utf-8"),
        record(PAGE, kind="text/html; charset=ascii"),
        record(PAGE, kind="text/html; charset=nonsense"),
        record(PAGE.encode("utf-16"), kind="text/html"),
    )
    assert len(found) == 4
    for item in found:
        assert "café" in read_item(item, settings=Settings()).text
