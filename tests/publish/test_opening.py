"""The one sentence with which a report opens."""

from datetime import date

import pytest

from tests.made import Draft
from tocsin.publish.opening import opening_sentence
from tocsin.publish.sitrep import build_sitrep
from tocsin.records import Absence, Verdict

C, U, H, N = Verdict.CONTRADICTED, Verdict.UNSURE, Verdict.HOLDS, Verdict.NO_RECORD
NAMES = ("Mara Lind", "Otto Brandt", "Jon Falk", "Ada Quill", "Una Berg")


def _draft(*verdicts: Verdict, published: date | None = date(2024, 10, 29)) -> Draft:
    """Make an article of as many ministers as there are verdicts on them."""
    text = ". ".join(f"Minister {name}" for name in NAMES)
    made = Draft(text=text, published=published)
    for name, verdict in zip(NAMES, verdicts, strict=False):
        made.find(made.claim(f"Minister {name}", "Minister", name), verdict)
    return made


@pytest.mark.parametrize(
    ("verdicts", "opening"),
    [
        ((), "Nobody is named with an office."),
        ((H,), "The titles of 1 named official fit 29 October 2024."),
        ((H, H, H), "The titles of 3 named officials fit 29 October 2024."),
        (
            (C, C, H, H),
            "2 of 4 named officials could not have held the office given; "
            "the rest fits 29 October 2024.",
        ),
        ((C,), "1 of 1 named official could not have held the office given."),
        (
            (C, U, H, N),
            "1 of 4 named officials could not have held the office given, 1 more may not have; "
            "the titles of 1 fit 29 October 2024, 1 could not be tested.",
        ),
        (
            (U, N),
            "1 of 2 named officials may not have held the office given; "
            "the rest could not be tested.",
        ),
        (
            (H, H, N),
            "The titles of 2 of 3 named officials fit 29 October 2024, 1 could not be tested.",
        ),
        (
            (N, N),
            "The titles of 2 named officials could not be tested.",
        ),
    ],
)
def test_opening_counts_the_people_named(verdicts, opening):
    assert opening_sentence(_draft(*verdicts).report) == opening


def test_opening_counts_somebody_once_by_the_worst(builder):
    made = builder(
        text="President Mara Lind left. Chancellor Lind left.", published=date(2025, 3, 4)
    )
    made.find(made.claim("Chancellor Lind", "Chancellor", "Lind"), C)
    made.find(made.claim("President Mara Lind", "President", "Mara Lind"), H)
    assert opening_sentence(made.report).startswith("1 of 1 named official could not")


def test_opening_counts_nobody_whose_capacity_is_no_office():
    made = _draft(H)
    lawyer = made.claim("Minister Otto Brandt", "Minister", "Otto Brandt")
    made.find(lawyer, N, absence=Absence.UNKNOWN_OFFICE)
    assert opening_sentence(made.report) == "The titles of 1 named official fit 29 October 2024."


def test_opening_says_how_to_give_a_day_that_is_missing():
    told = opening_sentence(_draft(N, N, published=None).report)
    assert told.startswith("The titles of 2 named officials could not be tested, because the")
    assert "--on" in told


def test_opening_of_an_undated_article_tells_doubts_first():
    assert opening_sentence(_draft(U, N, N, published=None).report) == (
        "1 of 3 named officials may not have held the office given; the rest could not be tested, "
        "because the article bears no day (give it one with --on, as in --on 2024-10-29)."
    )


def test_opening_says_that_a_day_is_a_guess():
    made = _draft(H)
    made.others["published_from"] = "guess"
    assert opening_sentence(made.report).endswith("fit 29 October 2024 (a guess).")


@pytest.mark.parametrize("on", [None, "2019-03-01"])
def test_opening_says_that_a_title_fits_another_time_than_the_articles_day(on):
    made = _draft(H)
    made.find(made.claim("Minister Otto Brandt", "Minister", "Otto Brandt"), H, compared={"on": on})
    assert opening_sentence(made.report) == (
        "The titles of 2 named officials fit 29 October 2024 or the times that the sentences "
        "tell of."
    )


def test_opening_says_that_no_day_fits():
    made = _draft(N, N, H, published=None)
    made.find(None, C, check="dating")
    told = opening_sentence(made.report)
    assert told == "No single day fits the titles of all the officials named."


def test_opening_is_what_is_said_of_a_day_in_doubt():
    made = _draft(U, U)
    sentence = "The two named held office together in 2019; the page’s day is not its own."
    made.find(None, U, check="dating", sentence=sentence)
    assert opening_sentence(made.report) == sentence


def test_opening_counts_what_else_is_doubtful():
    made = _draft(H, H)
    made.find(None, U, check="residue")
    assert opening_sentence(made.report).endswith(
        "fit 29 October 2024; the text gives cause for doubt in 1 other place."
    )


def test_sitrep_carries_the_opening():
    report = _draft(H).report
    assert build_sitrep(report).opening == opening_sentence(report)
