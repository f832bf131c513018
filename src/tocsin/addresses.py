"""Web addresses: which host one is on."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import urlsplit


@lru_cache(maxsize=4_096)
def host_of(url: str | None) -> str | None:
    """Return the host of a web address, in small letters and without "www."; else None."""
    try:
        parts = urlsplit(url or "")
        host = parts.hostname if parts.scheme in ("http", "https") else None
    except ValueError:  # "http://[": no address
        return None
    return host.removeprefix("www.") or None if host else None
