"""Reports, answers and records as HTML in notebooks."""

from dataclasses import replace

import lxml.html
import pytest

import tocsin
from tests.hostile import make_hostile
from tocsin.publish.brief.dresses import render_html as render_brief
from tocsin.publish.html import render_html
from tocsin.store.handle import Store
from tocsin.store.kinds import KINDS


def test_results_show_as_a_bounded_table(store, monkeypatch):
    monkeypatch.setattr("tocsin.publish.notebook._SHOWN", 2)
    html = store.events()._repr_html_()
    assert html.count("<tr>") == 3
    assert "the first 2 of 5" in html
    assert "<th>told</th>" in html


def test_verdicts_have_a_ground_of_their_own_in_light_and_dark(store):
    html = store.findings(verdict="contradicted")._repr_html_()
    badge = '<b style="background: #b3261e; color: #fff; padding: 0 .3em">contradicted</b>'
    assert badge in html
    assert "color" not in html.replace(badge, "")


def test_a_record_shows_its_tellings(store):
    (event,) = store.events(actor="PRK")
    html = event._repr_html_()
    assert html.count("<li>") == 3
    assert "Moscow Mirror" in html
    assert "denied, says Russia" in html


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_records_of_every_kind_show_as_a_table(store, kind):
    assert "<table>" in getattr(store, kind.name)().first()._repr_html_()


def test_a_report_shows_what_matters_first_and_unfolds_the_rest(harbour):
    html = lxml.html.fromstring(harbour.report._repr_html_())
    assert html.find("b").text == "Port shelled"
    folded = {each.find("summary").text: "open" in each.attrib for each in html.iter("details")}
    assert [name for name, is_open in folded.items() if is_open] == ["Contradicted (1)"]
    assert "What is said to have happened (1)" in folded
    assert "Jon Falk, not Otto Brandt" in html.text_content()
    assert "Arland's navy shelled the port of Brinn" in html.text_content()


def test_a_report_of_a_long_article_stays_small(harbour, monkeypatch):
    monkeypatch.setattr("tocsin.publish.notebook._SHOWN", 1)
    report = harbour.report
    many = replace(report, events=report.events * 3)
    html = lxml.html.fromstring(many._repr_html_())
    happened = [each for each in html.iter("details") if "happened (3)" in each.text_content()]
    assert len(happened[0].findall("ol/li")) == 1


def test_a_report_gives_the_page_that_the_command_writes(harbour):
    assert harbour.report.to_html() == render_html(harbour.report)


def test_a_sentence_on_a_verdict_is_shown_whole(harbour):
    sentence = f"Named by {'the town of Brinn and ' * 20}by the ministry of Arland."
    finding = replace(harbour.report.findings[0], sentence=sentence)
    assert sentence in finding._repr_html_()


def test_words_of_an_article_are_cut(harbour):
    words = f"We heard {'shell after shell and ' * 20}nothing else."
    actor = replace(harbour.report.statements[0].speaker, name=words)
    shown = replace(harbour.report.statements[0], speaker=actor)._repr_html_()
    assert "We heard shell after shell" in shown
    assert words not in shown


def test_a_brief_shows_what_it_says_and_asks(store):
    brief = tocsin.brief(store, "PRK,RUS", "USA")
    html = lxml.html.fromstring(brief._repr_html_())
    assert html.find("b").text == "North Korea and Russia"
    assert len(html.findall("p")) == len(brief.opening)
    (asked,) = [each for each in html.iter("details") if "Open questions" in each[0].text]
    assert len(asked.findall("ol/li")) == len(brief.questions)


def test_a_brief_gives_the_page_that_the_command_writes(store):
    brief = tocsin.brief(store, "PRK,RUS")
    assert brief.to_html() == render_brief(brief)


def test_records_of_a_report_show_field_by_field(harbour):
    report = harbour.report
    statement = report.statements[0]._repr_html_()
    assert "<th>speaker</th><td><bdi>Otto Brandt</bdi></td>" in statement
    assert "<th>stance</th><td><bdi>asserts</bdi></td>" in statement
    start, end = report.events[0].words
    assert f"<th>words</th><td><bdi>{start}–{end}</bdi></td>" in report.events[0]._repr_html_()
    assert "contradicted</b>" in report.findings[-1]._repr_html_()
    assert "President Mara Lind" not in report.office_claims[0]._repr_html_()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """What a store of scripts has to show, as HTML."""
    with Store(make_hostile(tmp_path_factory.mktemp("hostile") / "store")) as store:
        shown = [getattr(store, kind.name)() for kind in KINDS]
        reports = [store.report(each.id) for each in store.articles()]
        shown += [each.first() for each in shown] + reports
        for report in reports:
            shown += [*report.statements, *report.events, *report.findings, *report.office_claims]
        return [each._repr_html_() for each in shown]


def test_html_of_a_store_of_scripts_has_no_tag_and_no_attribute_but_ours(hostile):
    ours = {
        *("div", "b", "p", "details", "summary", "ol", "li", "br", "q", "code", "bdi"),
        *("table", "thead", "tbody", "tr", "th", "td"),
    }
    for html in hostile:
        for element in lxml.html.fromstring(html).iter():
            assert element.tag in ours
            assert {*element.attrib} <= {"open", "style"}


def test_html_of_a_store_of_scripts_is_bounded_and_turns_nothing(hostile):
    for html in hostile:
        assert "W" * 1_000 not in html
        assert not {"\u202e", "\u2066", "\x1b", "\x00"} & {*html}
