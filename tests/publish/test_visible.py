"""Characters that steer a terminal or mislead the eye."""

import pytest

from tocsin.publish.visible import in_quotation_marks, on_one_line, shortened, visible


@pytest.mark.parametrize(
    ("harmful", "shown"),
    [
        ("\x1b[31mred", "[U+001B][31mred"),
        ("\u202etxt.exe", "[U+202E]txt.exe"),
        ("a\u2066b\u2069", "a[U+2066]b[U+2069]"),
        ("\x07bell", "[U+0007]bell"),
        ("\x9b1m", "[U+009B]1m"),
        ("half \ud83d", "half [U+D83D]"),
        ("hidden\U000e0041", "hidden[U+E0041]"),
        ("hidden\U000e0110", "hidden[U+E0110]"),
        ("fill\u3164er", "fill[U+3164]er"),
    ],
)
def test_visible_shows_harmful_characters_as_code_points(harmful, shown):
    assert visible(harmful) == shown


@pytest.mark.parametrize(
    "harmless", ["hy\u00adphen", "می‌خواهم", "👩‍🚀", "“Київ”", "東京", "a\tb\nc"]
)
def test_visible_leaves_ordinary_text_alone(harmless):
    assert visible(harmless) == harmless


def test_on_one_line_makes_one_line_of_many():
    assert on_one_line("one\r\n two\u2028three\n\nfour") == "one two three four"


def test_shortened_keeps_both_ends():
    text = "beginning " + "middle " * 100 + "end"
    short = shortened(text, 60)
    assert len(short) <= 60
    assert short.startswith("beginning")
    assert short.endswith("end")


def test_in_quotation_marks_does_not_quote_twice():
    assert in_quotation_marks("“No,”") == "“No,”"
    assert in_quotation_marks("no") == "“no”"
