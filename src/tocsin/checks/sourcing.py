"""`sourcing`: how far the speakers of an article can be identified, and its outlets looked up.

The ladder from named to anonymous follows the sourcing rules of Reuters and the Associated Press:
on the record with name and position is best, an unnamed "source" is weakest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from tocsin.lexicons.numbered import counted
from tocsin.records import Article, Finding, Naming, Relay, Span, Statement, Verdict

_WORDS = {
    Naming.NAMED: "named",
    Naming.OFFICE: "known by office only",
    Naming.INSTITUTION: "institutional",
    Naming.COLLECTIVE: "collective",
    Naming.ANONYMOUS: "anonymous",
}

#: What a reader could look an outlet's report up by: an address, a day, a year, a title in quotes.
_LOOK_UP = re.compile(
    r"""https?://|www\.|\b(?:19|20)\d\d\b|[“"][^”"\n]{15,}[”"]
    |\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b
    |\b(?:January|February|March|April|May|June|July|August|September|October|November|December)
     \s+\d{1,2}\b|\b\d{1,2}\s+(?:January|February|March|April|May|June|July|August|September
     |October|November|December)\b""",
    re.X,
)


def check_sourcing(statements: Sequence[Statement], article: Article) -> Iterator[Finding]:
    """Yield one finding that counts speakers, and one for each outlet that cannot be looked up."""
    if statements:
        yield _count_speakers(statements)
    for name, relays in _by_outlet(statements).items():
        if not any(_can_be_looked_up(relay.words, article.text) for relay in relays):
            yield _not_looked_up(name, relays)


def _count_speakers(statements: Sequence[Statement]) -> Finding:
    speakers = {_identity(each): each.naming for each in statements}
    counts = Counter(speakers.values())
    listed = ", ".join(f"{counts[naming]} {_WORDS[naming]}" for naming in Naming if counts[naming])
    return Finding(
        check="sourcing",
        verdict=Verdict.NO_RECORD,  # a count is nothing that could hold
        sentence=f"{counted(len(statements), 'statement')} by {counted(len(speakers), 'speaker')}: "
        f"{listed}.",
        compared={str(naming): counts[naming] for naming in Naming},
    )


def _identity(statement: Statement) -> object:
    """Say who speaks: name and naming make one speaker; nobody is nobody in particular."""
    speaker = statement.speaker
    return (speaker.name, statement.naming) if speaker else statement.id


def _by_outlet(statements: Iterable[Statement]) -> dict[str, list[Relay]]:
    outlets: dict[str, list[Relay]] = {}
    for statement in statements:
        for relay in statement.relays:
            outlets.setdefault(relay.name, []).append(relay)
    return outlets


def _can_be_looked_up(words: Span, text: str) -> bool:
    """Say whether the line in which an outlet is named also says where or when it reported."""
    start = max(text.rfind(end, 0, words[0]) for end in (". ", "\n")) + 1
    ends = (text.find(end, words[1]) for end in (". ", "\n"))
    end = min((at for at in ends if at >= 0), default=len(text))
    return bool(_LOOK_UP.search(text[start:end]))


def _not_looked_up(name: str, relays: Sequence[Relay]) -> Finding:
    passages = "one passage" if len(relays) == 1 else f"{len(relays)} passages"
    return Finding(
        check="sourcing",
        verdict=Verdict.NO_RECORD,
        sentence=f"{name} is named behind {passages} without a day, a title or an address by "
        "which its report could be looked up.",
        words=relays[0].words,
        compared={"outlet": name, "passages": len(relays)},
    )
