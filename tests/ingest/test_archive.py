"""Archives: every member for itself, and nothing that an archive claims is believed."""

import io
import struct
import zipfile

import pytest

from tasks.ingest.reading import archive as archive_module
from tasks.ingest.reading import bounds, container
from tasks.ingest.reading.archive import Document, documents
from tasks.ingest.reading.bounds import require_cells, require_readable_size, unpacked_limit
from tasks.ingest.reading.container import open_container
from tasks.ingest.reading.sheet import SetAside
from tests.ingest.export_formats import as_csv, as_ods, as_xlsx, as_zip

CSV = as_csv([("a", "b"), ("1", "2")])


def told(found: tuple[Document, ...]) -> list[tuple[str, bytes, str]]:
    """Return name, content and the fault, if any, of every document."""
    return [(document.name, document.content, str(document.fault.what) if document.fault else "") for document in found]


@pytest.mark.parametrize("content", [CSV, as_xlsx([("a",)]), as_ods([("a",)]), b"", b"PK"])
def test_what_is_no_archive_is_itself(content: bytes) -> None:
    assert documents("x.zip", content) == (Document("x.zip", content),)


def test_members_come_one_by_one_without_what_systems_leave_behind() -> None:
    found = documents(
        "tout.zip",
        as_zip(
            {
                "a.csv": CSV,
                "dossier/": b"",
                "dossier/b.xlsx": CSV,
                "vide.csv": b"",
                "__MACOSX/._a.csv": b"x",
                "dossier/.DS_Store": b"x",
                "~$b.xlsx": b"x",
                "Thumbs.db": b"x",
                "desktop.ini": b"x",
            }
        ),
    )
    assert told(found) == [
        ("tout.zip/a.csv", CSV, ""),
        ("tout.zip/dossier/b.xlsx", CSV, ""),
        ("tout.zip/vide.csv", b"", ""),
    ]


def test_an_archive_of_nothing_says_so() -> None:
    for empty in (as_zip({}), as_zip({".DS_Store": b"x"})):
        assert told(documents("x.zip", empty)) == [("x.zip", empty, "this archive holds no file.")]


def test_an_archive_in_an_archive_is_set_aside_and_a_workbook_in_it_is_not() -> None:
    workbook = as_xlsx([("a",)])
    found = documents("x.zip", as_zip({"in.zip": as_zip({"a.csv": CSV}), "b.xlsx": workbook, "a.csv": CSV}))
    assert told(found) == [
        ("x.zip/in.zip", b"", "this is an archive inside an archive."),
        ("x.zip/b.xlsx", workbook, ""),
        ("x.zip/a.csv", CSV, ""),
    ]


@pytest.mark.parametrize("name", ["../a.csv", "/etc/a.csv", "C:\\a.csv", "b/../../a.csv", "\\\\serveur\\a.csv"])
def test_a_name_that_leads_out_of_the_archive_is_set_aside(name: str) -> None:
    outside, inside = documents("x.zip", as_zip({name: CSV, "b.csv": CSV}))
    assert str(outside.fault) == (
        "the name of this member leads out of its archive.\n"
        "Check where the archive comes from; unpack it yourself and put in the exports alone."
    )
    assert (inside.content, inside.fault) == (CSV, None)


def test_a_name_cannot_turn_the_writing_direction_or_break_a_line() -> None:
    (found,) = documents("x.zip", as_zip({"a\u202evsc\n.csv": CSV}))
    assert found.name == "x.zip/a\ufffdvsc\ufffd.csv"


def test_a_macintosh_writes_names_as_utf8_without_saying_so_and_dos_does_not() -> None:
    whole = bytearray(as_zip({"Événement.csv": CSV}))
    for offset in (6, whole.index(b"PK\x01\x02") + 8):
        whole[offset : offset + 2] = b"\x00\x00"  # the flag that says UTF-8
    assert documents("x.zip", bytes(whole))[0].name == "x.zip/Événement.csv"
    dos = as_zip({"aXb.csv": CSV}).replace(b"aXb.csv", b"a\x82b.csv")
    assert documents("x.zip", dos)[0].name == "x.zip/aéb.csv"


def test_a_member_with_a_password_is_set_aside_and_the_others_go_on() -> None:
    content = bytearray(as_zip({"a.csv": CSV, "b.csv": CSV}))
    for offset in (6, content.index(b"PK\x01\x02") + 8):
        content[offset] |= 1
    first, second = documents("x.zip", bytes(content))
    assert str(first.fault) == (
        "this file is locked with a password.\nOpen it, save it again without a password, and put it back."
    )
    assert (second.content, second.fault) == (CSV, None)


def test_a_member_with_a_wrong_checksum_is_set_aside_and_the_others_go_on() -> None:
    content = as_zip({"a.csv": b"1" * 50, "b.csv": CSV}).replace(
        struct.pack("<L", zipfile.crc32(b"1" * 50)), b"\0\0\0\0"
    )
    first, second = documents("x.zip", content)
    assert str(first.fault) == (
        "this archive or workbook is damaged or cut short, so not all of it can be read.\n"
        "Download or copy it again, whole."
    )
    assert (second.content, second.fault) == (CSV, None)


@pytest.mark.parametrize("kept", [30, 60, 120])
def test_an_archive_cut_short_is_set_aside_whole(kept: int) -> None:
    content = as_zip({"a.csv": CSV * 9, "b.csv": CSV})[:kept]
    ((name, left, fault),) = told(documents("x.zip", content))
    assert (name, left) == ("x.zip", content)
    assert fault == "this archive or workbook is damaged or cut short, so not all of it can be read."


def test_an_archive_that_declares_too_much_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    content = as_zip({"a.csv": b"0" * 3_000_000})
    monkeypatch.setattr(container, "unpacked_limit", lambda _size: 2_999_999)
    ((_, _, fault),) = told(documents("x.zip", content))
    assert fault.startswith("this archive unpacks to far more than an export holds (at most 512 MB in 1000 files")


def test_what_an_archive_declares_is_not_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The directory says 10 bytes; the member unpacks to three million."""
    honest = as_zip({"a.csv": b"0" * 3_000_000, "b.csv": CSV})
    liar = honest.replace(struct.pack("<L", 3_000_000), struct.pack("<L", 10))
    first, second = documents("x.zip", liar)
    assert str(first.fault).startswith("this archive or workbook is damaged")
    assert second.content == CSV
    monkeypatch.setattr(archive_module, "unpacked_limit", lambda _size: 100_000)
    first, second = documents("x.zip", liar)
    assert str(first.fault).startswith("this archive unpacks to far more than an export holds")
    assert second.content == CSV


def test_the_members_share_one_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "unpacked_limit", lambda _size: 25)
    found = documents("x.zip", as_zip(dict.fromkeys("abc", b"0" * 10)))
    assert [bool(document.fault) for document in found] == [False, False, True]


def test_too_many_members_are_refused() -> None:
    content = as_zip({f"{number}.csv": b"" for number in range(1_001)})
    ((_, _, fault),) = told(documents("x.zip", content))
    assert fault.startswith("this archive unpacks to far more than an export holds")


def test_a_container_verifies_all_its_members() -> None:
    content = as_zip({"a": b"1" * 50, "b": b"2" * 50})
    open_container(content).verify()
    broken = open_container(content.replace(struct.pack("<L", zipfile.crc32(b"2" * 50)), b"\0\0\0\0"))
    with pytest.raises(SetAside, match="damaged or cut short"):
        broken.verify()


def test_an_unknown_compression_is_damage() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", CSV)
    content = bytearray(buffer.getvalue())
    for offset in (8, content.index(b"PK\x01\x02") + 10):
        content[offset] = 9
    assert documents("x.zip", bytes(content))[0].fault is not None


def test_a_file_of_two_gigabytes_is_refused_by_its_size() -> None:
    require_readable_size(bounds.MAX_FILE_BYTES)
    with pytest.raises(SetAside, match="this file is too large: 2048 MB, where at most 256 MB are read"):
        require_readable_size(2**31)


def test_a_large_archive_may_unpack_to_more_than_a_small_one_but_not_without_end() -> None:
    assert [unpacked_limit(size) for size in (100, 2**20, 2**28)] == [64 * 2**20, 200 * 2**20, 512 * 2**20]


def test_a_table_has_limits_in_columns_and_in_cells() -> None:
    require_cells(10_000, 2_000)
    with pytest.raises(SetAside, match="a line of this file has 2001 columns, where at most 2000 are read"):
        require_cells(1, 2_001)
    with pytest.raises(SetAside, match="this table is too large: more than 20 million cells"):
        require_cells(10_001, 2_000)
