"""Alarms made by hand."""

from datetime import date

import pytest

from tocsin.watch.alarms import Alarm


@pytest.fixture
def alarm():
    def make(actor, recipient, **others):
        values = {
            "since": date(2024, 10, 3),
            "rang": date(2024, 10, 4),
            "until": None,
            "size": 4.0,
            "rings": "confirmed",
            "seen": 8,
            "standing": 5,
            "expected": 2.0,
            "types": {"ASSAULT": 8},
            "events": ({"id": "a"},),
            "before": (0, 1),
            "after": (3, 5),
        }
        return Alarm(actor=actor, recipient=recipient, **values | others)

    return make
