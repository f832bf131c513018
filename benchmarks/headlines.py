"""Headlines in capitals: officials wrongly accused in them, and invented ones found.

usage: python -m benchmarks.headlines [--show]

Each of 14 offices stands before each of 16 predicates: without a name, with the family name of the
holder on that day, with the full name, and with a name that nobody bears.  Who holds an office is
asked of the reference.  `unsure` counts as found, because it is shown and says why.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from benchmarks.offices import INVENTED
from tocsin.checks.tenure import check_tenure
from tocsin.extract.offices.claims import find_office_claims
from tocsin.keys import article_key
from tocsin.models.reading import Models, load_models
from tocsin.records import Article, Verdict
from tocsin.reference.names import parse_name
from tocsin.reference.offices import Reference, load_reference
from tocsin.settings import load_settings

DAY = date(2024, 5, 7)

#: How a headline gives the office, and its id in the reference.
OFFICES = (
    ("Russian President", "RUS:head_of_state"),
    ("Israeli Defense Minister", "ISR:defence_minister"),
    ("US Secretary of State", "USA:foreign_minister"),
    ("Ukraine's Foreign Minister", "UKR:foreign_minister"),
    ("British Prime Minister", "GBR:head_of_government"),
    ("German Chancellor", "DEU:head_of_government"),
    ("French President", "FRA:head_of_state"),
    ("Turkish Foreign Minister", "TUR:foreign_minister"),
    ("NATO Secretary General", "NATO:secretary_general"),
    ("Indian Prime Minister", "IND:head_of_government"),
    ("Polish Defence Minister", "POL:defence_minister"),
    ("Kenyan President", "KEN:head_of_state"),
    ("Brazil's President", "BRA:head_of_state"),
    ("Japanese Prime Minister", "JPN:head_of_government"),
)

#: Verbs in every form that headlines have, and what stands in a verb's place.
PREDICATES = (
    "Vows Revenge",
    "Issues Arrest Warrant",
    "Warns of Wider War",
    "Meets Envoys in Geneva",
    "Hails Grain Deal",
    "Says No to Talks",
    "Calls Snap Election",
    "Slams New Sanctions",
    "Orders Full Mobilisation",
    "Weighs Ceasefire Offer",
    "Accused of Fraud",
    "Sworn In Amid Protests",
    "Seeking Way Out of Crisis",
    "To Visit Washington",
    "Under Fire Over Budget",
    "Set to Resign",
)

KINDS = ("no name", "family name", "full name", "wrong name")


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline and how it names the official."""

    kind: str
    text: str
    name: str


def make_headlines(reference: Reference) -> Iterator[Headline]:
    """Yield every office before every predicate, in each of the four kinds."""
    for row, (title, office) in enumerate(OFFICES):
        holder = reference.holders(office, DAY)[0].person.name
        for column, predicate in enumerate(PREDICATES):
            wrong = INVENTED[(row + column) % len(INVENTED)]
            names = ("", _family_name(holder), holder, wrong)
            for kind, name in zip(KINDS, names, strict=True):
                yield Headline(kind, " ".join(filter(None, (title, name, predicate))), name)


def _family_name(name: str) -> str:
    return name.split()[0 if parse_name(name).family_first else -1]


def judge(headlines: Sequence[Headline], models: Models, reference: Reference) -> Iterator[str]:
    """Yield the worst verdict on anybody named in each headline; "no claim" where nobody is."""
    for headline in headlines:
        reading = models.read(headline.text)
        article = Article(id=article_key(headline.text), text=headline.text, published=DAY)
        claims = list(find_office_claims(reading, article, reference))
        findings = check_tenure(claims, article, reference)
        given = {finding.verdict for finding in findings if finding.check == "tenure"}
        worst = (Verdict.CONTRADICTED, Verdict.UNSURE, Verdict.HOLDS, Verdict.NO_RECORD)
        yield next((str(verdict) for verdict in worst if verdict in given), "no claim")


def main(arguments: Sequence[str]) -> None:
    """Print the figures, and with --show each headline that is not judged as it should be."""
    reference = load_reference()
    headlines = list(make_headlines(reference))
    verdicts = list(judge(headlines, load_models(load_settings()), reference))
    for kind in KINDS:
        counts = Counter(v for h, v in zip(headlines, verdicts, strict=True) if h.kind == kind)
        told = ", ".join(f"{count} {verdict}" for verdict, count in counts.most_common())
        print(f"headlines, {kind}: {counts.total()} ({told})")
    honest = [v for h, v in zip(headlines, verdicts, strict=True) if h.kind != KINDS[-1]]
    wrong = [v for h, v in zip(headlines, verdicts, strict=True) if h.kind == KINDS[-1]]
    found = sum(v in ("contradicted", "unsure") for v in wrong)
    accused = honest.count("contradicted")
    print(f"headlines: {accused} of {len(honest)} honest ones contradicted, must be 0")
    print(f"headlines: wrong names found in {found} of {len(wrong)}")
    if "--show" in arguments:
        for headline, verdict in zip(headlines, verdicts, strict=True):
            expected = {KINDS[0]: "no claim", KINDS[3]: "contradicted"}.get(headline.kind, "holds")
            if verdict != expected:
                print(f"  {verdict}: {headline.text}")


if __name__ == "__main__":
    main(sys.argv[1:])
