"""A user's own groups, bodies and people: imported, found in texts, told of, and taken away."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.corpus.test_add import report_on
from tests.store.test_reread import read_by
from tocsin.articles.plain import read_plain
from tocsin.corpus.add import add_articles
from tocsin.corpus.reread import reread_articles
from tocsin.errors import ReferenceFileError
from tocsin.extract.mentions.actor_lexicon import load_actor_lexicon
from tocsin.models.networks import reader_version
from tocsin.pipeline import Tools, process_article
from tocsin.records import Actor, Article, Report
from tocsin.reference.layers import (
    Layer,
    add_layer,
    list_layers,
    read_layers,
    read_own_actors,
    remove_layer,
)
from tocsin.reference.offices import load_reference
from tocsin.settings import Settings
from tocsin.store.database import open_database
from tocsin.store.handle import Store
from tocsin.store.writer import Writer
from tocsin.watch.parties import find_parties

TODAY = date(2026, 3, 1)
GROUPS = """name,country,sector,kind,aliases,note
Tolmar Liberation Front,MDA,rebels,,TLF|Tolmar Front,founded by Ion Brel
Ion Brel,Moldova,,person,,
"""

Add = Callable[..., Layer]


@pytest.fixture
def add(tmp_path: Path) -> Add:
    """Return what imports a table, given as text or bytes, as `groups` or another name."""

    def add(table: str | bytes, name: str = "groups") -> Layer:
        path = tmp_path / f"{name}.csv"
        path.write_bytes(table.encode() if isinstance(table, str) else table)
        return add_layer(path, tmp_path / "data", today=TODAY)

    return add


def meanings(data_dir: Path, words: str) -> list[tuple[str, str, tuple[str, ...], str | None]]:
    """Return name, kind, countries and sector of all that the only name in `words` can mean."""
    lexicon = load_actor_lexicon(read_own_actors(data_dir))
    [found] = lexicon.find_names(words)
    entries = (meaning.entry for meaning in found.meanings)
    return [(each.name, each.kind, each.countries, each.sector) for each in entries]


def report_with(data_dir: Path, tools: Tools, text: str) -> Report:
    own = replace(tools, reference=load_reference(Settings(data_dir=data_dir)))
    return process_article(replace(read_plain(text, "x"), published=TODAY), own)


def parties_of(report: Report) -> list[tuple[str, str | None, str | None]]:
    actors: list[Actor] = [each for event in report.events for each in event.actors]
    return [(each.name, each.country, each.sector) for each in actors]


# --------------------------------------------------------------------------- the table


def test_add_layer_tells_a_table_of_actors_by_its_columns(add: Add) -> None:
    layer = add(GROUPS)
    assert (layer.format, layer.actors, layer.people, layer.tenures) == ("actors", 2, 1, 0)


@pytest.mark.parametrize("separator", ["\t", ";"])
def test_add_layer_reads_a_table_with_other_separators(
    add: Add, tmp_path: Path, separator: str
) -> None:
    add("\ufeff" + GROUPS.replace(",", separator))
    assert meanings(tmp_path / "data", "TLF")[0][2:] == (("MDA",), "REB")


def test_every_alias_means_the_actor(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    group = ("Tolmar Liberation Front", "group", ("MDA",), "REB")
    for name in ("Tolmar Liberation Front", "TLF", "the Tolmar Front"):
        assert meanings(tmp_path / "data", name) == [group]


@pytest.mark.parametrize(
    ("country", "code"),
    [
        ("mda", "MDA"),
        ("MD", "MDA"),
        ("South Korea", "KOR"),
        ("Kosovo", "XKX"),
        ("KOS", "XKX"),
        ("NGO", "NGO"),
        ("NATO", "IGO"),
        ("UNO", "UNO"),
    ],
)
def test_countries_are_codes_or_names(add: Add, tmp_path: Path, country: str, code: str) -> None:
    add(f"name,country\nTolmar Front,{country}\n")
    assert meanings(tmp_path / "data", "Tolmar Front")[0][2] == (code,)


def test_an_actor_may_be_of_several_countries(add: Add, tmp_path: Path) -> None:
    add("name,country\nTolmar Front,Moldova + UKR + MDA\n")
    assert meanings(tmp_path / "data", "Tolmar Front")[0][2] == ("MDA", "UKR")


@pytest.mark.parametrize(
    ("table", "said"),
    [
        ("name,country\nTolmar Front,Moldovia\n", r"line 2 .*Moldovia.*Did you mean Moldova"),
        ("name,country\nTolmar Front,\n", "line 2 has no country"),
        ("name,country,sector\nTolmar Front,MDA,rebells\n", "line 2 has no sector.*rebells.*REB"),
        ("name,country,kind\nTolmar Front,MDA,army\n", "line 2 has another kind: army.*person"),
        ("name,country\n,MDA\n", "line 2 has a name"),
        ("name,country\nT,MDA\n", "line 2 has a name"),
        ("name,country\nfront,MDA\n", "line 2 .* front; .*capital"),
        ("name,country,aliases\nTolmar Front,MDA,The\n", "line 2 has a name"),
        ("name,country,aliases\nTolmar Front,MDA,The front\n", "line 2 has a name"),
        ("name,country\n=HYPERLINK(A1),MDA\n", "line 2 has a name"),
        ("name,country\n@SUM(A1),MDA\n", "line 2 has a name"),
        ("name,country\nTolmar\x1b[31m,MDA\n", "line 2 has a name"),
        ("name,country\nTolmar\u202eFront,MDA\n", "line 2 has a name"),
        (f"name,country\nTolmar{'r' * 200},MDA\n", "line 2 has a name"),
        ("name,country\nTolmar Front,MDA\nTOLMAR-FRONT,UKR\n", "line 3 has a name .* line 2"),
        ("name,country\nFront, Tolmar,MDA\n", "line 2 has more cells"),
        (f"name,country,note\nTolmar Front,MDA,{'long ' * 200_000}\n", "no CSV"),
        ("name,country\n", "no group"),
        ("name,land\nTolmar Front,MDA\n", "columns"),
        ("name,country,name\nTolmar Front,MDA,Brel\n", "twice"),
        ("names,country\nTolmar Front,MDA\n", "columns.*for groups and people: name, country"),
        (b"name,country\n\xff,MDA\n", "UTF-8"),
    ],
)
def test_a_bad_row_is_refused_and_changes_nothing(
    add: Add, tmp_path: Path, table: str | bytes, said: str
) -> None:
    before = add(GROUPS)
    with pytest.raises(ReferenceFileError, match=said):
        add(table)
    assert list_layers(tmp_path / "data") == (before,)
    assert len(read_own_actors(tmp_path / "data").rows) == 2


def test_signs_of_patterns_in_a_name_are_only_signs(add: Add, tmp_path: Path) -> None:
    add("name,country\nTolmar (Front) [a-z]+.*$,MDA\n")
    lexicon = load_actor_lexicon(read_own_actors(tmp_path / "data"))
    assert not list(lexicon.find_names("Tolmar Front abc"))
    assert list(lexicon.find_names("Tolmar (Front) [a-z]+.*$ struck"))


def test_a_damaged_layer_is_told(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    path = tmp_path / "data/reference/groups.tsv"
    path.write_text(path.read_text("utf-8").replace("\tREB\t", "\t"), "utf-8")
    with pytest.raises(ReferenceFileError, match="damaged"):
        load_reference(Settings(data_dir=tmp_path / "data"))


def test_actors_and_office_holders_lie_side_by_side(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    add("country,office,person,start,end\nMDA,President,Ion Brel,2030-01-10,\n", "ministers")
    data_dir = tmp_path / "data"
    assert [each.name for each in list_layers(data_dir)] == ["groups", "ministers"]
    assert len(read_layers(data_dir)) == 1
    assert len(read_own_actors(data_dir).rows) == 2


def test_remove_layer_takes_the_actors_away(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    assert remove_layer("groups", tmp_path / "data").actors == 2
    assert read_own_actors(tmp_path / "data").rows == ()


# --------------------------------------------------------------------------- among what ships


def test_an_own_actor_wins_over_a_shipped_one(add: Add, tmp_path: Path) -> None:
    add("name,country,sector\nHamas,MDA,PTY\nOslo,MDA,\n")
    assert meanings(tmp_path / "data", "Hamas") == [("Hamas", "group", ("MDA",), "PTY")]
    assert meanings(tmp_path / "data", "Oslo") == [("Oslo", "group", ("MDA",), None)]


def test_an_alias_with_a_question_mark_leaves_what_ships(add: Add, tmp_path: Path) -> None:
    add("name,country,aliases\nTolmar Front,MDA,Hamas?\n")
    countries = [found[2] for found in meanings(tmp_path / "data", "Hamas")]
    assert len(countries) == 2
    assert countries[0] == ("MDA",)


def test_without_own_actors_there_is_one_lexicon_of_what_ships(tmp_path: Path) -> None:
    own = read_own_actors(tmp_path / "nothing")
    assert load_actor_lexicon(own) is load_actor_lexicon(load_reference().own_actors)


def test_find_parties_knows_own_actors_in_event_tables(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    reference = load_reference(Settings(data_dir=tmp_path / "data"))
    assert find_parties({"Tolmar Front": 1}, reference) == {"Tolmar Front": "MDA"}


# --------------------------------------------------------------------------- in texts


FRONT = "The Tolmar Liberation Front attacked an army base in Ukraine on Sunday."


def test_an_own_group_acts_with_its_country_and_sector(
    add: Add, tmp_path: Path, tools: Tools
) -> None:
    add(GROUPS)
    found = parties_of(report_with(tmp_path / "data", tools, FRONT))
    assert ("Tolmar Liberation Front", "MDA", "REB") in found


def test_an_own_person_acts_for_the_country_given(add: Add, tmp_path: Path, tools: Tools) -> None:
    add(GROUPS)
    text = "Ion Brel met Ukraine's president in Kyiv on Sunday. “We agree,” Brel said."
    report = report_with(tmp_path / "data", tools, text)
    assert ("Ion Brel", "MDA") in [each[:2] for each in parties_of(report)]
    assert [s.speaker.country for s in report.statements if s.speaker] == ["MDA"]


def test_an_own_person_is_a_named_speaker_whatever_the_name_looks_like(
    add: Add, tmp_path: Path, tools: Tools
) -> None:
    add("name,country,kind\nAna Lupascu,MDA,person\n")
    text = "Rebels attack\n\nFighters shelled Tiraspol, Ana Lupascu said."
    [said] = report_with(tmp_path / "data", tools, text).statements
    assert said.speaker is not None
    assert (said.naming, said.speaker.kind, said.speaker.country) == ("named", "person", "MDA")


def test_a_role_beside_an_own_person_tells_the_sector(
    add: Add, tmp_path: Path, tools: Tools
) -> None:
    add(GROUPS)
    report = report_with(tmp_path / "data", tools, "President Ion Brel accused Romania of lying.")
    assert ("Ion Brel", "MDA", "GOV") in parties_of(report)
    assert {claim.country for claim in report.office_claims} == {"MDA"}


def test_removal_restores_what_was_read(add: Add, tmp_path: Path, tools: Tools) -> None:
    before = report_with(tmp_path / "data", tools, FRONT)
    add(GROUPS)
    assert report_with(tmp_path / "data", tools, FRONT) != before
    remove_layer("groups", tmp_path / "data")
    assert report_with(tmp_path / "data", tools, FRONT) == before


# --------------------------------------------------------------------------- what it was read with


def test_the_account_tells_of_own_actors(add: Add, tmp_path: Path, tools: Tools) -> None:
    add(GROUPS)
    account = report_with(tmp_path / "data", tools, "All is well.").account
    key = read_own_actors(tmp_path / "data").key
    assert account.reference.endswith(f"; 2 actors of the user's own ({key})")
    assert account.reader == f"{reader_version()}+actors.{key}"


def test_other_rows_are_another_reader(add: Add, tmp_path: Path) -> None:
    add(GROUPS)
    before = read_own_actors(tmp_path / "data").mark("1")
    add(GROUPS.replace("MDA", "UKR"))
    assert read_own_actors(tmp_path / "data").mark("1") != before


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store of one text, which today's reader has read without own actors."""
    folder = tmp_path / "store"
    article = Article(id="0" * 16, text=FRONT)
    with closing(open_database(folder, create=True)) as connection:
        report = read_by(report_on(article), reader_version())
        Writer(connection).keep([("1", "1.txt", report)])
    return folder


def test_add_articles_tells_of_texts_read_without_the_own_actors(
    add: Add, tmp_path: Path, store: Path
) -> None:
    nothing = tmp_path / "empty"
    nothing.mkdir()
    settings = Settings(data_dir=tmp_path / "data")
    assert add_articles([str(nothing)], store, settings=settings, workers=1).stale == 0
    add(GROUPS)
    assert add_articles([str(nothing)], store, settings=settings, workers=1).stale == 1


def test_reread_articles_reads_a_store_anew_with_own_actors(
    add: Add, tmp_path: Path, store: Path
) -> None:
    add(GROUPS)
    settings = Settings(data_dir=tmp_path / "data")
    assert reread_articles(store, settings=settings, workers=1).articles == 1
    with Store(store) as kept:
        assert [each.country for event in kept.events() for each in event.actors] == ["MDA"]
        assert kept.readers() == (read_own_actors(tmp_path / "data").mark(reader_version()),)
    assert reread_articles(store, settings=settings, workers=1).articles == 0
