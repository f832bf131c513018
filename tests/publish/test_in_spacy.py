"""Tocsin as a component of a spaCy pipeline."""

import pickle
import subprocess
import sys
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
import spacy
from spacy import displacy
from spacy.tokens import Doc

from tocsin.errors import PipelineMissingError
from tocsin.pipeline import opened_tools
from tocsin.publish import in_spacy
from tocsin.records import Failure

PROJECT = Path(__file__).parents[2]
TEXT = (PROJECT / "examples/invented.txt").read_text(encoding="utf-8")
GERMAN = "Der Minister sagte, dass die Gespräche gut verlaufen seien. " * 9


@pytest.fixture(scope="module")
def blank(tools):
    """A pipeline of nothing but Tocsin, whose tools are loaded already."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("tocsin.pipeline.opened_tools", lambda _: tools)
        nlp = spacy.blank("en")
        nlp.add_pipe("tocsin")
        yield nlp


@pytest.fixture(scope="module")
def doc(blank):
    return blank(TEXT)


def stand_at(doc, key):
    return [(span.start_char, span.end_char, span.label_) for span in doc.spans[key]]


def test_document_has_the_report_on_its_text(doc):
    report = doc._.tocsin
    assert report.article.text == doc.text == TEXT
    assert report.events
    assert doc._.tocsin_error is None


def test_spans_are_the_words_of_records_labelled_by_type_stance_and_verdict(doc):
    report = doc._.tocsin
    said = [(words, each.stance) for each in report.statements for words in each.content]
    assert stand_at(doc, "tocsin_events") == [(*e.words, e.type) for e in report.events]
    assert stand_at(doc, "tocsin_statements") == [(*words, stance) for words, stance in said]
    found = [(*each.words, each.verdict) for each in report.findings if each.words]
    assert stand_at(doc, "tocsin_findings") == found


def test_spans_name_the_records_that_they_belong_to(doc):
    assert [span.id_ for span in doc.spans["tocsin_events"]] == [
        event.id for event in doc._.tocsin.events
    ]


def test_spans_hold_the_words_where_tokens_are_larger(blank):
    doc = Doc(blank.vocab, words=["Norway said that talks", "with Sweden failed on Monday ."])
    doc = blank(doc)
    said = [words for each in doc._.tocsin.statements for words in each.content]
    spans = doc.spans["tocsin_statements"]
    assert said
    assert len(spans) == len(said)
    for span, (start, end) in zip(spans, said, strict=True):
        assert span.start_char <= start
        assert end <= span.end_char


def test_displacy_shows_the_spans(doc):
    html = displacy.render(
        doc, style="span", options={"spans_key": "tocsin_findings"}, jupyter=False
    )
    assert "contradicted" in html


def test_component_reads_the_same_behind_other_steps(doc):
    nlp = spacy.blank("en")
    nlp.add_pipe("sentencizer")
    nlp.add_pipe("tocsin")
    assert nlp(TEXT)._.tocsin == doc._.tocsin


@pytest.mark.parametrize("kept", ["bytes", "pickle"])
def test_document_keeps_what_was_found_on_its_way_to_another_process(doc, kept):
    if kept == "bytes":
        again = Doc(doc.vocab).from_bytes(doc.to_bytes())
    else:
        again = pickle.loads(pickle.dumps(doc))
    assert again._.tocsin == doc._.tocsin
    assert stand_at(again, "tocsin_events") == stand_at(doc, "tocsin_events")


def test_pipeline_with_the_component_can_be_pickled(blank):
    assert pickle.loads(pickle.dumps(blank)).pipe_names == ["tocsin"]


def test_pipe_goes_on_past_what_cannot_be_read(blank):
    texts = [GERMAN, "", "Norway said on Monday that the talks with Sweden had failed."]
    german, empty, read = blank.pipe(texts)
    assert (german._.tocsin, german._.tocsin_error.error) == (None, "LanguageError")
    assert [list(german.spans[key]) for key in german.spans] == [[], [], []]
    assert empty._.tocsin_error.error == "EmptyInputError"
    assert read._.tocsin.statements


def test_fault_in_an_article_is_told_on_its_document(blank, monkeypatch):
    failure = Failure(origin="the document", error="TypeError", message="this is a fault")
    monkeypatch.setattr("tocsin.pipeline.process_articles", lambda *_: iter([failure]))
    assert blank("All is well here.")._.tocsin_error == failure


@pytest.mark.parametrize("text", ["\ufeffNorway said that it agrees.", "<p>Norway said that.</p>"])
def test_text_is_taken_as_it_is(blank, text):
    assert blank(text)._.tocsin.article.text == text


def test_day_of_an_article_can_be_given(blank):
    doc = blank.make_doc("Norway said on Monday that the talks with Sweden had failed.")
    doc._.tocsin_day = "29 October 2024"
    assert str(blank(doc)._.tocsin.article.published) == "2024-10-29"
    doc = blank.make_doc("Norway said that the talks had failed.")
    doc._.tocsin_day = "some day"
    assert blank(doc)._.tocsin_error.error == "ValueNotUnderstood"


def test_document_that_is_read_again_keeps_nothing_of_before(blank):
    doc = blank.make_doc("Norway said that the talks had failed.")
    for day, fails in (("some day", True), ("29 October 2024", False), ("some day", True)):
        doc._.tocsin_day = day
        blank(doc)
        assert (doc._.tocsin is None, doc._.tocsin_error is None) == (fails, not fails)


def test_tools_that_are_missing_end_the_run(monkeypatch):
    monkeypatch.setenv("TOCSIN_PIPELINE", "no_such_pipeline")
    nlp = spacy.blank("en")
    nlp.add_pipe("tocsin")
    assert nlp.get_pipe("tocsin").settings.pipeline == "no_such_pipeline"
    monkeypatch.setattr("tocsin.pipeline.opened_tools", opened_tools)
    with pytest.raises(PipelineMissingError, match="no_such_pipeline"):
        nlp("Norway said that it agrees.")


def test_component_costs_other_pipelines_nothing():
    code = "import sys, tocsin.publish.in_spacy; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    ours = {name for name in done.stdout.split() if name.partition(".")[0] == "tocsin"}
    assert ours == {"tocsin", "tocsin.faces", "tocsin.publish", "tocsin.publish.in_spacy"}


def test_entry_point_of_the_package_makes_the_component():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    module, _, name = project["entry-points"]["spacy_factories"]["tocsin"].partition(":")
    assert getattr(import_module(module), name) is in_spacy.make_component
