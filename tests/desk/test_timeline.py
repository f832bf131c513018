"""Time lines: scales, and how a tenure is drawn that is not known to the day."""

from datetime import date, timedelta

import pytest

from tocsin.publish.desk.pages.timeline import scale_of, tenure_row
from tocsin.reference.offices import Reference
from tocsin.reference.tenures import Person, Tenure


def drawn(since, until=None, known_until=None):
    """Return the bars of a tenure on a scale from 2000 to 2010, by their tones."""
    person = Person(id="x", name="Arda Kishan")
    tenure = Tenure(
        office="KSH:x", person=person, since=since, until=until, known_until=known_until
    )
    scale = scale_of([date(2000, 1, 1), date(2010, 1, 1)])
    row = tenure_row(Reference(), tenure, scale, of_person=False)
    return {bar.tone: (bar.x, round(bar.x + bar.width, 2)) for bar in row.bars}, scale


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (6, ["2 Jan", "4 Jan", "6 Jan"]),
        (60, ["13 Jan", "27 Jan", "10 Feb", "24 Feb"]),
        (300, ["Jan 2020", "Apr 2020", "Jul 2020", "Oct 2020"]),
    ],
)
def test_scale_of_a_short_time_is_marked_by_days_or_months(days, labels):
    start = date(2020, 1, 1)
    scale = scale_of([start, start + timedelta(days=days)], timedelta(days=1))
    assert [label for _, label in scale.marks()] == labels


def test_scale_of_a_long_time_is_marked_by_years_that_are_round():
    labels = [label for _, label in scale_of([date(1961, 5, 1), date(2024, 5, 1)]).marks()]
    assert labels == ["1960", "1970", "1980", "1990", "2000", "2010", "2020"]


def test_scale_of_one_day_is_wide_enough_to_be_drawn():
    scale = scale_of([date(2024, 5, 1)])
    assert scale.at(date(2024, 5, 1)) == pytest.approx(50, abs=0.2)


def test_tenure_known_to_the_year_is_sure_between_the_years_only():
    bars, scale = drawn("2002", "2005")
    assert bars["maybe"] == (scale.at(date(2002, 1, 1)), scale.at(date(2005, 12, 31)))
    assert bars["sure"] == (scale.at(date(2002, 12, 31)), scale.at(date(2005, 1, 1)))
    assert "beyond" not in bars


def test_tenure_without_an_end_goes_on_beyond_the_day_on_which_it_was_seen():
    bars, scale = drawn("2002-03-01", None, "2005-06-01")
    assert bars["beyond"][0] == bars["sure"][1] == scale.at(date(2005, 6, 1))


def test_tenure_without_a_start_on_record_is_not_drawn_as_sure():
    bars, _ = drawn(None, "2005-06-01")
    assert set(bars) == {"maybe"}
