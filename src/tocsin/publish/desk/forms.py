"""Forms: what a visitor sends by a form of the desk, in UTF-8 as all its pages are."""

from __future__ import annotations

from collections.abc import AsyncIterator
from email.message import Message
from typing import Annotated

from fastapi import Depends, Request
from starlette.datastructures import FormData

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.frame import desk_of

#: Fields of a form, and files; the form to correct a record has some twenty fields.
_FIELDS, _FILES = 64, 1


async def _read(request: Request) -> AsyncIterator[FormData]:
    """Yield the fields that were sent, each as long as a request may be.

    Raises:
        ValueNotUnderstood: they are in another encoding: some of these decode to what cannot be
            written again, and no browser asks for one.
    """
    given = Message()
    given["content-type"] = request.headers.get("content-type", "")
    if (charset := given.get_content_charset("utf-8")) != "utf-8":
        raise refusal(ValueNotUnderstood, "form_not_utf8", charset)
    most = desk_of(request).settings.max_bytes
    async with request.form(max_files=_FILES, max_fields=_FIELDS, max_part_size=most) as form:
        yield form


Form = Annotated[FormData, Depends(_read)]
