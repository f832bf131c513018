"""Marked news out of judgements: what a judge left standing, as news is marked by hand."""

import importlib.util
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

import tocsin
from tests.crisis import make_crisis
from tocsin.models.pieces import Vocabulary
from tocsin.models.reader import STATUSES, TYPES
from tocsin.publish.exports.export import Kept
from tocsin.publish.exports.marked import make_acts, write_marked
from tocsin.store.asked import Judged
from tocsin.store.judgements import judge_record, open_to_judge
from training.reader.marks import make_marked, read_rows

SCORER = Path(__file__).parents[3] / "shared/gold/score_events.py"


@pytest.fixture
def crisis(tmp_path):
    """A store in which Ada has added an act to an article, and rejected one of its two."""
    return make_crisis(tmp_path / "crisis")


@pytest.fixture
def article(crisis):
    with tocsin.open(crisis) as store:
        (found,) = store.articles(outlet="Seoul Ledger", since="2024-10-30")
    return found.id


def say(folder, record, verdict, judge="Ada", **given):
    with open_to_judge(folder) as connection:
        judge_record(
            connection,
            record,
            judge,
            Judged(verdict),
            given=given,
            clock=lambda: datetime(2026, 11, 30, tzinfo=UTC),
        )


def struck(folder):
    """Return the id of the event that nobody has judged in the article."""
    with tocsin.open(folder) as store:
        return store.events(mode="drone").first().id


def exported(folder, **asked):
    out = io.StringIO()
    with tocsin.open(folder) as store:
        kept = Kept(store=store, asked=asked, watch=lambda found, *_: found)
        outcome = write_marked(out, kept)
    return [json.loads(line) for line in out.getvalue().splitlines()], outcome


@pytest.fixture
def complete(crisis, article):
    say(crisis, struck(crisis), "corrected", status="reported", day="2024-10")
    say(crisis, article, "complete")
    return crisis


def test_only_articles_that_are_complete_are_written(crisis):
    assert exported(crisis)[0] == []


def test_an_article_has_its_text_and_what_news_marked_by_hand_has(complete, article):
    ((row,), outcome) = exported(complete)
    assert list(row) == ["id", "date", "outlet", "pool", "text", "acts"]
    assert (row["id"], row["date"], row["outlet"]) == (article, "2024-10-30", "Seoul Ledger")
    assert outcome.sentence() == "1 article, 2 acts"


def test_what_is_confirmed_corrected_or_added_is_marked_and_nothing_else(complete):
    ((row,), _) = exported(complete)
    first, second = row["acts"]
    assert first == {
        "act": [17, 23],
        "type": "ASSAULT",
        "status": "reported",
        "actor_words": [[0, 9]],
        "actors": ["UKR"],
        "actor_sectors": ["MIL"],
        "recipient_words": [[129, 141]],
        "recipients": ["RUS"],
        "recipient_sectors": ["MIL"],
        "by": [],
        "when": [[62, 71]],
        "day": "2024-10",
        "where": [[50, 58]],
        "same": None,
    }
    assert row["text"][slice(*second["act"])] == "depot"
    assert (second["type"], second["actors"], second["recipients"]) == ("AID", ["UKR"], [])


def test_an_article_on_which_judges_differ_is_left_out_but_for_a_chosen_one(complete, article):
    for each in ("confirmed", "complete"):
        record = article if each == "complete" else None
        with tocsin.open(complete) as store:
            events = [e.record for e in store.judgements(article=article, what="event")]
        for event in [record] if record else dict.fromkeys(events):
            say(complete, event, each, judge="Bo")
    rows, outcome = exported(complete)
    assert rows == []
    assert outcome.left_out == {"articles on which judges differ": 1}
    ((row,), _) = exported(complete, judge="bo")
    assert len(row["acts"]) == 3


def test_an_article_with_an_event_that_is_not_judged_any_more_is_left_out(complete):
    say(complete, struck(complete), "withdrawn")
    rows, outcome = exported(complete)
    assert (rows, outcome.written.total()) == ([], 0)
    assert outcome.left_out == {"articles with an event of which a judgement was taken back": 1}
    say(complete, struck(complete), "confirmed")
    assert len(exported(complete)[0]) == 1


def test_an_article_whose_events_are_all_judged_after_an_undo_is_written(complete):
    say(complete, struck(complete), "rejected")
    say(complete, struck(complete), "withdrawn")  # so that the correction stands again
    ((row,), _) = exported(complete)
    assert row["acts"][0]["status"] == "reported"


def test_an_article_is_written_that_is_called_complete_after_an_event_was_taken_out(
    complete, article
):
    say(complete, article, "added", words="Wednesday", type="AID")
    with tocsin.open(complete) as store:
        added = next(e.record for e in store.judgements(verdict="added", judge="Ada"))
    say(complete, added, "withdrawn")
    assert exported(complete)[0] == []
    say(complete, article, "complete")
    assert len(exported(complete)[0]) == 1


def test_judges_who_agree_give_one_article(complete, article):
    with tocsin.open(complete) as store:
        said = list(store.judgements(article=article, judge="Ada", what="event"))
    for each in said:
        verdict = "confirmed" if each.verdict is Judged.ADDED else str(each.verdict)
        say(complete, each.record, verdict, judge="Bo", **each.correction)
    say(complete, article, "complete", judge="Bo")
    rows, _ = exported(complete)
    assert [len(row["acts"]) for row in rows] == [2]


def fields(words, *mentions, same=()):
    nothing = ("actor_words", "recipient_words", "by", "when", "where", "actors", "recipients")
    named = {"words": [words], "mentions": list(mentions), "same": list(same)}
    return dict.fromkeys(nothing, ()) | named | {"type": "AID", "status": "asserted", "day": None}


def test_each_telling_of_an_act_is_a_mark_that_leads_to_the_first():
    acts = make_acts([fields([40, 45], [80, 85]), fields([10, 15])])
    assert [(act["act"], act["same"]) for act in acts] == [
        ([10, 15], None),
        ([40, 45], None),
        ([80, 85], 1),
    ]


def test_an_act_whose_words_are_no_first_telling_is_one_act():
    acts = make_acts([fields([50, 60], [10, 20], [30, 40])])
    assert [act["same"] for act in acts] == [None, 0, 0]


def test_an_act_told_again_leads_to_the_words_that_the_judge_names():
    acts = make_acts([fields([40, 45], same=[[10, 15]]), fields([10, 15])])
    assert [act["same"] for act in acts] == [None, 0]


def test_acts_that_name_each_other_go_in_no_circle():
    acts = make_acts([fields([40, 45], same=[[10, 15]]), fields([10, 15], same=[[40, 45]])])
    assert [act["same"] for act in acts] == [None, 0]


def test_training_reads_what_is_written(complete, tmp_path):
    rows, _ = exported(complete)
    path = tmp_path / "ada.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (row,) = read_rows([path])
    vocabulary = Vocabulary({"[CLS]": 0, "[SEP]": 1, "[UNK]": 2})
    (example,) = make_marked(row, vocabulary).examples
    assert [TYPES[act.type] for act in example.acts] == ["ASSAULT", "AID"]
    assert [STATUSES[act.status.argmax()] for act in example.acts] == ["reported", "asserted"]


@pytest.mark.skipif(
    not SCORER.exists(), reason="the scorer lies beside the project, and is not there"
)
def test_the_scorer_takes_what_is_written_for_gold(complete):
    spec = importlib.util.spec_from_file_location("score_events", SCORER)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    ((row,), _) = exported(complete)
    acts = scorer.acts_of(row)
    events = [{**act[0], "words": [act[0]["act"]]} for act in acts]
    pairs, twice = scorer.pair(events, acts)
    assert [agreed for *_, agreed in pairs] == [(True,) * 5] * 2
    assert twice == set()
