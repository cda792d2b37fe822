"""An outbox over a rough sea: as many runs as it takes, each in a process of its own, and what came of it."""

import resource
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from aiosmtpd.controller import Controller

from benchmarks.letters import WRITTEN_AT, address, waiting_outbox
from benchmarks.rough_sea import RoughSMTP, Sea
from tasks.demo.mail import free_port
from tasks.errors import RencontresError, StorageFull
from tasks.mail_settings import MailSettings
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.ledger import Entry, read_entries
from tasks.publish.outbox.states import WAITING
from tasks.publish.outbox.under_way import MOST_BEGUN
from tasks.workspace import Workspace

_HOST: Final = "127.0.0.1"
# Every run happens so long after the one before that whatever was deferred may go again.
_BETWEEN_RUNS: Final = timedelta(hours=5)
_RUNS_AT_MOST: Final = 200
# In these runs the disk has room for a few commits only.
_FULL_DISKS: Final = frozenset({3, 9, 15})
_ROOM_BYTES: Final = 400
_FULL: Final = 28  # the exit code of a run that could not write a state: ENOSPC


@dataclass(frozen=True, slots=True)
class Voyage:
    """How a whole outbox fared: final states, and what contradicts what the server knows, as message ids."""

    states: Counter[str]
    happened: Counter[str]
    mailed_twice: list[str]
    lost: list[str]
    told_wrong: list[str]
    unknown_at_most: int
    run_count: int

    @property
    def is_safe(self) -> bool:
        """Whether every message went once at most and its fate is known, or known to be unknown."""
        return not (self.mailed_twice or self.lost or self.told_wrong) and (
            self.states["unknown"] <= self.unknown_at_most
        )


class _Harbour(Controller):
    """Runs a server that is a sea."""

    def factory(self) -> RoughSMTP:
        """Return a session of it."""
        return RoughSMTP(self.handler, **self.SMTP_kwargs)


def sail(folder: Path, seed: int, *, count: int = 500, kills: int = 20, size_bytes: int = 2_000) -> Voyage:
    """Send an outbox of so many messages, with as many runs as it takes; return how it fared."""
    workspace = waiting_outbox(folder, count, size_bytes)
    sea = Sea([address(number) for number in range(count)], seed, kills)
    processes = get_context("forkserver")
    processes.set_forkserver_preload(["benchmarks.voyage"])
    harbour = _open(sea, free_port())
    for run in range(1, _RUNS_AT_MOST):
        if not sea.is_listening:
            harbour.stop(no_assert=True)
            harbour = _open(sea, harbour.port)
        room = _ROOM_BYTES if run in _FULL_DISKS else None
        at = WRITTEN_AT + run * _BETWEEN_RUNS
        sender = processes.Process(target=send_once, args=(folder, harbour.port, at, room))
        sea.client = sender
        sender.start()
        sender.join()
        sea.client = None
        sea.happened["disk full"] += sender.exitcode == _FULL
        if sender.exitcode == 0 and not _waiting(workspace):
            break
    harbour.stop(no_assert=True)
    return _judged(workspace, sea, run)


def _open(sea: Sea, port: int) -> _Harbour:
    harbour = _Harbour(sea, hostname=_HOST, port=port)
    harbour.start()
    sea.listener = harbour.server
    return harbour


def send_once(folder: Path, port: int, at: datetime, room_bytes: int | None) -> None:
    """Be one run of the outbox in a process of its own; its exit code says how it ended."""
    if room_bytes is not None:
        log = folder / "rencontres.duckdb.wal"
        limit = room_bytes + (log.stat().st_size if log.exists() else 0)
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    try:
        deliver(Workspace(folder), MailSettings(host=_HOST, port=port, timeout_seconds=5), lambda: at, really=True)
    except StorageFull:
        sys.exit(_FULL)
    except RencontresError as error:
        sys.exit(error.exit_code)


def _waiting(workspace: Workspace) -> list[Entry]:
    return [entry for entry in _entries(workspace) if entry.state in WAITING]


def _entries(workspace: Workspace) -> list[Entry]:
    with workspace.opened() as database:
        return read_entries(database, workspace.event.id)


def _judged(workspace: Workspace, sea: Sea, run_count: int) -> Voyage:
    """Hold the outbox against what the server has."""
    entries = _entries(workspace)
    had = {str(entry.message_id): sea.delivered[str(entry.message_id)] for entry in entries}
    states = {str(entry.message_id): entry.state for entry in entries}
    interruptions = sum(sea.happened[end] for end in ("client killed", "disk full"))
    return Voyage(
        states=Counter(states.values()),
        happened=sea.happened,
        mailed_twice=[key for key, times in sea.delivered.items() if times > 1],
        lost=[key for key, state in states.items() if state not in {"sent", "failed", "unknown"}],
        told_wrong=[
            key
            for key, state in states.items()
            if (state == "sent" and had[key] != 1) or (state == "failed" and had[key] != 0)
        ],
        unknown_at_most=interruptions * MOST_BEGUN + sea.happened["lost within DATA"] + sea.happened["lost after DATA"],
        run_count=run_count,
    )
