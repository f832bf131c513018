import pytest

from tocsin.together.texts.credits import find_credits

BODY = (
    "The army said that two bridges over the river had been mined overnight.\n\nMore was unclear."
)


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        (f"SEOUL, Oct. 29 (Yonhap) -- {BODY}", "Yonhap"),
        (f"MOSCOW, October 29. /TASS/. {BODY}", "TASS"),
        (f"KYIV (AP) — {BODY}", "Associated Press"),
        (f"(Reuters) - {BODY}", "Reuters"),
        (f"Bridges mined\nBy AFP\n\n{BODY}", "Agence France-Presse"),
        (f"Bridges mined\n\nBy Jane Roe, Associated Press\n\n{BODY}", "Associated Press"),
        (f"Bridges mined\n\nJane Roe | AP\n{BODY}", "Associated Press"),
        (f"Bridges mined\n\nÉlodie du Roe | AP\n{BODY}", "Associated Press"),
        (f"{BODY}\n\nSource: Xinhua", "Xinhua"),
        (f"{BODY} — AFP", "Agence France-Presse"),
        (f"{BODY} (ANI)", "Asian News International"),
        (f"{BODY}\n(Reporting by Jane Roe; Editing by John Doe)", "Reuters"),
        (f"{BODY}\n\n© 2024 AFP", "Agence France-Presse"),
        (
            f"{BODY}\n\nCopyright 2025 The Associated Press. All rights reserved.",
            "Associated Press",
        ),
    ],
)
def test_find_credits_reads_the_agency_of_the_text(text, agency):
    (credit,) = find_credits(text)
    assert (credit.agency, credit.in_part) == (agency, False)


def test_find_credits_points_at_its_words():
    text = f"KYIV (AP) — {BODY}"
    (credit,) = find_credits(text)
    assert text[slice(*credit.words)] == "AP"


@pytest.mark.parametrize(
    "line",
    [
        "With Reuters",
        "With reporting by Reuters and AFP.",
        "Reuters contributed to this report.",
        "AFP and Reuters contributed to this article.",
    ],
)
def test_find_credits_tells_a_part_from_the_whole(line):
    found = find_credits(f"{BODY}\n\n{line}")
    assert "Reuters" in [credit.agency for credit in found]
    assert all(credit.in_part for credit in found)


@pytest.mark.parametrize(
    "text",
    [
        f"Bridges mined\n\nReuters\n\n{BODY}",
        f"Smoke over the river (Reuters)\n\n{BODY}",
        f"{BODY} He told Reuters so. AFP could not confirm it.",
        f"{BODY}\n\n(AP Photo/Jane Roe)",
        f"{BODY}\n\nThe mayor told this to a correspondent for Reuters.",
        f"{BODY}\n\nReporting by our own staff; editing by Kim.",
        f"{BODY}\n\nTop picture credit: Reuters",
    ],
)
def test_find_credits_passes_over_pictures_and_mentions(text):
    assert find_credits(text) == ()
