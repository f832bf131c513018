import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def tocsin():
    """Run the real command line as a user would, and return what it printed and its exit code."""

    def run(*arguments, given=None):
        return subprocess.run(
            [Path(sys.executable).with_name("tocsin"), *map(str, arguments)],
            input=given,
            capture_output=True,
            cwd=PROJECT,
            timeout=120,
        )

    return run


@pytest.fixture(scope="session")
def crisis_store(tmp_path_factory):
    """The store of `examples/crisis`, made by the real command line once for all tests."""
    store = tmp_path_factory.mktemp("stores") / "crisis"
    program = Path(sys.executable).with_name("tocsin")
    for command in (
        ("add", "examples/crisis/articles"),
        ("outlets", "examples/crisis/outlets.csv"),
    ):
        done = subprocess.run(
            [program, *command, "--store", store], capture_output=True, cwd=PROJECT, timeout=600
        )
        assert done.returncode == 0, done.stderr.decode()
    return store
