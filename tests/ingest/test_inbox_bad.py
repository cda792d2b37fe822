"""Everything that must not be taken in, in one inbox with what must: each with its sentence, the others go on."""

import csv
import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from tasks.workspace import Workspace
from tests.ingest.builders import (
    HELLOASSO,
    growing,
    read_inbox,
    rows_of,
    table,
    ticket,
    write_text,
    write_tickets,
    write_workbook,
)

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def zipped(content: bytes) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inscriptions.csv", content)
    return buffer.getvalue()


def two_gigabytes(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(2 * 2**30)


def missing_quote() -> bytes:
    text = table(HELLOASSO, [ticket(number, "Ana", "Morel", "Morel") for number in range(3)])
    return text.replace("Morel;Ana", '"Morel;Ana', 1).encode()


BAD: Final[dict[str, tuple[bytes | Callable[[Path], None], str]]] = {
    "truncated.zip": (zipped(b"Nom;Email\n" * 9999)[:200], "this archive or workbook is damaged or cut short"),
    "bomb.zip": (zipped(b"\0" * 2**28), "unpacks to far more than an export holds"),
    "huge.csv": (two_gigabytes, "this file is too large: 2048 MB"),
    "locked.xlsx": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf_16_le") + b"\0" * 600, "password"),
    "page.xlsx": (b"<!DOCTYPE html><html><body><table><tr><td>Nom</td></tr></table></body></html>", "web page"),
    "binary.csv": (bytes(range(256)) * 64, "it holds zero bytes between its letters"),
    "picture.csv": (b"\x89PNG\r\n\x1a\n" + bytes(999), "a picture"),
    "wide.csv": (";".join(f"c{n}" for n in range(1_000_000)).encode() + b"\n" + b";" * 999_999 + b"\n", "columns"),
    "nul.csv": (
        table(HELLOASSO, [ticket(1, "Ana", "Mo\0rel", "Morel")]).encode(),
        "it holds zero bytes between its letters",
    ),
    "quote.csv": (missing_quote(), "a quotation mark is missing or too many"),
    "unknown.csv": (b"bonjour;monde\n1;2\n", "no line of this file is the header of a known export"),
    "empty.csv": (b"", "this file is empty"),
    "header.csv": (table(HELLOASSO, []).encode(), "but not a single row"),
}


def write_bad(workspace: Workspace) -> None:
    for name, (content, _) in BAD.items():
        path = workspace.inbox / name
        if isinstance(content, bytes):
            path.write_bytes(content)
        else:
            content(path)


def test_each_bad_file_is_set_aside_with_its_sentence_and_the_good_ones_are_taken_in(workspace: Workspace) -> None:
    write_bad(workspace)
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    write_workbook(
        workspace.inbox / "stands.xlsx", {"Exposants": [["Stand", "Société", "Activité"], ["A1", "Morel", ""]]}
    )
    with growing(write_text(workspace, "copy.csv", "")):
        reports = {report.file_name: report for report in read_inbox(workspace)}
    aside = {
        name.partition("/")[0]: str(report.sentence) for name, report in reports.items() if report.state == "set_aside"
    }
    expected = {name: part for name, (_, part) in BAD.items()} | {"copy.csv": "this file is still being written"}
    assert {name: part for name, part in expected.items() if part not in aside.get(name, "")} == {}
    assert sorted(aside) == sorted(expected)
    assert rows_of(workspace, "select file_name, is_current from raw.file order by 1") == [
        ("inscriptions.csv", True),
        ("stands.xlsx", True),
    ]
    assert rows_of(workspace, "select count(*) from audit.set_aside_file") == [(len(expected),)]
    assert all("\n" not in sentence and len(sentence) < 1000 for sentence in aside.values())


HOSTILE: Final = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "\u202eabc",
    "x" * 100_000,
    "{0}",
    "%s",
)


@pytest.mark.parametrize("cell", HOSTILE)
def test_a_hostile_cell_is_data(workspace: Workspace, cell: str) -> None:
    write_tickets(workspace, [ticket(1, "Ana", cell, "Morel")])
    reports = read_inbox(workspace)
    assert [report.state for report in reports] == ["new"]
    assert rows_of(workspace, "select content->>'family_name' from raw.row") == [(cell,)]


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_header_is_shown_short_and_on_one_line(workspace: Workspace, title: str) -> None:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=";").writerows([["Stand", "Société", title], ["A1", "Morel", "x"]])
    write_text(workspace, "stands.csv", buffer.getvalue())
    (report,) = read_inbox(workspace)
    sentence = str(report.sentence)
    assert (report.state, len(sentence) < 200, sentence.isprintable()) == ("new", True, True)
    assert rows_of(workspace, "select title from raw.header where position = 3") == [(title,)]
