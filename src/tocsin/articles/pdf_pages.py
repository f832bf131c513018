"""Pages of a PDF as text, extracted in a process of its own that has so much memory and time.

A PDF is a program of sorts, and who wrote it may mean harm: what it makes of the process that reads
it costs nobody else anything.  The process takes characters, seconds and bytes as its arguments and
a PDF on standard input, and answers with a JSON object, see `read_pages`.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import unicodedata
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pypdf import PdfReader

#: What the form feed between pages must not be taken for, and what is no character at all.
_STRANGE = str.maketrans({"\f": " ", "\v": " ", "\x00": None})
_LIGATURE = re.compile("[\ufb00-\ufb06]")
#: So many pages must there be for their heads and feet to be told from the text.
_SEVERAL = 3


def read_pages(raw: bytes, most: int) -> dict[str, Any]:
    """Return the "pages" of a PDF, or why it is "refused", and the day on which it was "made".

    No more pages are read once there are more than `most` characters.  It is refused as
    "encrypted", as taking "too much", or in words that say where it cannot be read.
    """
    from pypdf import PdfReader
    from pypdf.errors import DependencyError

    where, pages = "the document", list[str]()
    try:
        reader = PdfReader(BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            return {"refused": "encrypted"}
        for number, page in enumerate(reader.pages, 1):
            where = f"page {number}"
            pages.append(_plain(page.extract_text())[: most + 1])
            if sum(map(len, pages)) > most:
                break
    except MemoryError:
        return {"refused": "too much"}
    except DependencyError:  # it is encrypted in a way that needs another package
        return {"refused": "encrypted"}
    except Exception as error:  # whatever a broken document makes of the library
        return {"refused": f"{where}: {error or type(error).__name__}"}
    return {"pages": list(_without_running_heads(pages)), "made": _day_made(reader)}


def _plain(text: str) -> str:
    written_out = _LIGATURE.sub(lambda found: unicodedata.normalize("NFKC", found[0]), text)
    return written_out.translate(_STRANGE).encode("utf-8", "replace").decode("utf-8").strip("\n")


def _without_running_heads(pages: list[str]) -> Iterator[str]:
    """Yield the pages without the first and last line that most of them have, but for a number.

    Over such lines no sentence would go on to the next page.  The first page keeps its head.  Of
    a page of two lines neither is one: they may be all that it says.
    """
    masked = [[re.sub(r"\d+", "#", line.strip()) for line in page.split("\n")] for page in pages]
    whole = [lines for lines in masked if len(lines) > 2]
    edges = Counter(line for lines in whole for line in {lines[0], lines[-1]})
    running = {line for line, times in edges.items() if 2 * times > len(pages) >= _SEVERAL}
    for number, (page, lines) in enumerate(zip(pages, masked, strict=True)):
        head, foot = lines[0] in running, lines[-1] in running
        start, end = int(head and number > 0), len(lines) - foot
        yield "\n".join(page.split("\n")[start:end]) if len(lines) > 2 else page


def _day_made(reader: PdfReader) -> str | None:
    with suppress(Exception):  # it is anything, or nothing
        made = reader.metadata.creation_date if reader.metadata else None
        return made.date().isoformat() if made else None
    return None


def main() -> None:
    """Answer once, within the limits; where the system knows none, who asks must end it."""
    most, seconds, memory = map(int, sys.argv[1:])
    logging.disable()  # a broken page makes a line of each of its operators
    with suppress(ImportError):
        import resource

        for limit, number in ((resource.RLIMIT_CPU, seconds), (resource.RLIMIT_AS, memory)):
            with suppress(ValueError, OSError):  # there is a lower one already
                resource.setrlimit(limit, (number, number))
    json.dump(read_pages(sys.stdin.buffer.read(), most), sys.stdout)


if __name__ == "__main__":
    main()
