"""The mails of a maildir or an mbox file, as they lie there. Nothing is moved, marked or locked."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tasks.errors import UsageError
from tasks.messages import message

_MAILDIR: Final = ("new", "cur")
# An mbox separates its mails by a line that begins with "From " after an empty one (RFC 4155).
_SEPARATOR: Final = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\n\r\n))From [^\r\n]*\r?\n")
_QUOTED: Final = re.compile(rb"^>(>*From )", re.MULTILINE)


def mails(path: Path) -> Iterator[bytes]:
    """Yield every mail of a maildir or an mbox, in the order of file names or of the file.

    Raises UsageError where there is neither.
    """
    if path.is_dir() and any((path / part).is_dir() for part in _MAILDIR):
        for part in _MAILDIR:
            for file in sorted((path / part).glob("[!.]*")):
                yield file.read_bytes()
    elif path.is_file():
        yield from _of_mbox(path)
    else:
        raise UsageError(
            message("there is no maildir and no mbox file here."),
            where=str(path),
            remedy=message("Name the folder that holds new and cur, or the file that a mail program exported."),
        )


def _of_mbox(path: Path) -> Iterator[bytes]:
    content = path.read_bytes()
    marks = list(_SEPARATOR.finditer(content))
    if not content.strip():
        return
    if not marks or marks[0].start() != 0:
        raise UsageError(
            message("this file is no mbox: it does not begin with a line From."),
            where=str(path),
            remedy=message("Name the folder that holds new and cur, or the file that a mail program exported."),
        )
    ends = [mark.start() for mark in marks[1:]] + [len(content)]
    for mark, end in zip(marks, ends, strict=True):
        yield _QUOTED.sub(rb"\1", content[mark.end() : end])
