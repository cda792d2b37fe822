"""What a night changed about the leaders of an edition: who registered, vanished, withdrew, came back, and each field.

A night may run several times. What is told is the way from how it was before the night to how it is now: the first
``before`` and the last ``after``; what came back to where it was is not told.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo
from typing import Final

from tasks.ingest.rows.audit import Change
from tasks.ingest.rows.core import Company, Leader, Request, Unavailability

_WHOLE: Final = ""
_ABSENT: Final = ""
# What it is called when a leader goes from one state to another; "" is one whom nobody knew, or nobody knows any more.
_KINDS: Final[Mapping[tuple[str, str], str]] = {
    (_ABSENT, "registered"): "registered",
    (_ABSENT, "vanished"): "vanished",
    (_ABSENT, "withdrawn"): "withdrawn",
    ("registered", "vanished"): "vanished",
    ("registered", "withdrawn"): "withdrawn",
    ("registered", _ABSENT): "withdrawn",
    ("vanished", "registered"): "returned",
    ("vanished", "withdrawn"): "withdrawn",
    ("vanished", _ABSENT): "withdrawn",
    ("withdrawn", "registered"): "returned",
    ("withdrawn", "vanished"): "vanished",
    ("withdrawn", _ABSENT): "withdrawn",
}


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The leaders of an edition at one moment, with what only other tables tell.

    ``companies`` maps ids to companies, ``wishes`` leaders to the catalogue numbers they asked for in order,
    ``absences`` to spans in local time such as 14:00-15:10.
    """

    leaders: Mapping[str, Leader]
    companies: Mapping[str, Company]
    wishes: Mapping[str, Sequence[str]]
    absences: Mapping[str, Sequence[str]]

    @classmethod
    def of(
        cls,
        leaders: Iterable[Leader],
        companies: Iterable[Company],
        requests: Iterable[Request],
        unavailabilities: Iterable[Unavailability],
        zone: tzinfo,
    ) -> "Snapshot":
        """Return what the rows of one edition tell."""
        by_id = {leader.leader_id: leader for leader in leaders}
        wishes: dict[str, list[str]] = defaultdict(list)
        for _, number, request in sorted(
            (request.rank, by_id[request.to_leader_id].catalogue_number, request) for request in requests
        ):
            wishes[request.from_leader_id].append(str(number))
        absences: dict[str, list[str]] = defaultdict(list)
        for row in sorted(unavailabilities):
            times = (moment.astimezone(zone) for moment in (row.starts_at, row.ends_at))
            absences[row.leader_id].append("–".join(f"{time:%H:%M}" for time in times))  # noqa: RUF001 -- a span
        return cls(by_id, {company.company_id: company for company in companies}, wishes, absences)

    def state(self, leader_id: str) -> str:
        """Return ``registered``, ``vanished``, ``withdrawn``, or nothing where there is no such leader.

        Who turned out to be another leader has not withdrawn: that is a field of its own.
        """
        leader = self.leaders.get(leader_id)
        if leader is None:
            return _ABSENT
        if leader.merged_into or leader.status == "registered":
            return "vanished" if leader.is_vanished else "registered"
        return leader.status

    def fields(self, leader_id: str) -> dict[str, str]:
        """Return what is told of a leader, by field, as a person would read it."""
        leader = self.leaders[leader_id]
        stays = self.leaders.get(leader.merged_into or "")
        company = self.companies.get(leader.company_id)
        wishes = self.wishes.get(leader_id, ())
        return {
            "family_name": leader.family_name,
            "given_name": leader.given_name,
            "company": company.name if company else "",
            "siren": (company and company.siren) or "",
            "postcode": (company and company.postcode) or "",
            "town": (company and company.town) or "",
            "job_title": leader.job_title or "",
            "email": leader.email or "",
            "payer_email": leader.payer_email or "",
            "phone": leader.phone or "",
            "language": leader.language,
            "role": leader.role,
            "presentation": leader.presentation or "",
            "max_meetings": "" if leader.max_meetings is None else str(leader.max_meetings),
            "wishes": str(len(wishes)),
            "wish_list": ", ".join(wishes),
            "availability": ", ".join(self.absences.get(leader_id, ())),
            "merged_into": str(stays.catalogue_number) if stays else "",
        }

    def is_as_in(self, other: "Snapshot", leader_id: str) -> bool:
        """Say at little cost that nothing is told of a leader: most leaders change on no night."""
        leader = self.leaders.get(leader_id)
        return (
            leader is not None
            and leader == other.leaders.get(leader_id)
            and self.companies.get(leader.company_id) == other.companies.get(leader.company_id)
            and self.wishes.get(leader_id) == other.wishes.get(leader_id)
            and self.absences.get(leader_id) == other.absences.get(leader_id)
        )


def changes_of_night(
    edition_id: str, night: date, before: Snapshot, after: Snapshot, told: Sequence[Change]
) -> tuple[Change, ...]:
    """Return all changes of a night, which take the place of those ``told`` so far in it.

    ``before`` is what the last rebuild held, ``after`` what this one holds.
    """
    earlier: dict[str, dict[str, str]] = {}
    for change in told:
        earlier.setdefault(change.leader_id, {})[change.field] = change.before
    return tuple(
        Change(edition_id, night, leader_id, kind, field, *values)
        for leader_id in sorted({*before.leaders, *after.leaders, *earlier})
        if leader_id in earlier or not before.is_as_in(after, leader_id)
        for kind, field, values in _changes(leader_id, before, after, earlier.get(leader_id, {}))
    )


def _changes(
    leader_id: str, before: Snapshot, after: Snapshot, earlier: Mapping[str, str]
) -> Iterator[tuple[str, str, tuple[str, str]]]:
    """Yield kind, field, and the values before and after; ``earlier`` holds by field what was before the night."""
    states = earlier.get(_WHOLE, before.state(leader_id)), after.state(leader_id)
    if states[0] != states[1]:
        yield _KINDS[states], _WHOLE, states
    if leader_id not in after.leaders or states[0] == _ABSENT:
        return  # who is new has not changed
    now = after.fields(leader_id)
    then = (before.fields(leader_id) if leader_id in before.leaders else now) | {
        field: value for field, value in earlier.items() if field != _WHOLE
    }
    for field, value in now.items():
        if then[field] != value:
            yield "changed", field, (then[field], value)
