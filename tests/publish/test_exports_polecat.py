import io
from datetime import date

import pandas
import polars
import pytest

from tests.publish import exported
from tocsin.publish.exports.polecat import COLUMNS, write_polecat
from tocsin.records import Status

PUBLISHED = (
    "Event ID|Event Date|Event Type|Event Mode|Intensity|Quad Code|Contexts|Actor Name|"
    "Actor Country|Actor COW|Primary Actor Sector|Actor Sectors|Actor Title|Actor Name Raw|"
    "Wikipedia Actor ID|Recipient Name|Recipient Country|Recipient COW|Primary Recipient Sector|"
    "Recipient Sectors|Recipient Title|Recipient Name Raw|Wikipedia Recipient ID|Placename|City|"
    "District|Province|Country|Latitude|Longitude|GeoNames ID|Raw Placename|Feature Type|Source|"
    "Publication Date|Story People|Story Organizations|Story Locations|Language|Version"
)


def write(*events, look_up=exported.article):
    file = io.StringIO()
    outcome = write_polecat(file, events, look_up)
    return file.getvalue(), outcome


def frame(text):
    return pandas.read_csv(io.StringIO(text), sep="\t")


def test_write_polecat_heads_the_file_with_the_published_columns():
    text, _ = write()
    assert text == "\t".join(PUBLISHED.split("|")) + "\n"
    assert len(COLUMNS) == 40


def test_write_polecat_maps_an_event_to_its_cells():
    text, _ = write(exported.reported())
    row = frame(text).iloc[0]
    assert row["Event Date"] == "2025-03-03"
    assert (row["Event Type"], row["Event Mode"], row["Contexts"]) == (
        "ASSAULT",
        "drone",
        "military",
    )
    assert (row["Intensity"], row["Quad Code"]) == (-9.5, 4)
    assert (row["Actor Country"], row["Actor COW"], row["Actor Name Raw"]) == (
        "RUS",
        365,
        "Russian drones",
    )
    assert (row["Recipient Name Raw"], row["Recipient COW"]) == ("a power station", 369)
    assert (row["City"], row["Latitude"], row["Longitude"]) == ("Kharkiv", 49.98, 36.25)
    assert (row["Source"], row["Publication Date"]) == ("Example News", "2025-03-04")


def test_write_polecat_gives_each_pair_of_parties_a_row_with_an_id_of_its_own():
    event = exported.told(actors=(exported.RUSSIA, exported.BRANDT))
    text, outcome = write(exported.reported(exported.telling(event)))
    table = frame(text)
    assert list(table["Actor Country"]) == ["RUS", "DEU"]
    assert table["Event ID"].is_unique
    assert table["Event ID"].str.split("-").str[0].nunique() == 1
    assert outcome.written == {"events": 1, "rows": 2}


def test_write_polecat_says_none_where_it_knows_nothing():
    event = exported.told(recipients=(), place=None, mode=None, contexts=())
    text, _ = write(exported.reported(exported.telling(event)))
    row = dict(zip(COLUMNS, text.splitlines()[1].split("\t"), strict=True))
    nothing = ("Event Mode", "Contexts", "Recipient Name", "Placename", "Latitude", "GeoNames ID")
    assert {row[name] for name in nothing} == {"None"}


def test_write_polecat_takes_the_last_possible_day_where_the_first_is_open():
    text, _ = write(exported.reported(day=None))
    assert frame(text)["Event Date"][0] == "2025-03-03"


def test_write_polecat_takes_the_day_of_publication_for_an_event_without_one():
    text, _ = write(exported.reported(day=None, until=None))
    assert frame(text)["Event Date"][0] == "2025-03-04"


@pytest.mark.parametrize("status", ["denied", "negated", "hypothetical", "future"])
def test_write_polecat_leaves_out_what_is_not_said_to_have_happened(status):
    text, outcome = write(exported.with_status(Status(status)), exported.reported())
    assert len(frame(text)) == 1
    assert outcome.sentence() == f"1 event, 1 row; left out: 1 told as {status}"


@pytest.mark.parametrize("status", ["asserted", "reported", "alleged", "unconfirmed", "historical"])
def test_write_polecat_keeps_what_may_have_happened(status):
    text, _ = write(exported.with_status(Status(status)))
    assert len(frame(text)) == 1


def test_write_polecat_is_read_by_polars_with_the_same_types():
    text, _ = write(exported.reported(), exported.meeting())
    table = polars.read_csv(text.encode(), separator="\t", null_values="None", quote_char=None)
    assert table.width == 40
    assert table.schema["Intensity"] == polars.Float64
    assert table.schema["Quad Code"] == polars.Int64
    assert table["Event Date"].str.to_date().to_list() == [date(2025, 3, 3)] * 3  # two met


@pytest.mark.parametrize("quoting", [0, 3])  # as readers do by default, and without quotes
def test_write_polecat_keeps_hostile_cells_in_their_cells(quoting):
    events = exported.hostile_events()
    text, _ = write(*events, look_up=exported.hostile_article)
    table = pandas.read_csv(io.StringIO(text), sep="\t", quoting=quoting, keep_default_na=False)
    assert table.shape == (len(events), 40)
    assert set(table["Event Type"]) == {"ASSAULT"}
    words = [cell for name in COLUMNS for cell in table[name].astype(str)]
    assert not [cell for cell in words if cell.startswith(("=", "+", "@")) or "\u202e" in cell]
    assert not [cell for cell in table["Actor Name"] if cell.startswith("-")]
    assert not [cell for cell in words if "\x1b" in cell or "\x00" in cell]
