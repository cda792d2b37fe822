"""How large a file may be, so that one file cannot take the whole machine; each limit is far above any real export.

200,000 registrations of 23 columns are 60 MB of text, 4.6 million cells.
"""

from typing import Final

from tasks.ingest.reading.sheet import SetAside
from tasks.messages import message

MAX_FILE_BYTES: Final = 256 * 2**20
MAX_UNPACKED_BYTES: Final = 512 * 2**20
MAX_MEMBERS: Final = 1_000
MAX_CELLS: Final = 20_000_000
MAX_COLUMNS: Final = 2_000

# Text packs 5 to 20 times, a sheet of empty formatted rows 100 times, a bomb 1,000 times.
_MAX_RATIO: Final = 200
_HARMLESS_BYTES: Final = 64 * 2**20


def require_readable_size(size: int) -> None:
    """Refuse a file of ``size`` bytes that is too large to be read. Raises SetAside."""
    if size > MAX_FILE_BYTES:
        raise SetAside(
            message(
                "this file is too large: {size} MB, where at most {limit} MB are read.",
                size=size // 2**20,
                limit=MAX_FILE_BYTES // 2**20,
            ),
            remedy=message("Check that it is the export, or split it into several files."),
        )


def unpacked_limit(packed_size: int) -> int:
    """Return how many bytes an archive of ``packed_size`` bytes may hold once unpacked."""
    return min(MAX_UNPACKED_BYTES, max(_HARMLESS_BYTES, packed_size * _MAX_RATIO))


def require_cells(row_count: int, column_count: int) -> None:
    """Refuse a table of more cells or columns than are read. Raises SetAside."""
    if column_count > MAX_COLUMNS:
        raise SetAside(
            message(
                "a line of this file has {count} columns, where at most {limit} are read.",
                count=column_count,
                limit=MAX_COLUMNS,
            ),
            remedy=message("Check the separators and line ends, or export fewer columns."),
        )
    if row_count * column_count > MAX_CELLS:
        raise too_many_cells()


def too_many_cells() -> SetAside:
    """Return the error for a table that would fill the memory."""
    return SetAside(
        message("this table is too large: more than {limit} million cells.", limit=MAX_CELLS // 10**6),
        remedy=message("Check that it is the export, or split it into several files."),
    )
