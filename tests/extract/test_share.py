"""The share of these tests that load no model: rules are tested on what the test itself gives."""

from pathlib import Path

import pytest

HERE = Path(__file__).parent
#: Fixtures of `tests/conftest.py` that load models.
LOADING = {"models", "tools"}


class Collected:
    """The tests below a folder, and which of them load a model."""

    def __init__(self) -> None:
        self.all: list[str] = []
        self.loading: list[str] = []

    def pytest_itemcollected(self, item: pytest.Function) -> None:
        self.all.append(item.nodeid)
        if not LOADING.isdisjoint(item.fixturenames):
            self.loading.append(item.nodeid)


def test_at_least_half_of_the_tests_of_extract_load_no_model() -> None:
    found = Collected()
    options = ["--collect-only", "-qq", "-p", "no:cacheprovider", "-p", "no:xdist"]
    assert pytest.main([*options, str(HERE)], plugins=[found]) is pytest.ExitCode.OK
    assert found.loading, "the fixtures that load models have other names now"
    assert len(found.loading) <= len(found.all) / 2
