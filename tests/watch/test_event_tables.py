"""Event tables from elsewhere, known by their header."""

import gzip

import pytest

from tocsin.errors import EmptyInputError, InputError, ValueNotUnderstood
from tocsin.lexicons.tables import listed, read_records
from tocsin.settings import Settings
from tocsin.watch.event_tables import read_event_table

COLUMNS = {row["file"]: listed(row["columns"]) for row in read_records("lexicons/event_files.tsv")}


def read(tmp_path, text, name="events.tsv", mapping=None):
    path = tmp_path / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return read_event_table(str(path), Settings(), mapping=mapping)


def row_of(form, **cells):
    return "\t".join(cells.get(name.replace(" ", ""), "") for name in COLUMNS[form])


def values_of(rows):
    return {part: column.values for part, column in rows.parts.items()}


def test_plain_form_is_read(tmp_path):
    rows = read(tmp_path, "day\tsource\tcameo\ttarget\n2014-01-01\tIran\tAccuse\tIraq\n")
    assert values_of(rows) == {
        "day": ("2014-01-01",),
        "actor": ("Iran",),
        "recipient": ("Iraq",),
        "act": ("Accuse",),
    }


def test_plain_form_may_have_commas_and_columns_of_its_own(tmp_path):
    rows = read(tmp_path, 'target,cameo,note,day,source\nIraq,112,"a, b",20140101,Iran\n', "e.csv")
    assert values_of(rows)["act"] == ("112",)


def test_icews_is_read_under_both_its_names(tmp_path):
    cells = {"EventDate": "2014-01-01", "SourceCountry": "Iran", "CAMEOCode": "112"}
    published = "\t".join(COLUMNS["icews"]) + "\n" + row_of("icews", **cells) + "\n"
    kept = published.partition("\n")[0].lower().replace(" ", "_") + "\n" + row_of("icews", **cells)
    assert values_of(read(tmp_path, published)) == values_of(read(tmp_path, kept))
    assert values_of(read(tmp_path, published))["actor_country"] == ("Iran",)


def test_polecat_is_read(tmp_path):
    row = row_of("polecat", EventDate="2023-05-01", EventType="ASSAULT", ActorCountry="RUS")
    rows = read(tmp_path, "\t".join(COLUMNS["polecat"]) + "\n" + row + "\n")
    assert (values_of(rows)["act"], values_of(rows)["actor_country"]) == (("ASSAULT",), ("RUS",))


@pytest.mark.parametrize("header", [True, False])
def test_gdelt_is_read_with_and_without_a_header(tmp_path, header):
    cells = {"GLOBALEVENTID": "1", "SQLDATE": "20241029", "EventCode": "190"}
    row = row_of("gdelt_events", Actor1CountryCode="RUS", **cells)
    text = "\t".join(COLUMNS["gdelt_events"]) + "\n" if header else ""
    rows = read(tmp_path, f"{text}{row}\n{row}\n", "20241029.export.CSV")
    assert values_of(rows)["day"] == ("20241029",)
    assert rows.parts["day"].rows.tolist() == [0, 0]


def test_packed_table_is_read(tmp_path):
    text = b"day\tsource\tcameo\ttarget\n2014-01-01\tIran\tAccuse\tIraq\n"
    assert values_of(read(tmp_path, gzip.compress(text), "e.tsv.gz"))["actor"] == ("Iran",)


def test_row_of_another_width_is_counted(tmp_path):
    text = "day\tsource\tcameo\ttarget\n2014-01-01\tIran\n2014-01-01\tIran\tAccuse\tIraq\n"
    rows = read(tmp_path, text)
    assert (rows.unread, len(rows.parts["day"].rows)) == (1, 1)


def test_table_of_no_known_format_is_refused_with_its_columns(tmp_path):
    with pytest.raises(InputError, match=r"POLECAT.*there are: when, who"):
        read(tmp_path, "when\twho\n2014-01-01\tIran\n")


def test_binary_file_is_no_table(tmp_path):
    with pytest.raises(InputError, match=r"not a table.*Save the table as CSV"):
        read(tmp_path, b"PK\x03\x04\x00\x00")


def test_lines_that_no_line_feed_ends_are_refused_with_what_to_do(tmp_path):
    with pytest.raises(InputError, match=r"header cannot be read.*Save the table as CSV"):
        read(tmp_path, "day\tsource\tcameo\ttarget\r2014-01-01\tIran\tAccuse\tIraq\r")


def test_empty_file_is_refused(tmp_path):
    with pytest.raises(EmptyInputError):
        read(tmp_path, "")


def test_header_without_events_is_refused(tmp_path):
    with pytest.raises(InputError, match="no row of this table has a day"):
        read(tmp_path, "day\tsource\tcameo\ttarget\n")


def test_table_cut_short_is_read_to_the_cut_and_says_so(tmp_path):
    rows = "".join(f"2014-01-{day:02}\tIran\tAccuse\tIraq{day * day}\n" for day in range(1, 29))
    packed = gzip.compress(("day\tsource\tcameo\ttarget\n" + rows * 3).encode())
    read_so_far = read(tmp_path, packed[:-20], "e.tsv.gz")
    assert read_so_far.damage
    assert 0 < len(read_so_far.parts["day"].rows) <= 84


MAPPING = {"day": "When", "actor": "who", "recipient": "to whom", "act": "code"}
OWN = "when,who,to whom,code,day\n2024-10-29,Chad,Niger,190,none\n"


def test_any_table_is_read_by_a_mapping(tmp_path):
    assert values_of(read(tmp_path, OWN, "own.csv", MAPPING)) == {
        "day": ("2024-10-29",),
        "actor": ("Chad",),
        "recipient": ("Niger",),
        "act": ("190",),
    }


def test_mapping_goes_before_the_format_of_the_header(tmp_path):
    text = "day,source,cameo,target,stated\n2024-10-29,Chad,190,Niger,112\n"
    mapping = {"day": "day", "actor": "source", "recipient": "target", "act": "stated"}
    assert values_of(read(tmp_path, text, "own.csv", mapping))["act"] == ("112",)


@pytest.mark.parametrize(
    ("mapping", "words"),
    [
        (MAPPING | {"place": "where"}, "no part of an event.*place.*day, actor"),
        ({"day": "when", "actor": "who", "act": "code"}, "no column for the recipient.*Add recip"),
    ],
)
def test_mapping_that_is_not_whole_is_refused(tmp_path, mapping, words):
    with pytest.raises(ValueNotUnderstood, match=words):
        read(tmp_path, OWN, "own.csv", mapping)


def test_mapping_to_a_column_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"whom_so_ever.*when, who, to whom, code, day"):
        read(tmp_path, OWN, "own.csv", MAPPING | {"recipient": "whom_so_ever"})
