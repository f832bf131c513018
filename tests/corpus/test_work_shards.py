"""A work that several share and what is gathered of it, with workers and readings made by hand."""

import json
import shutil
from collections import Counter
from contextlib import closing
from typing import ClassVar

import pytest
from pyarrow import parquet

from tests.corpus.test_add import HandWorkers
from tocsin.corpus import gather, work_shards
from tocsin.corpus.add import add_articles
from tocsin.corpus.claims import Claims
from tocsin.corpus.gather import gather_parts
from tocsin.corpus.parts import Part, read_manifest
from tocsin.corpus.shards import list_shards
from tocsin.corpus.work_shards import Folders
from tocsin.errors import NotFoundError, PartsError, ValueNotUnderstood
from tocsin.settings import Settings
from tocsin.store.content import dump_content
from tocsin.store.database import FILE_NAME, open_database
from tocsin.store.verify import verify_store


class Pool(HandWorkers):
    analysed_by_all: ClassVar = Counter()

    def __init__(self, count, _settings, _seconds):
        super().__init__(seed=count, count=count)
        self.analysed = self.analysed_by_all

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass


@pytest.fixture(autouse=True)
def by_hand(monkeypatch):
    Pool.analysed_by_all.clear()
    monkeypatch.setattr("tocsin.corpus.add.Workers", Pool)
    monkeypatch.setattr("tocsin.corpus.work_shards.Workers", Pool)


@pytest.fixture
def week(tmp_path):
    """Texts, prints of them in tables, and what does not become an article."""
    week = tmp_path / "week"
    week.mkdir()
    for number in range(12):
        (week / f"note-{number}.txt").write_text(f"Patrol boats left harbour {number}.")
    for table in "abc":
        lines = [
            json.dumps(
                {"text": f"Patrol boats left harbour {n}.", "url": f"https://{table}.example/{n}"}
            )
            for n in range(12)
        ]
        (week / f"{table}.jsonl").write_text("\n".join([*lines, lines[0], "{half a row", ""]))
    for name, text in {"deadly": "deadly", "void": "empty", "ici": "ici on parle"}.items():
        (week / f"{name}.txt").write_text(text)
    (week / "blank.txt").touch()
    return week


def work(paths, out, **options):
    options = {"shard_bytes": 300, "workers": 2, "most_failures": 1.0} | options
    return work_shards.work_shards(paths, out, settings=Settings(), **options)


def content_of(store):
    with closing(open_database(store)) as connection:
        assert list(verify_store(connection)) == []
        return list(dump_content(connection))


@pytest.fixture
def expected(week, tmp_path):
    add_articles([str(week)], tmp_path / "added", settings=Settings(), workers=2)
    return content_of(tmp_path / "added")


@pytest.fixture
def out(week, tmp_path):
    """The folder of a work that is done."""
    work([str(week)], tmp_path / "out")
    return tmp_path / "out"


def first_manifest(out):
    return sorted((out / "parts").glob("*.json"))[0]


@pytest.mark.parametrize("size", [1, 300, 1_000_000])
def test_store_that_is_gathered_equals_the_one_that_is_added_to(week, expected, tmp_path, size):
    work([str(week)], tmp_path / "out", shard_bytes=size, workers=size % 7 + 1)
    gather_parts(tmp_path / "out", tmp_path / "store")
    assert content_of(tmp_path / "store") == expected


def test_account_of_gathering_is_that_of_adding(week, out, tmp_path):
    added = add_articles([str(week)], tmp_path / "added", settings=Settings(), workers=2)
    gathered = gather_parts(out, tmp_path / "store")
    for count in ("articles", "failed", "set_aside"):
        assert getattr(gathered, count) == getattr(added, count)
    assert gathered.shards == len(list_shards(out / "shards"))


def test_manifest_says_what_the_part_holds(week, tmp_path):
    work([str(week)], tmp_path / "out", shard_bytes=1_000_000)
    parts = tmp_path / "out" / "parts"
    manifest = read_manifest(parts, first_manifest(tmp_path / "out").stem)
    assert (manifest.items, manifest.again, manifest.adds_up) == (58, 3, True)
    assert manifest.outcomes == {"failure": 6, "print": 36, "report": 12, "set_aside": 1}
    assert len(manifest.inputs) == 19
    table = parquet.read_table(parts / manifest.files[0].path)
    assert table.num_rows == 55
    assert table.schema.metadata[b"tocsin.parts"] == b"1"


def test_work_that_is_done_is_not_done_again(week, out):
    assert work([str(week)], out).shards == 0
    assert work([], out).shards == 0


def test_work_broken_off_anywhere_goes_on_and_leaves_the_same(
    week, expected, tmp_path, monkeypatch
):
    keep, left = Part.keep, [0]

    def keep_one_more(self, batch):
        left[0] -= 1
        if left[0] < 0:
            raise MemoryError
        return keep(self, batch)

    monkeypatch.setattr(Part, "keep", keep_one_more)
    for allowed in range(40):
        left[0] = allowed
        try:
            work([str(week)], tmp_path / "out", workers=allowed % 3 + 1)
        except MemoryError:
            gather_parts(tmp_path / "out", tmp_path / "store")
            continue
        break
    assert 2 < allowed < 39
    gather_parts(tmp_path / "out", tmp_path / "store")
    assert content_of(tmp_path / "store") == expected
    left_there = {path.suffix for path in (tmp_path / "out" / "parts").iterdir()}
    assert left_there == {".json", ".parquet"}


def test_work_leaves_alone_what_is_in_the_hands_of_the_living(week, tmp_path):
    out = tmp_path / "out"
    work([str(week)], out)
    one, *_ = list_shards(out / "shards")
    (out / "parts" / f"{one}.json").unlink()
    assert Claims(folder=out / "claims").take(one)
    done = work([], out)
    assert (done.shards, done.shards_left) == (0, 1)


def test_a_shard_that_another_finished_meanwhile_costs_nothing(week, out, tmp_path, monkeypatch):
    again = tmp_path / "again"

    def beaten(*_):
        shutil.copytree(out / "parts", again / "parts", dirs_exist_ok=True)
        raise FileNotFoundError

    monkeypatch.setattr("tocsin.corpus.work_shards._Work._work_on", beaten)
    assert work([str(week)], again).shards_left == 0


def test_work_stops_where_too_much_fails_and_leaves_no_part(tmp_path):
    rows = ["empty"] * 11 + [f"Boats left {n}." for n in range(10)]
    lines = "".join(json.dumps({"text": t, "url": f"u{n}"}) + "\n" for n, t in enumerate(rows))
    (tmp_path / "t.jsonl").write_text(lines)
    arguments = {"paths": [str(tmp_path / "t.jsonl")], "out": tmp_path / "out"}
    with pytest.raises(PartsError, match=r"11 of 21 articles .* at most 50%"):
        work(**arguments, shard_bytes=10_000, most_failures=0.5)
    assert list((tmp_path / "out" / "parts").iterdir()) == []
    assert work(**arguments, most_failures=0.6).shards == 1


def test_few_articles_that_fail_stop_no_work(tmp_path):
    (tmp_path / "blank.txt").touch()
    done = work([str(tmp_path / "blank.txt")], tmp_path / "out", most_failures=0.0)
    assert (done.shards, done.failed) == (1, 1)


def test_work_on_nothing_is_refused(tmp_path):
    with pytest.raises(NotFoundError):
        work([str(tmp_path / "nowhere")], tmp_path / "out")
    with pytest.raises(ValueNotUnderstood, match="nothing to work on"):
        work([], tmp_path / "out")


def test_part_is_gathered_once(out, tmp_path):
    gather_parts(out, tmp_path / "store")
    again = gather_parts(out, tmp_path / "store")
    assert (again.shards, again.known, again.articles) == (0, 0, 0)


def test_without_its_notes_all_is_gathered_again_and_nothing_changes(out, expected, tmp_path):
    gather_parts(out, tmp_path / "store")
    (tmp_path / "store" / gather.NOTES).unlink()
    again = gather_parts(out, tmp_path / "store")
    assert (again.articles, again.known > 0) == (0, True)
    assert content_of(tmp_path / "store") == expected


def test_notes_of_a_store_that_is_gone_count_for_nothing(out, expected, tmp_path):
    gather_parts(out, tmp_path / "store")
    for path in (tmp_path / "store").glob(f"{FILE_NAME}*"):
        path.unlink()
    gather_parts(out, tmp_path / "store")
    assert content_of(tmp_path / "store") == expected


def test_gathering_says_what_is_not_finished(out, tmp_path):
    first_manifest(out).unlink()
    assert gather_parts(out, tmp_path / "store").shards_left == 1


def test_damaged_part_is_refused_and_costs_no_other(week, out, expected, tmp_path):
    name = first_manifest(out).stem
    [part] = (out / "parts").glob(f"{name}-*.parquet")
    whole = part.read_bytes()
    part.write_bytes(whole[:100] + b"?" + whole[101:])
    gathered = gather_parts(out, tmp_path / "store")
    assert gathered.shards == len(list_shards(out / "shards")) - 1
    assert len(gathered.refused) == 1
    assert "not what its manifest says" in gathered.refused[0]
    first_manifest(out).unlink()
    work([str(week)], out)
    gather_parts(out, tmp_path / "store")
    assert content_of(tmp_path / "store") == expected


@pytest.mark.parametrize("change", [{"format": 99}, {"items": 99}, {"files": 7}])
def test_manifest_that_says_what_cannot_be_is_refused(out, tmp_path, change):
    path = first_manifest(out)
    path.write_text(json.dumps(json.loads(path.read_text()) | change))
    assert len(gather_parts(out, tmp_path / "store").refused) == 1


def test_part_of_another_reader_is_refused_unless_told(out, tmp_path):
    path = first_manifest(out)
    said = json.loads(path.read_text())
    said["made_by"]["reader"] = "0.0.1+deadbeef"
    path.write_text(json.dumps(said))
    [refused] = gather_parts(out, tmp_path / "store").refused
    assert "0.0.1+deadbeef" in refused
    assert "--any-reader" in refused
    again = gather_parts(out, tmp_path / "store", any_reader=True)
    assert (again.shards, again.refused) == (1, ())


def test_watching_ends_when_all_is_finished(out, expected, tmp_path, monkeypatch):
    path = first_manifest(out)
    path.rename(tmp_path / "kept")
    monkeypatch.setattr(gather.time, "sleep", lambda _: (tmp_path / "kept").rename(path))
    gathered = gather_parts(out, tmp_path / "store", watch=True)
    assert (gathered.shards, gathered.shards_left) == (len(list_shards(out / "shards")), 0)
    assert content_of(tmp_path / "store") == expected


def test_gathering_where_nobody_works_is_refused_and_makes_no_store(tmp_path):
    with pytest.raises(PartsError, match="nobody has worked here"):
        gather_parts(tmp_path, tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_killed_after_its_part_and_before_its_manifest_leaves_nothing_finished(
    week, tmp_path, monkeypatch
):
    def die(*_):
        raise MemoryError

    monkeypatch.setattr(work_shards, "write_manifest", die)
    with pytest.raises(MemoryError):
        work([str(week)], tmp_path / "out")
    assert Folders(out=tmp_path / "out").unfinished() == list_shards(tmp_path / "out" / "shards")


# --------------------------------------------------------------------------- texts of other shards


def pile(folder, shards=5):
    """Write tables, each a shard, that all print the same 30 texts."""
    folder.mkdir()
    for table in "abcdefgh"[:shards]:
        rows = [
            {"text": f"Boats left {n}.", "url": f"https://{table}.example/{n}"} for n in range(30)
        ]
        (folder / f"{table}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    return folder


def test_text_that_several_shards_print_is_analysed_once(tmp_path):
    news = pile(tmp_path / "news")
    work([str(news)], tmp_path / "out", shard_bytes=1000)
    assert set(Pool.analysed_by_all.values()) == {1}
    add_articles([str(news)], tmp_path / "added", settings=Settings(), workers=2)
    gather_parts(tmp_path / "out", tmp_path / "store")
    assert content_of(tmp_path / "store") == content_of(tmp_path / "added")


def test_part_is_whole_without_those_from_which_it_took_reports(tmp_path):
    out = tmp_path / "out"
    work([str(pile(tmp_path / "news"))], out, shard_bytes=1000)
    taken, *others = sorted((out / "parts").glob("*.json"))
    for path in others:
        path.unlink()
    gathered = gather_parts(out, tmp_path / "store")
    assert (gathered.refused, gathered.shards_left) == ((), len(others))
    assert gathered.articles == sum(read_manifest(out / "parts", taken.stem).outcomes.values())


@pytest.mark.parametrize("harm", ["damaged", "gone", "of another reader", "without texts"])
def test_text_whose_report_cannot_be_had_is_analysed_again(tmp_path, harm):
    news, out = tmp_path / "news", tmp_path / "out"
    pile(news, shards=1)
    work([str(news / "a.jsonl")], out, shard_bytes=10_000)
    manifest = first_manifest(out)
    [part] = (out / "parts").glob("*.parquet")
    if harm == "damaged":
        part.write_bytes(b"PAR1" + bytes(100))
    elif harm == "gone":
        part.unlink()
    else:
        said = json.loads(manifest.read_text())
        changed = (
            {"made_by": said["made_by"] | {"reader": "0"}} if "reader" in harm else {"texts": []}
        )
        manifest.write_text(json.dumps(said | changed))
    (news / "b.jsonl").write_text((news / "a.jsonl").read_text().replace("a.example", "b.example"))
    work([str(news / "b.jsonl")], out, shard_bytes=10_000)
    assert set(Pool.analysed_by_all.values()) == {2}
