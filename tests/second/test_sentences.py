"""Sentences: the numbers by which a model says where its words stand."""

from tocsin.second.sentences import in_parts, number_sentences


def words_of(text: str) -> list[str]:
    return [each.words for each in number_sentences(text)]


def test_a_sentence_ends_at_its_stop():
    assert words_of("Chad met Niger. It rained.") == ["Chad met Niger.", "It rained."]


def test_a_line_ends_a_sentence():
    assert words_of("Talks in Bern\nChad met Niger") == ["Talks in Bern", "Chad met Niger"]


def test_a_title_ends_no_sentence():
    assert words_of("Mr. Arvo Kask of the U.S. Senate left.") == [
        "Mr. Arvo Kask of the U.S. Senate left."
    ]


def test_a_quotation_closes_with_its_sentence():
    assert words_of('"We left." He stayed.') == ['"We left."', "He stayed."]


def test_numbers_begin_with_one_and_words_stand_where_the_span_says():
    text = "Chad met Niger. It rained."
    found = number_sentences(text)
    assert [each.number for each in found] == [1, 2]
    assert [text[slice(*each.span)] for each in found] == [each.words for each in found]


def test_a_sentence_without_end_is_cut_at_a_space():
    assert [len(words) for words in words_of("word " * 1000)] == [1999, 1999, 999]


def test_a_word_without_end_is_cut():
    assert [len(words) for words in words_of("x" * 5000)] == [2000, 2000, 1000]


def test_parts_hold_whole_sentences():
    parts = in_parts(number_sentences("One two.\nThree four.\nFive."), 20)
    assert [[each.number for each in part] for part in parts] == [[1, 2], [3]]
