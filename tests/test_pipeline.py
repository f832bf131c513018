import textwrap
from datetime import date

import pytest

from tocsin.articles.items import failed
from tocsin.articles.plain import read_plain
from tocsin.articles.prose import keys_of
from tocsin.articles.read import read_article_bytes
from tocsin.errors import EmptyInputError
from tocsin.pipeline import explain_article, process_article, process_articles
from tocsin.records import Article, Failure, Report
from tocsin.settings import Settings


def test_process_article_gives_the_same_report_twice(tools):
    article = read_plain("Russia's ambassador said that the talks had failed.", "x")
    assert process_article(article, tools) == process_article(article, tools)


def test_process_article_keeps_offsets_in_markdown(tools):
    text = (
        "# Talks fail\n\nThe **French** minister said: “We have [no deal](https://example.org).”\n"
    )
    article = Article(id="a", text=text, media_type="text/markdown")
    [statement] = process_article(article, tools).statements
    said = "".join(text[start:end] for start, end in statement.content)
    assert said.strip("“”").startswith("We have [no deal]")


def test_process_articles_goes_on_past_a_failure(tools, monkeypatch):
    broken = read_plain("broken", "broken.txt")
    read = type(tools.models).read

    def fail(self, text):
        if text == "broken":
            raise RuntimeError("out of paper")
        return read(self, text)

    monkeypatch.setattr(type(tools.models), "read", fail)
    earlier = Failure(origin="y", error="EmptyInputError", message="empty")
    kinds = list(process_articles([earlier, broken, read_plain("All is well.", "x")], tools))
    assert kinds[0] is earlier
    assert "out of paper" in kinds[1].message
    assert kinds[1].origin == "broken.txt"
    assert isinstance(kinds[2], Report)


def test_failed_keeps_the_message_of_a_foreseen_error():
    record = failed(EmptyInputError("the input is empty", value="x"), "x")
    assert (record.error, record.message) == ("EmptyInputError", "the input is empty: x.")


def test_process_article_takes_no_dateline_for_a_subject(tools):
    text = "OSLO, May 3, 2023 (NTB) - Norway and Sweden have signed a treaty, officials said."
    article = read_article_bytes(text.encode(), origin="x", settings=Settings())
    [event] = process_article(article, tools).events
    assert {actor.country for actor in event.actors} == {"NOR", "SWE"}


PLAIN = (
    "Israeli Defense Minister Yoav Gallant said on Monday that the army would enter Rafah. “We "
    "will not stop until all of them are home,” French President Emmanuel Macron said in Paris. "
    "Russian forces shelled the Ukrainian town of Vovchansk, Ukraine’s foreign ministry said."
)


def told(article: Article, tools) -> list[object]:
    """Return all that was found, with the words of `article` at its offsets as one line."""
    report = process_article(article, tools)

    def words(*spans):
        return " ".join(" ".join(article.text[start:end] for start, end in spans if spans).split())

    return [
        [(c.name, c.office, c.offices, words(c.words)) for c in report.office_claims],
        [
            (s.speaker and s.speaker.name, words(*s.content), s.manner, words(s.cue or (0, 0)))
            for s in report.statements
        ],
        [(e.type, [a.country for a in e.actors], words(e.trigger)) for e in report.events],
        [(f.check, f.verdict, f.sentence) for f in report.findings],
    ]


@pytest.mark.parametrize("width", [35, 60, 72])
def test_process_article_finds_the_same_in_lines_broken_for_their_length(tools, width):
    day = date(2024, 5, 7)
    lines = textwrap.fill(PLAIN, width).replace("\n", "\r\n" if width == 60 else "\n")
    broken = Article(id="x", text=lines, published=day)
    assert told(broken, tools) == told(Article(id="x", text=PLAIN, published=day), tools)


@pytest.mark.parametrize("space", ["\u00a0", "  ", " \u2009"])
def test_process_article_finds_the_same_whatever_the_spaces(tools, space):
    day = date(2024, 5, 7)
    text = PLAIN.replace(" ", space)
    found = told(Article(id="x", text=text, published=day), tools)
    assert found == told(Article(id="x", text=PLAIN, published=day), tools)


def test_process_article_gives_ids_that_fit_the_unaltered_text(tools):
    article = Article(id="x", text=PLAIN.replace(" ", "  "), published=date(2024, 5, 7))
    report = process_article(article, tools)
    for record in (*report.office_claims, *report.statements, *report.events):
        assert record.id in keys_of(record, article.text_id)
    explained = {act.event for each in explain_article(article, tools) for act in each.acts}
    assert explained - {None} == {event.id for event in report.events}
    claims = {claim.id for claim in report.office_claims}
    assert {f.about for f in report.findings if f.check == "tenure"} <= claims


def test_explain_article_explains_the_events_of_the_report(tools):
    article = read_plain("Norway praised Sweden. The minister said Sweden shelled Norway.", "x")
    explained = {act.event for each in explain_article(article, tools) for act in each.acts}
    events = {event.id for event in process_article(article, tools).events}
    assert events
    assert events == explained - {None}


def test_process_article_doubts_numbers_days_and_gaps(tools):
    text = (
        "A blast killed 12 people in Kharkiv on Monday. The mayor met relatives of the 15 people "
        "killed. He spoke of the fall of the Berlin Wall on 9 November 1990. By [Your Name]"
    )
    report = process_article(read_plain(text, "x"), tools)
    doubted = {(f.check, text[slice(*f.words)]) for f in report.findings if f.words}
    assert doubted >= {
        ("counts", "15 people"),
        ("known_days", "fall of the Berlin Wall on 9 November 1990"),
        ("residue", "By [Your Name]"),
    }


def test_account_counts_no_doubt_that_is_told(tools):
    text = "Yemeni President Abdrabbuh Mansur Hadi met Judge Mara Lind."
    article = Article(id="a", text=text, published=date(2024, 10, 29))
    assert process_article(article, tools).account.absences == {"office_not_specific": 1}
