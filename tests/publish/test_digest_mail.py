"""The digest as pages and as a mail: what it says, that it says it safely, and that it goes once a night."""

import email
import re
from collections.abc import Sequence
from datetime import datetime, timedelta
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

import pytest

from tasks import clock
from tasks.errors import ConfigurationError, DataError, MailServerDown
from tasks.mail_settings import MailSettings
from tasks.publish import tasks
from tasks.publish.digest.delivery import NightlyDigest, send_digest
from tasks.publish.digest.mail import WrittenDigest, write_digest
from tasks.publish.start import write_start_page
from tasks.workspace import Workspace
from tests.publish.conftest import MailServer
from tests.publish.digest_builders import AT, NIGHT, Row, change, company, leader, prepared, question, six_leaders

ORGANISER = "rencontres@chambre.example"
HOSTILE = [
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "=cmd|' /C calc'!A0",
    "\N{RIGHT-TO-LEFT OVERRIDE}moc",
    "x" * 100_000,
]


def written(workspace: Workspace, at: datetime = AT) -> WrittenDigest:
    with workspace.writing() as database:
        return write_digest(workspace, database, at)


@pytest.fixture
def night(workspace: Workspace) -> Workspace:
    """A night with a newcomer, a withdrawal and a question."""
    changes = [
        change(6, "registered"),
        change(2, "withdrawn"),
        change(1, "changed", "company", "Morel", "Morel & Fils"),
    ]
    return prepared(
        workspace, six_leaders(), {"audit.change": changes, "audit.review_item": [question(1, "Sté Machin")]}
    )


def parts(content: bytes) -> tuple[EmailMessage, str, str]:
    """Return a mail with its plain text and its page."""
    mail = email.message_from_bytes(content, policy=default)
    assert isinstance(mail, EmailMessage)
    text, page = (mail.get_body((kind,)) for kind in ("plain", "html"))
    assert text is not None
    assert page is not None
    return mail, text.get_content(), page.get_content()


def test_a_night_leaves_two_pages_a_text_and_a_mail(night: Workspace) -> None:
    made = written(night)
    names = [f"2026-11-23{ending}" for ending in (".eml", ".en.html", ".html", ".txt")]
    assert sorted(path.name for path in (night.out / "digest").iterdir()) == names
    assert (made.page.name, made.path.name) == ("2026-11-23.html", "2026-11-23.eml")


def test_the_mail_says_what_matters_in_its_subject(night: Workspace) -> None:
    mail, text, page = parts(written(night).path.read_bytes())
    expected = "1 nouveau, 1 désistement, 1 modifié, 1 décision à prendre"
    assert mail["Subject"] == f"{expected} \N{EN DASH} Rencontres affaires de l'Artois et du Douaisis"
    assert (mail["To"], mail["Content-Language"], mail["Auto-Submitted"]) == (None, "fr", "auto-generated")
    assert text.splitlines()[:2] == [f"{expected}.", "lundi 23 novembre 2026 · 6 inscrits, événement dans 10 jours"]
    assert "L001 Prénom1 Nom1 \N{EN DASH} Société 1" in text
    assert "Morel → Morel & Fils" in text
    assert "Morel &amp; Fils" in page
    assert "6 inscrits, événement dans 10 jours" in page


def test_the_english_page_is_english(night: Workspace) -> None:
    written(night)
    page = (night.out / "digest" / "2026-11-23.en.html").read_text(encoding="utf-8")
    titles = ["What needs you", "What changed this night", "Registrations against the earlier editions"]
    titles += ["Wishes per leader", "Most asked for", "1 leader cannot reach 4 meetings"]
    assert [title for title in titles if title not in page] == []
    assert "1 newcomer, 1 withdrawal, 1 changed, 1 decision to take" in page


def test_an_english_event_gets_an_english_mail(night: Workspace) -> None:
    file = night.folder / "event.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(re.sub(r"languages = .*", 'languages = ["en"]', text), encoding="utf-8")
    mail, text, _ = parts(written(Workspace(night.folder)).path.read_bytes())
    assert mail["Content-Language"] == "en"
    assert text.startswith("1 newcomer, 1 withdrawal, 1 changed, 1 decision to take.")


def test_workbook_and_quality_page_are_named(night: Workspace) -> None:
    (night.out / "quality").mkdir(parents=True)
    for name in ("rejets-2026-11-22.xlsx", "rejets-2026-11-23.xlsx", "rejets-2026-11-23-2.xlsx"):
        (night.out / "quality" / name).touch()
    text = written(night).path.with_suffix(".txt").read_text(encoding="utf-8")
    assert [line.rpartition("/")[2] for line in text.splitlines() if "/quality/" in line] == [
        "rejets-2026-11-23.xlsx",
        "index.html",
    ]


def test_a_quiet_night_is_one_line(workspace: Workspace) -> None:
    made = written(prepared(workspace, six_leaders()))
    _, text, page = parts(made.path.read_bytes())
    line = "Nuit calme\N{NO-BREAK SPACE}: rien n\N{RIGHT SINGLE QUOTATION MARK}a changé et rien ne vous attend."
    assert text.splitlines() == [line]
    shown = re.sub(r"(?s)<(style|head)\b.*?</\1>|<div style=\"display:none.*?</div>|<[^>]+>", " ", page)
    assert " ".join(shown.split()) == " ".join(line.split())


def test_long_lists_are_cut_and_the_rest_is_counted(workspace: Workspace) -> None:
    base = six_leaders()
    base["core.leader"] = [leader(number) for number in range(1, 31)]
    base["audit.change"] = [change(number, "registered") for number in range(1, 31)]
    suggestion = {"edition_id": "artois-douaisis-2026", "from_leader_id": "L006", "to_leader_id": "L001", "rank": 1}
    base["core.suggestion"] = [suggestion | {"score": 1.0, "sells_codes": "", "seeks_codes": "", "is_used": False}]
    made = written(prepared(workspace, base))
    text = made.path.with_suffix(".txt").read_text(encoding="utf-8")
    assert "et 18 autres" in text
    assert "L006 Prénom6 Nom6 \N{EN DASH} Société 6\N{NARROW NO-BREAK SPACE}: 0 partenaire possible, 1 suggéré" in text
    page = (workspace.out / "digest" / "2026-11-23.en.html").read_text(encoding="utf-8")
    assert "and 18 more" in page
    assert "and 13 more" in page


def test_hostile_names_are_data(workspace: Workspace) -> None:
    base = six_leaders() | {
        "core.company": [company(number, name) for number, name in enumerate(HOSTILE, 1)],
        "core.leader": [leader(number, given_name=name, family_name=name) for number, name in enumerate(HOSTILE, 1)],
        "audit.change": [change(1, "changed", "job_title", HOSTILE[0], HOSTILE[1]), change(5, "vanished")],
    }
    made = written(prepared(workspace, base))
    _, text, page = parts(made.path.read_bytes())
    assert ("<script>alert" in page, "&lt;script&gt;alert" in page, "{{ 7*7 }}" in page) == (False, True, True)
    assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in page + text
    assert max(len(word) for word in re.split(r"[\s<>]", re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL))) < 200
    assert "=cmd|' /C calc'!A0" in text
    assert len(page) < 100_000


def test_nothing_in_the_page_is_fetched(night: Workspace) -> None:
    page = written(night).page.read_text(encoding="utf-8")
    assert re.findall(r"""(?:src|href)=["'](?!#)[^"']*["']|url\(|@import""", page) == []


def test_the_same_night_gives_the_same_bytes(night: Workspace) -> None:
    first = written(night).path.read_bytes()
    assert written(night, AT + timedelta(hours=1)).path.read_bytes() == first
    prepared(night, {"audit.change": [change(3, "withdrawn")]})
    later = written(night, AT + timedelta(hours=2)).path.read_bytes()
    assert email.message_from_bytes(later, policy=default)["Date"].datetime == AT + timedelta(hours=2)


def sent(workspace: Workspace, settings: MailSettings, *, really: bool = True) -> NightlyDigest:
    return send_digest(workspace, settings, lambda: AT + timedelta(hours=5), really=really)


def test_the_digest_goes_to_the_organiser_once(night: Workspace, mail_server: MailServer) -> None:
    made = written(night)
    assert sent(night, mail_server.settings, really=False).is_dry_run is True
    assert mail_server.recipients == []
    first, second = sent(night, mail_server.settings), sent(night, mail_server.settings)
    assert mail_server.postbox.arrived == [(ORGANISER, b"To: %s\r\n" % ORGANISER.encode() + made.path.read_bytes())]
    assert mail_server.postbox.senders == [ORGANISER]
    assert (first.state, first.was_tried, str(first.sentence)) == (
        "sent",
        True,
        "The digest was sent (2026-11-23, out/digest/2026-11-23.html)",
    )
    assert (second.was_tried, str(second.sentence)) == (
        False,
        "The digest of 2026-11-23 has been sent before; it goes once a night.",
    )


def test_a_digest_written_again_after_it_was_sent_stays_sent_as_it_was(
    night: Workspace, mail_server: MailServer
) -> None:
    made = written(night)
    mail, page = made.path.read_bytes(), made.page.read_bytes()
    sent(night, mail_server.settings)
    prepared(night, {"audit.change": [change(3, "withdrawn")]})
    written(night, AT + timedelta(hours=8))
    assert (made.path.read_bytes() == mail, made.page.read_bytes() == page) == (True, False)
    assert sent(night, mail_server.settings).was_tried is False
    assert len(mail_server.recipients) == 1


def test_the_next_night_has_a_digest_of_its_own(night: Workspace, mail_server: MailServer) -> None:
    written(night)
    sent(night, mail_server.settings)
    written(night, AT + timedelta(days=1))
    assert sent(night, mail_server.settings).night == NIGHT + timedelta(days=1)
    assert len(mail_server.recipients) == 2


def with_digest(workspace: Workspace, lines: str) -> Workspace:
    file = workspace.folder / "event.toml"
    text = re.sub(r"(?s)\[digest\].*?(?=\n\s*\n|\n#|\Z)", "", file.read_text(encoding="utf-8"))
    file.write_text(f"{text}\n[digest]\n{lines}\n", encoding="utf-8")
    return Workspace(workspace.folder)


def test_event_toml_names_another_recipient(night: Workspace, mail_server: MailServer) -> None:
    workspace = with_digest(night, 'to = "equipe@chambre.example"')
    written(workspace)
    sent(workspace, mail_server.settings)
    assert mail_server.recipients == ["equipe@chambre.example"]


def test_an_address_that_is_none_is_said_before_anything_is_sent(night: Workspace, mail_server: MailServer) -> None:
    workspace = with_digest(night, 'to = "equipe"')
    written(workspace)
    with pytest.raises(ConfigurationError, match="the address for the digest cannot be used"):
        sent(workspace, mail_server.settings)
    assert mail_server.postbox.connection_count == 0


@pytest.mark.parametrize(
    ("answers", "state", "words"),
    [
        ({("RCPT", ORGANISER): "451 later"}, "deferred", "asks for patience"),
        ({("RCPT", ORGANISER): "550 never"}, "failed", "refuses the digest for good"),
        ({("DATA", ORGANISER): "drop"}, "unknown", "Nobody knows"),
    ],
)
def test_what_became_of_the_digest_is_kept(
    answers: dict[tuple[str, str], str], state: str, words: str, night: Workspace, mail_server: MailServer
) -> None:
    written(night)
    mail_server.postbox.answers = answers
    found = sent(night, mail_server.settings)
    assert (found.state, words in str(found.sentence)) == (state, True)
    mail_server.postbox.answers = {}
    arrived = len(mail_server.postbox.arrived)
    again = sent(night, mail_server.settings)
    assert again.state == ("sent" if state == "deferred" else state)
    assert len(mail_server.postbox.arrived) - arrived == (1 if state == "deferred" else 0)


def test_a_sender_that_is_refused_leaves_the_digest_waiting(night: Workspace, mail_server: MailServer) -> None:
    written(night)
    mail_server.postbox.answers = {("MAIL", ORGANISER): "550 not you"}
    with pytest.raises(ConfigurationError, match="refuses the organiser's address"):
        sent(night, mail_server.settings)
    mail_server.postbox.answers = {}
    assert sent(night, mail_server.settings).state == "sent"


def test_a_server_that_is_down_leaves_the_digest_waiting(night: Workspace, mail_server: MailServer) -> None:
    written(night)
    with pytest.raises(MailServerDown):
        sent(night, mail_server.settings.model_copy(update={"port": 1}))
    found = sent(night, mail_server.settings, really=False)
    assert (found.state, str(found.sentence)) == (
        "written",
        "The digest of 2026-11-23 is ready: out/digest/2026-11-23.html",
    )


def test_a_dialogue_that_broke_off_is_not_repeated(night: Workspace, mail_server: MailServer) -> None:
    written(night)
    with night.opened() as database:
        database._connection.execute("update outbox.digest set state = 'sending'")
    assert "Another run is sending" in str(sent(night, mail_server.settings, really=False).sentence)
    assert sent(night, mail_server.settings).state == "unknown"
    assert mail_server.recipients == []


def test_without_a_digest_there_is_nothing_to_send(workspace: Workspace, mail_server: MailServer) -> None:
    with pytest.raises(DataError, match="no digest was written yet"):
        sent(workspace, mail_server.settings)


def test_a_digest_whose_file_has_gone_is_said(night: Workspace, mail_server: MailServer) -> None:
    written(night).path.unlink()
    with pytest.raises(DataError, match="no longer where it was written"):
        sent(night, mail_server.settings)


@pytest.fixture
def artifacts(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Catch what would go to the Prefect server."""
    caught: list[dict[str, Any]] = []
    monkeypatch.setattr(tasks, "create_markdown_artifact", lambda text, key: caught.append({"key": key, "text": text}))
    monkeypatch.setenv("LANGUAGE", "en")
    return caught  # type: ignore[return-value]


@pytest.fixture
def environment(mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    monkeypatch.setenv("RENCONTRES_SMTP_HOST", mail_server.settings.host)
    monkeypatch.setenv("RENCONTRES_SMTP_PORT", str(mail_server.settings.port))
    return mail_server


def test_the_task_writes_the_digest_and_sends_nothing(
    night: Workspace, artifacts: Sequence[Row], environment: MailServer
) -> None:
    with clock.standing_at(AT):
        page = tasks.write_digest.fn(night.folder)
    assert page == night.out / "digest" / "2026-11-23.html"
    (artifact,) = artifacts
    assert artifact["key"] == "digest"
    assert re.findall(r"Nom\d|Prénom|Société|secret|Morel|Machin", str(artifact["text"])) == []
    assert environment.postbox.connection_count == 0


@pytest.mark.parametrize(
    ("really", "if_mailed", "is_mailed", "count"),
    [
        (False, False, True, 0),
        (False, True, False, 0),
        (False, True, True, 1),
        (True, False, False, 1),
    ],
)
def test_the_digest_leaves_only_where_a_person_has_said_so(
    really: bool,  # noqa: FBT001 -- a table of switches
    if_mailed: bool,  # noqa: FBT001 -- as above
    is_mailed: bool,  # noqa: FBT001 -- as above
    count: int,
    night: Workspace,
    environment: MailServer,
) -> None:
    workspace = with_digest(night, f"is_mailed = {str(is_mailed).lower()}")
    written(workspace)
    found = tasks.deliver_digest.fn(workspace.folder, really, if_mailed)
    assert (len(environment.recipients), found.is_dry_run) == (count, count == 0)


def test_the_start_page_leads_to_the_newest_digest(night: Workspace) -> None:
    written(night)
    written(night, AT + timedelta(days=1))
    with night.opened() as database:
        page = write_start_page(night, database)
    hrefs = {path.name: re.findall(r'href="(digest/[^"]*)"', path.read_text("utf-8")) for path in (page, english(page))}
    assert hrefs == {"index.html": ["digest/2026-11-24.html"], "index.en.html": ["digest/2026-11-24.en.html"]}


def english(page: Path) -> Path:
    return page.with_name("index.en.html")
