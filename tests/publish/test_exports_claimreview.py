import io
import json
from datetime import date

import pytest

from tests.publish import exported
from tocsin.publish.exports.claimreview import write_claimreview
from tocsin.records import Verdict


def write(*checked):
    file = io.StringIO()
    outcome = write_claimreview(file, checked)
    return json.loads(file.getvalue()), outcome, file.getvalue()


def review(*checked):
    graph = write(*checked)[0]["@graph"]
    assert len(graph) == 1
    return graph[0]


def test_write_claimreview_has_what_schema_org_asks_for():
    document = write(exported.checked(Verdict.CONTRADICTED))[0]
    assert document["@context"] == "https://schema.org"
    found = document["@graph"][0]
    assert found["@type"] == "ClaimReview"
    assert found["author"]["@type"] in ("Organization", "Person")
    assert found["itemReviewed"]["@type"] == "Claim"
    assert found["itemReviewed"]["firstAppearance"]["@type"] == "NewsArticle"
    rating = found["reviewRating"]
    assert rating["@type"] == "Rating"
    assert rating["worstRating"] <= rating["ratingValue"] <= rating["bestRating"]


@pytest.mark.parametrize(
    ("verdict", "value", "name"),
    [
        (Verdict.CONTRADICTED, 1, "Contradicted by the reference"),
        (Verdict.HOLDS, 5, "Agrees with the reference"),
    ],
)
def test_write_claimreview_rates_the_verdict_in_words(verdict, value, name):
    rating = review(exported.checked(verdict))["reviewRating"]
    assert (rating["ratingValue"], rating["alternateName"]) == (value, name)
    assert rating["ratingExplanation"].startswith("Ana Sol had been Foreign Minister")


def test_write_claimreview_publishes_no_judgement_where_there_is_none():
    document, outcome, _ = write(
        exported.checked(Verdict.UNSURE),
        exported.checked(Verdict.NO_RECORD),
        exported.checked(Verdict.HOLDS, check="sourcing"),
    )
    assert document["@graph"] == []
    assert outcome.sentence() == (
        "nothing; left out: 1 with the verdict unsure, 1 with the verdict no_record, "
        "1 of the check “sourcing”, no review of a claim"
    )


def test_write_claimreview_publishes_nothing_of_a_time_that_is_not_told():
    told = {"claimed": "Ana Sol", "on": None, "before": "2025-03-04"}
    document, outcome, _ = write(exported.checked(Verdict.HOLDS, compared=told))
    assert document["@graph"] == []
    assert outcome.sentence() == "nothing; left out: 1 of a time before, whose day is not told"


def test_write_claimreview_gives_the_claim_in_the_articles_words():
    found = review(exported.checked(Verdict.HOLDS))
    assert found["claimReviewed"] == "“Foreign Minister Ana Sol”, of 2025-03-04"
    assert found["itemReviewed"]["text"] == "Foreign Minister Ana Sol"


def test_write_claimreview_takes_its_day_from_the_articles():
    articles = [exported.article("a1"), exported.article("a2", published=date(2025, 3, 9))]
    found = review(exported.checked(Verdict.HOLDS, *articles))
    assert found["datePublished"] == "2025-03-09"
    assert found["itemReviewed"]["datePublished"] == "2025-03-04"
    assert found["itemReviewed"]["firstAppearance"]["@id"] == "urn:tocsin:article:a1"
    assert len(found["itemReviewed"]["appearance"]) == 2


def test_write_claimreview_names_the_outlet_as_author_of_the_claim():
    author = review(exported.checked(Verdict.HOLDS))["itemReviewed"]["author"]
    assert author == {"@type": "Organization", "name": "Example News"}


def test_write_claimreview_names_the_speaker_as_author_of_a_claim_that_is_quoted():
    author = review(exported.checked(Verdict.HOLDS, speaker=exported.SOL))["itemReviewed"]["author"]
    assert author == {"@type": "Person", "name": "Ana Sol", "jobTitle": "Foreign Minister"}


def test_write_claimreview_links_only_to_the_web():
    article = exported.article(url="javascript:alert(1)")
    appearance = review(exported.checked(Verdict.HOLDS, article))["itemReviewed"]["firstAppearance"]
    assert "url" not in appearance


def test_write_claimreview_can_stand_in_a_page():
    made = [
        exported.checked(
            Verdict.HOLDS, exported.hostile_article(f"h{number}"), sentence=words, about=words
        )
        for number, words in enumerate(exported.HOSTILE)
    ]
    document, _, text = write(*made)
    assert len(document["@graph"]) == len(exported.HOSTILE)
    assert text.isascii()
    assert "<" not in text
    assert "\u202e" not in document["@graph"][9]["reviewRating"]["ratingExplanation"]
