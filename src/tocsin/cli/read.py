"""One article, or a few: read, explain."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tocsin.cli.frame import complain, day_option, one_of, write_page
from tocsin.cli.second import show_spent, with_second
from tocsin.errors import TocsinError
from tocsin.publish.progress import show_steps
from tocsin.records import Failure

if TYPE_CHECKING:
    from tocsin.records import Article, Report
    from tocsin.second.reader import SecondReader
    from tocsin.settings import Settings


@click.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@day_option("--on", "Take DAY as the day of publication.")
@one_of("dress", "--json", "json", "Print JSON, one article a line.")
@one_of("dress", "--markdown", "markdown", "Print Markdown.")
@click.option("--html", type=click.Path(dir_okay=False), help="Write the sitrep as one HTML page.")
@click.option("--fetch", is_flag=True, help="Let a web address be fetched from the network.")
@click.option("--encoding", help="Encoding of text that is not UTF-8, like windows-1252.")
@with_second
def read(
    articles: tuple[str, ...],
    dress: str | None,
    html: str | None,
    settings: Settings,
    **options: Any,
) -> None:
    """Make a situation report of each ARTICLE: a file, - for standard input, or an address.

    Plain text, Markdown, HTML and PDF are read.  The report goes to standard output.

    \b
    Examples:
      tocsin read article.txt
      tocsin read article.txt --on "29 October 2024" --html sitrep.html
      tocsin read *.txt --json > reports.jsonl
      tocsin read https://example.org/news --fetch
      tocsin read article.txt --reader http://127.0.0.1:11434/v1 --model qwen3:8b
    """
    from tocsin.second.reader import open_second

    _require_target(html, articles)
    failures, second = [], open_second(settings)
    for result in _process(articles, settings, second, **options):
        if isinstance(result, Failure):
            failures.append(result)
        else:
            _show(result, dress, html)
    if second is not None:
        show_spent(second)
    _finish(failures, len(articles))


def _require_target(html: str | None, articles: tuple[str, ...]) -> None:
    """Refuse a page for several articles, on standard output, or over the article itself."""
    if html is None:
        return
    if len(articles) > 1:
        raise click.UsageError("--html takes one article; name one, or use --json or --markdown")
    if html in ("", "-"):
        raise click.UsageError("--html takes the name of a file, like sitrep.html")
    page, article = Path(html), Path(articles[0])
    with suppress(OSError, ValueError):  # one of them is not there
        if page.samefile(article):
            raise click.UsageError("--html names the article itself, which the page would replace")


def _process(
    origins: tuple[str, ...], settings: Settings, second: SecondReader | None, **options: Any
) -> Iterator[Report | Failure]:
    # One article: let its error end the run before a language pipeline is loaded for nothing.
    articles: Iterable[Article | Failure] = _read(origins, settings=settings, **options)
    if len(origins) == 1:
        articles = list(articles)
    else:
        articles = show_steps(articles, len(origins), "articles read", transient=False)

    from tocsin.pipeline import open_tools, process_articles
    from tocsin.second.ahead import read_ahead

    asked = read_ahead(articles, second)
    return process_articles(asked, open_tools(settings))


def _read(origins: tuple[str, ...], *, fetch: bool, **options: Any) -> Iterator[Article | Failure]:
    from tocsin.articles.read import read_article

    for origin in origins:
        try:
            yield read_article(origin, allow_fetch=fetch, **options)
        except TocsinError as error:
            if len(origins) == 1:
                raise
            from tocsin.articles.items import failed

            yield failed(error, origin)


def _show(report: Any, dress: str | None, html: str | None) -> None:
    if html:
        from tocsin.publish.html import render_html

        write_page(html, render_html(report), "sitrep")
    if dress == "json":
        from tocsin.publish.jsontext import render_json

        click.echo(render_json(report))
    elif dress == "markdown":
        from tocsin.publish.markdown import render_markdown

        click.echo(render_markdown(report))
    else:
        from tocsin.publish.terminal import write_terminal

        write_terminal(report)


def _finish(failures: list[Failure], total: int) -> None:
    for failure in failures:
        complain(failure.told)
    if failures and total > 1:
        complain(f"{len(failures)} of {total} articles failed; the others are complete.")
    if failures:
        sys.exit(1)


@click.command()
@click.argument("article")
@day_option("--on", "Take DAY as the day of publication.")
@click.option("--encoding", help="Encoding of text that is not UTF-8, like windows-1252.")
@with_second
def explain(article: str, on: date | None, encoding: str | None, settings: Settings) -> None:
    """Show why each event of ARTICLE was coded as it was: parse, lexicon, status.

    \b
    Example:
      tocsin explain article.txt
    """
    from tocsin.articles.read import read_article
    from tocsin.pipeline import explain_article, open_tools
    from tocsin.publish.explain import render_explanation
    from tocsin.second.reader import open_second

    second = open_second(settings)
    text = read_article(article, settings=settings, on=on, encoding=encoding)
    said = second.read(text) if second is not None else None
    explained = explain_article(text, open_tools(settings), said)
    click.echo(render_explanation(text, explained), nl=False)
    if second is not None:
        show_spent(second)
