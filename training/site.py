"""Site: what the pages of docs/ need to stand on a site of their own; `mkdocs.yml` calls it."""

from __future__ import annotations

import re
from typing import Any

#: The language of a block of code, and words to tests behind it, with which the site takes neither.
_LANGUAGE = re.compile(r"^(```\w+) .+$", re.MULTILINE)


def on_page_markdown(markdown: str, *, page: Any, **_: object) -> str:
    """Return a page as the site can show it.

    Links into the sources, which the site lacks, name the file instead.
    """
    up = r"\.\./" * (page.file.src_uri.count("/") + 1)  # as many as lead out of docs/
    out = rf"\[([^\]]+)\]\({up}([^)#]+)(?:#[^)]*)?\)"
    return re.sub(out, r"\1 (`\2`)", _LANGUAGE.sub(r"\1", markdown))
