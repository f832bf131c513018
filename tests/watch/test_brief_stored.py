"""Briefs from a store of invented articles: what is shown, what it rests on, and what is new."""

from datetime import UTC, date, datetime, timedelta

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.made import Draft
from tests.storm import FIRST, keep, report_of
from tocsin.errors import InputError, ValueNotUnderstood
from tocsin.records import Naming, to_json
from tocsin.store.arrivals import begin_run
from tocsin.store.database import open_database
from tocsin.store.settle import settle
from tocsin.store.writer import Writer
from tocsin.watch.brief.sentences import ids_of
from tocsin.watch.brief.stored import make_brief, note_brief, read_scope


@pytest.fixture
def crisis(tmp_path):
    with tocsin.open(make_crisis(tmp_path / "crisis")) as store:
        yield store


@pytest.fixture
def brief(crisis):
    return make_brief(crisis, read_scope(crisis, "PRK, Russia,UKR", "KOR"))


def clock():
    return datetime(2024, 11, 2, 9, tzinfo=UTC)


def words_of(brief, part):
    references = {each.id: each for each in brief.references}
    return [references[key].words for key in brief.parts[part]]


def add_strike(store):
    """Add an article on one more strike, as a later run does."""
    connection = open_database(store.folder)
    begin_run(connection, "add more", clock)
    draft = Draft(text="Russian missiles hit Odesa, Ukraine said.", published=date(2024, 10, 30))
    country = {"kind": "country", "country": "RUS", "sector": "MIL"}
    draft.happen(
        "Russian missiles hit Odesa",
        "hit",
        actors=(draft.actor("Russia", "Russian missiles", **country),),
        recipients=(draft.actor("Ukraine", kind="country", country="UKR"),),
    )
    Writer(connection).keep([("key more", "more.txt", draft.report)])
    settle(connection)
    connection.close()


def calm_and(*raids):
    """Return reports of 70 days, and of two raids a day on the last twenty."""
    days = [FIRST + timedelta(days=n) for n in range(70)]
    calm = [report_of(day, "France", "Chad") for day in days]
    late = [(day, where) for day in days[50:] for where in ("posts", "camps")]
    return [*calm, *(report_of(day, *raids, where=where, **RUMOUR) for day, where in late)]


RUMOUR = {"naming": Naming.ANONYMOUS}


def test_rumours_behind_an_alarm_do_not_stand_where_they_lie_before_the_days(tmp_path):
    told = calm_and("Serbia", "Kosovo", "residents")
    with tocsin.open(keep(tmp_path / "store", told)) as store:
        [alarm] = make_brief(store, read_scope(store, "SRB")).alarms
        late = make_brief(store, read_scope(store, "SRB", since=alarm.since + timedelta(days=7)))
    behind = {*ids_of(alarm)}
    assert alarm.rings == "unconfirmed"
    assert {each.stands for each in late.references if each.id in behind} == {False}


def test_brief_from_the_beginning_begins_with_the_first_day_that_there_may_be(crisis):
    assert read_scope(crisis, "RUS", since=date.min).since == date(1600, 1, 1)
    make_brief(crisis, read_scope(crisis, "RUS", since=date.min))


def test_course_of_a_body_that_rings_is_its_own(tmp_path):
    told = calm_and("NATO", "Niger")
    with tocsin.open(keep(tmp_path / "store", told)) as store:
        brief = make_brief(store, read_scope(store, "NER"))
    [course] = [each for each in brief.courses if each.actor == "NATO"]
    assert sum(course.reports) == 40


def test_scope_takes_codes_and_names_and_the_last_days_of_the_store(crisis):
    scope = read_scope(crisis, "PRK, Russia,UKR,RUS", "South Korea")
    assert (scope.about, scope.reader) == (("PRK", "RUS", "UKR"), "KOR")
    assert (scope.since, scope.until) == (date(2024, 10, 3), date(2024, 10, 30))


@pytest.mark.parametrize("about", ["", " , ", "Atlantis", "PRK,NATO"])
def test_scope_refuses_what_is_no_country(crisis, about):
    with pytest.raises(ValueNotUnderstood):
        read_scope(crisis, about)


def test_scope_refuses_days_that_run_backwards(crisis):
    with pytest.raises(ValueNotUnderstood, match="no day is both since and until"):
        read_scope(crisis, "PRK", since=date(2024, 11, 1), until=date(2024, 10, 1))


def test_scope_of_a_store_without_days_is_refused(tmp_path):
    open_database(tmp_path / "empty", create=True).close()
    with tocsin.open(tmp_path / "empty") as store, pytest.raises(InputError, match="has a day"):
        read_scope(store, "PRK")


def test_brief_shows_the_main_events_by_day(brief):
    assert words_of(brief, "events") == [
        "North Korea moved troops to Kursk on Monday",
        "Russia denied",
        "Two missile launchers of the Russian army were destroyed",
        "Ukrainian drones struck an air defence depot near Belgorod",
    ]


def test_brief_sets_reports_and_denial_against_each_other(brief):
    (sentence,) = words_of(brief, "contradicted")
    assert "North Korea moved troops to Kursk" in sentence
    assert "Russia denies it" in sentence


def test_brief_shows_what_cannot_be_once_with_how_often(brief):
    (key,) = brief.parts["impossible"]
    assert words_of(brief, "impossible") == ["Another person, not Han Doyun, held the office."]
    assert next(each.alike for each in brief.references if each.id == key) == 1


def test_brief_shows_officials_of_the_reader(brief):
    assert "“Several thousand soldiers have reached the front,”" in words_of(brief, "officials")


def test_brief_knows_the_allies_of_the_reader(crisis):
    made = make_brief(crisis, read_scope(crisis, "PRK,RUS,UKR", "USA"))
    assert "USA" not in {treaty.name for treaty in made.treaties}
    assert any("Korea" in treaty.name for treaty in made.treaties)


def test_brief_looks_ahead_for_the_pair_whose_course_it_shows(brief):
    (course,) = brief.courses
    assert [(each.actor, each.recipient) for each in brief.outlooks] == [
        (course.actor, course.recipient)
    ]
    assert (brief.past.actor, brief.past.recipient) == (course.actor, course.recipient)


def test_brief_lists_deployments(brief):
    assert [(each.kind, each.actor) for each in brief.entries] == [("deployments", "PRK")]


def test_every_record_leads_to_words_in_a_text(brief, crisis):
    for each in brief.references:
        if each.text_id and not hasattr(each.record, "verdict"):
            article = crisis.report(each.prints[0].id).article
            assert " … ".join(article.text[slice(*at)] for at in each.at) == each.words


def test_every_sentence_on_records_has_references_that_are_there(brief):
    known = {each.id for each in brief.references}
    named = [key for sentence in (*brief.opening, *brief.questions) for key in sentence.records]
    assert named
    assert {*named} <= known


def test_every_record_that_a_part_shows_is_referred_to_once(brief):
    known = [each.id for each in brief.references]
    assert len(known) == len({*known})
    assert {key for keys in brief.parts.values() for key in keys} <= {*known}


def test_brief_is_json(brief):
    made = to_json(brief)
    assert made["scope"]["about"] == ["PRK", "RUS", "UKR"]
    assert made["spots"][0]["place"] == "Kursk"


def test_first_brief_shows_everything(crisis):
    assert read_scope(crisis, "PRK", new=True).new_from is None


def test_new_brief_shows_what_came_since_the_last(crisis):
    note_brief(crisis, read_scope(crisis, "RUS,UKR"), clock)
    add_strike(crisis)
    made = make_brief(crisis, read_scope(crisis, "UKR", new_since=2))
    assert words_of(made, "events") == ["Russian missiles hit Odesa"]
    made = make_brief(crisis, read_scope(crisis, "RUS,UKR", new=True))
    assert words_of(made, "events") == ["Russian missiles hit Odesa"]
    assert made.opening[0].text.startswith("New in the store: 1 event and 0 statements")


def test_order_of_the_countries_makes_no_other_brief(crisis):
    note_brief(crisis, read_scope(crisis, "UKR,RUS"), clock)
    assert read_scope(crisis, "RUS,UKR", new=True).new_from is not None


def test_new_brief_draws_the_whole_course(crisis):
    note_brief(crisis, read_scope(crisis, "RUS,UKR"), clock)
    made = make_brief(crisis, read_scope(crisis, "RUS,UKR", new=True))
    assert sum(sum(course.reports) for course in made.courses) == 1


def test_new_brief_without_anything_new_says_so(crisis):
    scope = read_scope(crisis, "RUS,UKR")
    note_brief(crisis, scope, clock)
    made = make_brief(crisis, read_scope(crisis, "RUS,UKR", new=True))
    assert made.references == ()
    assert made.opening[0].text == (
        "Nothing on Russia and Ukraine, dated 3 to 30 October 2024, is new in the store."
    )


def test_brief_for_another_reader_is_another(crisis):
    note_brief(crisis, read_scope(crisis, "RUS", "KOR"), clock)
    assert read_scope(crisis, "RUS", "USA", new=True).new_from is None
    assert read_scope(crisis, "RUS", "KOR", new=True).new_from == 2


def test_brief_on_countries_of_which_nothing_is_told_says_so(crisis):
    made = make_brief(crisis, read_scope(crisis, "Tuvalu"))
    assert made.opening[0].text.startswith("The store has no event by or towards Tuvalu")
    assert made.references == ()
