"""What becomes a shard, and that all of a corpus is in them, once."""

import gzip
import json

import pytest

from tocsin.articles.corpora import find_items
from tocsin.articles.items import Item
from tocsin.corpus.shards import describe_shards, find_in_shard, list_shards, read_shard
from tocsin.errors import ValueNotUnderstood
from tocsin.settings import Settings


@pytest.fixture
def week(tmp_path):
    week = tmp_path / "week"
    (week / "more").mkdir(parents=True)
    for number in range(9):
        (week / f"note-{number}.txt").write_text(f"Patrol boats left harbour {number}.")
    rows = [{"text": f"Row {n}.", "url": f"https://wire.example/{n}"} for n in range(100)]
    table = "".join(json.dumps(row) + "\n" for row in rows) + "{half a row\n"
    (week / "table.jsonl").write_text(table)
    (week / "more" / "cut.jsonl.gz").write_bytes(gzip.compress(table.encode())[:-20])
    (week / "blank.txt").touch()
    (week / "lost.txt").symlink_to(week / "nowhere.txt")
    return week


def describe(folder, *paths, size=300, mapping=None):
    folder.mkdir(parents=True, exist_ok=True)
    describe_shards(list(map(str, paths)), folder, mapping or {}, size)
    return [read_shard(folder, name) for name in list_shards(folder)]


def told(found):
    return sorted((each.key if isinstance(each, Item) else each.told) for each in found)


def found_in(shards):
    return told(each for shard in shards for each in find_in_shard(shard, Settings()))


@pytest.mark.parametrize("size", [1, 300, 3_000, 1_000_000])
def test_shards_hold_all_that_add_finds_and_each_once(week, tmp_path, size):
    shards = describe(tmp_path / "out" / "shards", week, size=size)
    assert found_in(shards) == told(find_items(str(week), settings=Settings(), mapping={}))


def test_small_files_share_a_shard_and_a_large_one_is_divided(week, tmp_path):
    shards = describe(tmp_path / "out" / "shards", week, size=1000)
    table = [shard for shard in shards if shard.inputs[0].path.endswith("table.jsonl")]
    size = (week / "table.jsonl").stat().st_size
    assert {shard.parts for shard in table} == {size // 1000}
    assert len(table) == size // 1000
    assert max(len(shard.inputs) for shard in shards) > 5


def test_described_again_nothing_changes(week, tmp_path):
    folder = tmp_path / "out" / "shards"
    assert describe(folder, week) == describe(folder, week)


def test_what_was_added_meanwhile_becomes_new_shards_alone(week, tmp_path):
    folder = tmp_path / "out" / "shards"
    before = {shard.name for shard in describe(folder, week)}
    (week / "a-new.txt").write_text("Boats came back.")
    new = [shard for shard in describe(folder, week) if shard.name not in before]
    assert [[each.path for each in shard.inputs] for shard in new] == [[str(week / "a-new.txt")]]


def test_parts_that_a_killed_process_did_not_describe_are_described_by_the_next(week, tmp_path):
    folder = tmp_path / "out" / "shards"
    shards = describe(folder, week / "table.jsonl")
    first = next(shard for shard in shards if shard.part == 0)
    last = max(shards, key=lambda shard: shard.part)
    for shard in shards:
        if shard is not last:
            (folder / f"{shard.name}.json").unlink()  # the first is described last
    assert first != last
    assert describe(folder, week / "table.jsonl") == shards


def test_what_the_work_itself_leaves_is_no_part_of_it(week):
    shards = describe(week / "out" / "shards", week)
    (week / "out" / "parts").mkdir()
    (week / "out" / "parts" / "x.parquet").write_bytes(b"PAR1")
    assert describe(week / "out" / "shards", week) == shards


def test_table_that_was_named_must_have_the_mapped_column(week, tmp_path):
    folder = tmp_path / "out" / "shards"
    [shard, *_] = describe(folder, week / "table.jsonl", mapping={"text": "body"})
    with pytest.raises(ValueNotUnderstood, match="body"):
        list(find_in_shard(shard, Settings()))


def test_table_in_a_folder_without_the_mapped_column_costs_no_other(week, tmp_path):
    folder = tmp_path / "out" / "shards"
    shards = describe(folder, week, mapping={"text": "body"}, size=1_000_000)
    assert sum(isinstance(e, Item) for s in shards for e in find_in_shard(s, Settings())) == 9


def test_standard_input_is_no_shard(tmp_path):
    with pytest.raises(ValueNotUnderstood, match="standard input"):
        describe(tmp_path / "out" / "shards", "-")
