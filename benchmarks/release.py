"""Release: wheel and sdist are built, installed into empty environments, tried and weighed.

usage: python -m benchmarks.release [--folder build/release]

The wheel is made of the sdist, in a folder without git, and both are left in dist/.  For each
Python of `PYTHONS` that this machine has, the wheel is installed into an environment of its own,
in the versions that requirements/run.txt pins.  There it reads an article, keeps it, exports it and
looks at itself; all must read the same.  Exit status 1 when something fails or is over its bound.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

PROJECT = Path(__file__).parents[1]
#: The Pythons for which a release is made.
PYTHONS = ("3.11", "3.12", "3.13")
#: How many MB each may have; an environment with all that its Python brings, such as pip.
MOST = {"wheel": 28, "sdist": 42, "environment": 800, "environment with the desk": 850}


def find_python(release: str) -> str | None:
    """Return a Python of this release, on the path or kept by pyenv, if there is one."""
    kept = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    named = (shutil.which(f"python{release}"), *map(str, kept.glob(f"{release}.*/bin/python")))
    return next((each for each in named if each and _release_of(each) == release), None)


def _release_of(python: str) -> str:
    ask = "import sys; print('{}.{}'.format(*sys.version_info))"
    return subprocess.run([python, "-c", ask], capture_output=True, text=True).stdout.strip()


def build(into: Path) -> tuple[Path, Path]:
    """Build both anew and return the paths of wheel and sdist."""
    shutil.rmtree(into, ignore_errors=True)
    _run(sys.executable, "-m", "build", "--no-isolation", "--outdir", into, PROJECT)
    return next(into.glob("*.whl")), next(into.glob("*.tar.gz"))


def write_pins(path: Path) -> None:
    """Write the pins of requirements/run.txt without their hashes, which the wheel has none of."""
    pinned = (PROJECT / "requirements/run.txt").read_text(encoding="utf-8")
    path.write_text("\n".join(re.findall(r"^[\w.-]+==[^\\\n]+", pinned, re.M)), encoding="utf-8")


def try_wheel(python: str, wheel: Path, folder: Path) -> Iterator[tuple[str, float]]:
    """Install the wheel below `folder`, use it as a newcomer would, and yield how large that is.

    Of it all ``report.json`` is left, what it read.
    """
    folder.mkdir(parents=True)
    _run(python, "-m", "venv", folder / "env")
    write_pins(folder / "pins.txt")
    install = ("python", "-m", "pip", "install", "--quiet", "--only-binary", ":all:")
    _run_in(folder, *install, "--constraint", folder / "pins.txt", wheel)
    yield "environment", megabytes(folder / "env")
    article = PROJECT / "examples/sound.txt"
    (folder / "report.json").write_text(_run_in(folder, "tocsin", "read", article, "--json"))
    for words in (("add", article), ("export", "gdelt", "gdelt"), ("doctor",)):
        _run_in(folder, "tocsin", *words, "--store", "store")
    _run_in(folder, *install, "--constraint", folder / "pins.txt", f"{wheel}[desk]")
    _run_in(folder, "python", "-c", "import tocsin.publish.desk.application")
    yield "environment with the desk", megabytes(folder / "env")
    shutil.rmtree(folder / "env")


def _run_in(folder: Path, program: str, *words: object) -> str:
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    return _run(folder / "env/bin" / program, *words, cwd=folder, env=environment)


def _run(*words: object, cwd: Path | None = None, env: Mapping[str, str] | None = None) -> str:
    done = subprocess.run([*map(str, words)], cwd=cwd, env=env, stdout=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(map(str, words))}: exit status {done.returncode}")
    return done.stdout


def megabytes(path: Path) -> float:
    """Return how large a file is, or all files below a folder together."""
    files = [path] if path.is_file() else [each for each in path.rglob("*") if each.is_file()]
    return sum(each.lstat().st_size for each in files) / 1e6


def measure(folder: Path) -> Iterator[tuple[str, str, float]]:
    """Build, try the wheel on every Python that is here, and yield where what has how many MB."""
    wheel, sdist = build(PROJECT / "dist")
    yield wheel.name, "wheel", megabytes(wheel)
    yield sdist.name, "sdist", megabytes(sdist)
    for release in PYTHONS:
        if python := find_python(release):
            for what, size in try_wheel(python, wheel, folder / release):
                yield f"Python {release}", what, size
        else:
            print(f"Python {release} is not on this machine: not tried")


def main() -> None:
    """Say how large all is; fail where it is too large, or where Pythons read differently."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--folder", type=Path, default=Path("build/release"))
    folder = parser.parse_args().folder.absolute()
    shutil.rmtree(folder, ignore_errors=True)
    over = []
    for where, what, size in measure(folder):
        print(f"{where}: {what} {size:.0f} MB, at most {MOST[what]} MB", flush=True)
        over += [what] * (size > MOST[what])
    if over:
        sys.exit(f"too large: {', '.join(over)}")
    if len({path.read_text() for path in folder.glob("*/report.json")}) != 1:
        sys.exit("not all Pythons read the same")
    print("The wheel installs, reads an article, keeps it and exports what is in it.")


if __name__ == "__main__":
    main()
