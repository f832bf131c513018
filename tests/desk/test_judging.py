"""Judging on the desk: a page for a record, a form, and its twin for programs."""

import json

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.desk.conftest import client_of


@pytest.fixture
def crisis(tmp_path):
    """A store of this test alone."""
    return make_crisis(tmp_path / "store")


@pytest.fixture
def client(crisis):
    return client_of(crisis)


@pytest.fixture
def store(crisis):
    with tocsin.open(crisis) as store:
        yield store


@pytest.fixture
def struck(store):
    """The id of an event that nobody has judged, as its one text tells it."""
    return store.events(mode="drone").first().tellings[0].event.id


def said(store, record):
    return [(each.judge, str(each.verdict)) for each in store.judgements(record=record)]


def post(client, **form):
    return client.post("/judge", data=form, follow_redirects=False)


def test_a_record_is_shown_with_its_words_fields_and_what_judges_say(client, store):
    moved = store.judgements(judge="Bo").first().record
    page = client.get(f"/judge?record={moved}").text
    assert "<mark>North Korea moved troops to Kursk on Monday</mark>" in page
    assert "PRK:MIL" in page
    assert "status=alleged" in page
    assert page.index("Bo</b>") < page.index("Ada</b>")


def test_a_reported_event_is_shown_with_each_telling(client, store):
    (moved,) = store.events(type="MOBILIZE")
    page = client.get(f"/judge?record={moved.id}").text
    assert page.count("Judge this one alone") == 3
    assert "Keep the correction" not in page


def test_a_record_that_is_not_there_is_a_problem(client):
    assert client.get("/judge?record=none").status_code == 422


def test_a_form_is_kept_and_leads_back(client, store, struck):
    answer = post(client, record=struck, judge="Cy", verdict="confirmed", back="/events?quad=4")
    assert (answer.status_code, answer.headers["location"]) == (303, "/events?quad=4")
    assert said(store, struck) == [("Cy", "confirmed")]


def test_a_form_keeps_only_the_fields_that_are_otherwise(client, store, struck):
    form = {
        "field.type": "ASSAULT",
        "field.status": "alleged",
        "field.actors": "UKR:MIL",
        "field.when": "Wednesday",
        "field.mode": "drone",
        "field.same": "",
    }
    post(client, record=struck, judge="Cy", verdict="corrected", **form)
    (found,) = store.judgements(record=struck)
    assert found.correction == {"status": "alleged"}


def test_a_correction_form_that_nobody_changed_corrects_nothing(client, store, struck):
    page = client.get(f"/judge?record={struck}").text
    names = ("words", "actors", "actor_words", "recipients", "recipient_words", "when", "where")
    form = {f"field.{name}": _value(page, name) for name in names}
    answer = post(client, record=struck, judge="Cy", verdict="corrected", **form)
    assert (answer.status_code, said(store, struck)) == (422, [])
    assert "corrects nothing" in answer.text


@pytest.mark.parametrize(
    ("name", "typed", "why"),
    [("words", "a", "times"), ("actors", "Atlantis", "Atlantis"), ("when", "Doomsday", "times")],
)
def test_a_refused_correction_stays_in_its_form(client, store, struck, name, typed, why):
    form = {"judge": "Cy", "note": "says <Orlin>", "back": "/events?quad=4", f"field.{name}": typed}
    answer = post(client, record=struck, verdict="corrected", **form)
    page = answer.text
    assert (answer.status_code, said(store, struck)) == (422, [])
    assert why in page.split('class="problem"')[1].split("</div>")[0]
    assert _value(page, name) == typed
    assert '<details class="correcting" open>' in page
    assert page.count('value="says &lt;Orlin&gt;"') == page.count('value="Cy"') == 2
    assert page.count('name="back" value="/events?quad=4"') == 2


def test_a_refused_event_stays_in_its_form_and_the_way_back_gets_no_longer(client, store):
    (article,) = store.articles(outlet="Seoul Ledger", since="2024-10-30")
    back = f"/judge?record={article.id}&back=%2Farticles"
    typed = {"field.words": "nowhere in it", "field.type": "AID", "field.status": "asserted"}
    form = {"record": article.id, "judge": "Cy", "note": "missed", "back": back}
    answer = post(client, verdict="added", **form, **typed)
    assert answer.status_code == 422
    assert _value(answer.text, "words") == "nowhere in it"
    assert "<option selected>AID</option>" in answer.text
    assert '<details class="correcting" open>' in answer.text
    assert answer.text.count(f'name="back" value="{back.replace("&", "&amp;")}"') == 2


@pytest.mark.parametrize("verdict", ["withdrawn", "complete"])
def test_what_cannot_be_said_of_a_record_is_told_where_it_can_be_judged(client, store, verdict):
    (article,) = store.articles(outlet="Seoul Ledger", since="2024-10-30")
    answer = post(client, record=article.id, judge="Cy", verdict=verdict)
    assert answer.status_code == 422
    assert 'class="problem"' in answer.text
    assert "It is complete" in answer.text
    assert "Without filters" not in answer.text


def test_a_form_about_no_record_leads_to_no_page_that_asks_for_one(client):
    answer = post(client, record="none", judge="Cy", verdict="confirmed")
    assert answer.status_code == 422
    assert "Without filters" not in answer.text


def _value(page, name):
    field = page.split(f'name="field.{name}" value="')[1]
    return field.split('"')[0]


@pytest.mark.parametrize(
    "back", ["//evil.example/", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_a_form_leads_nowhere_else(client, struck, back):
    answer = post(client, record=struck, judge="Cy", verdict="confirmed", back=back)
    assert answer.headers["location"] == f"/judge?record={struck}"
    page = client.get("/judge", params={"record": struck, "back": back}).text
    assert "evil.example" not in page
    assert "javascript:" not in page


def test_a_form_of_another_site_is_refused(client, store, struck):
    form = {"record": struck, "judge": "Cy", "verdict": "rejected"}
    answer = client.post("/judge", data=form, headers={"origin": "https://evil.example"})
    assert (answer.status_code, said(store, struck)) == (403, [])


def test_the_name_of_a_judge_is_remembered_and_is_only_text(client, struck):
    name = "Zoë <script>alert(1)</script>"
    answer = post(client, record=struck, judge=name, verdict="confirmed")
    assert "HttpOnly" in answer.headers["set-cookie"]
    assert "SameSite=strict" in answer.headers["set-cookie"]
    page = client.get(f"/judge?record={struck}").text
    assert page.count('value="Zoë &lt;script&gt;alert(1)&lt;/script&gt;"') == 2
    assert "<script>alert" not in page


def test_an_article_shows_which_of_its_events_are_judged(client, store, struck):
    (article,) = store.articles(outlet="Seoul Ledger", since="2024-10-30")
    page = client.get(f"/judge?record={article.id}").text
    assert page.count("not judged") == 1
    added = {"field.words": "launchers", "field.type": "AID", "field.status": "asserted"}
    post(client, record=article.id, judge="Ada", verdict="added", **added)
    post(client, record=struck, judge="Ada", verdict="confirmed")
    post(client, record=article.id, judge="Ada", verdict="complete")
    page = client.get(f"/judge?record={article.id}").text
    assert "not judged" not in page
    assert "“launchers”" in page
    assert ">complete<" in page


def test_a_list_says_which_record_a_key_is_about(client, store):
    page = client.get("/events").text
    assert all(f'data-record="{each.id}"' in page for each in store.events())
    assert 'data-record="' not in client.get("/places").text


def test_a_list_shows_what_is_said_of_its_records(client):
    page = client.get("/events").text
    rows = {
        row.split('data-record="')[1][:16]: row.count("data-verdict>")
        for row in page.split("<tr data-row")[1:]
    }
    assert sorted(rows.values()) == [0, 0, 0, 1, 2]


def test_a_record_on_which_judges_differ_is_shown_as_disputed(client, store, struck):
    moved = store.judgements(judge="Bo").first().record
    assert "Judges differ." in client.get(f"/judge?record={moved}").text
    for judge in ("Ada", "Bo"):
        post(client, record=struck, judge=judge, verdict="confirmed")
    assert "Judges differ." not in client.get(f"/judge?record={struck}").text


# --------------------------------------------------------------------------- the twin

API = "/api/v1/judgements"


def test_a_program_judges_and_is_told_what_was_kept(client, struck):
    body = {"record": struck, "judge": "Cy", "verdict": "corrected", "note": "says Orlin"}
    answer = client.post(API, json=body | {"fields": {"actors": ["UKR"], "day": None}})
    assert answer.status_code == 200
    (kept,) = answer.json()["kept"]
    assert (kept["judge"], kept["verdict"], kept["record"]) == ("Cy", "corrected", struck)
    (found,) = client.get(f"{API}?judge=cy").json()["records"]
    assert found["correction"] == {"actors": ["UKR"], "day": None}


@pytest.mark.parametrize(
    ("body", "detail"),
    [
        ([], "not an object"),
        ({"record": "none", "judge": "Cy", "verdict": "confirmed"}, "no such record"),
        ({"record": [], "judge": "Cy", "verdict": "confirmed"}, "record is no text"),
        ({"record": "x", "judge": 7, "verdict": "confirmed"}, "judge is no text"),
        ({"record": "x", "judge": "Cy", "verdict": "maybe"}, "no such verdict"),
        ({"record": "x", "judge": "Cy", "verdict": "corrected", "fields": []}, "not an object"),
        ({"record": "x", "who": "Cy"}, "no such field"),
    ],
)
def test_a_body_that_says_nothing_is_a_problem(client, body, detail):
    answer = client.post(API, content=json.dumps(body))
    assert answer.status_code == 422
    assert detail in answer.json()["detail"]


@pytest.mark.parametrize("value", [7, 1.5, True, {}, [[]], [7], ["x", {}], "\ud800", "x" * 999])
@pytest.mark.parametrize("name", ["words", "type", "status", "actors", "day", "when", "same"])
def test_any_value_of_a_field_is_taken_or_refused(client, struck, name, value):
    said = {"record": struck, "judge": "Cy", "verdict": "corrected", "fields": {name: value}}
    answer = client.post(API, content=json.dumps(said))
    assert answer.status_code in (200, 422)
