"""Follow the Money: people, bodies, events, articles and offices as one JSON object a line.

Ids are keys of content, the same in every export.  A line is written before any that refers to
it, and once.  Countries are properties (ISO alpha-2, lower case), not entities: the schema has
none.  An office is given to a person (`Occupancy`) only where the tenure check `holds`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, TextIO

from tocsin.keys import content_key
from tocsin.publish.exports.articles import Lookup, outlet_of, web_address_of
from tocsin.publish.exports.codes import alpha2_of
from tocsin.publish.exports.export import Checked, Export, Outcome
from tocsin.publish.exports.happened import find_happened, tellings_of
from tocsin.publish.jsontext import one_line
from tocsin.publish.visible import on_one_line
from tocsin.records import Actor, Article, ReportedEvent, Telling, Verdict
from tocsin.store.kinds import EVENTS
from tocsin.store.rows import speaker_key

Entity = dict[str, Any]

#: Kinds of actors that are somebody in particular, with the schema of each.
_SCHEMATA = {"person": "Person", "body": "Organization", "group": "Organization"}
_OF_THE_STATE = frozenset({"GOV", "MIL", "COP", "JUD", "LEG", "SPY"})
_LANGUAGES = {"en": "eng"}  # the schema takes ISO 639-3


class _Sheet:
    """Writes entities, each id once."""

    def __init__(self, file: TextIO, outcome: Outcome) -> None:
        self._file = file
        self._outcome = outcome
        self._written: set[int] = set()

    def write(self, entity: Entity) -> str:
        """Write `entity` unless it was; return its id."""
        key: str = entity["id"]
        number = int(key.removeprefix("tocsin-"), 16)
        if number not in self._written:
            self._written.add(number)
            self._file.write(one_line(entity) + "\n")
            self._outcome.written[entity["schema"]] += 1
        return key


def write_ftm(
    file: TextIO, events: Iterable[ReportedEvent], checked: Iterable[Checked], look_up: Lookup
) -> Outcome:
    """Write `events` with their parties and articles, and the offices that `checked` confirms.

    Args:
        file: where to write.
        events: those that may have happened are written, the others counted.
        checked: findings; those of the tenure check that hold become offices held.
        look_up: finds the articles of an event.
    """
    outcome = Outcome()
    sheet = _Sheet(file, outcome)
    for event in find_happened(events, outcome):
        _write_event(sheet, event, look_up)
    for each in checked:
        if each.finding.check == "tenure" and each.finding.verdict is Verdict.HOLDS:
            _write_office(sheet, each)
    return outcome


def _write_event(sheet: _Sheet, event: ReportedEvent, look_up: Lookup) -> None:
    tellings = tellings_of(event)
    articles = [look_up(each) for telling in tellings for each in telling.articles]
    parties = (*event.actors, *event.recipients)
    involved = [sheet.write(each) for each in map(_party, parties) if each]
    proof = [sheet.write(_article(each)) for each in articles]
    sheet.write(_event(event, tellings, involved, proof))


def _write_office(sheet: _Sheet, checked: Checked) -> None:
    compared, evidence = checked.finding.compared, checked.finding.evidence
    office_id = compared.get("office_id")
    if not (office_id and evidence and compared.get("claimed")):
        return
    country = str(office_id).partition(":")[0]
    named = Actor(name=str(compared["claimed"]), words=(0, 0), kind="person", country=country)
    person = _party(named)
    if person is None:
        return
    key, where = ("position", office_id), _country(country)
    post = _entity("Position", key, name=[compared["office"]], country=where)
    holder, position = sheet.write(person), sheet.write(post)
    sheet.write(
        _entity(
            "Occupancy",
            ("occupancy", holder, position, evidence[0].since, evidence[0].until),
            holder=[holder],
            post=[position],
            startDate=[evidence[0].since],
            endDate=[evidence[0].until],
            date=[compared.get("on")],
            summary=[checked.finding.sentence],
            recordId=[checked.id],
            sourceUrl=[web_address_of(each) for each in checked.articles],
            publisher=[evidence[0].origin],
        )
    )


def _party(actor: Actor) -> Entity | None:
    """Return a person or a body; None for countries, offices and unnamed people."""
    schema = _SCHEMATA.get(actor.kind)
    key = speaker_key(replace(actor, reference=None))  # by name, as people in findings are
    if schema is None or key is None:
        return None
    if actor.kind == "body" and actor.sector in _OF_THE_STATE:
        schema = "PublicBody"
    more = {"position": [actor.office]} if schema == "Person" else {}
    country = _country(actor.country)
    return _entity(schema, (key,), name=[actor.name], country=country, **more)


def _article(article: Article) -> Entity:
    return _entity(
        "Article",
        ("article", article.id),
        title=[article.title],
        fileName=[f"{article.id}.txt"],
        sourceUrl=[web_address_of(article)],
        publisher=[outlet_of(article)],
        publishedAt=[article.published],
        language=[_LANGUAGES.get(article.language)],
    )


def _event(
    event: ReportedEvent, tellings: Iterable[Telling], involved: list[str], proof: list[str]
) -> Entity:
    parties = (*event.actors, *event.recipients)
    countries = [each.country for each in (*parties, event.place) if each]
    ends = {"startDate": [event.day], "endDate": [event.until]}
    if event.day == event.until:
        ends = {"date": [event.day]}
    return _entity(
        "Event",
        ("event", event.id),
        name=[_name(event)],
        **ends,
        location=[event.place.name if event.place else None],
        country=sorted({code for each in countries for code in _country(each)}),
        involved=involved,
        summary=[each.told for each in tellings][:1],
        notes=[event.grade.sentence],
        keywords=_keywords(event),
        recordId=[event.id],
        proof=proof,
    )


def _name(event: ReportedEvent) -> str:
    """Return the event in one line: "ASSAULT (drone): Russia, Ukraine; Kharkiv, 2025-03-04"."""
    act = f"{event.type} ({event.mode})" if event.mode else event.type
    parties = ", ".join(dict.fromkeys(each.name for each in (*event.actors, *event.recipients)))
    place = event.place.name if event.place else None
    where = ", ".join(str(each) for each in (place, event.day) if each)
    return f"{act}: " + "; ".join(filter(None, (parties, where))) if parties or where else act


def _keywords(event: ReportedEvent) -> list[str]:
    mode = [f"{event.type}-{event.mode}"] if event.mode else []
    contested = ["contradicted"] if event.contradicted else []
    return [event.type, *mode, *event.contexts, f"status: {event.status}", *contested]


def _country(country: str | None) -> list[str]:
    code = alpha2_of(country).lower()
    return [code] if code else []


def _entity(schema: str, key: tuple[object, ...], **properties: list[Any]) -> Entity:
    """Return an entity without empty properties, its text made visible, each value once."""
    texts = {
        name: dict.fromkeys(on_one_line(str(each)) for each in values if each)
        for name, values in properties.items()
    }
    kept = {name: list(filter(None, found)) for name, found in texts.items() if any(found)}
    return {"id": f"tocsin-{content_key(*key)}", "schema": schema, "properties": kept}


FTM = Export(
    name="ftm",
    summary="Follow the Money entities: a file.",
    more="""People, bodies, events, articles and offices held, one entity a line.  With a filter,
offices held are left out: they belong to no event.""",
    examples=("entities.jsonl --store crisis",),
    kind=EVENTS,
    file=lambda kept, file: write_ftm(
        file, kept.events(), () if kept.asked else kept.checked(verdict="holds"), kept.look_up()
    ),
)
