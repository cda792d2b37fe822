"""The thin tasks, without Prefect's machinery."""

import hashlib
from collections.abc import Sequence

import pytest

from tasks.errors import DataError
from tasks.ingest import summary, tasks
from tasks.workspace import Workspace
from tests.ingest.builders import rows_of, ticket, write_text, write_tickets


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[dict[str, str]]]:
    """Return what would be shown in Prefect's page, in English."""
    tables: list[Sequence[dict[str, str]]] = []
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(tasks, "create_table_artifact", lambda table, **_: tables.append(table))
    return tables


def test_the_way_from_the_inbox_to_the_leaders(workspace: Workspace, shown: list[Sequence[dict[str, str]]]) -> None:
    path = write_tickets(
        workspace, [ticket(1, "Ana", "Morel", "Morel"), ticket(2, "Bob", "Dupont", "Dupont")], "Ana Morel.csv"
    )
    paths = tasks.find_exports.fn(workspace.folder)
    reports = [tasks.take_in.fn(workspace.folder, path) for path in paths]
    core = tasks.rebuild_core.fn(workspace.folder)
    assert tasks.link_editions.fn(workspace.folder) == 0
    tasks.show_ingestion.fn(workspace.folder, reports, core)
    tasks.require_all_read.fn(reports)
    assert rows_of(workspace, "select count(*) from core.leader") == [(2,)]
    assert shown == [
        [
            {
                "File": f"helloasso-2026 {hashlib.sha256(path.read_bytes()).hexdigest()[:8]}",
                "State": "taken in",
                "Source": "helloasso-2026",
                "Edition": "artois-douaisis-2026",
                "Rows": "2",
                "Refused": "0",
                "What happened": "HelloAsso 2026: 2 rows, 0 blank or total lines, 0 values refused.",
            }
        ]
    ]


def test_a_file_set_aside_is_named_at_the_end_and_the_others_are_kept(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    write_text(workspace, "zz.csv", "bonjour")
    reports = [tasks.take_in.fn(workspace.folder, path) for path in tasks.find_exports.fn(workspace.folder)]
    core = tasks.rebuild_core.fn(workspace.folder)
    with pytest.raises(DataError, match=r"inbox/zz\.csv: 1 file was set aside: no line of this file is the header"):
        tasks.require_all_read.fn(reports)
    assert core.leader_count == 1
    shown = summary.table_of(reports, "en")
    assert [row["State"] for row in shown] == ["taken in", "set aside"]
    assert shown[1]["File"] == hashlib.sha256(b"bonjour").hexdigest()[:8]


def test_a_report_without_a_sentence_leaves_the_cell_empty() -> None:
    report = summary.FileReport("known", "a.csv")
    assert summary.table_of([report], "fr")[0]["Fichier"] == ""
    assert list(summary.table_of([report], "en")[0].values()) == ["", "known", "", "", "0", "0", ""]


def test_a_run_is_named_after_no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    class Run:
        parameters = {"path": "inbox/export Jean Dupont.csv"}  # noqa: RUF012 -- a stand-in

    monkeypatch.setattr(tasks, "task_run", Run)
    assert tasks.take_in_name() == "take-in-9b588458"
