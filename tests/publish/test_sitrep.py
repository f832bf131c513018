"""The order of a sitrep, and what it says about each kind of record."""

from dataclasses import replace
from datetime import date

import pytest

from tocsin.publish.sitrep import build_sitrep
from tocsin.records import Absence, Dating, Evidence, Naming, Stance, Status, Verdict


def _section(sitrep, key):
    return next(section for section in sitrep.sections if section.key == key)


def _quotes(sitrep):
    return [q for section in sitrep.sections for item in section.items for q in item.quotes]


def test_sitrep_puts_what_matters_first(harbour):
    harbour.find(harbour.claims[0], Verdict.UNSURE)
    keys = [section.key for section in build_sitrep(harbour.report).sections]
    assert keys == [
        *("contradicted", "unsure", "happened", "speakers", "background", "holds", "no_record"),
        "account",
    ]  # fmt: skip


def test_sitrep_says_when_nothing_was_contradicted(builder):
    section = _section(build_sitrep(builder(text="Rain fell.").report), "contradicted")
    assert not section.items
    assert "Nothing" in section.notes[0]


def test_sitrep_leaves_out_sections_with_nothing_in_them(builder):
    keys = [section.key for section in build_sitrep(builder(text="Rain fell.").report).sections]
    assert keys == ["contradicted", "account"]


def test_sitrep_keeps_a_silent_reference_away_from_suspicion(harbour):
    section = _section(build_sitrep(harbour.report), "no_record")
    assert [item.badge.text for item in section.items] == ["no record"]
    assert "no sign that anything is wrong" in section.notes[0]


def test_sitrep_counts_why_nothing_is_known_most_frequent_first(harbour):
    harbour.findings[1] = replace(harbour.findings[1], absence=Absence.NO_COUNTRY)
    for words in ("Friday", "Brinn"):
        harbour.state(None, words, absence=Absence.NO_SPEAKER_WORDS)
    assert _section(build_sitrep(harbour.report), "no_record").notes[1:] == (
        "2 × statements with no words that name a speaker",
        "1 × offices whose country is not clear",
    )


def test_sitrep_counts_no_reasons_of_what_it_shows_elsewhere(harbour):
    harbour.findings[2] = replace(harbour.findings[2], absence=Absence.NEAR_NAME)
    assert len(_section(build_sitrep(harbour.report), "no_record").notes) == 1


def test_sitrep_shows_what_is_said_twice_of_one_person_once(builder):
    made = builder(text="President Mara Lind left. President Lind will return.")
    for words, name in (("President Mara Lind", "Mara Lind"), ("President Lind", "Lind")):
        claim = made.claim(words, "President", name)
        made.find(claim, Verdict.HOLDS, sentence="She was.", compared={"claimed": name})
    sitrep = build_sitrep(made.report)
    (item,) = _section(sitrep, "holds").items
    assert [quote.words for quote in item.quotes] == ["President Mara Lind", "President Lind"]
    assert next(tally.number for tally in sitrep.tallies if tally.section == "holds") == 1


def test_sitrep_keeps_two_people_of_one_office_apart(builder):
    made = builder(text="Senator Mara Lind met Senator Otto Brandt.")
    for name in ("Mara Lind", "Otto Brandt"):
        claim = made.claim(f"Senator {name}", "Senator", name)
        sentence = "“Senator” was not tested."
        made.find(claim, Verdict.NO_RECORD, sentence=sentence, compared={"claimed": name})
    assert len(_section(build_sitrep(made.report), "no_record").items) == 2


def test_sitrep_does_not_count_who_held_an_office_without_a_name_as_what_holds(builder):
    made = builder(text="The president left.")
    claim = made.claim("The president", "The president")
    made.find(claim, Verdict.HOLDS, check="holder", sentence="Mara Lind held it.")
    sitrep = build_sitrep(made.report)
    assert [item.headline for item in _section(sitrep, "unnamed").items] == ["Mara Lind held it."]
    assert next(tally.number for tally in sitrep.tallies if tally.section == "holds") == 0


def test_sitrep_of_an_undated_article_says_that_nothing_could_be_tested(builder):
    made = builder(text="President Mara Lind left.")
    made.find(made.claim("President Mara Lind", "President", "Mara Lind"), Verdict.NO_RECORD)
    (note,) = _section(build_sitrep(made.report), "contradicted").notes
    assert note.startswith("Nothing could be tested, because the article bears no day")
    assert "--on" in note


@pytest.mark.parametrize(
    ("origin", "shown"),
    [
        ("/home/mara/secret/harbour.txt", "harbour.txt"),
        (r"C:\Users\mara\harbour.txt", "harbour.txt"),
        ("week/articles.jsonl:17", "articles.jsonl:17"),
        ("-", "-"),
        ("https://example.org/a/b", "https://example.org/a/b"),
    ],
)
def test_sitrep_names_what_was_read_without_its_folders(builder, origin, shown):
    assert build_sitrep(builder(text="Rain fell.", origin=origin).report).about[-1] == shown


def test_sitrep_puts_told_events_before_planned_ones(harbour):
    harbour.happen("Otto Brandt", "Otto", status=Status.FUTURE)
    harbour.happen("asked for talks", "asked", status=Status.DENIED)
    items = _section(build_sitrep(harbour.report), "happened").items
    assert [item.badge.text for item in items] == ["reported", "denied", "future"]


def test_sitrep_shows_background_apart_from_news(harbour):
    harbour.happen("Otto Brandt", "Otto", status=Status.HISTORICAL)
    sitrep = build_sitrep(harbour.report)
    background = [item.badge.text for item in _section(sitrep, "background").items]
    assert background == ["historical", "negated", "hypothetical"]
    assert [item.badge.text for item in _section(sitrep, "happened").items] == ["reported"]


def test_sitrep_says_who_tells_an_event(harbour):
    sitrep = build_sitrep(harbour.report)
    told = {key: _section(sitrep, key).items[0].lines[0] for key in ("happened", "background")}
    assert told["happened"] == "told by the article itself"
    assert told["background"] == "told by Otto Brandt (says)"


def test_sitrep_says_how_sure_an_event_is(harbour):
    assert "confidence 90%" in _section(build_sitrep(harbour.report), "happened").items[0].lines[1]


def test_sitrep_names_actor_act_and_recipient(harbour):
    first = _section(build_sitrep(harbour.report), "happened").items[0]
    assert first.headline == "Arland → Brinn: assault (“shelled”)"


def test_sitrep_lists_a_speaker_with_contradicted_office_first(harbour):
    president = harbour.claims[1]
    harbour.find(president, Verdict.CONTRADICTED)
    harbour.findings.pop(2)
    items = _section(build_sitrep(harbour.report), "speakers").items
    assert [item.name for item in items] == ["Mara Lind", "Otto Brandt", "officials in Brinn"]
    assert items[0].badge.text == "named, office contradicted"


def test_sitrep_gathers_the_statements_of_one_speaker(harbour):
    brandt = replace(harbour.statements[0].speaker, words=harbour.at("Mara Lind"))
    harbour.state(brandt, "Arland's navy", stance=Stance.DENIES)
    brandt_item = _section(build_sitrep(harbour.report), "speakers").items[0]
    assert brandt_item.headline == "Otto Brandt, Arland's Defence Minister"
    assert brandt_item.lines[0] == "2 statements: denies, says"


def test_sitrep_does_not_take_two_unnamed_officials_for_one(builder):
    made = builder(text="An official said no. An official in Oslo said yes.")
    for words, content in (("An official", "no"), ("An official in Oslo", "yes")):
        speaker = made.actor("an official", words)
        made.state(speaker, content, naming=Naming.ANONYMOUS)
    assert len(_section(build_sitrep(made.report), "speakers").items) == 2


def test_sitrep_shows_what_reference_facts_a_finding_rests_on(harbour):
    fact = Evidence(person="Jon Falk", office="Minister", since="2021", until=None, origin="list")
    harbour.findings[2] = replace(harbour.findings[2], evidence=(fact,))
    lines = _section(build_sitrep(harbour.report), "contradicted").items[0].lines
    assert lines == ("reference: Jon Falk, Minister, since 2021 (list)",)


def test_sitrep_shows_the_claims_that_exclude_each_other(harbour):
    harbour.dating = Dating(
        earliest=None,
        latest=None,
        because=("Brandt left in 2020.", "Lind came in 2022."),
        conflict=tuple(claim.id for claim in harbour.claims),
    )
    sentence = "No day fits Brandt and Lind. Brandt left in 2020."
    harbour.find(None, Verdict.CONTRADICTED, sentence=sentence, check="dating")
    clash = _section(build_sitrep(harbour.report), "contradicted").items[-1]
    assert clash.name == "No day fits all offices"
    assert clash.lines == ("Lind came in 2022.",)
    assert [quote.words for quote in clash.quotes] == [
        "Arland's Defence Minister Otto Brandt",
        "President Mara Lind",
    ]


def test_sitrep_tells_between_which_days_all_offices_fit(harbour):
    harbour.dating = Dating(earliest=date(2025, 1, 2), latest=None, because=("Lind came then.",))
    notes = _section(build_sitrep(harbour.report), "holds").notes
    assert notes == ("All office claims can be true together: 2 January 2025 or later.",
                     "Lind came then.")  # fmt: skip


def test_sitrep_does_not_give_a_reason_twice(harbour):
    harbour.dating = Dating(
        earliest=date(2025, 1, 2), latest=None, because=(harbour.findings[0].sentence,)
    )
    assert len(_section(build_sitrep(harbour.report), "holds").notes) == 1


def test_sitrep_says_why_nobody_is_given_as_speaker(builder):
    made = builder(text="No shot was fired, it was said.")
    made.state(None, "No shot was fired", absence=Absence.NO_SPEAKER_WORDS)
    (nobody,) = _section(build_sitrep(made.report), "speakers").items
    assert nobody.headline == "No speaker given"
    assert "why not known: no speaker words" in nobody.lines[0]


def test_sitrep_shows_the_count_of_speakers_as_a_note_on_all_of_them(harbour):
    sentence = "3 statements by 3 speakers."
    harbour.find(None, Verdict.HOLDS, sentence=sentence, check="sourcing")
    sitrep = build_sitrep(harbour.report)
    assert _section(sitrep, "speakers").notes == (sentence,)
    assert len(_section(sitrep, "holds").items) == 1


def test_sitrep_sums_up_what_its_sections_hold(harbour):
    tallies = build_sitrep(harbour.report).tallies
    assert " ".join(f"{tally.number} {tally.words}" for tally in tallies) == (
        "1 contradicted 0 unsure 1 hold 1 no record 1 event 3 statements"
    )


def test_sitrep_quotes_exactly_the_words_at_its_offsets(harbour):
    text = harbour.text
    quotes = _quotes(build_sitrep(harbour.report))
    assert len(quotes) == 8
    for quote in quotes:
        assert quote.words == " … ".join(text[start:end] for start, end in quote.spans)


def test_sitrep_gives_every_item_and_quote_an_anchor_of_its_own(harbour):
    sitrep = build_sitrep(harbour.report)
    anchors = [item.anchor for section in sitrep.sections for item in section.items]
    anchors += [quote.anchor for quote in _quotes(sitrep)]
    assert len(anchors) == len(set(anchors))


def test_sitrep_says_where_the_date_comes_from(harbour):
    assert build_sitrep(harbour.report).about == ("4 March 2025 (from the dateline)",)
    guessed = replace(harbour.report.article, published_from="guess")
    about = build_sitrep(replace(harbour.report, article=guessed)).about
    assert about == ("4 March 2025 (a guess from the page)",)
