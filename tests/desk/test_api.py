"""The JSON face: what it answers, what it describes, and that the two are one."""

import json

import jsonschema
import pytest
from fastapi.routing import iter_route_contexts

from tests.desk.conftest import client_of
from tests.serving import AtHand
from tests.storm import make_storm
from tocsin.publish.desk.api.description import describe
from tocsin.publish.desk.opened import Desk
from tocsin.records import to_json
from tocsin.store.kinds import KINDS

API = "/api/v1"
NAMES = [kind.name for kind in KINDS]


def get(client, path):
    answer = client.get(API + path)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("name", NAMES)
def test_list_has_the_records_as_the_command_prints_them(client, store, name):
    answer = get(client, f"/{name}?limit=1000")
    assert answer["records"] == list(getattr(store, name)().objects())
    assert (answer["next"], answer["settled"]) == (None, True)


def test_list_goes_on_where_next_is_given_as_after(client, store):
    first = get(client, "/statements?limit=2")
    second = get(client, f"/statements?limit=2&after={first['next']}")
    assert first["records"] + second["records"] == list(store.statements(limit=4).objects())


def test_list_gives_the_cells_of_the_flat_table_only_when_asked(client, store):
    plain, asked = (get(client, f"/events{query}") for query in ("", "?rows=true&limit=2"))
    assert plain["rows"] is None
    assert asked["rows"] == to_json(list(store.events(limit=2).rows()))


def test_list_counts_and_tells_facets_only_when_asked(client, store):
    plain, asked = (get(client, f"/events{query}") for query in ("", "?count=true&facets=yes"))
    assert (plain["count"], plain["facets"]) == (None, None)
    assert asked["count"] == store.events().count()
    assert asked["facets"] == to_json(store.events(limit=50).facets())


def test_list_takes_filters_and_sort(client, store):
    answer = get(client, "/events?type=MOBILIZE&sort=oldest")
    assert answer["records"] == list(store.events(type="MOBILIZE", sort="oldest").objects())
    assert answer["records"]


@pytest.mark.parametrize("name", [each for each in NAMES if each != "series"])
def test_one_record_is_found_by_its_id(client, name):
    record = get(client, f"/{name}?limit=1")["records"][0]
    assert get(client, f"/{name}/{record.get('id') or record['key']}") == record


@pytest.mark.parametrize("path", ["/events/none", "/articles/none/report", "/places/a%2Fb%3F"])
def test_what_is_not_there_is_a_problem_of_404(client, path):
    answer = client.get(API + path)
    assert (answer.status_code, answer.json()["error"]) == (404, "NotThereError")


def test_report_is_the_whole_of_one_article(client, store):
    key = store.articles().first().id
    assert get(client, f"/articles/{key}/report") == to_json(store.report(key))


def test_status_says_what_is_held_without_where(client, store):
    answer = get(client, "/status")
    assert answer["folder"] == store.folder.name
    assert answer["articles"] == store.status().articles


def test_alarms_come_with_what_they_are_worth(client):
    answer = get(client, "/alarms?about=PRK,NATO&rate=0.5&since=2024-10-01")
    assert (answer["records"], answer["rate"], answer["last"]) == ([], 0.5, "2024-10-30")


def test_alarms_that_ring_are_as_their_schema_says(tmp_path):
    answer = get(client_of(make_storm(tmp_path / "storm")), "/alarms")
    assert {each["actor"]: each["rings"] for each in answer["records"]} == {
        "TCD": "confirmed",
        "SRB": "unconfirmed",
    }
    components = describe()["components"]
    schema = {"$ref": "#/components/schemas/Alarms", "components": components}
    jsonschema.Draft202012Validator(schema).validate(answer)


@pytest.mark.parametrize(("asked", "actors"), [("about=NER", ["TCD"]), ("since=2024-12-01", [])])
def test_alarms_are_those_that_are_asked_for(tmp_path, asked, actors):
    client = client_of(make_storm(tmp_path / "storm"))
    assert [each["actor"] for each in get(client, f"/alarms?{asked}")["records"]] == actors


def test_brief_is_of_the_countries_asked_for(client):
    answer = get(client, "/brief?about=PRK,Russia&for=USA&since=2024-10-28")
    assert answer["scope"]["about"] == ["PRK", "RUS"]
    assert answer["references"]


def test_reference_answers_for_offices_and_people(client):
    [office] = get(client, "/office?office=Pentagon chief&on=2024-10-29")["records"]
    assert office["office"]["id"] == "USA:defence_minister"
    assert [each["person"]["name"] for each in office["tenures"]] == ["Lloyd Austin"]
    assert get(client, "/person?name=Lloyd Austin")["records"][0]["person"]["name"] == (
        "Lloyd Austin"
    )


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/events?colour=red", "colour"),
        ("/events?actor=PRK&actor=RUS", "actor is given twice"),
        ("/events?count=perhaps", "perhaps"),
        ("/events?after=xyz", "after is no cursor"),
        ("/brief", "about is not given"),
        ("/alarms?rate=99", "0.001 to 12"),
        ("/alarms?about=PRK,,", "about cannot be read"),
        ("/office?office=" + "x" * 201, "too long"),
        ("/person?name=%00", "name cannot be read"),
    ],
)
def test_question_that_is_not_understood_is_refused_with_what_would_be(client, path, said):
    answer = client.get(API + path)
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["error"] == "ValueNotUnderstood"
    assert said in json.dumps(answer.json())


# --------------------------------------------------------------------------- tags


def test_answer_that_is_known_is_not_sent_again(client):
    tag = client.get(f"{API}/events").headers["etag"]
    again = client.get(f"{API}/events", headers={"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert again.headers["cache-control"] == "private, no-cache"


def test_description_that_is_known_is_not_sent_again(client):
    tag = client.get(f"{API}/openapi.json").headers["etag"]
    again = client.get(f"{API}/openapi.json", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")


def test_other_answer_has_another_tag(client):
    one, other = (client.get(f"{API}/events?limit={n}").headers["etag"] for n in (1, 2))
    assert one != other
    assert client.get(f"{API}/events?limit=2", headers={"if-none-match": one}).status_code == 200


# --------------------------------------------------------------------------- reading


@pytest.fixture
def reader(crisis, tools):
    desk = Desk(crisis)
    desk.worker = AtHand(tools)
    return client_of(desk)


TEXT = (
    "The Harbour Council of the island said on Tuesday that it had closed the port. “We will not "
    "open it before Friday,” said Governor Pavel Orlin. Ships waited outside for the third day."
)


def test_article_is_read_and_nothing_of_it_kept(reader, store):
    before = store.status().articles
    said = {"text": TEXT, "on": "29 October 2024", "title": None, "outlet": "www.coast.example"}
    report = reader.post(f"{API}/read", json=said).json()
    article = report["article"]
    assert (article["text"], article["published"]) == (TEXT, "2024-10-29")
    assert article["outlet"] == "coast.example"
    assert report["statements"]
    assert store.status().articles == before


def test_article_is_read_from_plain_text(reader):
    headers = {"content-type": "text/plain; charset=utf-8"}
    report = reader.post(f"{API}/read", content=TEXT.encode(), headers=headers).json()
    assert report["article"]["text"] == TEXT


@pytest.mark.parametrize(
    ("body", "form", "error"),
    [
        (b"{", "application/json", "InputError"),
        (b"[]", "application/json", "InputError"),
        (b"[" * 100_000, "application/json", "InputError"),
        (b'{"text": 1}', "application/json", "InputError"),
        (b'{"body": "x"}', "application/json", "InputError"),
        (b'{"title": "x"}', "application/json", "EmptyInputError"),
        (b'{"text": "x", "on": "someday"}', "application/json", "ValueNotUnderstood"),
        (b'{"text": "\\ud800"}', "application/json", "NoArticleError"),
        (b"", "text/plain", "EmptyInputError"),
        (b"\xff\xfe\x00", "text/plain", "EncodingError"),
        (b"x", "image/png", "ValueNotUnderstood"),
        (b"x", "", "ValueNotUnderstood"),
        (
            b"Das Ministerium sagte am Dienstag, der Hafen sei zu. " * 9,
            "text/plain",
            "LanguageError",
        ),
    ],
)
def test_what_is_no_article_is_refused(client, body, form, error):
    answer = client.post(f"{API}/read", content=body, headers={"content-type": form})
    assert answer.status_code == 422
    assert error in answer.json()["error"]


# --------------------------------------------------------------------------- description


def test_every_address_of_the_api_is_described(client):
    app = client.app
    while not hasattr(app, "routes"):  # what guards it lies around it
        app = app.app
    routes = {
        (each.path_format, method.lower())
        for each in iter_route_contexts(app.routes)
        if each.path_format and each.path_format.startswith(f"{API}/")
        for method in each.methods - {"HEAD"}
    }
    described = {(path, method) for path, item in describe()["paths"].items() for method in item}
    assert routes - {(f"{API}/openapi.json", "get")} == described


def test_description_is_sent_as_it_is(client):
    assert get(client, "/openapi.json") == json.loads(json.dumps(describe()))


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_every_filter_is_described_with_its_help(kind):
    described = {
        each["name"]: each
        for each in describe()["paths"][f"{API}/{kind.name}"]["get"]["parameters"]
    }
    for each in kind.filters:
        assert each.help.casefold() in described[each.name]["description"].casefold()
        words = described[each.name]["schema"].get("enum", [])
        assert [str(word) for word in words] == list(each.vocabulary())


def test_every_example_of_a_parameter_is_understood(client):
    for path, item in describe()["paths"].items():
        for each in item.get("get", {}).get("parameters", ()):
            if "example" in each:
                needed = {"/brief": {"about": "PRK"}, "/office": {"office": "Pentagon chief"}}
                asked = needed.get(path.removeprefix(API), {}) | {each["name"]: each["example"]}
                assert client.get(path, params=asked).status_code == 200, (path, asked)


ASKED = [
    *NAMES,
    "events?facets=true&count=true",
    "brief?about=PRK,RUS&for=USA",
    "office?office=Pentagon chief&on=2024-10-29",
    *("person?name=Lavrov", "alarms", "status"),
]


@pytest.mark.parametrize("asked", ASKED)
def test_answer_is_as_its_schema_says(client, asked):
    described = describe()["paths"][f"{API}/{asked.partition('?')[0]}"]["get"]["responses"]["200"]
    schema = described["content"]["application/json"]["schema"]
    answer = get(client, f"/{asked}")
    jsonschema.Draft202012Validator({**schema, "components": describe()["components"]}).validate(
        answer
    )
    name = schema["$ref"].rpartition("/")[2]
    assert answer.keys() == describe()["components"]["schemas"][name]["properties"].keys()


def test_problem_is_as_its_schema_says(client):
    schemas = describe()["components"]["schemas"]
    answer = client.get(f"{API}/events?colour=red").json()
    jsonschema.validate(answer, schemas["Problem"])
    assert answer.keys() <= schemas["Problem"]["properties"].keys()


def test_description_names_every_status_that_a_problem_can_have():
    referred = {
        status
        for item in describe()["paths"].values()
        for operation in item.values()
        for status in operation["responses"]
    }
    told = "200 304 401 403 404 413 414 421 422 429 500 503"
    assert referred == set(told.split())


def test_schema_says_what_the_records_say_of_their_fields():
    schemas = describe()["components"]["schemas"]
    assert schemas["Alarm"]["properties"]["rang"]["description"] == (
        "the day it could first have been known"
    )
    assert schemas["FoundClaim"]["properties"]["office"]["description"] == "the office as written"
    assert schemas["Verdict"]["enum"] == ["contradicted", "unsure", "holds", "no_record"]
