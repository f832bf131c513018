"""The pages of an article and of a brief in a real browser, without a network and scripts."""

import html
import json
import shutil
import struct
import subprocess
import zlib
from pathlib import Path

import pytest
from lxml import html as lxml_html

from tests.crisis import make_crisis

BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser"))), None)

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(BROWSER is None, reason="no chromium here; apt-get install chromium"),
]

#: Quiet, alone and without a network: what the page needs must be in the page.
OPTIONS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--disable-dev-shm-usage", "--hide-scrollbars", "--virtual-time-budget=8000",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)  # fmt: skip


@pytest.fixture(scope="module")
def page(tocsin, tmp_path_factory):
    path = tmp_path_factory.mktemp("page") / "sitrep.html"
    done = tocsin("read", "examples/invented.txt", "--html", path)
    assert done.returncode == 0, done.stderr.decode()
    return path


@pytest.fixture(scope="module")
def brief_page(tocsin, tmp_path_factory):
    folder = tmp_path_factory.mktemp("brief")
    given = "brief", "--store", make_crisis(folder / "store"), "--about", "PRK,RUS,UKR"
    done = tocsin(*given, "--for", "KOR", "--html", folder / "brief.html")
    assert done.returncode == 0, done.stderr.decode()
    return folder / "brief.html"


@pytest.fixture(params=["page", "brief_page"])
def either(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def browse(tmp_path):
    """Run the browser with scripts blocked, unless they are asked for."""

    def run(path, *options, scripts=False):
        profile = tmp_path / f"profile-{scripts}"
        (profile / "Default").mkdir(parents=True, exist_ok=True)
        blocked = {"profile": {"default_content_setting_values": {"javascript": 2}}}
        settings = {} if scripts else blocked
        (profile / "Default/Preferences").write_text(json.dumps(settings), encoding="utf-8")
        return subprocess.run(
            [BROWSER, *OPTIONS, f"--user-data-dir={profile}", *options, path.as_uri()],
            capture_output=True,
            timeout=90,
            check=True,
        ).stdout

    return run


def test_browser_of_these_tests_runs_no_script(browse, tmp_path):
    probe = tmp_path / "probe.html"
    probe.write_text("<body><script>document.body.append('script' + ' ran')</script>")
    assert b"script ran" not in browse(probe, "--dump-dom")
    assert b"script ran" in browse(probe, "--dump-dom", scripts=True)


def test_page_shows_findings_and_marks(page, browse):
    dom = lxml_html.document_fromstring(browse(page, "--dump-dom").decode())
    contradicted = dom.xpath("//section[@id='s-contradicted']//h3")
    assert any("Fumio Kishida" in heading.text_content() for heading in contradicted)
    assert any("Ernesto Villaruel" in heading.text_content() for heading in contradicted)
    for role in ("content", "cue", "speaker", "office", "trigger"):
        assert dom.xpath(f"//p[@class='words']//*[contains(@class, '{role}')]"), role


def test_page_shows_the_article_word_for_word(page, browse):
    dom = lxml_html.document_fromstring(browse(page, "--dump-dom").decode())
    article = Path("examples/invented.txt")
    text = (Path(__file__).parents[2] / article).read_text(encoding="utf-8")
    shown = [p.text_content() for p in dom.xpath("//p[@class='words']")]
    assert shown == [line for line in text.splitlines() if line.strip()]


def test_page_of_a_brief_shows_its_charts(brief_page, browse):
    dom = lxml_html.document_fromstring(browse(brief_page, "--dump-dom").decode())
    for kind in ("course", "network", "map"):
        drawn = f"//*[local-name()='svg'][@class='{kind}' or ../@class='{kind}']"
        assert dom.xpath(drawn), kind


@pytest.mark.parametrize("width", [390, 1280])
def test_page_is_not_blank(either, browse, tmp_path, width):
    picture = tmp_path / "page.png"
    browse(either, f"--window-size={width},900", f"--screenshot={picture}")
    assert len(set(_pixel_bytes(picture.read_bytes()))) > 50


@pytest.mark.parametrize("width", [320, 390, 800, 1280])
def test_page_never_scrolls_sideways(either, browse, tmp_path, width):
    measure = (
        "<script>onload=()=>parent.document.title=document.documentElement.scrollWidth</script>"
    )
    source = either.read_text(encoding="utf-8").replace("<meta http-equiv", "<meta name") + measure
    frame = tmp_path / "frame.html"
    frame.write_text(
        f'<meta charset="utf-8"><iframe width="{width}" height="800" frameborder="0" '
        f'srcdoc="{html.escape(source)}"></iframe>',
        encoding="utf-8",
    )
    shown = browse(frame, "--window-size=1600,900", "--dump-dom", scripts=True)
    title = lxml_html.document_fromstring(shown.decode()).findtext(".//title")
    assert int(title) == width


def _pixel_bytes(png):
    """Return the unpacked picture data of a PNG file (the chunks named IDAT)."""
    packed, at = b"", 8
    while at < len(png):
        length, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += 12 + length
    return zlib.decompress(packed)
