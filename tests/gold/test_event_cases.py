"""Events of short sentences keep the floors in `floors.toml`."""

import re
import tomllib
from pathlib import Path

from benchmarks.events import main

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text(encoding="utf-8"))


def test_events_of_short_sentences_keep_their_floors(capsys):
    main([])
    found = re.search(r"all four +precision ([\d.]+) recall ([\d.]+)", capsys.readouterr().out)
    precision, recall = map(float, found.groups())
    assert precision >= FLOORS["events"]["precision"]
    assert recall >= FLOORS["events"]["recall"]
