"""How much of a sheet holds something, counted apart from the reader, and the stream of XML that it is counted in."""

from collections.abc import Iterable
from dataclasses import dataclass
from xml.parsers import expat

from tasks.ingest.reading.container import damaged


@dataclass(frozen=True, slots=True)
class Extent:
    """Rows with content, and the last row and column (from 1) that hold any."""

    row_count: int = 0
    last_row: int = 0
    last_column: int = 0


class Names(dict[str, str]):
    """Names of elements and attributes without their prefix, each cut once."""

    def __missing__(self, name: str) -> str:
        self[name] = local = name.rpartition(":")[2]
        return local


def xml_parser() -> expat.XMLParserType:
    """Return a parser that takes no declared entity: workbooks need none, and they can multiply without end."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse_entity
    return parser


def _refuse_entity(*_: object) -> None:
    raise damaged()


def parse(parser: expat.XMLParserType, chunks: Iterable[bytes]) -> None:
    """Feed the parser to the end. Raises SetAside where the XML is broken."""
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)  # noqa: FBT003 -- the C function takes no keyword
        parser.Parse(b"", True)  # noqa: FBT003 -- as above
    except (expat.ExpatError, ValueError, LookupError) as error:
        raise damaged() from error
