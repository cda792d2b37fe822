from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import vobject
from icalendar import Calendar

from tasks.errors import RencontresError
from tasks.publish.agendas.afternoon import Afternoon, read_afternoon
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents.ics import calendar
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, add_plan, eight_leaders, first_plan


def read(workspace: Workspace, leader_id: str, version_id: str = "19-v1") -> tuple[Afternoon, Agenda]:
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, version_id, workspace.event.zone)
    return afternoon, next(agenda for agenda in agendas(workspace.event, afternoon) if agenda.leader_id == leader_id)


def test_entries_bear_table_venue_and_partner_in_local_time(planned: Workspace) -> None:
    afternoon, james = read(planned, "L002")
    found = Calendar.from_ical(calendar(james, afternoon.version))
    entry = found.walk("VEVENT")[0]
    assert str(found["METHOD"]) == "PUBLISH"
    assert str(entry["SUMMARY"]) == "Meeting: Claire Morel (Ateliers Morel), table T12"
    assert str(entry["LOCATION"]) == "Gayant Expo, Route de Tournai, 59500 Douai, table T12"
    assert entry["DTSTART"].params["TZID"] == "Europe/Paris"
    assert (entry["DTEND"].dt - entry["DTSTART"].dt) == timedelta(minutes=20)
    assert entry["DTSTART"].dt.astimezone(UTC) == datetime(2026, 12, 3, 13, 40, tzinfo=UTC)
    assert int(entry["SEQUENCE"]) == 1
    assert entry["DTSTAMP"].dt == datetime(2026, 11, 27, 9, 30, tzinfo=UTC)


def test_the_zone_changes_on_the_last_sundays_of_march_and_october(planned: Workspace) -> None:
    afternoon, james = read(planned, "L002")
    zone = Calendar.from_ical(calendar(james, afternoon.version)).walk("VTIMEZONE")[0].to_tz()
    days = ((2026, 12, 3), (2026, 7, 1), (2027, 3, 27), (2027, 3, 29))
    offsets = [datetime(*day, 12, tzinfo=zone).utcoffset() for day in days]
    assert offsets == [timedelta(hours=hours) for hours in (1, 2, 1, 2)]


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence(planned: Workspace) -> None:
    moved = replace(first_plan(), number=2, meetings=[("L001", "L002", 7, "T40", 1, 3)])
    add_plan(planned, eight_leaders(), moved)
    entries = []
    for version_id in ("19-v1", "19-v2"):
        afternoon, james = read(planned, "L002", version_id)
        entries.append(Calendar.from_ical(calendar(james, afternoon.version)).walk("VEVENT")[0])
    assert entries[0]["UID"] == entries[1]["UID"]
    assert [int(entry["SEQUENCE"]) for entry in entries] == [1, 2]


def test_both_sides_of_a_meeting_have_the_same_uid(planned: Workspace) -> None:
    uids = []
    for leader_id in ("L001", "L002"):
        afternoon, agenda = read(planned, leader_id)
        uids.append({str(e["UID"]) for e in Calendar.from_ical(calendar(agenda, afternoon.version)).walk("VEVENT")})
    assert len(uids[0] & uids[1]) == 1


def test_a_meeting_that_no_longer_stands_comes_back_as_cancelled(planned: Workspace) -> None:
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2, meetings=[("L001", "L003", 3, "T12", None, 1)]))
    afternoon, james = read(planned, "L002", "19-v2")
    entries = Calendar.from_ical(calendar(james, afternoon.version, afternoon.former_meetings_of("L002"))).walk(
        "VEVENT"
    )
    assert [(str(entry["STATUS"]), int(entry["SEQUENCE"])) for entry in entries] == [("CANCELLED", 2), ("CANCELLED", 2)]


def test_outside_paris_times_are_written_in_utc_without_a_zone(planned: Workspace) -> None:
    afternoon, james = read(planned, "L002")
    elsewhere = replace(james, occasion=replace(james.occasion, timezone="Europe/Brussels"))
    found = Calendar.from_ical(calendar(elsewhere, afternoon.version))
    assert found.walk("VTIMEZONE") == []
    assert found.walk("VEVENT")[0].to_ical().count(b"DTSTART:20261203T134000Z") == 1


def test_a_meeting_that_ends_before_it_starts_is_refused(planned: Workspace) -> None:
    afternoon, james = read(planned, "L002")
    meeting = james.meetings[0]
    backwards = replace(james, meetings=(replace(meeting, ends_at=meeting.starts_at),))
    with pytest.raises(RencontresError, match="ends before it starts"):
        calendar(backwards, afternoon.version)


def test_the_same_version_gives_the_same_bytes(planned: Workspace) -> None:
    afternoon, james = read(planned, "L002")
    assert calendar(james, afternoon.version) == calendar(james, afternoon.version)


def test_a_second_parser_reads_the_same(planned: Workspace) -> None:
    afternoon, claire = read(planned, "L001")
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2, meetings=first_plan().meetings[1:]))
    after, later = read(planned, "L001", "19-v2")
    for content in (
        calendar(claire, afternoon.version),
        calendar(later, after.version, after.former_meetings_of("L001")),
    ):
        entries = Calendar.from_ical(content).walk("VEVENT")
        others = vobject.readOne(content.decode("utf-8"), validate=True).vevent_list
        assert [(o.uid.value, o.summary.value, o.status.value, o.sequence.value) for o in others] == [
            (str(e["UID"]), str(e["SUMMARY"]), str(e["STATUS"]), str(e["SEQUENCE"])) for e in entries
        ]
        assert [o.dtstart.value.astimezone(UTC) for o in others] == [e["DTSTART"].dt.astimezone(UTC) for e in entries]
