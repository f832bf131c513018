"""A week of invented news in many forms: texts, pages, feeds, tables, copies, failures."""

import gzip
import json
import random
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape

SIDES = ("Russia", "Ukraine", "Iran", "Israel", "Turkey", "Armenia", "India", "Pakistan")
TOWNS = ("Karsk", "Selin", "Brinn", "Adama", "Torvik", "Molde")
VERBS = (
    "{one} shelled the port of {town} on {day}, killing {number} people, the army of {other} said.",
    "{other} denied on {day} that its troops had attacked {town}.",
    "“We will answer this,” said Foreign Minister {name} of {one}.",
    "The government of {one} expelled {number} diplomats of {other} on {day}.",
    "Officials in {town} said that {number} people had been injured.",
    "{one} and {other} agreed on {day} to hold talks in {town}, a spokesman told Reuters.",
    "A senior official of {one} accused {other} of breaking the truce near {town}.",
)
NAMES = ("Arda Kishan", "Mara Lind", "Otto Brandt", "Ilse Varga")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday")
FRENCH = (
    "Le gouvernement a annoncé mardi que les négociations avec les rebelles reprendraient "
    "la semaine prochaine dans la capitale, selon un communiqué du ministère des affaires "
    "étrangères publié dans la soirée. "
)


def make_text(seed, sentences=4):
    """Write one article's text; the same seed gives the same."""
    chance = random.Random(seed)
    one, other = chance.sample(SIDES, 2)
    town, day = chance.choice(TOWNS), chance.choice(DAYS)
    lines = [
        line.format(
            one=one,
            other=other,
            town=town,
            day=day,
            name=chance.choice(NAMES),
            number=chance.randrange(2, 60),
        )
        for line in chance.sample(VERBS, sentences)
    ]
    agency = " (Reuters)" if chance.random() < 0.4 else ""
    return f"{town.upper()}, March {chance.randrange(3, 8)}, 2025{agency} - " + "\n\n".join(lines)


def make_week(folder, articles=25):
    """Fill `folder` with about `articles` articles in every form that needs no other library."""
    folder.mkdir()
    part = articles // 5
    texts = [make_text(seed) for seed in range(articles)]
    for number, text in enumerate(texts[:part]):
        (folder / f"note-{number}.txt").write_text(text, encoding="utf-8")
        page = "".join(f"<p>{escape(line)}</p>" for line in texts[part + number].split("\n\n"))
        head = f"<html><head><title>Day {number}</title></head><body><article>"
        tail = "</article></body></html>"
        (folder / f"page-{number}.html").write_text(head + page * 2 + tail, encoding="utf-8")
    rows = [_row(number, text) for number, text in enumerate(texts[2 * part : 4 * part])]
    rows += [_row(number, text, "copy.example") for number, text in enumerate(texts[-5:])]
    rows += [_row(number, _edited(text), "near.example") for number, text in enumerate(texts[:5])]
    rows += [_row(number, FRENCH * 3, f"ici{number}.example") for number in range(2)]
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (folder / "crawl.jsonl.gz").write_bytes(gzip.compress(lines.encode(), mtime=0))
    (folder / "feed.xml").write_text(_feed(texts[4 * part :]), encoding="utf-8")
    (folder / "again.txt").write_text(texts[0], encoding="utf-8")
    (folder / "blank.txt").touch()
    (folder / "picture.txt").write_bytes(b"\x89PNG\x00\x00\xff\xfe" * 50)
    return folder


def _row(number, text, outlet="wire.example"):
    return {
        "url": f"https://{outlet}/{number}",
        "title": f"Report {number}",
        "published": f"2025-03-{3 + number % 5:02d}",
        "text": text,
    }


def _edited(text):
    return text.replace("people", "civilians") + "\n\nMore was not known at first."


def _feed(texts):
    entries = "".join(
        f"<item><title>Entry {number}</title><link>https://feed.example/{number}</link>"
        f"<pubDate>{format_datetime(datetime(2025, 3, 4, 12, number % 60, tzinfo=UTC))}</pubDate>"
        f"<description>{escape(text * 2)}</description></item>"
        for number, text in enumerate(texts)
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel>{entries}</channel></rss>'
