"""What every workbook keeps to: a cell holds what was typed as text, and never a formula, a link or a number of it."""

from typing import Final

from tasks.bidi import in_one_direction

OPTIONS: Final = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
A4: Final = 9
_CELL_LIMIT: Final = 32_767  # Excel's, in UTF-16 units


def cell_text(typed: str) -> str:
    """Return what fits into a cell, written in one direction."""
    text = in_one_direction(typed)
    if 2 * len(text) <= _CELL_LIMIT:
        return text  # nearly every cell: to count its units takes as long as to write it
    return text.encode("utf-16-le", "replace")[: 2 * _CELL_LIMIT].decode("utf-16-le", "ignore")
