"""The search: words in every kind at once."""

import pytest

from tests.desk.conftest import page_of


def find(client, words):
    return page_of(client, "/search", params={"q": words})


def test_search_finds_words_in_every_kind_that_has_them(client):
    page = find(client, "Tarn")
    titles = [each.text.strip() for each in page.xpath("//section[@class='hits']/h2")]
    assert {"Articles", "Speakers"} <= set(titles)


def test_search_says_how_many_there_are_and_leads_to_all(client):
    page = find(client, "Kursk")
    (more,) = page.xpath("//h2[@id='h-events']//a")
    there = page_of(client, more.get("href"))
    assert there.xpath("//*[@data-records]")[0].text in more.text_content()


def test_search_keeps_the_words_in_its_field(client):
    assert find(client, '"North Korea"').xpath("//input[@id='seek']/@value") == ['"North Korea"']


def test_search_for_what_nothing_has_says_so(client):
    assert "Nothing has all of these words." in find(client, "zzyzx").text_content()


def test_search_for_nothing_says_what_can_be_asked(client):
    assert "Nothing is asked yet." in find(client, " ").text_content()


@pytest.mark.parametrize("words", ['"', "a*", "\x00", "x" * 501])
def test_search_for_no_words_is_a_problem(client, words):
    answer = client.get("/search", params={"q": words})
    assert answer.status_code == 422
    assert "problem" in answer.text


def test_search_shows_what_it_was_given_as_text(client):
    page = client.get("/search", params={"q": "<script>alert(1)</script> Kursk"}).text
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page
