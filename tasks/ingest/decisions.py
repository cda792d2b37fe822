"""What a person has decided about what ingestion could not be sure of; a verdict wins over every rule from then on."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from tasks.ingest.rejection import Place

DecisionKind: TypeAlias = Literal["request", "exclusion", "identity", "withdrawal", "duplicate", "category"]
Verdict: TypeAlias = Literal["chosen", "nobody", "confirmed", "refused"]


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict on one question, known again by kind, leader and what was typed.

    ``typed`` is, for a request, an exclusion or a category, the text as typed; for a duplicate the id of the other
    registration; for an identity ``edition/leader`` of the earlier edition; for a withdrawal empty. ``choice`` holds
    the leaders chosen (request, exclusion) or the code (category); the other kinds are confirmed or refused.
    """

    place: Place
    kind: DecisionKind
    leader_id: str
    typed: str
    verdict: Verdict
    choice: tuple[str, ...] = ()


@dataclass(slots=True)
class Decisions:
    """The verdicts of one edition, the last one on each question; remembers which ones still had something to decide."""

    all: dict[tuple[str, str, str], Decision] = field(default_factory=dict)
    used: set[tuple[str, str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Decisions":
        """Return the verdicts, given in the order in which they were read: of two on one question the later counts."""
        return cls({(decision.kind, decision.leader_id, decision.typed): decision for decision in decisions})

    def find(self, kind: DecisionKind, leader_id: str, typed: str = "") -> Decision | None:
        """Return the verdict on a question, None where nobody has decided it."""
        key = (kind, leader_id, typed)
        found = self.all.get(key)
        if found:
            self.used.add(key)
        return found
