"""What an agenda draws: the room with one's own tables, and the mark of the sheet as a code to scan."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import segno

from tasks.publish.agendas.agenda import Room

# In units of the picture, which is scaled to where it stands. Below each row is room for the names of one's tables.
_STEP: Final = 10
_ROW: Final = 13
_TABLE: Final = 7
_MARGIN: Final = 12  # to the left, for the name of the first table of each row
_MOST_NAMED: Final = 14  # with more tables in a row no name could be read; the words beside the picture say them
_LONGEST_NAME: Final = 5


@dataclass(frozen=True, slots=True)
class Place:
    """A table in the picture, its top left corner; ``name`` is empty where it could not be read."""

    name: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class RoomPicture:
    """The room in units of its own: ``tables`` is one path, a dashed line a row; the dashes are tables, and square."""

    width: float
    height: float
    side: float
    tables: str
    dashes: str
    own: tuple[Place, ...]
    rows: tuple[Place, ...]


def room_picture(room: Room) -> RoomPicture:
    """Draw the rows of a room, the first on top."""
    columns = min(room.columns, room.table_count)
    names = (*room.row_names, *(seat.table for seat in room.seats))
    is_named = columns <= _MOST_NAMED and all(len(name) <= _LONGEST_NAME for name in names)
    margin = _MARGIN if is_named else 0
    lengths = [
        min(columns, room.table_count - row * room.columns) * _STEP - (_STEP - _TABLE)
        for row in range(len(room.row_names))
    ]
    return RoomPicture(
        width=margin + columns * _STEP - (_STEP - _TABLE) / 2,
        height=len(room.row_names) * _ROW,
        side=_TABLE,
        tables="".join(f"M{margin} {row * _ROW + _TABLE / 2}h{length}" for row, length in enumerate(lengths)),
        dashes=f"{_TABLE} {_STEP - _TABLE}",
        own=tuple(
            Place(seat.table if is_named else "", margin + (seat.place - 1) * _STEP, (seat.row - 1) * _ROW)
            for seat in room.seats
        ),
        rows=tuple(Place(name, 0, row * _ROW) for row, name in enumerate(room.row_names)) if is_named else (),
    )


@lru_cache(maxsize=1)  # a page and its sheet bear the same
def code(text: str, title: str) -> str:
    """Return a QR code as an inline SVG that says its ``title``; a quarter of it may be unreadable (level Q)."""
    drawing = segno.make(text, error="q", micro=False, boost_error=False)
    return drawing.svg_inline(omitsize=True, border=0, title=title, svgclass="code", lineclass=None)


def in_groups(mark: str) -> str:
    """Write a mark as people read it aloud: in groups of four."""
    return " ".join(mark[start : start + 4] for start in range(0, len(mark), 4))
