"""What lies in the inbox, and the bytes of a file that stands still."""

import errno
import os
import stat
import time
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from tasks.errors import DataError
from tasks.ingest.reading.bounds import require_readable_size
from tasks.ingest.reading.decode import SetAside
from tasks.ingest.values.shown import shown
from tasks.messages import Message, message

# A file changed less than two seconds ago may still grow: it must look the same twice, a quarter of a second apart.
_FRESH_SECONDS: Final = 2.0
_GLANCE_SECONDS: Final = 0.25
_PATIENCE_SECONDS: Final = 3.0
_NAME_LENGTH: Final = 120
# What the system says of it is in English, and in its own words.
_WHY: Final[Mapping[int, Message]] = {
    errno.ENOENT: message("it is no longer there"),
    errno.EACCES: message("the right to read it is missing"),
    errno.ELOOP: message("it leads back to itself"),
}

Mark: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Found:
    """An entry of the inbox as it was seen: size in bytes and time of its last change, None where it does not tell.

    ``seen_at`` is the second, of a clock that only counts, at which it was seen.
    """

    path: Path
    mark: Mark | None
    is_folder: bool
    seen_at: float

    @property
    def name(self) -> str:
        """The name as it may be shown and stored."""
        return shown_name(self.path.name)


def shown_name(name: str) -> str:
    """Return a file's name composed, and fit to be shown and stored."""
    return shown(unicodedata.normalize("NFC", os.fsencode(name).decode(errors="replace")), _NAME_LENGTH)


def find_files(inbox: Path) -> list[Found]:
    """Return what lies in the inbox, folders too, the oldest first: the newest of two exports is the one that counts.

    Raises DataError where the inbox is missing, or holds no file.
    """
    remedy = message("Drop the exports of the registration tool into this folder and call again.")
    if not inbox.is_dir():
        raise DataError(message("this folder is missing."), where=str(inbox), remedy=remedy)
    # "~$" marks the lock that Excel leaves beside an open workbook, "." what a file manager leaves.
    found = [see(path) for path in inbox.iterdir() if not path.name.startswith((".", "~$"))]
    if all(entry.is_folder for entry in found):
        raise DataError(message("the inbox is empty."), where=str(inbox), remedy=remedy)
    return sorted(found, key=lambda entry: ((entry.mark or (0, 0))[1], os.fsencode(entry.path.name)))


def see(path: Path) -> Found:
    """Return an entry of the inbox as it is now."""
    return Found(path, _mark(path), path.is_dir(), time.monotonic())


def read_still(found: Found) -> bytes:
    """Return the bytes of a file that is no longer being written.

    A file in motion is waited for, three seconds at most; one that has not changed lately costs no waiting. Raises
    SetAside where it goes on moving, is too large to be an export, or cannot be read.
    """
    until = time.monotonic() + _PATIENCE_SECONDS
    seen = found
    while True:
        content = _read_once(seen)
        if content is not None:
            return content
        if time.monotonic() > until:
            raise SetAside(message("this file is still being written: it will be taken in next time."))
        seen = see(found.path)


def _read_once(seen: Found) -> bytes | None:
    """Return the bytes, None where the file has moved since it was seen or while it was read."""
    before = _require_readable(seen.path)
    if before == seen.mark and _is_fresh(before):
        time.sleep(max(0.0, seen.seen_at + _GLANCE_SECONDS - time.monotonic()))
        before = _require_readable(seen.path)
    if before != seen.mark:
        return None
    try:
        content = seen.path.read_bytes()
    except OSError as error:
        raise _unreadable(error) from error
    return content if _mark(seen.path) == before and len(content) == before[0] else None


def _is_fresh(mark: Mark) -> bool:
    # Both ways: the clock of a network drive may be ahead.
    return abs(time.time() - mark[1] / 1e9) < _FRESH_SECONDS


def _require_readable(path: Path) -> Mark:
    """Return size and time of a plain file that is not too large. Raises SetAside."""
    try:
        state = path.stat()
    except OSError as error:
        raise _unreadable(error) from error
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        raise SetAside(
            message("this is a link that leads out of the inbox, and such links are not followed."),
            remedy=message("Put the export itself here."),
        )
    if stat.S_ISDIR(state.st_mode):
        raise SetAside(
            message("this is a folder, and folders are not looked into."),
            remedy=message(
                "Move the exports up into the inbox; if it is to stay, write in event.toml, under "
                '[exports."name of this folder"]: is_ignored = true.'
            ),
        )
    if not stat.S_ISREG(state.st_mode):
        raise SetAside(message("this is no file that can be read."), remedy=message("Put the export itself here."))
    require_readable_size(state.st_size)
    return state.st_size, state.st_mtime_ns


def _mark(path: Path) -> Mark | None:
    try:
        state = path.stat()
    except OSError:
        return None
    return state.st_size, state.st_mtime_ns


def _unreadable(error: OSError) -> SetAside:
    detail = _WHY.get(error.errno or 0, error.strerror)
    return SetAside(message("this file cannot be read: {detail}.", detail=detail))
