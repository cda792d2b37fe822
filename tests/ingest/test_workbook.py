"""Workbooks: every cell as a person would type it."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter

from tasks.ingest.columns import read_table
from tasks.ingest.decode import SetAside
from tasks.ingest.sources import source_named
from tasks.ingest.workbook import cell_text, is_workbook, read_workbook
from tests.ingest.builders import write_workbook


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (73282932000074.0, "73282932000074"),
        (46085.5, "46085.5"),
        (12, "12"),
        (True, "Oui"),
        (False, "Non"),
        ("x", "x"),
        (datetime.fromisoformat("2026-12-03T14:00"), "2026-12-03 14:00:00"),
        (date(2026, 12, 3), "2026-12-03"),
        (time(14, 20), "14:20"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_cell_becomes_text_with_all_its_digits(cell: object, text: str) -> None:
    assert cell_text(cell) == text


def test_a_workbook_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    path = tmp_path / "x.csv"
    write_workbook(path, {"A": [["a"]]})
    assert is_workbook(path.read_bytes())
    assert not is_workbook(b"a;b\n")


@pytest.mark.parametrize("content", [b"PK\x03\x04 this is no workbook", b"\xd0\xcf\x11\xe0 neither"])
def test_a_broken_workbook_is_set_aside(content: bytes) -> None:
    with pytest.raises(SetAside, match="this workbook cannot be opened"):
        read_workbook(content)


def test_hidden_sheets_are_skipped_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(path, {"Exposants": [[], ["a", 1]], "Brouillon": [["secret"]]}, hidden="Brouillon")
    sheets = read_workbook(path.read_bytes())
    assert [(sheet.name, [(line.number, line.cells) for line in sheet.lines]) for sheet in sheets] == [
        ("Exposants", [(1, ("", "")), (2, ("a", "1"))])
    ]


def test_the_organiser_s_workbook_is_read_below_its_titles_without_its_totals(tmp_path: Path) -> None:
    path = tmp_path / "exposants.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Exposants")
        sheet.merge_range(0, 0, 0, 4, "Rencontres affaires")
        sheet.merge_range(1, 0, 1, 4, "Liste des exposants")
        sheet.write_row(2, 0, ["Stand", "Société", "Activité", "Contact", "Téléphone"])
        sheet.merge_range(3, 0, 4, 0, "A1")
        sheet.write_row(3, 1, ["Ateliers Morel", "Usinage", "Ana", 612345678])
        sheet.write_row(4, 1, ["Tôlerie Dupont", "Tôlerie"])
        sheet.write_row(6, 0, ["Stand", "Société", "Activité", "Contact", "Téléphone"])
        sheet.write_row(7, 0, ["B2", "Total Énergies"])
        sheet.write_row(8, 0, ["TOTAL", 3])
    (sheet_read,) = read_workbook(path.read_bytes())
    table = read_table(sheet_read, source_named("exhibitors"))
    assert table is not None
    assert table.skipped_count == 3
    assert [(row.number, dict(row.content)) for row in table.rows] == [
        (4, {"stand": "A1", "company": "Ateliers Morel", "description": "Usinage"}),
        (5, {"stand": "A1", "company": "Tôlerie Dupont", "description": "Tôlerie"}),
        (8, {"stand": "B2", "company": "Total Énergies"}),
    ]
