"""What a person has decided about what ingestion could not be sure of; a verdict wins over every rule from then on."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final, TypeAlias

from tasks.ingest.records.rejection import Place, Rejection
from tasks.ingest.rows.audit import DecisionRow
from tasks.questionnaire import QuestionKind, Verdict, short

DecisionKind: TypeAlias = QuestionKind
ANSWER: Final = "answer"  # the field of the workbook that holds what the organiser filled in


@dataclass(frozen=True, slots=True)
class Decision:
    """A person's verdict on one question, known again by kind, leader and what was typed.

    ``typed`` is, for a request, an exclusion or a category, the text as typed; for a duplicate the id of the other
    registration; for a company what ``company_question`` returns; for an identity ``edition/leader`` of the earlier
    edition; for a withdrawal empty; for an asker who the answer says it is of, and ``leader_id`` is empty. ``choice``
    holds the leaders chosen (request, exclusion, asker) or the code (category); the other kinds are confirmed or
    refused. As read, ``choice`` holds catalogue numbers or the name of a category; ``Decisions.settle`` puts the ids in
    their place.
    """

    place: Place
    kind: DecisionKind
    leader_id: str
    typed: str
    verdict: Verdict
    choice: tuple[str, ...] = ()


@dataclass(slots=True)
class Decisions:
    """The verdicts of one edition, the last one on each question; remembers which still had something to decide."""

    all: dict[tuple[str, str, str], Decision] = field(default_factory=dict)
    used: set[tuple[str, str, str]] = field(default_factory=set)

    @classmethod
    def of(cls, decisions: Iterable[Decision]) -> "Decisions":
        """Return the verdicts, given in the order in which they were read: of two on one question the later counts."""
        return cls({(decision.kind, decision.leader_id, short(decision.typed)): decision for decision in decisions})

    def find(self, kind: DecisionKind, leader_id: str, typed: str = "") -> Decision | None:
        """Return the verdict on a question, None where nobody has decided it."""
        if not self.all:
            return None
        key = (kind, leader_id, short(typed))
        found = self.all.get(key)
        if found:
            self.used.add(key)
        return found

    def settle(self, leader_of: Mapping[int, str], code_of: Callable[[str], str | None]) -> tuple[Rejection, ...]:
        """Put leader ids in the place of catalogue numbers, and codes in that of names of categories.

        ``leader_of`` maps catalogue numbers to leaders. A verdict that names nobody is dropped and refused.
        """
        rejections = []
        for key, decision in list(self.all.items()):
            if decision.verdict != "chosen":
                continue
            if decision.kind == "category":
                found = [code_of(name) for name in decision.choice]
            else:
                found = [leader_of.get(int(number)) for number in decision.choice]
            if None in found:
                del self.all[key]
                rejections.append(Rejection(decision.place, ANSWER, "unknown_answer", "text"))
            else:
                self.all[key] = replace(decision, choice=tuple(choice for choice in found if choice))
        return tuple(rejections)


def decision_rows(edition_id: str, decisions: Decisions) -> tuple[DecisionRow, ...]:
    """Return the verdicts of an edition as rows; ask when every rule has looked for its own.

    Editions are linked later, by a task of its own: a verdict on an identity counts as used.
    """
    return tuple(
        DecisionRow(
            edition_id=edition_id,
            kind=kind,
            leader_id=leader_id,
            typed=typed,
            verdict=decision.verdict,
            choice=json.dumps(decision.choice),
            is_used=kind == "identity" or (kind, leader_id, typed) in decisions.used,
            file_sha256=decision.place.file_sha256,
            sheet=decision.place.sheet,
            row_number=decision.place.row_number,
        )
        for (kind, leader_id, typed), decision in sorted(decisions.all.items(), key=lambda item: item[0])
    )
