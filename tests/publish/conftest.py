"""An event of eight leaders with a plan, a larger one, and a mail server that does as it is told."""

import socket
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tasks.design import Design
from tasks.files import write
from tasks.mail_settings import MailSettings
from tasks.publish.agendas.afternoon import Afternoon, read_afternoon
from tasks.publish.agendas.agenda import Agenda, content_sha256
from tasks.publish.documents import publishing
from tasks.publish.documents.printed.printing import Printing
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, add_leaders, add_plan, eight_leaders, first_plan


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    """A workspace with eight leaders and an approved plan version 19-v1."""
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), first_plan())
    return workspace


@pytest.fixture(scope="session")
def afternoon(shared_workspace: Workspace) -> Afternoon:
    """The same plan as it is read, once for all tests that only look at it."""
    add_leaders(shared_workspace, eight_leaders())
    version_id = add_plan(shared_workspace, eight_leaders(), first_plan())
    with shared_workspace.opened() as db:
        return read_afternoon(db, EDITION, version_id, shared_workspace.event.zone)


@pytest.fixture(autouse=True)
def printed_contents(monkeypatch: pytest.MonkeyPatch) -> list[dict[str, str]]:
    """Nothing is printed where documents are published: that takes seconds. Returns what would have been printed."""
    asked: list[dict[str, str]] = []

    def plan_nothing(_place: Workspace, _afternoon: Afternoon, contents: dict[str, str], _design: Design) -> Printing:
        asked.append(contents)
        return Printing((), ())

    monkeypatch.setattr(publishing, "plan_printed", plan_nothing)
    return asked


@dataclass
class Postbox:
    """Keeps what arrives; ``answers`` maps (command, recipient) to the reply, or to ``drop`` for a lost connection."""

    answers: dict[tuple[str, str], str] = field(default_factory=dict)
    arrived: list[tuple[str, bytes]] = field(default_factory=list)
    senders: list[str] = field(default_factory=list)
    connection_count: int = 0

    async def handle_EHLO(  # noqa: N802 -- the hook's name is aiosmtpd's
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        del server, envelope
        session.host_name = hostname
        self.connection_count += 1
        return responses

    async def handle_MAIL(  # noqa: N802 -- as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session
        envelope.mail_from = address
        self.senders.append(address)
        envelope.mail_options.extend(options)
        return self._answer(server, "MAIL", address)

    async def handle_RCPT(  # noqa: N802 -- as above
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del session, options
        answer = self._answer(server, "RCPT", address)
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(  # noqa: N802 -- as above
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        del session
        recipient = envelope.rcpt_tos[0]
        answer = self._answer(server, "DATA", recipient)
        if not answer.startswith(("4", "5")):  # a server may have it and say so in words that are no reply
            self.arrived.append((recipient, bytes(envelope.original_content or b"")))
        return answer

    def _answer(self, server: SMTP, command: str, address: str) -> str:
        answer = self.answers.get((command, address), "250 OK")
        if answer == "drop":
            assert server.transport is not None
            server.transport.close()
            return "421 gone"
        return answer


@dataclass
class MailServer:
    """A server that listens, its postbox, and the settings that lead to it."""

    postbox: Postbox
    settings: MailSettings

    @property
    def recipients(self) -> list[str]:
        return [recipient for recipient, _ in self.postbox.arrived]


def free_port() -> int:
    """A port that nobody listens on; aiosmtpd calls itself while starting, so it has to be told one."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


@pytest.fixture
def mail_server() -> Iterator[MailServer]:
    postbox = Postbox()
    port = free_port()
    controller = Controller(postbox, hostname="127.0.0.1", port=port)
    controller.start()
    yield MailServer(postbox, MailSettings(host="127.0.0.1", port=port, timeout_seconds=5))
    controller.stop()


@pytest.fixture
def quick_sheets(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Documents without a layout, for tests about who is told what; returns the ids of what was rendered."""
    rendered: list[str] = []

    def write_stand_ins(agendas: Sequence[Agenda], folder: Path, _design: Design, _pool: Executor) -> Iterator[int]:
        for done, agenda in enumerate(agendas, 1):
            rendered.append(agenda.leader_id)
            write(folder / f"{agenda.leader_id}.html", content_sha256(agenda).encode())
            write(folder / f"{agenda.leader_id}.pdf", b"%PDF-1.7 " + content_sha256(agenda).encode())
            yield done

    monkeypatch.setattr(publishing, "render_all", write_stand_ins)
    return rendered


@pytest.fixture
def loosened() -> Callable[[Workspace], None]:
    """Make the bound of a stored plan twice its value."""

    def loosen(workspace: Workspace) -> None:
        with workspace.writing() as db:
            db._connection.execute("update plan.version set value_bound = 2 * value")

    return loosen


@pytest.fixture
def change_leader() -> Callable[..., None]:
    """Change columns of one leader, as a later ingestion would."""

    def change(workspace: Workspace, leader_id: str, **columns: object) -> None:
        with workspace.writing() as db:
            for name, value in columns.items():
                db._connection.execute(
                    f"update core.leader set {name} = $value where leader_id = $leader_id",  # noqa: S608 -- a test's own name
                    {"value": value, "leader_id": leader_id},
                )

    return change


@pytest.fixture
def add_companies() -> Callable[[Workspace], None]:
    """Give every leader of an outbox without plan a company with a name."""

    def add(workspace: Workspace) -> None:
        with workspace.writing() as db:
            db._connection.execute(
                "insert into core.company by name select edition_id, company_id, name, lower(name) as name_key from"
                " (select edition_id, company_id, 'Société ' || (catalogue_number - 1) as name from core.leader)"
            )

    return add
