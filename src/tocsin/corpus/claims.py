"""Claims: which process works on which shard, told by files in a folder that all of them share.

A claim is a file that only one process can have made; as long as its maker lives it is touched
again and again.  What was claimed by a process that is gone, or that has been silent for `SILENT`
seconds, is taken over.  Silence is timed by whoever listens, so that clocks need not agree.

Should two processes come to work on one shard all the same, that costs time and nothing else: what
comes of a shard is the same, and the first to end leaves it.
"""

from __future__ import annotations

import json
import os
import secrets
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

#: Seconds between two signs of life, and of silence after which nobody waits any longer.
BEAT, SILENT = 15.0, 120.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Owner:
    """The process that has a claim."""

    host: str
    pid: int
    born: str  #: tells it from a later process with the same number
    token: str  #: of this claim and no other
    time: float  #: seconds since 1970, by its own clock; for people who look

    @property
    def is_here(self) -> bool:
        """Whether it is, or was, a process of this machine."""
        return self.host == socket.gethostname()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Heard:
    """The last sign of life of a claim."""

    beat: int  #: nanoseconds, by whatever clock
    since: float  #: when it was first seen, by our own
    lives: bool  #: there was another before it


@dataclass(slots=True, kw_only=True)
class Claims:
    """The claims in `folder`, as one process sees them."""

    folder: Path
    heard: dict[str, _Heard] = field(default_factory=dict)  #: from other machines
    held: dict[str, Owner] = field(default_factory=dict)  #: claims of ours, from just before

    def take(self, name: str) -> Owner | None:
        """Claim the shard of this name, and return the claim; None: another process has it."""
        path = self.folder / name
        if path.exists() and not self._take_away(path):
            return None
        claim = Owner(
            host=socket.gethostname(),
            pid=os.getpid(),
            born=_born(os.getpid()),
            token=secrets.token_hex(8),
            time=time.time(),
        )
        self.held[name] = claim  # before it is there: between the two a process may be stopped
        try:
            with path.open("x", encoding="utf-8") as file:
                json.dump({each: getattr(claim, each) for each in Owner.__slots__}, file)
        except FileExistsError:
            return None
        return claim

    def is_dead(self, name: str) -> bool | None:
        """Whether nobody works on the shard of this name any more; None: that is to be seen."""
        path = self.folder / name
        try:
            beat = path.stat().st_mtime_ns
        except FileNotFoundError:
            return True
        owner = _read_owner(path)
        if owner is not None and owner.is_here:
            return _born(owner.pid) != owner.born
        now = time.monotonic()
        known = self.heard.get(name)
        if known is None or known.beat != beat:
            self.heard[name] = _Heard(beat=beat, since=now, lives=known is not None)
        elif now - known.since > SILENT:
            return True
        return False if self.heard[name].lives else None

    @contextmanager
    def beating(self, name: str, claim: Owner) -> Iterator[None]:
        """Give signs of life while the body runs, then let the claim go."""
        path, ended = self.folder / name, threading.Event()

        def beat() -> None:
            while not ended.wait(BEAT):
                with suppress(OSError):  # taken over, or the folder cannot be reached just now
                    os.utime(path)

        thread = threading.Thread(target=beat, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()
            self._let_go(name, claim)

    def let_all_go(self) -> None:
        """Let go what was claimed and not worked on: a process may be stopped between the two."""
        for name, claim in [*self.held.items()]:
            self._let_go(name, claim)

    def _let_go(self, name: str, claim: Owner) -> None:
        if _read_owner(self.folder / name) == claim:
            (self.folder / name).unlink(missing_ok=True)
        self.held.pop(name, None)

    def _take_away(self, path: Path) -> bool:
        """Take a claim from an owner that is gone; whether that was done, and by this process."""
        owner = _read_owner(path)
        if not self.is_dead(path.name):
            return False
        aside = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
        try:
            path.rename(aside)  # only one of several can
        except FileNotFoundError:
            return False
        mine = _read_owner(aside) == owner
        if not mine:  # another was faster, and this is its own claim by now
            with suppress(OSError):
                os.link(aside, path)
        aside.unlink(missing_ok=True)
        return mine


def _born(pid: int) -> str:
    """Return what tells the process from earlier and later ones of its number; "": it is none."""
    stat = Path(f"/proc/{pid}/stat")
    try:
        if not Path("/proc/self/stat").exists():  # no Linux
            os.kill(pid, 0)
            return "running"
        said = stat.read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
    except OSError:
        return ""
    return "" if said[0] in "ZX" else said[19]


def _read_owner(path: Path) -> Owner | None:
    """Return who has the claim; None where that cannot be read, as while it is being written."""
    try:
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return Owner(**said)
    except (OSError, ValueError, TypeError):
        return None
