"""The reader's words: types, statuses and roles, in the order of the network's scores."""

from __future__ import annotations

import numpy as np

from tocsin.models.networks import Floats, Ints

TYPES = (
    *("AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT", "REQUEST"),
    *("ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"),
)
STATUSES = (
    *("asserted", "reported", "alleged", "unconfirmed", "denied", "negated"),
    *("hypothetical", "future", "historical"),
)
#: Kinds of name, as OntoNotes 5 has them and spaCy's English pipelines give them.
NAMES = (
    *("CARDINAL", "DATE", "EVENT", "FAC", "GPE", "LANGUAGE", "LAW", "LOC", "MONEY"),
    *("NORP", "ORDINAL", "ORG", "PERCENT", "PERSON", "PRODUCT", "QUANTITY", "TIME", "WORK_OF_ART"),
)
#: What other words are to an act, and to an attribution.
ACT_ROLES = ("actor", "recipient", "place", "time", "by")
ROLES = (*ACT_ROLES, "speaker", "content")
SPEAKER, CONTENT = ROLES.index("speaker"), ROLES.index("content")
#: Actor and recipient.
SIDES = 2
#: Steps of distance to words that name a country told apart on either side, each twice the last.
AWAY = 11
PAIR_FACTS, COUNTRY_FACTS = 4, 4
#: Less probable words for a side say nothing of whose it is.
LEAST_ROLE = 0.3
#: Pieces at the head of an article in which what is named is likelier to be meant later.
HEAD = 60


def facts_of_pairs(types: Ints, words: Ints, places: Ints) -> Floats:
    """Return what is known of each pair of N acts beside their states, (N, N, 4).

    Args:
        types: numbers of their types.
        words: numbers of their first pieces in the vocabulary.
        places: of these pieces in the article.
    """
    away = np.abs(places[:, None] - places[None])
    facts: Floats = np.stack(
        [
            types[:, None] == types[None],
            words[:, None] == words[None],
            np.minimum(away / 100, 8) / 8,
            away < 25,
        ],
        -1,
    ).astype(np.float32)
    return facts


def steps_away(acts: Ints, words: Ints) -> Ints:
    """Return how far each word lies from each act, as numbers of steps (A, C), 0 to 2 * `AWAY`."""
    away = words[None] - acts[:, None]
    steps: Ints = (np.sign(away) * np.log2(np.abs(away) + 1)).astype(np.int64) + AWAY
    return steps.clip(0, 2 * AWAY)


def facts_of_countries(
    overlap: Floats, words: Ints, codes: Ints, windows: tuple[Ints, Ints]
) -> Floats:
    """Return what is known of C words for each side of A acts, (A, 2, C, 4).

    Args:
        overlap: (A, 2, C) how surely the words are among those for this side.
        words: (C,) places of the words in the article.
        codes: (C,) a number for each country.
        windows: of the acts and of the words.
    """
    share = np.bincount(codes)[codes] / max(1, len(codes)) if len(codes) else np.zeros(0)
    near = windows[0][:, None] == windows[1][None]
    shape = overlap.shape
    facts: Floats = np.stack(
        [
            overlap,
            np.broadcast_to(share[None, None], shape),
            np.broadcast_to(words[None, None] < HEAD, shape),
            np.broadcast_to(near[:, None], shape),
        ],
        -1,
    ).astype(np.float32)
    return facts
