"""How an event came about, as plain text."""

from tocsin.publish.explain import render_explanation
from tocsin.records import ActExplanation, Article, Candidate, Explanation

TEXT = "Chad shelled\x1b[31m Darfur."


def explanation(**changes):
    act = {
        "trigger": (5, 12),
        "chances": {"act": 0.97, "ASSAULT": 0.9},
        "lexicon": "acts.tsv:7",
        "candidates": (
            Candidate(entry="shell R", type="ASSAULT", mode="heavy-weapons", score=2.1),
            Candidate(entry="shell * in:R", type="ASSAULT", mode=None, score=1.5),
        ),
        "parse": ("verb: shelled (lemma shell)", "subject: Chad"),
        "parties": ("actor: Chad = TCD GOV",),
        "steps": ("status: asserted",),
        "event": "e1",
        "outcome": "ASSAULT-heavy-weapons, TCD to SDN, asserted",
    }
    return Explanation(sentence=(0, len(TEXT)), acts=(ActExplanation(**{**act, **changes}),))


def rendered(*explanations):
    return render_explanation(Article(id="a", text=TEXT), explanations)


def test_render_explanation_shows_the_entry_that_fits_and_where_it_stands():
    assert "lexicon: “shell R” (ASSAULT-heavy-weapons, 2.1), acts.tsv:7" in rendered(explanation())


def test_render_explanation_shows_the_probabilities_of_the_network():
    assert "network: act 0.97, ASSAULT 0.90" in rendered(explanation())


def test_render_explanation_knows_of_words_that_no_entry_fits():
    assert "lexicon:" not in rendered(explanation(lexicon="", candidates=()))


def test_render_explanation_lists_the_losing_candidates():
    assert "also fits: “shell * in:R” (ASSAULT, 1.5)" in rendered(explanation())


def test_render_explanation_leads_with_trigger_and_outcome():
    lines = rendered(explanation()).splitlines()
    assert lines[1] == "  “shelled” -> ASSAULT-heavy-weapons, TCD to SDN, asserted"


def test_render_explanation_makes_escape_sequences_visible():
    page = rendered(explanation(parse=("subject: \x1b[2J",)))
    assert "\x1b" not in page
    assert page.count("[U+001B]") == 2


def test_render_explanation_says_when_there_is_nothing():
    assert rendered() == "No act was found in this article.\n"
