"""The quality report as an organiser reads it."""

import html
import json
import re
from datetime import timedelta
from pathlib import Path

import pytest

from tasks.clock import standing_at
from tasks.errors import GateStopped
from tasks.publish.standing import standing
from tasks.store import Database
from tasks.validate import tasks as validate_tasks
from tasks.validate.night import read_night
from tasks.validate.quality import markdown, read_report, write_pages
from tasks.validate.questions import Named, Question
from tasks.validate.refusals import RefusedRow
from tasks.validate.verdict import judge_base
from tasks.workspace import Workspace
from tests.rows import insert
from tests.validate.conftest import EDITION, NOW, Row, file, fill, leader, line, request, sound_base, ticket

NIGHT = NOW.date()
REFUSED = {"file_sha256": "wishes", "sheet": "Réponses", "row_number": 37, "column_name": "SIRET"}
CANDIDATES = [{"leader_id": "L004", "score": 71.5}, {"leader_id": "L005", "score": 88.0}]
REVIEW = {
    "edition_id": EDITION,
    "reason": "no_near_name",
    "typed": "Sté Machin",
    "candidates": json.dumps(CANDIDATES),
    "file_sha256": "wishes",
    "sheet": "Réponses",
    "row_number": 2,
}


def pages(workspace: Workspace, database: Database, base: dict[str, list[dict[str, object]]]) -> list[str]:
    """Judge a base and return the visible text of the French and of the English page."""
    fill(database, base)
    verdict = judge_base(database, workspace.event, NOW)
    report = read_report(database, workspace.event, verdict, NIGHT)
    paths = write_pages(report, workspace.event, workspace.out / "quality")
    assert [path.name for path in paths] == ["index.html", "index.en.html"]
    return [visible(path) for path in paths]


def visible(path: Path) -> str:
    body = path.read_text(encoding="utf-8").partition("<body>")[2]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", body)))


def headings(workspace: Workspace, name: str) -> list[str]:
    text = (workspace.out / "quality" / name).read_text(encoding="utf-8")
    return [re.sub(r"\s+", " ", html.unescape(title)) for title in re.findall(r"<h[23]>(.*?)</h[23]>", text)]


def a_base_with_everything() -> dict[str, list[dict[str, object]]]:
    base = sound_base()
    base["core.leader"][0]["email"] = "not-an-address"
    base["core.request"].append(request(1, 77))
    base["raw.row"].append(line("wishes", 177, "Réponses"))
    base["audit.rejected_row"] = [REFUSED | {"rule": "lost_digits", "value_class": "scientific notation"}]
    base["audit.review_item"] = [
        REVIEW | {"kind": "request", "leader_id": "L002"},
        REVIEW | {"kind": "identity", "leader_id": "L003"},
    ]
    return base


def test_what_stops_comes_first_then_warnings_then_the_lists(workspace: Workspace, database: Database) -> None:
    pages(workspace, database, a_base_with_everything())
    assert headings(workspace, "index.en.html") == [
        "What must be corrected",
        "Not respected: Every e-mail address has the form of an address.",
        "What is worth a look",
        "Not respected: No question waits for a person's decision.",
        "Not respected: No line of the exports was refused.",
        "Not respected: Every wish is for a leader who is registered.",
        "Refused lines",
        "Questions waiting for your decision",
        "Files",
        "tickets.csv",
        "wishes.csv",
        "last.csv",
        "Checks passed",
        "History",
    ]


def test_the_french_page_is_french(workspace: Workspace, database: Database) -> None:
    pages(workspace, database, a_base_with_everything())
    assert headings(workspace, "index.html") == [
        "À corriger",
        "Non respecté : Chaque adresse e-mail a la forme d\N{RIGHT SINGLE QUOTATION MARK}une adresse.",
        "À regarder",
        "Non respecté : Aucune question n\N{RIGHT SINGLE QUOTATION MARK}attend votre décision.",
        "Non respecté : Aucune ligne des exports n\N{RIGHT SINGLE QUOTATION MARK}a été refusée.",
        "Non respecté : Chaque souhait désigne un dirigeant inscrit.",
        "Lignes refusées",
        "Questions qui attendent votre décision",
        "Fichiers",
        "tickets.csv",
        "wishes.csv",
        "last.csv",
        "Contrôles réussis",
        "Historique",
    ]


def test_a_refused_line_shows_file_sheet_row_and_column(workspace: Workspace, database: Database) -> None:
    _, english = pages(workspace, database, a_base_with_everything())
    assert "wishes.csv \N{EN DASH} 1 refused cell" in english
    assert "Réponses 37 SIRET" in english


def test_no_personal_value_reaches_the_page_except_what_was_typed_in_a_question(
    workspace: Workspace, database: Database
) -> None:
    texts = pages(workspace, database, a_base_with_everything())
    values = ("not-an-address", "Name", "Given", "societe", "Société 1")
    assert [value for value in values for text in texts if value in text] == []


def test_the_verdict_is_the_first_sentence(workspace: Workspace, database: Database) -> None:
    _, english = pages(workspace, database, sound_base())
    assert "Everything is in order: a plan can be made." in english
    assert "This state of the registrations was checked on Monday 23 November 2026 at 03:30." in english


def test_the_history_has_one_line_per_state_newest_first(workspace: Workspace, database: Database) -> None:
    pages(workspace, database, sound_base())
    insert(database, "core.leader", [leader(6, company_id="C404")])
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW.replace(hour=5)), NIGHT)
    assert [(run.checked_at.hour, run.is_passed, run.stopped_count) for run in report.runs] == [
        (6, False, 2),
        (3, True, 0),
    ]


def test_forty_ids_are_shown_and_the_rest_is_folded(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.leader"] += [leader(number, company_id="C404") for number in range(6, 51)]
    _, english = pages(workspace, database, base)
    assert "45 concerned out of 50 checked" in english
    assert "L045 5 more L046 L047 L048 L049 L050" in english


def test_tolerated_exceptions_are_named_among_what_passed(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.leader"][0]["has_own_email"] = False
    _, english = pages(workspace, database, base)
    assert "1 exception, within what is tolerated L001" in english


def test_the_page_has_the_same_bytes_twice(workspace: Workspace, database: Database) -> None:
    path = workspace.out / "quality" / "index.html"
    pages(workspace, database, a_base_with_everything())
    first = path.read_bytes()
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW.replace(hour=9)), NIGHT)
    write_pages(report, workspace.event, path.parent)
    assert path.read_bytes() == first


def test_the_artifact_lists_what_did_not_pass(workspace: Workspace, database: Database) -> None:
    fill(database, a_base_with_everything())
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW), NIGHT)
    assert markdown(report, "en").splitlines()[:3] == [
        "| Check | Concerned | What to do |",
        "| --- | --- | --- |",
        (
            "| Every e-mail address has the form of an address. | 1 "
            "| Correct the address in the registration export, then call: rencontres ingest |"
        ),
    ]


def test_the_artifact_of_a_sound_base_is_one_sentence(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base())
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW), NIGHT)
    assert markdown(report, "en") == "All checks of the registrations have passed."


@pytest.fixture
def artifacts(monkeypatch: pytest.MonkeyPatch) -> list[Row]:
    """Catch what would go to the Prefect server."""
    caught: list[Row] = []
    monkeypatch.setattr(
        validate_tasks, "create_markdown_artifact", lambda text, key: caught.append({"key": key, "text": text})
    )
    monkeypatch.setenv("LANGUAGE", "en")
    return caught


def test_the_task_judges_writes_and_returns_the_verdict(workspace: Workspace, artifacts: list[Row]) -> None:
    with workspace.opened() as database:
        fill(database, sound_base())
    verdict = validate_tasks.judge.fn(workspace.folder)
    assert verdict.is_passed is True
    assert sorted(path.name for path in (workspace.out / "quality").iterdir()) == ["index.en.html", "index.html"]
    assert artifacts == [{"key": "quality-report", "text": "All checks of the registrations have passed."}]


def test_a_base_that_may_not_be_planned_stops_after_the_page_and_the_memory_are_written(
    workspace: Workspace, artifacts: list[Row]
) -> None:
    with workspace.opened():
        pass
    verdict = validate_tasks.judge.fn(workspace.folder)
    with pytest.raises(GateStopped):
        validate_tasks.require_sound_base.fn(workspace.folder, verdict)
    assert "Plan refused" in visible(workspace.out / "quality" / "index.en.html")
    assert [artifact["key"] for artifact in artifacts] == ["quality-report"]
    with workspace.opened() as database:
        assert database.frame("audit/select_gate_runs", edition_id=EDITION)["is_passed"].to_list() == [False]


@pytest.mark.parametrize(
    ("value_class", "found"),
    [("13 digits", "13 digits"), ("1 digits", "1 digit"), ("row", "whole line"), ("something new", "text")],
)
def test_the_class_of_a_refused_value_is_in_words(value_class: str, found: str) -> None:
    assert (
        RefusedRow("a.csv", "", 2, "SIRET", "not_a_siret", value_class, is_fault=True).found.translated("en") == found
    )


def test_a_rule_that_is_not_known_here_is_still_shown_with_a_remedy() -> None:
    row = RefusedRow("a.csv", "", 2, "SIRET", "a_rule_of_tomorrow", "text", is_fault=True)
    assert (row.reason.translated("en"), row.remedy.translated("en")) == (
        "The value could not be read.",
        "Type the right value into the workbook of rejects, or correct the export.",
    )


@pytest.mark.parametrize(
    ("column_name", "value_class", "column"),
    [("siret", "text", "SIRET"), ("payer_email", "text", "Payer's e-mail"), ("shoe", "text", "shoe")],
)
def test_a_column_is_in_words_where_there_are_some(column_name: str, value_class: str, column: str) -> None:
    row = RefusedRow("a.csv", "", 2, column_name, "not_a_siret", value_class, is_fault=True)
    assert str(row.column) == column


def test_an_answer_replaced_by_a_later_one_is_listed_but_warns_of_nothing(
    workspace: Workspace, database: Database
) -> None:
    replaced = REFUSED | {"column_name": "(row)", "rule": "replaced_by_later_answer", "value_class": "row"}
    _, english = pages(workspace, database, sound_base() | {"audit.rejected_row": [replaced]})
    assert "Everything is in order: a plan can be made." in english
    assert " 0 cells refused " in english
    assert "whole line The same person answered again later. Nothing to do: the last answer counts." in english


def with_questions(*questions: Row) -> dict[str, list[dict[str, object]]]:
    common = REVIEW | {"kind": "request", "leader_id": "L002"}
    return sound_base() | {"audit.review_item": [common | question for question in questions]}


def test_a_question_shows_who_asked_what_was_typed_why_and_who_may_be_meant(
    workspace: Workspace, database: Database
) -> None:
    french, english = pages(workspace, database, with_questions({}))
    assert (
        "Wishes whose company or person was not recognised \N{EN DASH} 1 question "
        "Leader Row Typed Reason Who may be meant L002 2 Sté Machin "
        "No company or person of this edition bears a name near enough. "
        "L005 \N{EN DASH} Société 5 L004 \N{EN DASH} Société 4 Files"
    ) in english
    assert (
        "1 question Dirigeant Ligne Saisi Motif Qui est peut-être visé L002 2 Sté Machin "
        "Aucune société ni personne de cette édition ne porte un nom assez proche. "
        "L005 \N{EN DASH} Société 5 L004 \N{EN DASH} Société 4"
    ) in french


def test_what_was_typed_is_shown_escaped_and_cut(workspace: Workspace, database: Database) -> None:
    pages(workspace, database, with_questions({"typed": "<b>&" + 90 * "x"}))
    page = (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
    assert f"<td>&lt;b&gt;&amp;{75 * 'x'}…</td>" in page


@pytest.mark.parametrize(
    ("reason", "words"),
    [
        ("not_a_name", "This is no name."),
        ("no_near_name", "No company or person of this edition bears a name near enough."),
        ("several_near_names", "Several companies or persons bear this name or nearly so."),
        ("own_company", "This is the leader's own company."),
    ],
)
def test_the_reason_of_a_question_is_in_words(reason: str, words: str) -> None:
    assert Question("L001", "idem", 2, reason).reason_in_words.translated("en") == words


@pytest.mark.parametrize(("length", "shown"), [(80, 80 * "x"), (81, 79 * "x" + "…")])
def test_eighty_characters_are_shown_whole(length: int, shown: str) -> None:
    assert Question("L001", length * "x", 2, "not_a_name").shown == shown


def test_whoever_may_be_meant_is_cut_where_shown() -> None:
    endless = Named("L001", 12, 300 * "n", 300 * "c")
    assert endless.on_page("fr") == f"L001 \N{EN DASH} {79 * 'c'}…"
    assert endless.label("en") == f"no 12 \N{EN DASH} {79 * 'n'}… ({79 * 'c'}…)"


def test_a_question_without_candidates_or_of_a_reason_unknown_here_is_still_shown(
    workspace: Workspace, database: Database
) -> None:
    gone = json.dumps([{"leader_id": "L099", "score": 90.0}])
    _, english = pages(
        workspace,
        database,
        with_questions({"candidates": gone, "reason": "tomorrow"}, {"typed": "idem", "candidates": "[]"}),
    )
    assert "2 Sté Machin It is not clear who is meant. \N{EN DASH} L002" in english
    assert "2 idem No company or person of this edition bears a name near enough. \N{EN DASH} Files" in english


def test_twenty_questions_are_shown_and_the_rest_is_folded(workspace: Workspace, database: Database) -> None:
    _, english = pages(workspace, database, with_questions(*({"typed": f"nom {number:02d}"} for number in range(23))))
    page = (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
    folded = [re.findall(r"nom \d\d", part) for part in re.findall(r"(?s)<details>(.*?)</details>", page)]
    assert folded == [["nom 20", "nom 21", "nom 22"], []]
    assert "23 questions" in english


def test_the_tile_and_the_standing_count_the_same_refused_cells(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["raw.file"] += [file("old", EDITION, is_current=False)]
    faults = [("wishes", "lost_digits"), ("wishes", "replaced_by_later_answer"), ("old", "lost_digits"), ("last", "x")]
    base["audit.rejected_row"] = [
        REFUSED | {"file_sha256": sha256, "rule": rule, "value_class": "text"} for sha256, rule in faults
    ]
    _, english = pages(workspace, database, base)
    assert " 1 cells refused " in english
    assert standing(database, workspace.event).rejected_count == 1


def test_the_night_is_told_in_figures(workspace: Workspace, database: Database) -> None:
    change = {"edition_id": EDITION, "night": NIGHT, "field": "", "before": "", "after": ""}
    changes = [
        change | {"leader_id": "L001", "kind": "changed", "field": "email"},
        change | {"leader_id": "L001", "kind": "changed", "field": "phone"},
        change | {"leader_id": "L002", "kind": "withdrawn"},
        change | {"leader_id": "L003", "kind": "withdrawn"},
        change | {"leader_id": "L004", "kind": "registered", "night": NIGHT - timedelta(days=1)},
    ]
    french, english = pages(workspace, database, sound_base() | {"audit.change": changes})
    assert "1 leader changed 2 leaders withdrew 0 to correct" in english
    assert "1 dirigeant modifié 2 dirigeants se sont désistés 0 à corriger" in french


def test_a_night_without_changes_says_so(workspace: Workspace, database: Database) -> None:
    assert "No leader changed this night" in pages(workspace, database, sound_base())[1]


def test_a_vanished_leader_is_named_until_somebody_confirms(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.leader"][1].update(is_vanished=True, given_name="ANNA", family_name="<b>X" + 60 * "x")
    pages(workspace, database, base)
    page = (workspace.out / "quality" / "index.en.html").read_text(encoding="utf-8")
    assert f"<li>L002 <bdi>Anna &lt;b&gt;X{35 * 'x'}…</bdi></li>" in page


def test_forty_vanished_leaders_are_shown_and_the_rest_is_folded(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.leader"] = [leader(number, is_vanished=True) for number in range(1, 44)]
    pages(workspace, database, base)
    page = (workspace.out / "quality" / "index.en.html").read_text(encoding="utf-8")
    folded = [re.findall(r"<li>(L\d+) <bdi>", part) for part in re.findall(r"(?s)<details>(.*?)</details>", page)]
    assert ["L041", "L042", "L043"] in folded


def test_a_merge_says_what_agrees(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.registration"].append(ticket(6, leader_id="L001", status="duplicate"))
    base["raw.row"].append(line("tickets", 7))
    merge = {"edition_id": EDITION, "registration_id": "R006", "leader_id": "L001", "into_registration_id": "R001"}
    base["core.merge"] = [merge | {"rule": "email", "evidence": "email, shoe"}]
    assert "Counts as What agrees L001 R006 R001 e-mail, shoe" in pages(workspace, database, base)[1]


def test_twenty_merges_are_shown_and_a_merge_by_hand_says_so(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["core.merge"] = []
    for number in range(10, 33):
        base["core.registration"].append(ticket(number, leader_id="L001", status="duplicate"))
        base["raw.row"].append(line("tickets", number + 1))
        base["core.merge"].append(
            {
                "edition_id": EDITION,
                "registration_id": f"R{number:03d}",
                "leader_id": "L001",
                "into_registration_id": "R001",
                "rule": "decision",
                "evidence": "",
            }
        )
    _, english = pages(workspace, database, base)
    assert "R029 R001 decided by hand 3 more" in english
    assert "Everything is in order" in english


def test_the_files_say_what_is_doubtful(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["raw.file"][2].update(
        file_name="<b>.xlsx",
        recognition_score=0.62,
        rival_source="survey",
        rival_score=0.58,
        row_count=12,
        hidden_sheets=["Brouillon"],
    )
    columns = [("Mon mail", "close", "email"), *((f"Colonne {number}", "unknown", None) for number in range(14))]
    base["raw.header"] = [
        {
            "file_sha256": "wishes",
            "sheet": "",
            "position": position,
            "title": title,
            "match": match,
            "field": field,
            "score": 0.0,
        }
        for position, (title, match, field) in enumerate(columns)
    ]
    french, english = pages(workspace, database, base)
    assert "Recognised as helloasso-2026 with 62% certainty. Next best: survey, 58%. If that is wrong" in english
    assert "Columns taken for a known one: « Mon mail » → email" in english
    assert "« Colonne 11 » and 2 more" in english
    assert "Hidden sheets, left out: « Brouillon »" in english
    assert "« Colonne 11 » et 2 autres" in french
    assert "&lt;b&gt;.xlsx" in (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")


def test_a_file_that_has_left_the_inbox_is_listed_with_what_counts(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["raw.file"][2].update(file_name="<b>.xlsx")
    gone = [row["file_sha256"] for row in base["raw.file"][1:3]]
    base["raw.file"][1].update(file_name="newest.csv", is_current=False)
    assert "no longer in the inbox" not in pages(workspace, database, base)[1]
    insert(database, "audit.gone_file", [{"file_sha256": sha256} for sha256 in gone])
    french, english = pages(workspace, database, {})
    files = read_night(database, workspace.event, NIGHT).files
    assert [(file.file_name, file.is_current, file.is_gone) for file in files] == [
        ("<b>.xlsx", True, True),
        ("newest.csv", False, True),
        ("last.csv", True, False),
    ]
    assert english.count("no longer in the inbox") == 2
    assert (
        "Its file has left the inbox; what it said goes on counting. If it should not, write in event.toml: "
        '[exports."<b>.xlsx"] is_ignored = true'
    ) in english
    assert "in its place counts an export that was read before it. If that is wrong, put it back." in english
    assert "<b>.xlsx plus dans la boîte de dépôt" in french


def test_a_doubtful_file_without_a_rival_names_none(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["raw.file"][2].update(recognition_score=0.5)
    assert "with 50% certainty. If that is wrong" in pages(workspace, database, base)[1]


def test_a_file_set_aside_has_its_sentence_in_the_language_of_the_page(
    workspace: Workspace, database: Database
) -> None:
    aside = {"file_name": "photo.csv", "sentence_fr": "Une image.", "sentence_en": "A picture.", "set_aside_at": NOW}
    french, english = pages(workspace, database, sound_base() | {"audit.set_aside_file": [aside]})
    assert "photo.csv mis de côté Une image." in french
    assert "photo.csv set aside A picture." in english
    assert "1 file set aside" in english


def test_the_workbook_is_linked_where_there_is_one(workspace: Workspace, database: Database) -> None:
    fill(database, a_base_with_everything())
    verdict = judge_base(database, workspace.event, NOW)
    report = read_report(database, workspace.event, verdict, NIGHT, "rejets du 23.xlsx")
    write_pages(report, workspace.event, workspace.out / "quality")
    page = (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
    assert '<a class="book" href="rejets%20du%2023.xlsx">' in page


def test_the_history_shows_what_failed_in_which_night(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base())
    for day in range(20):
        if day == 18:
            database._connection.execute("update core.leader set email = 'none' where leader_id = 'L003'")
        verdict = judge_base(database, workspace.event, NOW + timedelta(days=day))
    report = read_report(database, workspace.event, verdict, NIGHT + timedelta(days=19))
    assert [gate.code for gate in report.ever_failed] == ["malformed_email"]
    assert [night.state("malformed_email") for night in report.night.nights] == 12 * ["passed"] + 2 * ["stop"]
    assert report.night.nights[0].night == NIGHT + timedelta(days=6)
    assert (report.night.nights[-1].state("no_leader"), report.night.most_failed) == ("passed", 1)
    write_pages(report, workspace.event, workspace.out / "quality")
    assert "Checks that failed 29 30 1 2" in visible(workspace.out / "quality" / "index.en.html")


def test_a_warning_of_a_night_is_a_warning(workspace: Workspace, database: Database) -> None:
    fill(database, sound_base() | {"raw.file": []})
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW), NIGHT)
    assert report.night.nights[0].state("edition_without_export") == "warn"


def test_two_hundred_refused_cells_of_a_file_are_listed(workspace: Workspace, database: Database) -> None:
    refused = [REFUSED | {"row_number": number, "rule": "not_a_siret", "value_class": "text"} for number in range(203)]
    _, english = pages(workspace, database, sound_base() | {"audit.rejected_row": refused})
    assert english.count("Réponses") == 200
    assert "203 refused cells" in english
    assert "and 3 more" in english


def test_the_page_asks_no_outside_host(workspace: Workspace, database: Database) -> None:
    pages(workspace, database, a_base_with_everything())
    page = (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:https?:)?//[\w.-]+", page.partition("<body>")[2]) == []


def test_the_task_writes_the_workbook_where_something_is_asked(workspace: Workspace, artifacts: list[Row]) -> None:
    base = a_base_with_everything()
    base["raw.row"].append(line("wishes", 37, "Réponses"))
    with workspace.opened() as database:
        fill(database, base)
    with standing_at(NOW):
        validate_tasks.judge.fn(workspace.folder)
    assert len(artifacts) == 1
    books = sorted(path.name for path in (workspace.out / "quality").glob("*.xlsx"))
    assert books == ["rejets-2026-11-23.xlsx"]
    assert 'href="rejets-2026-11-23.xlsx"' in (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
