"""The organiser's page in a real browser: it finds people, shows slots and tables, and lets nothing in or out."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeAlias

import pytest
from playwright.sync_api import Browser, Page, Route

from tasks.publish.agendas.afternoon import Afternoon
from tasks.publish.documents.plan_page import plan_page
from tasks.publish.documents.policy import sealed
from tasks.workspace import Workspace
from tests.publish.builders import LONG_NAME

Opened: TypeAlias = Callable[..., Page]


@pytest.fixture(scope="module")
def english(shared_workspace: Workspace, afternoon: Afternoon) -> str:
    return plan_page(shared_workspace.event, afternoon, "en")


@pytest.fixture
def opened(browser: Browser, english: str, tmp_path: Path) -> Iterator[Opened]:
    """Open the page, or another text, at a view."""
    windows: list[Page] = []

    def open_at(view: str = "", html: str = english, *, javascript: bool = True) -> Page:
        (tmp_path / "plan.html").write_text(html, encoding="utf-8")
        window = browser.new_page(java_script_enabled=javascript)
        windows.append(window)
        window.goto((tmp_path / "plan.html").as_uri() + view)
        return window

    yield open_at
    for window in windows:
        window.close()


def cells(page: Page, table: str) -> list[list[str]]:
    """The visible cells of a table."""
    rows = page.locator(f"{table} tr")
    return [rows.nth(row).locator("th, td").all_inner_texts() for row in range(rows.count())]


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("zolkiewski", ["Łukasz Żółkiewski"]),
        ("oeuvre", ["Łukasz Żółkiewski"]),
        ("ŒUVRE metal", ["Łukasz Żółkiewski"]),
        ("oconnor", ["James O'Connor"]),
        ("o\u2019connor james", ["James O'Connor"]),
        ("northbridge", ["James O'Connor"]),
        ("lefevre", ["Paul Lefèvre"]),
        ("marie antoinette", [LONG_NAME]),
        ("marieantoinette", [LONG_NAME]),
        ("8", ["Inès <b>Gras</b>"]),
        ("mo", ["Claire Morel", LONG_NAME]),
        ("orel", []),
        ("petit", []),
    ],
)
def test_the_search_finds_names_companies_and_numbers_without_accents(
    searched: Page, typed: str, names: list[str]
) -> None:
    searched.fill("#search", typed)
    found = searched.locator("#found summary b").all_inner_texts()
    assert found == names
    assert searched.inner_text("#count") == (f"Leaders found: {len(names)}" if names else "Nobody found.")


@pytest.fixture(scope="module")
def searched(browser: Browser, english: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    path = tmp_path_factory.mktemp("searched") / "plan.html"
    path.write_text(english, encoding="utf-8")
    window = browser.new_page()
    window.goto(path.as_uri())
    yield window
    window.close()


def test_one_who_is_found_alone_shows_the_whole_afternoon(opened: Opened) -> None:
    page = opened("#leaders")
    page.fill("#search", "morel claire")
    rows = cells(page, "#found table")
    assert [row[:2] for row in rows] == [
        *(["Time", "Table"], ["14:00", ""], ["14:20", ""], ["14:40", "T12"], ["15:00", "T12"], ["15:20", ""]),
        *(["15:40", "T07"], ["16:00", ""], ["16:20", ""], ["16:40", ""], ["17:00", "T30"], ["17:20", ""]),
        ["17:40", ""],
    ]
    assert [rows[1][2], rows[3][2]] == ["free", "James O'Connor\nNorthbridge Tooling Ltd"]
    links = page.locator("#found .links a")
    assert [links.nth(place).get_attribute("href") for place in (0, 1)] == ["agendas/L001.html", "agendas/L001.pdf"]


def test_what_was_typed_stays_text_in_every_view(opened: Opened) -> None:
    page = opened("#leaders")
    page.fill("#search", "ines")
    assert page.inner_text("#found .name").startswith("Inès <b>Gras</b> Tom & Jerry <script>")
    assert page.locator("b b, #found script").count() == 0


def test_a_slot_shows_its_meetings_the_tables_left_and_who_is_free(opened: Opened) -> None:
    page = opened("#slots")
    page.select_option("#slot", "15:20")
    assert cells(page, "#at-slot table")[1:] == [
        ["T01", "James O'Connor\nNorthbridge Tooling Ltd", "Łukasz Żółkiewski\nŒuvre & Métal"]
    ]
    assert page.locator("#at-slot h3").all_inner_texts() == ["Tables left: 59", "Leaders free then: 5"]
    page.select_option("#slot", "14:00")
    free = page.locator("#at-slot li b").all_inner_texts()
    assert "James O'Connor" not in free  # he said that he cannot be there
    assert len(free) == 6


def test_a_table_shows_who_sits_there_when(opened: Opened) -> None:
    page = opened("#tables")
    page.select_option("#table", "T12")
    rows = cells(page, "#at-table table")
    assert [rows[3][0], rows[3][1].split("\n")[0], rows[3][2].split("\n")[0]] == [
        "14:40",
        "Claire Morel",
        "James O'Connor",
    ]
    assert rows[1] == ["14:00", "free"]
    page.emulate_media(media="print")
    assert page.locator("#at-table .paper:visible").all_inner_texts() == ["Table T12"]


def test_two_leaders_see_when_both_are_free_and_at_which_tables(opened: Opened) -> None:
    page = opened("#together")
    page.fill("#one-search", "oconnor")
    page.fill("#other-search", "zolkiewski")
    assert page.inner_text("#both .box") == "They meet at 15:20, table T01"
    page.fill("#other-search", "lefevre")
    both = page.inner_text("#both .box")
    assert both == "Both are free at: 15:00 · 15:40 · 16:00 · 16:20 · 16:40 · 17:00 · 17:20 · 17:40"
    rows = cells(page, "#both table")
    assert rows[1] == ["14:00", "cannot be there", "free", ""]
    assert rows[3] == ["14:40", "T12 · Claire Morel", "free", ""]
    assert rows[4] == ["15:00", "free", "free", "✓ T01, T02, T03, T04 …"]
    page.fill("#other-search", "oconnor")
    assert page.inner_text("#both .box") == "Choose two different leaders."


def test_a_slot_without_a_table_left_is_not_offered(
    shared_workspace: Workspace, afternoon: Afternoon, opened: Opened
) -> None:
    tables = shared_workspace.event.tables.model_copy(update={"count": 1})
    event = shared_workspace.event.model_copy(update={"tables": tables})
    meetings = tuple(replace(meeting, table_id="T01") for meeting in afternoon.meetings)
    page = opened("#together", plan_page(event, replace(afternoon, meetings=meetings), "en"))
    page.fill("#one-search", "gras")
    page.fill("#other-search", "lefevre")
    assert page.inner_text("#both .box") == "Both are free at: 14:00 · 14:20 · 16:20 · 16:40 · 17:20 · 17:40"


def test_the_keyboard_is_enough(opened: Opened) -> None:
    page = opened()
    page.keyboard.press("/")
    page.keyboard.type("transport")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is False  # the only one found stood open
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.parentElement.open") is True
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.id") == "search"


def test_without_javascript_everything_can_be_read(opened: Opened) -> None:
    page = opened(javascript=False)
    assert page.locator("nav a:visible").all_inner_texts() == ["Summary", "The whole plan"]
    rows = cells(page, "#plan")
    assert rows[1][:4] == ["1", "Claire Morel", "Ateliers Morel", ""]
    assert rows[1][5:7] == ["T12 2", "T12 3"]
    assert rows[2][3:6] == ["—", "—", "T12 1"]
    assert len(rows) == 8
    assert page.locator("#leaders, #slots, #tables, #together").locator("visible=true").count() == 0


def test_paper_shows_the_view_and_no_controls(opened: Opened) -> None:
    page = opened("#leaders")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print")
    assert page.locator("nav:visible, #count:visible").count() == 0
    assert page.locator("#found table:visible").count() == 7


def test_no_other_script_or_style_runs_and_no_request_leaves(opened: Opened, english: str) -> None:
    intruders = (
        '<script>document.title = "taken"</script><p id="marked" style="color: rgb(1, 2, 3)">x</p>'
        '<img src="https://evil.example/i.png" onerror="document.title = \'taken\'">'
        '<form id="away" action="https://evil.example/"></form><link rel="stylesheet" href="https://evil.example/s.css">'
    )
    page = opened("#leaders", english.replace("</main>", f"{intruders}</main>"))
    left: list[str] = []

    def stop(route: Route) -> None:
        left.append(route.request.url)
        route.abort()

    page.route(lambda url: not url.startswith(("file:", "data:")), stop)
    refused: list[str] = []
    page.on("console", lambda line: refused.append(line.text))
    page.reload()
    assert page.title() == "Plan 19-v1 · Rencontres affaires de l'Artois et du Douaisis"
    assert page.evaluate("getComputedStyle(document.getElementById('marked')).color") != "rgb(1, 2, 3)"
    page.fill("#search", "morel")  # its own script does run
    assert page.locator("#found summary").count() == 1
    page.evaluate("document.getElementById('away').submit()")
    assert left == []
    assert len([text for text in refused if "Content Security Policy" in text]) >= 4


def test_a_table_s_name_cannot_end_the_data(afternoon: Afternoon, shared_workspace: Workspace, opened: Opened) -> None:
    name = "</script><script>document.title='taken'</script>"
    meetings = tuple(replace(meeting, table_id=name) for meeting in afternoon.meetings)
    page = opened("#leaders", plan_page(shared_workspace.event, replace(afternoon, meetings=meetings), "en"))
    page.fill("#search", "benali")
    assert cells(page, "#found table")[10][1] == name
    assert page.title().startswith("Plan 19-v1")


def test_whoever_withdrew_but_still_stands_in_the_plan_is_shown_without_an_agenda(
    afternoon: Afternoon, shared_workspace: Workspace
) -> None:
    people = afternoon.people | {"L002": replace(afternoon.people["L002"], is_registered=False)}
    html = plan_page(shared_workspace.event, replace(afternoon, people=people), "en")
    assert '<th scope="row">James O&#39;Connor<td>' in html
    assert "agendas/L002.html" not in html
    assert "Hugo Petit" not in html


def test_a_page_without_scripts_allows_none() -> None:
    assert sealed("<meta content=\"script-src 'script-hashes'; style-src 'style-hashes'\"><style>p {}</style>") == (
        "<meta content=\"script-src 'none'; style-src 'sha256-SNJDlN1Iy2mnt7DOjQIyDb2LQE6O5PQiSZomcdzawQ4='\">"
        "<style>p {}</style>"
    )


def test_nobody_s_address_or_telephone_is_on_the_page(english: str) -> None:
    assert "Ateliers Morel" in english
    assert [leak for leak in ("secret.example", "06 99", "0699") if leak in english] == []
