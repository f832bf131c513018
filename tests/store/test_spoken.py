"""One speaker's part of the store, and what the texts of a family have in common."""

from datetime import date

import pytest

from tocsin.records import Stance, Verdict

DOYUN = "person:han doyun"


def test_speaker_is_found_by_key(store):
    assert [each.name for each in store.speakers(key=DOYUN)] == ["Han Doyun"]
    assert not store.speakers(key="person:nobody")


@pytest.mark.parametrize("kind", ["statements", "quotations"])
def test_what_a_speaker_says_is_found_by_key(store, kind):
    found = list(getattr(store, kind)(speaker_key=DOYUN))
    assert found
    records = (getattr(each, kind.rstrip("s")) for each in found)
    assert {each.speaker.name for each in records} == {"Han Doyun"}


def test_offices_given_to_a_speaker_are_found_by_key(store):
    assert {each.claim.name for each in store.offices(speaker_key=DOYUN)} == {"Han Doyun"}


def test_findings_about_a_speaker_are_found_by_key(store):
    found = list(store.findings(speaker_key=DOYUN))
    assert {each.finding.verdict for each in found} == {Verdict.CONTRADICTED}
    assert {each.finding.about for each in found} == {
        each.claim.id for each in store.offices(speaker_key=DOYUN)
    }


def test_spoken_counts_days_and_stances(store):
    spoken = store.spoken(DOYUN, claims=9, findings=9)
    assert spoken.by_day == (
        (date(2024, 10, 29), Stance.ASSERTS, 1),
        (date(2024, 10, 30), Stance.ASSERTS, 1),
    )
    assert spoken.by_stance == ((Stance.ASSERTS, 2),)


def test_spoken_has_claims_and_findings_as_the_filters_find_them(store):
    spoken = store.spoken(DOYUN, claims=9, findings=9)
    assert spoken.claims == tuple(store.offices(speaker_key=DOYUN))
    assert spoken.findings == tuple(store.findings(speaker_key=DOYUN))
    assert spoken.by_verdict == {**dict.fromkeys(Verdict, 0), Verdict.CONTRADICTED: 2}


def test_spoken_counts_all_and_reads_no_more_than_asked_for(store):
    spoken = store.spoken(DOYUN, claims=1, findings=1)
    assert spoken.claims == tuple(store.offices(speaker_key=DOYUN, limit=1))
    assert [each.day for each in spoken.findings] == [date(2024, 10, 30)]
    assert spoken.by_verdict[Verdict.CONTRADICTED] == 2


def test_spoken_of_nobody_is_empty(store):
    spoken = store.spoken("person:nobody", claims=9, findings=9)
    assert (spoken.by_day, spoken.by_stance, spoken.claims, spoken.findings) == ((), (), (), ())


def test_kinship_says_what_two_texts_of_a_family_share(store):
    (family,) = store.families()
    texts = {each.text_id for each in store.articles(family=family.id)}
    (kin,) = store.kinship(texts)
    assert store.kinship([kin.one]) == store.kinship(texts - {kin.one}) == []
    assert kin.kind == "near"
    assert kin.similarity == 1.0
    assert "words stand in the other" in kin.sentence
