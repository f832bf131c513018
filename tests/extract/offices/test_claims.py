"""Office claims on hand-built documents, so that no test depends on a tagger's mood."""

from __future__ import annotations

from datetime import date

import pytest
from spacy.tokens import Doc

from tests.parses import VOCAB, parsed
from tocsin.extract.offices.claims import find_office_claims
from tocsin.keys import claim_key
from tocsin.models.reading import Reading
from tocsin.records import Absence, Article, Modifier, OfficeClaim
from tocsin.reference.layers import add_layer
from tocsin.reference.offices import Reference, load_reference
from tocsin.settings import Settings

_LEMMAS = {"named": "name", "became": "become"}
_TIGHT = {"'s", ",", ".", "-", ";"}


def make_doc(marked: str) -> Doc:
    """Return a document of words with their parts of speech: "the/DET president spoke/VERB ."

    Unmarked words in capitals are proper nouns, unmarked small ones nouns; a second mark is the
    label of a name of one word: "in/ADP Karachi/PROPN/GPE".
    """
    cells = [word.split("/") for word in marked.split()]
    words = [word for word, *_ in cells]
    pos = [marks[0] if marks else _default(word) for word, *marks in cells]
    names = [f"B-{marks[1]}" if marks[1:] else "O" for _, *marks in cells]
    spaces = [
        following not in _TIGHT and word != "-"
        for word, following in zip(words, [*words[1:], "."], strict=True)
    ]
    starts: list[bool | int | None] = [i == 0 or words[i - 1] == "." for i in range(len(words))]
    tags = [
        "NNS" if p == "NOUN" and w.endswith("s") else p for w, p in zip(words, pos, strict=True)
    ]
    lemmas = [_LEMMAS.get(word, word) for word in words]
    return Doc(
        VOCAB,
        words=words,
        spaces=spaces,
        pos=["VERB" if each == "VBG" else each for each in pos],
        tags=tags,
        sent_starts=starts,
        lemmas=lemmas,
        ents=names if any(each != "O" for each in names) else None,
    )


def _default(word: str) -> str:
    if not word[0].isalpha():
        return "PART" if word == "'s" else "PUNCT"
    return "PROPN" if word[0].isupper() else "NOUN"


def claims_in(marked: str, day: date | None = date(2024, 10, 29)) -> list[OfficeClaim]:
    doc = make_doc(marked)
    return list(find_office_claims(Reading(doc), Article(id="test", text=doc.text, published=day)))


def pairs_in(marked: str) -> list[tuple[str | None, tuple[str, ...]]]:
    return [(claim.name, claim.offices) for claim in claims_in(marked)]


def test_find_reads_the_title_before_the_name() -> None:
    assert pairs_in("South Korean/ADJ President Moon Jae - in spoke/VERB .") == [
        ("Moon Jae-in", ("KOR:head_of_state",))
    ]


def test_find_reads_the_title_after_the_name() -> None:
    assert pairs_in("said/VERB Oleksandr Petrenko , Ukraine 's Defense Minister .") == [
        ("Oleksandr Petrenko", ("UKR:defence_minister",))
    ]


def test_find_leaves_the_rank_out_of_the_name() -> None:
    found = pairs_in("Admiral Sarah Thompson , NATO 's spokesperson , agreed/VERB .")
    assert found == [("Sarah Thompson", ("NATO:spokesperson",))]


def test_find_reads_the_name_set_off_after_the_title() -> None:
    marked = "The/DET Russian/ADJ foreign/ADJ minister , Sergey Lavrov , denied/VERB it/PRON ."
    assert pairs_in(marked) == [("Sergey Lavrov", ("RUS:foreign_minister",))]


def test_find_reads_who_is() -> None:
    marked = "Sergey Lavrov , who/PRON is/AUX Russia 's foreign/ADJ minister , left/VERB ."
    assert pairs_in(marked) == [("Sergey Lavrov", ("RUS:foreign_minister",))]


def test_find_takes_was_as_former() -> None:
    (claim,) = claims_in("Angela Merkel was/AUX German/ADJ chancellor .")
    assert claim.modifiers == (Modifier.FORMER,)


def test_find_reads_particles_in_names() -> None:
    marked = "Syrian/ADJ President Ahmed al - Sharaa met/VERB envoys ."
    assert pairs_in(marked) == [("Ahmed al-Sharaa", ("SYR:head_of_state",))]


def test_find_gives_each_minister_of_a_pair_his_country() -> None:
    marked = (
        "The/DET French/ADJ and/CCONJ German/ADJ foreign/ADJ ministers , "
        "Stéphane Séjourné and/CCONJ Annalena Baerbock , spoke/VERB ."
    )
    assert pairs_in(marked) == [
        ("Stéphane Séjourné", ("FRA:foreign_minister",)),
        ("Annalena Baerbock", ("DEU:foreign_minister",)),
    ]


def test_find_gives_both_offices_to_one_name() -> None:
    marked = "Poland 's Deputy Prime Minister and/CCONJ Foreign Minister Radosław Sikorski"
    assert pairs_in(marked) == [
        ("Radosław Sikorski", ("POL:deputy_head_of_government",)),
        ("Radosław Sikorski", ("POL:foreign_minister",)),
    ]


def test_find_gives_an_office_alone_without_a_name() -> None:
    assert pairs_in("North Korea 's Foreign Minister arrived/VERB in/ADP Moscow .") == [
        (None, ("PRK:foreign_minister",))
    ]


@pytest.mark.parametrize(
    "marked",
    [
        "The/DET president spoke/VERB .",
        "He/PRON was/AUX named/VERB defence minister of/ADP Ukraine .",
        "She/PRON became/VERB Ukraine 's defence minister .",
        "The/DET Israeli/ADJ and/CCONJ Egyptian/ADJ presidents met/VERB .",
    ],
)
def test_find_makes_no_claim_of_words_that_name_no_holder(marked: str) -> None:
    doc = make_doc(marked)
    assert list(find_office_claims(Reading(doc), Article(id="test", text=doc.text))) == []


def test_find_makes_no_claim_of_a_list_of_countries() -> None:
    marked = "the/DET foreign/ADJ ministers of/ADP the/DET UK , France , Canada and/CCONJ Japan ."
    assert pairs_in(marked) == []


def test_find_says_where_a_country_outside_the_title_comes_from() -> None:
    (claim,) = claims_in("Prime Minister Keir Starmer spoke/VERB .")
    assert claim.country == "GBR"
    assert "Keir Starmer" in (claim.country_because or "")


def test_find_names_no_reason_for_a_country_in_the_title() -> None:
    (claim,) = claims_in("UK Prime Minister Keir Starmer spoke/VERB .")
    assert claim.country_because is None


def test_find_says_that_an_analyst_holds_no_office() -> None:
    marked = "Dr. Emily Carter , a/DET senior/ADJ analyst at/ADP the/DET Brookings Institution ."
    (claim,) = claims_in(marked)
    assert (claim.name, claim.offices, claim.absence) == (
        "Emily Carter",
        (),
        Absence.UNKNOWN_OFFICE,
    )


def test_find_does_not_take_one_of_several_for_the_holder() -> None:
    (claim,) = claims_in("a/DET US national security adviser , Robert Gabriel , spoke/VERB .")
    assert claim.absence is Absence.OFFICE_NOT_SPECIFIC


def test_find_marks_a_claim_about_years_past() -> None:
    (claim,) = claims_in("In/ADP 2003 US President George W. Bush invaded/VERB Iraq .")
    assert Modifier.THEN in claim.modifiers


def test_find_points_at_the_words() -> None:
    doc = make_doc("Then/ADV South Korean/ADJ President Moon Jae - in spoke/VERB .")
    (claim,) = find_office_claims(Reading(doc), Article(id="test", text=doc.text))
    assert doc.text[slice(*claim.office_words)] == "Then South Korean President"
    assert claim.name_words is not None
    assert doc.text[slice(*claim.name_words)] == "Moon Jae-in"
    assert doc.text[slice(*claim.words)] == "Then South Korean President Moon Jae-in"


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("Israeli/ADJ Defence Minister Amir Peretz spoke/VERB .", "Amir Peretz"),
        ("Saudi/ADJ Foreign Minister Prince Faisal spoke/VERB .", "Prince Faisal"),
        (
            "European/ADJ Commission President Ursula von/ADP der/X Leyen spoke/VERB .",
            "Ursula von der Leyen",
        ),
        ("Argentine/ADJ President Fernando de/X la/X Rúa resigned/VERB .", "Fernando de la Rúa"),
    ],
)
def test_find_reads_titles_and_particles_inside_a_name(marked: str, name: str) -> None:
    assert [claim.name for claim in claims_in(marked)] == [name]


@pytest.mark.parametrize(
    ("tree", "named"),
    [
        (
            "[nsubj amod:Afghan compound:foreign minister , [appos compound:Amir Muttaqi] ,] "
            "left=leave .",
            [("Amir Muttaqi", "AFG:foreign_minister")],
        ),
        (
            "[nsubj compound:Amir Muttaqi , [appos the amod:Afghan compound:foreign minister] ,] "
            "left=leave .",
            [("Amir Muttaqi", "AFG:foreign_minister")],
        ),
        (
            "[nsubj [poss Kuwait ’s] compound:Amir Muttaqi] left=leave .",
            [("Muttaqi", "KWT:head_of_state")],
        ),
    ],
    ids=["after a title", "before a title", "of a country"],
)
def test_find_reads_amir_as_a_name_unless_a_country_owns_it(
    tree: str, named: list[tuple[str, str]]
) -> None:
    found = claims_of(parsed(tree, PERSON="Amir Muttaqi", GPE="Kuwait", NORP="Afghan"))
    assert [(each.name, each.offices[0]) for each in found] == named


def test_find_still_reads_two_titles_side_by_side() -> None:
    assert [claim.name for claim in claims_in("Communist Party chief President Xi Jinping .")] == [
        "Xi Jinping"
    ]


def test_find_reads_the_office_of_an_owned_institution_and_drops_the_bare_rank() -> None:
    marked = "Commander Dana Whitlock , the/DET Pentagon 's press secretary , warned/VERB ."
    assert pairs_in(marked) == [("Dana Whitlock", ("USA:spokesperson:pentagon",))]


def claims_of(doc: Doc, day: date = date(2024, 10, 29)) -> list[OfficeClaim]:
    return list(find_office_claims(Reading(doc), Article(id="test", text=doc.text, published=day)))


def test_find_reads_no_name_that_only_speaks_of_the_office() -> None:
    doc = parsed(
        "[prep In [pobj talks [prep with [pobj [poss Norway 's] amod:prime minister]]]] , "
        "nsubj:Trump blamed=blame dobj:him ."
    )
    assert [claim.name for claim in claims_of(doc)] == [None]


_REZNIKOV = "[nsubj amod:Ukrainian compound:Defense compound:Minister compound:Oleksii Reznikov]"


def test_find_takes_an_exact_day_that_opens_the_sentence() -> None:
    on = "[prep On [pobj nummod:3 May nummod:2022]] ,"
    (claim,) = claims_of(parsed(f"{on} {_REZNIKOV} spoke=speak ."))
    assert (claim.day, claim.modifiers) == (date(2022, 5, 3), ())


def test_find_takes_no_day_close_to_publication() -> None:
    on = "[prep on [pobj nummod:3 October nummod:2024]]"
    (claim,) = claims_of(parsed(f"{_REZNIKOV} spoke=speak {on} ."))
    assert claim.day is None


def test_find_takes_no_day_of_another_act_than_the_person_s() -> None:
    on = "[prep on [pobj nummod:3 May nummod:2003]]"
    of = f"[prep of [pobj a deal [acl signed=sign/VBN {on}]]]"
    (claim,) = claims_of(parsed(f"{_REZNIKOV} spoke=speak {of} ."))
    assert (claim.day, claim.modifiers) == (None, (Modifier.THEN,))


def test_find_gives_a_counterpart_the_office_of_the_other() -> None:
    marked = (
        "French/ADJ Defence Minister Sébastien Lecornu met/VERB his/PRON German/ADJ counterpart , "
        "Boris Pistorius , yesterday ."
    )
    claim = claims_in(marked)[-1]
    assert (claim.name, claim.offices) == ("Boris Pistorius", ("DEU:defence_minister",))
    assert claim.absence is Absence.OFFICE_NOT_SPECIFIC


def test_find_gives_no_office_to_a_counterpart_of_nobody() -> None:
    marked = "Lecornu met/VERB his/PRON German/ADJ counterpart Boris Pistorius ."
    assert pairs_in(marked) == []


def test_find_takes_a_bare_title_as_the_article_introduced_the_person() -> None:
    marked = (
        "In/ADP 1944/NUM US/PROPN President Franklin Roosevelt spoke/VERB . "
        "President Roosevelt waited/VERB . Paris cheered/VERB ."
    )
    claim = claims_in(marked)[-1]
    assert claim.offices == ("USA:head_of_state",)
    assert Modifier.THEN in claim.modifiers


def test_find_keys_a_claim_by_the_offices_it_has_in_the_end() -> None:
    marked = "US/PROPN President Franklin Roosevelt spoke/VERB . President Roosevelt waited/VERB ."
    claim = claims_in(marked)[-1]
    article = Article(id="a", text=make_doc(marked).text, published=date(2024, 10, 29))
    key = claim_key(article.text_id, claim.words, "President", claim.offices, claim.name_words)
    assert claim.id == key


def test_find_reads_an_office_of_the_bloc() -> None:
    (claim,) = claims_in("Kaja Kallas , the/DET bloc 's top/ADJ diplomat , spoke/VERB .")
    assert (claim.name, claim.offices) == ("Kaja Kallas", ("EU:high_representative",))


def test_find_keeps_designate_with_the_title() -> None:
    (claim,) = claims_in("Canadian/ADJ Prime Minister - designate/ADJ Mark Carney spoke/VERB .")
    assert (claim.name, claim.modifiers) == ("Mark Carney", (Modifier.ELECT,))


def test_find_does_not_cut_a_name_of_many_hyphens() -> None:
    marked = "Kuwaiti/ADJ Emir Meshal al/X - Ahmad al/X - Jaber al/X - Sabah spoke/VERB ."
    assert [claim.name for claim in claims_in(marked)] == ["Meshal al-Ahmad al-Jaber al-Sabah"]


def names_in(tree: str, **entities: str) -> list[tuple[str | None, str]]:
    """The names of the claims in a parse, each with its office."""
    return [(claim.name, claim.office) for claim in claims_of(parsed(tree, **entities))]


@pytest.mark.parametrize(
    "tree",
    [
        "[nsubj compound:Issa Baro , [appos [poss Mali 's] amod:foreign minister] ,] left=leave .",
        "[nsubj compound:Issa Baro , nummod:54 , [appos "
        "[poss Mali 's] amod:foreign minister] ,] left=leave .",
        "[nsubj compound:Issa Baro – [appos [poss Mali 's] amod:foreign minister] –] left=leave .",
        "[nsubj compound:Issa Baro , [relcl nsubj:who is [attr "
        "[poss Mali 's] amod:foreign minister]] ,] left=leave .",
        "[nsubj compound:Issa Baro] is [attr [poss Mali 's] amod:foreign minister] .",
        "[nsubj [poss Mali 's] amod:foreign minister , [appos compound:Issa Baro] ,] left=leave .",
        "[nsubj [poss Mali 's] amod:foreign compound:minister compound:Issa Baro] left=leave .",
        "[nsubj [poss Mali 's] amod:foreign minister "
        "[appos compound:Dr compound:Issa Baro]] left=leave .",
    ],
    ids=[
        "apposition", "apposition with the age", "between dashes", "relative clause", "copula",
        "name set off", "name at once", "name after a form of address",
    ],
)  # fmt: skip
def test_find_reads_who_holds_an_office(tree: str) -> None:
    assert names_in(tree, PERSON="Issa Baro") == [("Issa Baro", "Mali's foreign minister")]


@pytest.mark.parametrize(
    "tree",
    [
        "[advcl mark:if [nsubj compound:Issa Baro] is [attr "
        "[poss Mali 's] amod:foreign minister]] , nsubj:I wonder/VBP .",
        "[nsubj compound:Issa Baro] left=leave [prep as [pobj "
        "[poss Mali 's] amod:foreign minister]] .",
        "[nsubj compound:Issa Baro and [conj [poss Mali 's] amod:foreign minister]] met=meet .",
        "[nsubj compound:Issa Baro] met=meet [dobj [poss Mali 's] amod:foreign minister] .",
    ],
    ids=["if", "as", "joined", "object"],
)
def test_find_gives_no_office_to_who_only_stands_near(tree: str) -> None:
    assert "Issa Baro" not in {name for name, _ in names_in(tree, PERSON="Issa Baro")}


def test_find_gives_no_office_to_who_says_what_the_holder_must_do() -> None:
    tree = (
        "[nsubj The amod:Malian president] , [parataxis [nsubj compound:Issa Baro] said ,] "
        "aux:must go ."
    )
    assert names_in(tree, PERSON="Issa Baro") == [(None, "Malian president")]


@pytest.mark.parametrize(
    ("tree", "then"),
    [
        (
            "[nsubjpass amod:Malian compound:President compound:Issa Baro] "
            "auxpass:was ousted=oust .",
            True,
        ),
        (
            "nsubj:Soldiers/NNS ousted=oust "
            "[dobj amod:Malian compound:President compound:Issa Baro] .",
            True,
        ),
        (
            "[nsubj amod:Malian compound:President compound:Issa Baro] ousted=oust "
            "[dobj the general] .",
            False,
        ),
    ],
    ids=["passive", "object", "subject"],
)
def test_find_says_that_an_office_ended_with_who_is_removed(tree: str, then: bool) -> None:
    (claim,) = [c for c in claims_of(parsed(tree, PERSON="Issa Baro")) if c.name == "Issa Baro"]
    assert (Modifier.THEN in claim.modifiers) is then


def test_find_takes_the_day_after_the_verb_of_the_person() -> None:
    on = "[prep on [pobj nummod:3 May nummod:2022]]"
    (claim,) = claims_of(parsed(f"{_REZNIKOV} spoke=speak {on} ."))
    assert claim.day == date(2022, 5, 3)


def test_find_lets_former_reach_over_to_the_second_office() -> None:
    tree = (
        "[nsubj amod:Former amod:Malian president and [conj amod:foreign minister] "
        "[appos compound:Issa Baro]] left=leave ."
    )
    found = claims_of(parsed(tree, PERSON="Issa Baro"))
    past = [bool({Modifier.FORMER, Modifier.THEN} & set(claim.modifiers)) for claim in found]
    assert past == [True, True]


@pytest.mark.parametrize(
    ("marked", "name"),
    [
        ("( Russian/ADJ President Vladimir ) Putin spoke/VERB .", "Vladimir Putin"),
        (
            "[ Israeli/ADJ Prime/ADJ Minister Benjamin ] Netanyahu spoke/VERB .",
            "Benjamin Netanyahu",
        ),
        ("Malian/ADJ President Issa “ Papa ” Baro spoke/VERB .", "Issa “ Papa ” Baro"),
        ("Malian/ADJ President Issa “ Papa ” da/X Baro spoke/VERB .", "Issa “ Papa ” da Baro"),
        ("Pentagon spokesman Maj - Gen Patrick Ryder spoke/VERB .", "Patrick Ryder"),
        ("Spain 's King Felipe VI/NUM spoke/VERB .", "Felipe VI"),
        ("The/DET Taoiseach ( Irish/ADJ PM ) Issa Baro spoke/VERB .", "Issa Baro"),
        ("Issa Baro , KC , the/DET Kenyan/ADJ foreign/ADJ minister , spoke/VERB .", "Issa Baro"),
        ("Issa Baro MP , the/DET Kenyan/ADJ foreign/ADJ minister , spoke/VERB .", "Issa Baro"),
        ("President of/ADP Ukraine Marit Hollanding left/VERB .", "Marit Hollanding"),
    ],
)
def test_find_reads_the_whole_name(marked: str, name: str) -> None:
    assert name in [claim.name for claim in claims_in(marked)]


def test_find_gives_nobody_the_title_of_those_who_serve_them() -> None:
    tree = (
        "[nsubj A spokesman [prep for [pobj compound:President compound:Issa Baro]]] left=leave ."
    )
    assert names_in(tree, PERSON="Issa Baro") == [("Issa Baro", "President")]


def test_find_reads_a_bracket_around_a_whole_title_and_name_as_it_stands() -> None:
    marked = "He/PRON ( Russian/ADJ President Putin ) Trump met/VERB ."
    assert [claim.name for claim in claims_in(marked)] == ["Putin"]


@pytest.mark.parametrize("label", ["ORG", "GPE", "PERSON"])
def test_find_reads_a_name_after_a_country_whatever_the_network_takes_it_for(label: str) -> None:
    tree = (
        "[nsubj The President [prep of [pobj compound:Latvia compound:Davor Semelik]]] left=leave ."
    )
    assert names_in(tree, **{label: "Latvia Davor Semelik"}) == [
        ("Davor Semelik", "President of Latvia")
    ]


def test_find_takes_the_company_of_a_country_for_no_person() -> None:
    tree = "[nsubj The President [prep of [pobj compound:Kenya Airways]]] left=leave ."
    assert names_in(tree, ORG="Kenya Airways") == []


@pytest.mark.parametrize(
    "marked",
    [
        "The/DET head of/ADP the/DET UN human/ADJ rights office in/ADP Mali , Issa Baro , "
        "spoke/VERB .",
        "Issa Baro , the/DET head of/ADP the/DET UN human/ADJ rights office in/ADP Mali , "
        "spoke/VERB .",
    ],
)
def test_find_reads_the_head_of_an_office_in_a_country(marked: str) -> None:
    (claim,) = claims_in(marked)
    assert (claim.name, claim.offices) == ("Issa Baro", ())


def test_find_guesses_no_country_that_only_stands_behind_someone() -> None:
    (claim,) = claims_in("Russian/ADJ - backed/VERB President Osvin Tarkeldt spoke/VERB .")
    assert claim.country is None


def test_find_gives_a_chancellor_the_country_of_the_article() -> None:
    marked = "Germany voted/VERB . Chancellor Renske Oudeman spoke/VERB in/ADP Berlin ."
    (claim,) = claims_in(marked)
    assert claim.offices == ("DEU:head_of_government",)
    assert "Germany" in (claim.country_because or "")


def test_find_gives_a_chancellor_no_country_without_one() -> None:
    marked = "Kenya voted/VERB . Chancellor Renske Oudeman spoke/VERB in/ADP Nairobi ."
    (claim,) = claims_in(marked)
    assert claim.offices == ()


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("Wyoming Sen. John Barrasso spoke/VERB .", "USA"),
        ("Wyoming Gov. Issa Baro spoke/VERB .", "USA"),
        ("Rep. Issa Baro ( R - Shelbyville ) spoke/VERB .", "USA"),
        ("Republican/ADJ Rep. Issa Baro spoke/VERB in/ADP Kyiv .", "USA"),
        ("Lisbon mayor Issa Baro spoke/VERB .", "PRT"),
        ("Judge Issa Baro spoke/VERB in/ADP Nairobi , Kenya .", "KEN"),
        ("Judge Issa Baro flew/VERB from/ADP Kenya to/ADP Chad .", None),
    ],
)
def test_find_tells_the_country_of_an_office_that_is_not_judged(
    marked: str, country: str | None
) -> None:
    (claim,) = claims_in(marked)
    assert (claim.name, claim.offices, claim.country) == (claim.name, (), country)
    assert claim.name in {"Issa Baro", "John Barrasso"}


def test_find_takes_no_surname_for_an_abbreviated_title() -> None:
    marked = "Cambodian/ADJ Prime/ADJ Minister Hun Sen spoke/VERB ."
    assert [claim.name for claim in claims_in(marked)] == ["Hun Sen"]


@pytest.mark.parametrize(
    ("marked", "office"),
    [
        ("I am/AUX sure/ADJ President Putin left/VERB .", "President"),
        ("on/ADP the/DET same/ADJ day Defence/PROPN Minister Issa Baro left/VERB .",
         "Defence Minister"),
        ("The/DET 63 - year - old/ADJ former/ADJ president Issa Baro left/VERB .",
         "former president"),
    ],
)  # fmt: skip
def test_find_takes_no_words_beside_a_title_into_it(marked: str, office: str) -> None:
    assert [claim.office for claim in claims_in(marked)] == [office]


def test_find_reads_a_name_after_a_title_that_is_said_of_another() -> None:
    tree = (
        "[nsubj The other] is [attr [poss Mali 's] amod:prime minister , "
        "[appos compound:Issa Baro] ,] ."
    )
    assert names_in(tree, PERSON="Issa Baro") == [("Issa Baro", "Mali's prime minister")]


def test_find_takes_the_country_named_last_where_none_is_named_more_often() -> None:
    (claim,) = claims_in("Mali met/VERB Chad , and/CCONJ President Issa Baro left/VERB .")
    assert (claim.country, claim.name) == ("TCD", "Issa Baro")
    assert claim.country_because == "Chad is the country named last before it"


@pytest.mark.parametrize(("word", "absent"), [("speaker", True), ("Speaker", False)])
def test_find_takes_a_small_speaker_for_one_of_many(word: str, absent: bool) -> None:
    (claim,) = claims_in(f"The/DET {word} , Issa Baro , left/VERB .")
    assert (claim.absence is Absence.OFFICE_NOT_SPECIFIC) is absent


@pytest.mark.parametrize(
    "tree",
    [
        "[nsubj It] was [attr [poss Mali 's] amod:foreign minister , [appos compound:Issa Baro]] , "
        "[relcl nsubj:who left=leave] .",
        "[nsubj compound:Issa Baro , [appos amod:foreign minister [prep of [pobj Mali]] "
        "[prep since [pobj 2021]]] ,] left=leave .",
    ],
    ids=["it was", "since"],
)
def test_find_reads_who_holds_an_office_in_longer_sentences(tree: str) -> None:
    assert [name for name, _ in names_in(tree, PERSON="Issa Baro")] == ["Issa Baro"]


@pytest.mark.parametrize(
    ("marked", "office"),
    [
        ("Iranian/ADJ Gen. Issa Baro left/VERB .", "Iranian Gen."),
        ("Lt. Gen. Issa Baro left/VERB .", "Lt. Gen."),
        ("Major General Issa Baro left/VERB .", "Major General"),
        ("retired/ADJ general/NOUN Issa/PROPN/PERSON Baro left/VERB .", "retired general"),
        ("Councillor Issa Baro left/VERB .", "Councillor"),
        ('his/PRON “/PUNCT border tsar ”/PUNCT Issa Baro left/VERB .', "border tsar"),
        ("Issa Baro , Mara Lind 's chief/ADJ economist , left/VERB .", "chief economist"),
        ("Issa Baro , a/DET White House aide working/VBG on/ADP it/PRON , left/VERB .",
         "White House aide"),
        ("Issa Baro , a/DET commander from/ADP Chad , left/VERB .", "commander from Chad"),
        ("Chad 's special/ADJ envoy on/ADP Mali , Issa Baro , left/VERB .",
         "Chad's special envoy on Mali"),
        ("Issa Baro , who/PRON is/AUX also/ADV mayor , left/VERB .", "mayor"),
        ("Issa Baro , who/PRON became/VERB mayor , left/VERB .", "mayor"),
        ("Issa Baro , now/ADV mayor of/ADP Lima , left/VERB .", "mayor of Lima"),
        ("Issa Baro , chargé d’affaires/PROPN in/ADP Chad , left/VERB .",
         "chargé d’affaires in Chad"),
        ("the/DET head of/ADP the/DET group , Councillor Issa Baro , left/VERB .",
         "head of the group"),
        ("they/PRON named/VERB Chad 's foreign/ADJ minister , Issa Baro , too/ADV .",
         "Chad's foreign minister"),
    ],
)  # fmt: skip
def test_find_reads_an_office_however_the_press_sets_it_beside_a_name(
    marked: str, office: str
) -> None:
    claims = claims_in(marked)
    assert (claims[0].name, claims[0].office) == ("Issa Baro", office)


@pytest.mark.parametrize(
    "marked",
    [
        "the/DET captain Issa Baro scored/VERB .",
        "Major European/ADJ banks left/VERB .",
        "Issa Baro became/VERB mayor .",
    ],
)
def test_find_makes_no_claim_of_words_that_look_like_one(marked: str) -> None:
    assert not claims_in(marked)


def test_find_takes_who_became_something_for_who_may_have_left_it() -> None:
    (claim,) = claims_in("Issa Baro , who/PRON became/VERB Chad 's president , left/VERB .")
    assert claim.modifiers == (Modifier.THEN,)


def test_find_takes_a_rank_after_a_title_for_part_of_neither() -> None:
    found = claims_in("Chad 's Chief of/ADP Staff Lt. Gen. Issa Baro left/VERB .")
    assert [(c.name, c.office) for c in found] == [("Issa Baro", "Chad's Chief of Staff")]


@pytest.mark.parametrize(
    ("marked", "country"),
    [
        ("the/DET White House 's border tsar , Issa Baro , left/VERB .", "USA"),
        ("China 's People 's Army 's drill spokesman , Issa Baro , left/VERB .", "CHN"),
        ("FEMA administrator Issa Baro left/VERB .", "USA"),
        ("Karachi/PROPN/GPE mayor Issa Baro left/VERB .", "PAK"),
        ("Tory MP Issa Baro left/VERB .", "GBR"),
        ("Labour MP Issa Baro left/VERB .", "GBR"),
        ("Kenya won/VERB . Kenya won/VERB . Kenya beat/VERB Chad . Judge Issa Baro left/VERB .",
         "KEN"),
        ("Mali won/VERB . Judge Issa Baro left/VERB .", None),
        ("Mali won/VERB . Mali lost/VERB . The/DET Eastern Cape 's premier Issa Baro left/VERB .",
         "MLI"),
        ("France won/VERB . France won/VERB . France beat/VERB Britain . Britain lost/VERB . "
         "Shadow culture secretary Issa Baro left/VERB .", "GBR"),
    ],
)  # fmt: skip
def test_find_takes_the_country_of_a_body_a_town_or_most_of_the_article(
    marked: str, country: str | None
) -> None:
    (claim,) = [each for each in claims_in(marked) if each.name]
    assert (claim.offices, claim.country) == ((), country)


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Reference:
    data_dir = tmp_path_factory.mktemp("data")
    table = data_dir / "own.csv"
    table.write_text(
        "country,office,person,start,end\n"
        "HND,Minister of Coffee,Ana Lopez,2023-12-12,\n"
        "HND,Director of the Border Agency,Luis Paz,2022-01-25,\n"
    )
    add_layer(table, data_dir, today=date(2026, 3, 1))
    return load_reference(Settings(data_dir=data_dir))


@pytest.mark.parametrize(
    ("marked", "offices"),
    [
        ("Minister of/ADP Coffee Ana Lopez spoke/VERB .", ("HND:other:minister_of_coffee",)),
        (
            "The/DET former/ADJ Honduran/ADJ Minister of/ADP Coffee , Ana Lopez , spoke/VERB .",
            ("HND:other:minister_of_coffee",),
        ),
        (
            "Ana Lopez , director of/ADP the/DET border agency , spoke/VERB .",
            ("HND:other:director_of_the_border_agency",),
        ),
        ("Colombia 's Minister of/ADP Coffee , Ana Lopez , spoke/VERB .", ()),
        ("In/ADP Bogota/PROPN/GPE , Minister of/ADP Coffee Ana Lopez spoke/VERB .", ()),
        ("Deputy Minister of/ADP Coffee Ana Lopez spoke/VERB .", ()),
    ],
)
def test_find_reads_an_imported_title_only_where_the_words_are_that_title(
    own: Reference, marked: str, offices: tuple[str, ...]
) -> None:
    doc = make_doc(marked)
    [claim] = find_office_claims(Reading(doc), Article(id="test", text=doc.text), own)
    assert (claim.name, claim.offices) == ("Ana Lopez", offices)
