"""Names of people: whether two written names can be the same person's, and why.

Office holders are written in many ways: "KIM Chong-il" and "Kim Jong Il", "Zelensky" and
"Zelenskiy", "Joe Biden" and "Joseph R. Biden Jr.".  `match_names` says whether a name as written
is one of the forms a person is known under.

Three outcomes, because two are not enough.  `same`: family name and first name agree, up to the
known habits of transliteration.  `near`: one or two letters apart, which is how people misspell
and also how two ministers differ, so it settles nothing.  Neither: different names.

Transliterations meet by their sounds (`tocsin.reference.sounds`); the first names that stand for
each other are in lexicons/first_names.tsv.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from functools import cache, lru_cache, partial
from itertools import chain, product

from rapidfuzz.distance import OSA

from tocsin.lexicons.letters import fold
from tocsin.lexicons.tables import read_rows
from tocsin.lexicons.words import word_set
from tocsin.reference.sounds import korean_sound, sound

#: How the first of two bytes of a Latin letter looks when read as Windows-1252.
_MANGLED = re.compile("[ÂÃÄÅ][\u0080-\u00bf\u0152-\u02dc\u2013-\u2122]")

#: "Abd al-Malik", "Abdel Malik" and "Abdul-Malik" are one word, "Abdulmalik".
_SERVANT = re.compile(
    r"abd[aeiou]l[ -]?(?=[a-z]{3})|\babd[ -](?:(?:[aeuo][lrsn]|ash|esh)[ -])?(?=[a-z]{3})"
)

#: An Arabic article written into a word.
_ARTICLE = re.compile(r"^[ae]l(?=[^aeiou]\w{3})|(?<=\w{4})ul$")

#: What a reader puts in place of a letter that it cannot decode.
_UNREADABLE = "\ufffd"

#: The score of a full name that lacks the first name as known: another bearer may be meant.
CONTAINED = 0.93

#: From this score on two words count as one name, and as a slip of the pen.
_SAME = 0.9
_INITIAL = 0.9
_NEAR = 0.7
_SLIP = 0.6
_LONG = 5  #: letters from which on two may be wrong in a word, if the rest of the name is right


@dataclass(frozen=True, slots=True, kw_only=True)
class NameMatch:
    """How a written name compares with the names a person is known under.

    `score` is 1.0 for the same words, 0.9 and more for the same name, 0.9 for a family name alone,
    about 0.7 for a near name and at most 0.5 for different names.  `forms` are the two names that
    decided: as written, as known.
    """

    score: float
    same: bool
    near: bool
    sentence: str
    forms: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedName:
    """A name in words, folded to plain letters, without titles, particles and suffixes."""

    words: tuple[str, ...]
    family: frozenset[int]  #: positions in `words` where the family name may stand
    numeral: str  #: of a monarch or pope ("iii"), else empty
    suffix: str  #: "jr" or "sr", else empty
    korean: bool  #: family name first, and one of the Korean ones

    @property
    def family_first(self) -> bool:
        """Whether the family name may only be the first word."""
        return self.family == {0}


def mend(text: str) -> str:
    """Return `text` with UTF-8 letters that were read as Windows-1252 put right ("GÃ¼l")."""
    text = unicodedata.normalize("NFC", text)
    if _MANGLED.search(text):
        with suppress(UnicodeError):
            return text.encode("cp1252").decode("utf-8")
    return text


# --------------------------------------------------------------------------- taking a name apart


@lru_cache(maxsize=65536)
def parse_name(name: str) -> ParsedName:
    """Split `name` into comparable words and find where its family name may stand.

    The family name is what stands before a comma, else the words in capitals ("KIM Jong Un",
    "Sergey LAVROV"), else the first word where that is a common East Asian family name, else any
    word but the first.
    """
    name, family = mend(name), ""
    head, comma, tail = name.partition(",")
    if comma and len(head.split()) > 1:
        name = head  # "David Wolfson, Baron Wolfson", "Togo West, Jr."
    elif comma:
        name, family = f"{tail} {head}", head  # "Darchiev, Alexander"
    raw = _split(name)
    shouted = {fold(word) for word in raw if len(word) > 1 and word.isupper()}
    words = [folded for word in raw if (folded := fold(word))]  # a mark alone is no word
    words, numeral = _without_numeral(words)
    suffix = next((word[0] + "r" for word in words[1:] if word in word_set("name_suffixes")), "")
    words = _without_titles(words)
    marked = {fold(word) for word in _split(family)} if family else shouted
    found = frozenset(i for i, word in enumerate(words) if word in marked)
    if not found or (not family and len(found) == len(words)):
        found = _guessed_family(words)
    return ParsedName(
        words=tuple(words),
        family=found,
        numeral=numeral,
        suffix=suffix,
        korean=found == {0} and len(words) <= 3 and words[0] in word_set("korean_names"),
    )


def _split(name: str) -> list[str]:
    joined = _SERVANT.sub("abdul", fold(name)) if "abd" in fold(name) else name
    pieces = re.split(r"[\s\-‐‑–]+", joined.replace(".", ". "))
    return [piece.strip(".,;()") for piece in pieces if piece.strip(".,;()")]


def _without_numeral(words: list[str]) -> tuple[list[str], str]:
    """Take the numeral out ("Carl XVI Gustaf"), with whose son or where king the person is.

    A single letter ("Malcolm X Shabazz") is one only at the end.
    """
    for i, word in enumerate(words[1:], 1):
        last = i == len(words) - 1
        if word in word_set("name_numerals") and (last or (len(word) > 1 and word != "xi")):
            more = words[i + 1 :]
            named = more and more[0] not in word_set("name_particles")
            return words[:i] + (more if named else []), word
    return words, ""


def _without_titles(words: list[str]) -> list[str]:
    """`words` without titles, suffixes and particles; all of them when nothing would be left."""
    names = [word for word in words if word not in word_set("name_suffixes")]
    for openings in (word_set("honorifics"), word_set("opening_particles")):
        while len(names) > 1 and names[0] in openings:
            names = names[1:]
    particles = word_set("name_particles")
    return [word for i, word in enumerate(names) if not i or word not in particles] or words


def _guessed_family(words: list[str]) -> frozenset[int]:
    if len(words) < 2:
        return frozenset(range(len(words)))
    if len(words) <= 3:
        east_asian = word_set("korean_names") | word_set("east_asian_names")
        if words[0] in east_asian:
            return frozenset({0})
        if words[-1] in east_asian:
            return frozenset({len(words) - 1})
    return frozenset(range(1, len(words)))


def name_keys(name: str) -> frozenset[str]:
    """Return the keys under which a name is indexed: the sound of each of its longer words."""
    parsed = parse_name(name)
    keys = {sound(word) for word in parsed.words if len(word) > 1}
    if "đ" in name.casefold():
        keys |= {sound(word) for word in parse_name(_with_dj(name)).words}
    if parsed.korean:
        keys |= {f"~{korean_sound(word)}" for word in parsed.words[1:]}
    return frozenset(keys)


def differ_in_initials(written: str, known: str) -> bool:
    """Return whether one name has initials that the other has not ("George W.", "George H. W.")."""
    one, other = ({w for w in parse_name(n).words if len(w) == 1} for n in (written, known))
    return one != other


def _with_dj(name: str) -> str:
    """Return a Serbian or Croatian name as written without the letter đ ("Djindjic")."""
    return name.replace("đ", "dj").replace("Đ", "Dj")


# --------------------------------------------------------------------------- comparing


def may_agree(written: str, known: tuple[str, ...]) -> bool:
    """Tell quickly whether `match_names` can find two names the same or near.

    Full names that share one word need another that is alike; most that are compared have none.
    """
    name = parse_name(written)
    return any(_is_alike_twice(name, each) for _, each in _comparable(name, known))


def _is_alike_twice(name: ParsedName, known: ParsedName) -> bool:
    """Tell whether two words of `name` may be two of `known`; where it is no full name, always."""
    if min(len(name.words), len(known.words)) < 2 or name.suffix or name.korean:
        return True
    words = [word for word in name.words if word not in known.words]
    others = [other for other in known.words if other not in name.words]
    # Unlike where one word is said twice.
    equal = len(name.words) - len(words), len(known.words) - len(others)
    if equal not in ((0, 0), (1, 1)) or "".join(name.words) == "".join(known.words):
        return True
    joined = chain(_neighbours(words, others), _neighbours(others, words))
    pairs = product(words, others)
    alike = any(_word_score(word, other, known.korean, True) for word, other in pairs)
    return alike or _garbles(words, others) or any(joined)


@lru_cache(maxsize=16384)
def match_names(written: str, known: tuple[str, ...]) -> NameMatch:
    """Compare `written` with each of the `known` forms of one person; the best match decides.

    Args:
        written: the name as the article has it, full or family name alone, in any order.
        known: the forms the person is known under.
    """
    name = parse_name(written)
    parsed = _comparable(name, known)
    matches = (_compare(name, each, (written, form)) for form, each in parsed)
    unknown = _different(0.0, "No name is known.", (written, ""))
    best = max(matches, key=lambda match: match.score, default=unknown)
    if best.same and name.suffix and all(name.suffix != each.suffix for _, each in parsed):
        return _near(0.7, "{} may be the father or son of {}.", best.forms)
    if best.same and _doubles(written, [each for _, each in parsed]):
        return _near(0.7, "{} has another family name beside that of {}.", best.forms)
    if best.same and _misspells(name, [each for _, each in parsed]):
        return _near(0.7, "{} misspells a part of {}.", best.forms)
    return best


def agrees_by_sound(match: NameMatch) -> bool:
    """Return whether a word that agrees is written as only transliterations of it would be.

    "Besent" for Bessent: of names in Latin letters that is a slip.  Umlauts may be two letters.
    """
    written, known = (parse_name(form).words for form in match.forms)
    plain, sounds = {_plain(word) for word in known}, {sound(word) for word in known}
    unlike = (word for word in written if len(word) > 3 and _plain(word) not in plain)
    return any(sound(word) in sounds and not _equivalents(word) for word in unlike)


def _vowels(word: str) -> str:
    return re.sub("[aeiou]", "a", word)


def _plain(word: str) -> str:
    return re.sub(r"(?<=[oua])e", "", word)


def _misspells(name: ParsedName, known: list[ParsedName]) -> bool:
    """Return whether a word is near one of the person's names and is none: "Padrino Lpez".

    One vowel for another makes no difference ("Jaber", "Jabir").
    """
    words = {word for each in known for word in each.words}
    if any(each.korean for each in known):
        return False
    for word in name.words:
        best = max(_word_score(word, other, False, True) for other in words)
        if len(word) > 3 and 0 < best < _SAME and _vowels(word) not in map(_vowels, words):
            return True
    return False


def _comparable(name: ParsedName, known: tuple[str, ...]) -> list[tuple[str, ParsedName]]:
    """Return the forms against which `name` can be set, taken apart.

    Names of monarchs and popes are names of their own: "Francis" is not Robert Francis Prevost, nor
    "Juan Carlos I" Juan Carlos Varela.  Of forms without the numeral only the last word counts.
    """
    forms = [*known, *(_with_dj(form) for form in known if "đ" in form.casefold())]
    parsed = [(form, parse_name(form)) for form in forms]
    if len(name.words) > 1 and any(len(each.words) > 1 for _, each in parsed):
        # A family name listed as a form ("Lavrov") must not stand for everybody who bears it.
        parsed = [(form, each) for form, each in parsed if len(each.words) > 1]
    if name.numeral or any(each.numeral for _, each in parsed):
        last = {each: frozenset({len(each.words) - 1}) for _, each in parsed if not each.numeral}
        return [(form, replace(each, family=last.get(each, each.family))) for form, each in parsed]
    return parsed


def _doubles(written: str, known: list[ParsedName]) -> bool:
    """Return whether a hyphen ties a name that nobody knows to a known family name."""
    tied = written.split()[-1].split("-")
    first, other = (parse_name(part).words for part in (tied[0], tied[-1]))
    words = {word for each in known for word in each.words}
    ends = {each.words[-1] for each in known if each.words}
    return len(tied) > 1 and ends >= {*first} and not words & {*other}


def _compare(written: ParsedName, known: ParsedName, forms: tuple[str, str]) -> NameMatch:
    if not written.words or not known.words:
        return _different(0.0, "{} is not a name.", forms)
    if written.numeral and known.numeral and written.numeral != known.numeral:
        return _different(0.4, "{} and {} bear different numerals.", forms)
    if written.suffix and known.suffix and written.suffix != known.suffix:
        return _near(0.7, "{} and {} are father and son.", forms)
    if written.words == known.words:
        return _same(1.0, "{} is the name as known.", forms)
    if "".join(written.words) == "".join(known.words):
        return _same(0.99, "{} is {} with its words joined otherwise.", forms)
    if len(written.words) == 1 or len(known.words) == 1:
        return _compare_single(written, known, forms)
    return _compare_full(written, known, forms)


def _compare_single(written: ParsedName, known: ParsedName, forms: tuple[str, str]) -> NameMatch:
    """One of the names is a single word: a family name alone, or a person of one name."""
    if len(known.words) == 1 and len(written.words) > 1:
        return _compare_to_one_word(written, known, forms)
    score, at = max(
        (_word_score(written.words[0], word, known.korean, i not in known.family), -i)
        for i, word in enumerate(known.words)
    )
    if -at not in known.family:
        return _different(0.5 * score, "{} is at most the first name of {}.", forms)
    if score >= _SAME:
        return _same(0.9 * score, "{} is the family name of {}.", forms)
    if score >= _NEAR:
        return _near(score, "{} is a letter or two away from {}.", forms)
    return _different(0.3 * score, "{} is another name than {}.", forms)


def _compare_to_one_word(
    written: ParsedName, known: ParsedName, forms: tuple[str, str]
) -> NameMatch:
    """A full name against a person of one name, who may bear it as the family name only.

    Monarchs have no family name: "Abdullah Gül" is not Abdullah II.
    """
    last = written.words[0 if written.family_first else -1]
    score = 0.0 if known.numeral else _word_score(last, known.words[0], False, False)
    if score >= _SAME:
        return _same(0.9 * score, "{} bears the only name of {}.", forms)
    if score >= _NEAR:
        return _near(score, "{} is a letter or two away from {}.", forms)
    return _different(0.2, "{} is another name than {}.", forms)


def _compare_full(written: ParsedName, known: ParsedName, forms: tuple[str, str]) -> NameMatch:
    pairs = _align(written, known)
    family, given = _agreement(written, known, pairs)
    first = max(given, default=0.0)
    same = family >= _SAME and first >= _SAME
    left = _unpaired(written.words, [p.written for p in pairs])
    missed = _unpaired(known.words, [p.known for p in pairs])
    if _conflict(left, missed):
        if same and not known.family_first:
            return _near(0.7, "{} shares two names with {} and differs in a third.", forms)
        if first >= _SAME and _garbles(left, missed):
            return _near(_SLIP, "{} may be a slip for {}.", forms)
        otherwise = "{} and {} differ."
    elif same and _opens_with_more(written, known, pairs):
        return _near(0.7, "{} has a first name before those of {}.", forms)
    elif same and min(given) >= _SAME:
        if _opens_with_more(known, written, [p.turned() for p in pairs]):
            return _same(CONTAINED, "{} is {} without the first name.", forms)
        return _same(0.9 + 0.08 * min(family, *given), "{} is another way to write {}.", forms)
    elif family >= _NEAR and first >= _NEAR:
        return _near(0.7 * min(family, first), "{} is a letter or two away from {}.", forms)
    else:
        otherwise = "{} is another name than {}."
    if family >= _SAME:
        return _different(0.4, "{} and {} share the family name; their first names differ.", forms)
    return _different(0.3 * max(family, first), otherwise, forms)


def _agreement(
    written: ParsedName, known: ParsedName, pairs: list[_Pair]
) -> tuple[float, list[float]]:
    """Return how far the family names agree, and how far each of the other words does."""
    whole = [p for p in pairs if p.score != _INITIAL]
    family = max((p.score for p in whole if p.known & known.family), default=0.0)
    if _is_inverted(pairs) and (len(whole) < len(pairs) or len(written.words) != len(known.words)):
        family = 0.0  # "Warren Christopher" is not "Christopher W. Grady"
    # With the family name not marked, two words must agree, whichever they are.
    given = sorted(p.score for p in pairs)[:-1] if len(known.family) > 1 else []
    return family, given or [p.score for p in pairs if not p.known & known.family]


@dataclass(frozen=True, slots=True)
class _Pair:
    written: frozenset[int]
    known: frozenset[int]
    score: float

    def turned(self) -> _Pair:
        """Return the pair with the two names exchanged."""
        return _Pair(self.known, self.written, self.score)


def _align(written: ParsedName, known: ParsedName) -> list[_Pair]:
    """Pair the words of two names, best pairs first, each word once; unlike words stay alone."""
    candidates = sorted(_candidates(written, known), key=lambda pair: -pair.score)
    taken: list[_Pair] = []
    for pair in candidates:
        if not any(pair.written & p.written or pair.known & p.known for p in taken):
            taken.append(pair)
    return taken


def _candidates(written: ParsedName, known: ParsedName) -> Iterator[_Pair]:
    korean = known.korean
    for i, word in enumerate(written.words):
        for j, other in enumerate(known.words):
            if korean and written.korean and (i == 0) != (j == 0):
                continue  # "Jae" and "Choi" sound alike in some spellings
            in_given = known.family != {j}
            score = _word_score(word, other, korean, in_given)
            if score:
                yield _Pair(frozenset({i}), frozenset({j}), score)
    # Words written as one on one side and as two on the other ("Jongun", "Jong-un").
    for i, j in _neighbours(written.words, known.words):
        yield _Pair(frozenset({i, i + 1}), frozenset({j}), 0.98)
    for j, i in _neighbours(known.words, written.words):
        yield _Pair(frozenset({i}), frozenset({j, j + 1}), 0.98)


def _neighbours(apart: Sequence[str], joined: Sequence[str]) -> Iterator[tuple[int, int]]:
    for i in range(len(apart) - 1):
        both = sound(apart[i] + apart[i + 1])
        yield from ((i, j) for j, word in enumerate(joined) if sound(word) == both)


def _garbles(left: list[str], missed: list[str]) -> bool:
    """Return whether the one word left of each name may be the other, heard or typed badly.

    Where all else agrees, two letters of five may differ: "Marko Dziuric" for Marko Đurić.
    """
    if len(left) != 1 or len(missed) != 1:
        return False
    word, other = left[0], missed[0]
    alike = word[0] == other[0] and min(len(word), len(other)) >= _LONG
    return alike and OSA.distance(word, other, score_cutoff=2) <= 2


def _is_inverted(pairs: list[_Pair]) -> bool:
    """Whether the words that agree stand in another order in the two names."""
    places = [min(p.known) for p in sorted(pairs, key=lambda p: min(p.written))]
    return places != sorted(places)


def _opens_with_more(longer: ParsedName, shorter: ParsedName, pairs: list[_Pair]) -> bool:
    """Whether `longer` has a name before the first of `shorter`: often father and son.

    "Mahamat Idriss Déby" is the son of "Idriss Déby".  First names that many bear and leave out
    (Mohammed, José) make no difference, nor do initials.
    """
    first = longer.words[0]
    if len(first) == 1 or longer.family_first or shorter.family_first:
        return False
    if first in word_set("names_left_out") or any(0 in p.written for p in pairs):
        return False
    places = [min(p.written) for p in sorted(pairs, key=lambda p: min(p.known))]
    return any(0 in p.known for p in pairs) and places == sorted(places)


def _conflict(left: list[str], missed: list[str]) -> bool:
    """Whether both names hold a word that the other does not ("Kim Jong Un", "Kim Jong Il")."""
    return any(len(w) > 1 for w in left) and any(len(w) > 1 for w in missed)


def _unpaired(words: tuple[str, ...], paired: list[frozenset[int]]) -> list[str]:
    seen = frozenset[int]().union(*paired)
    return [word for i, word in enumerate(words) if i not in seen]


@lru_cache(maxsize=65536)
def _word_score(word: str, other: str, korean: bool, in_given: bool) -> float:
    """How far two folded words are one name: 1 the same, 0.9 and more variants, 0.8 near, else 0.

    Initials count only where a first name may stand.
    """
    if word == other:
        return 1.0
    if korean and korean_sound(word) == korean_sound(other):
        return 0.96
    alike = sound(word) == sound(other) and min(len(word), len(other)) > 2
    if alike and not _is_slip(word, other):
        return 0.97
    if not alike and _bare(word) == _bare(other):
        return 0.96
    if in_given and (len(word) == 1 or len(other) == 1):
        return _INITIAL if word[0] == other[0] else 0.0
    if _equivalents(word) & _equivalents(other):
        return 0.95
    if _UNREADABLE in word:
        pattern = "..?".join(re.escape(part) for part in word.split(_UNREADABLE))
        return 0.95 if len(word) > 3 and re.fullmatch(pattern, other) else 0.0
    return 0.8 if alike else _near_score(word, other)


def _is_slip(word: str, other: str) -> bool:
    """Whether a word is another with one letter left out ("Rute", "Pezeshkan").

    What a transliteration writes with two letters (Omar, Oumar) is no slip, nor is one letter of a
    double in a longer word (Hassan, Hasan).
    """
    shorter, longer = sorted((word, other), key=len)
    if len(longer) != len(shorter) + 1 or word[0] != other[0]:
        return False
    dropped = [i for i in range(len(longer)) if longer[:i] + longer[i + 1 :] == shorter]
    doubled = len(dropped) > 1 and len(shorter) > 4
    pairs = {longer[max(0, at) : at + 2] for i in dropped for at in (i - 1, i)}
    return bool(dropped) and not doubled and not pairs & word_set("two_letters_one_sound")


@lru_cache(maxsize=65536)
def _bare(word: str) -> str:
    """`word` without an Arabic article written into it ("Elsisi", "Nasirul")."""
    return sound(_ARTICLE.sub("", word))


def _near_score(word: str, other: str) -> float:
    shorter = min(len(word), len(other))
    allowed = 0 if shorter < 4 else 1 if shorter < 7 else 2
    if not allowed:
        return 0.0
    distance = OSA.distance(word, other, score_cutoff=allowed)
    return 0.8 if distance <= allowed else 0.0


def _outcome(
    score: float, sentence: str, forms: tuple[str, str], *, same: bool = False, near: bool = False
) -> NameMatch:
    """Return the outcome; `sentence` has places for the two names."""
    told = sentence.format(f"“{forms[0]}”", f"“{forms[1]}”")
    return NameMatch(score=round(score, 2), same=same, near=near, sentence=told, forms=forms)


_different = _outcome
_same, _near = partial(_outcome, same=True), partial(_outcome, near=True)


# --------------------------------------------------------------------------- first names


@cache
def _first_names() -> dict[str, frozenset[int]]:
    """Which sets of lexicons/first_names.tsv each folded first name belongs to."""
    groups: dict[str, set[int]] = {}
    for number, (names,) in enumerate(read_rows("lexicons/first_names.tsv", "names")):
        for name in names.split():
            groups.setdefault(fold(name), set()).add(number)
            groups.setdefault(sound(fold(name)), set()).add(number)
    return {name: frozenset(numbers) for name, numbers in groups.items()}


def _equivalents(word: str) -> frozenset[int]:
    known = _first_names()
    return known.get(word) or known.get(sound(word), frozenset())
