"""Whether an SVG only draws: no script, nothing fetched, no entity.

As a picture in a page no browser would run or fetch any of it; a file that tries is refused all the same.
"""

import re
from typing import Final, NoReturn
from xml.parsers import expat

from tasks.messages import Message, message

_RUNS: Final = frozenset({"script", "foreignobject", "iframe", "object", "embed", "audio", "video"})
_ADDRESSES: Final = frozenset({"href", "xlink:href", "src"})
_PICTURES: Final = ("#", "data:image/png", "data:image/jpeg")
# A backslash could write any of these in a way that no pattern knows.
_IN_STYLE: Final = re.compile(r"@import|url\(\s*[\"']?\s*(?!#|data:image/(?:png|jpeg))|\\", re.IGNORECASE)
_FETCHES: Final = message("it would fetch something from outside")
_NO_DRAWING: Final = message("it is neither a PNG nor a JPEG nor an SVG")


class NotHarmlessError(Exception):
    """An SVG that does more than draw, or a file that is none; ``line`` counts from 1."""

    def __init__(self, what: Message, line: int) -> None:
        super().__init__(what, line)
        self.what = what
        self.line = line


def require_harmless(content: bytes) -> None:
    """Raise NotHarmlessError for an SVG that could run, fetch or grow, and for what is no SVG."""
    _Reader(content).read()


class _Reader:
    def __init__(self, content: bytes) -> None:
        self._content = content
        self._open: list[str] = []
        self._style = ""
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._begin
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._text
        self._parser.EntityDeclHandler = self._entity
        self._parser.ProcessingInstructionHandler = self._instruction

    def read(self) -> None:
        try:
            self._parser.Parse(self._content, True)  # noqa: FBT003 -- expat's own way to say that this is all
        except expat.ExpatError as error:
            raise NotHarmlessError(_NO_DRAWING, error.lineno) from error

    def _refuse(self, what: Message) -> NoReturn:
        raise NotHarmlessError(what, self._parser.CurrentLineNumber)

    def _begin(self, element: str, attributes: dict[str, str]) -> None:
        tag = element.rpartition(":")[2].lower()
        if not self._open and tag != "svg":
            self._refuse(_NO_DRAWING)
        self._open.append(tag)
        if tag in _RUNS or any(name.lower().startswith("on") for name in attributes):
            self._refuse(message("it holds a script"))
        for name, value in attributes.items():
            is_outside = name.lower() in _ADDRESSES and not value.strip().startswith(_PICTURES)
            if is_outside or _IN_STYLE.search(value):
                self._refuse(_FETCHES)

    def _text(self, text: str) -> None:
        if self._open[-1] == "style":
            self._style += text

    def _end(self, _element: str) -> None:
        if self._open.pop() == "style" and _IN_STYLE.search(self._style):
            self._refuse(_FETCHES)

    def _entity(self, *_declared: object) -> None:
        self._refuse(message("it declares entities"))

    def _instruction(self, *_instruction: object) -> None:
        self._refuse(message("it names a style sheet or a program"))
