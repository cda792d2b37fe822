from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

import pytest
from icalendar import Calendar

from tasks.design import HOUSE, Design
from tasks.errors import ConfigurationError
from tasks.event_sections import Organiser
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents.ics import calendar
from tasks.publish.outbox.letters.letter import Attachments, Letter, Reader, one_line
from tasks.publish.outbox.letters.meeting import agenda_letter
from tasks.publish.outbox.mail import compose, message_id, recipient_header, sendable_address
from tasks.publish.outbox.mail_logo import mail_logo
from tasks.workspace import Workspace
from tests.publish.builders import EDITION
from tests.publish.test_mail_logo import photograph

AT = datetime(2026, 11, 27, 8, 15, tzinfo=UTC)
ORGANISER = Organiser(name="Chambre de démonstration", email="rencontres@chambre.example")


@pytest.fixture
def found(planned: Workspace) -> dict[str, Agenda]:
    with planned.opened() as db:
        afternoon = read_afternoon(db, EDITION, "19-v1", planned.event.zone)
    return {agenda.leader_id: agenda for agenda in agendas(planned.event, afternoon)}


@pytest.fixture
def invite(planned: Workspace, found: dict[str, Agenda]) -> bytes:
    with planned.opened() as db:
        return calendar(found["L001"], read_afternoon(db, EDITION, "19-v1", planned.event.zone).version)


def mail_of(
    agenda: Agenda,
    ics: bytes | None,
    organiser: Organiser = ORGANISER,
    *,
    is_update: bool = False,
    design: Design = HOUSE,
) -> bytes:
    content = agenda_letter(agenda, has_calendar=ics is not None, changed=() if is_update else None)
    reader = Reader(agenda.name, agenda.language, agenda.occasion)
    key = message_id("19-v1", agenda.leader_id)
    letter = Letter(key, "agenda", reader, content, Attachments(b"%PDF-1.7 sheet", ics))
    return compose(letter, organiser, AT, design).content


def parsed(content: bytes) -> EmailMessage:
    read = message_from_bytes(content, policy=default)
    assert isinstance(read, EmailMessage)
    return read


def test_a_mail_holds_text_page_sheet_and_calendar_in_this_order(found: dict[str, Agenda], invite: bytes) -> None:
    mail = parsed(mail_of(found["L001"], invite))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf", "text/calendar",
    ]  # fmt: skip
    assert [part.get_filename() for part in mail.iter_attachments()] == ["agenda.pdf", "invite.ics"]


def test_the_logo_comes_with_the_page_that_shows_it_and_is_no_attachment(
    found: dict[str, Agenda], invite: bytes
) -> None:
    design = Design(logo=photograph(640, 160))
    content = mail_of(found["L001"], invite, design=design)
    mail = parsed(content)
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed",
        "multipart/alternative", "text/plain", "multipart/related", "text/html", "image/png",
        "application/pdf", "text/calendar",
    ]  # fmt: skip
    assert [part.get_filename() for part in mail.iter_attachments()] == ["agenda.pdf", "invite.ics"]
    page, picture = (part for part in mail.walk() if part.get_content_type() in {"text/html", "image/png"})
    named = str(picture["Content-ID"]).strip("<>")
    assert f'src="cid:{named}"' in page.get_content()
    assert f'alt="{found["L001"].occasion.organiser}"' in page.get_content().replace("&#39;", "'").replace(
        "&#x27;", "'"
    )
    logo = mail_logo(design.logo)
    assert logo is not None
    assert picture.get_content() == logo.png
    assert mail_of(found["L001"], invite, design=design) == content


def test_a_layout_of_the_organisers_that_shows_no_logo_carries_none(found: dict[str, Agenda], tmp_path: Path) -> None:
    layout = tmp_path / "email" / "layout.mjml.j2"
    layout.parent.mkdir()
    layout.write_text(
        '<mjml><mj-head><mj-attributes><mj-all font-family="Arial" /></mj-attributes></mj-head>'
        "<mj-body>{% block opening %}{% endblock %}{% block content %}{% endblock %}</mj-body></mjml>",
        encoding="utf-8",
    )
    overrides = ("email/layout.mjml.j2",)
    design = Design(logo=photograph(640, 160), override_folder=tmp_path, overrides=overrides, override_sha256="1")
    mail = parsed(mail_of(found["L001"], None, design=design))
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "application/pdf",
    ]  # fmt: skip


def test_the_calendar_part_names_its_method_and_reads_back(found: dict[str, Agenda], invite: bytes) -> None:
    part = list(parsed(mail_of(found["L001"], invite)).walk())[-1]
    content = part.get_payload(decode=True)
    assert part.get_param("method") == "PUBLISH"
    assert isinstance(content, bytes)
    assert len(Calendar.from_ical(content).walk("VEVENT")) == 4


def test_headers_say_what_matters_and_name_no_recipient(found: dict[str, Agenda], invite: bytes) -> None:
    mail = parsed(mail_of(found["L001"], invite, ORGANISER.model_copy(update={"reply_to": "accueil@chambre.example"})))
    assert mail["Subject"] == "Votre agenda du 3 décembre : 4 rendez-vous, le premier à 14 h 40, table T12"
    assert mail["From"] == "Chambre de démonstration <rencontres@chambre.example>"
    assert mail["Reply-To"] == "Chambre de démonstration <accueil@chambre.example>"
    assert mail["Date"] == "Fri, 27 Nov 2026 08:15:00 +0000"
    assert mail["Message-ID"] == f"<{message_id('19-v1', 'L001')}@chambre.example>"
    assert mail["Content-Language"] == "fr"
    assert mail["To"] is None
    assert mail["Reply-To"] is not None


def test_an_english_mail_and_an_update_say_so(found: dict[str, Agenda]) -> None:
    mail = parsed(mail_of(found["L002"], None, is_update=True))
    body = mail.get_body(("plain",))
    assert body is not None
    assert mail["Content-Language"] == "en"
    assert mail["Subject"].startswith("Your agenda for 3 December has changed:")
    assert "Please throw earlier sheets away." in body.get_content()
    assert [part.get_filename() for part in mail.iter_attachments()] == ["agenda.pdf"]


def test_a_mail_without_meetings_says_what_is_open_instead(found: dict[str, Agenda]) -> None:
    mail = parsed(mail_of(found["L005"], None))
    page = mail.get_body(("html",))
    assert page is not None
    assert "aucun rendez-vous prévu pour le moment" in page.get_content()
    assert "Rendez-vous, Exposition, Documentations, Rencontre" in page.get_content()


def test_the_page_of_a_mail_fetches_nothing_and_escapes_names(found: dict[str, Agenda], invite: bytes) -> None:
    page = parsed(mail_of(replace(found["L001"], name="<img src=http://x.example>"), invite)).get_body(("html",))
    assert page is not None
    html = page.get_content().replace("http://www.w3.org/1999/xhtml", "")
    assert [
        mark
        for mark in ("http:", "https:", "<img", "<link", "@import", "url(")
        if mark in html.replace("&lt;img src=http:", "")
    ] == []
    assert "&lt;img" in html


def test_the_same_agenda_gives_the_same_bytes_with_crlf(found: dict[str, Agenda], invite: bytes) -> None:
    first, second = mail_of(found["L001"], invite), mail_of(found["L001"], invite)
    assert first == second
    assert first.count(b"\n") == first.count(b"\r\n")
    assert max(len(line) for line in first.split(b"\r\n")) <= 998


def test_no_header_can_be_smuggled_in_through_a_name(found: dict[str, Agenda]) -> None:
    table = "T1\r\nBcc: everybody@victim.example"
    claire = found["L001"]
    agenda = replace(claire, meetings=(replace(claire.meetings[0], table=table), *claire.meetings[1:]))
    organiser = ORGANISER.model_copy(update={"name": "Chambre\r\nBcc: all@victim.example"})
    mail = parsed(mail_of(agenda, None, organiser))
    assert mail["Bcc"] is None
    assert mail["Subject"].endswith("table T1 Bcc: everybody@victim.example")
    assert [part["Bcc"] for part in mail.walk()] == [None] * 5


def test_no_header_can_be_smuggled_in_through_a_company_or_a_person(found: dict[str, Agenda]) -> None:
    evil = "Morel\r\nBcc: all@victim.example\r\n\r\nbody"
    claire = found["L001"]
    partner = replace(claire.meetings[0].partner, company=evil, name=evil)
    meetings = (replace(claire.meetings[0], partner=partner), *claire.meetings[1:])
    agenda = replace(claire, company=evil, name=evil, meetings=meetings, occasion=replace(claire.occasion, title=evil))
    mail = parsed(mail_of(agenda, None, is_update=True))
    assert [part["Bcc"] for part in mail.walk()] == [None] * 5
    assert [part.get_content_type() for part in mail.walk()][2:] == ["text/plain", "text/html", "application/pdf"]


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("claire@exemple.fr", "claire@exemple.fr"),
        (" claire@exemple.fr ", "claire@exemple.fr"),
        ("claire@société.fr", "claire@xn--socit-esab.fr"),
        ("élise@exemple.fr", None),
        ("claire", None),
        ("@exemple.fr", None),
        ("claire@", None),
        ("claire@exemple.fr\r\nRCPT TO:<x@y.example>", None),
        ("clai\nre@exemple.fr", None),
        ("claire@exem ple.fr", None),
        ("claire@" + "x" * 70 + ".fr", None),
        ("a@b>, <c@d.fr", None),
        ("claire.@exemple.fr", None),
        ("claire..d@exemple.fr", None),
        ('"claire morel"@exemple.fr', None),
        ("Claire Morel <claire@exemple.fr>", None),
        ("claire@exemple.fr, marc@exemple.fr", None),
        ("claire@exemple.fr;marc@exemple.fr", None),
        ("claire@exemple.fr marc@exemple.fr", None),
        ("claire@@exemple.fr", None),
        ("claire@exemple", None),
        ("", None),
        ("claire@exemple.fr\u2028", "claire@exemple.fr"),
        ("cl\u00e1ire@exemple.fr", None),
        ("claire@exemple.fr\x00", None),
    ],
)
def test_only_addresses_that_every_server_takes_are_used(typed: str, sent: str | None) -> None:
    assert sendable_address(typed) == sent


def test_the_recipient_line_is_ascii_and_one_line() -> None:
    assert recipient_header("claire@exemple.fr") == b"To: claire@exemple.fr\r\n"
    assert one_line("a\u2028b\r\nc\x00\u00a0d") == "a b c d"


def test_an_organiser_without_a_usable_address_is_told_where_to_correct_it(found: dict[str, Agenda]) -> None:
    with pytest.raises(ConfigurationError, match="the organiser's address cannot be used"):
        mail_of(found["L001"], None, ORGANISER.model_copy(update={"email": "nobody"}))
