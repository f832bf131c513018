"""Parameters: what operations of the API can be asked, how it is read, and how it is described.

The tools for language models take theirs from here, too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.lexicons.tables import given, listed, read_records
from tocsin.publish.desk.asking import MOST, PAGE, read_given, read_yes_or_no
from tocsin.store import asked
from tocsin.store.kinds.kind import Filter, Kind
from tocsin.watch.changes import BUDGETS, RATES
from tocsin.watch.parties import read_parties

#: Records of an answer to a language model, unless told otherwise and at most.
FEW, MOST_OF_FEW = 10, 30

#: Characters of the name of a person or an office: comparing more with every name takes minutes.
_LONGEST_TITLE = 200

#: What days are, also "29 October 2024", and all else that is no number and no yes or no.
_TEXT: Mapping[str, Any] = {"type": "string"}

#: JSON Schema of the values of a filter's kind, or that a reader of the table reads.
_TYPES: Mapping[str, Mapping[str, Any]] = {
    "integer": {"type": "integer", "minimum": 0},
    "real": {"type": "number", "minimum": 0, "maximum": 1},
    "flag": {"type": "boolean"},
    "limit": {"type": "integer", "minimum": 1, "maximum": MOST, "default": PAGE},
    "few": {"type": "integer", "minimum": 1, "maximum": MOST_OF_FEW, "default": FEW},
    "rate": {"type": "number", "minimum": RATES[0], "maximum": RATES[1]},
    "budget": {"type": "number", "exclusiveMinimum": 0},
    "number": {"type": "integer", "minimum": 0},
}


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a query string, or of a path."""

    name: str
    help: str
    schema: Mapping[str, Any]
    example: str | None = None
    required: bool = False
    place: str = "query"
    read: Callable[[str, Any], Any] = asked.read_name

    def describe(self) -> dict[str, Any]:
        """Return it as OpenAPI describes a parameter."""
        shown = {} if self.example is None else {"example": _typed(self.example, self.schema)}
        return {
            "name": self.name,
            "in": self.place,
            "required": self.required,
            "description": as_sentence(self.help),
            "schema": dict(self.schema),
            **shown,
        }


#: The id in a path.
KEY = Parameter(
    "key",
    "the id that the list gives; of events, quotations and families also one given before",
    _TEXT,
    required=True,
    place="path",
)


def as_sentence(help: str) -> str:
    """Return what help says of something with a capital and a full stop."""
    return f"{help[0].upper()}{help[1:]}" + "." * (not help.endswith("."))


def _typed(example: str, schema: Mapping[str, Any]) -> Any:
    number = {"integer": int, "number": float}.get(schema["type"])
    return number(example) if number else example


def parameter_of(each: Filter) -> Parameter:
    """Return the parameter that a filter is."""
    schema = dict(_TYPES.get(each.kind, _TEXT))
    example, words = _examples().get(each.metavar), each.vocabulary()
    if words:
        schema |= {"enum": [_typed(word, schema) for word in words]}
        example = example if example in words else words[0]
    return Parameter(each.name, each.help, schema, example)


def order_of(kind: Kind[Any]) -> Parameter:
    """Return what says in which order a kind is listed."""
    names = [each.name for each in kind.orders]
    told = "; ".join(f"{each.name}: {each.help}" for each in kind.orders)
    return Parameter("sort", told, {"type": "string", "enum": names})


def parameters_of(operation: str) -> tuple[Parameter, ...]:
    """Return what the table says of an operation."""
    return tuple(_declared(operation))


def _declared(operation: str) -> Iterator[Parameter]:
    for row in read_records("publish/desk/data/parameters.tsv"):
        if operation in listed(row["of"]):
            yield Parameter(
                name=row["name"],
                help=row["help"],
                schema=_TYPES.get(row["reads"], _TEXT),
                example=given(row["example"]),
                required=row["required"] == "yes",
                read=_READERS.get(row["reads"]) or getattr(asked, f"read_{row['reads']}"),
            )


@cache
def _examples() -> Mapping[str, str]:
    rows = read_records("publish/desk/data/examples.tsv")
    return {row["value"]: row["example"] for row in rows}


# --------------------------------------------------------------------------- reading


def read_asked(parameters: Iterable[Parameter], pairs: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Return the values of the parameters that a query string gives; None for the others.

    Raises:
        ValueNotUnderstood: a name is unknown or stands twice, a value cannot be read or is missing.
    """
    known = {each.name: each for each in parameters}
    words = read_given(pairs)
    for name in words.keys() - known.keys():
        raise refusal_among(ValueNotUnderstood, "no_such_filter", name, known)
    for name in (each.name for each in known.values() if each.required and each.name not in words):
        raise refusal(ValueNotUnderstood, "nothing_asked", name=name, help=known[name].help)
    return {
        name: each.read(name, words[name]) if name in words else None
        for name, each in known.items()
    }


def _read_title(name: str, words: str) -> str:
    if len(words) > _LONGEST_TITLE:
        raise refusal(ValueNotUnderstood, "name_too_long", words, what=name, most=_LONGEST_TITLE)
    return asked.read_name(name, words)


_READERS: Mapping[str, Callable[[str, Any], Any]] = {
    "budget": lambda name, words: asked.read_number(name, words, *BUDGETS),
    "flag": read_yes_or_no,
    **dict.fromkeys(("few", "number"), asked.read_limit),
    "parties": read_parties,
    "rate": lambda name, words: asked.read_number(name, words, *RATES),
    "text": lambda _, words: words,
    "title": _read_title,
}
