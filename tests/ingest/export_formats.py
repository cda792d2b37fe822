"""Tables of cells written in every format that organisers have."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Final, TypeAlias
from xml.sax.saxutils import escape

import xlsxwriter
import xlwt

Table: TypeAlias = Sequence[Sequence[str]]

_ODS: Final = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document-content '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0">'
    '<office:automatic-styles><style:style style:name="hidden" style:family="table">'
    '<style:table-properties table:display="false"/></style:style></office:automatic-styles>'
    "<office:body><office:spreadsheet>%s</office:spreadsheet></office:body></office:document-content>"
)


def as_csv(
    table: Table, encoding: str = "utf-8", delimiter: str = ";", line_end: str = "\r\n", quoting: int = 0
) -> bytes:
    """Return a CSV file; quoting as the csv module numbers it."""
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)  # type: ignore[arg-type]
    return buffer.getvalue().encode(encoding)


def as_xlsx(table: Table, prepare: Callable[[xlsxwriter.Workbook], None] = lambda _book: None) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Feuil1")
        for number, row in enumerate(table):
            for column, cell in enumerate(row):
                sheet.write_string(number, column, cell)
        prepare(book)
    return buffer.getvalue()


def as_xls(table: Table, prepare: Callable[[xlwt.Workbook], None] = lambda _book: None) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    sheet = book.add_sheet("Feuil1")
    for number, row in enumerate(table):
        for column, cell in enumerate(row):
            sheet.write(number, column, cell)
    prepare(book)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def ods_cell(text: str) -> str:
    """Return a cell as LibreOffice writes it: a paragraph a line, spaces and tabs as elements."""
    lines = escape(text).replace("\t", "<text:tab/>").replace(" ", "<text:s/>").split("\n")
    return (
        '<table:table-cell office:value-type="string">'
        + "".join(f"<text:p>{line}</text:p>" for line in lines)
        + "</table:table-cell>"
    )


def ods_of(tables: str) -> bytes:
    """Return an ods workbook of ``table:table`` elements."""
    return as_zip(
        {
            "mimetype": b"application/vnd.oasis.opendocument.spreadsheet",
            "META-INF/manifest.xml": b'<?xml version="1.0"?><manifest/>',
            "content.xml": (_ODS % tables).encode(),
        }
    )


def as_ods(table: Table) -> bytes:
    rows = "".join(f"<table:table-row>{''.join(map(ods_cell, row))}</table:table-row>" for row in table)
    return ods_of(f'<table:table table:name="Feuil1">{rows}</table:table>')


def as_json(table: Table) -> bytes:
    records = [dict(zip(table[0], row, strict=True)) for row in table[1:]]
    return json.dumps({"results": records}, ensure_ascii=False).encode()


def as_zip(members: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()
