"""Whether two checkouts find the same: reports and stores of the same articles, line by line.

usage: python -m benchmarks.same OLD NEW [--shared DIR] [--every N] [--keep DIR]

OLD and NEW are checkouts of this project.  Each reads the news and the PolNeAR articles (every Nth)
with its own code and this Python's packages, in two ways: every report as `tocsin read --json`
prints it, and a store of all articles, dumped by its own `dump_content`.  Ids of reported events,
quotations and families are compared by what they stand for (the events, statements and texts they
join), so that they may be keyed in another way.  Tables and columns that only one of the two has
are named and passed over.  With --keep, what was read before is not read again.  Exit status 1 when
anything else differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import Any

#: Runs with the code of either checkout, so it may only ask for what both have.
_READ = """
import json, os, sys
from concurrent.futures import ProcessPoolExecutor
from datetime import date
import tocsin
from tocsin.records import Article

def start():
    global tools
    tools = tocsin.open_tools(tocsin.load_settings())

def read(row):
    day = row.pop("day")
    article = Article(published=date.fromisoformat(day) if day else None, **row)
    try:
        report = tocsin.process_article(article, tools)
    except Exception as error:
        return json.dumps({"article": {"id": row["id"]}, "failed": repr(error)})
    return json.dumps(tocsin.to_json(report), ensure_ascii=False)

if __name__ == "__main__":
    rows = [json.loads(line) for line in open(sys.argv[1], encoding="utf-8")]
    with ProcessPoolExecutor(os.cpu_count(), initializer=start) as pool:
        with open(sys.argv[2], "w", encoding="utf-8") as out:
            out.writelines(line + chr(10) for line in pool.map(read, rows, chunksize=8))
"""

_ADD = """
import json, sys
from contextlib import closing
from pathlib import Path
import tocsin
from tocsin.store.content import dump_content
from tocsin.store.database import open_database

if __name__ == "__main__":
    store = Path(sys.argv[2])
    tocsin.add_articles([sys.argv[1]], store, settings=tocsin.load_settings())
    with closing(open_database(store, read_only=True)) as connection:
        names = {}
        with open(sys.argv[3], "w", encoding="utf-8") as out:
            for table, *values in dump_content(connection):
                if table not in names:
                    info = connection.execute(f"PRAGMA table_info({table})").fetchall()
                    names[table] = [name for _, name, *_ in info if name != "rowid"]
                row = dict(zip(names[table], values, strict=True))
                print(json.dumps([table, row], ensure_ascii=False), file=out)
"""

_KEY = re.compile(r"\b[0-9a-f]{16}\b")

Row = dict[str, Any]


def write_articles(shared: Path, out: Path, every: int) -> int:
    """Write the articles that both read, one JSON object a line; return how many there are."""
    rows: list[Row] = []
    news = shared / "news/politics_2025-12_2026-02.jsonl"
    for number, line in enumerate(news.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        day = parsedate_to_datetime(row["published"]).date().isoformat()
        kept = {name: row.get(name) for name in ("text", "title", "url", "outlet")}
        rows.append({"id": f"news{number}", "day": day, **kept})
    for part in ("train", "dev"):
        for path in sorted((shared / "gold/polnear" / part / "text").glob("*.txt")):
            found = re.search(r"\d{4}-\d\d-\d\d", path.name)
            text = path.read_text(encoding="utf-8")
            rows.append({"id": path.stem, "text": text, "day": found[0] if found else None})
    with out.open("w", encoding="utf-8") as lines:
        lines.writelines(json.dumps(row) + "\n" for row in rows[::every])
    return len(rows[::every])


def read_with(checkout: Path, articles: Path, out: Path) -> None:
    """Let the code of `checkout` write `out`/reports.jsonl and `out`/content.jsonl."""
    done, sources = out / "done", digest_of(checkout)
    if done.exists() and done.read_text(encoding="utf-8") == sources:
        return
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    _run(checkout, out, _READ, articles.resolve(), Path("reports.jsonl"))
    table = out / "articles.jsonl"
    with table.open("w", encoding="utf-8") as lines:
        for line in articles.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            lines.write(json.dumps(row | {"published": row.pop("day")}) + "\n")
    # Names within the folder: they stand in the store as what was read.
    _run(checkout, out, _ADD, *map(Path, (table.name, "store", "content.jsonl")))
    done.write_text(sources, encoding="utf-8")


def digest_of(checkout: Path) -> str:
    """Return what depends on every file of the checkout's package."""
    digest = hashlib.sha256()
    for path in sorted((checkout / "src/tocsin").rglob("*.*")):
        if path.suffix != ".pyc" and path.is_file():
            digest.update(str(path.relative_to(checkout)).encode() + path.read_bytes())
    return digest.hexdigest()


def _run(checkout: Path, out: Path, program: str, *arguments: Path) -> None:
    script = out / "script.py"  # a file: worker processes load it
    script.write_text(program, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(checkout.resolve() / "src")}
    command = [sys.executable, script.name, *map(str, arguments)]
    subprocess.run(command, env=environment, cwd=out, check=True)


# --------------------------------------------------------------------------- reports


def compare_reports(old: Path, new: Path) -> Iterator[str]:
    """Yield a line for each article whose reports differ, with the first difference."""
    with old.open(encoding="utf-8") as ours, new.open(encoding="utf-8") as theirs:
        for one, other in zip(ours, theirs, strict=True):
            if "failed" in (failed := json.loads(other)):
                yield f"{failed['article']['id']}: NEW failed, {failed['failed']}"
            elif one != other:
                first, second = json.loads(one), failed
                where = next(differences(first, second), None)
                if where:
                    yield f"{first['article']['id']}: {where}"


def differences(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Yield where two JSON values differ and how; keys in another order are no difference."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in dict.fromkeys((*one, *other)):
            pair = one.get(key, "(not there)"), other.get(key, "(not there)")
            yield from differences(*pair, f"{at}.{key}")
    elif isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        for number, pair in enumerate(zip(one, other, strict=True)):
            yield from differences(*pair, f"{at}[{number}]")
    elif one != other:
        yield f"{at}: {str(one)[:300]} | {str(other)[:300]}"


# --------------------------------------------------------------------------- stores


def read_content(path: Path) -> dict[str, list[Row]]:
    """Return the rows of each table, with ids of what joins records named by what they join."""
    tables: dict[str, list[Row]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for table, row in map(json.loads, lines):
            tables[table].append(row)
    joined = dict(_joined(tables))

    def plain(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        return _KEY.sub(lambda found: joined.get(found.group(), found.group()), value)

    result = {
        table: [{name: plain(value) for name, value in row.items()} for row in rows]
        for table, rows in tables.items()
    }
    for row in result.get("findings", ()):
        if row["text_id"] is None:  # its id is a key of its record, ids of events and all
            row["id"] = None
    return result


def _joined(tables: Mapping[str, Sequence[Row]]) -> Iterator[tuple[str, str]]:
    """Yield the id of each reported event, quotation and family, with what it joins as a name."""
    members: dict[tuple[str, str], set[str]] = defaultdict(set)
    for table, column, member in (
        ("events", "reported", "id"),
        ("statements", "quotation", "id"),
        ("family_members", "family", "text_id"),
        ("texts", "family", "id"),
    ):
        for row in tables.get(table, ()):
            if row[column]:
                members[column, row[column]].add(row[member])
    for (column, key), joined in members.items():
        yield key, f"{column}({' '.join(sorted(joined))})"


def compare_content(old: Path, new: Path) -> Iterator[str]:
    """Yield a line for each row that only one of two stores has."""
    one, other = read_content(old), read_content(new)
    for table in sorted({*one, *other}):
        if table not in one or table not in other:
            print(f"  (table {table} is only in {'OLD' if table in one else 'NEW'})")
            continue
        columns = one[table][0].keys() & other[table][0].keys()
        for name in sorted(one[table][0].keys() ^ other[table][0].keys()):
            print(f"  (column {table}.{name} is only in one of the two)")
        rows = [
            Counter(json.dumps({n: row[n] for n in sorted(columns)}) for row in store[table])
            for store in (one, other)
        ]
        for name, extra in (("OLD", rows[0] - rows[1]), ("NEW", rows[1] - rows[0])):
            for row, times in sorted(extra.items()):
                yield f"{table}, only in {name} ({times}): {row[:600]}"


def main() -> None:
    """Compare the two checkouts that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.same", description=__doc__)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--shared", type=Path, default=Path("../shared"))
    parser.add_argument("--every", type=int, default=1, help="read every Nth article only")
    parser.add_argument("--keep", type=Path, help="folder for what was read")
    parser.add_argument("--most", type=int, default=20, help="differences to print of each kind")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        keep = given.keep or Path(folder)
        keep.mkdir(parents=True, exist_ok=True)
        articles = keep / f"articles{given.every}.jsonl"
        count = write_articles(given.shared, articles, given.every)
        folders = [keep / f"{name}{given.every}" for name in ("old", "new")]
        for checkout, out in zip((given.old, given.new), folders, strict=True):
            read_with(checkout, articles, out)
        differing = 0
        for kind, compare, name in (
            ("reports", compare_reports, "reports.jsonl"),
            ("rows of stores", compare_content, "content.jsonl"),
        ):
            found = list(compare(folders[0] / name, folders[1] / name))
            differing += len(found)
            print(f"{kind} of {count} articles: {len(found)} differ")
            for line in found[: given.most]:
                print(f"  {line}")
    sys.exit(1 if differing else 0)


if __name__ == "__main__":
    main()
