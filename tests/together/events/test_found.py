"""Groups that are found by comparing with all founders at once are those of comparing with each."""

from datetime import date, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.together.conftest import actor, count, place
from tocsin.records import Status
from tocsin.together.events.corroboration import group_tellings
from tocsin.together.events.found import Group
from tocsin.together.events.same_event import ENOUGH, score_tellings

FIRST = date(2025, 3, 3)

TARGETS = {
    "port": actor("the port of Selin", "KSH", "body"),
    "police": actor("the police", "KSH", "body", sector="COP"),
    "soldiers": actor("Kishan soldiers", "KSH", "collective", sector="MIL"),
    "villagers": actor("villagers", None, "collective", sector="CVL"),
    "Kishan": actor("Kishan", "KSH"),
    "Orsa": actor("Orsa", "ORS"),
    "Arda Toven": actor("Arda Toven", "KSH", "person"),
    "Toven": actor("Toven", None, "person"),
}
WHO = (
    (actor("Vardan", "VRD"),),
    (actor("Vardan rebels", "VRD", "group", sector="REB"),),
    (actor("Vardan army", "VRD", "body", sector="MIL"),),
    (),
)
WHERE = (
    None,
    place("Selin", "KSH", latitude=44.0, longitude=30.0),
    place("Old Selin", "KSH"),
    place("Tarna", "KSH", latitude=44.2, longitude=30.1),
    place("Oskar", "KSH", latitude=47.0, longitude=33.0),
    place("Kishan", "KSH"),
    place("Orsa City", "ORS"),
)
NUMBERS = tuple(
    count(n, m, kind)
    for n, m in ((3, 3), (4, 4), (12, None), (40, 40), (15, 15))
    for kind in ("dead", "injured")
)
CLAUSES = (
    "Vardan shelled the port of Selin",
    "the shelling of the old port",
    "attack",
    "Vardan drones hit two barges and a customs house",
    "drones hit two barges in the harbour before noon",
    "a customs house burned in the harbour",
    "Selin was hit",
)
STATUSES = (
    *[Status.ASSERTED] * 4,
    Status.REPORTED,
    Status.DENIED,
    Status.FUTURE,
    Status.HISTORICAL,
)
DAYS = (*[FIRST] * 4, FIRST + timedelta(days=1), (FIRST, FIRST + timedelta(days=3)), None, None)


@st.composite
def made_days(draw, telling):
    """Return tellings of a few days, many of them alike."""
    some = st.lists(st.sampled_from(tuple(TARGETS)), max_size=2, unique=True)
    made = {}
    for number in range(draw(st.integers(2, 40))):
        each = telling(
            f"t{draw(st.integers(0, 20))}",
            draw(st.sampled_from(CLAUSES)),
            at=number,
            day=draw(st.sampled_from(DAYS)),
            published=FIRST + timedelta(days=draw(st.integers(0, 2))),
            status=draw(st.sampled_from(STATUSES)),
            actors=draw(st.sampled_from(WHO)),
            recipients=tuple(TARGETS[name] for name in draw(some)),
            place=draw(st.sampled_from(WHERE)),
            counts=tuple(draw(st.lists(st.sampled_from(NUMBERS), max_size=2))),
            mode=draw(st.sampled_from((None, None, "drone", "aerial", "abduct"))),
        )
        made[each.event.id] = each
    return list(made.values())


class Plain:
    """Groups of one day, each founder asked for itself."""

    def __init__(self):
        self.groups = []

    def open(self, block):
        self.groups.append(Group(len(self.groups), block))
        return self.groups[-1]

    def join(self, group, telling, traits):
        group.founders.append((telling, traits))

    def best(self, one, text_id, *, same_day):
        scores = [self._fit(one, text_id, group, same_day) for group in self.groups]
        most = max(scores, default=0)
        return most, [g for g, s in zip(self.groups, scores, strict=True) if s == most >= ENOUGH]

    def _fit(self, one, text_id, group, same_day):
        best = 0
        for telling, founder in group.founders:
            same_text = telling.text_id == text_id
            score = score_tellings(one, founder, same_day=same_day, same_text=same_text)
            if score is None:
                return 0
            best = max(best, score)
        return best


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_found_gives_the_groups_of_asking_each_founder(data, telling, monkeypatch):
    tellings = data.draw(made_days(telling))
    found = group_tellings(tellings)
    with monkeypatch.context() as patched:
        patched.setattr("tocsin.together.events.corroboration.Found", Plain)
        plain = group_tellings(tellings)
    assert found == plain
