"""Merging: what two readers found, as the whole pipeline makes a report of it."""

import json
from dataclasses import replace
from datetime import date

import pytest

from tocsin.articles.prose import prose_of
from tocsin.pipeline import explain_article, process_article
from tocsin.publish.terminal import write_terminal
from tocsin.records import (
    Article,
    Manner,
    SaidAct,
    SaidStatement,
    SecondReading,
    Status,
    to_json,
)
from tocsin.store.fromjson import read_record

TEXT = """Russia shelled the port of Odesa on Tuesday.

Poland's foreign minister condemned the attack. “We stand with Ukraine,” he told reporters.

Hungary counted its diplomats in Kyiv on Wednesday, a clerk let slip."""
ARTICLE = Article(id="a", text=TEXT, published=date(2025, 3, 6))


def at(words: str) -> tuple[int, int]:
    start = TEXT.index(words)
    return start, start + len(words)


def reading(*acts: SaidAct, statements: tuple[SaidStatement, ...] = ()) -> SecondReading:
    return SecondReading(
        model="m", prompt="p", tokens_in=1, tokens_out=1, acts=acts, statements=statements
    )


SHELLED = SaidAct(
    type="ASSAULT",
    status=Status.ASSERTED,
    words=at("shelled"),
    actors=(at("Russia"),),
    recipients=(at("the port of Odesa"),),
)
COUNTED = SaidAct(
    type="SANCTION",
    status=Status.REPORTED,
    words=at("counted"),
    actors=(at("Hungary"),),
    recipients=(at("diplomats"),),
    time=at("Wednesday"),
    place=at("Kyiv"),
)
SLIPPED = SaidStatement(
    speaker=at("a clerk"),
    cue=at("let slip"),
    content=at("Hungary counted its diplomats in Kyiv on Wednesday"),
    manner=Manner.INDIRECT,
)


def event_at(report, words: str):
    [found] = [e for e in report.events if TEXT[slice(*e.trigger)] == words]
    return found


def test_what_both_read_alike_stays_as_it_is_and_says_so(tools):
    alone = event_at(process_article(ARTICLE, tools), "shelled")
    both = event_at(process_article(ARTICLE, tools, reading(SHELLED)), "shelled")
    assert both == replace(alone, readers=("tocsin", "m"))


def test_what_tocsin_alone_finds_says_so(tools):
    report = process_article(ARTICLE, tools, reading(SHELLED))
    assert event_at(report, "condemned").readers == ("tocsin",)


def test_where_two_differ_the_models_word_stands_and_tocsins_beside_it(tools):
    said = replace(SHELLED, status=Status.ALLEGED, actors=(at("Poland"),))
    found = event_at(process_article(ARTICLE, tools, reading(said)), "shelled")
    assert (found.status, [each.country for each in found.actors]) == (Status.ALLEGED, ["POL"])
    other = found.otherwise
    assert (other.reader, other.type, other.status) == ("tocsin", None, Status.ASSERTED)
    assert [each.country for each in other.actors] == ["RUS"]


def test_a_side_for_which_the_model_has_no_words_has_nobody_on_it(tools):
    said = replace(SHELLED, actors=())
    found = event_at(process_article(ARTICLE, tools, reading(said)), "shelled")
    assert found.actors == ()
    assert [each.country for each in found.otherwise.actors] == ["RUS"]


def test_another_type_of_the_class_is_a_difference(tools):
    said = replace(SHELLED, type="COERCE")
    alone = event_at(process_article(ARTICLE, tools), "shelled")
    found = event_at(process_article(ARTICLE, tools, reading(said)), "shelled")
    assert (found.type, found.otherwise.type) == ("COERCE", "ASSAULT")
    assert found.id != alone.id
    assert found.score != alone.score


def test_a_type_of_another_class_is_another_act(tools):
    said = replace(SHELLED, type="AID")
    found = process_article(ARTICLE, tools, reading(said)).events
    readers = {e.type: e.readers for e in found if TEXT[slice(*e.trigger)] == "shelled"}
    assert readers == {"ASSAULT": ("tocsin",), "AID": ("m",)}


def test_other_words_of_the_sentence_are_one_act_of_the_same_type(tools):
    said = replace(SHELLED, words=at("the port of Odesa"))
    found = event_at(process_article(ARTICLE, tools, reading(said)), "shelled")
    assert found.readers == ("tocsin", "m")
    assert at("the port of Odesa") in found.mentions


def test_what_the_model_alone_finds_is_resolved_by_tocsin(tools):
    found = event_at(process_article(ARTICLE, tools, reading(COUNTED)), "counted")
    assert (found.readers, found.status) == (("m",), Status.REPORTED)
    assert [each.country for each in found.actors] == ["HUN"]
    assert found.date.earliest == date(2025, 3, 5)
    assert (found.place.name, found.place.country) == ("Kyiv", "UKR")


def test_an_act_stands_in_a_statement_that_the_model_alone_finds(tools):
    report = process_article(ARTICLE, tools, reading(COUNTED, statements=(SLIPPED,)))
    [statement] = [each for each in report.statements if each.readers == ("m",)]
    assert TEXT[slice(*statement.content[0])].startswith("Hungary counted")
    assert event_at(report, "counted").asserted_by == statement.id


def test_a_statement_of_both_says_so_and_where_the_speaker_differs(tools):
    said = SaidStatement(
        speaker=at("Hungary"),
        cue=at("told"),
        content=at("We stand with Ukraine"),
        manner=Manner.DIRECT,
    )
    report = process_article(ARTICLE, tools, reading(statements=(said,)))
    [found] = [each for each in report.statements if len(each.readers) == 2]
    assert "We stand with Ukraine" in TEXT[slice(*found.content[0])]
    assert found.otherwise.speaker.country == "HUN"


def test_an_empty_answer_leaves_everything_to_tocsin(tools):
    alone, report = process_article(ARTICLE, tools), process_article(ARTICLE, tools, reading())
    assert [replace(each, readers=()) for each in report.events] == list(alone.events)
    assert {each.readers for each in (*report.events, *report.statements)} == {("tocsin",)}


def test_without_a_second_reader_nothing_of_it_is_in_the_json(tools):
    words = json.dumps(to_json(process_article(ARTICLE, tools)))
    assert not any(f'"{name}"' in words for name in ("readers", "otherwise", "second"))


def test_a_report_of_two_readers_comes_back_from_its_json(tools):
    said = replace(SHELLED, status=Status.ALLEGED)
    report = process_article(ARTICLE, tools, reading(said, COUNTED, statements=(SLIPPED,)))
    assert read_record(type(report), json.dumps(to_json(report))) == report
    assert report.account.second.acts == (said, COUNTED)


def test_spans_find_their_way_into_the_prose_and_back():
    text = "Russia \u200b\u200b shelled\nthe port.\r\n\r\nIt rained   again on Monday.\r\n"
    article = Article(id="a", text=text)
    prose = prose_of(article)
    spans = [(start, end) for start in range(len(prose.text)) for end in (start + 1, start + 2)]
    inside = [each for each in spans if each[1] <= len(prose.text)]
    assert [prose.altered((prose.unaltered((each,), {}),))[0] for each in inside] == [
        (each,) for each in inside
    ]


@pytest.mark.parametrize("media_type", ["text/plain", "text/markdown"])
def test_ids_are_those_of_the_unaltered_text(tools, media_type):
    from tocsin.articles.prose import keys_of

    article = replace(ARTICLE, text=TEXT.replace("the port", "the  port"), media_type=media_type)
    start = article.text.index("counted")
    nothing = {"actors": (), "recipients": (), "time": None, "place": None}
    said = replace(COUNTED, words=(start, start + 7), **nothing)
    report = process_article(article, tools, reading(said))
    assert all(each.id in keys_of(each, article.text_id) for each in report.events)
    assert ("m",) in {each.readers for each in report.events}


def second_lines(tools, *acts: SaidAct) -> list[str]:
    explained = explain_article(ARTICLE, tools, reading(*acts))
    return [line for each in explained for act in each.acts for line in act.second]


def test_an_explanation_says_what_differs(tools):
    lines = second_lines(tools, replace(SHELLED, status=Status.ALLEGED))
    assert "m finds it too; Tocsin reads: status asserted, not alleged" in lines
    assert "the second reader does not find it" in lines


def test_an_explanation_follows_an_act_of_which_the_model_makes_another_type(tools):
    said = reading(replace(SHELLED, type="COERCE"))
    explained = explain_article(ARTICLE, tools, said)
    event = event_at(process_article(ARTICLE, tools, said), "shelled")
    told = {act.second for each in explained for act in each.acts if act.event == event.id}
    assert told == {("m finds it too; Tocsin reads: type ASSAULT, not COERCE",)}


def test_an_explanation_shows_what_the_model_alone_finds(tools):
    assert "m alone finds it" in second_lines(tools, COUNTED)


def test_an_explanation_without_a_second_reader_says_nothing_of_one(tools):
    explained = explain_article(ARTICLE, tools)
    assert [act.second for each in explained for act in each.acts if act.second] == []


def test_a_sitrep_says_who_found_what(tools, capsys):
    said = replace(SHELLED, status=Status.ALLEGED)
    write_terminal(process_article(ARTICLE, tools, reading(said, COUNTED)))
    told = " ".join(capsys.readouterr().out.split())
    assert "found by Tocsin and m; Tocsin reads: status asserted, not alleged" in told
    assert "found by m alone" in told
    assert "Second reader: m, prompt p; 1 tokens sent, 1 answered." in told
