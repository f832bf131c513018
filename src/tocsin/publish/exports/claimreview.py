"""ClaimReview (schema.org, JSON-LD): what the tenure check says of claims to an office.

Only verdicts about a claim are reviews of one: `holds` and `contradicted` of the check `tenure`,
and only for a day: what fits some time before is no judgement on the words as they stand.
`unsure` and `no_record` are not published, because a reader takes any published review for a
judgement.  "Contradicted" is said of our reference, in words, with its evidence; the word "false"
is not used.  Nothing depends on a clock: a review bears the day of the latest article it is about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from tocsin.publish.exports.articles import outlet_of, web_address_of
from tocsin.publish.exports.export import Checked, Export, Outcome
from tocsin.publish.jsontext import write_list
from tocsin.publish.visible import in_quotation_marks, on_one_line
from tocsin.publish.wording import words_at
from tocsin.records import Actor, Article, Evidence, Verdict, to_json
from tocsin.store.kinds import FINDINGS

#: Value and name of the verdicts that are published, on a scale of 1 to 5 as fact checkers use it.
_RATINGS = {
    Verdict.CONTRADICTED: (1, "Contradicted by the reference"),
    Verdict.HOLDS: (5, "Agrees with the reference"),
}

_REVIEWER = {"@type": "Organization", "name": "Tocsin (automatic check of offices)"}


def write_claimreview(file: TextIO, checked: Iterable[Checked]) -> Outcome:
    """Write a review for each verdict of the tenure check that is one, as one JSON-LD graph."""
    outcome = Outcome()
    reviews = _find_reviews(checked, outcome)
    head = {"@context": "https://schema.org"}
    outcome.written["reviews"] = write_list(file, head, "@graph", reviews)
    return outcome


def _find_reviews(checked: Iterable[Checked], outcome: Outcome) -> Iterator[dict[str, Any]]:
    for each in checked:
        finding = each.finding
        if finding.check != "tenure":
            outcome.left_out[f"of the check “{finding.check}”, no review of a claim"] += 1
        elif finding.verdict not in _RATINGS:
            outcome.left_out[f"with the verdict {finding.verdict}"] += 1
        elif finding.compared.get("on") is None:
            outcome.left_out["of a time before, whose day is not told"] += 1
        else:
            yield _review(each)


def _review(checked: Checked) -> dict[str, Any]:
    finding = checked.finding
    value, name = _RATINGS[finding.verdict]
    days = (each.published for each in checked.articles if each.published)
    review = {
        "@type": "ClaimReview",
        "@id": f"urn:tocsin:finding:{checked.id}",
        "claimReviewed": _claimed(checked),
        "itemReviewed": _claim(checked),
        "author": _REVIEWER,
        "datePublished": to_json(max(days, default=None)),
        "reviewRating": {
            "@type": "Rating",
            "ratingValue": value,
            "bestRating": 5,
            "worstRating": 1,
            "alternateName": name,
            "ratingExplanation": on_one_line(finding.sentence),
        },
        "citation": [_cited(each) for each in finding.evidence],
    }
    return _without_nothing(review)


def _claimed(checked: Checked) -> str:
    """Return the claim in the article's own words ("former President ..."), and its day."""
    compared = checked.finding.compared
    claim = _words(checked) or f"{compared.get('office')} {compared.get('claimed')}"
    return f"{in_quotation_marks(claim)}, of {compared['on']}"


def _words(checked: Checked) -> str | None:
    span = checked.finding.words
    return on_one_line(words_at(checked.articles[0].text, span)) if span else None


def _claim(checked: Checked) -> dict[str, Any]:
    first = checked.articles[0]
    claim = {
        "@type": "Claim",
        "@id": f"urn:tocsin:claim:{checked.finding.about}",
        "text": _words(checked),
        "author": _author(checked.speaker, first),
        "datePublished": to_json(first.published),
        "firstAppearance": _article(first),
        "appearance": [_article(each) for each in checked.articles],
    }
    return _without_nothing(claim)


def _author(speaker: Actor | None, article: Article) -> dict[str, Any] | None:
    """Return who claims it: the speaker of the statement, else the outlet."""
    if speaker is None or speaker.kind != "person":
        return _body(speaker.name if speaker else outlet_of(article))
    title = on_one_line(speaker.office) if speaker.office else None
    person = {"@type": "Person", "name": on_one_line(speaker.name), "jobTitle": title}
    return _without_nothing(person)


def _body(name: str | None) -> dict[str, Any] | None:
    return {"@type": "Organization", "name": on_one_line(name)} if name else None


def _article(article: Article) -> dict[str, Any]:
    described = {
        "@type": "NewsArticle",
        "@id": f"urn:tocsin:article:{article.id}",
        "url": web_address_of(article),
        "headline": on_one_line(article.title) if article.title else None,
        "datePublished": to_json(article.published),
        "inLanguage": article.language,
        "publisher": _body(outlet_of(article)),
    }
    return _without_nothing(described)


def _cited(evidence: Evidence) -> str:
    """Return one fact of the reference: who, which office, from when to when, says who."""
    ends = (("since", evidence.since), ("until", evidence.until))
    when = " ".join(f"{word} {day}" for word, day in ends if day)
    held = f"{evidence.person}, {evidence.office} {when} ({evidence.origin})"
    return on_one_line(held)


def _without_nothing(value: dict[str, Any]) -> dict[str, Any]:
    return {key: item for key, item in value.items() if item not in (None, [], "")}


CLAIMREVIEW = Export(
    name="claimreview",
    summary="Checked claims as ClaimReview: a file.",
    more="""What the tenure check says of claims to an office, as schema.org JSON-LD.  Only claims
that it contradicts or that hold on a day; `unsure` and `no_record` are no judgement.""",
    examples=("claims.jsonl --store crisis --verdict contradicted",),
    kind=FINDINGS,
    own=("check",),
    file=lambda kept, file: write_claimreview(file, kept.checked(**kept.asked)),
)
