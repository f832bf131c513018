"""The example week, added to a store and exported to every format, read back by what reads it."""

import json
import re

import duckdb
import pandas
import polars
import pytest
from followthemoney import model

import tocsin as package
from tests.publish.exported import HOSTILE
from tocsin.publish.exports.gdelt import EVENT_COLUMNS, MENTION_COLUMNS

FILES = ("polecat", "ftm", "claimreview", "geojson")
FOLDERS = ("gdelt", "parquet", "csv")


def hostile_articles():
    """Yield the same news under every hostile title and outlet."""
    for number, words in enumerate(HOSTILE):
        yield {
            "text": "KYIV, March 4 - Russian forces attacked Ukrainian troops near Kharkiv on"
            f" Monday, President Volodymyr Zelenskyy said. It was attack number {number}.",
            "title": words,
            "outlet": words,
            "url": f"https://example.org/{number}?{words}",
            "published": "2025-03-04",
        }


@pytest.fixture(scope="session")
def week(tocsin, tmp_path_factory):
    """Return the folder of a store that holds the example week."""
    folder = tmp_path_factory.mktemp("store") / "week"
    hostile = folder.with_name("hostile.jsonl")
    hostile.write_text("".join(f"{json.dumps(each)}\n" for each in hostile_articles()))
    added = tocsin("add", "examples/week", hostile, "--store", folder, "--workers", 1)
    assert added.returncode == 0, added.stderr.decode()
    return folder


@pytest.fixture(scope="session")
def exported(tocsin, week, tmp_path_factory):
    """Return a folder with an export in every format, each under the format's name."""
    out = tmp_path_factory.mktemp("exports")
    for name in (*FILES, *FOLDERS):
        done = tocsin("export", name, out / name, "--store", week)
        assert done.returncode == 0, done.stderr.decode()
    return out


@pytest.fixture(scope="session")
def events(week):
    """Return all reported events of the store."""
    with package.open(week) as store:
        return list(store.events())


def happened(events):
    firm = {"asserted", "historical", "reported", "alleged", "unconfirmed"}
    return {each.id for each in events if str(each.status) in firm}


def test_export_polecat_holds_every_event_that_may_have_happened(exported, events):
    table = pandas.read_csv(exported / "polecat", sep="\t")
    assert table.shape[1] == 40
    assert table["Event ID"].is_unique
    assert set(table["Event ID"].str.split("-").str[0]) == happened(events)
    assert table["Quad Code"].between(1, 4).all()


def test_export_gdelt_joins_mentions_to_events(exported, events):
    told, mentions = (
        pandas.read_csv(
            exported / "gdelt" / f"tocsin.{name}.CSV",
            sep="\t",
            header=None,
            names=columns,
            quoting=3,
            dtype={"EventCode": str},
        )
        for name, columns in (("export", EVENT_COLUMNS), ("mentions", MENTION_COLUMNS))
    )
    assert told.GLOBALEVENTID.is_unique
    assert set(mentions.GLOBALEVENTID) == set(told.GLOBALEVENTID)
    counted = mentions.groupby("GLOBALEVENTID").size()
    assert told.set_index("GLOBALEVENTID").NumMentions.to_dict() == counted.to_dict()
    assert told.EventCode.str.fullmatch(r"\d{3,4}").all()
    assert len(told) >= len(happened(events)) > 0


def test_export_parquet_points_every_span_at_its_words(exported):
    folder = exported / "parquet"
    for table, words in (("tellings", "told"), ("statements", "said")):
        key = "text_id" if table == "tellings" else "a.text_id"
        joined = (
            ""
            if table == "tellings"
            else f"JOIN '{folder}/articles.parquet' a ON a.id = t.article "
        )
        found = duckdb.sql(
            f'SELECT t.{words}, substring(x.text, t.start + 1, t."end" - t.start)'
            f" FROM '{folder}/{table}.parquet' t {joined}"
            f"JOIN '{folder}/texts.parquet' x ON x.id = {key} WHERE t.{words} NOT LIKE '% … %'"
        ).fetchall()
        assert found
        assert [one for one in found if one[0] != one[1]] == []


def test_export_parquet_and_csv_hold_what_the_store_holds(exported, week):
    with package.open(week) as store:
        kinds = {
            "articles": store.articles,
            "statements": store.statements,
            "quotations": store.quotations,
            "events": store.events,
            "findings": store.findings,
            "office_claims": store.offices,
            "speakers": store.speakers,
            "families": store.families,
        }
        expected = {name: ask().count() for name, ask in kinds.items()}
    for name, rows in expected.items():
        assert polars.read_parquet(exported / "parquet" / f"{name}.parquet").height == rows
        assert len(pandas.read_csv(exported / "csv" / f"{name}.csv")) == rows


def test_export_csv_and_parquet_tell_the_same(exported):
    text = polars.read_csv(exported / "csv" / "events.csv", try_parse_dates=True)
    table = polars.read_parquet(exported / "parquet" / "events.parquet")
    assert text.columns == table.columns
    for name in ("id", "type", "day", "score", "independent", "status"):
        assert text[name].to_list() == table[name].to_list()


def test_export_ftm_is_read_by_the_library(exported, events):
    known, schemata = set(), []
    for line in (exported / "ftm").read_text(encoding="utf-8").splitlines():
        proxy = model.get_proxy(json.loads(line), cleaned=False)
        proxy.schema.validate(proxy.to_dict())
        for prop, value in proxy.itervalues():
            assert prop.type.validate(value), (prop.qname, value)
            assert prop.type.name != "entity" or value in known
        known.add(proxy.id)
        schemata.append(proxy.schema.name)
    assert schemata.count("Event") == len(happened(events))
    assert {"Person", "Article", "Occupancy"} <= set(schemata)


def test_export_claimreview_reviews_each_verdict_on_a_claim(exported, week):
    graph = json.loads((exported / "claimreview").read_text())["@graph"]
    with package.open(week) as store:
        verdicts = ("contradicted", "holds")
        ids = [f.id for v in verdicts for f in store.findings(check="tenure", verdict=v)]
    assert sorted(each["@id"].rpartition(":")[2] for each in graph) == sorted(ids)
    assert all(each["itemReviewed"]["firstAppearance"] for each in graph)


def test_export_geojson_accounts_for_every_event(exported, events, tocsin, week):
    collection = json.loads((exported / "geojson").read_text())
    done = tocsin("export", "geojson", "-", "--store", week)
    located = [e for e in events if e.place and e.place.latitude is not None]
    assert len(collection["features"]) == len(located)
    missing = len(events) - len(located)
    assert f"left out: {missing} without coordinates" in done.stderr.decode()


@pytest.mark.parametrize("name", [*FILES, *FOLDERS])
def test_export_gives_the_same_bytes_again(tocsin, week, exported, tmp_path, name):
    tocsin("export", name, tmp_path / "again", "--store", week)
    one, other = exported / name, tmp_path / "again"
    files = [(one, other)] if one.is_file() else [(p, other / p.name) for p in one.iterdir()]
    assert all(first.read_bytes() == second.read_bytes() for first, second in files)


def test_export_takes_the_filters_of_events(tocsin, week):
    done = tocsin("export", "csv", "-", "--store", week, "--type", "assault", "--actor", "RUS")
    lines = done.stdout.decode().splitlines()
    assert len(lines) > 1
    assert all(",ASSAULT," in line for line in lines[1:])


def test_export_writes_a_file_to_standard_output_and_the_account_to_standard_error(tocsin, week):
    done = tocsin("export", "geojson", "-", "--store", week)
    assert json.loads(done.stdout)["type"] == "FeatureCollection"
    assert done.stderr.decode().strip().endswith(".")


def test_export_replaces_only_with_force(tocsin, week, tmp_path):
    path = tmp_path / "events.csv"
    path.write_text("mine")
    refused = tocsin("export", "csv", path, "--store", week)
    assert refused.returncode == 5
    assert "--force" in refused.stderr.decode()
    assert path.read_text() == "mine"
    assert tocsin("export", "csv", path, "--store", week, "--force").returncode == 0
    assert path.read_text().startswith("id,type")


def test_export_of_nothing_makes_no_file(tocsin, week, tmp_path):
    path = tmp_path / "marked.jsonl"
    done = tocsin("export", "marked", path, "--store", week)
    assert (done.returncode, done.stderr.decode()) == (0, f"nothing: {path} is not made.\n")
    assert not list(tmp_path.iterdir())
    path.write_text("of before")
    tocsin("export", "marked", path, "--store", week, "--force")
    assert path.read_text() == ""


def test_export_never_replaces_the_store(tocsin, week):
    database = week / "tocsin.sqlite"
    before = database.read_bytes()
    for target in (database, week):
        for name in ("geojson", "gdelt"):
            done = tocsin("export", name, target, "--store", week, "--force")
            assert done.returncode == 5
    assert database.read_bytes() == before


def test_export_refuses_filters_that_a_folder_cannot_take(tocsin, week, tmp_path):
    done = tocsin("export", "csv", tmp_path / "out", "--store", week, "--actor", "RUS")
    assert done.returncode == 2
    assert "events.csv" in done.stderr.decode()


def test_export_leaves_nothing_when_a_filter_is_not_understood(tocsin, week, tmp_path):
    done = tocsin("export", "gdelt", tmp_path / "out", "--store", week, "--type", "FIGHT")
    assert done.returncode == 5
    assert list(tmp_path.iterdir()) == []


def test_export_says_that_there_is_no_store(tocsin, tmp_path):
    done = tocsin("export", "polecat", "-", "--store", tmp_path / "none")
    assert done.returncode == 8


def test_export_lets_no_formula_and_no_override_through(exported):
    cells = []
    for path in (exported / "csv").iterdir():
        table = pandas.read_csv(path, dtype=str, keep_default_na=False)
        cells += [cell for name in table for cell in table[name]]
    for path in (exported / "polecat", *(exported / "gdelt").iterdir()):
        cells += [c for line in path.read_text("utf-8").split("\n") for c in line.split("\t")]
    assert [cell for cell in cells if "HYPERLINK" in cell]
    words = [cell for cell in cells if not re.fullmatch(r"-?[0-9.]+", cell)]
    assert [cell for cell in words if cell.lstrip().startswith(("=", "+", "-", "@"))] == []
    assert [cell for cell in cells if re.search("[\x00\x07\x1b\u202e]", cell)] == []


@pytest.mark.parametrize("name", ["ftm", "claimreview", "geojson"])
def test_export_can_end_no_script(exported, name):
    text = (exported / name).read_text("utf-8")
    assert text.isascii()
    assert "<" not in text


def test_export_parquet_by_month_is_brought_up_to_date(tocsin, week, tmp_path):
    asked = ("export", "parquet", tmp_path / "out", "--by", "month", "--store", week)
    first, again = tocsin(*asked), tocsin(*asked)
    assert (first.returncode, again.returncode) == (0, 0)
    assert b"written anew" in first.stderr
    assert b"written anew" not in again.stderr


def test_export_by_month_is_for_parquet_alone(tocsin, week, tmp_path):
    done = tocsin("export", "gdelt", tmp_path / "out", "--by", "month", "--store", week)
    assert done.returncode == 2
    assert b"--by" in done.stderr
