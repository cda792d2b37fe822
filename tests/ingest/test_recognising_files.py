"""Which format a file is: by its header, never by its name."""

from pathlib import Path
from string import Formatter

import pytest

from tasks.event import Export
from tasks.ingest.columns import BEYOND_HEADER, find_header, read_table, recognise
from tasks.ingest.decode import Line, SetAside, Sheet, read_text
from tasks.ingest.exports import read_export
from tasks.ingest.sources import Source, all_sources, source_named
from tasks.workspace import Workspace
from tests.ingest.builders import SAMPLES, event_of

needs_samples = pytest.mark.skipif(not SAMPLES.is_dir(), reason="the real sample exports are not on this machine")


def sheet_of(*rows: tuple[str, ...]) -> Sheet:
    return Sheet("", tuple(Line(number, row) for number, row in enumerate(rows, start=1)))


@pytest.mark.parametrize("source", all_sources(), ids=lambda source: source.id)
def test_a_source_names_only_fields_that_it_has(source: Source) -> None:
    fields = {*source.columns, *source.joined, *(f"{name}_1" for name in source.series)}
    named = {*source.required, *source.codes, *(name for rule in source.statuses for name in rule.fields)}
    assert named - fields == set()
    parts = {part for pattern in source.joined.values() for _, part, _, _ in Formatter().parse(pattern)}
    assert parts - set(source.columns) == set()
    assert not source.dated_by or source.dated_by in fields


@needs_samples
@pytest.mark.parametrize(
    ("file", "source", "row_count"),
    [
        ("billetweb/billetweb_valid.csv", "billetweb", 3),
        ("billetweb/billetweb_unpaid.csv", "billetweb", 3),
        ("billetweb/alpe_real_export_one_row_masked.csv", "billetweb", 1),
        ("billetweb/alpe_partial_columns.csv", "billetweb", 11),
        ("helloasso/helloasso_2019_event_pseudonymised.csv", "helloasso-2019", 69),
    ],
)
def test_real_exports_are_recognised_with_all_their_rows(
    workspace: Workspace, file: str, source: str, row_count: int
) -> None:
    taken = read_export((SAMPLES / file).read_bytes(), Export(), event_of(workspace))
    assert (taken.source.id, taken.row_count) == (source, row_count)


@needs_samples
@pytest.mark.parametrize(
    ("file", "source"),
    [
        ("helloasso/helloasso_2026_event_header_only.csv", "helloasso-2026"),
        ("pretix/pretix_2026.8_positions_header_en.csv", "pretix-positions"),
        ("pretix/pretix_2026.8_positions_header_fr.csv", "pretix-positions"),
    ],
)
def test_real_headers_are_recognised(file: str, source: str) -> None:
    sheet, _ = read_text((SAMPLES / file).read_bytes())
    assert recognise([sheet], all_sources()).id == source
    header = find_header(sheet, source_named(source))
    assert header is not None
    assert {"family_name", "given_name", "email", "payer_email", "amount"} - set(header.columns) == set()


@needs_samples
@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ("billetweb/billetweb_missing_columns.csv", "resembles Billetweb, but these columns are missing: Payé, Valide"),
        ("pretix/pretix_2026.8_orders_header_en.csv", "resembles pretix, but these columns are missing"),
        ("excel-lists/alpe_form_list_no_macros.xlsx", "these columns are missing: Souhait n° 1"),
        ("SOURCES.md", "no line of this file is the header of a known export"),
    ],
)
def test_real_files_of_no_known_format_are_set_aside(workspace: Workspace, file: str, sentence: str) -> None:
    with pytest.raises(SetAside, match=sentence):
        read_export((SAMPLES / file).read_bytes(), Export(), event_of(workspace))


def test_a_file_of_blank_lines_only_is_of_no_known_format() -> None:
    with pytest.raises(SetAside, match="no line of this file is the header"):
        recognise([sheet_of(("", ""))], all_sources())


def test_the_name_of_a_file_says_nothing(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "billetweb.csv"
    path.write_text("Horodateur,Adresse e-mail,Avec quelle société ?,Montant des affaires conclues (€ HT)\n", "utf-8")
    with pytest.raises(SetAside, match="header of Deals that followed but not a single row"):
        read_export(path.read_bytes(), Export(), event_of(workspace))


@pytest.mark.parametrize("content", [b"", b"  \n"])
def test_an_empty_file_is_set_aside(workspace: Workspace, content: bytes) -> None:
    with pytest.raises(SetAside, match="this file is empty"):
        read_export(content, Export(), event_of(workspace))


def test_the_participant_s_answer_goes_before_the_buyer_s() -> None:
    header = ("Nom", "Prénom", "Email", "Payé", "Valide", "Téléphone (Commande) - #5", "téléphone (participant) - #14")
    found = find_header(sheet_of(header), source_named("billetweb"))
    assert found is not None
    assert found.columns["phone"] == 6


def test_what_is_not_named_is_dropped_at_the_door() -> None:
    header = ("Stand", "Société", "Téléphone")
    table = read_table(sheet_of(("Titre",), header, ("A1", "Morel", "0612345678")), source_named("exhibitors"))
    assert table is not None
    assert [(row.number, dict(row.content)) for row in table.rows] == [(3, {"stand": "A1", "company": "Morel"})]


def test_a_row_with_more_cells_than_headers_is_marked() -> None:
    table = read_table(sheet_of(("Stand", "Société"), ("A1", "Morel", "", "x")), source_named("exhibitors"))
    assert table is not None
    assert BEYOND_HEADER in table.rows[0].content


def test_a_sheet_without_the_header_has_no_table() -> None:
    assert read_table(sheet_of(("a", "b")), source_named("exhibitors")) is None
