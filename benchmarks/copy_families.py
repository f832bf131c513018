"""Families of copies made from this project's own articles, with what each text is made of.

Everything follows from a seed.  `Edits` says how heavy the editing is: `LIGHT` is what the rules
were tuned on; `HEAVY`, with parts that no rule was tuned on, is held out.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

ARTICLES = Path(__file__).parents[1] / "tests/together/texts/copies"

_SENTENCE = re.compile(r"(?<=[.!?][\"”])\s+|(?<=[.!?])\s+(?=[\"“A-Z])")
_SWAPS = {
    "said": "stated", "told": "informed", "people": "persons", "killed": "left dead",
    "about": "some", "after": "following", "also": "likewise", "several": "a number of",
    "began": "started", "number": "figure", "near": "close to", "still": "yet", "large": "big",
    "small": "little", "called": "termed", "asked": "requested", "before": "prior to",
    "month": "four weeks", "government": "cabinet", "army": "military", "two": "2", "three": "3",
    "four": "4", "more": "further", "because": "since", "country": "nation", "town": "city",
    "against": "versus", "week": "seven days",
}  # fmt: skip
_AGENCIES = ("Reuters", "AFP", "AP", "Xinhua", "dpa")


@dataclass(frozen=True, slots=True, kw_only=True)
class Edits:
    """How heavy the editing is."""

    name: str
    swapped: float  #: share of words changed
    dropped: float  #: share of sentences cut
    kept: float  #: share of paragraphs that a cut leaves at least
    agency_swapped: float
    agency_cut: bool  #: the agency's last sentence may be missing
    parts: str  #: folder of the agency texts, quotations and notices


LIGHT = Edits(
    name="light", swapped=0.05, dropped=0.10, kept=0.5, agency_swapped=0.02, agency_cut=False,
    parts="parts",
)  # fmt: skip
HEAVY = Edits(
    name="heavy", swapped=0.12, dropped=0.20, kept=0.4, agency_swapped=0.06, agency_cut=True,
    parts="held_out",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A text and what it is made of: names of articles, agency texts, quotations, notices."""

    name: str
    text: str
    made_of: frozenset[str] = field(default_factory=frozenset)
    outlet: str = ""  #: empty: none of those that put notices on their pages

    def is_copy_of(self, other: Made) -> bool:
        """Tell whether both print one article or one agency text."""
        return bool(self._voices() & other._voices())

    def is_family_of(self, other: Made) -> bool:
        """Tell whether both print one article."""
        return any(name.startswith("article") for name in self._voices() & other._voices())

    def shares_background(self, other: Made) -> bool:
        """Tell whether both hold one standing paragraph: shared words, but not one article."""
        return any(name.startswith("background") for name in self.made_of & other.made_of)

    def _voices(self) -> frozenset[str]:
        return frozenset(n for n in self.made_of if n.startswith(("article", "agency")))


def read_articles() -> dict[str, str]:
    """Return the articles by name: "strait-1" is the first of the file on the strait."""
    return {
        f"{path.stem}-{number}": text.strip()
        for path in sorted(ARTICLES.glob("*.txt"))
        for number, text in enumerate(path.read_text(encoding="utf-8").split("=====\n"), start=1)
    }


def read_parts(folder: str, kind: str) -> list[str]:
    """Return the agency texts, quotations, notices or backgrounds of a folder."""
    text = (ARTICLES / folder / f"{kind}.txt").read_text(encoding="utf-8")
    return [part.strip() for part in text.split("=====\n")]


def make_corpus(edits: Edits, seed: int) -> list[Made]:
    """Return articles, their copies, long pieces around agency texts, and what is no copy."""
    chance = random.Random(f"{edits.name} {seed}")
    articles = read_articles()
    made = [Made(name=n, text=t, made_of=frozenset({f"article {n}"})) for n, t in articles.items()]
    made += [c for n, t in articles.items() for c in _copies(n, t, edits, chance)]
    made += _around_agency(articles, edits, chance)
    for kind in ("quotation", "background"):
        made += _around_part(articles, kind, edits, chance)
    made += _paraphrases()
    return _with_notices(made, edits, chance)


# --------------------------------------------------------------------------- edits of one text


def _copies(name: str, text: str, edits: Edits, chance: random.Random) -> Iterator[Made]:
    """Yield one copy of each kind."""
    ways: dict[str, Callable[[str], str]] = {
        "reworded": lambda t: _swap(_drop(t, edits.dropped, chance), edits.swapped, chance),
        "cut": lambda t: _swap(_cut(t, edits.kept, chance), edits.swapped / 3, chance),
        "reordered": lambda t: _swap(_reorder(t, chance), edits.swapped / 3, chance),
        "reset": lambda t: _swap(_reset(t, chance), edits.swapped / 3, chance),
    }
    for way, edit in ways.items():
        copy = _credit(edit(_retitle(text, chance)), chance)
        yield Made(name=f"{name} {way}", text=copy, made_of=frozenset({f"article {name}"}))


def _swap(text: str, share: float, chance: random.Random) -> str:
    """Change a share of the words: a synonym where there is one, else left out or doubled up."""

    def change(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() >= share:
            return word
        return _SWAPS.get(
            word, chance.choice(["", "reportedly " + word, word + "s", "such " + word])
        )

    return re.sub(r"[A-Za-z]+", change, text)


def _drop(text: str, share: float, chance: random.Random) -> str:
    kept = []
    for paragraph in _paragraphs(text):
        sentences = _SENTENCE.split(paragraph)
        left = [s for i, s in enumerate(sentences) if i == 0 or chance.random() >= share]
        kept.append(" ".join(left))
    return "\n\n".join(kept)


def _cut(text: str, least: float, chance: random.Random) -> str:
    """Keep the paragraphs up to one, as desks cut from the end."""
    paragraphs = _paragraphs(text)
    keep = max(3, round(len(paragraphs) * chance.uniform(least, 0.9)))
    return "\n\n".join(paragraphs[:keep])


def _reorder(text: str, chance: random.Random) -> str:
    paragraphs = _paragraphs(text)
    title, lead, rest = paragraphs[0], paragraphs[1], paragraphs[2:]
    chance.shuffle(rest)
    return "\n\n".join([title, lead, *rest])


def _reset(text: str, chance: random.Random) -> str:
    """Other marks and breaks, as another system sets them."""
    text = re.sub(r'"([^"\n]*)"', "“\\1”" if chance.random() < 0.5 else "«\\1»", text)
    text = text.replace("—", "--").replace("'", "’").replace(" percent", "%")
    if chance.random() < 0.5:
        text = re.sub(r"\n\n", "\n", text)
    else:
        text = "\n\n".join(s for p in _paragraphs(text) for s in _SENTENCE.split(p))
    return text.replace(" the ", "  the\u00a0")


def _retitle(text: str, chance: random.Random) -> str:
    _title, *body = _paragraphs(text)
    first = " ".join(body[0].split()[: chance.randint(5, 9)]).strip(",.")
    return "\n\n".join([first.upper() if chance.random() < 0.3 else first, *body])


def _credit(text: str, chance: random.Random) -> str:
    agency = chance.choice(_AGENCIES)
    title, *body = _paragraphs(text)
    form = chance.randint(0, 4)
    if form == 0:
        body[0] = f"({agency}) - {body[0]}"
    elif form == 1:
        body.insert(0, f"By {agency}")
    elif form == 2:
        body.append(f"(Reporting by Jo Marlin in Kell; Editing by Ada Stern) Source: {agency}")
    return "\n\n".join([title, *body])


def _paragraphs(text: str) -> list[str]:
    return [paragraph for paragraph in text.split("\n\n") for paragraph in paragraph.split("\n")]


# --------------------------------------------------------------------------- texts made of two


def _around_agency(articles: dict[str, str], edits: Edits, chance: random.Random) -> Iterator[Made]:
    """Yield each agency text, alone and inside five longer pieces."""
    for number, agency in enumerate(read_parts(edits.parts, "agency"), start=1):
        label = f"agency {number}"
        yield Made(name=label, text=agency, made_of=frozenset({label}))
        for host in chance.sample(sorted(articles), 5):
            part = agency
            if edits.agency_cut and chance.random() < 0.5:
                part = " ".join(_SENTENCE.split(part)[:-1])
            part = _swap(part, edits.agency_swapped, chance)
            yield _insert(f"{host} with {label}", articles[host], host, part, label, chance)


def _around_part(
    articles: dict[str, str], kind: str, edits: Edits, chance: random.Random
) -> Iterator[Made]:
    """Yield five pieces around each quotation or standing paragraph."""
    for number, part in enumerate(read_parts(edits.parts, f"{kind}s"), start=1):
        label = f"{kind} {number}"
        for host in chance.sample(sorted(articles), 5):
            words = _quote(part, chance) if kind == "quotation" else part
            yield _insert(f"{host} with {label}", articles[host], host, words, label, chance)


def _quote(words: str, chance: random.Random) -> str:
    """Put words in quotation marks of some style, with some reporting clause."""
    first, last = chance.choice([('"', '"'), ("“", "”"), ("«", "»"), ("‘", "’")])
    said = chance.choice(["it said", "the text reads", "were the words", "as all could hear"])
    lead = chance.choice(["In full:", "The passage most talked about:", "This is how it ran:"])
    return f"{lead} {first}{words}{last}, {said}."


def _insert(name: str, text: str, host: str, part: str, label: str, chance: random.Random) -> Made:
    title, *body = _paragraphs(text)
    at = chance.randint(1, len(body))
    body[at:at] = [part]
    return Made(
        name=name,
        text="\n\n".join([title, *body]),
        made_of=frozenset({f"article {host}", label}),
    )


def _paraphrases() -> Iterator[Made]:
    """Yield articles told again in other words by hand: no copies."""
    for text in read_parts("parts", "paraphrases"):
        name, _, words = text.partition("\n")
        yield Made(name=f"{name} told anew", text=words, made_of=frozenset({f"anew {name}"}))


def _with_notices(made: list[Made], edits: Edits, chance: random.Random) -> list[Made]:
    """Let outlets print a third of the texts and put their notices below, above or inside."""
    notices = read_parts(edits.parts, "notices")
    return [_notify(each, notices, chance) if chance.random() < 0.33 else each for each in made]


def _notify(made: Made, notices: list[str], chance: random.Random) -> Made:
    """Put one or both notices of an outlet into a text."""
    outlet = chance.randrange(len(notices) // 2)
    paragraphs = _paragraphs(made.text)
    for notice in chance.sample(notices[2 * outlet : 2 * outlet + 2], chance.randint(1, 2)):
        at = chance.choice([len(paragraphs), len(paragraphs), 1, len(paragraphs) // 2])
        paragraphs.insert(at, notice)
    return replace(made, text="\n\n".join(paragraphs), outlet=f"outlet {outlet + 1}")


def wrap(text: str, seed: int) -> str:
    """Return `text` as another outlet prints it: title, credit, notices, some words changed."""
    chance = random.Random(f"wrap {seed}")
    if "\n" in text.strip():
        text = _credit(_retitle(text, chance), chance)
    made = Made(name="", text=_swap(text, 0.03, chance))
    return _notify(made, read_parts("parts", "notices"), chance).text


def make_crowd(count: int, seed: int) -> Iterator[str]:
    """Yield texts of 300 words drawn at random, with what large corpora hold in common.

    A tenth carries one of a few notices, one in 250 prints one agency text, and each twentieth is
    the one before it with one word in thirty changed.
    """
    chance = random.Random(f"crowd {seed}")
    words = " ".join(read_articles().values()).split()
    notices, agency = read_parts("held_out", "notices"), read_parts("parts", "agency")[0]
    before = ""
    for number in range(count):
        text = " ".join(chance.choices(words, k=300))
        if number % 20 == 19:
            text = _swap(before, 1 / 30, chance)
        if number % 10 == 3:
            text = f"{text}\n\n{chance.choice(notices)}"
        if number % 250 == 7:
            text = f"{text}\n\n{agency}"
        yield text
        before = text
