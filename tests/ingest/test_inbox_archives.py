"""Archives: every member is a file of its own."""

import zipfile
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from tasks.workspace import Workspace
from tests.ingest.builders import EARLIER, HELLOASSO, READ_AT, read_inbox, rows_of, table, ticket

GOOD = table(HELLOASSO, [ticket(1, "Ana", "Morel", "Morel")]).encode()
STANDS = "Stand;Société;Activité\nA1;Morel;Usinage\n".encode()
FILES = "select file_name, source, is_current from raw.file order by all"


def archive(workspace: Workspace, members: Mapping[str, bytes], name: str = "exports.zip") -> Path:
    path = workspace.inbox / name
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for member, content in members.items():
            file.writestr(member, content)
    return path


def states(workspace: Workspace, day: int = 0) -> dict[str, str]:
    return {report.file_name: report.state for report in read_inbox(workspace, READ_AT + timedelta(days=day))}


def declare(workspace: Workspace, text: str) -> None:
    path = workspace.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")


def test_good_members_are_taken_in_and_each_bad_one_has_its_sentence(workspace: Workspace) -> None:
    archive(
        workspace, {"a.csv": GOOD, "salon/stands.csv": STANDS, "vide.csv": b"", "autre.csv": b"bonjour;monde\n1;2\n"}
    )
    reports = {report.file_name: report for report in read_inbox(workspace)}
    assert {name: report.state for name, report in reports.items()} == {
        "exports.zip/a.csv": "new",
        "exports.zip/salon/stands.csv": "new",
        "exports.zip/vide.csv": "set_aside",
        "exports.zip/autre.csv": "set_aside",
    }
    assert rows_of(workspace, FILES) == [
        ("exports.zip/a.csv", "helloasso-2026", True),
        ("exports.zip/salon/stands.csv", "exhibitors", True),
    ]
    assert rows_of(workspace, "select file_name from audit.set_aside_file order by 1") == [
        ("exports.zip/autre.csv",),
        ("exports.zip/vide.csv",),
    ]
    assert len({report.file_sha256 for report in reports.values()}) == 4


def test_members_are_known_again_in_another_archive(workspace: Workspace) -> None:
    path = archive(workspace, {"a.csv": GOOD, "stands.csv": STANDS})
    states(workspace)
    path.unlink()
    archive(workspace, {"b.csv": GOOD}, "autre.zip")
    assert states(workspace, 1) == {"autre.zip/b.csv": "known", "exports.zip/stands.csv": "gone"}


def test_a_damaged_archive_is_set_aside_and_its_members_go_on_counting(workspace: Workspace) -> None:
    path = archive(workspace, {"a.csv": GOOD, "stands.csv": STANDS})
    states(workspace)
    path.write_bytes(path.read_bytes()[:150])
    assert states(workspace, 1) == {"exports.zip": "set_aside"}
    assert [counts for *_, counts in rows_of(workspace, FILES)] == [True, True]


def test_event_toml_speaks_of_a_member_or_of_the_whole_archive(workspace: Workspace) -> None:
    archive(workspace, {"a.csv": GOOD, "stands.csv": STANDS})
    declare(
        workspace,
        f'\n[exports."exports.zip"]\nedition = "{EARLIER}"\n[exports."exports.zip/a.csv"]\nis_ignored = true\n',
    )
    assert states(workspace) == {"exports.zip/a.csv": "ignored", "exports.zip/stands.csv": "new"}
    assert rows_of(workspace, "select edition_id from raw.file") == [(EARLIER,)]
