"""What a person at the terminal sees: a live line per step, the result, and the one place that shows errors."""

import json
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tasks import progress
from tasks.errors import RencontresError
from tasks.messages import Message, message, user_language

if TYPE_CHECKING:
    from rich.console import Console
    from rich.status import Status


class LiveSteps:
    """Shows steps as they run: a moving line while one is under way, a ticked line when it is done.

    Where the output is no terminal nothing moves: what has a note, and the ticked lines, stand below each other. Rich
    is imported when the first job starts, so that ``--help`` does not pay for it.
    """

    def __init__(self, console: "Console") -> None:
        self._console = console
        self._status: Status | None = None
        self._began = time.monotonic()
        self._warnings: set[tuple[str, str]] = set()

    def announced(self, sentence: Message) -> None:
        """Show what is waited for before the first step; where there is no terminal, as a line of its own."""
        if self._console.is_terminal:
            self.started(sentence)
        else:
            self._console.print(self._line(sentence), highlight=False)

    def started(self, step: Message) -> None:
        """Show a moving line."""
        self.close()
        self._began = time.monotonic()
        self._status = self._console.status(self._line(step), spinner="dots")
        self._status.start()

    def moved(self, step: Message, done: int, total: int, note: str) -> None:
        """Show how far the step is; where there is no terminal, as a line of its own if there is a note to it."""
        line = f"{self._line(step)}  {done}/{total}  {escape(note)}".rstrip()
        if self._status is not None and self._console.is_terminal:
            self._status.update(line)
        elif note:
            self._console.print(line, highlight=False)

    def finished(self, step: Message, result: Message | None) -> None:
        """Replace the moving line by a ticked one with the result and the seconds."""
        self._ended("[green]✓[/green]", step, result)

    def warned(self, step: Message, result: Message | None) -> None:
        """Replace the moving line by one with an exclamation mark: somebody must see to it. The same is said once."""
        language = user_language()
        said = step.translated(language), result.translated(language) if result else ""
        self.close()
        if said not in self._warnings:
            self._warnings.add(said)
            self._ended("[bold yellow]![/bold yellow]", step, result)

    def close(self) -> None:
        """Take the moving line away, also when a step has raised."""
        if self._status is not None:
            self._status.stop()
            self._status = None

    def _ended(self, mark: str, step: Message, result: Message | None) -> None:
        self.close()
        seconds = f"{time.monotonic() - self._began:.1f} s"
        outcome = escape(result.translated(user_language())) if result else ""
        self._console.print(f"{mark} {self._line(step):<52} {outcome}  [dim]{seconds}[/dim]", highlight=False)

    @staticmethod
    def _line(step: Message) -> str:
        return escape(step.translated(user_language()))


def escape(text: str) -> str:
    """Keep square brackets, which file names may hold, from being read as Rich's markup."""
    return text.replace("[", r"\[")


@contextmanager
def live_steps() -> Iterator[LiveSteps]:
    """Show all progress on the error stream, so that ``--json`` keeps the output to itself."""
    from rich.console import Console  # noqa: PLC0415 -- 0.1 s that --help need not pay

    steps = LiveSteps(Console(stderr=True, soft_wrap=True))
    with progress.listening(steps):
        try:
            yield steps
        finally:
            steps.close()


def show(result: dict[str, object], sentences: list[Message], *, as_json: bool) -> None:
    """Print what a command found: JSON for machines, sentences for people."""
    if as_json:
        sys.stdout.write(json.dumps(result, ensure_ascii=False, default=str, indent=2) + "\n")
        return
    for sentence in sentences:
        sys.stdout.write(sentence.translated(user_language()) + "\n")


def fail(error: RencontresError) -> int:
    """Print an error as the sentence it is and return its exit code."""
    text = error.in_language(user_language()).replace("\n", "\n            ")
    sys.stderr.write(f"rencontres: {text}\n")
    return error.exit_code


def fail_unexpectedly(error: BaseException) -> int:
    """Say that this is a fault of ours and where it happened; the values stay out of it."""
    frame = error.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    place = f"{frame.tb_frame.f_code.co_filename}:{frame.tb_lineno}" if frame else ""
    sentence = message(
        "this is a fault of the program ({kind}), not of your data; nothing was half written.",
        kind=type(error).__name__,
    )
    remedy = message("Call again with RENCONTRES_DEBUG=1 to see the whole trace, and send it to the data engineer.")
    return fail(RencontresError(sentence, where=place, remedy=remedy))
