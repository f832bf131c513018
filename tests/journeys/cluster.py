"""A cluster of Ray on this machine: a head that does no work, and nodes that can be killed."""

import json
import os
import signal
import time
from pathlib import Path

from ray.cluster_utils import Cluster

#: In the environment of all processes of a cluster, by which they are found again.
_MARK = "TOCSIN_TEST_CLUSTER"
_SETTINGS = {
    "RAY_USAGE_STATS_ENABLED": "0",
    "RAY_worker_niceness": "0",
    "RAY_health_check_period_ms": "500",
}


class RayCluster:
    """So many nodes of one processor each; use as a context manager."""

    def __init__(self, nodes, **head):
        self._mark = f"{os.getpid()}.{time.monotonic_ns()}"
        os.environ |= _SETTINGS | {_MARK: self._mark}
        self._cluster = Cluster()
        self._add_node(num_cpus=0, **head)
        self.nodes = [self._add_node(num_cpus=1) for _ in range(nodes)]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._cluster.shutdown()
        for name in (*_SETTINGS, _MARK):
            del os.environ[name]

    @property
    def environment(self):
        """What a command needs to find it."""
        return os.environ | {"RAY_ADDRESS": self._cluster.address}

    def said_by(self, process):
        """Return what a process of the head has written, for whoever looks why it failed."""
        logs = Path(self._cluster.head_node.get_logs_dir_path())
        return "\n".join(f"{log}\n{log.read_text()}" for log in sorted(logs.glob(f"{process}*")))

    def nodes_at_work(self, claims):
        """Return the numbers of the nodes whose tasks have any of `claims`."""
        parents = {_parent_of_owner(each) for each in claims.glob("[!.]*")}
        raylets = [node.all_processes["raylet"][0].process.pid for node in self.nodes]
        return [number for number, raylet in enumerate(raylets) if raylet in parents]

    def replace_node(self, number):
        """Kill a node as a power cut does, and let another join."""
        self._cluster.remove_node(self.nodes[number], allow_graceful=False)
        self.nodes[number] = self._add_node(num_cpus=1)

    def wait_for_the_end_of(self, words, seconds=20.0):
        """Wait until no process of the cluster has these words in its command line."""
        until = time.monotonic() + seconds
        while (found := self._processes(words)) and time.monotonic() < until:
            time.sleep(0.1)
        assert found == [], "processes outlived the task that started them"

    def _processes(self, words):
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            try:
                marked = f"{_MARK}={self._mark}\0".encode() in (process / "environ").read_bytes()
                command = (process / "cmdline").read_bytes()
            except OSError:  # it has just ended
                continue
            if marked and words.encode() in command:
                found.append(int(process.name))
        return found

    def _add_node(self, **more):
        """Add a node; that Ray would then end this process in its own way is undone."""
        at_end = signal.getsignal(signal.SIGTERM)
        try:
            return self._cluster.add_node(include_dashboard=False, **more)
        finally:
            signal.signal(signal.SIGTERM, at_end)


def _parent_of_owner(claim):
    """Return the parent of the process that has a claim; None: it has ended, or has let go."""
    try:
        stat = Path(f"/proc/{json.loads(claim.read_text())['pid']}/stat").read_text()
    except (OSError, ValueError):  # ValueError: it is being written
        return None
    return int(stat.rpartition(")")[2].split()[1])
