"""Article: a text with its records in place, a panel for the chosen one, and why it was read so.

An address chooses a record (`?record=ID`) or words (`?words=START-END`).  Scripts ask for the same
addresses and get the panel alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.articles.markdown import end_of_front_matter
from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk import links
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.judging import judge_of, said_of
from tocsin.publish.desk.latest import State, state_of
from tocsin.publish.desk.pages.looked import Looked
from tocsin.publish.desk.pages.record import Chosen, choose
from tocsin.publish.html import mark_article, sections_of
from tocsin.records import Report, Span
from tocsin.store.handle import Store

router = APIRouter(include_in_schema=False)

#: What scripts of the desk send to get a part of a page.
_PART = "x-part"


def show_article(
    request: Request, looked: Looked, template: str = "article.html.jinja", **beside: Any
) -> HTMLResponse:
    """Return the page of an article, or the panel alone where a script asks for that."""
    record, words = map(request.query_params.get, ("record", "words"))
    asked = bool(record or words)
    chosen = _chosen(looked, record, words) if asked else None
    context: dict[str, Any] = {"chosen": chosen, "asked": asked, "looked": looked, **beside}
    if _PART in request.headers:
        return render(request, "record.html.jinja", context)
    article, sitrep = looked.report.article, looked.sitrep
    marked = mark_article(
        looked.report,
        sitrep,
        lambda quote: looked.to_words(quote.key),
        chosen.spans if chosen else (),
    )
    end = end_of_front_matter(article)
    front = [pieces for pieces in marked if pieces[0].segment.start < end]
    context |= {
        **sections_of(sitrep),
        "title": sitrep.title,
        "others": [p for p in looked.around.prints.get(article.text_id, ()) if p.id != article.id],
        "front": [(pieces, ()) for pieces in front],
        "paragraphs": [(pieces, ()) for pieces in marked[len(front) :]],
    }
    return render(request, template, context)


def _show_kept(request: Request, looked: Looked) -> HTMLResponse:
    """Return the page of an article of the store, whose records can be judged."""
    said = partial(said_of, desk_of(request))
    return show_article(request, looked, judge=judge_of(request), said=said)


def _chosen(looked: Looked, record: str | None, words: str | None) -> Chosen | None:
    """Return the record that an address chooses, or the most specific that lies on its words.

    Raises:
        NotThereError: there is no such record in the article.
    """
    if record:
        key = looked.find(record)
        if key is None:
            raise refusal(NotThereError, "not_in_article", record)
        return choose(looked, key)
    span = _span(words)
    lying = [key for key in looked.at(span) if key in looked.records] if span else []
    return choose(looked, lying[0], lying[1:]) if lying else None


def _span(words: str | None) -> Span | None:
    found = re.fullmatch(r"(\d{1,9})-(\d{1,9})", words or "", re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def _show_reasons(request: Request, looked: Looked, record: str) -> HTMLResponse:
    """Return why the words of an event were read as they were, as `tocsin explain` tells it."""
    acts = [
        (looked.words_at(each.sentence), looked.words_at(act.trigger), act)
        for each in desk_of(request).explain(looked.report.article, looked.report.account.second)
        for act in each.acts
        if act.event == record
    ]
    context = {
        "title": f"Why: {looked.sitrep.title}",
        "acts": acts,
        "back": links.to_record(looked.page, record),
        "base": "part.html.jinja" if _PART in request.headers else "frame.html.jinja",
    }
    return render(request, "reasons.html.jinja", context)


def look_at_report(request: Request, report: Report, page: str) -> Looked:
    """Return a report with what stands around it in the store, if that holds its text."""
    with desk_of(request).asking() as store:
        return Looked(report, store.around(report), page)


def _look_at(request: Request, key: str) -> Looked:
    desk = desk_of(request)
    state = state_of(desk.folder)
    with desk.asking() as store:
        return _read(store, state, key)


@lru_cache(maxsize=4)
def _read(store: Store, state: State, key: str) -> Looked:  # noqa: ARG001 - of the store, then
    """Return an article of the store; the last few are at hand, for one record after another."""
    report = store.report(key)
    return Looked(report, store.around(report), links.to_article(key))


def add_pages(
    router: APIRouter,
    path: str,
    look: Callable[[Request, str], Looked],
    show: Callable[[Request, Looked], HTMLResponse],
) -> None:
    """Add the pages of articles that `look` finds by the `key` in `path`."""

    @router.get(path)
    def show_one(request: Request, key: str) -> HTMLResponse:
        return show(request, look(request, key))

    @router.get(f"{path}/explain")
    def explain(request: Request, key: str, record: str) -> HTMLResponse:
        return _show_reasons(request, look(request, key), record)


add_pages(router, "/articles/{key}", _look_at, _show_kept)
