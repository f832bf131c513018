"""Reading on the desk: what is given comes back as a report, and is kept only where asked."""

import sqlite3

import pytest
from lxml import html

import tocsin
from tests.crisis import make_crisis
from tests.desk.conftest import client_of
from tests.pdfs import make_pdf
from tests.serving import AtHand
from tocsin.corpus.add import add_articles
from tocsin.errors import SlowQuestionError, WorkerError
from tocsin.publish.desk.opened import Desk
from tocsin.settings import Settings
from tocsin.store.database import FILE_NAME

TEXT = (
    "KYIV, March 4 - Ukrainian drones struck an oil depot near Belgorod on Monday.\n\n"
    "“Nobody was hurt,” said Governor Pavel Orlin.  The fire was put out by noon.\n"
)


@pytest.fixture
def desk(tmp_path, tools):
    """A desk of its own, with what analyses at hand."""
    made = Desk(make_crisis(tmp_path / "store"))
    made.worker = AtHand(tools)
    return made


@pytest.fixture
def visitor(desk):
    return client_of(desk)


def _read(visitor, text=None, file=None, **beside):
    """Give an article to be read as a browser does: line breaks of a field are CR LF."""
    fields = {"text": (text or "").replace("\n", "\r\n"), **beside}
    return visitor.post("/read", data=fields, files={"file": file or ("", b"")})


def _alert(answer):
    return html.document_fromstring(answer.text).xpath("string(//*[@role='alert'])")


def test_pasted_article_gets_its_report_without_being_stored(visitor, desk):
    before = desk.store.status().articles
    answer = _read(visitor, TEXT, day="4 March 2025", title="Depot <burns>", outlet="sun.example")
    page = html.document_fromstring(answer.text)
    assert answer.url.path.startswith("/read/")
    assert page.xpath("string(//h1)") == "Depot <burns>"
    assert "4 March 2025 (as given)" in page.xpath("string(//p[@class='about'])")
    assert page.xpath("//a[contains(@class, 'trigger')]")
    assert desk.store.status().articles == before


def test_article_without_a_day_is_given_one_in_the_words_of_the_page(visitor):
    page = html.document_fromstring(_read(visitor, "“It is so,” said Governor Pavel Orlin.").text)
    opening = page.xpath("string(//header//p[@class='opening'])")
    assert "bears no day (give it one as its day of publication" in opening
    assert "--on" not in page.text_content()


def test_front_matter_of_pasted_markdown_stands_apart_from_the_text(visitor):
    front = "---\ntitle: Depot burns\noutlet: Coast Daily\ndate: 2025-03-04\n---\n"
    page = html.document_fromstring(_read(visitor, front + TEXT).text)
    assert page.xpath("string(//h1)") == "Depot burns"
    assert "Coast Daily" in page.xpath("string(//p[@class='about'])")
    apart = page.xpath("//details[contains(@class, 'front')]//p[@class='words']")
    assert [each.text_content() for each in apart] == front.splitlines()
    first = page.xpath("//div[@class='text'][not(ancestor::details)]//p[@class='words']")[0]
    assert first.text_content().startswith("KYIV, March 4")


def test_text_of_a_pasted_article_is_not_altered(visitor, desk):
    text = "\n\n  First line.\n\tThe minister said on Monday that “it is so”.\n\n\u200bThe end.  \n"
    key = _read(visitor, text).url.path.rpartition("/")[2]
    assert desk.given.get(key).item.body.decode() == text


def test_pdf_that_is_dropped_is_read(visitor, desk):
    body = make_pdf(("Depot burns", *TEXT.splitlines()[:1]))
    key = _read(visitor, file=("depot.pdf", body)).url.path.rpartition("/")[2]
    assert desk.given.get(key).report.article.media_type == "application/pdf"


def test_file_beside_a_pasted_text_is_refused_and_the_text_stays(visitor):
    answer = _read(visitor, TEXT, file=("depot.txt", b"Another article."), outlet="sun.example")
    page = html.document_fromstring(answer.text)
    assert answer.status_code == 422
    assert "a file and a pasted text are two articles: depot.txt" in _alert(answer)
    assert page.xpath("string(//textarea)").strip() == TEXT.strip()
    assert page.xpath("//input[@name='outlet']/@value") == ["sun.example"]


def test_page_names_each_sort_of_file_that_it_takes(visitor):
    page = html.document_fromstring(visitor.get("/read").text)
    (label,), (taken,) = (
        page.xpath(f"//{each}") for each in ("label[@for='r-file']", "input/@accept")
    )
    for ending in (".txt", ".md", ".html", ".pdf"):
        assert ending in label.text
        assert ending in taken.split(",")


def test_file_is_read_byte_for_byte_without_its_folders(visitor, desk):
    body = TEXT.replace("\n", "\r\n").encode("utf-8-sig")
    key = _read(visitor, file=(r"C:\home\me\depot.txt", body)).url.path.rpartition("/")[2]
    item = desk.given.get(key).item
    assert (item.name, item.body) == ("depot.txt", body)


@pytest.mark.parametrize(
    ("given", "refused"),
    [
        ({}, "the input is empty"),
        ({"text": "Le ministre a dit hier que la guerre est finie."}, "English"),
        ({"file": ("a.txt", b"\x00\x01\x02" * 200)}, "binary"),
        ({"text": TEXT, "day": "yesterday or so"}, "day"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "no web address"),
        ({"text": "The minister said so. " * 20_000}, "at most 400,000"),
    ],
)
def test_what_cannot_be_read_is_refused_as_the_terminal_says_it(visitor, given, refused):
    answer = _read(visitor, **given)
    assert answer.status_code == (413 if "at most" in refused else 422)
    assert refused in _alert(answer)


def test_refused_article_is_not_lost(visitor):
    page = html.document_fromstring(_read(visitor, f"\n{TEXT}", day="never").text)
    assert page.xpath("string(//textarea)").replace("\r\n", "\n").strip("\n") == TEXT.strip("\n")
    assert page.xpath("//input[@name='day']/@value") == ["never"]


@pytest.mark.parametrize(("error", "status"), [(SlowQuestionError, 503), (WorkerError, 503)])
def test_article_that_cannot_be_read_now_is_not_lost(visitor, desk, monkeypatch, error, status):
    def refuse(_):
        raise error("not now", expected="another time")

    monkeypatch.setattr(desk, "report_on", refuse)
    answer = _read(visitor, TEXT)
    assert answer.status_code == status
    page = html.document_fromstring(answer.text)
    assert page.xpath("string(//textarea)").strip() == TEXT.strip()


def test_address_is_not_fetched(visitor, desk, monkeypatch):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something is fetched"))
    key = _read(visitor, TEXT, url="https://sun.example/1").url.path.rpartition("/")[2]
    assert desk.given.get(key).report.article.outlet == "sun.example"


@pytest.mark.parametrize("given", ["https://sun.example/1", "http://127.0.0.1:1/", "file:///etc"])
def test_address_in_place_of_an_article_is_not_fetched(visitor, monkeypatch, given):
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("something is fetched"))
    assert _read(visitor, given).status_code in (200, 422)


def test_busy_desk_says_so(visitor, desk):
    desk.patience = 0.01
    with desk.reading:
        assert _read(visitor, TEXT).status_code == 503


def test_desk_forgets_the_oldest_of_many_articles(desk):
    from tocsin.articles.items import Item
    from tocsin.errors import NotThereError

    keys = [desk.given.put(Item(origin="x", name="x", body=b"%d" % n), None) for n in range(13)]
    desk.given.get(keys[1])
    with pytest.raises(NotThereError, match="not at hand"):
        desk.given.get(keys[0])


# --------------------------------------------------------------------------- kept


def test_kept_article_is_what_the_command_would_have_added(visitor, desk, tmp_path):
    (tmp_path / "depot.txt").write_bytes(TEXT.encode())
    page = _read(visitor, file=("depot.txt", TEXT.encode())).url.path
    kept = visitor.post(f"{page}/keep")
    added = make_crisis(tmp_path / "added")
    add_articles([str(tmp_path / "depot.txt")], added, settings=Settings(), workers=1)
    with tocsin.open(added) as other:
        key = kept.url.path.rpartition("/")[2]
        assert other.report(key).events == desk.store.report(key).events
        assert _content(added) == _content(desk.folder)
    assert desk.store.is_settled()


def _content(folder):
    """Return what a store holds, without the ledger of runs and the paths as they were given."""
    connection = sqlite3.connect(folder / FILE_NAME)
    tables = ("texts", "statements", "events", "findings", "reported_events", "speakers")
    rows = {each: connection.execute(f"SELECT * FROM {each}").fetchall() for each in tables}
    rows["items"] = connection.execute("SELECT key, outcome, article_id FROM items").fetchall()
    connection.close()
    return {table: sorted(found, key=str) for table, found in rows.items()}


def test_kept_article_is_not_offered_to_be_kept_again(visitor):
    page = _read(visitor, TEXT).url.path
    visitor.post(f"{page}/keep")
    assert "This article is in the store." in visitor.get(page).text


def test_keeping_waits_for_another_writer_for_a_short_time_only(visitor, desk, monkeypatch):
    monkeypatch.setattr("tocsin.publish.desk.pages.read.WAIT", 0.05)
    page = _read(visitor, TEXT).url.path
    other = sqlite3.connect(desk.folder / FILE_NAME, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = visitor.post(f"{page}/keep")
    other.close()
    assert answer.status_code == 503
    assert "another process has been writing" in answer.text
