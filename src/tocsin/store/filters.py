"""What can be asked of a store: one frozen record for each kind, one field for each filter.

The options of the commands, the keywords of the Python handle and the tables in `docs/queries.md`
are made from these fields, so that they cannot disagree.  A field that is None asks for nothing;
several fields must all hold.  `read_filter` turns what a user gives into a filter and says what
would have been understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from tocsin.errors import ValueNotUnderstood
from tocsin.records import Manner, Naming, Stance, Status, Verdict
from tocsin.store.asked import (
    Grade,
    Party,
    Words,
    read_flag,
    read_grade,
    read_id,
    read_limit,
    read_party,
    read_quad,
    read_words,
)
from tocsin.store.asked import read_context as _context
from tocsin.store.asked import read_country as _country
from tocsin.store.asked import read_day_of as _day
from tocsin.store.asked import read_mode as _mode
from tocsin.store.asked import read_name as _name
from tocsin.store.asked import read_type as _type

_Filter = TypeVar("_Filter")
_Reader = Callable[[str, Any], Any]


def _one_of(choices: type[StrEnum]) -> _Reader:
    """Read a word of a vocabulary, in any case, with spaces or hyphens for underscores."""

    def read(name: str, given: Any) -> StrEnum:
        word = str(given).strip().lower().replace(" ", "_").replace("-", "_")
        if word not in set(choices):
            raise ValueNotUnderstood(
                f"there is no such {name}", value=given, expected=f"one of {', '.join(choices)}"
            )
        return choices(word)

    return read


def _ask(metavar: str, read: _Reader, what: str) -> dict[str, Any]:
    return {"metavar": metavar, "read": read, "help": what}


_SINCE = "on or after this day"
_UNTIL = "on or before this day"
_TEXT = 'with these words, "words in a row" or beginnings like missil*'


@dataclass(frozen=True, slots=True, kw_only=True)
class EventFilter:
    """Which reported events."""

    actor: Party | None = field(
        default=None,
        metadata=_ask(
            "WHO",
            read_party,
            "who did it: a country (PRK, North Korea), its sector (RUS:MIL), a name",
        ),
    )
    recipient: Party | None = field(
        default=None, metadata=_ask("WHO", read_party, "to whom it was done, likewise")
    )
    type: str | None = field(
        default=None, metadata=_ask("TYPE", _type, "PLOVER's type, like MOBILIZE")
    )
    mode: str | None = field(
        default=None, metadata=_ask("MODE", _mode, "PLOVER's mode, like troops")
    )
    quad: int | None = field(
        default=None,
        metadata=_ask(
            "1-4", read_quad, "1, 2 verbal, material cooperation; 3, 4 verbal, material conflict"
        ),
    )
    status: Status | None = field(
        default=None,
        metadata=_ask(
            "STATUS",
            _one_of(Status),
            "as at least one report has it: asserted, alleged, denied ...",
        ),
    )
    since: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"whose first possible day is {_SINCE}")
    )
    until: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"whose first possible day is {_UNTIL}")
    )
    country: str | None = field(
        default=None, metadata=_ask("COUNTRY", _country, "where it happened: a country, like UKR")
    )
    place: str | None = field(
        default=None, metadata=_ask("PLACE", _name, "where it happened: a place, like Kursk")
    )
    contradicted: bool | None = field(
        default=None, metadata=_ask("", read_flag, "whether articles contradict each other")
    )
    independent: int | None = field(
        default=None, metadata=_ask("N", read_limit, "with at least N independent reports")
    )
    grade: Grade | None = field(
        default=None, metadata=_ask("GRADE", read_grade, "Admiralty code: B2, or only B, or only 2")
    )
    outlet: str | None = field(
        default=None, metadata=_ask("OUTLET", _name, "that this outlet reports")
    )
    context: str | None = field(
        default=None, metadata=_ask("CONTEXT", _context, "PLOVER's context, like military")
    )
    article: str | None = field(
        default=None, metadata=_ask("ARTICLE", read_id, "that the article with this id reports")
    )
    text: Words | None = field(default=None, metadata=_ask("WORDS", read_words, f"told {_TEXT}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementFilter:
    """Which statements."""

    speaker: Words | None = field(
        default=None, metadata=_ask("NAME", read_words, "whose speaker has these words in the name")
    )
    country: str | None = field(
        default=None, metadata=_ask("COUNTRY", _country, "whose speaker is of this country")
    )
    stance: Stance | None = field(
        default=None,
        metadata=_ask("STANCE", _one_of(Stance), "asserts, denies, warns, pledges ..."),
    )
    naming: Naming | None = field(
        default=None,
        metadata=_ask(
            "NAMING", _one_of(Naming), "named, office, institution, collective or anonymous"
        ),
    )
    manner: Manner | None = field(
        default=None, metadata=_ask("MANNER", _one_of(Manner), "direct, indirect or mixed")
    )
    since: date | None = field(default=None, metadata=_ask("DAY", _day, f"published {_SINCE}"))
    until: date | None = field(default=None, metadata=_ask("DAY", _day, f"published {_UNTIL}"))
    outlet: str | None = field(
        default=None, metadata=_ask("OUTLET", _name, "that this outlet published")
    )
    article: str | None = field(
        default=None, metadata=_ask("ARTICLE", read_id, "in the article with this id")
    )
    text: Words | None = field(default=None, metadata=_ask("WORDS", read_words, f"said {_TEXT}"))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotationFilter:
    """Which quotations: the same words by the same speaker, in however many articles."""

    speaker: Words | None = field(
        default=None, metadata=_ask("NAME", read_words, "whose speaker has these words in the name")
    )
    country: str | None = field(
        default=None, metadata=_ask("COUNTRY", _country, "whose speaker is of this country")
    )
    since: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"first published {_SINCE}")
    )
    until: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"first published {_UNTIL}")
    )
    articles: int | None = field(
        default=None, metadata=_ask("N", read_limit, "that at least N articles print")
    )
    article: str | None = field(
        default=None, metadata=_ask("ARTICLE", read_id, "that the article with this id prints")
    )
    text: Words | None = field(
        default=None, metadata=_ask("WORDS", read_words, f"said first {_TEXT}")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingFilter:
    """Which findings of the checks."""

    check: str | None = field(
        default=None, metadata=_ask("CHECK", _name, "of this check, like tenure")
    )
    verdict: Verdict | None = field(
        default=None,
        metadata=_ask("VERDICT", _one_of(Verdict), "contradicted, unsure, holds or no_record"),
    )
    about: str | None = field(
        default=None, metadata=_ask("ID", read_id, "about the record with this id")
    )
    since: date | None = field(default=None, metadata=_ask("DAY", _day, f"dated {_SINCE}"))
    until: date | None = field(default=None, metadata=_ask("DAY", _day, f"dated {_UNTIL}"))
    article: str | None = field(
        default=None, metadata=_ask("ARTICLE", read_id, "in the article with this id")
    )
    text: Words | None = field(
        default=None, metadata=_ask("WORDS", read_words, f"whose sentence has {_TEXT[5:]}")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeakerFilter:
    """Which speakers."""

    name: Words | None = field(
        default=None, metadata=_ask("NAME", read_words, "with these words in the name")
    )
    country: str | None = field(default=None, metadata=_ask("COUNTRY", _country, "of this country"))
    verdict: Verdict | None = field(
        default=None,
        metadata=_ask("VERDICT", _one_of(Verdict), "whose worst tenure finding is this"),
    )
    text: Words | None = field(
        default=None, metadata=_ask("WORDS", read_words, f"whose name or office has {_TEXT[5:]}")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeFilter:
    """Which claims that someone holds an office."""

    office: Words | None = field(
        default=None,
        metadata=_ask(
            "OFFICE", read_words, "with these words in the office, or its id in the reference"
        ),
    )
    name: Words | None = field(
        default=None, metadata=_ask("NAME", read_words, "with these words in the holder's name")
    )
    country: str | None = field(
        default=None, metadata=_ask("COUNTRY", _country, "an office of this country")
    )
    verdict: Verdict | None = field(
        default=None, metadata=_ask("VERDICT", _one_of(Verdict), "as the tenure check has it")
    )
    since: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"speaking of a day {_SINCE}")
    )
    until: date | None = field(
        default=None, metadata=_ask("DAY", _day, f"speaking of a day {_UNTIL}")
    )
    article: str | None = field(
        default=None, metadata=_ask("ARTICLE", read_id, "in the article with this id")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleFilter:
    """Which articles."""

    outlet: str | None = field(default=None, metadata=_ask("OUTLET", _name, "of this outlet"))
    since: date | None = field(default=None, metadata=_ask("DAY", _day, f"published {_SINCE}"))
    until: date | None = field(default=None, metadata=_ask("DAY", _day, f"published {_UNTIL}"))
    family: str | None = field(
        default=None,
        metadata=_ask("ID", read_id, "in the family with this id, as a copy or by a passage"),
    )
    text: Words | None = field(default=None, metadata=_ask("WORDS", read_words, _TEXT))


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyFilter:
    """Which families of copies and passages."""

    article: str | None = field(
        default=None,
        metadata=_ask("ARTICLE", read_id, "with this article (its id) as a copy or by a passage"),
    )
    agency: str | None = field(
        default=None, metadata=_ask("AGENCY", _name, "that credit this agency")
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One filter as it is offered to users."""

    name: str
    metavar: str  #: empty for a yes or no
    help: str


def describe_filter(cls: type) -> tuple[Ask, ...]:
    """Return the filters of a kind, for `--help`, the commands' options and the documentation."""
    return tuple(
        Ask(name=each.name, metavar=each.metadata["metavar"], help=each.metadata["help"])
        for each in fields(cls)
    )


def read_filter(cls: type[_Filter], given: Mapping[str, Any]) -> _Filter:
    """Return the filter of class `cls` that `given` asks for; a value of None asks for nothing.

    Raises:
        ValueNotUnderstood: there is no such filter, or the value is none that it can have.
    """
    readers = {each.name: each.metadata["read"] for each in fields(cls)}  # type: ignore[arg-type]
    for name in given.keys() - readers.keys():
        raise ValueNotUnderstood(
            "there is no such filter", value=name, expected=f"one of {', '.join(readers)}"
        )
    asked = {name: value for name, value in given.items() if value is not None}
    read = {name: readers[name](name, value) for name, value in asked.items()}
    _require_fit(read)
    return cls(**read)


def _require_fit(read: Mapping[str, Any]) -> None:
    """Refuse what can hold for no record, and is therefore a slip."""
    since, until = read.get("since"), read.get("until")
    if since and until and since > until:
        raise ValueNotUnderstood(
            "no day is both since and until", value=f"{since} to {until}", expected="since first"
        )
    if read.get("type") and read.get("mode"):
        from tocsin.extract.events.plover import modes_of

        modes = sorted(modes_of(read["type"]))
        if read["mode"] not in modes:
            listed = f"one of {', '.join(modes)}" if modes else "no mode at all"
            raise ValueNotUnderstood(
                f"{read['type']} has no such mode", value=read["mode"], expected=listed
            )
