import json
from collections.abc import Mapping
from dataclasses import is_dataclass, replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tocsin import records
from tocsin.errors import StoreError
from tocsin.records import Actor, Article, Count, Finding, Naming, Status, Verdict, to_json
from tocsin.store.fromjson import from_json, read_record
from tocsin.store.rows import read_report, rows_of_text, speaker_key, statement_row

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
    return st.from_type(kind) if kind in (int, float) else JSON


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: record.__name__)
def test_from_json_is_the_inverse_of_to_json(record):
    @given(st.from_type(record))
    @settings(max_examples=25, deadline=None)
    def inverse(made):
        assert from_json(record, to_json(made)) == made

    inverse()


@pytest.mark.parametrize(
    ("cls", "data"),
    [
        (Count, {"kind": "dead", "low": "12", "high": None, "words": [1, 2]}),
        (Count, {"kind": "dead", "low": 12, "high": None, "words": [1, 2, 3]}),
        (Count, {"kind": "dead", "low": 12, "high": None, "words": 1}),
        (Count, {"kind": "dead", "low": True, "high": None, "words": [1, 2]}),
        (Count, {"kind": "dead", "low": 12, "high": None}),
        (Count, ["dead"]),
        (Count, None),
        (Finding, {"check": "tenure", "verdict": "perhaps"}),
        (Article, {"id": "a", "text": "x", "published": "yesterday"}),
    ],
)
def test_from_json_refuses_what_is_no_such_record(cls, data):
    with pytest.raises(StoreError, match=f"JSON of a {cls.__name__}"):
        from_json(cls, data)


def test_from_json_gives_fields_that_are_missing_their_defaults():
    assert from_json(Article, {"id": "a", "text": "x"}) == Article(id="a", text="x")


def test_from_json_passes_over_fields_of_a_newer_version():
    newer = {"kind": "dead", "low": 12, "high": None, "words": [1, 2], "colour": "red"}
    assert from_json(Count, newer) == Count(kind="dead", low=12, high=None, words=(1, 2))


def test_from_json_keeps_of_names_one_and_of_longer_words_none(selin):
    speaker = selin().statements[0].speaker
    long = replace(speaker, name=speaker.name * 20)
    first, again = (
        [read_record(Actor, json.dumps(to_json(each))).name for each in (speaker, long)]
        for _ in range(2)
    )
    assert first == again
    assert first[0] is again[0]
    assert first[1] is not again[1]


def test_from_json_leaves_open_values_plain():
    finding = Finding(
        check="c", verdict="holds", sentence="s", about=None, words=None,
        compared={"on": date(2025, 3, 4), "held": ("a", 1)},
    )  # fmt: skip
    assert from_json(Finding, to_json(finding)).compared == {"on": "2025-03-04", "held": ["a", 1]}


# --------------------------------------------------------------------------- who speaks


def _key(name, naming=Naming.NAMED, **others):
    return speaker_key(Actor(name=name, words=(0, 1), **{"kind": "person"} | others), naming)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Arda Kishan", "country": "KSH"}, {"name": "Arda Kishan"}),
        ({"name": "Réka Köves"}, {"name": "Reka Koves"}),
        ({"name": "Kim Jong-un"}, {"name": "Kim Jong Un"}),
        ({"name": "A", "reference": "Q1"}, {"name": "B", "reference": "Q1"}),
        (
            {"name": "Kashan", "kind": "country", "country": "KSH"},
            {"name": "Republic of Kashan", "kind": "country", "country": "KSH"},
        ),
        (
            {"name": "The Red Crescent", "kind": "body"},
            {"name": "Red Crescent", "kind": "body"},
        ),
    ],
)
def test_speaker_key_is_one_for(one, other):
    assert _key(**one) == _key(**other) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"name": "Arda Kishan"}, {"name": "Orhan Kishan"}),
        ({"name": "Kishan", "country": "KSH"}, {"name": "Kishan", "country": "VRD"}),
        (
            {"name": "foreign ministry", "kind": "body", "country": "KSH"},
            {"name": "foreign ministry", "kind": "body", "country": "VRD"},
        ),
        ({"name": "Selin", "kind": "body"}, {"name": "Selin", "kind": "person"}),
    ],
)
def test_speaker_key_is_different_for(one, other):
    assert _key(**one) != _key(**other)


@pytest.mark.parametrize(
    "nobody",
    [
        {"name": "senior official", "naming": Naming.ANONYMOUS, "country": "KSH"},
        {"name": "Two fishermen", "naming": Naming.COLLECTIVE, "kind": "collective"},
        {"name": "spokesperson", "naming": Naming.OFFICE, "kind": "office"},
        {"name": "coast guard", "naming": Naming.INSTITUTION, "kind": "body"},
        {"name": "—"},
    ],
)
def test_speaker_key_is_none_for(nobody):
    assert _key(**nobody) is None


def test_speaker_key_is_none_for_nobody():
    assert speaker_key(None) is None


# --------------------------------------------------------------------------- rows


def test_rows_show_the_words_and_the_days(selin):
    rows = rows_of_text(selin().report)
    event, claim = rows["events"][0], rows["office_claims"][0]
    assert [row["said"] for row in rows["statements"]] == [
        "two patrol boats had shelled the port of Selin",
        '"We will answer this attack with all that we have on land and at sea,"',
        "the attack",
    ]
    assert (event["told"], event["day"], event["place"]) == (
        "two patrol boats had shelled the port of Selin",
        "2025-03-04",
        "Selin",
    )
    assert (claim["office_id"], claim["verdict"], claim["day"]) == (
        "KSH:def",
        "no_record",
        "2025-03-04",
    )


def test_a_statement_without_content_stands_where_its_speaker_does(draft):
    made = draft(text="Arda Kishan declined to comment.")
    statement = made.state(made.actor("Arda Kishan"), cue=made.at("declined to comment"))
    row = statement_row(statement, made.article)
    assert (row["said"], row["start"], row["end"]) == ("", 0, 31)


def test_pieces_of_a_statement_are_joined_by_an_ellipsis(draft):
    made = draft(text='"We will answer," Arda Kishan said, "at sea."')
    statement = made.state(made.actor("Arda Kishan"), '"We will answer,"', '"at sea."')
    row = statement_row(statement, made.article)
    assert (row["said"], row["start"], row["end"]) == ('"We will answer," … "at sea."', 0, 45)


def test_the_worst_verdict_on_a_claim_counts(selin):
    made = selin()
    made.find(made.claims[0], Verdict.CONTRADICTED)
    made.find(made.claims[0], Verdict.HOLDS)
    assert rows_of_text(made.report)["office_claims"][0]["verdict"] == "contradicted"


def test_two_findings_alike_are_two_rows(selin):
    made = selin()
    made.findings.append(made.findings[0])
    ids = [row["id"] for row in rows_of_text(made.report)["findings"]]
    assert len(set(ids)) == 2


def test_of_two_records_with_one_id_the_first_is_kept(selin):
    made = selin()
    made.events.append(replace(made.events[0], status=Status.DENIED))
    rows = rows_of_text(made.report)["events"]
    assert [(row["position"], row["status"]) for row in rows] == [(0, "asserted")]


def test_read_report_refuses_an_article_that_is_not_there(connection):
    with pytest.raises(StoreError, match="no such article"):
        read_report(connection, "nothing")
