"""Mails as a screen shows them: 600 and 320 pixels wide, in both languages, in the organiser's design."""

from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tasks.design import HOUSE, Design
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.outbox.letters.letter import Letter, Reader
from tasks.publish.outbox.letters.meeting import agenda_letter
from tasks.publish.outbox.mail import compose, message_id
from tasks.workspace import Workspace
from tests.publish.builders import LONG_COMPANY, LONG_NAME
from tests.publish.test_documents import agendas_of
from tests.publish.test_mail import AT, ORGANISER, parsed


def html_of(agenda: Agenda, design: Design = HOUSE) -> str:
    content = agenda_letter(agenda, has_calendar=True, changed=None)
    reader = Reader(agenda.name, agenda.language, agenda.occasion)
    letter = Letter(message_id("19-v1", agenda.leader_id), "agenda", reader, content)
    page = parsed(compose(letter, ORGANISER, AT, design).content).get_body(("html",))
    assert page is not None
    return str(page.get_content())


@pytest.mark.parametrize("leader_id", ["L001", "L002"])
def test_a_mail_is_as_wide_as_the_screen(planned: Workspace, browser: Browser, tmp_path: Path, leader_id: str) -> None:
    agenda = agendas_of(planned)[leader_id]
    partner = replace(agenda.meetings[0].partner, name=LONG_NAME, company=LONG_COMPANY)
    agenda = replace(agenda, meetings=(replace(agenda.meetings[0], partner=partner), *agenda.meetings[1:]))
    (tmp_path / "mail.html").write_text(html_of(agenda), encoding="utf-8")
    for width in (320, 600):
        screen = browser.new_page(viewport={"width": width, "height": 800})
        screen.goto((tmp_path / "mail.html").as_uri())
        assert screen.evaluate("document.documentElement.scrollWidth") == width
        assert LONG_NAME in screen.inner_text("body")
        screen.close()


def test_a_mail_bears_the_colours_of_the_brand_and_of_no_other(planned: Workspace) -> None:
    html = html_of(agendas_of(planned)["L001"], Design(colour="#7a1f3d", accent="#2b5f8c"))
    assert ("#7a1f3d" in html, "#2b5f8c" in html) == (True, True)
    assert [colour for colour in (HOUSE.colour, HOUSE.accent, HOUSE.on_colour) if colour in html] == []


def test_whoever_has_no_meeting_is_told_where_to_find_some(planned: Workspace) -> None:
    html = html_of(agendas_of(planned)["L005"])
    assert "l\u2019équipe sait qui est disponible" in html
    assert "ce que vendent et recherchent" not in html
