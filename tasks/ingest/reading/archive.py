"""A zip archive of exports to its members; every other file is itself."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from zipfile import ZipInfo

from tasks.ingest.reading.bounds import unpacked_limit
from tasks.ingest.reading.container import MAGIC, Container, open_container
from tasks.ingest.reading.sheet import SetAside
from tasks.messages import message

_IS_UTF8: Final = 0x800
# What systems leave beside files: a Macintosh, Windows, Excel's lock of an open workbook.
_LITTER: Final = re.compile(r"(?:^|/)(?:__MACOSX/|\.|~\$|thumbs\.db$|desktop\.ini$)", re.IGNORECASE)
_OUTSIDE: Final = re.compile(r"^[\\/]|^[A-Za-z]:|(?:^|[\\/])\.\.(?:[\\/]|$)")


@dataclass(frozen=True, slots=True)
class Document:
    """One file to read: its name, ``archive.zip/member.csv`` inside an archive, and its bytes.

    ``fault`` says why it cannot be taken; ``content`` is then that of the whole archive, or nothing for a member.
    """

    name: str
    content: bytes
    fault: SetAside | None = None


def documents(name: str, content: bytes) -> tuple[Document, ...]:
    """Return the members of a zip archive, else the file itself. Never raises: a fault is a value."""
    if not content.startswith(MAGIC):
        return (Document(name, content),)
    try:
        container = open_container(content)
        if container.kind != "archive":
            return (Document(name, content),)
    except SetAside as fault:
        return (Document(name, content, fault),)
    found = tuple(_members(name, container))
    return found or (Document(name, content, _nothing_inside()),)


def _members(name: str, container: Container) -> Iterator[Document]:
    left = unpacked_limit(container.packed_size)
    for member in container.members():
        inside = _name_of(member)
        if _OUTSIDE.search(inside):
            yield Document(f"{name}/{_shown(inside)}", b"", _outside())
        elif not _LITTER.search(inside):
            document = _document(f"{name}/{_shown(inside)}", container, member, left)
            left -= len(document.content)
            yield document


def _document(name: str, container: Container, member: ZipInfo, limit: int) -> Document:
    try:
        content = container.read(member, limit)
        if content.startswith(MAGIC) and open_container(content).kind == "archive":
            return Document(name, b"", _nested())
    except SetAside as fault:
        return Document(name, b"", fault)
    return Document(name, content)


def _name_of(member: ZipInfo) -> str:
    """Return the name of a member; a Macintosh writes UTF-8 without saying so."""
    if member.flag_bits & _IS_UTF8:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf_8")
    except UnicodeError:
        return member.filename


def _shown(name: str) -> str:
    """Return a name without what would break a line or turn the writing direction."""
    return "".join("\ufffd" if unicodedata.category(letter).startswith("C") else letter for letter in name)


def _nothing_inside() -> SetAside:
    return SetAside(
        message("this archive holds no file."),
        remedy=message("Put the exports themselves into the inbox."),
    )


def _nested() -> SetAside:
    return SetAside(
        message("this is an archive inside an archive."),
        remedy=message("Unpack it and put the exports themselves into the inbox."),
    )


def _outside() -> SetAside:
    return SetAside(
        message("the name of this member leads out of its archive."),
        remedy=message("Check where the archive comes from; unpack it yourself and put in the exports alone."),
    )
