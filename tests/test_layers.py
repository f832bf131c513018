"""Which part may import which: the contracts in `pyproject.toml`, and no circles."""

import ast
import subprocess
import sys
import tomllib
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
SOURCES = PROJECT / "src"
CONTRACTS = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
    "importlinter"
]["contracts"]


def test_imports_point_the_way_the_data_flows():
    lint = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([lint], cwd=PROJECT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("library", "room"),
    [("spacy", "models"), ("thinc", "models"), ("onnxruntime", "models"), ("sqlite3", "store")],
)
def test_contract_that_keeps_a_library_in_one_room_names_all_others(library, room):
    [contract] = [each for each in CONTRACTS if library in each.get("forbidden_modules", ())]
    rooms = {f"tocsin.{path.stem}" for path in (SOURCES / "tocsin").glob("[!_]*")}
    assert {*contract["source_modules"]} == rooms - {f"tocsin.{room}", "tocsin.py"}


def test_nothing_is_let_through_a_contract_but_the_component_for_spacy():
    let_through = [each for one in CONTRACTS for each in one.get("ignore_imports", ())]
    assert let_through == ["tocsin.publish.in_spacy -> spacy"]


def _name(path):
    parts = path.relative_to(SOURCES).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(code, modules):
    """Return which of `modules` are imported anywhere in `code`, for types or at a call too."""
    found = set()
    for each in ast.walk(ast.parse(code)):
        if isinstance(each, ast.Import):
            found.update(alias.name for alias in each.names)
        elif isinstance(each, ast.ImportFrom):
            inside = {f"{each.module}.{alias.name}" for alias in each.names}
            found.update(inside & modules or {each.module})
    return found & modules


def _find_circle(codes):
    """Return modules of which each imports the next, the last the first; none: empty."""
    imports = {name: _imported(code, {*codes}) - {name} for name, code in codes.items()}
    try:
        TopologicalSorter(imports).prepare()
    except CycleError as error:
        return error.args[1]
    return []


def test_no_module_imports_itself_by_way_of_others():
    codes = {_name(path): path.read_text(encoding="utf-8") for path in SOURCES.rglob("*.py")}
    assert _find_circle(codes) == []


@pytest.mark.parametrize(
    "code",
    [
        "from a import thing",
        "import a",
        "def later():\n    import a",
        "if TYPE_CHECKING:\n    from a import thing",
    ],
)
def test_circle_is_found_wherever_the_import_stands(code):
    assert _find_circle({"a": "from b import other", "b": code})
