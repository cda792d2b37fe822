"""The whole way on a small event of 24 leaders, by the jobs themselves."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from docs import gallery
from flows.cli import run
from flows.demo import demo
from tasks import clock
from tasks.messages import Language
from tasks.publish.standing import Standing, standing
from tasks.settings import DemoSettings
from tasks.workspace import Workspace

AFTERWARDS = datetime(2027, 3, 13, 2, 30, tzinfo=UTC)  # an hour after the last ingestion of the demo: the same night


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    folder = tmp_path_factory.mktemp("played") / "event"
    demo(DemoSettings(workspace=folder, seed=gallery.SEED, leader_count=gallery.LEADER_COUNT))
    return Workspace(folder)


@pytest.fixture(autouse=True)
def later(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("LANGUAGE", "en")
    with clock.standing_at(AFTERWARDS):
        yield


def now_standing(workspace: Workspace) -> Standing:
    with workspace.opened() as database:
        return standing(database, workspace.event)


def fingerprint(workspace: Workspace) -> dict[str, str]:
    """Every table and every file as a hash."""
    import duckdb  # noqa: PLC0415 -- the test reads the database past the store on purpose

    prints = {
        str(path.relative_to(workspace.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(workspace.folder.rglob("*"))
        if path.is_file() and path != workspace.database
    }
    with duckdb.connect(str(workspace.database), read_only=True) as connection:
        tables = connection.execute(
            "select table_schema || '.' || table_name from information_schema.tables "
            "where table_type = 'BASE TABLE' order by all"
        ).fetchall()
        for (table,) in tables:
            rows = connection.execute(f"select t::text from {table} as t order by 1").fetchall()  # noqa: S608 -- names from the catalogue
            prints[table] = hashlib.sha256(repr(rows).encode()).hexdigest()
    return prints


def test_everything_asked_for_is_there(played: Workspace) -> None:
    found = now_standing(played)
    truth = json.loads((played.folder / "truth" / "shares.json").read_text(encoding="utf-8"))
    assert found.leaders_count == 24
    assert found.is_base_sound is True
    assert found.plan_status == "optimal"
    assert found.value == found.value_bound
    assert found.shortfall == found.shortfall_bound
    assert found.approved_version_id == found.version_id == "19-v1"
    assert found.waiting_count == found.stuck_count == 0
    assert found.sent_count > 0
    assert found.repeat_share_low is not None
    assert found.repeat_share_high is not None
    assert truth


def test_the_start_page_leads_only_to_files_that_exist(played: Workspace) -> None:
    import re  # noqa: PLC0415 -- only here

    page = (played.out / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'href="([^"#]+)"', page)
    assert [link for link in links if not (played.out / link).is_file()] == []
    assert {"quality/index.html", "19-v1/plan.html", "mails/index.html", "report/report.fr.html"} <= set(links)


@pytest.mark.parametrize("width", [360, 1200])
def test_every_page_fits_its_window_and_fetches_nothing(played: Workspace, browser: Browser, width: int) -> None:
    pages = [*played.out.glob("*.html"), *played.out.glob("*/*.html"), played.out / "19-v1" / "agendas" / "L001.html"]
    seen: list[str] = []
    window = browser.new_page(viewport={"width": width, "height": 900})
    window.on("console", lambda line: seen.append(line.text))
    window.on(
        "request", lambda request: seen.extend([] if request.url.startswith(("file:", "data:")) else [request.url])
    )
    too_wide = []
    for page in pages:
        window.goto(page.as_uri())
        if window.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
            too_wide.append(str(page.relative_to(played.out)))
    window.close()
    assert len(pages) > 8
    assert (seen, too_wide) == ([], [])


PLAN_VIEWS = ("summary", "leaders", "slots", "tables", "together", "everything")


def view(page: str) -> Callable[[Page], None]:
    """What is typed before a view of the plan page is looked at."""

    def prepare(window: Page) -> None:
        if page.endswith("#leaders"):
            window.fill("#search", "a")
            window.locator("#found summary").first.click()
        if page.endswith("#together"):
            window.fill("#one-search", "1")
            window.fill("#other-search", "2")

    return prepare


# Words make the faults of a language, room those of a width: axe takes a second a page, so each goes with one other.
@pytest.mark.parametrize(("language", "width"), [("fr", 360), ("en", 1280)])
def test_axe_finds_no_fault_on_any_page(played: Workspace, browser: Browser, language: Language, width: int) -> None:
    suffix = "" if language == "fr" else ".en"
    plan = [f"19-v1/plan{suffix}.html#{name}" for name in PLAN_VIEWS]
    digests = sorted(path.name for path in (played.out / "digest").glob(f"????-??-??{suffix}.html"))
    speaking = next(
        page.name
        for page in sorted((played.out / "19-v1" / "agendas").glob("*.html"))
        if f'lang="{language}"' in page.read_text(encoding="utf-8")[:200]
    )
    rest = [f"index{suffix}.html", f"quality/index{suffix}.html", f"report/report.{language}.html", "mails/index.html"]
    pages = [*plan, *rest, *(f"digest/{name}" for name in digests), f"19-v1/agendas/{speaking}"]
    window = browser.new_page(viewport={"width": width, "height": 900})
    found = []
    for page in pages:
        path, _, hash_ = page.partition("#")
        window.goto("about:blank")
        window.goto((played.out / path).as_uri() + (f"#{hash_}" if hash_ else ""))
        view(page)(window)
        found += [
            (page, fault["id"], fault["nodes"][0]["html"][:200]) for fault in Axe().run(window).response["violations"]
        ]
    window.close()
    assert len(digests) >= 1
    assert found == []


def test_the_pictures_of_the_gallery_show_what_the_demo_makes_today(played: Workspace) -> None:
    recorded = json.loads(gallery.SHOWN.read_text(encoding="utf-8"))
    assert recorded == gallery.shown(played.out), "call: make gallery"


def test_the_pictures_are_few_and_small_and_hang_on_the_start_page(played: Workspace) -> None:
    pictures = sorted(gallery.FOLDER.glob("*.webp"))
    assert [picture.stem for picture in pictures] == sorted(gallery.SHOTS)
    assert len(pictures) <= 6
    assert [picture.name for picture in pictures if picture.stat().st_size > gallery.MOST_BYTES] == []
    page = (played.out / "index.html").read_text(encoding="utf-8")
    assert [picture.name for picture in pictures if f'src="pictures/{picture.name}"' not in page] == []


def test_every_registered_leader_has_three_documents(played: Workspace) -> None:
    names = sorted(path.name for path in (played.out / "19-v1" / "agendas").iterdir())
    assert names == sorted(f"L{number:03d}.{kind}" for number in range(1, 25) for kind in ("html", "pdf", "ics"))


def test_every_mail_arrived_once(played: Workspace) -> None:
    arrived = [message_from_bytes(path.read_bytes()) for path in (played.out / "mails").glob("*.eml")]
    assert len({mail["Message-ID"] for mail in arrived}) == len(arrived) == now_standing(played).sent_count


@pytest.mark.parametrize(
    "command",
    [["ingest"], ["schedule"], ["send", "--really"], ["report"]],
    ids=lambda command: command[0],
)
def test_the_second_run_of_a_job_changes_nothing(played: Workspace, command: list[str]) -> None:
    before = fingerprint(played)
    assert run([*command, "--workspace", str(played.folder)]) == 0
    assert fingerprint(played) == before


def test_an_absence_changes_only_the_agendas_concerned(played: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["same-day", "--absent", "L001", "--workspace", str(played.folder), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["version"] == "19-v2"
    assert run(["diff", "19-v1", "19-v2", "--workspace", str(played.folder), "--json"]) == 0
    changes = json.loads(capsys.readouterr().out)["changes"]
    assert changes
    assert run(["plans", "--workspace", str(played.folder), "--json"]) == 0
    assert [row["version_id"] for row in json.loads(capsys.readouterr().out)["versions"]] == ["19-v2", "19-v1"]
