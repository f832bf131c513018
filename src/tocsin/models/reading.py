"""Readings: a text with its parse, its names and the encoder's states; the door to all models."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import InitVar, dataclass, field
from functools import cache, partial
from typing import TYPE_CHECKING

from tocsin.models.acts import ActReader, load_act_reader
from tocsin.models.encoder import Encoded, Encoder, load_encoder
from tocsin.models.pairs import PairClassifier, load_pair_classifier
from tocsin.models.parser import blank_unreadable, load_language
from tocsin.models.tagger import Tagger, load_tagger
from tocsin.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

States = tuple[Encoded, ...]

#: Texts analysed together: more articles at once are slower and cost gigabytes, fewer sentences
#: at once leave the matrices too small.
ARTICLES, SENTENCES = 8, 64


def _no_states(_: str) -> States:
    return ()


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One text as the models read it.

    `doc` has the tokens with their parse, the sentences (`doc.sents`) and the names (`doc.ents`).
    Offsets hold for the text that was read; what cannot be words (see `blank_unreadable`) is blank.
    Without `encode`, as tests of rules make it, a reading has no states.
    """

    doc: Doc
    encode: InitVar[Callable[[str], States]] = _no_states
    text: str = field(init=False)
    _states: Callable[[], States] = field(init=False, repr=False)

    def __post_init__(self, encode: Callable[[str], States]) -> None:
        """Take the text from the parse; spaCy puts it together anew each time it is asked for."""
        object.__setattr__(self, "text", self.doc.text)
        object.__setattr__(self, "_states", cache(partial(encode, self.text)))

    @property
    def states(self) -> States:
        """The encoder's states by window, in the order of the text: computed when asked for."""
        return self._states()


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """All models, loaded once with `load_models`; they may read any number of texts."""

    language: Language
    name: str  #: name and version of the parser, as shown in every report
    encoder: Encoder
    tagger: Tagger
    acts: ActReader

    def read(self, text: str) -> Reading:
        """Return `text` tokenised, tagged, parsed and with named entities."""
        return Reading(self.language(blank_unreadable(text)), self.encoder.encode)

    def read_many(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Read `texts` in batches, in their order."""
        for doc in self.language.pipe(map(blank_unreadable, texts), batch_size=ARTICLES):
            yield Reading(doc, self.encoder.encode)

    def read_sentences(self, sentences: Iterable[str]) -> Iterator[Reading]:
        """Read single sentences without looking for named entities, the dearest part."""
        texts = map(blank_unreadable, sentences)
        for doc in self.language.pipe(texts, batch_size=SENTENCES, disable=["ner"]):
            yield Reading(doc, self.encoder.encode)

    @property
    def pairs(self) -> PairClassifier:
        """What types the relation of a given pair; articles do without, so it is loaded late."""
        return load_pair_classifier()


def load_models(settings: Settings) -> Models:
    """Load the spaCy pipeline that `settings` names, and the networks that come with Tocsin.

    Raises:
        PipelineMissingError: the pipeline is not installed, not English, or lacks a component.
    """
    language = load_language(settings)
    name = f"{settings.pipeline} {language.meta['version']}"
    return Models(
        language=language,
        name=name,
        encoder=load_encoder(),
        tagger=load_tagger(),
        acts=load_act_reader(),
    )
