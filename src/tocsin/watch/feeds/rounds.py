"""Rounds: poll what is due, add what is new, settle, and see which alarms ring that did not before.

What a feed answered lies in the folder `feeds` of the store until it is added, and what is known of
feeds and alarms stands beside it.  So the work may be stopped at any moment: what was fetched and
not added is added in the first round of the next start.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import asdict, dataclass, field
from datetime import date
from hashlib import blake2b
from pathlib import Path

from tocsin.addresses import host_of
from tocsin.corpus.account import Added
from tocsin.corpus.add import add_articles
from tocsin.errors import InputError, StoreError
from tocsin.lexicons.refusals import refusal
from tocsin.records import Failure
from tocsin.settings import Settings
from tocsin.store.database import FILE_NAME
from tocsin.store.handle import Store
from tocsin.watch.alarms import Alarm, find_alarms
from tocsin.watch.detector import LONGEST
from tocsin.watch.feeds.asking import Asker
from tocsin.watch.feeds.plan import Feed, Plan
from tocsin.watch.feeds.polls import Standing, poll
from tocsin.watch.stored import read_relations

#: Hosts that are asked at one time.
_HOSTS = 8

#: Opens what takes the account of adding now and then; None takes nothing.
Show = Callable[[], AbstractContextManager[Callable[[Added], None] | None]]

Told = tuple[str, str, str, date]  #: an alarm: actor, recipient, on what it rings, when it rang


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """What came of one round."""

    asked: int  #: feeds
    changed: int  #: of these, with an answer that was new
    failures: tuple[Failure, ...]  #: feeds that did not answer well
    added: Added | None  #: None: there was nothing new
    alarms: tuple[Alarm, ...]  #: that have not been told before


@dataclass(slots=True, kw_only=True)
class Watch:
    """Polls the feeds of a plan for the store in a folder."""

    plan: Plan
    store: Path
    settings: Settings
    workers: int | None = None
    clock: Callable[[], float] = time.time
    sleep: Callable[[float], None] = time.sleep
    askers: dict[str | None, Asker] = field(default_factory=dict)  #: by host
    standings: dict[str, Standing] = field(default_factory=dict)  #: by address
    show: Show = nullcontext  #: shows how far adding is
    told: list[Told] | None = None  #: alarms; None before the first round on a store
    looked: bool = False  #: for alarms, since it began
    stopped: bool = False  #: with Ctrl-C

    def run(self, *, once: bool = False) -> Iterator[Round]:
        """Yield each round when it is done; the first adds what lay there before it, too.

        Raises:
            StoreError: the folder of the store cannot be used.
        """
        self._load()
        while True:
            yield self._round()
            self._save()  # what was told; a stop before that has it told again
            if once:
                return
            due = min(self._standing(feed).due for feed in self.plan.feeds)
            self.sleep(max(0.0, due - self.clock()))

    def _round(self) -> Round:
        if self.told is None:
            self.told = [_told(alarm) for alarm in self._ringing()]
            self._save()  # before anything is added to what they rang on
        left = sorted(self._folder.glob("*.rss"))
        due = [
            feed
            for feed in self.plan.feeds
            if self._standing(feed).due <= self.clock() and self._path(feed) not in left
        ]
        answers = self._ask(due)
        changed = [answer for answer in answers if isinstance(answer, Path)]
        added = self._add([*left, *changed])
        self._save()
        # In the first round also what was being raised, or worked out, when the last one stopped.
        looks, self.looked = not self.looked or bool(added and added.articles), True
        alarms = [*self._new_alarms()] if looks else []
        return Round(
            asked=len(due),
            changed=len(changed),
            failures=tuple(answer for answer in answers if isinstance(answer, Failure)),
            added=added,
            alarms=tuple(alarms),
        )

    # ------------------------------------------------------------------ feeds

    def _ask(self, feeds: Sequence[Feed]) -> list[Path | Failure | None]:
        """Ask for all `feeds`: several hosts at a time, each for one feed after the other."""
        hosts: dict[str | None, list[Feed]] = {}
        for feed in feeds:
            hosts.setdefault(host_of(feed.url), []).append(feed)
        for host in hosts:
            self.askers.setdefault(host, Asker(self.settings, self.sleep))
        with ThreadPoolExecutor(_HOSTS) as pool:
            try:
                return [each for some in pool.map(self._poll_all, hosts.values()) for each in some]
            except KeyboardInterrupt:
                self.stopped = True
                raise

    def _poll_all(self, feeds: Sequence[Feed]) -> list[Path | Failure | None]:
        """Poll one feed after the other, none any more once the work is stopped."""
        return [self._poll(feed) for feed in feeds if not self.stopped]

    def _poll(self, feed: Feed) -> Path | Failure | None:
        """Return where the new answer lies, or why there is none."""
        asker, path = self.askers[host_of(feed.url)], self._path(feed)
        standing, answer = poll(feed, self._standing(feed), asker, self.clock())
        self.standings[feed.url] = standing
        if not isinstance(answer, bytes):
            return answer
        _write(path, answer)
        return path

    def _path(self, feed: Feed) -> Path:
        """Return where what a feed answered lies until it is added."""
        mark = blake2b(feed.url.encode(), digest_size=4).hexdigest()
        return self._folder / f"{host_of(feed.url)}-{mark}.rss"

    def _standing(self, feed: Feed) -> Standing:
        return self.standings.get(feed.url, Standing())

    def _add(self, files: Iterable[Path]) -> Added | None:
        """Add the entries of `files`, which are dropped when that has not been broken off."""
        paths = sorted(map(str, files))
        if not paths:
            return None
        with self.show() as progress:
            added = add_articles(
                paths,
                self.store,
                settings=self.settings,
                workers=self.workers,
                progress=progress,
            )
        for path in paths if not added.interrupted else ():
            Path(path).unlink(missing_ok=True)
        return added

    # ------------------------------------------------------------------ alarms

    def _ringing(self) -> Sequence[Alarm]:
        if not (self.store / FILE_NAME).exists():
            return ()
        with Store(self.store) as store:
            try:
                relations = read_relations(store)
            except InputError:  # no article has a day
                return ()
            lately = date.fromordinal(relations.span[-1] - LONGEST)
            return find_alarms(relations, self.plan.bell.rate, since=lately).alarms

    def _new_alarms(self) -> Iterator[Alarm]:
        """Yield the alarms that were not told, and those that have become confirmed since."""
        told = self.told = self.told or []
        for alarm in self._ringing():
            if not any(_is_same(alarm, each) for each in told):
                told.append(_told(alarm))
                yield alarm

    # ------------------------------------------------------------------ what is known

    @property
    def _folder(self) -> Path:
        return self.store / "feeds"

    def _load(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            told = {"why": error.strerror, "do": "write to"}
            raise refusal(StoreError, "store_folder_unusable", self.store, **told) from None
        path = self._folder / "known.json"
        damage = (OSError, ValueError, TypeError, KeyError, AttributeError)
        with suppress(*damage):  # or not there: begin anew
            known = json.loads(path.read_bytes())
            self.standings = {url: Standing(**each) for url, each in known["feeds"].items()}
            self.told = [(*names, date.fromisoformat(rang)) for *names, rang in known["told"]]

    def _save(self) -> None:
        known = {
            "feeds": {url: asdict(each) for url, each in self.standings.items()},
            "told": [(*names, str(rang)) for *names, rang in self.told or ()],
        }
        _write(self._folder / "known.json", json.dumps(known, indent=1).encode())


def _told(alarm: Alarm) -> Told:
    again = f"{alarm.rings} again" if alarm.again else alarm.rings
    return alarm.actor, alarm.recipient, again, alarm.again or alarm.rang


def _is_same(alarm: Alarm, told: Told) -> bool:
    """Tell whether an alarm was told: what is added later may move the day on which it rang.

    What is dated to a later day than it rang is another: it has become worse still.  One that rings
    again, having eased, is told again; one that is confirmed no more is not.
    """
    *names, rang = told
    *own, day = _told(alarm)
    alike = own in (names, [*names[:2], f"un{names[2]}"])
    return alarm.since <= rang and abs((day - rang).days) <= LONGEST and alike


def _write(path: Path, body: bytes) -> None:
    """Write a file that is whole or not there at all."""
    part = path.with_suffix(".part")
    part.write_bytes(body)
    part.replace(path)
