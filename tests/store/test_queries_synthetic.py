"""Lists by index give exactly what reading every row gives, on some thousand synthetic events."""

import random
from datetime import date
from itertools import islice

import pytest

import tocsin
from benchmarks.synthetic import build_store
from tocsin.store import walk
from tocsin.store.conditions import make_question
from tocsin.store.kinds import EVENTS
from tocsin.store.kinds.quotations import FoundQuotation


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("synthetic") / "store"
    build_store(folder, 3_000)
    with tocsin.open(folder) as store:
        yield store


@pytest.fixture(scope="module")
def everything(store):
    return list(store.events(background=True))


#: For each filter some values, and what an event must be like.
FILTERS = {
    "actor": (
        ["USA", "UKR", "NZL", "RUS:MIL", "NATO"],
        lambda e, v: any(_is_party(party, v) for party in e.actors),
    ),
    "recipient": (
        ["RUS", "USA:GOV", "Hamas"],
        lambda e, v: any(_is_party(party, v) for party in e.recipients),
    ),
    "type": (["CONSULT", "ASSAULT", "AID"], lambda e, v: e.type == v),
    "mode": (["arrest", "meet", "drone"], lambda e, v: e.mode == v),
    "quad": ([1, 4], lambda e, v: e.quad == v),
    "status": (["asserted", "denied"], lambda e, v: _status(e, v)),
    "since": ([date(2024, 6, 1)], lambda e, v: e.day is not None and e.day >= v),
    "until": ([date(2024, 6, 30)], lambda e, v: e.day is not None and e.day <= v),
    "country": (["USA", "RUS"], lambda e, v: e.place.country == v),
    "contradicted": ([True, False], lambda e, v: e.contradicted == v),
    "independent": ([2, 4, 60], lambda e, v: e.independent >= v),
    "grade": (["F6", "A", "3"], lambda e, v: v in (_grade(e), *_grade(e))),
    "context": (["military", "economic"], lambda e, v: v in e.contexts),
    "background": ([True, False], lambda e, v: v or not e.status.is_background),
    "sure": ([0.5, 0.9, 1], lambda e, v: e.confidence >= v),
    "text": (["ba*", "North Korea", "todo*"], lambda e, v: _has_words(e.tellings[0].told, v)),
}


def _is_party(party, words):
    country, _, sector = words.partition(":")
    return words == party.name or (party.country == country and sector in ("", party.sector))


def _has_words(told, words):
    return all(_has(told, part.rstrip("*"), part) for part in words.split())


def _grade(event):
    return f"{event.grade.reliability}{event.grade.credibility}"


def _status(event, status):
    return event.status == status or (event.contradicted and status == "denied")


def _order(event):
    return (event.day or date.min, event.id)


@pytest.mark.parametrize("seed", range(60))
def test_find_gives_what_reading_every_row_gives(store, everything, seed):
    chance = random.Random(seed)
    asked = {
        name: chance.choice(FILTERS[name][0])
        for name in chance.sample(list(FILTERS), chance.randint(1, 3))
    }
    if asked.get("since", date.min) > asked.get("until", date.max):
        del asked["until"]
    if "type" in asked:
        asked.pop("mode", None)  # it may be none of that type
    news = {"background": False} | asked
    expected = [e for e in everything if all(FILTERS[n][1](e, v) for n, v in news.items())]
    found = [event.id for event in store.events(**asked)]
    assert found == [event.id for event in sorted(expected, key=_order, reverse=True)]
    assert store.events(**asked).count() == len(expected)


@pytest.mark.parametrize("seed", range(60, 100))
def test_it_does_so_whichever_list_is_walked(store, everything, monkeypatch, seed):
    monkeypatch.setattr(walk, "_COUNTED", (5, 20))
    test_find_gives_what_reading_every_row_gives(store, everything, seed)


@pytest.mark.parametrize("words", ["North Korea", "ba*"])
def test_a_common_search_is_asked_for_single_rows(store, everything, monkeypatch, words):
    monkeypatch.setattr(walk, "_COUNTED", (5, 10))
    rare = "NZL"
    expected = {
        event.id
        for event in everything
        if FILTERS["actor"][1](event, rare) and FILTERS["text"][1](event, words)
    }
    found = store.events(actor=rare, text=words, background=True)
    assert {event.id for event in found} == expected


def question_for(connection, asked):
    parts = EVENTS.parts(connection, EVENTS.read_filters(asked))
    return make_question(EVENTS.source.listing, parts)


@pytest.mark.parametrize("page", [1, 7, 50])
@pytest.mark.parametrize(
    "asked", [{}, {"actor": "USA"}, {"independent": 2}, {"grade": "F"}, {"text": "ba*"}]
)
def test_pages_of_any_size_give_the_same(store, asked, page):
    connection = store.connection()
    question = question_for(connection, asked)
    whole = list(walk.find_keys(connection, question, 5_000))
    assert list(walk.find_keys(connection, question, page)) == whole
    assert len(whole) == len(set(whole)) == walk.count_keys(connection, question)


@pytest.mark.parametrize("words", ["ba*", "North Korea", '"North Korea"', "be* di*"])
def test_text_is_found_newest_first(store, everything, words):
    parts = [words.strip('"')] if '"' in words else words.replace("*", "").split()
    expected = [
        event
        for event in everything
        if all(_has(event.tellings[0].told, part, words) for part in parts)
    ]
    found = [event.id for event in store.events(text=words, background=True)]
    assert found == [event.id for event in sorted(expected, key=_order, reverse=True)]


def _has(told, part, words):
    if "*" in words:
        return any(word.startswith(part) for word in told.lower().split())
    return f" {part.lower()} " in f" {told.lower()} "


@pytest.mark.parametrize(
    ("kind", "asked"),
    [
        ("statements", {"country": "USA"}),
        ("statements", {"outlet": "?"}),
        ("quotations", {"country": "USA"}),
        ("quotations", {"articles": 1, "since": "2024-06-01", "text": "ba*"}),
        ("findings", {"verdict": "contradicted", "check": "tenure"}),
        ("offices", {"office": "minister"}),
        ("speakers", {"verdict": "holds"}),
        ("articles", {"text": "ba*"}),
    ],
)
def test_other_kinds_come_in_order_and_once(store, kind, asked):
    if "outlet" in asked:
        asked = {"outlet": next(iter(store.articles())).outlet}
    found = list(getattr(store, kind)(**asked).found())
    keys = [(_rank(each), _key(each)) for each in found]
    assert found
    assert keys == sorted(set(keys), reverse=True)
    assert getattr(store, kind)(**asked).count() == len(found)


def _rank(found):
    if isinstance(found, FoundQuotation):
        return str(found.quotation.first_published or "")
    days = (getattr(found, name, None) for name in ("day", "published", "statements"))
    return next((str(day) if isinstance(day, date) else day for day in days if day), "")


def _key(found):
    for name in ("statement", "claim"):
        if hasattr(found, name):
            return getattr(found, name).id
    if isinstance(found, FoundQuotation):
        return found.quotation.id
    return getattr(found, "id", None) or found.key


def test_the_shorter_list_is_walked(store):
    connection = store.connection()
    question = question_for(connection, {"actor": "NZL", "quad": 4, "text": "ba*"})
    driver, others = walk._choose(connection, question, 50)
    assert driver.index == "reported_parties_by_country"
    assert len(others) == 3


ASKED = [
    *[("events", {name: values[0]}) for name, (values, _) in FILTERS.items()],
    ("events", {"place": "Kursk"}),
    ("events", {"outlet": "Daily"}),
    ("events", {"article": "a"}),
    ("events", {"actor": "Putin", "text": "ba*", "type": "AID", "independent": 2}),
    ("events", {"actor": "USA", "text": "ba*"}),
    ("events", {"text": "bananas", "quad": 1, "grade": "A"}),
    ("statements", {"speaker": "Mara", "stance": "denies"}),
    ("statements", {"outlet": "Daily", "text": "ba"}),
    ("statements", {"outlet": "Daily", "manner": "direct", "naming": "named", "country": "USA"}),
    ("quotations", {"speaker": "Mara", "country": "USA", "since": "2024-06-01"}),
    ("quotations", {"articles": 2, "text": "ba*", "until": "2024-06-01"}),
    ("quotations", {"article": "x"}),
    ("findings", {"check": "tenure", "verdict": "holds", "text": "ba*"}),
    ("findings", {"about": "x", "article": "y"}),
    ("speakers", {"name": "Mara", "country": "USA", "verdict": "holds"}),
    ("offices", {"office": "President", "name": "Mara", "verdict": "holds"}),
    ("articles", {"text": "ba*", "outlet": "Daily"}),
    ("articles", {"family": "x"}),
    ("families", {"agency": "Reuters", "article": "x"}),
    ("places", {"name": "ba*", "since": "2024-06-01"}),
    ("places", {"country": "USA", "until": "2024-06-01"}),
]


@pytest.mark.parametrize(("kind", "asked"), ASKED)
def test_no_question_reads_a_whole_table(store, kind, asked):
    connection = store.connection()
    statements = []
    connection.set_trace_callback(statements.append)
    list(getattr(store, kind)(limit=50, **asked).found())
    connection.set_trace_callback(None)
    plans = [
        step
        for sql in statements
        if sql.lstrip().startswith("SELECT") and "fts_" not in sql  # FTS5's own tables are its own
        for *_, step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
    ]
    assert plans
    scans = [p for p in plans if p.startswith("SCAN") and "VIRTUAL" not in p and "(sub" not in p]
    walked = (  # places are few beside their events; what is sure, when it is much, is soon found
        "SCAN d USING COVERING INDEX places_by_events",
        *["SCAN d USING COVERING INDEX reported_events_by_day"] * ("sure" in asked),
    )
    assert [scan for scan in scans if scan not in walked] == []


def test_every_article_of_the_made_store_has_a_report(store):
    for article in islice(store.articles(), 20):
        assert store.report(article.id).account.pipeline == "made"
