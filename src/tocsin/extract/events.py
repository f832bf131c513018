"""Events: who did what to whom, in PLOVER's terms, with a status that says how sure the wording is.

`find_events` takes the acts of the text (`acts`), resolves their parties (`parties`), reads what
tense, modality and the words above make of them (`modality`, `plover`), and merges the mentions of
one act within the article.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from spacy.tokens import Doc, Token

from tocsin.extract.acts import (
    Act,
    find_acts,
    instrument_mode,
    is_joint,
    is_peacekeeping,
    load_acts,
)
from tocsin.extract.arguments import arguments_of_noun, arguments_of_verb, content_noun
from tocsin.extract.contexts import contexts_of
from tocsin.extract.counts import find_counts
from tocsin.extract.dates import find_dates_in
from tocsin.extract.doubts import doubt_about
from tocsin.extract.drafts import Draft, countries_of, merged, without_governed
from tocsin.extract.modality import Modality, is_presupposed, read_modality, strongest
from tocsin.extract.parties import Parties, Party
from tocsin.extract.places import place_of_act
from tocsin.extract.plover import (
    Code,
    code_when_agreed,
    code_when_future,
    code_when_refused,
    code_when_requested,
    code_when_stopped,
    code_when_threatened,
    is_cooperative,
    modes_of,
    value_of,
)
from tocsin.extract.wordlists import word_set
from tocsin.records import (
    Article,
    Count,
    DateWords,
    Event,
    OfficeClaim,
    Place,
    Stance,
    Statement,
    Status,
    content_key,
)
from tocsin.reference.offices import Reference

#: An act whose day lies further back than this is history, not news.
HISTORY = timedelta(days=300)

_NEEDS_RECIPIENT_OR_BODY = frozenset(
    {"SUPPORT", "ACCUSE", "REQUEST", "THREATEN", "AID", "COOPERATE", "CONSULT"}
)
#: Types whose victim or host may be given by the place alone.
_PLACE_IS_RECIPIENT = frozenset({"ASSAULT", "COERCE", "RETREAT", "AID"})
_PROMISES = frozenset({"pledge", "promise", "vow", "commit", "plan", "earmark"})
_AGREEING = frozenset({"agree", "accept"})
#: What may be told in the passive, without who did it: "two soldiers were killed".
_MATERIAL = frozenset({"ASSAULT", "COERCE", "RETREAT", "SANCTION", "PROTEST"})
#: Sectors whose members go abroad for themselves.
_PRIVATE = frozenset({"CVL", "OPP", "REF", "BUS", "JRN", "LAB", "EDU", "CRM", "REB", "UAF"})
_ARMED = frozenset({"MIL", "REB", "PRM", "UAF"})
_VEHICLES = frozenset(
    {
        "train",
        "plane",
        "ship",
        "boat",
        "flight",
        "bus",
        "vessel",
        "tanker",
        "aircraft",
        "migrant",
        "immigrant",
        "tourist",
        "passenger",
    }
)
#: The types of event to which a number of each kind may belong.
_COUNTED = {
    "dead": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "injured": frozenset({"ASSAULT", "PROTEST", "COERCE"}),
    "arrested": frozenset({"COERCE", "PROTEST"}),
    "troops": frozenset(
        {"MOBILIZE", "AID", "RETREAT", "CONCEDE", "AGREE", "THREATEN", "COOPERATE"}
    ),
}
#: What drones, bombs and crowds may do.
_DONE_BY_THINGS = frozenset({"ASSAULT", "PROTEST"})
#: What a noun alone may tell: "mobilisation of reservists", "a strike by teachers".
_TOLD_BY_NOUN = frozenset({"MOBILIZE", "PROTEST"})
#: Sectors whose members act at home: "police in Minsk".
_LOCAL_POWERS = frozenset({"COP", "JUD", "GOV", "LEG"})


def find_events(
    doc: Doc,
    article: Article,
    statements: Sequence[Statement] = (),
    claims: Iterable[OfficeClaim] = (),
    *,
    reference: Reference | None = None,
) -> Iterator[Event]:
    """Yield the events that the article tells, in the order of their words.

    Args:
        doc: the analysed text; `doc.text` is `article.text`.
        article: gives the day from which dates are read.
        statements: what is said by whom; acts in their content are theirs.
        claims: offices of people, from which a name gets its country.
        reference: gives the country of those in office whom the article names without office.
    """
    parties = Parties(
        doc, tuple(claims), day=article.published, reference=reference, statements=statements
    )
    read = read_acts(doc, article, statements, parties)
    for group in groups_of(read, doc):
        yield event_of(group, doc, article, parties)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One act, the draft that it gave, and the doubt about it, if any."""

    act: Act
    draft: Draft | None
    doubt: str | None


def read_acts(
    doc: Doc, article: Article, statements: Sequence[Statement], parties: Parties
) -> list[Reading]:
    """Return the acts of the text with the drafts of events that they give."""
    acts = {act.head: act for act in find_acts(doc)}
    found = []
    for act in acts.values():
        draft = _draft(act, acts, doc, article, statements, parties)
        doubt = doubt_about(draft, doc) if draft is not None else None
        found.append(Reading(act=act, draft=draft, doubt=doubt))
    return found


def groups_of(readings: Iterable[Reading], doc: Doc) -> list[list[Draft]]:
    """Return the drafts without doubt, one group for one act of the world."""
    drafts = [r.draft for r in readings if r.draft is not None and r.doubt is None]
    return merged(without_governed(drafts, doc))


def _draft(
    act: Act,
    acts: Mapping[int, Act],
    doc: Doc,
    article: Article,
    statements: Sequence[Statement],
    parties: Parties,
) -> Draft | None:
    modality = read_modality(doc[act.carrier], doc[act.head])
    code = code_of(act, modality, doc)
    if code is None or modality.open or _is_sport(doc[act.head]):
        return None
    if code == ("ASSAULT", None):
        code = "ASSAULT", instrument_mode(act, doc)
    if code[0] != "ASSAULT" and act.actors and all(i in acts for i in act.actors):
        return None  # "the attacks left two regions without power": a result, no act of its own
    actors, recipients = _parties_of(act, acts, doc, parties)
    if modality.change == "requested" and modality.changer is not None:
        actors, recipients = _asked(modality.changer, actors, doc, parties)
    place = place_of_act(doc[act.carrier], doc[act.head], parties.known)
    actors, recipients = _with_place(act, actors, recipients, place, doc)
    if actors and code[0] not in _DONE_BY_THINGS:
        actors = tuple(p for p in actors if p.country is not None or _is_someone(p))
        if not actors:
            return None  # "the revenue", "a statement": things do nothing of this kind
    if code == ("CONSULT", "visit") and any(_are_troops(p, doc) for p in actors):
        code = "MOBILIZE", "troops"  # soldiers who "arrive in" a country are no guests
    if not _told_enough(act, code, modality, actors, recipients, doc):
        return None
    when = _date_of(act, doc, article, modality)
    statement = _statement_of(act, modality, doc, statements)
    status = _status(act, code, modality, statement, when, article, doc)
    return Draft(
        act=act,
        code=code,
        status=status,
        actors=actors,
        recipients=recipients,
        place=place,
        date=when,
        asserted_by=statement.id if statement is not None else "article",
        modality=modality,
    )


def code_of(act: Act, modality: Modality, doc: Doc) -> Code | None:
    """Return type and mode of an act after what the words above make of it."""
    root, mode = act.entry.type, act.entry.mode
    if root == "MOBILIZE" or mode == "visit":
        if is_peacekeeping(act, doc):
            root, mode = "AID", None
        elif root == "MOBILIZE" and is_joint(act, doc):
            root, mode = "COOPERATE", None
    change = modality.change
    if change in ("agreed", "offered"):
        return code_when_agreed(root, mode)
    if change in ("future", "vowed"):
        return code_when_future(root, mode)
    if change == "refused":
        return code_when_refused(root, mode)
    if change == "threatened":
        return code_when_threatened(root, mode)
    if change == "requested":
        return code_when_requested(root, mode)
    if change == "stopped":
        return code_when_stopped(root, mode)
    return root, mode


# --------------------------------------------------------------------------- parties


def _parties_of(
    act: Act, acts: Mapping[int, Act], doc: Doc, parties: Parties
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    actors = _distinct(p for i in _doers(act.actors, acts) for p in parties.parties(i))
    # Who condemns an attack on Kyiv does not condemn Kyiv.
    judged = act.entry.type in ("SUPPORT", "ACCUSE", "REJECT")
    theirs = _doers(act.recipients, acts, of_victims=not judged)
    recipients = _distinct(p for i in theirs for p in parties.parties(i))
    if not any(p.country for p in recipients):
        # "dismissed North Korea's demand": the thing tells whose it is.
        things = [i for i in act.trigger if i != act.head and doc[i].pos_ in ("NOUN", "PROPN")]
        owners = _distinct(p for i in things for p in parties.parties(i))
        same = countries_of(actors)
        foreign = tuple(p for p in owners if p.country is not None and p.country not in same)
        recipients = foreign or recipients
    named = tuple(p for p in recipients if p.country is not None)
    recipients = named or recipients
    if not actors and act.entry.type in ("ASSAULT", "COERCE"):
        actors = _distinct(p for i in _by_operation(act, acts, doc) for p in parties.parties(i))
        actors = tuple(p for p in actors if p.country is not None)
    if not actors and act.entry.type == "CONSULT" and len(countries_of(recipients)) > 1:
        actors, recipients = recipients, ()  # "talks between Ethiopia and Egypt were held"
    heads = {p.head for p in actors}
    ours = {p.country for p in actors}
    recipients = tuple(
        p
        for p in recipients
        if p.head not in heads
        and not (p.country in ours and (doc[p.head].pos_ == "PRON" or not _is_someone(p)))
    )
    return actors, recipients


def _asked(
    changer: int, doers: tuple[Party, ...], doc: Doc, parties: Parties
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Return who asks and who is to do it: "proposed that Kyiv pull back" is about Kyiv."""
    word = doc[changer]
    verbal = word.pos_ in ("VERB", "AUX")
    found = arguments_of_verb(word) if verbal else arguments_of_noun(word)
    asking = _distinct(p for t in found.subjects for p in parties.parties(t.i))
    told = _distinct(p for t in found.objects for p in parties.parties(t.i))
    told = tuple(p for p in told if p.country is not None)
    asked = told or tuple(p for p in doers if p.head not in {a.head for a in asking})
    return asking, asked


def _by_operation(act: Act, acts: Mapping[int, Act], doc: Doc) -> tuple[int, ...]:
    """Return whose operation it was in which someone was killed: "killed in the US raid"."""
    found: list[int] = []
    for prep in doc[act.carrier].children:
        if prep.dep_ not in ("prep", "agent") or prep.lower_ not in ("in", "by", "during"):
            continue
        for noun in prep.children:
            if noun.lemma_.lower() not in word_set("military_operations"):
                continue
            inner = acts.get(noun.i)
            owners = (c.i for c in noun.children if c.dep_ in ("poss", "amod", "compound", "nmod"))
            found.extend(inner.actors if inner is not None and inner.actors else owners)
    return tuple(found)


def _doers(
    indexes: tuple[int, ...], acts: Mapping[int, Act], *, of_victims: bool = True
) -> tuple[int, ...]:
    """Put in the place of an act those who did it: "condemned the attack by Iran" is about Iran."""
    found: list[int] = []
    for index in indexes:
        inner = acts.get(index)
        if inner is None:
            found.append(index)
        else:
            found.extend(inner.actors or (inner.recipients if of_victims else ()))
    return tuple(found)


def _with_place(
    act: Act,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    place: Place | None,
    doc: Doc,
) -> tuple[tuple[Party, ...], tuple[Party, ...]]:
    """Let the place of the act stand for the country of those whom the words leave without one."""
    if act.entry.type == "PROTEST" and not any(p.country for p in actors):
        here = next((p.country for p in recipients if doc[p.head].ent_type_ == "GPE"), None)
        actors = tuple(replace(p, country=here) for p in actors)
    if place is None or place.country is None:
        return actors, recipients
    whence = doc.char_span(*place.words)
    coming = whence is not None and whence.root.head.lower_ == "from"
    if coming and act.entry.type != "RETREAT":
        return actors, recipients  # "attacks from Russia": nobody is hit there
    if act.entry.type in _PLACE_IS_RECIPIENT and not any(p.country for p in recipients):
        recipients = _at_place(recipients, place) or _place_party(place, doc)
    local = act.entry.type == "PROTEST" or any(p.sector in _LOCAL_POWERS for p in actors)
    if local and not any(p.country for p in actors):
        actors = _at_place(actors, place)
    return actors, recipients


def _at_place(parties: tuple[Party, ...], place: Place) -> tuple[Party, ...]:
    because = f"the place of the act, {place.name}"
    return tuple(replace(p, country=place.country, because=because) for p in parties)


def _distinct(found: Iterable[Party | None]) -> tuple[Party, ...]:
    return tuple({(p.head, p.country): p for p in found if p is not None}.values())


def _place_party(place: Place, doc: Doc) -> tuple[Party, ...]:
    span = doc.char_span(*place.words)
    if span is None or place.country is None:
        return ()
    return (
        Party(
            head=span.root.i,
            start=span.start,
            end=span.end,
            country=place.country,
            sector=None,
            kind="country",
            because="the place of the act",
        ),
    )


def _told_enough(
    act: Act,
    code: Code,
    modality: Modality,
    actors: tuple[Party, ...],
    recipients: tuple[Party, ...],
    doc: Doc,
) -> bool:
    """Tell whether enough is known of who did it to whom to call it an event of the world."""
    known_actor = any(p.country is not None for p in actors)
    known_recipient = any(p.country is not None for p in recipients)
    # "the strikes", "Russian aggression", "war on drugs": which one, the words do not say.
    by_noun = act.carrier == act.head and doc[act.head].pos_ in ("NOUN", "PROPN")
    two_sided = bool(actors) and (known_recipient or len(actors) > 1)
    if by_noun and code[0] not in _TOLD_BY_NOUN and not two_sided:
        return False
    alone = len(countries_of(actors)) < 2
    guests = not recipients or any(_is_someone(p) for p in recipients)
    if act.entry.type == "CONSULT" and alone and not guests:
        return False
    if code == ("RETREAT", "release") and recipients and not known_recipient:
        return any(_is_someone(p) for p in recipients)  # statements are released, too
    if act.entry.type == "MOBILIZE" and not any(_is_armed_power(p) for p in actors):
        return "@" in act.entry.act and known_actor
    if code == ("CONSULT", "visit") and not _is_visit(actors, recipients, doc):
        return False
    if code[0] == "AGREE" and not known_recipient and len(actors) < 2:
        return known_actor and (modality.change is not None or doc[act.head].lemma_ in _AGREEING)
    if code[0] in _NEEDS_RECIPIENT_OR_BODY:
        return (known_actor and (known_recipient or len(actors) > 1)) or (
            known_recipient and bool(actors)
        )
    return known_actor or (known_recipient and (bool(actors) or act.entry.type in _MATERIAL))


def _is_sport(head: Token) -> bool:
    """Tell whether the sentence is about a game or film: "beat", "attack" are then no events."""
    return any(t.lower_ in word_set("sports") | word_set("arts") for t in head.sent)


def _is_someone(party: Party) -> bool:
    return party.sector is not None or party.kind in ("person", "country", "body")


def _are_troops(party: Party, doc: Doc) -> bool:
    noun = content_noun(doc[party.head])
    return party.sector in _ARMED and noun.lemma_.lower() in load_acts().classes["troops"]


def _is_armed_power(party: Party) -> bool:
    return party.sector in _ARMED or party.kind == "country"


def _is_visit(actors: tuple[Party, ...], recipients: tuple[Party, ...], doc: Doc) -> bool:
    """Tell whether someone who stands for a country or body goes to another one."""
    if any(p.sector in _PRIVATE for p in actors) or any(
        doc[p.head].lemma_.lower() in _VEHICLES for p in actors
    ):
        return False
    return not (countries_of(actors) and countries_of(actors) == countries_of(recipients))


# --------------------------------------------------------------------------- status


def _statement_of(
    act: Act, modality: Modality, doc: Doc, statements: Sequence[Statement]
) -> Statement | None:
    """Return the innermost statement in whose content the act is told."""
    token = doc[modality.changer if modality.changer is not None else act.carrier]
    inside = [s for s in statements if any(a <= token.idx < b for a, b in s.content)]
    return min(inside, key=lambda s: sum(b - a for a, b in s.content), default=None)


def _status(
    act: Act,
    code: Code,
    modality: Modality,
    statement: Statement | None,
    when: DateWords | None,
    article: Article,
    doc: Doc,
) -> Status:
    found = {modality.status}
    if modality.change == "vowed" and not is_cooperative(code[0]):
        found = {Status.ASSERTED}  # the threat is made now, whatever comes of it
    if code[0] == "AGREE" and doc[act.head].lemma_ in _PROMISES:
        found.add(Status.FUTURE)
    if modality.change in ("agreed", "offered", "refused", "requested", "stopped"):
        found.discard(Status.NEGATED)
    if modality.status in (Status.DENIED, Status.UNCONFIRMED) and is_presupposed(doc[act.carrier]):
        found = {Status.REPORTED}  # what is denied is something else
    if statement is not None:
        told = _status_by_stance(statement)
        if is_presupposed(doc[act.carrier]):
            told = Status.REPORTED
        unsure = modality.status in (Status.HYPOTHETICAL, Status.FUTURE)
        if not (unsure and told in (Status.ALLEGED, Status.REPORTED)):
            found.add(told)  # who claims that something may happen does not claim that it does
    if Status.UNCONFIRMED in found and any(t.lower_ == "how" for t in doc[act.carrier].subtree):
        found = {Status.REPORTED}  # "has not confirmed how many were killed"
    if modality.status not in (Status.FUTURE, Status.HYPOTHETICAL) and (
        (_is_history(when, article) and not _goes_on(when, doc)) or _is_bygone(act, doc)
    ):
        found.add(Status.HISTORICAL)
    return strongest(found)


def _status_by_stance(statement: Statement) -> Status:
    if statement.stance is Stance.DENIES or statement.stance is Stance.REJECTS:
        return Status.DENIED
    if statement.stance is Stance.NEITHER_CONFIRMS_NOR_DENIES:
        return Status.UNCONFIRMED
    if statement.stance is Stance.ACCUSES or statement.distancing:
        return Status.ALLEGED
    return Status.REPORTED


def _goes_on(when: DateWords | None, doc: Doc) -> bool:
    """Tell whether the date is only the beginning: "since at least 2020"."""
    return (
        when is not None and "since" in doc.text[max(0, when.words[0] - 16) : when.words[1]].lower()
    )


def _is_bygone(act: Act, doc: Doc) -> bool:
    """Tell whether a power that is no more takes part: "the Soviet invasion"."""
    parties = [doc[i] for i in (*act.actors, *act.recipients)]
    words = {t.lower_ for p in parties for t in (p, *p.children)}
    at_war = any(t.lower_ == "nazi" for t in doc[act.carrier].sent)
    return at_war or not words.isdisjoint(word_set("bygone"))


def _is_history(when: DateWords | None, article: Article) -> bool:
    if when is None or when.latest is None:
        return False
    if article.published is None:
        return False
    return when.latest < article.published - HISTORY or (
        when.latest.year < article.published.year
        and (when.earliest is not None and when.latest - when.earliest > timedelta(days=40))
    )


def _date_of(act: Act, doc: Doc, article: Article, modality: Modality) -> DateWords | None:
    """Return the date words of the act's clause nearest to its verb."""
    sentence = doc[act.carrier].sent
    forward = modality.status is Status.FUTURE or modality.change == "future"
    day = article.published
    found = [
        (abs(sentence.start_char + d.words[0] - doc[act.carrier].idx), d)
        for d in find_dates_in(sentence.text, day, forward=forward)
        if _dates_act(doc, sentence.start_char + d.words[0], act)
    ]
    if not found:
        return None
    nearest = min(found, key=lambda pair: pair[0])[1]
    shift = sentence.start_char
    return replace(nearest, words=(nearest.words[0] + shift, nearest.words[1] + shift))


def _dates_act(doc: Doc, at: int, act: Act) -> bool:
    """Tell whether the date words at character `at` stand in the clause of the act."""
    span = doc.char_span(at, at + 1, alignment_mode="expand")
    if span is None:
        return False
    for token in (span[0], *span[0].ancestors):
        if token.i in (act.carrier, act.head):
            return True
        if token.dep_ in ("relcl", "acl", "advcl", "ccomp"):
            return token.is_ancestor(doc[act.carrier])
        if token.pos_ in ("VERB", "AUX") and token.dep_ != "conj":
            return True
    return True


# --------------------------------------------------------------------------- records


def event_of(group: list[Draft], doc: Doc, article: Article, parties: Parties) -> Event:
    """Return the record of the act that the drafts of `group` tell."""
    best = min(group, key=_certainty)
    root, mode = best.code
    mode = mode or next((d.code[1] for d in group if d.code[1]), None)
    if mode is not None and mode not in modes_of(root):
        mode = None
    value = value_of(root, mode)
    words = _clause(best, doc)
    trigger = _trigger(best, doc)
    return Event(
        id=content_key("event", article.text_id, *trigger, root),
        type=root,
        mode=mode,
        quad=value.quad,
        score=value.score,
        actors=tuple(parties.actor(p) for p in best.actors),
        recipients=tuple(parties.actor(p) for p in best.recipients),
        status=best.status,
        asserted_by=best.asserted_by,
        words=words,
        trigger=trigger,
        contexts=contexts_of(
            best.act.entry.context if best.act.entry.context != "-" else None,
            doc[best.act.head].sent,
        ),
        place=best.place or next((d.place for d in group if d.place), None),
        date=best.date or next((d.date for d in group if d.date), None),
        counts=_counts_of(group, doc),
    )


def _counts_of(group: list[Draft], doc: Doc) -> tuple[Count, ...]:
    """Return the numbers told in the clauses of the event; one told twice is given once."""
    sentences = {doc[d.act.carrier].sent.start: doc[d.act.carrier].sent for d in group}
    counts = [each for sentence in sentences.values() for each in find_counts(sentence)]
    found = {
        (count.kind, count.low, count.high): count
        for draft in reversed(group)
        for telling, count in reversed(counts)
        if draft.code[0] in _COUNTED[count.kind] and _tells_of(doc[telling], draft, doc)
    }
    return tuple(sorted(found.values(), key=lambda c: c.words))


def _tells_of(telling: Token, draft: Draft, doc: Doc) -> bool:
    """Tell whether a number belongs to the act: in its clause, or its clause in that of the number
    ("12 were killed when Russia struck"), but not by "since the invasion".
    """
    carrier = doc[draft.act.carrier]
    if telling.i in draft.act.trigger or carrier.is_ancestor(telling):
        return True
    if not telling.is_ancestor(carrier):
        return False
    token = carrier
    while token.i != telling.i:
        if token.dep_ == "prep" and token.lower_ not in ("in", "by", "during"):
            return False
        token = token.head
    return True


def _certainty(draft: Draft) -> int:
    order = list(Status)
    return order.index(draft.status)


def _clause(draft: Draft, doc: Doc) -> tuple[int, int]:
    """Return the words of the clause that tells the act."""
    token = doc[draft.modality.changer if draft.modality.changer is not None else draft.act.carrier]
    if token.pos_ not in ("VERB", "AUX"):
        token = doc[draft.act.carrier]
    span = doc[token.left_edge.i : token.right_edge.i + 1]
    while len(span) > 1 and span[-1].is_punct:
        span = span[:-1]
    return span.start_char, span.end_char


def _trigger(draft: Draft, doc: Doc) -> tuple[int, int]:
    words = [*draft.act.trigger]
    if draft.modality.changer is not None:
        words.append(draft.modality.changer)
    near = [i for i in words if abs(i - draft.act.head) <= 6]
    span = doc[min(near) : max(near) + 1]
    return span.start_char, span.end_char
