"""Judged fields: what judges look at in a record, as the reader found it and as they correct it.

`data/judged.tsv` lists them.  They are JSON-ready: words are lists of [start, end], parties are
codes like "RUS:MIL".  What a judge says of an event has all that news marked by hand has.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cache
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.plover import modes_of
from tocsin.lexicons.refusals import refusal
from tocsin.lexicons.tables import read_records
from tocsin.records import Actor, DateWords, Event, Finding, OfficeClaim, Span, Statement, to_json
from tocsin.spans import overlap
from tocsin.store import asked
from tocsin.store.asked import What

Fields = dict[str, Any]
Record = Event | Statement | OfficeClaim | Finding

#: The table of `tocsin.store.rows.TABLES_OF_TEXT` in which records are kept.
TABLES: Mapping[What, str] = {
    What.EVENT: "events",
    What.STATEMENT: "statements",
    What.OFFICE: "office_claims",
    What.FINDING: "findings",
}

_OFFSETS = re.compile(r"(\d{1,9})-(\d{1,9})")


# --------------------------------------------------------------------------- of a record


def fields_of(record: Record, by: Span | None = None) -> Fields:
    """Return what can be judged of a record; `by` are the words for who says that it happened."""
    fields: Fields
    match record:
        case Event():
            fields = _of_event(record) | {"by": _pieces(by)}
        case Statement(speaker=speaker):
            who = {each: getattr(speaker, each, None) for each in ("office", "country")}
            names = ("stance", "naming", "manner")
            fields = {"words": record.content, "speaker": speaker and speaker.name} | who
            fields |= _taken(record, names)
        case OfficeClaim():
            fields = {"words": [record.words]} | _taken(record, ("name", "office", "country"))
        case Finding():
            texts = [each.text_id for each in record.sides]
            fields = {"words": _pieces(record.words), "texts": texts}
            fields |= _taken(record, ("check", "verdict", "sentence"))
    return to_json(fields)  # type: ignore[no-any-return]


def _taken(record: Record, names: Iterable[str]) -> Fields:
    return {each: getattr(record, each) for each in names}


def _of_event(event: Event) -> Fields:
    return _taken(event, ("type", "mode", "status", "mentions")) | {
        "words": [event.trigger],
        "actors": _codes(event.actors),
        "actor_words": _words(event.actors),
        "recipients": _codes(event.recipients),
        "recipient_words": _words(event.recipients),
        "when": _pieces(event.date.words if event.date else None),
        "day": day_of(event.date),
        "where": _pieces(event.place.words if event.place else None),
        "same": [],
    }


def day_of(words: DateWords | None) -> str | None:
    """Return the day, month or year that `words` mean, as marked news has it; None for others."""
    if words is None or words.earliest is None or words.latest is None:
        return None
    first, last = words.earliest, words.latest
    outside = str(first - timedelta(days=1)), str(last + timedelta(days=1))
    for length in (10, 7, 4):
        part = str(first)[:length]
        if str(last).startswith(part) and not any(each.startswith(part) for each in outside):
            return part
    return None


def _pieces(words: Span | None) -> list[Span]:
    return [words] if words else []


def _words(parties: Iterable[Actor]) -> list[Span]:
    return list(dict.fromkeys(each.words for each in parties))


def _codes(parties: Iterable[Actor]) -> list[str]:
    """Return each country and sector once; whose country is not known has no code."""
    known = ((each.country, each.sector) for each in parties if each.country)
    return list(dict.fromkeys(":".join(filter(None, each)) for each in known))


def as_given(value: Any) -> str:
    """Return the value of a field as a judge may give it: "-", "RUS:MIL+BLR", "120-127"."""
    if not isinstance(value, list):
        return "-" if value is None else str(value)
    pieces = (each if isinstance(each, str) else "{}-{}".format(*each) for each in value)
    return " + ".join(pieces) or "-"


# --------------------------------------------------------------------------- likeness


def find_like(judged: Fields, correction: Fields, found: Mapping[str, Fields]) -> str | None:
    """Return the id of what is found in the words that are judged, if anything is.

    It must be of the same sort, or of that to which the judge corrected it: an event of the type, a
    claim to the office, a finding of the check and verdict.
    """
    sorts = {_sort(judged), _sort(judged | correction)}
    likeness = {key: _likeness(judged, each) for key, each in found.items() if _sort(each) in sorts}
    best = max(likeness, key=likeness.__getitem__, default=None)
    return best if best and likeness[best] else None


def _sort(fields: Fields) -> tuple[Any, ...]:
    if "check" in fields:
        return fields["check"], fields["verdict"], None if fields["words"] else fields["sentence"]
    return fields.get("type"), fields.get("office")


def _likeness(one: Fields, other: Fields) -> float:
    if not one["words"] and not other["words"]:
        return 1.0  # of findings about no words the sentence is the same
    words = ([*each["words"], *each.get("mentions", ())] for each in (one, other))
    return overlap(*words)


# --------------------------------------------------------------------------- corrected


def read_correction(what: What, judged: Fields, given: Mapping[str, Any], text: str) -> Fields:
    """Return the fields that `given` says to be otherwise than `judged`, in the words of `text`.

    They are in the order of `fields_for`, and none where nothing is otherwise.

    Raises:
        ValueNotUnderstood: there is no such field, or a value is none that it can have.
    """
    read = _read_fields(what, given, text)
    changed = {n: read[n] for n in fields_for(what) if n in read and read[n] != judged.get(n)}
    fitted = _fit_mode(judged | changed, given) if changed and what is What.EVENT else {}
    return changed | fitted


def read_act(given: Mapping[str, Any], text: str) -> Fields:
    """Return an event that the reader missed in `text`, with the fields that are `given`.

    Raises:
        ValueNotUnderstood: words or type are missing, or as with `read_correction`.
    """
    nothing = dict.fromkeys(fields_for(What.EVENT), "-") | {"status": "asserted"}
    act = _read_fields(What.EVENT, nothing | dict(given), text)
    _require_mode_of_type(act)
    return act


def _require_mode_of_type(act: Fields) -> None:
    if act["mode"]:
        asked.require_mode_of_type(act)


def _fit_mode(fields: Fields, given: Mapping[str, Any]) -> Fields:
    """Drop the mode of a type that the judge has corrected, unless one is given with it."""
    if "mode" in given:
        _require_mode_of_type(fields)
    return {} if fields["mode"] in (None, *modes_of(fields["type"])) else {"mode": None}


def _read_fields(what: What, given: Mapping[str, Any], text: str) -> Fields:
    known = fields_for(what)
    for name in given.keys() - known.keys():
        listed = ", ".join(known)
        raise refusal(ValueNotUnderstood, "no_such_judged", name, what=what, known=listed)
    return {name: _read_field(known[name], value, text) for name, value in given.items()}


def _read_field(field: Mapping[str, str], given: Any, text: str) -> Any:
    name, reads = field["name"], field["reads"]
    if given in (None, "-", [], ""):
        if field["nothing"] == "-":
            raise refusal(ValueNotUnderstood, "field_needed", given, name=name)
        return json.loads(field["nothing"])
    if reads not in ("words", "piece"):
        return to_json(getattr(asked, f"read_{reads}")(name, given))
    spans = _read_words(name, given, text)
    if reads == "piece" and len(spans) > 1:
        raise refusal(ValueNotUnderstood, "several_pieces", given, name=name)
    return spans


def _read_words(name: str, given: Any, text: str) -> list[list[int]]:
    """Return where words stand that are given as offsets ("120-127") or as they stand there."""
    pieces = given.split(" + ") if isinstance(given, str) else given
    if not isinstance(pieces, Sequence):
        raise refusal(ValueNotUnderstood, "no_text", given, name=name)
    return [_read_piece(name, each, text) for each in pieces]


def _read_piece(name: str, given: Any, text: str) -> list[int]:
    span = _find_words(name, given.strip(), text) if isinstance(given, str) else given
    whole = isinstance(span, list | tuple) and [type(each) for each in span] == [int, int]
    if not whole or not 0 <= span[0] < span[1] <= len(text):
        raise refusal(ValueNotUnderstood, "offsets_outside", given, name=name, most=len(text))
    return list(span)


def _find_words(name: str, words: str, text: str) -> list[int]:
    if offsets := _OFFSETS.fullmatch(words):
        return [int(each) for each in offsets.groups()]
    if (times := text.count(words)) != 1:
        raise refusal(ValueNotUnderstood, "words_unclear", words, name=name, times=times)
    return [text.index(words), text.index(words) + len(words)]


@cache
def fields_for(what: What) -> Mapping[str, Mapping[str, str]]:
    """Return the fields of records of this kind, as the table declares them, by name."""
    rows = read_records("store/data/judged.tsv")
    return {row["name"]: row for row in rows if row["what"] == what}
