"""Options of a second reader that cannot be meant so."""

import pytest
from click.testing import CliRunner

from tocsin.cli import tocsin

READER = ("--reader", "http://127.0.0.1:9/v1", "--model", "m")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("add", ".", "--store", "s", "--price", "1,2"), "--dry-run"),
        (("add", ".", "--store", "s", "--dry-run", "--price", "1"), "2.50,10"),
        (("add", ".", "--store", "s", "--dry-run", "--price", "nan,1"), "2.50,10"),
        (("add", ".", "--store", "s", "--dry-run", "--price", "1,-2"), "2.50,10"),
        (("work", "--out", "o", "--dry-run"), "PATH"),
        (("read", "x.txt", "--model", "m"), "--reader"),
        (("work", ".", "--out", "o", "--on", "ray", *READER), "cluster"),
        (("explain", "x.txt", *READER, "--reader-jobs", "0"), "--reader-jobs"),
    ],
)
def test_options_that_cannot_be_meant_so_are_refused(options, said):
    done = CliRunner().invoke(tocsin, options)
    assert done.exit_code == 2
    assert said in done.output


def test_the_environment_may_name_the_reader(monkeypatch):
    monkeypatch.setenv("TOCSIN_READER", "nowhere")
    done = CliRunner().invoke(tocsin, ["read", "examples/sound.txt", "--model", "m"])
    assert done.exit_code == 5
    assert "nowhere" in done.output
