"""Arguments of a verb or of a noun of action: who does it and to whom, as the parse has it.

The labels are those of spaCy's English parsers (ClearNLP style).  Nothing here knows a lexicon.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field

from tocsin.extract.grammar.phrases import noun_phrase
from tocsin.extract.grammar.words import children, is_full_verb, is_verb
from tocsin.lexicons.words import word_set
from tocsin.models.parsed import Token
from tocsin.records import Span

_SUBJECTS = ("nsubj", "csubj")
_PASSIVE_SUBJECTS = ("nsubjpass", "csubjpass")
_CAUSES = frozenset({"over", "about", "after", "following", "for", "amid"})
#: Links over which a verb is lent the subject of the one above it.
_LENDING = frozenset((
    "conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "acl", "relcl", "dep", "acomp", "attr",
    "oprd"
))  # fmt: skip
#: Behind a noun or verb, what leads to those to whom it is done.
_TOWARDS = ("of", "on", "against", "at", "to", "into", "with")


@dataclass(slots=True)
class Arguments:
    """Heads of the phrases around one verb or noun of action."""

    subjects: list[Token] = field(default_factory=list)
    objects: list[Token] = field(default_factory=list)
    datives: list[Token] = field(default_factory=list)
    agents: list[Token] = field(default_factory=list)  #: after "by" with a passive
    preps: dict[str, list[Token]] = field(default_factory=dict)
    #: Heads of infinitives, participles and clauses.
    clauses: list[Token] = field(default_factory=list)
    passive: bool = False

    def after(self, *preps: str) -> list[Token]:
        """Return what stands after any of `preps`."""
        return [each for prep in preps for each in self.preps.get(prep, ())]

    @property
    def infinitives(self) -> list[Token]:
        """Return the clauses with "to"."""
        return [clause for clause in self.clauses if is_infinitive(clause)]

    @property
    def contents(self) -> list[Token]:
        """Return the clauses that take the place of an object."""
        return [clause for clause in self.clauses if clause.dep_ in ("ccomp", "xcomp")]


def arguments_of(word: Token) -> Arguments:
    """Return the arguments of a verb or of a noun of action."""
    return arguments_of_verb(word) if is_verb(word) else arguments_of_noun(word)


def arguments_of_verb(verb: Token) -> Arguments:
    """Return the arguments of `verb`, with those it shares with others or takes from a noun."""
    found = Arguments(passive=is_passive(verb))
    for child in verb.children:
        _take(child, found)
    if found.passive:
        _take_passive_subject(verb, found)
        found.subjects = found.agents
    elif not found.subjects:
        found.subjects = _controlled_subjects(verb)
    found.subjects = _resolved_relative(verb, found.subjects)
    found.objects = _resolved_relative(verb, found.objects)
    for each in (*found.objects, *found.datives):
        _take_preps(each, found.preps)
    return found


def arguments_of_noun(noun: Token) -> Arguments:
    """Return what surrounds a noun of action: owners and adjectives as subjects, its phrases."""
    found = Arguments()
    _take_preps(noun, found.preps)
    found.subjects = list(children(noun, "poss"))
    if noun.lemma_.lower() in word_set("suffered") and "of" not in found.preps:
        found.preps["of"], found.subjects = found.subjects, []
    found.agents = list(found.preps.get("by", ()))
    # "the seizure, by Iran, of" and "was carried out by": phrases that the parse gives to the verb.
    head = noun.head
    if (noun.dep_ in ("dobj", "nsubjpass") and head.pos_ == "VERB") or (
        noun.dep_ == "nsubj" and head.lemma_ in word_set("happening")
    ):
        for child in children(head, "prep", "agent"):
            if child.i > noun.i:
                _take_prep(child, found.preps)
    return found


def subjects_of(verb: Token) -> list[Token]:
    """Return who does what an active verb says: its own subjects, or those it shares or is lent."""
    return joined(verb, *_SUBJECTS) or _controlled_subjects(verb)


def does(act: Token, someone: Token) -> bool:
    """Tell whether the words around an act make `someone` who does it."""
    around = arguments_of(act)
    doers = [*around.subjects, *around.agents]
    if act.dep_ == "dobj":  # "carried out an attack"
        doers += arguments_of_verb(act.head).subjects
    return any(_are_one(each, someone) for each in doers)


def suffers(act: Token, someone: Token) -> bool:
    """Tell whether the words around an act make `someone` to whom it is done."""
    around = arguments_of(act)
    # Not what stands behind its object: "hit the house of" is done to a house.
    behind = joined_behind(act, _TOWARDS)
    return any(_are_one(each, someone) for each in (*around.objects, *around.datives, *behind))


def is_of_someone(thing: Token) -> bool:
    """Tell whether a word is for something that belongs to a person who is named with it."""
    owners = (*children(thing, "poss"), *joined_behind(thing, ("of",)))
    owned = any(owner.ent_type_ == "PERSON" for owner in owners)
    return owned and thing.lemma_.lower() in word_set("belongings")


def joined_behind(word: Token, prepositions: Collection[str]) -> list[Token]:
    """Return what stands behind one of the prepositions that hang on `word` itself."""
    preps = (prep for prep in children(word, "prep", "agent") if prep.lower_ in prepositions)
    return [each for prep in preps for each in joined(prep, "pobj")]


def _are_one(phrase: Token, someone: Token) -> bool:
    """Tell whether `someone` is the head of a phrase, joined to it, or its name in apposition."""
    heads = {each.i for each in with_conjuncts(phrase)}
    inner = content_noun(phrase)
    heads.add(inner.i)
    if inner.pos_ == "NOUN":  # "the minister, Arda Kishan"; not "shelling of Selin, Arda Kishan"
        heads.update(c.i for c in children(inner, "appos"))
    named = someone.dep_ in ("compound", "flat") and someone.head.pos_ == "PROPN"
    return someone.i in heads or (named and someone.head.i in heads)


def carrier_of(act: Token) -> Token:
    """Return the word whose tense and negation count: the verb of "*carried out* an attack"."""
    verb = next(filter(is_verb, act.ancestors), act)
    lemmas = {verb.lemma_, *(f"{verb.lemma_}_{c.lower_}" for c in children(verb, "prt"))}
    if lemmas.isdisjoint(word_set("light_verbs")):
        return act
    return verb if act in map(content_noun, arguments_of_verb(verb).objects) else act


def clause_of(carrier: Token) -> Span:
    """Return the words of the clause that an act stands in, without clauses beside it."""
    before = [c.right_edge.i + 1 for c in carrier.children if is_apart(c)]
    span = carrier.doc[max(before, default=carrier.left_edge.i) : carrier.right_edge.i + 1]
    while len(span) > 1 and (span[-1].is_punct or span[-1].is_space):
        span = span[:-1]
    while len(span) > 1 and (span[0].text in word_set("clause_links") or span[0].is_space):
        span = span[1:]
    return span.start_char, span.end_char


def is_passive(verb: Token) -> bool:
    """Tell whether `verb` is a passive, with or without its auxiliary."""
    deps = {child.dep_ for child in verb.children}
    if "auxpass" in deps or "nsubjpass" in deps:
        return True
    if verb.tag_ != "VBN" or not deps.isdisjoint(("aux", "dobj")):
        return False
    if verb.dep_ in ("acl", "advcl"):
        return True
    shares = verb.dep_ == "conj" and is_full_verb(verb.head) and deps.isdisjoint(_SUBJECTS)
    return shares and is_passive(verb.head)


def is_infinitive(verb: Token) -> bool:
    """Tell whether `verb` stands with "to"."""
    return any(c.tag_ == "TO" for c in children(verb, "aux"))


def with_conjuncts(token: Token) -> list[Token]:
    """Return `token` and what is joined to it: "Russia, China and Iran"."""
    found = [token]
    for child in children(token, "conj"):
        if child.i > token.i:
            found.extend(with_conjuncts(child))
    return found


def joined(token: Token, *labels: str) -> list[Token]:
    """Return what hangs on `token` by one of the `labels`, with what is joined to each."""
    return [each for child in children(token, *labels) for each in with_conjuncts(child)]


def content_noun(token: Token) -> Token:
    """Return the noun that counts: "thousands of troops" is about troops."""
    for _ in range(3):
        if token.lemma_.lower() not in word_set("quantities") and token.pos_ != "NUM":
            return token
        of = (c for c in children(token, "prep") if c.lower_ == "of")
        inner = next((each for prep in of for each in children(prep, "pobj")), None)
        if inner is None:
            return token
        token = inner
    return token


def is_apart(clause: Token) -> bool:
    """Tell whether a clause that is parsed as content of the verb after it is one of its own.

    "Drone hits post, two killed; Moscow denies launching it": the parser hangs the first of two
    clauses on the second.  What is reported stands before its cue with a comma ("…, the army
    said"), and only where the cue has no content of its own and does not deny or accuse.
    """
    verb = clause.head
    if clause.dep_ not in ("ccomp", "parataxis") or clause.i > verb.i:
        return False
    words = clause.doc[clause.left_edge.i : verb.i]
    if any(t.is_quote for t in words):
        return False  # "“We did nothing,” the army denied"
    if any(t.text == ";" for t in words if t.head.i == verb.i):
        return True
    return verb.lemma_ in word_set("judging") or any(_is_own_content(c) for c in verb.children)


def _is_own_content(child: Token) -> bool:
    verb = child.head
    if child.i < verb.i or child.ent_type_ in ("DATE", "TIME"):
        return False
    if child.dep_ == "dobj":
        begun = any(c.i < verb.i for c in children(verb, *_SUBJECTS))
        return begun and verb.lemma_ not in word_set("telling") and child.pos_ != "PRON"
    return child.dep_ in ("ccomp", "xcomp", "oprd")


def withholds(verb: Token) -> bool:
    """Tell whether "deny" refuses something to someone: "deny visas to five people"."""
    given = list(children(verb, "dobj", "dative", "nsubjpass"))
    return verb.lemma_ == "deny" and (
        len(given) > 1 or any(c.lemma_.lower() in word_set("granted") for c in given)
    )


def own_subjects(verb: Token) -> list[Token]:
    """Return the subjects that stand beside `verb` itself, active or passive."""
    return joined(verb, *_SUBJECTS, *_PASSIVE_SUBJECTS)


def _take(child: Token, found: Arguments) -> None:
    dep = child.dep_
    if dep in _SUBJECTS:
        found.subjects.extend(with_conjuncts(child))
    elif dep == "dobj" or dep in _PASSIVE_SUBJECTS:
        found.objects.extend(with_conjuncts(child))
    elif dep == "dative" and child.pos_ != "ADP":
        found.datives.extend(with_conjuncts(child))
    elif dep == "agent":
        found.agents.extend(joined(child, "pobj"))
    elif dep in ("prep", "dative"):
        _take_prep(child, found.preps)
    elif dep in ("xcomp", "ccomp", "advcl", "attr", "acomp", "oprd"):
        found.clauses.append(child)


def _take_passive_subject(verb: Token, found: Arguments) -> None:
    if found.objects:
        return
    if verb.dep_ == "acl":
        found.objects.append(verb.head)
    elif verb.dep_ in ("conj", "xcomp", "advcl"):
        found.objects.extend(own_subjects(verb.head))


def _take_preps(token: Token, preps: dict[str, list[Token]]) -> None:
    for child in children(token, "prep", "agent"):
        _take_prep(child, preps)


def _take_prep(prep: Token, preps: dict[str, list[Token]]) -> None:
    """File the objects of `prep` under it, and those of some phrases inside under theirs."""
    objects = joined(prep, "pobj")
    preps.setdefault(prep.lower_, []).extend(objects)
    preps[prep.lower_].extend(children(prep, "pcomp"))
    # "attack on a base in Syria": the inner phrase may be what the act is about.
    # "protests over the killing by agents": those who kill do not protest.
    lent = ("with", "against", "to") if prep.lower_ in _CAUSES else ("by", "with", "against", "to")
    for each in objects:
        for child in children(each, "prep"):
            if child.lower_ in lent:
                preps.setdefault(child.lower_, []).extend(joined(child, "pobj"))


def _controlled_subjects(verb: Token) -> list[Token]:
    """Return the subject that `verb` shares: by coordination, control, relative or participle."""
    for token in _climb(verb):
        head = token.head
        if token.dep_ in ("acl", "relcl"):
            return _subjects_from_noun(token, head)
        if token.dep_ in ("xcomp", "pcomp") and head.pos_ in ("VERB", "AUX", "ADP"):
            controller = head.head if head.pos_ == "ADP" else head
            if controller.pos_ in ("NOUN", "PROPN") and head.pos_ == "ADP":
                return list(children(controller, "poss")) or [controller]
            by_object = _object_control(controller)
            if by_object and (
                token.dep_ == "xcomp"
                or head.lower_ in ("of", "for", "from", "into", "against", "as")
                or (head.lower_ == "with" and controller.lemma_ == "charge")
            ):
                return by_object
        own = joined(head, *_SUBJECTS)
        if own:
            return _resolved_relative(head, own)
        if is_passive(head):
            raised = joined(head, *_PASSIVE_SUBJECTS)
            if token.dep_ == "conj" or (raised and token.dep_ in ("xcomp", "advcl", "ccomp")):
                return raised
    return []


def _climb(verb: Token) -> Iterator[Token]:
    """Yield `verb` and the heads above it as long as they can lend a subject."""
    token = verb
    for _ in range(5):
        lends = token.dep_ in _LENDING and token.head.i != token.i
        if not lends or is_apart(token) or _are_parted(token, token.head):
            return
        yield token
        token = token.head


def _are_parted(one: Token, other: Token) -> bool:
    """Tell whether a semicolon stands between two verbs: each clause has a subject of its own."""
    start, end = sorted((one.i, other.i))
    return any(token.text == ";" for token in one.doc[start:end])


def _object_control(verb: Token) -> list[Token]:
    if verb.lemma_ in word_set("subject_control"):
        return []
    objects = joined(verb, "dobj")
    if not objects and is_passive(verb):
        objects = joined(verb, *_PASSIVE_SUBJECTS)
    if not objects and verb.lemma_ in ("call", "plead", "appeal", "wait"):
        objects = joined_behind(verb, ("on", "upon", "with", "to", "for"))
    return objects


def _subjects_from_noun(token: Token, noun: Token) -> list[Token]:
    """Return who acts in "plans to visit", "a statement saying", "rebels who attacked"."""
    # "issued a statement denouncing": who issued it speaks
    text = noun.lemma_.lower() in word_set("texts")
    if token.dep_ != "acl" or not (is_infinitive(token) or text):
        return with_conjuncts(noun)
    owners = [*children(noun, "poss"), *joined_behind(noun, ("by",))]
    if owners:
        return owners
    governor = noun.head
    if noun.dep_ in ("dobj", "pobj", "attr") and governor.pos_ in ("VERB", "AUX", "ADP"):
        verb = governor.head if governor.pos_ == "ADP" else governor
        own = joined(verb, *_SUBJECTS)
        return own or ([] if verb.i == token.i else _controlled_subjects(verb))
    return [noun]


def _resolved_relative(verb: Token, found: list[Token]) -> list[Token]:
    """Replace a relative pronoun by the noun it stands for."""
    if verb.dep_ == "relcl" and any(t.lower_ in word_set("relative_pronouns") for t in found):
        return with_conjuncts(verb.head)
    return found


# --------------------------------------------------------------------------- in plain words


def describe_arguments(carrier: Token, head: Token) -> Iterator[str]:
    """Yield what the parse says of an act in plain words: "subject: Russian drones"."""
    kind = "verb" if is_verb(carrier) else "noun"
    yield f"{kind}: {carrier.text} (lemma {carrier.lemma_})"
    if head.i != carrier.i:
        yield f"noun of action: {head.text}"
    around, doc = arguments_of(carrier), carrier.doc
    named = {
        "subject": [] if around.passive else around.subjects,
        "object": [] if around.passive else around.objects,
        "subject of the passive": around.objects if around.passive else [],
        "to whom": around.datives,
        "by": around.agents,
        **{prep: tokens for prep, tokens in around.preps.items() if prep != "by"},
    }
    for name, tokens in named.items():
        if tokens:
            phrases = (doc[slice(*noun_phrase(token))].text for token in dict.fromkeys(tokens))
            yield f"{name}: {'; '.join(' '.join(phrase.split()) for phrase in phrases)}"
