"""Prompts: what a model is sent of an article, and the form in which it may answer.

The article is data: its sentences stand, one a line, between two lines with a mark that it cannot
hold, for the mark is made of its text.  Whatever they ask for, a model can answer with records
only, whose words are then sought in the text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from tocsin.keys import content_key
from tocsin.models.reader import TYPES
from tocsin.records import Article, Manner, Status
from tocsin.second.sentences import Sentence, in_parts

#: Characters of sentences in one request, at most: some 3,000 tokens.
MOST_CHARACTERS = 12_000
#: Characters to a token of English, as a rule of thumb for what is not counted by an endpoint.
CHARACTERS_PER_TOKEN = 4

_WORDS: dict[str, Any] = {"type": "string"}
_MAY_BE_WORDS: dict[str, Any] = {"type": ["string", "null"]}
_NUMBER: dict[str, Any] = {"type": "integer"}


def _list(item: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": item}


def _object(**members: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": members,
        "required": list(members),
        "additionalProperties": False,
    }


#: The form of an answer, as JSON Schema.
SCHEMA: dict[str, Any] = _object(
    acts=_list(
        _object(
            sentence=_NUMBER,
            type={"type": "string", "enum": list(TYPES)},
            words=_WORDS,
            actor=_list(_WORDS),
            actor_of=_list(_WORDS),
            recipient=_list(_WORDS),
            recipient_of=_list(_WORDS),
            status={"type": "string", "enum": [str(each) for each in Status]},
            background={"type": "boolean"},
            day=_MAY_BE_WORDS,
            place=_MAY_BE_WORDS,
            again=_list(_object(sentence=_NUMBER, words=_WORDS)),
        )
    ),
    statements=_list(
        _object(
            sentence=_NUMBER,
            speaker=_WORDS,
            cue=_MAY_BE_WORDS,
            content=_WORDS,
            kind={"type": "string", "enum": [str(each) for each in Manner]},
        )
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What is sent of an article, or of a part of a long one, beside the instructions."""

    user: str

    @property
    def tokens(self) -> int:
        """How many tokens are sent with the instructions, roughly."""
        return len(instructions()) // CHARACTERS_PER_TOKEN + self.tokens_of_article

    @property
    def tokens_of_article(self) -> int:
        """How many tokens the sentences are, roughly."""
        return len(self.user) // CHARACTERS_PER_TOKEN


@cache
def instructions() -> str:
    """Return what every request says first."""
    return (files("tocsin.second") / "instructions.txt").read_text(encoding="utf-8")


@cache
def prompt_key() -> str:
    """Return the key of all that is the same in every request: another one may be answered so."""
    return content_key("prompt", instructions(), SCHEMA, MOST_CHARACTERS, _user(None, "", []))


def requests_of(article: Article, sentences: Sequence[Sentence]) -> list[Request]:
    """Return the requests for an article with these sentences, none where it has none."""
    text = "\n".join(each.words for each in sentences)
    mark = content_key("mark", text)
    while mark in text:  # only of a text that was made for it, and then once
        mark = content_key("mark", mark, text)
    day = article.published.isoformat() if article.published else None
    parts = in_parts(sentences, MOST_CHARACTERS)
    return [Request(user=_user(day, mark, part)) for part in parts]


def _user(day: str | None, mark: str, sentences: Sequence[Sentence]) -> str:
    lines = [f"[{each.number}] {each.words}" for each in sentences]
    of_day = f"An article of {day}." if day else "An article whose day is not known."
    return "\n".join([of_day, f"===== {mark} =====", *lines, f"===== {mark} ====="])


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A way of asking: not every endpoint takes a schema, nor every model a temperature."""

    strict: bool  #: for JSON of the schema, else for any
    fixed: bool  #: with the temperature and the seed that make answers repeat themselves


#: The ways of asking, the best first.
WAYS = tuple(Way(strict=strict, fixed=fixed) for fixed in (True, False) for strict in (True, False))


def body_of(request: Request, model: str, way: Way) -> dict[str, Any]:
    """Return the body of a chat request."""
    form: dict[str, Any] = {"type": "json_object"}
    if way.strict:
        named = {"name": "tocsin_reading", "strict": True, "schema": SCHEMA}
        form = {"type": "json_schema", "json_schema": named}
    said = instructions() if way.strict else f"{instructions()}\n{_form()}"
    fixed = {"temperature": 0, "seed": 1} if way.fixed else {}
    return {
        "model": model,
        **fixed,
        "response_format": form,
        "messages": [
            {"role": "system", "content": said},
            {"role": "user", "content": request.user},
        ],
    }


@cache
def _form() -> str:
    """Return the form of an answer in words, for an endpoint that takes no schema."""
    act, statement = (SCHEMA["properties"][each]["items"]["properties"] for each in _LISTS)
    forms = (", ".join(f'"{name}"' for name in members) for members in (act, statement))
    lists = (f'"{name}": [{{{form}}}, ...]' for name, form in zip(_LISTS, forms, strict=True))
    return f'The form: {{{", ".join(lists)}}}; "again": [{{"sentence", "words"}}, ...].'


_LISTS = ("acts", "statements")
