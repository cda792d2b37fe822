from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from email.message import Message

import pytest

from tasks.errors import DataError
from tasks.publish.outbox import calls, owing
from tasks.publish.outbox.decisions import resend
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.ledger import read_addresses, read_entries
from tasks.publish.outbox.mail import message_id
from tasks.publish.outbox.overview import reason
from tasks.publish.outbox.returns import reports
from tasks.publish.outbox.returns.taking import Returned, take_in
from tasks.publish.outbox.suppression import read_suppressions, salted
from tasks.workspace import Workspace
from tests.publish import returned_mails as returned
from tests.publish.builders import EDITION
from tests.publish.conftest import MailServer

AT = datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
CLAIRE = str(message_id("19-v1", "L001"))

pytestmark = pytest.mark.usefixtures("quick_sheets")


@pytest.fixture
def mailed(planned: Workspace) -> Workspace:
    """Everybody has had their agenda."""
    owing.fill_outbox(planned, AT)
    with planned.writing() as db:
        db._connection.execute("update outbox.message set state = 'sent', attempt_count = 1")
    return planned


def taken(workspace: Workspace, *mails: bytes) -> Returned:
    with workspace.writing() as db:
        return take_in(db, EDITION, mails, LATER)


def message_of(workspace: Workspace, leader_id: str) -> Sequence[object]:
    with workspace.opened() as db:
        found: Sequence[object] = db._connection.execute(
            "select state, smtp_code, smtp_said from outbox.message where leader_id = $id", {"id": leader_id}
        ).fetchone()
    return found


def counts(found: Returned) -> tuple[int, ...]:
    return (found.failed_count, found.delayed_count, found.unmatched_count, found.known_count, found.other_count)


def test_a_report_marks_its_message_and_puts_the_leader_on_the_call_list(mailed: Workspace) -> None:
    found = taken(mailed, returned.postfix(CLAIRE))
    assert counts(found) == (1, 0, 0, 0, 0)
    said = "550 5.1.1 …: Recipient address rejected: User unknown in virtual mailbox table"
    assert message_of(mailed, "L001") == ("failed", 550, said)
    (call,) = found.calls
    assert (call.leader_id, call.name, call.company) == ("L001", "Claire Morel", "Ateliers Morel")
    assert call.sentence.translated("en") == f"L001 Claire Morel (Ateliers Morel) 06 99 88 77 01: {said}"
    assert message_of(mailed, "L002")[0] == "sent"


def test_the_outbox_says_the_code_of_a_report_once(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    with mailed.opened() as db:
        (entry,) = [entry for entry in read_entries(db, EDITION) if entry.state == "failed"]
    said = "550 5.1.1 …: Recipient address rejected: User unknown in virtual mailbox table"
    assert reason(entry).translated("en") == said


def test_a_report_without_our_id_belongs_to_the_newest_message_to_its_address(mailed: Workspace) -> None:
    found = taken(mailed, returned.mangled(CLAIRE))
    assert counts(found) == (1, 0, 0, 0, 0)
    assert message_of(mailed, "L001")[:2] == ("failed", 550)


def test_the_id_goes_before_the_address(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE, "l002@secret.example"))
    assert message_of(mailed, "L001")[0] == "failed"
    assert message_of(mailed, "L002")[0] == "sent"


def test_reading_twice_changes_nothing(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    with mailed.writing() as db:  # somebody has had it sent again
        db._connection.execute("update outbox.message set state = 'sent'")
    found = taken(mailed, returned.postfix(CLAIRE), returned.postfix(CLAIRE))
    assert counts(found) == (0, 0, 0, 2, 0)
    assert message_of(mailed, "L001")[0] == "sent"


def test_a_delay_and_what_is_no_report_change_nothing(mailed: Workspace) -> None:
    found = taken(mailed, returned.delayed(CLAIRE), returned.out_of_office(CLAIRE), returned.answer(CLAIRE))
    assert counts(found) == (0, 1, 0, 0, 2)
    assert found.calls == ()
    assert message_of(mailed, "L001") == ("sent", None, None)


def test_a_report_of_somebody_elses_mail_is_counted_and_left(mailed: Workspace) -> None:
    found = taken(mailed, returned.postfix("11111111-1111-4111-8111-111111111111", "who@else.example"))
    assert counts(found) == (0, 0, 1, 0, 0)
    assert found.calls == ()


def test_a_message_that_has_not_left_cannot_come_back(planned: Workspace) -> None:
    owing.fill_outbox(planned, AT)
    assert counts(taken(planned, returned.postfix(CLAIRE))) == (0, 0, 1, 0, 0)
    assert message_of(planned, "L001")[0] == "approved"


def test_nothing_goes_to_an_address_that_nobody_has_until_there_is_another(
    mailed: Workspace, change_leader: Callable[..., None]
) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    with mailed.opened() as db:
        assert read_addresses(db, EDITION)["L001"] is None
        assert read_addresses(db, EDITION)["L002"] == "l002@secret.example"
    change_leader(mailed, "L001", email="claire@secret.example")
    assert taken(mailed).calls == ()
    with mailed.opened() as db:
        assert read_addresses(db, EDITION)["L001"] == "claire@secret.example"


def test_a_mail_that_came_back_goes_once_more_to_the_new_address_and_not_a_third_time(
    mailed: Workspace, change_leader: Callable[..., None]
) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    owing.fill_outbox(mailed, LATER)
    assert message_of(mailed, "L001")[0] == "failed"
    change_leader(mailed, "L001", email="claire@secret.example")
    owing.fill_outbox(mailed, LATER)
    assert message_of(mailed, "L001")[0] == "approved"
    assert message_of(mailed, "L002")[0] == "sent"
    with mailed.writing() as db:  # the server refuses this one at once
        db._connection.execute("update outbox.message set state = 'failed', attempt_count = 2 where leader_id = 'L001'")
    owing.fill_outbox(mailed, LATER)
    assert message_of(mailed, "L001")[0] == "failed"


def test_a_report_that_no_detector_survives_is_counted_and_the_others_are_read(
    mailed: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    detect = reports.all_failures

    def fail_on_gmail(mail: Message) -> object:
        if "google" in str(mail["Message-ID"]):
            raise IndexError
        return detect(mail)

    monkeypatch.setattr(reports, "all_failures", fail_on_gmail)
    found = taken(mailed, returned.gmail(CLAIRE), returned.postfix(CLAIRE))
    assert (found.unreadable_count, found.failed_count) == (1, 1)


def test_a_leader_whose_address_has_gone_has_failed_and_nobody_is_called_about_it(
    mailed: Workspace, change_leader: Callable[..., None]
) -> None:
    change_leader(mailed, "L001", email=None)
    found = taken(mailed, returned.postfix(CLAIRE))
    assert (found.failed_count, found.calls) == (1, ())
    assert message_of(mailed, "L001")[0] == "failed"


def test_a_mail_sent_again_to_an_address_that_nobody_has_leaves_its_leader_on_the_list(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE), returned.gmail(str(message_id("19-v1", "L002"))))
    with mailed.writing() as db:
        resend(db, EDITION, ["L001", "L002"], LATER)
        assert [call.leader_id for call in calls.read_calls(db, EDITION)] == ["L001"]


def test_a_mail_refused_at_once_goes_once_more_to_the_new_address_with_the_next_filling(
    planned: Workspace, mail_server: MailServer, change_leader: Callable[..., None]
) -> None:
    owing.fill_outbox(planned, AT)
    mail_server.postbox.answers = {("RCPT", "l001@secret.example"): "550 no such user"}
    deliver(planned, mail_server.settings, lambda: AT, really=True)
    assert [call.leader_id for call in taken(planned).calls] == ["L001"]
    owing.fill_outbox(planned, LATER)
    assert message_of(planned, "L001")[0] == "failed"
    change_leader(planned, "L001", email="claire@secret.example")
    owing.fill_outbox(planned, LATER)
    assert message_of(planned, "L001")[0] == "approved"
    assert taken(planned).calls == ()
    deliver(planned, mail_server.settings, lambda: LATER, really=True)
    assert mail_server.recipients.count("claire@secret.example") == 1


def test_a_full_mailbox_is_called_and_written_to_again(mailed: Workspace) -> None:
    assert [call.leader_id for call in taken(mailed, returned.gmail(CLAIRE)).calls] == ["L001"]
    with mailed.opened() as db:
        assert read_addresses(db, EDITION)["L001"] == "l001@secret.example"


def test_who_has_been_called_leaves_the_list_and_is_written_to_again(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    with mailed.writing() as db:
        calls.called(db, EDITION, "L001")
    assert taken(mailed, returned.postfix(CLAIRE)).calls == ()
    with mailed.opened() as db:
        assert read_addresses(db, EDITION)["L001"] == "l001@secret.example"
    with mailed.writing() as db, pytest.raises(DataError, match="L002 is not on the call list"):
        calls.called(db, EDITION, "L002")


def test_who_withdraws_need_not_be_called(mailed: Workspace, change_leader: Callable[..., None]) -> None:
    taken(mailed, returned.postfix(CLAIRE))
    change_leader(mailed, "L001", status="withdrawn")
    assert taken(mailed).calls == ()


def test_an_unsubscription_is_tied_by_its_token_and_covers_both_addresses(mailed: Workspace) -> None:
    with mailed.writing() as db:
        token = salted(db).token(message_id("19-v1", "L001"))
    found = taken(mailed, returned.unsubscription(f"unsubscribe {token}", "claire@home.example"))
    assert found.unsubscribed_count == 1
    with mailed.opened() as db:
        known = read_suppressions(db)
    for address in ("L001@Secret.example", "claire@home.example"):
        assert not known.allow(address, is_transactional=False)
        assert known.allow(address, is_transactional=True)
    assert known.allow("l002@secret.example", is_transactional=False)


def test_a_word_alone_suppresses_who_writes_and_a_made_up_token_nobody(mailed: Workspace) -> None:
    found = taken(
        mailed,
        returned.unsubscription("Stop", "l002@secret.example"),
        returned.unsubscription("unsubscribe 0123456789abcdef01234567", "l003@secret.example"),
        returned.unsubscription("Stop", "who@else.example"),
    )
    assert (found.unsubscribed_count, found.unmatched_count) == (1, 2)
    with mailed.opened() as db:
        known = read_suppressions(db)
    assert not known.allow("l002@secret.example", is_transactional=False)
    assert known.allow("l003@secret.example", is_transactional=False)


def test_no_address_is_kept_in_what_is_noted(mailed: Workspace) -> None:
    taken(mailed, returned.postfix(CLAIRE), returned.unsubscription("Stop", "l002@secret.example"))
    with mailed.opened() as db:
        kept = [
            str(db._connection.table(f"outbox.{table}").fetchall())
            for table in ("returned", "suppression", "call", "message")
        ]
    assert [rows for rows in kept if "secret.example" in rows] == []
    assert "User unknown" in kept[0]
