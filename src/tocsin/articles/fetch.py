"""A page from the network, only when the user asks for it."""

from __future__ import annotations

import http.client
import re
import urllib.error
import urllib.request

from tocsin.errors import FetchError, TooLargeError

_ADDRESS = re.compile(r"https?://", re.I)
_SECONDS = 20


def is_address(origin: str) -> bool:
    """Say whether `origin` is a web address rather than a path."""
    return bool(_ADDRESS.match(origin))


def fetch_page(address: str, *, limit: int, allowed: bool) -> bytes:
    """Return the body at `address`, at most `limit` bytes.

    Raises:
        FetchError: fetching is not allowed, or failed.
        TooLargeError: the page is larger than `limit`.
    """
    if not allowed:
        raise FetchError(
            "an address is not fetched unless you say so",
            value=address,
            expected="--fetch",
            advice="Add --fetch to let Tocsin use the network for this, or save the page first.",
        )
    request = urllib.request.Request(  # noqa: S310 - is_address let only http and https through
        address, headers={"User-Agent": "tocsin (news analysis; reads one page on request)"}
    )
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as reply:  # noqa: S310
            raw: bytes = reply.read(limit + 1)
    except (OSError, ValueError, urllib.error.URLError, http.client.HTTPException) as error:
        raise FetchError(
            f"the page could not be fetched ({error})",
            value=address,
            advice="Check the address and the network, or save the page and read the file.",
        ) from None
    if len(raw) > limit:
        raise TooLargeError(
            "the page is too large",
            value=address,
            expected=f"at most {limit:,} bytes",
            advice="Set TOCSIN_MAX_BYTES to read larger pages.",
        )
    return raw
