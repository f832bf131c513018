"""How many office claims are judged, and how often wrongly.

    python -m benchmarks.offices IN.csv OUT.csv
    python -m benchmarks.offices --news ARTICLES.jsonl [--articles N] [--swaps N]

The first form judges rows with the columns person, office, country and date ("Defense Minister",
UKR, 2024-10-29) and writes them in the same order with a column `verdict`.

The second form measures three things.  On the articles (one JSON object a line, with text and
published), which are taken to be honest: how many claims are found and judged; every `contradicted`
is printed with its words, because it is an error of ours or of the newspaper.  In the same articles
with the name of a holder swapped for an invented one, a predecessor's and a near one: how many
swaps are found.  And claims made from the reference itself at random days.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path

from tocsin.checks.dating import check_dating
from tocsin.checks.tenure import check_tenure, judge_office
from tocsin.extract.offices.claims import find_office_claims
from tocsin.keys import article_key
from tocsin.models.reading import Models, load_models
from tocsin.records import Article, Finding, OfficeClaim, Verdict
from tocsin.reference.countries import load_countries
from tocsin.reference.names import match_names
from tocsin.reference.offices import Reference, load_reference
from tocsin.reference.tenures import Tenure
from tocsin.reference.titles import read_titles
from tocsin.settings import load_settings

_SEED = 20241029
_CORE = ("head_of_state", "head_of_government", "foreign_minister", "defence_minister")
_JUDGED = (Verdict.HOLDS, Verdict.CONTRADICTED, Verdict.UNSURE)

#: Invented names: no holder of any office tested bears one.
INVENTED = (
    "Aldren Voskamp", "Marit Hollanding", "Tobias Quenlow", "Ilse Brannick", "Davor Semelik",
    "Henrik Palsgrave", "Leontine Urbasch", "Corwin Adlestrop", "Yusra Belkadir", "Pavlo Hryzenko",
    "Nadia Ferroukhel", "Osvin Tarkeldt", "Branka Milosnic", "Gideon Farthwell", "Renske Oudeman",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One claim of one article and what the check says of it."""

    article: Article
    claim: OfficeClaim
    finding: Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class Swap:
    """One article in which one holder's name was replaced."""

    kind: str
    named: bool  #: the title itself names the country
    office: str
    name: str
    article: Article


def main() -> None:
    """Run what the command line asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.offices", description=__doc__)
    parser.add_argument("files", nargs="*", type=Path, metavar="CSV")
    parser.add_argument("--news", type=Path, help="measure on these articles")
    parser.add_argument("--articles", type=int, default=None, help="only the first N articles")
    parser.add_argument("--swaps", type=int, default=100, help="swapped articles of each kind")
    given = parser.parse_args()
    if given.news is not None:
        measure_news(given.news, given.articles, given.swaps)
    elif len(given.files) == 2:
        judge_file(*given.files)
    else:
        parser.error("give IN.csv and OUT.csv, or --news")


# --------------------------------------------------------------------------- a list of claims


def judge_file(inp: Path, out: Path) -> None:
    """Write the rows of `inp` with a column `verdict`."""
    reference = load_reference()
    with inp.open(encoding="utf-8-sig", newline="") as lines:
        reader = csv.DictReader(lines)
        columns = [*(reader.fieldnames or ()), "verdict"]
        rows = list(reader)
    with out.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, dict.fromkeys(columns))
        writer.writeheader()
        for row in rows:
            writer.writerow({**row, "verdict": judge_row(reference, row)})


def judge_row(reference: Reference, row: dict[str, str]) -> str:
    """Return the verdict on one row; `no_record` where its date cannot be read."""
    try:
        day = date.fromisoformat(row["date"].strip()[:10])
    except ValueError:
        return str(Verdict.NO_RECORD)
    country = row["country"].strip() or None
    finding = judge_office(reference, row["person"].strip(), row["office"].strip(), country, day)
    return str(finding.verdict)


# --------------------------------------------------------------------------- honest news


def measure_news(path: Path, articles: int | None, swaps: int) -> None:
    """Print all figures of the second form."""
    models, reference = load_models(load_settings()), load_reference()
    read = list(_read_articles(path))[:articles]
    judged, datings = _judge_all(read, models, reference)
    _print_judged(judged, len(read))
    for sentence in datings:
        print(f"dating conflict: {sentence}")
    _print_swaps(_make_swaps(judged, reference, swaps), models, reference)
    _print_generated(reference)


def _read_articles(path: Path) -> Iterator[Article]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield Article(
                id=article_key(row["text"]),
                text=row["text"],
                url=row.get("url"),
                published=parsedate_to_datetime(row["published"]).date(),
            )


def _judge_all(
    articles: Sequence[Article], models: Models, reference: Reference
) -> tuple[list[Judged], list[str]]:
    judged: list[Judged] = []
    datings: list[str] = []
    for article in articles:
        reading = models.read(article.text)
        claims = list(find_office_claims(reading, article, reference))
        by_id = {claim.id: claim for claim in claims}
        judged += [
            Judged(article=article, claim=by_id[finding.about or ""], finding=finding)
            for finding in check_tenure(claims, article, reference)
            if finding.check == "tenure"
        ]
        datings += [finding.sentence for finding in check_dating(claims, reference)[1]]
    return judged, datings


def _print_judged(judged: list[Judged], articles: int) -> None:
    print(f"offices: {articles} articles, {len(judged)} named claims (each once an article)")
    _print_share("all", judged)
    tested = [each for each in judged if each.claim.offices and each.claim.absence is None]
    _print_share("national offices of one holder", tested)
    for kind in _CORE:
        _print_share(kind, [each for each in tested if kind in _kinds(each.claim)])
    core = [each for each in tested if _kinds(each.claim) & set(_CORE)]
    _print_share("the four together", core)
    for each in judged:
        if each.finding.verdict is Verdict.CONTRADICTED:
            start, end = each.claim.words
            words = each.article.text[max(0, start - 40) : end + 20].replace("\n", " ")
            print(f"contradicted: …{words}… {each.finding.sentence}")


def _kinds(claim: OfficeClaim) -> set[str]:
    return {office.split(":")[1] for office in claim.offices}


def _print_share(name: str, judged: list[Judged]) -> None:
    counts = Counter(each.finding.verdict for each in judged)
    known = sum(counts[verdict] for verdict in _JUDGED)
    share = known / len(judged) if judged else 0.0
    told = ", ".join(f"{counts[verdict]} {verdict}" for verdict in Verdict)
    print(f"  {name}: {len(judged)}, judged {share:.1%} ({told})")


# --------------------------------------------------------------------------- swapped names


def _make_swaps(judged: list[Judged], reference: Reference, wanted: int) -> list[Swap]:
    """Swap one holder an article, up to `wanted` articles of each kind of swap."""
    chooser = random.Random(_SEED)
    eligible: dict[str, list[Judged]] = {}
    for each in judged:
        if _may_be_swapped(each, reference):
            eligible.setdefault(each.article.id, []).append(each)
    swaps: list[Swap] = []
    for kind in ("invented", "predecessor", "near"):
        for claims in chooser.sample(list(eligible.values()), len(eligible))[:wanted]:
            swap = _swap(chooser.choice(claims), kind, reference, chooser)
            if swap is not None:
                swaps.append(swap)
    return swaps


def _may_be_swapped(each: Judged, reference: Reference) -> bool:
    """Return whether a present holder is named whose office has a complete list that day."""
    day = each.article.published
    sure = each.claim.absence is None and not each.claim.modifiers
    holds = each.finding.verdict is Verdict.HOLDS and sure
    office = each.finding.compared["office_id"]
    return holds and day is not None and reference.complete(office, day)


def _swap(each: Judged, kind: str, reference: Reference, chooser: random.Random) -> Swap | None:
    written, office = each.claim.name or "", each.finding.compared["office_id"]
    if kind == "invented":
        name: str | None = chooser.choice(INVENTED)
    elif kind == "predecessor":
        name = _predecessor(each, reference, office)
    else:
        name = _misspell(written, chooser)
    if name is None:
        return None
    text = _replace_name(each.article.text, written, name)
    return Swap(
        kind=kind,
        named=each.claim.country_because is None,
        office=office,
        name=name.split()[-1] if " " not in written else name,
        article=Article(id=article_key(text), text=text, published=each.article.published),
    )


def _predecessor(each: Judged, reference: Reference, office: str) -> str | None:
    """Return who last held the office before the person named, if that is long enough ago."""
    day = each.article.published or date.min
    earlier = [
        tenure
        for tenure in reference.tenures(office)
        if tenure.until is not None
        and tenure.last_day < day - timedelta(days=60)
        and not match_names(each.claim.name or "", tenure.person.names).same
    ]
    return earlier[-1].person.name if earlier else None


def _misspell(name: str, chooser: random.Random) -> str | None:
    """Return `name` with one letter of its last word changed, doubled or dropped."""
    words = name.split()
    last = words[-1]
    if len(last) < 5:
        return None
    at = chooser.randrange(1, len(last) - 1)
    changed = chooser.choice(
        (last[:at] + last[at + 1 :], last[:at] + chooser.choice("bdgkmprtv") + last[at + 1 :])
    )
    return " ".join([*words[:-1], changed]) if changed != last else None


def _replace_name(text: str, written: str, name: str) -> str:
    """Replace the full name, and the family name alone, throughout the text."""
    short, new_short = written.split()[-1], name.split()[-1]
    text = re.sub(rf"\b{re.escape(written)}\b", name if " " in written else new_short, text)
    return re.sub(rf"(?<!{re.escape(new_short)})\b{re.escape(short)}\b", new_short, text)


def _print_swaps(swaps: list[Swap], models: Models, reference: Reference) -> None:
    judged, _ = _judge_all([swap.article for swap in swaps], models, reference)
    by_article: dict[str, list[Judged]] = {}
    for each in judged:
        by_article.setdefault(each.article.id, []).append(each)
    for kind in ("invented", "predecessor", "near"):
        chosen = [swap for swap in swaps if swap.kind == kind]
        _print_found(f"swap {kind}", chosen, by_article)
        _print_found("  country in the title", [s for s in chosen if s.named], by_article)
        _print_found("  country from elsewhere", [s for s in chosen if not s.named], by_article)


def _print_found(name: str, swaps: list[Swap], by_article: dict[str, list[Judged]]) -> None:
    """Print how many swaps are found; `unsure` counts, because it is shown and says why."""
    verdicts = Counter(_verdict_on(swap, by_article) for swap in swaps)
    found = verdicts["contradicted"] + verdicts["unsure"]
    told = ", ".join(f"{count} {verdict}" for verdict, count in verdicts.most_common())
    print(f"{name}: {len(swaps)}, found {found / max(1, len(swaps)):.1%} ({told})")


def _verdict_on(swap: Swap, by_article: dict[str, list[Judged]]) -> str:
    """Return the worst verdict on the swapped-in name; "not found" where no claim names it."""
    verdicts = [
        each.finding.verdict
        for each in by_article.get(swap.article.id, ())
        if each.claim.name and each.claim.name.split()[-1] == swap.name.split()[-1]
    ]
    for verdict in Verdict:
        if verdict in verdicts:
            return str(verdict)
    return "not found"


# --------------------------------------------------------------------------- generated claims


def _print_generated(reference: Reference, wanted: int = 2000) -> None:
    """Judge claims made from the reference: true ones, other days', invented and near names."""
    chooser = random.Random(_SEED)
    counts: dict[str, Counter[str]] = {}
    for kind, tenure, name, day in _generate(reference, chooser, wanted):
        office = reference.office(tenure.office)
        assert office is not None
        finding = judge_office(reference, name, office.title, office.country, day)
        counts.setdefault(kind, Counter())[str(finding.verdict)] += 1
    expected = {
        "true": {"holds"},
        "other day": {"contradicted"},
        "invented": {"contradicted"},
        "near": {"unsure"},
    }
    for kind, found in sorted(counts.items()):
        right = sum(found[verdict] for verdict in expected[kind])
        told = ", ".join(f"{count} {verdict}" for verdict, count in found.most_common())
        total = sum(found.values())
        print(f"generated, {kind}: {total}, as expected {right / total:.1%} ({told})")


def _generate(
    reference: Reference, chooser: random.Random, wanted: int
) -> Iterator[tuple[str, Tenure, str, date]]:
    """Yield claims on days on which the list of the office is complete, four kinds in turn."""
    offices = [o for o in reference.offices() if _readable(o.title, o.country, o.id)]
    made = 0
    while made < wanted:
        office = chooser.choice(offices)
        days = [p for p in reference.periods(office.id) if p.until > p.since]
        tenures = [t for t in reference.tenures(office.id) if t.since and t.until]
        if not days or not tenures:
            continue
        tenure, period = chooser.choice(tenures), chooser.choice(days)
        kind = ("true", "other day", "invented", "near")[made % 4]
        first, last = period.since, period.until
        if kind in {"true", "near"}:
            first, last = max(first, tenure.first_day), min(last, tenure.last_day)
        if (last - first).days < 10:
            continue
        day = first + timedelta(days=chooser.randrange(5, (last - first).days - 4))
        name: str | None = tenure.person.name
        if kind == "other day" and _held_near(reference, tenure, day):
            continue
        if kind == "invented":
            name = chooser.choice(INVENTED)
        elif kind == "near":
            name = _misspell(tenure.person.name, chooser)
        if name is not None:
            made += 1
            yield kind, tenure, name, day


def _readable(title: str, country: str, office_id: str) -> bool:
    readings = read_titles(title, countries=load_countries(), country=country)
    return any(r.specific and office_id in r.office_ids() for r in readings)


def _held_near(reference: Reference, tenure: Tenure, day: date) -> bool:
    own = [t for t in reference.tenures(tenure.office) if t.person.id == tenure.person.id]
    return any(t.may_cover(day, 10) for t in own)


if __name__ == "__main__":
    main()
