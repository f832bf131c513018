"""Tutorials and tasks run as they are written, and what they show is what is printed."""

import re
from pathlib import Path

import pytest

from tests.commands import run_commands

PROJECT = Path(__file__).parents[2]
DOCS = PROJECT / "docs"
PAGES = [*sorted((DOCS / "tutorials").glob("*.md")), DOCS / "tasks.md"]


def squeezed(text):
    """Return a text with single blanks, as lines are broken otherwise on other screens."""
    return " ".join(text.split())


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_page_runs_and_prints_what_it_shows(page, tmp_path, monkeypatch, capsys):
    (tmp_path / "examples").symlink_to(PROJECT / "examples")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TOCSIN_DATA_DIR", str(tmp_path / "data"))
    printed, missing = "", []
    for language, code in re.findall(r"^```(\w*)\n(.*?)^```", page.read_text("utf-8"), re.S | re.M):
        if language == "text":
            missing += [line for line in code.splitlines() if squeezed(line) not in printed]
        elif language == "python":
            exec(compile(code, page.name, "exec"), {})
            printed = squeezed(capsys.readouterr().out)
        else:
            printed = squeezed(" ".join(run_commands(code, tmp_path)))
    assert missing == []
