"""What a speed is said of: see `benchmarks.speed`."""

import pytest

from benchmarks.speed import Contestant, describe_processor, without_breaks

NAMED = "processor\t: 0\nmodel name\t: Quartz 9\nflags\t\t: fpu {flags}\n"


@pytest.mark.parametrize(
    ("flags", "has"),
    [
        ("avx2 avx512_vnni", "with AVX2, with AVX-512-VNNI"),
        ("avx2 avx_vnni", "with AVX2, without AVX-512-VNNI"),
        ("sse", "without AVX2, without AVX-512-VNNI"),
    ],
)
def test_processor_is_named_with_what_it_has(flags, has):
    assert describe_processor(NAMED.format(flags=flags)) == f"Quartz 9 ({has})"


@pytest.mark.parametrize("cpuinfo", ["", "processor : 0\nFeatures : fp asimd\n"])
def test_processor_that_does_not_say_is_unknown(cpuinfo):
    assert "unknown" in describe_processor(cpuinfo)


def test_texts_without_breaks_are_one_paragraph():
    assert without_breaks("One.\n\nTwo\nthree.") == "One.  Two three."


def test_errors_of_a_contestant_are_counted():
    contestant = Contestant("odd", lambda text: len(text) % 2 == 1)
    for text in ("a", "ab", "abcd"):
        contestant.take(text)
    assert contestant.errors == 2
