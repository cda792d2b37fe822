"""Bytes to rows: nothing is lost, nothing is invented."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.ingest import decode as decode_module
from tasks.ingest.decode import SetAside, count_rows, decode, find_delimiter, read_text

FRENCH = "Nom;Société\nLefèvre;Crêperie d’Aÿ…\nHélène;Cœur «\u00a0Ça\u00a0»\n"  # noqa: RUF001 -- as people type it
PLAIN_FRENCH = "Nom;Prénom\nLefèvre;Hélène\nGaëlle;François\nNoël;Benoît\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_french_text_is_read_in_every_encoding_that_tools_write(encoding: str) -> None:
    assert decode(FRENCH.encode(encoding))[0] == FRENCH


@pytest.mark.parametrize("encoding", ["utf-16-le", "mac-roman", "cp850"])
def test_text_without_a_mark_is_told_by_its_bytes(encoding: str) -> None:
    assert decode(PLAIN_FRENCH.encode(encoding)) == (PLAIN_FRENCH, encoding.replace("-", "_"))


def test_the_byte_0x85_does_not_cut_a_row_in_two() -> None:
    sheet, encoding = read_text("Nom;Note\nAna;à suivre… bientôt\nBob;fin\n".encode("cp1252"))
    assert encoding == "cp1252"
    assert [line.cells for line in sheet.lines] == [("Nom", "Note"), ("Ana", "à suivre… bientôt"), ("Bob", "fin")]


def test_a_line_end_inside_a_cell_stays_there_and_rows_are_numbered_as_a_spreadsheet_does() -> None:
    sheet, _ = read_text(b'a;b\r\n"x\r\ny";1\r\n\r\nz;2')
    assert [(line.number, line.cells) for line in sheet.lines] == [
        (1, ("a", "b")),
        (2, ("x\r\ny", "1")),
        (3, ()),
        (4, ("z", "2")),
    ]


@pytest.mark.parametrize("broken", [b'a;b\n"x;1\ny;2\n', b'a;b\n"x;1\n"y;2\n', b'a;b\n"x"y;1\n'])
def test_a_missing_quotation_mark_sets_the_file_aside(broken: bytes) -> None:
    with pytest.raises(SetAside, match="a quotation mark is missing or too many"):
        read_text(broken)


@pytest.mark.parametrize(
    "content", [b"\x00\x01\x02\x00\x00\xff\xfe\x00\x81", b"\xff\xfe\x00", b"\xef\xbb\xbf\xff", b"a\x00b"]
)
def test_bytes_that_are_no_text_set_the_file_aside(content: bytes) -> None:
    with pytest.raises(SetAside, match="neither a table in text nor a workbook"):
        decode(content)


def test_a_file_on_whose_rows_two_counts_disagree_is_set_aside(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "count_rows", lambda _text, _rows: 3)
    with pytest.raises(SetAside, match="a quotation mark is missing or too many"):
        read_text(b"a;b\n1;2\n")


@pytest.mark.parametrize(("text", "delimiter"), [("titre\na;b,c;d", ";"), ("a,b", ","), ("a\tb", "\t"), ("seul", ";")])
def test_the_delimiter_is_the_most_frequent_of_the_first_line_that_has_one(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


def test_rows_are_counted_without_the_csv_module() -> None:
    assert count_rows("a\nb\r\nc", [["a"], ["b"], ["c"]]) == 3
    assert count_rows('"a\nb"\n', [["a\nb"]]) == 1
    assert count_rows("", []) == 0


CELLS = st.text(
    alphabet=st.sampled_from("abcXYZ 0123456789éèàçêîôûëïœÉÀ€’…«»;,\"'\n.-@"),  # noqa: RUF001 -- as people type
    max_size=12,
).filter(lambda cell: "\r" not in cell)


@settings(max_examples=60, deadline=None)
@given(
    body=st.lists(st.tuples(CELLS, CELLS, CELLS), max_size=8),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "cp1252"]),
    delimiter=st.sampled_from(";,\t"),
    line_end=st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_reads_back_equal(
    body: list[tuple[str, str, str]], encoding: str, delimiter: str, line_end: str
) -> None:
    rows = [("nom", "société", "remarque"), *body]
    buffer = io.StringIO(newline="")
    csv.writer(buffer, delimiter=delimiter, lineterminator=line_end, quoting=csv.QUOTE_ALL).writerows(rows)
    sheet, _ = read_text(buffer.getvalue().encode(encoding))
    assert [line.cells for line in sheet.lines] == rows
