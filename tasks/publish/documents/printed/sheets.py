"""Finished pages put on sheets of paper: tents to fold, one file of all agendas, and a bleed where asked.

Nothing is laid out again, so what is printed is what was read on the screen, to the dot.
"""

import io
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import Final

from pikepdf import Array, Dictionary, Name, ObjectStreamMode, Page, Pdf

_PT_PER_MM: Final = 72 / 25.4
_EDGE: Final = 0.5 * _PT_PER_MM  # the outermost strip of a sheet, which the bleed is drawn out of
_MARK: Final = 5 * _PT_PER_MM  # the length of a crop mark
_CLEAR: Final = 1 * _PT_PER_MM  # between the bleed and the marks
_BLACK: Final = "0.25 w 1 1 1 1 K"  # on every printing plate
_GREY: Final = "0.25 w 0.5 G"


def joined(parts: Iterable[bytes]) -> bytes:
    """Return the pages of several files as one file."""
    whole = Pdf.new()
    for part in parts:
        _append(whole, part)
    return _written(whole)


def tents(faces: bytes) -> bytes:
    """Return every page of ``faces`` twice on a sheet, the upper one upside down, with marks for the fold."""
    whole = Pdf.new()
    for face in _opened(faces).pages:
        wide, high = _size(face)
        drawn = (
            "q /Sheet Do Q",
            f"q -1 0 0 -1 {_n(wide)} {_n(2 * high)} cm /Sheet Do Q",
            f"q {_GREY} {_line(0, high, _MARK, high)} {_line(wide - _MARK, high, wide, high)} Q",
        )
        _add(whole, face, (wide, 2 * high), drawn)
    return _written(whole)


def merged(sheets: Iterable[Path], bleed_mm: float) -> bytes:
    """Return all sheets as one file, as they are; with a bleed, each on larger paper with a bleed box and crop marks.

    A sheet ends at its edge, so its outermost half millimetre is drawn out over the bleed: bands and grounds run on.
    """
    whole = Pdf.new()
    for sheet in sheets:
        if bleed_mm:
            _append_with_bleed(whole, sheet.read_bytes(), bleed_mm)
        else:
            _append(whole, sheet.read_bytes())
    return _written(whole)


def with_bleed(pdf: bytes, bleed_mm: float) -> bytes:
    """Return the pages of a file, each on larger paper as ``merged`` puts it."""
    whole = Pdf.new()
    _append_with_bleed(whole, pdf, bleed_mm)
    return _written(whole)


def _append(whole: Pdf, pdf: bytes) -> None:
    """Add the pages of a file, without their keys into a tree of tags that stays behind: a printer reads none."""
    pages = _opened(pdf).pages
    for page in pages:
        if Name.StructParents in page:
            del page[Name.StructParents]
    whole.pages.extend(pages)


def _append_with_bleed(whole: Pdf, pdf: bytes, bleed_mm: float) -> None:
    for page in _opened(pdf).pages:
        _add_with_bleed(whole, page, bleed_mm * _PT_PER_MM)


def _add_with_bleed(whole: Pdf, page: Page, bleed: float) -> None:
    wide, high = _size(page)
    margin = bleed + _CLEAR + _MARK
    spans = product(_spans(wide, margin, bleed), _spans(high, margin, bleed))
    drawn = [
        f"q {_n(x)} {_n(y)} {_n(dx)} {_n(dy)} re W n {_n(a)} 0 0 {_n(d)} {_n(e)} {_n(f)} cm /Sheet Do Q"
        for (a, e, x, dx), (d, f, y, dy) in spans
    ]
    marks = " ".join(_crop_marks(wide, high, margin, bleed + _CLEAR))
    added = _add(whole, page, (wide + 2 * margin, high + 2 * margin), (*drawn, f"q {_BLACK} {marks} Q"))
    added[Name.TrimBox] = _box(margin, margin, margin + wide, margin + high)
    out = margin - bleed
    added[Name.BleedBox] = _box(out, out, margin + wide + bleed, margin + high + bleed)


def _spans(length: float, margin: float, bleed: float) -> Sequence[tuple[float, float, float, float]]:
    """Return the three spans of a side: factor and shift of what is drawn, begin and length of where it may be seen.

    The middle one is the sheet itself; at either end its edge is mirrored and drawn out to the bleed.
    """
    out = bleed / _EDGE
    return (
        (-out, margin, margin - bleed, bleed),
        (1, margin, margin, length),
        (-out, margin + length + out * length, margin + length, bleed),
    )


def _crop_marks(wide: float, high: float, margin: float, clear: float) -> list[str]:
    near, far = margin - clear - _MARK, margin - clear
    across = (margin, margin + high)
    down = (margin, margin + wide)
    return [
        *(_line(near, y, far, y) for y in across),
        *(_line(margin + wide + clear, y, margin + wide + clear + _MARK, y) for y in across),
        *(_line(x, near, x, far) for x in down),
        *(_line(x, margin + high + clear, x, margin + high + clear + _MARK) for x in down),
    ]


def _add(whole: Pdf, page: Page, size: tuple[float, float], drawn: Iterable[str]) -> Page:
    """Add a sheet of this size, on which ``drawn`` may draw the page as ``/Sheet`` as often as it likes."""
    form = whole.copy_foreign(page.as_form_xobject())
    added = whole.add_blank_page(page_size=size)
    added[Name.Resources] = Dictionary(XObject=Dictionary(Sheet=form))
    added[Name.Contents] = whole.make_stream("\n".join(drawn).encode("ascii"))
    return added


def _size(page: Page) -> tuple[float, float]:
    left, bottom, right, top = map(float, page.mediabox)
    return right - left, top - bottom


def _box(*corners: float) -> Array:
    return Array(round(corner, 4) for corner in corners)


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_n(x0)} {_n(y0)} m {_n(x1)} {_n(y1)} l S"


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _opened(pdf: bytes) -> Pdf:
    return Pdf.open(io.BytesIO(pdf))


def _written(whole: Pdf) -> bytes:
    buffer = io.BytesIO()
    whole.save(buffer, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate, force_version="1.7")
    return buffer.getvalue()
