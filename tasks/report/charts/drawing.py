"""A chart as the report shows it: a title that says the finding, a drawing, and its numbers as a table.

Altair describes, vl-convert draws: no browser, no network, the same bytes each time.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, TypeAlias

import altair as alt
import vl_convert

from tasks.fonts import FONT_FOLDER
from tasks.messages import Language

INK: Final = "#1c2534"
MUTED: Final = "#566175"
LINE: Final = "#d5dce5"
BRAND: Final = "#0b4f6c"
BRAND_LIGHT: Final = "#8fb8c9"
BRAND_SOFT: Final = "#e3eff4"
ACCENT: Final = "#b3470f"
GREY: Final = "#b9c2ce"
WIDTH_PX: Final = 720
# d3's own French locale groups thousands with a wide space; the rest of the page uses the narrow one.
_LOCALES: Final[Mapping[Language, dict[str, Any]]] = {
    "fr": {
        "decimal": ",",
        "thousands": "\u202f",
        "grouping": [3],
        "currency": ["", "\u00a0€"],
        "percent": "\u202f%",
    },
    "en": {"decimal": ".", "thousands": ",", "grouping": [3], "currency": ["€", ""]},
}
Drawing: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart
_AXIS: Final = {"labelFontSize": 12, "titleFontSize": 12, "titleFontWeight": "normal", "titlePadding": 8}


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart in one language. ``title`` says the finding; ``rows`` hold the numbers, the first cell a row's name."""

    name: str
    title: str
    alt: str
    svg: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def rows_of(records: Sequence[Mapping[str, object]]) -> alt.InlineData:
    """Return plain records as the data of a chart, in their own order."""
    return alt.InlineData(values=[dict(record) for record in records])


def draw(chart: Drawing, name: str, language: Language) -> str:
    """Return the chart as an SVG element; ``name`` keeps its inner ids apart from those of other charts."""
    _register_font()
    styled = (
        chart.configure(font="Inter", background="transparent")
        .configure_view(stroke=None)
        .configure_axis(labelColor=MUTED, titleColor=MUTED, gridColor=LINE, domainColor=LINE, tickColor=LINE, **_AXIS)
        .configure_legend(labelFontSize=12, labelColor=INK, title=None, orient="top", symbolType="square")
    )
    specification: dict[str, Any] = styled.to_dict()
    drawn: str = vl_convert.vegalite_to_svg(specification, format_locale=_LOCALES[language])
    return _embeddable(drawn, name)


@cache
def _register_font() -> None:
    vl_convert.register_font_directory(str(FONT_FOLDER))


def _embeddable(svg: str, name: str) -> str:
    """Make ids unique in the page, let the drawing shrink with it, and leave its meaning to the alternative text."""
    unique = re.sub(r'(id="|url\(#)(?=[a-z])', rf"\1{name}-", svg)
    without_roles = re.sub(r' (?:role|aria-[a-z]+)="[^"]*"', "", unique)
    width = re.search(r'width="(\d+)"', without_roles)
    limit = width.group(1) if width else str(WIDTH_PX)
    return re.sub(
        r'<svg ([^>]*?)width="\d+" height="\d+"', rf'<svg \1style="max-width:{limit}px"', without_roles, count=1
    )
