"""Whom names, descriptions and pronouns stand for, on parses built by hand."""

from datetime import date
from types import SimpleNamespace

import pytest
import spacy
from spacy.tokens import Doc, Span

from tests.parses import parsed
from tocsin.extract.mentions.resolution import Scene
from tocsin.records import Absence, Article, OfficeClaim

VOCAB = spacy.blank("en").vocab
POS = {"NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "PRP": "PRON", "VBD": "VERB", "VBZ": "VERB"}


def scene_of(parse, *entities, reference=None):
    """Return the scene of a parse: "word tag label head" for each word, heads by their number."""
    rows = [row.split() for row in parse.split("; ")]
    doc = Doc(
        VOCAB,
        words=[row[0] for row in rows],
        tags=[row[1] for row in rows],
        pos=[POS.get(row[1], "X") for row in rows],
        deps=[row[2] for row in rows],
        heads=[int(row[3]) for row in rows],
        lemmas=[row[0].lower().removesuffix("s") for row in rows],
    )
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in entities]
    article = Article(id="a", text=doc.text, published=date(2024, 6, 12))
    return Scene(doc, article, (), reference)


def at(scene, word):
    start = scene.doc.text.index(word)
    return start, start + len(word)


SAID_IT = "Israel NNP nsubj 1; said VBD ROOT 1; it PRP nsubj 3; left VBD ccomp 1; . . punct 1"


def test_resolve_takes_it_for_the_subject_before_it():
    scene = scene_of(SAID_IT, (0, 1, "GPE"))
    found = scene.resolve(at(scene, "it"))
    assert (found.actor.country, found.through) == ("ISR", (0, 6))
    assert found.because == "“it” taken for “Israel”"


def test_resolve_takes_no_object_for_its_own_subject():
    scene = scene_of("Iran NNP nsubj 1; warned VBD ROOT 1; them PRP dobj 1; . . punct 1")
    assert scene.resolve(at(scene, "them")).absence is Absence.AMBIGUOUS_PRONOUN


@pytest.mark.parametrize(
    "sunk",
    [
        "[dobj amod:Iranian ships [relcl nsubj:that left=leave [dobj the port]]]",
        "dobj:ships [advcl mark:after nsubj:Iran left=leave [dobj the port]]",
    ],
)
def test_resolve_takes_it_for_no_subject_of_a_clause_that_hangs_on_another(sunk):
    scene = written(f"[ccomp nsubj:Israel sank=sink {sunk}] , nsubj:it said .", GPE="Israel | Iran")
    assert named(scene, "it").country == "ISR"


def test_resolve_takes_it_for_the_subject_of_the_clause_it_stands_in():
    told = "[advcl mark:after nsubj:Iran said [ccomp nsubj:it left=leave]]"
    tree = f"nsubj:Israel sank=sink [dobj a ship] {told} ."
    assert named(written(tree, GPE="Israel | Iran"), "it").country == "IRN"


def test_resolve_takes_no_object_for_whom_its_subject_means():
    arrested = "[ccomp mark:that nsubj:it aux:had arrested=arrest dobj:them]"
    scene = written(f"[nsubj [poss Chad 's] navy] said {arrested} .", GPE="Chad")
    assert named(scene, "it").country == "TCD"
    assert named(scene, "them") is None


def test_resolve_gives_one_answer_to_whoever_asks():
    scene = scene_of(SAID_IT, (0, 1, "GPE"))
    said = scene.resolve(at(scene, "it"), says=((0, 1),))
    assert scene.resolve(at(scene, "it")) is said


def test_resolve_takes_we_for_who_says_it():
    scene = scene_of(
        "We PRP nsubj 1; left VBD ccomp 4; , , punct 4; Chad NNP nsubj 4; said VBD ROOT 4; "
        ". . punct 4",
        (3, 4, "GPE"),
    )
    scene.hear(9, scene.resolve(at(scene, "Chad")), ((0, 7),))
    assert scene.resolve(at(scene, "We")).actor.country == "TCD"


def test_resolve_takes_the_united_states_for_no_pronoun():
    scene = scene_of("US NNP nsubj 1; left VBD ROOT 1; . . punct 1", (0, 1, "GPE"))
    assert scene.resolve(at(scene, "US")).actor.country == "USA"


def test_resolve_gives_what_a_pronoun_owns_the_country_of_its_owner():
    scene = scene_of(
        "Chad NNP nsubj 1; sent VBD ROOT 1; its PRP poss 3; drones NNS dobj 1; . . punct 1",
        (0, 1, "GPE"),
    )
    assert scene.resolve(at(scene, "its drones")).actor.country == "TCD"


def test_resolve_gives_a_person_the_country_of_the_office_held_that_day():
    scene = scene_of(
        "Ada NNP compound 1; Holm NNP nsubj 2; left VBD ROOT 2; . . punct 2",
        (0, 2, "PERSON"),
        reference=reference_of("Ada Holm", "Q0", ("TCD:head_of_state", date(2024, 1, 1)), now=True),
    )
    actor = scene.resolve(at(scene, "Ada Holm")).actor
    assert (actor.kind, actor.country, actor.reference) == ("person", "TCD", "Q0")


def test_actors_gives_everyone_who_is_joined():
    scene = scene_of(
        "Chad NNP nsubj 3; and CC cc 0; Niger NNP conj 0; left VBD ROOT 3; . . punct 3",
        (0, 1, "GPE"),
        (2, 3, "GPE"),
    )
    assert [a.country for a in scene.actors(at(scene, "Chad and Niger"))] == ["TCD", "NER"]


def test_actors_calls_nobody_by_the_names_of_all_who_are_joined():
    scene = written(
        "[nsubj amod:rebel leaders/NNS , [conj shopkeepers/NNS and [conj priests/NNS]]] "
        "left=leave ."
    )
    found = scene.actors(at(scene, "rebel leaders, shopkeepers and priests"))
    assert [actor.name for actor in found] == ["rebel leaders", "shopkeepers", "priests"]


def test_actors_takes_two_titles_before_a_name_for_those_of_one_person():
    office = "opposition leader and former president"
    scene = written(
        "[nsubj compound:opposition leader and [conj amod:former compound:president "
        "compound:Ann Roe]] spoke=speak .",
        (office, "Ann Roe", "USA"),
        PERSON="Ann Roe",
    )
    assert {actor.name for actor in scene.actors(at(scene, f"{office} Ann Roe"))} == {"Ann Roe"}


# ------------------------------------------------------------------ descriptions, on written parses


def written(tree, *claims, **entities):
    """Return the scene of a parse written by hand; `claims` are names with office and country."""
    doc = parsed(tree, **entities)
    made = [claim_of(doc, *each) for each in claims]
    return Scene(doc, Article(id="a", text=doc.text, published=date(2024, 6, 12)), made)


def test_actors_gives_nobody_for_what_only_joins_words():
    scene = written("[nsubj [poss Chad ’s] troops] left=leave .")
    assert scene.actors(at(scene, "’s")) == ()
    assert len(scene.actors(at(scene, "troops"))) == 1


@pytest.mark.parametrize(
    ("tree", "words", "office", "name"),
    [
        (
            "[nsubj compound:US ambassador [prep to [pobj compound:Chad compound:Ann Roe]]] "
            "spoke=speak .",
            "US ambassador to Chad Ann Roe",
            "US ambassador to Chad",
            "Ann Roe",
        ),
        (
            "[nsubj compound:opposition leader and [conj amod:former compound:president "
            "compound:Ann Roe]] spoke=speak .",
            "opposition leader and former president Ann Roe",
            "opposition leader and former president",
            "Ann Roe",
        ),
        (
            "[nsubj compound:US ambassador [prep to [pobj [poss compound:Chad compound:Ann Roe "
            "’s] friends]]] spoke=speak .",
            "US ambassador to Chad Ann Roe’s friends",
            "US ambassador to Chad",
            None,
        ),
        (
            "[nsubj compound:party leaders/NNS and [conj amod:former compound:president "
            "compound:Ann Roe]] spoke=speak .",
            "party leaders and former president Ann Roe",
            "party leaders and former president",
            None,
        ),
    ],
    ids=["sent to a country", "two titles", "a friend of one", "several"],
)
def test_resolve_names_who_ends_a_whole_title(tree, words, office, name):
    scene = written(tree, (office, "Ann Roe", "USA"), PERSON="Ann Roe", GPE="Chad | US")
    actor = named(scene, words)
    assert (actor.name if actor.kind == "person" else None) == name


def test_actors_are_called_by_no_words_that_lead_on():
    scene = written("[nsubj A spokesman/NN [prep for/IN pobj:farmers]] left=leave .")
    (speaker,) = scene.actors(at(scene, "spokesman for"))
    assert speaker.name == "spokesman"


def claim_of(doc, office, name, country, offices=("x",)):
    start, of = doc.text.index(name), doc.text.index(office)
    return OfficeClaim(
        id=name, words=(of, start + len(name)), office=office,
        office_words=(of, of + len(office)), name=name, name_words=(start, start + len(name)),
        country=country, offices=offices,
    )  # fmt: skip


def hear(scene, speaker, content=None):
    words = at(scene, speaker)
    scene.hear(
        words[0], scene.resolve(words, says=((0, 1),)), (at(scene, content),) if content else ()
    )


def named(scene, words, *, last=False):
    start = scene.doc.text.rindex(words) if last else scene.doc.text.index(words)
    return scene.resolve((start, start + len(words)), says=((0, 1),)).actor


ROE_SPOKE = "[nsubj amod:Polish compound:President compound:Ann Roe] spoke=speak .\n"


@pytest.mark.parametrize(
    ("words", "name"), [("The president", "Ann Roe"), ("The Polish president", "Ann Roe")]
)
def test_resolve_takes_a_title_for_who_was_so_named(words, name):
    tree = ROE_SPOKE + f"[nsubj {words.replace('Polish', 'amod:Polish')}] left=leave ."
    scene = written(tree, ("President", "Ann Roe", "POL"), PERSON="Ann Roe", NORP="Polish")
    assert named(scene, words).name == name


def test_resolve_takes_a_title_of_another_country_for_another():
    tree = ROE_SPOKE + "[nsubj The amod:Chilean president] left=leave ."
    scene = written(
        tree, ("President", "Ann Roe", "POL"), PERSON="Ann Roe", NORP="Polish | Chilean"
    )
    found = named(scene, "The Chilean president")
    assert (found.name, found.country) == ("Chilean president", "CHL")


@pytest.mark.parametrize("former", ["", "compound:former "])
def test_resolve_takes_a_title_for_nobody_of_another_office(former):
    tree = f"[nsubj {former}compound:minister compound:Ann Roe] left=leave .\n"
    title = f"{former.removeprefix('compound:')}minister"
    scene = written(
        tree + "[nsubj The compound:prime minister] spoke=speak .",
        (title, "Ann Roe", "POL"),
        PERSON="Ann Roe",
    )
    assert named(scene, "The prime minister").kind == "office"


def test_resolve_takes_a_title_for_nobody_who_is_only_talked_about():
    tree = (
        "[nsubj compound:Bo Ash] said [ccomp [nsubj compound:President Roe] left=leave] .\n"
        "[nsubj The president] agreed=agree ."
    )
    scene = written(tree, ("President", "Roe", "POL"), PERSON="Bo Ash | Roe")
    hear(scene, "Bo Ash", "President Roe left")
    assert named(scene, "The president").kind == "office"


def test_resolve_takes_a_report_for_nobody_who_wrote_it():
    tree = (
        "[nsubj compound:Ann Roe , [appos a co-author [prep of [pobj the report]]] ,] "
        "left=leave .\n[nsubj The report] recommends=recommend [dobj it] ."
    )
    scene = written(tree, ("co-author of the report", "Ann Roe", None), PERSON="Ann Roe")
    assert named(scene, "The report").name == "report"


def test_resolve_gives_a_person_the_title_told_elsewhere():
    tree = (
        "nsubj:Roe left=leave .\n"
        "[nsubj compound:Ann Roe , [appos a professor [prep at pobj:Tartu]] ,] laughed=laugh ."
    )
    scene = written(tree, PERSON="Ann Roe | Roe")
    found = named(scene, "Roe")
    assert (found.name, found.office) == ("Ann Roe", "professor at Tartu")


def test_resolve_hears_no_country_in_what_someone_studies():
    tree = (
        "[nsubj compound:Ann Roe , [appos professor [prep of [pobj amod:Russian politics]]] ,] "
        "left=leave ."
    )
    claim = ("professor of Russian politics", "Ann Roe", "RUS", ())
    assert named(written(tree, claim, PERSON="Ann Roe"), "Ann Roe").country is None


@pytest.mark.parametrize(
    ("before", "whose", "country"),
    [
        ("[nsubj The compound:Home Office] agreed=agree .\n", "of the Home Office", "GBR"),
        ("nsubj:Tesko closed=close [dobj the plant] .\n", "of Tesko", None),
    ],
)
def test_resolve_takes_a_spokesperson_for_that_of_whom_it_was_told(before, whose, country):
    scene = written(before + "[nsubj A spokesperson] said [ccomp it] .", ORG="Home Office | Tesko")
    found = named(scene, "A spokesperson")
    assert (found.office, found.country) == (f"spokesperson {whose}", country)


def test_resolve_leaves_a_spokesperson_of_somebody_as_told():
    tree = "nsubj:Tesko left=leave .\n[nsubj An compound:army spokesman] said [ccomp it] ."
    assert named(written(tree, ORG="Tesko"), "An army spokesman").office == "army spokesman"


def test_resolve_takes_a_statement_for_who_issued_it():
    tree = (
        "[nsubj The amod:Kenyan amod:foreign ministry] left=leave [prep in [pobj a statement]] .\n"
        "[nsubj The statement] said [ccomp it] ."
    )
    scene = written(tree, NORP="Kenyan")
    hear(scene, "The Kenyan foreign ministry")
    assert named(scene, "The statement").country == "KEN"
    assert named(scene, "a statement").name == "statement"


def test_resolve_takes_a_letter_for_its_owner():
    scene = written(
        "[nsubj [poss [poss Chad 's] ministry 's] letter] said [ccomp it] .", GPE="Chad"
    )
    assert named(scene, "Chad's ministry's letter").country == "TCD"


# ------------------------------------------------------------------------ he, on written parses


def test_resolve_takes_he_for_the_speaker_not_for_whom_he_quotes():
    tree = (
        "[nsubj compound:Minister compound:Bo Ash] rejected=reject [dobj [poss compound:Cy Poe 's] "
        "claim] .\nnsubj:He warned=warn [dobj them] ."
    )
    scene = written(tree, PERSON="Bo Ash | Cy Poe")
    hear(scene, "Minister Bo Ash", "Cy Poe's claim")
    hear(scene, "Cy Poe's")
    assert named(scene, "He").name == "Bo Ash"


# ------------------------------------------------------------------------- one person, one name


def reference_of(name, person_id, *tenures, now=False):
    """Return a reference that knows one person, by the office and the first day of each tenure."""
    person = SimpleNamespace(id=person_id, name=name)
    held = [
        SimpleNamespace(
            office=office, until="x", first_day=day, may_cover=lambda *_: now, person=person
        )
        for office, day in tenures
    ]
    match = SimpleNamespace(
        person=person,
        match=SimpleNamespace(same=True, forms=("", name)),
        tenures=tuple(held),
    )
    return SimpleNamespace(find_person=lambda said: [match] if said.split()[-1] in name else [])


@pytest.mark.parametrize(
    ("office", "day", "label", "known"),
    [
        ("TCD:head_of_state", date(2015, 1, 1), "PERSON", "Q0"),
        ("TCD:head_of_state", date(2015, 1, 1), "ORG", "Q0"),
        ("TCD:head_of_state", date(1950, 1, 1), "PERSON", None),
        ("TCD:ambassador", date(2015, 1, 1), "PERSON", None),
    ],
)
def test_resolve_knows_who_led_a_country_by_the_surname(office, day, label, known):
    reference = reference_of("Ada Holm", "Q0", (office, day))
    scene = scene_of(
        "Holm NNP nsubj 1; left VBD ROOT 1; . . punct 1", (0, 1, label), reference=reference
    )
    actor = scene.resolve(at(scene, "Holm")).actor
    assert (actor.kind, actor.reference) == ("person", known)


@pytest.mark.parametrize(
    ("offices", "country"),
    [
        (("TCD:head_of_state", "NER:coprince", "TCD:minister"), "TCD"),
        (("TCD:head_of_state", "NER:coprince"), None),
    ],
)
def test_resolve_gives_who_holds_offices_of_two_countries_that_of_most(offices, country):
    tenures = [(office, date(2015, 1, 1)) for office in offices]
    scene = scene_of(
        "Ada NNP compound 1; Holm NNP nsubj 2; left VBD ROOT 2; . . punct 2",
        (0, 2, "PERSON"),
        reference=reference_of("Ada Holm", "Q0", *tenures, now=True),
    )
    assert scene.resolve(at(scene, "Ada Holm")).actor.country == country


def test_resolve_takes_a_name_alone_for_a_surname():
    reference = reference_of("Holm Ada Kern", "Q0", ("TCD:head_of_state", date(2015, 1, 1)))
    found = reference.find_person("Kern")
    reference.find_person = lambda _: found
    scene = scene_of(
        "Holm NNP nsubj 1; left VBD ROOT 1; . . punct 1", (0, 1, "PERSON"), reference=reference
    )
    assert scene.resolve(at(scene, "Holm")).actor.reference is None


def test_resolve_takes_he_for_the_subject_since_the_last_words():
    tree = "nsubj:Roe said [ccomp it] .\nnsubj:Poe won=win .\nnsubj:He said advmod:so ."
    scene = written(tree, PERSON="Roe | Poe")
    hear(scene, "Roe", "it")
    assert scene.resolve(at(scene, "He")).actor.name == "Poe"


def test_resolve_takes_nobody_named_in_a_quotation_for_its_speaker():
    tree = (
        "nsubj:Roe spoke=speak .\n\n"
        "[ccomp “ nsubj:We have [dobj compound:Bo Ash] advmod:now , ”] nsubj:he said ."
    )
    scene = written(tree, PERSON="Roe | Bo Ash")
    hear(scene, "Roe")
    quotation = at(scene, "“We have Bo Ash now,”")
    he = scene.doc.text.rindex("he said")
    assert scene.resolve((he, he + 2), says=(quotation,)).actor.name == "Roe"


def test_resolve_takes_he_for_who_is_named_in_his_sentence_not_for_the_subject_before():
    tree = (
        "nsubj:Poe won=win .\n"
        "[nsubj The fate [prep of [pobj compound:Bo Ash]]] was acomp:open "
        "[advcl mark:after nsubj:he left=leave] ."
    )
    scene = written(tree, PERSON="Poe | Bo Ash")
    assert named(scene, "he", last=True).name == "Bo Ash"


def test_resolve_takes_no_thing_that_speaks_for_he():
    tree = "nsubj:Roe left=leave .\n[nsubj A fight] said [ccomp it] .\n[nsubj He] said [ccomp it] ."
    scene = written(tree, PERSON="Roe")
    hear(scene, "A fight")
    assert named(scene, "He").name == "Roe"


@pytest.mark.parametrize(
    ("before", "words", "name"),
    [
        ("[nsubj Tesko]", "The company", "Tesko"),
        ("[nsubj A amod:Chadian diplomat]", "The diplomat", "Chadian diplomat"),
        ("[nsubj Tesko]", "The plan", "plan"),
    ],
    ids=["a body", "called so", "a thing"],
)
def test_resolve_takes_a_description_for_who_spoke_last(before, words, name):
    tree = f"{before} said [ccomp it] .\n[nsubj {words}] said [ccomp it] ."
    scene = written(tree, ORG="Tesko", NORP="Chadian")
    hear(scene, before.removeprefix("[nsubj ").removesuffix("]").replace("amod:", ""))
    assert named(scene, words).name == name


def test_resolve_takes_who_with_its_clause_for_the_noun_before_it():
    tree = "[nsubj compound:Ann Roe , [relcl nsubj:who led=lead [dobj the town]]] said [ccomp it] ."
    scene = written(tree, PERSON="Ann Roe")
    assert named(scene, "who led the town").name == "Ann Roe"


def test_resolve_knows_a_lawmaker_with_party_and_state_as_of_the_united_states():
    scene = written("[nsubj compound:Ann Roe , appos:R-Fla. ,] left=leave .", PERSON="Ann Roe")
    assert named(scene, "Ann Roe").country == "USA"


def test_resolve_gives_what_stands_after_a_name_rather_than_a_rank_before_it():
    tree = (
        "[nsubj compound:Professor compound:Ann Roe , [appos an expert [prep in pobj:law]] ,] "
        "left=leave ."
    )
    scene = written(tree, ("Professor", "Ann Roe", None), PERSON="Ann Roe")
    assert named(scene, "Ann Roe").office == "expert in law"
