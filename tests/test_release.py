"""What a release is made of: both files and their sizes, extras, the papers beside them."""

import re
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest

from benchmarks import release
from tocsin.publish.doctor import EXTRAS

PROJECT = Path(__file__).parents[1]
ABOUT = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
CITATION = (PROJECT / "CITATION.cff").read_text(encoding="utf-8")
INSTALL = (PROJECT / "docs/install.md").read_text(encoding="utf-8")


def cited(key):
    return re.search(rf"^{key}: (.+)$", CITATION, re.M)[1]


# --------------------------------------------------------------------------- papers


def test_release_names_the_pythons_that_it_is_tried_on():
    named = [each.rpartition(" ")[2] for each in ABOUT["classifiers"] if ":: 3." in each]
    assert tuple(named) == release.PYTHONS
    assert ABOUT["requires-python"] == f">={release.PYTHONS[0]}"


def test_changelog_begins_with_this_version_and_its_day():
    changes = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+) \((\S+)\)\n\n\*\*What breaks\*\*", changes, re.M)
    assert first.groups() == (ABOUT["version"], cited("date-released"))


def test_citation_is_of_this_version():
    assert cited("version") == ABOUT["version"]
    assert cited("license") == ABOUT["license"]
    assert re.findall(r"^  - (.+)$", CITATION.partition("keywords:")[2], re.M) == ABOUT["keywords"]
    names = re.findall(r"^  - name: (.+)$", CITATION, re.M)
    assert names == [each["name"] for each in ABOUT["authors"]]


def test_citation_has_what_its_format_requires():
    keys = re.findall(r"^([a-z-]+):", CITATION, re.M)
    assert len(keys) == len(set(keys))
    assert {"authors", "cff-version", "message", "title"} <= set(keys)


def test_page_tells_the_bounds():
    rows = re.findall(r"^\| ([a-z ]+) \| [\d to]+ \| (\d+) \|$", INSTALL, re.M)
    assert {what: int(most) for what, most in rows} == release.MOST


def test_page_lists_the_extras():
    assert tuple(re.findall(r"^\| `(\w+)` \|", INSTALL, re.M)) == EXTRAS


def test_page_names_this_version():
    assert set(re.findall(r"tocsin-(\d[\d.]*)-py3", INSTALL)) == {ABOUT["version"]}


# --------------------------------------------------------------------------- make, extras


def made(target):
    """Return what `make` would do in an environment that is there."""
    words = ["make", "--dry-run", "--no-print-directory", "--assume-old=.venv/run", target]
    return subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=True).stdout


def test_demo_leads_to_the_desk_and_serves_nothing():
    assert "make desk" in made("demo").splitlines()[-1]
    assert "tocsin desk" not in made("demo")


@pytest.mark.parametrize("command", ["desk", "mcp"])
def test_command_says_that_what_it_needs_is_an_extra(command, tmp_path):
    code = "import sys; sys.modules['uvicorn'] = None; from tocsin.cli import main; main()"
    words = [sys.executable, "-c", code, command, "--store", tmp_path]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 2
    assert "uvicorn is not installed: pip install 'tocsin[desk]'" in done.stderr


# --------------------------------------------------------------------------- wheel and sdist


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build both; return their paths."""
    return release.build(tmp_path_factory.mktemp("dist"))


@pytest.mark.slow
def test_wheel_holds_every_file_of_the_package(built):
    there = (path for path in (PROJECT / "src").rglob("*") if path.is_file())
    wanted = {str(path.relative_to(PROJECT / "src")) for path in there if path.suffix != ".pyc"}
    with zipfile.ZipFile(built[0]) as wheel:
        packed = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert packed == wanted
    assert {
        *("tocsin/py.typed", "tocsin/models/weights/reader.onnx", "tocsin/lexicons/acts.tsv"),
        *("tocsin/reference/data/tenures.tsv", "tocsin/publish/templates/sitrep.html.jinja"),
        *("tocsin/store/schema.sql", "tocsin/publish/desk/static/vendor/d3.min.js"),
    } <= packed


@pytest.mark.slow
def test_sdist_holds_what_tests_and_make_need(built):
    with tarfile.open(built[1]) as sdist:
        packed = {name.partition("/")[2] for name in sdist.getnames()}
    rooms = {name.partition("/")[0] for name in packed}
    assert {"Makefile", "src", "tests", "examples", "docs", "benchmarks", "training"} <= rooms
    assert {"requirements/run.txt", "CHANGELOG.md", "SECURITY.md", "CITATION.cff"} <= packed
    assert not {name for name in rooms if name.startswith(".") and name != ".gitignore"}


@pytest.mark.slow
def test_files_are_within_their_bounds(built):
    wheel, sdist = map(release.megabytes, built)
    assert wheel <= release.MOST["wheel"]
    assert sdist <= release.MOST["sdist"]
