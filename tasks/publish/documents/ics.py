"""One leader's meetings as an iCalendar object (RFC 5545), the same bytes for the same plan version.

A meeting keeps its UID over all versions of the plan and raises its SEQUENCE, so that a calendar moves the entry
instead of adding another; what an earlier version held and this one does not comes back as cancelled.
"""

from datetime import UTC, datetime, timedelta
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from icalendar import Calendar, Timezone, TimezoneDaylight, TimezoneStandard, vRecur
from icalendar import Event as Entry

from tasks.errors import RencontresError
from tasks.messages import Language, message
from tasks.publish.agendas.afternoon import PlannedMeeting, PlanVersion
from tasks.publish.agendas.agenda import Agenda, Meeting
from tasks.publish.agendas.wording import origin

PARIS: Final = "Europe/Paris"
_NAMESPACE: Final = uuid5(NAMESPACE_URL, "https://rencontres.example/meeting")


def meeting_uid(edition_id: str, leader_a: str, leader_b: str) -> UUID:
    """Return the UID of a pair's meeting: the same in every plan version and for both sides."""
    return uuid5(_NAMESPACE, "/".join((edition_id, *sorted((leader_a, leader_b)))))


def calendar(agenda: Agenda, version: PlanVersion, former: tuple[PlannedMeeting, ...] = ()) -> bytes:
    """Return the calendar file of a leader; ``former`` are meetings that they were told of and that no longer stand."""
    made = Calendar()
    made.add("prodid", "-//Rencontres//agenda//FR")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    if agenda.occasion.timezone == PARIS:
        made.add_component(_paris())
    for meeting in agenda.meetings:
        made.add_component(_entry(agenda, meeting, version))
    for gone in former:
        made.add_component(_cancelled(agenda, gone, version))
    text: bytes = made.to_ical()
    return text


def _entry(agenda: Agenda, meeting: Meeting, version: PlanVersion) -> Entry:
    partner = meeting.partner
    entry = _span(agenda, partner.leader_id, meeting.starts_at, meeting.ends_at, version)
    title = message(
        "Meeting: {name} ({company}), table {table}", name=partner.name, company=partner.company, table=meeting.table
    )
    entry.add("summary", title.translated(agenda.language))
    entry.add("description", _description(meeting, agenda.language))
    place = message("table {table}", table=meeting.table).translated(agenda.language)
    entry.add("location", ", ".join(part for part in (agenda.occasion.venue, agenda.occasion.address, place) if part))
    entry.add("status", "CONFIRMED")
    return entry


def _cancelled(agenda: Agenda, meeting: PlannedMeeting, version: PlanVersion) -> Entry:
    partner_id = meeting.partner_of(agenda.leader_id)
    entry = _span(agenda, partner_id, meeting.starts_at, meeting.ends_at, version)
    title = message("Cancelled meeting, table {table}", table=meeting.table_id)
    entry.add("summary", title.translated(agenda.language))
    entry.add("status", "CANCELLED")
    return entry


def _span(agenda: Agenda, partner_id: str, start: datetime, end: datetime, version: PlanVersion) -> Entry:
    """Begin an entry. No library checks that an entry ends after it starts, so this does."""
    if end <= start:
        raise RencontresError(message("a meeting of {leader} ends before it starts.", leader=agenda.leader_id))
    entry = Entry()
    entry.add("uid", str(meeting_uid(agenda.occasion.edition_id, agenda.leader_id, partner_id)))
    entry.add("dtstamp", version.created_at.astimezone(UTC))
    entry.add("sequence", version.number)
    in_paris = agenda.occasion.timezone == PARIS  # elsewhere in UTC, which needs no definition of a zone
    entry.add("dtstart", start if in_paris else start.astimezone(UTC))
    entry.add("dtend", end if in_paris else end.astimezone(UTC))
    return entry


def _description(meeting: Meeting, language: Language) -> str:
    partner = meeting.partner
    lines = (
        " · ".join(part for part in (partner.name, partner.job_title, partner.company) if part),
        partner.presentation,
        partner.sells and message("Sells: {what}", what=", ".join(partner.sells)).translated(language),
        partner.seeks and message("Seeks: {what}", what=", ".join(partner.seeks)).translated(language),
        origin(meeting).translated(language),
    )
    return "\n".join(line for line in lines if line)


def _paris() -> Timezone:
    """Return the classic definition of the zone; the one that icalendar generates has a wrong summer onset."""
    zone = Timezone()
    zone.add("tzid", PARIS)
    for kind, name, (before, after), (month, last_sunday_of_1970, hour) in (
        (TimezoneDaylight, "CEST", (1, 2), (3, 29, 2)),
        (TimezoneStandard, "CET", (2, 1), (10, 25, 3)),
    ):
        rule = kind()
        rule.add("dtstart", datetime(1970, month, last_sunday_of_1970, hour))  # noqa: DTZ001 -- local time by definition
        rule.add("rrule", vRecur({"freq": "yearly", "bymonth": month, "byday": "-1su"}))
        rule.add("tzname", name)
        rule.add("tzoffsetfrom", timedelta(hours=before))
        rule.add("tzoffsetto", timedelta(hours=after))
        zone.add_component(rule)
    return zone
