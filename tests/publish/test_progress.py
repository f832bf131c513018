"""Where long work stands: lines on standard error without a terminal, whole and in time."""

import time

import pytest

from tocsin.publish.progress import describe_steps, show_steps, show_working, spell_time


def wait_for(words, capsys):
    """Return what standard error says until it says these words; standard output stays empty."""
    said, until = "", time.monotonic() + 30
    while words not in said and time.monotonic() < until:
        time.sleep(0.01)
        shown = capsys.readouterr()
        assert shown.out == ""
        said += shown.err
    return said


@pytest.mark.parametrize(
    ("steps", "shown"),
    [
        ((0, 50, "rows read", 31.0), "rows read: 31.0 s so far"),
        ((1200, 50_000, "rows read", 30.0), "1,200 of 50,000 rows read, 40.0/s, 20:20 min left"),
        ((1200, None, "rows read", 30.0), "1,200 rows read, 40.0/s"),
        ((60, 50, "rows read", 30.0), "60 of 60 rows read, 2.0/s, 0.0 s left"),
    ],
)
def test_steps_are_told_with_unit_speed_and_rest(steps, shown):
    assert describe_steps(*steps) == shown


def test_steps_are_passed_on_and_told_on_standard_error_alone(capsys):
    steps = show_steps([1, 2, 3], 3, "rows read", every=0.02)
    assert [next(steps) for _ in range(3)] == [1, 2, 3]
    assert "2 of 3 rows read, " in wait_for("2 of 3 rows read, ", capsys)
    assert list(steps) == []


def test_work_that_is_done_soon_says_nothing(capsys):
    with show_working("finding alarms"):
        assert list(show_steps([1, 2], 2, "rows read")) == [1, 2]
    assert capsys.readouterr().err == ""


def test_work_without_steps_is_told_while_it_lasts_and_no_longer(capsys):
    with show_working("finding alarms", every=0.05):
        said = wait_for("finding alarms: ", capsys)
    capsys.readouterr()
    time.sleep(0.1)
    assert said.startswith("finding alarms: ")
    assert capsys.readouterr().err == ""


def test_nothing_more_is_told_when_steps_are_left_off(capsys):
    for _ in show_steps([1, 2, 3], 3, "rows read", every=0.05):
        break
    capsys.readouterr()
    time.sleep(0.15)
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("seconds", "shown"), [(8.14, "8.1 s"), (125, "2:05 min"), (11_400, "3:10 h")]
)
def test_times_are_spelled_as_people_say_them(seconds, shown):
    assert spell_time(seconds) == shown
