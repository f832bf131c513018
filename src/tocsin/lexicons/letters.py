"""Letters: how words of any writing are compared, as lower-case plain Latin letters."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from tocsin.lexicons.tables import read_rows

#: Letters that Unicode does not decompose.
_LETTERS = str.maketrans(
    {
        "ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ı": "i", "ə": "a",
        "ð": "d", "þ": "th", "ħ": "h", "ŋ": "n",
    }
)  # fmt: skip

#: Cyrillic letters as the press writes them in English; soft and hard signs vanish.
_CYRILLIC = (
    "а=a б=b в=v г=g д=d е=e ё=e ж=zh з=z и=i й=i к=k л=l м=m н=n о=o п=p р=r с=s т=t у=u ф=f х=kh "
    "ц=ts ч=ch ш=sh щ=shch ъ= ы=y ь= э=e ю=yu я=ya і=i ї=i є=ye ґ=g ў=u"
)
_LETTERS |= {ord(pair[0]): pair[2:] for pair in _CYRILLIC.split()}

#: Signs inside a word that carry no letter: apostrophes, ayn, hamza, soft sign.
_SIGNS = re.compile(r"['’‘`´ʻʼʽʾʿ′“”\"]")


def usual_signs(text: str) -> str:
    """Return `text`, as long as it was, with one sign for each kind of space, dash and mark."""
    return text.translate(_usual())


@cache
def _usual() -> dict[int, str]:
    rows = read_rows("lexicons/signs.tsv", "usual others")
    return {int(code, 16): chr(int(usual, 16)) for usual, codes in rows for code in codes.split()}


def fold(text: str) -> str:
    """Return `text` in lower-case plain letters, without accents and inner apostrophes."""
    bare = _SIGNS.sub("", text).casefold()
    if bare.isascii():
        return bare
    bare = bare.translate(_LETTERS)
    decomposed = unicodedata.normalize("NFKD", bare)
    return "".join(c for c in decomposed if not unicodedata.combining(c))
