"""Around a report: what the store adds to it."""

import pytest

import tocsin
from tests.crisis import make_crisis


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    with tocsin.open(make_crisis(tmp_path_factory.mktemp("around") / "store")) as opened:
        yield opened


def _report(store, outlet):
    return store.report(next(a.id for a in store.articles() if a.outlet == outlet))


def test_around_leads_from_an_event_to_the_reported_event_that_tells_it(store):
    report = _report(store, "Moscow Mirror")
    key = store.around(report).events[report.events[0].id]
    tellings = store.event(key).event.tellings
    assert report.events[0].id in {each.event.id for each in tellings}


def test_around_leads_from_a_statement_to_a_speaker_of_the_store(store):
    report = _report(store, "Moscow Mirror")
    speakers = store.around(report).speakers
    known = {each.key for each in store.speakers()}
    assert [speakers.get(each.id) in known for each in report.statements] == [True, True, False]


def test_around_tells_the_family_and_every_print_of_the_text(store):
    (family,) = store.families()
    report = store.report(family.articles[0])
    around = store.around(report)
    assert around.family == family.id
    printed = around.prints[report.article.text_id]
    assert {each.outlet for each in printed} == {"Seoul Ledger", "Coast Daily"}


def test_around_has_the_findings_that_set_the_text_against_others(store):
    around = store.around(_report(store, "Moscow Mirror"))
    assert [each.check for each in around.beyond] == ["contradiction"]
    sides = {side.text_id for side in around.beyond[0].sides}
    assert sides <= set(around.prints)


def test_findings_about_an_event_have_both_sides(store):
    (found,) = (each for each in store.events() if each.contradicted)
    (finding,) = store.findings_about(found)
    assert len(finding.sides) == 2


def test_now_leads_a_key_that_is_new_or_unknown_to_itself(store):
    assert store.now("event", "0" * 16) == "0" * 16
