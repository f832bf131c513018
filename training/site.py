"""Site: what the pages of docs/ need to stand on a site of their own; `mkdocs.yml` calls it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

#: The language of a block of code, and words to tests behind it, with which the site takes neither.
_LANGUAGE = re.compile(r"^(```\w+) .+$", re.MULTILINE)

#: Under the title of a page that is made of a notebook.
_OF_NOTEBOOK = 'This page is a notebook: <a href="{name}" download>download it</a>.'


def on_files(files: Any, *, config: Any, **_: object) -> Any:
    """Add a page for each notebook, which itself stays there to be downloaded."""
    from mkdocs.structure.files import File

    for file in [each for each in files if each.src_uri.endswith(".ipynb")]:
        shown = markdown_of(Path(file.abs_src_path))
        files.append(File.generated(config, _as_page(file.src_uri), content=shown))
    return files


def on_page_markdown(markdown: str, *, page: Any, **_: object) -> str:
    """Return a page as the site can show it.

    Links to notebooks lead to their pages; links into the sources, which the site lacks, name the
    file instead.
    """
    up = r"\.\./" * (page.file.src_uri.count("/") + 1)  # as many as lead out of docs/
    out = rf"\[([^\]]+)\]\({up}([^)#]+)(?:#[^)]*)?\)"
    shown = re.sub(out, r"\1 (`\2`)", _LANGUAGE.sub(r"\1", markdown))
    return re.sub(r"(?<=\]\()[^):]+\.ipynb(?=[#)])", lambda link: _as_page(link[0]), shown)


def _as_page(notebook: str) -> str:
    return notebook.removesuffix(".ipynb") + ".md"


def markdown_of(path: Path) -> str:
    """Return a notebook as Markdown: its words, its code, and what that showed when it was run."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    title, *rest = (part for cell in cells for part in _parts(cell))
    return "\n\n".join((title, _OF_NOTEBOOK.format(name=path.name), *rest)) + "\n"


def _parts(cell: Mapping[str, Any]) -> Iterator[str]:
    source = "".join(cell["source"])
    if cell["cell_type"] == "markdown":
        yield source
        return
    yield f"```python\n{source}\n```"
    for output in cell["outputs"]:
        yield _shown(output.get("data") or {"text/plain": output["text"]})


def _shown(data: Mapping[str, Any]) -> str:
    """Return the best that there is of one output."""
    if "image/png" in data:
        return f'<img alt="" src="data:image/png;base64,{"".join(data["image/png"]).strip()}">'
    if "text/html" in data:
        return f"<div>\n{re.sub(r'<table[^>]*>', '<table>', ''.join(data['text/html']))}\n</div>"
    if "text/markdown" in data:
        return "".join(data["text/markdown"])
    return f"```text\n{''.join(data['text/plain']).rstrip()}\n```"
