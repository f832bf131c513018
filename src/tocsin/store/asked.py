"""Values of filters as users give them, read into what queries use.

Each reader takes the name of the filter, for the complaint, and the value as it was given on the
command line or in Python.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any

from tocsin.errors import ValueNotUnderstood
from tocsin.lexicons.plover import modes_of, types
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.records import Manner, Naming, Stance, Status, Verdict
from tocsin.store import days_meant
from tocsin.store.arrivals import Since, as_text

#: PLOVER's codes for who is no single state.
NO_STATES = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")

#: PLOVER's sectors, the commonest first.
SECTORS = (
    *("GOV", "MIL", "COP", "LEG", "JUD", "SPY", "PTY", "OPP", "REB", "PRM", "UAF", "UNK"),
    *("CVL", "SOC", "JRN", "BUS", "LAB", "EDU", "MED", "REL", "REF", "AGR", "CRM", "ELI", "PRE"),
)

#: Longer values are a slip, and comparing them would take long.
_LONGEST = 500

#: No number of records is greater.
FARTHEST = 10**12

#: No text of a store has these: NUL, and half characters as they come from a command line in no
#: known encoding.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")

_PARTY = re.compile(r"(?P<who>[^:]+):(?P<sector>[A-Za-z]{0,3})")
_PART_OF_DAY = re.compile(r"\d{4}(-\d\d)?")
_PIECE = re.compile(r'"(?P<phrase>[^"]*)"?|(?P<word>[^\s"]+)')


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What text must hold: every one of `pieces`."""

    given: str  #: as the user wrote it
    match: str  #: the same for FTS5, every word quoted: nothing in it is syntax


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor or recipient: of a country (with a sector), or with these words in the name."""

    country: str | None = None
    sector: str | None = None
    name: Words | None = None


class Check(StrEnum):
    """What a finding asks: of one article, and last of several set against each other."""

    TENURE = "tenure"
    HOLDER = "holder"
    DATING = "dating"
    SOURCING = "sourcing"
    COUNTS = "counts"
    KNOWN_DAYS = "known_days"
    RESIDUE = "residue"
    CONTRADICTION = "contradiction"
    QUOTATION = "quotation"


class Period(StrEnum):
    """What a series sums up in one record."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


class What(StrEnum):
    """What is judged: an event as one text tells it, a claim to an office, a whole article ..."""

    EVENT = "event"
    STATEMENT = "statement"
    OFFICE = "office"
    FINDING = "finding"
    ARTICLE = "article"


class Judged(StrEnum):
    """What a judge says of a record.

    An event that the reader missed is `added`; an article is `complete` when a judge has read it
    through and added what was missed; what is `withdrawn` is an earlier judgement.
    """

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    ADDED = "added"
    COMPLETE = "complete"
    WITHDRAWN = "withdrawn"


class Held(StrEnum):
    """How judges hold a record: as one of them says, differently, or not judged."""

    CONFIRMED = "confirmed"
    CORRECTED = "corrected"
    REJECTED = "rejected"
    DISPUTED = "disputed"
    NONE = "none"


def one_of(choices: type[StrEnum]) -> Callable[[str, Any], StrEnum]:
    """Return the reader of a vocabulary: any case, spaces or hyphens for underscores."""

    def read(name: str, given: Any) -> StrEnum:
        word = str(given).strip().lower().replace(" ", "_").replace("-", "_")
        return choices(_among(word, given, list(choices), f"there is no such {name}"))

    return read


read_manner, read_naming, read_stance = one_of(Manner), one_of(Naming), one_of(Stance)
read_period, read_status, read_verdict = one_of(Period), one_of(Status), one_of(Verdict)
read_check, read_what, read_judgement, read_held = map(one_of, (Check, What, Judged, Held))


def _among(word: str, given: Any, known: Collection[str], complaint: str) -> str:
    if word not in known:
        raise refusal_among(ValueNotUnderstood, "not_among", given, known, complaint=complaint)
    return word


def read_name(name: str, given: Any) -> str:
    """Return the value as one line that is not empty."""
    if not isinstance(given, str):
        raise refusal(ValueNotUnderstood, "no_text", given, name=name)
    words = " ".join(str(given).split())
    if not words or len(words) > _LONGEST:
        raise refusal(ValueNotUnderstood, "no_value", given, name=name, most=_LONGEST)
    if _NO_TEXT.search(words):
        raise refusal(ValueNotUnderstood, "no_characters", given, name=name)
    return words


def read_words(name: str, given: Any) -> Words:
    """Return a search for all words, "words in a row" and beginnings (missil*) of the value."""
    text = read_name(name, given)
    pieces = [piece for found in _PIECE.finditer(text) if (piece := _piece(name, found))]
    if not pieces:
        raise refusal(ValueNotUnderstood, "no_word", given, name=name)
    return Words(given=text, match=" AND ".join(pieces))


def _piece(name: str, found: re.Match[str]) -> str | None:
    phrase = found["phrase"] if found["word"] is None else found["word"]
    begins = phrase.endswith("*")
    words = phrase.rstrip("*").replace("\0", " ")
    # What FTS5's unicode61 takes for parts of words.
    kinds = {c: unicodedata.category(c) for c in words}
    known = {c for c, kind in kinds.items() if kind[0] in "LNM" or kind == "Co"}
    tokens = "".join(c if c in known else " " for c in words).split()
    if not tokens:
        return None
    if begins and len(tokens[-1]) < 2:
        raise refusal(ValueNotUnderstood, "beginning_too_short", phrase, name=name)
    return f'"{" ".join(tokens)}"' + "*" * begins


def read_day(name: str, given: Any) -> date:
    """Return the one day that the value names or is."""
    first, last = _read_days(name, given)
    if first != last:
        raise refusal(ValueNotUnderstood, "several_days", given, name=name)
    return first


def read_number(name: str, given: Any, lowest: float, highest: float) -> float:
    """Return the number that the value is or is written as, within these bounds."""
    try:
        number = math.nan if isinstance(given, bool) else float(given)
    except (TypeError, ValueError):
        number = math.nan
    if not lowest <= number <= highest:  # NaN is within no bounds
        bounds = {"lowest": lowest, "highest": highest}
        raise refusal(ValueNotUnderstood, "no_such_number", given, name=name, **bounds)
    return number


def read_first_day(name: str, given: Any) -> date:
    """Return the first day of the day, week, month or year that the value names or is."""
    return _read_days(name, given)[0]


def read_last_day(name: str, given: Any) -> date:
    """Return the last day of the day, week, month or year that the value names or is."""
    return _read_days(name, given)[1]


def _read_days(name: str, given: Any) -> tuple[date, date]:
    if isinstance(given, date):
        day = given.date() if isinstance(given, datetime) else given
        return day, day
    meant = days_meant.find_days(str(given), days_meant.local_today())
    if meant is None:
        raise refusal(ValueNotUnderstood, "no_day", given, name=name)
    return meant


def read_partial_day(name: str, given: Any) -> str:
    """Return a day, or a month or year where no more is known, as 2024-10-29, 2024-10 or 2024."""
    words = str(given).strip()
    if _PART_OF_DAY.fullmatch(words):
        return str(read_day(name, f"{words}-01-01"[: len("2024-10-29")]))[: len(words)]
    return read_day(name, given).isoformat()


def read_country(name: str, given: Any) -> str:
    """Return PLOVER's code of the country that the value is the code or a name of."""
    from tocsin.reference.countries import code_of

    words = read_name(name, given)
    code = _country_code(words) or _country_code(code_of(words))  # "UA" is a country here alone
    if code is None:
        raise _no_country(name, given)
    return code


def read_whose(name: str, given: Any) -> str:
    """Return the code of the country or body that the value is the code or a name of.

    It is the reference's, that places and offices have: XKX is Kosovo's, not PLOVER's KOS.
    """
    from tocsin.reference.countries import code_of, load_countries

    words = read_name(name, given)
    named = map(load_countries().usual_country, (words, words.title()))
    code = code_of(words) if words.isupper() else None
    if not (code := code or next(filter(None, named), None) or code_of(words.title())):
        raise _no_country(name, given)
    return code


def _no_country(name: str, given: Any) -> ValueNotUnderstood:
    from tocsin.reference.countries import load_countries

    names = [each.name for each in load_countries().by_code.values()]
    return refusal_among(ValueNotUnderstood, "no_country", given, names, name=name)


def _country_code(words: str) -> str | None:
    """Return PLOVER's code for a state, a territory or one of `NO_STATES`; bodies have none."""
    from tocsin.reference.countries import load_countries

    countries = load_countries()
    states = {c.code: c for c in countries.by_code.values() if c.kind in ("state", "territory")}
    code = words.upper()
    if code in NO_STATES or code in {c.plover for c in states.values()}:
        return code
    named = (countries.readings(each, "names") for each in (words, words.title()))
    meant = (code, *(r.code for readings in named for r in readings if r.usual))
    return next((states[each].plover for each in meant if each in states), None)


def read_party(name: str, given: Any) -> Party:
    """Return the party: a country by code or name, a sector after a colon, else a name."""
    words = read_name(name, given)
    if with_sector := _PARTY.fullmatch(words):
        country, sector = read_country(name, with_sector["who"].strip()), with_sector["sector"]
        complaint = f"{name} has no sector of PLOVER's after the colon"
        return Party(country=country, sector=_among(sector.upper(), sector, SECTORS, complaint))
    code = _country_code(words)
    return Party(country=code) if code else Party(name=_body_or_name(name, words))


def read_codes(name: str, given: Any) -> list[str]:
    """Return the codes of countries, each with its sector where one is given: RUS:MIL + BLR."""
    parts = given.split("+") if isinstance(given, str) else given
    if not isinstance(parts, list | tuple):
        raise refusal(ValueNotUnderstood, "no_text", given, name=name)
    return [_read_code(name, each) for each in parts]


def _read_code(name: str, given: Any) -> str:
    party = read_party(name, given)
    if party.country is None:
        raise _no_country(name, given)
    return ":".join(filter(None, (party.country, party.sector)))


def _body_or_name(name: str, words: str) -> Words:
    """Return the search for a body under its short and its full name, or for the words alone."""
    from tocsin.reference.countries import load_countries

    countries = load_countries()
    code = countries.country_named(words)
    if code is None or countries.by_code[code].kind not in ("body", "group"):
        return Words(given=words, match=_in_a_row(name, words))
    names = dict.fromkeys((words, code, countries.name_of(code)))
    return Words(given=words, match=" OR ".join(_in_a_row(name, each) for each in names))


def _in_a_row(name: str, words: str) -> str:
    phrase = words.strip('"').replace('"', " ")
    return read_words(name, f'"{phrase}"').match


def read_type(name: str, given: Any) -> str:
    """Return PLOVER's type of that name, in any case."""
    word = read_name(name, given).upper()
    return _among(word, given, vocabulary_of("type"), "PLOVER has no such type")


def read_mode(name: str, given: Any) -> str:
    """Return PLOVER's mode of that name, in any case."""
    word = re.sub(r"[\s_]+", "-", read_name(name, given).lower())
    return _among(word, given, vocabulary_of("mode"), "PLOVER has no such mode")


def require_mode_of_type(asked: Mapping[str, Any]) -> None:
    """Refuse a mode that the type beside it does not have."""
    if not asked.keys() >= {"type", "mode"}:
        return
    modes = sorted(modes_of(asked["type"]))
    if asked["mode"] not in modes:
        listed = f"one of {', '.join(modes)}" if modes else "no mode at all"
        mode, of_type = asked["mode"], asked["type"]
        raise refusal(ValueNotUnderstood, "no_such_mode", mode, type=of_type, known=listed)


def read_context(name: str, given: Any) -> str:
    """Return PLOVER's context of that name, in any case."""
    word = re.sub(r"[\s-]+", "_", read_name(name, given).lower())
    return _among(word, given, vocabulary_of("context"), "PLOVER has no such context")


def read_quad(name: str, given: Any) -> int:
    """Return the quad class, 1 to 4."""
    number = read_limit(name, given)
    if number not in range(1, 5):
        raise refusal(ValueNotUnderstood, "no_quad_class", given, name=name)
    return number


def read_limit(name: str, given: Any, least: int = 0, most: int = FARTHEST) -> int:
    """Return a whole number of `least` or more; what is more than `most` counts as that."""
    whole = isinstance(given, int) and not isinstance(given, bool)
    text = str(given).strip()
    if not whole and not (isinstance(given, str) and re.fullmatch(r"-?[0-9]{1,13}", text)):
        raise refusal(ValueNotUnderstood, "no_number", given, name=name)
    if not least <= int(text) <= FARTHEST:
        raise refusal(ValueNotUnderstood, "out_of_reach", given, name=name, least=least, most=most)
    return min(int(text), most)


def read_share(name: str, given: Any) -> float:
    """Return a number from 0 to 1."""
    return read_number(name, given, 0, 1)


def read_flag(name: str, given: Any) -> bool:
    """Return a yes or no."""
    if not isinstance(given, bool):
        raise refusal(ValueNotUnderstood, "no_flag", given, name=name)
    return given


def read_grade(name: str, given: Any) -> tuple[str | None, int | None]:
    """Return the Admiralty code, reliability and credibility, or the half that is named."""
    found = re.fullmatch(r"([A-F])?([1-6])?", str(given).strip().upper())
    if not found or not any(found.groups()):
        raise refusal(ValueNotUnderstood, "no_grade", given, name=name)
    letter, digit = found.groups()
    return letter, int(digit) if digit else None


def read_since(name: str, given: object) -> Since:
    """Return the number of a run, or the time in UTC that a time names, or at which days begin.

    Written days begin in UTC, as times are without a zone; those counted back from today begin
    where this runs.

    Raises:
        ValueNotUnderstood: it is none of these.
    """
    words = str(given).strip()
    if words.isdecimal() and len(words) != len("20261129"):  # eight digits are a day
        return read_limit(name, words)
    with suppress(ValueError, OverflowError):
        return as_text(datetime.fromisoformat(words))
    if written := days_meant.days_written(words):
        return as_text(datetime.combine(written[0], time()))
    if back := days_meant.days_back(words, days_meant.local_today()):
        return as_text(datetime.combine(back[0], time()).astimezone())
    raise refusal(ValueNotUnderstood, "no_moment", given, name=name)


# --------------------------------------------------------------------------- what values there are

#: The kind of value that a reader takes, by its name, where that is no text.
KINDS_OF_VALUES = {
    "flag": "flag",
    "limit": "integer",
    "quad": "integer",
    "share": "real",
    **dict.fromkeys(("day", "first_day", "last_day"), "day"),
}

_VOCABULARIES: dict[str, Iterable[str]] = {
    "check": Check,
    "held": Held,
    "judgement": Judged,
    "manner": Manner,
    "naming": Naming,
    "period": Period,
    "quad": "1234",
    "stance": Stance,
    "status": Status,
    "verdict": Verdict,
    "what": What,
}


def vocabulary_of(reads: str) -> tuple[str, ...]:
    """Return what the reader of this name takes, where that is one of a few words or numbers."""
    from tocsin.extract.events.contexts import load_contexts

    match reads:
        case "type":
            return types()
        case "mode":
            return tuple(sorted(set().union(*map(modes_of, types()))))
        case "context":
            return load_contexts()
        case _:
            return tuple(map(str, _VOCABULARIES.get(reads, ())))
