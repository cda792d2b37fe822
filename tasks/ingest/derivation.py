"""One edition: from its records to the rows of all its tables."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.event import Event
from tasks.event_sections import EarlierEdition
from tasks.ingest.current import Records
from tasks.ingest.outcomes import Afternoon
from tasks.ingest.people.directory import Directory
from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import derive_people
from tasks.ingest.records.afternoon import CheckIn, DealAnswer, PairOutcome, Stand, SurveyAnswer
from tasks.ingest.records.answers import Answer
from tasks.ingest.records.availability import Hours
from tasks.ingest.records.decisions import Decisions, decision_rows
from tasks.ingest.records.rejection import Rejection
from tasks.ingest.records.tickets import Ticket
from tasks.ingest.rows.core import Edition, Exhibitor
from tasks.ingest.rows.tables import TableRow
from tasks.ingest.wishes.nomenclature import Nomenclature
from tasks.ingest.wishes.suggestions import suggest_all
from tasks.ingest.wishes.wishes import Wishes, derive_wishes


@dataclass(frozen=True, slots=True)
class Derived:
    """The rows of one edition, of all its tables, and what pointed to nobody."""

    rows: tuple[TableRow, ...]
    rejections: tuple[Rejection, ...]


def derive_edition(
    edition: EarlierEdition, event: Event, records: Records, memory: Memory, decisions: Decisions
) -> Derived:
    """Return everything that the records of an edition come to; what people have decided wins over every rule."""
    people = derive_people(edition.id, records.of(Ticket), memory, decisions, records.vanished)
    directory = Directory(people)
    nomenclature = Nomenclature.of(event.categories)
    numbers = {leader.catalogue_number: leader.leader_id for leader in people.leaders} | dict(people.former_numbers)
    unsettled = decisions.settle(numbers, nomenclature.code_named)
    wishes = derive_wishes(directory, records.of(Answer), _hours(edition, event), decisions, nomenclature)
    after = _after(edition.id, directory, records, {row.registration_id: row.leader_id for row in people.registrations})
    return Derived(
        rows=(
            Edition(edition.id, edition.number, edition.title or event.title, edition.date, edition.id == event.id),
            *people.companies,
            *wishes.leaders,
            *people.merged,
            *people.registrations,
            *people.merges,
            *people.review_items,
            *_wished(wishes),
            *(suggest_all(wishes, event) if edition.id == event.id else ()),
            *_exhibitors(edition.id, records.of(Stand)),
            *after.rows,
            *decision_rows(edition.id, decisions),
        ),
        rejections=(*unsettled, *wishes.rejections, *after.rejections),
    )


def _wished(wishes: Wishes) -> tuple[TableRow, ...]:
    return (
        *wishes.requests,
        *wishes.offers,
        *wishes.unavailabilities,
        *wishes.exclusions,
        *wishes.review_items,
    )


def _hours(edition: EarlierEdition, event: Event) -> Hours:
    """Return the hours of an edition; earlier ones are taken to have had those of this one."""
    opens, closes = (
        datetime.combine(edition.date, moment, tzinfo=event.zone)
        for moment in (event.meetings.opens, event.meetings.closes)
    )
    return Hours(opens, closes)


def _after(edition_id: str, directory: Directory, records: Records, leader_of: Mapping[str, str | None]) -> Derived:
    afternoon = Afternoon(edition_id, directory)
    outcomes, ratings = afternoon.outcomes(records.of(PairOutcome))
    rows = (
        *afternoon.attendance(records.of(Ticket), records.of(CheckIn), leader_of),
        *outcomes,
        *ratings,
        *afternoon.survey(records.of(SurveyAnswer)),
        *afternoon.deals(records.of(DealAnswer), outcomes),
    )
    return Derived(rows, tuple(afternoon.rejections))


def _exhibitors(edition_id: str, stands: Sequence[Stand]) -> tuple[Exhibitor, ...]:
    """Return the exhibitors in the order of the list, numbered E001 and so on."""
    return tuple(
        Exhibitor(edition_id, f"E{number:03d}", stand.name, stand.kind, stand.stand or None, stand.description or None)
        for number, stand in enumerate(sorted(stands, key=lambda stand: stand.place), start=1)
    )
