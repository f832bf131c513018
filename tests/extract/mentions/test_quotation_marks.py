"""QuotedWords marks in plain text."""

from __future__ import annotations

import pytest

from tocsin.extract.mentions.quotation_marks import find_quotations, is_title, looks_spoken


def quoted(text: str) -> list[str]:
    return [text[slice(*each.words)] for each in find_quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "we will go" and left.', ['"we will go"']),
        ("He said “we will go” and left.", ["“we will go”"]),
        ("He said 'we will go' and left.", ["'we will go'"]),
        ("He said ‘we will go’ and left.", ["‘we will go’"]),
        ("He said «we will go» and left.", ["«we will go»"]),
        ("He said „we will go“ and left.", ["„we will go“"]),
        ("He said ''we will go'' and left.", ["''we will go''"]),
        ('He said “we will go" and left.', ['“we will go"']),
    ],
    ids=["straight", "curly", "single", "curly single", "guillemets", "low", "doubled", "mixed"],
)
def test_find_quotations_reads_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "The rebels' camp and the soldiers' tents burned.",
        "It wasn't the '90s, and they didn't go.",
        "The wall was 6' high and 10\" thick.",
        "Rock 'n' roll is dead, said nobody's mother.",
    ],
)
def test_find_quotations_takes_no_apostrophe_for_a_mark(text: str) -> None:
    assert [q for q in quoted(text) if len(q) > 3] == []


def test_find_quotations_keeps_apostrophes_inside_single_marks() -> None:
    text = "'We won't go,' the soldiers' leader said. 'It's over.'"
    assert quoted(text) == ["'We won't go,'", "'It's over.'"]


def test_find_quotations_tells_nested_from_outermost() -> None:
    text = "“He called it ‘a farce’ twice,” she said."
    found = list(find_quotations(text))
    assert [(text[slice(*q.words)], q.depth) for q in found] == [
        ("“He called it ‘a farce’ twice,”", 0),
        ("‘a farce’", 1),
    ]


@pytest.mark.parametrize(
    ("text", "outermost"),
    [
        (
            "“I left what he calls “hell” for good.” ― Ann Roe",
            ["“I left what he calls “hell” for good.”"],
        ),
        ("“We waited,“ she said. “Nobody came.”", ["“We waited,“ she said. “Nobody came.”"]),
        ("“The “wall” is open, and “we wait.”", ["“The “wall”", "“we wait.”"]),
    ],
    ids=["closed", "misplaced", "open"],
)
def test_find_quotations_lets_a_mark_open_again_only_where_each_is_closed(
    text: str, outermost: list[str]
) -> None:
    found = find_quotations(text)
    assert [text[slice(*each.words)] for each in found if each.depth == 0] == outermost


def test_find_quotations_carries_on_over_paragraphs() -> None:
    first, second = find_quotations("“We waited.\n\n“Nobody came.” They left.")
    assert (first.closed, first.continues) == (False, False)
    assert (second.closed, second.continues) == (True, True)


def test_find_quotations_ends_unclosed_mark_with_its_paragraph() -> None:
    text = 'She said: "We waited.\n\nIt rained.'
    assert quoted(text) == ['"We waited.']


def test_find_quotations_does_not_carry_on_after_a_closed_quotation() -> None:
    _, second = find_quotations("“We waited.”\n\n“Nobody came.”")
    assert not second.continues


def test_find_quotations_survives_an_odd_mark() -> None:
    assert quoted('An odd " mark here and "a good one" there.') == ['"a good one"']


def test_find_quotations_never_runs_past_its_paragraph() -> None:
    text = 'One "odd mark.\nTwo “whole words” here.'
    assert quoted(text) == ["“whole words”"]


def test_find_quotations_lets_single_marks_run_over_paragraphs() -> None:
    text = "'I lost it all. It's gone.\n\n'They won't pay.'"
    assert quoted(text) == ["'I lost it all. It's gone.", "'They won't pay.'"]


def test_find_quotations_takes_an_apostrophe_for_no_open_mark() -> None:
    assert quoted("'Tis the season.\n\nThe farmers' market is closed.") == []


@pytest.mark.parametrize("text", ["", "\n\n", '"', "“”", "'", '"""', "«", "” “", "''''"])
def test_find_quotations_survives_marks_around_nothing(text: str) -> None:
    assert all(start < end <= len(text) for start, end in (q.words for q in find_quotations(text)))


@pytest.mark.parametrize(
    ("text", "spoken"),
    [
        ("“We will not leave,” he said.", True),
        ("“It is over.”", True),
        ("a “peace” of two days", False),
        ("reading “The Long Road Home” again", False),
        ("the film “Winter,” she said", False),
        ("“No.”", True),
    ],
)
def test_looks_spoken_tells_speech_from_scare_quotes_and_titles(text: str, spoken: bool) -> None:
    (quotation,) = find_quotations(text)
    assert looks_spoken(text, quotation) is spoken


def test_is_title_needs_capitals_on_longer_words() -> None:
    assert is_title(["War", "and", "Peace"])
    assert not is_title(["War", "and", "peace", "talks"])
