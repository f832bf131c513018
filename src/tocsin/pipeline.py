"""The order of the work: one article through all steps; failures as records; the run's account."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import version

from tocsin.articles.items import failed
from tocsin.articles.markdown import prose_of_markdown
from tocsin.checks.dating import check_dating
from tocsin.checks.sourcing import check_sourcing
from tocsin.checks.tenure import check_tenure
from tocsin.extract.events.coding import find_events
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
    Explanation,
    Failure,
    Finding,
    OfficeClaim,
    Report,
    Span,
    Statement,
    Verdict,
)
from tocsin.reference.offices import Reference, load_reference
from tocsin.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What is loaded once and used for every article."""

    models: Models
    reference: Reference


def open_tools(settings: Settings) -> Tools:
    """Load everything that is loaded once.

    Raises:
        PipelineMissingError: the language pipeline that `settings` names cannot be used.
        ReferenceFileError: what was imported into the reference has been damaged.
    """
    return Tools(models=load_models(settings), reference=load_reference(settings))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Read:
    """One article as far as acts need it."""

    reading: Reading
    claims: tuple[OfficeClaim, ...]
    scene: Scene
    statements: tuple[Statement, ...]


def process_article(article: Article, tools: Tools) -> Report:
    """Return everything that Tocsin makes of `article`."""
    reference = tools.reference
    read = _read(article, tools)
    claims, statements = read.claims, read.statements
    events = tuple(find_events(read.reading, read.scene, statements, tools.models.acts))
    tenure = tuple(check_tenure(claims, article, reference))
    contradicted = {f.about for f in tenure if f.verdict is Verdict.CONTRADICTED}
    dating, conflicts = check_dating(claims, reference, contradicted)
    sourcing = tuple(check_sourcing(statements, article))
    return Report(
        article=article,
        statements=statements,
        events=events,
        office_claims=claims,
        findings=(*tenure, *conflicts, *sourcing),
        dating=dating,
        account=_account(tools, (*statements, *tenure, *conflicts)),
    )


def explain_article(article: Article, tools: Tools) -> tuple[Explanation, ...]:
    """Return, for each sentence of `article` that tells an act, how it was read and why."""
    read = _read(article, tools)
    return tuple(explain_events(read.reading, read.scene, read.statements, tools.models.acts))


def read_acts_of(article: Article, tools: Tools) -> ReadArticle:
    """Return what is read of the acts of `article`, before it becomes records."""
    read = _read(article, tools)
    return read_article(read.reading, read.scene, read.statements, tools.models.acts)


def country_words_of(article: Article, tools: Tools) -> list[tuple[Span, str]]:
    """Return the words of `article` that name a country: what the reader is trained with."""
    reading = tools.models.read(_prose(article))
    claims = find_office_claims(reading, article, tools.reference)
    return Scene(reading.doc, article, claims, tools.reference).country_words()


def _read(article: Article, tools: Tools) -> _Read:
    reading = tools.models.read(_prose(article))
    claims = tuple(find_office_claims(reading, article, tools.reference))
    scene = Scene(reading.doc, article, claims, tools.reference)
    statements = tuple(find_statements(reading, article, claims, tools.models.tagger, scene))
    return _Read(reading=reading, claims=claims, scene=scene, statements=statements)


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


def _account(tools: Tools, records: Iterable[Statement | Finding]) -> Account:
    absences = Counter(str(each.absence) for each in records if each.absence is not None)
    return Account(
        tocsin=version("tocsin"),
        pipeline=tools.models.name,
        reference=tools.reference.describe(),
        absences=dict(sorted(absences.items())),
        reader=reader_version(),
    )
