from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from icalendar import Calendar

from tasks.publish.agendas.afternoon import PlannedMeeting, read_afternoon
from tasks.publish.agendas.compose import agendas
from tasks.publish.outbox.changes import changes, in_words
from tasks.publish.outbox.ledger import read_entries
from tasks.publish.outbox.owing import fill_outbox
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, add_plan, eight_leaders, first_plan

AT = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
OTHERS = first_plan().meetings[1:]

pytestmark = pytest.mark.usefixtures("quick_sheets")


@pytest.fixture
def told(planned: Workspace) -> Workspace:
    """Everybody has had the agenda of the first plan."""
    fill_outbox(planned, AT)
    with planned.writing() as db:
        db._connection.execute("update outbox.message set state = 'sent', attempt_count = 1")
    return planned


def second(meetings: list[tuple[str, str, int, str, int | None, int | None]]) -> Plan:
    return replace(first_plan(), number=2, meetings=meetings)


def mail_to(workspace: Workspace, leader_id: str) -> EmailMessage:
    read = message_from_bytes((workspace.out / f"19-v2/mails/{leader_id}.eml").read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def what_changes(workspace: Workspace, leader_id: str) -> list[str]:
    """The lines below the heading, with plain spaces and apostrophes."""
    body = mail_to(workspace, leader_id).get_body(("plain",))
    assert body is not None
    text = body.get_content().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'")
    return [line.removeprefix("- ") for line in text.splitlines() if line.startswith("- ")]


def written(workspace: Workspace, plan: Plan) -> list[str]:
    add_plan(workspace, eight_leaders(), plan)
    fill_outbox(workspace, AT)
    return sorted(path.stem for path in (workspace.out / "19-v2" / "mails").glob("*"))


@pytest.mark.parametrize(
    ("position", "table", "french", "english"),
    [
        (
            7, "T55",
            "désormais à 16 h 20, table T55, au lieu de 14 h 40, table T12",
            "now at 16:20, table T55, instead of 14:40, table T12",
        ),
        (
            7, "T12",
            "désormais à 16 h 20 au lieu de 14 h 40, toujours table T12",
            "now at 16:20 instead of 14:40, still table T12",
        ),
        (
            2, "T55",
            "toujours à 14 h 40, désormais table T55 au lieu de T12",
            "still at 14:40, now table T55 instead of T12",
        ),
    ],
)  # fmt: skip
def test_a_moved_meeting_is_told_to_both_and_nobody_else(
    told: Workspace, position: int, table: str, french: str, english: str
) -> None:
    assert written(told, second([("L001", "L002", position, table, 1, 3), *OTHERS])) == ["L001", "L002"]
    assert what_changes(told, "L001") == [f"Rendez-vous déplacé : James O'Connor, Northbridge Tooling Ltd, {french}"]
    assert what_changes(told, "L002") == [f"Moved meeting: Claire Morel, Ateliers Morel, {english}"]


def test_a_new_meeting_is_told_to_both_and_nobody_else(told: Workspace) -> None:
    assert written(told, second([*first_plan().meetings, ("L006", "L008", 0, "T02", None, 1)])) == ["L006", "L008"]
    assert what_changes(told, "L008") == ["Nouveau rendez-vous : Nadia Benali, Benali Emballages, à 14 h 00, table T02"]


def test_a_cancelled_meeting_is_told_to_both_and_taken_out_of_their_calendars(told: Workspace) -> None:
    assert written(told, second(OTHERS)) == ["L001", "L002"]
    assert what_changes(told, "L002") == [
        "Cancelled meeting: Claire Morel, Ateliers Morel, was planned at 14:40, table T12; it does not take place"
    ]
    (entry,) = [e for e in entries_of(told, "L002") if e["status"] == "CANCELLED"]
    assert entry["sequence"] == 2


def entries_of(workspace: Workspace, leader_id: str) -> list[dict[str, object]]:
    part = list(mail_to(workspace, leader_id).iter_attachments())[-1]
    content = part.get_content()
    events = Calendar.from_ical(content if isinstance(content, str) else content.decode()).walk("VEVENT")
    return [{"uid": str(e["UID"]), "status": str(e["STATUS"]), "sequence": e["SEQUENCE"]} for e in events]


def test_a_calendar_entry_keeps_its_uid_and_raises_its_sequence(told: Workspace) -> None:
    before = Calendar.from_ical((told.out / "19-v1/agendas/L001.ics").read_bytes()).walk("VEVENT")
    written(told, second([("L001", "L002", 7, "T55", 1, 3), *OTHERS]))
    after = entries_of(told, "L001")
    assert sorted(str(e["UID"]) for e in before) == sorted(str(e["uid"]) for e in after)
    assert {e["SEQUENCE"] for e in before} == {1}
    assert {e["sequence"] for e in after} == {2}


def test_a_change_of_a_detail_says_that_the_meetings_stay(told: Workspace, change_leader: Callable[..., None]) -> None:
    change_leader(told, "L002", job_title="Managing director")
    written(told, second(first_plan().meetings))
    assert what_changes(told, "L001") == []
    body = mail_to(told, "L001").get_body(("plain",))
    assert body is not None
    assert "seul un détail a changé" in body.get_content()


def test_what_changed_is_told_against_the_agenda_that_was_sent_last(told: Workspace) -> None:
    """The second plan was never sent to anybody: the third is compared with the first."""
    add_plan(told, eight_leaders(), second([("L001", "L002", 7, "T55", 1, 3), *OTHERS]))
    fill_outbox(told, AT)
    add_plan(
        told, eight_leaders(), replace(first_plan(), number=3, meetings=[("L001", "L002", 8, "T55", 1, 3), *OTHERS])
    )
    fill_outbox(told, AT)
    with told.opened() as db:
        mine = [(e.version_id, e.kind, e.state) for e in read_entries(db, EDITION) if e.leader_id == "L001"]
    assert mine == [
        ("19-v1", "agenda", "sent"), ("19-v2", "changed-agenda", "cancelled"), ("19-v3", "changed-agenda", "approved"),
    ]  # fmt: skip
    text = (told.out / "19-v3/mails/L001.eml").read_text(encoding="utf-8").replace("=\n", "")
    assert "14=C2=A0h=C2=A040, table T12" in text


def test_the_first_agenda_speaks_of_no_change(planned: Workspace) -> None:
    fill_outbox(planned, AT)
    assert "Ce qui change" not in (planned.out / "19-v1/mails/L001.eml").read_text(encoding="utf-8")


def test_somebody_unknown_by_now_is_cancelled_without_a_name(planned: Workspace) -> None:
    with planned.opened() as db:
        afternoon = read_afternoon(db, EDITION, "19-v1", planned.event.zone)
    claire = agendas(planned.event, afternoon)[0]
    gone = PlannedMeeting("L001", "L777", *_hour(afternoon.meetings[0]), "T09")
    (change,) = changes(claire, [*afternoon.meetings_by_leader["L001"], gone], afternoon.people)
    assert (change.kind, change.name, change.company) == ("cancelled", "", "")
    assert in_words(change, "en").translated("en") == "was planned at 14:40, table T09; it does not take place"


def _hour(meeting: PlannedMeeting) -> tuple[datetime, datetime]:
    return meeting.starts_at, meeting.ends_at
