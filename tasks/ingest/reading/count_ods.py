"""The rows of an ods workbook counted straight in its XML; a row or cell may stand for many."""

from collections.abc import Mapping
from typing import Final

from tasks.ingest.reading.container import Container, locked
from tasks.ingest.reading.extent import Extent, Names, parse, xml_parser

_MANIFEST: Final = "META-INF/manifest.xml"
_CELLS: Final = frozenset({"table-cell", "covered-table-cell"})


class _Tables:
    """The tables of a spreadsheet and their rows with content; a note on a cell is no content."""

    def __init__(self) -> None:
        self.extents: dict[str, Extent] = {}
        self._names = Names()
        self._table = ""
        self._row = 0
        self._row_repeats = 1
        self._column = 0
        self._row_width = 0
        self._cell_repeats = 1
        self._has_value = False
        self._is_text = False
        self._notes = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = self._names[name]
        if kind in _CELLS:
            self._start_cell({self._names[key]: value for key, value in attributes.items()})
        elif kind == "table-row":
            self._row_repeats = _repeats(attributes, self._names, "number-rows-repeated")
            self._column = self._row_width = 0
        elif kind == "table":
            self._table = next((value for key, value in attributes.items() if self._names[key] == "name"), "")
            self.extents[self._table] = Extent()
            self._row = 0
        elif kind == "annotation":
            self._notes += 1
        elif kind == "p":
            self._is_text = not self._notes

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._cell_repeats = _repeats(attributes, self._names, "number-columns-repeated")
        kind = attributes.get("value-type", "string")
        self._has_value = kind != "string" or bool(attributes.get("string-value", "").strip())

    def text(self, text: str) -> None:
        if self._is_text and text.strip():
            self._has_value = True

    def end(self, name: str) -> None:
        kind = self._names[name]
        if kind in _CELLS:
            self._column += self._cell_repeats
            if self._has_value:
                self._row_width = self._column
        elif kind == "table-row":
            self._end_row()
        elif kind == "annotation":
            self._notes -= 1
        elif kind == "p":
            self._is_text = False

    def _end_row(self) -> None:
        self._row += self._row_repeats
        if self._row_width:
            before = self.extents.get(self._table, Extent())
            self.extents[self._table] = Extent(
                before.row_count + self._row_repeats, self._row, max(before.last_column, self._row_width)
            )


def _repeats(attributes: Mapping[str, str], names: Names, wanted: str) -> int:
    text = next((value for key, value in attributes.items() if names[key] == wanted), "1")
    return int(text) if text.isascii() and text.isdigit() else 1


def count_ods(container: Container) -> dict[str, Extent]:
    """Return the extent of every table by its name. Raises SetAside where the XML is broken or locked."""
    if _MANIFEST in container.names and b"encryption-data" in container.read(_MANIFEST):
        raise locked()
    tables = _Tables()
    parser = xml_parser()
    parser.StartElementHandler = tables.start
    parser.CharacterDataHandler = tables.text
    parser.EndElementHandler = tables.end
    parse(parser, container.chunks("content.xml"))
    return tables.extents
