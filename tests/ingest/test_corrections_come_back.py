"""From a bad export to the workbook of rejects, filled in, dropped back into the inbox, and to what it changes."""

import csv
import io
import json
from collections.abc import Callable, Mapping
from datetime import date, timedelta

import pytest
import xlsxwriter
from python_calamine import CalamineWorkbook

from tasks.ingest import current
from tasks.ingest.formats.columns import BEYOND_HEADER
from tasks.validate.rejects_book import writing_book
from tasks.workspace import Workspace
from tests.ingest.builders import READ_AT, ingest, rows_of, ticket, write_tickets, write_wishes

NIGHT = date(2026, 11, 23)
KEY = "Clé — ne pas modifier"
ANSWERS = ("Valeur corrigée", "Décision", "Séparer\u202f?")
Line = Mapping[str, str]
Book = dict[str, list[list[str]]]


def night(number: int, workspace: Workspace) -> None:
    """Take in the inbox on a night of its own."""
    ingest(workspace, READ_AT + timedelta(days=number))


def asked(workspace: Workspace) -> Book:
    """Write the workbook of rejects and return it, sheet by sheet."""
    with (
        workspace.opened() as database,
        writing_book(database, workspace.event, workspace.out / "quality", NIGHT) as finish,
    ):
        path = finish()
    if path is None:
        return {}
    book = CalamineWorkbook.from_path(str(path))
    found = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    return {name: [[str(cell) for cell in row] for row in rows] for name, rows in found.items()}


def lines(book: Book) -> list[dict[str, str]]:
    """Return the lines of all sheets that ask something, by their titles."""
    return [dict(zip(rows[0], row, strict=True)) for rows in book.values() if KEY in rows[0] for row in rows[1:]]


def answer(book: Book, said: Callable[[Line], str]) -> Book:
    """Fill in the yellow cells."""
    filled = {}
    for name, rows in book.items():
        place = next((rows[0].index(title) for title in ANSWERS if title in rows[0]), None)
        filled[name] = rows
        if place is not None:
            told = [said(dict(zip(rows[0], row, strict=True))) for row in rows[1:]]
            answered = zip(rows[1:], told, strict=True)
            filled[name] = [rows[0], *([*row[:place], text, *row[place + 1 :]] for row, text in answered)]
    return filled


def drop(workspace: Workspace, book: Book, name: str = "mes corrections.xlsx") -> None:
    """Save a workbook as a spreadsheet would, into the inbox."""
    with xlsxwriter.Workbook(str(workspace.inbox / name), {"strings_to_formulas": False}) as file:
        for title, rows in book.items():
            sheet = file.add_worksheet(title)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    sheet.write_string(number, place, cell)


def column(name: str, value: str) -> Callable[[Line], str]:
    """Answer the lines about one column."""
    return lambda line: value if line.get("Colonne") == name else ""


def corrections(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(workspace, "select row_key, column_name, state from audit.correction order by all")


def rejected(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(workspace, "select column_name, rule from audit.rejected_row order by all")


def sirens(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(workspace, "select name, siren from core.company order by name")


def of_nobody(number: int, company: str) -> dict[str, str]:
    return ticket(number, "", "", company) | {"Email participant": "", "Email payeur": ""}


def test_a_corrected_cell_reaches_core_and_stays_in_every_later_export(workspace: Workspace) -> None:
    bad = ticket(1, "Ana", "Martin", "Morel", SIRET="4,23E+13")
    path = write_tickets(workspace, [bad])
    before = path.read_bytes()
    night(0, workspace)
    assert rejected(workspace) == [("siret", "lost_digits")]
    drop(workspace, answer(asked(workspace), column("SIRET", "356 000 000 00048")))
    night(1, workspace)
    assert sirens(workspace) == [("Morel", "356000000")]
    assert rejected(workspace) == []
    assert corrections(workspace) == [("1", "siret", "applied")]
    assert asked(workspace) == {}
    assert path.read_bytes() == before
    write_tickets(workspace, [bad, ticket(2, "Bob", "Durand", "Acier")], "le lendemain.csv")
    (workspace.inbox / "mes corrections.xlsx").unlink()
    night(2, workspace)
    assert sirens(workspace) == [("Acier", None), ("Morel", "356000000")]
    assert corrections(workspace) == [("1", "siret", "applied")]
    raw = rows_of(workspace, "select distinct content->>'$.siret' from raw.row where content->>'$.siret' is not null")
    assert raw == [("4,23E+13",)]


def test_rows_read_in_a_second_process_are_corrected_too(workspace: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(current, "_MANY", 5)
    rows = [ticket(number, f"Ana{number}", "Martin", f"Morel{number}", SIRET="4,23E+13") for number in range(1, 6)]
    write_tickets(workspace, rows)
    night(0, workspace)
    assert rejected(workspace) == [("siret", "lost_digits")] * 5
    drop(workspace, answer(asked(workspace), column("SIRET", "356 000 000 00048")))
    night(1, workspace)
    assert sirens(workspace) == [("Morel1", "356000000")]
    assert rejected(workspace) == []
    assert corrections(workspace) == [(str(number), "siret", "applied") for number in range(1, 6)]
    found = rows_of(workspace, "select given_name, catalogue_number from core.leader order by all")
    assert found == [(f"Ana{number}", number) for number in range(1, 6)]


def test_a_correction_wins_over_a_changed_export_and_that_is_said(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel", SIRET="4,23E+13")])
    night(0, workspace)
    drop(workspace, answer(asked(workspace), column("SIRET", "35600000000048")))
    night(1, workspace)
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel", SIRET="732829320")], "plus tard.csv")
    night(2, workspace)
    assert sirens(workspace) == [("Morel", "356000000")]
    assert corrections(workspace) == [("1", "siret", "overtaken")]


def test_a_correction_that_is_no_better_is_asked_again(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel", SIRET="4,23E+13")])
    night(0, workspace)
    drop(workspace, answer(asked(workspace), column("SIRET", "35600000000049")))
    night(1, workspace)
    assert rejected(workspace) == [("siret", "not_a_siret")]
    assert [line["Valeur lue"] for line in lines(asked(workspace))] == ["35600000000049"]
    drop(workspace, answer(asked(workspace), column("SIRET", "35600000000048")), "encore.xlsx")
    night(2, workspace)
    assert sirens(workspace) == [("Morel", "356000000")]


def test_a_line_of_nobody_becomes_somebody_s(workspace: Workspace) -> None:
    write_tickets(workspace, [of_nobody(1, "Morel")])
    night(0, workspace)
    assert rejected(workspace) == [("(row)", "no_identity")]
    values = {"Nom": "Martin", "Prénom": "Ana", "E-mail": "ana.martin@morel.example"}
    drop(workspace, answer(asked(workspace), lambda line: values.get(line["Colonne"], "")))
    night(1, workspace)
    assert rows_of(workspace, "select given_name, family_name, email from core.leader") == [
        ("Ana", "Martin", "ana.martin@morel.example")
    ]
    assert rejected(workspace) == []


def test_a_line_left_out_is_settled_until_it_says_something_else(workspace: Workspace) -> None:
    write_tickets(workspace, [of_nobody(1, "Morel"), ticket(2, "Bob", "Durand", "Acier")])
    night(0, workspace)
    drop(workspace, answer(asked(workspace), column("ligne entière", "Ne pas retenir cette ligne")))
    night(1, workspace)
    assert rejected(workspace) == [("(row)", "set_aside_by_hand")]
    assert rows_of(workspace, "select count(*) from audit.refused_line where is_fault") == [(0,)]
    assert asked(workspace) == {}
    assert corrections(workspace) == [("1", "(row)", "applied")]
    mended = of_nobody(1, "Morel") | {"Prénom participant": "Ana", "Nom participant": "Martin"}
    write_tickets(workspace, [mended], "complet.csv")
    night(2, workspace)
    assert ("Ana",) in rows_of(workspace, "select given_name from core.leader")
    assert corrections(workspace) == [("1", "(row)", "overtaken")]


def test_a_line_with_a_cell_too_many_can_be_kept(workspace: Workspace) -> None:
    path = write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel")])
    path.write_text(path.read_text(encoding="utf-8").rstrip("\r\n") + ";surplus\r\n", encoding="utf-8")
    night(0, workspace)
    assert rejected(workspace) == [("(row)", "cells_beyond_header")]
    assert BEYOND_HEADER in json.loads(str(rows_of(workspace, "select content::text from raw.row")[0][0]))
    drop(workspace, answer(asked(workspace), column("ligne entière", "Garder la ligne telle quelle")))
    night(1, workspace)
    assert rejected(workspace) == []
    assert rows_of(workspace, "select family_name from core.leader") == [("Martin",)]


def test_nothing_is_lost_between_the_export_and_what_becomes_of_it(workspace: Workspace) -> None:
    known = [ticket(1, "Ana", "Martin", "Morel", SIRET="4,23E+13"), ticket(2, "Bob", "Durand", "Acier")]
    write_tickets(workspace, [*known, of_nobody(3, "Verre"), of_nobody(4, "Bois")])
    night(0, workspace)

    def leave_out_the_third(line: Line) -> str:
        return "Ne pas retenir cette ligne" if line["Colonne"] == "ligne entière" and line["Qui"][0] == "3" else ""

    drop(workspace, answer(asked(workspace), leave_out_the_third))
    night(1, workspace)
    lost = (
        "select row_number from raw.row join raw.file using (file_sha256) where kind = 'registration'"
        " and (file_sha256, sheet, row_number) not in (select (file_sha256, sheet, row_number) from core.registration)"
        " and (file_sha256, sheet, row_number) not in"
        " (select (file_sha256, sheet, row_number) from audit.rejected_row where column_name = '(row)')"
    )
    assert rows_of(workspace, lost) == []
    assert rows_of(workspace, "select count(*) from core.registration") == [(2,)]
    assert rejected(workspace) == [("(row)", "no_identity"), ("(row)", "set_aside_by_hand"), ("siret", "lost_digits")]


def a_doubtful_wish(workspace: Workspace, wanted: str = "Souhait n° 1") -> None:
    names = [("Ana", "Martin", "Morel Acier"), ("Bob", "Durand", "Morel Bois"), ("Cléa", "Petit", "Verre du Nord")]
    write_tickets(workspace, [ticket(number, *who) for number, who in enumerate(names, start=1)])
    who = {"Adresse de messagerie": "clea.petit@verre-du-nord.example", "Nom": "Cléa Petit"}
    write_wishes(workspace, [who | {wanted: "Morel"}])


def requests(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(
        workspace,
        "select family_name, match_rule from core.request join core.leader"
        " on to_leader_id = leader_id and request.edition_id = leader.edition_id",
    )


def test_a_wish_goes_to_whom_a_person_chose(workspace: Workspace) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    assert requests(workspace) == []
    (question,) = lines(asked(workspace))
    offered = [text for title, text in question.items() if title.startswith("Réponse") and "Morel Bois" in text]
    drop(workspace, answer(asked(workspace), lambda _: offered[0]))
    night(1, workspace)
    assert requests(workspace) == [("Durand", "decision")]
    assert asked(workspace) == {}
    assert rows_of(workspace, "select verdict, is_used from audit.decision") == [("chosen", True)]
    night(2, workspace)
    assert requests(workspace) == [("Durand", "decision")]


def test_of_two_workbooks_the_one_read_last_holds_and_the_first_is_not_forgotten(workspace: Workspace) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    book = asked(workspace)
    drop(workspace, answer(book, lambda _: "1"))
    night(1, workspace)
    assert requests(workspace) == [("Martin", "decision")]
    drop(workspace, answer(book, lambda _: "Personne"), "non.xlsx")
    night(2, workspace)
    assert requests(workspace) == []
    assert rows_of(workspace, "select count(*) from audit.review_item") == [(0,)]
    drop(workspace, answer(book, lambda _: ""), "vide.xlsx")
    night(3, workspace)
    assert rows_of(workspace, "select verdict from audit.decision") == [("nobody",)]


@pytest.mark.parametrize("said", ["peut-être", "99"])
def test_an_answer_that_means_nothing_is_refused_and_the_question_stays(workspace: Workspace, said: str) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    drop(workspace, answer(asked(workspace), lambda _: said))
    night(1, workspace)
    assert rejected(workspace) == [("answer", "unknown_answer")]
    assert rows_of(workspace, "select kind from audit.review_item") == [("request",)]
    assert len(lines(asked(workspace))) == 1


def test_an_answer_that_means_nothing_is_a_fault_until_the_next_workbook(workspace: Workspace) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    faults = "select count(*) filter (where is_fault), count(*) from audit.refused_line"
    drop(workspace, answer(asked(workspace), lambda _: "peut-être"))
    night(1, workspace)
    assert rows_of(workspace, faults) == [(1, 1)]
    drop(workspace, answer(asked(workspace), lambda _: "1"), "cette fois.xlsx")
    night(2, workspace)
    assert rows_of(workspace, faults) == [(0, 1)]
    assert requests(workspace) == [("Martin", "decision")]


def test_one_sheet_saved_as_csv_will_do(workspace: Workspace) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    book = answer(asked(workspace), lambda _: "no 1 - comme Excel l'écrit en cp1252")
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows(book["À décider"])
    (workspace.inbox / "réponses.csv").write_bytes(text.getvalue().encode("cp1252", "replace"))
    night(1, workspace)
    assert requests(workspace) == [("Martin", "decision")]


def test_the_same_workbook_twice_is_nothing_new(workspace: Workspace) -> None:
    a_doubtful_wish(workspace)
    night(0, workspace)
    drop(workspace, answer(asked(workspace), lambda _: "1"))
    night(1, workspace)
    before = rows_of(workspace, "select * from audit.decision")
    (workspace.inbox / "copie.xlsx").write_bytes((workspace.inbox / "mes corrections.xlsx").read_bytes())
    night(2, workspace)
    assert rows_of(workspace, "select * from audit.decision") == before


def test_every_column_of_the_workbook_is_known(workspace: Workspace) -> None:
    rows = [
        ticket(1, "Ana", "Martin", "Morel", SIRET="4,23E+13"),
        ticket(2, "Ana", "Martin", "Morel"),
        of_nobody(3, ""),
    ]
    write_tickets(workspace, rows)
    who = {"Adresse de messagerie": "ana.martin@morel.example", "Nom": "Ana Martin"}
    write_wishes(workspace, [who | {"Ce que vous vendez": "Trucs et machins"}])
    night(0, workspace)
    assert list(asked(workspace))[1:] == ["À corriger", "À décider", "Doublons fusionnés"]
    drop(workspace, answer(asked(workspace), column("SIRET", "35600000000048")))
    night(1, workspace)
    found = rows_of(
        workspace,
        "select sheet, title, match from raw.header join raw.file using (file_sha256) where kind = 'corrections'",
    )
    assert {sheet for sheet, _, _ in found} == {"À corriger", "À décider", "Doublons fusionnés"}
    assert [title for _, title, match in found if match != "exact"] == []


def leaders(workspace: Workspace) -> list[tuple[object, ...]]:
    return rows_of(
        workspace,
        "select family_name, status, is_vanished from core.leader"
        " where edition_id = 'artois-douaisis-2026' and merged_into is null order by catalogue_number",
    )


@pytest.mark.parametrize(("said", "status"), [("Confirmer", "withdrawn"), ("Conserver", "registered")])
def test_a_person_decides_whether_a_vanished_leader_still_comes(workspace: Workspace, said: str, status: str) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel"), ticket(2, "Bob", "Durand", "Acier")])
    night(0, workspace)
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel")], "le lendemain.csv")
    night(1, workspace)
    assert leaders(workspace) == [("Martin", "registered", False), ("Durand", "registered", True)]
    (question,) = lines(asked(workspace))
    assert question["Question"] == "Absent du dernier export\u00a0: désistement\u202f?"
    drop(workspace, answer(asked(workspace), lambda _: said))
    night(2, workspace)
    assert [found[:2] for found in leaders(workspace)] == [("Martin", "registered"), ("Durand", status)]
    assert asked(workspace) == {}


def test_a_merge_by_rule_is_undone_and_made_again(workspace: Workspace) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel"), ticket(2, "Ana", "Martin", "Morel")])
    night(0, workspace)
    assert len(leaders(workspace)) == 1
    book = asked(workspace)
    assert [line["Billet fusionné"] for line in lines(book)] == ["2"]
    drop(workspace, answer(book, lambda _: "Séparer"))
    night(1, workspace)
    assert len(leaders(workspace)) == 2
    assert "Doublons fusionnés" not in asked(workspace)
    night(2, workspace)
    assert len(leaders(workspace)) == 2
    drop(workspace, answer(book, lambda _: "Fusionner"), "finalement.xlsx")
    night(3, workspace)
    assert len(leaders(workspace)) == 1


@pytest.mark.parametrize(("said", "count"), [("Fusionner", 1), ("Séparer", 2)])
def test_a_person_decides_whether_two_registrations_are_one_person_s(
    workspace: Workspace, said: str, count: int
) -> None:
    mobile = {"Téléphone": "06 39 98 00 01"}
    write_tickets(
        workspace, [ticket(1, "Ana", "Martin", "Morel") | mobile, ticket(2, "Bob", "Durand", "Acier") | mobile]
    )
    night(0, workspace)
    assert len(leaders(workspace)) == 2
    (question,) = lines(asked(workspace))
    assert question["Question"] == "Deux inscriptions\u00a0: une seule personne\u202f?"
    drop(workspace, answer(asked(workspace), lambda _: said))
    night(1, workspace)
    assert len(leaders(workspace)) == count
    assert "À décider" not in asked(workspace)


@pytest.mark.parametrize(("said", "links"), [("Même personne", [("verdict", "sure")]), ("Deux personnes", [])])
def test_a_person_decides_whether_somebody_came_before(
    workspace: Workspace, said: str, links: list[tuple[str, str]]
) -> None:
    before = {"Date de la commande": "02/10/2025 10:00"}
    others = [ticket(number, f"Léo{number}", f"Petit{number}", f"Verre {number}") for number in range(5, 15)]
    write_tickets(workspace, [row | before for row in (ticket(1, "Ana", "Martin", "Morel Bois"), *others)], "2025.csv")
    now = ticket(1, "Anna", "Martin", "Morel Acier") | {"Email participant": "", "Email payeur": ""}
    write_tickets(workspace, [now], "2026.csv")
    night(0, workspace)
    (question,) = lines(asked(workspace))
    assert question["Question"] == "La même personne que dans une édition précédente\u202f?"
    assert question["Saisi, ou comparé à"] == "n° 1 \N{EN DASH} Ana Martin (Morel Bois) · artois-douaisis-2025"
    drop(workspace, answer(asked(workspace), lambda _: said))
    night(1, workspace)
    assert rows_of(workspace, "select rule, certainty from core.identity_link") == links
    assert asked(workspace) == {}


def test_a_refusal_to_meet_names_whom_a_person_chose(workspace: Workspace) -> None:
    a_doubtful_wish(workspace, "Je ne souhaite pas rencontrer")
    night(0, workspace)
    drop(workspace, answer(asked(workspace), lambda _: "n° 1 ; n° 2"))
    night(1, workspace)
    assert rows_of(workspace, "select leader_a, leader_b from core.exclusion order by all") == [
        ("L001", "L003"),
        ("L002", "L003"),
    ]


@pytest.mark.parametrize(("said", "code"), [("Maintenance industrielle", "maintenance"), ("Aucune rubrique", None)])
def test_what_somebody_sells_gets_the_category_that_a_person_chose(
    workspace: Workspace, said: str, code: str | None
) -> None:
    write_tickets(workspace, [ticket(1, "Ana", "Martin", "Morel")])
    who = {"Adresse de messagerie": "ana.martin@morel.example", "Nom": "Ana Martin"}
    write_wishes(workspace, [who | {"Ce que vous vendez": "Trucs et machins"}])
    night(0, workspace)
    assert [line["Question"] for line in lines(asked(workspace))] == ["Quelle rubrique\u202f?"]
    drop(workspace, answer(asked(workspace), lambda _: said))
    night(1, workspace)
    assert rows_of(workspace, "select category, code from core.offer") == [("Trucs et machins", code)]
    assert asked(workspace) == {}
