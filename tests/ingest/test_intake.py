"""Files of the inbox: new, known, replaced, set aside."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.errors import ConfigurationError, DataError
from tasks.ingest import intake
from tasks.ingest.editions import all_editions, edition_of
from tasks.ingest.intake import FileReport
from tasks.workspace import Workspace
from tests.ingest.builders import CURRENT, EARLIER, READ_AT, ingest, rows_of, ticket, write_text, write_tickets

FILES = "select file_name, source, edition_id, encoding, row_count, is_current from raw.file order by file_name"
PEOPLE = {"a": ticket(1, "Ana", "Morel", "Morel"), "b": ticket(2, "Bob", "Dupont", "Dupont")}


def take_in(workspace: Workspace, path: Path) -> FileReport:
    with workspace.opened() as db:
        return intake.take_in_file(db, Workspace(workspace.folder).event, path, READ_AT)


def declare(workspace: Workspace, name: str, line: str) -> None:
    path = workspace.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8") + f'\n[exports."{name}"]\n{line}\n', encoding="utf-8")


def test_a_new_file_is_reported_with_its_counts(workspace: Workspace) -> None:
    rows = [ticket(1, "Ana", "Morel", "Morel", SIRET="4,23E+13"), {}, ticket(2, "Bob", "Dupont", "Dupont")]
    report = take_in(workspace, write_tickets(workspace, rows))
    assert (report.state, report.source, report.kind, report.edition_id) == (
        "new",
        "helloasso-2026",
        "registration",
        CURRENT,
    )
    assert (report.row_count, report.skipped_count, report.rejected_count) == (2, 1, 1)
    assert str(report.sentence) == "HelloAsso 2026: 2 rows, 1 blank or total line, 1 value refused."
    assert rows_of(workspace, FILES) == [("inscriptions.csv", "helloasso-2026", CURRENT, "utf_8", 2, True)]
    assert rows_of(workspace, "select row_number from raw.row order by 1") == [(2,), (4,)]


def test_the_same_content_again_is_known_under_any_name(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")])
    take_in(workspace, path)
    before = rows_of(workspace, "from raw.file")
    report = take_in(workspace, path.rename(path.with_name("autre nom.csv")))
    assert (report.state, report.source, report.row_count) == ("known", "helloasso-2026", 1)
    assert rows_of(workspace, "from raw.file") == before


def test_a_newer_file_of_the_same_source_takes_the_place_of_the_older(workspace: Workspace) -> None:
    take_in(workspace, write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv"))
    take_in(workspace, write_tickets(workspace, [ticket(2, "Bob", "Dupont", "Dupont")], "b.csv"))
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", False), ("b.csv", True)]


def night(workspace: Workspace, day: int, *present: str) -> list[str]:
    """Leave exactly these exports in the inbox, ingest, and return which of them counts."""
    for path in workspace.inbox.iterdir():
        path.unlink()
    for position, name in enumerate(present):
        path = write_tickets(workspace, [PEOPLE[name]], f"{name}.csv")
        os.utime(path, (position, position))
    ingest(workspace, READ_AT + timedelta(days=day))
    return [str(name) for (name,) in rows_of(workspace, "select file_name from raw.file where is_current")]


def test_an_older_export_counts_again_once_the_newer_one_has_left_the_inbox(workspace: Workspace) -> None:
    nights = [night(workspace, day, name) for day, name in enumerate("abab")]
    assert nights == [["a.csv"], ["b.csv"], ["a.csv"], ["b.csv"]]
    leaders = "select family_name from core.leader where status = 'registered'"
    assert rows_of(workspace, leaders) == [("Dupont",)]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_two_exports_that_lie_there_every_night_do_not_take_turns(workspace: Workspace, order: str) -> None:
    night(workspace, 0, "a")
    nights = [night(workspace, day, *order) for day in (1, 2, 3)]
    assert nights == [["b.csv"]] * 3


def test_two_exports_read_in_the_same_instant_do_not_take_turns(workspace: Workspace) -> None:
    nights = [night(workspace, 0, *order) for order in ("ab", "ab", "ba")]
    assert nights == [["b.csv"]] * 3


def test_what_counts_stays_when_the_inbox_holds_none_of_its_source(workspace: Workspace) -> None:
    night(workspace, 0, "a")
    (workspace.inbox / "a.csv").unlink()
    write_text(workspace, "exposants.csv", "Stand;Société;Activité;Contact;Téléphone\nA1;Morel;Usinage;;\n")
    ingest(workspace)
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", True), ("exposants.csv", True)]


def test_a_file_that_cannot_be_read_settles_nothing(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    night(workspace, 0, "a")
    night(workspace, 1, "b")
    write_tickets(workspace, [PEOPLE["a"]], "a.csv")
    (workspace.inbox / "b.csv").unlink()

    def locked(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", locked)
    with workspace.opened() as db:
        intake.settle_current(db, workspace.inbox)
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", False), ("b.csv", True)]


def test_event_toml_gives_a_file_its_edition_even_when_it_is_known(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv")
    take_in(workspace, path)
    declare(workspace, "a.csv", f'edition = "{EARLIER}"')
    assert take_in(workspace, path).edition_id == EARLIER
    assert [(row[2], row[5]) for row in rows_of(workspace, FILES)] == [(EARLIER, True)]
    assert take_in(workspace, path).state == "known"


def test_a_source_that_event_toml_names_goes_before_what_the_content_says(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv")
    declare(workspace, "a.csv", 'source = "billetweb"')
    report = take_in(workspace, path)
    assert report.state == "set_aside"
    sentence = "this file resembles Billetweb, but these columns are missing: Nom, Prénom, Email, Payé."
    assert str(report.sentence).startswith(sentence)


@pytest.mark.parametrize("line", ['source = "minitel"', 'edition = "lens-1998"'])
def test_a_source_or_edition_that_does_not_exist_is_a_fault_of_event_toml(workspace: Workspace, line: str) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv")
    declare(workspace, "a.csv", line)
    with pytest.raises(ConfigurationError, match="is unknown"):
        take_in(workspace, path)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "this file is empty."),
        (b"PK\x03\x04 truncated", "this workbook cannot be opened"),
        (b"\x00\xff\x00\x81\x8d", "this file is neither a table in text nor a workbook."),
        (b"bonjour;monde\n1;2\n", "no line of this file is the header of a known export."),
    ],
)
def test_a_file_that_cannot_be_used_is_set_aside_with_one_sentence(
    workspace: Workspace, content: bytes, sentence: str
) -> None:
    path = workspace.inbox / "x.xlsx"
    path.write_bytes(content)
    report = take_in(workspace, path)
    assert (report.state, report.file_name) == ("set_aside", "x.xlsx")
    assert str(report.sentence).startswith(sentence)
    assert rows_of(workspace, "select count(*) from raw.file") == [(0,)]


def test_a_file_that_has_gone_is_set_aside(workspace: Workspace) -> None:
    report = take_in(workspace, workspace.inbox / "gone.csv")
    assert (report.state, str(report.sentence)) == ("set_aside", "this file cannot be read: No such file or directory.")


def test_only_named_columns_reach_the_database(workspace: Workspace) -> None:
    text = "Stand;Société;Activité;Contact;Téléphone\nA1;Morel;Usinage;Jean Secret;0611223344\n"
    take_in(workspace, write_text(workspace, "exposants.csv", text))
    assert rows_of(workspace, "select content::text from raw.row") == [
        ('{"company": "Morel", "description": "Usinage", "stand": "A1"}',)
    ]


def test_no_refused_value_is_ever_shown(workspace: Workspace) -> None:
    secrets = {
        "Email participant": "jean@@secret",
        "SIRET": "12secret",
        "Téléphone": "secret12",
        "Code postal": "secret",
    }
    write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel") | secrets | {"Date de la commande": "hier, secret"}])
    ingest(workspace)
    found = rows_of(workspace, "select column_name, rule, value_class from audit.rejected_row order by all")
    assert found == [
        ("email", "not_an_email", "e-mail"),
        ("ordered_at", "not_a_date", "text"),
        ("phone", "not_a_phone", "text"),
        ("postcode", "not_a_postcode", "text"),
        ("siret", "not_a_siret", "text"),
    ]


def test_files_are_read_from_the_oldest_to_the_newest_without_what_programs_leave(workspace: Workspace) -> None:
    for name, at in (("b.csv", 100), ("a.csv", 300), ("c.csv", 200), ("~$a.xlsx", 400), (".DS_Store", 500)):
        path = write_text(workspace, name, "x")
        os.utime(path, (at, at))
    (workspace.inbox / "folder").mkdir()
    assert [path.name for path in intake.find_files(workspace.inbox)] == ["b.csv", "c.csv", "a.csv"]


def test_a_missing_or_empty_inbox_is_one_clear_sentence(workspace: Workspace) -> None:
    with pytest.raises(DataError, match="the inbox is empty"):
        intake.find_files(workspace.inbox)
    workspace.inbox.rmdir()
    with pytest.raises(DataError, match="this folder is missing"):
        intake.find_files(workspace.inbox)


def on(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


def test_editions_are_in_the_order_in_which_they_are_held(workspace: Workspace) -> None:
    assert [edition.number for edition in all_editions(workspace.event)] == [17, 18, 19]


@pytest.mark.parametrize(
    ("kind", "days", "number"),
    [
        ("registration", ["2024-11-01", "2024-12-05", "1970-01-01"], 17),
        ("registration", ["2024-12-06"], 18),
        ("wishes", ["2026-11-01"], 19),
        ("registration", ["2030-01-01"], 19),
        ("registration", [], 19),
        ("survey", ["2025-12-05", "2025-12-06"], 18),
        ("checkin", ["2026-12-03"], 19),
        ("deals", ["2025-03-01"], 17),
        ("survey", ["2020-01-01"], 19),
    ],
)
def test_the_median_date_tells_the_edition(workspace: Workspace, kind: str, days: list[str], number: int) -> None:
    found = edition_of(kind, [on(day) for day in days], workspace.event)  # type: ignore[arg-type]
    assert {edition.id: edition.number for edition in all_editions(workspace.event)}[found] == number
