"""Line ends and tabs inside the cells of an ods workbook, which the library that reads it would drop."""

import io
import re
import zipfile
from typing import Final

from tasks.ingest.reading.container import Container

_CONTENT: Final = "content.xml"
_BREAK: Final = re.compile(rb"<(?:\w+:)?(?P<kind>line-break|tab)\s*(?:/>|>\s*</(?:\w+:)?(?:line-break|tab)\s*>)")
_CHARACTER: Final = {b"line-break": b"\n", b"tab": b"\t"}


def with_plain_breaks(container: Container, content: bytes) -> bytes:
    """Return an ods workbook with its breaks as characters, the very same bytes where it has none."""
    document = container.read(_CONTENT)
    plain, count = _BREAK.subn(lambda found: _CHARACTER[found["kind"]], document)
    if not count:
        return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for member in container.members():
            archive.writestr(member.filename, plain if member.filename == _CONTENT else container.read(member))
    return buffer.getvalue()
