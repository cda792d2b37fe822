import os
from pathlib import Path

import pytest

from tasks.files import write


def test_a_file_is_written_with_the_folders_on_the_way(tmp_path: Path) -> None:
    write(tmp_path / "out" / "report" / "page.html", b"new")
    assert (tmp_path / "out" / "report" / "page.html").read_bytes() == b"new"
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["out", "page.html", "report"]


def test_a_file_that_says_the_same_is_left_alone(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"same")
    os.utime(page, (0, 0))
    write(page, b"same")
    assert page.stat().st_mtime == 0
    write(page, b"other")
    assert page.read_bytes() == b"other"
    assert page.stat().st_mtime > 0


def test_a_run_that_ends_while_writing_leaves_the_file_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "page.html"
    page.write_bytes(b"whole")

    def half(self: Path, content: bytes) -> int:
        with self.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(Path, "write_bytes", half)
        with pytest.raises(KeyboardInterrupt):
            write(page, b"something else")
    assert page.read_bytes() == b"whole"
    write(page, b"something else")
    assert page.read_bytes() == b"something else"
    assert list(tmp_path.iterdir()) == [page]


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    link = tmp_path / "plan.json"
    link.symlink_to(tmp_path / "kept" / "plan.json")
    for content in (b"first", b"second"):
        write(link, content)
        assert (link.is_symlink(), (tmp_path / "kept" / "plan.json").read_bytes()) == (True, content)


def test_what_is_no_file_is_written_to_and_not_replaced(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reading = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    write(pipe, b"plan")
    assert (os.read(reading, 10), pipe.is_fifo()) == (b"plan", True)
    os.close(reading)
