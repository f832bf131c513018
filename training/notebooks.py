"""Notebooks: the lessons of docs/notebooks, run in a clean folder and kept with what they show.

usage: python -m training.notebooks [NAME ...]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

import nbformat
from nbclient import NotebookClient

PROJECT = Path(__file__).parents[1]
NOTEBOOKS = PROJECT / "docs" / "notebooks"

#: Seconds that one cell may take.
_PATIENCE = 300

#: The forms in which something is shown, the best first; the others are not kept.
_FORMS = ("image/png", "text/html", "text/markdown", "text/plain")


def run_notebook(path: Path, place: Path, **kernel: Any) -> Any:
    """Return the notebook at `path` with what its cells show where there are the examples alone.

    Args:
        path: the notebook.
        place: a folder that stands for that of Tocsin.
        kernel: what starts the kernel beside that, such as `env`.

    Raises:
        CellExecutionError: a cell ends in an error.
    """
    here = place / "docs" / "notebooks"
    here.mkdir(parents=True)
    (place / "examples").symlink_to(PROJECT / "examples")
    notebook = nbformat.read(path, as_version=4)
    within = {"metadata": {"path": str(here)}}
    client = NotebookClient(notebook, timeout=_PATIENCE, coalesce_streams=True, resources=within)
    client.execute(**kernel)
    return _tidied(notebook)


def _tidied(notebook: Any) -> Any:
    """Return a notebook without what is of this run alone: times, versions, names of machines."""
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        cell.metadata = {}
        cell.id = str(number)
        for output in cell.get("outputs", ()):
            if "data" in output:
                best = next(form for form in _FORMS if form in output.data)
                output.data, output.metadata = {best: output.data[best]}, {}
    return notebook


def words_shown(notebook: Any) -> list[str]:
    """Return what the cells show on purpose, as far as it is words.

    Pictures differ with the fonts, and what goes to standard error with the machine.
    """
    outputs = [each for cell in notebook.cells for each in cell.get("outputs", ())]
    printed = [each for each in outputs if each.get("name") != "stderr"]
    data = ({"text/plain": each.text} if "text" in each else each.data for each in printed)
    return [words for each in data for form, words in each.items() if form != "image/png"]


def _keep(name: str) -> None:
    path = NOTEBOOKS / f"{name}.ipynb"
    with tempfile.TemporaryDirectory() as place:
        nbformat.write(run_notebook(path, Path(place)), path)


if __name__ == "__main__":
    for each in sys.argv[1:] or sorted(path.stem for path in NOTEBOOKS.glob("*.ipynb")):
        _keep(each)
