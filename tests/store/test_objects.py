"""Objects: the JSON of each kind of answer, and back."""

import json

import pytest

from tocsin.errors import StoreError
from tocsin.store.kinds import EVENTS, KINDS, OFFICES


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_record_comes_back_from_its_object(store, kind):
    answer = getattr(store, kind.name)()
    objects = json.loads(json.dumps(list(answer.objects())))
    assert objects
    assert [kind.read_object(each) for each in objects] == list(answer)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_object_has_the_members_that_its_kind_says(store, kind):
    declared = kind.members.__dataclass_fields__.values()
    named = {each.name for each in declared}
    always = {each.name for each in declared if not each.metadata}
    for each in getattr(store, kind.name)().objects():
        assert always <= set(each) <= named


def test_office_claim_keeps_its_own_day_beside_the_day_it_speaks_of(store):
    found = next(store.offices().found())
    shown = OFFICES.as_object(found)
    assert (shown["day"], shown["claim_day"]) == (found.day.isoformat(), found.claim.day)


def test_object_of_another_kind_is_refused(store):
    with pytest.raises(StoreError, match="damaged"):
        EVENTS.read_object(next(store.offices().objects()))
