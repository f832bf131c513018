"""The status of an act: the network's reading of the wording, and what dates say to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from tocsin.extract.events.act_dates import is_history
from tocsin.extract.events.told import ToldAct, mean_of
from tocsin.extract.grammar.modality import is_imagined
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token
from tocsin.models.reader import STATUSES
from tocsin.records import Article, DateWords, Statement, Status
from tocsin.spans import holds, size

#: Statuses of one sureness: among them the wording only says who tells it.
_TOLD = (Status.ASSERTED, Status.REPORTED)
_DOUBTED = (Status.ALLEGED, Status.UNCONFIRMED)
_GROUPS = (_TOLD, _DOUBTED, *((status,) for status in Status if status not in (*_TOLD, *_DOUBTED)))

#: What the network takes an acquittal for.
_CHARGES = ("ACCUSE", "SANCTION")

#: Date words are easily those of something else: they make an act history only where the network
#: thinks it possible.
_LEAST_RECALLED = 0.2


def told_at(token: Token, statements: Sequence[Statement]) -> list[Statement]:
    """Return the statements in whose content `token` stands, the innermost first."""
    here = (token.idx, token.idx + 1)
    inside = (each for each in statements if holds(each.content, here))
    return sorted(inside, key=lambda each: size(each.content))


def statement_of(act: ToldAct, statements: Sequence[Statement]) -> Statement | None:
    """Return the statement that tells the act: that of its first mention.

    A headline tells plainly what the article has from somebody.  So where the wording, taken
    together, does not vouch for the act, it is the first statement in which any mention stands.
    """
    vouched = likeliest_status(act) is Status.ASSERTED
    mentions = act.mentions[:1] if vouched else act.mentions
    return next((each for m in mentions for each in told_at(m.root, statements)), None)


def status_of(
    act: ToldAct, statement: Statement | None, date: DateWords | None, article: Article
) -> tuple[Status, str]:
    """Return how sure the wording is, and which of network, statement and date decided it."""
    status = likeliest_status(act)
    because = f"the network ({chances_of(act)[status]:.2f})"
    if status in (*_TOLD, *_DOUBTED) and act.mentions[0].is_taken_back:
        return Status.DENIED, "what the sentence says of it"
    if act.type in _CHARGES and act.mentions[0].carrier.lemma_ in word_set("clearing"):
        return Status.NEGATED, "who is cleared is charged with nothing"
    if status in (*_TOLD, Status.HISTORICAL) and all(is_imagined(m.carrier) for m in act.mentions):
        return Status.HYPOTHETICAL, "a question, a condition or a tale"
    recalled = chances_of(act)[Status.HISTORICAL] >= _LEAST_RECALLED
    if status in _TOLD and recalled and is_history(date, article):
        return Status.HISTORICAL, "its day"
    if status is Status.ASSERTED and statement is not None:
        return Status.REPORTED, "the statement in which it stands"
    return status, because


def likeliest_status(act: ToldAct) -> Status:
    """Return the network's status: the likeliest of the likeliest kind."""
    chance = chances_of(act).__getitem__
    group = max(_GROUPS, key=lambda g: sum(map(chance, g)))
    return max(group, key=chance)


@lru_cache(maxsize=1)  # asked several times for each act
def chances_of(act: ToldAct) -> dict[Status, float]:
    """Return the network's probability of each status, the mean of the act's mentions."""
    mean = mean_of([mention.read.statuses for mention in act.mentions]).tolist()
    return dict(zip(map(Status, STATUSES), mean, strict=True))
