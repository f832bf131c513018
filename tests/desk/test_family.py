"""The page of a family: who printed whose text, why, and how two of them differ."""

import pytest
from lxml import html

import tocsin
from tests.crisis import ARRIVED
from tests.desk.conftest import client_of, page_of, words
from tests.made import Draft
from tests.storm import keep
from tocsin.publish.desk.links import to_family
from tocsin.publish.desk.opened import Desk
from tocsin.publish.desk.pages.family import members_of
from tocsin.records import Family
from tocsin.store.kinds.articles import FoundArticle
from tocsin.store.kinship import Kinship


@pytest.fixture(scope="module")
def family(crisis):
    """The one family of the made crisis: a text in two papers, and a copy in a third."""
    with tocsin.open(crisis) as store:
        return store.families().first()


@pytest.fixture
def page(client, family):
    return page_of(client, to_family(family.id))


def words_of(nodes):
    return [*map(words, nodes)]


def test_members_say_why_they_belong_to_it(page):
    rows = page.xpath("//table[contains(@class, 'kin')]/tbody/tr")
    roles = sorted(words_of(each.xpath("td[4]"))[0] for each in rows)
    assert roles == ["copy", "copy", "same words"]
    why = words_of(rows[-1].xpath("td[5]"))[0]
    assert why.startswith("100%: 29 of the shorter text's 29 words stand in the other")


def test_outlets_are_drawn_on_the_days_on_which_they_printed(page):
    drawn = {
        words_of(row.xpath("th"))[0]: row.xpath(".//circle/@cx")
        for row in page.xpath("//table[@class='timeline']//tr[@data-row]")
    }
    assert set(drawn) == {"Seoul Ledger", "Coast Daily", "Harbour Post"}
    assert drawn["Seoul Ledger"] == drawn["Coast Daily"] != drawn["Harbour Post"]


def test_differences_mark_what_one_article_has_alone(page):
    (text,) = page.find_class("differences")
    assert words_of(text.xpath(".//ins")) == ["More follows."]
    assert text.xpath(".//del") == []
    assert "North Korea moved troops to Kursk" in text.text


def test_two_articles_are_chosen_by_the_address(client, family):
    first, *_, last = family.articles
    answer = client.get(f"{to_family(family.id)}?one={last}&other={first}")
    (text,) = html.fromstring(answer.text).find_class("differences")
    assert words_of(text.xpath(".//del")) == ["More follows."]


def test_articles_with_the_same_words_have_no_differences(client, family):
    one, other, _ = family.articles
    page = client.get(f"{to_family(family.id)}?one={one}&other={other}").text
    assert "The words are the same." in page
    assert "<ins>underlined" in page


def test_article_that_is_no_member_is_not_found(client, family):
    assert client.get(f"{to_family(family.id)}?one=elsewhere").status_code == 404


def test_family_that_is_not_there_is_not_found(client):
    assert client.get("/families/nonsense").status_code == 404


def test_texts_of_a_family_never_become_markup(tmp_path):
    reports = []
    for number, added in enumerate(("", " <img src=x onerror=alert(1)> \u202e{{ 7 * 7 }}")):
        url = f"https://coast.example/{number}"
        draft = Draft(text=ARRIVED + added, url=url, others={"outlet": f"<i>{number}</i>"})
        reports.append(draft.report)
    desk = Desk(keep(tmp_path / "store", reports))
    client = client_of(desk)
    text = client.get(to_family(desk.store.families().first().id)).text
    assert "<ins>&lt;img src=x onerror=alert(1)&gt; [U+202E]{{ 7 * 7 }}</ins>" in text
    assert "<img src=x" not in text
    assert "<i>" not in text


# --------------------------------------------------------------------------- whose text


def article(key, text_id):
    return FoundArticle(
        id=key,
        text_id=text_id,
        published=None,
        language="en",
        characters=1,
        **dict.fromkeys(("title", "outlet", "url", "origin", "family")),
    )


def kin(one, other, similarity, kind="near"):
    return Kinship(one=one, other=other, kind=kind, similarity=similarity, sentence="Alike.")


def family_of(*copies, origin=None, passages=()):
    return Family(
        id="f", articles=copies, origin=origin, agency=None, because="", passages=passages
    )


ALL = [article("a", "1"), article("b", "2"), article("c", "3")]


def test_member_is_tied_to_the_origin_before_what_it_shares_more_with():
    found = members_of(
        family_of("a", "b", "c", origin="a"),
        ALL,
        [kin("1", "2", 0.9), kin("1", "3", 0.7), kin("2", "3", 0.95)],
    )
    assert [each.role for each in found] == ["origin", "copy", "copy"]
    assert [each.of and each.of.id for each in found] == [None, "a", "a"]


def test_member_without_words_of_the_origin_is_tied_to_an_earlier_one():
    family = family_of("a", "b", origin="a", passages=("c",))
    found = members_of(family, ALL, [kin("1", "2", 0.9), kin("2", "3", 0.3, "passage")])
    assert (found[2].role, found[2].of.id, found[2].kin.similarity) == ("passage", "b", 0.3)


def test_print_before_the_origin_has_the_words_of_the_origin():
    found = members_of(family_of("a", "b", origin="b"), [article("a", "1"), article("b", "1")], [])
    assert [(each.role, each.of and each.of.id) for each in found] == [
        ("same words", "b"),
        ("origin", None),
    ]
