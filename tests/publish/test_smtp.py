import asyncio
import socket
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from ssl import PROTOCOL_TLS_SERVER, SSLContext

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID
from pydantic import SecretStr

from benchmarks.letters import waiting_outbox
from tasks.errors import ConfigurationError, MailServerDown, MailServerSilent
from tasks.mail_settings import MailSettings
from tasks.publish.outbox.connection import connected
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.smtp import Fate, hand_over
from tests.publish.conftest import MailServer, Postbox, free_port

NOW = datetime.now(UTC)
DAY = timedelta(days=1)


def make_certificate(folder: Path, host: str = "localhost", begins: datetime = NOW - DAY) -> tuple[Path, Path]:
    """A key and a certificate for ``host`` that holds for two days, and that nobody but this test trusts."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begins, begins + 2 * DAY)
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host)]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    paths = folder / f"{host}.key", folder / f"{host}.pem"
    unlocked = serialization.NoEncryption()
    paths[0].write_bytes(key.private_bytes(Encoding.PEM, serialization.PrivateFormat.PKCS8, unlocked))
    paths[1].write_bytes(made.public_bytes(Encoding.PEM))
    return paths


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return make_certificate(tmp_path_factory.mktemp("tls"))


def context_of(certificate: tuple[Path, Path]) -> SSLContext:
    context = SSLContext(PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate[1], certificate[0])
    return context


def only_knows_anna(
    _server: object, _session: object, _envelope: object, _mechanism: object, login: object
) -> AuthResult:
    password = getattr(login, "password", b"")
    if password == b"tired":
        return AuthResult(success=False, handled=False, message="454 4.7.0 too many logins, try later")
    return AuthResult(success=password == b"right", handled=False)


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


@pytest.fixture
def tls_servers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., MailSettings]]:
    """Start a server with such a certificate, which is trusted; it speaks TLS at once, or after STARTTLS."""
    started = []

    def start(security: str, **certificate: object) -> MailSettings:
        made = make_certificate(tmp_path, **certificate)
        monkeypatch.setenv("SSL_CERT_FILE", str(made[1]))
        port = free_port()
        tls = {"ssl_context" if security == "tls" else "tls_context": context_of(made)}
        started.append(Controller(Postbox(), hostname="localhost", port=port, **tls))
        started[-1].start()
        return MailSettings(host="localhost", port=port, security=security, timeout_seconds=5)

    yield start
    for controller in started:
        controller.stop()


@pytest.mark.parametrize("security", ["tls", "starttls"])
@pytest.mark.parametrize(
    ("certificate", "sentence"),
    [
        ({"begins": NOW - 3 * DAY}, "the mail server's certificate has expired."),
        ({"begins": NOW + DAY}, "the mail server's certificate is not valid yet."),
        ({"host": "another.example"}, "the mail server's certificate is for another name."),
    ],
)
def test_a_wrong_certificate_is_one_sentence_and_the_outbox_goes_on_with_a_right_one(
    tls_servers: Callable[..., MailSettings],
    tmp_path: Path,
    security: str,
    certificate: dict[str, object],
    sentence: str,
) -> None:
    outbox = waiting_outbox(tmp_path / "outbox", 2, 100)
    wrong = tls_servers(security, **certificate)
    with pytest.raises(ConfigurationError) as caught:
        deliver(outbox, wrong, lambda: NOW, really=True)
    assert str(caught.value).splitlines()[0] == f"localhost:{wrong.port}: {sentence}"
    assert deliver(outbox, tls_servers(security), lambda: NOW, really=True).attempted == {"sent": 2}


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_a_certificate_that_nobody_vouches_for_is_one_sentence_and_the_outbox_waits(
    tls_servers: Callable[..., MailSettings], tmp_path: Path, security: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    outbox = waiting_outbox(tmp_path / "outbox", 2, 100)
    own = tls_servers(security)
    with monkeypatch.context() as untrusting:
        untrusting.delenv("SSL_CERT_FILE")
        with pytest.raises(ConfigurationError) as caught:
            deliver(outbox, own, lambda: NOW, really=True)
    assert caught.value.in_language("fr").splitlines()[0] == (
        f"localhost:{own.port}\u00a0: le certificat du serveur de courriel n\u2019est pas reconnu ici."
    )
    assert deliver(outbox, own, lambda: NOW, really=True).attempted == {"sent": 2}


class Mute(Postbox):
    """Greets, and says nothing once a mail begins."""

    async def handle_MAIL(self, *_: object) -> str:  # type: ignore[override]  # noqa: N802 -- the hook's name is aiosmtpd's
        await asyncio.sleep(60)
        return "250 too late"


def test_a_server_that_falls_silent_in_the_dialogue_is_one_sentence_and_the_outbox_goes_on(
    mail_server: MailServer, tmp_path: Path
) -> None:
    outbox = waiting_outbox(tmp_path / "outbox", 4, 100)
    controller = Controller(Mute(), hostname="127.0.0.1", port=free_port())
    controller.start()
    mute = MailSettings(host="127.0.0.1", port=controller.port, timeout_seconds=0.3)
    with pytest.raises(MailServerSilent) as caught:
        deliver(outbox, mute, lambda: NOW, really=True)
    controller.stop()
    assert caught.value.in_language("fr").splitlines()[0] == (
        f"{mute.place}\u00a0: le serveur de courriel raccroche ou ne répond pas\u202f; les autres courriels attendent"
        " dans la boîte d\u2019envoi."
    )
    assert deliver(outbox, mail_server.settings, lambda: NOW + DAY, really=True).attempted == {"sent": 4}


def test_a_wrong_password_leaves_the_outbox_as_it_is_and_a_right_one_sends_it(
    secure_server: tuple[Postbox, int], tmp_path: Path
) -> None:
    outbox = waiting_outbox(tmp_path / "outbox", 2, 100)
    with pytest.raises(ConfigurationError, match="refuses the user or the password"):
        deliver(outbox, secured(secure_server[1], "wrong"), lambda: NOW, really=True)
    assert secure_server[0].arrived == []
    assert deliver(outbox, secured(secure_server[1], "right"), lambda: NOW, really=True).attempted == {"sent": 2}


def test_a_login_that_is_put_off_is_no_wrong_password(secure_server: tuple[Postbox, int]) -> None:
    with pytest.raises(MailServerDown, match="cannot be reached"), connected(secured(secure_server[1], "tired")):
        pytest.fail("nobody should get in")


def test_tls_where_there_is_none_is_a_matter_of_configuration(mail_server: MailServer) -> None:
    settings = mail_server.settings.model_copy(update={"security": "tls"})
    with pytest.raises(ConfigurationError, match="kind of connection"), connected(settings):
        pytest.fail("there is no TLS")


@pytest.mark.parametrize("security", ["none", "starttls", "tls"])
def test_a_server_that_takes_the_call_and_says_nothing_is_told_after_the_time_out(security: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as mute:
        port = mute.getsockname()[1]
        settings = MailSettings(host="127.0.0.1", port=port, security=security, timeout_seconds=0.2)
        with pytest.raises(MailServerSilent, match="does not answer") as caught, connected(settings):
            pytest.fail("nobody speaks")
    assert not caught.value.is_retryable


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


def test_a_user_where_the_server_knows_none_is_told_as_such(mail_server: MailServer, tmp_path: Path) -> None:
    outbox = waiting_outbox(tmp_path / "outbox", 2, 100)
    with pytest.raises(ConfigurationError, match="knows no users at this port"):
        deliver(outbox, mail_server.settings.model_copy(update={"user": "chambre"}), lambda: NOW, really=True)
    assert deliver(outbox, mail_server.settings, lambda: NOW, really=True).attempted == {"sent": 2}
