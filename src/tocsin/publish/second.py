"""The second reader as it is shown: what it was asked, what that costs, what came of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from tocsin.lexicons.numbered import counted, most_first
from tocsin.publish.visible import on_one_line
from tocsin.records import SecondReading

if TYPE_CHECKING:
    from tocsin.corpus.dry_run import Estimate
    from tocsin.second.reader import Spent

#: What a user pays for a million tokens sent, and for a million answered.
Price = tuple[float, float]


def second_notes(second: SecondReading | None) -> Iterator[str]:
    """Yield what the account of a report says of a second reader."""
    if second is not None:
        dropped = f"; dropped: {_listed(second.dropped)}" if second.dropped else ""
        yield (
            f"Second reader: {on_one_line(second.model)}, prompt {second.prompt}; "
            f"{second.tokens_in:,} tokens sent, {second.tokens_out:,} answered{dropped}."
        )


def render_spent(spent: Spent) -> str:
    """Return what a run asked of a second reader, in a few lines."""
    return "\n".join(_spent(spent))


def _spent(spent: Spent) -> Iterator[str]:
    dropped = sum(spent.dropped.values())
    why = f" ({_listed(spent.dropped)})" if dropped else ""
    yield (
        f"Second reader {on_one_line(spent.model)}: {counted(spent.read, 'article')} read, "
        f"{spent.tokens_in:,} tokens sent, {spent.tokens_out:,} answered; "
        f"{counted(spent.found, 'record')} found in the text, {dropped:,} dropped{why}."
    )
    if spent.failed:
        yield (
            f"No answer for {counted(sum(spent.failed.values()), 'article')} "
            f"({_listed(spent.failed)}): read by Tocsin alone."
        )
    if spent.not_asked:
        yield (
            "It failed too often running and was asked no more: "
            f"{counted(spent.not_asked, 'article')} read by Tocsin alone."
        )


def render_estimate(estimate: Estimate, price: Price | None) -> str:
    """Return what a run would send, and cost at a price."""
    told = (
        f"{counted(estimate.articles, 'article')} would be sent in "
        f"{counted(estimate.requests, 'request')}: about "
        f"{estimate.tokens_in:,} tokens, and about {estimate.tokens_out:,} to answer"
    )
    if price is not None:
        cost = (estimate.tokens_in * price[0] + estimate.tokens_out * price[1]) / 1e6
        told += f"; about {cost:,.2f} at {price[0]:g} and {price[1]:g} a million"
    others = f"{estimate.known:,} known already, {estimate.others:,} not to be read."
    return f"{told}.\n{others}  Nothing was sent."


def _listed(counts: Mapping[str, int]) -> str:
    return most_first({name.replace("_", " "): number for name, number in counts.items()})
