"""Workbooks: every cell as a person would type it, and as many rows as there are."""

import io
import zipfile
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
import xlsxwriter
import xlwt

from tasks.ingest.formats.columns import read_table
from tasks.ingest.formats.sources import source_named
from tasks.ingest.reading import workbook as workbook_module
from tasks.ingest.reading import xls as xls_module
from tasks.ingest.reading.cells import Workbook, cell_text, fill_down
from tasks.ingest.reading.extent import Extent
from tasks.ingest.reading.sheet import SetAside
from tasks.ingest.reading.workbook import is_workbook, read_workbook
from tests.ingest.builders import write_workbook
from tests.ingest.export_formats import as_ods, as_xls, as_xlsx, as_zip, ods_cell, ods_of

NOON = datetime.fromisoformat("2026-03-04T14:25:59.999600")


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    (sheet,) = read_workbook(content).sheets
    return [line.cells for line in sheet.lines]


def changed(content: bytes, member: str, old: str, new: str) -> bytes:
    """Return a workbook with a change in the XML of one of its members."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = {name: archive.read(name) for name in archive.namelist()}
    assert old.encode() in members[member]
    members[member] = members[member].replace(old.encode(), new.encode())
    return as_zip(members)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (73282932000074.0, "73282932000074"),
        (46085.5, "46085.5"),
        (35.99999999999999, "36"),
        (0.1, "0.1"),
        (12, "12"),
        (True, "Oui"),
        (False, "Non"),
        ("x", "x"),
        (datetime.fromisoformat("2026-12-03T14:00"), "2026-12-03 14:00:00"),
        (NOON, "2026-03-04 14:26:00"),
        (datetime.fromisoformat("9999-12-31T23:59:59.9"), "9999-12-31 23:59:59"),
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
    assert is_workbook(as_xls([("a",)]))
    assert not is_workbook(b"a;b\n")


@pytest.mark.parametrize("content", [b"PK\x03\x04 this is no workbook", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 neither"])
def test_a_broken_workbook_is_set_aside(content: bytes) -> None:
    with pytest.raises(SetAside, match="this archive or workbook is damaged or cut short"):
        read_workbook(content)


def test_hidden_sheets_are_named_and_not_read_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    write_workbook(path, {"Exposants": [[], ["a", 1]], "Brouillon": [["secret"]]}, hidden="Brouillon")
    read = read_workbook(path.read_bytes())
    assert [(sheet.name, [(line.number, line.cells) for line in sheet.lines]) for sheet in read.sheets] == [
        ("Exposants", [(1, ("", "")), (2, ("a", "1"))])
    ]
    assert read.hidden == ("Brouillon",)


def test_a_very_hidden_sheet_is_hidden_in_every_kind_of_workbook() -> None:
    def hide_xlsx(book: xlsxwriter.Workbook) -> None:
        sheet = book.add_worksheet("Secret")
        sheet.write_string(0, 0, "x")
        sheet.very_hidden()

    def hide_xls(book: xlwt.Workbook) -> None:
        sheet = book.add_sheet("Secret")
        sheet.write(0, 0, "x")
        sheet.visibility = 2

    rows = "<table:table-row>" + ods_cell("x") + "</table:table-row>"
    ods = ods_of(
        f'<table:table table:name="Feuil1">{rows}</table:table>'
        f'<table:table table:name="Secret" table:style-name="hidden">{rows}</table:table>'
    )
    for content in (as_xlsx([("x",)], hide_xlsx), as_xls([("x",)], hide_xls), ods):
        read = read_workbook(content)
        assert ([sheet.name for sheet in read.sheets], read.hidden) == (["Feuil1"], ("Secret",))


def test_all_kinds_of_cells_of_an_xlsx() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        sheet = book.get_worksheet_by_name("Feuil1")
        assert sheet is not None
        sheet.write_datetime(1, 0, NOON, book.add_format({"num_format": "dd/mm/yyyy hh:mm"}))
        sheet.write_number(1, 1, 0.15, book.add_format({"num_format": "0%"}))
        sheet.write_number(1, 2, 73282932000074)
        sheet.write_number(1, 3, 46085.5)
        sheet.write_boolean(1, 4, True)  # noqa: FBT003 -- the library's own order
        sheet.write_formula(1, 5, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 6, '="a"&"b"', None, "ab")
        sheet.write_formula(1, 7, '=""', None, "")
        sheet.write_rich_string(1, 8, "Cœur", book.add_format({"bold": True}), " de ", "ville")
        sheet.write_datetime(1, 9, time(14, 20), book.add_format({"num_format": "hh:mm"}))
        sheet.write_blank(9, 200, None, book.add_format({"bg_color": "red"}))

    header = tuple("abcdefghij")
    assert cells_of(as_xlsx([header], fill)) == [
        header,
        (
            "2026-03-04 14:26:00",
            "0.15",
            "73282932000074",
            "46085.5",
            "Oui",
            "",
            "ab",
            "",
            "Cœur de ville",
            "14:20",
        ),
    ]


def test_all_kinds_of_cells_of_an_xls() -> None:
    def fill(book: xlwt.Workbook) -> None:
        sheet = book.get_sheet("Feuil1")
        row = [73282932000074, 0.5, True, 46085.5, "x"]
        for column, value in enumerate(row):
            sheet.write(1, column, value)
        sheet.write(1, 5, NOON, xlwt.easyxf(num_format_str="DD/MM/YYYY HH:MM"))
        sheet.write(1, 6, time(14, 20), xlwt.easyxf(num_format_str="HH:MM"))
        sheet.write(1, 7, 4_000_000, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
        sheet.write(3, 0, xlwt.Formula("1/0"))
        sheet.write(4, 0, xlwt.Formula('"a"'))
        sheet.write(9, 9, "", xlwt.easyxf("font: bold on"))

    assert cells_of(as_xls([tuple("abcdefgh")], fill))[:3] == [
        (*"abcdefgh", "", ""),
        ("73282932000074", "0.5", "Oui", "46085.5", "x", "2026-03-04 14:25:59", "14:20", "4000000", "", ""),
        ("",) * 10,
    ]


def test_all_kinds_of_cells_of_an_ods() -> None:
    cells = (
        '<table:table-cell office:value-type="float" office:value="73282932000074"><text:p>7,3E13</text:p>'
        '</table:table-cell><table:table-cell office:value-type="boolean" office:boolean-value="true"/>'
        '<table:table-cell office:value-type="date" office:date-value="2026-03-04T14:25:00"/>'
        '<table:table-cell office:value-type="string"><office:annotation><text:p>note</text:p></office:annotation>'
        "<text:p>a<text:line-break/>b<text:tab></text:tab>c</text:p><text:p>d</text:p></table:table-cell>"
    )
    empty = '<table:table-cell table:number-columns-repeated="1024"/>'
    table = (
        f'<table:table-row table:number-rows-repeated="2">{cells}</table:table-row>'
        f"<table:table-row><table:table-cell><office:annotation><text:p>note</text:p></office:annotation>"
        f"</table:table-cell></table:table-row>"
        f'<table:table-row table:number-rows-repeated="1048000">{empty}</table:table-row>'
    )
    line = ("73282932000074", "Oui", "2026-03-04 14:25:00", "a\nb\tc\nd")
    assert cells_of(ods_of(f'<table:table table:name="Feuil1">{table}</table:table>')) == [line, line]


def test_a_merged_value_holds_in_the_rows_below_and_where_nothing_was_typed() -> None:
    rows = [["A1", "x"], ["", "y"], ["B", "z"]]
    fill_down(rows, ((0, 0), (9, 1)))
    assert rows == [["A1", "x"], ["A1", "y"], ["B", "z"]]
    fill_down(rows, ((7, 0), (9, 0)))
    fill_down(rows, ((0, 7), (2, 7)))
    assert rows == [["A1", "x"], ["A1", "y"], ["B", "z"]]


def test_merged_cells_of_an_xls_are_repeated_downwards() -> None:
    def merge(book: xlwt.Workbook) -> None:
        book.get_sheet("Feuil1").write_merge(1, 2, 0, 0, "A1")

    assert cells_of(as_xls([("Stand", "Nom"), ("", "Ana"), ("", "Bob")][:1], merge)) == [
        ("Stand", "Nom"),
        ("A1", ""),
        ("A1", ""),
    ]


def test_a_million_formatted_rows_without_a_value_are_no_rows() -> None:
    content = changed(
        as_xlsx([("a",), ("b",)]),
        "xl/worksheets/sheet1.xml",
        "</sheetData>",
        "".join(f'<row r="{number}" s="1"><c r="A{number}" s="1"/></row>' for number in range(3, 200_000))
        + "</sheetData>",
    )
    assert cells_of(content) == [("a",), ("b",)]


def test_a_workbook_on_whose_rows_two_counts_disagree_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_module, "count_xlsx", lambda _container: {"Feuil1": Extent(3, 3, 1)})
    with pytest.raises(SetAside, match='rows would be lost: sheet "Feuil1" holds 3 rows, but 1 can be read'):
        read_workbook(as_xlsx([("a",)]))
    monkeypatch.setattr(workbook_module, "count_ods", lambda _container: {})
    with pytest.raises(SetAside, match='rows would be lost: sheet "Feuil1" holds 0 rows, but 1 can be read'):
        read_workbook(as_ods([("a",)]))
    monkeypatch.setattr(xls_module, "count_xls", lambda _content: [2])
    with pytest.raises(SetAside, match='rows would be lost: sheet "Feuil1" holds 2 rows, but 1 can be read'):
        read_workbook(as_xls([("a",)]))


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ('r="A2"', 'r="B999999999"', "damaged or cut short"),  # the reader would lay out a table up to there
        ('r="B1"', 'r="ZZZZ1"', "has 475,254 columns, where at most 2000 are read"),
        ('<row r="2"', '<row r="900000000"', "damaged or cut short"),
        ("<v>0</v>", "<v>&x;</v>", "damaged or cut short"),
        ("<sheetData>", "<sheetData><oops>", "damaged or cut short"),
    ],
)
def test_a_sheet_that_lies_about_its_places_is_set_aside(old: str, new: str, sentence: str) -> None:
    content = as_xlsx([("a", "b"), ("c", "d")])
    with pytest.raises(SetAside, match=sentence):
        read_workbook(changed(content, "xl/worksheets/sheet1.xml", old, new))


def test_a_single_cell_at_the_far_corner_is_refused_before_the_table_is_laid_out() -> None:
    def far(book: xlsxwriter.Workbook) -> None:
        sheet = book.get_worksheet_by_name("Feuil1")
        assert sheet is not None
        sheet.write_string(1_048_575, 1_000, "x")

    with pytest.raises(SetAside, match="this table is too large: more than 20 million cells"):
        read_workbook(as_xlsx([("a",)], far))


def test_more_strings_announced_than_a_table_holds_is_damage() -> None:
    content = changed(as_xlsx([("a",)]), "xl/sharedStrings.xml", 'uniqueCount="1"', 'uniqueCount="4294967295"')
    with pytest.raises(SetAside, match="damaged or cut short"):
        read_workbook(content)


def test_declared_entities_are_refused() -> None:
    content = as_xlsx([("a",)])
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    with pytest.raises(SetAside, match="damaged or cut short"):
        read_workbook(changed(content, "xl/workbook.xml", "<workbook ", f"{bomb}<workbook "))


def test_a_workbook_of_another_namespace_prefix_and_without_places_is_counted_alike() -> None:
    content = as_xlsx([("a", "b"), ("c", "d")])
    for old, new in (
        ('r="A1" ', ""),
        ('r="B1" ', ""),
        ('r="A2" ', ""),
        ('r="B2" ', ""),
        (' r="1"', ""),
        (' r="2"', ""),
    ):
        content = changed(content, "xl/worksheets/sheet1.xml", old, new)
    assert cells_of(content) == [("a", "b"), ("c", "d")]


def test_a_missing_sheet_is_damage() -> None:
    content = changed(as_xlsx([("a",)]), "xl/_rels/workbook.xml.rels", "worksheets/sheet1.xml", "worksheets/none.xml")
    with pytest.raises(SetAside, match="damaged or cut short"):
        read_workbook(content)


def test_text_within_a_cell_and_blank_text_are_told_apart() -> None:
    content = as_xlsx([("a",), ("X",)])
    inline = '<c r="A2" t="inlineStr"><is><t>{text}</t><rPh sb="0" eb="1"><t>lu</t></rPh></is></c>'
    for text, rows in (("mot", [("a",), ("mot",)]), ("  ", [("a",)]), ("", [("a",)])):
        read = changed(content, "xl/worksheets/sheet1.xml", '<c r="A2" t="s"><v>1</v></c>', inline.format(text=text))
        assert [cells for cells in cells_of(read) if cells != ("",)] == rows


def test_a_blank_shared_string_is_no_content() -> None:
    assert cells_of(as_xlsx([("a",), ("  ",), ("b",)])) == [("a",), ("  ",), ("b",)]


def test_what_is_only_there_to_be_pronounced_is_no_content() -> None:
    content = changed(
        as_xlsx([("a",), ("b",)]),
        "xl/sharedStrings.xml",
        "<si><t>b</t></si>",
        '<si><t></t><rPh sb="0" eb="1"><t>lu</t></rPh></si>',
    )
    assert cells_of(content) == [("a",), ("",)]


def test_a_workbook_with_a_password_says_so() -> None:
    ods = as_ods([("a",)])
    with pytest.raises(SetAside, match="this file is locked with a password"):
        read_workbook(changed(ods, "META-INF/manifest.xml", "<manifest/>", "<manifest><encryption-data/></manifest>"))


def test_a_workbook_locked_as_a_whole_says_so() -> None:
    mimetype = b"application/vnd.oasis.opendocument.spreadsheet"
    content = as_zip({"mimetype": mimetype, "META-INF/manifest.xml": b"<m/>", "encrypted-package": b"\x00" * 99})
    with pytest.raises(SetAside, match="this file is locked with a password"):
        read_workbook(content)


def test_an_old_workbook_with_a_password_says_so() -> None:
    content = as_xls([("a",)])
    start = content.index(b"\x09\x08\x10\x00")  # the head of the stream, after which a password would be told
    head = content[start + 20 :]
    locked = content[: start + 20] + b"\x2f\x00\x06\x00" + b"\x00" * 6 + head[10:]
    with pytest.raises(SetAside, match="this file is locked with a password"):
        read_workbook(locked)


@pytest.mark.parametrize("fault", [workbook_module.PasswordError("x"), workbook_module.CalamineError("x")])
def test_what_the_reader_refuses_is_set_aside(fault: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_content: bytes, _extents: object) -> Workbook:
        raise fault

    monkeypatch.setattr(workbook_module, "_read", refuse)
    with pytest.raises(SetAside, match="locked"):
        read_workbook(as_xlsx([("a",)]))


class PanicException(BaseException):
    """What the reader raises where its own code did not expect the bytes."""


def test_a_panic_of_the_reader_is_set_aside_and_an_interrupt_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    faults: list[BaseException] = [PanicException(), KeyboardInterrupt()]

    def panic(_content: bytes, _extents: object) -> Workbook:
        raise faults.pop(0)

    monkeypatch.setattr(workbook_module, "_read", panic)
    with pytest.raises(SetAside, match="this workbook cannot be opened"):
        read_workbook(as_xlsx([("a",)]))
    with pytest.raises(KeyboardInterrupt):
        read_workbook(as_xlsx([("a",)]))


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
    (sheet_read,) = read_workbook(path.read_bytes()).sheets
    table = read_table(sheet_read, source_named("exhibitors"))
    assert table is not None
    assert table.skipped_count == 3
    assert [(row.number, dict(row.content)) for row in table.rows] == [
        (4, {"stand": "A1", "company": "Ateliers Morel", "description": "Usinage"}),
        (5, {"stand": "A1", "company": "Tôlerie Dupont", "description": "Tôlerie"}),
        (8, {"stand": "B2", "company": "Total Énergies"}),
    ]
