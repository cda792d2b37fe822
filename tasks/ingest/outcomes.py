"""The rows after the event to the ``day`` tables; a row that points to nobody is refused."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final, TypeVar

from tasks.ingest.people.directory import Directory
from tasks.ingest.records.afternoon import CheckIn, DealAnswer, PairOutcome, SurveyAnswer
from tasks.ingest.records.rejection import ROW, Place, Rejection
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.day import Attendance, Deal, Outcome, Rating, SurveyAnswerRow
from tasks.ingest.wishes.recognition import Doubt, Recogniser

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
Dated = TypeVar("Dated", SurveyAnswer, DealAnswer)


@dataclass(slots=True)
class Afternoon:
    """Turns the rows of one edition into those of ``day``; ``rejections`` grows as rows point to nobody."""

    edition_id: str
    directory: Directory
    rejections: list[Rejection] = field(default_factory=list)

    def attendance(
        self, tickets: Sequence[Ticket], check_ins: Sequence[CheckIn], leader_of: Mapping[str, str | None]
    ) -> tuple[Attendance, ...]:
        """Return who was there: by the tickets scanned, if any was, and by the check-in lists.

        ``leader_of`` maps ticket numbers to leaders. Whoever showed one of several tickets was there.
        """
        seen: dict[str, Attendance] = {}
        for leader_id, is_present, at in (*self._scanned(tickets, leader_of), *self._checked_in(check_ins, leader_of)):
            if leader_id not in seen or (is_present and not seen[leader_id].is_present):
                seen[leader_id] = Attendance(self.edition_id, leader_id, is_present, at if is_present else None)
        return tuple(sorted(seen.values(), key=lambda row: row.leader_id))

    def _scanned(
        self, tickets: Sequence[Ticket], leader_of: Mapping[str, str | None]
    ) -> Iterator[tuple[str, bool, datetime | None]]:
        if not any(ticket.is_present for ticket in tickets):
            return  # an export from before the afternoon: that nobody was scanned says nothing
        for ticket in tickets:
            leader_id = leader_of.get(ticket.number)
            if ticket.is_present is not None and leader_id:
                yield leader_id, ticket.is_present, ticket.checked_in_at

    def _checked_in(
        self, check_ins: Sequence[CheckIn], leader_of: Mapping[str, str | None]
    ) -> Iterator[tuple[str, bool, datetime | None]]:
        for row in check_ins:
            name = f"{row.given_name} {row.family_name}"
            leader_id = leader_of.get(row.ticket_number) or self.directory.find(None, name)
            if leader_id:
                yield leader_id, row.is_present, row.checked_in_at
            elif row.is_present:
                self._refuse(row.place, "unknown_ticket" if row.ticket_number not in leader_of else "ticket_not_valid")

    def outcomes(self, rows: Sequence[PairOutcome]) -> tuple[tuple[Outcome, ...], tuple[Rating, ...]]:
        """Return what became of the meetings, and the ratings both gave."""
        outcomes: dict[tuple[str, str], Outcome] = {}
        ratings: dict[tuple[str, str], Rating] = {}
        for row in rows:
            pair = [self.directory.by_number.get(number) for number in row.numbers]
            if pair[0] is None or pair[1] is None:
                self._refuse(row.place, "unknown_catalogue_number")
                continue
            first, second = sorted((pair[0], pair[1]))
            outcomes[first, second] = Outcome(self.edition_id, first, second, row.outcome, row.is_same_day)
            for leader_id, partner_id, rating in (
                (pair[0], pair[1], row.ratings[0]),
                (pair[1], pair[0], row.ratings[1]),
            ):
                if rating:
                    ratings[leader_id, partner_id] = Rating(self.edition_id, leader_id, partner_id, rating)
        return tuple(sorted(outcomes.values())), tuple(sorted(ratings.values()))

    def survey(self, rows: Sequence[SurveyAnswer]) -> tuple[SurveyAnswerRow, ...]:
        """Return the last answer of each leader."""
        last = {
            leader_id: SurveyAnswerRow(
                self.edition_id, leader_id, row.satisfaction, row.recommendation, row.answered_at
            )
            for row, leader_id in self._known(rows)
        }
        return tuple(last[leader_id] for leader_id in sorted(last))

    def deals(self, rows: Sequence[DealAnswer], met: Sequence[Outcome]) -> tuple[Deal, ...]:
        """Return the last word on each deal; of several leaders of a company it is the one that was met."""
        recogniser = Recogniser(self.directory)
        meetings = {pair for row in met for pair in ((row.leader_a, row.leader_b), (row.leader_b, row.leader_a))}
        last: dict[tuple[str, str], Deal] = {}
        for row, leader_id in self._known(rows):
            found = recogniser.recognise(row.partner)
            partners = () if isinstance(found, Doubt) else found.leader_ids
            others = [partner_id for partner_id in partners if partner_id != leader_id]
            if not others:
                self._refuse(row.place, "unknown_partner")
                continue
            partner_id = min(others, key=lambda other: (leader_id, other) not in meetings)
            last[leader_id, partner_id] = Deal(
                self.edition_id,
                leader_id,
                partner_id,
                row.amount_cents,
                row.attribution_share,
                row.confidence_share,
            )
        return tuple(last[pair] for pair in sorted(last))

    def _known(self, rows: Sequence[Dated]) -> Iterator[tuple[Dated, str]]:
        """Yield the rows of leaders, the last one last; refuse those of strangers."""
        for row in sorted(rows, key=lambda row: (row.answered_at or _FIRST, row.place)):
            leader_id = self.directory.find(row.email)
            if leader_id is None:
                self._refuse(row.place, "unknown_person")
            else:
                yield row, leader_id

    def _refuse(self, place: Place, rule: str) -> None:
        self.rejections.append(Rejection(place, ROW, rule, "row"))
