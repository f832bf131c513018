import re
from datetime import date

import pandas
import polars
import pytest

from tests.publish import exported
from tocsin.publish.exports.gdelt import (
    EVENT_COLUMNS,
    EVENTS,
    MENTION_COLUMNS,
    MENTIONS,
    write_gdelt,
)
from tocsin.records import Actor, Place, Status

PUBLISHED_EVENTS = (
    "GLOBALEVENTID SQLDATE MonthYear Year FractionDate Actor1Code Actor1Name Actor1CountryCode "
    "Actor1KnownGroupCode Actor1EthnicCode Actor1Religion1Code Actor1Religion2Code "
    "Actor1Type1Code Actor1Type2Code Actor1Type3Code Actor2Code Actor2Name Actor2CountryCode "
    "Actor2KnownGroupCode Actor2EthnicCode Actor2Religion1Code Actor2Religion2Code "
    "Actor2Type1Code Actor2Type2Code Actor2Type3Code IsRootEvent EventCode EventBaseCode "
    "EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone "
    "Actor1Geo_Type Actor1Geo_FullName Actor1Geo_CountryCode Actor1Geo_ADM1Code "
    "Actor1Geo_ADM2Code Actor1Geo_Lat Actor1Geo_Long Actor1Geo_FeatureID Actor2Geo_Type "
    "Actor2Geo_FullName Actor2Geo_CountryCode Actor2Geo_ADM1Code Actor2Geo_ADM2Code "
    "Actor2Geo_Lat Actor2Geo_Long Actor2Geo_FeatureID ActionGeo_Type ActionGeo_FullName "
    "ActionGeo_CountryCode ActionGeo_ADM1Code ActionGeo_ADM2Code ActionGeo_Lat ActionGeo_Long "
    "ActionGeo_FeatureID DATEADDED SOURCEURL"
)
PUBLISHED_MENTIONS = (
    "GLOBALEVENTID EventTimeDate MentionTimeDate MentionType MentionSourceName "
    "MentionIdentifier SentenceID Actor1CharOffset Actor2CharOffset ActionCharOffset InRawText "
    "Confidence MentionDocLen MentionDocTone MentionDocTranslationInfo Extras"
)
WHOLE = re.compile(
    "GLOBALEVENTID|SQLDATE|MonthYear|^Year|IsRoot|QuadClass|^Num|Geo_Type|DATEADDED|TimeDate"
    "|MentionType|SentenceID|CharOffset|InRawText|Confidence|DocLen"
)
BROKEN = re.compile("FractionDate|Goldstein|Tone|Geo_Lat|Geo_Long")


@pytest.fixture
def write(tmp_path):
    def write(*events, look_up=exported.article):
        outcome = write_gdelt(tmp_path, events, look_up)
        return (
            read(tmp_path / EVENTS, EVENT_COLUMNS),
            read(tmp_path / MENTIONS, MENTION_COLUMNS),
            outcome,
        )

    return write


def read(path, columns):
    """Read as users do: names and types from GDELT's own lists, no header, no quotes."""
    kinds = {
        name: "int64" if WHOLE.search(name) else "float64" if BROKEN.search(name) else "str"
        for name in columns
    }
    return pandas.read_csv(
        path, sep="\t", header=None, names=columns, dtype=kinds, quoting=3, index_col=False
    )


def test_write_gdelt_has_the_published_columns_in_order():
    assert " ".join(EVENT_COLUMNS) == PUBLISHED_EVENTS
    assert " ".join(MENTION_COLUMNS) == PUBLISHED_MENTIONS
    assert (len(EVENT_COLUMNS), len(MENTION_COLUMNS)) == (61, 16)


def test_write_gdelt_gives_every_row_all_its_cells_and_no_header(write, tmp_path):
    write(exported.reported(), exported.meeting())
    for name, width in ((EVENTS, 61), (MENTIONS, 16)):
        lines = (tmp_path / name).read_text(encoding="utf-8").splitlines()
        assert {line.count("\t") + 1 for line in lines} == {width}
        assert all(line.split("\t")[0].isdigit() for line in lines)


def test_write_gdelt_maps_an_event_to_its_cells(write):
    events, _, _ = write(exported.reported())
    row = events.iloc[0]
    assert (row.SQLDATE, row.MonthYear, row.Year) == (20250303, 202503, 2025)
    assert row.FractionDate == pytest.approx(2025.1726, abs=1e-4)
    assert (row.Actor1Code, row.Actor1Name, row.Actor1CountryCode) == ("RUSMIL", "RUSSIA", "RUS")
    assert (row.Actor1Type1Code, row.Actor2Code) == ("MIL", "UKR")
    assert (row.EventCode, row.EventBaseCode, row.EventRootCode) == ("195", "195", "19")
    assert (row.QuadClass, row.GoldsteinScale, row.IsRootEvent) == (4, -10.0, 1)
    assert (row.ActionGeo_Type, row.ActionGeo_FullName) == (4, "Kharkiv, Ukraine")
    assert (row.ActionGeo_CountryCode, row.ActionGeo_Lat) == ("UP", 49.98)
    assert (row.DATEADDED, row.SOURCEURL) == (20250304000000, "https://news.example.org/a1")
    assert pandas.isna(row.AvgTone)


def test_write_gdelt_points_mentions_at_the_words(write):
    _, mentions, _ = write(exported.reported())
    row = mentions.iloc[0]
    assert exported.TEXT[row.Actor1CharOffset :].startswith("Russian drones")
    assert exported.TEXT[row.Actor2CharOffset :].startswith("a power station")
    assert exported.TEXT[row.ActionCharOffset :].startswith("struck")
    assert (row.SentenceID, row.InRawText, row.MentionDocLen) == (1, 1, len(exported.TEXT))
    assert (row.MentionType, row.MentionSourceName) == (1, "Example News")


def test_write_gdelt_counts_sentences_from_one(write):
    _, mentions, _ = write(exported.meeting())
    assert list(mentions.SentenceID) == [2]


def test_write_gdelt_writes_a_mention_for_each_article_that_prints_it(write):
    dates = {"a1": date(2025, 3, 5), "a2": date(2025, 3, 4), "a3": date(2025, 3, 6)}

    def look_up(id):
        return exported.article(id, published=dates[id], outlet="One" if id == "a3" else "Two")

    one = exported.telling(exported.told(), ("a1", "a2"))
    two = exported.telling(exported.told(status=Status.REPORTED), ("a3",), text_id="t2")
    events, mentions, _ = write(exported.reported(one, two), look_up=look_up)
    row = events.iloc[0]
    assert (row.NumMentions, row.NumArticles, row.NumSources) == (3, 3, 2)
    assert (row.DATEADDED, row.SOURCEURL) == (20250304000000, "https://news.example.org/a2")
    assert list(mentions.MentionTimeDate // 10**6) == [20250304, 20250305, 20250306]
    assert list(mentions.Confidence) == [100, 100, 80]
    assert set(mentions.GLOBALEVENTID) == {row.GLOBALEVENTID}


def test_write_gdelt_does_not_count_a_denial_as_a_mention(write):
    denial = exported.telling(exported.told(status=Status.DENIED), ("a2",), text_id="t2")
    events, mentions, _ = write(
        exported.reported(exported.telling(exported.told()), denial, status=Status.ASSERTED)
    )
    assert (events.NumMentions[0], len(mentions)) == (1, 1)


def test_write_gdelt_names_an_article_without_an_address(write):
    _, mentions, _ = write(
        exported.reported(), look_up=lambda key: exported.article(key, url=None, outlet=None)
    )
    assert mentions.MentionType[0] == 2
    assert mentions.MentionIdentifier[0] == "urn:tocsin:article:a1"


def test_write_gdelt_makes_pairs_of_those_who_met(write):
    events, _, _ = write(exported.meeting())
    assert list(zip(events.Actor1Name, events.Actor2Name, strict=True)) == [
        ("ANA SOL", "OTTO BRANDT")
    ]
    assert (events.EventCode[0], events.ActionGeo_Type[0]) == ("042", 0)


@pytest.mark.parametrize(
    ("country", "sector", "cells"),
    [
        ("UNO", None, ("IGOUNO", None, "UNO", "IGO", None)),
        ("EUR", "GOV", ("IGOEUREECGOV", "EUR", "EEC", "IGO", "GOV")),
        ("NGO", "MED", ("NGOHLH", None, None, "NGO", "HLH")),
        ("FRA", "JRN", ("FRAMED", "FRA", None, "MED", None)),
        (None, None, (None,) * 5),
    ],
)
def test_write_gdelt_gives_actors_cameo_codes(write, country, sector, cells):
    actor = Actor(name="The Body", words=(0, 1), kind="body", country=country, sector=sector)
    events, _, _ = write(exported.reported(exported.telling(exported.told(actors=(actor,)))))
    row = events.iloc[0]
    got = (row.Actor1Code, row.Actor1CountryCode, row.Actor1KnownGroupCode)
    got += (row.Actor1Type1Code, row.Actor1Type2Code)
    assert tuple(None if pandas.isna(each) else each for each in got) == cells


def test_write_gdelt_tells_a_country_from_a_city(write):
    country = Place(words=(0, 1), name="the Ukraine", country="UKR")
    city = Place(words=(0, 1), name="Boston", country="USA", latitude=42.36, longitude=-71.06)
    events, _, _ = write(exported.reported(place=country), exported.reported(place=city, reports=2))
    assert list(events.ActionGeo_Type) == [1, 3]
    assert list(events.ActionGeo_FullName) == ["Ukraine", "Boston, United States"]
    assert list(events.ActionGeo_CountryCode) == ["UP", "US"]


def test_write_gdelt_leaves_out_what_it_cannot_say(write):
    nobody = exported.told(actors=(), recipients=())
    dayless = exported.telling(exported.told(), published=None)
    events, _, outcome = write(
        exported.with_status(Status.DENIED),
        exported.reported(exported.telling(nobody)),
        exported.reported(dayless, day=None, until=None),
        exported.reported(),
    )
    assert len(events) == 1
    assert outcome.sentence() == (
        "1 event, 1 row, 1 mention; left out: 1 told as denied, 1 without a party, 1 without a day"
    )


def test_write_gdelt_gives_numbers_that_stay_apart_in_doubles(write):
    events = [exported.reported(id=f"{number:016x}") for number in range(500)]
    table, _, _ = write(*events)
    assert table.GLOBALEVENTID.is_unique
    assert table.GLOBALEVENTID.max() < 2**53
    assert table.GLOBALEVENTID.astype("float64").astype("int64").equals(table.GLOBALEVENTID)


def test_write_gdelt_numbers_the_same_event_the_same(write):
    first, _, _ = write(exported.meeting(), exported.reported())
    second, _, _ = write(exported.reported(), exported.meeting())
    assert sorted(first.GLOBALEVENTID) == sorted(second.GLOBALEVENTID)


def test_write_gdelt_steps_aside_when_two_keys_give_one_number(monkeypatch, write):
    from tocsin.publish.exports import gdelt

    monkeypatch.setattr(gdelt, "content_key", lambda *parts: f"{7 + parts[-1]:016x}")
    events, _, _ = write(exported.reported(), exported.meeting())
    assert list(events.GLOBALEVENTID) == [7, 8]


def test_write_gdelt_is_read_by_polars(write, tmp_path):
    write(exported.reported(), exported.meeting())
    table = polars.read_csv(
        tmp_path / EVENTS,
        separator="\t",
        has_header=False,
        new_columns=list(EVENT_COLUMNS),
        quote_char=None,
        schema_overrides={"EventCode": polars.String},
    )
    assert table.shape == (2, 61)
    assert table["EventCode"].to_list() == ["195", "042"]
    assert table.schema["SQLDATE"] == polars.Int64


def test_write_gdelt_keeps_hostile_cells_in_their_cells(write):
    made = exported.hostile_events()
    events, mentions, _ = write(*made, look_up=exported.hostile_article)
    assert (len(events), len(mentions)) == (len(made), len(made))
    words = [str(cell) for table in (events, mentions) for name in table for cell in table[name]]
    assert not [cell for cell in words if re.search("[\x00-\x1f\u202e]", cell)]
    names = events.Actor1Name.tolist() + mentions.MentionSourceName.tolist()
    assert not [name for name in names if name.startswith(("=", "+", "-", "@"))]
