import http.server
import io
import os
import sys
import threading
from datetime import date
from pathlib import Path

import pytest

from tocsin import errors
from tocsin.articles.read import read_article, read_article_bytes, read_given
from tocsin.settings import Settings

PROSE = (
    "The harbour master of the town said that the ferry had left with all of its passengers. "
    "It was the first of the ships that would sail from the port this week, and the weather was "
    "good. The owners of the line told reporters that they were pleased with the numbers. "
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry leaves | The Quay</title>
<meta property="og:title" content="Ferry leaves"><meta property="og:site_name" content="The Quay">
<meta property="article:published_time" content="2023-05-03T09:00:00Z">
<link rel="canonical" href="https://quay.example/ferry"></head>
<body><nav><a href="/">Home</a></nav><article><h1>Ferry leaves</h1><p>{PROSE}</p><p>{PROSE}</p>
<script>alert(1)</script></article><footer>© 2019 The Quay</footer></body></html>"""


def read(raw, origin="x.txt", **options):
    return read_article_bytes(raw, origin=origin, settings=Settings(), **options)


def test_read_article_keeps_the_file_unaltered(tmp_path):
    path = tmp_path / "a.txt"
    raw = (PROSE + "\r\nA “curly” end\u00a0… \n").encode()
    path.write_bytes(raw)
    assert read_article(str(path), settings=Settings()).text.encode() == raw


def test_read_article_reads_a_file_whose_name_is_two_lines(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("two\nlines.txt").write_text(PROSE, encoding="utf-8")
    assert read_article("two\nlines.txt", settings=Settings()).text == PROSE


@pytest.mark.parametrize("text", [f"Ferry leaves\n\n{PROSE}", "The ferry left.\n", PROSE])
def test_read_article_reads_a_text_itself(text):
    article = read_article(text, settings=Settings(), on=date(2023, 5, 3))
    assert (article.text, article.origin, article.published) == (text, "text", date(2023, 5, 3))


def test_read_article_takes_one_line_for_a_path_and_says_how_a_text_is_known():
    with pytest.raises(errors.NotFoundError, match="a line break"):
        read_article("The ferry left.", settings=Settings())


def test_read_article_takes_a_path_for_a_path_whatever_it_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for name in ("-", "two\nlines.txt"):
        Path(name).write_text(PROSE, encoding="utf-8")
        assert read_article(Path(name), settings=Settings()).text == PROSE
    with pytest.raises(errors.NotFoundError):
        read_article(Path("https://quay.example/ferry"), settings=Settings())


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("world.xml", f"<?xml version='1.0'?><rss><channel><title>{PROSE}</title></channel></rss>"),
        ("week.jsonl", f'{{"text": "{PROSE}"}}'),
        ("week.csv", f"title,text\nFerry leaves,{PROSE}"),
    ],
)
def test_read_article_takes_no_feed_or_table_for_an_article(tmp_path, name, words):
    (tmp_path / name).write_text(words)
    with pytest.raises(errors.NoArticleError, match="tocsin add"):
        read_article(tmp_path / name, settings=Settings())


def test_read_article_reads_a_text_without_asking_for_its_encoding():
    text = f'<html><head><meta charset="windows-1252"></head><body><p>“{PROSE}”</p></body></html>'
    article = read_article(f"{text}\n", settings=Settings(), encoding="latin-1")
    assert "“The harbour master" in article.text


@pytest.mark.parametrize(
    "text",
    [
        *(
            "The ferry left.",
            "Ferry leaves port",
            "“We go,” said the U.S. master",
            "A ferry at 9.30!",
        ),
        *(f"Ferry leaves\n{PROSE}", PROSE, "<p>The ferry left the port.</p>"),
    ],
)
def test_read_given_takes_words_for_a_text(text):
    assert read_given(text, settings=Settings()).text in (text, "The ferry left the port.")


@pytest.mark.parametrize(
    "given",
    [
        *("ferry", "ferry.txt", "ferry left", "notes of May.txt", "week 3/notes of 03.html"),
        *("My Documents/Crisis Articles/May", "D:/my old notes"),
        *("/home/ana/my old notes", "~/my old notes", "../my old notes", "C:\\my old notes", ""),
    ],
)
def test_read_given_refuses_what_may_be_a_path_or_a_text_and_says_how_to_tell(given):
    with pytest.raises(errors.NotFoundError, match=r'text="..." .* pathlib\.Path\("..."\)'):
        read_given(given, settings=Settings())


def test_read_given_reads_the_file_that_is_there(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("The ferry left.").write_text(PROSE, encoding="utf-8")
    assert read_given("The ferry left.", settings=Settings()).text == PROSE


def test_read_given_fetches_no_address_unless_told_to():
    with pytest.raises(errors.FetchError, match="allow_fetch=True"):
        read_given("https://quay.example/ferry", settings=Settings())


def test_read_article_reads_standard_input(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(PROSE.encode())))
    assert read_article("-", settings=Settings()).text == PROSE


def test_read_article_reads_a_pipe():
    inner, outer = os.pipe()
    os.write(outer, PROSE.encode())
    os.close(outer)
    assert read_article(f"/dev/fd/{inner}", settings=Settings()).text == PROSE
    os.close(inner)


def test_read_article_takes_metadata_from_a_page():
    article = read(PAGE.encode(), "metadata")
    assert article.title == "Ferry leaves"
    assert article.outlet == "The Quay"
    assert article.published == date(2023, 5, 3)
    assert article.url == "https://quay.example/ferry"
    assert "alert" not in article.text


def test_read_article_distrusts_the_first_of_january():
    page = PAGE.replace("2023-05-03T09:00:00Z", "2019-01-01")
    assert read(page.encode(), "page").published is None


def test_read_article_lets_the_user_decide_the_day():
    article = read(PAGE.encode(), "page", on=date(2020, 2, 2))
    assert (article.published, article.published_from) == (date(2020, 2, 2), "given")


def test_read_article_takes_the_day_of_the_dateline():
    article = read(f"OSLO, 3 May 2023 (NTB) - {PROSE}".encode())
    assert (article.published, article.outlet) == (date(2023, 5, 3), "NTB")


def test_read_article_keeps_one_text_at_two_addresses_apart():
    one, other = read(PROSE.encode(), "x/x.txt"), read(PROSE.encode(), "y.txt")
    assert one.text_id == other.text_id
    assert one.id != other.id
    assert one.id == read(PROSE.encode(), "elsewhere/x.txt").id


def test_read_article_reads_utf16_by_its_mark():
    assert read(PROSE.encode("utf-16")).text == PROSE


def test_read_article_takes_a_named_encoding():
    assert "“" in read(f"“{PROSE}”".encode("cp1252"), encoding="windows-1252").text


@pytest.mark.parametrize(
    ("raw", "origin", "error"),
    [
        (b"", "x.txt", errors.EmptyInputError),
        (b" \n\t\n", "x.txt", errors.EmptyInputError),
        (b"%PDF-1.7 " + PROSE.encode(), "x.txt", errors.InputError),
        (b"\x00\x01\x02" * 99, "x.txt", errors.BinaryInputError),
        (f"“{PROSE}”".encode("cp1252"), "x.txt", errors.EncodingError),
        (b"<html><body><nav>Home</nav></body></html>", "x.html", errors.NoArticleError),
        (b"12345 67890 " * 50, "x.txt", errors.NoArticleError),
        ("Der Minister sagte, dass die Gespräche gut verlaufen seien. ".encode() * 9, "x.txt",
         errors.LanguageError),
        (b"Le ministre a dit que les discussions se passaient bien. " * 9, "x.txt",
         errors.LanguageError),
    ],
)  # fmt: skip
def test_read_article_refuses_what_is_no_article(raw, origin, error):
    with pytest.raises(error) as caught:
        read(raw, origin)
    assert origin in str(caught.value)


@pytest.mark.parametrize(
    ("names", "encoding"),
    [
        ("São Paulo, Nuñez, père Lefèvre", "windows-1252"),
        ("à la fête: œuvre, Camões, Guimarães, più città", "windows-1252"),
        ("“café” – naïve", "windows-1252"),
        ("Győr", "windows-1250"),
        ("Aleksandar Vučić, Ivica Dačić", "windows-1250"),
        ("Jiří Dvořák, Petr Nečas, Růžička, Zdeněk Němec", "windows-1250"),
        ("Gdańsk, Lech Wałęsa, Jarosław Kaczyński", "windows-1250"),
        ("Traian Băsescu, Constanţa", "windows-1250"),
    ],
)
def test_read_article_names_the_likely_encoding(names, encoding):
    with pytest.raises(errors.EncodingError, match=f"--encoding {encoding}"):
        read(f"{PROSE}{names}".encode(encoding))


def test_read_article_refuses_an_unknown_encoding():
    with pytest.raises(errors.ValueNotUnderstood, match="no-such"):
        read(PROSE.encode(), encoding="no-such")


@pytest.mark.parametrize("origin", ["no-such-file", "a\x00b", "x" * 5000])
def test_read_article_says_that_a_file_is_missing(origin):
    with pytest.raises(errors.NotFoundError):
        read_article(origin, settings=Settings())


def test_read_article_refuses_a_directory(tmp_path):
    with pytest.raises(errors.NotAFileError, match="directory"):
        read_article(str(tmp_path), settings=Settings())


def test_read_article_refuses_a_device():
    with pytest.raises(errors.NotAFileError, match="device"):
        read_article("/dev/zero", settings=Settings())


def test_read_article_refuses_a_file_above_the_limit(tmp_path):
    path = tmp_path / "big.txt"
    path.write_text(PROSE)
    with pytest.raises(errors.TooLargeError, match="TOCSIN_MAX_BYTES"):
        read_article(str(path), settings=Settings(max_bytes=100))


def test_read_article_refuses_a_text_above_the_limit():
    with pytest.raises(errors.TooLargeError, match="TOCSIN_MAX_CHARACTERS"):
        read((PROSE.replace("\n", " ") * 8000).encode())


def test_read_article_survives_deep_nesting():
    page = b"<html><body>" + b"<div>" * 50_000 + PROSE.encode() * 3
    with pytest.raises(errors.NoArticleError, match=r"x\.html"):
        read(page, "x.html")


def test_read_article_fetches_only_when_allowed():
    with pytest.raises(errors.FetchError, match="--fetch"):
        read_article("http://127.0.0.1:9/", settings=Settings())


def test_read_article_says_why_a_page_could_not_be_fetched():
    with pytest.raises(errors.FetchError, match="could not be fetched"):
        read_article("http://127.0.0.1:9/", settings=Settings(), allow_fetch=True)


def test_read_article_fetches_a_page():
    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200)
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, *_):
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.handle_request, daemon=True).start()
        address = f"http://127.0.0.1:{server.server_port}/ferry"
        article = read_article(address, settings=Settings(), allow_fetch=True)
    assert article.title == "Ferry leaves"
