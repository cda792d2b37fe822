"""The workbook of a plan, opened again: what stands in each sheet, and that nothing typed becomes more than text."""

import io
import re
import zipfile
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from tasks.messages import Language
from tasks.publish.agendas.afternoon import Afternoon, read_afternoon
from tasks.publish.documents.publishing import publish
from tasks.publish.documents.workbook import plan_book
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, Someone, add_leaders, add_plan, insert

HOSTILE = ("=cmd|'/c calc'!A1", "@SUM(1+1)", "+33639980000", "-2+3", "\uff1d1+1", "\t=1+1", "https://evil.example/x")


def afternoon_of(workspace: Workspace) -> Afternoon:
    with workspace.opened() as db:
        return read_afternoon(db, EDITION, "19-v1", workspace.event.zone)


@pytest.fixture(scope="module")
def french(shared_workspace: Workspace, afternoon: Afternoon) -> bytes:
    return plan_book(shared_workspace.event, afternoon, {}, "fr")


@pytest.fixture(scope="module")
def english(shared_workspace: Workspace, afternoon: Afternoon) -> bytes:
    return plan_book(shared_workspace.event, afternoon, {}, "en")


def sheet(book: bytes, name: str) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name(name).to_python()


def part(book: bytes, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return archive.read(name).decode("utf-8")


@pytest.mark.parametrize(
    ("language", "names"),
    [
        (
            "fr",
            "Plan|Par dirigeant|Qui est où|Par créneau|Par table|Souhaits non satisfaits|Sous le minimum|Eventmaker",
        ),
        ("en", "Plan|By leader|Who is where|By slot|By table|Wishes not met|Under the minimum|Eventmaker"),
    ],
)
def test_the_sheets_are_named_in_the_language(french: bytes, english: bytes, language: Language, names: str) -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO({"fr": french, "en": english}[language]))
    assert book.sheet_names == names.split("|")


def test_by_leader_every_meeting_stands_once_for_each_side_in_french_order(french: bytes) -> None:
    rows = sheet(french, "Par dirigeant")
    assert rows[0] == [
        *("N°", "Nom", "Prénom", "Société", "Heure", "Table", "Rencontre", "N°", "Société", "Pourquoi"),
    ]
    families = list(dict.fromkeys(str(row[1]).split()[0] for row in rows[1:]))
    assert families == ["<b>Gras</b>", "Benali", "Élisabeth", "Lefèvre", "Morel", "O'Connor", "Żółkiewski"]
    morel = [row for row in rows if row[1] == "Morel"]
    assert morel[0] == [
        *(1.0, "Morel", "Claire", "Ateliers Morel", time(14, 40), "T12", "James O'Connor", 2.0),
        *("Northbridge Tooling Ltd", "Souhait partagé (le sien n°\u00a01)"),
    ]
    assert [row[9] for row in morel[1:]] == [
        "Souhait du partenaire",
        "Son souhait n°\u00a02",
        "Proposé par l\u2019organisateur",
    ]


def test_a_leader_without_a_meeting_is_listed_too(english: bytes) -> None:
    (row,) = [row for row in sheet(english, "By leader") if row[1] == "Lefèvre"]
    assert row[4:] == ["", "", "No meeting planned yet", "", "", ""]


def test_who_is_where_tells_a_table_from_free_and_from_away(french: bytes) -> None:
    rows = sheet(french, "Qui est où")
    (connor,) = [row for row in rows if row[1] == "O'Connor"]
    assert rows[0][4:7] == [time(14), time(14, 20), time(14, 40)]
    assert connor[4:10] == ["—", "—", "T12", "", "T01", ""]


def test_by_slot_every_meeting_stands_once_with_both_ranks(french: bytes) -> None:
    rows = sheet(french, "Par créneau")
    assert [(row[0], row[2], row[4], row[8]) for row in rows[1:3]] == [
        (time(14, 40), "T12", "Claire Morel", "James O'Connor"),
        (time(15), "T12", "Claire Morel", "Łukasz Żółkiewski"),
    ]
    assert [(row[6], row[10]) for row in rows[1:3]] == [(1.0, 3.0), ("", 1.0)]
    assert len(rows) == 7


def test_by_table_a_cell_names_the_two_who_meet(french: bytes) -> None:
    rows = {row[0]: row[1:] for row in sheet(french, "Par table")}
    assert rows["T12"][2:4] == ["1 Morel\n2 O'Connor", "1 Morel\n3 Żółkiewski"]
    assert len(rows) == 61
    assert set(rows["T59"]) == {""}


def test_wishes_not_met_carry_their_reason_in_words(french: bytes) -> None:
    rows = sheet(french, "Souhaits non satisfaits")[1:]
    assert [(row[1], row[4], row[5], row[7]) for row in rows] == [
        ("Benali", 1.0, "Claire Morel", "Agenda du demandeur complet"),
        ("Benali", 2.0, "James O'Connor", "Aucun créneau commun"),
        ("Benali", 3.0, "Łukasz Żółkiewski", "Plus de table libre"),
        ("Benali", 4.0, rows[3][5], "Cédé à des souhaits de plus grande valeur"),
        ("Morel", 3.0, "Paul Lefèvre", "Agenda du partenaire complet"),
        ("Morel", 4.0, "Inès <b>Gras</b>", "Rencontre écartée à la demande d\u2019une des parties"),
        ("Morel", 5.0, "Hugo Petit", "Désistement"),
        ("O'Connor", 2.0, "L099", "Partenaire non inscrit"),
    ]


def test_under_the_minimum_those_with_the_fewest_meetings_stand_first(english: bytes) -> None:
    rows = sheet(english, "Under the minimum")[1:]
    assert [(row[1], row[4]) for row in rows] == [
        *(("<b>Gras</b>", 0.0), ("Lefèvre", 0.0), ("Benali", 1.0)),
        *((rows[3][1], 2.0), ("O'Connor", 2.0), ("Żółkiewski", 3.0)),
    ]
    assert rows[0][5:] == [0.0, 12.0, "Fewer possible partners than the minimum"]
    assert rows[4][5:7] == [3.0, 10.0]


def test_what_lacks_nothing_says_so(workspace: Workspace) -> None:
    leaders = {"L001": Someone("Ana", "Un", "A"), "L002": Someone("Bob", "Deux", "B")}
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, Plan(meetings=[("L001", "L002", 0, "T01", 1, 1)]))
    afternoon = afternoon_of(workspace)
    afternoon = replace(afternoon, frame=replace(afternoon.frame, minimum=1))
    book = plan_book(workspace.event, afternoon, {}, "en")
    assert [sheet(book, name)[1][1] for name in ("Wishes not met", "Under the minimum")] == ["None", "Nobody"]


def test_eventmaker_gets_its_own_numbers_where_they_are_known_and_only_its_columns(
    planned: Workspace, quick_sheets: list[str]
) -> None:
    with planned.writing() as db:
        insert(
            db,
            "raw.file",
            [
                {
                    "file_sha256": "e" * 64, "file_name": "guests.csv", "source": "eventmaker", "kind": "registration",
                    "edition_id": EDITION, "size_bytes": 1, "row_count": 2, "is_current": True,
                    "read_at": afternoon_of(planned).version.created_at,
                }
            ],
        )  # fmt: skip
        rows = (("L001", "5f3a", 2), ("L002", "77#2", 3))
        place = {"file_sha256": "e" * 64, "sheet": ""}
        insert(db, "raw.row", (place | {"row_number": row, "row_key": key, "content": "{}"} for _, key, row in rows))
        insert(
            db,
            "core.registration",
            (
                place
                | {"edition_id": EDITION, "registration_id": f"R{row}", "leader_id": leader, "row_number": row}
                | {"status": "valid", "amount_cents": 0, "refunded_cents": 0}
                for leader, _, row in rows
            ),
        )
    publish(planned, "19-v1")
    assert quick_sheets != []
    rows_read = sheet((planned.version_folder("19-v1") / "plan.en.xlsx").read_bytes(), "Eventmaker")
    assert rows_read[:2] == [
        ["Guest 1 UID", "Guest 2 UID", "Date", "Time", "Location"],
        ["5f3a", "L002", date(2026, 12, 3), time(14, 40), "T12"],
    ]


def test_hostile_cells_stay_text(workspace: Workspace) -> None:
    leaders = {
        f"L{number:03d}": Someone(text, text, text, job_title=text) for number, text in enumerate(HOSTILE, start=1)
    }
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, Plan(meetings=[("L001", "L002", 0, "=T01", 1, 1)]))
    book = plan_book(workspace.event, afternoon_of(workspace), {}, "fr")
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        sheets = [name for name in archive.namelist() if name.startswith("xl/worksheets/sheet")]
        links = [name for name in archive.namelist() if name.startswith("xl/externalLinks")]
        external = [name for name in archive.namelist() if "evil" in name]
        relations = "".join(archive.read(n).decode() for n in archive.namelist() if n.endswith(".rels"))
    assert len(sheets) == 8
    assert [name for name in sheets if re.search(r"<f[ >]|t=\"str\"|t=\"e\"", part(book, name))] == []
    assert (links, external, "evil" in relations) == ([], [], False)
    companies = {row[3] for row in sheet(book, "Par dirigeant")[1:]}
    assert companies == set(HOSTILE)


def test_nobody_s_address_or_telephone_is_in_the_workbook(french: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(french)) as archive:
        text = "".join(archive.read(name).decode("utf-8") for name in archive.namelist())
    assert "Ateliers Morel" in text
    assert [leak for leak in ("secret.example", "06 99", "0699") if leak in text] == []


def test_the_same_plan_gives_the_same_bytes(shared_workspace: Workspace, afternoon: Afternoon, french: bytes) -> None:
    assert plan_book(shared_workspace.event, afternoon, {}, "fr") == french


def test_every_sheet_keeps_its_head_in_sight_and_prints_on_a4_across(french: bytes) -> None:
    book = french
    drawn = [part(book, f"xl/worksheets/sheet{number}.xml") for number in range(2, 9)]
    assert all('state="frozen"' in text and "<autoFilter" in text for text in drawn)
    assert all(
        'paperSize="9"' in text and 'orientation="landscape"' in text and "&amp;P/&amp;N" in text for text in drawn
    )
    assert part(book, "xl/workbook.xml").count("_xlnm.Print_Titles") == 7


def test_times_are_shown_as_the_language_writes_them(french: bytes, english: bytes) -> None:
    assert "h&quot; h &quot;mm" in part(french, "xl/styles.xml")
    assert "hh:mm" in part(english, "xl/styles.xml")


def test_the_cover_says_which_plan_and_leads_to_the_sheets(english: bytes) -> None:
    rows = sheet(english, "Plan")
    said = [row[0] for row in rows]
    assert said[:6] == [
        "Artois and Douaisis business meetings, Thursday 3 December 2026",
        "Plan 19-v1, made on Friday 27 November 2026 at 10:30",
        "approved",
        "6 meetings for 7 leaders; 8 wishes not met",
        "value 123,450, at most 123,450 possible",
        "12 idle slots, at least 10 unavoidable",
    ]
    assert part(english, "xl/worksheets/sheet1.xml").count("<hyperlink ") == 7


def test_a_plan_without_leaders_has_its_heads(workspace: Workspace) -> None:
    add_plan(workspace, {}, Plan())
    assert len(sheet(plan_book(workspace.event, afternoon_of(workspace), {}, "fr"), "Par dirigeant")) == 1
