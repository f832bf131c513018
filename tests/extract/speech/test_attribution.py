"""Hand-written cases of attribution: by models and rules, and by rules alone on written parses."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.parses import parsed
from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.models.reading import Models, Reading
from tocsin.models.tagger import Tagger
from tocsin.records import Article, Span, Statement

HERE = Path(__file__).parent


def cases_in(path: Path) -> list[Any]:
    return [marked(each) for each in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def marked(case: dict[str, Any]) -> Any:
    """A case as a test; one that is known to come out wrong must go on doing so, or be unmarked."""
    wrong = case.get("known_wrong")
    marks = [pytest.mark.xfail(reason=wrong, strict=True)] if wrong else []
    return pytest.param(case, id=case["about"], marks=marks)


def statements_of(reading: Reading, tagger: Tagger | None = None) -> list[Statement]:
    article = Article(id="case", text=reading.text)
    claims = list(find_office_claims(reading, article))
    return list(find_statements(reading, article, claims, tagger))


def words(text: str, span: Span | None) -> str:
    return text[span[0] : span[1]] if span is not None else ""


def chosen(text: str, case: dict[str, Any], found: list[Statement]) -> Statement | None:
    """The first statement with the case's cue; where the case gives content, with that as well."""
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


def check(case: dict[str, Any], text: str, found: list[Statement]) -> None:
    """Fail unless what was found in the text is what the case expects."""
    if "count" in case:
        assert len(found) == case["count"], [words(text, s.cue) for s in found]
    if "cue" not in case:
        return
    statement = chosen(text, case, found)
    if case.get("none"):
        assert statement is None
        return
    assert statement is not None, [words(text, s.cue) for s in found]
    written = as_written(text, statement, found)
    expected = {key: case[key] for key in written if key in case}
    if "within" in expected:
        assert bool(expected["within"]) == bool(written["within"])
        assert expected.pop("within") in written["within"]
    assert {key: written[key] for key in expected} == expected


@pytest.mark.parametrize("case", cases_in(HERE.parents[1] / "gold" / "attribution_cases.toml"))
def test_find_statements_reads_case(models: Models, case: dict[str, Any]) -> None:
    reading = models.read(case["text"])
    check(case, case["text"], statements_of(reading, models.tagger))


@pytest.mark.parametrize("case", cases_in(HERE / "parsed_cases.toml"))
def test_find_statements_reads_a_parse(case: dict[str, Any]) -> None:
    reading = Reading(parsed(case["parse"], **case.get("names", {})))
    check(case, reading.text, statements_of(reading))


def test_find_statements_takes_no_denial_of_a_charge_for_the_charge():
    doc = parsed("nsubj:Mali told=tell [dobj a charge [relcl dobj:that nsubj:Chad denied=deny]] .")
    cues = [doc.text[slice(*each.cue)] for each in statements_of(Reading(doc)) if each.cue]
    assert cues == ["denied"]
