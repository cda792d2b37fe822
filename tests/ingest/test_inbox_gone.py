"""Exports whose file has left the inbox: they count until the organiser says otherwise, and are told of."""

import os
from datetime import timedelta

import pytest

from tasks.ingest.inbox.reports import FileReport
from tasks.workspace import Workspace
from tests.ingest.builders import (
    READ_AT,
    ingest,
    read_inbox,
    rows_of,
    ticket,
    write_billetweb,
    write_text,
    write_tickets,
)

COUNTING = "select file_name from raw.file where is_current order by all"
GONE = "select file_name from audit.gone_file inner join raw.file using (file_sha256) order by all"
TICKETS = [ticket(number, "Ana", f"Morel{number}", "Morel") for number in range(4)]
BILLETS = [{"": "1", "Billet": "B1", "Nom": "Petit", "Prénom": "Cléo", "Email": "c@petit.example", "Payé": "Oui"}]
STILL_COUNTS = (
    "no longer in the inbox; what it said goes on counting. If it should not, write in event.toml, under "
    '[exports."name of this file"]: is_ignored = true.'
)


def gone(workspace: Workspace, day: int) -> list[FileReport]:
    """Read the inbox on a night and return what is said of files that have left it."""
    reports = read_inbox(workspace, READ_AT + timedelta(days=day))
    return [report for report in reports if report.state == "gone"]


@pytest.fixture
def left(workspace: Workspace) -> Workspace:
    """Return a workspace of two exports of which one has been removed since."""
    write_tickets(workspace, TICKETS)
    path = write_billetweb(workspace, BILLETS)
    assert gone(workspace, 0) == []
    path.unlink()
    return workspace


def test_an_export_that_has_left_counts_and_is_to_be_looked_at_in_the_first_night_only(left: Workspace) -> None:
    (first,), (second,) = gone(left, 1), gone(left, 2)
    assert (first.file_name, first.source, first.row_count, str(first.sentence)) == (
        "billets.csv",
        "billetweb",
        1,
        STILL_COUNTS,
    )
    assert (first.needs_a_look, second.needs_a_look) == (True, False)
    assert rows_of(left, COUNTING) == [("billets.csv",), ("inscriptions.csv",)]
    assert rows_of(left, GONE) == [("billets.csv",)]


def test_an_export_that_has_come_back_or_bears_another_name_has_not_left(left: Workspace) -> None:
    gone(left, 1)
    write_billetweb(left, BILLETS, "retour.csv")
    assert gone(left, 2) == []
    assert rows_of(left, GONE) == []


def test_an_export_that_has_left_counts_no_more_once_event_toml_says_so(left: Workspace) -> None:
    gone(left, 1)
    path = left.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8") + '\n[exports."billets.csv"]\nis_ignored = true\n', "utf-8")
    report = ingest(left, READ_AT + timedelta(days=2))
    assert report.leader_count == 4
    assert rows_of(left, COUNTING) == [("inscriptions.csv",)]
    assert gone(left, 3) == []


def test_an_export_that_another_took_the_place_of_may_leave_in_silence(workspace: Workspace) -> None:
    old = write_tickets(workspace, TICKETS[:3], "a.csv")
    read_inbox(workspace)
    os.utime(write_tickets(workspace, TICKETS, "b.csv"), (READ_AT.timestamp(),) * 2)
    read_inbox(workspace, READ_AT + timedelta(days=1))
    old.unlink()
    assert gone(workspace, 2) == []


def test_an_export_written_over_has_not_left(workspace: Workspace) -> None:
    for day, rows in enumerate((TICKETS[:2], TICKETS, TICKETS[:2])):
        write_tickets(workspace, rows)
        assert gone(workspace, day) == []


def test_a_file_set_aside_has_not_left(workspace: Workspace) -> None:
    write_tickets(workspace, TICKETS)
    read_inbox(workspace)
    write_text(workspace, "inscriptions.csv", "bonjour")
    assert gone(workspace, 1) == []
    assert rows_of(workspace, COUNTING) == [("inscriptions.csv",)]


def test_when_the_newest_has_left_it_is_said_which_counts_in_its_place_until_it_is_back(workspace: Workspace) -> None:
    for day, name in enumerate(("a.csv", "b.csv", "c.csv")):
        write_tickets(workspace, TICKETS[: day + 2], name)
        read_inbox(workspace, READ_AT + timedelta(days=day))
    (workspace.inbox / "b.csv").unlink()
    assert gone(workspace, 3) == []
    (workspace.inbox / "c.csv").unlink()
    told = [(report.file_name, str(report.sentence), report.needs_a_look) for report in gone(workspace, 4)]
    sentence = (
        "no longer in the inbox; in its place counts what was read before it: a.csv. If that is wrong, put it back."
    )
    assert told == [("c.csv", sentence, True)]
    assert rows_of(workspace, COUNTING) == [("a.csv",)]
    assert [(report.file_name, report.needs_a_look) for report in gone(workspace, 5)] == [("c.csv", False)]
    write_tickets(workspace, TICKETS, "c.csv")
    assert gone(workspace, 6) == []
    assert rows_of(workspace, COUNTING) == [("c.csv",)]
