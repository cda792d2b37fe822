from collections.abc import Collection
from datetime import UTC, datetime, timedelta

import pytest

from tasks.errors import DataError
from tasks.publish.outbox.decisions import resend, stuck
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.kinds import BY_CODE
from tasks.publish.outbox.ledger import Change, Entry, read_entries, record
from tasks.publish.outbox.once import Meant, fill_kind
from tasks.publish.outbox.overview import overview
from tasks.publish.outbox.owing import fill_outbox
from tasks.publish.outbox.states import State
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, add_plan, eight_leaders, second_plan
from tests.publish.conftest import MailServer
from tests.publish.test_once import a_fault_for
from tests.publish.test_outbox import address, states_of

AT = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
LATER = AT + timedelta(hours=1)
REMINDER = BY_CODE["reminder"]
MEANT = Meant(really=True, anyway=True)

pytestmark = pytest.mark.usefixtures("quick_sheets")


def sent(workspace: Workspace, server: MailServer, at: datetime = AT, kind: str = "agenda") -> None:
    deliver(workspace, server.settings, lambda: at, really=True, kind=kind)


def refused(workspace: Workspace, server: MailServer, answer: str, *leader_ids: str) -> None:
    """Send the agendas of the first plan to a server that does not take those of some leaders."""
    fill_outbox(workspace, AT)
    server.postbox.answers = {("RCPT", address(leader_id)): answer for leader_id in leader_ids}
    sent(workspace, server)
    server.postbox.answers = {}


def approve_second(workspace: Workspace) -> None:
    """Another table for L001 and L002; nothing changes for the others."""
    add_plan(workspace, eight_leaders(), second_plan())


def named(workspace: Workspace, states: Collection[State]) -> list[str]:
    with workspace.opened() as db:
        return [entry.leader_id for entry in stuck(db, EDITION, states, LATER)]


def resent(workspace: Workspace, *names: str) -> list[Entry]:
    with workspace.writing() as db:
        return resend(db, EDITION, names, LATER)


def first_mail(workspace: Workspace, leader_id: str) -> str:
    with workspace.opened() as db:
        return next(str(entry.message_id) for entry in read_entries(db, EDITION) if entry.leader_id == leader_id)


def test_a_deferred_agenda_that_a_later_plan_overtook_does_not_go_with_other_mails(
    planned: Workspace, mail_server: MailServer
) -> None:
    refused(planned, mail_server, "451 later", "L001", "L003")
    approve_second(planned)
    before = len(mail_server.recipients)
    assert fill_kind(planned, REMINDER, LATER, MEANT).cancelled_count == 1
    sent(planned, mail_server, LATER, "reminder")
    states = states_of(planned)
    assert (states["L001"], states["L003"]) == (["sent", "cancelled"], ["sent", "deferred"])  # reminder, agenda
    assert mail_server.recipients[before:].count(address("L001")) == 1
    fill_outbox(planned, LATER)
    sent(planned, mail_server, LATER)
    states = states_of(planned)
    assert (states["L001"], states["L003"]) == (["sent", "cancelled", "sent"], ["sent", "sent"])


def test_nor_does_it_go_when_the_other_plan_is_approved_after_the_outbox_was_filled(
    planned: Workspace, mail_server: MailServer
) -> None:
    fill_outbox(planned, AT)
    approve_second(planned)
    sent(planned, mail_server)
    assert states_of(planned) == {
        "L001": ["cancelled"], "L002": ["cancelled"],
        "L003": ["sent"], "L004": ["sent"], "L006": ["sent"], "L008": ["sent"],
    }  # fmt: skip
    assert mail_server.recipients.count(address("L001")) == 0


def test_a_refused_agenda_is_given_up_for_the_one_of_a_later_plan(planned: Workspace, mail_server: MailServer) -> None:
    refused(planned, mail_server, "550 no", "L001", "L003")
    assert named(planned, ["failed"]) == ["L001", "L003"]
    approve_second(planned)
    fill_outbox(planned, LATER)
    assert named(planned, ["failed"]) == []
    for leader_id in ("L001", "L003"):  # another agenda, and the same once more
        with pytest.raises(DataError, match="its state is cancelled"):
            resent(planned, first_mail(planned, leader_id))
    sent(planned, mail_server, LATER)
    assert states_of(planned)["L003"] == ["cancelled", "sent"]
    with planned.opened() as db:
        assert overview(db, planned.event).troubles == ()


def test_an_agenda_of_unknown_fate_is_not_sent_again_beside_the_one_of_a_later_plan(
    planned: Workspace, mail_server: MailServer
) -> None:
    fill_outbox(planned, AT)
    mail_server.postbox.answers = {("DATA", address("L001")): "drop"}
    sent(planned, mail_server)
    assert named(planned, ["unknown"]) == ["L001"]
    approve_second(planned)
    fill_outbox(planned, LATER)
    assert named(planned, ["unknown"]) == []
    name = first_mail(planned, "L001")
    with pytest.raises(DataError) as caught:
        resent(planned, name)
    assert str(caught.value).splitlines()[0] == (
        f"{name} holds no longer: a later plan has an agenda mail of its own for this leader."
    )


def test_a_correction_after_the_mails_were_written_is_in_what_goes(planned: Workspace, mail_server: MailServer) -> None:
    fill_outbox(planned, AT)
    with planned.writing() as db:
        db._connection.execute("update core.leader set family_name = 'Corrigee' where leader_id = 'L001'")
    summary = fill_outbox(planned, LATER)
    assert (summary.written_count, summary.waiting_count) == (0, 6)
    sent(planned, mail_server, LATER)
    arrived = dict(mail_server.postbox.arrived)
    assert b"Bonjour Claire Corrigee," in arrived[address("L001")]


def test_the_agenda_of_a_leader_who_withdrew_goes_only_once_they_come_back(
    planned: Workspace, mail_server: MailServer
) -> None:
    fill_outbox(planned, AT)
    for status, count in (("withdrawn", 0), ("registered", 1)):
        with planned.writing() as db:
            db._connection.execute("update core.leader set status = $1 where leader_id = 'L006'", [status])
        fill_outbox(planned, LATER)
        sent(planned, mail_server, LATER)
        assert mail_server.recipients.count("payeur@secret.example") == count


def test_a_refused_agenda_that_is_sent_again_before_the_later_plan_is_told_gives_way_to_it(
    planned: Workspace, mail_server: MailServer
) -> None:
    refused(planned, mail_server, "550 no", "L001", "L003")
    approve_second(planned)
    assert [entry.leader_id for entry in resent(planned, "L001", "L003")] == ["L001", "L003"]
    fill_outbox(planned, LATER)
    sent(planned, mail_server, LATER)
    states = states_of(planned)
    assert (states["L001"], states["L003"]) == (["cancelled", "sent"], ["sent"])


def test_a_cancelled_agenda_of_a_later_plan_takes_no_place(planned: Workspace, mail_server: MailServer) -> None:
    fill_outbox(planned, AT)
    mail_server.postbox.answers = {("DATA", address("L001")): "drop"}
    sent(planned, mail_server)
    approve_second(planned)
    fill_outbox(planned, LATER)
    with planned.writing() as db:
        later = [entry for entry in read_entries(db, EDITION) if entry.leader_id == "L001"][-1]
        record(db, [Change(later.message_id, "cancelled")], LATER)
    assert named(planned, ["failed", "unknown"]) == ["L001"]


@pytest.mark.parametrize(
    ("kind", "template", "remedy"),
    [
        ("agenda", "agenda.txt.j2", "rencontres send --kind agenda"),
        ("reminder", "reminder.txt.j2", "rencontres send --kind reminder"),
    ],
)
def test_a_mail_that_could_not_be_written_cannot_be_sent_again_and_says_why(
    planned: Workspace, mail_server: MailServer, kind: str, template: str, remedy: str
) -> None:
    with a_fault_for("Claire Morel", template):
        if kind == "agenda":
            fill_outbox(planned, AT)
        else:
            fill_kind(planned, REMINDER, AT, MEANT)
    assert named(planned, ["failed", "unknown"]) == []
    with pytest.raises(DataError, match=remedy) as caught:
        resent(planned, "L001")
    assert str(caught.value).splitlines()[0] == "L001 could not be written, so there is nothing to send."
    with planned.opened() as db:
        found = overview(db, planned.event)
    (trouble,) = found.troubles
    assert "ZeroDivisionError" in str(trouble.reason)
    assert str(found.sentences[-1]).endswith(str(trouble.reason))  # nothing after it says how to send it again
    sent(planned, mail_server, kind=kind)
    assert address("L001") not in mail_server.recipients


def test_a_report_without_a_code_is_told_in_its_words_and_one_without_words_as_such(
    planned: Workspace, mail_server: MailServer
) -> None:
    fill_outbox(planned, AT)
    sent(planned, mail_server)
    said = {first_mail(planned, "L001"): "mailbox unavailable", first_mail(planned, "L002"): None}
    with planned.writing() as db:
        changes = {entry.message_id: said.get(str(entry.message_id), "") for entry in read_entries(db, EDITION)}
        record(db, [Change(key, "failed", smtp_said=text) for key, text in changes.items() if text != ""], LATER)
        reasons = [str(trouble.reason) for trouble in overview(db, planned.event).troubles]
    assert reasons == ["mailbox unavailable", "it came back, and the report gives no reason"]
