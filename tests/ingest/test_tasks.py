"""The thin tasks, without Prefect's machinery."""

import hashlib
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from tasks import progress
from tasks.errors import DataError
from tasks.ingest import summary, tasks
from tasks.ingest.inbox.finding import see
from tasks.ingest.inbox.reports import FileReport
from tasks.messages import Message
from tasks.workspace import Workspace
from tests.ingest.builders import rows_of, ticket, write_text, write_tickets


class Heard(progress.Silent):
    """Keeps how each step ended: with a tick or with a warning."""

    def __init__(self) -> None:
        self.ends: list[tuple[str, str, str]] = []

    def finished(self, step: Message, result: Message | None) -> None:
        self.ends.append(("ok", str(step), str(result)))

    def warned(self, step: Message, result: Message | None) -> None:
        self.ends.append(("warning", str(step), str(result)))


def read(workspace: Workspace) -> list[FileReport]:
    """Take in what lies in the inbox and settle it, as the flow does but without waiting."""
    found = [replace(entry, seen_at=0) for entry in tasks.find_exports.fn(workspace.folder)]
    return tasks.settle_inbox.fn(workspace.folder, [tasks.take_in.fn(workspace.folder, entry) for entry in found])


@pytest.fixture(autouse=True)
def shown(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[dict[str, str]]]:
    """Return what would be shown in Prefect's page, in English."""
    tables: list[Sequence[dict[str, str]]] = []
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setattr(tasks, "create_table_artifact", lambda table, **_: tables.append(table))
    return tables


def test_the_way_from_the_inbox_to_the_leaders(workspace: Workspace, shown: list[Sequence[dict[str, str]]]) -> None:
    path = write_tickets(
        workspace,
        [ticket(1, "Ana", "Morel", "Morel"), ticket(2, "Bob", "Dupont", "Dupont", SIRET="4,23E+13")],
        "Ana Morel.csv",
    )
    reports = read(workspace)
    core = tasks.rebuild_core.fn(workspace.folder)
    assert tasks.link_editions.fn(workspace.folder) == 0
    tasks.show_ingestion.fn(workspace.folder, reports, core)
    tasks.require_all_read.fn(reports)
    assert rows_of(workspace, "select count(*) from core.leader") == [(2,)]
    told = str(summary.sentence_of(core, {"a": 1, "b": 2}))
    assert told == "2 leaders, 0 requests, 0 questions to settle, 3 values refused"
    assert shown == [
        [
            {
                "File": f"helloasso-2026 {hashlib.sha256(path.read_bytes()).hexdigest()[:8]}",
                "State": "taken in",
                "Source": "helloasso-2026",
                "Edition": "artois-douaisis-2026",
                "Rows": "2",
                "Refused": "1",
                "What happened": "HelloAsso 2026: 2 rows, 0 blank or total lines.",
            }
        ]
    ]


def test_a_file_set_aside_is_named_at_the_end_and_the_others_are_kept(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    write_text(workspace, "zz.csv", "bonjour")
    reports = read(workspace)
    core = tasks.rebuild_core.fn(workspace.folder)
    with pytest.raises(DataError, match=r"inbox/zz\.csv: 1 file was set aside: no line of this file is the header"):
        tasks.require_all_read.fn(reports)
    assert core.leader_count == 1
    shown = summary.table_of(reports, {}, "en")
    assert [row["State"] for row in shown] == ["taken in", "set aside"]
    assert shown[1]["File"] == hashlib.sha256(b"bonjour").hexdigest()[:8]


def test_a_report_without_a_sentence_leaves_the_cell_empty() -> None:
    report = FileReport("known", "a.csv")
    assert summary.table_of([report], {}, "fr")[0]["Fichier"] == ""
    assert list(summary.table_of([report], {}, "en")[0].values()) == ["", "known", "", "", "0", "0", ""]


def test_a_run_is_named_after_no_person(monkeypatch: pytest.MonkeyPatch) -> None:
    class Run:
        parameters = {"found": see(Path("inbox/export Jean Dupont.csv"))}  # noqa: RUF012 -- a stand-in

    monkeypatch.setattr(tasks, "task_run", Run)
    assert tasks.take_in_name() == "take-in-9b588458"


def test_what_was_set_aside_has_no_tick_and_each_member_of_an_archive_has_its_line(workspace: Workspace) -> None:
    good = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    with zipfile.ZipFile(workspace.inbox / "z.zip", "w") as archive:
        archive.writestr("a.csv", good.read_bytes())
        archive.writestr("b.csv", "")
    heard = Heard()
    with progress.listening(heard):
        read(workspace)
    assert heard.ends == [
        ("ok", "Reading inscriptions.csv", "HelloAsso 2026: 1 row, 0 blank or total lines."),
        ("warning", "Reading z.zip", "2 files, 1 set aside"),
        (
            "ok",
            "File z.zip/a.csv",
            "already taken in; of several exports with the same rows, the one read last counts.",
        ),
        (
            "warning",
            "File z.zip/b.csv",
            "this file is empty. Wait until the export has been written, or export it again.",
        ),
    ]


def test_what_only_a_look_at_all_files_tells_is_shown_when_all_are_read(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(number, "Ana", f"Morel{number}", "Morel") for number in range(3)], "a.csv")
    read(workspace)
    write_tickets(workspace, [ticket(1, "Ana", "Morel1", "Morel")], "b.csv")
    heard = Heard()
    with progress.listening(heard):
        read(workspace)
    assert [(end, step) for end, step, _ in heard.ends] == [
        ("ok", "Reading a.csv"),
        ("ok", "Reading b.csv"),
        ("warning", "File b.csv"),
    ]
    assert heard.ends[2][2].endswith(
        "It has fewer than half of the 3 rows of the export it replaces: is it a filtered one?"
    )


def test_several_files_without_a_fault_are_counted() -> None:
    assert str(summary.sentence_of_files([FileReport("new", "a"), FileReport("known", "b")])) == "2 files"
    assert str(summary.sentence_of_files([])) == "0 files"
