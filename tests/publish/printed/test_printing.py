from collections.abc import Callable
from concurrent.futures import Executor, Future
from contextlib import nullcontext
from pathlib import Path

import pymupdf
import pytest

from tasks.errors import ConfigurationError
from tasks.event_file import load_event
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.documents import rendering
from tasks.publish.documents.printed.piece import LaidOut, Merged
from tasks.publish.documents.printed.printing import plan_printed, write_printed
from tasks.publish.documents.publishing import publish
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, add_plan, eight_leaders, first_plan

ALL = [
    "agendas.pdf",
    "badges.pdf",
    "exhibitors.en.pdf",
    "exhibitors.pdf",
    "poster-a1.pdf",
    "poster-a3.pdf",
    "table-cards.pdf",
    "welcome-desk.pdf",
]
CONTENTS = {leader_id: f"content of {leader_id}" for leader_id in eight_leaders()}


def folder_of(workspace: Workspace, version_id: str = "19-v1") -> Path:
    return workspace.version_folder(version_id) / "print"


def write_agendas(workspace: Workspace, version_id: str = "19-v1") -> None:
    """Sheets that say whose they are, in the place of laid out ones."""
    folder = workspace.version_folder(version_id) / "agendas"
    folder.mkdir(parents=True)
    for leader_id in CONTENTS:
        with pymupdf.open() as document:
            document.new_page().insert_text((72, 72), leader_id)
            document.save(folder / f"{leader_id}.pdf")


def printed(workspace: Workspace, version_id: str = "19-v1", contents: dict[str, str] = CONTENTS) -> int:
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, version_id, workspace.event.zone)
    printing = plan_printed(workspace, afternoon, contents)
    with rendering.processes() as pool:
        write_printed(workspace, version_id, printing, pool)
    return len(printing.fresh)


class StandIns(Executor):
    """Writes the hash of a piece in its place, and keeps the names."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def submit(self, work: Callable[..., object], /, *values: object, **_named: object) -> Future[object]:
        piece, folder = work.__self__, values[0]
        assert isinstance(piece, LaidOut | Merged)
        assert isinstance(folder, Path)
        folder.mkdir(parents=True, exist_ok=True)
        (folder / piece.file_name).write_bytes(piece.sha256.encode())
        self.names.append(piece.file_name)
        done: Future[object] = Future()
        done.set_result(None)
        return done


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Pieces without a layout, for tests about what is made and what is kept; the names of what was made."""
    pool = StandIns()
    monkeypatch.setattr(rendering, "processes", lambda: nullcontext(pool))
    return pool.names


def test_all_pieces_are_made_in_processes_and_the_same_again(planned: Workspace) -> None:
    write_agendas(planned)
    assert printed(planned) == 8
    first = {path.name: path.read_bytes() for path in folder_of(planned).iterdir()}
    assert sorted(first) == ALL
    with pymupdf.open(stream=first["agendas.pdf"]) as document:
        assert [page.get_text().strip() for page in document] == [
            "L008",
            "L006",
            "L004",
            "L005",
            "L001",
            "L002",
            "L003",
        ]
    secrets = ("secret.example", "06 99 88 77")
    for content in first.values():
        with pymupdf.open(stream=content) as document:
            text = " ".join(page.get_text() for page in document)
            assert [secret for secret in secrets if secret in text] == []
    for name in ("agendas.pdf", "badges.pdf", "poster-a3.pdf", "table-cards.pdf"):
        (folder_of(planned) / name).unlink()
    assert printed(planned) == 4
    assert {path.name: path.read_bytes() for path in folder_of(planned).iterdir()} == first


def test_what_lies_there_is_not_made_again(planned: Workspace, made: list[str]) -> None:
    assert printed(planned) == 8
    made.clear()
    assert printed(planned) == 0
    assert made == []
    (folder_of(planned) / "badges.pdf").unlink()
    assert printed(planned) == 1
    assert made == ["badges.pdf"]


def test_a_new_agenda_makes_only_the_file_of_agendas_anew(planned: Workspace, made: list[str]) -> None:
    printed(planned)
    made.clear()
    printed(planned, contents={**CONTENTS, "L001": "other"})
    assert made == ["agendas.pdf"]


def test_another_version_takes_over_what_is_the_same(planned: Workspace, made: list[str]) -> None:
    printed(planned)
    made.clear()
    plan = first_plan()
    add_plan(planned, eight_leaders(), Plan(number=2, meetings=plan.meetings[1:], unmet=plan.unmet))
    assert printed(planned, "19-v2") == 4
    assert sorted(made) == ["poster-a1.pdf", "poster-a3.pdf", "table-cards.pdf", "welcome-desk.pdf"]
    for name in ("agendas.pdf", "badges.pdf", "exhibitors.pdf", "exhibitors.en.pdf"):
        assert (folder_of(planned, "19-v2") / name).read_bytes() == (folder_of(planned) / name).read_bytes()


def test_a_piece_that_was_deleted_elsewhere_is_made_here(planned: Workspace, made: list[str]) -> None:
    printed(planned)
    (folder_of(planned) / "badges.pdf").unlink()
    made.clear()
    add_plan(planned, eight_leaders(), Plan(number=2))
    printed(planned, "19-v2")
    assert "badges.pdf" in made


@pytest.mark.usefixtures("made")
def test_a_plan_without_meetings_has_no_table_cards_and_what_is_no_piece_goes(planned: Workspace) -> None:
    folder_of(planned).mkdir(parents=True)
    (folder_of(planned) / "old.pdf").touch()
    add_plan(planned, eight_leaders(), Plan(number=2))
    printed(planned)
    printed(planned, "19-v2")
    assert sorted(path.name for path in folder_of(planned).iterdir()) == ALL
    assert sorted(path.name for path in folder_of(planned, "19-v2").iterdir()) == [
        n for n in ALL if n != "table-cards.pdf"
    ]


def test_nobody_and_no_space_means_nothing_to_print(workspace: Workspace, made: list[str]) -> None:
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8")
    spaces = text[text.index("# Les quatre espaces") : text.index("# Le programme autour")]
    path.write_text(text.replace(spaces, ""), encoding="utf-8")
    add_plan(workspace, {}, Plan())
    assert printed(workspace, contents={}) == 0
    assert made == []


def test_the_bleed_is_part_of_the_file_of_agendas() -> None:
    sheets = [(Path("L001.pdf"), "content")]
    assert Merged("agendas.pdf", sheets, 0).sha256 != Merged("agendas.pdf", sheets, 3).sha256
    assert Merged("agendas.pdf", sheets, 3).sha256 == Merged("agendas.pdf", list(sheets), 3).sha256


def test_the_bleed_is_for_what_goes_to_the_printer_with_colour_to_its_edge(planned: Workspace) -> None:
    path = planned.folder / "event.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("bleed_mm = 0 ", "bleed_mm = 3 "), encoding="utf-8")
    bled = Workspace(planned.folder)
    write_agendas(bled)
    printed(bled)
    found = {}
    for file in folder_of(bled).glob("*.pdf"):
        with pymupdf.open(file) as document:
            found[file.name] = [round(side * 25.4 / 72) for side in document[0].mediabox[2:]]
    assert found["poster-a3.pdf"] == [297 + 18, 420 + 18]
    assert found["poster-a1.pdf"] == [594 + 18, 841 + 18]
    assert found["badges.pdf"] == found["table-cards.pdf"] == [210, 297]  # cut or folded inside the sheet


def test_a_poster_with_a_bleed_is_another_poster() -> None:
    assert LaidOut("a.pdf", ("<p>",), bleed_mm=3).sha256 != LaidOut("a.pdf", ("<p>",)).sha256


def test_a_piece_makes_its_file_and_a_tent_its_two_faces(tmp_path: Path) -> None:
    html = "<html lang=fr><title>x</title><style>@page { size: 210mm 148.5mm }</style><p>Face"
    LaidOut("flat.pdf", (html,)).make(tmp_path)
    LaidOut("tent.pdf", (html, html), "tent").make(tmp_path)
    Merged("both.pdf", [(tmp_path / "flat.pdf", "1"), (tmp_path / "tent.pdf", "2")], 0).make(tmp_path)
    with pymupdf.open(tmp_path / "both.pdf") as document:
        assert [page.get_text().split() for page in document] == [["Face"], ["Face", "Face"], ["Face", "Face"]]


def test_a_tent_differs_from_the_page_it_is_made_of() -> None:
    assert LaidOut("a.pdf", ("<p>",), "tent").sha256 != LaidOut("a.pdf", ("<p>",)).sha256


@pytest.mark.parametrize(
    ("written", "is_allowed"), [("0", True), ("3", True), ("2.5", True), ("5", True), ("5.1", False), ("-1", False)]
)
def test_a_bleed_is_none_or_up_to_five_millimetres(workspace: Workspace, written: str, is_allowed: bool) -> None:  # noqa: FBT001 -- a case's answer
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8")
    assert "bleed_mm = 0 " in text
    path.write_text(text.replace("bleed_mm = 0 ", f"bleed_mm = {written} "), encoding="utf-8")
    if is_allowed:
        assert load_event(workspace.folder).print.bleed_mm == float(written)
    else:
        with pytest.raises(ConfigurationError, match=r"print\.bleed_mm"):
            load_event(workspace.folder)


@pytest.mark.usefixtures("quick_sheets")
def test_whoever_publishes_prints_with_the_content_of_every_agenda(
    planned: Workspace, printed_contents: list[dict[str, str]]
) -> None:
    publish(planned, "19-v1")
    with planned.opened() as db:
        stored = {str(row["leader_id"]): row["content_sha256"] for row in db.table("outbox/document").to_dicts()}
    assert printed_contents == [stored]
    assert len(stored) == 7
