"""Pages to PDF with WeasyPrint: one font set-up per process, nothing fetched from outside.

No threads: a shared font configuration is not safe in them. Whoever needs speed starts processes.
"""

import base64
import re
from collections import Counter
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

from weasyprint import CSS, HTML
from weasyprint.document import Document
from weasyprint.html import UA
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from tasks.fonts import FONT_FOLDER, static_font
from tasks.pages import TEMPLATE_FOLDER

_ALLOWED_FOLDERS: Final = (TEMPLATE_FOLDER, FONT_FOLDER)
_WEIGHTS: Final = (400, 600, 700)
_VARIANT: Final = "pdf/ua-1"  # tagged, so that a screen reader can follow it
_STYLE: Final = re.compile(r"<style>(.*?)</style>", re.DOTALL)
_ROOT: Final = re.compile(r":root\s*\{([^}]*)\}")
_DEFINED: Final = re.compile(r"(--[a-z-]+):\s*([^;]+);")
_USED: Final = re.compile(r"var\((--[a-z-]+)\)")
_BASE: Final = TEMPLATE_FOLDER.as_uri() + "/"
_NOTE_STYLES: Final = re.compile(r"^::(?:foot)?note-[a-z]+ \{[^}]*\}$", re.MULTILINE)
_NOTE: Final = re.compile(r":\s*(?:foot)?note\b")


class WithoutNotes(HTML):  # type: ignore[misc]  # WeasyPrint has no types
    """A page without footnotes. For their marks WeasyPrint gives every element five styles: an eighth of its work."""

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:  # noqa: FBT001, FBT002 -- as WeasyPrint calls it
        return [_without_notes(), *super()._ua_stylesheets(forms)[1:]]


class OfflineFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint has no types
    """Fetches ``data:`` addresses and files of the template and font folders, and nothing else."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """Return the content behind an address. Raises ValueError for any other address, which WeasyPrint reports."""
        if url.startswith("file:"):
            path = Path(URLFetcherResponse(url).path).resolve()
            if not any(path.is_relative_to(folder) for folder in _ALLOWED_FOLDERS):
                msg = "files outside the templates are not read"
                raise ValueError(msg)
        return super().fetch(url, headers)


@cache
def _typography() -> tuple[FontConfiguration, OfflineFetcher]:
    """Return what knows our typeface. A style sheet that names faces makes them known when it is read, once."""
    fonts = FontConfiguration()
    fetcher = OfflineFetcher(allowed_protocols={"data", "file"})
    rules = "".join(
        f"@font-face {{ font-family: Inter; font-weight: {weight}; src: url(data:font/ttf;base64,"
        f"{base64.b64encode(static_font(weight)).decode('ascii')}); }}"
        for weight in _WEIGHTS
    )
    CSS(string=rules, font_config=fonts, url_fetcher=fetcher)
    return fonts, fetcher


@cache
def _without_notes() -> CSS:
    """Return what WeasyPrint lays under every page, without what it says of notes."""
    return CSS(string=_NOTE_STYLES.sub("", UA))


@lru_cache(maxsize=64)
def _parsed(style: str) -> CSS:
    """Return a style sheet: many pages have the same, and to read it takes a tenth of what a page takes.

    Variables that are defined once, for the whole page, are put in at once: WeasyPrint would read each declaration that
    has one anew for every element. A template of the organiser's may define others where it likes.
    """
    fonts, fetcher = _typography()
    defined = Counter(name for name, _ in _DEFINED.findall(style))
    values = {
        name: text for root in _ROOT.findall(style) for name, text in _DEFINED.findall(root) if defined[name] == 1
    }
    plain = _USED.sub(lambda used: values.get(used[1], used[0]), style)
    return CSS(string=plain, base_url=_BASE, font_config=fonts, url_fetcher=fetcher)


def to_pdf(html: str, *, is_tagged: bool = True) -> bytes:
    """Return a page as a PDF, tagged (PDF/UA-1) unless it is for a printer only; the same page gives the same bytes."""
    variant = _VARIANT if is_tagged else None
    return _written(_laid_out(html, variant), variant)


def to_pdf_within(html: str, pages: int) -> bytes | None:
    """Return a page as ``to_pdf`` does, or None when it takes more than ``pages`` sheets: no sheet is cut off."""
    document = _laid_out(html, _VARIANT)
    return _written(document, _VARIANT) if len(document.pages) <= pages else None


def _laid_out(html: str, variant: str | None) -> Document:
    fonts, fetcher = _typography()
    head, body, rest = html.partition("<body")
    styles = [_parsed(style) for style in _STYLE.findall(head)]
    kind = HTML if _NOTE.search(html) else WithoutNotes
    page = kind(string=_STYLE.sub("", head) + body + rest, base_url=_BASE, url_fetcher=fetcher)
    return page.render(stylesheets=styles, font_config=fonts, pdf_variant=variant)


def _written(document: Document, variant: str | None) -> bytes:
    pdf: bytes = document.write_pdf(pdf_variant=variant)
    return pdf
