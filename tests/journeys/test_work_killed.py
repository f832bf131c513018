"""`tocsin work`, nodes on which it works, and `tocsin gather` are killed at random moments.

Nothing is lost, nothing is twice.
"""

import os
import random
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.corpus.made_week import make_week
from tests.journeys.cluster import RayCluster
from tests.journeys.test_corpus_killed import PROGRAM, content_of, wait_for_the_end_of
from tocsin.corpus.gather import NOTES
from tocsin.store.database import FILE_NAME

KILLS = 20
SEED = 20250305
#: What Ray writes when a fault of its own ends the process that asked for the work, now and then as
#: a node is lost while its task ends: the same command has to go on from there.
RAY_BROKE = "You have likely discovered a bug in Ray"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc"),
]


def start(*arguments, environment=None, complaints=subprocess.PIPE):
    """Start the real command in a session of its own, by which its processes are found again."""
    return subprocess.Popen(
        [PROGRAM, *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=complaints,
        start_new_session=True,
        env=environment,
        text=True,
    )


def finish(*arguments):
    started = time.monotonic()
    command = start(*arguments)
    out, err = command.communicate(timeout=300)
    assert "Traceback" not in err
    return command.returncode, out, time.monotonic() - started


def kill(command):
    os.kill(command.pid, signal.SIGKILL)
    command.communicate()
    wait_for_the_end_of(command.pid)


@pytest.fixture(scope="module")
def week(tmp_path_factory):
    return make_week(tmp_path_factory.mktemp("news") / "week", articles=10)


@pytest.fixture(scope="module")
def undisturbed(week, tmp_path_factory):
    """The content of a store that one `tocsin add` made."""
    folder = tmp_path_factory.mktemp("undisturbed") / "crisis"
    assert finish("add", week, "--store", folder, "--workers", "2")[0] == 1
    return content_of(folder)


@pytest.fixture(scope="module")
def done(week, tmp_path_factory):
    """The parts of a work that nobody disturbed, and the seconds that it took."""
    out = tmp_path_factory.mktemp("work") / "parts"
    code, _, seconds = finish("work", week, "--out", out, "--workers", "2", "--shard", "0.0007")
    assert code == 0
    return out, seconds


def test_work_killed_at_random_moments_ends_as_undisturbed(week, undisturbed, done, tmp_path):
    """Two processes share the work; one or the other is killed, and another takes its place."""
    _, seconds = done
    chance = random.Random(SEED)
    kills, rounds = 0, 0
    while kills < KILLS:
        rounds += 1
        out = tmp_path / f"parts-{rounds}"
        running = []
        while True:
            while len(running) < 2:
                workers = chance.randrange(1, 4)
                command = ("work", week, "--out", out, "--workers", workers, "--shard", "0.0007")
                running.append(start(*command))
            time.sleep(chance.uniform(0.1, 0.7) * seconds)
            victim = chance.choice(running)
            if any(each.poll() is not None for each in running):
                break
            kill(victim)
            running.remove(victim)
            kills += 1
            parts = len(list((out / "parts").glob("*.json")))
            print(f"kill {kills}: {parts} of {len(list((out / 'shards').iterdir()))} shards")
        assert [each.wait(timeout=300) for each in running] == [0, 0]
        for each in running:
            each.communicate()
        assert finish("gather", out, "--store", tmp_path / f"crisis-{rounds}")[0] == 1
        assert content_of(tmp_path / f"crisis-{rounds}") == undisturbed
        assert list((out / "claims").iterdir()) == []
    print(f"{kills} kills in {rounds} works, seed {SEED}")


def test_gathering_killed_at_random_moments_ends_as_undisturbed(undisturbed, done, tmp_path):
    out, _ = done
    chance = random.Random(SEED)
    kills, rounds = 0, 0
    while kills < KILLS:
        rounds += 1
        store = tmp_path / f"crisis-{rounds}"
        while True:
            gathering = start("gather", out, "--store", store)
            noted = count_noted(store)
            while gathering.poll() is None and count_noted(store) == noted:
                time.sleep(0.002)  # until there is something to lose
            try:
                gathering.wait(timeout=chance.uniform(0, 0.15))
                break  # it was faster
            except subprocess.TimeoutExpired:
                kill(gathering)
                kills += 1
                print(f"kill {kills}: {noted} shards noted before, {count_noted(store)} after")
        gathering.communicate()
        assert finish("gather", out, "--store", store)[0] in (0, 1)
        assert content_of(store) == undisturbed
    print(f"{kills} kills in {rounds} stores, seed {SEED}")


@pytest.fixture(scope="module")
def cluster():
    with RayCluster(nodes=2) as cluster:
        yield cluster


def test_work_on_nodes_killed_at_random_moments_ends_as_undisturbed(
    week, undisturbed, done, cluster, tmp_path
):
    _, seconds = done
    chance = random.Random(SEED)
    kills, rounds, given_up = 0, 0, 0
    while kills < KILLS:
        rounds += 1
        out = tmp_path / f"parts-{rounds}"
        command = ("work", week, "--out", out, "--on", "ray", "--shard", "0.0007")
        log = tmp_path / f"complaints-{rounds}"  # Ray tells more of a lost node than a pipe holds
        with log.open("w") as complaints:
            working = start(*command, environment=cluster.environment, complaints=complaints)
        while kills < KILLS and (nodes := wait_for_nodes_at_work(cluster, working, out)):
            time.sleep(chance.uniform(0, 0.5) * seconds)
            cluster.replace_node(chance.choice(nodes))
            kills += 1
            parts = len(list((out / "parts").glob("*.json")))
            print(f"kill {kills}: {parts} of {len(list((out / 'shards').iterdir()))} shards")
        said, _ = working.communicate(timeout=300)
        if RAY_BROKE in log.read_text():
            given_up += 1
            again = start(*command, environment=cluster.environment, complaints=subprocess.DEVNULL)
            again.communicate(timeout=300)
            assert again.returncode == 0
        else:
            assert (working.returncode, "Traceback" in log.read_text()) == (0, False)
            assert said.startswith("8 shards finished; 21 articles read")
        assert finish("gather", out, "--store", tmp_path / f"crisis-{rounds}")[0] == 1
        assert content_of(tmp_path / f"crisis-{rounds}") == undisturbed
        assert list((out / "claims").iterdir()) == []
        wait_for_the_end_of(working.pid)
        cluster.wait_for_the_end_of("multiprocessing")
    assert given_up < rounds / 2
    print(f"{kills} kills in {rounds} works, seed {SEED}; {given_up} that Ray gave up")


def wait_for_nodes_at_work(cluster, working, out):
    """Wait until there is something to lose, and return the nodes that have it; none at the end."""
    while working.poll() is None:
        if nodes := cluster.nodes_at_work(out / "claims"):
            return nodes
        time.sleep(0.02)
    return []


def count_noted(store):
    """Return how many shards the store has noted as gathered; -1 while there is none."""
    if not (store / FILE_NAME).exists():
        return -1
    notes = store / NOTES
    return len(notes.read_text().splitlines()) if notes.exists() else 0
