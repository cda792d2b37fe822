"""Files that are something else than their name says: told by their first bytes, named in one sentence."""

import re
from typing import Final

from tasks.ingest.reading.container import locked
from tasks.ingest.reading.sheet import SetAside
from tasks.messages import Message, message

OLE_MAGIC: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED: Final = "EncryptedPackage".encode("utf_16_le")
_DOCUMENTS: Final = tuple(name.encode("utf_16_le") for name in ("WordDocument", "PowerPoint Document", "__substg1.0_"))

_BINARY: Final[tuple[tuple[bytes, Message], ...]] = (
    (b"%PDF-", message("a PDF document")),
    (b"\x89PNG\r\n", message("a picture")),
    (b"\xff\xd8\xff", message("a picture")),
    (b"GIF8", message("a picture")),
    (b"MZ", message("a program")),
    (b"\x7fELF", message("a program")),
    (b"\x1f\x8b", message("an archive of another kind than zip")),
    (b"7z\xbc\xaf\x27\x1c", message("an archive of another kind than zip")),
    (b"Rar!\x1a\x07", message("an archive of another kind than zip")),
    (b"BZh", message("an archive of another kind than zip")),
    (b"\xfd7zXZ\x00", message("an archive of another kind than zip")),
    (b"{\\rtf", message("a text document")),
    (b"SQLite format 3\x00", message("a database")),
)
_WEB_PAGE: Final = re.compile(
    r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|meta|table|div|script|style)\b", re.IGNORECASE
)
_OLD_XML: Final = re.compile(r"\s*<\?xml\b.{0,2000}urn:schemas-microsoft-com:office:spreadsheet", re.DOTALL)
_HTML_IN_XML: Final = re.compile(r"\s*<\?xml\b.{0,2000}<html\b", re.DOTALL | re.IGNORECASE)
_XML: Final = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b)")


def require_no_other_format(content: bytes) -> None:
    """Refuse what is known by its first bytes to be no table. Raises SetAside."""
    kind = next((kind for magic, kind in _BINARY if content.startswith(magic) and not _is_text(magic, content)), None)
    if kind is not None:
        raise other_format(kind)
    if content.startswith(OLE_MAGIC):
        if _ENCRYPTED in content:
            raise locked()
        if any(name in content for name in _DOCUMENTS):
            raise other_format(message("an old Office document"))


def _is_text(magic: bytes, content: bytes) -> bool:
    """Say whether a magic of plain letters only happens to begin a table, as in ``MZ;Nom``."""
    return magic.isalnum() and b"\0" not in content[:4096] and any(sep in content[:256] for sep in b";,\t|")


def require_no_markup(text: str) -> None:
    """Refuse a text that is a web page or another markup document. Raises SetAside."""
    if _WEB_PAGE.match(text) or _HTML_IN_XML.match(text):
        raise SetAside(
            message("this file is a web page, whatever its name says."),
            remedy=message("Sign in to the tool and export again, or open it in Excel and save it as .xlsx."),
        )
    if _OLD_XML.match(text):
        raise SetAside(
            message("this file is an XML table of Excel 2003."),
            remedy=message("Open it in Excel and save it as .xlsx."),
        )
    if _XML.match(text):
        raise other_format(message("an XML document"))


def other_format(kind: Message) -> SetAside:
    """Return the error for a file that is no table; ``kind`` says what it is, with its article."""
    return SetAside(
        message("this file is {kind}, whatever its name says.", kind=kind),
        remedy=message("Export the table as CSV or as an Excel workbook (.xlsx)."),
    )
