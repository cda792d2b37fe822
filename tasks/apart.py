"""Work that others wrote and that may never end: done in a process of its own, ended when it takes too much.

Computing time is counted, not the clock's: a busy machine changes nothing. POSIX only (Linux, macOS).
"""

import resource
import signal
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import Final, TypeVar

SECONDS: Final = 5
GRACE_SECONDS: Final = 3  # a single long step, such as 10 ** 10 ** 10, hears no signal: then the process is ended
_BYTES: Final = 4 * 2**30  # of addresses, which our own libraries take half of without using them

Result = TypeVar("Result")


class TimeUpError(Exception):
    """Raised within the work, where it is, when its seconds are over."""


class OverrunError(Exception):
    """The work took too much time or memory and its process has been ended; nobody knows where in it that was."""


@dataclass(frozen=True, slots=True)
class _Helper:
    process: BaseProcess
    connection: Connection


_helpers: list[_Helper] = []  # at most one, kept: to start it takes half a second
_one_at_a_time: Final = threading.Lock()


def call_apart(work: Callable[..., Result], *arguments: object) -> Result:
    """Return what ``work`` returns when it is called in the other process; whatever it raises is raised here.

    Raises OverrunError when the process had to be ended. What goes over must be picklable.
    """
    with _one_at_a_time:
        helper = _helpers.pop() if _helpers else _start()
        try:
            helper.connection.send((SECONDS, GRACE_SECONDS, work, arguments))
            result, error = helper.connection.recv()
        except (EOFError, OSError) as gone:
            helper.process.join()
            raise OverrunError from gone
        _helpers.append(helper)
    if error is not None:
        raise error
    returned: Result = result
    return returned


def _start() -> _Helper:
    context = get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=serve, args=(theirs,), daemon=True)
    process.start()
    theirs.close()  # so that the end of the process is the end of what can be read
    return _Helper(process, ours)


def serve(connection: Connection) -> None:
    """Do work after work until nobody asks any more; this runs in the process apart."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGPROF, _time_is_up)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with suppress(ValueError):  # macOS does not limit addresses
        resource.setrlimit(resource.RLIMIT_AS, (_BYTES, _BYTES))
    with suppress(EOFError):
        while True:
            connection.send(_tried(*connection.recv()))


def _tried(
    seconds: float, grace_seconds: float, work: Callable[..., object], arguments: tuple[object, ...]
) -> tuple[object, BaseException | None]:
    used = resource.getrusage(resource.RUSAGE_SELF)
    end = ceil(used.ru_utime + used.ru_stime + seconds + grace_seconds)
    resource.setrlimit(resource.RLIMIT_CPU, (end, resource.RLIM_INFINITY))
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        return work(*arguments), None
    except Exception as error:  # noqa: BLE001 -- it is raised in the other process
        return None, error
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _time_is_up(_signal: int, _frame: FrameType | None) -> None:
    raise TimeUpError
