"""Assets: style sheets, scripts and vendored libraries, each served under the digest of its bytes.

A browser may keep them for ever, since a changed file has another address.
"""

from __future__ import annotations

import hashlib
import mimetypes
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from fastapi import APIRouter
from starlette.responses import Response

from tocsin.errors import NotThereError

router = APIRouter(include_in_schema=False)

_FOREVER = "public, max-age=31536000, immutable"


@cache
def _found() -> dict[str, Traversable]:
    """Return every asset by its name: style sheets that all pages share, and the desk's own."""
    publish = files("tocsin.publish")
    shared = (each for each in (publish / "templates").iterdir() if each.name.endswith(".css"))
    return {each.name: each for each in (*shared, *_files(publish / "desk" / "static"))}


def _files(folder: Traversable) -> list[Traversable]:
    inside = list(folder.iterdir())
    below = [found for each in inside if each.is_dir() for found in _files(each)]
    return [each for each in inside if each.is_file()] + below


@cache
def _read(name: str) -> tuple[bytes, str]:
    data = _found()[name].read_bytes()
    return data, hashlib.sha256(data).hexdigest()[:16]


def asset(name: str) -> str:
    """Return the address of the asset with this name; there must be one."""
    return f"/static/{_read(name)[1]}/{name}"


@router.get("/static/{digest}/{name}")
def serve(digest: str, name: str) -> Response:
    """Return the asset with this name, if it is the one of this digest."""
    if name not in _found() or digest != _read(name)[1]:
        raise NotThereError("there is no such file", value=name)
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    return Response(_read(name)[0], media_type=kind, headers={"cache-control": _FOREVER})
