"""A store as it is shown: progress, account, status, problems, outlets."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tocsin.publish.visible import on_one_line
from tocsin.records import to_json

if TYPE_CHECKING:
    from rich.console import Console

    from tocsin.corpus.account import Added
    from tocsin.lexicons.outlets import Outlet
    from tocsin.store.holdings import Holdings
    from tocsin.store.verify import Problem

_SECONDS_A_LINE = 60.0


@contextmanager
def show_progress(every: float = _SECONDS_A_LINE) -> Iterator[Callable[[Added], None]]:
    """Show a progress bar while the body runs, without a terminal a line each `every` seconds.

    It stands on standard error; given is what moves it.
    """
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn

    console = Console(stderr=True)
    if not console.is_terminal:
        yield _lines_of_progress(console, every)
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


def _lines_of_progress(console: Console, every: float) -> Callable[[Added], None]:
    """Return what says where the work stands, now and then: logs are read by people."""
    due = every

    def tell(added: Added) -> None:
        nonlocal due
        if added.seconds >= due:
            due = added.seconds + every
            console.print(describe_progress(added), soft_wrap=True, markup=False, highlight=False)

    return tell


def describe_progress(added: Added) -> str:
    """Return where the work stands: how many, how fast, how long still, what did not go well."""
    if added.to_settle:
        return f"comparing the articles: {added.to_settle:,} steps left"
    of = f" of {added.expected:,}" if added.expected is not None else ""
    parts = [f"{added.seen:,}{of} articles"]
    worked = added.seen - added.known
    if worked and added.seconds > 0:
        rate = worked / added.seconds
        parts.append(f"{rate:.1f}/s")
        if added.expected is not None:
            ahead = max(0, added.expected - added.seen)  # links can lead to more than expected
            parts.append(f"{_time(ahead / rate)} left")
    parts.append(f"{added.failed:,} failed")
    if added.shards_left:
        parts.append(f"{added.shards:,} shards done, {added.shards_left:,} left")
    aside = sum(added.set_aside.values())
    return ", ".join([*parts, f"{aside:,} set aside"] if aside else parts)


def render_failures(added: Added) -> Iterator[str]:
    """Yield each failure that the account names, then how many more there are."""
    yield from (on_one_line(failure.told) for failure in added.failures)
    if added.failed > len(added.failures):
        yield f"... and {added.failed - len(added.failures):,} more failed; all are in the store."


def render_added(added: Added) -> str:
    """Return the closing account on one line, with a second where the work is not done."""
    return _closing(_counted(added), added)


def render_worked(done: Added) -> str:
    """Return what one process did of a work that many share, and what others still do."""
    account = _closing([f"{done.shards:,} shards finished", *_counted(done, "read")], done)
    if done.shards_left and not done.interrupted:
        account += f"\n{done.shards_left:,} shards are in the hands of others."
    return account


def render_gathered(added: Added) -> str:
    """Return the closing account of gathering, and what is not there yet to be gathered."""
    account = _closing([f"{added.shards:,} shards gathered", *_counted(added)], added)
    if added.shards_left and not added.interrupted:
        account += f"\n{added.shards_left:,} shards are not finished."
    return account


def _counted(added: Added, done: str = "added") -> list[str]:
    parts = [f"{added.articles:,} {done}"]
    if added.prints:
        parts[0] += f" ({added.prints:,} with words that were there already)"
    parts.append(f"{added.known:,} already there")
    if added.set_aside:
        parts.append(f"{sum(added.set_aside.values()):,} set aside ({_listed(added.set_aside)})")
    return [*parts, f"{added.failed:,} failed"]


def render_reread(done: Added) -> str:
    """Return the closing account of rereading, with the ids that lead to nothing now."""
    account = _closing([f"{done.articles:,} texts read again", f"{done.failed:,} failed"], done)
    if not done.lost:
        return account
    return f"{account}\nIn the words of these ids nothing is found now: {', '.join(done.lost)}"


def _closing(parts: Iterable[str], added: Added) -> str:
    account = f"{'; '.join(parts)}; {_time(added.seconds)}."
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
    yield "Articles", f"{status.articles:,} with {status.texts:,} different texts{days}"
    yield "Set aside", _counts(status.set_aside)
    yield "Failed", _counts(status.failed)
    reported = f"{status.reported_events:,} reported events, {status.background:,} background"
    yield "Events", f"{status.events:,} told, {reported}"
    quoted = f"{status.quotations:,} quotations, {status.speakers:,} speakers"
    yield "Statements", f"{status.statements:,}, {quoted}"
    yield "Office claims", f"{status.office_claims:,}"
    for check, verdicts in sorted(status.findings.items()):
        yield f"Check {check}", _listed(verdicts)
    yield "Families", f"{status.families:,} of texts that go back to one"
    if status.readers:
        yield "Read by", ", ".join(each or "an earlier version" for each in status.readers)
    if run := status.last_run:
        yield "Last run", f"{run.number:,}, {run.started} to {run.last}: {run.command}"
    if status.judgements:
        yield "Judgements", f"{status.judgements:,} stand"
    if status.pending:
        yield "Not settled", f"{status.pending:,} steps are left; `tocsin add` takes them."


def _counts(counts: Mapping[str, int]) -> str:
    return f"{sum(counts.values()):,}" + (f" ({_listed(counts)})" if counts else "")


def _listed(counts: Mapping[str, int]) -> str:
    most_first = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return ", ".join(f"{name} {n:,}" for name, n in most_first)


def _time(seconds: float) -> str:
    """Return a time as people say it: "8.1 s", "2:05 min", "3:10 h"."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    whole = round(seconds)
    if whole < 3600:
        return f"{whole // 60}:{whole % 60:02d} min"
    return f"{whole // 3600}:{whole % 3600 // 60:02d} h"


def render_outlets(outlets: Iterable[Outlet]) -> str:
    """Return the user's outlets, one a line, with tabs between what is said of each."""
    lines = (
        (*outlet.domains, outlet.reliability, outlet.name, outlet.owner, outlet.note)
        for outlet in outlets
    )
    return "".join("\t".join(on_one_line(each or "") for each in line) + "\n" for line in lines)
