"""A store of scripts: articles whose every name and word tries to run, to mislead or to break out.

What would run sets ``window.hacked``, opens a dialog, or asks for ``/pwned``.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.made import Draft
from tocsin.records import DateWords, Manner, Place, Report, Stance, Status, Verdict
from tocsin.store.asked import Judged
from tocsin.store.database import open_database
from tocsin.store.judgements import judge_record
from tocsin.store.settle import settle
from tocsin.store.writer import Writer

SCRIPT = "<script>window.hacked=1;alert(1);fetch('/pwned')</script>"
IMAGE = "<img src=/pwned onerror=window.hacked=1>"
QUOTES = "\"'`><svg onload=window.hacked=1>"
BREAKS = "]]></script></style></textarea></title>--><!--"
BRACES = "{{7*7}}${7*7}<%=7*7%>{%raw%}"
FORMULA = '=HYPERLINK("https://evil.example/pwned","x")'
TURNED = "\u202egnp.exe\u2066\u200b\x00\x1b[2J\U000e0041"
LONG = "W" * 2_000
ADDRESSES = (
    "javascript:window.hacked=1",
    "data:text/html,<script>window.hacked=1</script>",
    'https://evil.example/"onmouseover="window.hacked=1',
    "https://evil.example/<script>window.hacked=1</script>",
    "//evil.example/pwned",
    " \x01javascript:window.hacked=1",
)
#: What stands in names, each its own way out of some page.
PAYLOADS = (SCRIPT, IMAGE, QUOTES, BREAKS, BRACES, FORMULA, TURNED, LONG)


def make_hostile(folder: Path) -> Path:
    """Make the store in `folder`, settled, and return the folder."""
    connection = open_database(folder, create=True)
    sql = "INSERT INTO outlets (domain, name, reliability) VALUES ('evil.example', ?, 'B')"
    connection.execute(sql, (SCRIPT,))
    reports = [_report(number) for number in range(2 * len(PAYLOADS))]
    Writer(connection).keep(
        [(f"{SCRIPT} {n}", f"{n}{QUOTES}.txt", r) for n, r in enumerate(reports)]
    )
    settle(connection)
    for payload, report in zip(PAYLOADS, reports, strict=False):
        said, judge = report.statements[0].id, payload.replace("\0", "")[:90]
        judge_record(connection, said, judge, Judged.REJECTED, note=judge, clock=_now)
    connection.close()
    return folder


def _now() -> datetime:
    return datetime(2026, 11, 30, 8, 15, tzinfo=UTC)


def _report(number: int) -> Report:
    """Return a report in which one payload stands in every name; each twice, so that there are
    copies, several tellings and contradictions.
    """
    payload = PAYLOADS[number % len(PAYLOADS)]
    again = number >= len(PAYLOADS)
    verb = "had not shelled" if again else "shelled"
    told = f"Minister {payload} of Chad said that troops {verb} the posts of Niger near {payload}"
    said = f"We {verb} them, {payload}"
    text = f"{told}.\n\n“{said}” he added. {payload}\n\n" + "The ministry said no more of it. " * 20
    day = date(2024, 10, 1) + timedelta(number % len(PAYLOADS))
    others = {"outlet": payload[:200], "title": f"{payload} {number}"}
    draft = Draft(
        text=text,
        url=ADDRESSES[number % len(ADDRESSES)],
        published=day,
        country="TCD",
        others=others,
    )
    person = draft.actor(payload, office=f"Minister {payload}", sector="GOV")
    stance = Stance.DENIES if again else Stance.ASSERTS
    stated = draft.state(person, told, stance=stance)
    draft.state(person, said, manner=Manner.DIRECT)
    chad, niger = (
        draft.actor(name, kind="country", country=code)
        for name, code in (("Chad", "TCD"), ("Niger", "NER"))
    )
    draft.happen(
        told,
        verb,
        actors=(replace(chad, name=f"Chad {payload}"),),
        recipients=(replace(niger, name=f"Niger {payload}"),),
        contexts=("military",),
        asserted_by=stated.id,
        status=Status.DENIED if again else Status.REPORTED,
        date=DateWords(words=draft.at(told), earliest=day, latest=day),
        place=Place(
            words=draft.at(payload), name=payload, country="NER", latitude=13.5, longitude=2.1
        ),
    )
    claim = draft.claim(f"Minister {payload}", "Minister", payload, "TCD:defence_minister")
    draft.find(claim, Verdict.CONTRADICTED, sentence=f"Nobody called {payload} held it.")
    return draft.report
