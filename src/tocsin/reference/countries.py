"""Countries: names of states, territories and international bodies, their people and capitals.

`load_countries` reads `lexicons/countries.tsv` once.  A word that can mean several countries
("Congolese", "Korean", "Georgia") keeps all its candidates: `any_country` returns them, the usual
one first, and the functions that return one code return None rather than guess.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache

from tocsin.lexicons.tables import listed, read_records

#: Kinds of words a row lists, in the order in which `any_country` prefers them.
WORD_KINDS = ("names", "demonyms", "people", "capitals", "metonyms", "parts")

_POSSESSIVE = re.compile(r"\s*['’](?:s|S)?$")
_ARTICLE = re.compile(r"^(?:the|The|THE)\s+")
_LONGEST_ACRONYM = 7


#: PLOVER's codes of what has another code here.
_OF_PLOVER = {"KOS": "XKX", "UNO": "UN", "EUR": "EU"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryMeaning:
    """One country that a word can mean; `usual` is False where it is only a possible one."""

    code: str
    usual: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """One row: a state, a territory, an international body or an armed group of its own code."""

    code: str  #: ISO 3166-1 alpha-3 (XKX for Kosovo), or the code of a body ("NATO", "UN", "Hamas")
    alpha2: str  #: ISO 3166-1 alpha-2; empty for bodies and groups
    kind: str  #: "state", "territory", "body" or "group"
    plover: str  #: PLOVER's country code: alpha-3, KOS, or IGO, UNO, EUR, NGO, IMG
    name: str


@dataclass(frozen=True, slots=True)
class Countries:
    """All rows, and the countries that each word can mean as each kind of word (`WORD_KINDS`).

    Words may come with a leading article, a possessive ending, curly apostrophes, accents or
    without, and in capitals.  Acronyms must match letter by letter: "US" is a country, "us" and
    "Us" are not; and words without any capital letter are no country at all ("turkey").
    """

    by_code: Mapping[str, Country]
    _readings: Mapping[str, Mapping[str, tuple[CountryMeaning, ...]]]  #: by key, then by kind
    _written: Mapping[str, tuple[str, ...]]

    def country_named(self, words: str) -> str | None:
        """Return the code whose name or alias `words` is ("Britain", "U.S.", "DPRK")."""
        return self.country_meant(words, "names")

    def country_of_demonym(self, words: str) -> str | None:
        """Return the code for an adjective or noun of people ("Russian", "Britons")."""
        return self.country_meant(words, "demonyms", "people")

    def country_meant(self, words: str, *kinds: str) -> str | None:
        """Return the code that `words` mean as one of these `WORD_KINDS`.

        None where they can mean several, or where the one is only a possible meaning.  As one of
        the "capitals", "Kiev" is UKR; as one of the "metonyms", that stand for a government, "the
        Kremlin" is RUS; as one of the "parts", of regions and their peoples, "Chechen" is RUS.
        """
        readings = [r for kind in kinds for r in self.readings(words, kind)]
        codes = {r.code for r in readings}
        return codes.pop() if len(codes) == 1 and any(r.usual for r in readings) else None

    def any_country(self, words: str) -> tuple[str, ...]:
        """Return every code that `words` can mean in any way, the usual ones first.

        Empty when the words mean no country.  ``any_country("Brussels")`` is ("BEL", "EU").
        """
        readings = [r for kind in WORD_KINDS for r in self.readings(words, kind)]
        ranked = sorted(readings, key=lambda r: not r.usual)
        return tuple(dict.fromkeys(r.code for r in ranked))

    def usual_country(self, words: str) -> str | None:
        """Return the one code that `words` usually means, others being possible.

        "Georgia" is usually GEO and "Guinea" GIN; "Korean" and "Congo" usually mean neither more.
        """
        readings = [r for kind in WORD_KINDS for r in self.readings(words, kind)]
        usual = {r.code for r in readings if r.usual}
        return usual.pop() if len(usual) == 1 else None

    def readings(self, words: str, kind: str) -> tuple[CountryMeaning, ...]:
        """Return the readings of `words` as one of `WORD_KINDS`."""
        for key in _keys(words):
            if kind in self._readings.get(key, ()):
                return self._readings[key][kind]
        return ()

    def is_listed(self, words: str) -> bool:
        """Tell whether `words` can mean a country in any way."""
        return any(key in self._readings for key in _keys(words))

    def words_of(self, kind: str) -> tuple[str, ...]:
        """Return all words of one of `WORD_KINDS` as they are written."""
        return self._written[kind]

    def name_of(self, code: str) -> str:
        """Return the usual English name, also for PLOVER's code; an unknown code as it is."""
        known = self.by_code.get(_OF_PLOVER.get(code, code))
        return known.name if known else code

    def plover_country(self, code: str) -> str:
        """Return PLOVER's country code (XKX becomes KOS, NATO becomes IGO); others unchanged."""
        return self.by_code[code].plover if code in self.by_code else code

    def is_territory(self, code: str) -> bool:
        """Tell whether `code` is a territory: its head of state is that of another country."""
        return code in self.by_code and self.by_code[code].kind == "territory"


@cache
def load_countries() -> Countries:
    """Return the countries of `lexicons/countries.tsv`; read once in a process."""
    by_code: dict[str, Country] = {}
    readings: dict[str, dict[str, tuple[CountryMeaning, ...]]] = {}
    written: dict[str, list[str]] = {kind: [] for kind in WORD_KINDS}
    for row in read_records("lexicons/countries.tsv"):
        row["names"] = "|".join((row["name"], row["aliases"]))
        by_code[row["code"]] = Country(**{each.name: row[each.name] for each in fields(Country)})
        for kind in WORD_KINDS:
            for word in listed(row[kind]):
                _add_reading(readings.setdefault(_stored_key(word), {}), kind, word, row["code"])
                written[kind].append(word.rstrip("?"))
    as_written = {kind: tuple(dict.fromkeys(words)) for kind, words in written.items()}
    return Countries(by_code, readings, as_written)


@lru_cache(maxsize=65536)
def one_country(words: str) -> str | None:
    """Return the code that `words` mean as a name, else of people, as capital, metonym or part."""
    countries = load_countries()
    if not countries.is_listed(words):
        return None
    asked = (("names",), ("demonyms", "people"), ("capitals",), ("metonyms",), ("parts",))
    return next(filter(None, (countries.country_meant(words, *kinds) for kinds in asked)), None)


def code_of(country: str) -> str:
    """The code for an alpha-3 or alpha-2 code, a name or the code of a body; empty if unknown."""
    known, code = load_countries(), country.upper()
    others = (_by_alpha2().get(code), _OF_PLOVER.get(code), known.country_named(country))
    return next((each for each in (code, country, *others) if each in known.by_code), None) or ""


@cache
def _by_alpha2() -> dict[str, str]:
    return {each.alpha2: code for code, each in load_countries().by_code.items() if each.alpha2}


def _add_reading(
    meanings: dict[str, tuple[CountryMeaning, ...]], kind: str, word: str, code: str
) -> None:
    """Add one word; the same country twice under one key keeps the usual reading."""
    known = meanings.get(kind, ())
    usual = not word.endswith("?") or CountryMeaning(code=code, usual=True) in known
    others = (meaning for meaning in known if meaning.code != code)
    meanings[kind] = (*others, CountryMeaning(code=code, usual=usual))


def _stored_key(word: str) -> str:
    word = word.rstrip("?")
    acronym = len(word) <= _LONGEST_ACRONYM and word == word.upper() and " " not in word
    return word if acronym else fold(word)


@lru_cache(maxsize=16384)
def _keys(words: str) -> tuple[str, ...]:
    """Return the keys under which `words` may be stored, the exact one first."""
    plain = _ARTICLE.sub("", _POSSESSIVE.sub("", " ".join(words.split())))
    if plain == plain.lower():
        return ()
    return plain, fold(plain)


def fold(word: str) -> str:
    """Return `word` in lower case, without accents, hyphens as spaces, quotes straight."""
    if not word.isascii():
        decomposed = unicodedata.normalize("NFKD", word.replace("’", "'").replace("‘", "'"))
        word = "".join(c for c in decomposed if not unicodedata.combining(c))
    return word.lower().replace("-", " ").replace("–", " ")
