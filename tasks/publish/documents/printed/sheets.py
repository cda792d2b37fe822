"""Finished pages put on sheets of paper: tents to fold, one file of all agendas, and a bleed where asked.

Nothing is laid out again, so what is printed is what was read on the screen, to the dot.
"""

import io
from collections.abc import Iterable, Sequence
from itertools import product
from pathlib import Path
from typing import IO, Any, Final

from pypdf import PageObject, PdfReader, PdfWriter
from pypdf.generic import (
    ArrayObject,
    DictionaryObject,
    FloatObject,
    IndirectObject,
    NameObject,
    PdfObject,
    StreamObject,
    read_object,
)

_PT_PER_MM: Final = 72 / 25.4
_EDGE: Final = 0.5 * _PT_PER_MM  # the outermost strip of a sheet, which the bleed is drawn out of
_MARK: Final = 5 * _PT_PER_MM  # the length of a crop mark
_CLEAR: Final = 1 * _PT_PER_MM  # between the bleed and the marks
_BLACK: Final = "0.25 w 1 1 1 1 K"  # on every printing plate
_GREY: Final = "0.25 w 0.5 G"


def joined(parts: Iterable[bytes]) -> bytes:
    """Return the pages of several files as one file."""
    writer = PdfWriter()
    for part in parts:
        for page in PdfReader(io.BytesIO(part)).pages:
            _untagged(writer.add_page(page))
    return _written(writer)


def tents(faces: bytes) -> bytes:
    """Return every page of ``faces`` twice on a sheet, the upper one upside down, with marks for the fold."""
    writer = PdfWriter()
    for face in PdfReader(io.BytesIO(faces)).pages:
        form = _form(writer, face)
        wide, high = float(face.mediabox.width), float(face.mediabox.height)
        drawn = (
            "q /Sheet Do Q",
            f"q -1 0 0 -1 {_n(wide)} {_n(2 * high)} cm /Sheet Do Q",
            f"q {_GREY} {_line(0, high, _MARK, high)} {_line(wide - _MARK, high, wide, high)} Q",
        )
        _add(writer, form, (wide, 2 * high), drawn)
    return _written(writer)


def merged(sheets: Iterable[Path], bleed_mm: float) -> bytes:
    """Return all sheets as one file, as they are; with a bleed, each on larger paper with a bleed box and crop marks.

    A sheet ends at its edge, so its outermost half millimetre is drawn out over the bleed: bands and grounds run on.
    """
    writer = PdfWriter()
    written = len(writer._objects)  # noqa: SLF001 -- see _frozen
    for sheet in sheets:
        with _SheetReader(io.BytesIO(sheet.read_bytes())) as reader:
            for page in reader.pages:
                if bleed_mm:
                    _add_with_bleed(writer, page, bleed_mm * _PT_PER_MM)
                else:
                    _untagged(writer.add_page(page))
            writer.reset_translation(reader)  # what a sheet was read into goes before the next one comes
        written = _frozen(writer, written)
    return _written(writer)


def with_bleed(pdf: bytes, bleed_mm: float) -> bytes:
    """Return the pages of a file, each on larger paper as ``merged`` puts it."""
    writer = PdfWriter()
    for page in PdfReader(io.BytesIO(pdf)).pages:
        _add_with_bleed(writer, page, bleed_mm * _PT_PER_MM)
    return _written(writer)


def _add_with_bleed(writer: PdfWriter, page: PageObject, bleed: float) -> None:
    wide, high = float(page.mediabox.width), float(page.mediabox.height)
    margin = bleed + _CLEAR + _MARK
    spans = product(_spans(wide, margin, bleed), _spans(high, margin, bleed))
    drawn = [
        f"q {_n(x)} {_n(y)} {_n(dx)} {_n(dy)} re W n {_n(a)} 0 0 {_n(d)} {_n(e)} {_n(f)} cm /Sheet Do Q"
        for (a, e, x, dx), (d, f, y, dy) in spans
    ]
    marks = " ".join(_crop_marks(wide, high, margin, bleed + _CLEAR))
    added = _add(writer, _form(writer, page), (wide + 2 * margin, high + 2 * margin), (*drawn, f"q {_BLACK} {marks} Q"))
    added[NameObject("/TrimBox")] = _box(margin, margin, margin + wide, margin + high)
    out = margin - bleed
    added[NameObject("/BleedBox")] = _box(out, out, margin + wide + bleed, margin + high + bleed)


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


def _form(writer: PdfWriter, page: PageObject) -> IndirectObject:
    """Return the content of a page as something that can be drawn several times."""
    content = page.get_contents()
    form = _stream(b"" if content is None else content.get_data())
    form[NameObject("/Type")] = NameObject("/XObject")
    form[NameObject("/Subtype")] = NameObject("/Form")
    form[NameObject("/BBox")] = page.mediabox.clone(writer)
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(form)  # noqa: SLF001 -- pypdf's own way to add an object, public by use


def _add(writer: PdfWriter, form: IndirectObject, size: tuple[float, float], drawn: Iterable[str]) -> PageObject:
    page = writer.add_blank_page(*size)
    page[NameObject("/Resources")] = DictionaryObject(
        {NameObject("/XObject"): DictionaryObject({NameObject("/Sheet"): form})}
    )
    page[NameObject("/Contents")] = writer._add_object(_stream("\n".join(drawn).encode("ascii")))  # noqa: SLF001 -- as above
    return page


class _SheetReader(PdfReader):
    """Reads of a file what is asked for. pypdf reads all that is packed together: six hundred tags for one page."""

    def _get_object_from_stream(self, indirect_reference: IndirectObject) -> PdfObject:
        number, place = self.xref_objStm[indirect_reference.idnum]
        packed: Any = self.get_object(number)
        content, first = packed.get_data(), int(packed["/First"])
        begin = first + int(content[:first].split()[2 * place + 1])  # numbers and places of all objects stand in front
        found = read_object(io.BytesIO(content[begin:]), self)
        self.cache_indirect_object(0, indirect_reference.idnum, found)
        return found


class _Frozen(PdfObject):
    """An object as the bytes that it will be in the file."""

    def __init__(self, content: bytes) -> None:
        self._content = content

    def write_to_stream(self, stream: IO[Any]) -> None:
        """Write the object, as pypdf asks of every one."""
        stream.write(self._content)


def _frozen(writer: PdfWriter, since: int) -> int:
    """Turn all objects added since into bytes, but for the pages; return how many there are.

    pypdf keeps a Python object for every number of every font: 0.2 MB a sheet, which 2,000 of them have no room for.
    """
    found = writer._objects  # noqa: SLF001 -- nothing public lets go of objects before the file is written
    for place in range(since, len(found)):
        made = found[place]
        if made is not None and not isinstance(made, PageObject):
            buffer = io.BytesIO()
            made.write_to_stream(buffer)
            found[place] = _Frozen(buffer.getvalue())
    return len(found)


def _untagged(page: PageObject) -> None:
    """Drop the page's key into a tree of tags that stays behind: the file is for a printer, not for a reader."""
    page.pop(NameObject("/StructParents"), None)


def _stream(content: bytes) -> StreamObject:
    stream = StreamObject()
    stream.set_data(content)
    return stream.flate_encode()


def _box(*corners: float) -> ArrayObject:
    return ArrayObject(FloatObject(round(corner, 4)) for corner in corners)


def _line(x0: float, y0: float, x1: float, y1: float) -> str:
    return f"{_n(x0)} {_n(y0)} m {_n(x1)} {_n(y1)} l S"


def _n(value: float) -> str:
    return f"{value:.4f}".rstrip("0").rstrip(".")


def _written(writer: PdfWriter) -> bytes:
    buffer = io.BytesIO()
    writer.pdf_header = "%PDF-1.7"
    writer.write(buffer)
    return buffer.getvalue()
