import pytest

from tocsin.spans import holds


@pytest.mark.parametrize(
    ("inner", "held"), [((2, 5), True), ((3, 3), True), ((4, 6), False), ((1, 3), False)]
)
def test_holds_wants_all_of_the_inner_span_in_one(inner, held):
    assert holds([(2, 5), (5, 6)], inner) is held
