"""Bytes to rows: nothing is lost, nothing is invented."""

import pytest

from tasks.ingest.reading import decode as decode_module
from tasks.ingest.reading.decode import SetAside, count_rows, decode, read_text
from tasks.ingest.reading.delimiters import find_delimiter
from tests.ingest.builders import SAMPLES
from tests.ingest.export_formats import as_csv

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
    monkeypatch.setattr(decode_module, "_count_lines", lambda _text: 3)
    with pytest.raises(SetAside, match="a quotation mark is missing or too many"):
        read_text(b"a;b\n1;2\n")


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    return [line.cells for line in read_text(content)[0].lines]


@pytest.mark.parametrize(
    "broken",
    [
        'nom;note\n"x;1\ny;2\nz;"\n',  # the last quotation mark closes what the first one opened
        'a;b;c;d\n1;"2;3;4\n1;2;3;4\n1;2";3;4\n',
    ],
)
def test_rows_swallowed_by_a_cell_set_the_file_aside(broken: str) -> None:
    with pytest.raises(SetAside, match="a quotation mark is missing or too many in row 2"):
        read_text(broken.encode())


@pytest.mark.parametrize(
    "cell", ["1;2\n3;4;5;6\n7", "rue; 12\nParis", "x\ny\nz", "a;b;c;d\r\ne"], ids=["few", "street", "none", "crlf"]
)
def test_separators_and_line_ends_in_a_quoted_cell_are_data(cell: str) -> None:
    table = [("a", "b", "c", "d", "e", "f", "g", "h"), ("1", cell, "3", "4", "5", "6", "7", "8")]
    assert cells_of(as_csv(table)) == table


def test_a_title_of_two_lines_above_a_wide_header_is_no_missing_quotation_mark() -> None:
    table = [("Rencontres; 2026\nInscriptions",), tuple("abcdefgh"), tuple("12345678")]
    assert cells_of(as_csv(table)) == table


def test_the_place_of_a_missing_quotation_mark_is_told() -> None:
    with pytest.raises(SetAside, match="near line 3, so"):
        read_text(b'a;b\n1;2\n"x"y;1\n')


def test_zero_bytes_between_letters_are_told_from_a_binary_file() -> None:
    with pytest.raises(SetAside, match="it holds zero bytes between its letters"):
        read_text(b"nom;ville\n" + b"Ana;Lens\n" * 50 + b"B\x00b;Lille\n")


def test_two_encodings_in_one_file_are_told() -> None:
    with pytest.raises(SetAside, match="this file mixes two encodings"):
        read_text("Hélène;Zoé\nAnaïs;Noël\n".encode() + "Gaëlle\n".encode("cp1252"))


def test_a_cell_of_200000_characters_is_data() -> None:
    assert cells_of(b"a;b\n1;" + b"x" * 200_000 + b"\n") == [("a", "b"), ("1", "x" * 200_000)]


def test_more_than_2000_columns_are_refused_at_the_first_line() -> None:
    with pytest.raises(SetAside, match="a line of this file has 1,000,000 columns, where at most 2000 are read"):
        read_text(b";".join([b"c"] * 1_000_000) + b"\n1\n")
    assert len(cells_of(b";" * 1_999)[0]) == 2_000


def test_a_table_that_would_fill_the_memory_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decode_module, "MAX_CELLS", 6)
    assert cells_of(b"a;b\n1;2\n3;4\n") == [("a", "b"), ("1", "2"), ("3", "4")]
    with pytest.raises(SetAside, match="this table is too large: more than 20 million cells"):
        read_text(b"a;b\n1;2\n3;4\n5;6\n")


def test_a_line_end_of_a_macintosh_ends_a_row_and_a_line_separator_does_not() -> None:
    assert cells_of("nom;note\rAna;a\u2028b\x85c\rBob;\r".encode()) == [
        ("nom", "note"),
        ("Ana", "a\u2028b\x85c"),
        ("Bob", ""),
    ]


@pytest.mark.parametrize("first", ["sep=,\r\n", '"sep=,"\r\n', "SEP=,\n"])
def test_the_separator_that_excel_declares_is_obeyed_and_is_no_row(first: str) -> None:
    assert cells_of(f"{first}a;x,b\n1;y,2\n".encode()) == [("a;x", "b"), ("1;y", "2")]


def test_a_declared_separator_alone_is_an_empty_table() -> None:
    assert cells_of(b"sep=;") == []


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("titre\na;b,c;d", ";"),
        ("a,b", ","),
        ("a\tb", "\t"),
        ("a|b|c\n1|2,5|3", "|"),
        ("seul", ";"),
        ("", ";"),
        ("Rencontres, affaires, Artois, 2026\n\nNom;Tarif\nAna;36,00\nBob;36,00\n", ";"),
        ('Billet,Prix,Montant\n"1; 2","5,00","1,00"\n"3; 4","5,00","0,00"\n', ","),
        ("Nom;Remarque\nAna;oui, non, peut-être\nBob;a, b\nZoé;\n", ";"),
        ("Horodateur,Adresse,Vos souhaits ?\n1,a@b.example,x; y; z; t\n", ","),
        ("a,b\n" * 40_000 + "c;d;e;f;g;h;i\n" * 9, ","),
        ("a;" * 70_000, ";"),
    ],
)
def test_the_separator_cuts_most_lines_alike(text: str, delimiter: str) -> None:
    assert find_delimiter(text) == delimiter


@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real sample exports are not on this machine")
@pytest.mark.parametrize(
    ("file", "width"),
    [
        ("billetweb/billetweb_valid.csv", 26),
        ("billetweb/alpe_real_export_one_row_masked.csv", 35),
        ("helloasso/helloasso_2026_event_header_only.csv", 16),
        ("pretix/pretix_2026.8_positions_header_fr.csv", 45),
    ],
)
def test_real_headers_are_cut_into_their_columns(file: str, width: int) -> None:
    assert len(cells_of((SAMPLES / file).read_bytes())[0]) >= width


def test_rows_are_counted_without_the_csv_module() -> None:
    assert count_rows("a\nb\r\nc", [["a"], ["b"], ["c"]]) == 3
    assert count_rows('"a\nb"\n', [["a\nb"]]) == 1
    assert count_rows("", []) == 0
