"""Answers of the form to requests, offers, exclusions and unavailability; what is unclear becomes a question."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Final, Literal

from tasks.ingest.answers import Answer
from tasks.ingest.audit_rows import ReviewItem
from tasks.ingest.availability import Hours, absences
from tasks.ingest.directory import Directory
from tasks.ingest.recognition import Doubt, Recogniser
from tasks.ingest.rejection import ROW, Rejection
from tasks.ingest.rows import Exclusion, Leader, Offer, Request, Unavailability

_FIRST: Final = datetime.min.replace(tzinfo=UTC)
_COMPLEMENTS: Final = {("buyer", "supplier"), ("supplier", "buyer")}


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the answers of an edition come to; ``leaders`` carry what they said of themselves."""

    leaders: tuple[Leader, ...]
    requests: tuple[Request, ...] = ()
    offers: tuple[Offer, ...] = ()
    unavailabilities: tuple[Unavailability, ...] = ()
    exclusions: tuple[Exclusion, ...] = ()
    review_items: tuple[ReviewItem, ...] = ()
    rejections: tuple[Rejection, ...] = ()


def derive_wishes(directory: Directory, answers: Sequence[Answer], hours: Hours) -> Wishes:
    """Return the wishes of an edition: the last answer of each leader counts, those of strangers are refused."""
    last, rejections = last_answers(directory, answers)
    leaders = tuple(_told(leader, last.get(leader_id)) for leader_id, leader in directory.leaders.items())
    told = Directory(replace(directory.people, leaders=leaders))
    reading = _Reading(told, Recogniser(told))
    for leader_id, answer in sorted(last.items()):
        reading.read(told.leaders[leader_id], answer)
    return Wishes(
        leaders=leaders,
        requests=tuple(sorted(reading.requests.values())),
        offers=tuple(sorted(offer for leader_id, answer in last.items() for offer in _offers(told, leader_id, answer))),
        unavailabilities=tuple(
            sorted(
                Unavailability(told.leaders[leader_id].edition_id, leader_id, *span)
                for leader_id, answer in last.items()
                for span in absences(answer, hours)
            )
        ),
        exclusions=tuple(sorted(reading.exclusions)),
        review_items=tuple(sorted(reading.review_items.values())),
        rejections=rejections,
    )


def last_answers(directory: Directory, answers: Sequence[Answer]) -> tuple[dict[str, Answer], tuple[Rejection, ...]]:
    """Return each leader's last answer, and the refusal of answers of strangers and of those that were replaced."""
    last: dict[str, Answer] = {}
    rejections = []
    for answer in sorted(answers, key=lambda answer: (answer.answered_at or _FIRST, answer.place)):
        leader_id = directory.find(answer.email, answer.full_name, answer.company)
        if leader_id is None:
            rejections.append(Rejection(answer.place, ROW, "unknown_person", "row"))
            continue
        if leader_id in last:
            rejections.append(Rejection(last[leader_id].place, ROW, "replaced_by_later_answer", "row"))
        last[leader_id] = answer
    return last, tuple(rejections)


def _told(leader: Leader, answer: Answer | None) -> Leader:
    """Return the leader with what the answer says; what it leaves open stays."""
    if answer is None:
        return leader
    return replace(
        leader,
        role=answer.role or leader.role,
        presentation=answer.presentation or None,
        language=answer.language or leader.language,
        max_meetings=answer.max_meetings,
    )


def _offers(directory: Directory, leader_id: str, answer: Answer) -> Iterator[Offer]:
    edition_id = directory.leaders[leader_id].edition_id
    for side, labels in (("sells", answer.sells), ("seeks", answer.seeks)):
        for label in labels:
            yield Offer(edition_id, leader_id, side, label)


@dataclass(slots=True)
class _Reading:
    """Collects what the typed names of all answers come to."""

    directory: Directory
    recogniser: Recogniser
    requests: dict[tuple[str, str], Request] = field(default_factory=dict)
    exclusions: set[Exclusion] = field(default_factory=set)
    review_items: dict[tuple[str, str, str], ReviewItem] = field(default_factory=dict)

    def read(self, leader: Leader, answer: Answer) -> None:
        for wish in answer.wishes:
            self._request(leader, answer, wish.rank, wish.typed)
        for typed in answer.excluded:
            self._exclude(leader, answer, typed)

    def _request(self, leader: Leader, answer: Answer, rank: int, typed: str) -> None:
        found = self.recogniser.recognise(typed)
        if not isinstance(found, Doubt) and self._is_own(leader, found.leader_ids):
            found = Doubt("own_company")
        if isinstance(found, Doubt):
            self._ask("request", leader, answer, typed, found)
            return
        partner_id = self._best(leader, found.leader_ids)
        # A name that comes twice counts where it came first.
        self.requests.setdefault(
            (leader.leader_id, partner_id),
            Request(
                edition_id=leader.edition_id,
                from_leader_id=leader.leader_id,
                to_leader_id=partner_id,
                rank=rank,
                match_rule=found.rule,
                match_score=found.score,
                file_sha256=answer.place.file_sha256,
                sheet=answer.place.sheet,
                row_number=answer.place.row_number,
            ),
        )

    def _exclude(self, leader: Leader, answer: Answer, typed: str) -> None:
        found = self.recogniser.recognise(typed)
        if isinstance(found, Doubt):
            self._ask("exclusion", leader, answer, typed, found)
            return
        for partner_id in found.leader_ids:
            if partner_id != leader.leader_id:
                self.exclusions.add(Exclusion(leader.edition_id, *sorted((leader.leader_id, partner_id))))

    def _is_own(self, leader: Leader, leader_ids: Sequence[str]) -> bool:
        return self.directory.leaders[leader_ids[0]].company_id == leader.company_id

    def _best(self, leader: Leader, leader_ids: Sequence[str]) -> str:
        """Return whom a request goes to: the registered leader who complements the asker best, else the first."""

        def preference(leader_id: str) -> tuple[bool, int]:
            partner = self.directory.leaders[leader_id]
            return partner.status != "registered", _distance(leader.role, partner.role)

        return min(leader_ids, key=preference)

    def _ask(
        self, kind: Literal["request", "exclusion"], leader: Leader, answer: Answer, typed: str, doubt: Doubt
    ) -> None:
        candidates = [{"leader_id": leader_id, "score": score} for leader_id, score in doubt.candidates]
        self.review_items.setdefault(
            (kind, leader.leader_id, typed),
            ReviewItem(
                edition_id=leader.edition_id,
                kind=kind,
                leader_id=leader.leader_id,
                typed=typed,
                reason=doubt.reason,
                candidates=json.dumps(candidates),
                file_sha256=answer.place.file_sha256,
                sheet=answer.place.sheet,
                row_number=answer.place.row_number,
            ),
        )


def _distance(role: str, other: str) -> int:
    """Return how ill two roles go together: 0 buyer and supplier, 1 where one is both, 2 two of a kind."""
    if (role, other) in _COMPLEMENTS:
        return 0
    return 1 if "both" in {role, other} else 2
