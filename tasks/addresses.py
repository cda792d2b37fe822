"""What a page would fetch from outside by itself. A link that a person follows is none of it."""

import re
import sys
from html.parser import HTMLParser
from typing import Final

_FETCHED: Final = frozenset({"src", "poster", "data", "background", "xlink:href"})
_SEVERAL: Final = frozenset({"srcset", "imagesrcset"})
_FETCHED_BY_HREF: Final = frozenset({"link", "image", "use", "base"})
_CLIMBS: Final = r"(?:[^\"')\s]*[/\\])?(?:\.|%2e){2}[/\\]"  # to the folder above: nothing of ours lies there
_AWAY: Final = rf"(?!data:)(?:[a-z][a-z0-9+.-]*:|[/\\]|{_CLIMBS})"
_OUTSIDE: Final = re.compile(rf"\s*{_AWAY}", re.IGNORECASE)
_IN_STYLE: Final = re.compile(
    rf"(?:url\(|image-set\(|@import)\s*[\"']?\s*({_AWAY}[^\"')]*)",
    re.IGNORECASE,
)
_ESCAPE: Final = re.compile(r"\\(?:([0-9a-f]{1,6})\s?|(.))", re.IGNORECASE)  # CSS Syntax 3, 4.3.7: u\72l( is url(
_NEXT: Final = re.compile(r"\s+[^,]*,\s*|,\s+")  # from one address of a srcset to the next; one may hold commas
_REFRESH: Final = re.compile(r"[\d.\s]*[;,]\s*(?:url\s*=)?\s*[\"']?(.*)", re.IGNORECASE | re.DOTALL)


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
            elif value and name in _SEVERAL:
                self.found += [one.split()[0] for one in _NEXT.split(value) if _OUTSIDE.match(one)]
            elif value and name == "style":
                self.found += _in_style(value)
            elif value and name == "srcdoc":
                self.found += fetched_from_outside(value)
        if tag == "meta":
            self.found += _refreshed(dict(attrs))

    def handle_data(self, data: str) -> None:
        if self._is_style:
            self.found += _in_style(data)


def _in_style(css: str) -> list[str]:
    """Return the addresses of a style; a character may be written by its number."""
    found: list[str] = _IN_STYLE.findall(_ESCAPE.sub(_unescaped, css))
    return found


def _unescaped(escape: re.Match[str]) -> str:
    if escape[2]:
        return escape[2]
    code = int(escape[1], 16)
    return chr(code) if code <= sys.maxunicode else "\N{REPLACEMENT CHARACTER}"


def _refreshed(attributes: dict[str, str | None]) -> list[str]:
    """Return where a page would go by itself."""
    goes = _REFRESH.match(attributes.get("content") or "")
    is_refresh = (attributes.get("http-equiv") or "").strip().lower() == "refresh"
    return [goes[1].strip()] if is_refresh and goes and _OUTSIDE.match(goes[1]) else []


def fetched_from_outside(html: str) -> list[str]:
    """Return the addresses with a scheme, a host, a root or a way up that a browser would fetch on opening a page."""
    reader = _Reader()
    reader.feed(html)
    return reader.found
