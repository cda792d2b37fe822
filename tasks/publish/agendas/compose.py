"""From a plan version to agendas: one side of every meeting, the free time between them, the wishes not met."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from tasks.categories import names_in
from tasks.event import Event
from tasks.messages import Language, either
from tasks.publish.agendas.afternoon import Afternoon, Person, PlannedMeeting, UnmetRequest
from tasks.publish.agendas.agenda import (
    Agenda,
    Away,
    FreeTime,
    Meeting,
    Occasion,
    OpenSpace,
    Partner,
    ProgrammeMoment,
    Room,
    Seat,
    UnmetWish,
)
from tasks.publish.agendas.frame import Slot


def agendas(event: Event, afternoon: Afternoon) -> tuple[Agenda, ...]:
    """Return the agenda of every registered leader, in order of their id."""
    return tuple(agenda_of(event, afternoon, person) for person in afternoon.registered)


def agenda_of(event: Event, afternoon: Afternoon, person: Person) -> Agenda:
    """Return the agenda of one leader."""
    planned = afternoon.meetings_by_leader[person.leader_id]
    spaces = _spaces(event, person.language)
    names = names_in(person.language, event.categories)
    busy = {meeting.starts_at for meeting in planned}
    open_slots = [slot for slot in afternoon.frame.slots if slot.starts_at not in busy]
    available = [slot for slot in open_slots if afternoon.frame.is_available(person.leader_id, slot)]
    return Agenda(
        leader_id=person.leader_id,
        catalogue_number=person.catalogue_number,
        language=person.language,
        name=person.name,
        company=person.company,
        job_title=person.job_title or "",
        occasion=occasion_of(event, person.language),
        programme=_programme(event, person.language),
        spaces=spaces,
        meetings=tuple(_meeting(meeting, person, afternoon.people, names) for meeting in planned),
        free=tuple(_free(start, end, spaces) for start, end in _spans(available)),
        away=tuple(Away(start, end) for start, end in _spans(s for s in open_slots if s not in available)),
        unmet=tuple(_unmet(request, afternoon.people) for request in afternoon.unmet_of(person.leader_id)),
        room=_room(event.tables.row_length(len(afternoon.frame.tables)), afternoon.frame.tables, planned),
    )


def occasion_of(event: Event, language: Language) -> Occasion:
    """Return the event as a mail or a sheet in ``language`` names it."""
    return Occasion(
        edition_id=event.id,
        number=event.number,
        title=either(event.title, event.title_en, language),
        held_on=event.date,
        timezone=event.timezone,
        venue=event.venue,
        address=event.address,
        organiser=event.organiser.name,
        organiser_email=event.organiser.reply_to or event.organiser.email,
        organiser_phone=event.organiser.phone,
    )


def _programme(event: Event, language: Language) -> tuple[ProgrammeMoment, ...]:
    moments = (
        ProgrammeMoment(
            event.at(item.start),
            event.at(item.end),
            either(item.title, item.title_en, language),
            either(item.place, item.place_en, language),
        )
        for item in event.programme
    )
    return tuple(sorted(moments, key=lambda moment: moment.starts_at))


def _spaces(event: Event, language: Language) -> tuple[OpenSpace, ...]:
    return tuple(
        OpenSpace(
            code=space.code,
            name=either(space.name, space.name_en, language),
            opens_at=event.at(space.opens),
            closes_at=event.at(space.closes),
            description=either(space.description, space.description_en, language),
        )
        for space in event.spaces
    )


def _meeting(meeting: PlannedMeeting, person: Person, people: dict[str, Person], names: Mapping[str, str]) -> Meeting:
    partner = people[meeting.partner_of(person.leader_id)]
    return Meeting(
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        table=meeting.table_id,
        partner=Partner(
            leader_id=partner.leader_id,
            name=partner.name,
            job_title=partner.job_title or "",
            company=partner.company,
            sells=_named(partner.sells, names),
            seeks=_named(partner.seeks, names),
            presentation=partner.presentation or "",
        ),
        own_rank=meeting.rank_of(person.leader_id),
        is_asked_by_partner=meeting.rank_of(partner.leader_id) is not None,
    )


def _named(labels: Sequence[str], names: Mapping[str, str]) -> tuple[str, ...]:
    """Return what a partner sells or seeks as the reader calls it; own words stay as they were typed."""
    return tuple(names.get(label.casefold(), label) for label in labels)


def _free(start: datetime, end: datetime, spaces: Sequence[OpenSpace]) -> FreeTime:
    """Return a free stretch with the spaces that are open throughout, other than the one for meetings."""
    return FreeTime(
        start,
        end,
        tuple(s.name for s in spaces if s.code != "meetings" and s.opens_at <= start and end <= s.closes_at),
    )


def _spans(slots: Iterable[Slot]) -> list[tuple[datetime, datetime]]:
    """Join slots that follow each other without a pause into (start, end)."""
    stretches: list[tuple[datetime, datetime]] = []
    for slot in slots:
        if stretches and stretches[-1][1] == slot.starts_at:
            stretches[-1] = (stretches[-1][0], slot.ends_at)
        else:
            stretches.append((slot.starts_at, slot.ends_at))
    return stretches


def _unmet(request: UnmetRequest, people: dict[str, Person]) -> UnmetWish:
    partner = people.get(request.to_leader_id)
    name, company = (partner.name, partner.company) if partner else ("", "")
    return UnmetWish(name, company, request.rank, request.reason)


def _room(columns: int, tables: Sequence[str], planned: Iterable[PlannedMeeting]) -> Room:
    own = {meeting.table_id for meeting in planned}
    return Room(
        columns=columns,
        table_count=len(tables),
        row_names=tuple(tables[::columns]),
        seats=tuple(
            Seat(table, position // columns + 1, position % columns + 1)
            for position, table in enumerate(tables)
            if table in own
        ),
    )
