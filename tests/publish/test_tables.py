"""What queries find, as a table on a screen, lines in a pipe, CSV and JSON."""

import csv
import io
import json
from dataclasses import replace

import pytest
from rich.console import Console

from tocsin.publish import screen, tables
from tocsin.store.kinds import EVENTS, KINDS, QUOTATIONS, STATEMENTS
from tocsin.store.kinds.events import FoundEvent


def on_screen(found, kind, width):
    out = io.StringIO()
    console = Console(file=out, width=width, highlight=False, force_terminal=False)
    screen.write_table(found, kind, console)
    return out.getvalue()


def hostile(store, words):
    """The event about North Korea, told in other words."""
    (found,) = store.events(actor="PRK").found()
    tellings = tuple(replace(telling, told=words) for telling in found.event.tellings)
    return FoundEvent(event=replace(found.event, tellings=tellings), named=found.named)


@pytest.mark.parametrize("width", [20, 40, 60, 80, 100, 140, 220])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_a_table_fits_the_width(store, kind, width):
    shown = on_screen(getattr(store, kind.name)().found(), kind, width)
    assert len(shown.split()) > 3
    assert max(map(len, shown.splitlines())) <= width


def test_a_wide_table_says_who_what_where_and_how_sure(store):
    shown = on_screen(store.events(actor="PRK").found(), EVENTS, 200)
    for words in ("2024-10-28", "North Korea", "MOBILIZE troops", "reported ≠", "Kursk (RUS)"):
        assert words in shown
    assert "3/1" in shown
    assert "B5" in shown
    assert "“North Korea moved troops to Kursk on Monday”" in shown


def test_a_narrow_table_keeps_who_and_what(store):
    shown = on_screen(store.events(actor="PRK").found(), EVENTS, 60)
    assert "North Korea" in shown
    assert "MOBILIZE" in shown
    assert "too narrow for: place, sure, grade, article" in shown


def test_a_screen_of_80_says_where_and_how_sure(store):
    shown = on_screen(store.events(actor="PRK").found(), EVENTS, 80)
    assert "Kursk (RUS)" in shown
    assert "B5" in shown


def test_a_table_says_what_its_marks_mean(store):
    shown = on_screen(store.events(actor="PRK").found(), EVENTS, 120)
    assert "≠: articles contradict each other" in shown
    assert "rep/ind: texts that report it" in shown
    assert "≤:" not in shown


def test_columns_without_anything_are_left_out(store):
    (found,) = store.events(actor="PRK").found()
    nowhere = FoundEvent(event=replace(found.event, place=None), named=found.named)
    assert "place" in on_screen([found], EVENTS, 200)
    assert "place" not in on_screen([nowhere], EVENTS, 200)


def test_a_screen_too_narrow_for_a_table_shows_a_list(store):
    shown = on_screen(store.events(actor="PRK").found(), EVENTS, 20)
    assert "day: 2024-10-28" in shown
    assert "grade: B5" in shown


def test_a_screen_is_not_steered_by_an_article(store):
    found = hostile(store, "\x1b[2J[red]gone[/red]\u202edesrever")
    shown = on_screen([found], EVENTS, 200)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert "[red]gone[/red]" in shown


def test_lines_have_a_cell_for_each_column(store):
    out = io.StringIO()
    number = tables.write_lines([hostile(store, "a\tb\nc\x1b")], EVENTS, out)
    head, row = out.getvalue().splitlines()
    assert number == 1
    assert head.split("\t") == [column.name for column in EVENTS.columns]
    cells = dict(zip(head.split("\t"), row.split("\t"), strict=True))
    assert cells["told"] == "a b c[U+001B]"


def test_lines_have_no_formula(store):
    out = io.StringIO()
    tables.write_lines([hostile(store, "=HYPERLINK(1)")], EVENTS, out)
    assert "\t'=HYPERLINK(1)\t" in out.getvalue()


def test_csv_reads_back_with_formulas_defused(store):
    out = io.StringIO()
    tables.write_csv([hostile(store, '=1+1\n,"x"')], EVENTS.columns, out)
    (row,) = csv.DictReader(io.StringIO(out.getvalue(), newline=""))
    assert row["told"] == '\'=1+1\n,"x"'
    assert row["score"] == "-8.0"
    assert row["contradicted"] == "true"
    assert row["longitude"] == "36.2"


def test_json_has_the_fields_of_the_contract(store):
    out = io.StringIO()
    assert tables.write_json(store.events(actor="PRK").found(), EVENTS, out) == 1
    event = json.loads(out.getvalue())
    assert out.getvalue().isascii()
    for name in ("id", "type", "mode", "contexts", "actors", "recipients", "place", "date"):
        assert name in event
    assert event["date"]["earliest"] == "2024-10-28"
    assert event["grade"]["credibility"] == 5
    telling = event["tellings"][0]
    assert telling["event"]["words"] == [26, 69]
    assert telling["told"] == "North Korea moved troops to Kursk on Monday"
    assert len(telling["urls"]) == len(telling["articles"])


def test_json_of_other_kinds_names_their_articles(store):
    out = io.StringIO()
    tables.write_json(store.statements(speaker="Tarn").found(), STATEMENTS, out)
    statement = json.loads(out.getvalue())
    assert statement["said"] == "This is an invention"
    assert statement["stance"] == "rejects"
    assert statement["articles"][0]["outlet"] == "Moscow Mirror"


def test_json_of_a_quotation_names_its_articles_the_earliest_first(store):
    out = io.StringIO()
    tables.write_json(store.quotations().found(), QUOTATIONS, out)
    quotation = json.loads(out.getvalue())
    assert quotation["speaker"]["name"] == "Han Doyun"
    assert quotation["first_published"] == "2024-10-29"
    assert [each["published"] for each in quotation["articles"]] == [
        *("2024-10-29", "2024-10-29", "2024-10-30"),
    ]
