"""The questions that wait for a person, in words: what was typed, why nobody was recognised, who may be meant."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from tasks.messages import Message, message
from tasks.store import Database

_SHOWN_LENGTH: Final = 80
_KINDS: Final[Mapping[str, Message]] = {
    "request": message("Wishes whose company or person was not recognised"),
    "exclusion": message("Refusals whose company or person was not recognised"),
    "identity": message("Leaders who may be the same person as in an earlier edition"),
}
_UNCLEAR: Final = message("It is not clear who is meant.")
# The reasons of ingestion, as it writes them in audit.review_item.
_REASONS: Final[Mapping[str, Message]] = {
    "not_a_name": message("This is no name."),
    "no_near_name": message("No company or person of this edition bears a name near enough."),
    "several_near_names": message("Several companies or persons bear this name or nearly so."),
    "own_company": message("This is the leader's own company."),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question: who asked (``leader_id``), what they typed, in which row, and up to three who may be meant.

    ``candidates`` are leader ids with the names of their companies, the likeliest first.
    """

    leader_id: str
    typed: str
    row_number: int
    reason: str
    candidates: tuple[tuple[str, str], ...] = ()

    @property
    def shown(self) -> str:
        """What was typed, cut at 80 characters."""
        return self.typed if len(self.typed) <= _SHOWN_LENGTH else f"{self.typed[: _SHOWN_LENGTH - 1]}…"

    @property
    def reason_in_words(self) -> Message:
        """Why nobody was recognised."""
        return _REASONS.get(self.reason, _UNCLEAR)


@dataclass(frozen=True, slots=True)
class Waiting:
    """The questions of one kind, in the order of the leaders who asked."""

    kind: str
    questions: tuple[Question, ...]

    @property
    def title(self) -> Message:
        """What is asked, in words."""
        return _KINDS[self.kind]


def waiting_questions(database: Database, edition_id: str) -> tuple[Waiting, ...]:
    """Return the questions that wait, by kind."""
    rows = database.frame("audit/select_waiting_items", edition_id=edition_id).to_dicts()
    by_kind = groupby(rows, key=lambda row: row["kind"])
    return tuple(Waiting(kind, tuple(_question(row) for row in members)) for kind, members in by_kind)


def _question(row: Mapping[str, Any]) -> Question:
    return Question(
        leader_id=row["leader_id"],
        typed=row["typed"],
        row_number=row["row_number"],
        reason=row["reason"],
        candidates=tuple(zip(row["candidate_ids"], row["candidate_companies"], strict=True)),
    )
