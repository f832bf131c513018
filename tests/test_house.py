"""The size and the names of the package: what keeps it a house in which things are found."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from tocsin import records

SOURCES = Path(__file__).parents[1] / "src"
MODULES = {
    str(path.relative_to(SOURCES)): path.read_text(encoding="utf-8")
    for path in sorted(SOURCES.rglob("*.py"))
}
HOMES_OF_RECORDS = ("tocsin/records.py", "tocsin/vocabulary.py")
RECORDS = {name for name, each in vars(records).items() if isinstance(each, type)}

MOST_LINES, MOST_LINES_OF_A_MODULE = 57_483, 600

#: What makes records of a text: the rooms, and how many lines they may have together.
FINDING = ("tocsin/extract/", "tocsin/models/", "tocsin/pipeline.py")
MOST_LINES_OF_FINDING = 9_500

#: Names of the attributes that hold labels of the parse, and the rooms that may name them.
PARSE_LABEL = re.compile(r"\.(?:dep|pos|tag)_\b")
ROOMS_OF_GRAMMAR = ("tocsin/extract/grammar/", "tocsin/extract/mentions/")
MOST_MODULES_OF_GRAMMAR = 12

MOST_PATHS = 20


def test_package_has_no_more_lines_than_it_may():
    assert sum(len(code.splitlines()) for code in MODULES.values()) <= MOST_LINES


def test_what_makes_records_of_a_text_has_no_more_lines_than_it_may():
    rooms = (code for name, code in MODULES.items() if name.startswith(FINDING))
    assert sum(len(code.splitlines()) for code in rooms) <= MOST_LINES_OF_FINDING


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
    assert [each for each in shadows if each[0] not in HOMES_OF_RECORDS] == []


def test_every_module_says_first_what_it_is():
    said = {name: ast.get_docstring(ast.parse(code)) or "" for name, code in MODULES.items()}
    assert [name for name, words in said.items() if not words.strip()] == []
    assert [name for name, words in said.items() if words.startswith(("What ", "How "))] == []


def test_only_the_rooms_of_grammar_name_labels_of_the_parse():
    named = {name for name, code in MODULES.items() if PARSE_LABEL.search(code)}
    assert {name for name in named if not name.startswith(ROOMS_OF_GRAMMAR)} == set()
    assert len(named) <= MOST_MODULES_OF_GRAMMAR


Function = ast.FunctionDef | ast.AsyncFunctionDef
NAMED = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def functions_of(node: ast.AST, within: str = "") -> Iterator[tuple[str, Function]]:
    """Yield every function below `node`, methods and nested ones too, with its dotted name."""
    for child in ast.iter_child_nodes(node):
        name = f"{within}{child.name}" if isinstance(child, NAMED) else within
        if isinstance(child, Function):
            yield name, child
        yield from functions_of(child, f"{name}." if isinstance(child, NAMED) else within)


def paths_through(function: Function) -> int:
    """Return McCabe's cyclomatic number, without that of the functions nested in it.

    One, and one more for each `if`, loop, handler, ternary, `and` or `or`, `for` and `if` of a
    comprehension, and case that is no wildcard: as radon counts, without `assert` and `else`.
    """
    number, todo = 1, list(ast.iter_child_nodes(function))
    while todo:
        node = todo.pop()
        if not isinstance(node, NAMED):
            number += branches_at(node)
            todo.extend(ast.iter_child_nodes(node))
    return number


def branches_at(node: ast.AST) -> int:
    match node:
        case ast.If() | ast.IfExp() | ast.For() | ast.AsyncFor() | ast.While():
            return 1
        case ast.ExceptHandler():
            return 1
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.match_case():
            return not (isinstance(node.pattern, ast.MatchAs) and node.pattern.pattern is None)
    return 0


BEYOND = [
    (name, number)
    for code in MODULES.values()
    for name, function in functions_of(ast.parse(code))
    if (number := paths_through(function)) > MOST_PATHS
]


def test_no_function_has_more_paths_than_it_may():
    assert BEYOND == []


PATHS = """
def outer(a, b, *c):
    def inner(x):
        return x if x else None
    for each in c:
        if a and b or each:
            continue
    try:
        found = [x for x in c if x if x > a]
    except (ValueError, TypeError):
        found = []
    while found:
        match found.pop():
            case 1 | 2:
                return a
            case [x] if x:
                return x
            case other:
                inner(other)
"""


def test_paths_are_counted_as_mccabe_counts_them():
    counted = {name: paths_through(f) for name, f in functions_of(ast.parse(PATHS))}
    assert counted == {"outer": 12, "outer.inner": 2}
