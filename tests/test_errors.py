import pickle
import re

from tocsin import errors
from tocsin.errors import InputError, LanguageError, TocsinError


def subclasses(kind):
    return {kind.__name__} | {name for sub in kind.__subclasses__() for name in subclasses(sub)}


def test_docstring_draws_the_whole_tree():
    drawn = set(re.findall(r"\b[A-Z]\w+(?:Error|Understood)\b", errors.__doc__))
    assert drawn == subclasses(TocsinError)


def test_docstring_gives_the_exit_codes():
    codes = dict(re.findall(r"── (\w+) +exit code (\d)", errors.__doc__))
    assert len(codes) == 7
    for name, code in codes.items():
        assert getattr(errors, name).exit_code == int(code)


def test_message_says_what_value_expected_and_advice():
    error = InputError("it is wrong", value="x", expected="y", advice="Do z.")
    assert str(error) == "it is wrong: x; expected y. Do z."
    assert (error.what, error.value, error.expected) == ("it is wrong", "x", "y")


def test_message_shows_no_control_characters():
    assert "\x1b" not in str(InputError("wrong", value="\x1b[31mred\x07"))


def test_message_shortens_a_long_value():
    assert len(str(InputError("wrong", value="x" * 9999))) < 200


def test_error_crosses_processes_as_it_is():
    error = LanguageError("not English", value="x", expected="English", language="fr")
    crossed = pickle.loads(pickle.dumps(error))
    assert type(crossed) is LanguageError
    assert (str(crossed), crossed.language, crossed.value) == (str(error), "fr", "x")


def test_a_value_that_is_long_keeps_both_ends():
    told = str(TocsinError("too long", value="/a" + "/folder" * 30 + "/news.csv#2"))
    assert told.startswith("too long: /a/folder")
    assert told.endswith("/news.csv#2.")
    assert len(told) < 100
