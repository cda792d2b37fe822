from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

import pytest
from prefect.states import Completed, Failed

from tasks.errors import DatabaseBusy, DataError
from tasks.messages import message
from tasks.progress import listening
from tasks.publish import tasks
from tasks.retries import is_retryable
from tasks.workspace import Workspace
from tests.publish.conftest import MailServer


@dataclass
class Artifacts:
    """What the tasks put before whoever looks at the run."""

    links: list[dict[str, Any]] = field(default_factory=list)
    tables: list[dict[str, Any]] = field(default_factory=list)
    bars: list[float] = field(default_factory=list)


@pytest.fixture
def artifacts(monkeypatch: pytest.MonkeyPatch) -> Artifacts:
    kept = Artifacts()

    def begin(progress: float, **_: object) -> UUID:
        kept.bars.append(progress)
        return uuid4()

    monkeypatch.setattr(tasks, "create_link_artifact", lambda **values: kept.links.append(values))
    monkeypatch.setattr(tasks, "create_table_artifact", lambda **values: kept.tables.append(values))
    monkeypatch.setattr(tasks, "create_progress_artifact", begin)
    monkeypatch.setattr(tasks, "update_progress_artifact", lambda _bar, progress: kept.bars.append(progress))
    return kept


class Lines:
    """Keeps the lines that the terminal would show at the end of a step."""

    def __init__(self) -> None:
        self.ends: list[str] = []

    def started(self, step: object) -> None:
        del step

    def moved(self, step: object, done: int, total: int, note: str) -> None:
        del step, done, total, note

    def finished(self, step: object, result: object) -> None:
        self.ends.append(f"{step}: {result}")


@pytest.fixture
def from_environment(mail_server: MailServer, monkeypatch: pytest.MonkeyPatch) -> MailServer:
    monkeypatch.setenv("RENCONTRES_SMTP_HOST", mail_server.settings.host)
    monkeypatch.setenv("RENCONTRES_SMTP_PORT", str(mail_server.settings.port))
    return mail_server


def test_the_whole_way_from_plan_to_mail(
    planned: Workspace, artifacts: Artifacts, from_environment: MailServer
) -> None:
    lines = Lines()
    with listening(lines):
        assert tasks.render_documents.fn(planned.folder, "19-v1") == 7
        assert tasks.fill_outbox.fn(planned.folder).written_count == 6
        assert tasks.deliver.fn(planned.folder, really=False).waiting_count == 6
        assert from_environment.recipients == []
        assert tasks.deliver.fn(planned.folder, really=True).attempted == {"sent": 6}
        page = tasks.show_outbox.fn(planned.folder)
    assert page == planned.out / "outbox" / "index.html"
    assert len(from_environment.recipients) == 6
    assert lines.ends == [
        "Rendering the agendas: 7 agendas, 7 of them new",
        "Filling the outbox: 6 messages written, 6 waiting",
        "Looking at what would be sent: 6 messages would be sent",
        "Sending the messages: 6 messages sent",
        "Writing the page of the outbox: None",
    ]
    assert artifacts.links[0]["link"] == (planned.version_folder("19-v1") / "plan.html").resolve().as_uri()
    assert (artifacts.bars[0], max(artifacts.bars)) == (0, 100)
    assert artifacts.tables[-1]["description"].splitlines()[-1] == "Leaders without an address of their own: L005"
    assert artifacts.tables[-1]["table"] == [{"kind": "agenda", "state": "sent", "messages": 6}]


def test_the_states_of_prefect_tell_what_may_be_tried_again() -> None:
    busy, wrong = DatabaseBusy(message("busy")), DataError(message("wrong"))
    outcomes = [Failed(data=busy), Failed(data=wrong), Failed(data=KeyError("x")), Completed(data=1)]
    assert [is_retryable(None, None, state) for state in outcomes] == [True, False, False, False]
