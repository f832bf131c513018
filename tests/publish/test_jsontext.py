"""The JSON contract."""

import json

from tocsin.publish.jsontext import render_json


def test_report_has_the_keys_of_the_contract(harbour):
    assert list(json.loads(render_json(harbour.report))) == [
        "article", "statements", "events", "office_claims", "findings", "dating", "account",
    ]  # fmt: skip


def test_report_has_the_fields_that_others_depend_on(harbour):
    data = json.loads(render_json(harbour.report))
    assert {"id", "title", "url", "outlet", "published", "language", "text"} <= set(data["article"])
    assert {
        "id", "speaker", "speaker_words", "cue", "content", "manner", "stance", "naming", "relays",
    } <= set(data["statements"][0])  # fmt: skip
    assert {"name", "office", "country", "sector", "reference"} <= set(
        data["statements"][0]["speaker"]
    )
    assert {
        "id", "type", "mode", "contexts", "actors", "recipients", "place", "date", "status",
        "asserted_by", "score", "words",
    } <= set(data["events"][0])  # fmt: skip
    assert {"check", "verdict", "sentence", "about", "words", "compared", "evidence"} <= set(
        data["findings"][0]
    )


def test_report_gives_spans_that_cut_the_text(harbour):
    data = json.loads(render_json(harbour.report))
    start, end = data["statements"][0]["content"][0]
    assert data["article"]["text"][start:end] == "“We fired no shot,”"


def test_report_without_speaker_or_dating_says_null(builder):
    made = builder(text="No shot was fired, it was said.")
    made.state(None, "No shot was fired")
    data = json.loads(render_json(made.report))
    assert data["statements"][0]["speaker"] is None
    assert data["dating"] is None


def test_render_is_one_line_that_reads_back_as_the_report(harbour):
    line = render_json(harbour.report)
    assert "\n" not in line
    assert json.loads(line)["article"]["id"] == harbour.report.article.id


def test_render_is_ascii_whatever_the_article_holds(builder):
    assert render_json(builder(text="\x1b[2J \u202e 東京 \ud83d").report).isascii()
