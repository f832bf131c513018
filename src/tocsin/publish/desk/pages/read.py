"""Read: an article that a visitor gives, and its sitrep; kept in the store only where asked.

What was given is remembered byte for byte for a while, so that what is kept is what was shown.
Nothing is fetched: an address only says where the article comes from.
"""

from __future__ import annotations

import re
from http import HTTPStatus

from fastapi import APIRouter, Request
from starlette.datastructures import FormData, UploadFile
from starlette.responses import HTMLResponse, RedirectResponse, Response

from tocsin.addresses import host_of
from tocsin.articles.items import Item, outlet_of
from tocsin.articles.markdown import FRONT_MATTER
from tocsin.corpus.keep import keep_report
from tocsin.errors import TocsinError, ValueNotUnderstood
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import links
from tocsin.publish.desk.forms import Form
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.article import add_pages, look_at_report, show_article
from tocsin.publish.desk.pages.looked import Looked
from tocsin.publish.desk.problems import problem_of
from tocsin.store.asked import read_day

router = APIRouter(include_in_schema=False)

#: What is pasted has no name; this tells it from files, as for a text given to `tocsin.read`.
_PASTED = "text"

#: Seconds that a visitor waits for another writer of the store.
WAIT = 5.0

#: What a visitor may say of the article.
_BESIDE = ("title", "day", "outlet", "url")


@router.get("/read", name="read")
def ask(request: Request) -> HTMLResponse:
    """Return the page on which an article is pasted or dropped."""
    return _ask(request, FormData())


@router.post("/read")
def read(request: Request, form: Form) -> Response:
    """Read what was given and lead to its report; where that is refused, say why beside it."""
    desk = desk_of(request)
    try:
        item = _item(form)
        report = desk.report_on(item)
    except TocsinError as error:  # what was pasted stays in the field
        return _ask(request, form, error)
    key = desk.given.put(item, report)
    return RedirectResponse(links.to_reading(key), HTTPStatus.SEE_OTHER)


def _ask(request: Request, form: FormData, refused: TocsinError | None = None) -> HTMLResponse:
    context = {
        "title": "Read an article",
        "given": {name: _words(form, name) for name in ("text", *_BESIDE)},
        "refused": refused and str(refused),
        "most": desk_of(request).settings.max_bytes,
    }
    status = problem_of(refused).status if refused else HTTPStatus.OK
    return render(request, "read.html.jinja", context, status=status)


def _item(form: FormData) -> Item:
    """Return what was given to be read: a file, byte for byte, or pasted text.

    Browsers send the line breaks of a field as CR LF; in the field they are LF.  Pasted text with
    front matter is Markdown.
    """
    text = _words(form, "text").replace("\r\n", "\n")
    name, body = _PASTED, text.encode("utf-8", "replace")
    media_type: str | None = "text/markdown" if FRONT_MATTER.match(text) else "text/plain"
    file = form.get("file")
    if isinstance(file, UploadFile) and file.filename:
        if text.strip():
            raise refusal(ValueNotUnderstood, "two_articles", file.filename)
        name, body = re.split(r"[\\/]", file.filename)[-1] or _PASTED, file.file.read()
        media_type = None
    title, day, outlet, url = (_words(form, each).strip() for each in _BESIDE)
    if url and not host_of(url):
        raise refusal(ValueNotUnderstood, "no_web_address", url)
    return Item(
        origin=name,
        name=name,
        body=body,
        media_type=media_type,
        title=title or None,
        outlet=outlet_of(outlet or None),
        url=url or None,
        published=read_day("day", day) if day else None,
        published_from="given" if day else None,
    )


def _words(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _look_at(request: Request, key: str) -> Looked:
    report = desk_of(request).given.get(key).report
    return look_at_report(request, report, links.to_reading(key))


def _show(request: Request, looked: Looked) -> HTMLResponse:
    prints = looked.around.prints.get(looked.report.article.text_id, ())
    kept = any(each.id == looked.report.article.id for each in prints)
    return show_article(request, looked, "reading.html.jinja", kept=kept)


add_pages(router, "/read/{key}", _look_at, _show)


@router.post("/read/{key}/keep")
def keep(request: Request, key: str) -> Response:
    """Keep in the store what was read, and lead to its article."""
    desk = desk_of(request)
    found = desk.given.get(key)
    keep_report(desk.folder, found.item, found.report, wait=WAIT)
    return RedirectResponse(links.to_article(found.report.article.id), HTTPStatus.SEE_OTHER)
