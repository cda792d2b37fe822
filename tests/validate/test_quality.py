"""The quality report as an organiser reads it."""

import html
import json
import re
from pathlib import Path

import pytest

from tasks.errors import GateStopped
from tasks.store import Database
from tasks.validate import tasks as validate_tasks
from tasks.validate.quality import markdown, read_report, write_pages
from tasks.validate.questions import Question
from tasks.validate.refusals import RefusedRow
from tasks.validate.verdict import judge_base
from tasks.workspace import Workspace
from tests.rows import insert
from tests.validate.conftest import EDITION, NOW, Row, file, fill, leader, request, sound_base

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
    report = read_report(database, workspace.event, verdict)
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
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW.replace(hour=5)))
    assert [(run.checked_at.hour, run.is_passed, run.stopped_count) for run in report.runs] == [
        (6, False, 1),
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
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW.replace(hour=9)))
    write_pages(report, workspace.event, path.parent)
    assert path.read_bytes() == first


def test_the_artifact_lists_what_did_not_pass(workspace: Workspace, database: Database) -> None:
    fill(database, a_base_with_everything())
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW))
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
    report = read_report(database, workspace.event, judge_base(database, workspace.event, NOW))
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
        "Correct the cell in the export and drop the file into the inbox again.",
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
        "L005 \N{EN DASH} Société 5 L004 \N{EN DASH} Société 4 Checks passed"
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
    assert "2 idem No company or person of this edition bears a name near enough. \N{EN DASH} Checks" in english


def test_twenty_questions_are_shown_and_the_rest_is_folded(workspace: Workspace, database: Database) -> None:
    _, english = pages(workspace, database, with_questions(*({"typed": f"nom {number:02d}"} for number in range(23))))
    page = (workspace.out / "quality" / "index.html").read_text(encoding="utf-8")
    folded = [re.findall(r"nom \d\d", part) for part in re.findall(r"(?s)<details>(.*?)</details>", page)]
    assert folded == [["nom 20", "nom 21", "nom 22"]]
    assert "23 questions" in english


def test_the_tile_and_the_standing_count_the_same_refused_cells(workspace: Workspace, database: Database) -> None:
    base = sound_base()
    base["raw.file"] += [file("old", EDITION, is_current=False)]
    faults = [("wishes", "lost_digits"), ("wishes", "replaced_by_later_answer"), ("old", "lost_digits"), ("last", "x")]
    base["audit.rejected_row"] = [
        REFUSED | {"file_sha256": sha256, "rule": rule, "value_class": "text"} for sha256, rule in faults
    ]
    _, english = pages(workspace, database, base)
    (standing,) = database.rows("core/select_standing", edition_id=EDITION, minimum=4)
    assert " 1 cells refused " in english
    assert standing["rejected_count"] == 1
