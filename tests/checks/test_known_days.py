"""Well-known events on days that are not theirs."""

import re
from datetime import date

import pytest

from tocsin.checks.known_days import check_known_days
from tocsin.lexicons.tables import read_rows
from tocsin.records import Article, Verdict

ROWS = list(read_rows("lexicons/known_days.tsv", "event first last words shared origin"))


def _found(text):
    return [text[slice(*f.words)] for f in check_known_days(Article(id="a", text=text))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("The attack on Pearl Harbor took place on 8 November 1941.",
         "attack on Pearl Harbor took place on 8 November 1941"),
        ("The fall of the Berlin Wall on November 9, 1990, changed it all.",
         "fall of the Berlin Wall on November 9, 1990"),
        ("The 9/11 attacks, which happened on Wednesday, September 12, 2001, came first.",
         "9/11 attacks, which happened on Wednesday, September 12, 2001"),
        ("They spoke of the 8 October 2023 Hamas attack on Israel.",
         "8 October 2023 Hamas attack on Israel"),
        ("Russia’s full-scale invasion of Ukraine began on 4 February.",
         "full-scale invasion of Ukraine began on 4 February"),
        ("Russia invaded Ukraine on 24 March 2022.",
         "Russia invaded Ukraine on 24 March 2022"),
        ("Hamas attacked Israel on Sunday, 8 October 2023.",
         "Hamas attacked Israel on Sunday, 8 October 2023"),
        ("Shinzo Abe was shot in Nara on 9 July 2022.",
         "Shinzo Abe was shot in Nara on 9 July 2022"),
        ("The Chernobyl disaster occurred on 26 April 1987.",
         "Chernobyl disaster occurred on 26 April 1987"),
        ("The 2021 coup in Myanmar on 3 February 2021 ended that.",  # two rows know it
         "2021 coup in Myanmar on 3 February 2021"),
    ],
)  # fmt: skip
def test_check_known_days_finds_another_day(text, words):
    assert _found(text) == [words]


@pytest.mark.parametrize(
    "text",
    [
        "The attack on Pearl Harbor took place on 7 December 1941.",
        "Hamas's attack on Israel on 7 October killed 1,200.",
        "Three days after the fall of Kabul on 18 August 2021 they met.",
        "The anniversary of the Chernobyl disaster on 27 April 2016 was quiet.",
        "The Brexit referendum was debated on 3 May 2016.",
        "The attack on Pearl Harbor changed the war. On 9 March 1942 Java fell.",
        "Since the full-scale invasion of Ukraine, on 3 March 2022, they met.",
        "When Russia invaded Ukraine, on 25 February 2022 the price rose.",
        "Russia invaded Ukraine on February 24.",
        "The attack on the port on 8 November 1941 was another.",
        "Moldova held an EU membership referendum on 20 October.",
        "The Hamas deputy leader was killed in a Beirut blast on 2 January 2024.",
        "Russia first invaded Ukraine on 20 February 2014.",
        "Japan made its first moon landing on 20 January 2024.",
        "An explosion at the Chernobyl nuclear power plant on February 14 holed the roof.",
        "He lived through the fall of Kabul on 13 November 2001.",
        "After Hamas attacks on Israel on 11 May 2021 the airport closed.",
        "An attack on the US Capitol on April 2, 2021, killed an officer.",
        "The military coup in Myanmar on 2 March 1962 ended it.",
    ],
)
def test_check_known_days_is_silent_on(text):
    assert _found(text) == []


def test_check_known_days_says_what_is_right_and_where_to_look_it_up():
    text = "The killing of Osama bin Laden on 5 May 2011 was planned."
    [finding] = check_known_days(Article(id="a", text=text))
    assert finding.verdict is Verdict.UNSURE
    assert finding.sentence == (
        "The article puts the killing of Osama bin Laden on 5 May 2011; its day was 1 May 2011 or "
        "2 May 2011 (unverified; to look up: Remarks of Barack Obama on Osama bin Laden, "
        "2 May 2011)."
    )


@pytest.mark.parametrize("row", ROWS, ids=[row[0] for row in ROWS])
def test_every_known_day_has_its_days_in_order_and_an_origin_of_some_year(row):
    _, first, last, words, _, origin = row
    first, last = date.fromisoformat(first), date.fromisoformat(last)
    assert 0 <= (last - first).days <= 1
    assert re.compile(words)
    assert re.search(r"(?:19|20)\d\d", origin)
