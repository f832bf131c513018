from tocsin.articles.items import failed
from tocsin.articles.plain import read_plain
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


def test_explain_article_explains_the_events_of_the_report(tools):
    article = read_plain("Norway praised Sweden. The minister said Sweden shelled Norway.", "x")
    explained = {act.event for each in explain_article(article, tools) for act in each.acts}
    events = {event.id for event in process_article(article, tools).events}
    assert events
    assert events == explained - {None}
