"""Events of what the network has seen: who, when, where, how sure, and what is one act."""

from dataclasses import replace
from datetime import date

import pytest

from tests.acts import Seen, events_of
from tocsin.lexicons.tables import listed, read_rows
from tocsin.models.reader import TYPES
from tocsin.records import Manner, Naming, Stance, Statement, Status

SHELLED = "[nsubj amod:Russian/NNP forces] shelled=shell [dobj nummod:two villages] ."
SHELLING = Seen(
    act="shelled",
    type="ASSAULT",
    roles={"actor": ["Russian forces"], "recipient": ["two villages"]},
    countries=({"RUS": 0.9}, {}),
)


def codes(actors):
    return [actor.country for actor in actors]


def one(tree, *seen, **others):
    [event] = events_of(tree, *seen, **others)
    return event


# --------------------------------------------------------------------------- who


def test_find_events_gives_words_that_name_a_country_their_country():
    event = one(SHELLED, SHELLING)
    assert (event.type, codes(event.actors)) == ("ASSAULT", ["RUS"])


def test_find_events_gives_words_without_a_country_that_of_the_network():
    tree = SHELLED[:-1] + "[npadvmod:today , [prep in pobj:Ukraine]] ."
    seen = Seen(
        act="shelled",
        type="ASSAULT",
        roles={"actor": ["Russian forces"], "recipient": ["two villages"]},
        countries=({"RUS": 0.9}, {"UKR": 0.8}),
    )
    [victim] = one(tree, seen).recipients
    assert (victim.name, victim.country) == ("two villages", "UKR")
    assert "the network takes" in victim.because


def test_find_events_places_no_named_person_in_a_country_that_others_are_of():
    tree = "[nsubj compound:Ada Holm] met=meet/VBD [dobj amod:Russian/NNP officials] ."
    seen = Seen(
        act="met",
        type="CONSULT",
        roles={"actor": ["Ada Holm", "Russian officials"]},
        countries=({"RUS": 0.9}, {}),
    )
    actors = one(tree, seen, PERSON="Ada Holm").actors
    assert {actor.name: actor.country for actor in actors} == {
        "Russian officials": "RUS",
        "Ada Holm": None,
    }


def test_find_events_hears_the_network_where_it_rules_a_country_out():
    seen = Seen(
        act="shelled",
        type="ASSAULT",
        roles={"actor": ["Russian forces"]},
        countries=({"RUS": 0.01}, {}),
    )
    assert one(SHELLED, seen).actors == ()


def test_find_events_leaves_a_country_open_that_the_network_does_not_give():
    [victim] = one(SHELLED, SHELLING).recipients
    assert victim.country is None


def test_find_events_shows_a_country_that_no_words_of_the_act_name_by_its_own():
    tree = "[nsubjpass The town [prep in pobj:Ukraine]] auxpass:was shelled=shell ."
    seen = Seen(act="shelled", type="ASSAULT", countries=({}, {"UKR": 0.9}))
    event = one(tree, seen)
    [victim] = event.recipients
    assert (victim.country, victim.kind, event.actors) == ("UKR", "country", ())


def test_find_events_shows_no_country_that_is_hardly_meant():
    tree = "[nsubjpass The town [prep in pobj:Ukraine]] auxpass:was shelled=shell ."
    seen = Seen(act="shelled", type="ASSAULT", countries=({"UKR": 0.05}, {}))
    assert one(tree, seen).actors == ()


BOTH = "[nsubj Russia and [conj Ukraine]] attacked=attack [dobj the base] ."


def test_find_events_gives_a_side_a_second_country_that_is_likely_too():
    seen = Seen(act="attacked", type="ASSAULT", countries=({"RUS": 0.95, "UKR": 0.9}, {}))
    assert codes(one(BOTH, seen).actors) == ["RUS", "UKR"]


@pytest.mark.parametrize(("words", "likely"), [("Russia and Ukraine", True), ("Russia", False)])
def test_find_events_is_readier_to_give_a_second_country_that_is_named_beside_the_first(
    words, likely
):
    countries = {"RUS": 0.95, "UKR": 0.5}, {}
    seen = Seen(act="attacked", type="ASSAULT", roles={"actor": [words]}, countries=countries)
    assert codes(one(BOTH, seen).actors) == ["RUS", *["UKR"] * likely]


@pytest.mark.parametrize(
    ("told", "name"),
    [("eight close", "eight close partners"), ("military", "military"), ("partners", "partners")],
)
def test_find_events_shows_a_number_or_quality_with_its_noun(told, name):
    tree = (
        "nsubj:Russia attacked=attack [dobj nummod:eight/CD amod:close/JJ "
        "[amod:military/JJ] partners] ."
    )
    tree = tree.replace("[amod:military/JJ] ", "amod:military/JJ " if told == "military" else "")
    roles = {"actor": ["Russia"], "recipient": [told]}
    event = one(tree, Seen(act="attacked", type="ASSAULT", roles=roles))
    assert [each.name for each in event.recipients] == [name]


def test_find_events_gives_a_side_no_second_country_that_is_likelier_on_the_other():
    seen = Seen(
        act="attacked", type="ASSAULT", countries=({"RUS": 0.95, "UKR": 0.9}, {"UKR": 0.95})
    )
    assert codes(one(BOTH, seen).actors) == ["RUS"]


def test_find_events_keeps_on_both_sides_a_country_that_is_certain_there():
    countries = {"RUS": 1.0}, {"RUS": 1.0, "UKR": 1.0}
    event = one(BOTH, Seen(act="attacked", type="ASSAULT", countries=countries))
    assert (codes(event.actors), sorted(codes(event.recipients))) == (["RUS"], ["RUS", "UKR"])


EXPELLED = (
    "nsubj:Chad protested=protest [prep to pobj:Mali] "
    "[advcl mark:after nsubj:{} aux:had expelled=expel [dobj amod:Chadian/NNP diplomats]] ."
)


@pytest.mark.parametrize(("subject", "actor"), [("Mali", "MLI"), ("Chad", "TCD"), ("it", "TCD")])
def test_find_events_lets_nobody_act_on_their_own_country_for_a_subject_of_another(subject, actor):
    seen = Seen(
        act="expelled",
        type="COERCE",
        roles={"actor": ["Chad"], "recipient": ["Chadian diplomats"]},
        countries=({"TCD": 0.8, "MLI": 0.3}, {"TCD": 0.9}),
    )
    assert codes(one(EXPELLED.format(subject), seen, GPE="Chad | Mali").actors) == [actor]


@pytest.mark.parametrize(("named", "actor"), [([], "MLI"), (["Chad"], "TCD")])
def test_find_events_prefers_the_subject_to_an_actor_whom_no_words_name(named, actor):
    countries = {"TCD": 0.8, "MLI": 0.6}, {}
    seen = Seen(act="expelled", type="COERCE", roles={"actor": named}, countries=countries)
    assert codes(one(EXPELLED.format("Mali"), seen, GPE="Chad | Mali").actors) == [actor]


def test_find_events_leaves_a_subject_of_the_passive_who_it_is_done_to():
    tree = "nsubj:Chad protested=protest [advcl mark:after nsubjpass:Mali auxpass:was hit] ."
    seen = Seen(act="hit", type="ASSAULT", countries=({"TCD": 0.9}, {"TCD": 0.9}))
    assert codes(one(tree, seen).actors) == ["TCD"]


def test_find_events_takes_a_recipient_less_readily_than_an_actor():
    seen = Seen(act="attacked", type="ASSAULT", countries=({"RUS": 0.1}, {"UKR": 0.1}))
    event = one(BOTH, seen)
    assert (codes(event.actors), event.recipients) == (["RUS"], ())


def test_find_events_keeps_all_actors_of_no_known_country():
    tree = "[nsubj Gunmen and [conj protesters]] burned=burn [dobj the station] ."
    seen = Seen(act="burned", type="ASSAULT", roles={"actor": ["Gunmen", "protesters"]})
    assert [actor.name for actor in one(tree, seen).actors] == ["Gunmen", "protesters"]


def test_find_events_does_not_let_a_country_run_on_into_the_act():
    tree = "[nsubj compound:Moldova help=help/NN] came=come ."
    seen = Seen(
        act="help",
        type="AID",
        roles={"recipient": ["Moldova"]},
        countries=({}, {"MDA": 0.9}),
    )
    [helped] = one(tree, seen).recipients
    assert helped.words == (0, 7)


def test_find_events_makes_the_name_of_a_person_whole():
    tree = "[nsubj compound:Arda Kishan] called=call [prep for pobj:talks] [prep in pobj:Georgia] ."
    seen = Seen(act="called", type="REQUEST", roles={"actor": ["Arda"]})
    [asking] = one(tree, seen, PERSON="Arda Kishan").actors
    assert asking.name == "Arda Kishan"


def test_find_events_makes_the_name_of_a_body_whole():
    tree = "[nsubj compound:Moldova compound:Relief Corps] called=call [prep for pobj:talks] ."
    ours = ({"MDA": 0.9}, {})
    words = {"actor": ["Moldova Relief"]}
    seen = Seen(act="called", type="REQUEST", roles=words, countries=ours)
    assert [actor.name for actor in one(tree, seen).actors] == ["Moldova Relief Corps"]


def test_find_events_gives_no_country_twice_on_one_side():
    tree = (
        "[nsubj Russia] attacked=attack [dobj the base] .\n"
        "[nsubj Moscow] struck=strike [dobj the base] ."
    )
    ours = ({"RUS": 0.9}, {})
    first = Seen(act="attacked", type="ASSAULT", roles={"actor": ["Russia"]}, countries=ours)
    again = Seen(act="struck", type="ASSAULT", roles={"actor": ["Moscow"]}, countries=ours, same=0)
    assert codes(one(tree, first, again).actors) == ["RUS"]


# --------------------------------------------------------------------------- harm


PERSON = "[nsubj compound:Arda Kishan] {verb} [dobj nummod:two soldiers] [prep in pobj:Georgia] ."


def test_find_events_names_a_person_as_doer_where_grammar_agrees():
    tree = PERSON.format(verb="killed=kill")
    seen = Seen(act="killed", type="ASSAULT", roles={"actor": ["Arda Kishan"]})
    [doer] = one(tree, seen, PERSON="Arda Kishan").actors
    assert doer.name == "Arda Kishan"


def test_find_events_names_nobody_as_doer_of_a_harm_that_is_hardly_told():
    tree = PERSON.format(verb="killed=kill")
    roles = {"actor": ["Arda Kishan"]}
    seen = Seen(act="killed", type="ASSAULT", chance=0.45, roles=roles)
    assert one(tree, seen, PERSON="Arda Kishan", threshold=0.4).actors == ()


def test_find_events_names_no_bystander_as_doer():
    tree = (
        "[nsubj compound:Arda Kishan] saw=see [ccomp mark:that [nsubjpass nummod:two soldiers] "
        "auxpass:were killed=kill [prep in pobj:Georgia]] ."
    )
    seen = Seen(
        act="killed",
        type="ASSAULT",
        roles={"actor": ["Arda Kishan"]},
        countries=({"GEO": 0.7}, {}),
    )
    [doer] = one(tree, seen, PERSON="Arda Kishan").actors
    assert (doer.name, doer.country) == ("Georgia", "GEO")


def test_find_events_names_a_person_who_only_speaks_as_actor_of_an_act_without_harm():
    tree = "[nsubj compound:Arda Kishan] called=call [prep for pobj:talks] [prep in pobj:Georgia] ."
    seen = Seen(act="called", type="REQUEST", roles={"actor": ["Arda Kishan"]})
    [asking] = one(tree, seen, PERSON="Arda Kishan").actors
    assert asking.name == "Arda Kishan"


# --------------------------------------------------------------------------- types

LIFTED = "[nsubj Ghana] lifted=lift/VBD [dobj poss:its ban [prep on [pobj amod:Togolese cocoa]]] ."
SENT = "[nsubj Ghana] sent=send/VBD [dobj {sent}] [prep to [pobj det:the amod:Togolese {where}]] ."


@pytest.mark.parametrize(
    ("tree", "act", "read", "told"),
    [
        (LIFTED, "lifted", "COERCE", "CONCEDE"),
        (LIFTED.replace("ban", "sanctions=sanction/NNS"), "lifted", "COERCE", "RETREAT"),
        (LIFTED, "lifted", "AGREE", "AGREE"),
        (LIFTED.replace("lifted=lift", "kept=keep"), "kept", "COERCE", "COERCE"),
        (LIFTED.replace("lifted=lift/VBD", "aux:has neg:not lifted=lift/VBN"), "lifted",
         "COERCE", "COERCE"),
        ("[nsubj Ghana] refused=refuse/VBD [xcomp aux:to/TO lift/VB [dobj poss:its ban]] .", "ban",
         "COERCE", "COERCE"),
        (SENT.format(sent="tanks=tank/NNS", where="border"), "sent", "AID", "MOBILIZE"),
        (SENT.format(sent="tanks=tank/NNS", where="army"), "sent", "AID", "AID"),
        (SENT.format(sent="tents=tent/NNS", where="border"), "sent", "AID", "AID"),
        ("[nsubj Ghana] summoned=summon/VBD [dobj amod:Togolese ambassador] .", "summoned",
         "CONSULT", "ACCUSE"),
        ("[nsubj Ghana] suspended=suspend/VBD [dobj talks=talk/NNS [prep with pobj:rebels]] .",
         "suspended", "CONSULT", "SANCTION"),
        ("[nsubj Ghana] signed=sign/VBD [dobj det:a treaty [prep with pobj:rebels]] .", "signed",
         "AGREE", "SUPPORT"),
        ("[nsubj Ghana] refused=refuse/VBD [xcomp aux:to/TO sign/VB [dobj det:a treaty]] .", "sign",
         "AGREE", "AGREE"),
    ],
)  # fmt: skip
def test_find_events_takes_the_type_of_the_lexicon_only_where_words_leave_no_doubt(
    tree, act, read, told
):
    assert one(tree, Seen(act=act, type=read)).type == told


def test_every_type_that_is_overruled_is_that_of_an_act_of_the_lexicon():
    acts = {row[0] for row in read_rows("lexicons/acts.tsv", "act")}
    overruled = dict(read_rows("lexicons/overruled.tsv", "act instead_of"))
    assert overruled.keys() <= acts
    assert {each for cell in overruled.values() for each in listed(cell)} <= set(TYPES)


def test_find_events_keeps_a_type_with_which_the_lexicon_agrees_in_another_telling():
    tree = (
        "[nsubj Ghana] imposed=impose/VBD [dobj det:a ban [prep on pobj:cocoa]] .\n"
        "[nsubj It] lifted=lift/VBD [dobj det:the ban] ."
    )
    acts = Seen(act="imposed", type="COERCE"), Seen(act="lifted", type="COERCE", same=0)
    assert one(tree, *acts).type == "COERCE"


DIED = "[nsubj nummod:Nine sailors] died=die/VBD {how} ."
KILLED = "[nsubjpass nummod:Nine sailors] auxpass:were killed=kill/VBN {how} ."
SANK = "[advcl advmod:when [nsubj poss:their {what}] sank=sink/VBD {how}]"


@pytest.mark.parametrize(
    ("tree", "act"),
    [
        (DIED.format(how=SANK.format(what="ship", how="[prep off pobj:Togo]")), "died"),
        (DIED.format(how="[prep in [pobj det:a compound:plane crash]]"), "died"),
        (KILLED.format(how="[agent by [pobj det:a cyclone]]"), "killed"),
        ("[nsubj Floods=flood/NNS] killed=kill/VBD [dobj nummod:nine sailors] .", "killed"),
    ],
)
def test_find_events_tells_no_act_where_harm_came_of_an_accident(tree, act):
    assert events_of(tree, Seen(act=act, type="ASSAULT")) == []


@pytest.mark.parametrize(
    ("tree", "act"),
    [
        (DIED.format(how=SANK.format(what="ship", how="[dobj det:a ferry]")), "died"),
        (DIED.format(how=SANK.format(what="hopes", how="")), "died"),
        (KILLED.format(how="[agent by [pobj det:a bomb]]"), "killed"),
        ("[nsubj Gunmen] killed=kill/VBD [dobj nummod:nine sailors] .", "killed"),
    ],
)
def test_find_events_tells_an_act_where_harm_came_of_no_accident(tree, act):
    assert one(tree, Seen(act=act, type="ASSAULT")).type == "ASSAULT"


def test_find_events_keeps_the_dead_of_a_crash_that_the_sentence_blames_on_somebody():
    how = SANK.format(what="ship", how="[advcl mark:after [nsubj Togo] hit=hit/VBD [dobj it]]")
    acts = Seen(act="died", type="ASSAULT"), Seen(act="hit", type="ASSAULT", same=0)
    assert len(one(DIED.format(how=how), *acts).mentions) == 1


# --------------------------------------------------------------------------- one act


TWICE = SHELLED + "\n[nsubj The shelling=shelling/NN] killed=kill [dobj nummod:three people] ."


def test_find_events_makes_one_event_of_all_mentions_of_an_act():
    again = Seen(act="shelling", type="ASSAULT", same=0)
    event = one(TWICE, SHELLING, again)
    text = "Russian forces shelled two villages.\nThe shelling killed three people."
    assert text[slice(*event.trigger)] == "shelled"
    assert [text[slice(*words)] for words in event.mentions] == ["shelling"]


def test_find_events_keeps_acts_apart_that_are_not_one():
    other = Seen(act="killed", type="ASSAULT")
    assert len(events_of(TWICE, SHELLING, other)) == 2


BLOWS = (
    "[nsubj amod:Kenyan/JJ officers] beat=beat/VBD [dobj amod:Ugandan/JJ drivers] .\n"
    "[nsubj amod:Ugandan/JJ soldiers] shot=shoot/VBD [dobj amod:Kenyan/JJ fishermen] ."
)


@pytest.mark.parametrize(("type", "events"), [("ASSAULT", 2), ("CONSULT", 1)])
def test_find_events_takes_blow_and_answer_for_two_acts_and_a_meeting_for_one(type, events):
    first = Seen(
        act="beat",
        type=type,
        roles={"actor": ["Kenyan officers"], "recipient": ["Ugandan drivers"]},
        countries=({"KEN": 0.9}, {"UGA": 0.9}),
    )
    answer = Seen(
        act="shot",
        type=type,
        roles={"actor": ["Ugandan soldiers"], "recipient": ["Kenyan fishermen"]},
        countries=({"UGA": 0.9}, {"KEN": 0.9}),
        same=0,
    )
    assert len(events_of(BLOWS, first, answer)) == events


def test_find_events_leaves_out_what_is_not_sure_enough():
    unsure = Seen(act="shelled", type="ASSAULT", chance=0.4)
    assert events_of(SHELLED, unsure) == []


# --------------------------------------------------------------------------- how sure


def test_find_events_sums_up_statuses_of_one_sureness():
    split = {"asserted": 0.3, "reported": 0.3, "alleged": 0.4}
    seen = Seen(act="shelled", type="ASSAULT", statuses=split)
    assert one(SHELLED, seen).status in (Status.ASSERTED, Status.REPORTED)


def test_find_events_takes_back_what_a_court_clears_of():
    tree = (
        "[nsubj A court] cleared=clear/VBD [dobj compound:Ada Holm]"
        " [prep of [pcomp killing=kill/VBG [dobj a hunter]]] ."
    )
    assert one(tree, Seen(act="killing", type="ASSAULT")).status is Status.DENIED
    assert one(tree, Seen(act="cleared", type="ACCUSE")).status is Status.NEGATED


def said(*content):
    return Statement(
        id="s1",
        speaker=None,
        speaker_words=None,
        cue=None,
        content=(content,),
        manner=Manner.INDIRECT,
        stance=Stance.ASSERTS,
        naming=Naming.OFFICE,
    )


def test_find_events_takes_an_act_in_a_statement_for_reported():
    event = one(SHELLED, SHELLING, statements=[said(0, 36)])
    assert (event.status, event.asserted_by) == (Status.REPORTED, "s1")


@pytest.mark.parametrize(("status", "by"), [("reported", "s1"), ("asserted", "article")])
def test_find_events_asks_later_mentions_who_says_what_a_headline_tells(status, by):
    headline = replace(SHELLING, status=status)
    again = Seen(act="shelling", type="ASSAULT", same=0, status=status)
    event = one(TWICE, headline, again, statements=[said(37, 71)])
    assert (event.status, event.asserted_by) == (Status(status), by)


@pytest.mark.parametrize(
    ("words", "status"), [("2021", Status.HISTORICAL), ("Tuesday", Status.ASSERTED)]
)
def test_find_events_takes_an_act_of_a_day_long_past_for_background(words, status):
    tree = SHELLED[:-1] + f"[prep in [pobj {words}]] ."
    maybe = {"asserted": 0.7, "historical": 0.3}
    seen = Seen(act="shelled", type="ASSAULT", statuses=maybe, roles={"time": [words]})
    assert one(tree, seen).status is status


def test_find_events_takes_no_day_for_history_that_the_network_takes_for_news():
    tree = SHELLED[:-1] + "[prep in [pobj 2021]] ."
    seen = Seen(act="shelled", type="ASSAULT", roles={"time": ["2021"]})
    assert one(tree, seen).status is Status.ASSERTED


# --------------------------------------------------------------------------- when and where


def test_find_events_dates_an_act_by_its_own_date_words():
    later = ", [advcl mark:after talks=talk [prep on pobj:Sunday]] ."
    tree = SHELLED[:-1] + "[prep on pobj:Monday] " + later
    seen = Seen(act="shelled", type="ASSAULT", roles={"time": ["Monday"]})
    assert one(tree, seen).date.earliest == date(2024, 6, 10)


SAID = "[ccomp [nsubj amod:Russian/NNP forces] shelled=shell [dobj nummod:two villages]] , "
SAYS = Statement(
    id="s1",
    speaker=None,
    speaker_words=None,
    cue=(49, 53),
    content=((0, 35),),
    manner=Manner.INDIRECT,
    stance=Stance.ASSERTS,
    naming=Naming.OFFICE,
)


@pytest.mark.parametrize(
    ("status", "latest"), [("asserted", date(2024, 6, 10)), ("future", None), ("historical", None)]
)
def test_find_events_takes_the_day_of_speaking_for_the_last_on_which_it_was_done(status, latest):
    tree = SAID + "[nsubj The minister] said [prep on pobj:Monday] ."
    seen = Seen(act="shelled", type="ASSAULT", status=status, roles={"time": ["Monday"]})
    when = one(tree, seen, statements=[SAYS]).date
    assert (when and (when.earliest, when.latest)) == (latest and (None, latest))


def test_find_events_prefers_the_day_of_the_act_to_that_of_speaking():
    tree = SAID.replace("]] , ", "] [prep on pobj:Sunday]] , ")
    tree += "[nsubj The minister] said [prep on pobj:Monday] ."
    seen = Seen(act="shelled", type="ASSAULT", roles={"time": ["Monday", "Sunday"]})
    says = replace(SAYS, cue=(59, 63), content=((0, 45),))
    assert one(tree, seen, statements=[says]).date.earliest == date(2024, 6, 9)


def test_find_events_dates_what_is_to_come_forward():
    tree = "[nsubj The minister] aux:will visit [dobj Georgia] [prep on pobj:Friday] ."
    seen = Seen(act="visit", type="AGREE", status="future", roles={"time": ["Friday"]})
    assert one(tree, seen).date.earliest == date(2024, 6, 14)


def test_find_events_places_an_act_by_the_words_for_its_place():
    tree = "[nsubj Police] arrested=arrest [dobj dozens] [prep in pobj:Tbilisi] ."
    seen = Seen(act="arrested", type="COERCE", roles={"place": ["Tbilisi"]})
    place = one(tree, seen, GPE="Tbilisi").place
    assert (place.name, place.country) == ("Tbilisi", "GEO")


# --------------------------------------------------------------------------- lexicon and numbers


def test_find_events_takes_the_mode_of_the_lexicon_where_it_has_the_type():
    assert one(SHELLED, SHELLING).mode == "heavy-weapons"


def test_find_events_takes_no_mode_of_another_type():
    seen = Seen(act="shelled", type="ACCUSE", roles=SHELLING.roles)
    assert one(SHELLED, seen).mode is None


def test_find_events_counts_the_dead_of_its_clause():
    tree = "[nsubj The army] killed=kill [dobj nummod:twelve people] [prep in pobj:Goma] ."
    seen = Seen(act="killed", type="ASSAULT")
    [count] = one(tree, seen).counts
    assert (count.kind, count.low, count.high) == ("dead", 12, 12)
