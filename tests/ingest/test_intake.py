"""Files of the inbox: new, known, replaced, set aside."""

import os
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tasks.errors import ConfigurationError
from tasks.ingest.editions import all_editions, edition_of
from tasks.ingest.formats.recognition import Recognition
from tasks.ingest.formats.sources import source_named
from tasks.ingest.inbox import reports, storing
from tasks.ingest.inbox.exports import TakenIn
from tasks.ingest.inbox.reports import FileReport
from tasks.workspace import Workspace
from tests.ingest.builders import (
    CURRENT,
    EARLIER,
    READ_AT,
    ingest,
    read_inbox,
    rows_of,
    ticket,
    write_text,
    write_tickets,
    write_workbook,
)

FILES = "select file_name, source, edition_id, encoding, row_count, is_current from raw.file order by file_name"
ANA, BOB, EVE = (
    ticket(1, "Ana", "Morel", "Morel"),
    ticket(2, "Bob", "Dupont", "Dupont"),
    ticket(3, "Eve", "Roux", "Roux"),
)
# Two exports of one ticketing: half of the rows of one are in the other.
PEOPLE = {"a": [ANA, EVE], "b": [EVE, BOB]}


def take_in(workspace: Workspace, path: Path) -> FileReport:
    """Take in the whole inbox and return what became of one file."""
    return next(report for report in read_inbox(workspace) if report.file_name == path.name)


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
    assert (report.row_count, report.skipped_count, report.is_warning) == (2, 1, False)
    assert str(report.sentence) == "HelloAsso 2026: 2 rows, 1 blank or total line."
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
    take_in(workspace, write_tickets(workspace, PEOPLE["a"], "a.csv"))
    read_inbox(workspace, READ_AT + timedelta(days=1))
    path = write_tickets(workspace, PEOPLE["b"], "b.csv")
    reports = read_inbox(workspace, READ_AT + timedelta(days=2))
    assert [report.state for report in reports] == ["known", "new"]
    assert str(reports[1].sentence) == "HelloAsso 2026: 2 rows, 0 blank or total lines. It takes the place of a.csv."
    assert path.exists()
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", False), ("b.csv", True)]


def night(workspace: Workspace, day: int, *present: str) -> list[str]:
    """Leave exactly these exports in the inbox, ingest, and return which of them counts."""
    for path in workspace.inbox.iterdir():
        path.unlink()
    for position, name in enumerate(present):
        path = write_tickets(workspace, PEOPLE[name], f"{name}.csv")
        os.utime(path, (position, position))
    ingest(workspace, READ_AT + timedelta(days=day))
    return [str(name) for (name,) in rows_of(workspace, "select file_name from raw.file where is_current")]


def test_an_older_export_counts_again_once_the_newer_one_has_left_the_inbox(workspace: Workspace) -> None:
    nights = [night(workspace, day, name) for day, name in enumerate("abab")]
    assert nights == [["a.csv"], ["b.csv"], ["a.csv"], ["b.csv"]]
    leaders = "select family_name from core.leader where status = 'registered' and not is_vanished order by all"
    assert rows_of(workspace, leaders) == [("Dupont",), ("Roux",)]


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


def test_a_file_that_cannot_be_read_tonight_goes_on_counting_as_it_was(workspace: Workspace) -> None:
    night(workspace, 0, "a")
    night(workspace, 1, "b")
    write_tickets(workspace, PEOPLE["a"], "a.csv")
    write_text(workspace, "b.csv", "")
    reports = read_inbox(workspace, READ_AT + timedelta(days=2))
    assert [(report.file_name, report.state) for report in reports] == [("a.csv", "known"), ("b.csv", "set_aside")]
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", False), ("b.csv", True)]


def test_event_toml_gives_a_file_its_edition_even_when_it_is_known(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv")
    take_in(workspace, path)
    declare(workspace, "a.csv", f'edition = "{EARLIER}"')
    assert take_in(workspace, path).edition_id == EARLIER
    assert [(row[2], row[5]) for row in rows_of(workspace, FILES)] == [(EARLIER, True)]
    assert take_in(workspace, path).state == "known"


@pytest.mark.parametrize("times", [(1, 2), (2, 1)])
def test_what_event_toml_says_of_one_name_holds_for_a_copy_under_another(
    workspace: Workspace, times: tuple[int, int]
) -> None:
    declare(workspace, "a.csv", f'edition = "{EARLIER}"')
    for name, at in zip(("a.csv", "a (1).csv"), times, strict=True):
        os.utime(write_tickets(workspace, PEOPLE["a"], name), (at, at))
    read_inbox(workspace)
    assert [row[2] for row in rows_of(workspace, FILES)] == [EARLIER]
    assert [(report.state, report.edition_id) for report in read_inbox(workspace)] == [("known", EARLIER)] * 2


def test_a_source_that_event_toml_names_goes_before_what_the_content_says(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Morel", "Morel")], "a.csv")
    declare(workspace, "a.csv", 'source = "billetweb"')
    report = take_in(workspace, path)
    assert report.state == "set_aside"
    sentence = "this file resembles Billetweb, but these columns are missing: Nom, Prénom, Payé"
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
        (b"PK\x03\x04 truncated", "this archive or workbook is damaged or cut short"),
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


def test_only_named_columns_reach_the_database(workspace: Workspace) -> None:
    text = "Stand;Société;Activité;Contact;Téléphone\nA1;Morel;Usinage;Jean Secret;0611223344\n"
    take_in(workspace, write_text(workspace, "exposants.csv", text))
    assert rows_of(workspace, "select content::text from raw.row") == [
        ('{"stand":"A1","company":"Morel","description":"Usinage"}',)
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


def test_a_newer_version_of_the_formats_reads_a_known_file_anew_and_it_stays_what_it_was(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    night(workspace, 0, "a")
    night(workspace, 1, "b")
    write_tickets(workspace, PEOPLE["a"], "a.csv")
    monkeypatch.setattr(storing, "_formats", lambda: "other formats")
    reports = read_inbox(workspace, READ_AT + timedelta(days=9))
    assert [report.state for report in reports] == ["new", "new"]
    read = rows_of(workspace, "select file_name, is_current, read_at::date::text from raw.file order by all")
    assert read == [("a.csv", False, "2026-11-23"), ("b.csv", True, "2026-11-24")]
    assert {report.state for report in read_inbox(workspace)} == {"known"}


def test_the_header_is_kept_with_what_became_of_each_column(workspace: Workspace) -> None:
    text = "Stand;Société;Activité;Couleur\nA1;Morel;Usinage;bleu\n"
    report = take_in(workspace, write_text(workspace, "exposants.csv", text))
    assert str(report.sentence) == (
        "List of exhibitors: 1 row, 0 blank or total lines. 1 unknown column left out: Couleur."
    )
    found = rows_of(workspace, "select position, title, field, match from raw.header order by position")
    assert found == [
        (1, "Stand", "stand", "exact"),
        (2, "Société", "company", "exact"),
        (3, "Activité", "description", "exact"),
        (4, "Couleur", None, "unknown"),
    ]


def test_sheets_of_our_own_workbook_without_answers_are_no_cause_for_a_look() -> None:
    taken = TakenIn(
        Recognition(source_named("corrections"), 1.0), CURRENT, None, (), None, 0, unread_sheets=("Mode d'emploi",)
    )
    report = reports.new(taken, "rejets.xlsx", "f" * 64, is_certain=False)
    assert (report.needs_a_look, "Mode d'emploi" in str(report.sentence)) == (False, False)
    other = replace(taken, recognition=Recognition(source_named("list"), 1.0))
    told = reports.new(other, "membres.xlsx", "f" * 64, is_certain=False)
    assert (told.needs_a_look, "Mode d'emploi" in str(told.sentence)) == (True, True)


def test_of_many_unknown_columns_three_are_named(workspace: Workspace) -> None:
    extra = ";".join(["Couleur \x1b[31mrouge", "Pointure", "Z" * 90, "Saison", "Heure"])
    report = take_in(workspace, write_text(workspace, "exposants.csv", f"Stand;Société;{extra}\nA1;Morel;;;;;\n"))
    assert str(report.sentence).endswith(
        f"5 unknown columns left out: Couleur \ufffd[31mrouge, Pointure, {'Z' * 39}…, …."
    )


def test_sheets_that_are_not_read_are_said(workspace: Workspace) -> None:
    stands = [["Stand", "Société", "Activité"], ["A1", "Morel", "Usinage"]]
    path = workspace.inbox / "stands.xlsx"
    write_workbook(path, {"Exposants": stands, "Brouillon": stands, "Notes": [["à rappeler"]], "Vide": []}, "Brouillon")
    report = take_in(workspace, path)
    assert (report.row_count, report.is_warning) == (1, True)
    assert str(report.sentence) == (
        "List of exhibitors: 1 row, 0 blank or total lines. 1 hidden sheet left out: Brouillon. "
        "1 sheet without such a header left out: Notes."
    )


def test_rows_keep_their_key(workspace: Workspace) -> None:
    rows = [ticket(7, "Ana", "Morel", "Morel"), ticket(7, "Bob", "Dupont", "Dupont")]
    take_in(workspace, write_tickets(workspace, rows))
    assert rows_of(workspace, "select row_key from raw.row order by row_number") == [("7",), ("7#2",)]


@pytest.mark.parametrize("line", ["is_ignored = true", 'is_ignored = true\nsource = "minitel"'])
def test_an_ignored_file_is_reported_as_such_and_nothing_else(workspace: Workspace, line: str) -> None:
    night(workspace, 0, "a")
    night(workspace, 1, "a", "b")
    declare(workspace, "b.csv", line)
    reports = read_inbox(workspace, READ_AT + timedelta(days=2))
    assert [(report.state, str(report.sentence)) for report in reports[1:]] == [
        ("ignored", "ignored, as event.toml says.")
    ]
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", True)]


def test_what_counted_before_an_ignored_file_counts_again_although_it_has_left(workspace: Workspace) -> None:
    night(workspace, 0, "a")
    night(workspace, 1, "b")
    declare(workspace, "b.csv", "is_ignored = true")
    read_inbox(workspace, READ_AT + timedelta(days=2))
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", True)]


def test_a_file_ignored_under_one_name_counts_under_another(workspace: Workspace) -> None:
    declare(workspace, "b.csv", "is_ignored = true")
    for name in ("a.csv", "b.csv"):
        write_tickets(workspace, PEOPLE["a"], name)
    assert [report.state for report in read_inbox(workspace)] == ["new", "ignored"]
    assert [(row[0], row[5]) for row in rows_of(workspace, FILES)] == [("a.csv", True)]


def test_an_ignored_file_is_not_even_judged(workspace: Workspace) -> None:
    declare(workspace, "b.csv", "is_ignored = true")
    path = write_text(workspace, "b.csv", "")
    with path.open("r+b") as file:
        file.truncate(2 * 2**30)
    assert take_in(workspace, path).state == "ignored"


def test_a_folder_in_the_inbox_is_set_aside_unless_it_is_to_stay(workspace: Workspace) -> None:
    write_tickets(workspace, PEOPLE["a"])
    (workspace.inbox / "anciens").mkdir()
    reports = {report.file_name: report for report in read_inbox(workspace)}
    assert (reports["anciens"].state, reports["inscriptions.csv"].state) == ("set_aside", "new")
    assert str(reports["anciens"].sentence) == (
        "this is a folder, and folders are not looked into. Move the exports up into the inbox; if it is to stay, "
        'write in event.toml, under [exports."name of this folder"]: is_ignored = true.'
    )
    declare(workspace, "anciens", "is_ignored = true")
    reports = {report.file_name: report for report in read_inbox(workspace)}
    assert (reports["anciens"].state, reports["anciens"].needs_a_look) == ("ignored", False)


def test_an_export_of_less_than_half_the_rows_is_asked_about_and_counts(workspace: Workspace) -> None:
    people = [ticket(number, "Ana", f"Morel{number}", "Morel") for number in range(5)]
    ingest_named = {"a.csv": people, "b.csv": people[:3], "c.csv": people[:1]}
    said = []
    for day, (name, rows) in enumerate(ingest_named.items()):
        path = write_tickets(workspace, rows, name)
        os.utime(path, (day, day))
        said.append(read_inbox(workspace, READ_AT + timedelta(days=day))[-1])
    assert [report.is_warning for report in said] == [False, False, True]
    assert str(said[2].sentence) == (
        "HelloAsso 2026: 1 row, 0 blank or total lines. It takes the place of b.csv. It has fewer than half of the "
        "3 rows of the export it replaces: is it a filtered one?"
    )
    assert [row[0] for row in rows_of(workspace, FILES) if row[5]] == ["c.csv"]
    assert not any(report.is_warning for report in read_inbox(workspace, READ_AT + timedelta(days=9)))


def test_what_was_set_aside_is_put_down_in_both_languages_until_it_is_mended(workspace: Workspace) -> None:
    write_tickets(workspace, PEOPLE["a"])
    path = write_text(workspace, "b.csv", "")
    read_inbox(workspace)
    found = rows_of(workspace, "select file_name, sentence_fr, sentence_en, set_aside_at from audit.set_aside_file")
    assert [(name, english) for name, _, english, _ in found] == [
        ("b.csv", "this file is empty. Wait until the export has been written, or export it again.")
    ]
    assert str(found[0][1]).startswith("ce fichier est vide. Attendez la fin de ")
    assert found[0][3] == READ_AT
    path.unlink()
    read_inbox(workspace)
    assert rows_of(workspace, "from audit.set_aside_file") == []


def test_a_column_given_to_a_field_that_does_not_exist_is_a_fault_of_event_toml(workspace: Workspace) -> None:
    path = write_tickets(workspace, PEOPLE["a"], "a.csv")
    declare(workspace, "a.csv", 'columns = { shoe_size = "Ville" }')
    with pytest.raises(ConfigurationError, match="columns = shoe_size is unknown"):
        take_in(workspace, path)


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
