"""Readings: a text with its parse, its names and the encoder's states; the door to all models."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tocsin.models.acts import ActReader, load_act_reader
from tocsin.models.encoder import Encoded, Encoder, load_encoder
from tocsin.models.names import set_names
from tocsin.models.pairs import PairClassifier, load_pair_classifier
from tocsin.models.parsed import Doc, text_of
from tocsin.models.parser import blank_unreadable, load_language
from tocsin.models.tagger import Tagger, load_tagger
from tocsin.settings import Settings

if TYPE_CHECKING:
    from spacy.language import Language

States = tuple[Encoded, ...]

#: Texts analysed together: more articles at once are slower and cost gigabytes, fewer sentences
#: at once leave the matrices too small.
ARTICLES, SENTENCES = 8, 64


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """One text as the models read it.

    `doc` has the tokens with their parse, the sentences (`doc.sents`) and the names (`doc.ents`).
    Offsets hold for the text that was read; what cannot be words (see `blank_unreadable`) is blank.
    `states` are the encoder's, by window in the order of the text.
    """

    doc: Doc
    states: States = ()
    text: str = field(init=False)

    def __post_init__(self) -> None:
        """Take the text from the parse."""
        object.__setattr__(self, "text", text_of(self.doc))


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
        return self._with_states(self.language(blank_unreadable(text)))

    def read_many(self, texts: Iterable[str]) -> Iterator[Reading]:
        """Read `texts` in batches, in their order."""
        docs = self.language.pipe(map(blank_unreadable, texts), batch_size=ARTICLES)
        yield from map(self._with_states, docs)

    def read_sentences(self, sentences: Iterable[str]) -> Iterator[Reading]:
        """Read single sentences without states, and so without their names."""
        docs = self.language.pipe(map(blank_unreadable, sentences), batch_size=SENTENCES)
        yield from map(Reading, docs)

    def _with_states(self, doc: Doc) -> Reading:
        states = self.encoder.encode(text_of(doc))
        set_names(doc, states)
        return Reading(doc, states)

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
