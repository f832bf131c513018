"""What a careful reader finds in the article the project started from."""

import json
from pathlib import Path

import pytest

SEED = sorted((Path(__file__).parents[3] / "shared/seed").glob("*.txt"))

pytestmark = pytest.mark.skipif(
    not SEED, reason="the seed article lies beside the project, not in it, and is not there"
)


@pytest.fixture(scope="module")
def report(tocsin):
    return json.loads(tocsin("read", SEED[0], "--on", "2024-10-29", "--json").stdout)


@pytest.fixture(scope="module")
def undated(tocsin):
    return json.loads(tocsin("read", SEED[0], "--json").stdout)


def words(report, span):
    return report["article"]["text"][slice(*span)]


def findings(report, check, about):
    return [f for f in report["findings"] if f["check"] == check and about in f["sentence"]]


def verdict_on(report, name):
    [claim] = [c for c in report["office_claims"] if c["name"] and name in c["name"]]
    [finding] = [f for f in report["findings"] if f["about"] == claim["id"]]
    return finding


def test_seed_has_six_direct_quotations_with_speaker_and_capacity(report):
    direct = [s for s in report["statements"] if s["manner"] == "direct"]
    found = {(s["speaker"]["name"], s["speaker"]["office"]) for s in direct}
    assert len(direct) == 6
    assert found == {
        ("Sarah Thompson", "NATO’s spokesperson"),
        ("Moon Jae-in", "South Korean President"),
        ("Emily Carter", "senior analyst at the Brookings Institution"),
        ("Oleksandr Petrenko", "Ukraine’s Defense Minister"),
        ("Kremlin spokesperson", "Kremlin spokesperson"),
        ("Linda Martinez", "senior diplomat at the U.S. Department of State"),
    }


def test_seed_joins_the_two_halves_of_a_split_quotation(report):
    [nato] = [
        s
        for s in report["statements"]
        if s["manner"] == "direct" and s["speaker"]["name"] == "Sarah Thompson"
    ]
    assert [words(report, c).strip("“").split()[0] for c in nato["content"]] == ["NATO", "This"]


def test_seed_president_is_contradicted_with_both_tenures(report):
    finding = verdict_on(report, "Moon")
    assert finding["verdict"] == "contradicted"
    for part in ("Yoon Suk Yeol", "10 May 2022", "10 May 2017", "9 May 2022"):
        assert part in finding["sentence"]


def test_seed_defence_minister_is_contradicted_by_the_holder(report):
    finding = verdict_on(report, "Petrenko")
    assert finding["verdict"] == "contradicted"
    assert "Rustem Umerov" in finding["sentence"]


def test_seed_spokesperson_is_never_more_than_the_reference_can_carry(report):
    assert verdict_on(report, "Thompson")["verdict"] in {"contradicted", "no_record"}


def test_seed_expert_is_no_record(report):
    assert verdict_on(report, "Carter")["verdict"] == "no_record"


def test_seed_diplomat_without_an_office_is_judged_for_none(report):
    assert "Martinez" in report["article"]["text"]
    assert [f for f in report["findings"] if "Martinez" in f["sentence"]] == []


def test_seed_shows_the_holder_of_an_office_without_a_name(report):
    [finding] = findings(report, "holder", "North Korea")
    assert "Choe Son Hui" in finding["sentence"]


def test_seed_kremlin_neither_confirms_nor_denies(report):
    stances = {
        s["stance"]
        for s in report["statements"]
        if s["speaker"] and "Kremlin" in s["speaker"]["name"]
    }
    assert "neither_confirms_nor_denies" in stances


def test_seed_visit_goes_from_north_korea_to_russia(report):
    visits = [e for e in report["events"] if e["type"] == "CONSULT" and e["mode"] == "visit"]
    pairs = {
        (a["country"], r["country"]) for e in visits for a in e["actors"] for r in e["recipients"]
    }
    assert ("PRK", "RUS") in pairs


def test_seed_troop_movement_is_reported_and_not_asserted(report):
    moves = [
        e
        for e in report["events"]
        if e["type"] == "MOBILIZE" and any(a["country"] == "PRK" for a in e["actors"])
    ]
    assert moves
    assert {e["status"] for e in moves} <= {"reported", "alleged", "unconfirmed"}


def test_seed_without_a_date_fits_no_day(undated):
    assert undated["article"]["published"] is None
    assert undated["dating"]["earliest"] is None
    assert undated["dating"]["latest"] is None
    assert undated["dating"]["conflict"]
    assert any("Moon Jae-in" in sentence for sentence in undated["dating"]["because"])


def test_seed_evidence_stands_in_the_text(report):
    text = report["article"]["text"]
    assert text.encode() == SEED[0].read_bytes()
    spans = [s["cue"] for s in report["statements"]] + [e["words"] for e in report["events"]]
    assert all(0 <= span[0] < span[1] <= len(text) for span in spans if span)
