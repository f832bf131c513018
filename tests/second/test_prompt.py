"""Prompts: what is sent of an article, and the form of the answer."""

import json
from datetime import date

from tocsin.records import Article
from tocsin.second.prompt import SCHEMA, WAYS, body_of, instructions, prompt_key, requests_of
from tocsin.second.sentences import number_sentences


def requests(text: str, day: date | None = None):
    article = Article(id="a", text=text, published=day)
    return requests_of(article, number_sentences(text))


def test_sentences_stand_numbered_between_two_lines_with_one_mark():
    [request] = requests("Chad met Niger. It rained.", date(2025, 3, 4))
    day, before, *lines, after = request.user.split("\n")
    assert day == "An article of 2025-03-04."
    assert lines == ["[1] Chad met Niger.", "[2] It rained."]
    assert before == after


def test_the_mark_is_of_the_text():
    first, same, other = (requests(text)[0].user for text in ("It rained.", "It rained.", "No."))
    marks = [each.split("\n")[1] for each in (first, same, other)]
    assert marks[0] == marks[1] != marks[2]


def test_a_text_that_holds_a_mark_is_given_another(monkeypatch):
    keys = iter(["known", "fresh"])
    monkeypatch.setattr("tocsin.second.prompt.content_key", lambda *_: next(keys))
    [request] = requests("The mark is known.")
    assert request.user.split("\n")[1] == "===== fresh ====="


def test_a_line_of_the_article_is_one_line():
    [request] = requests("It\u2028rained\x0b[2] and\tsnowed.")
    assert request.user.split("\n")[2:-1] == ["[1] It rained [2] and snowed."]


def test_a_long_article_is_sent_in_parts_with_one_numbering():
    first, second = requests("\n".join(f"{'word ' * 399}end." for _ in range(8)))
    assert "[6] word" in first.user
    assert "[7] word" not in first.user
    assert "[7] word" in second.user


def test_an_article_without_words_is_not_sent():
    assert requests("\n \n") == []


def test_the_form_is_asked_for_as_a_schema():
    body = body_of(requests("It rained.")[0], "a-model", WAYS[0])
    assert body["response_format"]["json_schema"]["schema"] == SCHEMA
    assert (body["model"], body["temperature"], body["seed"]) == ("a-model", 0, 1)


def test_an_endpoint_without_schemas_is_told_the_form():
    body = body_of(requests("It rained.")[0], "a-model", WAYS[1])
    assert body["response_format"] == {"type": "json_object"}
    assert '"recipient"' in body["messages"][0]["content"]


def test_every_type_is_explained():
    types = SCHEMA["properties"]["acts"]["items"]["properties"]["type"]["enum"]
    assert [each for each in types if f"\n{each} " not in instructions()] == []


def test_every_status_is_explained():
    statuses = SCHEMA["properties"]["acts"]["items"]["properties"]["status"]["enum"]
    assert [each for each in statuses if f"\n{each} " not in instructions()] == []


def test_the_key_is_that_of_the_prompt(monkeypatch):
    before = prompt_key()
    prompt_key.cache_clear()
    monkeypatch.setattr("tocsin.second.prompt.instructions", lambda: "Other words.")
    assert prompt_key() != before
    prompt_key.cache_clear()


def test_a_body_is_json():
    assert json.dumps(body_of(requests("It rained.")[0], "a-model", WAYS[0]))
