"""The page of an article: its marks, the record that is chosen, and why it was read so."""

from types import SimpleNamespace

import pytest
from lxml import html

import tocsin
from tests.crisis import ARRIVED
from tests.desk.conftest import client_of, page_of
from tests.made import Draft
from tests.storm import keep
from tocsin.publish.desk.opened import Desk
from tocsin.records import ActExplanation, Candidate, Explanation, Verdict


@pytest.fixture(scope="module")
def arrived(store):
    """An article of the family of copies, with its report."""
    (family,) = store.families()
    return store.report(family.articles[0])


@pytest.fixture
def get(client, arrived):
    """Return the page of the article with something chosen."""

    def ask(asked="", **headers):
        answer = client.get(f"/articles/{arrived.article.id}{asked}", headers=headers)
        assert answer.status_code == 200
        return html.document_fromstring(answer.text)

    return ask


def _text(page, path):
    return " ".join(page.xpath(f"string({path})").split())


def _chosen(page):
    """Return the stretches of the text that are marked as chosen."""
    pieces = page.xpath("//p[@class='words']//*[contains(@class, 'chosen')]")
    return [(int(piece.get("data-start")), int(piece.get("data-end"))) for piece in pieces]


def test_article_shows_its_whole_text_with_marks(get):
    page = get()
    shown = [p.text_content() for p in page.xpath("//p[@class='words']")]
    assert shown == ARRIVED.split("\n\n")
    assert page.xpath("//p[@class='words']//a[contains(@class, 'trigger')]")


def test_article_leads_to_its_family_and_to_the_other_prints(get, arrived, store):
    links = get().xpath("//p[@class='printed']//@href")
    (family,) = store.families()
    others = [each for each in family.articles if store.report(each).article.text == ARRIVED]
    others.remove(arrived.article.id)
    assert links == [f"/families/{family.id}", f"/articles/{others[0]}"]


def test_article_leads_only_to_addresses_of_the_web(get, arrived):
    (link,) = get().xpath("//p[@class='about']/a/@href")
    assert link == arrived.article.url


def test_chosen_event_is_marked_in_the_text_and_leads_to_the_reported_event(get, arrived, store):
    (event,) = arrived.events
    page = get(f"?record={event.id}")
    spans = _chosen(page)
    assert (spans[0][0], spans[-1][1]) == event.words
    (link,) = page.xpath("//div[@id='record']//a[starts-with(@href, '/events/')]/@href")
    key = link.rpartition("/")[2]
    assert event.id in {each.event.id for each in store.event(key).event.tellings}


def test_chosen_event_shows_both_sides_of_a_contradiction(get, arrived):
    page = get(f"?record={arrived.events[0].id}")
    sides = page.xpath("//div[@id='record']//blockquote//a/@href")
    assert len(sides) == 2
    assert all(side.startswith("/articles/") and "?record=" in side for side in sides)


def test_chosen_statement_leads_to_its_speaker(get, arrived):
    statement = arrived.statements[1]
    page = get(f"?record={statement.id}")
    assert page.xpath("//div[@id='record']//a[starts-with(@href, '/speakers/')]")
    assert "Han Doyun" in _text(page, "//h2[@id='record-title']")


def test_chosen_statement_tells_what_the_checks_say_of_its_speaker(get, arrived):
    page = get(f"?record={arrived.statements[1].id}")
    assert "Another person, not Han Doyun" in _text(page, "//div[@id='record']")


def test_chosen_office_claim_leads_to_the_office(get, arrived):
    page = get(f"?record={arrived.office_claims[0].id}")
    assert page.xpath("//div[@id='record']//a/@href[. = '/office/KOR%3Adefence']")


def test_finding_is_chosen_with_the_record_that_it_is_about(get, store, arrived):
    held = store.findings(check="tenure", verdict="contradicted").found()
    found = next(each for each in held if each.text_id == arrived.article.text_id)
    page = get(f"?record={found.id}")
    assert page.xpath("//div[@id='record']/section/@data-record") == [found.finding.about]


def test_every_finding_of_an_article_can_be_chosen(tmp_path):
    draft = Draft(text="Chad shelled posts of Niger. A source said so. Another source said so.")
    draft.find(None, Verdict.UNSURE, check="sourcing", sentence="Nobody has a name.")
    folder = keep(tmp_path / "store", [draft.report])
    with tocsin.open(folder) as kept:
        (found,) = kept.findings().found()
    page = page_of(client_of(folder), f"/articles/{draft.report.article.id}?record={found.id}")
    assert "Nobody has a name." in _text(page, "//div[@id='record']")


def test_words_choose_the_most_specific_record_and_name_the_others(get, arrived):
    start, end = arrived.events[0].trigger
    page = get(f"?words={start}-{end}")
    assert page.xpath("//div[@id='record']/section/@data-record") == [arrived.events[0].id]
    beside = page.xpath("//h3[.='Also on these words']/following-sibling::ul//a/@href")
    assert f"?record={arrived.statements[0].id}#w-{arrived.statements[0].id}" in beside


@pytest.mark.parametrize("words", ["400000-400009", "9-3", "x", "1-"])
def test_words_without_a_record_say_so(get, words):
    assert "No record lies on these words." in _text(get(f"?words={words}"), "//div[@id='record']")


def test_scripts_get_the_panel_alone(get, arrived):
    part = get(f"?record={arrived.events[0].id}", **{"x-part": "yes"})
    assert not part.xpath("//nav | //p[@class='words']")
    assert part.xpath("//section/@data-spans")


@pytest.mark.parametrize("address", ["/articles/none", "/articles/none?record=1"])
def test_article_that_is_not_there_is_not_found(client, address):
    answer = client.get(address)
    assert (answer.status_code, "no such article" in answer.text) == (404, True)


def test_record_that_is_not_in_the_article_is_not_found(client, arrived):
    answer = client.get(f"/articles/{arrived.article.id}?record=none")
    assert (answer.status_code, "no such record" in answer.text) == (404, True)


HOSTILE = '"><script>hacked()</script><img src=x onerror=hacked()>{{ 7 * 7 }}\u202e</textarea>'


def test_hostile_words_of_an_article_are_shown_and_do_nothing(tmp_path):
    made = Draft(
        text=f"He {HOSTILE} said {HOSTILE} fired.",
        url="javascript:hacked()",
        others={"title": HOSTILE, "outlet": HOSTILE},
    )
    he = made.actor("He", office=HOSTILE, because=HOSTILE)
    made.state(he, HOSTILE)
    made.happen("fired", "fired", actors=(he,), contexts=(HOSTILE,))
    claim = made.claim(f"{HOSTILE} fired", HOSTILE)
    made.find(claim, Verdict.CONTRADICTED, sentence=HOSTILE, compared={HOSTILE: HOSTILE})
    visitor = client_of(keep(tmp_path, [made.report]))
    records = (*made.statements, *made.events, *made.claims)
    events = [
        f"/events/{each}" for each in tocsin.open(tmp_path).around(made.report).events.values()
    ]
    page = f"/articles/{made.article.id}"
    for address in (page, *(f"{page}?record={each.id}" for each in records), *events):
        answer = visitor.get(address)
        shown = html.document_fromstring(answer.text)
        assert answer.status_code == 200
        assert not shown.xpath("//main//script | //main//img | //@onerror")
        assert not [href for href in shown.xpath("//@href") if href.startswith("javascript")]
        assert "49" not in shown.xpath("string(//main)").replace("{{ 7 * 7 }}", "")
        assert "\u202e" not in answer.text
        assert "&amp;lt;" not in answer.text  # escaped once, and not twice


# --------------------------------------------------------------------------- why


@pytest.fixture
def explained(arrived, monkeypatch):
    """Let the reader explain the one event of the article."""
    event = arrived.events[0]
    act = ActExplanation(
        trigger=event.trigger,
        chances={"act": 0.97, "MOBILIZE": 0.9},
        lexicon="acts.tsv:7",
        candidates=(Candidate(entry="move <troops>", type="MOBILIZE", mode="troops", score=2.0),),
        parse=("object: troops",),
        parties=("North Korea: the subject",),
        steps=("past: asserted",),
        event=event.id,
        outcome="MOBILIZE",
    )
    found = (Explanation(sentence=event.words, acts=(act,)),)
    monkeypatch.setattr(Desk, "explain", lambda *_: found)
    return SimpleNamespace(address=f"/articles/{arrived.article.id}/explain?record={event.id}")


def test_reasons_are_told_as_the_command_tells_them(client, explained):
    page = page_of(client, explained.address)
    told = _text(page, "//section[@class='acts-explained']")
    for words in ("0.97", "“move <troops>” (MOBILIZE-troops, 2)", "acts.tsv:7", "object: troops"):
        assert words in told
    assert page.xpath("//nav")


def test_reasons_are_a_part_for_scripts(client, explained):
    page = page_of(client, explained.address, headers={"x-part": "y"})
    assert page.xpath("//section[@class='acts-explained']")
    assert not page.xpath("//nav")


def test_reasons_for_what_the_reader_does_not_find_any_more_say_so(client, explained):
    assert "tocsin reread" in client.get(f"{explained.address}0").text
