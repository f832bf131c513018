"""Titles of the user's own offices, read where the words of an article are exactly such a title."""

from __future__ import annotations

from dataclasses import replace

from tocsin.extract.offices.title_spans import Title, TitledText
from tocsin.records import Modifier
from tocsin.reference.title_lexicon import MODIFIERS
from tocsin.reference.titles import TitleReading, title_key, title_read_as


def read_own_title(titled: TitledText, title: Title) -> TitleReading | None:
    """Return the reading of a title that an office imported by the user has; None if none has it.

    Beside the title may stand its country and what changes the claim ("former"), but no deputy's
    rank.  Where no country stands there, it is an office of those of which the article speaks, if
    it speaks of any.
    """
    doc, known = titled.doc, titled.reference
    if title_key(doc[slice(*title.core)].text) not in known.own_titles:
        return None
    around = (*doc[title.start : title.core[0]], *doc[title.core[1] : title.end])
    changes = {each.i: MODIFIERS[each.lower_] for each in around if each.lower_ in MODIFIERS}
    words = " ".join(each.text for each in doc[title.start : title.end] if each.i not in changes)
    told = title_key(words) not in known.own_titles
    here = {code for _, code in titled.mentions}
    codes = {each.partition(":")[0]: each for each in known.offices_called(words)}
    codes = {code: each for code, each in codes.items() if told or not here or code in here}
    if not codes or Modifier.DEPUTY in changes.values():
        return None
    code, office = next(iter(codes.items()))
    return replace(
        title_read_as(office, doc[title.start : title.end].text),
        modifiers=tuple(dict.fromkeys(changes.values())),
        country=code if told else None,
        candidates=() if told else tuple(codes),
    )
