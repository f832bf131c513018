"""A family: who printed whose text, on which day, why that is so, and how any two differ."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from tocsin.errors import NotThereError
from tocsin.lexicons.refusals import refusal
from tocsin.publish.desk.frame import desk_of, render
from tocsin.publish.desk.pages.timeline import Dot, Row, Scale, scale_of
from tocsin.records import Family
from tocsin.store.handle import Store
from tocsin.store.kinds.articles import FoundArticle
from tocsin.store.kinship import Kinship
from tocsin.together.texts.differences import (
    MOST_WORDS,
    Stretch,
    find_differences,
    is_too_long,
)

router = APIRouter(include_in_schema=False)

#: Members that a page shows, and outlets that it draws; the list of articles has all.
_MOST, _OUTLETS = 200, 30

#: A family of one day is drawn as if it had spread for this long.
_SHORTEST = timedelta(days=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An article of a family, with what it has in common with an earlier one."""

    article: FoundArticle
    role: str  #: origin, copy, same words or passage
    of: FoundArticle | None  #: with which it shares words: the origin, else an earlier one
    kin: Kinship | None  #: what it shares with that; None where the words are the same


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """Two members set beside each other."""

    one: FoundArticle
    other: FoundArticle
    stretches: tuple[Stretch, ...]
    cut: bool  #: whether a text is longer than is compared
    most: int = MOST_WORDS

    @property
    def same(self) -> bool:
        """Whether the texts have the same words, as far as they are compared."""
        return all(each.shared for each in self.stretches)


@router.get("/families/{key}")
def show(
    request: Request, key: str, one: str | None = None, other: str | None = None
) -> HTMLResponse:
    """Return the page of a family, with the differences of the members `one` and `other`."""
    with desk_of(request).asking() as store:
        family = store.families(id=key).first()
        if family is None:
            raise refusal(NotThereError, "no_such_family", key)
        articles = _articles(store, family)
        kinship = store.kinship({each.text_id for each in articles})
        members = members_of(family, articles, kinship)
        pair = _pair(members, one, other)
        compared = _compare(store, *pair) if pair else None
    scale, rows = _spread(members)
    context = {
        "title": f"Family of {len(family.articles) + len(family.passages)} articles",
        "family": family,
        "members": members,
        "left": len(family.articles) + len(family.passages) - len(members),
        "scale": scale,
        "rows": rows,
        "compared": compared,
    }
    return render(request, "family.html.jinja", context)


def _articles(store: Store, family: Family) -> list[FoundArticle]:
    """Return the articles of a family, earliest first, those of no day last."""
    found = store.articles(family=family.id, limit=_MOST)
    return sorted(found, key=lambda each: (each.published or date.max, each.id))


def members_of(
    family: Family, articles: Sequence[FoundArticle], kinship: Iterable[Kinship]
) -> list[Member]:
    """Return the members in the order of `articles`, each with why it is one."""
    kin: dict[str, dict[str, Kinship]] = defaultdict(dict)
    for shared in kinship:
        kin[shared.one][shared.other] = kin[shared.other][shared.one] = shared
    origin = next((each for each in articles if each.id == family.origin), None)
    first = {origin.text_id: origin} if origin else {}
    members = []
    for each in articles:
        printed = first.setdefault(each.text_id, each)
        near = kin[each.text_id] if printed is each and each is not origin else {}
        of = _closest(near, origin, first)
        members.append(
            Member(
                article=each,
                role=_role(family, each, printed),
                of=first[of] if of else printed if printed is not each else None,
                kin=near[of] if of else None,
            )
        )
    return members


def _closest(
    near: Mapping[str, Kinship], origin: FoundArticle | None, first: Mapping[str, FoundArticle]
) -> str | None:
    """Return the text of the origin, or the earlier one that shares most; None for no other."""
    if origin and origin.text_id in near:
        return origin.text_id
    earlier = [text_id for text_id in first if text_id in near]
    return max(earlier, key=lambda text_id: near[text_id].similarity, default=None)


def _role(family: Family, article: FoundArticle, printed: FoundArticle) -> str:
    if article.id == family.origin:
        return "origin"
    if article.id in family.passages:
        return "passage"
    return "copy" if printed is article else "same words"


# --------------------------------------------------------------------------- by day and outlet


def _spread(members: Sequence[Member]) -> tuple[Scale | None, list[Row]]:
    """Return the members as a time line with a row for each outlet, the earliest first."""
    dated = [(each, each.article.published) for each in members]
    days = [day for _, day in dated if day]
    if not days:
        return None, []
    scale = scale_of(days, _SHORTEST)
    outlets: dict[str, list[tuple[Member, date]]] = defaultdict(list)
    for each, day in dated:
        if day:
            outlets[each.article.outlet or "no outlet given"].append((each, day))
    rows = [_outlet_row(outlet, printed, scale) for outlet, printed in outlets.items()]
    return scale, rows[:_OUTLETS]


def _outlet_row(outlet: str, printed: Sequence[tuple[Member, date]], scale: Scale) -> Row:
    roles = Counter(each.role for each, _ in printed)
    told = [role if number == 1 else f"{number} × {role}" for role, number in roles.items()]
    return Row(
        label=outlet,
        when=", ".join(told),
        dots=tuple(
            Dot(scale.at(day), each.role.replace(" ", "-"), f"{day}: {each.role}")
            for each, day in printed
        ),
    )


# --------------------------------------------------------------------------- two of them


def _pair(
    members: Sequence[Member], one: str | None, other: str | None
) -> tuple[FoundArticle, FoundArticle] | None:
    """Return the two articles asked for, else the first two with different words; None if none.

    Raises:
        NotThereError: one that is asked for is no member.
    """
    known = {each.article.id: each.article for each in members}
    for given in (one, other):
        if given and given not in known:
            raise refusal(NotThereError, "no_such_article", given)
    if one and other:
        return known[one], known[other]
    return next(((each.of, each.article) for each in members if each.of and each.kin), None)


def _compare(store: Store, one: FoundArticle, other: FoundArticle) -> Compared:
    texts = [store.report(each.id).article.text for each in (one, other)]
    cut = any(map(is_too_long, texts))
    return Compared(one=one, other=other, stretches=find_differences(*texts), cut=cut)
