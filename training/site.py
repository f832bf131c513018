"""Site: what the pages of docs/ need to stand on a site of their own; `mkdocs.yml` calls it."""

from __future__ import annotations

import re

#: A link out of docs/, into the sources: its words, and the file from the root of the repository.
_OUT_OF_DOCS = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#]+)(?:#[^)]*)?\)")


def on_page_markdown(markdown: str, **_: object) -> str:
    """Return a page whose links into the sources, which the site lacks, name the file instead."""
    return _OUT_OF_DOCS.sub(r"\1 (`\2`)", markdown)
