"""What people hold in their hands, read back: text, codes, pictures, in the ordinary case and in the extremes."""

import base64
import io
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import pymupdf
import pytest
import zxingcpp
from PIL import Image
from playwright.sync_api import Browser

from tasks.design import HOUSE, Design
from tasks.fonts import embedded_font
from tasks.overrides import OverrideBroken, read_overrides
from tasks.pages import render
from tasks.publish.agendas.afternoon import read_afternoon
from tasks.publish.agendas.agenda import Agenda, Room, Seat, token
from tasks.publish.agendas.compose import agendas
from tasks.publish.documents.agenda_page import page, sheet
from tasks.publish.documents.pictures import room_picture
from tasks.publish.documents.publishing import agenda_folder, publish
from tasks.workspace import Workspace
from tests.conftest import EVENT
from tests.publish.builders import EDITION, Plan, Someone, add_leaders, add_plan
from tests.test_workspace import put

NAME_OF_120 = (
    "Marie-Antoinette-Élisabeth " + "de La Rochefoucauld-Montmorency " * 2 + "d\u2019Arenberg-Châtillon-Saint-Am"
)
MANY = ("Mécanique de précision et usinage", "Tôlerie, chaudronnerie, serrurerie", "Automatismes et robotique")


def everybody() -> tuple[dict[str, Someone], Plan]:
    """The extremes side by side: see the names."""
    leaders = {
        "L001": Someone(*NAME_OF_120.split(" ", 1), company="Z", sells=MANY, seeks=MANY),
        "L002": Someone("محمد", "الأمين", "شركة النور للصناعات", "مدير"),
        "L003": Someone("伟", "王", "北京机械有限公司", "总经理"),
        "L004": Someone("Nul", "Rendez-vous", "Personne", None),
        "L005": Someone("Exclu", "Partout", "Exclusions", "Gérant", "en"),
        "L006": Someone("{{ 7 * 7 }}", "<script>alert(1)</script>", "<img src=x>&amp;", "=1+1"),
    }
    for number in range(7, 19):
        name = f"Vandenbroucke-Delacroix {number}"
        leaders[f"L{number:03d}"] = Someone("Jean-Christophe", name, f"Établissements {number}", sells=MANY, seeks=MANY)
    twelve = [("L001", f"L{number:03d}", number - 7, f"T{number:02d}", number - 6, None) for number in range(7, 19)]
    return leaders, Plan(
        meetings=[*twelve, ("L002", "L003", 3, "T31", 1, 1), ("L002", "L006", 5, "T60", None, 1)],
        unmet=[("L005", "L001", "excluded", 1), ("L005", "L002", "excluded", 2)],
    )


@pytest.fixture(scope="module")
def extremes(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Agenda]:
    folder = tmp_path_factory.mktemp("extremes")
    (folder / "event.toml").write_text(render("workspace/event.toml.j2", "fr", **EVENT), encoding="utf-8")
    workspace = Workspace(folder)
    leaders, plan = everybody()
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, plan)
    with workspace.opened() as db:
        afternoon = read_afternoon(db, EDITION, "19-v1", workspace.event.zone)
    return {agenda.leader_id: agenda for agenda in agendas(workspace.event, afternoon)}


@pytest.fixture(scope="module")
def sheets(extremes: Mapping[str, Agenda]) -> Mapping[str, bytes]:
    return {leader_id: sheet(extremes[leader_id]) for leader_id in ("L001", "L002", "L004", "L005", "L006")}


def text_of(pdf: bytes) -> str:
    with pymupdf.open(stream=pdf) as document:
        return " ".join(" ".join(one.get_text() for one in document).split())


def alternatives(pdf: bytes) -> list[str]:
    """What the pictures of a PDF are called, for those who cannot see them."""
    with pymupdf.open(stream=pdf) as document:
        keys = [document.xref_get_key(xref, "Alt") for xref in range(1, document.xref_length())]
    return [text for kind, text in keys if kind == "string"]


def codes_of(pdf: bytes) -> list[str]:
    with pymupdf.open(stream=pdf) as document:
        image = document[0].get_pixmap(dpi=110)
        return [code.text for code in zxingcpp.read_barcodes(Image.frombytes("RGB", (image.w, image.h), image.samples))]


def test_the_name_is_one_of_120_characters() -> None:
    assert len(NAME_OF_120) == 120


def test_every_sheet_is_one_page_and_nothing_on_it_lies_outside(sheets: Mapping[str, bytes]) -> None:
    for pdf in sheets.values():
        with pymupdf.open(stream=pdf) as document:
            assert document.page_count == 1
            bounds = [pymupdf.Rect(word[:4]) for word in document[0].get_text("words")]
            assert [box for box in bounds if not document[0].rect.contains(box)] == []


def test_the_code_of_every_sheet_reads_back_as_its_mark(
    sheets: Mapping[str, bytes], extremes: Mapping[str, Agenda]
) -> None:
    for leader_id, pdf in sheets.items():
        mark = token(extremes[leader_id])
        assert codes_of(pdf) == [mark]
        assert mark in text_of(pdf).replace(" ", "")


def test_twelve_meetings_in_a_row_stand_on_the_sheet_with_all_their_names(sheets: Mapping[str, bytes]) -> None:
    text = text_of(sheets["L001"])
    missing = [number for number in range(7, 19) if f"Vandenbroucke-Delacroix {number}" not in text]
    assert missing == []
    assert NAME_OF_120.replace(" ", "") in text.replace(" ", "")


def test_the_room_is_told_in_words_to_those_who_cannot_see_it(sheets: Mapping[str, bytes]) -> None:
    (plan,) = [text for text in alternatives(sheets["L002"]) if text.startswith("Plan")]
    assert plan == "Plan de la salle\u00a0: table T31 (rang 4, place 1), table T60 (rang 6, place 10)"
    assert [text for text in alternatives(sheets["L004"]) if text.startswith("Plan")] == []


def test_other_scripts_are_shown_in_the_fonts_of_the_machine(sheets: Mapping[str, bytes]) -> None:
    text = text_of(sheets["L002"])
    with pymupdf.open(stream=sheets["L002"]) as document:
        fonts = {font[3].split("+")[-1] for font in document[0].get_fonts()}
    assert "محمد" in text
    assert fonts - {"Inter", "Inter-Bold", "Inter-Semi-Bold"} != set()


def test_a_leader_without_meetings_is_told_where_to_find_some(sheets: Mapping[str, bytes]) -> None:
    text = text_of(sheets["L004"])
    assert "Votre après-midi reste ouvert. Aucun rendez-vous n\u2019est encore prévu pour vous." in text
    assert "À votre disposition\u00a0: Exposition, Documentations, Rencontre" in text.replace(" : ", "\u00a0: ")


def test_a_leader_with_only_excluded_partners_reads_kind_words_and_not_who_excluded_whom(
    sheets: Mapping[str, bytes],
) -> None:
    text = text_of(sheets["L005"])
    assert "Wishes we could not meet This meeting could not be arranged." in text
    assert "exclu" not in text.lower().replace("exclu partout", "").replace("exclusions", "")


def test_markup_and_formulas_in_cells_stay_text(sheets: Mapping[str, bytes], extremes: Mapping[str, Agenda]) -> None:
    text = text_of(sheets["L006"])
    html = page(extremes["L006"], "data:,")
    assert [part for part in ("{{ 7 * 7 }}", "<img src=x>&amp;", "=1+1") if part not in text] == []
    assert (html.count("<script"), html.count("<img")) == (0, 0)
    with pymupdf.open(stream=sheets["L006"]) as document:
        assert (document[0].get_links(), document.embfile_count()) == ([], 0)


def test_brand_and_logo_are_on_the_sheet(extremes: Mapping[str, Agenda]) -> None:
    made = io.BytesIO()
    Image.new("RGB", (40, 20), "teal").save(made, "PNG")
    logo = "data:image/png;base64," + base64.b64encode(made.getvalue()).decode()
    pdf = sheet(extremes["L004"], Design(colour="#7a1f3d", logo=logo))
    with pymupdf.open(stream=pdf) as document:
        fills = [tuple(round(255 * part) for part in drawing["fill"] or ()) for drawing in document[0].get_drawings()]
        assert len(document[0].get_images()) == 1
    assert (0x7A, 0x1F, 0x3D) in fills
    assert "Chambre de commerce de démonstration" in alternatives(pdf)


@pytest.mark.parametrize(
    ("room", "named", "width"),
    [
        (Room(10, 14, ("T01", "T11"), (Seat("T12", 2, 2),)), ["T12"], 110.5),
        (Room(20, 40, ("T01", "T21"), (Seat("T22", 2, 2),)), [""], 198.5),
        (Room(3, 3, ("Beffroi",), (Seat("Terril", 1, 2),)), [""], 28.5),
    ],
)
def test_tables_are_named_in_the_picture_where_there_is_room(room: Room, named: list[str], width: float) -> None:
    picture = room_picture(room)
    assert ([place.name for place in picture.own], picture.width) == (named, width)
    dash, gap = (int(length) for length in picture.dashes.split())
    lengths = [int(length) for length in re.findall(r"h(\d+)", picture.tables)]
    assert sum((length + gap) // (dash + gap) for length in lengths) == room.table_count


@pytest.mark.parametrize("leader_id", ["L001", "L005"])
def test_the_page_fits_a_telephone_and_the_code_reads_from_the_screen(
    browser: Browser, extremes: Mapping[str, Agenda], tmp_path: Path, leader_id: str
) -> None:
    agenda = extremes[leader_id]
    (tmp_path / "page.html").write_text(page(agenda, embedded_font()), encoding="utf-8")
    for width in (360, 1100):
        screen = browser.new_page(viewport={"width": width, "height": 800})
        screen.goto((tmp_path / "page.html").as_uri())
        assert screen.evaluate("document.documentElement.scrollWidth") == width
        shot = Image.open(io.BytesIO(screen.locator(".stamp").screenshot()))
        assert [code.text for code in zxingcpp.read_barcodes(shot)] == [token(agenda)]
        screen.close()


@pytest.fixture
def two(workspace: Workspace) -> Workspace:
    leaders = {"L001": Someone("Ana", "Un", "A"), "L002": Someone("Bob", "Deux", "B", language="en")}
    add_leaders(workspace, leaders)
    add_plan(workspace, leaders, Plan(meetings=[("L001", "L002", 0, "T01", 1, 1)]))
    return workspace


def contents(workspace: Workspace) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in agenda_folder(workspace, "19-v1").iterdir()}


def test_where_an_own_template_is_broken_all_documents_are_ours(two: Workspace) -> None:
    put(two, "agenda/page.html.j2", "<h1>{{ agenda.name }}</h1>")
    assert publish(Workspace(two.folder), "19-v1").rendered_count == 2
    assert contents(two)["L001.html"] == b"<h1>Ana Un</h1>"
    put(two, "agenda/page.html.j2", "<h1>{{ agenda.name }}</h1>{{ agenda.nmae }}")
    published = publish(Workspace(two.folder), "19-v1")
    ana = published.agendas[0]
    assert contents(two)["L001.html"].decode("utf-8") == page(ana, embedded_font())
    assert contents(two)["L001.pdf"] == sheet(ana)


def test_an_own_template_that_never_fits_one_sheet_is_broken(extremes: Mapping[str, Agenda], tmp_path: Path) -> None:
    path = tmp_path / "agenda" / "sheet.html.j2"
    path.parent.mkdir()
    path.write_text('<html lang="fr"><title>x</title><p style="break-before: page">a<p style="break-before: page">b')
    names, sha256 = read_overrides(tmp_path)
    design = replace(HOUSE, override_folder=tmp_path, overrides=names, override_sha256=sha256)
    with pytest.raises(OverrideBroken, match=re.escape("the agenda of L004 does not fit one sheet")):
        sheet(extremes["L004"], design)


def test_another_brand_makes_all_documents_anew(two: Workspace, quick_sheets: list[str]) -> None:
    publish(two, "19-v1")
    publish(two, "19-v1")
    assert quick_sheets == ["L001", "L002"]
    file = two.folder / "event.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("#b3470f", "#2b5f8c"), encoding="utf-8")
    publish(Workspace(two.folder), "19-v1")
    assert quick_sheets == ["L001", "L002", "L001", "L002"]
