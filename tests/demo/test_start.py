"""A demo workspace as a whole: what it holds, and that it is the same every time."""

import hashlib
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook, SheetVisibleEnum

from tasks.demo.afternoon import write_afternoon
from tasks.demo.exports import write_exports
from tasks.demo.start import write_workspace
from tasks.errors import UsageError
from tasks.workspace import Workspace
from tests.demo.builders import sheet


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


FILES = [
    "event.toml",
    "inbox/billetweb-18.csv",
    "inbox/exposants-19.xlsx",
    "inbox/helloasso-19.csv",
    "inbox/inscriptions-17.csv",
    "inbox/souhaits-19.xlsx",
    "truth/exclusions.json",
    "truth/people.json",
    "truth/requests.json",
    "truth/shares.json",
    "truth/tickets.json",
]


def test_the_same_seed_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_workspace(tmp_path / "again", 19)
    assert list(digests(folder)) == FILES
    assert digests(tmp_path / "again") == digests(folder)


def test_writing_the_exports_again_changes_nothing(tmp_path: Path) -> None:
    write_workspace(tmp_path, 4, 24)
    before = digests(tmp_path)
    written = write_exports(tmp_path, 4)
    assert sorted(f"inbox/{path.name}" for path in written) == [name for name in FILES if name.startswith("inbox/")]
    assert digests(tmp_path) == before


def test_another_seed_gives_another_event(tmp_path: Path) -> None:
    write_workspace(tmp_path / "one", 1, 24)
    write_workspace(tmp_path / "two", 2, 24)
    one, two = digests(tmp_path / "one"), digests(tmp_path / "two")
    assert [name for name in FILES if one[name] == two[name]] == ["event.toml"]


def test_the_event_is_the_nineteenth_with_a_table_for_three_leaders(folder: Path) -> None:
    event = Workspace(folder).event
    assert (event.id, event.number, event.date) == ("artois-douaisis-2026", 19, date(2026, 12, 3))
    assert [(edition.number, edition.date) for edition in event.editions] == [
        (17, date(2024, 12, 5)),
        (18, date(2025, 12, 4)),
    ]
    assert event.tables.count == 60
    assert event.published.model_dump(exclude={"source", "price"}) == {
        "leaders": 180,
        "meetings_minimum": 4,
        "meetings_maximum": 10,
        "satisfaction": 0.94,
        "repeat_before": 0.40,
        "repeat_share": 0.62,
    }
    assert str(event.published.price) == "36.00"


@pytest.mark.parametrize("leader_count", [11, 2001])
def test_a_number_of_leaders_out_of_bounds_is_refused(tmp_path: Path, leader_count: int) -> None:
    with pytest.raises(UsageError, match=f"between 12 and 2000 leaders, not {leader_count}"):
        write_workspace(tmp_path, 1, leader_count)
    assert list(tmp_path.iterdir()) == []


def test_the_smallest_event_can_be_written(tmp_path: Path) -> None:
    write_workspace(tmp_path, 1, 12)
    assert list(digests(tmp_path)) == FILES


def test_somebody_elses_event_is_left_alone(workspace: Workspace) -> None:
    before = digests(workspace.folder)
    with pytest.raises(UsageError, match="holds an event that is not the demo"):
        write_workspace(workspace.folder, 1)
    assert digests(workspace.folder) == before


@pytest.mark.parametrize("write", [write_exports, write_afternoon])
def test_nothing_made_up_is_written_into_a_real_event(
    workspace: Workspace, write: Callable[[Path, int], list[Path]]
) -> None:
    with pytest.raises(UsageError, match="holds an event that is not the demo"):
        write(workspace.folder, 1)
    assert list(workspace.inbox.iterdir()) == []


def test_exhibitors_stand_below_two_title_lines_and_above_a_total(folder: Path) -> None:
    rows = sheet(folder / "inbox/exposants-19.xlsx", "Exposants")
    assert rows[2] == ["Stand", "Société", "Activité", "Contact", "Téléphone"]
    assert [bool(row[1]) for row in rows[3:]] == [True] * 22 + [False, True]
    assert rows[-1][:2] == ["TOTAL", 22.0]
    assert Counter(len(row[4]) for row in rows[3:25]) == {10: 22}
    assert sheet(folder / "inbox/exposants-19.xlsx", "Partenaires")[-1][:2] == ["TOTAL", 6.0]


def test_titles_are_merged_and_the_draft_is_hidden(folder: Path) -> None:
    book = CalamineWorkbook.from_path(folder / "inbox/exposants-19.xlsx")
    assert [(found.name, found.visible) for found in book.sheets_metadata] == [
        ("Exposants", SheetVisibleEnum.Visible),
        ("Partenaires", SheetVisibleEnum.Visible),
        ("Brouillon", SheetVisibleEnum.Hidden),
    ]
    assert book.get_sheet_by_name("Exposants").merged_cell_ranges == [((0, 0), (0, 4)), ((1, 0), (1, 4))]


def test_no_cell_is_a_formula_or_a_link(folder: Path) -> None:
    for name in ("souhaits-19.xlsx", "exposants-19.xlsx"):
        with zipfile.ZipFile(folder / "inbox" / name) as book:
            sheets = [book.read(part) for part in book.namelist() if part.startswith("xl/worksheets/")]
        assert [content for content in sheets if b"<f>" in content or b"<hyperlink" in content] == []
