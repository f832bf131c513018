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
