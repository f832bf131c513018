"""Every example of docs/spacy.md runs, in the order of the page."""

import re
from pathlib import Path

import pytest
import spacy

import tocsin.publish.in_spacy  # noqa: F401 - as spaCy does where Tocsin is installed

PAGE = (Path(__file__).parents[2] / "docs/spacy.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def after(tools):
    """What the names of the page mean at its end."""
    names = {}
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tocsin.pipeline.opened_tools", lambda _: tools)
        for code in re.findall(r"```python\n(.*?)```", PAGE, re.S):
            exec(compile(code, "spacy.md", "exec"), names)
    return names


def test_page_shows_findings_in_colour_and_a_day_that_is_given(after):
    assert "asserts" in after["html"]
    assert str(after["doc"]._.tocsin.article.published) == "2025-03-04"
    assert "contradicted" in [each.verdict for each in after["doc"]._.tocsin.findings]


def test_page_names_all_that_is_on_a_document(after):
    doc = after["nlp"]("Norway said on Monday that it agrees.")
    named = set(re.findall(r"^\| `doc\.(.*?)` \|", PAGE, re.M))
    spans = {f'spans["{key}"]' for key in doc.spans}
    assert named == spans | {"_.tocsin", "_.tocsin_error"}


def test_page_begins_with_a_pipeline_that_there_is(after):
    assert isinstance(after["nlp"], spacy.Language)
