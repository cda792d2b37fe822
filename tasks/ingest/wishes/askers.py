"""Whose answer it is where neither address nor name is a leader's: a person decides, among the likeliest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from rapidfuzz import fuzz, process

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.answers import Answer
from tasks.ingest.records.decisions import Decision, Decisions
from tasks.ingest.rows.audit import ReviewItem
from tasks.ingest.values.folding import company_key, person_key
from tasks.ingest.wishes.recognition import CANDIDATES

# A name as near as this is likelier than a colleague of another name.
_NEAR: Final = 80


@dataclass(frozen=True)
class Askers:
    """Knows who may have given an answer, and what people have decided about it."""

    directory: Directory
    decisions: Decisions

    @cached_property
    def _names(self) -> dict[str, str]:
        return {leader_id: self.directory.name_key_of(leader_id) for leader_id in self.directory.leaders}

    def find(self, answer: Answer) -> str | None:
        """Return whose answer it is: whom a person chose, else whom address, name and company tell."""
        decision = self.decided(answer)
        chosen = decision.choice[0] if decision and decision.choice else ""
        if chosen in self.directory.leaders:
            return chosen
        return self.directory.find(answer.email, answer.full_name, answer.company)

    def decided(self, answer: Answer) -> Decision | None:
        """Return what a person has said of whose answer it is, None where nobody has."""
        return self.decisions.find("asker", "", typed_by(answer))

    def question(self, answer: Answer) -> ReviewItem:
        """Return the question whose answer it is, with up to three leaders by the likeness of their names."""
        return ReviewItem(
            edition_id=next(leader.edition_id for leader in self.directory.leaders.values()),
            kind="asker",
            leader_id="",
            typed=typed_by(answer),
            reason="unknown_asker",
            candidates=json.dumps([{"leader_id": found, "score": score} for found, score in self._likeliest(answer)]),
            file_sha256=answer.place.file_sha256,
            sheet=answer.place.sheet,
            row_number=answer.place.row_number,
        )

    def _likeliest(self, answer: Answer) -> list[tuple[str, float]]:
        """Return those of a near name, then colleagues and those for whom the address paid, then the nearest names."""
        typed = person_key(answer.full_name)
        near = {found: score for _, score, found in process.extract(typed, self._names, scorer=fuzz.WRatio, limit=9)}
        linked = set(self._linked(answer))
        scores = near | {found: fuzz.WRatio(typed, self._names[found]) for found in linked}
        ranked = sorted(scores, key=lambda found: (scores[found] < _NEAR, found not in linked, -scores[found], found))
        return [(found, round(scores[found], 1)) for found in ranked if scores[found] or found in linked][:CANDIDATES]

    def _linked(self, answer: Answer) -> Iterator[str]:
        if answer.company:
            yield from self.directory.of_company_named(company_key(answer.company))
        if answer.email:
            yield from self.directory.addressed(answer.email)
            yield from self.directory.paid_from(answer.email)


def typed_by(answer: Answer) -> str:
    """Return who an answer says it is of: name and company, else the address."""
    if not answer.full_name:
        return answer.email or ""
    return f"{answer.full_name} ({answer.company})" if answer.company else answer.full_name
