"""A corpus meant to do harm: every file becomes a record or an article, and the run goes on.

The gallery is read once by the real command; each test looks at one thing that must hold of it.
"""

import csv
import gzip
import io
import json
import os
import re
import socket
import subprocess
import sys
import zlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from click.testing import CliRunner

import tocsin
from tests.pdfs import make_pdf, pdf_of
from tocsin.cli import tocsin as command

PROGRAM = Path(sys.executable).with_name("tocsin")
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
#: What a spreadsheet would calculate.
FORMULA = re.compile(r"[=+@\t\r＝＋＠]|-(?![\d.]+$)")
MEGABYTE = 1 << 20


def prose(town):
    return (
        f"ODESA, 3 March 2025 - Russian forces shelled the town of {town} on Monday, the Ukrainian "
        f"foreign minister, Andrii Sybiha, said. “We will not accept what was done to {town},” "
        "Sybiha told reporters. Officials in Moscow denied the attack, and the harbour was closed."
    )


def page(town):
    return f"<html><body><article><p>{prose(town)}</p></article></body></html>".encode()


def response(path, body, *, head="", length=None):
    http = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n{head}\r\n".encode() + body
    return (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:00000000-0000>\r\n"
        f"WARC-Target-URI: http://crawl.example/{path}\r\nWARC-Date: 2025-03-03T00:00:00Z\r\n"
        "Content-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http) if length is None else length}\r\n\r\n"
    ).encode() + http + b"\r\n\r\n"  # fmt: skip


def pack(start, byte, megabytes):
    """Pack a bomb; one megabyte is packed and repeated, so that only the checksum is wrong."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = packer.flush(zlib.Z_FULL_FLUSH)
    piece = packer.compress(byte * MEGABYTE) + packer.flush(zlib.Z_FULL_FLUSH)
    return gzip.compress(start) + head + piece * megabytes + packer.flush()


def feed(head, words):
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><item><title>t</title>'
        f"<description>{words}</description></item></channel></rss>"
    ).encode()


BOMB = pack(b"", b"\0", 1000)
LOLS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
ROW = {"title": "<script>alert(1)</script>\x1b]0;owned\x07", "outlet": "=cmd|' /C calc'!A0",
       "url": "javascript:alert(1)", "text": prose("Scriptville")}  # fmt: skip
ROW_2 = {"title": "tab\there\nline", "outlet": "<img src=x onerror=alert(1)>",
         "url": '=HYPERLINK("http://x")', "text": prose("Tabville\u202e")}  # fmt: skip

#: Name of a file, what is in it, and the errors that it must lead to; none: it is an article.
GALLERY = {
    "cut.txt.gz": (gzip.compress(prose("Cut").encode() * 9)[:99], ["InputError"]),
    "cut.txt.zst": (zstandard.compress(prose("Cut").encode())[:99], ["InputError"]),
    "bomb.txt.gz": (BOMB, ["BinaryInputError"]),
    "bomb.jsonl.gz": (pack(b'{"text": "', b"a", 400), ["InputError"]),
    "bomb-in-bomb.gz": (gzip.compress(BOMB), ["BinaryInputError"]),
    "bomb.warc": (
        response("1", page("Before"))
        + response("bomb", BOMB, head="Content-Encoding: gzip\r\n")
        + response("2", page("After")),
        ["TooLargeError"],
    ),
    "long.warc": (response("3", page("Long"), length=10**12), ["TooLargeError"]),
    "short.warc": (
        response("4", page("Short"), length=70) + response("5", b""),
        ["InputError", "EmptyInputError"],
    ),
    "cut.warc": (response("6", page("Cut"))[:-99], ["InputError"]),
    "nested.html": (b"<div>" * 100_000 + page("Nest"), ["NoArticleError"]),
    "unclosed.html": (b"<html><body><p>" + b"<" * 200_000, ["TooLargeError"]),
    "control.txt": ("".join(map(chr, range(1, 32))) + prose("\x1b[31mRed\x9b"), []),
    "nul.txt": (prose("Nul\0ville"), ["BinaryInputError"]),
    "turned.txt": (prose("\u202egro.live\u2066"), []),
    "word.txt": ("a" * 5_000_000, ["TooLargeError"]),
    "signs.txt": (".,;:!?'()" * 40_000, ["NoArticleError"]),
    "bytes.txt": (prose("Bad").encode() + b"\xff\xfe\xfa", ["EncodingError"]),
    "picture.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), ["BinaryInputError"]),
    "paper.html": (b"%PDF-1.4\n" + bytes(99), ["InputError"]),
    "scan.pdf": (make_pdf((), ()), ["NoArticleError"]),
    "bomb.pdf": (
        pdf_of([zlib.compress(bytes(90 * MEGABYTE), 1)], form="/Filter /FlateDecode"),
        ["InputError"],
    ),
    "text.html": (prose("Lying"), []),
    "page.json": (page("Lying"), ["InputError"]),
    "rows.jsonl": ("\n".join(map(json.dumps, (ROW, ROW_2))), []),
    "long.jsonl": (
        json.dumps({"text": prose("First")})
        + '\n{"text": "'
        + "word " * 5_000_000
        + '"}\n'
        + json.dumps({"text": prose("Third")}),
        ["TooLargeError"],
    ),
    "half.jsonl": ('{"text": "' + "war \\ud800 " * 9 + '"}', ["InputError"]),
    "deep.json": ("[" * 100_000, ["InputError"]),
    "deep.jsonl": ('{"text":' + "[" * 100_000 + "]" * 100_000 + "}", ["InputError"]),
    "number.jsonl": ('{"published": 1e400, "text": ' + "9" * 9999 + "}", ["InputError"]),
    "open.csv": ('title,text,day\nt,"' + "no end, of it\n" * 400_000, ["InputError"]),
    "null.csv": (f'text\n"{prose("Null")}\0"\n', ["BinaryInputError"]),
    "lol.rss": (feed(f'<!DOCTYPE r [<!ENTITY l0 "l">{LOLS}]>', "&l11;"), ["InputError"]),
    "file.rss": (
        feed('<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>', f"&x; {prose('Passwd')}"),
        ["InputError"],
    ),
    "cut.parquet": (b"PAR1" + bytes(200) + b"PAR1", ["InputError"]),
    "new\nline \x1b[31m.txt": (prose("Newline"), []),
    "[red]name[bold].txt": (prose("Rich"), []),
    "-rf.txt": (prose("Dash"), []),
    "=1+1.txt": (prose("Formula"), []),
    os.fsdecode(b"\xff\xfe.txt"): (prose("Surrogate"), []),
    "empty.txt": ("", ["EmptyInputError"]),
    "good.txt": (prose("Goodville"), []),
}
#: Files that are made otherwise.
SPECIAL = {
    "big.parquet": ["InputError"],
    "columns.parquet": [],
    "nested.parquet": ["InputError"],
    "pipe.txt": ["NotAFileError"],
    "socket.txt": ["NotAFileError"],
    "nowhere.txt": ["NotAFileError"],
    "itself.txt": ["NotAFileError"],
}


def make_gallery(folder):
    (folder / "below").mkdir(parents=True)
    (folder / "below/up").symlink_to("..")
    for name, (content, _) in GALLERY.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    columns = {"text": [prose("Columns")], "'; DROP TABLE texts; --": [1], "\x1b[31m": ["x"]}
    pq.write_table(pa.table(columns), folder / "columns.parquet")
    pq.write_table(pa.table({"text": [{"a": "b"}]}), folder / "nested.parquet")
    pq.write_table(pa.table({"text": ["a" * 260_000_000]}), folder / "big.parquet",
                   compression="zstd", use_dictionary=False, write_statistics=False)  # fmt: skip
    os.mkfifo(folder / "pipe.txt")
    (folder / "nowhere.txt").symlink_to("no-such-file")
    (folder / "itself.txt").symlink_to("itself.txt")
    here = Path.cwd()
    os.chdir(folder)  # a socket's path may be no longer than some hundred characters
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("socket.txt")
    os.chdir(here)


#: Runs the rest of its command line, then prints the memory of that and of its biggest worker.
MEASURED = """
import resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024, file=sys.stderr)
sys.exit(code)
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """The account of the whole gallery, and the store that was made of it."""
    folder = tmp_path_factory.mktemp("hostile")
    make_gallery(folder / "gallery")
    done = subprocess.run(
        [sys.executable, "-c", MEASURED, PROGRAM, "add", "gallery", "--store", "crisis"],
        capture_output=True,
        text=True,
        cwd=folder,
        timeout=100,
    )
    return done, folder / "crisis"


@pytest.fixture(scope="module")
def outcomes(added):
    """Name of a file to what became of its items: "kept", or the error."""
    _, folder = added
    found = {}
    with tocsin.open(folder) as store:
        rows = store.connection().execute("SELECT origin, outcome, error FROM items")
        for origin, outcome, error in rows:
            name = re.sub(r"#\d+$", "", origin.removeprefix("gallery/"))
            found.setdefault(name, []).append(error or outcome)
    return found


def run(*arguments):
    return CliRunner().invoke(command, [str(each) for each in arguments])


# --------------------------------------------------------------------------- reading


def test_add_goes_on_to_the_end_and_says_that_some_failed(added):
    done, _ = added
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "fault in Tocsin" not in done.stderr
    assert not RAW.search(done.stderr.replace("\n", ""))


def test_add_holds_no_bomb_in_memory(added):
    done, _ = added
    assert int(done.stderr.split()[-1]) < 900


@pytest.mark.parametrize(
    ("name", "errors"),
    [(name, errors) for name, (_, errors) in GALLERY.items()] + list(SPECIAL.items()),
    ids=ascii,
)
def test_add_makes_of_each_file_an_article_or_a_record(outcomes, name, errors):
    shown = name.encode("utf-8", "backslashreplace").decode()
    found = set(outcomes.get(name) or outcomes[shown])
    assert found - {"kept"} == set(errors)


@pytest.mark.parametrize(("name", "kept"), [("bomb.warc", 2), ("long.jsonl", 2), ("rows.jsonl", 2)])
def test_add_keeps_what_stands_beside_a_bad_one(outcomes, name, kept):
    assert outcomes[name].count("kept") == kept


def test_add_again_changes_nothing_but_the_last_run(added):
    _, store = added
    before = json.loads(run("status", "--json", "--store", store).stdout)
    again = run("add", store.parent / "gallery/good.txt", "--store", store)
    assert again.stdout.startswith("0 articles added; 1 already there")
    after = json.loads(run("status", "--json", "--store", store).stdout)
    assert before.pop("last_run") != after.pop("last_run")
    assert after.pop("bytes") - before.pop("bytes") <= 2 * 4096  # pages of the note of the run
    assert after == before


def test_verify_finds_the_store_of_a_hostile_corpus_sound(added):
    _, store = added
    assert run("verify", "--store", store).exit_code == 0


# --------------------------------------------------------------------------- showing


KINDS = ("events", "statements", "findings", "speakers", "offices", "articles", "families")


@pytest.mark.parametrize("kind", KINDS)
def test_lines_show_nothing_raw_and_keep_their_columns(added, kind):
    lines = run(kind, "--store", added[1]).stdout.rstrip("\n").split("\n")
    assert len(lines) > 1
    assert not RAW.search("".join(lines).replace("\t", ""))
    assert {line.count("\t") for line in lines} == {lines[0].count("\t")}


@pytest.mark.parametrize("kind", KINDS)
def test_csv_holds_no_formula(added, kind):
    written = run(kind, "--csv", "--store", added[1]).stdout
    header, *rows = csv.reader(io.StringIO(written, newline=""))
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert not [cell for row in rows for cell in row if FORMULA.match(cell)]


@pytest.mark.parametrize("kind", KINDS)
def test_json_is_one_object_a_line(added, kind):
    written = run(kind, "--json", "--store", added[1]).stdout
    count = run(kind, "--count", "--store", added[1]).stdout
    assert len([json.loads(line) for line in written.splitlines()]) == int(count)


@pytest.mark.parametrize("kind", KINDS)
def test_notebooks_get_no_markup_of_strangers(added, kind):
    with tocsin.open(added[1]) as store:
        shown = getattr(store, kind)()._repr_html_()
    assert "<script" not in shown
    assert "<img" not in shown


@pytest.mark.parametrize("form", ["csv", "polecat", "ftm", "claimreview", "geojson", "gdelt"])
def test_exports_show_nothing_raw(added, tmp_path, form):
    out = tmp_path / "out"
    assert run("export", form, out, "--store", added[1]).exit_code == 0
    for file in [out] if out.is_file() else sorted(out.iterdir()):
        written = file.read_text(encoding="utf-8")
        assert not RAW.search(re.sub(r"[\t\r\n]", "", written))
        assert form not in ("claimreview", "geojson") or "<" not in written


# --------------------------------------------------------------------------- asking


@pytest.mark.parametrize("asked", ["'", '"', ";--", "*", "(", "\udcff", "\0", " ", "x" * 501])
@pytest.mark.parametrize("name", ["text", "actor", "outlet", "place", "article"])
def test_questions_are_answered_or_refused(added, name, asked):
    done = run("events", f"--{name}", asked, "--count", "--store", added[1])
    assert (done.exit_code, done.stdout) in [(0, "0\n"), (5, "")]


def test_questions_to_a_store_that_is_not_settled_say_so(added, tmp_path):
    from tocsin.store.database import open_database

    open_database(tmp_path, create=True).execute("INSERT INTO pending VALUES ('text', 'x')")
    done = run("events", "--store", tmp_path)
    assert "say together is not complete" in done.stderr
    assert "not complete" not in run("events", "--store", added[1]).stderr


def test_a_store_without_a_name_is_refused():
    done = run("add", "x.txt", "--store", "")
    assert done.exit_code == 2
    assert "the name of the folder is empty" in done.stderr


def test_questions_do_without_standard_output(added):
    line = f"'{PROGRAM}' articles --store '{added[1]}' >&-"
    done = subprocess.run(line, shell=True, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
