"""The opening of a sitrep: what a reader who reads one sentence only should have read.

It counts people, each once and by the worst that was found: somebody given two offices, or called
by a family name later on, is one official.
"""

from __future__ import annotations

from collections import Counter

from tocsin.checks.wording import counted, name_day
from tocsin.publish.wording import interval_words
from tocsin.records import WORST_FIRST, Dating, Finding, Report, Verdict

#: How a reader gives the day that an article does not bear.
GIVE_THE_DAY = "give it one with --on, as in --on 2024-10-29"

#: The checks that are about offices; whatever others doubt is told beside them.
_OF_OFFICES = ("tenure", "holder", "dating", "sourcing")
_DOUBTS = (Verdict.CONTRADICTED, Verdict.UNSURE)


def opening_sentence(report: Report) -> str:
    """Return one plain sentence on the people named with an office, the worst first."""
    officials = Counter(_worst_by_name(report).values())
    told = _of_the_day(report, officials)
    if told is None:
        told = _of_officials(officials, _day(report)) + _why_untested(report, officials)
    doubts = sum(f.verdict in _DOUBTS and f.check not in _OF_OFFICES for f in report.findings)
    beside = f"; the text gives cause for doubt in {counted(doubts, 'other place')}"
    return f"{told.removesuffix('.')}{beside if doubts else ''}."


def _worst_by_name(report: Report) -> dict[str, Verdict]:
    """Return the worst verdict on each person named; a family name alone is its bearer's."""
    names = {claim.id: claim.name for claim in report.office_claims if claim.name}
    found: dict[str, list[Verdict]] = {}
    for finding in sorted(report.findings, key=lambda f: -len(names.get(f.about or "", ""))):
        name = names.get(finding.about or "")
        if name and finding.check == "tenure":
            whole = next((known for known in found if known.endswith(f" {name}")), name)
            found.setdefault(whole, []).append(finding.verdict)
    return {name: min(verdicts, key=WORST_FIRST.index) for name, verdicts in found.items()}


def _day(report: Report) -> str:
    article = report.article
    if article.published is None:
        return "the days that the sentences tell"
    return name_day(article.published) + (" (a guess)" if article.day_is_guess else "")


# --------------------------------------------------------------------------- the day as a suspect


def _of_the_day(report: Report, officials: Counter[Verdict]) -> str | None:
    """Return what is wrong with the day, where that is what matters most."""
    clash = next((f for f in report.findings if _is_clash(f)), None)
    if clash and clash.verdict is Verdict.UNSURE:
        return clash.sentence
    if any(officials[verdict] for verdict in _DOUBTS):
        return None
    people = counted(officials.total(), "named official")
    if clash:
        return f"No single day fits the offices of all {people}"
    if report.article.published is None and 0 < officials[Verdict.NO_RECORD] == officials.total():
        together = _together(report.dating)
        return f"The article bears no day, so the offices of {people} could not be tested{together}"
    return None


def _is_clash(finding: Finding) -> bool:
    return finding.check == "dating" and finding.verdict in _DOUBTS


def _together(dating: Dating | None) -> str:
    if dating is None or dating.conflict or dating.earliest is None:
        return f"; {GIVE_THE_DAY}"
    days = interval_words(dating.earliest, dating.latest)
    return f" ({GIVE_THE_DAY}); they fit together on {days}"


def _why_untested(report: Report, officials: Counter[Verdict]) -> str:
    undated = report.article.published is None and officials[Verdict.NO_RECORD]
    return f", because the article bears no day ({GIVE_THE_DAY})" if undated else ""


# --------------------------------------------------------------------------- the people


def _of_officials(officials: Counter[Verdict], day: str) -> str:
    total, holding = officials.total(), officials[Verdict.HOLDS]
    people = counted(total, "named official")
    false, unsure = (officials[verdict] for verdict in _DOUBTS)
    if not total:
        return "Nobody is named with an office"
    if not (false or unsure or holding):
        return f"The reference is silent on the offices of {people}, so nothing could be tested"
    if holding == total:
        each = f"each of {people}" if total > 1 else "the one named official"
        return f"The office given to {each} fits {day}"
    told = f"None of {people} is contradicted"
    if false:
        told = f"{false} of {people} could not have held the office given"
        told += f", {unsure} more may not have" if unsure else ""
    elif unsure:
        told = f"{unsure} of {people} may not have held the office given"
    return f"{told}{_of_the_rest(holding, officials[Verdict.NO_RECORD], day)}"


def _of_the_rest(holding: int, silent: int, day: str) -> str:
    if holding and silent:
        return (
            f"; {holding} {'fits' if holding == 1 else 'fit'} {day}, {silent} could not be tested"
        )
    if holding:
        return f"; the rest fits {day}"
    return "; the rest could not be tested" if silent else ""
