"""What a page would fetch from outside by itself. A link that a person follows is none of it."""

import re
from html.parser import HTMLParser
from typing import Final

_FETCHED: Final = frozenset({"src", "srcset", "poster", "data", "background", "xlink:href"})
_FETCHED_BY_HREF: Final = frozenset({"link", "image", "use", "base"})
_OUTSIDE: Final = re.compile(r"\s*(?!data:)([a-z][a-z0-9+.-]*:|[/\\])", re.IGNORECASE)
_IN_STYLE: Final = re.compile(
    r"(?:url\(|@import)\s*[\"']?\s*((?!data:)(?:[a-z][a-z0-9+.-]*:|[/\\])[^\"')]*)", re.IGNORECASE
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._is_style = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._is_style = tag == "style"
        for name, value in attrs:
            is_fetched = name in _FETCHED or (name == "href" and tag in _FETCHED_BY_HREF)
            if value and is_fetched and _OUTSIDE.match(value):
                self.found.append(value.strip())
            elif value and name == "style":
                self.found += _IN_STYLE.findall(value)

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self.found += _IN_STYLE.findall(data)


def fetched_from_outside(html: str) -> list[str]:
    """Return the addresses with a scheme, a host or a root that a browser would fetch on opening a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
