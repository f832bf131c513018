"""The JSON face asked what its description allows: no fault, and no answer that is not in it."""

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

import tocsin
from tests.crisis import make_crisis
from tests.serving import AtHand
from tocsin.publish.desk.api.description import describe
from tocsin.publish.desk.application import make_app
from tocsin.publish.desk.opened import Desk
from tocsin.store.kinds import KINDS

pytestmark = pytest.mark.slow

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    unsupported_method,
]
BOUNDED = settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
PATHS = describe()["paths"]
ASKING = [path for path, item in PATHS.items() if "get" in item]
WITH_FILTERS = [
    path for path in ASKING if any("example" in each for each in (PATHS[path]["get"]["parameters"]))
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return make_crisis(tmp_path_factory.mktemp("asked") / "store")


@pytest.fixture(scope="module")
def schema(folder, tools):
    desk = Desk(folder)
    desk.worker = AtHand(tools)
    return schemathesis.openapi.from_asgi("/api/v1/openapi.json", make_app(desk, ["testserver"]))


@pytest.fixture(scope="module")
def keys(folder):
    """Ids that there are, of each kind."""
    with tocsin.open(folder) as store:
        found = {kind.name: list(getattr(store, kind.name)(limit=5).objects()) for kind in KINDS}
    return {
        name: [str(each.get("id") or each.get("key")) for each in objects]
        for name, objects in found.items()
    }


def test_description_is_sound_openapi():
    schemathesis.openapi.from_dict(describe()).validate()


@pytest.mark.parametrize("path", ASKING)
def test_desk_answers_as_its_description_says(schema, keys, path):
    """Values are as their schemas allow; some are those of the examples, and some ids exist."""
    shown = {
        each["name"]: each["example"]
        for each in PATHS[path]["get"]["parameters"]
        if "example" in each
    }
    seen = set()

    @BOUNDED
    @given(case=schema[path]["GET"].as_strategy(), data=st.data())
    def ask(case, data):
        names = data.draw(st.sets(st.sampled_from(sorted(shown)))) if shown else set()
        chosen = {name: shown[name] for name in names}
        case.query = chosen if data.draw(st.booleans()) else {**(case.query or {}), **chosen}
        known = keys.get(path.split("/")[3])
        if "key" in (case.path_parameters or {}) and known and data.draw(st.booleans()):
            case.path_parameters["key"] = data.draw(st.sampled_from(known))
        seen.add(case.call_and_validate(checks=CHECKS).status_code)

    ask()
    assert 200 in seen


@pytest.mark.parametrize("path", WITH_FILTERS)
def test_desk_refuses_what_its_description_does_not_allow_without_a_fault(schema, path):
    negative = schema[path]["GET"].as_strategy(generation_mode=GenerationMode.NEGATIVE)

    @BOUNDED
    @given(case=negative)
    def ask(case):
        case.call_and_validate(checks=CHECKS)

    ask()


@pytest.mark.parametrize("path", [path for path, item in PATHS.items() if "post" in item])
def test_desk_takes_or_refuses_what_it_is_given(schema, keys, path):
    form = PATHS[path]["post"]["requestBody"]["content"]["application/json"]
    known = {"record": keys["events"][0]} if "record" in form["example"] else {}
    seen = set()

    @BOUNDED
    @given(case=schema[path]["POST"].as_strategy(), shown=st.booleans())
    def ask(case, shown):
        if shown and case.media_type == "application/json":
            case.body = form["example"] | known
        seen.add(case.call_and_validate(checks=CHECKS).status_code)

    ask()
    assert {200, 422} <= seen
