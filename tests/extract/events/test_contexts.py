"""Contexts from the words around an act, on hand-built texts."""

from spacy.lang.en import English
from spacy.tokens import Doc

from tocsin.extract.events.contexts import contexts_of, load_contexts


def sentence(*texts):
    """Return the last of the sentences `texts`; a text that is "\\n" ends a paragraph."""
    words = [word for text in texts for word in (text.split() if text != "\n" else ["\n"])]
    starts = [text == "\n" or i == 0 for text in texts for i, _ in enumerate(text.split() or [""])]
    doc = Doc(English().vocab, words=words, sent_starts=starts, lemmas=words)
    return list(doc.sents)[-1]


def test_contexts_of_puts_the_own_context_of_the_act_first():
    assert contexts_of("military", sentence("They shelled the nuclear plant"))[0] == "military"


def test_contexts_of_adds_what_the_sentence_names():
    found = contexts_of("military", sentence("They shelled the plant for uranium enrichment"))
    assert found == ("military", "cbrn")


def test_contexts_of_wants_two_words_elsewhere_in_the_paragraph():
    one = sentence("The cocaine is gone .", "They met")
    two = sentence("The cocaine and the fentanyl are gone .", "They met")
    assert contexts_of("diplomatic", one) == ("diplomatic",)
    assert contexts_of("diplomatic", two) == ("diplomatic", "illegal_drugs")


def test_contexts_of_does_not_look_into_the_next_paragraph():
    other = sentence("The cocaine and the fentanyl are gone .", "\n", "They met")
    assert contexts_of("diplomatic", other) == ("diplomatic",)


def test_contexts_of_reads_words_that_belong_together():
    assert "peacekeeping" in contexts_of(None, sentence("They attacked the stabilisation force"))


def test_load_contexts_has_all_of_the_manual():
    assert len(load_contexts()) == 37
