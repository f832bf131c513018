"""Hand-written cases of attribution through the real pipeline, and rules on text alone."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.models.reading import Models
from tocsin.records import Article, Span, Statement

CASES = tomllib.loads(
    (Path(__file__).parents[2] / "gold" / "attribution_cases.toml").read_text(encoding="utf-8")
)["case"]


def statements_of(models: Models, text: str) -> list[Statement]:
    article = Article(id="case", text=text)
    reading = models.read(text)
    claims = list(find_office_claims(reading, article))
    return list(find_statements(reading, article, claims, models.tagger))


def words(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span is not None else ""


def chosen(case: dict[str, Any], found: list[Statement]) -> Statement | None:
    """The first statement with the case's cue; where the case gives content, with that as well."""
    text = case["text"]
    with_cue = [each for each in found if case["cue"] in words(text, each.cue)]
    same = [e for e in with_cue if [words(text, s) for s in e.content] == case.get("content")]
    return next(iter(same or with_cue), None)


def as_written(text: str, statement: Statement, found: list[Statement]) -> dict[str, Any]:
    """What a case may expect of a statement, in its own terms."""
    speaker = statement.speaker
    host = next((each for each in found if each.id == statement.within), None)
    return {
        "speaker": speaker.name if speaker else None,
        "office": speaker.office if speaker else None,
        "country": speaker.country if speaker else None,
        "speaker_words": words(text, statement.speaker_words),
        "content": [words(text, span) for span in statement.content],
        "manner": str(statement.manner),
        "stance": str(statement.stance),
        "naming": str(statement.naming),
        "relays": [relay.name for relay in statement.relays],
        "distancing": statement.distancing,
        "anonymity_reason": words(text, statement.anonymity_reason),
        "within": words(text, host.cue) if host else "",
        "absence": str(statement.absence) if statement.absence else None,
    }


def marked(case: dict[str, Any]) -> Any:
    """A case as a test; one that is known to come out wrong must go on doing so, or be unmarked."""
    wrong = case.get("known_wrong")
    marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
    return pytest.param(case, id=case["about"], marks=marks)


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_find_statements_reads_case(models: Models, case: dict[str, Any]) -> None:
    found = statements_of(models, case["text"])
    if "count" in case:
        assert len(found) == case["count"], [words(case["text"], s.cue) for s in found]
    if "cue" not in case:
        return
    statement = chosen(case, found)
    if case.get("none"):
        assert statement is None
        return
    assert statement is not None, [words(case["text"], s.cue) for s in found]
    written = as_written(case["text"], statement, found)
    expected = {key: case[key] for key in written if key in case}
    if "within" in expected:
        assert bool(expected["within"]) == bool(written["within"])
        assert expected.pop("within") in written["within"]
    assert {key: written[key] for key in expected} == expected
