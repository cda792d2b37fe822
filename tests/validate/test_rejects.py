"""The workbook of rejects as an organiser opens it."""

import io
import json
import re
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from tasks.questionnaire import CellKey, QuestionKey, hash_of, hash_of_row, key_text
from tasks.store import Database
from tasks.validate import rejects_book
from tasks.validate.questions import Question, waiting_questions
from tasks.validate.rejects_book import is_filled_in, writing_book
from tasks.validate.rejects_wording import KEY_TITLE
from tasks.workspace import Workspace
from tests.rows import insert
from tests.validate.conftest import EDITION, LAST_EDITION, company, file, fill, leader, sound_base

NIGHT = date(2026, 11, 23)
SOURCE = "helloasso-2026"
KEY = "Clé — ne pas modifier"
Sheet = list[dict[str, str]]


def base_of(
    *rejected: tuple[str, str, str], content: Mapping[str, str], kind: str = "registration"
) -> dict[str, list[dict[str, object]]]:
    """A sound base with one row of an export of which these (column, rule, class of value) were refused."""
    base = sound_base()
    place = {"file_sha256": "export", "sheet": "Feuil1", "row_number": 37}
    base["raw.file"] += [file("export", EDITION, kind=kind)]
    base["raw.row"] = [place | {"row_key": "42", "content": json.dumps(dict(content))}]
    base["audit.rejected_row"] = [
        place | {"column_name": column, "rule": rule, "value_class": value_class}
        for column, rule, value_class in rejected
    ]
    return base


def asked(kind: str, **changes: object) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "kind": kind,
        "leader_id": "L002",
        "typed": "Sté Machin",
        "reason": "no_near_name",
        "candidates": "[]",
        "file_sha256": "wishes",
        "sheet": "Réponses",
        "row_number": 2,
        **changes,
    }


def cell(field: str, typed: str) -> str:
    return key_text(CellKey(EDITION, SOURCE, "42", field, hash_of(typed)))


def write(workspace: Workspace, database: Database, night: date = NIGHT) -> Path:
    with writing_book(database, workspace.event, workspace.out / "quality", night) as finish:
        path = finish()
    assert path is not None
    return path


def nothing_to_write(workspace: Workspace, database: Database) -> bool:
    with writing_book(database, workspace.event, workspace.out / "quality", NIGHT) as finish:
        return finish() is None


def sheets(path: Path) -> dict[str, Sheet]:
    """Return the sheets of a workbook, each line by its titles, empty cells left out."""
    book = CalamineWorkbook.from_path(str(path))
    found = {}
    for name in book.sheet_names[1:]:
        titles, *lines = book.get_sheet_by_name(name).to_python()
        found[name] = [
            {str(title): str(cell) for title, cell in zip(titles, line, strict=True) if cell} for line in lines
        ]
    return found


def parts(path: Path) -> dict[str, str]:
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name).decode() for name in book.namelist() if name.endswith(".xml")}


def test_a_refused_cell_is_asked_with_where_it_stands_whose_it_is_and_what_is_wrong(
    workspace: Workspace, database: Database
) -> None:
    base = base_of(("siret", "lost_digits", "scientific notation"), content={"siret": "4,23E+13"})
    base["core.registration"] = [
        {
            "edition_id": EDITION,
            "registration_id": "42",
            "leader_id": "L002",
            "status": "valid",
            "amount_cents": 3600,
            "refunded_cents": 0,
            "file_sha256": "export",
            "sheet": "Feuil1",
            "row_number": 37,
        }
    ]
    fill(database, base)
    path = write(workspace, database)
    assert path == workspace.out / "quality" / "rejets-2026-11-23.xlsx"
    assert sheets(path) == {
        "À corriger": [
            {
                "Fichier": "export.csv",
                "Feuille": "Feuil1",
                "Ligne": "37",
                "Colonne": "SIRET",
                "Qui": "n° 2 \N{EN DASH} Given2 Name2 (Société 2)",
                "Valeur lue": "4,23E+13",
                "Ce qui ne va pas": "Le numéro a perdu ses chiffres dans le tableur.",
                "Que faire": (
                    "Saisissez le numéro entier dans le classeur des rejets, ou mettez la colonne au format texte et "
                    "refaites l\N{RIGHT SINGLE QUOTATION MARK}export."
                ),
                KEY: cell("siret", "4,23E+13"),
            }
        ]
    }


def test_a_refused_line_asks_for_what_would_mend_it_and_whether_to_leave_it_out(
    workspace: Workspace, database: Database
) -> None:
    content = {"email": "accueil@morel.example", "company": "Morel", "ticket_number": "42"}
    fill(database, base_of(("(row)", "no_identity", "row"), content=content))
    (lines,) = sheets(write(workspace, database)).values()
    assert [(line["Colonne"], line.get("Valeur lue", ""), line[KEY]) for line in lines] == [
        ("Nom", "", cell("family_name", "")),
        ("Prénom", "", cell("given_name", "")),
        ("E-mail", "accueil@morel.example", cell("email", "accueil@morel.example")),
        ("ligne entière", "", key_text(CellKey(EDITION, SOURCE, "42", "(row)", hash_of_row(content)))),
    ]
    assert {line["Qui"] for line in lines} == {"42 · Morel · accueil@morel.example"}


@pytest.mark.parametrize(
    ("kind", "rule", "columns"),
    [
        ("wishes", "no_identity", ["E-mail", "Nom complet", "ligne entière"]),
        ("checkin", "unknown_ticket", ["Numéro de billet", "ligne entière"]),
        ("survey", "unknown_person", ["E-mail", "ligne entière"]),
        ("deals", "unknown_partner", ["Partenaire", "ligne entière"]),
        ("outcomes", "no_pair", ["Premier numéro de catalogue", "Second numéro de catalogue", "ligne entière"]),
        ("registration", "cells_beyond_header", ["ligne entière"]),
        ("exhibitors", "a_rule_of_tomorrow", ["ligne entière"]),
    ],
)
def test_what_mends_a_line_depends_on_the_rule_and_the_export(
    workspace: Workspace, database: Database, kind: str, rule: str, columns: list[str]
) -> None:
    fill(database, base_of(("(row)", rule, "row"), content={"x": "y"}, kind=kind))
    (lines,) = sheets(write(workspace, database)).values()
    assert [line["Colonne"] for line in lines] == columns


def test_a_cell_refused_for_itself_and_lacking_to_its_line_is_asked_once(
    workspace: Workspace, database: Database
) -> None:
    base = base_of(
        ("email", "not_an_email", "text"), ("(row)", "no_identity", "row"), content={"email": "x"}, kind="survey"
    )
    fill(database, base)
    (lines,) = sheets(write(workspace, database)).values()
    assert sorted(line["Colonne"] for line in lines) == ["E-mail", "ligne entière"]


def test_a_field_put_together_from_several_columns_shows_what_kind_of_value_stood_there(
    workspace: Workspace, database: Database
) -> None:
    fill(database, base_of(("ordered_at", "not_a_date", "text"), content={"ordered_on": "x", "ordered_time": "y"}))
    (lines,) = sheets(write(workspace, database)).values()
    assert [line["Valeur lue"] for line in lines] == ["(texte)"]


def test_a_correction_that_was_refused_again_is_what_is_shown(workspace: Workspace, database: Database) -> None:
    base = base_of(("siret", "not_a_siret", "14 digits"), content={"siret": "4,23E+13"})
    place = {"file_sha256": "book", "sheet": "À corriger", "row_number": 2}
    base["raw.file"] += [file("book", EDITION, kind="corrections", is_current=False)]
    base["raw.row"] += [place | {"row_key": "x", "content": json.dumps({"answer": "42313463700029"})}]
    base["audit.correction"] = [
        place | {"edition_id": EDITION, "source": SOURCE, "row_key": "42", "column_name": "siret", "state": "applied"}
    ]
    fill(database, base)
    (lines,) = sheets(write(workspace, database)).values()
    assert [(line["Valeur lue"], line[KEY]) for line in lines] == [("42313463700029", cell("siret", "4,23E+13"))]


def test_what_is_no_fault_and_what_stood_in_the_workbook_itself_is_not_asked(
    workspace: Workspace, database: Database
) -> None:
    base = base_of(
        ("(row)", "replaced_by_later_answer", "row"), ("(row)", "set_aside_by_hand", "row"), content={"email": "x"}
    )
    base["raw.file"] += [file("book", EDITION, kind="corrections")]
    base["raw.row"] += [
        {"file_sha256": "book", "sheet": "", "row_number": 2, "row_key": "x", "content": '{"answer": "?"}'}
    ]
    base["audit.rejected_row"] += [
        {
            "file_sha256": "book",
            "sheet": "",
            "row_number": 2,
            "column_name": "answer",
            "rule": "unknown_answer",
            "value_class": "text",
        }
    ]
    fill(database, base)
    assert nothing_to_write(workspace, database)
    assert not (workspace.out / "quality").exists()


def test_a_wish_offers_up_to_three_leaders_the_likeliest_first_and_nobody(
    workspace: Workspace, database: Database
) -> None:
    base = sound_base()
    found = [{"leader_id": f"L00{number}", "score": 70 + number} for number in (1, 3, 5)]
    base["audit.review_item"] = [asked("request", candidates=json.dumps(found))]
    fill(database, base)
    assert sheets(write(workspace, database)) == {
        "À décider": [
            {
                "Question": "Souhait\u00a0: qui est visé\u202f?",
                "Dirigeant": "n° 2 \N{EN DASH} Given2 Name2 (Société 2)",
                "Saisi, ou comparé à": "Sté Machin",
                "Pourquoi la question se pose": (
                    "Aucune société ni personne de cette édition ne porte un nom assez proche."
                ),
                "Réponse proposée 1": "n° 5 \N{EN DASH} Given5 Name5 (Société 5)",
                "Réponse proposée 2": "n° 3 \N{EN DASH} Given3 Name3 (Société 3)",
                "Réponse proposée 3": "n° 1 \N{EN DASH} Given1 Name1 (Société 1)",
                "Réponse proposée 4": "Personne",
                KEY: key_text(QuestionKey("request", EDITION, "L002", "Sté Machin")),
            }
        ]
    }


def every_question() -> dict[str, list[dict[str, object]]]:
    base = sound_base()
    base["core.company"] += [company(9, edition_id=LAST_EDITION)]
    base["core.leader"] += [leader(9, edition_id=LAST_EDITION)]
    base["core.registration"] = [
        {
            "edition_id": EDITION,
            "registration_id": "77",
            "leader_id": "L004",
            "status": "valid",
            "amount_cents": 3600,
            "refunded_cents": 0,
            "file_sha256": "wishes",
            "sheet": "",
            "row_number": 2,
        }
    ]
    category = [{"code": "cleaning", "name": "Nettoyage", "name_en": "Cleaning", "score": 80.0}]
    base["audit.review_item"] = [
        asked("category", typed="nettoyaj", reason="x", candidates=json.dumps(category)),
        asked("company", typed="732829320 a | b", reason="one_siren", candidates='[{"leader_id": "L004", "score": 3}]'),
        asked("duplicate", typed="77", reason="same_mobile", candidates='[{"leader_id": "L004", "score": 90}]'),
        asked("exclusion", leader_id="L099", typed="idem", reason="not_a_name"),
        asked("identity", typed=f"{LAST_EDITION}/L009", reason="probable"),
        asked("withdrawal", typed="", reason="vanished"),
    ]
    return base


def test_every_kind_of_question_has_its_words_and_its_answers(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    (lines,) = sheets(write(workspace, database)).values()
    assert [
        (
            line["Question"],
            line.get("Saisi, ou comparé à"),
            [text for title, text in line.items() if "Réponse" in title],
        )
        for line in lines
    ] == [
        ("Quelle rubrique\u202f?", "nettoyaj", ["Nettoyage", "Aucune rubrique"]),
        (
            "Un SIREN, deux noms\u00a0: une seule société\u202f?",
            "n° 4 \N{EN DASH} Given4 Name4 (Société 4) · SIREN 732829320",
            ["Une seule société", "Deux sociétés"],
        ),
        (
            "Deux inscriptions\u00a0: une seule personne\u202f?",
            "n° 4 \N{EN DASH} Given4 Name4 (Société 4)",
            ["Fusionner", "Séparer"],
        ),
        ("Refus de rencontrer\u00a0: qui est visé\u202f?", "idem", ["Personne"]),
        (
            "La même personne que dans une édition précédente\u202f?",
            f"n° 9 \N{EN DASH} Given9 Name9 (Société 9) · {LAST_EDITION}",
            ["Même personne", "Deux personnes"],
        ),
        ("Absent du dernier export\u00a0: désistement\u202f?", None, ["Confirmer", "Conserver"]),
    ]
    assert lines[3]["Dirigeant"] == "L099"


def test_a_merge_by_rule_can_be_undone(workspace: Workspace, database: Database) -> None:
    base = every_question()
    base["audit.review_item"] = []
    base["raw.row"] = [
        {
            "file_sha256": "wishes",
            "sheet": "",
            "row_number": 2,
            "row_key": "77",
            "content": '{"ticket_number": "77", "given_name": "Ana", "family_name": "Morel", "company": "Morel"}',
        }
    ]
    merge = {"edition_id": EDITION, "leader_id": "L002", "into_registration_id": "12", "registration_id": "77"}
    base["core.merge"] = [
        merge | {"rule": "own_email", "evidence": "email, name"},
        merge | {"registration_id": "78", "rule": "a_rule_of_tomorrow", "evidence": "shoe_size"},
    ]
    fill(database, base)
    assert sheets(write(workspace, database)) == {
        "Doublons fusionnés": [
            {
                "Dirigeant": "n° 2 \N{EN DASH} Given2 Name2 (Société 2)",
                "Billet gardé": "12",
                "Billet fusionné": "77",
                "Ce que dit le billet fusionné": "77 · Ana Morel · Morel",
                "Motif de la fusion": "Même adresse e-mail personnelle",
                "Ce qui concorde": "adresse e-mail, nom",
                KEY: key_text(QuestionKey("duplicate", EDITION, "L002", "77")),
            },
            {
                "Dirigeant": "n° 2 \N{EN DASH} Given2 Name2 (Société 2)",
                "Billet gardé": "12",
                "Billet fusionné": "78",
                "Motif de la fusion": "a_rule_of_tomorrow",
                "Ce qui concorde": "shoe_size",
                KEY: key_text(QuestionKey("duplicate", EDITION, "L002", "78")),
            },
        ]
    }


def test_the_same_questions_give_the_same_bytes_and_new_ones_take_their_place(
    workspace: Workspace, database: Database
) -> None:
    fill(database, every_question())
    path = write(workspace, database)
    first, written = path.read_bytes(), path.stat().st_mtime_ns
    assert write(workspace, database) == path
    assert (path.read_bytes(), path.stat().st_mtime_ns) == (first, written)
    insert(database, "audit.review_item", [asked("request")])
    assert write(workspace, database) == path
    assert path.read_bytes() != first


def test_a_large_workbook_is_drawn_in_a_second_process_and_is_the_same(
    workspace: Workspace, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(database, every_question())
    path = write(workspace, database)
    first = path.read_bytes()
    path.unlink()
    monkeypatch.setattr(rejects_book, "_MANY", 1)
    assert write(workspace, database).read_bytes() == first


def test_the_next_night_has_a_workbook_of_its_own(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    first = write(workspace, database)
    assert write(workspace, database, date(2026, 11, 24)).name == "rejets-2026-11-24.xlsx"
    assert not first.exists()


def test_a_workbook_of_another_night_stays_where_somebody_has_begun_to_fill_it_in(
    workspace: Workspace, database: Database
) -> None:
    fill(database, every_question())
    first = write(workspace, database)
    mine = filled_in(first, "Nettoyage")
    second = write(workspace, database, date(2026, 11, 24))
    assert sorted(first.parent.glob("*.xlsx")) == [first, second]
    assert first.read_bytes() == mine


def test_a_row_is_as_high_as_its_fullest_cell(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["audit.review_item"] = [asked("request", typed="Morel"), asked("request", typed="Ateliers du Nord " * 9)]
    fill(database, base)
    lines = re.findall(
        r'<row r="\d+"[^>]* ht="([\d.]+)"', parts(write(workspace, database))["xl/worksheets/sheet2.xml"]
    )
    assert [float(height) for height in lines[1:]] == [81.0, 40.5]


def test_when_everything_is_settled_the_workbook_of_the_night_goes(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    path = write(workspace, database)
    database.run("audit/delete_review_item")
    assert nothing_to_write(workspace, database)
    assert not path.exists()


def filled_in(path: Path, answer: str) -> bytes:
    """Write into a yellow cell, as somebody would who works in out/ itself."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(buffer, "w") as new:
        for name in old.namelist():
            content = old.read(name).decode()
            if name == "xl/worksheets/sheet2.xml":
                cut = content.index('<c r="I2"')
                end = content.index("/>", cut)
                content = f'{content[:end]} t="inlineStr"><is><t>{answer}</t></is></c>{content[end + 2 :]}'
            new.writestr(name, content)
    path.write_bytes(buffer.getvalue())
    return buffer.getvalue()


def test_a_workbook_that_somebody_is_filling_in_is_never_written_over(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    path = write(workspace, database)
    mine = filled_in(path, "Nettoyage")
    assert write(workspace, database).name == "rejets-2026-11-23-2.xlsx"
    assert write(workspace, database).name == "rejets-2026-11-23-2.xlsx"
    assert path.read_bytes() == mine


def test_a_workbook_that_cannot_be_read_may_hold_answers() -> None:
    assert is_filled_in(b"PK\x03\x04 broken") is True


@pytest.mark.parametrize(
    "typed", ["=cmd|' /C calc'!A0", "<script>alert(1)</script>", "{{ 7*7 }}", "http://x.example", "0123"]
)
def test_what_was_typed_stays_a_text(workspace: Workspace, database: Database, typed: str) -> None:
    base = base_of(("siret", "not_a_siret", "text"), content={"siret": typed})
    base["audit.review_item"] = [asked("request", typed=typed)]
    fill(database, base)
    path = write(workspace, database)
    corrected, decided = sheets(path).values()
    assert (corrected[0]["Valeur lue"], decided[0]["Saisi, ou comparé à"]) == (typed, typed)
    everything = "".join(parts(path).values())
    assert "<f>" not in everything
    assert "<hyperlink" not in everything


def test_marks_that_turn_the_writing_round_are_shown_as_such_and_the_question_is_known_all_the_same(
    workspace: Workspace, database: Database
) -> None:
    typed = "exe\u202evsc\u200f"
    base = base_of(("siret", "not_a_siret", "text"), content={"siret": typed})
    base["audit.review_item"] = [asked("request", typed=typed)]
    fill(database, base)
    path = write(workspace, database)
    corrected, decided = sheets(path).values()
    assert (corrected[0]["Valeur lue"], decided[0]["Saisi, ou comparé à"]) == ("exe\ufffdvsc",) * 2
    assert "\u202e" not in "".join(parts(path).values())
    assert json.dumps(typed)[1:-1] in "".join(str(cell) for cell in decided[0].values())


@pytest.mark.parametrize("letter", ["x", "é", "\U0001f600"])
def test_a_text_beyond_the_limit_of_a_cell_is_cut_and_its_question_known_all_the_same(
    workspace: Workspace, database: Database, letter: str
) -> None:
    typed = 100_000 * letter
    base = sound_base()
    base["audit.review_item"] = [asked("request", typed=typed)]
    fill(database, base)
    (lines,) = sheets(write(workspace, database)).values()
    shown = lines[0]["Saisi, ou comparé à"]
    assert shown == len(shown) * letter
    assert len(shown.encode("utf-16-le")) // 2 in {32_766, 32_767}
    assert lines[0][KEY] == key_text(QuestionKey("request", EDITION, "L002", typed))


def test_only_yellow_cells_can_be_changed_and_they_offer_their_answers(
    workspace: Workspace, database: Database
) -> None:
    base = base_of(("(row)", "cells_beyond_header", "row"), content={"x": "y"})
    base["audit.review_item"] = [asked("request"), asked("withdrawal", typed="")]
    fill(database, base)
    xml = parts(write(workspace, database))
    assert all("<sheetProtection" in xml[f"xl/worksheets/sheet{number}.xml"] for number in (1, 2, 3))
    assert (
        '<formula1>"Ne pas retenir cette ligne,Garder la ligne telle quelle"</formula1>'
        in xml["xl/worksheets/sheet2.xml"]
    )
    decide = xml["xl/worksheets/sheet3.xml"]
    assert '<dataValidation type="list" errorStyle="information"' in decide
    assert 'sqref="I2"><formula1>$E$2:$E$2</formula1>' in decide or 'sqref="I2"><formula1>$E$2</formula1>' in decide
    assert 'sqref="I3"><formula1>$E$3:$F$3</formula1>' in decide
    assert '<pane ySplit="1"' in decide
    assert 'orientation="landscape"' in decide


def test_an_english_event_has_an_english_workbook(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    event = workspace.event.model_copy(update={"languages": ("en", "fr")})
    with writing_book(database, event, workspace.out / "quality", NIGHT) as finish:
        path = finish()
    assert path is not None
    assert path.name == "rejects-2026-11-23.xlsx"
    assert CalamineWorkbook.from_path(str(path)).sheet_names == ["How to use", "To decide"]
    (lines,) = sheets(path).values()
    assert lines[0]["Answer offered 1"] == "Cleaning"
    assert KEY_TITLE.translated("en") in lines[0]


def test_the_first_sheet_says_in_six_lines_what_to_do(workspace: Workspace, database: Database) -> None:
    fill(database, every_question())
    book = CalamineWorkbook.from_path(str(write(workspace, database)))
    lines = book.get_sheet_by_index(0).to_python()
    assert lines[0][1] == workspace.event.title
    assert [line[0] for line in lines[3:]] == [1, 2, 3, 4, 5, 6]
    assert str(lines[7][1]).endswith("rencontres ingest")


def test_the_page_shows_whom_a_duplicate_is_compared_with_and_a_category_by_its_name(database: Database) -> None:
    fill(database, every_question())
    found = {waiting.kind: waiting for waiting in waiting_questions(database, EDITION)}
    duplicate, category = found["duplicate"].questions[0], found["category"].questions[0]
    assert duplicate.shown == "L004 \N{EN DASH} Société 4"
    assert found["company"].questions[0].shown == "SIREN 732829320 · L002 \N{EN DASH} Société 2"
    assert [candidate.on_page("en") for candidate in category.candidates] == ["Cleaning"]
    assert [candidate.on_page("fr") for candidate in duplicate.candidates] == ["L004 \N{EN DASH} Société 4"]
    assert found["withdrawal"].title.translated("en") == "Leaders who are no longer in the last export"


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("request", "It is not clear who is meant."),
        ("category", "It is not clear what is meant."),
        ("identity", "It is not clear whether this is one person."),
        ("withdrawal", "It is not clear whether this leader still comes."),
    ],
)
def test_a_reason_of_tomorrow_still_has_words(kind: str, words: str) -> None:
    assert Question("L001", "x", 2, "a_reason_of_tomorrow", kind=kind).reason_in_words.translated("en") == words
