"""Any table of cells, written in any format, encoding and separator, reads back equal."""

import csv
from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.ingest.reading.archive import documents
from tasks.ingest.reading.contents import read_sheets
from tests.ingest.export_formats import Table, as_csv, as_json, as_ods, as_xls, as_xlsx, as_zip

HEADER = ("Prénom", "Société", "Remarque", "Créé à", "Numéro")
PEOPLE = ("Hélène", "Gaëlle", "François", "Zoé", "Benoît", "Noël", "Inès", "Loïc", "Élodie", "Aïcha")
ASCII = "abcXYZ 0123456789;,\t|'\"\n.-@=+<>{}[]\\&"
FRENCH = "éèàçêîôûëïÉÀ°²"  # what all encodings hold
TYPOGRAPHIC = "œŒ€’…«»–"  # noqa: RUF001 -- what cp850 lacks
UNICODE = "\x85\u2028\u202e\u200f\u00a0\ufeff𝔘中łŽ"  # noqa: RUF001 -- what only Unicode holds
ODD = (
    "=cmd|' /C calc'!A0",
    "<script>alert(1)</script>",
    "{{ 7*7 }}",
    "@SUM(1)",
    "l1\nl2",
    'il dit "oui"',
    "a" * 30_000,
)

QUIET = settings(max_examples=60, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])


def tables(alphabet: str, line_ends: str = "") -> st.SearchStrategy[list[tuple[str, ...]]]:
    """Draw tables with a header; a cell holds few separators, for a line of nothing else is taken for a row."""
    plain = st.text(st.sampled_from(alphabet + line_ends), max_size=12)
    cells = plain.filter(lambda cell: max(map(cell.count, ";,\t|")) < 3) | st.sampled_from(ODD)
    row = st.tuples(st.sampled_from(PEOPLE), cells, cells, cells)
    return st.lists(row, min_size=3, max_size=6).map(
        lambda rows: [HEADER, *((*row, str(number)) for number, row in enumerate(rows, start=1))]
    )


def cells_of(content: bytes) -> list[tuple[str, ...]]:
    (sheet,) = read_sheets(content).sheets
    assert [line.number for line in sheet.lines] == list(range(1, len(sheet.lines) + 1))
    return [line.cells for line in sheet.lines]


UNICODE_ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")
# The writer of the csv module leaves a line end in a cell unquoted where it is not its own.
LAYOUTS = st.tuples(
    st.sampled_from(";,\t|"),
    st.sampled_from(
        [("\r\n", csv.QUOTE_MINIMAL), ("\r\n", csv.QUOTE_ALL), ("\n", csv.QUOTE_ALL), ("\r", csv.QUOTE_ALL)]
    ),
).map(lambda drawn: (drawn[0], *drawn[1]))


@pytest.mark.parametrize("encoding", UNICODE_ENCODINGS)
@QUIET
@given(table=tables(ASCII + FRENCH + TYPOGRAPHIC + UNICODE, "\r"), layout=LAYOUTS)
def test_a_table_in_unicode_text(encoding: str, table: Table, layout: tuple[str, str, int]) -> None:
    assert cells_of(as_csv(table, encoding, *layout)) == table


@pytest.mark.parametrize(
    ("encoding", "alphabet"),
    [
        ("cp1252", ASCII + FRENCH + TYPOGRAPHIC),
        ("mac-roman", ASCII + FRENCH.replace("²", "") + TYPOGRAPHIC),
        ("cp850", ASCII + FRENCH + "«»"),
    ],
)
@QUIET
@given(data=st.data(), layout=LAYOUTS)
def test_a_table_in_the_text_of_old_systems(
    encoding: str, alphabet: str, data: st.DataObject, layout: tuple[str, str, int]
) -> None:
    table = data.draw(tables(alphabet, "\r"))
    assert cells_of(as_csv(table, encoding, *layout)) == table


@pytest.mark.parametrize("write", [as_xlsx, as_xls, as_ods, as_json], ids=lambda write: write.__name__)
@QUIET
@given(table=tables(ASCII + FRENCH + TYPOGRAPHIC + UNICODE))
def test_a_table_in_a_workbook_or_json(write: Callable[[Table], bytes], table: Table) -> None:
    assert cells_of(write(table)) == table


@QUIET
@given(several=st.lists(tables(ASCII + FRENCH), min_size=1, max_size=3))
def test_tables_of_all_formats_in_one_archive(several: Sequence[Table]) -> None:
    formats: Sequence[Callable[[Table], bytes]] = (as_csv, as_xlsx, as_json)
    members = {f"{number}.csv": formats[number](table) for number, table in enumerate(several)}
    found = documents("tout.zip", as_zip(members))
    assert [document.name for document in found] == [f"tout.zip/{name}" for name in members]
    assert [cells_of(document.content) for document in found] == list(several)
