"""Layers: files of office holders, or of actors, that the user adds over what ships.

A layer is one imported file.  It lies as ``reference/<name>.tsv`` in the data directory, with its
origin and the day of import, which every finding that rests on it shows.  An import reads the
whole file first and then writes the layer in one step: a malformed file changes nothing.

Formats, told apart by their content:

- CSV with the columns country, office, person, start, end, and optionally name_variants,
  known_until, note;
- Follow-the-Money JSON lines: Person, Position and Occupancy entities;
- Popolo JSON: persons, organizations, posts, memberships;
- the JSON result of a SPARQL query on Wikidata: P39 with its P580 and P582;
- a table of groups, bodies and people with their countries (`tocsin.reference.own_actors`).

An end that a file does not give means "still in office when it was read", not "for ever".
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import tempfile
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any, NoReturn

from tocsin.errors import ReferenceFileError
from tocsin.keys import person_key
from tocsin.lexicons.letters import fold
from tocsin.lexicons.refusals import refusal, refusal_among
from tocsin.lexicons.words import word_set
from tocsin.reference.actors import COLUMNS, ActorRow, OwnActors
from tocsin.reference.countries import code_of, load_countries
from tocsin.reference.own_actors import is_actor_table, read_actor_table
from tocsin.reference.tenures import OF_ITS_OWN, Person, Tenure, first_day, last_day, whole_of
from tocsin.reference.titles import read_titles

_ENDPOINT = "https://query.wikidata.org/sparql"
_COLUMNS = ("country", "office", "person", "start", "end")
_ISO = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
#: Days between which somebody can have held an office that news tells of.
_FIRST, _LAST = date(1500, 1, 1), date(2200, 12, 31)
_OFFICE_ID = re.compile(r"[\w ]+:[a-z_]+(:[\w ]+)?")
_SECONDS = 120

#: A row of a layer: office, person's id, name, other forms, start, end, known until, note; or one
#: of actors.
_Row = tuple[str, ...]
_TENURE_CELLS, _ACTOR_CELLS = 8, len(COLUMNS.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Layer:
    """One imported file: what it is called, where it came from, what it holds.

    `skipped` counts entries that are no use here: no country, no start, no office in words that
    can be read.
    """

    name: str
    origin: str  #: the file's name, or the address asked
    format: str  #: "csv", "follow-the-money", "popolo", "wikidata" or "actors"
    imported: date
    people: int
    tenures: int = 0
    skipped: int = 0
    actors: int = 0  #: groups, bodies and people with their countries
    #: Titles of the file that were taken for a role, and the office; not kept after the import.
    taken: tuple[tuple[str, str], ...] = ()

    @property
    def told_as(self) -> str:
        """What findings name as the origin of a fact."""
        return f"{self.origin}, imported {self.imported.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Entry:
    """One tenure as a file tells it, before it is checked."""

    where: str  #: "line 3", "membership 12"
    country: str
    office: str
    person: str
    forms: tuple[str, ...] = ()
    person_id: str = ""
    start: str = ""
    end: str = ""
    known_until: str = ""
    note: str = ""


# --------------------------------------------------------------------------- the user's verbs


def add_layer(path: Path, data_dir: Path, *, today: date, name: str | None = None) -> Layer:
    """Import the file at `path`; return what was added.

    Args:
        path: a file in one of the formats above.
        data_dir: the user's data directory (`Settings.data_dir`); made when missing.
        today: the day of import.
        name: what the layer is called; default: the file's name without its ending.  A layer of
            the same name is replaced.

    Raises:
        ReferenceFileError: the file cannot be read; nothing was changed.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise refusal(ReferenceFileError, "reference_unopened", path) from error
    return _import(raw, path.name, name or path.stem, data_dir, today)


def list_layers(data_dir: Path) -> tuple[Layer, ...]:
    """Return the imported layers, by name.

    Raises:
        ReferenceFileError: a layer in the data directory is damaged.
    """
    return tuple(_read_layer(path)[0] for path in _paths(data_dir))


def remove_layer(name: str, data_dir: Path) -> Layer:
    """Remove the layer called `name`; return what it was.

    Raises:
        ReferenceFileError: there is no such layer.
    """
    path = _path_of(name, data_dir)
    if not path.is_file():
        names = [each.stem for each in _paths(data_dir)] or ["none"]
        raise refusal_among(ReferenceFileError, "no_such_layer", name, names)
    layer = _read_layer(path)[0]
    path.unlink()
    return layer


def update_layers(
    countries: Iterable[str],
    data_dir: Path,
    *,
    today: date,
    fetch: Callable[[str], bytes] | None = None,
) -> tuple[Layer, ...]:
    """Ask Wikidata for the office holders of `countries` and keep the answers as layers.

    The only function of the package's core that uses the network, and only when called.  One
    query a country: larger ones time out at the public endpoint.

    Args:
        countries: ISO 3166-1 alpha-3 codes.
        data_dir: the user's data directory.
        today: the day of import.
        fetch: returns what lies at an address; default: urllib.

    Raises:
        ReferenceFileError: no answer, or one that cannot be read.  Countries before it are kept.
    """
    layers = []
    for country in countries:
        if not re.fullmatch(r"[A-Z]{3}", country):
            raise refusal(ReferenceFileError, "no_country_code", country)
        query = urllib.parse.urlencode({"query": _query(country), "format": "json"})
        raw = (fetch or _fetch)(f"{_ENDPOINT}?{query}")
        layers.append(_import(raw, _ENDPOINT, f"wikidata-{country}", data_dir, today))
    return tuple(layers)


def read_layers(data_dir: Path) -> tuple[Tenure, ...]:
    """Return the tenures of all imported layers, for `load_reference`.

    Raises:
        ReferenceFileError: a layer in the data directory is damaged.
    """
    return tuple(tenure for path in _paths(data_dir) for tenure in _read_layer(path)[1])


def read_own_actors(data_dir: Path) -> OwnActors:
    """Return the groups, bodies and people of all imported layers, for `load_reference`.

    Raises:
        ReferenceFileError: a layer in the data directory is damaged.
    """
    layers = (_read_cells(path) for path in _paths(data_dir))
    return OwnActors(tuple(row for layer, rows in layers if layer.actors for row in rows))


def _query(country: str) -> str:
    return files("tocsin.reference").joinpath("holders.rq").read_text("utf-8") % country


def _fetch(address: str) -> bytes:
    headers = {"User-Agent": "Tocsin (office reference)", "Accept": "application/json"}
    request = urllib.request.Request(address, headers=headers)  # noqa: S310  (always https)
    try:
        with urllib.request.urlopen(request, timeout=_SECONDS) as answer:  # noqa: S310
            return bytes(answer.read())
    except OSError as error:
        raise refusal(ReferenceFileError, "no_answer", error) from error


# --------------------------------------------------------------------------- import


def _import(raw: bytes, origin: str, name: str, data_dir: Path, today: date) -> Layer:
    path = _path_of(name, data_dir)
    if is_actor_table(raw):
        return _import_actors(read_actor_table(raw, origin), origin, path, today)
    kind, entries = _read_entries(raw, origin)
    rows: list[_Row] = []
    taken: dict[tuple[str, str], None] = {}
    skipped = 0
    for entry in entries:
        found = list(_rows_of(entry, today))
        rows += found
        skipped += not found
        roles = (office for office, *_ in found if OF_ITS_OWN not in office)
        taken |= dict.fromkeys((entry.office, office) for office in roles)
    if not rows:
        raise refusal(ReferenceFileError, "no_office_holder", origin)
    layer = Layer(
        name=path.stem,
        origin=origin,
        format=kind,
        imported=today,
        tenures=len(rows),
        people=len({person for _, person, *_ in rows}),
        skipped=skipped,
        taken=tuple(taken),
    )
    _write_layer(path, layer, rows)
    return layer


def _import_actors(rows: tuple[ActorRow, ...], origin: str, path: Path, today: date) -> Layer:
    if not rows:
        raise refusal(ReferenceFileError, "no_actor", origin)
    layer = Layer(
        name=path.stem,
        origin=origin,
        format="actors",
        imported=today,
        people=sum(kind == "person" for _, _, kind, *_ in rows),
        actors=len(rows),
    )
    _write_layer(path, layer, rows)
    return layer


def _rows_of(entry: _Entry, today: date) -> Iterator[_Row]:
    """Yield a row of the layer for each office that the entry's title names; none if unusable."""
    for what in ("start", "end", "known_until"):
        _check_date(getattr(entry, what), entry.where)
    if entry.start and entry.end and last_day(entry.end) < first_day(entry.start):
        _refuse(entry.where, "the end lies before the start", f"{entry.start} to {entry.end}")
    if not entry.person:
        _refuse(entry.where, "there is no person", entry.office)
    person = entry.person_id or person_key(entry.country, entry.person)
    known = entry.known_until or ("" if entry.end else today.isoformat())
    held = (person, entry.person, "|".join(entry.forms), entry.start, entry.end, known, entry.note)
    for office in _offices_of(entry) if entry.start or entry.end else ():
        yield office, *held


def _offices_of(entry: _Entry) -> tuple[str, ...]:
    if _OFFICE_ID.fullmatch(entry.office):
        return (entry.office,)
    country = code_of(entry.country) or None
    found = [
        _office_id(owner, kind, reading.detail)
        for reading in read_titles(entry.office, countries=load_countries(), country=country)
        if (owner := country or reading.country)
        for kind in reading.kinds[:1]
        if kind not in word_set("lumped_offices")
    ]
    if not found and country:
        slug = re.sub("[^a-z0-9]+", "_", fold(entry.office)).strip("_")
        found = [f"{country}{OF_ITS_OWN}{slug}"]
    return tuple(dict.fromkeys(found))


def _office_id(country: str, kind: str, detail: str | None) -> str:
    return ":".join(filter(None, (whole_of(country), kind, detail)))


def _check_date(day: str, where: str) -> None:
    with suppress(ValueError, TypeError):
        if not day or (_ISO.fullmatch(day) and _FIRST <= last_day(day) <= _LAST):
            return
    _refuse(where, "this is no date", day, "YYYY, YYYY-MM or YYYY-MM-DD, from 1500 to 2200")


def _refuse(where: str, what: str, value: object = None, expected: str = "") -> NoReturn:
    raise ReferenceFileError(
        f"{where}: {what}",
        value=value,
        expected=expected,
        advice="Nothing of this file was imported.",
    )


# --------------------------------------------------------------------------- formats


def _read_entries(raw: bytes, origin: str) -> tuple[str, list[_Entry]]:
    """Tell the format by the content and read every entry."""
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        _refuse(f"line {line}", "the bytes are not UTF-8", origin)
    if not text.strip():
        _refuse("line 1", "the file is empty", origin)
    if not text.lstrip().startswith(("{", "[")):
        return "csv", list(_read_csv(text))
    try:
        whole = _parse_json(text)
    except ReferenceFileError:
        if '"schema"' not in text.partition("\n")[0]:
            raise
        return "follow-the-money", list(_read_follow_the_money(text))
    if not isinstance(whole, dict):
        _refuse("line 1", "the JSON is not an object", type(whole).__name__)
    if "schema" in whole:
        return "follow-the-money", list(_read_follow_the_money(text))
    if "results" in whole:
        return "wikidata", list(_read_wikidata(whole))
    if "memberships" in whole:
        return "popolo", list(_read_popolo(whole))
    _refuse("line 1", "this JSON is in no known format", origin, "memberships, results or schema")


def _parse_json(text: str, number: int = 1) -> Any:
    """The value that the lines from `number` on hold; they are refused where the error lies."""
    try:
        return json.loads(text)
    except json.JSONDecodeError as error:
        _refuse(f"line {number + error.lineno - 1}", f"this is no JSON ({error.msg})")
    except RecursionError:
        _refuse(f"line {number}", "the JSON is nested too deeply")


def _read_csv(text: str) -> Iterator[_Entry]:
    reader = csv.DictReader(io.StringIO(text), strict=True)
    missing = [column for column in _COLUMNS if column not in (reader.fieldnames or ())]
    if missing:
        expected = f"{', '.join(_COLUMNS)}; or for groups and people: name, country"
        _refuse("line 1", "columns are missing", ", ".join(missing), expected)
    try:
        for row in reader:
            where = f"line {reader.line_num}"
            if None in row or None in row.values():
                _refuse(where, "the row has more or fewer cells than the header")
            cell = {key: value.strip() for key, value in row.items()}
            if not code_of(cell["country"]) and not _OFFICE_ID.fullmatch(cell["office"]):
                _refuse(where, "this is no known country or body", cell["country"])
            yield _Entry(
                where=where,
                forms=tuple(f for f in cell.get("name_variants", "").split(" / ") if f),
                **{name: cell.get(name, "") for name in (*_COLUMNS, "known_until", "note")},
            )
    except csv.Error as error:
        _refuse(f"line {reader.line_num}", f"this is no CSV ({error})")


def _read_follow_the_money(text: str) -> Iterator[_Entry]:
    """Occupancies, with the Person and the Position that they point at, in any order."""
    entities: dict[str, dict[str, Any]] = {}
    occupancies: list[tuple[str, dict[str, list[str]]]] = []
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        entity = _entity(line, number)
        entities[entity["id"]] = entity
        if entity["schema"] == "Occupancy":
            occupancies.append((f"line {number}", entity["properties"]))
    for where, properties in occupancies:
        for holder in _linked(properties, "holder", entities, where):
            for post in _linked(properties, "post", entities, where):
                yield _occupancy(where, properties, holder, post)


def _entity(line: str, number: int) -> dict[str, Any]:
    entity = _parse_json(line, number)
    if not isinstance(entity, dict) or not {"id", "schema", "properties"} <= set(entity):
        what = "this is no Follow-the-Money entity"
        _refuse(f"line {number}", what, None, "id, schema and properties")
    return entity


def _linked(
    properties: dict[str, list[str]], name: str, entities: dict[str, dict[str, Any]], where: str
) -> list[dict[str, Any]]:
    ids = properties.get(name) or []
    missing = [each for each in ids if each not in entities]
    if missing or not ids:
        _refuse(where, f"the {name} of this occupancy is not in the file", ", ".join(missing))
    return [entities[each] for each in ids]


def _occupancy(
    where: str, own: dict[str, list[str]], holder: dict[str, Any], post: dict[str, Any]
) -> _Entry:
    person, position = holder["properties"], post["properties"]
    names = [*person.get("name", []), *person.get("alias", [])]
    wikidata = (person.get("wikidataId") or [""])[0]
    return _Entry(
        where=where,
        country=(position.get("country") or [""])[0],
        office=(position.get("name") or [""])[0],
        person=names[0] if names else "",
        forms=tuple(names[1:]),
        person_id=wikidata or (holder["id"] if re.fullmatch(r"Q\d+", holder["id"]) else ""),
        start=(own.get("startDate") or [""])[0][:10],
        end=(own.get("endDate") or [""])[0][:10],
    )


def _read_popolo(whole: Mapping[str, Any]) -> Iterator[_Entry]:
    """Memberships with their person; country and office from the role, the post and the body."""
    persons, posts, bodies = (
        {each.get("id"): each for each in whole.get(name) or ()}
        for name in ("persons", "posts", "organizations")
    )
    for number, membership in enumerate(whole["memberships"], 1):
        where = f"membership {number}"
        person = persons.get(membership.get("person_id"))
        if person is None:
            _refuse(where, "its person is not in the file", membership.get("person_id"))
        post = posts.get(membership.get("post_id"), {})
        body = bodies.get(membership.get("organization_id") or post.get("organization_id"), {})
        title = membership.get("role") or post.get("role") or post.get("label") or ""
        yield _Entry(
            where=where,
            country=_country_in(post, body, title),
            office=title,
            person=person.get("name", ""),
            forms=tuple(each["name"] for each in person.get("other_names", [])),
            person_id=_wikidata_id(person),
            start=membership.get("start_date") or "",
            end=membership.get("end_date") or "",
        )


def _country_in(post: Mapping[str, Any], body: Mapping[str, Any], title: str) -> str:
    """The country of a Popolo membership: the area of post or body, or words in their names."""
    areas = [each.get("area") or {} for each in (post, body)]
    words = [area.get("name") or "" for area in areas]
    words += [part for name in (body.get("name", ""), title) for part in name.split(" of ")[1:]]
    return next((code for each in words if (code := code_of(each))), "")


def _wikidata_id(person: Mapping[str, Any]) -> str:
    for each in person.get("identifiers", []):
        if each.get("scheme") == "wikidata":
            return str(each.get("identifier", ""))
    return ""


def _read_wikidata(whole: Mapping[str, Any]) -> Iterator[_Entry]:
    """Bindings of a SPARQL answer; dates cut to their precision (11 day, 10 month, 9 year)."""
    bindings = whole["results"].get("bindings") if isinstance(whole["results"], dict) else None
    if not isinstance(bindings, list):
        _refuse("results", "there are no bindings")
    for number, binding in enumerate(bindings, 1):
        where = f"binding {number}"
        value = {key: str(cell.get("value", "")) for key, cell in binding.items()}
        if not value.get("person"):
            _refuse(where, "there is no person")
        yield _Entry(
            where=where,
            country=value.get("iso3", ""),
            office=value.get("posLabel", ""),
            person=value.get("personLabel") or value["person"],
            person_id=value["person"].rpartition("/")[2],
            start=_at_precision(value.get("start", ""), value.get("startP")),
            end=_at_precision(value.get("end", ""), value.get("endP")),
        )


def _at_precision(moment: str, precision: str | None) -> str:
    """Return a moment as far as it is meant; without a precision, 1 January is a year."""
    day = moment.lstrip("+")[:10]
    told = precision or ("9" if day.endswith("-01-01") else "11")
    return day[: {"11": 10, "10": 7, "9": 4}.get(told, 0)]


# --------------------------------------------------------------------------- files


def _folder(data_dir: Path) -> Path:
    return data_dir.expanduser() / "reference"


def _paths(data_dir: Path) -> list[Path]:
    return sorted(_folder(data_dir).glob("*.tsv"))


def _path_of(name: str, data_dir: Path) -> Path:
    if not re.fullmatch(r"[\w][\w.\- ]{,99}", name):
        raise refusal(ReferenceFileError, "no_layer_name", name)
    return _folder(data_dir) / f"{name}.tsv"


def _write_layer(path: Path, layer: Layer, rows: Iterable[_Row]) -> None:
    about = {**asdict(layer), "imported": layer.imported.isoformat()}
    del about["taken"]
    lines = [f"#{json.dumps(about, ensure_ascii=False)}"]
    lines += ["\t".join(re.sub(r"\s", " ", cell) for cell in row) for row in rows]
    try:
        _replace(path, "\n".join(lines) + "\n")
    except OSError as error:
        raise refusal(
            ReferenceFileError, "data_directory_unwritable", path.parent, why=error.strerror
        ) from None


def _replace(path: Path, text: str) -> None:
    """Write beside the place and rename, so that a file is there whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _read_layer(path: Path) -> tuple[Layer, tuple[Tenure, ...]]:
    layer, rows = _read_cells(path)
    return layer, () if layer.actors else tuple(_tenure_of(row, layer) for row in rows)


def _read_cells(path: Path) -> tuple[Layer, tuple[_Row, ...]]:
    try:
        about, *lines = path.read_text("utf-8").splitlines()
        read = json.loads(about.removeprefix("#"))
        layer = Layer(**{**read, "imported": date.fromisoformat(read["imported"])})
        rows = tuple(tuple(line.split("\t")) for line in lines)
        if {*map(len, rows)} - {_ACTOR_CELLS if layer.actors else _TENURE_CELLS}:
            raise ValueError(path)
        return layer, rows
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise refusal(ReferenceFileError, "layer_damaged", path) from error


def _tenure_of(row: _Row, layer: Layer) -> Tenure:
    office, person_id, name, forms, since, until, known_until, note = row
    return Tenure(
        office=office,
        person=Person(id=person_id, name=name, forms=tuple(forms.split("|")) if forms else ()),
        since=since or None,
        until=until or None,
        known_until=known_until or None,
        origin=(layer.told_as,),
        note=note,
        imported=layer.imported,
    )
