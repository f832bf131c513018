import pytest

from tocsin.publish.wording import count_words
from tocsin.records import Count


@pytest.mark.parametrize(
    ("low", "high", "words"),
    [
        (12, 12, "12"),
        (12, None, "at least 12"),
        (None, 20, "at most 20"),
        (1000, 3000, "1,000 to 3,000"),
    ],
)
def test_count_words_says_how_exact_a_number_is(low, high, words):
    assert count_words(Count(kind="dead", low=low, high=high, words=(0, 1))) == words
