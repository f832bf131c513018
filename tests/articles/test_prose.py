"""The text as finders read it, and the way back."""

import textwrap
from datetime import date

import pytest

from tocsin.articles.prose import prose_of
from tocsin.articles.read import read_article_bytes
from tocsin.keys import claim_key
from tocsin.records import Article, OfficeClaim
from tocsin.settings import Settings

PARAGRAPHS = (
    "Ferry leaves on time",
    "Moldovan Prime Minister Dorin Recean said on Monday that the bridge over the Nistru would be "
    "closed for repairs until the autumn. “We will not wait for others,” he said in Tiraspol.",
    "The talks lasted for two hours, officials said, and both sides agreed to meet again. Nothing "
    "else was decided by the delegations of the two countries, who had come by train.",
)


def prose(text, **about):
    return prose_of(Article(id="x", text=text, **about))


def wrapped(width, between="\n\n", end="\n"):
    return between.join(textwrap.fill(each, width).replace("\n", end) for each in PARAGRAPHS)


@pytest.mark.parametrize(
    ("width", "between"), [(40, "\n\n"), (60, "\n\n"), (76, "\n\n"), (40, "\n"), (76, "\n")]
)
def test_prose_of_joins_lines_that_were_broken_for_their_length(width, between):
    assert prose(wrapped(width, between)).text == between.join(PARAGRAPHS)


def test_prose_of_joins_lines_that_were_broken_by_hand():
    text = "The Prime Minister Dorin\nRecean said that the bridge would be\nclosed for repairs."
    assert prose(text).text == text.replace("\n", " ")


def test_prose_of_joins_words_that_were_broken_at_a_hyphen():
    text = (
        "The Saudi-\nled forces met Moon Jae-\nin in Seoul and the Russia-\nUkraine talks went on."
    )
    assert prose(text).text == text.replace("\n", "")


def test_prose_of_joins_indented_lines_and_those_of_windows():
    assert prose(wrapped(60, "\n\n", "\n   ")).text == "\n\n".join(PARAGRAPHS)
    assert prose(wrapped(60, "\r\n\r\n", "\r\n")).text.split() == " ".join(PARAGRAPHS).split()


@pytest.mark.parametrize(
    "text",
    [
        "Ferry leaves\nMaster pleased\nThe ferry left on Monday.\nIt was full.\n",
        "What we know\n- The ferry left\n- The port is open\n",
        "He left.\nShe stayed.\nThey met in Accra.",
    ],
)
def test_prose_of_leaves_lines_that_are_paragraphs(text):
    assert prose(text).text == text


def test_prose_of_keeps_a_headline_over_broken_lines_apart():
    text = f"Recean Shuts Bridge\n{textwrap.fill(PARAGRAPHS[1], 30)}"
    assert prose(text).text.split("\n") == [
        "Recean Shuts Bridge",
        PARAGRAPHS[1],
    ]


@pytest.mark.parametrize(
    "space", ["\u00a0", "  ", "\u00a0 ", "\u2009", "\u202f", "\t", "\u200b ", " \u00ad", " \u200b "]
)
def test_prose_of_has_one_kind_of_space(space):
    text = space.join(("President", "Vladimir", "Putin", "said"))
    assert prose(text).text == "President Vladimir Putin said"


def test_prose_of_has_one_kind_of_dash_and_quotation_mark():
    assert prose("a ― b ‒ c‑d ″e″ fʼs").text == 'a — b — c-d "e" f’s'


@pytest.mark.parametrize("word", ["Ferry", "Recean", "closed", "wait", "train."])
def test_span_leads_back_to_the_unaltered_text(word):
    text = wrapped(40, "\r\n\r\n", "\r\n  ").replace("on Monday", "on\u00a0 Monday")
    found = prose(text)
    start = found.text.index(word)
    back = found.span((start, start + len(word)))
    assert text[slice(*back)] == word


def test_unaltered_gives_records_the_spans_and_keys_of_the_text():
    text = "The  French\u00a0 President  Emmanuel  Macron left."
    found = prose(text)
    office, name = (4, 20), (21, 36)
    claim = OfficeClaim(
        id=claim_key("t", (4, 36), "French President", (), name),
        words=(4, 36),
        office="French President",
        office_words=office,
        name="Emmanuel Macron",
        name_words=name,
    )
    moved = found.unaltered(claim, found.keys("t", [claim]))
    assert text[slice(*moved.name_words)] == "Emmanuel  Macron"
    assert moved.id == claim_key("t", moved.words, moved.office, (), moved.name_words)


ASIDES = [
    "Read more: Iran fires missiles at Israel",
    "READ ALSO | Kenya sends police to Haiti",
    "Related: Sudan's army takes Khartoum",
    "Watch: Putin meets Xi in Beijing",
    "More on this story\nIran fires missiles at Israel\nHamas says it will answer",
    "14:32 GMT",
    "10.15am BST",
    "Updated at 14.32 GMT",
    "2h ago",
    "5m ago 10.32 EST",
    "Getty Images",
    "3 hours ago Share Save Jane Doe Culture reporter Share Save",
    "Jane Doe/Reuters",
    "Image caption, US President Joe Biden met the king",
    "File photo: Russian President Vladimir Putin in Minsk",
    "US President Joe Biden speaks in Washington [Jane Doe/Reuters]",
    "French President Emmanuel Macron arrives in Rabat (AP Photo/Jane Doe)",
    "Reporting by Jane Doe in Nairobi; Editing by John Roe",
    "FILE PHOTO: Russian President Vladimir Putin attends a meeting in Moscow. REUTERS/Jane Doe",
    "FILE - Kenyan President William Ruto speaks in Nairobi.",
    "[1/3] Ghanaian President John Mahama votes in Bole, REUTERS/Jane Doe Acquire Licensing Rights",
    "Pope Francis waves to the crowd in Rome. REUTERS/Jane Doe",
    "View image in fullscreen Chad's President Mahamat Déby. Photograph: Jane Doe/AP",
    "Pic: Reuters",
    "2 hours ago (14:32 GMT)",
    "Skip past newsletter promotion",
    "Published 3 May 2023, 14:05 GMT",
]  # fmt: skip


@pytest.mark.parametrize("aside", ASIDES)
def test_prose_of_leaves_out_what_is_no_part_of_the_article(aside):
    text = f"Ferry leaves on time\n\n{PARAGRAPHS[1]}\n{aside}\n{PARAGRAPHS[2]}"
    head = f"Ferry leaves on time\n{aside}\n\n{PARAGRAPHS[1]}"
    for each in (text, head):
        found = prose(each)
        assert len(found.text) == len(each)
        assert found.text.split() == " ".join(each.split(aside)).split()


@pytest.mark.parametrize(
    "credit", ["Getty Images ", "Reuters ", "Jane Doe via Getty Images ", "AFP via Getty Images "]
)
def test_prose_of_leaves_out_a_credit_that_runs_into_the_text(credit):
    text = f"Biden in Rome\n\n{credit}US President Joe Biden met the Pope on Monday."
    assert prose(text).text.split("\n")[-1] == "US President Joe Biden met the Pope on Monday."


def test_prose_of_leaves_out_a_credit_between_sentences():
    text = "Talks fail\n\nThey failed on Monday. Getty Images US President Joe Biden met the Pope."
    assert "Getty" not in prose(text).text
    assert prose(text).text.endswith("US President Joe Biden met the Pope.")


@pytest.mark.parametrize(
    "line",
    [
        "Reuters reported that the talks had failed.",
        "Reuters Institute fellows said that the talks had failed.",
        "Getty Images CEO Jane Doe said that sales had grown.",
        "The talks ended without a result. (Reuters)",
        "Read the statement of the ministry in full, he said.",
        "See no evil: the minister looked away.",
        "At 14:32 GMT the missiles hit the port.",
        "More than 20 people were killed: the ministry gave no names.",
        "Related parties must leave, the court said.",
    ],
)
def test_prose_of_keeps_sentences_that_look_alike(line):
    assert prose(f"Ferry leaves\n\n{line}\n").text == f"Ferry leaves\n\n{line}\n"


def test_prose_of_keeps_the_headline_whatever_it_begins_with():
    assert prose("Watch: Putin meets Xi\n\nHe left.").text == "Watch: Putin meets Xi\n\nHe left."


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, 3 May 2023 (NTB) - ",
        "NAIROBI, Kenya (AP) — May 3, 2023\n",
        "By Jane Doe, Nairobi, 3 May 2023\n\nNAIROBI (Reuters) - ",
    ],
)
def test_prose_of_leaves_out_dateline_and_date_lines(line):
    raw = f"{line}The ferry left with all its passengers, officials said.".encode()
    article = read_article_bytes(raw, origin="x", settings=Settings())
    assert article.published == date(2023, 5, 3)
    assert (
        prose_of(article).text.strip() == "The ferry left with all its passengers, officials said."
    )
    assert len(prose_of(article).text) == len(article.text)


@pytest.mark.parametrize(
    "piece", ["14:32\n", " \u200b", "(", "Getty Images ", "a\n", "a \n", "- ", "Read more:", "a-\n"]
)
def test_prose_of_is_not_held_up_by_patterns(piece):
    # Some of these would take minutes; the suite's time is the bound.
    assert prose("A\n" + piece * 40_000).text
