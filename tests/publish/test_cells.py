"""What a spreadsheet would calculate becomes text; everything else stays as it is."""

import pytest

from tocsin.publish.cells import defuse


@pytest.mark.parametrize(
    "text",
    [
        '=HYPERLINK("http://example.org")',
        "+cmd|' /C calc'!A0",
        "-2+3+cmd",
        "@SUM(1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "\rplain",
        "  =1+1",
        '"=1+1',
        "'=1",
        ' "" =1',
        "＝1+1",
        "＋1",
        "－1",
        "＠x",
        "\u200b=1",
        "\ufeff=1",
        "\u00a0=1",
        "“=1”",
    ],
)
def test_defuse_puts_an_apostrophe_before_a_formula(text):
    assert defuse(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["", "plain", "-9.5", "+12", "1e6", "a=b", "3-4 people", "“We will act,” he said", "–"]
)
def test_defuse_leaves_text_and_numbers_alone(text):
    assert defuse(text) == text


def test_defusing_twice_changes_nothing_in_what_is_calculated():
    assert defuse(defuse("=1"))[0] == "'"
