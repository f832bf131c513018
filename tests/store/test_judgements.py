"""What judges say of what was found: it is kept, stands until it is taken back, and is followed."""

import json
import threading
import time
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

import tocsin
from tests.crisis import make_crisis
from tests.store.test_reread import NEW, OLD, keep, read_by, reread, with_trigger
from tests.store.test_settle import OWN, attack, denial, own, wire
from tocsin.errors import StoreError, ValueNotUnderstood
from tocsin.records import DateWords, Status, Verdict
from tocsin.store.asked import Judged
from tocsin.store.content import dump_content
from tocsin.store.database import open_database, write_batch
from tocsin.store.forget import forget_article
from tocsin.store.judged import day_of, fields_of
from tocsin.store.judgements import judge_record, open_to_judge
from tocsin.store.kinds import JUDGEMENTS
from tocsin.store.verify import verify_store

ADDRESS = "https://own.example/1"
MOMENT = datetime(2026, 11, 30, 8, 15, tzinfo=UTC)


def say(connection, record, verdict, /, judge="Ada", note=None, **given):
    return judge_record(
        connection, record, judge, Judged(verdict), given=given, note=note, clock=lambda: MOMENT
    )


@pytest.fixture
def told(connection, draft):
    """A settled store with one article that tells one event; the report that made it."""
    report = read_by(own(draft), OLD)
    keep(connection, report)
    return report


@pytest.fixture
def event(told):
    return told.events[0].id


@pytest.fixture
def store(folder):
    with tocsin.open(folder) as store:
        yield store


def standing(store, **asked):
    """Return who says what, the latest first, of what stands."""
    return [(each.judge, str(each.verdict)) for each in store.judgements(**asked)]


# --------------------------------------------------------------------------- what stands


def test_judge_record_keeps_who_says_what_of_which_words_and_when(connection, store, told, event):
    (kept,) = say(connection, event, "corrected", note="it was an arrest", type="COERCE")
    (found,) = store.judgements()
    assert (kept.id, kept.record, found.id, found.record) == (1, event, 1, event)
    assert (found.judge, found.verdict, found.note) == ("Ada", "corrected", "it was an arrest")
    assert (found.at, found.day) == ("2026-11-30T08:15:00Z", date(2026, 11, 30))
    assert found.quoted == "Vardan shelled the port of Selin at dawn on Tuesday"
    assert found.correction == {"type": "COERCE"}
    assert [each.id for each in found.prints] == [told.article.id]


def test_judge_record_leaves_the_record_as_it_is(connection, store, told, event):
    before, content = store.report(told.article.id), list(dump_content(connection))
    say(connection, event, "corrected", status="denied", actors="RUS:MIL")
    assert store.report(told.article.id) == before
    assert list(dump_content(connection)) == content


def test_judge_record_has_the_last_word_of_a_judge_stand(connection, store, event):
    say(connection, event, "confirmed")
    say(connection, event, "rejected", judge="ADA")
    assert standing(store) == [("Ada", "rejected")]
    assert store.judgements(past=True).count() == 2


def test_a_judge_is_known_whatever_the_case_of_any_letter(connection, store, event):
    say(connection, event, "confirmed", judge="Élise")
    say(connection, event, "rejected", judge="élise")
    assert standing(store) == [("Élise", "rejected")]


def test_withdrawing_lets_stand_what_was_said_before(connection, store, event):
    for verdict in ("confirmed", "rejected", "withdrawn"):
        say(connection, event, verdict)
    assert standing(store) == [("Ada", "confirmed")]
    say(connection, event, "withdrawn")
    assert standing(store) == []


def test_withdrawing_leaves_what_others_say(connection, store, event):
    say(connection, event, "confirmed", judge="Bo")
    say(connection, event, "rejected")
    say(connection, event, "withdrawn")
    assert standing(store) == [("Bo", "confirmed")]


def test_withdrawing_what_was_never_said_is_refused(connection, event):
    say(connection, event, "confirmed", judge="Bo")
    with pytest.raises(ValueNotUnderstood, match="Ada says nothing of this"):
        say(connection, event, "withdrawn")


def test_a_judgement_on_a_reported_event_is_one_on_each_telling(connection, store, draft):
    keep(connection, own(draft), wire(draft))
    (reported,) = store.events()
    kept = say(connection, reported.id, "rejected")
    assert {each.record for each in kept} == {each.event.id for each in reported.tellings}
    assert len(say(connection, reported.id, "withdrawn")) == 2


def test_a_correction_of_a_reported_event_confirms_tellings_that_are_so(connection, store, draft):
    doubted = wire(draft)
    events = tuple(replace(each, status=Status.ALLEGED) for each in doubted.events)
    keep(connection, own(draft), replace(doubted, events=events))
    (reported,) = store.events()
    first, other = (each.event for each in reported.tellings)
    say(connection, reported.id, "corrected", status=str(first.status))
    said = {each.record: str(each.verdict) for each in store.judgements()}
    assert first.status != other.status
    assert said == {first.id: "confirmed", other.id: "corrected"}


def test_a_judgement_on_a_quotation_is_one_on_each_statement(connection, store, draft):
    keep(connection, wire(draft), wire(draft, " More follows.", url="https://copy.example/1"))
    (quotation,) = store.quotations()
    kept = say(connection, quotation.quotation.id, "confirmed")
    assert {each.record for each in kept} == set(quotation.quotation.statements)


@pytest.mark.usefixtures("told")
def test_a_record_that_is_not_there_is_refused(connection):
    with pytest.raises(ValueNotUnderstood, match="no such record"):
        say(connection, "no-such-id", "confirmed")


def test_an_event_cannot_be_complete_and_no_article_confirmed(connection, told, event):
    with pytest.raises(ValueNotUnderstood, match="event cannot be complete"):
        say(connection, event, "complete")
    with pytest.raises(ValueNotUnderstood, match="article cannot be confirmed"):
        say(connection, told.article.id, "confirmed")


# --------------------------------------------------------------------------- corrections


MARKET = OWN.index("the market")


def corrected(store):
    (found,) = store.judgements(limit=1)
    return found.correction


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ({"type": "coerce"}, {"type": "COERCE"}),
        ({"status": "Denied"}, {"status": "denied"}),
        ({"actors": "Russia:mil + BLR"}, {"actors": ["RUS:MIL", "BLR"]}),
        ({"actors": ["RUS:MIL"]}, {"actors": ["RUS:MIL"]}),
        ({"recipients": "-"}, {"recipients": []}),
        ({"day": "5 March 2025"}, {"day": "2025-03-05"}),
        ({"day": "2025-03"}, {"day": "2025-03"}),
        ({"day": "-"}, {"day": None}),
        ({"where": "the market"}, {"where": [[MARKET, MARKET + 10]]}),
        ({"where": "0-5 + 9-13"}, {"where": [[0, 5], [9, 13]]}),
        ({"where": [[0, 5]]}, {"where": [[0, 5]]}),
        ({"type": "ASSAULT", "status": "alleged"}, {"status": "alleged"}),
    ],
    ids=str,
)
def test_a_correction_holds_what_is_otherwise(connection, store, event, given, read):
    say(connection, event, "corrected", **given)
    assert corrected(store) == read


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({}, "corrects nothing"),
        ({"type": "ASSAULT"}, "corrects nothing"),
        ({"typ": "COERCE"}, "no field of this name"),
        ({"type": "INVADE"}, "no such type"),
        ({"type": "-"}, "cannot be nothing"),
        ({"status": "sure"}, "no such status"),
        ({"mode": "visit"}, "no such mode"),
        ({"actors": "Atlantis"}, "no country"),
        ({"actors": "RUS:XYZ"}, "no sector"),
        ({"actors": 7}, "no text"),
        ({"day": "one day"}, "cannot be read as a day"),
        ({"day": "2025-13"}, "cannot be read as a day"),
        ({"where": "no such words"}, "stand 0 times"),
        ({"where": "the"}, "stand 6 times"),
        ({"where": "5-5"}, "no words of the text"),
        ({"where": "0-100000"}, "no words of the text"),
        ({"where": [[0, "x"]]}, "no words of the text"),
        ({"words": "0-5 + 9-13"}, "several pieces"),
    ],
    ids=str,
)
def test_a_correction_with_a_value_that_cannot_be_is_refused(
    connection, store, event, given, complaint
):
    with pytest.raises(ValueNotUnderstood, match=complaint):
        say(connection, event, "corrected", **given)
    assert store.judgements().count() == 0


def test_a_mode_goes_with_the_type_that_has_it(connection, store, draft):
    made = draft(text=OWN, url="https://own.example/1")
    attack(made, "Vardan shelled the port of Selin at dawn on Tuesday", mode="heavy-weapons")
    keep(connection, made.report)
    say(connection, made.events[0].id, "corrected", type="PROTEST")
    assert corrected(store) == {"type": "PROTEST", "mode": None}


@pytest.mark.parametrize(
    ("of", "given"),
    [
        ("statements", {"stance": "denies", "speaker": "Oleg Tarn"}),
        ("office_claims", {"name": None, "country": "RUS"}),
        ("findings", {"verdict": "holds"}),
    ],
)
def test_records_of_every_kind_can_be_corrected(connection, store, selin, of, given):
    keep(connection, selin(url=ADDRESS).report)
    (record,) = connection.execute(f"SELECT id FROM {of} ORDER BY position").fetchone()
    say(connection, record, "corrected", **given)
    assert corrected(store) == given


def test_the_country_of_an_office_is_that_which_offices_have(connection, store, selin):
    keep(connection, selin(url=ADDRESS).report)
    ((claim,),) = connection.execute("SELECT id FROM office_claims").fetchall()
    say(connection, claim, "corrected", country="Kosovo")
    assert corrected(store) == {"country": "XKX"}


def test_judges_who_correct_alike_in_another_order_do_not_differ(connection, store, event):
    say(connection, event, "corrected", type="COERCE", day="2024-10-28")
    say(connection, event, "corrected", judge="Bo", day="2024-10-28", type="COERCE")
    assert store.events(judged="corrected").count() == 1
    assert store.events(judged="disputed").count() == 0


# --------------------------------------------------------------------------- what was missed

MISSED = {"words": "fired", "type": "ASSAULT", "actors": "RUS:MIL"}


@pytest.fixture
def twice(connection, draft):
    """An article in which a second act was missed."""
    text = f"{OWN} Then Vardan fired again on the harbour."
    made = draft(text=text, url="https://own.example/1")
    attack(made, "Vardan shelled the port of Selin at dawn on Tuesday")
    report = read_by(made.report, OLD)
    keep(connection, report)
    return report


def test_an_act_that_was_missed_is_added_with_its_words(connection, store, twice):
    say(connection, twice.article.id, "added", **MISSED)
    (found,) = store.judgements()
    assert (found.what, found.quoted) == ("event", "fired")
    assert found.about == "ASSAULT asserted: RUS:MIL → -"


@pytest.mark.parametrize("left_out", ["words", "type"])
def test_an_act_is_not_added_without_words_or_type(connection, twice, left_out):
    given = {name: value for name, value in MISSED.items() if name != left_out}
    with pytest.raises(ValueNotUnderstood, match=f"{left_out} cannot be nothing"):
        say(connection, twice.article.id, "added", **given)


def test_an_act_that_the_reader_found_is_not_added(connection, twice):
    with pytest.raises(ValueNotUnderstood, match=f"Confirm or correct it: {twice.events[0].id}"):
        say(connection, twice.article.id, "added", words="shelled", type="ASSAULT")


def test_an_added_act_can_be_rejected_by_another_judge_and_taken_back(connection, store, twice):
    (kept,) = say(connection, twice.article.id, "added", **MISSED)
    say(connection, kept.record, "rejected", judge="Bo")
    say(connection, kept.record, "withdrawn")
    assert standing(store) == [("Bo", "rejected")]


def test_an_article_is_not_complete_while_an_event_is_not_judged(connection, store, twice):
    with pytest.raises(ValueNotUnderstood, match=f"not judged 1 event .*{twice.events[0].id}"):
        say(connection, twice.article.id, "complete")
    say(connection, twice.events[0].id, "confirmed")
    say(connection, twice.article.id, "complete")
    assert standing(store, what="article") == [("Ada", "complete")]


# --------------------------------------------------------------------------- time goes on


def test_adding_again_changes_no_judgement(connection, store, told, event):
    say(connection, event, "confirmed")
    keep(connection, told)
    assert standing(store, record=event) == [("Ada", "confirmed")]


def test_forgetting_an_article_drops_the_judgements_on_its_text(connection, store, told, event):
    for verdict in ("confirmed", "withdrawn", "rejected"):
        say(connection, event, verdict)
    forget_article(connection, told.article.id)
    assert store.judgements(past=True).count() == 0


def test_forgetting_keeps_judgements_on_a_text_that_is_still_printed(connection, store, draft):
    first, second = own(draft), own(draft, url="https://other.example/1")
    keep(connection, first, second)
    say(connection, first.events[0].id, "confirmed")
    say(connection, first.article.id, "complete")
    forget_article(connection, first.article.id)
    assert standing(store) == [("Ada", "confirmed")]


def test_forgetting_drops_judgements_on_findings_that_quote_the_text(connection, store, draft):
    keep(connection, own(draft), wire(draft), denial(draft))
    (finding,) = (each for each in store.findings(check="contradiction") if each.text_id is None)
    say(connection, finding.id, "rejected")
    assert store.judgements(what="finding").count() == 1
    forget_article(connection, denial(draft).article.id)
    assert store.judgements(past=True).count() == 0


@pytest.mark.parametrize(
    ("verdict", "given", "later", "follows"),
    [
        ("confirmed", {}, {}, True),
        ("confirmed", {}, {"status": Status.ALLEGED}, True),
        ("rejected", {}, {"type": "THREATEN"}, False),
        ("corrected", {"type": "THREATEN"}, {"type": "THREATEN"}, True),
        ("corrected", {"type": "COERCE"}, {"type": "THREATEN"}, False),
    ],
    ids=str,
)
def test_a_judgement_follows_its_words(
    connection, store, told, event, verdict, given, later, follows
):
    say(connection, event, verdict, **given)
    report = with_trigger(told, "shelled the port", **later)
    reread(connection, report)
    (found,) = store.judgements()
    assert found.record == (report.events[0].id if follows else event)
    assert found.judged["words"] == [list(told.events[0].trigger)]
    assert list(verify_store(connection)) == []


def test_a_judgement_in_whose_words_nothing_is_found_waits(connection, store, told, event):
    say(connection, event, "confirmed")
    reread(connection, read_by(told, events=()))
    assert standing(store, record=event) == [("Ada", "confirmed")]
    again = with_trigger(told, "shelled the port")
    reread(connection, read_by(again, "3+newer", events=again.events))
    assert standing(store, record=again.events[0].id) == [("Ada", "confirmed")]


def test_an_added_act_that_is_found_later_is_confirmed(connection, store, twice):
    say(connection, twice.article.id, "added", **MISSED)
    reread(connection, with_trigger(twice, "fired again"))
    assert [each.type for each in store.events(judged="confirmed")] == ["ASSAULT"]


def test_of_two_judgements_that_come_together_the_last_stands(connection, store, twice):
    (added,) = say(connection, twice.article.id, "added", **MISSED)
    say(connection, twice.events[0].id, "rejected")
    start, end = twice.events[0].trigger[0], twice.article.text.index("fired") + 5
    reread(connection, with_trigger(twice, twice.article.text[start:end]))
    assert standing(store) == [("Ada", "rejected")]
    assert added.id in {each.id for each in store.judgements(past=True)}


def test_a_judgement_follows_to_no_record_that_is_judged_itself(connection, store, twice):
    first, (second,) = twice.events[0], say(connection, twice.article.id, "added", **MISSED)
    say(connection, first.id, "confirmed")
    say(connection, second.record, "rejected")
    end = twice.article.text.index("fired") + 5
    both = replace(first, mentions=((end - 5, end),))
    reread(connection, read_by(twice, events=(both,)))
    assert standing(store, record=first.id) == [("Ada", "confirmed")]
    assert list(verify_store(connection)) == []


def test_what_a_judge_said_before_is_no_more_past_where_the_last_word_left(
    connection, store, told, event
):
    say(connection, event, "confirmed")
    say(connection, event, "corrected", type="THREATEN")
    reread(connection, with_trigger(told, "shelled the port", type="THREATEN"))
    assert standing(store, record=event) == [("Ada", "confirmed")]
    assert list(verify_store(connection)) == []


def test_a_judgement_on_a_finding_follows_its_words(connection, store, selin):
    made = selin(url=ADDRESS)
    report = read_by(made.report, OLD)
    keep(connection, report)
    ((before,),) = connection.execute("SELECT id FROM findings").fetchall()
    say(connection, before, "confirmed")
    made.findings[0] = type(made.findings[0])(
        check="tenure",
        verdict=Verdict.NO_RECORD,
        sentence="Nobody of that name is known.",
        about=made.findings[0].about,
        words=made.findings[0].words,
    )
    reread(connection, read_by(made.report, NEW))
    (found,) = store.findings(judged="confirmed")
    assert found.id != before


# --------------------------------------------------------------------------- asked and counted


@pytest.fixture(scope="module")
def crisis(tmp_path_factory):
    with tocsin.open(make_crisis(tmp_path_factory.mktemp("judged") / "crisis")) as store:
        yield store


MOVED, STRUCK, DESTROYED = "MOBILIZE troops", "ASSAULT drone", "ASSAULT destroy"
REJECTED, OFFERED = "REJECT -", "AID -"


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"judged": "confirmed"}, [MOVED]),
        ({"judged": "corrected"}, [MOVED]),
        ({"judged": "disputed"}, [MOVED]),
        ({"judged": "rejected"}, [DESTROYED]),
        ({"judged": "none"}, [STRUCK, REJECTED, OFFERED]),
        ({"judged": "none", "recipient": "RUS"}, [STRUCK]),
        ({"rejected": True}, [DESTROYED]),
        ({"rejected": False}, [STRUCK, REJECTED, MOVED, OFFERED]),
        ({"rejected": False, "recipient": "RUS"}, [STRUCK]),
        ({"rejected": False, "text": "destroyed"}, []),
    ],
    ids=str,
)
def test_events_are_found_by_how_they_are_judged(crisis, asked, expected):
    found = [f"{event.type} {event.mode or '-'}" for event in crisis.events(**asked)]
    assert sorted(found) == sorted(expected)
    assert crisis.events(**asked).count() == len(expected)


@pytest.mark.parametrize(
    ("kind", "how", "expected"),
    [
        ("statements", "corrected", 1),
        ("statements", "disputed", 0),
        ("statements", "none", 8),
        ("offices", "confirmed", 1),
        ("offices", "none", 2),
        ("findings", "rejected", 1),
        ("findings", "none", 3),
    ],
)
def test_records_of_other_kinds_are_found_by_how_they_are_judged(crisis, kind, how, expected):
    results = getattr(crisis, kind)(judged=how)
    assert results.count() == len(list(results)) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ({"judge": "ada"}, 6),
        ({"judge": "Bo"}, 1),
        ({"what": "event"}, 4),
        ({"what": "statement", "judge": "Bo"}, 0),
        ({"verdict": "added"}, 1),
        ({"id": 3}, 1),
        ({"id": "8"}, 0),
        ({"since": "2024-11-02"}, 7),
        ({"until": "2024-11-01"}, 0),
    ],
    ids=str,
)
def test_judgements_are_found_by_each_filter(crisis, asked, expected):
    results = crisis.judgements(**asked)
    assert results.count() == len(list(results)) == expected


def test_judgements_are_found_by_reported_event_and_by_article(crisis):
    (moved,) = crisis.events(type="MOBILIZE")
    assert {each.judge for each in crisis.judgements(record=moved.id)} == {"Ada", "Bo"}
    (article,) = crisis.articles(outlet="Moscow Mirror")
    assert [str(each.what) for each in crisis.judgements(article=article.id)] == ["statement"]


def test_what_is_no_number_is_the_id_of_no_judgement(crisis):
    assert crisis.find(JUDGEMENTS, "abc") is None
    assert crisis.find(JUDGEMENTS, "1").id == 1


def test_judgements_are_read_from_their_json(crisis):
    for found in crisis.judgements(past=True):
        data = json.loads(json.dumps(JUDGEMENTS.as_object(found)))
        assert JUDGEMENTS.read_object(data) == found


def test_judgements_go_on_behind_a_cursor(crisis):
    page = crisis.judgements(limit=3).page()
    rest = crisis.judgements(after=page.cursor)
    assert [each.id for each in (*page.records, *rest)] == [7, 6, 5, 4, 3, 2, 1]


def test_judgements_go_from_the_oldest_on_when_asked(crisis):
    page = crisis.judgements(sort="oldest", since="2024-11-02", limit=3).page()
    rest = crisis.judgements(sort="oldest", since="2024-11-02", after=page.cursor)
    assert [each.id for each in (*page.records, *rest)] == [1, 2, 3, 4, 5, 6, 7]


def rejected_by(connection, events, **judges):
    """Have judges say each their verdict of some events."""
    for each in events:
        for judge, verdict in judges.items():
            say(connection, each, verdict, judge=judge)


@pytest.mark.parametrize(
    ("of_all", "of_one", "is_rejected"),
    [
        ({}, {"Ada": "rejected"}, False),
        ({"Ada": "rejected"}, {}, True),
        ({"Ada": "rejected"}, {"Bo": "rejected"}, True),
        ({"Ada": "rejected"}, {"Bo": "confirmed"}, False),
        ({"Ada": "rejected"}, {"Ada": "withdrawn"}, False),
    ],
    ids=str,
)
def test_an_event_is_rejected_when_every_telling_is_and_nobody_holds_one(
    connection, store, draft, of_all, of_one, is_rejected
):
    keep(connection, own(draft), wire(draft))
    (reported,) = store.events()
    events = [each.event.id for each in reported.tellings]
    rejected_by(connection, events, **of_all)
    rejected_by(connection, events[:1], **of_one)
    assert store.events(rejected=True).count() == int(is_rejected)
    assert store.events(rejected=False).count() == int(not is_rejected)
    assert store.events().count() == 1


def test_series_leave_out_what_is_rejected_when_asked(crisis):
    counts = [
        sum(each.events for each in crisis.series(**asked))
        for asked in ({}, {"rejected": False}, {"rejected": True})
    ]
    assert counts == [4, 3, 1]


# --------------------------------------------------------------------------- writers and soundness


def test_a_judge_waits_for_another_who_writes(folder, event):
    with closing(open_database(folder)) as adding:
        adding.execute("BEGIN IMMEDIATE")
        done = []

        def judge():
            with open_to_judge(folder) as mine:
                done.extend(say(mine, event, "confirmed"))

        judging = threading.Thread(target=judge)
        judging.start()
        time.sleep(0.2)
        assert done == []
        adding.execute("COMMIT")
        judging.join()
    assert [each.record for each in done] == [event]


def test_a_judge_who_waited_too_long_is_told_so(folder, connection, event):
    with (
        write_batch(connection),
        open_to_judge(folder, wait=0.05) as mine,
        pytest.raises(StoreError, match="another process has been writing"),
    ):
        say(mine, event, "confirmed")


@pytest.mark.parametrize(
    ("damage", "complaint"),
    [
        ("past = 1", "Whether it stands"),
        ("correction = NULL", "does not go with its verdict, corrected"),
        ("correction = '{'", "does not go with its verdict"),
        ('"end" = 99999', "lie outside the text"),
    ],
)
def test_verify_finds_a_judgement_that_another_program_changed(
    connection, event, damage, complaint
):
    say(connection, event, "corrected", status="denied")
    assert list(verify_store(connection)) == []
    connection.execute(f"UPDATE judgements SET {damage}")
    assert any(complaint in each.sentence for each in verify_store(connection))


# --------------------------------------------------------------------------- fields


@pytest.mark.parametrize(
    ("first", "last", "day"),
    [
        ((2024, 10, 29), (2024, 10, 29), "2024-10-29"),
        ((2024, 2, 1), (2024, 2, 29), "2024-02"),
        ((2024, 1, 1), (2024, 12, 31), "2024"),
        ((2024, 2, 1), (2024, 2, 28), None),
        ((2024, 1, 1), (2025, 12, 31), None),
    ],
    ids=str,
)
def test_day_of_says_which_day_month_or_year(first, last, day):
    assert day_of(DateWords(words=(0, 1), earliest=date(*first), latest=date(*last))) == day


def test_fields_of_an_event_are_json_of_what_is_marked(told):
    fields = fields_of(told.events[0], by=(3, 9))
    assert json.loads(json.dumps(fields)) == fields
    assert fields["actors"] == ["VRD"]
    assert fields["actor_words"] == [list(told.events[0].actors[0].words)]
    assert fields["by"] == [[3, 9]]


def test_said_tells_which_verdicts_stand_on_records_and_reported_events(crisis):
    (moved,) = crisis.events(type="MOBILIZE")
    (struck,) = crisis.events(mode="drone")
    statement = crisis.judgements(what="statement").first().record
    said = crisis.said([moved.id, struck.id, statement])
    assert said == {moved.id: ["confirmed", "corrected"], statement: ["corrected"]}
