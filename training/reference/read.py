"""Read the files of tenures as rows of one shape, whatever their origin."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from rapidfuzz import fuzz

from tocsin.reference.names import parse_name
from tocsin.reference.sounds import sound

#: Origins from the most to the least trusted where they disagree: what was written from knowledge
#: cannot be looked up by a reader and outranks nothing.
ORIGINS = ("recent", "wikidata", "factbook", "known")

#: The same, by how people are called: the Factbook writes names as nobody else does.
NAMING = ("known", "recent", "wikidata", "factbook")

#: Before November 2015 the Factbook came once a year and is dated 1 July by convention; its data
#: may be half a year older, so the holder is only sure to have been there on 1 January.
FIRST_DATED_EDITION = "2015-11"

#: These editions are dated wrongly: the first two show holders gone by January 2016 (Vanuatu,
#: Monaco, Taiwan), the last the state of spring 2017 (Hollande, Gentiloni, English).
_MISDATED = {
    "2016-11-06": "2016-01-15",
    "2016-11-16": "2016-01-15",
    "2020-11-23": "2017-03-28",
}

#: Later editions repeat the holders of this day; the last change they know is of 12 January 2026.
_FROZEN = "2026-01-15"

#: An edition may lag behind a change of office by some weeks.
_FACTBOOK_LAG = timedelta(days=30)

#: Between two yearly editions, and the months for which the later is dated too early.
_NEXT_EDITION = timedelta(days=550)

#: Likeness, of 100, below which a "variant" of a name is another person.
_SAME_PERSON = 56

_SEEN = ("first_seen", "last_seen")

_CORRECTIONS = Path(__file__).parent / "corrections" / "rows.csv"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one line of one file says about one tenure.  Dates are ISO at their own precision."""

    origin: str
    country: str
    title: str
    person: str
    forms: tuple[str, ...] = ()
    wikidata: str = ""
    since: str = ""
    until: str = ""
    known_until: str = ""
    acting: bool = False
    note: str = ""
    role: str = ""  #: "chief of state" or "head of government" in the heads file
    edition: str = ""  #: the day to which the last Factbook edition with the holder speaks
    printed: str = ""  #: the day that this edition bears


def read_all(folder: Path, known: Path) -> list[Row]:
    """Return the rows of every file in `folder` and of the files written from knowledge."""
    rows = list(read_heads(folder / "heads_of_state_and_government.csv"))
    rows += read_officials(folder / "officials.csv")
    for path in sorted((folder / "recent").glob("*.csv")):
        rows += read_recent(path, "recent")
    for path in sorted(known.glob("*.csv")):
        if path.name not in {"complete.csv", "lives.csv"}:
            rows += read_recent(path, "known")
    return list(_corrected(rows))


def _in_order(row: Row) -> Row:
    """Distrust an end that lies before the start; the holder is then known to have begun."""
    if row.since and row.until and row.until < row.since[: len(row.until)]:
        return replace(row, until="", known_until=row.since)
    return row


@cache
def special(what: str) -> frozenset[str]:
    """Return the kinds of office (or single offices) that need a rule of their own.

    plural: several people hold it at once, or several offices share the id; single: one holder,
    and changes are recorded with care.
    """
    lines = _lines(_CORRECTIONS.with_name("kinds.csv"))
    return frozenset(line["kind"] for line in lines if line["what"] == what)


def read_recent(path: Path, origin: str) -> Iterator[Row]:
    """Rows with name variants, notes and `known_until` for those still in office."""
    for line in _lines(path):
        people = line["person"].split("; ")
        forms = tuple(form.strip() for form in line["name_variants"].split(" / ") if form.strip())
        for title in line["office"].split("; "):
            for person in people:
                yield Row(
                    origin=origin,
                    country=line["country"],
                    title=title,
                    person=person,
                    forms=forms if len(people) == 1 else (),
                    since=line["start"],
                    until=line["end"],
                    known_until="" if line["end"] else line["known_until"],
                    acting=_is_acting(title, line["note"]),
                    note=line["note"],
                )


#: A note that begins so is about the whole tenure; "acting until 2017" is about a part of it.
_ACTING = re.compile(
    r"(?:first )?(?:acting|interim|caretaker|officer in charge|charg\w+ d)\b"
    r"(?! (?:from|until|at first|title))"
)


def _is_acting(title: str, note: str) -> bool:
    return bool(_ACTING.match(note.casefold()) or re.match("acting|interim", title.casefold()))


def read_officials(path: Path) -> Iterator[Row]:
    """Rows of the Wikidata file; a missing end means no more than that none is recorded."""
    lines = list(_lines(path))
    ends = {(line["country"], line["office"], line["end"]) for line in lines}
    for line in lines:
        yield Row(
            origin="wikidata",
            country=line["country"],
            title=line["office"],
            person=line["person"],
            wikidata=line["wikidata"],
            since=_iso(_year_alone(line, ends)),
            until=_iso(line["end"]),
            known_until="" if line["end"] else line["as_of"],
            acting=line["office"].casefold().startswith(("acting", "interim")),
        )


def _year_alone(line: dict[str, str], ends: set[tuple[str, str, str]]) -> str:
    """The start; a 1 January on which nobody handed over is how a year alone is stored."""
    start, office = line["start"], (line["country"], line["office"])
    if not start.endswith("-01-01") or line["country"] == "BRA":
        return start
    left = (f"{int(start[:4]) - 1}-12-31", start)
    return start if any((*office, day) in ends for day in left) else start[:4]


def _iso(day: str) -> str:
    """`day` where it is a day, month or year; a decade ("2010s") says nothing useful."""
    return day if re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", day) else ""


def read_heads(path: Path) -> Iterator[Row]:
    """Rows of the Factbook file, as "still there in the last edition that shows the holder".

    A start is taken over unless editions lie between it and the first that shows the holder: then
    the name was changed in the text and the date was not.

    Its column `next_start` is not used: it follows the order of printing, in which a governor
    general or the same person spelt otherwise counts as the next holder.  Ends are found later,
    office by office (`tocsin` offices, not Factbook titles).
    """
    lines = list(_lines(path))
    editions = sorted({_edition(line[column]) for line in lines for column in _SEEN})
    for line in lines:
        name = plain_name(line["person"])
        seen = _last_sure_day(line["last_seen"])
        row = Row(
            origin="factbook",
            country=line["country"],
            title=line["title"],
            person=name,
            since=_start_of(line) if _is_confirmed(line, editions) else "",
            known_until=max(seen, line["start"]),
            acting=line["title"].startswith(("Acting", "Interim")),
            role=line["role"],
            edition=_edition(line["last_seen"]),
            printed=line["last_seen"],
        )
        yield from _with_variants(row, line["name_variants"])


def _with_variants(row: Row, variants: str) -> Iterator[Row]:
    """Give the row the other spellings that are names of the same person.

    A variant that is somebody else's name shows that the text changed its person and kept the
    date: the date is the other's, who held the office on that day; of this one it is not known.
    """
    plain = [plain_name(form) for form in variants.split(" / ")]
    whole = [f for f in plain if f and all(len(w) > 2 or w[0].isupper() for w in f.split())]
    others = [form for form in whole if resemblance(row.person, form) < _SAME_PERSON]
    own = tuple(form for form in whole if form not in others and form != row.person)
    yield replace(row, forms=own, since="" if others else row.since)
    for other in others if row.since else ():
        yield replace(row, person=other, known_until=row.since, edition="", printed="")


def resemblance(name: str, other: str) -> float:
    """How much two names are alike, of 100, where no rule foresees the spelling."""
    a, b = (" ".join(sound(word) for word in parse_name(each).words) for each in (name, other))
    return fuzz.token_set_ratio(a, b)


_TITLES = re.compile(
    r"^(?:(?:Confederation|His Excellency|Chief of Armed Forces|Gen\.?|Lt\.?|Brig\.?|Maj\.?|Col\.?|"
    r"Sr\.|Adm\.|Capt\.?|Dr\.|Mr\.|Sir|Dame|Sheikh|Air Marshal|Field Marshall?|Rt\. Rev\.|Rev\.|"
    r"General|Ministers?|Ayatollah|Revolution|Chief|Council|President|Father|Tuanku|Cardinal|"
    r"Government|Assembly|Congress|Elect|Ruling|-)\s+)+"
)
_TAILS = re.compile(
    r"\s+(?:of the U[SK]|of (?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*|or|"
    r"serves as .*|also spelled .*|in caretaker status|- .*|on \d+ .*)$|\s*[\[(][^\])]*[\])]"
)
_REST_OF_A_TITLE = ("of ", "for ", "in ", "and ")


def plain_name(name: str) -> str:
    """Return a name of the Factbook without the titles and remarks printed with it."""
    plain = _TAILS.sub("", name).strip()
    if plain.startswith(_REST_OF_A_TITLE):
        # "of Interior Ľudovít ÓDOR": the name begins one word before its capitals.
        words = plain.removeprefix("of China ").split()
        capitals = [i for i, word in enumerate(words) if len(word) > 1 and word.isupper()]
        plain = " ".join(words[max(capitals[0] - 1, 0) :]) if capitals else plain
    return _TITLES.sub("", plain) or name


def _start_of(line: dict[str, str]) -> str:
    """The start as printed; 1 January is a year, except where presidents change that day."""
    if line["start"].endswith("-01-01") and line["country"] not in {"CHE", "BRA"}:
        return line["start"][:4]
    return line["start"]


def _edition(day: str) -> str:
    return min(_MISDATED.get(day, day), _FROZEN)


def _is_confirmed(line: dict[str, str], editions: list[str]) -> bool:
    """Whether the first edition that could show the holder does."""
    if line["start"] < editions[0]:
        return _edition(line["first_seen"]) == editions[0]
    expected = (_days(line["start"]) + _NEXT_EDITION).isoformat()
    return not any(expected < each < _edition(line["first_seen"]) for each in editions)


def _days(day: str) -> date:
    return date.fromisoformat((day + "-01-01")[:10] if len(day) == 4 else (day + "-01")[:10])


def _last_sure_day(edition: str) -> str:
    if edition < FIRST_DATED_EDITION:
        return f"{edition[:4]}-01-01"
    if edition >= _FROZEN:
        return _FROZEN
    return (date.fromisoformat(_edition(edition)) - _FACTBOOK_LAG).isoformat()


def _corrected(rows: Iterable[Row]) -> Iterator[Row]:
    """Apply ``corrections/rows.csv``: rows that are wrong, with the reason."""
    changes: dict[tuple[str, ...], list[tuple[str, str]]] = defaultdict(list)
    for line in _lines(_CORRECTIONS):
        key = (line["origin"], line["country"], line["title"], line["person"], line["since"])
        changes[key].append((line["field"], line["value"]))
    used: set[tuple[str, ...]] = set()
    for row in rows:
        keys = [
            (row.origin, row.country, title, person, since)
            for title in (row.title, "*")
            for person in (row.person, "*")
            for since in (row.since, "*")
        ]
        found = [change for key in keys for change in changes.get(key, ())]
        used.update(key for key in keys if key in changes)
        if not any(what == "drop" for what, _ in found):
            yield _in_order(replace(row, **dict(found)))  # type: ignore[arg-type]
    unused = set(changes) - used
    if unused:
        raise SystemExit(f"corrections/rows.csv names rows that do not exist: {sorted(unused)}")


def _lines(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        for line in csv.DictReader(file):
            yield {key: (value or "").strip() for key, value in line.items() if key}
