"""A small store of invented articles for the tests of queries: something for every filter."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from tests.made import Draft
from tocsin.records import (
    Actor,
    DateWords,
    Manner,
    Naming,
    Place,
    Report,
    Stance,
    Status,
    Verdict,
)
from tocsin.store.arrivals import begin_run
from tocsin.store.asked import Judged
from tocsin.store.database import open_database
from tocsin.store.judgements import judge_record
from tocsin.store.settle import settle
from tocsin.store.tables import Connection, read_value
from tocsin.store.writer import Writer

ARRIVED = (
    "SEOUL, Oct 29 (Reuters) - North Korea moved troops to Kursk on Monday, the Seoul intelligence "
    "agency said.\n\n"
    "“Several thousand soldiers have reached the front,” said Defence Minister Han Doyun.\n\n"
    "The ministry gave no further details of the transfer, of the ships that were used or of the "
    "barracks in which the soldiers were to be housed until the end of their training."
)
DENIED = (
    "Russia denied on Tuesday that North Korea had moved troops to Kursk.\n\n"
    "“This is an invention,” said Foreign Minister Oleg Tarn. An official who asked not to be "
    "named called the story a fairy tale of the West and its newspapers."
)
STRUCK = (
    "Ukrainian drones struck an air defence depot near Belgorod on Wednesday, Governor Pavel Orlin "
    "said. Two missile launchers of the Russian army were destroyed, according to NATO."
)
UNDATED = "The European Union offered Ukraine generators and repair crews for its power stations."


def make_crisis(folder: Path) -> Path:
    """Make the store in `folder`, settled, and return the folder."""
    connection = open_database(folder, create=True)
    begin_run(connection, "add articles", lambda: datetime(2024, 11, 1, 9, tzinfo=UTC))
    connection.execute(
        "INSERT INTO outlets (domain, name, reliability)"
        " VALUES ('ledger.example', 'Seoul Ledger', 'B')"
    )
    reports = [*_arrived(), _denied(), _struck(), _undated()]
    Writer(connection).keep([(f"key {n}", f"{n}.txt", each) for n, each in enumerate(reports)])
    settle(connection)
    _judge(connection)
    connection.close()
    return folder


def _judge(connection: Connection) -> None:
    """Have Ada and Bo judge some of it: on the troops they differ, and nobody holds with NATO."""
    for told, judge, verdict, given in (
        ("North Korea moved troops%", "Ada", Judged.CONFIRMED, {}),
        ("North Korea moved troops%", "Bo", Judged.CORRECTED, {"status": "alleged"}),
        ("Two missile launchers%", "Ada", Judged.REJECTED, {}),
    ):
        found = "SELECT id FROM events WHERE told LIKE ? ORDER BY text_id"
        _say(connection, read_value(connection, found, told), judge, verdict, given)
    for table, verdict, given in (
        ("statements WHERE speaker = 'Oleg Tarn'", Judged.CORRECTED, {"stance": "denies"}),
        ("office_claims WHERE name = 'Han Doyun'", Judged.CONFIRMED, {}),
        ("findings WHERE verdict = 'contradicted'", Judged.REJECTED, {}),
    ):
        found = read_value(connection, f"SELECT id FROM {table} ORDER BY id")
        _say(connection, found, "Ada", verdict, given)
    read_through = "SELECT id FROM articles WHERE outlet = 'Seoul Ledger' ORDER BY published DESC"
    struck = read_value(connection, read_through)
    added = {"words": "depot", "type": "AID", "actors": "UKR"}
    _say(connection, struck, "Ada", Judged.ADDED, added)


def _say(
    connection: Connection, record: str, judge: str, verdict: Judged, given: dict[str, str]
) -> None:
    moment = datetime(2024, 11, 2, 10, tzinfo=UTC)
    judge_record(connection, record, judge, verdict, given=given, clock=lambda: moment)


def _draft(text: str, outlet: str, day: date | None, **others: str) -> Draft:
    address = f"https://{outlet.lower().split()[-1]}.example/{day}"
    titled = {"outlet": outlet, "title": f"{text.split('.')[0]}"} | others
    return Draft(text=text, url=address, published=day, others=titled)


def _country(draft: Draft, words: str, name: str, code: str, sector: str = "GOV") -> Actor:
    return draft.actor(name, words, kind="country", country=code, sector=sector)


def _on(draft: Draft, words: str, day: date) -> DateWords:
    return DateWords(words=draft.at(words), earliest=day, latest=day)


def _arrived() -> list[Report]:
    """One text in two papers, and a copy with an edited end in a third."""
    return [
        _arrival(_draft(ARRIVED, "Seoul Ledger", date(2024, 10, 29))),
        _arrival(_draft(ARRIVED, "Coast Daily", date(2024, 10, 29))),
        _arrival(_draft(f"{ARRIVED} More follows.", "Harbour Post", date(2024, 10, 30))),
    ]


def _arrival(draft: Draft) -> Report:
    agency = draft.actor("Seoul intelligence agency", kind="body", country="KOR", sector="SPY")
    said = draft.state(
        agency, "North Korea moved troops to Kursk on Monday", naming=Naming.INSTITUTION
    )
    minister = draft.actor("Han Doyun", country="KOR", office="Defence Minister", sector="GOV")
    draft.state(
        minister, "“Several thousand soldiers have reached the front,”", manner=Manner.DIRECT
    )
    draft.happen(
        "North Korea moved troops to Kursk on Monday",
        "moved",
        type="MOBILIZE",
        mode="troops",
        score=-8.0,
        contexts=("military",),
        actors=(_country(draft, "North Korea", "North Korea", "PRK", "MIL"),),
        status=Status.REPORTED,
        asserted_by=said.id,
        date=_on(draft, "Monday", date(2024, 10, 28)),
        place=Place(
            words=draft.at("Kursk"), name="Kursk", country="RUS", latitude=51.7, longitude=36.2
        ),
    )
    claim = draft.claim(
        "Defence Minister Han Doyun", "Defence Minister", "Han Doyun", "KOR:defence"
    )
    draft.find(
        claim, Verdict.CONTRADICTED, sentence="Another person, not Han Doyun, held the office."
    )
    return draft.report


def _denied() -> Report:
    draft = _draft(DENIED, "Moscow Mirror", date(2024, 10, 29))
    russia = _country(draft, "Russia", "Russia", "RUS")
    said = draft.state(russia, "that North Korea had moved troops to Kursk", stance=Stance.DENIES)
    tarn = draft.actor("Oleg Tarn", country="RUS", office="Foreign Minister", sector="GOV")
    draft.state(tarn, "This is an invention", stance=Stance.REJECTS)
    draft.state(None, "a fairy tale of the West and its newspapers")
    draft.happen(
        "North Korea had moved troops to Kursk",
        "moved",
        type="MOBILIZE",
        mode="troops",
        score=-8.0,
        contexts=("military",),
        actors=(_country(draft, "North Korea", "North Korea", "PRK", "MIL"),),
        status=Status.DENIED,
        asserted_by=said.id,
        date=_on(draft, "Tuesday", date(2024, 10, 28)),
        place=Place(words=draft.at("Kursk"), name="Kursk", country="RUS"),
    )
    draft.happen(
        "Russia denied",
        "denied",
        type="REJECT",
        quad=3,
        score=-4.0,
        actors=(russia,),
        date=_on(draft, "Tuesday", date(2024, 10, 29)),
    )
    claim = draft.claim(
        "Foreign Minister Oleg Tarn", "Foreign Minister", "Oleg Tarn", "RUS:foreign"
    )
    draft.find(claim, Verdict.HOLDS, sentence="Oleg Tarn was Foreign Minister of Russia.")
    return draft.report


def _struck() -> Report:
    draft = _draft(STRUCK, "Seoul Ledger", date(2024, 10, 30))
    orlin = draft.actor("Pavel Orlin", country="RUS", office="Governor", sector="GOV")
    draft.state(orlin, "Ukrainian drones struck an air defence depot near Belgorod")
    nato = draft.actor("NATO", kind="body", country="IGO")
    draft.state(nato, "Two missile launchers of the Russian army were destroyed")
    army = _country(draft, "Russian army", "Russian army", "RUS", "MIL")
    draft.happen(
        "Ukrainian drones struck an air defence depot near Belgorod",
        "struck",
        mode="drone",
        contexts=("military", "technology"),
        actors=(_country(draft, "Ukrainian", "Ukraine", "UKR", "MIL"),),
        recipients=(army,),
        date=_on(draft, "Wednesday", date(2024, 10, 30)),
        place=Place(words=draft.at("Belgorod"), name="Belgorod", country="RUS"),
    )
    draft.happen(
        "Two missile launchers of the Russian army were destroyed",
        "destroyed",
        mode="destroy",
        actors=(nato,),
        recipients=(army,),
        status=Status.ALLEGED,
    )
    return draft.report


def _undated() -> Report:
    draft = _draft(UNDATED, "Coast Daily", None)
    union = draft.actor("European Union", kind="body", country="EUR")
    draft.happen(
        "The European Union offered Ukraine generators",
        "offered",
        type="AID",
        quad=2,
        score=7.0,
        actors=(union,),
        recipients=(_country(draft, "Ukraine", "Ukraine", "UKR"),),
    )
    return draft.report
