"""Two clauses side by side, as headlines have them: what one says, the other does not say."""

import pytest

from tocsin.extract.speech.attribution import find_statements
from tocsin.records import Article, Stance


@pytest.fixture
def statements_of(models):
    def find(text):
        return list(find_statements(models.read(text), Article(id="a", text=text), (), None))

    return find


def test_find_statements_takes_no_clause_beside_a_denial_for_what_is_denied(statements_of):
    text = "Thailand shells Cambodian village, Bangkok denies firing first"
    denied = [s for s in statements_of(text) if s.stance is Stance.DENIES]
    assert [text[slice(*words)] for s in denied for words in s.content] == ["firing first"]
