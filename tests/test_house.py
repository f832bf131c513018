"""The size and the names of the package: what keeps it a house in which things are found."""

import ast
from pathlib import Path

from tocsin import records

SOURCES = Path(__file__).parents[1] / "src"
MODULES = {
    str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8")
    for path in sorted(SOURCES.rglob("*.py"))
}
RECORDS = {name for name, each in vars(records).items() if isinstance(each, type)}

MOST_LINES, MOST_LINES_OF_A_MODULE = 33_000, 600


def test_package_has_no_more_lines_than_it_may():
    assert sum(len(code.splitlines()) for code in MODULES.values()) <= MOST_LINES


def test_no_module_is_longer_than_it_may_be():
    lengths = {name: len(code.splitlines()) for name, code in MODULES.items()}
    assert {name: n for name, n in lengths.items() if n > MOST_LINES_OF_A_MODULE} == {}


def test_no_class_has_the_name_of_a_record():
    shadows = [
        (name, node.name)
        for name, code in MODULES.items()
        for node in ast.walk(ast.parse(code))
        if isinstance(node, ast.ClassDef) and node.name in RECORDS
    ]
    assert [each for each in shadows if each[0] != "tocsin/records.py"] == []


def test_every_module_says_first_what_it_is():
    said = {name: ast.get_docstring(ast.parse(code)) or "" for name, code in MODULES.items()}
    assert [name for name, words in said.items() if not words.strip()] == []
    assert [name for name, words in said.items() if words.startswith(("What ", "How "))] == []
