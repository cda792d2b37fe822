"""Nothing is lost between the sheet and the base, and what is not sure is said with its score."""

from collections.abc import Iterable
from dataclasses import replace

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.event_choices import Export
from tasks.ingest.formats.columns import Row, Table
from tasks.ingest.formats.recognition import Recognition
from tasks.ingest.formats.sources import source_named
from tasks.ingest.inbox import reports
from tasks.ingest.inbox.exports import read_export, require_nothing_lost
from tasks.ingest.reading.decode import Line, SetAside, Sheet
from tasks.store import Database
from tasks.workspace import Workspace
from tests.ingest.builders import HELLOASSO, read_inbox, rows_of, table, ticket, write_text, write_tickets

ROWS = tuple(Row(number, {"stand": "A1"}) for number in (3, 4))
LINES = tuple(Line(number, ("A1",)) for number in range(1, 6))


def test_every_line_of_a_sheet_must_be_accounted_for() -> None:
    whole = Table("", ROWS, skipped_count=1, headers=(), above_count=2)
    require_nothing_lost(Sheet("", LINES), whole)
    for wrong in (replace(whole, rows=ROWS[:1]), replace(whole, skipped_count=0), replace(whole, rows=ROWS * 2)):
        with pytest.raises(
            SetAside, match=r"^of 5 lines only \d are accounted for, so nothing of this file was taken in"
        ):
            require_nothing_lost(Sheet("", LINES), wrong)


def test_a_file_of_which_a_row_does_not_reach_the_base_is_not_taken_in(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_stream = Database.run_stream

    def losing(db: Database, name: str, schema: pl.Schema, frames: Iterable[pl.DataFrame], **values: object) -> None:
        run_stream(db, name, schema, (frame[1:] for frame in frames), **values)

    monkeypatch.setattr(Database, "run_stream", losing)
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel"), ticket(2, "Bob", "Dupont", "Dupont")])
    (report,) = read_inbox(workspace)
    assert report.state == "set_aside"
    assert str(report.sentence).startswith("of 2 lines only 1 are accounted for")
    counts = "select (select count(*) from raw.file), (select count(*) from raw.row), (select count(*) from raw.header)"
    assert rows_of(workspace, counts) == [(0, 0, 0)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(["row", "blank", "header", "total"]), min_size=1, max_size=12))
def test_rows_and_skipped_lines_are_all_the_lines_below_the_header(workspace: Workspace, lines: list[str]) -> None:
    first, *_ = header = table(HELLOASSO, [ticket(1, "Ana", "Morel", "Morel")]).splitlines()
    text = {"row": header[1], "blank": "", "header": first, "total": "Total;1" + ";" * (len(HELLOASSO) - 2)}
    content = "\n".join([first, header[1], *(text[kind] for kind in lines)]) + "\n"
    taken = read_export(content.encode(), Export(), workspace.event)
    assert (taken.row_count, taken.skipped_count) == (1 + lines.count("row"), len(lines) - lines.count("row"))


def test_a_doubtful_recognition_is_said_with_its_score_and_the_way_out(workspace: Workspace) -> None:
    taken = read_export(table(HELLOASSO, [ticket(1, "Ana", "Morel", "Morel")]).encode(), Export(), workspace.event)
    doubtful = replace(taken, recognition=Recognition(taken.source, 0.62, source_named("billetweb"), 0.585))
    report = reports.new(doubtful, "a.csv", "f" * 64, is_certain=False)
    assert report.is_warning
    assert str(report.sentence) == (
        "HelloAsso 2026: 1 row, 0 blank or total lines. Recognised with a score of 62 of 100, and Billetweb with 58. "
        'If that is what it is, write in event.toml, under [exports."name of this file"]: source = "billetweb".'
    )
    alone = reports.new(replace(taken, recognition=Recognition(taken.source, 0.3)), "a.csv", "f" * 64, is_certain=False)
    assert str(alone.sentence).endswith(
        "Recognised with a score of only 30 of 100. If that is right, write in event.toml, under "
        '[exports."name of this file"]: source = "helloasso-2026"; if not, the source that it is.'
    )
    sure = reports.new(doubtful, "a.csv", "f" * 64, is_certain=True)
    assert (sure.is_warning, str(sure.sentence)) == (False, "HelloAsso 2026: 1 row, 0 blank or total lines.")


def test_the_score_and_the_rival_are_kept_and_event_toml_ends_the_doubt(workspace: Workspace) -> None:
    write_text(workspace, "a.csv", "Nom;Prénom;Email\nMorel;Ana;ana@morel.example\n")
    (report,) = read_inbox(workspace)
    ((source, score),) = rows_of(workspace, "select source, recognition_score from raw.file")
    assert (report.state, report.is_warning, 0 < float(str(score)) < 0.5) == ("new", True, True)
    path = workspace.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8") + f'\n[exports."a.csv"]\nsource = "{source}"\n', encoding="utf-8")
    (settled,) = read_inbox(workspace)
    assert (settled.state, settled.source, settled.is_warning) == ("new", source, False)


def test_columns_that_event_toml_names_are_read(workspace: Workspace) -> None:
    rows = [ticket(1, "Ana", "Morel", "Morel", Ville="Douai")]
    text = table(HELLOASSO, rows).replace("Ville", "Là où je vis")
    write_text(workspace, "a.csv", text)
    path = workspace.folder / "event.toml"
    read_inbox(workspace)
    assert rows_of(workspace, "select content->>'town' from raw.row") == [(None,)]
    declared = '\n[exports."a.csv"]\ncolumns = { town = "Là où je vis" }\n'
    path.write_text(path.read_text(encoding="utf-8") + declared, encoding="utf-8")
    read_inbox(workspace)
    assert rows_of(workspace, "select content->>'town' from raw.row") == [("Douai",)]
    assert rows_of(workspace, "select title from raw.header where match = 'declared'") == [("Là où je vis",)]


def test_workbooks_of_corrections_all_count_for_ever(workspace: Workspace) -> None:
    header = "Clé — ne pas modifier;Valeur corrigée\n"
    first = write_text(workspace, "rejets-1.csv", header + "k1;v1\n")
    assert [report.kind for report in read_inbox(workspace)] == ["corrections"]
    first.unlink()
    write_text(workspace, "rejets-2.csv", header + "k2;v2\n")
    read_inbox(workspace)
    assert rows_of(workspace, "select file_name, is_current from raw.file order by all") == [
        ("rejets-1.csv", True),
        ("rejets-2.csv", True),
    ]
