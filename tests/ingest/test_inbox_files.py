"""What lies in the inbox: files that stand still, files that move, and what is no file."""

import os
import threading
import time
from pathlib import Path

import pytest

from tasks.errors import DataError
from tasks.ingest.inbox import finding as inbox
from tasks.ingest.inbox.finding import Found, find_files, read_still, see, shown_name
from tasks.ingest.reading.decode import SetAside
from tasks.workspace import Workspace
from tests.ingest.builders import growing, write_text

LONG_AGO = 1_000_000_000


def aged(path: Path) -> Path:
    os.utime(path, (LONG_AGO, LONG_AGO))
    return path


def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Return what was waited for from now on, without waiting."""
    taken: list[float] = []
    monkeypatch.setattr(inbox.time, "sleep", taken.append)
    return taken


def test_what_lies_there_comes_from_the_oldest_to_the_newest_without_what_programs_leave(workspace: Workspace) -> None:
    for name, at in (("b.csv", 100), ("a.csv", 300), ("c.csv", 200), ("~$a.xlsx", 400), (".DS_Store", 500)):
        path = write_text(workspace, name, "x")
        os.utime(path, (at, at))
    (workspace.inbox / "folder").mkdir()
    (workspace.inbox / ".git").mkdir()
    found = find_files(workspace.inbox)
    assert [(entry.name, entry.is_folder) for entry in found] == [
        ("b.csv", False),
        ("c.csv", False),
        ("a.csv", False),
        ("folder", True),
    ]


def test_a_missing_or_empty_inbox_is_one_clear_sentence(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="the inbox is empty"):
        find_files(workspace.inbox)
    (workspace.inbox / "folder").mkdir()
    with pytest.raises(DataError, match="the inbox is empty"):
        find_files(workspace.inbox)
    (workspace.inbox / "folder").rmdir()
    workspace.inbox.rmdir()
    with pytest.raises(DataError, match="this folder is missing"):
        find_files(workspace.inbox)


def test_a_file_that_has_not_changed_lately_costs_no_waiting(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = aged(write_text(workspace, "a.csv", "content"))
    waited = naps(monkeypatch)
    assert read_still(see(path)) == b"content"
    assert waited == []


def test_a_file_that_has_just_come_must_look_the_same_twice(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = see(write_text(workspace, "a.csv", "content"))
    waited = naps(monkeypatch)
    assert read_still(found) == b"content"
    assert [0.0 < seconds <= 0.25 for seconds in waited] == [True]
    waited.clear()
    assert read_still(Found(found.path, found.mark, found.is_folder, seen_at=0)) == b"content"
    assert waited == [0.0]


def test_a_file_replaced_since_it_was_seen_is_read_as_it_is_now(workspace: Workspace) -> None:
    path = aged(write_text(workspace, "a.csv", "before"))
    found = see(path)
    aged(write_text(workspace, "a.csv", "and after"))
    assert read_still(found) == b"and after"


def test_a_file_that_grows_for_a_moment_is_waited_for(workspace: Workspace) -> None:
    path = write_text(workspace, "a.csv", "")

    def copy() -> None:
        with path.open("a", encoding="utf-8") as file:
            for number in range(8):
                file.write(f"{number}\n")
                file.flush()
                time.sleep(0.1)

    found = see(path)
    copying = threading.Thread(target=copy)
    copying.start()
    content = read_still(found)
    copying.join()
    assert content == b"0\n1\n2\n3\n4\n5\n6\n7\n"


def test_a_file_that_does_not_stop_growing_is_left_for_the_next_time(workspace: Workspace) -> None:
    path = write_text(workspace, "a.csv", "")
    began = time.monotonic()
    still_written = r"this file is still being written: it will be taken in next time\."
    with growing(path), pytest.raises(SetAside, match=still_written):
        read_still(see(path))
    assert time.monotonic() - began < 6


def test_a_file_that_changes_while_it_is_read_is_read_again(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = aged(write_text(workspace, "a.csv", "half"))
    found = see(path)
    read = Path.read_bytes

    def reading(which: Path) -> bytes:
        content = read(which)
        if content == b"half":
            aged(write_text(workspace, "a.csv", "whole"))
        return content

    monkeypatch.setattr(Path, "read_bytes", reading)
    assert read_still(found) == b"whole"


@pytest.mark.parametrize("make", ["gone", "fifo", "loop"])
def test_what_is_no_file_is_set_aside_and_nothing_hangs(workspace: Workspace, make: str) -> None:
    path = workspace.inbox / "a.csv"
    if make == "fifo":
        os.mkfifo(path)
    if make == "loop":
        path.symlink_to(path)
    with pytest.raises(SetAside, match=r"^this (file cannot be read: |is no file that can be read)"):
        read_still(see(path))


@pytest.mark.parametrize("target", ["secret.csv", "event.toml", "folder"])
def test_a_link_that_leads_out_of_the_inbox_is_set_aside(workspace: Workspace, tmp_path: Path, target: str) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "secret.csv").write_text("secret")
    places = {name: tmp_path / name for name in ("secret.csv", "folder")}
    link = workspace.inbox / "a.csv"
    link.symlink_to(places.get(target, Path("..") / target))
    with pytest.raises(SetAside, match=r"^this is a link that leads out of the inbox, and such links are not followed"):
        read_still(see(link))


def test_a_link_within_the_inbox_is_followed_wherever_the_inbox_lies(workspace: Workspace, tmp_path: Path) -> None:
    workspace.inbox.rename(tmp_path / "elsewhere")
    workspace.inbox.symlink_to(tmp_path / "elsewhere")
    aged(write_text(workspace, "a.csv", "content"))
    (workspace.inbox / "b.csv").symlink_to("a.csv")
    assert read_still(see(workspace.inbox / "b.csv")) == b"content"


def test_a_file_that_may_not_be_read_is_set_aside(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    found = see(aged(write_text(workspace, "a.csv", "content")))

    def locked(_: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", locked)
    with pytest.raises(SetAside, match="this file cannot be read: the right to read it is missing"):
        read_still(found)


def test_a_file_that_is_too_large_is_not_even_read(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write_text(workspace, "a.csv", "")
    with path.open("r+b") as file:
        file.truncate(2 * 2**30)
    monkeypatch.delattr(Path, "read_bytes")
    with pytest.raises(SetAside, match="this file is too large: 2048 MB"):
        read_still(see(aged(path)))


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Réponses.csv", "Réponses.csv"),
        ("Re\u0301ponses.csv", "Réponses.csv"),
        ("R\udce9ponses.csv", "R\ufffdponses.csv"),
        ("a\nb\u202ecsv.exe", "a b\ufffdcsv.exe"),
        ("x" * 255, "x" * 119 + "…"),
    ],
)
def test_a_name_is_shown_so_that_it_breaks_nothing(name: str, shown: str) -> None:
    assert shown_name(name) == shown
