"""The rows of an xlsx workbook counted straight in its XML, without the library that reads it."""

import posixpath
from collections.abc import Iterator, Mapping
from typing import Final
from xml.parsers import expat

from tasks.ingest.reading.bounds import MAX_CELLS
from tasks.ingest.reading.container import Container, damaged
from tasks.ingest.reading.extent import Extent, Names, parse, xml_parser

_WORKBOOK: Final = "xl/workbook.xml"
_RELATIONS: Final = "xl/_rels/workbook.xml.rels"
_LETTERS: Final = 26


def count_xlsx(container: Container) -> dict[str, Extent]:
    """Return the extent of every worksheet by its name, hidden ones too. Raises SetAside where the XML is broken."""
    targets = dict(_relations(container))
    blanks = _blank_strings(container, targets)
    return {
        name: _count(container, targets[key][1], blanks)
        for name, key in _sheets(container)
        if key in targets and targets[key][0] == "worksheet"
    }


def _elements(container: Container, member: str, wanted: str) -> Iterator[dict[str, str]]:
    """Yield the attributes, without prefixes, of all elements of a name."""
    names = Names()
    found: list[dict[str, str]] = []

    def start(name: str, attributes: Mapping[str, str]) -> None:
        if names[name] == wanted:
            found.append({names[key]: value for key, value in attributes.items()})

    parser = xml_parser()
    parser.StartElementHandler = start
    parse(parser, container.chunks(member))
    return iter(found)


def _sheets(container: Container) -> Iterator[tuple[str, str]]:
    for sheet in _elements(container, _WORKBOOK, "sheet"):
        yield sheet.get("name", ""), sheet.get("id", "")


def _relations(container: Container) -> Iterator[tuple[str, tuple[str, str]]]:
    """Yield id, kind and member of every part of the workbook."""
    for relation in _elements(container, _RELATIONS, "Relationship"):
        target = posixpath.normpath(posixpath.join("/xl", relation.get("Target", ""))).lstrip("/")
        yield relation.get("Id", ""), (relation.get("Type", "").rpartition("/")[2], target)


class _Strings:
    """Which of the shared strings are blank; what is only there to be pronounced does not count."""

    def __init__(self) -> None:
        self.blanks: set[str] = set()
        self._names = Names()
        self._number = -1
        self._text: list[str] = []
        self._is_phonetic = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = self._names[name]
        if kind == "sst" and any(_number(count) > MAX_CELLS for count in attributes.values()):
            raise damaged()  # the reader makes room for as many as are announced
        if kind == "si":
            self._number += 1
            self._text.clear()
        elif kind == "rPh":
            self._is_phonetic = True

    def text(self, text: str) -> None:
        if not self._is_phonetic:
            self._text.append(text)

    def end(self, name: str) -> None:
        kind = self._names[name]
        if kind == "rPh":
            self._is_phonetic = False
        elif kind == "si" and not any(part.strip() for part in self._text):
            self.blanks.add(str(self._number))


def _blank_strings(container: Container, targets: Mapping[str, tuple[str, str]]) -> set[str]:
    strings = _Strings()
    member = next((member for kind, member in targets.values() if kind == "sharedStrings"), None)
    if member in container.names:
        parser = xml_parser()
        parser.StartElementHandler = strings.start
        parser.CharacterDataHandler = strings.text
        parser.EndElementHandler = strings.end
        parse(parser, container.chunks(member))
    return strings.blanks


class _Rows:
    """The rows of one worksheet that hold a value; the text of a cell stands in ``v``, or in ``t`` within ``is``.

    Most of the time goes into calls, so once a row is known to hold something, only the starts of its cells are heard.
    A cell must say that it stands in its row: the reader believes it, and lays out a table up to there.
    """

    def __init__(self, parser: expat.XMLParserType, blanks: set[str]) -> None:
        self.rows: set[int] = set()
        self.last_row = 0
        self.last_column = 0
        self._parser = parser
        self._names = Names()
        self._blanks = blanks
        self._row = 0
        self._row_text = "0"
        self._place = 0
        self._column = ""
        self._widest = ""
        self._kind = ""
        self._is_value = False
        self._is_phonetic = False
        self._text: list[str] = []
        self._listen()

    def _listen(self) -> None:
        self._parser.StartElementHandler = self._start
        self._parser.CharacterDataHandler = self._take_text
        self._parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = self._names[name]
        if kind == "c":
            self._start_cell(attributes)
            self._kind = attributes.get("t", "n")
            self._text.clear()
        elif kind == "row":
            self._row = _number(attributes.get("r")) or self._row + 1
            self._row_text = str(self._row)
            self._place = 0
        elif kind == "rPh":
            self._is_phonetic = True
        elif kind in {"v", "t"} and not self._is_phonetic:
            self._start_value()
            self._is_value = True

    def _start_in_filled_row(self, name: str, attributes: Mapping[str, str]) -> None:
        kind = self._names[name]
        if kind == "c":
            self._start_cell(attributes)
        elif kind in {"v", "t"}:
            self._start_value()
        elif kind == "row":
            self._listen()
            self._start(name, attributes)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        self._place += 1
        reference = attributes.get("r", "")
        self._column = reference[: -len(self._row_text)]
        if reference and not (reference.endswith(self._row_text) and self._column.isalpha()):
            raise damaged()

    def _start_value(self) -> None:
        self.last_row = max(self.last_row, self._row)
        column = self._column
        if not column:
            self.last_column = max(self.last_column, self._place)
        elif len(column) > len(self._widest) or (len(column) == len(self._widest) and column > self._widest):
            self._widest = column
            self.last_column = max(self.last_column, _column(column))

    def _take_text(self, text: str) -> None:
        if self._is_value:
            self._text.append(text)

    def _end(self, name: str) -> None:
        kind = self._names[name]
        if kind in {"v", "t"}:
            self._is_value = False
        elif kind == "rPh":
            self._is_phonetic = False
        elif kind == "c" and self._has_content():
            self.rows.add(self._row)
            self._parser.StartElementHandler = self._start_in_filled_row
            self._parser.CharacterDataHandler = None
            self._parser.EndElementHandler = None

    def _has_content(self) -> bool:
        text = "".join(self._text).strip()
        return bool(text) and self._kind != "e" and not (self._kind == "s" and text in self._blanks)


def _count(container: Container, member: str, blanks: set[str]) -> Extent:
    if member not in container.names:
        raise damaged()
    parser = xml_parser()
    rows = _Rows(parser, blanks)
    parse(parser, container.chunks(member))
    return Extent(len(rows.rows), rows.last_row, rows.last_column)


def _number(text: str | None) -> int:
    return int(text) if text and text.isascii() and text.isdigit() else 0


def _column(letters: str) -> int:
    """Return the number of a column: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper():
        number = number * _LETTERS + ord(letter) - ord("A") + 1
    return number
