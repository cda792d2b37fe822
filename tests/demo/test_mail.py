"""The demo's own mail server, and the page of what it received."""

import os
import re
import smtplib
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from tasks.demo import mailbox, tasks
from tasks.demo.mail import Address, mail_catcher, mail_goes_to
from tasks.demo.mailbox import write_mailbox_page
from tasks.mail_settings import MailSettings


def a_mail(recipient: str, subject: str) -> EmailMessage:
    mail = EmailMessage()
    mail["From"] = "Chambre <rencontres@chambre.example>"
    mail["To"] = recipient
    mail["Subject"] = subject
    mail.set_content("Bonjour,\nvoici votre agenda.\n")
    mail.add_alternative("<p>Bonjour</p>", subtype="html")
    mail.add_attachment(b"BEGIN:VCALENDAR", maintype="text", subtype="calendar", filename="agenda.ics")
    mail.add_attachment(b"%PDF" * 512, maintype="application", subtype="pdf", filename="agenda.pdf")
    return mail


def send(address: Address, *mails: EmailMessage) -> None:
    with smtplib.SMTP(*address, timeout=10) as connection:
        for mail in mails:
            connection.send_message(mail)


def page_text(page: Path) -> str:
    text = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    return re.sub(r"\s+", " ", text)


def test_every_message_is_kept_as_it_was_sent(tmp_path: Path) -> None:
    content = a_mail("Zoé Lefebvre <zoe@lefebvre.example>", "Votre agenda").as_bytes(policy=SMTP)
    with mail_catcher(tmp_path / "mails") as address:
        assert address.host == "127.0.0.1"
        with smtplib.SMTP(*address, timeout=10) as connection:
            connection.sendmail("rencontres@chambre.example", ["zoe@lefebvre.example"], content)
        send(address, a_mail("b@b.example", "Deux"))
    kept = sorted((tmp_path / "mails").iterdir())
    assert [path.name for path in kept] == ["001.eml", "002.eml"]
    assert kept[0].read_bytes() == content


def test_a_second_server_counts_on(tmp_path: Path) -> None:
    (tmp_path / "draft.eml").write_bytes(b"")
    for _ in range(2):
        with mail_catcher(tmp_path) as address:
            send(address, a_mail("a@a.example", "Un"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["001.eml", "002.eml", "draft.eml"]


def test_the_server_is_gone_afterwards(tmp_path: Path) -> None:
    with mail_catcher(tmp_path) as address:
        pass
    with pytest.raises(ConnectionRefusedError):
        smtplib.SMTP(*address, timeout=5)


def test_settings_name_the_catcher_and_then_what_they_named_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENCONTRES_SMTP_HOST", "smtp.chambre.example")
    monkeypatch.setenv("RENCONTRES_SMTP_PASSWORD", "secret")
    monkeypatch.delenv("RENCONTRES_SMTP_PORT", raising=False)
    with mail_goes_to(Address("127.0.0.1", 2525)):
        settings = MailSettings()
        assert (settings.host, settings.port, settings.security) == ("127.0.0.1", 2525, "none")
        assert (settings.user, settings.password.get_secret_value()) == ("", "")
    assert os.environ["RENCONTRES_SMTP_HOST"] == "smtp.chambre.example"
    assert os.environ["RENCONTRES_SMTP_PASSWORD"] == "secret"
    assert "RENCONTRES_SMTP_PORT" not in os.environ


def test_the_page_shows_who_got_what(tmp_path: Path) -> None:
    with tasks.catch_mail(tmp_path):
        address = Address(MailSettings().host, MailSettings().port)
        send(address, a_mail("Zoé Lefebvre <zoe@lefebvre.example>", "Agenda <1>"), a_mail("b@b.example", "Deux"))
    page = tasks.show_mail.fn(tmp_path)
    assert page == tmp_path / "out/mails/index.html"
    html = page.read_text(encoding="utf-8")
    assert re.findall(r'href="([^"]+)"', html) == ["001.eml", "002.eml"]
    text = page_text(page)
    assert "2 courriels reçus" in text
    assert "Zoé Lefebvre zoe@lefebvre.example" in text
    assert "Agenda &lt;1&gt;" in text
    assert "text 0,0 Ko html 0,0 Ko ics 0,0 Ko pdf 2,0 Ko" in text
    assert "voici votre agenda." in text


def test_the_page_of_no_mail_says_so(tmp_path: Path) -> None:
    page = write_mailbox_page(tmp_path / "mails", tmp_path / "page" / "index.html")
    assert "Aucun courriel n\u2019est arrivé." in page_text(page)
    assert "0 courriel reçu" in page_text(page)


def test_a_mail_without_headers_or_text_still_has_its_line(tmp_path: Path) -> None:
    (tmp_path / "001.eml").write_bytes(b"X-Odd: yes\nContent-Type: text/html\n\n<p>x</p>\n")
    text = page_text(write_mailbox_page(tmp_path, tmp_path / "index.html"))
    assert "1 courriel reçu" in text
    assert "(sans objet)" in text


def test_a_long_list_shows_its_first_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "_SHOWN", 2)
    for number in range(3):
        (tmp_path / f"{number}.eml").write_bytes(a_mail("a@a.example", f"Objet {number}").as_bytes())
    text = page_text(write_mailbox_page(tmp_path, tmp_path / "index.html"))
    assert "Les 2 premiers sur 3." in text
    assert ("Objet 1" in text, "Objet 2" in text) == (True, False)
