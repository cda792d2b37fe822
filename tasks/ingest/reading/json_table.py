"""JSON of a registration tool to sheets: every list of records is one, its name the path that leads to it.

Headers are relative to the record, so that a whole export and the pages of an interface read alike.
"""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from tasks.ingest.reading.bounds import require_cells
from tasks.ingest.reading.count_json import Counts, count_json
from tasks.ingest.reading.json_names import names_of
from tasks.ingest.reading.json_record import Json, Record, Shape, is_answers, leaf_count, records_in
from tasks.ingest.reading.sheet import SetAside, Sheet, sheet_of
from tasks.messages import Message, message

Path: TypeAlias = tuple[str, ...]

_BEGINS: Final = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\]\"])")
# Below that a nested list is a note on the record (a tag, a share of a payment), not the people of an order.
_LEAVES_OF_A_ROW: Final = 3


def is_json(text: str) -> bool:
    """Say whether a text begins as JSON objects do."""
    return bool(_BEGINS.match(text))


def read_json(text: str) -> tuple[Sheet, ...]:
    """Return one sheet for every list of records that is reached through objects alone; line 1 is the header.

    Of the lists nested in the records, the one that holds most becomes lines of its own (the positions of an order),
    beside the cells of the record. Raises SetAside where the JSON is broken, too deep, too large, or holds no records.
    """
    try:
        document = _parsed(text)
        tables = dict(_tables(document, ()))
        if not tables:
            raise _refused(message("this JSON file holds no list of records."))
        names, counts = names_of(document), count_json(text)
        return tuple(
            _sheet(path, records, Shape(names, _exploded(records)), counts) for path, records in tables.items()
        )
    except RecursionError as error:
        raise _refused(message("this JSON file is nested too deeply.")) from error


def _parsed(text: str) -> Json:
    if "\\u0000" in text:
        raise _refused(message("this file is damaged: it holds zero bytes between its letters."))
    try:
        parsed: Json = json.loads(
            text, parse_int=str, parse_float=str, parse_constant=_constant, object_pairs_hook=_object
        )
    except json.JSONDecodeError as error:
        raise _refused(
            message("this JSON file is damaged or cut short near line {line}.", line=error.lineno)
        ) from error
    return parsed


def _constant(name: str) -> str | None:
    return None if name == "NaN" else name


def _object(pairs: list[tuple[str, Json]]) -> Record:
    record = dict(pairs)
    if len(record) < len(pairs):
        raise _refused(message("a record of this JSON file has a name twice, so one of the two values would be lost."))
    return record


def _tables(value: Json, path: Path) -> Iterator[tuple[Path, Sequence[Record]]]:
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _tables(inner, (*path, name))
    elif isinstance(value, list) and any(isinstance(element, dict) for element in value):
        records = records_in(value)
        if len(records) < len(value):
            raise _refused(message("a list of this JSON file mixes records with other values."))
        yield path, records


def _exploded(records: Sequence[Record]) -> str | None:
    """Return the name of the nested list that holds most values, if its elements are more than a note."""
    weights: dict[str, tuple[int, int]] = {}
    for record in records:
        for name, value in record.items():
            elements = records_in(value)
            if elements and len(elements) == len(value or ()) and not is_answers(elements):
                leaves, count = weights.get(name, (0, 0))
                weights[name] = leaves + leaf_count(value), count + len(elements)
    heavy = [name for name, (leaves, count) in weights.items() if leaves >= count * _LEAVES_OF_A_ROW]
    return max(heavy, key=lambda name: weights[name][0], default=None)


def _sheet(path: Path, records: Sequence[Record], shape: Shape, counts: Counts) -> Sheet:
    lines = [cells for record in records for cells in shape.lines(record)]
    columns = {column: None for cells in lines for column in cells}
    require_cells(len(lines), len(columns))
    if len(lines) != counts.rows(path, shape.exploded):
        raise _refused(message("rows of this JSON file would be lost."))
    header = tuple(column.title for column in columns)
    return sheet_of(".".join(path), [header, *(tuple(cells.get(column, "") for column in columns) for cells in lines)])


def _refused(what: Message) -> SetAside:
    return SetAside(what, remedy=message("Export it again, as CSV if the tool offers it."))
