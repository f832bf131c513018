"""Problems: one shape for everything that goes wrong, as JSON (RFC 9457) and as a page.

What Tocsin raises on purpose says what, the value, what was expected and what to do; this is shown.
What nobody foresaw is logged, and the visitor is told no more than that.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.responses import JSONResponse, Response

from tocsin.errors import (
    InputError,
    LanguageError,
    NotThereError,
    SlowQuestionError,
    StoreError,
    TimeLimitError,
    TocsinError,
    TooLargeError,
    ValueNotUnderstood,
    WorkerError,
)
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.shown import words_for
from tocsin.publish.desk.frame import render
from tocsin.publish.visible import visible

#: The first that fits says the status.
_STATUSES: tuple[tuple[type[TocsinError], HTTPStatus], ...] = (
    (NotThereError, HTTPStatus.NOT_FOUND),
    (ValueNotUnderstood, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TooLargeError, HTTPStatus.REQUEST_ENTITY_TOO_LARGE),
    (InputError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (LanguageError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (TimeLimitError, HTTPStatus.UNPROCESSABLE_ENTITY),
    (WorkerError, HTTPStatus.SERVICE_UNAVAILABLE),
    (SlowQuestionError, HTTPStatus.SERVICE_UNAVAILABLE),
    (StoreError, HTTPStatus.SERVICE_UNAVAILABLE),
    (TocsinError, HTTPStatus.INTERNAL_SERVER_ERROR),
)

#: Seconds after which something is worth another try, by status.
_RETRY: Mapping[int, int] = {HTTPStatus.TOO_MANY_REQUESTS: 60, HTTPStatus.SERVICE_UNAVAILABLE: 5}

_LOG = logging.getLogger("tocsin.desk")


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What went wrong, in words that may be shown; of articles they may hold words."""

    status: int
    detail: str
    value: str | None = None
    expected: str | None = None
    advice: str | None = None
    error: str | None = None  #: the class of what was raised on purpose, as `tocsin.errors` has it

    @property
    def title(self) -> str:
        """The meaning of the status."""
        return HTTPStatus(self.status).phrase

    def as_json(self) -> JSONResponse:
        """Return an answer of the one shape that problems have."""
        said = {name: value for name, value in asdict(self).items() if value}
        content = {"type": "about:blank", "title": self.title, **said}
        media_type = "application/problem+json"
        return JSONResponse(content, self.status, self.headers, media_type)

    @property
    def headers(self) -> dict[str, str]:
        """When it can be tried again, where that is worth while."""
        return {"retry-after": str(_RETRY[self.status])} if self.status in _RETRY else {}


def problem_of(error: TocsinError, status: int | None = None) -> Problem:
    """Return the problem that an error raised on purpose is, with the status that fits it."""
    return Problem(
        status=status or next(each for kind, each in _STATUSES if isinstance(error, kind)),
        detail=visible(error.what),
        value=None if error.value is None else visible(str(error.value)),
        expected=error.expected or None,
        advice=error.advice or None,
        error=type(error).__name__,
    )


def _answer(request: Request, problem: Problem) -> Response:
    """Return a problem in the dress of the face that was asked: JSON for programs, else a page."""
    if request.url.path.startswith(("/api/", "/mcp")) or request.url.path.endswith(".json"):
        return problem.as_json()
    context: dict[str, Any] = {"title": words_for("problem", problem.status), "problem": problem}
    context |= {"posted": request.method == "POST", "query": request.url.query}
    page = render(request, "problem.html.jinja", context, status=problem.status)
    page.headers.update(problem.headers)
    return page


def handle_problems(app: FastAPI) -> None:
    """Let `app` answer in that shape whatever is raised, its own refusals of a request included."""
    app.add_exception_handler(TocsinError, _answer_refusal)
    app.add_exception_handler(RequestValidationError, _answer_invalid)
    app.add_exception_handler(HTTPException, _answer_status)
    app.add_exception_handler(ClientDisconnect, _answer_nobody)
    app.add_exception_handler(Exception, _answer_fault)


def _answer_nobody(_: Request, __: Exception) -> Response:
    """Who asked left before all of the request had come: no fault, and nobody reads this."""
    return Response(status_code=HTTPStatus.BAD_REQUEST)


def _answer_refusal(request: Request, error: Exception) -> Response:
    assert isinstance(error, TocsinError)  # noqa: S101 - registered for these
    return _answer(request, problem_of(error))


def _answer_invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)  # noqa: S101
    wrong = (f"{'.'.join(map(str, each['loc']))}: {each['msg']}" for each in error.errors())
    detail = visible("; ".join(wrong))
    return _answer(request, Problem(status=HTTPStatus.UNPROCESSABLE_ENTITY, detail=detail))


def _answer_status(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)  # noqa: S101
    if error.status_code == HTTPStatus.NOT_FOUND:
        return _answer_refusal(request, refusal(NotThereError, "no_such_page", request.url.path))
    answer = _answer(request, Problem(status=error.status_code, detail=str(error.detail)))
    answer.headers.update(error.headers or {})
    return answer


def _answer_fault(request: Request, error: Exception) -> Response:
    _LOG.error("a fault in Tocsin", exc_info=error)
    problem = Problem(
        status=HTTPStatus.INTERNAL_SERVER_ERROR,
        detail="a fault in Tocsin",
        advice="What was kept is not touched.  The terminal in which the desk runs says more.",
    )
    return _answer(request, problem)
