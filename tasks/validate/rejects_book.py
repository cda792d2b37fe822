"""Where the workbook of rejects of a night lies; one that somebody has begun to fill in is never written over."""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from itertools import count
from pathlib import Path
from typing import Final

from python_calamine import CalamineError, CalamineWorkbook

from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, message
from tasks.second_process import second_process
from tasks.store import Database
from tasks.validate.rejects import read_asked
from tasks.validate.rejects_wording import ANSWER_TITLES
from tasks.validate.rejects_writer import book_of

_LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
# A workbook of so many lines takes half a second to draw, as long as a second process takes to start.
_MANY: Final = 5_000


@contextmanager
def writing_book(database: Database, event: Event, folder: Path, night: date) -> Iterator[Callable[[], Path | None]]:
    """Begin the workbook of a night, and yield what finishes it: a large one is drawn meanwhile in a second process.

    Finishing writes the workbook and returns where it lies, None (and no file) where there is nothing to ask. The same
    questions in the same night give the same bytes. A workbook that somebody has begun to fill in stays as it is; the
    new one is then written beside it. Workbooks of other nights that nobody has touched go.
    """
    asked = read_asked(database, event.id)
    if asked.line_count < _MANY:
        yield lambda: _put(b"" if asked.is_empty else book_of(asked, event, night), event, folder, night)
        return
    with second_process() as other:
        book = other.submit(book_of, asked, event, night)
        yield lambda: _put(book.result(), event, folder, night)


def _put(content: bytes, event: Event, folder: Path, night: date) -> Path | None:
    name, names = (
        message("rejects-{night}", night=which).translated(event.languages[0]) for which in (night.isoformat(), "*")
    )
    _remove_untouched(folder.glob(f"{names}.xlsx"), name)
    path = next(path for path in _places(folder, name) if _is_free(path, content))
    if content:
        write(path, content)
        return path
    path.unlink(missing_ok=True)
    return None


def _remove_untouched(books: Iterable[Path], name: str) -> None:
    for book in sorted(books):
        if not book.stem.startswith(name) and not is_filled_in(book.read_bytes()):
            book.unlink()


def _places(folder: Path, name: str) -> Iterator[Path]:
    yield folder / f"{name}.xlsx"
    yield from (folder / f"{name}-{number}.xlsx" for number in count(2))


def _is_free(path: Path, content: bytes) -> bool:
    if not path.exists():
        return True
    found = path.read_bytes()
    return found == content or not is_filled_in(found)


def is_filled_in(content: bytes) -> bool:
    """Say whether a workbook holds an answer; one that cannot be read may hold some."""
    titles = {title.translated(language) for title in ANSWER_TITLES for language in _LANGUAGES}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        sheets = [book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names]
    except CalamineError:
        return True
    return any(
        title in titles and any(str(row[place]).strip() for row in rows[1:])
        for rows in sheets
        for place, title in enumerate(rows[0] if rows else ())
    )
