"""Two clauses side by side, as headlines have them: what one says, the other does not say."""

from datetime import date

import pytest

from tocsin.extract.events.coding import find_events
from tocsin.extract.speech.attribution import find_statements
from tocsin.records import Article, Stance, Status


@pytest.fixture
def statements_of(models):
    def find(text):
        return list(find_statements(models.read(text), Article(id="a", text=text), (), None))

    return find


@pytest.fixture
def events_of(models):
    def find(text):
        article = Article(id="a", text=text, published=date(2024, 6, 12))
        reading = models.read(text)
        statements = list(find_statements(reading, article, (), models.tagger))
        return list(find_events(reading, article, statements))

    return find


@pytest.mark.parametrize(
    "text",
    [
        "Israeli strike kills 12 in Gaza; army denies targeting civilians",
        "Israeli strike kills 12 in Gaza; army denies targeting civilians.",
        "Thailand shells Cambodian village, Bangkok denies firing first",
        "Missile strikes Ukrainian port, three injured; Russia rejects blame",
        "Drone hits Estonian power station, two hurt; Moscow denies launching it",
    ],
)
def test_find_events_keeps_a_denial_from_the_clause_beside_it(events_of, text):
    [event] = [e for e in events_of(text) if e.status is not Status.DENIED]
    assert (event.type, event.status) == ("ASSAULT", Status.ASSERTED)


@pytest.mark.parametrize(
    "text",
    [
        "Pakistan denies that its jets struck Kabul",
        "Kremlin denies it shelled Kherson; UN blames Russian forces",
    ],
)
def test_find_events_still_denies_what_is_denied(events_of, text):
    [event] = [e for e in events_of(text) if e.type == "ASSAULT"]
    assert event.status is Status.DENIED


@pytest.mark.parametrize(
    "text",
    ["Airstrike kills ten soldiers in Sudan, army says", "Russia shelled Sumy, Ukraine said."],
)
def test_find_events_leaves_what_is_reported_before_its_cue_to_the_cue(events_of, text):
    [event] = events_of(text)
    assert event.status is Status.REPORTED


def test_find_statements_takes_no_clause_beside_a_denial_for_what_is_denied(statements_of):
    text = "Thailand shells Cambodian village, Bangkok denies firing first"
    denied = [s for s in statements_of(text) if s.stance is Stance.DENIES]
    assert [text[slice(*words)] for s in denied for words in s.content] == ["firing first"]


def test_find_events_gives_the_second_clause_only_its_own_words(events_of):
    text = "Iran denies attack on Saudi refinery, US imposes new sanctions on Tehran"
    [event] = [e for e in events_of(text) if e.type == "COERCE"]
    assert text[slice(*event.words)] == "US imposes new sanctions on Tehran"


def test_find_events_makes_no_request_of_what_stands_beside_a_demand(events_of):
    found = events_of("Serbia arrests Kosovo police officers, Pristina demands release")
    arrest = next(e for e in found if e.type == "COERCE")
    assert [a.country for a in arrest.actors] == ["SRB"]


def test_find_events_leaves_a_number_of_victims_out_of_the_name_of_what_is_hit(events_of):
    [event] = events_of("Drone hits Moldovan customs post, two killed; Moscow denies launching it")
    assert [r.name for r in event.recipients] == ["Moldovan customs post"]


def test_find_events_does_not_lend_a_subject_to_a_clause_with_its_own_verb(events_of):
    [event] = events_of("Moscow denies involvement after drone strikes Polish village")
    assert [a.name for a in event.actors] == ["drone"]


def test_find_events_tells_of_a_strike_and_whom_it_kills_as_one(events_of):
    [event] = events_of("Russia strikes Kharkiv hospital, kills four")
    assert [r.country for r in event.recipients] == ["UKR"]


def test_find_events_ends_the_words_at_the_paragraph(events_of):
    text = "Kyiv offers Moldova help after strike on border post\n\n        Rain fell in Chisinau."
    [event] = events_of(text)
    assert text[slice(*event.words)] == "Kyiv offers Moldova help after strike on border post"


@pytest.mark.parametrize(
    ("text", "kind", "status"),
    [
        ("Denmark's leaders opposed a US annexation of Greenland.", "ASSAULT", "hypothetical"),
        ("Hungary opposed the EU sanctions on Russia.", "COERCE", "reported"),
        ("Israel rejected accusations that it bombed a Lebanese hospital.", "ASSAULT", "denied"),
        (
            "The US denied visas to two Brazilian judges for arresting Kenyans.",
            "COERCE",
            "asserted",
        ),
        (
            "Iran's judiciary denied it scheduled the execution of a man arrested in connection "
            "with protests in Tehran.",
            "PROTEST",
            "reported",
        ),
        (
            "She did not know that Russian troops had killed her Ukrainian son.",
            "ASSAULT",
            "reported",
        ),
        ("Hamas must disarm before Israeli troops withdraw from Gaza.", "RETREAT", "hypothetical"),
    ],
)
def test_find_events_denies_only_what_is_said_not_to_have_happened(events_of, text, kind, status):
    found = [e.status for e in events_of(text) if e.type == kind]
    assert found
    assert set(found) == {Status(status)}


def test_find_events_gives_allies_of_a_country_not_that_country(events_of):
    found = events_of("Venezuela's long-term allies condemned the US strikes.")
    assert [a.country for e in found for a in e.actors] == [None]


def test_find_events_makes_no_actor_of_the_town_of_talks(events_of):
    [event] = events_of("The Geneva talks between Iran and the United States began on Monday.")
    assert [a.country for a in event.actors] == ["IRN", "USA"]


def test_find_events_alleges_only_the_clause_of_the_adverb(events_of):
    found = events_of("The US has carried out 36 strikes against vessels allegedly carrying drugs.")
    assert [e.status for e in found] == [Status.ASSERTED]


def test_find_events_takes_a_headline_and_its_first_sentence_for_one_act(events_of):
    [event] = events_of(
        "Drone hits Moldovan customs post, two killed\n\n"
        "A drone struck a Moldovan customs post at Palanca on Wednesday."
    )
    assert event.place is not None
    assert event.place.name == "Palanca"


def test_find_events_keeps_apart_what_unknown_actors_do_to_different_things(events_of):
    found = events_of("A drone struck a Moldovan customs post. A drone struck a Moldovan farm.")
    assert len(found) == 2


def test_find_events_reads_the_country_of_a_counterpart_from_its_adjective(events_of):
    [event] = events_of("Japan's foreign minister spoke with his Chadian counterpart by telephone.")
    assert [p.country for p in (*event.actors, *event.recipients)] == ["JPN", "TCD"]


def test_find_events_gives_counterparts_all_their_countries(events_of):
    [event] = events_of(
        "Kenya's foreign minister met his Chadian and Malian counterparts in Nairobi."
    )
    parties = [p.country for p in (*event.actors, *event.recipients)]
    assert sorted(parties) == ["KEN", "MLI", "TCD"]


def test_find_events_takes_neighbours_for_those_who_are_named_beside_them(events_of):
    [event] = events_of("Niger blamed its neighbours Benin and Togo.")
    assert "BEN" in [p.country for p in event.recipients]
