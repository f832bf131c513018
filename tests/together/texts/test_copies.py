from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.copy_families import read_articles, read_parts
from tocsin.together.texts.copies import match_texts, shared
from tocsin.together.texts.shingles import split_words

ARTICLES = read_articles()
ARTICLE = ARTICLES["camp-1"]
PARAGRAPHS = ARTICLE.split("\n\n")
LONG = ARTICLES["coup-3"]
AGENCY = read_parts("parts", "agency")[0]
QUOTATION = read_parts("parts", "quotations")[0]


def inside(host, part, after=2):
    """Return the article `host` with `part` after so many paragraphs."""
    paragraphs = ARTICLES[host].split("\n\n")
    return "\n\n".join([*paragraphs[:after], part, *paragraphs[after:]])


def words_of(text):
    return [word.casefold() for word in split_words(text)]


def test_match_of_the_same_words_is_verbatim():
    match = match_texts(ARTICLE, ARTICLE.replace('"', "”").upper())
    assert match.kind == "verbatim"
    assert match.similarity == 1


def test_match_of_light_edits_is_near():
    edited = ARTICLE.replace("said", "stated").replace("people", "persons")
    match = match_texts(ARTICLE, edited)
    assert match.kind == "near"
    assert match.similarity > 0.9


@pytest.mark.parametrize("kept", [4, 5, 6])
def test_match_of_an_article_cut_from_the_end_is_near(kept):
    assert match_texts(ARTICLE, "\n\n".join(PARAGRAPHS[:kept])).kind == "near"


def test_match_of_paragraphs_in_another_order_is_near():
    match = match_texts(ARTICLE, "\n\n".join([*PARAGRAPHS[:2], *reversed(PARAGRAPHS[2:])]))
    assert match.kind == "near"
    assert match.similarity > 0.95


def test_match_of_two_articles_around_one_agency_text_is_a_passage():
    match = match_texts(inside("coup-3", AGENCY), inside("strait-2", AGENCY, after=4))
    assert match.kind == "passage"
    (passage,) = match.passages
    assert words_of(inside("coup-3", AGENCY)[slice(*passage.one)]) == words_of(AGENCY)


def test_match_shows_the_same_words_on_both_sides():
    one, other = inside("coup-3", AGENCY), inside("strait-2", AGENCY, after=4)
    for passage in match_texts(one, other).passages:
        assert words_of(one[slice(*passage.one)]) == words_of(other[slice(*passage.other)])


def test_match_swapped_swaps_the_sides_only():
    one, other = inside("coup-3", AGENCY), inside("strait-2", AGENCY, after=4)
    there, back = match_texts(one, other), match_texts(other, one)
    assert (there.kind, there.similarity) == (back.kind, back.similarity)
    assert {(p.one, p.other) for p in there.passages} == {(p.other, p.one) for p in back.passages}


@pytest.mark.parametrize("marks", ['""', "“”", "«»", "‘’"])
def test_match_of_one_quotation_in_two_articles_is_none(marks):
    quoted = f"The text reads: {marks[0]}{QUOTATION}{marks[1]}"
    assert match_texts(inside("coup-3", quoted), inside("strait-2", quoted)) is None


def test_match_of_a_quotation_over_several_paragraphs_is_none():
    halves = QUOTATION.split(". ", 1)
    quoted = f"The text reads:\n\n“{halves[0]}.\n\n“{halves[1]}”"
    assert match_texts(inside("coup-3", quoted), inside("strait-2", quoted)) is None


@pytest.mark.parametrize("topic", ["ceasefire", "strait", "camp", "missile", "protest"])
def test_match_of_two_hands_on_one_topic_is_none(topic):
    assert match_texts(ARTICLES[f"{topic}-1"], ARTICLES[f"{topic}-3"]) is None


@pytest.mark.parametrize("told", read_parts("parts", "paraphrases"))
def test_match_of_an_article_told_in_other_words_is_none(told):
    name, _, text = told.partition("\n")
    assert match_texts(ARTICLES[name], text) is None


@pytest.mark.parametrize("notice", read_parts("parts", "notices"))
def test_match_of_one_notice_below_two_articles_is_none(notice):
    assert match_texts(f"{ARTICLE}\n\n{notice}", f"{LONG}\n\n{notice}") is None


def test_match_of_two_items_above_one_standing_text_is_not_near():
    standing = "\n\n".join(read_parts("parts", "backgrounds"))
    one, other = (" ".join(ARTICLES[n].split()[:90]) for n in ("coup-1", "camp-1"))
    assert match_texts(f"{one}\n\n{standing}", f"{other}\n\n{standing}").kind == "passage"


def form(day, drones, shot, missiles):
    return (
        f"Air defence shot down {shot} of {drones} drones in the night to {day} May, the air force "
        f"said in its morning report. Of {missiles} cruise missiles none came through. Fragments "
        "fell on open ground in three districts. Nobody was hurt, the governors of the southern "
        "districts wrote on their channels, and the power supply was not interrupted anywhere."
    )


def test_match_of_a_form_filled_in_on_two_days_is_not_near():
    match = match_texts(form(14, 60, 45, 8), form(15, 72, 66, 11))
    assert match is None or match.kind == "passage"


def strike(town, region, dead, hurt, governor):
    return (
        f"Three people were pulled from the rubble of a school in {town} on Tuesday after a "
        f"Russian missile hit the centre of the town, killing {dead} people and wounding {hurt}, "
        f"the governor of the {region} region, {governor}, said. The strike on {town} came in the "
        "morning, when children were on their way to lessons, and damaged a clinic and two shops. "
        f"Rescue workers were still searching in the evening. The mayor of {town} asked people to "
        "stay in their shelters, because more strikes were expected in the night."
    )


STRIKES = [
    strike("Balakliia", "Kharkiv", "four", 12, "Oleh Marun"),
    strike("Nikopol", "Dnipropetrovsk", "two", 9, "Serhii Lysk"),
    strike("Kupiansk", "Kharkiv", "seven", 31, "Oleh Marun"),
    strike("Orikhiv", "Zaporizhzhia", "three", 15, "Ivan Fedoriv"),
]


@pytest.mark.parametrize(("one", "other"), list(combinations(STRIKES, 2)))
def test_match_of_strikes_on_two_towns_told_in_one_template_is_none(one, other):
    assert match_texts(one, other) is None


def test_match_of_a_copy_that_spells_a_town_otherwise_is_near():
    copy = STRIKES[0].replace("Balakliia", "Balakleya").replace("Rescue workers", "Rescuers")
    assert match_texts(STRIKES[0], copy).kind == "near"


def test_match_of_an_update_with_another_toll_is_near():
    assert match_texts(ARTICLE, ARTICLE.replace("64", "71").replace("410", "433")).kind == "near"


def test_match_of_headlines_is_verbatim_or_none():
    assert match_texts("Two bridges mined", "Two bridges mined.").kind == "verbatim"
    assert match_texts("Two bridges mined in the east", "Two bridges mined in the west") is None


def test_match_of_texts_without_words_is_none():
    assert match_texts("", "") is None
    assert match_texts("…", ARTICLE) is None


def test_match_says_how_much_is_shared():
    match = match_texts(inside("coup-3", AGENCY), AGENCY)
    count = len(split_words(AGENCY))
    assert match.sentence.startswith(f"{count} of the shorter text's {count} words stand")


def test_shared_is_true_of_words_in_the_passage_alone():
    one, other = inside("coup-3", AGENCY), inside("strait-2", AGENCY, after=4)
    match = match_texts(one, other)
    in_agency = one.index("Exporters must now exchange")
    own = one.index("Students at the university")
    assert shared(match, (in_agency, in_agency + 60))
    assert not shared(match, (own, own + 60))


def test_shared_asks_for_the_other_side_too():
    one, other = inside("coup-3", AGENCY), inside("strait-2", AGENCY, after=4)
    start = other.index("Exporters must now exchange")
    assert shared(match_texts(one, other), (start, start + 60), side="other")


def test_shared_does_not_reach_into_words_that_one_added():
    sentences = AGENCY.split(". ")
    added = "Witnesses at the market said that nine guards had meanwhile been taken away by night"
    one = inside("coup-3", ". ".join([*sentences[:2], added, *sentences[2:]]))
    match = match_texts(one, inside("strait-2", AGENCY))
    start = one.index(added)
    assert not shared(match, (start, start + len(added)))


_PIECES = st.sampled_from([*PARAGRAPHS, AGENCY, f"“{QUOTATION}", '"', "\n", "Follow us", "we you"])


@given(st.lists(_PIECES, max_size=6), st.lists(_PIECES, max_size=6), st.text(max_size=30))
def test_match_passages_begin_and_end_with_words_of_the_other(ones, others, anything):
    one, other = " ".join([anything, *ones]), " ".join([*others, anything])
    match = match_texts(one, other)
    for passage in match.passages if match else ():
        here, there = words_of(one[slice(*passage.one)]), words_of(other[slice(*passage.other)])
        assert (here[0], here[-1]) == (there[0], there[-1])
    back = match_texts(other, one)
    assert (back and back.similarity) == (match and match.similarity)


def test_match_of_a_brief_under_long_notices_is_near():
    notices = read_parts("parts", "notices")
    brief = " ".join(ARTICLE.split()[:60])
    assert match_texts(brief, f"{brief}\n\n{notices[1]}\n\n{notices[2]}").kind == "near"


def test_match_does_not_count_front_matter():
    fields = "---\noutlet: The {0} Observer\nauthor: Jane {0} of the {0} desk\nurl: https://{0}.example\n---\n\n"
    body = "\n\n".join(PARAGRAPHS[:3])
    match = match_texts(fields.format("Kharkiv") + body, fields.format("Lviv") + body)
    assert match.kind == "near"
    assert match.similarity == 1
