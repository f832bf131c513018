"""Component: Tocsin as a step of anybody's spaCy pipeline, ``nlp.add_pipe("tocsin")``.

The text is read by Tocsin's own models, whatever the steps before made of it, so that a blank
pipeline will do.  A document keeps what was found as JSON: documents go through files, and from
process to process.

spaCy loads this with every pipeline, whoever makes one, so nothing else is imported before a text
is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc

if TYPE_CHECKING:
    from tocsin.records import Failure, Report, Span
    from tocsin.settings import Settings

#: Under which a document keeps what was found, and what messages call it.
_REPORT, _FAILURE, _ORIGIN = "tocsin", "tocsin_error", "the document"

#: Words in the text, the label that they get, and the id of the record that they belong to.
_Labelled = Iterable[tuple["Span | None", str, str | None]]


@dataclass(frozen=True, slots=True)
class Component:
    """Reads documents one by one; what cannot be read is a record, and `nlp.pipe` goes on."""

    settings: Settings

    def __call__(self, doc: Doc) -> Doc:
        """Set ``doc._.tocsin``, or ``doc._.tocsin_error``, and the spans.

        Raises:
            PipelineMissingError: Tocsin's own language pipeline cannot be used.
        """
        from tocsin.records import Report, to_json

        read = _read(doc, self.settings)
        report = read if isinstance(read, Report) else None
        for key in (_REPORT, _FAILURE):  # of an earlier reading
            doc.user_data.pop(key, None)
        doc.user_data[_REPORT if report else _FAILURE] = json.dumps(to_json(read))
        for key, labelled in _labelled(report).items():
            spans = (
                doc.char_span(*words, label, span_id=record or "", alignment_mode="expand")
                for words, label, record in labelled
                if words is not None
            )
            doc.spans[f"{_REPORT}_{key}"] = [span for span in spans if span is not None]
        return doc


def make_component(nlp: Language, name: str) -> Component:  # noqa: ARG001 - spaCy gives both
    """Return the component for a pipeline, under the settings of the environment."""
    from tocsin.settings import load_settings

    return Component(load_settings())


def _read(doc: Doc, settings: Settings) -> Report | Failure:
    from tocsin import pipeline
    from tocsin.articles.items import failed
    from tocsin.articles.read import read_verbatim
    from tocsin.errors import TocsinError
    from tocsin.store.asked import read_day

    tools, day = pipeline.opened_tools(settings), doc._.tocsin_day
    try:
        on = None if day is None else read_day("tocsin_day", day)
        article = read_verbatim(doc.text, origin=_ORIGIN, settings=settings, on=on)
    except TocsinError as error:
        return failed(error, _ORIGIN)
    return next(pipeline.process_articles([article], tools))


def _labelled(report: Report | None) -> Mapping[str, _Labelled]:
    if report is None:
        return dict.fromkeys(("events", "statements", "findings"), ())
    return {
        "events": [(each.words, each.type, each.id) for each in report.events],
        "statements": [
            (words, each.stance.value, each.id)
            for each in report.statements
            for words in each.content
        ],
        "findings": [(each.words, each.verdict.value, each.about) for each in report.findings],
    }


def _report_of(doc: Doc) -> Report | None:
    words = doc.user_data.get(_REPORT)
    return None if words is None else _report(words)


@lru_cache(maxsize=64)
def _report(words: str) -> Report:
    from tocsin.records import Report
    from tocsin.store.fromjson import read_record

    return read_record(Report, words)


def _failure_of(doc: Doc) -> Failure | None:
    from tocsin.records import Failure
    from tocsin.store.fromjson import read_record

    words = doc.user_data.get(_FAILURE)
    return None if words is None else read_record(Failure, words)


# Forced, for a notebook may load this anew.
Doc.set_extension(_REPORT, getter=_report_of, force=True)
Doc.set_extension(_FAILURE, getter=_failure_of, force=True)
#: The day of publication, in words, where it is known before the component reads.
Doc.set_extension("tocsin_day", default=None, force=True)
Language.factory("tocsin", func=make_component, assigns=["doc._.tocsin", "doc.spans"])
