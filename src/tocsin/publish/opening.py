"""The opening of a sitrep: what a reader who reads one sentence only should have read.

It counts people, each once and by the worst that was found: somebody given two offices, or called
by a family name later on, is one official; a lawyer or a trader is none.
"""

from __future__ import annotations

from collections import Counter

from tocsin.checks.wording import name_day
from tocsin.lexicons.numbered import counted
from tocsin.lexicons.shown import words_for
from tocsin.records import WORST_FIRST, Absence, Report, Verdict

#: How a reader gives the day that an article does not bear.
GIVE_THE_DAY = "give it one with --on, as in --on 2024-10-29"

#: The checks that are about offices; whatever others doubt is told beside them.
_OF_OFFICES = ("tenure", "holder", "dating", "sourcing")
_DOUBTS = (Verdict.CONTRADICTED, Verdict.UNSURE)


def opening_sentence(report: Report) -> str:
    """Return one plain sentence on the people named with an office, the worst first."""
    doubtful = [finding for finding in report.findings if finding.verdict in _DOUBTS]
    officials = Counter(_worst_by_name(report).values())
    told = _of_officials(officials, report)
    for clash in (finding for finding in doubtful if finding.check == "dating"):
        if clash.verdict is Verdict.UNSURE:
            told = clash.sentence.removesuffix(".")
        elif not any(officials[verdict] for verdict in _DOUBTS):
            told = "No single day fits the titles of all the officials named"
    others = sum(finding.check not in _OF_OFFICES for finding in doubtful)
    beside = f"; the text gives cause for doubt in {counted(others, 'other place')}"
    return f"{told}{beside if others else ''}."


def _worst_by_name(report: Report) -> dict[str, Verdict]:
    """Return the worst verdict on each person named; a family name alone is its bearer's."""
    names = {claim.id: claim.name for claim in report.office_claims if claim.name}
    found: dict[str, list[Verdict]] = {}
    for finding in sorted(report.findings, key=lambda f: -len(names.get(f.about or "", ""))):
        name = names.get(finding.about or "")
        of_office = finding.check == "tenure" and finding.absence is not Absence.UNKNOWN_OFFICE
        if name and of_office:
            whole = next((known for known in found if known.endswith(f" {name}")), name)
            found.setdefault(whole, []).append(finding.verdict)
    return {name: min(verdicts, key=WORST_FIRST.index) for name, verdicts in found.items()}


def _of_officials(officials: Counter[Verdict], report: Report) -> str:
    """Return how many are doubted, and what is said of the rest."""
    article = report.article
    parts = [verdict for verdict in Verdict if officials[verdict]]
    doubts = "+".join(verdict for verdict in parts if verdict in _DOUBTS)
    rest = "+".join(verdict for verdict in parts if verdict not in _DOUBTS)
    told = words_for("officials", doubts or rest or "nobody")
    told += words_for("other officials", rest) if doubts and rest else ""
    if article.published is None and officials[Verdict.NO_RECORD]:
        told += f", because the article bears no day ({GIVE_THE_DAY})"
    numbers = {str(verdict): officials[verdict] for verdict in Verdict}
    people = counted(officials.total(), "named official")
    return told.format(people=people, day=_times(report), **numbers)


def _times(report: Report) -> str:
    """Return the article's day, and other times if any title was tested at one and fits."""
    day, told = report.article.published, "the times that the sentences tell of"
    if day is None:
        return told
    guess = " (a guess)" if report.article.day_is_guess else ""
    fits = (f for f in report.findings if (f.check, f.verdict) == ("tenure", Verdict.HOLDS))
    others = any(each.compared.get("on", str(day)) != str(day) for each in fits)
    return f"{name_day(day)}{guess}" + (f" or {told}" if others else "")
