"""The report as files: two languages, a page and a PDF each, the same bytes each time."""

import html
import re
from collections.abc import Mapping
from pathlib import Path

import pymupdf
import pytest

from tasks.errors import DataError
from tasks.pages import render
from tasks.report import tasks as report_tasks
from tasks.report.figures import KeyFigures, compute, read_figures
from tasks.report.illustrations import draw_charts, read_chart_data
from tasks.report.page import write_report
from tasks.report.published import compare
from tasks.report.summary import markdown
from tasks.store import Database
from tasks.workspace import Workspace
from tests.conftest import EVENT
from tests.report.builders import E19, World, fill, meeting, registered_world, small_world
from tests.report.conftest import Measure


@pytest.fixture(scope="module")
def small_report(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """The report of the small world, written once for all tests that only read it."""
    folder = tmp_path_factory.mktemp("event")
    (folder / "event.toml").write_text(render("workspace/event.toml.j2", "fr", **EVENT), encoding="utf-8")
    workspace = Workspace(folder)
    with workspace.opened() as database:
        fill(database, small_world())
        compute(database, workspace.event)
        return written(workspace, database, read_figures(database))


def written(workspace: Workspace, database: Database, figures: KeyFigures) -> list[Path]:
    data = read_chart_data(database, workspace.event.id)
    return write_report(figures, data, workspace.event, workspace.out / "report")


def visible(path: Path) -> str:
    body = path.read_text(encoding="utf-8").partition("<body>")[2]
    without_drawings = re.sub(r"<svg.*?</svg>", " ", body, flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", without_drawings)))


def headings(path: Path, level: int) -> list[str]:
    found = re.findall(rf"<h{level}>(.*?)</h{level}>", path.read_text(encoding="utf-8"))
    return [re.sub(r"\s+", " ", html.unescape(text)) for text in found]


def test_the_report_of_the_small_world_tells_its_findings(small_report: list[Path]) -> None:
    paths = small_report
    assert [path.name for path in paths] == ["report.fr.html", "report.en.html", "report.fr.pdf", "report.en.pdf"]
    assert headings(paths[1], 3) == [
        "0 of 5 leaders (0.0%) had 4 to 10 meetings",
        "50% of the first wishes took place",
        "At 14:00 the room is fullest, with 1 of 60 tables taken",
        "33% of the answers see a cooperation ahead (2 of 6)",
        "40.0% to 60.0% of the leaders of edition 19 had come before",
        "6 registrations 4 weeks before, against 4 last year",
    ]
    assert headings(paths[0], 2) == [
        "Ce qu\N{RIGHT SINGLE QUOTATION MARK}il en est ressorti",
        "Ce qui a été publié, ce que nous mesurons",
        "En images",
        "3 éditions côte à côte",
        "Définitions",
    ]


def test_every_rate_stands_with_what_it_rests_on(small_report: list[Path]) -> None:
    english = visible(small_report[1])
    assert "Meetings kept not measured not measured 60.0% 3 out of 5, interval at 95%: 23.1% to 88.2%" in english


def test_an_edition_without_recorded_presence_says_so(small_report: list[Path]) -> None:
    english = visible(small_report[1])
    assert re.findall(r"Nobody noted who was present at edition (\d+)", english) == ["17"]


def test_before_the_event_the_report_says_what_is_not_measured(
    workspace: Workspace, database: Database, measure: Measure
) -> None:
    paths = written(workspace, database, measure(registered_world()))
    french = visible(paths[0])
    assert "Non mesuré pour cette édition : dirigeants présents, taux de présence, rendez-vous planifiés," in french
    assert headings(paths[1], 3) == [
        "0.0% of the leaders of edition 19 had come before",
        "6 registrations 4 weeks before, against 4 last year",
    ]


def test_with_no_registration_at_all_there_is_still_a_report(
    workspace: Workspace, database: Database, measure: Measure
) -> None:
    world: World = {"core.edition": registered_world()["core.edition"]}
    paths = written(workspace, database, measure(world))
    assert headings(paths[0], 3) == []
    assert [path.exists() for path in paths] == [True] * 4


def test_a_page_fetches_nothing(small_report: list[Path]) -> None:
    text = small_report[0].read_text(encoding="utf-8")
    addresses = set(re.findall(r'(?:href|src)="([^"]+)"|url\(([^)]{1,40})', text))
    outside = [address for pair in addresses for address in pair if address.startswith(("http", "//", '"http'))]
    assert outside == []


def test_no_name_reaches_the_report(small_report: list[Path]) -> None:
    page = visible(small_report[1])
    assert [word for word in ("Name1", "Given1", "L001", "C001") if word in page] == []


def test_the_pdf_is_a4_and_its_pages_are_numbered(small_report: list[Path]) -> None:
    french = small_report[2]
    with pymupdf.open(french) as document:
        assert {(round(page.rect.width), round(page.rect.height)) for page in document} == {(595, 842)}
        numbers = [f"{number} / {document.page_count}" for number in range(1, document.page_count + 1)]
        assert [number for number, page in zip(numbers, document, strict=True) if number in page.get_text()] == numbers


def test_the_same_database_gives_the_same_bytes(
    small_report: list[Path], workspace: Workspace, database: Database, measure: Measure
) -> None:
    again = written(workspace, database, measure(small_world()))
    assert [path.read_bytes() for path in again] == [path.read_bytes() for path in small_report]


def test_a_plan_without_outcomes_is_drawn_as_far_as_it_goes(
    workspace: Workspace, database: Database, measure: Measure
) -> None:
    world = {table: rows for table, rows in small_world().items() if not table.startswith("day.")}
    figures = measure(world | {"core.identity_link": [], "core.edition": world["core.edition"][2:]})
    charts = draw_charts(read_chart_data(database, E19), figures, workspace.event, "en")
    assert [chart.title for chart in charts] == [
        "67% of the first wishes are planned",
        "At 14:00 the room is fullest, with 1 of 60 tables taken",
        "6 leaders are registered",
    ]


def test_published_figures_stand_beside_ours(workspace: Workspace, measure: Measure) -> None:
    rows = compare(workspace.event, measure(small_world()), "en")
    assert [(str(row.label), row.published, row.measured, row.basis) for row in rows] == [
        ("Leaders", "180", "6", "5 present"),
        ("Meetings per leader", "4 to 10", "0 to 3", "0.0% of the leaders within the range"),
        ("Satisfaction", "94%", "66.7%", "2 out of 3, 2 unknown, interval at 95%: 20.8% to 93.9%"),
        ("Repeat share", "62%", "40.0% to 60.0%", "2 out of 5, 1 probable"),
        ("Repeat share, edition before", "40%", "33.3%", "1 out of 3"),
        ("Price", "€36.00", "€36.00", "VAT included"),
    ]


def test_published_figures_without_ours_say_so(workspace: Workspace, measure: Measure) -> None:
    only_now = {table: rows[2:] if table == "core.edition" else [] for table, rows in registered_world().items()}
    rows = compare(workspace.event, measure(only_now), "en")
    assert [(row.measured, row.is_measured) for row in rows] == [("not measured", False)] * 5 + [("€36.00", True)]


def test_nothing_published_nothing_compared(workspace: Workspace, measure: Measure) -> None:
    empty = type(workspace.event.published)()
    event = workspace.event.model_copy(update={"published": empty})
    assert compare(event, measure(small_world()), "en") == ()


def test_the_artifact_lists_the_headline_figures(measure: Measure) -> None:
    assert markdown(measure(small_world()), "en").splitlines() == [
        "| Figure | Value | Basis |",
        "| --- | --- | --- |",
        "| Leaders registered | 6 |  |",
        "| Leaders present | 5 |  |",
        "| Meetings held | 5 |  |",
        "| Meetings per leader, mean | 2.0 | 10 out of 5 |",
        "| Satisfaction | 66.7% | 2 out of 3, 2 unknown, interval at 95%: 20.8% to 93.9% |",
        "| Repeat share | 40.0% to 60.0% | 2 out of 5, 1 probable |",
    ]


@pytest.fixture
def artifacts(monkeypatch: pytest.MonkeyPatch) -> list[Mapping[str, str]]:
    """Catch what would go to the Prefect server."""
    caught: list[Mapping[str, str]] = []
    monkeypatch.setattr(
        report_tasks, "create_markdown_artifact", lambda text, key: caught.append({"key": key, "content": text})
    )
    monkeypatch.setattr(
        report_tasks,
        "create_link_artifact",
        lambda link, link_text, key: caught.append({"key": key, "content": f"{link_text} {link}"}),
    )
    monkeypatch.setenv("LANGUAGE", "en")
    return caught


def test_the_tasks_compute_and_render(workspace: Workspace, artifacts: list[Mapping[str, str]]) -> None:
    world = small_world()
    with workspace.opened() as database:
        fill(database, world | {"plan.meeting": [*world["plan.meeting"], meeting("19-v3", "L003", "L005", 7)]})
    figures = report_tasks.compute_figures.fn(workspace.folder)
    paths = report_tasks.render_report.fn(workspace.folder)
    assert figures.by_code[E19, "held"].value == 5.0
    assert [path.relative_to(workspace.folder).as_posix() for path in paths] == [
        "out/report/report.fr.html",
        "out/report/report.en.html",
        "out/report/report.fr.pdf",
        "out/report/report.en.pdf",
    ]
    assert [artifact["key"] for artifact in artifacts] == ["key-figures", "report"]
    assert artifacts[1]["content"] == f"report.fr.html {paths[0].as_uri()}"


@pytest.mark.usefixtures("artifacts")
@pytest.mark.parametrize("task", [report_tasks.compute_figures, report_tasks.render_report])
def test_a_report_of_nothing_at_all_says_what_to_do(task: object, workspace: Workspace) -> None:
    with pytest.raises(DataError, match="nothing is known of this edition yet"):
        task.fn(workspace.folder)  # type: ignore[attr-defined]
