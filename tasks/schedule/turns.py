"""The questions that a run of the final schedule puts to a person, one after the other.

A run that waits ends its process; resumed, it begins at its top again. What it has planned is found here, so that it
asks again, or goes on, and does not plan again.
"""

from dataclasses import dataclass, replace
from typing import Final

from pydantic import TypeAdapter

from tasks.store import Database


@dataclass(frozen=True, slots=True)
class Turn:
    """One question: which version it is about, and with which tables left free and maximum that was made.

    ``refusal`` says why the change that was asked for before could not be made; the version is then the same.
    """

    number: int
    version_id: str
    free_tables: int = 0
    maximum: int | None = None
    refusal: str = ""

    def again(self, refusal: str = "") -> "Turn":
        """Return the question to ask after this one about the same version."""
        return replace(self, number=self.number + 1, refusal=refusal)


_TURN: Final = TypeAdapter(Turn)


def last_turn(db: Database, run_id: str) -> Turn | None:
    """Return the question that a run asked last, None where it has planned nothing yet."""
    rows = db.rows("plan/select_turn", run_id=run_id)
    return _TURN.validate_python(rows[0]) if rows else None


def keep_turn(db: Database, run_id: str, turn: Turn) -> Turn:
    """Write a question down and return it; written twice it is the same question."""
    db.run(
        "plan/insert_turn",
        run_id=run_id,
        number=turn.number,
        version_id=turn.version_id,
        free_tables=turn.free_tables,
        maximum=turn.maximum,
        refusal=turn.refusal,
    )
    return turn
