"""Everything that Tocsin raises on purpose, as one tree.

::

    TocsinError
    ├── InputError            exit code 3: this input could not be read
    │   ├── NotFoundError
    │   ├── NotAFileError
    │   ├── EmptyInputError
    │   ├── BinaryInputError
    │   ├── EncodingError
    │   ├── TooLargeError
    │   ├── FetchError
    │   └── NoArticleError
    ├── LanguageError         exit code 4: read, but not in a language Tocsin can analyse
    ├── ValueNotUnderstood    exit code 5: a value given by the user ("--on", a setting)
    ├── PipelineMissingError  exit code 6: the language pipeline named in the settings is not here
    ├── ReferenceFileError    exit code 7: a reference file is malformed; nothing was changed
    ├── StoreError            exit code 8: no store, a damaged one, or one of a newer version
    │   └── NotThereError     what an id, or an address of the desk, names is not there
    ├── PartsError            exit code 9: parts of a shared work are no good, or too much failed
    ├── SlowQuestionError     a question to the store was stopped because it took too long
    ├── TimeLimitError        an article took too long; a record of the run, it ends nothing
    └── WorkerError           a worker process died; the same, unless none can be started

Click itself exits with 2 for a wrong command line; 1 means that an article in a batch failed, or
an error nobody foresaw.  Each error says what, the value, what was expected and what to do, and
carries the first three as attributes.
"""

from __future__ import annotations

from typing import Any


class TocsinError(Exception):
    """Base of all errors raised on purpose.

    >>> try:
    ...     tocsin.open("no such folder")
    ... except tocsin.TocsinError as error:
    ...     error.exit_code, error.what
    (8, 'there is no such store')
    """

    exit_code = 1

    def __init__(
        self, what: str, *, value: object = None, expected: str = "", advice: str = ""
    ) -> None:
        """Compose the message.

        Args:
            what: what went wrong, as a sentence without a full stop.
            value: what it is about, if any; shown shortened, control characters escaped.
            expected: what would have been accepted.
            advice: what the user can do next.
        """
        self.what = what
        self.value = value
        self.expected = expected
        self.advice = advice
        super().__init__(self._sentence())

    def __reduce__(self) -> tuple[Any, ...]:
        """Cross from a worker process as what it is: message and attributes, nothing composed."""
        return _uncomposed, (type(self), self.args), dict(self.__dict__)

    def _sentence(self) -> str:
        parts = [self.what]
        if self.value is not None:
            parts[0] += f": {_shown(self.value)}"
        if self.expected:
            parts.append(f"expected {self.expected}")
        sentence = "; ".join(parts) + "."
        return f"{sentence} {self.advice}".strip()


class InputError(TocsinError):
    """This input could not be read."""

    exit_code = 3


class NotFoundError(InputError):
    """There is no such file."""


class NotAFileError(InputError):
    """The path is a directory, a device or something else that is not a file."""


class EmptyInputError(InputError):
    """There is no text in it."""


class BinaryInputError(InputError):
    """The bytes are not text."""


class EncodingError(InputError):
    """The bytes are not text in the encoding expected."""


class TooLargeError(InputError):
    """The input is larger than the setting allows."""


class FetchError(InputError):
    """An address was not fetched, or could not be."""


class NoArticleError(InputError):
    """The page holds no article text."""


class LanguageError(TocsinError):
    """The text is not in English."""

    exit_code = 4

    def __init__(self, what: str, *, language: str = "und", **more: Any) -> None:
        """Compose the message as `TocsinError` does; `language` is the ISO 639-1 code found."""
        super().__init__(what, **more)
        self.language = language


class ValueNotUnderstood(TocsinError):
    """A value given by the user cannot be read."""

    exit_code = 5


class PipelineMissingError(TocsinError):
    """The language pipeline named in the settings cannot be loaded."""

    exit_code = 6


class ReferenceFileError(TocsinError):
    """A reference file is malformed.  Nothing was imported from it."""

    exit_code = 7


class StoreError(TocsinError):
    """There is no store here, it is damaged, or a newer Tocsin wrote it."""

    exit_code = 8


class NotThereError(StoreError):
    """What an id, or an address of the desk, names is not there."""


class PartsError(TocsinError):
    """Parts of a work that many share are damaged, of another reader, or hold too many failures."""

    exit_code = 9


class SlowQuestionError(TocsinError):
    """A question to the store took longer than whoever asks would wait."""


class TimeLimitError(TocsinError):
    """An article took longer than an article may."""


class WorkerError(TocsinError):
    """A worker process died over an article, or none can be started."""


def _uncomposed(kind: type[TocsinError], args: tuple[str, ...]) -> TocsinError:
    error = kind.__new__(kind)
    error.args = args
    return error


def _shown(value: object, longest: int = 80) -> str:
    """Return `value` fit for a terminal: one line, no control characters, not too long."""
    text = ascii(value) if isinstance(value, bytes) else str(value)
    shown = "".join(c if c.isprintable() else f"\\x{ord(c):02x}" for c in text)
    if len(shown) <= longest:
        return shown
    end = longest // 3  # of a path the end says most
    return f"{shown[: longest - end - 1]}…{shown[-end:]}"
