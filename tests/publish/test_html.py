"""The sitrep as a page: escaping, highlights at the right words, anchors both ways."""

import base64
import hashlib
import re

import pytest
from lxml import html as lxml_html

from tocsin.publish.html import render_html
from tocsin.publish.sitrep import build_sitrep
from tocsin.records import Relay


def _page(made):
    return lxml_html.document_fromstring(render_html(made.report))


def _pieces(page):
    return page.xpath("//p[@class='words']//*[@data-start]")


def _words_marked(page, role):
    """Return the stretches of neighbouring pieces that have `role`, with their words."""
    stretches = []
    for piece in _pieces(page):
        if role in piece.get("class", "").split():
            start, end = int(piece.get("data-start")), int(piece.get("data-end"))
            if stretches and stretches[-1][1] == start:
                stretches[-1] = (stretches[-1][0], end, stretches[-1][2] + piece.text_content())
            else:
                stretches.append((start, end, piece.text_content()))
    return stretches


def test_render_shows_the_whole_text_unaltered(harbour):
    shown = [p.text_content() for p in _page(harbour).xpath("//p[@class='words']")]
    assert shown == harbour.text.split("\n\n")


def test_render_gives_every_piece_the_words_at_its_offsets(harbour):
    for piece in _pieces(_page(harbour)):
        start, end = int(piece.get("data-start")), int(piece.get("data-end"))
        assert piece.text_content() == harbour.text[start:end]


def test_render_marks_every_record_at_its_words(harbour):
    page = _page(harbour)
    marked = {role: [words for _, _, words in _words_marked(page, role)]
              for role in ("content", "cue", "speaker", "office", "trigger")}  # fmt: skip
    assert marked == {
        "content": ["“We fired no shot,”", "that Brinn had asked for talks",
                    "the port could reopen on Friday"],
        "cue": ["said", "denied", "said"],
        "speaker": ["Otto Brandt", "Mara Lind", "Officials in Brinn"],
        "office": ["Arland's Defence Minister Otto Brandt", "President Mara Lind"],
        "trigger": ["shelled", "fired", "reopen"],
    }  # fmt: skip


def test_render_cuts_overlapping_records_into_pieces_with_both_roles(builder):
    made = builder(text="one two three")
    made.state(None, "one two")
    made.happen("two three", "two three")
    pieces = [(p.text_content(), p.get("class")) for p in _pieces(_page(made))]
    assert pieces == [("one ", "content"), ("two", "trigger content clause"),
                      (" three", "trigger clause")]  # fmt: skip


def test_render_marks_content_that_runs_over_paragraphs(builder):
    made = builder(text="He said: “One.\n\n“Two.” Then he left.")
    made.state(None, "“One.\n\n“Two.”")
    assert [words for _, _, words in _words_marked(_page(made), "content")] == ["“One.", "“Two.”"]


def test_render_survives_offsets_outside_the_text(builder):
    made = builder(text="Short.")
    speaker = made.actor("Short")
    made.state(speaker, "Short", relays=(Relay(name="Far", words=(90, 99)),))
    assert _page(made).xpath("string(//p[@class='words'])") == "Short."


def test_render_leads_from_every_link_to_something_on_the_page(harbour):
    page = _page(harbour)
    ids = page.xpath("//@id")
    inner = [href for href in page.xpath("//@href") if href.startswith("#")]
    assert len(ids) == len(set(ids))
    assert {href[1:] for href in inner} <= set(ids)


def test_render_leads_from_finding_to_words_to_note_and_back(harbour):
    page = _page(harbour)
    (place,) = page.xpath("//section[@id='s-contradicted']//a[@class='offsets']/@href")
    (words,) = page.xpath(f"//*[@id='{place[1:]}']")
    assert words.text_content() == "Arland's Defence Minister "
    (note,) = page.xpath(f"//*[@id='{words.get('href')[1:]}']")
    assert "Jon Falk" in note.text_content()
    assert note.xpath(".//a/@href") == ["#i-contradicted-1", place]


def test_render_puts_notes_beside_the_paragraph_of_their_words(harbour):
    rows = _page(harbour).xpath("//div[@class='row']")
    assert ["Jon Falk" in "".join(row.xpath(".//ul//text()")) for row in rows] == [
        False, True, False,
    ]  # fmt: skip


HOSTILE = '"><script>alert(1)</script><img src=x onerror=alert(1)><!--'


def test_render_escapes_markup_everywhere(builder):
    made = builder(text=f"He {HOSTILE} said {HOSTILE}", title=HOSTILE, outlet=HOSTILE, url=HOSTILE)
    made.state(made.actor("He", office=HOSTILE), HOSTILE)
    page = _page(made)
    assert not page.xpath("//script | //img | //comment() | //@onerror")
    assert page.xpath("string(//h1)") == HOSTILE
    assert page.xpath("string(//p[@class='words'])") == made.text


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "//evil.example", "https://[", "http:x"]
)
def test_render_shows_but_does_not_link_an_address_that_is_not_of_the_web(builder, url):
    page = _page(builder(text="Rain fell.", url=url))
    assert not page.xpath("//p[@class='about']/a")
    assert url in page.xpath("string(//p[@class='about'])")


def test_render_links_a_web_address_without_lending_it_trust(builder):
    page = _page(builder(text="Rain fell.", url="https://example.org/a?b=1&c=2"))
    (link,) = page.xpath("//p[@class='about']/a")
    assert link.get("href") == "https://example.org/a?b=1&c=2"
    assert {"noopener", "nofollow"} <= set(link.get("rel").split())


def test_render_makes_direction_overrides_and_control_characters_visible(builder):
    page = render_html(builder(text="a\u202eb\x00c\x1bd\ud83d", title="\u2066t").report)
    assert not set("\u202e\u2066\x00\x1b\ud83d") & set(page)
    assert "a[U+202E]b[U+0000]c[U+001B]d[U+D83D]" in page


def test_render_loads_nothing_and_runs_nothing(harbour):
    page = _page(harbour)
    assert not page.xpath("//script | //img | //iframe | //object | //@style")
    assert page.xpath("//link/@href") == ["data:,"]
    assert "url(" not in page.xpath("string(//style)")
    assert "@import" not in page.xpath("string(//style)")


def test_render_allows_only_its_own_style(harbour):
    source = render_html(harbour.report)
    style = re.search(r"<style>(.*?)</style>", source, re.DOTALL).group(1)
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    (policy,) = lxml_html.document_fromstring(source).xpath(
        "//meta[@http-equiv='Content-Security-Policy']/@content"
    )
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in policy


def test_render_gives_every_section_a_heading_and_a_name(harbour):
    page = _page(harbour)
    for section in page.xpath("//section"):
        assert section.xpath(f".//h2[@id='{section.get('aria-labelledby')}']")
    assert len(page.xpath("//h1")) == 1
    assert [len(page.xpath(f"//{mark}")) for mark in ("main", "header", "nav[@aria-label]")] == (
        [1, 1, 1]
    )


def test_render_begins_with_a_way_past_the_head(harbour):
    page = _page(harbour)
    first = page.xpath("//body//a")[0]
    assert page.xpath(f"//*[@id='{first.get('href')[1:]}']")


def test_render_tells_verdicts_in_words(harbour):
    badges = _page(harbour).xpath("//li[@id='i-contradicted-1']//*[contains(@class, 'badge')]")
    assert [badge.text_content() for badge in badges] == ["contradicted"]


def test_render_copes_with_a_long_line_full_of_records(builder):
    made = builder(text="word said thing. " * 3000)
    for start in range(0, len(made.text) - 17, 17):
        statement = made.state(None, "thing")
        made.statements[-1] = type(statement)(
            **{name: getattr(statement, name) for name in statement.__slots__}
            | {"id": f"s{start}", "content": ((start + 10, start + 15),)}
        )
    assert len(_words_marked(_page(made), "content")) == 2999


def _luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def _contrast(one, other):
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_style_has_contrast_that_everyone_can_read(harbour, scheme):
    style = _page(harbour).xpath("string(//style)")
    colours = {
        name: both[scheme]
        for name, *both in re.findall(
            r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)", style
        )
    }
    tones = ("contradicted", "unsure", "holds", "no_record")
    pairs = [(tone, f"{tone}-wash") for tone in tones]
    pairs += [(tone, ground) for tone in (*tones, "ink", "soft", "accent")
              for ground in ("paper", "card")]  # fmt: skip
    pairs += [("ink", f"{tone}-wash") for tone in tones] + [("ink", "content-wash")]
    poor = [(a, b) for a, b in pairs if _contrast(colours[a], colours[b]) < 4.5]
    assert poor == []


def test_render_opens_with_the_sentence_that_sums_up(harbour):
    (opening,) = _page(harbour).xpath("//header/p[@class='opening']")
    assert opening.text_content() == build_sitrep(harbour.report).opening


def test_render_prints_no_local_path(harbour):
    harbour.others["origin"] = "/home/mara/secret/harbour.txt"
    assert "secret" not in render_html(harbour.report)
