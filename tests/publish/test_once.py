"""The mails that go once: whom each concerns, when, and what it says."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from uuid import uuid4

import pytest
from jinja2 import ChoiceLoader, DictLoader

from tasks import pages
from tasks.design import HOUSE
from tasks.errors import DataError, UsageError
from tasks.publish.agendas.compose import occasion_of
from tasks.publish.outbox.decisions import resend
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.kinds import BY_CODE, KINDS, Kind, require_due
from tasks.publish.outbox.ledger import OutboxSummary, read_entries
from tasks.publish.outbox.letters.facts import read_facts
from tasks.publish.outbox.letters.letter import Letter, Reader
from tasks.publish.outbox.mail import compose
from tasks.publish.outbox.once import Meant, fill_kind
from tasks.publish.outbox.owing import fill_outbox
from tasks.publish.outbox.suppression import salted, suppress
from tasks.workspace import Workspace
from tests.publish.builders import (
    EDITION,
    Plan,
    Someone,
    add_leaders,
    add_plan,
    eight_leaders,
    first_plan,
    insert,
    second_plan,
)
from tests.publish.conftest import MailServer

BEFORE = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
EVE = datetime(2026, 12, 2, 9, 0, tzinfo=UTC)
AFTER = datetime(2026, 12, 4, 9, 0, tzinfo=UTC)
MARCH = datetime(2027, 3, 4, 9, 0, tzinfo=UTC)
YEAR = datetime(2027, 12, 6, 9, 0, tzinfo=UTC)
REALLY = Meant(really=True)
REGISTERED = ["L001", "L002", "L003", "L004", "L006", "L008"]  # L005 has no address, L007 withdrew

pytestmark = pytest.mark.usefixtures("quick_sheets")


def filled(workspace: Workspace, code: str, at: datetime, meant: Meant = REALLY) -> OutboxSummary:
    return fill_kind(workspace, BY_CODE[code], at, meant)


def standing(workspace: Workspace, code: str) -> dict[str, str]:
    """The state of every leader's message of a kind."""
    with workspace.opened() as db:
        return {e.leader_id: e.state for e in read_entries(db, EDITION) if e.kind == code}


def mail_to(workspace: Workspace, code: str, leader_id: str) -> EmailMessage:
    read = message_from_bytes((workspace.out / "letters" / code / f"{leader_id}.eml").read_bytes(), policy=default)
    assert isinstance(read, EmailMessage)
    return read


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content().replace("\u00a0", " ").replace("\u202f", " ").replace("\u2019", "'").replace("\r\n", "\n")


def ask(workspace: Workspace, *wishes: tuple[str, str]) -> None:
    with workspace.writing() as db:
        insert(
            db,
            "core.request",
            [
                {
                    "edition_id": EDITION, "from_leader_id": one, "to_leader_id": other, "rank": rank,
                    "match_rule": "exact", "match_score": 1.0, "file_sha256": "0" * 64, "sheet": "", "row_number": 2,
                }
                for rank, (one, other) in enumerate(wishes, 1)
            ],
        )  # fmt: skip


@pytest.fixture
def registered(workspace: Workspace) -> Workspace:
    """Eight leaders; Claire has asked for four, James for one, the others for nobody."""
    add_leaders(workspace, eight_leaders())
    ask(workspace, ("L001", "L002"), ("L001", "L003"), ("L001", "L004"), ("L001", "L006"), ("L002", "L001"))
    return workspace


def lead_to(workspace: Workspace, **links: str) -> Workspace:
    """Write links to forms into event.toml; the workspace is opened anew."""
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8")
    for name, url in links.items():
        assert f'{name} = ""' in text
        text = text.replace(f'{name} = ""', f'{name} = "{url}"')
    path.write_text(text, encoding="utf-8")
    return Workspace(workspace.folder)


# Whom it concerns


def test_the_invitation_goes_to_whoever_has_not_chosen_yet(registered: Workspace) -> None:
    filled(registered, "invitation", BEFORE)
    assert sorted(standing(registered, "invitation")) == ["L003", "L004", "L006", "L008"]


def test_the_reminder_goes_to_those_with_fewer_possible_wishes_than_the_minimum(
    registered: Workspace, change_leader: Callable[..., None]
) -> None:
    filled(registered, "reminder", BEFORE)
    assert sorted(standing(registered, "reminder")) == ["L002", "L003", "L004", "L006", "L008"]
    change_leader(registered, "L004", status="withdrawn")  # Claire now has three that can be met
    filled(registered, "reminder", BEFORE)
    assert sorted(standing(registered, "reminder")) == ["L001", "L002", "L003", "L004", "L006", "L008"]
    assert standing(registered, "reminder")["L004"] == "cancelled"


def test_the_day_before_goes_to_everybody_with_an_agenda_and_needs_an_approved_plan(registered: Workspace) -> None:
    with pytest.raises(DataError, match="no plan version is approved"):
        filled(registered, "day-before", EVE)
    add_plan(registered, eight_leaders(), Plan(meetings=first_plan().meetings))
    filled(registered, "day-before", EVE)
    assert sorted(standing(registered, "day-before")) == REGISTERED


def test_thanks_go_to_everybody_but_the_absent_unless_they_met_somebody(planned: Workspace) -> None:
    with planned.writing() as db:
        insert(
            db,
            "day.attendance",
            [
                {"edition_id": EDITION, "leader_id": leader_id, "is_present": is_present, "checked_in_at": None}
                for leader_id, is_present in (("L001", True), ("L002", False), ("L003", False))
            ],
        )
        insert(
            db,
            "day.outcome",
            [{"edition_id": EDITION, "leader_a": "L003", "leader_b": "L004", "outcome": "held", "is_same_day": False}],
        )
    filled(planned, "thanks", AFTER)
    assert sorted(standing(planned, "thanks")) == ["L001", "L003", "L004", "L006", "L008"]


def test_a_follow_up_names_whom_a_leader_met_as_far_as_is_known(planned: Workspace) -> None:
    with planned.writing() as db:
        insert(
            db,
            "day.outcome",
            [
                {"edition_id": EDITION, "leader_a": a, "leader_b": b, "outcome": outcome, "is_same_day": b == "L008"}
                for a, b, outcome in (
                    ("L001", "L002", "held"), ("L001", "L003", "no_show"), ("L001", "L004", "unknown"),
                    ("L001", "L008", "held"), ("L003", "L004", "no_show"), ("L002", "L003", "no_show"),
                )
            ],
        )  # fmt: skip
        insert(
            db,
            "day.attendance",
            [{"edition_id": EDITION, "leader_id": "L006", "is_present": False, "checked_in_at": None}],
        )
    filled(planned, "follow-up-3", MARCH)
    assert sorted(standing(planned, "follow-up-3")) == ["L001", "L002", "L004", "L008"]
    text = text_of(mail_to(planned, "follow-up-3", "L001"))
    assert "- James O'Connor, Sales director – Northbridge Tooling Ltd\n" in text  # noqa: RUF001 -- as it is written
    assert "Inès" in text
    assert "Rochefoucauld" in text
    assert "Żółkiewski" not in text  # did not come to the table
    assert "Benali" not in text  # was away


# When, how often


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        ("invitation", None, date(2026, 12, 2)),
        ("reminder", None, date(2026, 12, 2)),
        ("day-before", date(2026, 12, 2), date(2026, 12, 2)),
        ("thanks", date(2026, 12, 4), date(2027, 2, 3)),
        ("follow-up-3", date(2027, 3, 3), date(2027, 9, 3)),
        ("follow-up-12", date(2027, 12, 3), date(2028, 12, 3)),
    ],
)
def test_every_kind_has_its_days(workspace: Workspace, code: str, first: date | None, last: date) -> None:
    kind, event = BY_CODE[code], workspace.event
    assert kind.window(event) == (first, last)
    assert kind.is_due(event, last)
    assert first is None or kind.is_due(event, first)
    assert not kind.is_due(event, date.fromordinal(last.toordinal() + 1))
    assert first is None or not kind.is_due(event, date.fromordinal(first.toordinal() - 1))


def test_three_months_after_the_end_of_november_is_the_end_of_february(workspace: Workspace) -> None:
    event = workspace.event.model_copy(update={"date": date(2026, 11, 30)})
    assert BY_CODE["follow-up-3"].window(event)[0] == date(2027, 2, 28)


def test_a_mail_at_the_wrong_time_is_refused_with_the_right_one(
    planned: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    with pytest.raises(UsageError, match=r"--kind thanks: the time .* goes from Friday 4 December 2026 on"):
        filled(planned, "thanks", EVE)
    with pytest.raises(UsageError, match="this mail goes on Wednesday 2 December 2026 only"):
        filled(planned, "day-before", BEFORE)
    with pytest.raises(UsageError, match="has passed: it went until Wednesday 2 December 2026"):
        filled(planned, "invitation", AFTER)
    assert filled(planned, "thanks", EVE, Meant(really=True, anyway=True)).written_count == 6
    require_due(BY_CODE["thanks"], planned.event, AFTER.date())


def test_without_really_there_are_drafts_that_no_later_run_sends(
    registered: Workspace, mail_server: MailServer
) -> None:
    summary = filled(registered, "invitation", BEFORE, Meant())
    assert (summary.written_count, summary.waiting_count, summary.counts["draft"]) == (4, 0, 4)
    deliver(registered, mail_server.settings, lambda: BEFORE, really=True, kind="invitation")
    assert mail_server.recipients == []
    summary = filled(registered, "invitation", BEFORE, REALLY)
    assert (summary.written_count, summary.waiting_count, summary.counts["draft"]) == (0, 4, 0)
    deliver(registered, mail_server.settings, lambda: BEFORE, really=True, kind="invitation")
    assert mail_server.recipients == [
        "l003@secret.example", "l004@secret.example", "payeur@secret.example", "l008@secret.example",
    ]  # fmt: skip


def test_a_kind_goes_once_however_often_it_is_called_for(registered: Workspace, mail_server: MailServer) -> None:
    for _ in range(2):
        filled(registered, "reminder", BEFORE)
        deliver(registered, mail_server.settings, lambda: BEFORE, really=True, kind="reminder")
    assert len(mail_server.recipients) == 5
    assert set(standing(registered, "reminder").values()) == {"sent"}


def test_a_draft_says_what_holds_and_goes_when_nobody_needs_it(registered: Workspace) -> None:
    filled(registered, "reminder", BEFORE, Meant())
    before = (registered.out / "letters/reminder/L003.eml").read_bytes()
    ask(registered, ("L002", "L003"), ("L002", "L004"), ("L002", "L006"), ("L008", "L001"))
    filled(registered, "reminder", BEFORE.replace(hour=15), Meant())
    assert sorted(standing(registered, "reminder")) == ["L003", "L004", "L006", "L008"]
    assert (registered.out / "letters/reminder/L003.eml").read_bytes() == before
    assert "Encore 3 noms" in mail_to(registered, "reminder", "L008")["Subject"]


def test_a_mail_that_was_meant_to_go_after_its_time_goes(planned: Workspace, mail_server: MailServer) -> None:
    late = AFTER + timedelta(days=100)
    summary = filled(planned, "thanks", late, Meant(really=True, anyway=True))
    assert (summary.written_count, summary.cancelled_count) == (6, 0)
    mail_server.postbox.answers = {("RCPT", "l001@secret.example"): "550 no"}
    sent = deliver(planned, mail_server.settings, lambda: late, really=True, kind="thanks")
    assert sent.attempted == {"sent": 5, "failed": 1}
    mail_server.postbox.answers = {}
    with planned.writing() as db:
        resend(db, planned.event.id, ["L001"], late)
    assert filled(planned, "thanks", late, Meant(really=True, anyway=True)).cancelled_count == 0
    sent = deliver(planned, mail_server.settings, lambda: late, really=True, kind="thanks")
    assert (sent.attempted, mail_server.recipients.count("l001@secret.example")) == ({"sent": 1}, 1)


def test_only_the_kind_goes_that_was_asked_for(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned, "reminder", BEFORE)
    fill_outbox(planned, BEFORE)
    for kind, count, others in (("invitation", 0, 11), ("reminder", 5, 6), ("agenda", 6, 5)):
        looked = deliver(planned, mail_server.settings, lambda: BEFORE, really=False, kind=kind)
        assert (looked.waiting_count, looked.other_count) == (count, others)
    sent = deliver(planned, mail_server.settings, lambda: BEFORE, really=True, kind="reminder")
    assert (sent.attempted, sent.waiting_count, sent.other_count) == ({"sent": 5}, 0, 6)
    assert set(standing(planned, "agenda").values()) == {"approved"}


def test_a_waiting_mail_of_the_eve_follows_the_plan(planned: Workspace, mail_server: MailServer) -> None:
    filled(planned, "day-before", EVE)
    assert "T12" in str(mail_to(planned, "day-before", "L001").get_body(("plain",)))
    add_plan(planned, eight_leaders(), second_plan())
    filled(planned, "day-before", EVE)
    deliver(planned, mail_server.settings, lambda: EVE, really=True, kind="day-before")
    ((_, arrived),) = [mail for mail in mail_server.postbox.arrived if mail[0] == "l001@secret.example"]
    assert b"table T55" in arrived


def test_what_waits_past_its_time_is_cancelled_by_the_next_run(planned: Workspace) -> None:
    filled(planned, "day-before", EVE)
    filled(planned, "thanks", AFTER)
    assert set(standing(planned, "day-before").values()) == {"cancelled"}
    assert set(standing(planned, "thanks").values()) == {"approved"}


# Who wants none


def test_who_wants_no_mails_gets_only_what_belongs_to_the_registration(registered: Workspace) -> None:
    filled(registered, "reminder", BEFORE)
    with registered.writing() as db:
        suppress(db, salted(db).sha256("L003@SECRET.example "), "person", BEFORE)
        suppress(db, salted(db).sha256("l004@secret.example"), "bounce", BEFORE)
    filled(registered, "invitation", BEFORE)
    assert sorted(standing(registered, "invitation")) == ["L003", "L006", "L008"]
    assert standing(registered, "reminder")["L003"] == "cancelled"


def test_a_suppression_holds_in_the_next_edition(registered: Workspace) -> None:
    with registered.writing() as db:
        suppress(db, salted(db).sha256("l003@secret.example"), "person", BEFORE)
    other = Workspace(registered.folder)
    path = other.folder / "event.toml"
    text = path.read_text(encoding="utf-8").replace(f'id = "{EDITION}"', 'id = "next-2027"', 1)
    path.write_text(text, encoding="utf-8")
    with other.writing() as db:
        for table in ("company", "leader"):
            db._connection.execute(f"update core.{table} set edition_id = 'next-2027'")  # noqa: S608 -- a test's own name
    filled(other, "reminder", BEFORE)
    with other.opened() as db:
        assert [e.leader_id for e in read_entries(db, "next-2027")] == ["L001", "L002", "L004", "L006", "L008"]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_only_what_is_not_transactional_offers_to_unsubscribe(planned: Workspace, kind: Kind) -> None:
    filled(planned, kind.code, BEFORE, Meant(anyway=True))
    mail = mail_to(planned, kind.code, "L003")
    with planned.writing() as db:
        tokens = {salted(db).token(e.message_id) for e in read_entries(db, EDITION) if e.leader_id == "L003"}
    link = f"mailto:rencontres@chambre.example?subject=unsubscribe%20{tokens.pop()}"
    if kind.is_transactional:
        assert mail["List-Unsubscribe"] is None
        assert "unsubscribe" not in mail.as_string()
    else:
        assert mail["List-Unsubscribe"] == f"<{link}>"
        assert link in text_of(mail)
    assert mail["List-Unsubscribe-Post"] is None


# What it says


def test_an_invitation_shows_the_others_as_the_catalogue_does(registered: Workspace) -> None:
    filled(lead_to(registered, choose_url="https://form.example/?a=1&b=2"), "invitation", BEFORE)
    mail = mail_to(registered, "invitation", "L003")
    assert mail["Subject"] == "Qui souhaitez-vous rencontrer le 3 décembre ?"
    text = text_of(mail)
    assert "5 dirigeants" not in text
    assert "6 dirigeants sont prêts à vous rencontrer" in text
    assert "\n1. Claire Morel, Directrice générale – Ateliers Morel\n" in text  # noqa: RUF001 -- as it is written
    assert "\n5. Paul Lefèvre – Transports Lefèvre\n" in text  # noqa: RUF001 -- as above
    assert "Żółkiewski" not in text.partition("Les participants")[2]
    assert "Petit Conseil" not in text
    assert "https://form.example/?a=1&b=2" in text
    html = mail.get_body(("html",))
    assert html is not None
    assert 'href="https://form.example/?a=1&amp;b=2"' in html.get_content()
    assert [word for word in ("secret.example", "06 99") if word in mail.as_string()] == []


def test_a_reminder_says_what_was_asked_what_is_missing_and_who_might_suit(registered: Workspace) -> None:
    with registered.writing() as db:
        insert(
            db,
            "core.suggestion",
            [
                {
                    "edition_id": EDITION, "from_leader_id": "L002", "to_leader_id": other, "rank": rank,
                    "score": 1.0, "sells_codes": "", "seeks_codes": "", "is_used": False,
                }
                for rank, other in enumerate(("L008", "L001", "L007", "L003"), 1)
            ],
        )  # fmt: skip
    filled(registered, "reminder", BEFORE)
    mail = mail_to(registered, "reminder", "L002")
    assert mail["Subject"] == "3 more names for your meetings on 3 December"
    text = text_of(mail)
    assert "- Claire Morel, Directrice générale" in text
    assert text.index("8. Inès") < text.index("3. Łukasz")
    assert "Petit" not in text
    assert text.count("Claire Morel") == 1
    assert "Simply answer this message with more names" in text


def test_the_eve_says_tomorrow_only_on_the_eve(planned: Workspace) -> None:
    filled(planned, "day-before", EVE, Meant())
    mail = mail_to(planned, "day-before", "L002")
    assert mail["Subject"] == "See you tomorrow: 2 meetings, the first at 14:40, table T12"
    assert "14:40  table T12  Claire Morel, Ateliers Morel" in text_of(mail)
    assert "Welcome and agendas" in text_of(mail)
    assert "Gayant Expo, Route de Tournai, 59500 Douai" in text_of(mail)
    filled(planned, "day-before", BEFORE, Meant(anyway=True))
    assert mail_to(planned, "day-before", "L002")["Subject"].startswith("See you on 3 December: 2 meetings")
    assert "No meeting is planned" not in text_of(mail_to(planned, "day-before", "L002"))
    assert "Aucun rendez-vous n'est encore prévu" in text_of(mail_to(planned, "day-before", "L008"))


def test_thanks_and_follow_ups_lead_to_the_form_or_ask_for_an_answer(planned: Workspace) -> None:
    filled(planned, "thanks", AFTER, Meant())
    assert "Répondez simplement à ce message avec vos deux notes" in text_of(mail_to(planned, "thanks", "L001"))
    linked = lead_to(planned, survey_url="https://form.example/s", follow_up_url="https://form.example/f")
    filled(linked, "thanks", AFTER, Meant())
    assert "Répondre à l'enquête : https://form.example/s" in text_of(mail_to(linked, "thanks", "L001"))
    filled(linked, "follow-up-12", YEAR, Meant())
    mail = mail_to(linked, "follow-up-12", "L002")
    assert mail["Subject"] == "One year on: what came of your meetings?"
    assert "Answer in two minutes: https://form.example/f" in text_of(mail)
    assert "(in %)" in text_of(mail)


def test_two_hundred_participants_stay_below_what_mail_programs_show(workspace: Workspace) -> None:
    add_leaders(
        workspace,
        {f"L{n:03d}": Someone("Marie-Christine", f"Vandenbroucke {n}", f"Établissements {n}") for n in range(1, 201)},
    )
    with workspace.opened() as db:
        facts = read_facts(db, workspace.event, BEFORE.date())
    person = facts.people["L001"]
    reader = Reader(person.name, "fr", occasion_of(workspace.event, "fr"))
    letter = Letter(uuid4(), "invitation", reader, BY_CODE["invitation"].write(facts, person))
    composed = compose(letter, workspace.event.organiser, BEFORE)
    page = message_from_bytes(composed.content, policy=default).get_body(("html",))
    assert page is not None
    assert page.get_content().count("Vandenbroucke") == 200  # the reader is greeted
    assert len(page.get_content().encode()) < 102_000  # where Gmail cuts


# A template that fails


@contextmanager
def a_fault_for(name: str, template: str) -> Iterator[None]:
    """Let a template fail for whoever bears a name, as a slip of an organiser's pen would."""
    path = pages.TEMPLATE_FOLDER / "email" / template
    original = path.read_text(encoding="utf-8")
    environment = pages.environment("fr", HOUSE)
    loader = environment.loader
    assert loader is not None
    source = original.replace(
        "{% block content %}", "{% block content %}{% if name == '" + name + "' %}{{ 1 / 0 }}{% endif %}", 1
    )
    assert source != original

    environment.loader = ChoiceLoader([DictLoader({f"email/{template}": source}), loader])
    assert environment.cache is not None
    environment.cache.clear()
    try:
        yield
    finally:
        environment.loader = loader
        assert environment.cache is not None
    environment.cache.clear()


def test_a_template_that_fails_for_one_leader_fails_that_mail_alone_and_is_written_once_it_is_right(
    registered: Workspace, mail_server: MailServer
) -> None:
    with a_fault_for("Nadia Benali", "invitation.txt.j2"):
        summary = filled(registered, "invitation", BEFORE)
        assert (summary.written_count, summary.counts["failed"]) == (3, 1)
        deliver(registered, mail_server.settings, lambda: BEFORE, really=True, kind="invitation")
        assert "payeur@secret.example" not in mail_server.recipients
        assert len(mail_server.recipients) == 3
        with registered.opened() as db:
            (said,) = db._connection.execute("select smtp_said from outbox.message where state = 'failed'").fetchall()[
                0
            ]
        assert "ZeroDivisionError" in said
        assert "Benali" not in said
    filled(registered, "invitation", BEFORE)
    deliver(registered, mail_server.settings, lambda: BEFORE, really=True, kind="invitation")
    assert mail_server.recipients.count("payeur@secret.example") == 1
    assert len(mail_server.recipients) == 4
    assert Path(registered.out / "letters/invitation/L006.eml").exists()
