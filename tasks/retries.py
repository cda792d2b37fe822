"""Which failures are worth another try, and when: what the tasks tell the engine that runs them."""

from typing import Final, Protocol

from tasks.errors import RencontresError

# A backup or a notebook gives the database back within seconds; what takes longer is for a person to end.
RETRY_SECONDS: Final[list[float]] = [2, 10]


class Ended(Protocol):
    """The state in which a task ended, as far as it matters here; an engine's own class fits as it is."""

    def result(self, *, raise_on_failure: bool) -> object:
        """Return what the task returned, or the error that it failed with."""


def is_retryable(_task: object, _run: object, state: Ended) -> bool:
    """Say whether trying again may help: the database was busy or the mail server down, and nothing was lost."""
    error = state.result(raise_on_failure=False)
    return isinstance(error, RencontresError) and error.is_retryable
