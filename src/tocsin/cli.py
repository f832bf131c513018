"""The command line: one command per verb.

Nothing heavy is imported here; a command imports what it needs when it runs, so that
``tocsin --help`` answers at once.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from datetime import date
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from tocsin.errors import TocsinError, ValueNotUnderstood
from tocsin.publish.visible import on_one_line
from tocsin.settings import describe_settings, load_settings

if TYPE_CHECKING:
    from tocsin.records import Article, Failure, Report

_SETTINGS = "\n".join(
    f"  {name}  ({default}) {what}" for name, default, what in describe_settings()
)

#: Characters of the name of a person or an office that is looked up.
_LONGEST_NAME = 200

_EPILOG = f"""\b
Exit codes:
  0  done
  1  some articles of several failed (they are named at the end), the output could not be
     written, or a fault in Tocsin
  2  the command line was not understood
  3  the input could not be read (missing, empty, binary, too large, no article ...)
  4  the text is not in English
  5  a value was not understood (a day, a setting, an encoding)
  6  the language pipeline is not installed or cannot be used
  7  a reference file is malformed

\b
Environment variables (default):
{_SETTINGS}
"""


class Day(click.ParamType[date]):
    """A calendar day as people write it: 2024-10-29, "29 October 2024", "Oct. 29, 2024"."""

    name = "DAY"

    def convert(
        self,
        value: Any,
        param: click.Parameter | None,
        ctx: click.Context | None,  # noqa: ARG002 - click's signature
    ) -> date:
        """Return the day that `value` names.

        Raises:
            ValueNotUnderstood: it names none.
        """
        from tocsin.articles.days import read_day

        day = value if isinstance(value, date) else read_day(value)
        if day is None:
            name = param.opts[0] if param else "the day"
            raise ValueNotUnderstood(
                f"{name} cannot be read as a day",
                value=value,
                expected='a day of 1600 to 2999, like 2024-10-29 or "29 October 2024"',
            )
        return day


class _Group(click.Group):
    """Shows every error that Tocsin raises on purpose as one message, with its exit code."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except TocsinError as error:
            _complain(str(error))
            ctx.exit(error.exit_code)


@click.group(cls=_Group, epilog=_EPILOG)
@click.version_option(package_name="tocsin")
def tocsin() -> None:
    """Read news about crises: what happened, who says so, and could they have said it?

    \b
    Examples:
      tocsin read article.txt
      tocsin read page.html --html sitrep.html
      tocsin read article.txt --on 2024-10-29 --json | jq .findings
      curl -s https://example.org/news | tocsin read -
    """


@tocsin.command()
@click.argument("articles", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--on", type=Day(), help="Take DAY as the day of publication.")
@click.option("--json", "dress", flag_value="json", help="Print JSON, one article a line.")
@click.option("--markdown", "dress", flag_value="markdown", help="Print Markdown.")
@click.option("--html", type=click.Path(dir_okay=False), help="Write the sitrep as one HTML page.")
@click.option("--fetch", is_flag=True, help="Let a web address be fetched from the network.")
@click.option("--encoding", help="Encoding of text that is not UTF-8, like windows-1252.")
def read(
    articles: tuple[str, ...],
    on: date | None,
    dress: str | None,
    html: str | None,
    fetch: bool,
    encoding: str | None,
) -> None:
    """Make a situation report of each ARTICLE: a file, - for standard input, or an address.

    Plain text, Markdown and HTML are read.  The report goes to standard output.

    \b
    Examples:
      tocsin read article.txt
      tocsin read article.txt --on "29 October 2024" --html sitrep.html
      tocsin read *.txt --json > reports.jsonl
      tocsin read https://example.org/news --fetch
    """
    _require_target(html, articles)
    failures = []
    for result in _process(articles, on=on, fetch=fetch, encoding=encoding):
        if _is_failure(result):
            failures.append(result)
        else:
            _show(result, dress, html)
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
    try:
        same = page.samefile(article)
    except (OSError, ValueError):  # one of them is not there
        same = False
    if same:
        raise click.UsageError("--html names the article itself, which the page would replace")


def _process(origins: tuple[str, ...], **options: Any) -> Iterator[Report | Failure]:
    settings = load_settings()
    # One article: let its error end the run before a language pipeline is loaded for nothing.
    articles: Any = _read(origins, settings=settings, stop=len(origins) == 1, **options)
    articles = list(articles) if len(origins) == 1 else _with_progress(articles, len(origins))

    from tocsin.pipeline import open_tools, process_articles

    return process_articles(articles, open_tools(settings))


def _read(
    origins: tuple[str, ...], *, stop: bool, fetch: bool, **options: Any
) -> Iterator[Article | Failure]:
    from tocsin.articles.read import read_article

    for origin in origins:
        try:
            yield read_article(origin, allow_fetch=fetch, **options)
        except TocsinError as error:
            if stop:
                raise
            from tocsin.pipeline import failure

            yield failure(error, origin)


def _with_progress(articles: Iterator[Any], total: int) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    hidden = not console.is_terminal
    return iter(track(articles, "Reading", total=total, console=console, disable=hidden))


def _is_failure(result: Report | Failure) -> bool:
    from tocsin.records import Failure

    return isinstance(result, Failure)


def _show(report: Any, dress: str | None, html: str | None) -> None:
    if html:
        from tocsin.publish.html import render_html

        _write(Path(html), render_html(report))
    if dress == "json":
        from tocsin.publish.jsonout import render_json

        click.echo(render_json(report))
    elif dress == "markdown":
        from tocsin.publish.markdown import render_markdown

        click.echo(render_markdown(report))
    else:
        from tocsin.publish.terminal import write_terminal

        write_terminal(report)


def _write(path: Path, page: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8")
    except (OSError, ValueError) as error:  # ValueError: a NUL byte in the path
        why = error.strerror if isinstance(error, OSError) else error
        raise ValueNotUnderstood(
            f"the page cannot be written ({why})",
            value=path,
            expected="a file in a folder you may write to",
        ) from None
    click.echo(f"The sitrep is in {on_one_line(str(path))}", err=True)


def _finish(failures: list[Any], total: int) -> None:
    for failure in failures:
        named = failure.origin in failure.message
        _complain(failure.message if named else f"{failure.origin}: {failure.message}")
    if failures and total > 1:
        _complain(f"{len(failures)} of {total} articles failed; the others are complete.")
    if failures:
        sys.exit(1)


def _complain(message: str) -> None:
    click.echo(f"tocsin: {on_one_line(message)}", err=True)


@tocsin.command()
@click.argument("article")
@click.option("--on", type=Day(), help="Take DAY as the day of publication.")
@click.option("--encoding", help="Encoding of text that is not UTF-8, like windows-1252.")
def explain(article: str, on: date | None, encoding: str | None) -> None:
    """Show why each event of ARTICLE was coded as it was: parse, lexicon, status.

    \b
    Example:
      tocsin explain article.txt
    """
    from tocsin.articles.read import read_article
    from tocsin.pipeline import explain_article, open_tools
    from tocsin.publish.explain import render_explanation

    settings = load_settings()
    text = read_article(article, settings=settings, on=on, encoding=encoding)
    click.echo(render_explanation(text, explain_article(text, open_tools(settings))), nl=False)


@tocsin.command()
@click.argument("words", metavar="OFFICE")
@click.option("--on", type=Day(), help="Only who held it on DAY.")
@click.option("--country", help="Country or body, when OFFICE does not name it: UKR, NATO ...")
def office(words: str, on: date | None, country: str | None) -> None:
    """Look up who holds or held OFFICE, written as the press writes it.

    \b
    Examples:
      tocsin office "Defense Minister of Ukraine" --on 2024-10-29
      tocsin office "NATO's spokesperson"
      tocsin office "Pentagon chief" --on "1 March 2025"
    """
    from tocsin.publish.lookups import render_offices
    from tocsin.reference.offices import load_reference

    _require_short("OFFICE", words)
    reference = load_reference(load_settings())
    _answer(render_offices(reference, reference.find_office(words, on, country), on), words)


@tocsin.command()
@click.argument("name")
def person(name: str) -> None:
    """Look up the offices that NAME holds or held.

    \b
    Examples:
      tocsin person "Sergei Shoigu"
      tocsin person Lavrov
    """
    from tocsin.publish.lookups import render_people
    from tocsin.reference.offices import load_reference

    _require_short("NAME", name)
    reference = load_reference(load_settings())
    _answer(render_people(reference, reference.find_person(name)), name)


@tocsin.group()
def reference() -> None:
    """Add your own office holders over the shipped facts; list and remove them."""


@reference.command("add")
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE..."
)
@click.option("--name", help="What to call it (default: the file's name); replaces one so called.")
def reference_add(files: tuple[Path, ...], name: str | None) -> None:
    """Import each FILE: CSV, Follow-the-Money JSON lines, Popolo, or a Wikidata query's result.

    A malformed file is refused with its line and the reason, and changes nothing.

    \b
    Example:
      tocsin reference add ministers.csv
    """
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import add_layer

    for path in files:
        layer = add_layer(path, load_settings().data_dir, today=date.today(), name=name)
        click.echo(render_layer(layer))


@reference.command("list")
def reference_list() -> None:
    """List what you have imported."""
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import list_layers

    layers = list_layers(load_settings().data_dir)
    click.echo("\n".join(map(render_layer, layers)) or "Nothing has been imported.")


@reference.command("remove")
@click.argument("name")
def reference_remove(name: str) -> None:
    """Remove the import called NAME; the shipped facts stay."""
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import remove_layer

    click.echo(f"Removed: {render_layer(remove_layer(name, load_settings().data_dir))}")


@reference.command("update")
@click.argument("countries", nargs=-1, required=True, metavar="COUNTRY...")
def reference_update(countries: tuple[str, ...]) -> None:
    """Ask Wikidata for the office holders of each COUNTRY (UKR, RUS ...).  Uses the network."""
    from tocsin.publish.lookups import render_layer
    from tocsin.reference.layers import update_layers

    for layer in update_layers(countries, load_settings().data_dir, today=date.today()):
        click.echo(render_layer(layer))


def _require_short(what: str, words: str) -> None:
    """Refuse what nobody is called: comparing it with every name would take minutes."""
    if len(words) > _LONGEST_NAME:
        raise ValueNotUnderstood(
            f"{what} is too long",
            value=words,
            expected=f"at most {_LONGEST_NAME} characters",
            advice="To have a text searched for officials, use: tocsin read",
        )


def _answer(lines: Iterator[str], asked: str) -> None:
    """Print what the reference knows; knowing nothing is an answer too, not an error."""
    answer = "\n".join(lines)
    click.echo(answer or f"The reference has no record of {on_one_line(asked)!r}.")


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal that cannot show “ must not end the run
            stream.reconfigure(errors="backslashreplace")
    try:
        tocsin()
    except OSError as error:
        _complain(f"the operating system refused: {error}")
        sys.exit(1)
    finally:
        _flush()


def _flush() -> None:
    """Write out what is left; a full disk must not show as a complaint of the interpreter."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.flush()
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # nothing more is tried at the exit
        if error.errno != errno.EPIPE:
            _complain(f"the operating system refused: {error}")
        sys.exit(1)
