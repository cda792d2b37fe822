from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default

import pytest

from tasks.errors import ConfigurationError, DataError, MailServerDown
from tasks.mail_settings import MailSettings
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.ledger import OutboxSummary, read_entries
from tasks.publish.outbox.owing import fill_outbox
from tasks.publish.outbox.under_way import BACK_OFF
from tasks.workspace import Workspace
from tests.publish.builders import (
    EDITION,
    PLANNED_AT,
    Plan,
    Someone,
    add_leaders,
    add_plan,
    approve,
    eight_leaders,
    first_plan,
    second_plan,
)
from tests.publish.conftest import MailServer

AT = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
EVERYBODY = ["L001", "L002", "L003", "L004", "L006", "L008"]

pytestmark = pytest.mark.usefixtures("quick_sheets")


def filled(workspace: Workspace) -> OutboxSummary:
    return fill_outbox(workspace, AT)


def sent(workspace: Workspace, server: MailServer, *, really: bool = True, at: datetime = AT) -> OutboxSummary:
    return deliver(workspace, server.settings, lambda: at, really=really)


def states_of(workspace: Workspace) -> dict[str, list[str]]:
    """The states of every leader's messages, oldest plan version first."""
    found: dict[str, list[str]] = {}
    with workspace.opened() as db:
        for entry in read_entries(db, EDITION):
            found.setdefault(entry.leader_id, []).append(entry.state)
    return found


def set_all(workspace: Workspace, state: str) -> None:
    with workspace.writing() as db:
        db._connection.execute("update outbox.message set state = $state", {"state": state})


def address(leader_id: str) -> str:
    return f"{leader_id.lower()}@secret.example"


def test_nothing_is_written_before_a_person_has_approved(workspace: Workspace) -> None:
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), replace(first_plan(), is_approved=False))
    with pytest.raises(DataError, match="no plan version is approved"):
        filled(workspace)


def test_everybody_with_an_address_is_owed_one_message_and_the_others_are_listed(planned: Workspace) -> None:
    summary = filled(planned)
    assert (summary.version_id, summary.written_count, summary.waiting_count) == ("19-v1", 6, 6)
    assert summary.without_address == ("L005",)
    assert summary.counts == {
        "draft": 0, "approved": 6, "sending": 0, "sent": 0, "deferred": 0, "failed": 0, "unknown": 0, "cancelled": 0,
    }  # fmt: skip
    mails = planned.version_folder("19-v1") / "mails"
    assert sorted(path.stem for path in mails.iterdir()) == EVERYBODY


def test_filling_twice_writes_nothing_the_second_time(planned: Workspace) -> None:
    filled(planned)
    mails = {path: path.read_bytes() for path in (planned.out / "19-v1" / "mails").iterdir()}
    again = fill_outbox(planned, AT.replace(hour=9))
    assert (again.written_count, again.cancelled_count, again.waiting_count) == (0, 0, 6)
    assert {path: path.read_bytes() for path in mails} == mails


def test_files_of_mails_name_no_recipient(planned: Workspace) -> None:
    filled(planned)
    assert [p.name for p in (planned.out / "19-v1" / "mails").iterdir() if b"secret.example" in p.read_bytes()] == []


def test_a_new_version_tells_only_those_whose_agenda_changed(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    sent(planned, mail_server)
    add_plan(planned, eight_leaders(), second_plan())
    summary = filled(planned)
    assert (summary.written_count, summary.waiting_count) == (2, 2)
    assert states_of(planned)["L001"] == ["sent", "approved"]
    assert states_of(planned)["L003"] == ["sent"]
    mail = message_from_bytes((planned.out / "19-v2" / "mails" / "L001.eml").read_bytes(), policy=default)
    assert mail["Subject"].startswith("Agenda modifié pour le 3 décembre : 4 rendez-vous")


def test_a_waiting_message_that_is_overtaken_is_cancelled_and_an_unchanged_one_keeps_waiting(
    planned: Workspace,
) -> None:
    filled(planned)
    add_plan(planned, eight_leaders(), second_plan())
    summary = filled(planned)
    assert (summary.written_count, summary.cancelled_count, summary.waiting_count) == (2, 2, 6)
    assert states_of(planned)["L001"] == ["cancelled", "approved"]
    assert states_of(planned)["L003"] == ["approved"]


def test_going_back_to_what_was_sent_cancels_and_tells_nobody_again(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    sent(planned, mail_server)
    add_plan(planned, eight_leaders(), second_plan())
    filled(planned)
    add_plan(planned, eight_leaders(), replace(first_plan(), number=3))
    summary = filled(planned)
    assert (summary.written_count, summary.cancelled_count, summary.waiting_count) == (0, 2, 0)


def test_a_message_of_unknown_fate_counts_as_told_and_a_failed_one_does_not(planned: Workspace) -> None:
    filled(planned)
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2))
    set_all(planned, "unknown")
    assert filled(planned).written_count == 0
    set_all(planned, "failed")
    assert filled(planned).written_count == 6


def test_a_message_whose_file_has_gone_is_written_again_before_it_is_sent(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    lost = planned.out / "19-v1" / "mails" / "L001.eml"
    lost.unlink()
    with pytest.raises(DataError, match="no longer where they were written: L001"):
        sent(planned, mail_server)
    assert mail_server.recipients == []
    assert filled(planned).written_count == 0
    assert lost.exists()


def test_a_dry_run_sends_nothing_and_changes_nothing(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    summary = sent(planned, mail_server, really=False)
    assert (summary.is_dry_run, summary.waiting_count, summary.attempted) == (True, 6, {})
    assert mail_server.postbox.connection_count == 0
    assert states_of(planned) == {leader_id: ["approved"] for leader_id in EVERYBODY}


def test_an_empty_outbox_is_no_error(workspace: Workspace, mail_server: MailServer) -> None:
    summary = sent(workspace, mail_server)
    assert (summary.version_id, summary.waiting_count, summary.attempted, summary.is_dry_run) == (None, 0, {}, False)
    assert mail_server.postbox.connection_count == 0


def test_everybody_is_sent_their_own_message_once_over_one_connection(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    summary = sent(planned, mail_server)
    assert summary.attempted == {"sent": 6}
    reached = {**{leader_id: address(leader_id) for leader_id in EVERYBODY}, "L006": "payeur@secret.example"}
    assert mail_server.recipients == list(reached.values())
    assert mail_server.postbox.connection_count == 1
    first = message_from_bytes(mail_server.postbox.arrived[0][1], policy=default)
    assert (first["To"], first["From"]) == (
        address("L001"),
        "Chambre de commerce de démonstration <rencontres@chambre.example>",
    )


def test_sending_twice_mails_nobody_twice(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    sent(planned, mail_server)
    summary = sent(planned, mail_server)
    assert summary.attempted == {}
    assert len(mail_server.recipients) == 6


@pytest.mark.parametrize("command", ["RCPT", "DATA"])
def test_a_passing_refusal_defers_and_a_lasting_one_fails(
    planned: Workspace, mail_server: MailServer, command: str
) -> None:
    filled(planned)
    mail_server.postbox.answers = {
        (command, address("L001")): "451 try later",
        (command, address("L002")): "550 no such user",
    }
    summary = sent(planned, mail_server)
    assert summary.attempted == {"sent": 4, "deferred": 1, "failed": 1}
    assert states_of(planned)["L001"] == ["deferred"]
    assert states_of(planned)["L002"] == ["failed"]
    assert mail_server.postbox.connection_count == 1


def test_a_deferred_message_goes_out_once_it_has_rested_and_a_failed_one_does_not(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    mail_server.postbox.answers = {
        ("RCPT", address("L001")): "451 try later",
        ("RCPT", address("L002")): "550 no such user",
    }
    rested = AT + BACK_OFF[0]
    assert sent(planned, mail_server).retry_at == rested
    mail_server.postbox.answers = {}
    assert sent(planned, mail_server, at=rested - timedelta(seconds=1)).attempted == {}
    assert sent(planned, mail_server, at=rested).attempted == {"sent": 1}
    assert mail_server.recipients.count(address("L001")) == 1
    assert mail_server.recipients.count(address("L002")) == 0


def test_a_connection_lost_in_data_leaves_the_fate_unknown_and_is_never_repeated(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    mail_server.postbox.answers = {("DATA", address("L003")): "drop"}
    assert sent(planned, mail_server).attempted == {"sent": 5, "unknown": 1}
    mail_server.postbox.answers = {}
    assert sent(planned, mail_server).attempted == {}
    assert filled(planned).written_count == 0
    assert mail_server.recipients.count(address("L003")) == 0
    assert states_of(planned)["L003"] == ["unknown"]


def test_a_connection_lost_before_data_is_opened_again_and_the_message_tried_once_more(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    mail_server.postbox.answers = {("RCPT", address("L003")): "drop"}
    assert sent(planned, mail_server).attempted == {"sent": 5, "deferred": 1}
    assert states_of(planned)["L003"] == ["deferred"]


def test_a_server_that_hangs_up_with_421_is_called_again(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    mail_server.postbox.answers = {("RCPT", address("L003")): "421 too many"}
    assert sent(planned, mail_server).attempted == {"sent": 5, "deferred": 1}
    assert mail_server.postbox.connection_count == 3


def test_a_server_that_has_a_message_and_says_so_without_a_code_is_not_sent_it_again(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    mail_server.postbox.answers = {("DATA", address("L003")): "OK queued"}
    assert sent(planned, mail_server).attempted == {"sent": 5, "unknown": 1}
    assert mail_server.postbox.connection_count == 2
    mail_server.postbox.answers = {}
    assert sent(planned, mail_server).attempted == {}
    assert mail_server.recipients.count(address("L003")) == 1
    assert states_of(planned)["L003"] == ["unknown"]


def test_a_run_that_ended_in_a_dialogue_leaves_an_unknown_message_behind(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    set_all(planned, "sending")
    summary = sent(planned, mail_server)
    assert (summary.attempted, summary.counts["unknown"]) == ({}, 6)
    assert mail_server.recipients == []


def test_the_state_is_on_disk_before_the_dialogue(
    planned: Workspace, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    filled(planned)

    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tasks.publish.outbox.delivery.hand_over", die)
    with pytest.raises(KeyboardInterrupt):
        sent(planned, mail_server)
    assert sorted(state for states in states_of(planned).values() for state in states) == ["approved"] * 5 + ["sending"]


def test_a_server_that_is_down_leaves_everything_waiting_and_names_host_and_port(planned: Workspace) -> None:
    filled(planned)
    with pytest.raises(MailServerDown, match=r"^127\.0\.0\.1:1: the mail server cannot be reached"):
        deliver(planned, MailSettings(host="127.0.0.1", port=1, timeout_seconds=2), lambda: AT, really=True)
    assert states_of(planned) == {leader_id: ["approved"] for leader_id in EVERYBODY}


def test_a_refused_sender_stops_the_run_and_fails_nobody(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    mail_server.postbox.answers = {("MAIL", "rencontres@chambre.example"): "550 unknown sender"}
    with pytest.raises(ConfigurationError, match="refuses the organiser's address as sender"):
        sent(planned, mail_server)
    assert sorted(state for states in states_of(planned).values() for state in states) == ["approved"] * 5 + [
        "deferred"
    ]


def write_from(workspace: Workspace, email: str) -> Workspace:
    """Give the organiser another address, as somebody would in event.toml; the workspace is opened anew."""
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8")
    assert '"rencontres@chambre.example"' in text
    path.write_text(text.replace('"rencontres@chambre.example"', f'"{email}"'), encoding="utf-8")
    return Workspace(workspace.folder)


def test_an_organiser_with_accents_in_the_domain_is_the_same_sender_in_the_header_and_to_the_server(
    planned: Workspace, mail_server: MailServer
) -> None:
    accented = write_from(planned, "contact@événement.fr")
    filled(accented)
    assert sent(accented, mail_server).attempted == {"sent": 6}
    headers = {message_from_bytes(content, policy=default)["From"] for _, content in mail_server.postbox.arrived}
    assert [header.addresses[0].addr_spec for header in headers] == ["contact@xn--vnement-9xab.fr"]
    assert set(mail_server.postbox.senders) == {"contact@xn--vnement-9xab.fr"}


def test_an_organiser_whose_address_cannot_be_sent_from_is_told_before_anything_is_tried(
    planned: Workspace, mail_server: MailServer
) -> None:
    filled(planned)
    unusable = write_from(planned, "événement@chambre.example")
    with pytest.raises(ConfigurationError, match="the organiser's address cannot be used in a mail"):
        sent(unusable, mail_server)
    assert states_of(planned) == {leader_id: ["approved"] for leader_id in EVERYBODY}
    assert mail_server.postbox.connection_count == 0


def test_only_what_would_go_out_counts_as_waiting(
    planned: Workspace, mail_server: MailServer, change_leader: Callable[..., None]
) -> None:
    filled(planned)
    change_leader(planned, "L001", status="withdrawn")
    change_leader(planned, "L002", email=None)
    change_leader(planned, "L003", email="nobody")
    announced = sent(planned, mail_server, really=False)
    assert (announced.waiting_count, announced.without_address) == (3, ("L002", "L003", "L005"))
    assert announced.counts["approved"] == 6
    assert sent(planned, mail_server).attempted == {"sent": 3}


def test_a_passing_refusal_of_the_sender_defers(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    mail_server.postbox.answers = {("MAIL", "rencontres@chambre.example"): "451 slow down"}
    assert sent(planned, mail_server).attempted == {"deferred": 6}


def test_the_address_is_the_one_known_when_it_is_sent(
    planned: Workspace, mail_server: MailServer, change_leader: Callable[..., None]
) -> None:
    filled(planned)
    change_leader(planned, "L001", email="new@secret.example")
    change_leader(planned, "L002", status="withdrawn")
    assert sent(planned, mail_server).attempted == {"sent": 5}
    assert mail_server.recipients[0] == "new@secret.example"
    assert address("L002") not in mail_server.recipients


def test_no_address_is_told_in_a_summary_or_an_error(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned)
    mail_server.postbox.answers = {("MAIL", "rencontres@chambre.example"): "550 unknown sender"}
    with pytest.raises(ConfigurationError) as caught:
        sent(planned, mail_server)
    told = str(caught.value) + repr(sent(planned, mail_server, really=False))
    assert "@" not in told


def test_a_company_cannot_write_headers_with_its_name(planned: Workspace, mail_server: MailServer) -> None:
    with planned.writing() as db:
        db._connection.execute("update core.company set name = name || chr(13) || chr(10) || 'Bcc: all@victim.example'")
    filled(planned)
    assert sent(planned, mail_server).attempted == {"sent": 6}
    mails = [message_from_bytes(content, policy=default) for _, content in mail_server.postbox.arrived]
    assert {header for mail in mails for part in mail.walk() for header in part if header.lower() == "bcc"} == set()
    assert [b"victim.example" in content for _, content in mail_server.postbox.arrived].count(True) > 0
    assert not [recipient for recipient in mail_server.recipients if "victim" in recipient]


def test_an_approval_that_comes_later_is_enough(workspace: Workspace) -> None:
    leaders = {"L001": Someone("Ana", "Un", "A"), "L002": Someone("Bob", "Deux", "B")}
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, Plan(meetings=[("L001", "L002", 0, "T01", 1, 1)], is_approved=False))
    approve(workspace, "19-v1")
    assert filled(workspace).written_count == 2
    assert PLANNED_AT < AT
