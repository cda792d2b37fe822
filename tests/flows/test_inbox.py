"""The whole command on an inbox of good and bad files: what it says, how it ends, what it remembers."""

import pytest

from flows.cli import run
from tasks.workspace import Workspace
from tests.ingest.builders import rows_of, ticket, write_text, write_tickets
from tests.ingest.test_inbox_bad import BAD, write_bad


def test_bad_files_end_with_code_one_and_the_good_one_is_in_the_base(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "en")
    write_bad(workspace)
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    write_text(workspace, "notes [1].csv", "bonjour")
    (workspace.inbox / "anciens").mkdir()
    assert run(["ingest", "--workspace", str(workspace.folder)]) == 1
    said = capsys.readouterr().err
    marks = {line.split()[2]: line[0] for line in said.splitlines() if line[2:].startswith("Reading ")}
    assert marks == dict.fromkeys((*BAD, "notes", "anciens"), "!") | {"inscriptions.csv": "✓"}
    assert f"{len(BAD) + 2} files were set aside; the first: " in said
    assert "Traceback" not in said
    assert rows_of(workspace, "select family_name from core.leader") == [("Morel",)]
    assert rows_of(workspace, "select count(*) from audit.set_aside_file") == [(len(BAD) + 2,)]
