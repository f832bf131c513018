"""The learned tagger: cutting text, reading the network's numbers, and the shipped weights."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin.extract.speech.agreement import ALONE
from tocsin.models import pieces, tagger
from tocsin.models.encoder import Encoder, load_encoder
from tocsin.models.reader import CONTENT, ROLES, SPEAKER
from tocsin.models.roles import Roles, load_roles
from tocsin.models.tagger import Tagged, Tagger, without_doubles

TEXT = "Officials said talks failed. Reporters left."


PIECES = ["[UNK]", "[CLS]", "[SEP]", "said", "un", "##said", "cafe", "co", "##va"]
VOCABULARY = pieces.Vocabulary({piece: number for number, piece in enumerate(PIECES)})


def segments_of(text: str) -> list[pieces.Pieces]:
    return list(pieces.find_segments(text, VOCABULARY))


def words_of(text: str) -> list[str]:
    return [text[start:end] for segment in segments_of(text) for start, end in segment.spans]


def flags_of(text: str) -> dict[str, int]:
    (segment,) = segments_of(text)
    return {text[s:e]: int(f) for (s, e), f in zip(segment.spans, segment.flags, strict=True)}


def found_in(text: str, cues: dict[int, float], roles: Iterable[int]) -> list[Tagged]:
    """What is found where a cue begins at piece `i` with chance `cues[i]`, and `roles` follow:
    1 for the speaker's pieces, 2 for those of the content.
    """
    role_of = list(roles)

    def encode(arrays):
        ids = arrays["ids"]
        chances = np.full((*ids.shape, 3), 1e-6, dtype=np.float32)
        chances[:, :, 0] = 1.0
        for place, chance in cues.items():
            chances[0, place + 1] = (1 - chance, chance, 1e-6)
        none = np.zeros((*ids.shape, 4), dtype=np.float32)
        acts, names = (np.zeros((*ids.shape, n), dtype=np.float32) for n in (18, 20))
        return none, acts, np.log(chances), names

    def score(arrays):
        mentions, pieces_read = len(arrays["places"]), len(arrays["states"])
        scores = np.full((mentions, len(ROLES), pieces_read), -9.0, dtype=np.float32)
        for place, role in enumerate(role_of, 1):
            if role:
                scores[:, (SPEAKER, CONTENT)[role - 1], place] = 9.0
        return scores, np.zeros((mentions, 9), dtype=np.float32)

    states = Encoder(vocabulary=VOCABULARY, network=encode).encode(text)
    return Tagger(roles=Roles(network=score)).find_candidates(states)


# --------------------------------------------------------------------------- cutting text


def test_cut_takes_the_longest_pieces():
    assert VOCABULARY.cut("Unsaid") == ((4, 2), (5, 6))


def test_cut_reads_accents_composed_or_not_as_plain_letters():
    assert VOCABULARY.cut("Café") == ((6, 4),)
    assert VOCABULARY.cut("Cafe\u0301") == ((6, 4),)


def test_cut_gives_one_unknown_piece_where_nothing_fits():
    assert VOCABULARY.cut("Said7") == ((0, 5),)


def test_find_segments_gives_one_segment_a_line():
    assert [len(segment) for segment in segments_of("One two.\n\nThree.\r\n")] == [3, 2]


def test_find_segments_points_at_the_unaltered_text():
    assert words_of("\tCafé  said:\x00 “no”") == ["Café", "said", ":", "“", "no", "”"]


def test_find_segments_cuts_a_long_paragraph_after_a_sentence():
    sentence = "word " * 60 + "stop. "
    lengths = [len(segment) for segment in segments_of(sentence * 8)]
    assert max(lengths) <= pieces.LONGEST_SEGMENT
    assert {length % 62 for length in lengths} == {0}


def test_find_segments_keeps_every_word_of_a_very_long_line():
    text = "word " * 5000
    assert len(words_of(text)) == 5000


def test_find_segments_flags_words_inside_curly_quotation_marks():
    flags = flags_of("“yes” no")
    assert [flags[word] % 4 for word in ("“", "yes", "”", "no")] == [2, 1, 3, 0]


def test_find_segments_flags_words_inside_straight_quotation_marks():
    flags = flags_of('he said "yes," then no')
    assert [flags[word] % 4 for word in ("said", "yes", "then")] == [0, 1, 0]


def test_find_segments_lets_an_open_quotation_end_with_the_paragraph():
    flags = flags_of("“never closed")
    assert flags["closed"] % 4 == 1
    second = segments_of("“never closed\nplain")[1]
    assert second.flags[0] % 4 == 0


def test_find_segments_flags_capitals():
    flags = flags_of("the UN Council")
    assert [flags[word] // 4 for word in ("the", "UN", "Council")] == [0, 2, 1]


def test_find_windows_packs_neighbours_and_never_overflows():
    segments = segments_of("\n".join("word " * 100 for _ in range(5)))
    windows = list(pieces.find_windows(segments, VOCABULARY))
    assert [(window.words == 0).sum() for window in windows] == [3, 3, 2]
    assert all(len(window.ids) <= pieces.LONGEST_WINDOW for window in windows)


# --------------------------------------------------------------------------- reading the numbers


def test_find_candidates_reads_speaker_cue_and_content():
    found = found_in(TEXT, {1: 0.9}, [1, 0, 2, 2, 0])
    (one,) = found
    assert [TEXT[slice(*span)] for span in (one.speaker_words, one.cue, *one.content)] == [
        "Officials",
        "said",
        "talks failed",
    ]


def test_find_candidates_keeps_content_on_both_sides_of_the_cue_apart():
    text = "“We will go,” he said, “and stay.”"
    roles = [2, 2, 2, 2, 2, 2, 1, 0, 0, 2, 2, 2, 2, 2]
    (one,) = found_in(text, {7: 0.9}, roles)
    assert [text[slice(*span)] for span in one.content] == ["“We will go,”", "“and stay.”"]


def test_find_candidates_gives_no_speaker_where_none_is_named():
    (one,) = found_in(TEXT, {1: 0.9}, [0, 0, 2, 2, 0])
    assert one.speaker_words is None


def test_find_candidates_drops_a_cue_without_content():
    assert found_in(TEXT, {1: 0.9}, [1, 0, 0, 0, 0]) == []


def test_without_doubles_keeps_the_surer_of_two_cues_for_the_same_words():
    found = without_doubles(found_in(TEXT, {1: 0.9, 4: 0.3}, [1, 0, 2, 2, 0]))
    assert [TEXT[slice(*one.cue)] for one in found] == ["said"]


def test_find_candidates_closes_a_hole_of_one_piece():
    (one,) = found_in("Officials said talks have failed badly.", {1: 0.9}, [1, 0, 2, 0, 2, 2, 2])
    assert len(one.content) == 1


@pytest.mark.parametrize("text", ["", " \n\t\n", "\x00\x1b", "\u200b"])
def test_find_candidates_finds_nothing_where_there_are_no_words(text):
    assert found_in(text, {1: 0.9}, [1, 0, 2, 2]) == []


def test_overlap_is_shared_characters_over_all():
    assert tagger.overlap([(0, 10)], [(5, 15)]) == pytest.approx(1 / 3)


def test_find_windows_numbers_words_and_gives_their_places():
    segments = segments_of("cova said.\nunsaid")
    (window,) = pieces.find_windows(segments, VOCABULARY)
    assert window.words.tolist() == [0, 1, 1, 2, 3, 0, 4, 4, 0]
    assert window.spans[1].tolist() == [0, 2]
    assert window.spans[0].tolist() == window.spans[-1].tolist() == [0, 0]


# --------------------------------------------------------------------------- the shipped weights


def attributions_in(text: str) -> list[Tagged]:
    found = without_doubles(Tagger(roles=load_roles()).find_candidates(load_encoder().encode(text)))
    return [one for one in found if one.confidence >= ALONE]


def read(text: str) -> list[tuple[str | None, str]]:
    def words(one: Tagged) -> tuple[str | None, str]:
        speaker = text[slice(*one.speaker_words)] if one.speaker_words else None
        return speaker, " … ".join(text[slice(*span)] for span in one.content)

    return [words(one) for one in attributions_in(text)]


def test_tagger_finds_indirect_speech():
    text = "The foreign minister said on Monday that the border would stay closed."
    ((speaker, content),) = read(text)
    assert speaker is not None
    assert "minister" in speaker
    assert "border would stay closed" in content


def test_tagger_finds_a_split_quotation():
    text = "“We will not wait,” Ilkova told reporters, “and nobody should ask us to.”"
    ((speaker, content),) = read(text)
    assert speaker == "Ilkova"
    assert "will not wait" in content
    assert "nobody should ask" in content


def test_tagger_leaves_a_plain_report_alone():
    assert read("The train left the station at noon and arrived two hours later.") == []


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=400))
def test_tagger_reads_any_text_and_stays_within_it(text):
    for one in attributions_in(text):
        spans = [*one.content, *filter(None, (one.cue, one.speaker_words))]
        assert all(0 <= start < end <= len(text) for start, end in spans)
        assert all(a[1] <= b[0] for a, b in pairwise(one.content))


def test_tagger_reads_lone_surrogates_and_a_line_without_end():
    text = "Officials said \ud800 the talks failed. " * 200
    assert attributions_in(text)
