"""Marked news: articles that judges have read through, with every act in them, one a line.

It is the form of news marked by hand, from which a reader learns and by which it is measured: what
is not marked counts as "no act here".  So only articles that are `complete` are written.  What was
confirmed, corrected or added is a mark, as it was when it was judged; what was rejected is none.
Who takes back what was said of an event has not read the text through any more.
Texts are those of the user's own store, unaltered, for offsets must hold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any, TextIO

from tocsin.publish.exports.export import Export, Kept, Outcome
from tocsin.publish.jsontext import write_lines
from tocsin.records import Article, to_json
from tocsin.spans import touch
from tocsin.store.asked import Judged, What
from tocsin.store.kinds import JUDGEMENTS
from tocsin.store.kinds.judgements import FoundJudgement

_MARKS = (Judged.CONFIRMED, Judged.CORRECTED, Judged.ADDED)

#: The fields of a mark that are those of a judgement.
_SAME_NAMES = ("actor_words", "recipient_words", "by", "when", "day", "where", "type", "status")

_Fields = dict[str, Any]


def write_marked(file: TextIO, kept: Kept) -> Outcome:
    """Write each text that a judge has read through, with the acts that its judges agree on."""
    outcome = Outcome()
    write_lines(_find_marked(kept, outcome), file)
    return outcome


def _find_marked(kept: Kept, outcome: Outcome) -> Iterator[_Fields]:
    read_through = kept.store.judgements(what="article", verdict="complete", **kept.asked)
    article, seen = kept.look_up(), set[str | None]()
    for found in kept.found(read_through, "articles"):
        if found.text_id in seen:
            continue
        seen.add(found.text_id)
        acts = list(_acts_of_judges(kept, found))
        if not acts:
            outcome.left_out["articles with an event of which a judgement was taken back"] += 1
            continue
        if any(each != acts[0] for each in acts):
            outcome.left_out["articles on which judges differ"] += 1
            continue
        outcome.written.update({"articles": 1, "acts": len(acts[0])})
        yield _row(article(found.record), acts[0])


def _row(article: Article, acts: list[_Fields]) -> _Fields:
    about = {"id": article.id, "date": to_json(article.published), "outlet": article.outlet}
    return about | {"pool": "judged", "text": article.text, "acts": acts}


def _acts_of_judges(kept: Kept, complete: FoundJudgement) -> Iterator[list[_Fields]]:
    """Yield what each judge who has read the text through marks in it."""
    said = list(kept.store.judgements(article=complete.record, past=True, **kept.asked))
    whole = (each for each in reversed(said) if each.verdict is Judged.COMPLETE and not each.past)
    for judge, through in {each.judge.casefold(): each.id for each in whole}.items():
        own = [each for each in said if each.judge.casefold() == judge]
        if not _is_open_again(own, through):
            marks = (each for each in own if each.verdict in _MARKS and not each.past)
            yield make_acts(dict(each.judged) | dict(each.correction) for each in marks)


def _is_open_again(own: Sequence[FoundJudgement], through: int) -> bool:
    """Tell whether a judge has taken back, since, all that was said of an event of the text."""
    judged = {each.record for each in own if not each.past}
    back = (each for each in own if each.what is What.EVENT and each.withdraws)
    return any(each.id > through and each.record not in judged for each in back)


def make_acts(judged: Iterable[_Fields]) -> list[_Fields]:
    """Return the marks of events, of which these are the fields, in the order of their words.

    An event that is told again is a mark for each telling; the later ones lead to an earlier.
    """
    told = []
    for fields in judged:
        (words,) = fields["words"]
        first, *again = sorted([words, *fields.get("mentions", ())])
        told.append((first, fields["same"], fields))
        told += [(each, [first], fields) for each in again]
    told.sort(key=itemgetter(0))
    acts = [_mark(words, fields) for words, _, fields in told]
    for number, (_, same, _) in enumerate(told):
        at = (n for n, (words, *_) in enumerate(told) if n != number and touch(words, *same))
        for other in at if same else ():
            acts[max(number, other)]["same"] = min(number, other)
            break
    return acts


def _mark(words: list[int], fields: _Fields) -> _Fields:
    mark = {"act": words, **{name: fields[name] for name in _SAME_NAMES}, "same": None}
    for side, name in (("actors", "actor_sectors"), ("recipients", "recipient_sectors")):
        codes = [each.partition(":") for each in fields[side]]
        mark |= {side: [code for code, *_ in codes], name: [sector or None for *_, sector in codes]}
    return mark


MARKED = Export(
    name="marked",
    summary="Articles that judges have read through, with their acts: a file.",
    more="""One JSON object a line, as news is marked by hand for training and measuring a reader.
Acts are what was confirmed, corrected or added; articles on which judges differ are left out,
unless --judge says whose marks to take, and those with an event of which a judgement was taken
back.""",
    examples=("marked.jsonl --store crisis --judge Ada",),
    kind=JUDGEMENTS,
    own=tuple(each.name for each in JUDGEMENTS.filters if each.name != "judge"),
    file=lambda kept, file: write_marked(file, kept),
)
