"""Around a report: what the store adds to it."""

import tocsin
from tests.made import Draft
from tocsin.records import Verdict
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer


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


def _claims(name, verdict):
    """Make the report on an article that gives somebody the one office."""
    draft = Draft(text=f"Foreign Minister {name} spoke on Monday.", url=f"https://a.example/{name}")
    words = f"Foreign Minister {name}"
    claim = draft.claim(words, "Foreign Minister", name, "KSH:foreign_minister")
    draft.find(claim, verdict)
    return draft.report


def test_around_has_findings_about_an_office_only_where_the_text_is_a_side(tmp_path):
    given = {
        "Ada Orlin": Verdict.CONTRADICTED,
        "Bo Tarn": Verdict.CONTRADICTED,
        "Cy Venn": Verdict.UNSURE,  # which is no ground to set it against others
    }
    reports = [_claims(name, verdict) for name, verdict in given.items()]
    connection = open_database(tmp_path, create=True)
    Writer(connection).keep([(each.article.id, "x.txt", each) for each in reports])
    settle(connection)
    connection.close()
    with tocsin.open(tmp_path) as store:
        assert [len(store.around(each).beyond) for each in reports] == [1, 1, 0]
