"""The brief in its dresses, made by hand: what is shown, and that nothing in it can do harm."""

import json
import re
from dataclasses import replace
from datetime import date

import pytest
from lxml import html as lxml_html
from rich.console import Console

from tests.publish.exported import HOSTILE, hostile_events, reported
from tocsin.publish.brief.dresses import (
    render_html,
    render_json,
    render_markdown,
    write_terminal,
)
from tocsin.publish.brief.view import build_view
from tocsin.records import Finding, Status, Verdict, to_json
from tocsin.reference.treaties import Treaty
from tocsin.store.kinds.printed import Print
from tocsin.store.situation import Spot
from tocsin.watch.alarms import Alarm
from tocsin.watch.brief.records import Brief, Course, Reference, Scope, Sentence, Tie
from tocsin.watch.lists import Entry, Step
from tocsin.watch.outlook import Chance, Outlook
from tocsin.watch.past import Then, ThenAndNow

STEERS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PARTS = (
    *("events", "said", "contradicted", "impossible", "uncheckable", "acts", "against"),
    *("allies", "officials", "warnings", "plans"),
)


def refer(event, words="Russian drones struck", **others):
    first = Print(
        id="a1",
        title="Drones",
        outlet="Example News",
        url="https://news.example.org/a1",
        published=date(2025, 3, 4),
    )
    values = {"day": event.day, "text_id": "t1", "at": ((0, 21),), "prints": (first,)}
    values |= {"articles": 3, "words": words, "record": event}
    return Reference(id=event.id, **values | others)


def brief(*references, parts=None, **others):
    scope = Scope(
        about=("RUS", "UKR"), reader="USA", since=date(2025, 3, 1), until=date(2025, 3, 4)
    )
    shown = {"events": tuple(each.id for each in references)}
    values = {
        "scope": scope,
        "articles": 12,
        "opening": (Sentence(text="One event.", records=shown["events"], query="series --x"),),
        "alarms": (),
        "alarms_in_all": 0,
        "expected_false": 0.0,
        "parts": dict.fromkeys(PARTS, ()) | (shown if parts is None else parts),
        "entries": (),
        "outlooks": (),
        "past": None,
        "treaties": (),
        "questions": (Sentence(text="Who knows?", records=shown["events"]),),
        "references": references,
        "courses": (),
        "ties": (),
        "spots": (),
    }
    return Brief(**values | others)


def shown_on(made, width=100):
    console = Console(width=width, file=open("/dev/null", "w"), record=True)  # noqa: PTH123, SIM115
    write_terminal(made, console)
    return console.export_text()


@pytest.fixture
def strike():
    return refer(reported())


def sections_of(made):
    return {each.key: each for each in build_view(made).sections}


def test_view_numbers_records_and_sentences_end_in_the_numbers(strike):
    made = brief(strike)
    assert build_view(made).opening == ("One event. [1]",)
    assert sections_of(made)["questions"].notes == ("Who knows? [1]",)
    assert sections_of(made)["events"].items[0].anchor == "r-1"
    assert sections_of(made)["events"].items[0].headline == (
        "Russia → Ukraine: assault (drone), Kharkiv [1]"
    )


def test_view_tells_status_grade_and_independent_reports(strike):
    (item,) = sections_of(brief(replace(strike, alike=4, stands=False)))["events"].items
    assert item.badge.text == "asserted"
    assert item.lines[0].startswith(
        "3 March 2025 · grade F3 · 1 independent report in 3 articles · no voice that can be "
        "checked · 4 more of this type between them · "
    )


def test_view_shows_a_record_once_and_names_it_in_later_parts(strike):
    parts = {"events": (strike.id,), "uncheckable": (strike.id,)}
    sections = sections_of(brief(strike, parts=parts))
    assert sections["events"].items[0].quotes
    assert not sections["uncheckable"].items[0].quotes


def test_view_shows_in_the_end_what_only_sentences_name(strike):
    others = sections_of(brief(strike, parts={}))["others"]
    assert [item.anchor for item in others.items] == ["r-1"]


def test_view_says_that_nothing_is_contradicted_only_where_something_happened(strike):
    assert "contradicted" in sections_of(brief(strike))
    assert [*sections_of(brief())] == ["alarms", "questions", "account"]


def test_view_counts_the_alarms_to_expect_to_be_false(strike):
    notes = sections_of(brief(strike, alarms_in_all=3, expected_false=0.42))["alarms"].notes
    assert notes[-1] == (
        "3 alarms in these days by or on them and anybody; about 0.4 would ring if nothing had "
        "changed anywhere."
    )


def test_view_names_days_of_an_alarm_alike(strike):
    (item,) = sections_of(brief(strike, alarms=(ringing(eased=date(2025, 3, 9)),)))["alarms"].items
    assert "eased 9 March 2025" in item.lines[1]


def chance(quad, days, **others):
    values = {"probability": 0.4, "long_run": 0.25, "lately": True, "better": False}
    return Chance(quad=quad, days=days, **values | others, skill=0.1, tried=90)


def test_view_tells_what_is_no_better_than_the_long_run_apart():
    chances = (chance(4, 7, better=True), chance(None, 7), chance(3, 30))
    outlook = Outlook(
        actor="RUS", recipient="UKR", since=date(2025, 3, 5), acts=40, chances=chances
    )
    section = sections_of(brief(outlooks=(outlook,)))["outlook"]
    assert section.items[0].lines == (
        "in 7 days: material conflict 40% (long run 25%); no better than the long run: an alarm "
        "25%",
        "in 30 days: no better than the long run: verbal conflict 25%",
    )
    assert "tried on 90 stretches" in section.notes[0]


def test_view_tells_what_followed_then_and_how_unusual_the_likeness_is():
    then = Then(
        actor="IRN",
        recipient="ISR",
        first=date(2024, 3, 1),
        last=date(2024, 3, 28),
        likeness=0.81,
        followed=(1, 0, 2, 3),
        answered=(0, 0, 1, 2),
        usual=(1.0, 0.5, 1.0, 1.0),
        rang=date(2024, 4, 2),
    )
    past = ThenAndNow(
        actor="RUS",
        recipient="UKR",
        first=date(2025, 2, 5),
        last=date(2025, 3, 4),
        acts=31,
        found=(then,),
        comparisons=900,
        drawn=100,
        as_like=2,
    )
    section = sections_of(brief(past=past))["past"]
    assert section.items[0].headline == "Iran → Israel, 1 to 28 March 2024"
    assert "material conflict 5 (1)" in section.items[0].lines[0]
    assert section.items[0].lines[1] == "alarm on 2 April 2024"
    assert "the likeness is unusual" in section.notes[0]


def test_view_shows_the_course_of_an_entry_with_the_words_of_its_latest_step(strike):
    step = Step(
        step="in force",
        status=Status.ASSERTED,
        day=date(2025, 3, 2),
        event=strike.id,
        told="Russia closed the border",
        independent=1,
        grade="B2",
        contradicted=False,
        done=True,
        ends=False,
    )
    entry = Entry(
        kind="sanctions",
        mutual=False,
        actor="RUS",
        recipient="UKR",
        thing="borders",
        place=None,
        since=step.day,
        last=step.day,
        step="in force",
        steps=(replace(step, step="announced", event="unseen"), step),
    )
    section = sections_of(brief(strike, entries=(entry,)))["lists"]
    assert "tocsin lists has all" in section.notes[0]
    (item,) = section.items
    assert item.headline == "Russia → Ukraine: sanctions borders"
    of_nothing_else = replace(entry, thing="sanctions")
    (item,) = sections_of(brief(strike, entries=(of_nothing_else,)))["lists"].items
    assert item.headline == "Russia → Ukraine: sanctions"
    assert item.lines == (
        "announced 2 March 2025 (asserted, B2) unseen; in force 2 March 2025 (asserted, B2) [1]",
    )
    assert item.quotes[0].words == "Russia closed the border"


def test_view_names_the_treaties_where_allies_are_hit(strike):
    treaties = (Treaty(name="North Atlantic Treaty", check="nato.int"),)
    made = brief(strike, parts={"allies": (strike.id,)}, treaties=treaties)
    assert sections_of(made)["allies"].notes == ("Bound by: North Atlantic Treaty.",)


def test_terminal_shows_sentences_with_their_numbers(strike):
    shown = shown_on(brief(strike))
    assert "One event. [1]" in shown
    assert "“Russian drones struck” https://news.example.org/a1" in shown


def course(reports, standing):
    return Course(
        actor="RUS",
        recipient="UKR",
        first=date(2025, 3, 1),
        reports=reports,
        standing=standing,
        covered=(True, True, True, False),
    )


def test_terminal_draws_a_course_in_both_series():
    shown = shown_on(brief(courses=(course((0, 7, 2, 0), (0, 1, 0, 0)),)))
    assert "all reports ▁█▃·" in shown
    assert "what stands ▁▂▁·" in shown


def test_markdown_escapes_and_numbers(strike):
    text = render_markdown(brief(replace(strike, words="a *bold* <b>claim</b>")))
    assert r"a \*bold\* \<b\>claim\</b\>" in text
    assert r"One event. \[1\]" in text


def test_json_is_the_record(strike):
    made = brief(strike)
    assert json.loads(render_json(made)) == to_json(made)


def test_page_needs_no_script_and_allows_nothing_to_be_loaded(strike):
    page = lxml_html.document_fromstring(render_html(brief(strike)))
    assert page.xpath("//script | //*[@style] | //*[starts-with(name(@*), 'on')]") == []
    policy = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert page.xpath("//@src") == []


def test_page_leads_from_sentences_to_records(strike):
    page = lxml_html.document_fromstring(render_html(brief(strike)))
    targets = {link.removeprefix("#") for link in page.xpath("//a[@href]/@href") if "#" in link}
    assert targets <= {*page.xpath("//@id")}
    assert "r-1" in targets


def ringing(**others):
    values = {"actor": "RUS", "recipient": "UKR", "since": date(2025, 3, 2), "until": None}
    values |= {"rang": date(2025, 3, 3), "size": 4.0, "rings": "confirmed", "seen": 9}
    values |= {"standing": 6, "expected": 2.0, "types": {"ASSAULT": 9}, "events": ()}
    return Alarm(**values | others, before=(), after=())


def test_page_draws_courses_with_both_series_and_the_alarm():
    drawn = course((0, 6, 3, 0), (0, 3, 0, 0))
    page = lxml_html.document_fromstring(
        render_html(brief(courses=(drawn,), alarms=(ringing(),), alarms_in_all=1))
    )
    drawn = {
        kind: [(r.get("x"), r.get("height")) for r in page.xpath(f"//svg/rect[@class='{kind}']")]
        for kind in ("reports", "standing", "ringing", "uncovered")
    }
    assert drawn == {
        "reports": [("25.0%", "96.0"), ("50.0%", "48.0")],
        "standing": [("25.0%", "48.0")],
        "ringing": [("25.0%", "96")],
        "uncovered": [("75.0%", "96")],
    }
    assert page.xpath("//svg/line[@class='rang']/@x1") == ["50.0%"]


def test_page_draws_no_alarm_that_eased_before_its_days():
    course = Course(
        actor="GRC",
        recipient="TUR",
        first=date(2025, 3, 2),
        reports=(0, 1, 2, 0),
        standing=(0, 0, 1, 0),
        covered=(True,) * 4,
    )
    alarm = ringing(since=date(2025, 2, 1), rang=date(2025, 2, 3), eased=date(2025, 2, 20))
    page = render_html(brief(courses=(course,), alarms=(alarm,), alarms_in_all=1))
    assert "course" in page
    assert lxml_html.document_fromstring(page).xpath("//svg/rect[@class='ringing']") == []


def test_page_draws_a_course_of_many_days_in_weeks():
    course = Course(
        actor="RUS",
        recipient="RUS",
        first=date(2024, 1, 1),
        reports=(1,) * 150,
        standing=(0,) * 150,
        covered=(True,) * 150,
    )
    page = lxml_html.document_fromstring(render_html(brief(courses=(course,))))
    assert len(page.xpath("//svg/rect[@class='reports']")) == 22
    assert "a bar is a week" in page.xpath("//figcaption")[0].text_content()


def tie(actor, recipient, events=1, score=-5.0):
    return Tie(actor=actor, recipient=recipient, events=events, conflict=events, score=score)


def network_of(*ties):
    page = lxml_html.document_fromstring(render_html(brief(ties=ties)))
    return page.xpath("//*[@id='s-ties']//*[local-name()='svg']")[0]


def test_network_puts_those_asked_for_first_and_leaves_out_who_has_no_part():
    names = network_of(tie("FRA", "UKR"), tie("RUS", "UKR")).xpath(".//text/text()")
    assert names == ["Russia", "Ukraine", "France"]


def test_network_draws_the_most_last_and_thickest():
    edges = network_of(tie("RUS", "UKR", 50), tie("UKR", "RUS", 3)).xpath(".//path[@stroke-width]")
    assert [edge.get("stroke-width") for edge in edges] == ["2.4", "5.0"]


def test_network_tells_conflict_from_cooperation():
    ties = tie("RUS", "UKR", 1), tie("PRK", "RUS", 2, 7.0), tie("RUS", "PRK", 3, 0.5)
    edges = network_of(*ties).xpath(".//path[@stroke-width]/@class")
    assert edges == ["edge conflict", "edge cooperation", "edge mixed"]


def hostile_brief():
    """Return a brief in which every text that can come from outside is hostile."""
    references = []
    for number, event in enumerate(hostile_events()):
        words = HOSTILE[number]
        source = Print(
            id=f"h{number}",
            title=words,
            outlet=words,
            url=f"https://example.org/?{words}" if number % 2 else f"javascript:{words}",
            published=None,
        )
        references.append(refer(event, words, prints=(source,)))
        finding = Finding(check="tenure", verdict=Verdict.CONTRADICTED, sentence=words)
        references.append(
            replace(refer(event, words, prints=(source,)), id=f"f{number}", record=finding)
        )
    made = brief(
        *references, ties=(Tie(actor=HOSTILE[11], recipient="RUS", events=1, conflict=1, score=-9),)
    )
    spots = tuple(
        Spot(place=words, latitude=50.0 + n, longitude=30.0 + 3 * n, cooperation=0, conflict=n + 1)
        for n, words in enumerate(HOSTILE)
    )
    course = Course(
        actor=HOSTILE[9],
        recipient=HOSTILE[11],
        first=date(2025, 3, 1),
        reports=(1,),
        standing=(1,),
        covered=(True,),
    )
    names = {"actor": HOSTILE[9], "recipient": HOSTILE[11]}
    sentence = Sentence(text=" {0} ".join(HOSTILE))
    return replace(
        made,
        spots=spots,
        courses=(course,),
        alarms=(ringing(**names),),
        opening=(sentence,),
        questions=(sentence,),
    )


def test_hostile_records_stay_inert_on_a_page():
    shown = render_html(hostile_brief())
    page = lxml_html.document_fromstring(shown)
    assert page.xpath("//script | //*[@style] | //iframe | //img") == []
    assert not STEERS.search(shown)
    assert {link.partition(":")[0] for link in page.xpath("//a/@href") if link[0] != "#"} == {
        "https"
    }


def test_hostile_records_steer_no_terminal():
    assert not STEERS.search(shown_on(hostile_brief()))


def test_hostile_records_become_no_markup_in_markdown():
    text = render_markdown(hostile_brief())
    assert "<script>" not in text
    assert not STEERS.search(text)


def test_hostile_records_stay_json():
    assert not STEERS.search(render_json(hostile_brief()))
