"""PDFs written by hand: lines of Helvetica on pages, and nothing else."""

from __future__ import annotations

from collections.abc import Sequence


def make_pdf(*pages: Sequence[str], info: str = "") -> bytes:
    """Make a PDF of pages, each given as its lines; `info` is what it says of itself."""
    return pdf_of([draw(lines) for lines in pages], info=info)


def draw(lines: Sequence[str]) -> bytes:
    """Return what writes lines on a page."""
    shown = (line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)") for line in lines)
    words = " ".join(f"({line}) Tj T*" for line in shown)
    return f"BT /F1 11 Tf 14 TL 60 780 Td {words} ET".encode("cp1252")


def pdf_of(contents: Sequence[bytes], *, info: str = "", form: str = "") -> bytes:
    """Make a PDF of pages whose content is given; `form` says how it is packed."""
    kids = " ".join(f"{4 + 2 * number} 0 R" for number in range(len(contents)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(contents)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
    ]
    for number, content in enumerate(contents):
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R "
            b"/Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        head = f"<< /Length {len(content)} {form} >>\nstream\n".encode()
        objects.append(head + content + b"\nendstream")
    objects.append(f"<< {info} >>".encode())
    return _written(objects)


def _written(objects: Sequence[bytes]) -> bytes:
    body, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n" % number + each + b"\nendobj\n"
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return (
        body
        + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
        + table
        + b"trailer\n<< /Size %d /Root 1 0 R /Info %d 0 R >>\n" % (len(objects) + 1, len(objects))
        + b"startxref\n%d\n%%%%EOF\n" % len(body)
    )
