"""Messages on their way: what may be talked about is on disk as ``sending`` first, and what became of it follows."""

import math
from collections import deque
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, TypeAlias

from tasks.publish.outbox.calls import Refused, note_refused
from tasks.publish.outbox.ledger import Change, Entry, record
from tasks.publish.outbox.pace import Pace
from tasks.publish.outbox.smtp import Fate
from tasks.store import Database

Clock: TypeAlias = Callable[[], datetime]
Letter: TypeAlias = tuple[Entry, str]

# How long a message rests that a server deferred, by how often it was tried; the last holds from then on. Greylisting
# lets a message in after five minutes at most servers (RFC 6647); nothing gives up by itself, a person sees it wait.
BACK_OFF: Final = (timedelta(minutes=5), timedelta(minutes=15), timedelta(hours=1), timedelta(hours=4))
# A commit waits for the disk, about as long as a near server takes for a mail: one commit begins several messages, so
# many that it costs at most 0.7 of what their dialogues take, which keeps 0.59 of a bare loop's rate. A crash leaves
# as many unknown, so there is a ceiling; over a real network, where a dialogue takes ten commits, it is always one.
_COMMIT_SHARE: Final = 0.7
MOST_BEGUN: Final = 6


@dataclass(slots=True)
class UnderWay:
    """The messages of one run: those that wait, those that are begun, and fates that are not on disk yet.

    One commit settles the messages before and begins the next ones. What is begun is on disk as ``sending``, and only
    that may be talked about; the first of ``_begun`` is the one to talk about.
    """

    db: Database
    clock: Clock
    waiting: deque[Letter]
    pace: Pace
    is_second_try: bool = False
    _begun: deque[Letter] = field(default_factory=deque)
    _settled: list[Change] = field(default_factory=list)
    _refused: list[Refused] = field(default_factory=list)
    _spoke_at: float | None = None
    _dialogue_seconds: float = math.inf
    _commit_seconds: float = 0

    @property
    def count(self) -> int:
        """How many are not settled."""
        return len(self.waiting) + len(self._begun)

    def begin(self) -> Letter:
        """Return the next message, on disk as ``sending``. Raises StorageFull: then it may not be talked about."""
        if not self._begun:
            if self.pace.is_limited:  # what is known must not stay in memory while we wait for our turn
                self._write([])
                self.pace.wait()
            batch = list(islice(self.waiting, self._batch_size()))
            self._write([Change(entry.message_id, "sending", attempts=1) for entry, _ in batch])
            for _ in batch:
                self._begun.append(self.waiting.popleft())
        return self._begun[0]

    def speak(self) -> None:
        """Say that the dialogue about the message begins: whatever breaks it off now leaves its fate unknown."""
        self._spoke_at = self.pace.monotonic()

    def try_again(self) -> None:
        """Keep the message for another dialogue: the first one cannot have delivered it."""
        self._spoke_at = None
        self.is_second_try = True

    def settle(self, fate: Fate) -> None:
        """Note what became of the message that was talked about."""
        entry, address = self._begun.popleft()
        if self._spoke_at is not None:
            self._dialogue_seconds = self.pace.monotonic() - self._spoke_at
        self._spoke_at, self.is_second_try = None, False
        rest = BACK_OFF[min(entry.attempt_count, len(BACK_OFF) - 1)] if fate.asks_for_patience else None
        retry_at = self.clock() + rest if rest else None
        self._settled.append(Change(entry.message_id, fate.outcome, fate.smtp_code, fate.said, retry_at))
        if fate.outcome == "failed" and fate.smtp_code is not None:
            self._refused.append(Refused(entry, address, fate.smtp_code, fate.said or ""))

    def close(self) -> None:
        """Put on disk what is known. What was begun and not talked about is put back as it was."""
        if self._spoke_at is not None:
            self._begun.popleft()  # broken off in the dialogue: it stays ``sending``, which the next run calls unknown
        self._settled.extend(
            Change(entry.message_id, entry.state, entry.smtp_code, entry.smtp_said, entry.retry_at, attempts=-1)
            for entry, _ in self._begun
        )
        self._begun.clear()
        self._write([])

    def _batch_size(self) -> int:
        if self.pace.is_limited:
            return 1
        worth = self._commit_seconds / (_COMMIT_SHARE * max(self._dialogue_seconds, 1e-6))
        return min(max(math.ceil(worth), 1), MOST_BEGUN)

    def _write(self, begun: list[Change]) -> None:
        began = self.pace.monotonic()
        now = self.clock()
        with self.db.transaction() if self._refused else nullcontext():
            record(self.db, [*self._settled, *begun], now)
            if self._refused:
                note_refused(self.db, self._refused, now)
        self._commit_seconds = self.pace.monotonic() - began
        self._settled.clear()
        self._refused.clear()
