"""Zip archives, xlsx and ods among them: opened with a limit, read to the end, and not trusted in what they declare."""

import io
import lzma
import struct
import zipfile
import zlib
from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from tasks.ingest.reading.bounds import MAX_MEMBERS, MAX_UNPACKED_BYTES, unpacked_limit
from tasks.ingest.reading.sheet import SetAside
from tasks.messages import message

MAGIC: Final = (b"PK\x03\x04", b"PK\x05\x06")
Kind: TypeAlias = Literal["xlsx", "ods", "office", "archive"]

_CHUNK: Final = 2**20
_IS_ENCRYPTED: Final = 0x1
# What zipfile raises on bytes that are damaged; NotImplementedError: a compression that Python does not know.
_DAMAGE: Final = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    OSError,
    ValueError,
    OverflowError,
    LookupError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class Container:
    """An open archive. ``packed_size`` is its size in bytes; it bounds what may come out of it."""

    archive: zipfile.ZipFile
    packed_size: int

    @property
    def names(self) -> list[str]:
        """The names of all members, folders among them."""
        return self.archive.namelist()

    @property
    def kind(self) -> Kind:
        """What the archive is, told by its members: a workbook, another Office document, or a plain archive."""
        names = set(self.names)
        if "[Content_Types].xml" in names:
            return "xlsx" if "xl/workbook.xml" in names else "office"
        if "mimetype" in names:
            is_table = self.read("mimetype").startswith(b"application/vnd.oasis.opendocument.spreadsheet")
            return "ods" if is_table and "content.xml" in names else "office"
        return "archive"

    def members(self) -> list[zipfile.ZipInfo]:
        """Return the files, without folders."""
        return [member for member in self.archive.infolist() if member.filename and not member.is_dir()]

    def chunks(self, member: str | zipfile.ZipInfo, limit: int | None = None) -> Iterator[bytes]:
        """Yield the bytes of a member to the true end of its stream.

        Raises SetAside where it is damaged, locked, or unpacks to more than ``limit`` bytes.
        """
        limit = unpacked_limit(self.packed_size) if limit is None else limit
        try:
            info = self.archive.getinfo(member) if isinstance(member, str) else member
            if info.flag_bits & _IS_ENCRYPTED:
                raise locked()
            declared, size = info.file_size, 0
            unbound = copy(info)
            unbound.file_size = limit + 2 * _CHUNK  # zipfile would stop, without a word, at the declared size
            with self.archive.open(unbound) as stream:
                while chunk := stream.read(_CHUNK):
                    size += len(chunk)
                    if size > limit:
                        raise bomb()
                    yield chunk
        except _DAMAGE as error:
            raise damaged() from error
        if size != declared:
            raise damaged()

    def read(self, member: str | zipfile.ZipInfo, limit: int | None = None) -> bytes:
        """Return the bytes of a member. Raises SetAside as ``chunks`` does."""
        return b"".join(self.chunks(member, limit))

    def verify(self) -> None:
        """Unpack every member once and forget it. Raises SetAside where one is damaged or the whole is too large."""
        left = unpacked_limit(self.packed_size)
        for member in self.members():
            left -= sum(map(len, self.chunks(member, left)))


def open_container(content: bytes) -> Container:
    """Open an archive. Raises SetAside where it is damaged, cut short, or holds more than can be unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
    except _DAMAGE as error:
        raise damaged() from error
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > unpacked_limit(len(content)):
        raise bomb()
    return Container(archive, len(content))


def damaged() -> SetAside:
    """Return the error for an archive that does not unpack."""
    return SetAside(
        message("this archive or workbook is damaged or cut short, so not all of it can be read."),
        remedy=message("Download or copy it again, whole."),
    )


def locked() -> SetAside:
    """Return the error for what needs a password."""
    return SetAside(
        message("this file is locked with a password."),
        remedy=message("Open it, save it again without a password, and put it back."),
    )


def bomb() -> SetAside:
    """Return the error for an archive that unpacks to more than any export holds."""
    return SetAside(
        message(
            "this archive unpacks to far more than an export holds (at most {size} MB in {count} files are read).",
            size=MAX_UNPACKED_BYTES // 2**20,
            count=MAX_MEMBERS,
        ),
        remedy=message("Check where it comes from; unpack it yourself and put in the exports alone."),
    )
