import base64
from collections.abc import Callable
from email import message_from_bytes
from pathlib import Path
from uuid import UUID

import pytest

from tasks.errors import UsageError
from tasks.publish.outbox.returns.mailboxes import mails
from tasks.publish.outbox.returns.reports import Report, read_report
from tests.publish import returned_mails as returned

UNKNOWN = "User unknown in virtual mailbox table"
KEY = UUID("0f8fad5b-d9cb-569f-a165-70867728950e")
ADDRESS = "l001@secret.example"


def understood(content: bytes) -> Report:
    report = read_report(content)
    assert report is not None
    return report


@pytest.mark.parametrize(
    ("write", "code", "status", "said"),
    [
        (
            returned.postfix,
            550,
            "5.1.1",
            "550 5.1.1 …: Recipient address rejected: " + UNKNOWN,
        ),
        (
            returned.exchange,
            550,
            "5.1.10",
            "550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient … not found",
        ),
        (returned.ovh, 550, "5.1.1", "Remote host said: 550 5.1.1 … user unknown"),
    ],
)
def test_a_report_of_a_missing_mailbox_is_read_whoever_wrote_it(
    write: Callable[[str], bytes], code: int, status: str, said: str
) -> None:
    report = understood(write(str(KEY)))
    assert (report.kind, report.message_ids, report.addresses) == ("permanent", (KEY,), (ADDRESS,))
    assert (report.smtp_code, report.status, report.said) == (code, status, said)
    assert report.is_about_the_address


def test_a_full_mailbox_is_a_failure_but_no_wrong_address() -> None:
    report = understood(returned.gmail(str(KEY)))
    assert (report.kind, report.smtp_code, report.status) == ("permanent", 552, "5.2.2")
    assert not report.is_about_the_address


def test_a_server_that_goes_on_trying_is_a_delay() -> None:
    report = understood(returned.delayed(str(KEY)))
    assert (report.kind, report.smtp_code, report.status) == ("temporary", 451, "4.4.1")
    assert not report.is_about_the_address


@pytest.mark.parametrize("write", [returned.out_of_office, returned.answer])
def test_what_a_person_or_their_answering_machine_writes_is_no_report(write: Callable[[str], bytes]) -> None:
    assert read_report(write(str(KEY))) is None


def test_a_mangled_report_is_read_as_far_as_it_goes() -> None:
    report = understood(returned.mangled(str(KEY)))
    assert (report.kind, report.message_ids, report.addresses) == ("permanent", (), (ADDRESS,))
    assert (report.smtp_code, report.status) == (550, "5.1.1")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\xff\xfe",
        b"From: \xe9\xff\r\nSubject: =?nonsense?B?!!!?=\r\n\r\nbonjour",
        b"From:\r\nSubject: bonjour\r\n\r\n550",
        b"From: a@b.example\nContent-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status",
        b"From: a@b.example\r\nContent-Type: text/plain; charset=nonsense\r\n\r\nbonjour",
    ],
)
def test_no_mail_however_broken_stops_the_reading(content: bytes) -> None:
    assert read_report(content) is None


def test_our_id_is_found_in_an_encoded_part_too() -> None:
    quoted = base64.b64encode(f"Message-ID: <{KEY}@chambre.example>\n".encode()).decode()
    plain = returned.postfix("no-id").decode()
    encoded = plain.replace(
        "Content-Type: text/rfc822-headers\n", "Content-Type: text/rfc822-headers\nContent-Transfer-Encoding: base64\n"
    )
    head, _, _ = encoded.partition("Return-Path: <rencontres@")
    assert understood((head + quoted).encode()).message_ids == (KEY,)


def test_the_same_report_in_another_folder_is_known_by_its_own_id() -> None:
    first, second = returned.postfix(str(KEY)), b"X-Moved: yes\n" + returned.postfix(str(KEY))
    assert understood(first).sha256 == understood(second).sha256
    assert understood(first).sha256 != understood(returned.ovh(str(KEY))).sha256


@pytest.mark.parametrize(
    ("subject", "token"),
    [
        ("unsubscribe 0123456789abcdef01234567", "0123456789abcdef01234567"),
        ("Re: unsubscribe 0123456789ABCDEF01234567", "0123456789abcdef01234567"),
        ("STOP", ""),
        ("=?utf-8?Q?D=C3=A9sinscription?=", ""),
    ],
)
def test_a_wish_for_no_more_mails_is_read_with_its_token_or_without(subject: str, token: str) -> None:
    report = understood(returned.unsubscription(subject, "Claire.Morel@Secret.example"))
    assert (report.kind, report.token, report.sender) == ("unsubscribe", token, "claire.morel@secret.example")


@pytest.mark.parametrize("subject", ["Please do not stop", "unsubscribe 0123", "Re: Votre agenda"])
def test_other_subjects_ask_for_nothing(subject: str) -> None:
    assert read_report(returned.unsubscription(subject)) is None


def test_a_maildir_is_read_new_and_old_and_left_as_it_was(tmp_path: Path) -> None:
    for place, content in {"new/2": b"two", "cur/1:2,S": b"one", "tmp/3": b"half", "new/.x": b"no"}.items():
        (tmp_path / place).parent.mkdir(exist_ok=True)
        (tmp_path / place).write_bytes(content)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    assert list(mails(tmp_path)) == [b"two", b"one"]
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_an_mbox_with_bytes_of_any_encoding_is_taken_apart_and_left_as_it_was(tmp_path: Path) -> None:
    one = b"Subject: un\n\n\xe9\xff caf\xc3\xa9\n\nFrom here on it is quoted.\n"
    two = b"Subject: deux\r\n\r\nFromage\r\n"
    box = tmp_path / "returned.mbox"
    box.write_bytes(returned.mbox(one, two))
    found = [mail.strip() for mail in mails(box)]
    assert found == [one.strip(), two.strip()]
    assert message_from_bytes(found[1])["Subject"] == "deux"
    assert box.read_bytes() == returned.mbox(one, two)


def test_an_empty_mbox_holds_nothing_and_what_is_none_is_told(tmp_path: Path) -> None:
    box = tmp_path / "box"
    box.write_bytes(b"")
    assert list(mails(box)) == []
    box.write_bytes(b"Nom;Prenom\n")
    with pytest.raises(UsageError, match="is no mbox"):
        list(mails(box))
    with pytest.raises(UsageError, match="no maildir and no mbox"):
        list(mails(tmp_path / "nowhere"))
