"""Whom names, descriptions and pronouns stand for, on parses built by hand."""

from datetime import date
from types import SimpleNamespace

import spacy
from spacy.tokens import Doc, Span

from tocsin.extract.mentions.resolution import Scene
from tocsin.records import Absence, Article

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


def test_resolve_gives_one_answer_to_whoever_asks():
    scene = scene_of(SAID_IT, (0, 1, "GPE"))
    said = scene.resolve(at(scene, "it"), speaks=True)
    assert scene.resolve(at(scene, "it")) is said


def test_resolve_takes_no_object_for_its_own_subject():
    scene = scene_of("Iran NNP nsubj 1; warned VBD ROOT 1; them PRP dobj 1; . . punct 1")
    assert scene.resolve(at(scene, "them")).absence is Absence.AMBIGUOUS_PRONOUN


def test_resolve_does_not_look_outside_a_quotation():
    scene = scene_of(
        "Iran NNP nsubj 1; left VBD ROOT 1; . . punct 1; “ `` punct 5; They PRP nsubj 5; "
        "attacked VBD ROOT 5; . . punct 5"
    )
    assert scene.resolve(at(scene, "They")).actor is None


def test_resolve_takes_they_for_no_country_where_people_are_nearer():
    scene = scene_of(
        "Israel NNP nsubj 1; bans VBZ ROOT 1; groups NNS dobj 1; as IN mark 5; they PRP nsubj 5; "
        "protest VBZ advcl 1; . . punct 1",
        (0, 1, "GPE"),
    )
    assert scene.resolve(at(scene, "they")).actor is None


def test_resolve_takes_it_for_nobody_where_two_countries_may_be_meant():
    scene = scene_of(
        "Chad NNP nsubj 1; warned VBD ROOT 1; Niger NNP dobj 1; if IN mark 5; it PRP nsubj 5; "
        "attacks VBZ advcl 1; . . punct 1",
        (0, 1, "GPE"),
        (2, 3, "GPE"),
    )
    assert scene.resolve(at(scene, "it")).absence is Absence.AMBIGUOUS_PRONOUN


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
    tenure = SimpleNamespace(
        office="TCD:head_of_state",
        until="",
        first_day=date(2024, 1, 1),
        may_cover=lambda *_: True,
    )
    person = SimpleNamespace(id="Q0", name="Ada Holm")
    match = SimpleNamespace(person=person, match=SimpleNamespace(same=True), tenures=(tenure,))
    scene = scene_of(
        "Ada NNP compound 1; Holm NNP nsubj 2; left VBD ROOT 2; . . punct 2",
        (0, 2, "PERSON"),
        reference=SimpleNamespace(find_person=lambda _: [match]),
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


def test_actors_gives_each_country_of_a_phrase():
    scene = scene_of(
        "leaders NNS nsubj 5; of IN prep 0; Chad NNP pobj 1; and CC cc 2; Niger NNP conj 2; "
        "left VBD ROOT 5; . . punct 5",
        (2, 3, "GPE"),
        (4, 5, "GPE"),
    )
    countries = [a.country for a in scene.actors(at(scene, "leaders of Chad and Niger"))]
    assert countries == ["TCD", "NER"]
