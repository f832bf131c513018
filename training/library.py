"""Library: the page docs/python.md, made of what public names, records and their fields say.

usage: python -m training.library
"""

from __future__ import annotations

import inspect
import re
import textwrap
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from enum import StrEnum
from pathlib import Path
from typing import Any

import tocsin
from tocsin import errors, records, vocabulary
from tocsin.client import RemoteStore
from tocsin.publish.desk.api.schemas import remarks_of
from tocsin.settings import describe_settings
from tocsin.store.handle import Results, Store
from tocsin.store.holdings import Holdings
from tocsin.store.kinds import KINDS
from tocsin.watch.alarms import Alarm, Outcome
from tocsin.watch.brief.records import Brief, Scope, Sentence
from tocsin.watch.changes import Watched

PAGE = Path(__file__).parents[1] / "docs" / "python.md"

#: The classes whose methods are public: what examples call one, and the call that gives it.
CLASSES: dict[type, tuple[str, str]] = {
    tocsin.Report: ("report", "tocsin.read(...)"),
    Store: ("store", "tocsin.open(folder)"),
    Results: ("answer", "store.events(...)"),
    RemoteStore: ("desk", "tocsin.connect(address)"),
    Brief: ("brief", "tocsin.brief(store, ...)"),
}
_RECORDS = (vocabulary.__name__, records.__name__)
_WIDTH = 76
_HEAD = """# Tocsin in Python

What every public name says of itself. This page is made by `python -m training.library`; what it
says stands in `src/tocsin/`, and the examples run in the tests. In them `store` is a small store,
`desk` the same store behind a desk, `report` and `article` are of `examples/invented.txt`,
`event` is the first event of the store, and `brief` a brief of it. A `Span` is a pair of offsets
into the unaltered text, in characters: the first, and the first behind the last. Days are
`datetime.date`. What filters take: [asking a store](queries.md).
"""


def methods_of(cls: type) -> dict[str, Any]:
    """Return the public methods and properties of a class, each as something with a docstring.

    Of several classes that have one, that is taken which gives an example.
    """
    names = [name for each in cls.__mro__ for name in vars(each) if not name.startswith("_")]
    found = {name: list(_find(cls, name)) for name in names}
    return {
        name: max(each, key=lambda held: ">>>" in _said(held))
        for name, each in found.items()
        if each
    }


def _find(cls: type, name: str) -> Iterator[Any]:
    for each in cls.__mro__:
        held = vars(each).get(name)
        if hasattr(held, "kind"):  # it makes the method when it is asked for
            yield getattr(cls, name)
        elif isinstance(held, property) or inspect.isfunction(held):
            yield held


def _said(held: Any) -> str:
    return inspect.getdoc(held) or ""


def _show_call(name: str, held: Any) -> str:
    """Return a heading, the call, on several lines where it is long, and what is said of it."""
    call = name if isinstance(held, property) else f"{name}{_signature(held)}"
    call = "\n    ".join(textwrap.wrap(call, _WIDTH, break_long_words=False))
    parts = (f"### {name}", f"```python\n{call}\n```", *_paragraphs(_said(held)))
    return "\n\n".join(parts)


def _signature(held: Callable[..., object]) -> str:
    """Return the arguments as a reader writes them, not as Python keeps them."""
    shown = re.sub(r"\(self(?:, )?", "(", str(inspect.signature(held)))
    unquoted = re.sub(r"(: |-> )'([^']*)'", r"\1\2", shown)
    return re.sub(r"<function (\w+) at \w+>", r"\1", unquoted)


def _paragraphs(said: str) -> Iterator[str]:
    """Yield a docstring in Markdown, paragraph by paragraph."""
    for part in re.split(r"\n\s*\n", said.replace("``", "`")):
        title, _, rest = part.partition("\n")
        if part.startswith(">>>"):
            yield f"```pycon\n{part}\n```"
        elif title in ("Args:", "Raises:"):
            told = (" ".join(each.split()) for each in re.split(r"\n(?! )", textwrap.dedent(rest)))
            items = (re.sub(r"^(\w+):", r"- `\1`:", each) for each in told)
            yield "\n".join((title.replace("Args", "Arguments"), "", *items))
        else:
            yield " ".join(part.split())


def _table(head: str, rows: Iterable[Iterable[str]]) -> str:
    lines = (" | ".join(cell.replace("|", "\\|") for cell in row) for row in rows)
    rule = "|---" * len(head.split("|")) + "|"
    return "\n".join((f"| {head} |", rule, *(f"| {line} |" for line in lines)))


def _show_record(cls: type[Any]) -> str:
    if issubclass(cls, StrEnum):
        shown = "One of " + ", ".join(f"`{each}`" for each in cls) + "."
    else:
        said = remarks_of(cls)
        rows = (
            (f"`{each.name}`", f"`{each.type}`", said.get(each.name, "")) for each in fields(cls)
        )
        shown = _table("Field | Type | What it is", rows)
    return "\n\n".join((f"### {cls.__name__}", *_paragraphs(_said(cls)), shown))


def recorded() -> list[type]:
    """Return the records of a report as `tocsin.records` has them, then those of answers."""
    own = [each for each in vars(records).values() if getattr(each, "__module__", "") in _RECORDS]
    made = [each for each in own if isinstance(each, type)]
    answers = (kind.yields for kind in KINDS)
    watched = (Outcome, Watched, Alarm, Brief, Scope, Sentence)
    return list(dict.fromkeys((*made, *answers, Holdings, *watched)))


def _errors() -> Iterator[tuple[str, ...]]:
    for each in vars(errors).values():
        if isinstance(each, type) and issubclass(each, errors.TocsinError):
            named, above = each.__name__, each.__mro__[1].__name__
            yield f"`{named}`", f"`{above}`", str(each.exit_code), next(_paragraphs(_said(each)))


def _show_class(cls: type) -> Iterator[str]:
    called, given = CLASSES[cls]
    yield f"## {cls.__name__}"
    yield f"What `{given}` gives. {next(_paragraphs(_said(cls)))}"
    for name, held in methods_of(cls).items():
        yield _show_call(f"{called}.{name}", held)


def make_page() -> str:
    """Return the page as it should be."""
    named = {name: getattr(tocsin, name) for name in tocsin.__all__}
    calls = (
        _show_call(f"tocsin.{n}", held) for n, held in named.items() if inspect.isfunction(held)
    )
    settings = ((f"`{name}`", f"`{value}`", said) for name, value, said in describe_settings())
    answers = (
        (f"`{kind.name}`", f"[`{kind.yields.__name__}`](#{kind.yields.__name__.lower()})")
        for kind in KINDS
    )
    parts = (
        *(_HEAD, "## Functions", *calls),
        *(part for cls in CLASSES for part in _show_class(cls)),
        *("## Settings", *_paragraphs(_said(tocsin.Settings))),
        _table("Variable | Unless set | What it is", settings),
        *("## Errors", *_paragraphs(_said(tocsin.TocsinError))),
        _table("Error | Is a | Exit code | When", _errors()),
        *("## Records", _table("An answer of | Has", answers), *map(_show_record, recorded())),
    )
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


if __name__ == "__main__":
    PAGE.write_text(make_page(), encoding="utf-8")
