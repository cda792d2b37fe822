"""How many mails a minute: a server that accepts so many is not sent more."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final, TypeAlias

Seconds: TypeAlias = Callable[[], float]
Sleep: TypeAlias = Callable[[float], None]

_MINUTE: Final = 60.0


@dataclass(slots=True)
class Pace:
    """Evenly spaced turns, so that no window of a minute holds more than ``per_minute`` of them; 0 is no limit.

    ``monotonic`` counts seconds that no change of the clock moves; ``sleep`` waits for some.
    """

    per_minute: int
    monotonic: Seconds = time.monotonic
    sleep: Sleep = time.sleep
    _next_turn: float | None = field(default=None, init=False)

    @property
    def is_limited(self) -> bool:
        """Whether turns are spaced at all."""
        return self.per_minute > 0

    def wait(self) -> None:
        """Return when it is the next mail's turn."""
        if not self.is_limited:
            return
        now = self.monotonic()
        turn = now if self._next_turn is None else max(now, self._next_turn)
        if turn > now:
            self.sleep(turn - now)
        self._next_turn = turn + _MINUTE / self.per_minute
