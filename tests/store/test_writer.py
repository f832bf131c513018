from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tocsin.errors import StoreError
from tocsin.records import Failure, Manner, SetAside
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.rows import read_report
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer, failure_key


def test_keep_gives_the_report_back_as_it_was(writer, connection, selin):
    report = selin().report
    writer.keep([("k", "a.txt", report)])
    assert read_report(connection, report.article.id) == report


def test_keep_twice_changes_nothing(writer, connection, selin):
    batch = [
        ("k", "a.txt", selin().report),
        ("f", "b.txt", Failure(origin="b.txt", error="EncodingError", message="not UTF-8")),
        ("s", "c.txt", SetAside(origin="c.txt", language="fr")),
    ]
    writer.keep(batch)
    before = list(dump_content(connection))
    writer.keep(batch)
    assert list(dump_content(connection)) == before


def test_keep_analyses_one_text_once_for_all_who_print_it(writer, connection, selin):
    first, second = (selin(url=f"https://{each}.example/1").report for each in ("one", "two"))
    writer.keep([("1", "one", first), ("2", "two", second)])
    counts = [
        connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("texts", "articles", "statements", "texts_fts")
    ]
    assert counts == [1, 2, 3, 1]
    assert read_report(connection, second.article.id) == second


def test_keep_of_an_article_needs_its_text(writer, connection, selin):
    article = selin().article
    with pytest.raises(StoreError, match="text of this article is not in the store"):
        writer.keep([("k", "a.txt", article)])
    assert connection.execute("SELECT count(*) FROM items").fetchone() == (0,)


def test_keep_takes_an_article_before_the_report_of_its_text(writer, connection, selin):
    report, article = selin().report, selin(url="https://two.example/1").article
    writer.keep([("2", "two", article), ("1", "one", report)])
    assert connection.execute("SELECT count(*) FROM articles").fetchone() == (2,)


def test_keep_replaces_a_failure_by_a_success_and_never_the_other_way(writer, connection, selin):
    failure = Failure(origin="a.txt", error="TimeoutError", message="too slow")
    writer.keep([("k", "a.txt", failure)])
    writer.keep([("k", "a.txt", selin().report)])
    writer.keep([("k", "a.txt", failure)])
    assert connection.execute("SELECT outcome, error FROM items").fetchall() == [("kept", None)]


def test_keep_takes_the_latest_of_two_failures(writer, connection):
    for message in ("first", "again", "again, earlier in the alphabet"):
        failure = Failure(origin="a.txt", error="TimeoutError", message=message)
        writer.keep([("k", "a.txt", failure)])
    (said,) = connection.execute("SELECT message FROM items").fetchone()
    assert said == "again, earlier in the alphabet"


def test_keep_makes_a_failure_of_a_text_that_is_no_unicode(writer, connection, selin, draft):
    broken = draft(text="Half a character: \ud83d.").report
    writer.keep([("1", "broken.json", broken), ("2", "a.txt", selin().report)])
    rows = connection.execute("SELECT origin, outcome, error FROM items ORDER BY key").fetchall()
    assert rows == [("broken.json", "failed", "EncodingError"), ("a.txt", "kept", None)]
    assert connection.execute("SELECT count(*) FROM texts").fetchone() == (1,)


def test_keep_takes_file_names_of_any_bytes(writer, connection, selin):
    origin = b"caf\xe9.txt".decode("utf-8", "surrogateescape")
    draft = selin(others={"origin": origin})
    writer.keep([("k", origin, draft.report)])
    assert connection.execute("SELECT origin FROM items").fetchone() == (r"caf\udce9.txt",)


@pytest.mark.parametrize(
    "strange",
    [
        "\0 \x1b[31m red \x7f",
        "\u202e drawkcab \u2066",
        "word" * 500_000,
        "=1+1\t<script>\r\n",
        "\ufeff",
    ],
    ids=["control characters", "right to left", "one word of 2 MB", "formula", "byte order mark"],
)
def test_keep_gives_strange_texts_back_as_they_were(writer, connection, selin, strange):
    report = selin(f"{strange}{selin().text}{strange}", others={"title": strange}).report
    writer.keep([("k", "a.txt", report)])
    assert read_report(connection, report.article.id) == report
    settle(connection)
    assert not list(verify_store(connection))


def test_keep_keeps_all_of_a_batch_or_nothing(writer, connection, selin):
    unknown = selin("Another text of Selin on Tuesday: " + selin().text).article
    with pytest.raises(StoreError):
        writer.keep([("1", "a.txt", selin().report), ("2", "b.txt", unknown)])
    assert not list(dump_content(connection))


def test_known_keys_are_those_kept_or_set_aside(writer, selin):
    failure = Failure(origin="b.txt", error="EncodingError", message="not UTF-8")
    aside = SetAside(origin="c.txt", language="fr")
    writer.keep([("1", "a", selin().report), ("2", "b", failure), ("3", "c", aside)])
    assert writer.known_keys(["1", "2", "3", "4"]) == {"1", "3"}


def test_knows_text_once_it_is_kept(writer, selin):
    text_id = selin().article.text_id
    assert not writer.knows_text(text_id)
    writer.keep([("1", "a", selin().report)])
    assert writer.knows_text(text_id)


def test_failure_key_tells_two_failures_of_one_file_apart():
    cut, few = (Failure(origin="a.gz", error="InputError", message=m) for m in ("cut", "few"))
    assert failure_key(cut) == failure_key(cut) != failure_key(few)


def test_keep_tells_what_was_kept_already(writer, selin):
    batch = [("k", "a.txt", selin().report)]
    assert writer.keep(batch) == [("k", batch[0][2])]
    assert writer.keep(batch) == [("k", None)]


def test_keep_tells_that_the_article_of_another_input_was_kept_already(writer, selin):
    report = selin().report
    writer.keep([("k", "a/week.csv", report)])
    assert writer.keep([("other bytes", "b/week.csv", report)]) == [("other bytes", None)]


def test_drop_failures_drops_failures_only(writer, connection, selin):
    failure = Failure(origin="b.txt", error="EncodingError", message="not UTF-8")
    writer.keep([("1", "a.txt", selin().report), ("2", "b.txt", failure)])
    assert writer.failures() == {"2": "b.txt"}
    writer.drop_failures(["1", "2"])
    assert connection.execute("SELECT key FROM items").fetchall() == [("1",)]


def test_keep_notes_what_must_be_worked_out(writer, connection, selin):
    report = selin().report
    writer.keep([("k", "a.txt", report)])
    assert connection.execute("SELECT kind, key FROM pending ORDER BY 1, 2").fetchall() == [
        ("block", "ASSAULT||2025-03-04"),
        ("family", report.article.text_id),
        ("office", "KSH:def"),
        ("speaker", "body:VRD:vardan embassy"),
        ("speaker", "person:arda kishan"),
        ("text", report.article.text_id),
    ]


def test_keep_notes_nothing_when_an_article_comes_again(writer, connection, selin):
    writer.keep([("k", "a.txt", selin().report)])
    connection.execute("DELETE FROM pending")
    writer.keep([("k", "a.txt", selin().report)])
    assert connection.execute("SELECT count(*) FROM pending").fetchone() == (0,)


def test_keep_notes_all_that_counts_articles_when_a_known_text_is_printed_again(
    writer, connection, selin
):
    writer.keep([("k", "a.txt", selin().report)])
    connection.execute("DELETE FROM pending")
    writer.keep([("2", "two", selin(url="https://two.example/1").article)])
    kinds = {kind for (kind,) in connection.execute("SELECT kind FROM pending")}
    assert kinds == {"block", "family", "office", "speaker"}


def _inputs(selin):
    """Different origins of one article, prints of one text, other texts, failures, a success."""
    inputs = []
    for origin in ("b/a.txt", "a/a.txt"):
        draft = selin(others={"origin": origin, "title": f"Title in {origin}"})
        inputs.append((f"key of {origin}", origin, draft.report))
        inputs.append(("one key", origin, draft.report))
    for name in ("one", "two"):
        url = f"https://{name}.example/1"
        inputs.append((url, url, selin(url=url).report))
    other = selin(selin().text + "\nMore is not known.")
    other.state(None, "More is not known", manner=Manner.DIRECT)
    inputs.append(("other", "other.txt", other.report))
    inputs.append(("other", "other.txt", Failure(origin="o", error="E", message="m")))
    inputs.append(("aside", "fr.txt", SetAside(origin="fr.txt", language="fr")))
    return inputs


@given(order=st.permutations(range(9)), cut=st.integers(0, 9))
@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_keep_does_not_depend_on_the_order_of_arrival(order, cut, selin, tmp_path_factory):
    inputs = _inputs(selin)
    contents = []
    for batches in ([inputs], [[inputs[i] for i in order[:cut]], [inputs[i] for i in order[cut:]]]):
        connection = open_database(tmp_path_factory.mktemp("store"), create=True)
        for batch in batches:
            Writer(connection).keep(batch)
        contents.append(list(dump_content(connection)))
        connection.close()
    assert contents[0] == contents[1]


def test_keep_prefers_the_smaller_origin(writer, connection, selin):
    for origin in ("b.txt", "a.txt", "c.txt"):
        report = selin(others={"origin": origin, "title": origin}).report
        writer.keep([(origin, origin, replace(report))])
    assert connection.execute("SELECT title FROM articles").fetchall() == [("a.txt",)]
