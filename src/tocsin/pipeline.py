"""The order of the work: one article through all steps; failures as records; the run's account.

`STEPS` is the whole pipeline.  Each step is a plain function that reads fields of a `Draft` and
returns the fields it gives; a test checks that what a step needs was given before it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from tocsin.articles.items import failed
from tocsin.articles.markdown import prose_of_markdown
from tocsin.checks.dating import check_dating
from tocsin.checks.sourcing import check_sourcing
from tocsin.checks.tenure import check_tenure
from tocsin.extract.events.coding import find_events
from tocsin.extract.events.explanation import explain_events
from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.models.parser import Analyser, load_analyser
from tocsin.models.tagger import Tagger, load_tagger
from tocsin.records import (
    Account,
    Article,
    Dating,
    Event,
    Explanation,
    Failure,
    Finding,
    OfficeClaim,
    Report,
    Statement,
)
from tocsin.reference.offices import Reference, load_reference
from tocsin.settings import Settings

if TYPE_CHECKING:
    from spacy.tokens import Doc


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What is loaded once and used for every article."""

    analyser: Analyser
    reference: Reference
    tagger: Tagger


@dataclass(slots=True, kw_only=True)
class Draft:
    """A report in the making: one field for everything a step may give."""

    article: Article
    tools: Tools
    doc: Doc
    office_claims: tuple[OfficeClaim, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    tenure: tuple[Finding, ...] = ()
    dating: Dating | None = None
    dating_findings: tuple[Finding, ...] = ()
    sourcing: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One step: the draft's fields it reads and those it gives."""

    needs: tuple[str, ...]
    gives: tuple[str, ...]
    run: Callable[[Draft], Mapping[str, Any]]


def _claim(draft: Draft) -> Mapping[str, Any]:
    found = find_office_claims(draft.doc, draft.article, draft.tools.reference)
    return {"office_claims": tuple(found)}


def _attribute(draft: Draft) -> Mapping[str, Any]:
    found = find_statements(draft.doc, draft.article, draft.office_claims, draft.tools.tagger)
    return {"statements": tuple(found)}


def _code_events(draft: Draft) -> Mapping[str, Any]:
    found = find_events(
        draft.doc,
        draft.article,
        draft.statements,
        draft.office_claims,
        reference=draft.tools.reference,
    )
    return {"events": tuple(found)}


def _test_tenures(draft: Draft) -> Mapping[str, Any]:
    found = check_tenure(draft.office_claims, draft.article, draft.tools.reference)
    return {"tenure": tuple(found)}


def _date(draft: Draft) -> Mapping[str, Any]:
    dating, findings = check_dating(draft.office_claims, draft.tools.reference)
    return {"dating": dating, "dating_findings": tuple(findings)}


def _count_speakers(draft: Draft) -> Mapping[str, Any]:
    return {"sourcing": tuple(check_sourcing(draft.statements, draft.article))}


STEPS: tuple[Step, ...] = (
    Step(needs=("article", "doc", "tools"), gives=("office_claims",), run=_claim),
    Step(needs=("article", "doc", "tools", "office_claims"), gives=("statements",), run=_attribute),
    Step(
        needs=("article", "doc", "tools", "office_claims", "statements"),
        gives=("events",),
        run=_code_events,
    ),
    Step(needs=("article", "tools", "office_claims"), gives=("tenure",), run=_test_tenures),
    Step(needs=("tools", "office_claims"), gives=("dating", "dating_findings"), run=_date),
    Step(needs=("article", "statements"), gives=("sourcing",), run=_count_speakers),
)


def open_tools(settings: Settings) -> Tools:
    """Load everything that is loaded once.

    Raises:
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
    """
    return Tools(
        analyser=load_analyser(settings),
        reference=load_reference(settings),
        tagger=load_tagger(),
    )


def process_article(article: Article, tools: Tools) -> Report:
    """Return everything that Tocsin makes of `article`."""
    return _report(_run(STEPS, article, tools))


def explain_article(article: Article, tools: Tools) -> tuple[Explanation, ...]:
    """Return, for each sentence of `article` that tells an act, how it was read and why."""
    needed = ("office_claims", "statements")
    draft = _run([step for step in STEPS if set(step.gives) <= set(needed)], article, tools)
    found = explain_events(
        draft.doc,
        article,
        draft.statements,
        draft.office_claims,
        reference=tools.reference,
    )
    return tuple(found)


def _run(steps: Iterable[Step], article: Article, tools: Tools) -> Draft:
    draft = Draft(article=article, tools=tools, doc=tools.analyser.analyse(_prose(article)))
    for step in steps:
        for name, value in step.run(draft).items():
            setattr(draft, name, value)
    return draft


def _prose(article: Article) -> str:
    """Return the text with what is no sentence blanked out; offsets hold for the unaltered text.

    That is markup, and the dateline, which a parser takes for the subject of the first sentence.
    """
    markdown = article.media_type == "text/markdown"
    prose = prose_of_markdown(article.text) if markdown else article.text
    if article.dateline is None:
        return prose
    start, end = article.dateline.words
    # Line breaks, so that nothing runs on from the headline into the first sentence.
    return prose[:start] + "\n" * (end - start) + prose[end:]


def process_articles(
    articles: Iterable[Article | Failure], tools: Tools
) -> Iterator[Report | Failure]:
    """Process `articles` in their order.  One article's failure is a record, not the end."""
    for article in articles:
        if isinstance(article, Failure):
            yield article
            continue
        try:
            yield process_article(article, tools)
        except Exception as error:  # whatever it is, the other articles must not pay for it
            yield failed(error, article.origin or article.id)


def _report(draft: Draft) -> Report:
    return Report(
        article=draft.article,
        statements=draft.statements,
        events=draft.events,
        office_claims=draft.office_claims,
        findings=(*draft.tenure, *draft.dating_findings, *draft.sourcing),
        dating=draft.dating,
        account=_account(draft),
    )


def _account(draft: Draft) -> Account:
    records: tuple[Statement | Finding, ...]
    records = (*draft.statements, *draft.tenure, *draft.dating_findings)
    absences = Counter(str(each.absence) for each in records if each.absence is not None)
    return Account(
        tocsin=version("tocsin"),
        pipeline=draft.tools.analyser.name,
        reference=draft.tools.reference.describe(),
        absences=dict(sorted(absences.items())),
    )
