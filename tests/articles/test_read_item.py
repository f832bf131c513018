"""One item of a corpus as an article."""

from datetime import date

import pytest

from tocsin import errors
from tocsin.addresses import host_of
from tocsin.articles.items import Item, outlet_of
from tocsin.articles.read import read_article_bytes, read_item
from tocsin.keys import article_key
from tocsin.settings import Settings

PROSE = (
    "The harbour master of the town said that the ferry had left with all of its passengers. "
    "It was the first of the ships that would sail from the port this week, and the weather was "
    "good. The owners of the line told reporters that they were pleased with the numbers. "
)
PAGE = f"""<!doctype html><html lang="en"><head><title>Ferry leaves</title>
<meta property="og:title" content="Ferry leaves"><meta property="og:site_name" content="The Quay">
<meta property="article:published_time" content="2023-05-03T09:00:00Z">
<link rel="canonical" href="https://quay.example/ferry"></head>
<body><article><h1>Ferry leaves</h1><p>{PROSE}</p><p>{PROSE}</p></article></body></html>"""


def read(body=PROSE, name="a.txt", **about):
    raw = body.encode() if isinstance(body, str) else body
    item = Item(origin=f"week/{name}", name=name, body=raw, **about)
    return read_item(item, settings=Settings())


def text_or_error(*about, **more):
    try:
        return read(*about, **more).text
    except errors.TocsinError as error:
        return str(error)


def test_read_item_reads_as_read_article_does():
    one = read(PAGE, "a.html")
    other = read_article_bytes(PAGE.encode(), origin="week/a.html", settings=Settings())
    assert one == other


def test_read_item_lets_the_container_win_over_the_page():
    article = read(
        PAGE,
        title="A",
        url="https://other.example/1",
        outlet="B",
        published=date(2024, 1, 1),
        published_from="table",
    )
    assert (article.title, article.url, article.outlet) == ("A", "https://other.example/1", "B")
    assert (article.published, article.published_from) == (date(2024, 1, 1), "table")


def test_read_item_takes_from_the_page_what_the_container_does_not_say():
    article = read(PAGE, title="A")
    assert (article.url, article.outlet) == ("https://quay.example/ferry", "The Quay")
    assert (article.published, article.published_from) == (date(2023, 5, 3), "metadata")


def test_read_item_falls_back_to_the_host_as_outlet():
    assert read(url="https://www.quay.example:8080/1").outlet == "quay.example"
    assert read(f"OSLO, 3 May 2023 (NTB) - {PROSE}", url="https://q.example/").outlet == "q.example"
    assert read(f"OSLO, 3 May 2023 (NTB) - {PROSE}").outlet == "NTB"


def test_read_item_takes_the_day_of_the_dateline_last():
    text = f"OSLO, 3 May 2023 (NTB) - {PROSE}"
    assert read(text).published_from == "dateline"
    dated = read(text, published=date(2023, 5, 4), published_from="feed")
    assert (dated.published, dated.published_from) == (date(2023, 5, 4), "feed")
    assert dated.dateline.day == date(2023, 5, 3)


def test_read_item_takes_the_day_of_the_address_where_nothing_else_tells():
    url = "https://quay.example/2023/05/03/ferry"
    article = read(url=url)
    assert (article.published, article.published_from) == (date(2023, 5, 3), "address")
    dated = read(f"Ferry leaves\n2 May 2023\n\n{PROSE}", url=url)
    assert (dated.published, dated.published_from) == (date(2023, 5, 2), "dateline")


def test_read_item_takes_the_year_of_a_dateline_from_no_guess():
    page = PAGE.replace("<meta", "<wbr").replace("</h1>", "</h1><nav><time>3 May 2023</time></nav>")
    dated = page.replace(f"<p>{PROSE}", f"<p>OSLO, May 1 (NTB) - {PROSE}", 1)
    article = read(dated, "a.html")
    assert (article.published, article.published_from) == (date(2023, 5, 3), "guess")


def test_read_item_takes_the_year_of_a_dateline_from_the_address():
    article = read(f"OSLO, May 1 (NTB) - {PROSE}", url="https://quay.example/2023/05/03/ferry")
    assert article.dateline.day == date(2023, 5, 1)


def test_read_item_keeps_a_guess_apart_from_the_same_day_known():
    page = PAGE.replace("<meta", "<wbr").replace("</h1>", "</h1><nav><time>3 May 2023</time></nav>")
    guessed = read(page, "a.html")
    known = read(page, "a.html", published=date(2023, 5, 3), published_from="feed")
    assert guessed.published_from == "guess"
    assert guessed.published == known.published
    assert guessed.text_id != known.text_id


def test_read_item_knows_one_text_at_two_addresses():
    one, other = read(url="https://a.example/"), read(url="https://b.example/")
    assert one.text_id == other.text_id
    assert one.id != other.id
    assert read(name="a.csv#1").id != read(name="a.csv#2").id


def test_read_item_knows_prints_without_address_by_name_and_outlet():
    one, other = read(outlet="Fjord Post"), read(outlet="Strait Herald")
    assert one.text_id == other.text_id
    assert one.id != other.id
    nameless = PAGE.replace('<link rel="canonical" href="https://quay.example/ferry">', "")
    pages = [read(nameless.replace("The Quay", each), "index.html") for each in ("Alpha", "Beta")]
    assert pages[0].id != pages[1].id


def test_read_item_keys_an_agency_in_the_text_as_no_outlet():
    article = read(f"OSLO, 3 May 2023 (NTB) - {PROSE}")
    assert article.outlet == "NTB"
    assert article.id == article_key(article.text_id, "a.txt")


@pytest.mark.parametrize(
    ("declared", "body", "media_type"),
    [
        ("text/html", PROSE, "text/plain"),
        ("text/html", f"{PROSE} R&amp;D", "text/html"),
        ("text/html", f"<p>{PROSE}</p>", "text/html"),
        ("text/plain", PAGE, "text/html"),
        ("text/plain", f"{PROSE} 3 < 5", "text/plain"),
        ("text/html", "<!--" + "x" * 9000 + "-->" + PAGE, "text/html"),
        (None, f"<p>{PROSE}</p>", "text/html"),
        (
            "text/plain",
            f'\n<!-- wp --><img src="a.jpg"><h2 class="a">Ferry</h2>{PROSE}',
            "text/html",
        ),
        ("text/plain", f"<b>{PROSE}</b>", "text/plain"),
        ("text/plain", f"{PROSE} Write </p> at the end of <p>", "text/plain"),
        ("text/markdown", f"<p>{PROSE}</p>", "text/markdown"),
        ("text/plain", f"# Ferry leaves\n\n**The owner** spoke. {PROSE}", "text/markdown"),
        ("text/plain", f"# Ferry leaves\n\n{PROSE}", "text/plain"),
        ("text/plain", f"#ferry leaves\n\n**The owner** spoke. {PROSE}", "text/plain"),
    ],
)
def test_read_item_sees_for_itself_what_the_bytes_are(declared, body, media_type):
    article = read(body, media_type=declared)
    assert article.media_type == media_type
    assert (article.text == body) == (media_type != "text/html")


@pytest.mark.parametrize("head", ["", "<meta charset=utf-8><title>Ferry leaves</title>"])
def test_read_item_reads_what_is_called_html_as_html(head):
    body = f"<h1>Ferry leaves</h1>{' ' * 70_000}<p>{PROSE}</p><p>{PROSE}</p>"
    article = read(head + body, "frag.html")
    assert (article.title, article.media_type) == ("Ferry leaves", "text/html")
    assert "<" not in article.text


@pytest.mark.parametrize(
    "place",
    [
        *("https://example.org/news/talks-in-oslo", "example.org/news/talks-in-oslo"),
        *("/home/sören/news.txt", "C:\\news\\talks-in-oslo.txt"),
        "the-talks-in-oslo.txt",
    ],
)
def test_read_item_refuses_an_address_or_a_path_in_the_place_of_a_text(place):
    with pytest.raises(errors.NoArticleError, match=r"not an article: .*--fetch"):
        read(f"{place}\n")


def test_read_item_takes_the_day_of_a_page_whatever_the_clock_says():
    article = read(PAGE.replace("2023-05-03", "2097-05-03"), "a.html")
    assert (article.published, article.published_from) == (date(2097, 5, 3), "metadata")


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (b"\xff\xd8\xff\xe0 JPEG", errors.BinaryInputError),
        (PROSE.encode() + b"\x00", errors.BinaryInputError),
        (b"", errors.EmptyInputError),
        (b"<p></p><script>x</script>", errors.NoArticleError),
        (b"<p>Le ministre a dit que les discussions se passaient bien.</p>" * 9,
         errors.LanguageError),
    ],
)  # fmt: skip
def test_read_item_refuses_what_is_called_html_and_is_no_article(body, error):
    with pytest.raises(error, match=r"week/a\.txt"):
        read(body, media_type="text/html")


def test_read_item_makes_paragraphs_of_blocks():
    html = "One <b>bo</b>ld<br>two &amp; <!-- no -->three<ul><li>a<li>b</ul><style>p{}</style>end"
    article = read(f"<div>{html}</div><p>{PROSE}</p>", media_type="text/html")
    assert article.text.split("\n\n")[:5] == ["One bold", "two & three", "a", "b", "end"]


def test_read_item_keeps_a_page_in_utf8_of_which_a_crawler_cut_the_end():
    raw = PAGE.replace("sail", "“sail” – “today”").encode()
    cut = raw.replace(b"</p></article>", "“".encode()[:2] + b"</p></article>")
    text = read(cut, "a.html").text
    assert "“sail” – “today”" in text
    assert "â" not in text


@pytest.mark.parametrize("declared", ["iso-8859-1", "latin1", "ISO_8859-1"])
def test_read_item_takes_latin_1_for_what_it_means(declared):
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">').replace("sail", "“sail”")
    assert "“sail”" in read(page.encode("cp1252"), "a.html").text
    served = PAGE.replace("sail", "“sail”").encode("cp1252")
    assert "“sail”" in read(served, media_type="text/html", encoding=declared).text


@pytest.mark.parametrize("declared", ["utf-16", "UTF-16LE", "utf-32"])
def test_read_item_reads_a_page_that_can_declare_its_encoding_as_it_stands(declared):
    page = PAGE.replace("<head>", f'<head><meta charset="{declared}">')
    assert "sail" in read(page.encode(), "a.html").text


def test_read_item_leaves_signs_that_steer_a_terminal_unaltered():
    text = f"{PROSE}\x1b[31m\u202egnorw\u202c \x07\u2066\u200b\ufeff end\r\n"
    assert read(text).text == text


# --------------------------------------------------------------------------- hostile


@pytest.mark.parametrize("tag", ["div", "b", "a", "p", "form", "table><tr><td", "svg", "ul><li"])
@pytest.mark.parametrize("kind", ["page", "fragment"])
def test_read_item_survives_100_000_nested_tags(tag, kind):
    body = f"<{tag}>" * 100_000 + PROSE * 3 + f"</{tag.split('>')[0]}>" * 100_000
    if kind == "page":
        body = f"<html><body>{body}<article><p>{PROSE * 3}</p></article></body></html>"
    outcome = text_or_error(body, media_type="text/html")
    assert "harbour" in outcome or "week/a.txt" in outcome


def test_read_item_refuses_a_page_of_a_million_tags():
    with pytest.raises(errors.TooLargeError, match=r"1,000,00\d tags"):
        read("<html><body>" + "<div>x</div>" * 500_000, "a.html")


@pytest.mark.parametrize("body", ["x" * 5_000_000, "<p>" + "x" * 5_000_000, "X " * 2_500_000])
@pytest.mark.parametrize("media_type", ["text/plain", "text/html", "text/markdown"])
def test_read_item_refuses_five_megabytes_of_a_word(body, media_type):
    with pytest.raises(errors.InputError):
        read(body, media_type=media_type)


@pytest.mark.parametrize(
    "body",
    [
        "published" + " " * 1150 + "x" * 60 + "\n" + PROSE,
        " " * 1190 + "x" * 60 + "\n" + PROSE,
        "# " * 190_000,
        "![" * 190_000,
        "](" * 190_000,
        "```a\n" * 78_000,
        "---\na: " + " " * 380_000 + "x\n---\n",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.md"])
def test_read_item_is_not_held_up_by_patterns(body, name):
    # Some of these took minutes; the suite's time is the bound.
    assert text_or_error(body, name)


# --------------------------------------------------------------------------- outlets


@pytest.mark.parametrize(
    ("words", "outlet"),
    [
        ("www.bbc.com", "bbc.com"),
        ("BBC.com", "bbc.com"),
        ("https://www.bbc.com/news/1", "bbc.com"),
        ("The Quay", "The Quay"),
        ("St. Louis Quay", "St. Louis Quay"),
        ("", ""),
        (None, None),
        ("http://[", "http://["),
    ],
)
def test_outlet_of_makes_one_name_of_a_host(words, outlet):
    assert outlet_of(words) == outlet


@pytest.mark.parametrize("url", ["", "x", "ftp://a.example/", "http://", "https://[", None])
def test_host_of_finds_none_where_there_is_none(url):
    assert host_of(url) is None


def test_read_item_advises_no_option_that_add_does_not_have():
    with pytest.raises(errors.EncodingError, match="save it as UTF-8") as caught:
        read("Le café était fermé. ".encode("latin-1") * 20 + PROSE.encode())
    assert "--encoding" not in str(caught.value)


@pytest.mark.parametrize("between", [" ", ""])
@pytest.mark.parametrize("media_type", ["text/html", None])
def test_read_item_refuses_a_tag_with_countless_attributes(media_type, between):
    tag = "<p " + between.join(f"a{n}=''" for n in range(300_000)) + ">"
    page = PAGE if media_type is None else f"<p>{PROSE}</p>"
    with pytest.raises(errors.TooLargeError, match="too many attributes"):
        read(page.replace("<p>", tag, 1), name="a.html", media_type=media_type)
