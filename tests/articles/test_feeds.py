"""RSS and Atom."""

import time
from datetime import date

import pytest

from tocsin.articles.corpora import find_items
from tocsin.articles.items import Item
from tocsin.articles.read import read_item
from tocsin.records import Failure
from tocsin.settings import Settings

PROSE = (
    "The harbour master said that the ferry had left the port with all of its passengers, and "
    "that the weather of the week would be good for the ships which were still to come."
)
ITEM = f"""<item><title>Ferry &amp;amp; &lt;b&gt;port&lt;/b&gt;</title>
<link>https://quay.example/1?a=1&amp;copy=2</link><guid>tag:1</guid>
<pubDate>Tue, 29 Oct 2024 23:30:00 -0500</pubDate>
<description>In short.</description>
<content:encoded><![CDATA[<p>{PROSE}</p><script>alert(1)</script><p>“Yes”, he&nbsp;said.</p>]]>
</content:encoded></item>"""


def rss(*items, head=""):
    return (
        f'<?xml version="1.0"?>{head}<rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>The Quay</title>{''.join(items)}</channel></rss>"
    )


ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>The Quay</title>
<entry><id>1</id><title>Ferry leaves</title><link href="https://quay.example/1"/>
<updated>2024-10-30T01:00:00Z</updated><published>2024-10-29T01:00:00Z</published>
<summary>In short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">
<p>{PROSE}</p></div></content></entry>
<entry><id>2</id><title>Ferry back</title><updated>2024-10-30T01:00:00Z</updated>
<source><title>Harbour News</title></source><summary>{PROSE}</summary></entry></feed>"""


def find(tmp_path, content, name="feed.xml", **settings):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return list(find_items(str(path), settings=Settings(**settings), mapping={}))


def test_find_items_reads_an_rss_entry(tmp_path):
    [item] = find(tmp_path, rss(ITEM))
    assert item.name == "feed.xml#tag:1"
    assert item.url == "https://quay.example/1?a=1&copy=2"
    assert item.title == "Ferry & port"
    assert item.outlet == "The Quay"
    assert (item.published, item.published_from) == (date(2024, 10, 29), "feed")


@pytest.mark.parametrize("day", ["0000-01-01T00:00:00Z", "9999-12-31T00:00:00Z", "1500-13-45"])
def test_find_items_takes_no_day_that_news_cannot_have(tmp_path, day):
    [item] = find(
        tmp_path, rss(f"<item><description>{PROSE}</description><pubDate>{day}</pubDate></item>")
    )
    assert (item.published, item.published_from) == (None, None)


def test_read_item_makes_paragraphs_of_an_entry(tmp_path):
    article = read_item(find(tmp_path, rss(ITEM))[0], settings=Settings())
    assert article.text == f"{PROSE}\n\n“Yes”, he\u00a0said."
    assert article.media_type == "text/html"


def test_find_items_reads_atom_entries(tmp_path):
    one, two = find(tmp_path, ATOM)
    assert (one.url, one.published) == ("https://quay.example/1", date(2024, 10, 29))
    assert read_item(one, settings=Settings()).text == PROSE
    assert (two.outlet, two.published) == ("Harbour News", date(2024, 10, 30))
    assert two.body.decode() == PROSE


def test_find_items_reads_plain_descriptions(tmp_path):
    text = f"{PROSE}\n\nR&amp;amp;D &amp;#8211; it's said."
    [item] = find(tmp_path, rss(f"<item><description>{text}</description></item>"))
    assert read_item(item, settings=Settings()).text == f"{PROSE}\n\nR&D – it's said."
    assert (item.published, item.published_from, item.url) == (None, None, None)


def test_find_items_reads_a_feed_in_another_encoding(tmp_path):
    raw = rss(f"<item><description>“Café”: {PROSE}</description></item>")
    raw = raw.replace('"1.0"?>', '"1.0" encoding="windows-1252"?>', 1).encode("windows-1252")
    assert find(tmp_path, raw)[0].body.decode().startswith("“Café”")


def test_find_items_takes_latin_1_for_what_it_means(tmp_path):
    raw = rss(f"<item><description>“Café”: {PROSE}</description></item>")
    raw = raw.replace('"1.0"?>', '"1.0" encoding="ISO-8859-1"?>', 1).encode("windows-1252")
    assert find(tmp_path, raw)[0].body.decode().startswith("“Café”")


@pytest.mark.parametrize(
    "day", ["2024/10/29 15:07:41", "2024.10.29", "2024 October 29", "2024-W44-2"]
)
def test_find_items_reads_the_day_of_an_entry_as_written(tmp_path, day):
    [item] = find(
        tmp_path, rss(f"<item><description>{PROSE}</description><pubDate>{day}</pubDate></item>")
    )
    assert item.published == date(2024, 10, 29)


@pytest.mark.parametrize("day", ["2024-10", "October 2024", "29 October", "Tuesday", "15:07"])
def test_find_items_makes_up_no_part_of_a_day(tmp_path, day):
    [item] = find(
        tmp_path, rss(f"<item><description>{PROSE}</description><pubDate>{day}</pubDate></item>")
    )
    assert item.published is None


@pytest.mark.parametrize(
    "words",
    [
        f"&lt;![CDATA[&lt;p&gt;{PROSE}&lt;/p&gt;]]&gt;",
        f"&amp;lt;p&amp;gt;{PROSE}&amp;lt;/p&amp;gt;",
        f"<![CDATA[&lt;p&gt;{PROSE}&lt;/p&gt;]]>",
        f"&lt;![CDATA[{PROSE}]]&gt;",
    ],
)
def test_read_item_reads_what_a_feed_escaped_once_too_often(tmp_path, words):
    title = "&lt;![CDATA[Ferry &amp;lt;b&amp;gt;leaves&amp;lt;/b&amp;gt;]]&gt;"
    entry = f"<item><title>{title}</title><description>{words}</description></item>"
    [item] = find(tmp_path, rss(entry))
    assert item.title == "Ferry leaves"
    assert read_item(item, settings=Settings()).text == PROSE


def test_find_items_names_an_entry_without_text(tmp_path):
    found = find(tmp_path, rss("<item><title>A</title></item>", ITEM))
    assert [type(each) for each in found] == [Failure, Item]
    assert found[0].origin.endswith("feed.xml#1")


def test_find_items_reads_entries_before_a_cut(tmp_path):
    import gzip
    import os

    items = [ITEM.replace("</p>", f" {os.urandom(400).hex()}</p>", 1) for _ in range(40)]
    packed = gzip.compress(rss(*items).encode())
    found = find(tmp_path, packed[: len(packed) // 2], "feed.xml.gz")
    assert 10 < len(found) < 30
    assert all(isinstance(each, Item) for each in found[:-1])
    assert isinstance(found[-1], Failure)


def test_find_items_reads_entries_within_the_limit(tmp_path):
    found = find(tmp_path, rss(*[ITEM] * 100), max_bytes=20_000)
    assert 10 < len(found) < 45
    assert found[-1].error == "TooLargeError"


def test_find_items_reads_a_feed_that_is_not_well_formed(tmp_path):
    [item] = find(tmp_path, rss(ITEM.replace("<guid>", "<guid>&nosuch; & ")))
    assert item.title == "Ferry & port"


def test_find_items_finds_nothing_in_a_feed_without_entries(tmp_path):
    assert find(tmp_path, rss()) == []


LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))


@pytest.mark.parametrize(
    "doctype",
    [
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]>',
        '<!DOCTYPE rss [<!ENTITY a9 SYSTEM "file:///etc/hostname">]>',
        '<!DOCTYPE rss [<!ENTITY % p SYSTEM "http://127.0.0.1:9/"> %p;]>',
        f'<!DOCTYPE rss [<!ENTITY x "<rss>"><!ENTITY a0 "ha">{LAUGHS}]>',
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_find_items_refuses_entities(tmp_path, doctype, encoding):
    raw = rss("<item><description>&a9;</description></item>", head=doctype).encode(encoding)
    [failure] = find(tmp_path, raw)
    assert "entities of its own" in failure.message


def test_find_items_reads_no_file_that_a_feed_names(tmp_path):
    head = '<!DOCTYPE rss SYSTEM "file:///etc/hostname">'
    assert len(find(tmp_path, rss(ITEM, head=head))) == 1


@pytest.mark.parametrize(
    "junk",
    ["<" * 300_000, "<item>" * 50_000, "<!--" * 100_000, "&" * 300_000, "<![CDATA[" * 50_000],
)
def test_find_items_reads_hostile_feeds_in_bounded_time(tmp_path, junk):
    begun = time.process_time()
    found = find(tmp_path, rss(ITEM, junk))
    assert time.process_time() - begun < 10
    assert isinstance(found[0], Item | Failure)


def test_title_keeps_what_is_no_tag_and_drops_what_cannot_be_seen(tmp_path):
    path = tmp_path / "a.rss"
    title = "<title>Troops &amp;lt; 500, drones\u200b &amp;gt; 20</title>"
    path.write_text(rss(ITEM.replace(ITEM[6 : ITEM.index("\n")], title)), encoding="utf-8")
    [item] = find_items(str(path), settings=Settings(), mapping={})
    assert item.title == "Troops < 500, drones > 20"
