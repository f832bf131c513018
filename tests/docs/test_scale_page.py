"""What pages say of work that many machines share, and the job script, are held to the program."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.corpus.made_week import make_text
from tocsin import errors
from tocsin.corpus import claims, parts, shards, work_shards
from tocsin.store.database import FILE_NAME

PROJECT = Path(__file__).parents[2]
PAGE, FOLDER, FIGURES = (
    (PROJECT / "docs" / f"{name}.md").read_text(encoding="utf-8")
    for name in ("scale", "parts", "method-speed")
)
BLOCKS = re.findall(r"```python\n(.*?)```", PAGE, re.S)
PROGRAMS = Path(sys.executable).parent


def test_page_names_only_options_that_exist():
    from tocsin import cli

    names = ("work", "gather")
    known = {o for name in names for p in cli.tocsin.commands[name].params for o in p.opts}
    used = set(re.findall(r"(?<![\w-])--(?!array|export|disable)[a-z][a-z-]+", PAGE)) - {"--json"}
    assert used
    assert used <= known


def test_page_says_what_the_code_says():
    assert f"touched every {claims.BEAT:.0f} seconds" in FOLDER
    assert claims.SILENT == 120
    assert "two minutes in which it gave no sign of life" in " ".join(PAGE.split())
    assert shards.SHARD_BYTES == 2_000_000
    assert work_shards.MOST_FAILURES == 0.5
    assert f"format {parts.FORMAT}" in FOLDER
    assert all(f"`{name}`" in FOLDER for name in parts.OUTCOMES)
    assert f"| {errors.PartsError.exit_code} |" in PAGE


def test_page_reckons_rightly_how_large_it_can_get():
    [rate] = map(float, re.findall(r"a core analyses \*\*([\d.]+) articles a second", FIGURES))
    [price] = map(float, re.findall(r"At ([\d.]+) dollars for a core", FIGURES))
    rows = re.findall(
        r"^\| ([\d,]+) \| ([\d,.]+) \| ([^|]+) \| ([\d,]+) \| (\d+) \|$", FIGURES, re.M
    )
    assert len(rows) == 3
    for cores, a_second, a_day, hours, dollars in rows:
        number = int(cores.replace(",", ""))
        assert _number(a_second) == pytest.approx(number * rate, rel=0.01)
        assert _number(a_day) == pytest.approx(number * rate * 86_400, rel=0.01)
        assert _number(hours) == number * 24
        assert _number(dollars) == pytest.approx(number * 24 * price, rel=0.05)


def _number(words):
    digits, _, unit = words.replace(",", "").partition(" ")
    return float(digits) * (1_000_000 if unit == "million" else 1)


def test_example_of_an_engine_of_your_own_runs(capsys):
    exec(compile(BLOCKS[-1], "scale.md", "exec"), {})
    assert "wire-1 ['ASSAULT'" in capsys.readouterr().out


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder in which two jobs of an array have worked, and what they left was gathered."""
    place = tmp_path_factory.mktemp("cluster")
    (place / "news").mkdir()
    for number in range(4):
        (place / "news" / f"{number}.txt").write_text(make_text(number))
    environment = os.environ | {
        "PATH": f"{PROGRAMS}:{os.environ['PATH']}",
        "NEWS": "news",
        "PARTS": "parts",
        "SLURM_CPUS_PER_TASK": "1",
    }
    jobs = [
        subprocess.Popen(
            ["bash", PROJECT / "examples" / "slurm.sh"],
            cwd=place,
            env=environment | {"SLURM_ARRAY_TASK_ID": str(number)},
            stdout=subprocess.PIPE,
        )
        for number in (1, 2)
    ]
    assert [job.wait(timeout=120) for job in jobs] == [0, 0]
    gather = [PROGRAMS / "tocsin", "gather", "parts", "--store", "crisis", "--watch"]
    subprocess.run(gather, cwd=place, check=True, timeout=120)
    return place


@pytest.mark.skipif(not shutil.which("bash"), reason="the script is one for bash")
def test_jobs_of_an_array_share_the_work(place):
    assert (place / "crisis" / FILE_NAME).exists()
    shown = subprocess.run(
        [PROGRAMS / "tocsin", "status", "--store", "crisis"], cwd=place, capture_output=True
    )
    assert b"4 with 4 different texts" in shown.stdout


def test_parts_are_read_without_tocsin(place, monkeypatch):
    import duckdb

    monkeypatch.chdir(place)
    [example] = re.findall(r"```python\n(.*?)```", FOLDER, re.S)
    question = re.search(r'duckdb\.sql\("(.*)"\)', example).group(1)
    assert duckdb.sql(question).fetchall() == [("report", 4)]
