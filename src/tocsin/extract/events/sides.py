"""The two sides of an act: who did it, and to whom it was done.

The network says which words stand for either side, and which of the countries that the article
names are on it; rules say who these words are.  Words that rules cannot place get a country that
the network gives; words of a country that it does not give are left out: they stand near the act
and are no party to it.  A named person does or suffers harm only where network and grammar agree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from tocsin.extract.events.told import Mention, ReadArticle, ToldAct, mean_of
from tocsin.extract.grammar.arguments import does, is_of_someone, own_subjects, suffers
from tocsin.extract.grammar.phrases import noun_phrase, with_noun
from tocsin.extract.grammar.words import char_span, is_modifier, is_name, tokens_at
from tocsin.extract.mentions.person_names import with_whole_names
from tocsin.lexicons.words import word_set
from tocsin.models.acts import logit
from tocsin.models.parsed import Doc, text_of
from tocsin.records import Actor, Span
from tocsin.reference.countries import load_countries
from tocsin.spans import touch

#: A country is on a side by its log odds, up to `SUREST` (0.97); added are parts of its lead over
#: the likeliest other, and of the odds against its being on the other side.
LEAD, ACROSS, SUREST = 0.1, 0.25, 3.5
#: What that must come to for the likeliest country, and for any other, as actor and as recipient.
#: Few sides are of several countries, recipients least; few acts are without an actor.
LEAST_LIKELIEST, LEAST_OTHER = (-1.8, -0.5), (2, 3)
#: The same for one that is named beside another: "*Chad and Mali* agreed".
LEAST_BESIDE = -0.5
#: Nobody is named as doer or victim of a harm that is less sure to be told.
LEAST_TO_NAME = 0.5
ACTOR, RECIPIENT = 0, 1
_ROLES = ("actor", "recipient")


def sides_of(act: ToldAct, found: ReadArticle) -> tuple[tuple[Actor, ...], tuple[Actor, ...]]:
    """Return the actors and the recipients of an act.

    Who would act on their own country, and a country that no words for the actor name, give way to
    the subject of the verb: "Chad recalled its envoy after *Mali* had expelled two Chadians".
    """
    actors, recipients = (tuple(_side(side, act, found)) for side in (ACTOR, RECIPIENT))
    ours, theirs = ({one.country for one in side} - {None} for side in (actors, recipients))
    named = [words for mention in act.mentions for words in mention.read.roles["actor"]]
    told = any(touch(one.words, words) for one in actors for words in named)
    subjects = _subjects(act, found) if ours and (ours <= theirs or not told) else ()
    if (ours | theirs).isdisjoint(one.country for one in subjects):
        actors = subjects or actors
    return actors, recipients


def chances_of_side(side: int, act: ToldAct, found: ReadArticle) -> dict[str, float]:
    """Return the network's probability of each country on a side, the mean of the mentions."""
    mean = mean_of([found.read.countries[number, side] for number in act.numbers]).tolist()
    return dict(zip(found.read.codes, mean, strict=True))


def countries_of_side(
    side: int, chances: dict[str, float], across: dict[str, float], beside: Collection[str]
) -> list[str]:
    """Return the countries that the network, or who is certain, gives a side, the likeliest first.

    Args:
        side: `ACTOR` or `RECIPIENT`.
        chances: of each country that the article names.
        across: the same of the other side.
        beside: countries that the words for the side name beside others.
    """
    odds, against = (
        {code: max(-SUREST, min(SUREST, logit(chance))) for code, chance in each.items()}
        for each in (chances, across)
    )
    first, second, *_ = sorted([*odds.values(), -SUREST, -SUREST], reverse=True)
    leads = {code: own - (first if own < first else second) for code, own in odds.items()}
    worth = {code: odds[code] + LEAD * leads[code] - ACROSS * against[code] for code in odds}
    ordered = sorted(worth, key=lambda code: -worth[code])
    least = {code: LEAST_BESIDE if code in beside else LEAST_OTHER[side] for code in ordered}
    likely = [code for code in ordered if worth[code] >= least[code] or chances[code] == 1]
    return likely or [code for code in ordered[:1] if worth[code] >= LEAST_LIKELIEST[side]]


def _side(side: int, act: ToldAct, found: ReadArticle) -> Iterator[Actor]:
    chances = chances_of_side(side, act, found)
    across, told = chances_of_side(1 - side, act, found), _told(side, act, found)
    likely = countries_of_side(side, chances, across, _named_beside(told))
    given: set[str] = set()
    unplaced: list[Actor] = []
    once: dict[tuple[str, str | None], tuple[bool, Actor]] = {}
    for mention, who, _ in told:
        once.setdefault((who.name, who.country), (mention is told[0][0], who))
    for first, actor in once.values():
        code = actor.country  # the network gives it, or was never asked about it
        if code is None:
            unplaced.append(actor)
        elif (code in likely or code not in chances) and (first or code not in given):
            given.add(code)
            yield actor
    rest = [code for code in likely if code not in given]
    for number, actor in enumerate(unplaced):
        own = rest.pop(0) if rest else None
        code = own or next(iter(likely), None)
        if number == 0 or code is None or code not in given:
            named = actor.kind == "person" and is_name(tokens_at(found.scene.doc, actor.words).root)
            yield _placed(actor, own if named else code, chances)  # "the minister" may be theirs
            given |= {code} if code is not None else set()
    for code in rest:
        yield _only_country(code, side, act, found)


def _subjects(act: ToldAct, found: ReadArticle) -> tuple[Actor, ...]:
    """Return who is of a country and the subject of an active verb that tells the act."""
    own = ((m, noun) for m in act.mentions for noun in own_subjects(m.root) if does(m.root, noun))
    words = ((m, char_span(found.scene.doc, noun_phrase(noun))) for m, noun in own)
    told = ((m, who) for m, each in words for who in found.scene.actors(each) if who.country)
    named = (who for m, who in told if _may_be_named(who, act, m, ACTOR, found))
    return tuple({who.name: who for who in named}.values())


def _told(side: int, act: ToldAct, found: ReadArticle) -> list[tuple[Mention, Actor, int]]:
    """Return whom the words of each mention for a side stand for, and which words these are."""
    words = ((m, each) for m in act.mentions for each in m.read.roles[_ROLES[side]])
    whole = ((m, _with_whole_name(each, found.scene.doc)) for m, each in words)
    told = ((m, who, at) for at, (m, each) in enumerate(whole) for who in found.scene.actors(each))
    return [each for each in told if _may_be_named(each[1], act, each[0], side, found)]


def _named_beside(told: Iterable[tuple[Mention, Actor, int]]) -> set[str]:
    countries = {(at, who.country) for _, who, at in told if who.country}
    several = Counter(at for at, _ in countries)
    return {code for at, code in countries if several[at] > 1}


def _with_whole_name(words: Span, doc: Doc) -> Span:
    """Return `words` with the name at their end whole; "US" of "US strike" stays."""
    start, end = with_noun(tokens_at(doc, words))
    last, *after = doc[end - 1 :][:2]
    cut = last.ent_type_ == "PERSON" or (is_modifier(last) and all(map(is_name, (last, *after))))
    return (with_whole_names(doc, words) if cut else None) or char_span(doc, (start, end))


def _placed(actor: Actor, code: str | None, chances: dict[str, float]) -> Actor:
    """Return someone of no known country as the network places them."""
    if code is None:
        return replace(actor, country=None)
    country = load_countries().name_of(code)
    because = f"the network takes “{actor.name}” for {country} ({chances[code]:.2f})"
    return replace(actor, country=code, because=because)


def _only_country(code: str, side: int, act: ToldAct, found: ReadArticle) -> Actor:
    """Return a country that no words of the act name, with the words of the article that do."""
    read = found.read
    column = read.codes.index(code)
    number = max(act.numbers, key=lambda n: float(read.countries[n, side, column]))
    words, _ = found.named[int(read.telling[number, side, column])]
    told = text_of(found.scene.doc)[slice(*words)]
    chance = float(read.countries[number, side, column])
    return Actor(
        name=load_countries().name_of(code),
        words=words,
        kind="country",
        country=code,
        because=f"the network takes “{told}” for the {_ROLES[side]} ({chance:.2f})",
    )


def _may_be_named(
    actor: Actor, act: ToldAct, mention: Mention, side: int, found: ReadArticle
) -> bool:
    """Tell whether somebody may be named as doer or victim of an act that harms.

    A named person may where the act is likelier than not, and grammar agrees who does or suffers
    it.  So may a name that nothing is known of: it may be a person's.  What is somebody's may not
    be named by its owner.
    """
    if act.type not in word_set("types_of_harm"):
        return True
    someone = tokens_at(found.scene.doc, actor.words).root
    if is_of_someone(someone):
        return False
    if actor.kind != "person" and not (actor.country is None and is_name(someone)):
        return True
    if act.confidence < LEAST_TO_NAME:
        return False
    return does(mention.root, someone) if side == ACTOR else suffers(mention.root, someone)
