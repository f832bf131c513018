"""A hostile and impatient user: nothing tracebacks, hangs, or reaches the terminal unescaped."""

import json
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from tocsin.articles.read import read_article_bytes
from tocsin.cli import tocsin as command
from tocsin.errors import TocsinError
from tocsin.pipeline import process_article
from tocsin.publish.html import render_html
from tocsin.publish.jsontext import render_json
from tocsin.publish.markdown import render_markdown
from tocsin.publish.terminal import Console, write_terminal
from tocsin.settings import Settings

PROJECT = Path(__file__).parents[2]
ARTICLE = str(PROJECT / "examples/sound.txt")
PROGRAM = Path(sys.executable).with_name("tocsin")
SENTENCE = "The harbour master said that the ferry had left with all of the passengers on board. "
RAW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def report_on(text, tools, origin="x.txt"):
    return process_article(read_article_bytes(text.encode(), origin=origin, settings=Settings()),
                           tools)  # fmt: skip


# --------------------------------------------------------------------------- the command line


@pytest.mark.parametrize(
    ("arguments", "environment", "code", "says"),
    [
        (["read", ARTICLE, "--on", "0001-01-01"], {}, 5, "1600 to 2999"),
        (["read", ARTICLE, "--encoding", "undefined"], {}, 5, "no such encoding"),
        (["read", ARTICLE, "--encoding", "rot13"], {}, 5, "no such encoding"),
        (["read", ARTICLE, "--encoding", "utf-7"], {}, 5, "no such encoding"),
        (["read", ARTICLE, "--encoding", "unicode_escape"], {}, 5, "no such encoding"),
        (["read", ARTICLE, "--encoding", "\udcff"], {}, 5, "no such encoding"),
        (["read", ARTICLE, "--html", ARTICLE], {}, 2, "the article itself"),
        (["read", ARTICLE, "--html", ""], {}, 2, "--html"),
        (["read", ARTICLE, "--html", "-"], {}, 2, "--html"),
        (["read", ARTICLE], {"TOCSIN_MATRIX_LIBRARY": "foo"}, 5, "numpy or blis"),
        (["read", ARTICLE], {"TOCSIN_MAX_BYTES": "-1"}, 5, "TOCSIN_MAX_BYTES"),
        (["read", ARTICLE], {"TOCSIN_MAX_BYTES": "9" * 20}, 5, "TOCSIN_MAX_BYTES"),
        (["read", ARTICLE], {"TOCSIN_MAX_CHARACTERS": "0"}, 5, "TOCSIN_MAX_CHARACTERS"),
        (["read", ARTICLE], {"TOCSIN_PIPELINE": "../../etc"}, 6, "not installed"),
        (["read", ARTICLE], {"TOCSIN_DATA_DIR": "~no-such-user/x"}, 5, "TOCSIN_DATA_DIR"),
        (["office", "minister of " * 1000], {}, 5, "OFFICE is too long"),
        (["person", "Kim " * 1000], {}, 5, "NAME is too long"),
        (["read", "\x1b[31mred", "\x1b[32mgreen"], {}, 1, "2 of 2 articles failed"),
        (["reference", "add", ARTICLE, "--name", "../../x"], {}, 7, "name of a layer"),
    ],
)
def test_command_refuses_with_a_clear_message(arguments, environment, code, says):
    done = CliRunner().invoke(command, arguments, env=environment)
    assert done.exit_code == code
    assert says in done.stderr
    assert done.stdout == ""
    assert not RAW.search(done.stderr)


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (f"'{PROGRAM}' read - <&-", 3, "standard input cannot be read"),
        (f"'{PROGRAM}' --help > /dev/full", 1, "No space left"),
        (f"'{PROGRAM}' person Lavrov > /dev/full", 1, "No space left"),
        (f"'{PROGRAM}' person Lavrov | true", 0, ""),
        (f"COLUMNS=0 '{PROGRAM}' read '{ARTICLE}' | head -1 | grep Putin", 0, ""),
    ],
    ids=["closed-input", "full-help", "full-answer", "closed-output", "no-columns"],
)
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_command_survives_its_streams(line, code, says):
    done = subprocess.run(["sh", "-c", line], capture_output=True, text=True, timeout=60)
    assert done.returncode == code
    assert "Traceback" not in done.stderr
    assert says in done.stderr
    assert done.stderr or not says


# --------------------------------------------------------------------------- hostile texts

SAYS = 'President Emmanuel Macron of France said: "We will do it." '
HOSTILE = {
    "controls": SENTENCE + "".join(map(chr, range(1, 32))) + "\x7f\x9b31m" + SAYS,
    "links": SENTENCE + "\x1b]8;;http://evil.example\x1b\\press\x1b]8;;\x1b\\ he said. " + SAYS,
    "directions": SENTENCE + f"President \u202e{SAYS}\u202c \u2066it\u2069 \u200d\u200c\ufeff",
    "emoji": SENTENCE + SAYS + "👨‍👩‍👧‍👦 said “👍🏽👍🏽”. Emma\u0301nuel \u0301\u0301 said so. ",
    "returns": "\r".join([SENTENCE, SAYS, SENTENCE]),
    "breaks": "\r\n".join([SENTENCE, SAYS]) + "\x0c\x0b\u2028\u2029\x85\t\n\r" + SAYS,
    "script": SENTENCE + '<script>alert(1)</script> Macron said "<img src=x onerror=alert(1)>". ',
    "nested": SENTENCE + "He said “" * 500 + SENTENCE + "”" * 500,
    "marks": SENTENCE + '"' * 2000 + "‘" * 2000 + SAYS,
    "brackets": SENTENCE + "(" * 2000 + ")" * 2000 + " " + "[ " * 2000 + SAYS,
}


@pytest.mark.parametrize("name", HOSTILE)
def test_reports_show_nothing_raw(name, tools, tmp_path):
    report = report_on(HOSTILE[name], tools)
    with (tmp_path / "shown").open("w+", encoding="utf-8") as shown:
        write_terminal(report, Console(file=shown, width=80))
        shown.seek(0)
        assert not RAW.search(shown.read())
    assert not RAW.search(render_markdown(report))
    assert json.loads(render_json(report))["article"]["text"] == report.article.text
    page = render_html(report)
    assert not RAW.search(page)
    assert "<script" not in page
    assert "<img" not in page


def test_time_grows_with_the_length_and_not_with_its_square(tools):
    def seconds(times):
        start = time.process_time()
        render_html(report_on(SENTENCE + "Macron said it was over.\n" * times, tools))
        return time.process_time() - start

    seconds(10)
    assert seconds(800) < 10 * seconds(200)


HEAD = (
    '<html><head><meta charset="{charset}"><title>&lt;script&gt;alert(1)&lt;/script&gt; \x1b[31m'
    '</title><meta property="og:title" content="{title}"><meta name="author" content="{title}">'
    '<link rel="canonical" href="{url}"><meta property="og:url" content="{url}">'
    '<meta property="og:site_name" content="{title}"></head><body><article>'
)


@pytest.mark.parametrize(
    "charset", ["utf-7", "rot13", "zlib_codec", "undefined", "idna", "hex", "no-such", "utf-16"]
)
@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "http://[", "//x"])
def test_read_survives_a_hostile_page(charset, url):
    title = "&lt;script&gt;alert(1)&lt;/script&gt; &#x202e;&#xD800;&#0; {{ 7*7 }} " + "x" * 5000
    page = HEAD.format(charset=charset, url=url, title=title) + f"<p>{SENTENCE}</p>" * 9
    try:
        article = read_article_bytes(page.encode(), origin="x.html", settings=Settings())
        text = article.text
    except TocsinError as error:
        text = f"{SENTENCE.strip()} or {error}"
    assert SENTENCE.strip() in text
    assert text.encode()
    assert not RAW.search(text)
