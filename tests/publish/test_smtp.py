import subprocess
from collections.abc import Iterator
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from pydantic import SecretStr

from tasks.errors import ConfigurationError, MailServerDown
from tasks.publish.outbox.connection import connected
from tasks.publish.outbox.smtp import Fate, hand_over
from tasks.settings import MailSettings
from tests.publish.conftest import MailServer, Postbox, free_port


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A key and a certificate for localhost that nobody but this test trusts."""
    folder = tmp_path_factory.mktemp("tls")
    key, certificate = folder / "key.pem", folder / "certificate.pem"
    subprocess.run(  # noqa: S603 -- a command of our own
        [
            "/usr/bin/openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost",
            "-addext", "subjectAltName=DNS:localhost", "-keyout", str(key), "-out", str(certificate),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip
    return key, certificate


def context_of(certificate: tuple[Path, Path]) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def only_knows_anna(
    _server: object, _session: object, _envelope: object, _mechanism: object, login: object
) -> AuthResult:
    return AuthResult(success=getattr(login, "password", b"") == b"right", handled=False)


@pytest.fixture
def secure_server(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Postbox, int]]:
    """A server that wants STARTTLS and a login, and whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    postbox, port = Postbox(), free_port()
    controller = Controller(
        postbox, hostname="localhost", port=port, tls_context=context_of(certificate), require_starttls=True,
        authenticator=only_knows_anna, auth_required=True,
    )  # fmt: skip
    controller.start()
    yield postbox, port
    controller.stop()


def secured(port: int, password: str) -> MailSettings:
    return MailSettings(
        host="localhost", port=port, security="starttls", user="anna", password=SecretStr(password), timeout_seconds=5
    )


def test_starttls_and_a_login_lead_to_a_delivery(secure_server: tuple[Postbox, int]) -> None:
    postbox, port = secure_server
    with connected(secured(port, "right")) as connection:
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"Subject: x\r\n\r\n.hello\r\n")
    assert (fate.outcome, fate.smtp_code) == ("sent", 250)
    assert postbox.arrived == [("b@guest.example", b"Subject: x\r\n\r\n.hello\r\n")]


def test_a_refused_login_is_a_matter_of_configuration(secure_server: tuple[Postbox, int]) -> None:
    with (
        pytest.raises(ConfigurationError, match="refuses the user or the password") as caught,
        connected(secured(secure_server[1], "wrong")),
    ):
        pytest.fail("nobody should get in")
    assert "wrong" not in str(caught.value)


@pytest.fixture
def tls_server(certificate: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> Iterator[MailSettings]:
    """A server that speaks TLS from the first byte, and whose certificate is trusted."""
    monkeypatch.setenv("SSL_CERT_FILE", str(certificate[1]))
    port = free_port()
    controller = Controller(Postbox(), hostname="localhost", port=port, ssl_context=context_of(certificate))
    controller.start()
    yield MailSettings(host="localhost", port=port, security="tls", timeout_seconds=5)
    controller.stop()


def test_tls_from_the_first_byte_works_too(tls_server: MailSettings) -> None:
    with connected(tls_server) as connection:
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"x\r\n")
    assert fate.outcome == "sent"


def test_a_certificate_that_is_not_trusted_is_refused(
    tls_server: MailSettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(ConfigurationError, match="certificate is not trusted"), connected(tls_server):
        pytest.fail("nobody should get in")


def test_a_server_without_starttls_is_a_matter_of_configuration(mail_server: MailServer) -> None:
    settings = mail_server.settings.model_copy(update={"security": "starttls"})
    with pytest.raises(ConfigurationError, match="kind of connection"), connected(settings):
        pytest.fail("nothing may be sent in the clear")


def test_a_server_that_does_not_answer_is_down(mail_server: MailServer) -> None:
    settings = mail_server.settings.model_copy(update={"port": 1})
    with pytest.raises(MailServerDown, match=r"127\.0\.0\.1:1"), connected(settings):
        pytest.fail("there is nobody")


def test_a_connection_lost_after_a_refusal_does_not_hide_the_refusal(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail_server.postbox.answers = {("RCPT", "b@guest.example"): "550 no such user"}
    with connected(mail_server.settings) as connection:
        monkeypatch.setattr(connection, "rset", lambda: (_ for _ in ()).throw(ConnectionResetError()))
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"x\r\n")
    assert (fate.outcome, fate.smtp_code, fate.is_connected) == ("failed", 550, False)


def test_a_refusal_of_the_data_command_itself_is_no_lost_connection(
    mail_server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with connected(mail_server.settings) as connection:
        monkeypatch.setattr(connection, "rcpt", lambda _address: (250, b"as if"))
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"x\r\n")
    assert (fate.outcome, fate.smtp_code, fate.is_connected) == ("failed", 503, True)


@pytest.mark.parametrize("answer", ["OK queued", "354 go on", "199 half way", "600 beyond", "-250 well"])
def test_an_answer_to_the_message_that_neither_takes_nor_refuses_it_leaves_its_fate_unknown(
    answer: str, mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {("DATA", "b@guest.example"): answer}
    with connected(mail_server.settings) as connection:
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"x\r\n")
    assert fate == Fate("unknown", smtp_code=None, is_connected=False)
    assert mail_server.recipients == ["b@guest.example"]


@pytest.mark.parametrize(("answer", "outcome"), [("451 later", "deferred"), ("554 never", "failed")])
def test_a_refusal_of_the_message_is_a_refusal_and_the_connection_is_kept(
    answer: str, outcome: str, mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {("DATA", "b@guest.example"): answer}
    with connected(mail_server.settings) as connection:
        fates = [
            hand_over(connection, "a@chambre.example", recipient, b"x\r\n")
            for recipient in ("b@guest.example", "c@guest.example")
        ]
    assert [(fate.outcome, fate.smtp_code) for fate in fates] == [(outcome, int(answer[:3])), ("sent", 250)]
    assert mail_server.postbox.connection_count == 1


@pytest.mark.parametrize("command", [("MAIL", "a@chambre.example"), ("RCPT", "b@guest.example")])
def test_an_answer_that_is_none_before_the_message_only_defers(
    command: tuple[str, str], mail_server: MailServer
) -> None:
    mail_server.postbox.answers = {command: "well, yes"}
    with connected(mail_server.settings) as connection:
        fate = hand_over(connection, "a@chambre.example", "b@guest.example", b"x\r\n")
    assert fate == Fate("deferred", smtp_code=None, is_connected=False)
    assert mail_server.recipients == []
