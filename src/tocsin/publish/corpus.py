"""A store as it is shown: progress, account, status, problems, outlets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from tocsin.lexicons.numbered import counted, most_first
from tocsin.publish.progress import SECONDS_A_LINE, describe_speed, show_lines, spell_time
from tocsin.publish.second import render_spent
from tocsin.publish.visible import on_one_line
from tocsin.records import to_json
from tocsin.store.pending import WHAT_SETTLES, tell_unsettled

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.corpus.account import Added
    from tocsin.lexicons.outlets import Outlet
    from tocsin.store.holdings import Holdings
    from tocsin.store.verify import Problem


@contextmanager
def show_progress(every: float = SECONDS_A_LINE) -> Iterator[Callable[[Added], None]]:
    """Show where the work of the body stands, a bar or lines; given is what takes the account."""
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        with _lines_of_progress(console, every) as keep:
            yield keep
        return
    columns = (BarColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("starting", total=None)

        def move(added: Added) -> None:
            total, done = added.expected, added.seen
            if added.to_settle:
                total, done = added.settled + added.to_settle, added.settled
            bar.update(task, description=describe_progress(added), total=total, completed=done)

        yield move


@contextmanager
def _lines_of_progress(console: Console, every: float) -> Iterator[Callable[[Added], None]]:
    from tocsin.corpus.account import Added

    latest = Added()

    def keep(added: Added) -> None:
        nonlocal latest
        latest = added

    def describe(seconds: float) -> str:
        return describe_progress(replace(latest, seconds=seconds))

    with show_lines(describe, console, every):
        yield keep


def describe_progress(added: Added) -> str:
    """Return where the work stands: how many, how fast, how long still, what did not go well."""
    if not (added.seen or added.expected or added.to_settle or added.shards_left):
        return f"starting: {spell_time(added.seconds)} so far"
    if added.to_settle:
        done = counted(added.settled, "step")
        return f"comparing the articles: {done} done, {added.to_settle:,} left"
    worked = added.seen - added.known
    left = None if added.expected is None else worked + max(0, added.expected - added.seen)
    seen = counted(added.seen, "article")
    if added.expected is not None:
        seen = f"{added.seen:,} of {counted(added.expected, 'article')}"
    parts = [seen, *describe_speed(worked, left, added.seconds), f"{added.failed:,} failed"]
    if added.shards_left:
        parts.append(f"{counted(added.shards, 'shard')} done, {added.shards_left:,} left")
    aside = sum(added.set_aside.values())
    return ", ".join([*parts, f"{aside:,} set aside"] if aside else parts)


def render_failures(added: Added) -> Iterator[str]:
    """Yield each failure that the account names, then how many more there are."""
    yield from (on_one_line(failure.told) for failure in added.failures)
    if added.failed > len(added.failures):
        yield f"... and {added.failed - len(added.failures):,} more failed; all are in the store."


def render_unread_days(added: Added) -> Iterator[str]:
    """Yield how many days of tables and feeds were not read, with the first and what to do."""
    if added.unread_day:
        days = f"{counted(added.unread_days, 'day')} of publication not read, as {added.unread_day}"
        yield on_one_line(f"{days}: --map day_order=dmy, or mdy, tells 3/5 from 5/3")


def render_added(added: Added) -> str:
    """Return the closing account on one line, with a second where the work is not done."""
    return _closing(_counted(added), added)


def render_worked(done: Added) -> str:
    """Return what one process did of a work that many share, and what others still do."""
    account = _closing([f"{counted(done.shards, 'shard')} finished", *_counted(done, "read")], done)
    if done.shards_left and not done.interrupted:
        account += f"\nIn the hands of others: {counted(done.shards_left, 'shard')}."
    return account


def render_gathered(added: Added) -> str:
    """Return the closing account of gathering, and what is not there yet to be gathered."""
    account = _closing([f"{counted(added.shards, 'shard')} gathered", *_counted(added)], added)
    if added.shards_left and not added.interrupted:
        account += f"\nNot finished: {counted(added.shards_left, 'shard')}."
    return account


def _counted(added: Added, done: str = "added") -> list[str]:
    parts = [f"{counted(added.articles, 'article')} {done}"]
    if added.prints:
        parts[0] += f" ({added.prints:,} with words that were there already)"
    parts.append(f"{added.known:,} already there")
    if added.set_aside:
        parts.append(f"{sum(added.set_aside.values()):,} set aside ({most_first(added.set_aside)})")
    return [*parts, f"{added.failed:,} failed"]


def render_reread(done: Added) -> str:
    """Return the closing account of rereading, with the ids that lead to nothing now."""
    account = _closing(
        [f"{counted(done.articles, 'text')} read again", f"{done.failed:,} failed"], done
    )
    if not done.lost:
        return account
    return f"{account}\nIn the words of these ids nothing is found now: {', '.join(done.lost)}"


def _closing(parts: Iterable[str], added: Added) -> str:
    account = f"{'; '.join(parts)}; {spell_time(added.seconds)}."
    if added.second is not None:
        account += f"\n{render_spent(added.second)}"
    if added.interrupted:
        account += "\nStopped before the end.  The same command goes on from here."
    return account


def render_status(status: Holdings, *, as_json: bool) -> str:
    """Return what a store holds as lines of text, or as one JSON object."""
    if as_json:
        return json.dumps(to_json(status), ensure_ascii=False)
    return "\n".join(f"{name + ':':<21}{on_one_line(value)}" for name, value in _lines(status))


def render_problem(problem: Problem) -> str:
    """Return a problem on one line."""
    return on_one_line(f"{problem.kind}: {problem.about}: {problem.sentence}")


def _lines(status: Holdings) -> Iterator[tuple[str, str]]:
    yield "Store", f"{status.folder} ({status.bytes / 1e6:,.1f} MB, version {status.schema})"
    days = f", {status.first} to {status.last}" if status.first and status.last else ""
    undated = f", {status.undated:,} without a day" if status.undated else ""
    texts = counted(status.texts, "different text")
    yield "Articles", f"{status.articles:,} with {texts}{days}{undated}"
    yield "Set aside", _counts(status.set_aside)
    yield "Failed", _counts(status.failed)
    reported = counted(status.reported_events, "reported event")
    yield "Events", f"{status.events:,} told, {reported}, {status.background:,} background"
    quoted = f"{counted(status.quotations, 'quotation')}, {counted(status.speakers, 'speaker')}"
    yield "Statements", f"{status.statements:,}, {quoted}"
    yield "Office claims", f"{status.office_claims:,}"
    for check, verdicts in sorted(status.findings.items()):
        yield f"Check {check}", most_first(verdicts)
    yield "Families", f"{status.families:,} of texts that go back to one"
    if status.readers:
        yield "Read by", ", ".join(each or "an earlier version" for each in status.readers)
    if run := status.last_run:
        yield "Last run", f"{run.number:,}, {run.started} to {run.last}: {run.command}"
    if status.judgements:
        yield "Judgements", f"{status.judgements:,} standing"
    if status.pending:
        yield "Not settled", f"{tell_unsettled(status.pending)}.  {WHAT_SETTLES}"


def _counts(counts: Mapping[str, int]) -> str:
    return f"{sum(counts.values()):,}" + (f" ({most_first(counts)})" if counts else "")


def render_outlets(outlets: Iterable[Outlet]) -> str:
    """Return the user's outlets, one a line, with tabs between what is said of each."""
    lines = (
        (*outlet.domains, outlet.reliability, outlet.name, outlet.owner, outlet.note)
        for outlet in outlets
    )
    return "".join("\t".join(on_one_line(each or "") for each in line) + "\n" for line in lines)
