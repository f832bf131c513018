"""Pages of speakers, offices and persons: what articles say beside what the reference says."""

from datetime import date

import pytest

import tocsin
from tests.desk.conftest import client_of, page_of, words
from tests.made import Draft
from tests.storm import keep
from tocsin.publish.desk.links import to_person, to_speaker
from tocsin.publish.desk.pages.speaker import columns_of
from tocsin.records import Manner, Stance, Verdict
from tocsin.store.spoken import Spoken

#: He was until 12 December 2023; then it was Mohamad Hasan.
FORMER, OFFICE = "Zambry Abdul Kadir", "MYS:foreign_minister"
TEXT = (
    f"Malaysian Foreign Minister {FORMER} denied on Wednesday that talks had begun. “There will be"
    " no talks with a knife on the table,” he said. Mohamad Hasan, the foreign minister, was not"
    " asked."
)


def make_store(folder, days=(date(2024, 6, 19), date(2024, 6, 20))):
    """Make a store of a text about a former minister, printed anew each day."""
    return keep(folder, [_report(f"{TEXT} Edition {n}.", day) for n, day in enumerate(days)])


def _report(text, day):
    others = {"outlet": "Coast <b>Daily</b>", "title": f"Of {day} <script>alert(1)</script>"}
    draft = Draft(text=text, url=f"https://coast.example/{day}", published=day, others=others)
    former = draft.actor(FORMER, country="MYS", office="Malaysian Foreign Minister")
    draft.state(former, "talks had begun", stance=Stance.DENIES)
    words = "“There will be no talks with a knife on the table,”"
    draft.state(former, words, manner=Manner.DIRECT)
    wrong = draft.claim(
        f"Malaysian Foreign Minister {FORMER}", "Malaysian Foreign Minister", FORMER, OFFICE
    )
    draft.find(wrong, Verdict.CONTRADICTED, sentence="The office was held by Mohamad Hasan.")
    right = draft.claim(
        "Mohamad Hasan, the foreign minister", "foreign minister", "Mohamad Hasan", OFFICE
    )
    draft.find(right, Verdict.HOLDS)
    return draft.report


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The store of the former minister."""
    return make_store(tmp_path_factory.mktemp("people") / "store")


@pytest.fixture(scope="module")
def desk(folder):
    """Ask a desk on it."""
    return client_of(folder)


@pytest.fixture(scope="module")
def key(folder):
    """The key of the former minister."""
    with tocsin.open(folder) as store:
        (speaker,) = store.speakers(name="Zambry")
    return speaker.key


@pytest.fixture
def page(desk, key):
    return page_of(desk, to_speaker(key))


def section(page, name):
    """Return the text of a section of a page, on one line."""
    (found,) = page.xpath(f"//section[@aria-labelledby='h-{name}']")
    return words(found)


def rows_under(page, title):
    """Return the rows of a time line that stand under a title, as the words of their cells."""
    (head,) = page.xpath(f"//tbody[tr[1]/th[contains(., '{title}')]]")
    return [[words(cell) for cell in row] for row in head.xpath("tr")[1:]]


# --------------------------------------------------------------------------- a speaker


def test_speaker_is_shown_what_the_checks_say_first(page):
    titles = [words(each) for each in page.xpath("//main//h2")]
    assert titles == ["What the checks say", "Offices", "Statements", "Quotations"]
    told = section(page, "findings")
    assert "contradicted tenure The office was held by Mohamad Hasan." in told
    assert "2 contradicted" in told


def test_finding_leads_to_its_words_in_the_article(page):
    (first, *_) = page.xpath("//section[@id='findings']//li//a/@href")
    assert first.startswith("/articles/")
    assert "record=" in first


def test_speaker_has_claims_and_the_reference_on_one_scale(page):
    ((office, when, *_),) = rows_under(page, "Articles give")
    assert office == "Minister of Foreign Affairs of Malaysia contradicted"
    assert when == "2 times, 19 June 2024 to 20 June 2024"
    held = rows_under(page, "about these days")
    assert [row[0] for row in held] == ["Mohamad Hasan", FORMER]
    assert held[1][1].endswith("to 12 December 2023")
    assert "facts, no rights claimed" in held[1][3]


def test_claim_is_drawn_after_the_tenure_that_had_ended(page):
    (claim, *_) = page.xpath("//circle[contains(@class, 'tone-contradicted')]/@cx")
    *_, ended = page.xpath("//rect[@class='sure']")
    end = float(ended.get("x").rstrip("%")) + float(ended.get("width").rstrip("%"))
    assert float(claim.rstrip("%")) > end


def test_statements_of_a_speaker_are_chosen_by_stance(desk, key):
    page = page_of(desk, to_speaker(key) + "?stance=denies")
    assert section(page, "statements").count("talks had begun") == 2
    assert "knife" not in section(page, "statements")
    assert page.xpath("//nav[@aria-label='Stances']/a[@aria-current]/text()") == ["denies "]


def test_no_such_stance_is_refused(desk, key):
    assert desk.get(to_speaker(key) + "?stance=sings").status_code == 422


def test_statements_of_a_speaker_come_in_pages(tmp_path):
    days = [date(2024, 1, 1 + n) for n in range(14)]
    folder = make_store(tmp_path / "store", days)
    client = client_of(folder)
    with tocsin.open(folder) as store:
        (speaker,) = store.speakers(name="Zambry")
    first = page_of(client, to_speaker(speaker.key))
    (following,) = first.xpath("//a[@rel='next']/@href")
    second = page_of(client, following)
    said = [len(p.xpath("//section[@id='statements']//li[@data-row]")) for p in (first, second)]
    assert said == [25, 3]
    assert second.xpath("//a[@rel='first']")


def test_speaker_that_is_not_there_is_not_found(desk):
    assert desk.get("/speakers/person:nobody").status_code == 404


def test_links_of_a_page_lead_to_it_whatever_the_key_holds(tmp_path):
    draft = Draft(text="Who? #1 of 100%/2 spoke of rain.", url="https://coast.example/")
    draft.state(draft.actor("Who? #1 of 100%/2"), "rain")
    client = client_of(keep(tmp_path / "store", [draft.report]))
    with tocsin.open(tmp_path / "store") as store:
        (speaker,) = store.speakers()
    page = page_of(client, to_speaker(speaker.key))
    links = page.xpath("//nav[@aria-label='Stances']/a/@href")
    assert [client.get(each).status_code for each in links] == [200, 200]


def test_nothing_of_an_article_becomes_markup(desk, key):
    for path in (to_speaker(key), f"/office/{OFFICE}"):
        text = desk.get(path).text
        assert "&lt;script&gt;alert(1)" in text
        assert "<script>alert" not in text
        assert "<b>Daily" not in text


@pytest.mark.parametrize(("weeks", "step"), [(0, 7), (200, 28), (3000, 364)])
def test_bars_of_the_chart_are_weeks_or_longer(weeks, step):
    last = date(2024, 6, 19)
    first = date.fromordinal(last.toordinal() - 7 * weeks)
    days = ((first, Stance.DENIES, 2), (last, Stance.ASSERTS, 1))
    bars = columns_of(Spoken(by_day=days, by_stance=(), by_verdict={}), "denies")
    assert sum(bar.all for bar in bars) == 3
    assert sum(bar.chosen for bar in bars) == 2
    assert {(bar.last - bar.first).days + 1 for bar in bars} == {step}
    assert bars[-1].first <= last <= bars[-1].last


def test_chart_of_no_day_is_empty():
    assert columns_of(Spoken(by_day=(), by_stance=(), by_verdict={}), "") == []


# --------------------------------------------------------------------------- an office


def test_office_shows_holders_latest_first_with_origin_and_licence(desk):
    held = rows_under(page_of(desk, f"/office/{OFFICE}"), "The reference says")
    names = [row[0] for row in held]
    assert names.index("Mohamad Hasan") < names.index(FORMER)
    assert names[-1] == "Every holder is listed"
    assert all(row[3] for row in held if row[0] in (FORMER, "Mohamad Hasan"))
    assert held[0][1].endswith("and still on 31 December 2025")


def test_office_says_for_which_days_nobody_is_on_record(desk):
    held = rows_under(page_of(desk, f"/office/{OFFICE}"), "The reference says")
    (gap,) = [row for row in held if row[0] == "Nobody is on record"]
    assert gap[1] == "11 May 2018 to 1 July 2018 which says nothing about who held it"


def test_office_shows_what_articles_say_of_it(desk):
    page = page_of(desk, f"/office/{OFFICE}")
    said = rows_under(page, "Articles of the store say")
    assert [row[0] for row in said] == [f"{FORMER} contradicted", "Mohamad Hasan holds"]
    assert len(page.xpath("//section[@id='claims']//li")) == 4


def test_office_of_which_no_article_speaks_has_its_holders(client):
    page = client.get("/office/UKR:defence_minister").text
    assert "Rustem Umerov" in page
    assert "No article of the store speaks of this office alone." in page


@pytest.mark.parametrize("path", ["/office/UKR:nonsense", "/person/Q0"])
def test_what_is_not_in_the_reference_is_not_found(client, path):
    assert client.get(path).status_code == 404


# --------------------------------------------------------------------------- looked up


def test_words_find_offices_with_their_holder_on_a_day(client):
    page = client.get("/office?q=Defense+Minister+of+Ukraine&on=2024-10-29").text
    assert "/office/UKR%3Adefence_minister" in page
    assert "Rustem Umerov" in page
    assert "The list of holders is complete for this day." in page


def test_words_find_persons(client):
    page = page_of(client, "/office?q=Shoigu")
    assert "Sergei Shoigu" in section(page, "people")


def test_words_that_the_reference_does_not_know_say_nothing_about_them(client):
    assert "The reference has no record of these words." in client.get("/office?q=qwrtz").text


@pytest.mark.parametrize("asked", ["q=" + "Kim+" * 100, "q=Kim&on=someday"])
def test_look_up_refuses_what_it_cannot_read(client, asked):
    assert client.get(f"/office?{asked}").status_code == 422


def test_person_has_offices_and_the_way_to_the_speaker(desk):
    page = page_of(desk, to_person("Q4082839"))
    assert "Minister of Defence of Russia" in section(page, "held")
    assert "Nobody speaks in it" in section(page, "store")


def test_office_is_found_without_capitals(client):
    page = client.get("/office?q=foreign minister of russia").text
    assert "/office/RUS%3Aforeign_minister" in page
