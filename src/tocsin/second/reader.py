"""The second reader itself: an article in, what a model says of it out, with an account of the run.

Whatever fails leaves the article to Tocsin alone and is counted.  An endpoint that fails many times
running is asked no more.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from tocsin.articles.prose import prose_of
from tocsin.records import Article, SecondReading
from tocsin.second.answers import Heard, NoAnswerError
from tocsin.second.endpoint import Endpoint, UnansweredError, Why
from tocsin.second.grounding import Ground
from tocsin.second.prompt import prompt_key, requests_of
from tocsin.second.sentences import number_sentences
from tocsin.settings import Settings

#: Articles running of which none is answered, after which the endpoint is asked no more.
MOST_FAILURES = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Spent:
    """What a run has asked of a model, and what came of it."""

    model: str
    read: int = 0  #: articles
    tokens_in: int = 0
    tokens_out: int = 0
    found: int = 0  #: acts and statements that stand in their texts
    dropped: Mapping[str, int] = field(default_factory=dict)  #: others, by reason
    failed: Mapping[str, int] = field(
        default_factory=dict
    )  #: articles without an answer, by reason
    not_asked: int = 0  #: articles, after the endpoint had failed too often


@dataclass(slots=True, kw_only=True)
class SecondReader:
    """A model that reads articles; it may be asked from several threads."""

    endpoint: Endpoint
    jobs: int = 1  #: articles asked about at a time
    _counts: Counter[str] = field(default_factory=Counter)
    _dropped: Counter[str] = field(default_factory=Counter)
    _failed: Counter[str] = field(default_factory=Counter)
    _running: int = 0  #: failures since the last answer
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def read(self, article: Article) -> SecondReading | None:
        """Return what the model says of an article; None, which is counted: nothing."""
        if self._running >= MOST_FAILURES:
            with self._lock:
                self._counts["not_asked"] += 1
            return None
        try:
            reading = self._asked(article)
        except Exception as error:  # whatever it is, the article must not pay for it
            self._fail(error)
            return None
        with self._lock:
            self._running = 0
            self._counts["read"] += 1
            self._counts["found"] += len(reading.acts) + len(reading.statements)
            self._dropped.update(reading.dropped)
        return reading

    @property
    def spent(self) -> Spent:
        """The account so far."""
        with self._lock:
            dropped, failed = (dict(sorted(each.items())) for each in (self._dropped, self._failed))
            return Spent(model=self.endpoint.model, **self._counts, dropped=dropped, failed=failed)

    def _asked(self, article: Article) -> SecondReading:
        prose = prose_of(article)
        sentences = number_sentences(prose.text)
        heard = Heard(ground=Ground(text=prose.text, sentences=sentences))
        tokens: Counter[str] = Counter()
        for request in requests_of(article, sentences):
            answer = self.endpoint.ask(request)
            spent = {"tokens_in": answer.tokens_in, "tokens_out": answer.tokens_out}
            with self._lock:  # whatever becomes of the answer, it is paid for
                self._counts.update(spent)
            tokens.update(spent)
            heard.hear(answer.content)
        reading = SecondReading(
            model=self.endpoint.model,
            prompt=prompt_key(),
            tokens_in=tokens["tokens_in"],
            tokens_out=tokens["tokens_out"],
            dropped=dict(sorted((+heard.dropped).items())),
            acts=tuple(heard.acts),
            statements=tuple(heard.statements),
        )
        return prose.unaltered(reading, {})

    def _fail(self, error: Exception) -> None:
        why = error.why if isinstance(error, UnansweredError) else Why.FAULT
        why = Why.NONSENSE if isinstance(error, NoAnswerError) else why
        with self._lock:
            self._running += 1
            self._failed[str(why)] += 1


def open_second(settings: Settings) -> SecondReader | None:
    """Return the second reader that the settings name; None where they name none.

    Raises:
        ValueNotUnderstood: the address, the model or the key is none.
    """
    if not settings.reader:
        return None
    endpoint = Endpoint(url=settings.reader, model=settings.model, key=settings.reader_key)
    return SecondReader(endpoint=endpoint, jobs=settings.reader_jobs)
