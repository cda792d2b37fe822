from pathlib import Path

import pymupdf
import pytest
from pypdf import PdfReader

from tasks.pdf import to_pdf
from tasks.publish.documents.printed.sheets import merged

MM = 72 / 25.4


@pytest.fixture
def agendas(tmp_path: Path) -> list[Path]:
    """Two sheets of A4, each with a band of colour along its upper edge."""
    paths = []
    for name in ("Benali", "Morel"):
        band = "<div style='background: rgb(11, 79, 108); height: 40mm'></div>"
        style = "<style>@page { size: A4; margin: 0 } body { margin: 0 }</style>"
        path = tmp_path / f"{name}.pdf"
        path.write_bytes(to_pdf(f"<html lang=fr><title>x</title>{style}{band}<p>{name}"))
        paths.append(path)
    return paths


def test_without_a_bleed_all_sheets_are_in_one_file_as_they_were(agendas: list[Path]) -> None:
    with pymupdf.open(stream=merged(agendas, 0)) as document:
        assert [page.get_text().strip() for page in document] == ["Benali", "Morel"]
        for page, path in zip(document, agendas, strict=True):
            with pymupdf.open(path) as sheet:
                assert page.get_pixmap(dpi=40).samples == sheet[0].get_pixmap(dpi=40).samples


def test_with_a_bleed_pages_carry_boxes_for_the_printer(agendas: list[Path], tmp_path: Path) -> None:
    target = tmp_path / "bleed.pdf"
    target.write_bytes(merged(agendas, 3))
    pages = PdfReader(target).pages
    assert [page.extract_text().count("Morel") > 0 for page in pages] == [False, True]
    for page in pages:
        boxes = (page.mediabox, page.bleedbox, page.trimbox)
        sizes = [(round(float(box.width) / MM, 2), round(float(box.height) / MM, 2)) for box in boxes]
        assert sizes == [(228, 315), (216, 303), (210, 297)]
        lefts = [round(float(box.left) / MM, 2) for box in boxes]
        assert lefts == [0, 6, 9]


def test_the_colour_of_an_edge_runs_out_over_the_bleed_and_no_further(agendas: list[Path]) -> None:
    with pymupdf.open(stream=merged(agendas[:1], 3)) as document:
        picture = document[0].get_pixmap(dpi=254)  # ten dots to a millimetre

    def colour(x: float, y: float) -> tuple[int, ...]:
        pixel = picture.pixel(int(10 * x), int(10 * y))
        return tuple(pixel[:3])

    band, white = colour(100, 20), (255, 255, 255)
    assert band != white
    inside = [(7, 20), (221, 20), (100, 7), (7, 7), (221, 7), (100, 20)]  # both sides, above, two corners, the sheet
    assert [colour(*spot) for spot in inside] == [band] * 6
    outside = [(5, 20), (223, 20), (100, 5), (7, 60), (100, 300), (100, 310)]
    assert [colour(*spot) for spot in outside] == [white] * 6
    assert min(colour(2, 8.9), colour(2, 9), colour(2, 9.1)) < (200, 200, 200)  # a crop mark, level with the edge


def test_the_same_sheets_give_the_same_bytes(agendas: list[Path]) -> None:
    assert merged(agendas, 0) == merged(agendas, 0)
    assert merged(agendas, 2.5) == merged(agendas, 2.5)


def test_an_empty_sheet_is_printed_as_one(tmp_path: Path) -> None:
    path = tmp_path / "empty.pdf"
    with pymupdf.open() as document:
        document.new_page(width=100, height=50)
        document.save(path)
    with pymupdf.open(stream=merged([path], 3)) as document:
        assert [page.get_text() for page in document] == [""]
