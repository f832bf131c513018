"""JSON Lines, CSV and Parquet, with their columns."""

import json
import time
from datetime import date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tocsin.articles import tables
from tocsin.articles.corpora import FAILURES_TOLD, find_items
from tocsin.articles.items import Item
from tocsin.articles.read import read_item
from tocsin.errors import BinaryInputError, ValueNotUnderstood
from tocsin.records import Failure
from tocsin.settings import Settings

PROSE = "The harbour master said that the ferry had left the port with all of its passengers."


def find(path, mapping=None, **settings):
    return list(find_items(str(path), settings=Settings(**settings), mapping=mapping or {}))


def write(path, content):
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def bodies(found):
    return [each.body.decode() if isinstance(each, Item) else each.error for each in found]


def lines(*rows):
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


# --------------------------------------------------------------------------- columns


@pytest.mark.parametrize("name", ["Full Text", "Full text", "full-text", "FULL_TEXT", "fullText"])
def test_find_items_compares_names_without_case_blanks_and_hyphens(tmp_path, name):
    row = {name: PROSE, "Publication date": "2024-10-29", "Source Name": "The Quay"}
    [item] = find(write(tmp_path / "a.jsonl", lines(row)))
    assert (item.body.decode(), item.outlet) == (PROSE, "The Quay")
    assert item.published == date(2024, 10, 29)


def test_find_items_knows_a_table_by_such_a_name_without_a_suffix(tmp_path):
    path = write(tmp_path / "export", f"Publication Date;Full Text\n2024-10-29;{PROSE}\n")
    assert bodies(find(path)) == [PROSE]


def test_find_items_takes_of_columns_with_one_name_what_is_not_empty(tmp_path):
    row = {"full_text": "", "Full Text": PROSE, "FULL-TEXT": " "}
    assert bodies(find(write(tmp_path / "a.jsonl", lines(row)))) == [PROSE]


def test_find_items_maps_to_the_first_of_several_columns_there_is(tmp_path):
    for name in ("inhalt", "corpo"):
        write(tmp_path / f"{name}.jsonl", lines({name: f"{name} {PROSE}"}))
    found = find(tmp_path, {"text": "inhalt|corpo"})
    assert bodies(found) == [f"corpo {PROSE}", f"inhalt {PROSE}"]


def test_find_items_refuses_several_columns_of_which_there_is_none(tmp_path):
    path = write(tmp_path / "a.jsonl", lines({"text": PROSE}))
    with pytest.raises(ValueNotUnderstood, match=r"inhalt\|corpo"):
        find(path, {"text": "inhalt|corpo"})


# --------------------------------------------------------------------------- days


def days_of(tmp_path, *days, **mapping):
    rows = lines(*({"text": f"{PROSE} {n}", "date": day} for n, day in enumerate(days)))
    return [each.published for each in find(write(tmp_path / "a.jsonl", rows), mapping)]


@pytest.mark.parametrize("other", ["13/05/2025", "05/13/2025"])
def test_find_items_takes_the_order_that_another_row_tells(tmp_path, other):
    [first, last, told] = days_of(tmp_path, "03/05/2025", "04/05/2025 14:30", other)
    assert told == date(2025, 5, 13)
    europe = other.startswith("13")
    assert first == (date(2025, 5, 3) if europe else date(2025, 3, 5))
    assert last == (date(2025, 5, 4) if europe else date(2025, 4, 5))


def test_find_items_takes_the_order_that_is_given(tmp_path):
    days = ("03/05/2025", "03/05/25")
    assert days_of(tmp_path, *days, day_order="dmy") == [date(2025, 5, 3)] * 2
    assert days_of(tmp_path, *days, day_order="mdy") == [date(2025, 3, 5)] * 2


def test_find_items_says_which_days_it_does_not_read(tmp_path):
    row = {"text": PROSE, "date": "03/05/2025"}
    [item] = find(write(tmp_path / "a.jsonl", lines(row)))
    assert (item.published, item.unread_day) == (None, "03/05/2025")
    [item] = find(write(tmp_path / "b.jsonl", lines({"text": PROSE, "date": ""})))
    assert (item.published, item.unread_day) == (None, None)


def test_find_items_looks_ahead_in_a_table_without_holding_all_of_it(tmp_path, monkeypatch):
    monkeypatch.setattr(tables, "_ROWS_AHEAD", 2)
    days = days_of(tmp_path, "03/05/2025", "04/05/2025", "13/05/2025")
    assert days == [None, None, date(2025, 5, 13)]
    days = days_of(tmp_path, "", "13/05/2025", "04/05/2025")
    assert days == [None, date(2025, 5, 13), date(2025, 5, 4)]


def test_find_items_refuses_an_order_that_there_is_not(tmp_path):
    with pytest.raises(ValueNotUnderstood, match="ymd"):
        days_of(tmp_path, "03/05/2025", day_order="ymd")


# --------------------------------------------------------------------------- mapping


def test_find_items_takes_the_usual_columns(tmp_path):
    row = {
        "Headline": "Ferry leaves",
        "Link": "https://quay.example/1",
        "maintext": PROSE,
        "source": "www.quay.example",
        "published_at": "2024-10-29T23:30:00-05:00",
    }
    [item] = find(write(tmp_path / "a.jsonl", lines(row)))
    assert (item.title, item.url, item.outlet) == (
        "Ferry leaves",
        "https://quay.example/1",
        "quay.example",
    )
    assert (item.published, item.published_from) == (date(2024, 10, 29), "table")
    assert item.body.decode() == PROSE


def test_find_items_follows_the_mapping(tmp_path):
    row = {"text": "not this", "inhalt": PROSE, "title": "A", "dach": "B"}
    path = write(tmp_path / "a.jsonl", lines(row))
    [item] = find(path, {"text": "inhalt", "title": "dach"})
    assert (item.body.decode(), item.title) == (PROSE, "B")


def test_find_items_maps_to_nothing(tmp_path):
    path = write(tmp_path / "a.jsonl", lines({"text": PROSE, "title": "A"}))
    assert find(path, {"title": ""})[0].title is None


def test_find_items_reaches_into_an_object(tmp_path):
    row = {"text": PROSE, "source": {"id": None, "name": "The Quay"}, "meta": {"head": "Ferry"}}
    [item] = find(write(tmp_path / "a.jsonl", lines(row)), {"title": "meta.head"})
    assert (item.outlet, item.title) == ("The Quay", "Ferry")


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_find_items_names_the_columns_there_are(tmp_path, name):
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.table({"body": [PROSE], "heading": ["A"]}), path)
    else:
        csv = f"body,heading\n{PROSE},A\n"
        write(path, csv if name == "a.csv" else lines({"body": PROSE, "heading": "A"}))
    with pytest.raises(ValueNotUnderstood, match=r"boddy.*expected one of body, heading"):
        find(path, {"text": "boddy"})


def test_find_items_refuses_a_field_that_articles_do_not_have(tmp_path):
    with pytest.raises(ValueNotUnderstood, match=r"author.*expected one of text, title"):
        find(tmp_path, {"author": "by"})


def test_find_items_goes_on_in_a_folder_where_one_table_lacks_the_column(tmp_path):
    write(tmp_path / "a.jsonl", lines({"text": PROSE}))
    write(tmp_path / "b.jsonl", lines({"body": PROSE}))
    assert bodies(find(tmp_path, {"text": "body"})) == ["ValueNotUnderstood", PROSE]


@pytest.mark.parametrize("name", ["a.jsonl", "a.csv", "a.parquet"])
def test_find_items_says_once_that_no_column_holds_text(tmp_path, name):
    path = tmp_path / name
    if name == "a.parquet":
        pq.write_table(pa.table({"n": [1, 2], "inhalt": ["x", "y"]}), path)
    else:
        rows = [{"n": 1, "inhalt": "x"}, {"n": 2, "inhalt": "y"}]
        write(path, "n,inhalt\n1,x\n2,y\n" if name == "a.csv" else lines(*rows))
    [failure] = find(path)
    assert failure.error == "NoArticleError"
    assert "--map text=COLUMN; there are: n, inhalt." in failure.message


@pytest.mark.parametrize(
    ("stamp", "day"),
    [
        ("Tue, 23 Dec 2025 14:11:18 GMT", date(2025, 12, 23)),
        ("Tue, 23 Dec 2025 23:59:59 -0500", date(2025, 12, 23)),
        ("2025-12-23", date(2025, 12, 23)),
        ("2025-12-23 14:11:18+00:00", date(2025, 12, 23)),
        ("20251223141118", date(2025, 12, 23)),
        ("20251223T141118Z", date(2025, 12, 23)),
        ("2025/12/23 14:11", date(2025, 12, 23)),
        ("December 23, 2025, 9:05 a.m. EST", date(2025, 12, 23)),
        (1766499078, date(2025, 12, 23)),
        (1766499078000, date(2025, 12, 23)),
        ("1766499078000", date(2025, 12, 23)),
        ("1712050800000", date(2024, 4, 2)),
        ("1712050800000000", date(2024, 4, 2)),
        ("1766499078.0", date(2025, 12, 23)),
        (20251223, date(2025, 12, 23)),
        (20251223141118, date(2025, 12, 23)),
        (10**400, None),
        ("1766499078", date(2025, 12, 23)),
        ("23/12/2025", date(2025, 12, 23)),
        ("", None),
        (2025, None),
        (True, None),
        (float("inf"), None),
        (1e300, None),
        ([], None),
        ("9" * 5000, None),
    ],
)
def test_find_items_reads_time_stamps(tmp_path, stamp, day):
    [item] = find(write(tmp_path / "a.jsonl", lines({"text": PROSE, "date": stamp})))
    assert item.published == day


def test_find_items_tells_html_in_a_cell_from_prose(tmp_path):
    rows = [{"text": f"<p>{PROSE}</p>"}, {"text": f"{PROSE} 3 < 5 and 7 > 6."}]
    found = find(write(tmp_path / "a.jsonl", lines(*rows)))
    assert [item.media_type for item in found] == ["text/html", "text/plain"]


def test_find_items_names_rows_by_their_own_id(tmp_path):
    rows = [{"text": PROSE, "id": 7}, {"text": PROSE}]
    found = find(write(tmp_path / "a.jsonl", lines(*rows)))
    assert [item.name for item in found] == ["a.jsonl#7", "a.jsonl#2"]
    assert found[0].origin == f"{tmp_path / 'a.jsonl'}#1"


# --------------------------------------------------------------------------- JSON


def test_find_items_goes_on_after_a_bad_line(tmp_path):
    bad = [
        '{"text": "half',
        '["text"]',
        '{"text": 5}',
        '{"text": NaN}',
        '{"text": "  "}',
        '{"text": "\\ud800 half a character"}',
        "[" * 100_000,
        '{"text": ' + "9" * 5000 + "}",
        "null",
    ]
    found = find(write(tmp_path / "a.jsonl", lines({"text": PROSE}, *bad, "", {"text": PROSE})))
    assert bodies(found)[0] == bodies(found)[-1] == PROSE
    assert len(found) == 2 + len(bad)
    assert [each.origin.rpartition("#")[2] for each in found[1:-1]] == [
        str(n) for n in range(2, 2 + len(bad))
    ]
    assert all(isinstance(each, Failure) for each in found[1:-1])


def test_find_items_says_what_stands_where_the_text_should(tmp_path):
    found = find(write(tmp_path / "a.jsonl", lines({"text": 5})))
    assert "text of this row is a int" in found[0].message


def test_find_items_takes_the_last_of_two_equal_names(tmp_path):
    [item] = find(write(tmp_path / "a.jsonl", f'{{"text": "x", "text": "{PROSE}"}}\n'))
    assert item.body.decode() == PROSE


def test_find_items_goes_on_after_bytes_that_are_not_utf8(tmp_path):
    raw = b'{"text": "caf\xe9"}\n' + lines({"text": PROSE}).encode()
    assert bodies(find(write(tmp_path / "a.jsonl", raw))) == ["EncodingError", PROSE]


def test_find_items_passes_over_a_line_above_the_limit(tmp_path):
    path = write(tmp_path / "a.jsonl", lines({"text": "x" * 600_000}, {"text": PROSE}))
    assert bodies(find(path, max_bytes=1000)) == ["TooLargeError", PROSE]


def test_find_items_reads_the_last_line_without_its_end(tmp_path):
    assert bodies(find(write(tmp_path / "a.jsonl", lines({"text": PROSE}).rstrip()))) == [PROSE]


def test_find_items_reads_an_array(tmp_path):
    raw = json.dumps([{"text": PROSE}, 5, {"text": PROSE}], indent=1)
    assert bodies(find(write(tmp_path / "a.json", raw))) == [PROSE, "InputError", PROSE]


def test_find_items_reads_the_articles_of_an_object(tmp_path):
    raw = json.dumps({"status": "ok", "articles": [{"content": PROSE}]}, indent=1)
    assert bodies(find(write(tmp_path / "a.json", raw))) == [PROSE]


def test_find_items_reads_the_list_in_an_object_on_one_line(tmp_path):
    raw = json.dumps({"status": "ok", "articles": [{"content": PROSE}] * 2})
    assert bodies(find(write(tmp_path / "a.json", raw))) == [PROSE, PROSE]


@pytest.mark.parametrize("row", [{"text": PROSE}, {"meta": {"body": PROSE}}])
def test_find_items_takes_an_article_with_a_list_in_it_for_one(tmp_path, row):
    path = write(tmp_path / "a.jsonl", lines(row | {"tags": [{"name": "ferries"}]}))
    assert bodies(find(path, {"text": "meta.body"} if "meta" in row else {})) == [PROSE]


def test_find_items_reads_lines_longer_than_the_head(tmp_path):
    for pad in range(3):
        text = "." * pad + "a, " * 40_000
        path = write(tmp_path / f"{pad}.jsonl", lines({"text": text}, {"text": PROSE}))
        assert bodies(find(path)) == [text, PROSE]


def test_find_items_reads_one_object_over_several_lines(tmp_path):
    raw = json.dumps({"maintext": PROSE, "title": "A"}, indent=1)
    assert bodies(find(write(tmp_path / "a.json", raw))) == [PROSE]


def test_find_items_refuses_an_array_above_the_limit(tmp_path):
    path = write(tmp_path / "a.json", json.dumps([{"text": PROSE}] * 99))
    [failure] = find(path, max_bytes=1000)
    assert (failure.error, "jq -c" in failure.message) == ("TooLargeError", True)


# --------------------------------------------------------------------------- CSV


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_find_items_finds_out_what_parts_the_cells(tmp_path, delimiter):
    raw = delimiter.join(["title", "text"]) + "\r\n" + delimiter.join(["A", PROSE]) + "\r\n"
    [item] = find(write(tmp_path / "a.csv", raw))
    assert (item.title, item.body.decode()) == ("A", PROSE)


def test_find_items_keeps_lines_and_quotation_marks_in_a_cell(tmp_path):
    raw = f'title,text\nA,"{PROSE}\r\n\r\n""No"", he said, again."\nB,{PROSE}\n'
    found = find(write(tmp_path / "a.csv", raw))
    assert bodies(found) == [f'{PROSE}\r\n\r\n"No", he said, again.', PROSE]
    assert [item.name for item in found] == ["a.csv#2", "a.csv#5"]


def test_find_items_goes_on_after_quotation_marks_that_do_not_close(tmp_path):
    raw = f'title,text\nA,"{PROSE}\nand more\nB,"{PROSE}"\nC,{PROSE}\nD,"open\nE,{PROSE}\n'
    found = find(write(tmp_path / "a.csv", raw))
    assert [each.origin.rpartition("#")[2] for each in found if isinstance(each, Failure)] == [
        "2",
        "6",
    ]
    assert [item.title for item in found if isinstance(item, Item)][-2:] == ["C", "E"]


@pytest.mark.parametrize("told", ["sep=;", '"sep=;"', "SEP=;\r"])
def test_find_items_is_told_what_parts_the_cells(tmp_path, told):
    [item] = find(write(tmp_path / "a.csv", f"{told}\ntitle;text\nOne, two, three;{PROSE}\n"))
    assert (item.title, item.origin[-5:]) == ("One, two, three", "csv#3")


@pytest.mark.parametrize(("name", "head"), [("a.csv", "text\n"), ("a.jsonl", '{"text": "x"}\n')])
def test_read_item_refuses_only_the_row_with_a_zero_byte(tmp_path, name, head):
    rows = [f"A\x00 {PROSE}", PROSE]
    rows = rows if name == "a.csv" else [f'{{"text": "{row}"}}' for row in rows]
    *_, broken, whole = find(write(tmp_path / name, head + "\n".join(rows)))
    assert whole.body.decode() == PROSE
    if isinstance(broken, Item):
        with pytest.raises(BinaryInputError, match=f"{name}#2"):
            read_item(broken, settings=Settings())


def test_find_items_reads_a_csv_of_open_quotation_marks_in_bounded_time(tmp_path):
    # Each line closes a cell and opens another: no row ever ends.
    raw = "title,text\n" + 'x","""\n' * 60_000
    path = write(tmp_path / "a.csv", raw)
    begun = time.process_time()
    found = find(path, max_bytes=50_000)
    assert time.process_time() - begun < 10
    assert found
    assert all(isinstance(each, Failure) for each in found)


def test_find_items_reads_a_long_cell(tmp_path):
    long = PROSE * 5_000
    assert bodies(find(write(tmp_path / "a.csv", f'id,text\n1,"{long}"\n'))) == [long]


def test_find_items_goes_on_after_a_row_that_is_none(tmp_path):
    raw = f"title,text\nA\n\nB,{PROSE},C\nC,\nD,{PROSE}\n".encode() + b"E,caf\xe9\nF,0\n"
    found = find(write(tmp_path / "a.csv", raw))
    assert bodies(found) == [
        "InputError",
        "InputError",
        "NoArticleError",
        PROSE,
        "EncodingError",
        "NoArticleError",
    ]


def test_find_items_passes_over_a_cell_above_the_limit(tmp_path):
    raw = f"title,text\nA,{'x' * 500_000}\nB,{PROSE}\n"
    assert bodies(find(write(tmp_path / "a.csv", raw), max_bytes=1000)) == ["TooLargeError", PROSE]


def test_find_items_takes_quotation_marks_in_tsv_as_they_stand(tmp_path):
    raw = f'title\ttext\nA\t"{PROSE}" he added\nB\t{PROSE}\n'
    assert bodies(find(write(tmp_path / "a.tsv", raw))) == [f'"{PROSE}" he added', PROSE]


def test_find_items_reads_a_table_in_utf16(tmp_path):
    raw = f"title\ttext\nÄ\t{PROSE}\n".encode("utf-16")
    [item] = find(write(tmp_path / "a.csv", raw))
    assert (item.title, item.body.decode()) == ("Ä", PROSE)


def test_find_items_reads_a_header_after_a_byte_order_mark(tmp_path):
    assert bodies(find(write(tmp_path / "a.csv", f"\ufefftext,title\n{PROSE},A\n"))) == [PROSE]


# --------------------------------------------------------------------------- Parquet


def test_find_items_reads_parquet(tmp_path):
    table = pa.table(
        {
            "Text": [PROSE, None, f"<p>{PROSE}</p>"],
            "published": pa.array([datetime(2024, 10, 29, 9, 0, 0, 5)] * 3, pa.timestamp("ns")),
            "url": ["https://quay.example/1", None, "https://quay.example/3"],
            "n": [1, 2, 3],
        }
    )
    pq.write_table(table, tmp_path / "a.parquet", row_group_size=1)
    found = find(tmp_path / "a.parquet")
    assert bodies(found) == [PROSE, "NoArticleError", f"<p>{PROSE}</p>"]
    assert found[0].published == date(2024, 10, 29)
    assert found[2].url == "https://quay.example/3"


@pytest.mark.parametrize(
    ("column", "expected"),
    [
        (pa.array([1, 2]), "text of this row is a int"),
        (pa.array([[1], [2]]), "text of this row is a list"),
        (pa.array([b"\xff\xfe", b"\xff"]), "text of this row is a bytes"),
        (pa.array([None, None]), "no text"),
    ],
)
def test_find_items_says_what_a_parquet_column_holds(tmp_path, column, expected):
    pq.write_table(pa.table({"text": column}), tmp_path / "a.parquet")
    found = find(tmp_path / "a.parquet")
    assert len(found) == 2
    assert all(expected in each.message for each in found)


def test_find_items_reads_binary_and_dictionary_columns(tmp_path):
    table = pa.table(
        {
            "text": pa.array([PROSE.encode()] * 3),
            "title": pa.array(["A", "B", "A"]).dictionary_encode(),
        }
    )
    pq.write_table(table, tmp_path / "a.parquet")
    found = find(tmp_path / "a.parquet")
    assert bodies(found) == [PROSE] * 3
    assert [item.title for item in found] == ["A", "B", "A"]


def test_find_items_leaves_out_a_day_that_no_calendar_has(tmp_path):
    days = pa.array([2**62, 0], pa.timestamp("us"))
    pq.write_table(pa.table({"text": [PROSE] * 2, "date": days}), tmp_path / "a.parquet")
    assert [item.published for item in find(tmp_path / "a.parquet")] == [None, date(1970, 1, 1)]


def test_find_items_reads_compressed_parquet(tmp_path):
    import gzip

    pq.write_table(pa.table({"text": [PROSE]}), tmp_path / "a.parquet")
    write(tmp_path / "b.parquet.gz", gzip.compress((tmp_path / "a.parquet").read_bytes()))
    assert bodies(find(tmp_path / "b.parquet.gz")) == [PROSE]


def test_find_items_refuses_a_parquet_cell_that_would_fill_the_memory(tmp_path):
    table = pa.table({"text": ["a" * 260_000_000]})
    options = {"use_dictionary": False, "write_statistics": False}  # of which either takes long
    pq.write_table(table, tmp_path / "a.parquet", compression="zstd", **options)
    [failure] = find(tmp_path / "a.parquet")
    assert "more than 250 times its size" in failure.message


@pytest.mark.parametrize("keep", [4, 40, 0.5, 0.99])
def test_find_items_refuses_a_parquet_file_that_is_cut(tmp_path, keep):
    pq.write_table(pa.table({"text": [PROSE] * 100}), tmp_path / "a.parquet")
    raw = (tmp_path / "a.parquet").read_bytes()
    end = keep if isinstance(keep, int) else int(len(raw) * keep)
    [failure] = find(write(tmp_path / "b.parquet", raw[:end]))
    assert "Parquet" in failure.message


@pytest.mark.parametrize("words", ["", "0", "... --- 17:30"])
def test_find_items_tells_few_of_a_flood_of_rows_without_words(tmp_path, words):
    rows = f"title,text\nA,{PROSE}\n" + f"B,{words}\n" * 350 + f"C,{PROSE}\n"
    *found, last = find(write(tmp_path / "a.csv", rows))
    assert [each.origin[-5:] for each in found[:2]] == ["csv#2", "csv#3"]
    assert bodies(found) == [PROSE, *["NoArticleError"] * FAILURES_TOLD, PROSE]
    assert last.origin == str(tmp_path / "a.csv")
    assert "250 more articles of this file could not be read" in last.message


def test_find_items_says_that_a_saved_report_is_no_article(tmp_path):
    report = {"article": {"text": PROSE}, "statements": [], "findings": [], "account": {}}
    [failure] = find(write(tmp_path / "a.json", json.dumps(report, indent=1)))
    assert failure.message.startswith("this is a saved Tocsin report, not an article")


def test_find_items_tells_few_of_a_flood_of_lines_that_are_no_json(tmp_path):
    found = find(write(tmp_path / "a.jsonl", lines({"text": PROSE}, *["{"] * 200)))
    assert len(found) == 1 + FAILURES_TOLD + 1


def test_find_items_names_the_row_whose_quotation_mark_is_never_closed(tmp_path, monkeypatch):
    monkeypatch.setattr("tocsin.articles.csv_rows._LONGEST_OVER_LINES", 2_000)
    rows = "title,text\n" + f'A,{PROSE}\nB,"unclosed\n' + f"C,{PROSE}\n" * 100
    found = find(write(tmp_path / "a.csv", rows))
    assert bodies(found) == [PROSE, "InputError", *[PROSE] * 100]
    assert found[1].origin.endswith("a.csv#3")
    assert "opened in this row and not closed" in found[1].message


@pytest.mark.parametrize("sign", ["\u200b", "\u00ad", "\u200e"])
def test_find_items_takes_titles_without_what_cannot_be_seen(tmp_path, sign):
    path = write(tmp_path / "a.jsonl", lines({"text": PROSE, "title": f"Ferry{sign} leaves"}))
    assert find(path)[0].title == "Ferry leaves"
