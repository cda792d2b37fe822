"""Which character separates the cells of a text file."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from typing import Final

DELIMITERS: Final = ";,\t|"
_SAMPLE: Final = 65_536
_DEPTH: Final = 100
_LINE: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
# Excel writes and obeys this first line, and shows it to nobody.
_DECLARED: Final = re.compile(r'"?sep=(?P<delimiter>[^\r\n"])"?(?:\r\n|\r|\n|\Z)', re.IGNORECASE)


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines with their ends: CRLF, LF or CR alone; 0x85 and U+2028 are part of a line."""
    return map(re.Match[str].group, _LINE.finditer(text))


def declared_delimiter(text: str) -> tuple[str | None, str]:
    """Return the separator that a first line ``sep=;`` declares, or None, and the text after that line."""
    declared = _DECLARED.match(text)
    if declared is None:
        return None, text
    return declared["delimiter"], text[declared.end() :]


def find_delimiter(text: str) -> str:
    """Return the separator that cuts the first lines most evenly and into most cells.

    Separators inside quotation marks do not count; neither do title lines, being few, or decimal commas, being one or
    two a line where the separator is many.
    """
    sample = list(lines_of(text[:_SAMPLE]))
    if len(sample) > 1 and len(text) > _SAMPLE:
        sample.pop()  # cut short
    best = max(DELIMITERS, key=lambda delimiter: _evenness(sample[:_DEPTH], delimiter))
    return best if _evenness(sample[:_DEPTH], best) else ";"


def _evenness(lines: list[str], delimiter: str) -> float:
    """Return how many lines have the usual number of cells (squared share), times the separators of such a line."""
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if any(row))
    usual, count = max(widths.items(), key=lambda item: ((item[0] > 1) * item[1], item[0]), default=(0, 0))
    return (count / widths.total()) ** 2 * (usual - 1) if usual > 1 else 0
