"""Errors in the words of one table: rows and places that name them fit each other."""

import ast
from pathlib import Path
from string import Formatter

import tocsin
from tocsin.errors import InputError, TooLargeError
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_rows

PACKAGE = Path(tocsin.__file__).parent
ROWS = {
    key: cells for key, *cells in read_rows("lexicons/refusals.tsv", "key what expected advice")
}
CALLS = [
    node
    for path in sorted(PACKAGE.rglob("*.py"))
    if path.name != "refusals.py"
    for node in ast.walk(ast.parse(path.read_text("utf-8")))
    if isinstance(node, ast.Call) and ast.unparse(node.func) in ("refusal", "refusal_among")
]


def key_of(call):
    return ast.literal_eval(call.args[1])


def names_of(call):
    return {each.arg for each in call.keywords if each.arg}


def is_among(call):
    """Tell whether the call says what is known and what may be meant, if the row asks for it."""
    return ast.unparse(call.func) == "refusal_among"


def test_every_row_is_said_somewhere_and_nothing_else_is():
    assert {key_of(call) for call in CALLS} == set(ROWS)


def test_every_place_gives_the_names_that_its_row_has():
    asked = {
        key: {name for cell in cells for _, name, _, _ in Formatter().parse(cell) if name}
        for key, cells in ROWS.items()
    }
    whole = [call for call in CALLS if all(each.arg for each in call.keywords)]
    said = {key: names - {"known", "meant"} for key, names in asked.items()}
    given = [(key_of(call), names_of(call), said if is_among(call) else asked) for call in whole]
    assert [key for key, names, rows in given if names != rows[key]] == []


def test_refusal_says_what_value_expected_and_advice():
    error = refusal(TooLargeError, "input_too_large", "a.txt", most=2000)
    assert str(error) == (
        "the input is too large for one article: a.txt; expected at most 2,000 bytes. "
        "Set TOCSIN_MAX_BYTES to read larger files."
    )


def test_refusal_says_nothing_where_the_table_has_nothing():
    error = refusal(InputError, "no_such_field", "x", fields="a, b")
    assert (error.expected, error.advice) == ("one of a, b", "")


def test_refusal_takes_any_name_that_a_row_may_have():
    assert str(refusal(InputError, "not_an_object", "a#1", kind="int")) == (
        'this is a int, not an object: a#1; expected {"text": ...}.'
    )
