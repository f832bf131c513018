from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import records
from tocsin.errors import StoreError
from tocsin.records import Actor, Count, Event, Finding, Naming, to_json
from tocsin.store.fromjson import from_json
from tocsin.store.rows import speaker_key

RECORDS = [each for each in vars(records).values() if is_dataclass(each)]

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=4,
)

# What a record leaves open (`Any`) comes back as plain JSON, so that is what is put in.
st.register_type_strategy(
    Mapping, lambda hint: st.dictionaries(st.text(max_size=4), _values(hint), max_size=3)
)
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False))


def _values(hint):
    kind = hint.__args__[1]
    return st.integers() if kind is int else JSON


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_from_json_is_the_inverse_of_to_json(record):
    @given(st.from_type(record))
    @settings(max_examples=25, deadline=None)
    def inverse(made):
        assert from_json(record, to_json(made)) == made

    inverse()
