"""How far a long job is: steps say it here, whoever shows it listens.

The command line shows a live line, Prefect an artifact, a test nothing. Steps know none of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Protocol

from tasks.messages import Message


class Listener(Protocol):
    """Whoever shows progress."""

    def started(self, step: Message) -> None:
        """Show that a step has begun."""

    def moved(self, step: Message, done: int, total: int, note: str) -> None:
        """Show that ``done`` of ``total`` parts of a step are behind us."""

    def finished(self, step: Message, result: Message | None) -> None:
        """Show that a step has ended well, and what came of it."""

    def warned(self, step: Message, result: Message | None) -> None:
        """Show that a step has ended with something that a person must see to."""


class Silent:
    """Shows nothing."""

    def started(self, step: Message) -> None:
        """Ignore it."""

    def moved(self, step: Message, done: int, total: int, note: str) -> None:
        """Ignore it."""

    def finished(self, step: Message, result: Message | None) -> None:
        """Ignore it."""

    def warned(self, step: Message, result: Message | None) -> None:
        """Ignore it."""


@dataclass
class Step:
    """A running step, handed to whoever does the work; ``is_warning`` says that a person must see to its result."""

    title: Message
    result: Message | None = None
    is_warning: bool = False

    def moved(self, done: int, total: int, note: str = "") -> None:
        """Say how many of how many parts are done; ``note`` is short and names no person."""
        _listeners[-1].moved(self.title, done, total, note)


# A stack rather than a context variable: Prefect runs tasks in threads that do not inherit the caller's context.
_listeners: list[Listener] = [Silent()]


@contextmanager
def listening(listener: Listener) -> Iterator[None]:
    """Send all progress to ``listener`` for a while."""
    _listeners.append(listener)
    try:
        yield
    finally:
        _listeners.pop()


@contextmanager
def step(title: Message) -> Iterator[Step]:
    """Announce a step, hand it to the work, and announce its end unless it raised."""
    running = Step(title)
    _listeners[-1].started(title)
    yield running
    end = _listeners[-1].warned if running.is_warning else _listeners[-1].finished
    end(title, running.result)
