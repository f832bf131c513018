"""Times of titles on hand-built parses: which sentences give an office of the past, or of a day."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.offices.test_claims import claims_of
from tests.parses import parsed
from tocsin.records import Modifier

_BARO = "amod:Malian compound:President compound:Issa Baro"


def is_then(tree: str, day: date = date(2024, 10, 29)) -> bool:
    """Whether the claim about Issa Baro in a parse is one of the past."""
    found = claims_of(parsed(tree, PERSON="Issa Baro"), day)
    (claim,) = (each for each in found if each.name == "Issa Baro")
    return Modifier.THEN in claim.modifiers


@pytest.mark.parametrize(
    "tree",
    [
        f"[nsubjpass The airport] auxpass:is named=name/VBN [prep after [pobj {_BARO}]] .",
        f"nsubj:They paid=pay [dobj tribute [prep to [pobj {_BARO}]]] .",
        f"[nsubjpass The square] auxpass:was renamed=rename/VBN [prep in [pobj honour "
        f"[prep of [pobj {_BARO}]]]] .",
        f"[nsubjpass The park] auxpass:is called=call/VBN [prep after [pobj {_BARO}]] .",
        f"[nsubj poss:His grandfather] aux:had served=serve/VBN [dobj {_BARO}] .",
        f"[nsubj It] was [attr the trip [advcl mark:since [nsubj {_BARO}] went=go/VBD]] .",
        f"[nsubj He] attended [dobj the funeral [prep of [pobj {_BARO}]]] .",
        f"[prep Since [pobj the overthrow [prep of [pobj {_BARO}]]]] , nsubj:much changed .",
        f"[prep Like [pobj {_BARO}]] , nsubj:he lost .",
        f"nsubj:He succeeded=succeed [dobj {_BARO}] .",
        f"[prep In [pobj 1746]] [nsubj {_BARO}] asked [prep for [pobj soldiers]] .",
        f"[nsubj {_BARO}] warned [prep of [pobj war]] [prep in [pobj March]] .",
        f"[npadvmod amod:Last year] , [nsubj {_BARO}] warned [prep of [pobj war]] .",
        f"[nsubjpass {_BARO}] auxpass:was expected=expect/VBN [prep in [pobj March]] .",
        f"[nsubj {_BARO}] aux:would/MD warn/VB [prep of [pobj war]] [prep in [pobj March]] .",
        f"[nsubj {_BARO}] speaks=speak/VBZ [prep in [pobj March]] .",
    ],
    ids=[
        "named after", "tribute", "in honour of", "called after", "had served", "since a clause",
        "funeral", "overthrow",
        "like", "succeeded", "an old year", "a month past", "last year", "was expected",
        "would warn", "a caption",
    ],
)  # fmt: skip
def test_find_reads_an_office_of_the_past(tree: str) -> None:
    assert is_then(tree)


@pytest.mark.parametrize(
    "tree",
    [
        f"[nsubj {_BARO}] attended [dobj the funeral [prep of [pobj a general]]] .",
        f"[nsubj {_BARO}] aux:has served=serve/VBN [prep for [pobj years]] .",
        f"[nsubj {_BARO}] warned [prep of [pobj war]] [prep in [pobj October]] .",
        f"[nsubj {_BARO}] said [ccomp [nsubj the truce [acl agreed=agree/VBN [prep in "
        "[pobj March]]]] held=hold/VBD] .",
        f"[nsubj {_BARO} , [appos chief [prep since [pobj 2019]]] ,] spoke=speak .",
        f"[prep Since [pobj Monday]] , [nsubj {_BARO}] aux:has met=meet/VBN [dobj them] .",
        f"nsubj:He called [dobj {_BARO}] [prep after [pobj the talks]] .",
        f"nsubj:He met [dobj {_BARO}] [advcl mark:since nsubj:talks failed] .",
        f"[nsubj {_BARO}] aux:will/MD travel/VB [prep in [pobj March]] .",
        f"[prep In [pobj March]] [nsubj {_BARO}] aux:is travelling=travel/VBG .",
        f"[nsubjpass {_BARO}] auxpass:is expected=expect/VBN [prep in [pobj March]] .",
        f"[nsubj {_BARO}] is=be/VBZ [acomp due [prep in [pobj Rome]]] [prep in [pobj March]] .",
        f"[nsubj {_BARO}] plans=plan/VBZ [dobj a trip] [prep in [pobj March]] .",
        f"nsubj:They aux:will/MD meet/VB [dobj {_BARO}] [prep on [pobj 3 nummod:March]] .",
    ],
    ids=[
        "goes to a funeral",
        "has served",
        "this month",
        "another act's day",
        "since a year",
        "since Monday",
        "called up",
        "since beside",
        "will travel in a month to come",
        "is travelling",
        "is expected",
        "is due",
        "plans",
        "will be met on a day to come",
    ],
)
def test_find_reads_an_office_of_now(tree: str) -> None:
    assert not is_then(tree)


@pytest.mark.parametrize(("name", "then"), [("Angela Merkel", True), ("Renske Oudeman", False)])
def test_find_takes_the_pluperfect_for_history_of_who_ever_held_the_office(
    name: str, then: bool
) -> None:
    tree = (
        f"[nsubj amod:German compound:Chancellor compound:{name}] aux:had warned=warn/VBN "
        "[dobj them] ."
    )
    (claim,) = claims_of(parsed(tree, PERSON=name))
    assert (Modifier.THEN in claim.modifiers) is then


@pytest.mark.parametrize(
    ("verb", "day"), [("aux:will/MD speak/VB", None), ("spoke=speak/VBD", date(2023, 11, 3))]
)
def test_find_reads_a_day_to_come_forward(verb: str, day: date | None) -> None:
    tree = f"[nsubj {_BARO}] {verb} [prep on [pobj 3 nummod:November]] ."
    (claim,) = claims_of(parsed(tree, PERSON="Issa Baro"), date(2024, 10, 29))
    assert claim.day == day
