"""Site: what the pages of docs/ need to stand on a site of their own; `mkdocs.yml` calls it."""

from __future__ import annotations

import re

#: A link out of docs/, into the sources: its words, and the file from the root of the repository.
_OUT_OF_DOCS = re.compile(r"\[([^\]]+)\]\((?:\.\./)+([^)#]+)(?:#[^)]*)?\)")

#: The language of a block of code, and words to tests behind it, with which the site takes neither.
_LANGUAGE = re.compile(r"^(```\w+) .+$", re.MULTILINE)


def on_page_markdown(markdown: str, **_: object) -> str:
    """Return a page as the site can show it.

    Links into the sources, which the site lacks, name the file instead.
    """
    return _OUT_OF_DOCS.sub(r"\1 (`\2`)", _LANGUAGE.sub(r"\1", markdown))
