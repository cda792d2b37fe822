"""What comes back, from the command line: reports read, people to call, addresses that get no more reminders."""

import json
from pathlib import Path

import pytest

from flows.cli import run
from tasks.publish.outbox.mail import message_id
from tasks.publish.outbox.suppression import read_suppressions
from tasks.publish.start import write_start_page
from tasks.workspace import Workspace
from tests.publish import returned_mails as returned
from tests.publish.builders import EDITION, PLANNED_AT, add_leaders, eight_leaders, insert

CLAIRE = str(message_id("19-v1", "L001"))
SAID = "550 5.1.1 …: Recipient address rejected: User unknown in virtual mailbox table"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def mailed(workspace: Workspace) -> Workspace:
    """Claire has had a mail."""
    add_leaders(workspace, eight_leaders())
    with workspace.writing() as db:
        insert(
            db,
            "outbox.message",
            [
                {
                    "message_id": CLAIRE, "edition_id": EDITION, "leader_id": "L001", "kind": "agenda",
                    "language": "fr", "subject": "", "content_sha256": "0", "path": "", "state": "sent",
                    "attempt_count": 1, "created_at": PLANNED_AT, "changed_at": PLANNED_AT,
                }
            ],
        )  # fmt: skip
    return workspace


def answered(arguments: list[str], workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> list[str]:
    assert run([*arguments, "--workspace", str(workspace.folder)]) == 0
    return capsys.readouterr().out.splitlines()


def test_bounces_are_read_from_where_event_toml_says_and_whom_to_call_is_told(
    mailed: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answered(["bounces"], mailed, capsys) == ["Nobody needs to be called."]
    event_file = mailed.folder / "event.toml"
    text = event_file.read_text(encoding="utf-8")
    event_file.write_text(text.replace('bounces = ""', 'bounces = "returned.mbox"'), encoding="utf-8")
    box = returned.mbox(returned.postfix(CLAIRE), returned.delayed(CLAIRE), returned.answer(CLAIRE))
    (mailed.folder / "returned.mbox").write_bytes(box)
    call = f"L001 Claire Morel (Ateliers Morel) 06 99 88 77 01: {SAID}"
    assert answered(["bounces"], mailed, capsys) == ["1 mail did not arrive", "1 mail is late", call]
    assert answered(["bounces"], mailed, capsys) == ["2 reports read before", call]
    assert "1 leader to call, no mail arrives: rencontres bounces" in answered(["status"], mailed, capsys)
    assert (mailed.folder / "returned.mbox").read_bytes() == box
    with mailed.opened() as db:
        page = write_start_page(Workspace(mailed.folder), db).read_text(encoding="utf-8")
    assert "Claire Morel" in page
    assert "06 99 88 77 01" in page
    assert "User unknown" in page
    assert answered(["bounces", "--called", "L001"], mailed, capsys)[-1] == "Nobody needs to be called."


def test_bounces_for_machines_and_a_place_that_holds_none(
    mailed: Workspace, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    (tmp_path / "maildir/new").mkdir(parents=True)
    (tmp_path / "maildir/new/1").write_bytes(returned.gmail(CLAIRE))
    found = json.loads("".join(answered(["bounces", str(tmp_path / "maildir"), "--json"], mailed, capsys)))
    assert (found["failed_count"], found["unreadable_count"], found["calls"][0]["leader_id"]) == (1, 0, "L001")
    assert run(["bounces", str(tmp_path / "nowhere"), "--workspace", str(mailed.folder)]) == 2
    assert "there is no maildir and no mbox file here" in capsys.readouterr().err


def test_suppress_takes_all_addresses_or_none(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    both = ["suppress", "Claire@Exemple.example", "a, b@exemple.example"]
    assert run([*both, "--workspace", str(workspace.folder)]) == 2
    assert "a, b@exemple.example is no address of a mailbox." in capsys.readouterr().err
    with workspace.opened() as db:
        assert read_suppressions(db).reasons == {}
    assert answered(["suppress", "Claire@Exemple.example"], workspace, capsys) == [
        "1 address gets no more reminders and surveys.",
        "What belongs to a registration, such as the agenda, still goes there.",
    ]
    with workspace.opened() as db:
        assert not read_suppressions(db).allow("claire@exemple.example", is_transactional=False)


def test_a_link_that_is_none_is_refused_where_it_stands(
    workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8").replace('survey_url = ""', 'survey_url = "javascript:alert(1)"')
    path.write_text(text, encoding="utf-8")
    assert run(["status", "--workspace", str(workspace.folder)]) == 2
    assert "mail.survey_url: javascript:alert(1) is no web address" in capsys.readouterr().err


def test_a_mail_at_the_wrong_time_is_refused_before_anything_long_begins(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENCONTRES_NOW", "2026-12-03T23:30:00+01:00")
    assert run(["send", "--kind", "thanks", "--really", "--workspace", str(workspace.folder)]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "rencontres: --kind thanks: the time of this mail has not come: it goes from Friday 4 December 2026 on.",
        "            Call again then, or say that you mean it with: --now-anyway",
    ]
