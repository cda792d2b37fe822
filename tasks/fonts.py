"""Inter, the one typeface of all documents: as a file for PDFs, as a small embedded subset for pages."""

import base64
import io
from functools import cache
from pathlib import Path
from typing import Final

import fontpkg_inter

FONT_FOLDER: Final = Path(fontpkg_inter.__file__).parent / "files"
UPRIGHT: Final = FONT_FOLDER / "Inter[opsz,wght].ttf"
# Latin with all French, German, Dutch and Polish letters, the narrow spaces, quotes, dashes, arrows, € and ✓.
_CHARACTERS: Final = (
    *range(0x20, 0x180),
    *range(0x2000, 0x2040),
    0x20AC,
    *range(0x2190, 0x2194),
    0x2212,
    0x2713,
)


@cache
def embedded_font() -> str:
    """Return the subset of Inter as a ``data:`` address, about 110 kB, the same bytes in every run."""
    return "data:font/woff2;base64," + base64.b64encode(subset_font()).decode("ascii")


@cache
def subset_font() -> bytes:
    """Return Inter cut down to the characters that European names and French typography need, as WOFF2."""
    from fontTools import subset, ttLib  # noqa: PLC0415 -- 0.3 s, only where a page is made
    from fontTools.varLib import instancer  # noqa: PLC0415 -- as above

    font = ttLib.TTFont(UPRIGHT, recalcTimestamp=False)
    options = subset.Options(flavor="woff2", layout_features=["kern", "liga", "tnum", "calt"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_CHARACTERS)
    cutter.subset(font)
    instancer.instantiateVariableFont(font, {"opsz": 14, "wght": (400, 700)}, inplace=True)
    font.flavor = "woff2"
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
