"""The brief put in order once, for every dress: sections of numbered items, and sentences.

A record is shown in the first part that has it, and named in others.  Texts are untrusted.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.metadata import version

from tocsin.checks.wording import listed_together, name_country
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import words_for
from tocsin.publish.brief.items import (
    item_of_alarm,
    item_of_record,
    marked,
    section_of,
    sections_ahead,
)
from tocsin.publish.view import Item, Section
from tocsin.watch.brief.records import Brief
from tocsin.watch.brief.sentences import name_days

#: The parts of the page in their order, and those which say so where they are empty.
_PARTS = (
    *("events", "said", "contradicted", "impossible", "uncheckable"),
    *("acts", "against", "allies", "officials", "warnings", "plans"),
)
_SAID_IF_EMPTY = ("events", "contradicted", "impossible", "acts")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """The whole page; a sentence ends in the numbers of the items that it rests on: "… [2, 5]"."""

    title: str
    about: tuple[str, ...]
    opening: tuple[str, ...]
    sections: tuple[Section, ...]


def build_view(brief: Brief) -> View:
    """Return the ordered view of `brief`."""
    scope, numbers = brief.scope, {each.id: n for n, each in enumerate(brief.references, 1)}
    about = [name_days(scope.since, scope.until), counted(brief.articles, "article")]
    about[:0] = [f"for {name_country(scope.reader)}"] if scope.reader else []
    about += [f"what came with run {scope.new_from} or later"] if scope.new_from else []
    most = words_for("brief", "lists most")
    page = _Page(brief, numbers, set())
    questions = [marked(each.text, each.records, numbers) for each in brief.questions]
    sections = [
        _alarms(brief, numbers),
        *page.sections(),
        *sections_ahead(brief.entries, brief.past, brief.outlooks, numbers, most),
        *([section_of("questions", (), *questions)] if questions else []),
    ]
    others = page.section("others", [key for key in numbers if key not in page.shown])
    account = (
        f"Made by Tocsin {version('tocsin')} of records of the store alone, by rules.",
        "tocsin events --id ID shows an event with all its tellings.",
        *(f"{each.text} See tocsin {each.query}" for each in brief.opening if each.query),
    )
    return View(
        title=listed_together(name_country(code).removeprefix("the ") for code in scope.about),
        about=tuple(about),
        opening=tuple(marked(each.text, each.records, numbers) for each in brief.opening),
        sections=(
            *sections,
            *([others] if others.items else []),
            section_of("account", (), *account),
        ),
    )


@dataclass(frozen=True, slots=True)
class _Page:
    """Makes sections of the references, and keeps which were shown."""

    brief: Brief
    numbers: dict[str, int]
    shown: set[str]

    def sections(self) -> Iterator[Section]:
        """Yield the sections in the order in which a reader needs them."""
        for key in _PARTS:
            section = self.section(key, self.brief.parts[key])
            # Where nothing happened, that nothing was contradicted is no news.
            said = key in _SAID_IF_EMPTY and self.brief.parts["events"]
            if section.items or (said and (key != "acts" or self.brief.scope.reader)):
                yield section

    def section(self, key: str, ids: Iterable[str]) -> Section:
        """Return a section of the records with these ids."""
        items = tuple(self._item(each) for each in ids if each in self.numbers)
        reader = name_country(self.brief.scope.reader or "")
        title = words_for("brief", key).format(reader=reader)
        notes = () if items else (words_for("brief", "none"),)
        if key == "allies" and items:
            named = listed_together(each.name for each in self.brief.treaties)
            notes = (f"Bound by: {named}.",)
        return Section(key=key, title=title, items=items, notes=notes)

    def _item(self, key: str) -> Item:
        """Return the item of a record; one that was shown above is only named."""
        number = self.numbers[key]
        item = item_of_record(self.brief.references[number - 1])
        named = replace(item, headline=f"{item.name} [{number}]")
        if key in self.shown:
            return replace(named, lines=(), quotes=())
        self.shown.add(key)
        quotes = tuple(replace(each, anchor=f"q-{number}") for each in item.quotes)
        lines = tuple(f"{facts} · {key}" for facts in item.lines)
        return replace(named, anchor=f"r-{number}", lines=lines, quotes=quotes)


def _alarms(brief: Brief, numbers: dict[str, int]) -> Section:
    """Return the alarms, with how many in all and how many of them to expect to be false."""
    false = f"{brief.expected_false:,.{int(brief.expected_false < 10)}f}"
    all_of_them = (
        f"{counted(brief.alarms_in_all, 'alarm')} in these days by or on them and anybody; "
        f"about {false} would ring if nothing had changed anywhere."
    )
    notes = [] if brief.alarms else [words_for("brief", "no alarm")]
    notes += [all_of_them] if brief.alarms_in_all else []
    return section_of("alarms", (item_of_alarm(each, numbers) for each in brief.alarms), *notes)
