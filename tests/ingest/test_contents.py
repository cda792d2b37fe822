"""What organisers drop into the inbox by mistake: one clear sentence each, and never a wrong table."""

import pytest

from tasks.ingest.reading.contents import read_sheets
from tasks.ingest.reading.sheet import SetAside
from tests.ingest.export_formats import as_csv, as_json, as_ods, as_xls, as_xlsx, as_zip

TABLE = [("nom", "société"), ("Zoé", "Crêperie"), ("Ana", "")]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 504


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (as_csv(TABLE), "utf_8"),
        (as_csv(TABLE, "cp1252", "\t", "\n"), "cp1252"),
        (as_csv(TABLE, "utf-16"), "utf_16"),
        (as_xlsx(TABLE), None),
        (as_xls(TABLE), None),
        (as_ods(TABLE), None),
        (as_json(TABLE), "utf_8"),
    ],
    ids=["csv", "tsv", "utf-16", "xlsx", "xls", "ods", "json"],
)
def test_every_format_is_told_by_its_content(content: bytes, encoding: str | None) -> None:
    read = read_sheets(content)
    (sheet,) = read.sheets
    assert [line.cells for line in sheet.lines] == TABLE
    assert [line.number for line in sheet.lines] == [1, 2, 3]
    assert (read.encoding, read.left_out) == (encoding, ())


@pytest.mark.parametrize(
    "content", [b"", b" \r\n\t", b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf \n", " \n".encode("utf-16")]
)
def test_an_empty_file_is_said_to_be_empty(content: bytes) -> None:
    with pytest.raises(SetAside, match="this file is empty"):
        read_sheets(content)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "this file is a PDF document, whatever its name says"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "this file is a picture"),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "this file is a picture"),
        (b"GIF89a\x01\x00\x01\x00", "this file is a picture"),
        (b"MZ\x90\x00\x03", "this file is a program"),
        (b"\x7fELF\x02\x01", "this file is a program"),
        (b"\x1f\x8b\x08\x00", "this file is an archive of another kind than zip"),
        (b"7z\xbc\xaf\x27\x1c", "this file is an archive of another kind than zip"),
        (b"Rar!\x1a\x07\x00", "this file is an archive of another kind than zip"),
        (b"{\\rtf1\\ansi Nom}", "this file is a text document"),
        (b"SQLite format 3\x00", "this file is a database"),
        (OLE + "WordDocument".encode("utf-16-le"), "this file is an old Office document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "this file is locked with a password"),
        (OLE, "this archive or workbook is damaged or cut short"),
        (as_zip({"[Content_Types].xml": b"<x/>", "word/document.xml": b"<x/>"}), "an Office document without a table"),
        (
            as_zip({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}),
            "an Office document without a table",
        ),
        (as_zip({"a.csv": b"a;b"}), "this file is an archive, whatever its name says"),
        (b"PK\x03\x04 this is no workbook", "this archive or workbook is damaged or cut short"),
        (b"<!DOCTYPE html><html><table><tr><td>Nom</td></tr></table>", "this file is a web page, whatever its name"),
        (b"\xef\xbb\xbf\n <!-- export --><TABLE><tr><td>Nom", "this file is a web page"),
        ("<html><body>Connexion expirée".encode("utf-16"), "this file is a web page"),
        (b'<?xml version="1.0"?><html xmlns="x"><body>', "this file is a web page"),
        (
            (
                b'<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>\n'
                b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">'
            ),
            "this file is an XML table of Excel 2003",
        ),
        (b'<?xml version="1.0"?><orders/>', "this file is an XML document"),
    ],
)
def test_what_is_no_table_is_named(content: bytes, sentence: str) -> None:
    with pytest.raises(SetAside, match=sentence) as caught:
        read_sheets(content)
    assert caught.value.remedy is not None


def test_letters_that_begin_other_formats_also_begin_names() -> None:
    (sheet,) = read_sheets(b"MZ;Nom\n1;Ana\n").sheets
    assert [line.cells for line in sheet.lines] == [("MZ", "Nom"), ("1", "Ana")]


def test_markup_and_formulas_in_cells_are_data() -> None:
    cells = ("=cmd|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7*7 }}", "\u202eabc\u202c", "x" * 100_000, "+33")
    for write in (as_csv, as_xlsx, as_ods, as_json):
        table = [("a", "b", "c", "d", "e", "f"), tuple(cell[:32_000] for cell in cells)]
        (sheet,) = read_sheets(write(table)).sheets
        assert [line.cells for line in sheet.lines] == table
