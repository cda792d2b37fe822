"""What a server may do to a run, and what a person then decides: silence, patience, pace, and once more."""

import shutil
import subprocess
import sys
from asyncio import Event
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from benchmarks.letters import address, leader_id, waiting_outbox
from tasks.errors import DataError, MailServerSilent, UsageError
from tasks.mail_settings import MailSettings
from tasks.publish.outbox.calls import Call, read_calls
from tasks.publish.outbox.decisions import approve_drafts, resend
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.kinds import BY_CODE, NAMES
from tasks.publish.outbox.ledger import Change, Entry, OutboxSummary, read_entries, record
from tasks.publish.outbox.overview import described, overview
from tasks.publish.outbox.pace import Pace
from tasks.publish.outbox.page import write_outbox_page
from tasks.publish.outbox.smtp import Fate
from tasks.publish.outbox.states import FOLLOWERS, STATE_WORDS, STATES, State
from tasks.publish.outbox.under_way import BACK_OFF, UnderWay
from tasks.publish.outbox.writing import insert
from tasks.workspace import Workspace
from tests.publish.conftest import MailServer, Postbox, free_port

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)


NO_ANSWER = "it was handed over and no answer came; or the program ended while it was being sent"


@pytest.fixture
def ten(tmp_path: Path, empty_database: Path) -> Workspace:
    """Ten messages that wait, without documents."""
    (tmp_path / "ten").mkdir()
    shutil.copyfile(empty_database, tmp_path / "ten" / empty_database.name)
    return waiting_outbox(tmp_path / "ten", 10, 500)


def sent(workspace: Workspace, server: MailServer, at: datetime = AT, pace: Pace | None = None) -> OutboxSummary:
    return deliver(workspace, server.settings, lambda: at, really=True, pace=pace)


def entries_of(workspace: Workspace) -> dict[str, Entry]:
    with workspace.opened() as db:
        return {entry.leader_id: entry for entry in read_entries(db, workspace.event.id)}


def states_of(workspace: Workspace) -> dict[str, State]:
    return {leader: entry.state for leader, entry in entries_of(workspace).items()}


def set_all(workspace: Workspace, state: str) -> None:
    with workspace.writing() as db:
        db._connection.execute("update outbox.message set state = $state", {"state": state})


@pytest.mark.parametrize("former", STATES)
def test_a_state_is_followed_by_those_of_the_table_and_by_no_other(ten: Workspace, former: State) -> None:
    key = entries_of(ten)[leader_id(0)].message_id
    allowed = set()
    with ten.opened() as db:
        for state in STATES:
            db._connection.execute("update outbox.message set state = $state", {"state": former})
            refused = f"message {key} is {STATE_WORDS[former]}; it cannot become {STATE_WORDS[state]}."
            with nullcontext() if state in FOLLOWERS[former] else pytest.raises(DataError, match=refused):
                record(db, [Change(key, state)], AT)
                allowed.add(state)
    assert allowed == FOLLOWERS[former]


def test_every_state_has_followers_and_words_and_cancelled_is_the_end() -> None:
    assert set(FOLLOWERS) == set(STATE_WORDS) == set(STATES)
    assert [state for state in STATES if not FOLLOWERS[state]] == ["cancelled"]


def test_a_refused_change_among_others_is_told_and_in_a_transaction_nothing_changes(ten: Workspace) -> None:
    first, second = (entries_of(ten)[leader_id(number)].message_id for number in (0, 1))
    changes = [Change(first, "cancelled"), Change(second, "sent")]
    with pytest.raises(DataError, match=f"{second} is waiting; it cannot become sent"), ten.writing() as db:
        record(db, changes, AT)
    assert set(states_of(ten).values()) == {"approved"}


def test_nothing_to_record_and_nothing_to_insert_are_no_error(ten: Workspace) -> None:
    with ten.opened() as db:
        record(db, [], AT)
        insert(db, [])
    assert len(states_of(ten)) == 10


def test_a_draft_is_not_sent_before_a_person_lets_its_kind_go(ten: Workspace, mail_server: MailServer) -> None:
    set_all(ten, "draft")
    assert (sent(ten, mail_server).attempted, mail_server.recipients) == ({}, [])
    with ten.writing() as db:
        with pytest.raises(DataError, match="no draft of the kind reminder"):
            approve_drafts(db, ten.event.id, "reminder", AT)
        assert approve_drafts(db, ten.event.id, "agenda", AT) == 10
    assert sent(ten, mail_server).attempted == {"sent": 10}


def test_the_rest_grows_with_every_try_and_then_stays(ten: Workspace, mail_server: MailServer) -> None:
    mail_server.postbox.answers = {("RCPT", address(0)): "451 later"}
    at, rests = AT, []
    for _ in range(len(BACK_OFF) + 1):
        sent(ten, mail_server, at)
        entry = entries_of(ten)[leader_id(0)]
        assert (entry.state, entry.smtp_code, entry.smtp_said) == ("deferred", 451, "later")
        assert entry.retry_at is not None
        rests.append(entry.retry_at - at)
        at = entry.retry_at
    assert rests == [*BACK_OFF, BACK_OFF[-1]]
    assert entries_of(ten)[leader_id(0)].attempt_count == len(BACK_OFF) + 1


def test_a_server_that_only_hung_up_asks_for_no_patience(ten: Workspace, mail_server: MailServer) -> None:
    mail_server.postbox.answers = {("RCPT", address(0)): "421 too many"}
    assert sent(ten, mail_server).attempted == {"sent": 9, "deferred": 1}
    assert entries_of(ten)[leader_id(0)].retry_at is None
    mail_server.postbox.answers = {}
    assert sent(ten, mail_server).attempted == {"sent": 1}


def test_a_server_that_hangs_up_on_everybody_ends_the_run_and_the_others_wait(
    ten: Workspace, mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {("RCPT", address(number)): "421 too many" for number in range(10)}
    with pytest.raises(MailServerSilent, match="breaks off or does not answer"):
        sent(ten, mail_server)
    assert mail_server.postbox.connection_count == 3
    after = entries_of(ten)
    assert [after[leader_id(number)].state for number in range(10)] == ["deferred"] + ["approved"] * 9
    assert [after[leader_id(number)].attempt_count for number in range(10)] == [1] + [0] * 9


class Mute(Postbox):
    """Takes whole messages and never says what it did with them."""

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802 -- aiosmtpd's
        del server, session
        self.arrived.append((envelope.rcpt_tos[0], b""))
        await Event().wait()  # until the client hangs up
        return "250 OK"


def test_a_server_that_takes_messages_and_says_nothing_costs_three_of_them_at_most(ten: Workspace) -> None:
    postbox, port = Mute(), free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    settings = MailSettings(host="127.0.0.1", port=port, timeout_seconds=1)
    with pytest.raises(MailServerSilent):
        deliver(ten, settings, lambda: AT, really=True)
    controller.stop()
    assert sorted(states_of(ten).values()) == ["approved"] * 7 + ["unknown"] * 3
    assert len(postbox.arrived) == 3


def test_the_state_of_the_last_dialogue_is_kept_when_the_program_is_stopped_in_the_next(
    ten: Workspace, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = iter([True, False])
    monkeypatch.setattr("tasks.publish.outbox.delivery.hand_over", _real_while(calls))
    with pytest.raises(KeyboardInterrupt):
        sent(ten, mail_server)
    assert sorted(states_of(ten).values()) == ["approved"] * 8 + ["sending", "sent"]


def _real_while(calls: Iterator[bool]) -> Callable[..., object]:
    from tasks.publish.outbox.smtp import hand_over  # noqa: PLC0415 -- before it is replaced

    def handed_over(*given: object) -> object:
        if not next(calls):
            raise KeyboardInterrupt
        return hand_over(*given)  # type: ignore[arg-type]

    return handed_over


def test_a_limit_spaces_the_mails_evenly_and_marks_none_before_its_turn(
    ten: Workspace, mail_server: MailServer
) -> None:
    seconds, waits, begun = [100.0], [], []

    def sleep(pause: float) -> None:
        waits.append(pause)
        seconds[0] += pause
        begun.append(len(mail_server.recipients))

    summary = sent(ten, mail_server, pace=Pace(30, monotonic=lambda: seconds[0], sleep=sleep))
    assert summary.attempted == {"sent": 10}
    assert waits == [2.0] * 9
    assert begun == list(range(1, 10))


@pytest.mark.parametrize(
    ("dialogue_seconds", "begun_count"), [(0.001, 6), (0.003, 3), (0.004, 2), (0.011, 1), (1.0, 1)]
)
def test_a_far_server_is_begun_one_message_at_a_time_and_a_near_one_as_many_as_a_commit_is_worth(
    ten: Workspace, dialogue_seconds: float, begun_count: int
) -> None:
    seconds = [0.0]

    def monotonic() -> float:  # every look at the clock takes five milliseconds, and so does a commit
        seconds[0] += 0.005
        return seconds[0]

    with ten.opened() as db:
        waiting = deque((entry, "somebody@guest.example") for entry in read_entries(db, ten.event.id))
        way = UnderWay(db, lambda: AT, waiting, Pace(0, monotonic=monotonic))
        way.begin()
        first = [entry.state for entry in read_entries(db, ten.event.id)]
        way.speak()
        seconds[0] += dialogue_seconds - 0.005
        way.settle(Fate("sent", 250))
        way.begin()
        second = [entry.state for entry in read_entries(db, ten.event.id)]
    assert first == ["sending"] + ["approved"] * 9
    assert second == ["sent"] + ["sending"] * begun_count + ["approved"] * (9 - begun_count)


def test_a_limit_does_not_make_up_for_time_in_which_nothing_was_sent() -> None:
    seconds, waits = [0.0], []
    pace = Pace(60, monotonic=lambda: seconds[0], sleep=waits.append)
    pace.wait()
    seconds[0] = 10.0
    pace.wait()
    pace.wait()
    assert waits == [1.0]


def test_no_limit_waits_for_nothing() -> None:
    looks: list[str] = []
    waits: list[float] = []
    pace = Pace(0, monotonic=lambda: float(looks.append("clock") or 0), sleep=waits.append)
    pace.wait()
    pace.wait()
    assert (pace.is_limited, looks, waits) == (False, [], [])


def test_a_mail_that_was_changed_after_it_was_written_is_not_sent(ten: Workspace, mail_server: MailServer) -> None:
    path = ten.folder / entries_of(ten)[leader_id(3)].path
    path.write_bytes(path.read_bytes() + b"P.S.\r\n")
    with pytest.raises(DataError, match="changed after they were written: L003"):
        sent(ten, mail_server)
    assert (mail_server.recipients, set(states_of(ten).values())) == ([], {"approved"})


def test_what_a_server_says_is_kept_without_address_and_name(ten: Workspace, mail_server: MailServer) -> None:
    mail_server.postbox.answers = {
        ("RCPT", address(0)): f"550 5.1.1 <{address(0)}>: user leader0 unknown in virtual table",
    }
    sent(ten, mail_server)
    entry = entries_of(ten)[leader_id(0)]
    assert (entry.smtp_code, entry.smtp_said) == (550, "5.1.1 … user … unknown in virtual table")


BAD_ADDRESSES = [
    "a@guest.example\r\nBcc: everybody@guest.example",
    "a@guest.example\nRCPT TO:<b@guest.example>",
    '"a b"@guest.example',
    "jérôme@guest.example",
    "a@guest.example, b@guest.example",
    "a@guest.example;b@guest.example",
    "",
    "nobody",
    None,
]


def test_no_wrong_address_gets_into_a_dialogue_and_the_others_get_their_mail(
    ten: Workspace, mail_server: MailServer, change_leader: Callable[..., None]
) -> None:
    for number, wrong in enumerate(BAD_ADDRESSES):
        change_leader(ten, leader_id(number), email=wrong)
    summary = sent(ten, mail_server)
    assert summary.attempted == {"sent": 1}
    assert summary.without_address == tuple(leader_id(number) for number in range(len(BAD_ADDRESSES)))
    assert mail_server.recipients == [address(9)]


def test_what_is_of_unknown_fate_goes_again_only_once_a_person_says_so(ten: Workspace, mail_server: MailServer) -> None:
    mail_server.postbox.answers = {("DATA", address(3)): "drop", ("RCPT", address(4)): "550 no"}
    sent(ten, mail_server)
    mail_server.postbox.answers = {}
    arrived = len(mail_server.recipients)
    assert sent(ten, mail_server).attempted == {}
    with ten.writing() as db:
        again = resend(db, ten.event.id, [leader_id(3), str(entries_key(ten, 4))[:8]], AT)
    assert [entry.leader_id for entry in again] == [leader_id(3), leader_id(4)]
    assert len(mail_server.recipients) == arrived
    assert sent(ten, mail_server).attempted == {"sent": 2}
    assert sent(ten, mail_server).attempted == {}


def test_who_is_refused_at_once_is_to_be_called_until_a_person_has_the_mail_sent_again(
    ten: Workspace, mail_server: MailServer, add_companies: Callable[[Workspace], None]
) -> None:
    add_companies(ten)
    mail_server.postbox.answers = {("RCPT", address(4)): "550 5.1.1 no such user", ("DATA", address(3)): "drop"}
    sent(ten, mail_server)
    said = [(call.leader_id, call.smtp_code, call.said) for call in calls_of(ten)]
    assert said == [(leader_id(4), 550, "550 5.1.1 no such user")]
    resend_to(ten, 4)
    assert calls_of(ten) == []
    sent(ten, mail_server)
    assert [call.leader_id for call in calls_of(ten)] == [leader_id(4)]
    mail_server.postbox.answers = {}
    resend_to(ten, 4)
    assert sent(ten, mail_server).attempted == {"sent": 1}
    assert calls_of(ten) == []


def test_at_whom_the_server_always_hangs_up_keeps_back_nobody_else_for_good(
    ten: Workspace, mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {("RCPT", address(0)): "421 not this one", ("RCPT", address(1)): "drop"}
    with pytest.raises(MailServerSilent):
        sent(ten, mail_server)
    assert mail_server.recipients == []
    assert sent(ten, mail_server).attempted == {"sent": 8, "deferred": 2}


def test_a_server_that_falls_silent_is_told_with_how_many_had_gone_before(
    ten: Workspace, mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {("RCPT", address(number)): "421 no more" for number in (4, 5, 6)}
    with pytest.raises(MailServerSilent) as stopped:
        sent(ten, mail_server)
    assert str(stopped.value).splitlines()[0] == (
        f"{mail_server.settings.place}: the mail server breaks off or does not answer; the other messages wait in the"
        " outbox. 4 mails had gone before."
    )
    assert len(mail_server.recipients) == 4


def test_a_refusal_and_its_call_are_on_disk_together_or_not_at_all(
    ten: Workspace, mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("tasks.publish.outbox.under_way.note_refused", die)
    mail_server.postbox.answers = {("RCPT", address(0)): "550 no"}
    with pytest.raises(KeyboardInterrupt):
        sent(ten, mail_server)
    assert states_of(ten)[leader_id(0)] == "sending"


def resend_to(workspace: Workspace, number: int) -> None:
    with workspace.writing() as db:
        resend(db, workspace.event.id, [leader_id(number)], AT)


def calls_of(workspace: Workspace) -> list[Call]:
    with workspace.opened() as db:
        return read_calls(db, workspace.event.id)


def entries_key(workspace: Workspace, number: int) -> object:
    return entries_of(workspace)[leader_id(number)].message_id


@pytest.mark.parametrize(
    ("named", "error", "sentence"),
    [
        ("L077", UsageError, "L077 is no message of this outbox."),
        ("6a", UsageError, "6a is no message of this outbox."),
        (leader_id(0), DataError, "L000 has not failed, nor is its fate unknown: its state is sent."),
    ],
)
def test_what_cannot_go_again_is_refused_and_nothing_changes(
    ten: Workspace, mail_server: MailServer, named: str, error: type[Exception], sentence: str
) -> None:
    mail_server.postbox.answers = {("RCPT", address(4)): "550 no"}
    sent(ten, mail_server)
    with pytest.raises(error) as caught, ten.writing() as db:
        resend(db, ten.event.id, [leader_id(4), named], AT)
    assert str(caught.value).splitlines()[0] == sentence
    assert states_of(ten)[leader_id(4)] == "failed"


def test_the_outbox_is_seen_whole(
    ten: Workspace, mail_server: MailServer, add_companies: Callable[[Workspace], None]
) -> None:
    add_companies(ten)
    mail_server.postbox.answers = {
        ("RCPT", address(0)): "451 later",
        ("DATA", address(3)): "drop",
        ("RCPT", address(4)): "550 5.1.1 no such user",
    }
    sent(ten, mail_server)
    with ten.opened() as db:
        found = overview(db, ten.event)
    three, four = (str(entries_key(ten, number))[:8] for number in (3, 4))
    assert [str(sentence) for sentence in found.sentences] == [
        "agenda, sent: 7",
        "agenda, put off by the server: 1",
        "agenda, failed: 1",
        "agenda, fate unknown: 1",
        "Oldest that waits: written 2026-11-30 08:00",
        "Last error, 2026-12-01 09:00: 451 later",
        f"{three}  L003 Prénom3 Nom3 (Société 3), agenda, fate unknown: {NO_ANSWER}",
        f"{four}  L004 Prénom4 Nom4 (Société 4), agenda, failed: 550 5.1.1 no such user",
        "Once you know that it did not arrive, to send one again: rencontres outbox resend ID",
    ]
    told = described(found, ["L009"])
    assert told.splitlines()[4] == "Failed or unknown: L003 (agenda, unknown), L004 (agenda, failed)"
    assert [text for text in (told, str(found.row)) if "Nom3" in text or "Société" in text] == []
    page = write_outbox_page(ten, found).with_name("index.en.html").read_text(encoding="utf-8")
    assert f"rencontres outbox resend {four}" in page
    assert "Prénom4 Nom4" in page
    assert '<header class="band">' in page
    assert "<td>Agenda</td>" in page


def test_an_empty_outbox_says_so(workspace: Workspace) -> None:
    with workspace.opened() as db:
        found = overview(db, workspace.event)
    assert [str(sentence) for sentence in found.sentences] == ["The outbox is empty. To fill it: rencontres send"]
    assert found.row == {"counts": [], "oldest_waiting_since": None, "last_error": None, "troubles": []}
    assert described(found, []).splitlines()[::2] == [
        "Oldest waiting: none",
        "Last error: none",
        "Failed or unknown: none",
        "Leaders without an address of their own: none",
    ]
    assert "No mail has been written yet." in write_outbox_page(workspace, found).with_name("index.en.html").read_text()


# A process of its own: the limit holds until its end.
FULL_DISK = """
import resource, sys
from datetime import datetime, UTC
from pathlib import Path
from tasks.errors import StorageFull
from tasks.publish.outbox.delivery import deliver
from tasks.mail_settings import MailSettings
from tasks.workspace import Workspace
resource.setrlimit(resource.RLIMIT_FSIZE, (400, 400))
settings = MailSettings(host="127.0.0.1", port=int(sys.argv[2]))
try:
    deliver(Workspace(Path(sys.argv[1])), settings, lambda: datetime(2026, 12, 1, tzinfo=UTC), really=True)
except StorageFull as error:
    sys.exit(str(error))
"""


def test_a_full_disk_ends_the_run_in_a_sentence_before_anything_unrecorded_is_sent(
    ten: Workspace, mail_server: MailServer
) -> None:
    ended = subprocess.run(  # noqa: S603 -- our own interpreter
        [sys.executable, "-c", FULL_DISK, str(ten.folder), str(mail_server.settings.port)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ended.stderr.splitlines()[0] == (
        f"{ten.database}: the database cannot be written: the disk is full, or allows no larger file."
    )
    on_disk = list(states_of(ten).values())
    assert 0 < len(mail_server.recipients) <= 10 - on_disk.count("approved") < 10
    sent(ten, mail_server)
    assert len(set(mail_server.recipients)) == len(mail_server.recipients)


def test_every_kind_of_mail_has_a_name_in_both_languages() -> None:
    assert list(NAMES) == ["invitation", "reminder", "agenda", "changed-agenda", *list(BY_CODE)[2:]]
    assert [name.translated("fr") for name in NAMES.values()] == [
        "invitation à choisir",
        "relance pour choisir",
        "agenda",
        "agenda modifié",
        "rappel de la veille",
        "remerciement avec l\u2019enquête",
        "suivi à 3 mois",
        "suivi à 12 mois",
    ]
