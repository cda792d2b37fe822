"""Inter, the one typeface of all documents: as a file for PDFs, as a small embedded subset for pages.

What was cut once is kept beside the compiled modules: to cut takes two seconds, more than a quiet night's other work.
"""

import base64
import hashlib
import io
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.metadata import version
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Final

import fontpkg_inter

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

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
    return _kept("pages.woff2", lambda: _cut(_subset(), {"opsz": 14, "wght": (400, 700)}, flavor="woff2"))


@cache
def static_font(weight: int) -> bytes:
    """Return one weight of the subset, as TrueType: a PDF embeds it as it is.

    From the variable font WeasyPrint would cut a new one for every size and weight of every document: 2 s a page.
    """
    return _kept(f"{weight}.ttf", lambda: _cut(_subset(), {"opsz": 14, "wght": weight}))


def _kept(name: str, make: Callable[[], bytes]) -> bytes:
    """Return a font as it was made before, else make it and keep it where that is allowed."""
    path = _shelf() / name
    if path.is_file():
        return path.read_bytes()
    font = make()
    with suppress(OSError):  # an installation that nobody may write to makes it in every run
        path.parent.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=path.parent, delete=False) as unfinished:
            unfinished.write(font)
        Path(unfinished.name).replace(path)
    return font


@cache
def _shelf() -> Path:
    """Return where fonts made by this code, of this font, with this version of fontTools are kept."""
    made_by = b"".join((UPRIGHT.read_bytes(), Path(__file__).read_bytes(), version("fonttools").encode()))
    return Path(__file__).parent / "__pycache__" / f"fonts-{hashlib.sha256(made_by).hexdigest()[:12]}"


@cache
def _subset() -> bytes:
    from fontTools import subset, ttLib  # noqa: PLC0415 -- 0.3 s, only where a page is made

    font = ttLib.TTFont(UPRIGHT, recalcTimestamp=False)
    options = subset.Options(layout_features=["kern", "liga", "tnum", "calt"], notdef_outline=True)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=_CHARACTERS)
    cutter.subset(font)
    return _saved(font)


def _cut(variable: bytes, limits: dict[str, int | tuple[int, int]], flavor: str | None = None) -> bytes:
    from fontTools import ttLib  # noqa: PLC0415 -- as above
    from fontTools.varLib import instancer  # noqa: PLC0415 -- as above

    font = ttLib.TTFont(io.BytesIO(variable), recalcTimestamp=False)
    instancer.instantiateVariableFont(font, limits, inplace=True)
    font.flavor = flavor
    return _saved(font)


def _saved(font: "TTFont") -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
