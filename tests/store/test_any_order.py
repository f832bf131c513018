"""Whatever was added in whatever order, settled in between or not, and forgotten again: what is
left is the store of what is left."""

import random
from datetime import date, timedelta

import pytest

from benchmarks.identity import read_things
from tocsin.records import Count, DateWords, Manner, Place, Stance, Status, Verdict
from tocsin.store.content import dump_content
from tocsin.store.database import open_database
from tocsin.store.forget import forget_article
from tocsin.store.identity import resolve_id
from tocsin.store.settle import settle
from tocsin.store.verify import verify_store
from tocsin.store.writer import Writer

WORDS = ("the", "of", "a", "boat", "harbour", "fire", "sea", "wind", "market", "bridge", "army")
NAMES = ("Arda Kishan", "Orhan Selik", "Mira Toven")
PLACES = (("Selin", "KSH"), ("Old Vardan", "VRD"), ("Kashan", "KSH"))
DAYS = (*(date(2025, 3, day) for day in (2, 4, 4, 5, 9, 20)), None)
STATUSES = (*[Status.ASSERTED] * 2, Status.REPORTED, Status.DENIED, Status.FUTURE)


def _prose(rng, words):
    return " ".join(rng.choice(WORDS) for _ in range(words)).capitalize() + "."


def _paragraph(rng):
    """Return a paragraph that several articles may print, and what there is to find in it."""
    name, (place, country) = rng.choice(NAMES), rng.choice(PLACES)
    number = rng.randrange(9)
    told = f"boats had shelled the port of {place} on Tuesday at {number}"
    quoted = rng.choice(("", *(f'"{_prose(random.Random(i), 18)}"' for i in range(3))))
    text = f"Defence Minister {name} said that {told}. {quoted} {_prose(rng, rng.choice((5, 45)))}"
    day = date(2025, 3, rng.choice((3, 4, 5, 11)))
    return text, {
        "name": name,
        "told": told,
        "quoted": quoted,
        "type": rng.choice(("ASSAULT", "PROTEST")),
        "status": rng.choice(STATUSES),
        "place": rng.choice((None, (place, country))),
        "days": rng.choice((None, (None, None), (day, day), (date(2025, 3, 1), date(2025, 3, 5)))),
        "dead": rng.choice((None, None, 3, 12)),
        "verdict": rng.choice(tuple(Verdict)),
    }


def _add_records(made, found):
    """Put into the draft `made` what is found in one of its paragraphs."""
    words = f"Defence Minister {found['name']}"
    minister = made.actor(found["name"], office="Defence Minister")
    said = made.state(minister, found["told"])
    if found["quoted"]:
        made.state(minister, found["quoted"], manner=Manner.DIRECT, stance=Stance.PLEDGES)
    claim = made.claim(words, "Defence Minister", found["name"], "KSH:defence_minister")
    made.find(claim, found["verdict"])
    day, place, dead, told = (found[key] for key in ("days", "place", "dead", "told"))
    made.happen(
        told,
        told,
        type=found["type"],
        status=found["status"],
        asserted_by=said.id,
        actors=(minister,),
        date=day and DateWords(words=made.at(told), earliest=day[0], latest=day[1]),
        place=place and Place(words=made.at(told), name=place[0], country=place[1]),
        counts=(Count(kind="dead", low=dead, high=dead, words=made.at(told)),) if dead else (),
    )


def _article(rng, paragraphs, draft):
    chosen = rng.sample(paragraphs, rng.randrange(1, min(4, len(paragraphs)) + 1))
    unique = {found["name"]: (text, found) for text, found in chosen}.values()
    text = "\n".join([*(text for text, _ in unique), *([_prose(rng, 30)] * (rng.random() < 0.3))])
    url = rng.choice((None, f"https://{rng.choice('abc')}.example/{rng.randrange(4)}"))
    outlet = rng.choice((None, "Selin Post", "Vardan Daily", "Reuters"))
    made = draft(text=text, url=url, published=rng.choice(DAYS), others={"outlet": outlet})
    for _, found in unique:
        _add_records(made, found)
    return made.report


def _store(folder):
    connection = open_database(folder, create=True)
    connection.execute("PRAGMA synchronous=OFF")  # no test here pulls the plug
    return connection


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_is_the_store_of_what_is_left(seed, draft, tmp_path, monkeypatch):
    if seed % 2:  # as where acts follow each other for months
        monkeypatch.setattr("tocsin.store.settle.events._LONGEST", timedelta(days=1))
    if seed % 3 == 0:  # as where a passage stands in hundreds of texts
        monkeypatch.setattr("tocsin.store.settle.passages._MOST_HOLDERS", 3)
    rng = random.Random(seed)
    paragraphs = [_paragraph(rng) for _ in range(rng.randrange(2, 9))]
    reports = [_article(rng, paragraphs, draft) for _ in range(rng.randrange(2, 12))]
    inputs = [(f"key {i}", f"{i}.txt", report) for i, report in enumerate(reports)]
    had = _store(tmp_path / "had")
    for each in rng.sample(inputs, len(inputs)):
        Writer(had).keep([each])
        if rng.random() < 0.5:
            settle(had)
    ids = sorted({report.article.id for report in reports})
    forgotten = rng.sample(ids, rng.randrange(len(ids) + 1))
    for article_id in forgotten:
        forget_article(had, article_id)
        if rng.random() < 0.3:
            settle(had)
    settle(had)
    never = _store(tmp_path / "never")
    Writer(never).keep(each for each in inputs if each[2].article.id not in forgotten)
    settle(never)
    assert list(dump_content(had)) == list(dump_content(never))
    assert not list(verify_store(had))
    for kind, things in read_things(had).items():
        query = "SELECT id FROM arrivals WHERE kind = ? AND kind <> 'family'"  # may have dissolved
        for (given,) in had.execute(query, (kind,)).fetchall():
            assert resolve_id(had, kind, given) in things
