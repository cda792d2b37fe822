"""The organiser's logo, made safe for every document: a small PNG, or an SVG that holds nothing but a drawing."""

import base64
import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tasks.errors import ConfigurationError
from tasks.messages import Message, message
from tasks.svg import NotHarmlessError, require_harmless

_MOST_BYTES: Final = 4_000_000
_MOST_SVG_BYTES: Final = 300_000  # it goes into every document as it is
_MOST_PIXELS: Final = 50_000_000
_SIDE_PIXELS: Final = 640  # 40 mm at 400 dpi
_RASTER: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


class LogoRefused(ConfigurationError):
    """The logo of ``event.toml`` cannot be used; documents are made without one."""

    def __init__(self, what: Message, path: str) -> None:
        super().__init__(
            what, where=f"event.toml, [brand], logo = {path}", remedy=message("Documents are made without a logo.")
        )


def read_logo(folder: Path, name: str) -> str:
    """Return a logo of a workspace as a ``data:`` address: the same file, the same address.

    Raises LogoRefused for a file that is not there, lies elsewhere, is too large, or is no picture that only shows.
    """
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()):
        raise LogoRefused(message("the logo must lie in the folder of the event."), name)
    try:
        size = path.stat().st_size
        if size > _MOST_BYTES:
            raise LogoRefused(_too_large(size, _MOST_BYTES), name)
        content = path.read_bytes()
    except OSError as error:
        raise LogoRefused(message("there is no such file, or it cannot be read."), name) from error
    if content.startswith(_RASTER):
        return _address("image/png", _small_png(content, name))
    if len(content) > _MOST_SVG_BYTES:
        raise LogoRefused(_too_large(size, _MOST_SVG_BYTES), name)
    try:
        require_harmless(content)
    except NotHarmlessError as error:
        raise LogoRefused(message("{what} (line {line}).", what=error.what, line=error.line), name) from error
    return _address("image/svg+xml", content)


def _too_large(found: int, most: int) -> Message:
    return message(
        "the file has {found} MB; {most} MB are enough for a logo.", found=f"{found / 1e6:.1f}", most=f"{most / 1e6:g}"
    )


def _address(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}"


@contextmanager
def _whole_pictures() -> Iterator[None]:
    """Take no picture that was cut short, as Pillow does by itself; WeasyPrint tells it to be content with less."""
    from PIL import ImageFile  # noqa: PLC0415 -- as below

    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _small_png(content: bytes, name: str) -> bytes:
    """Draw the picture anew, in the size in which it is printed: nothing else of the file comes along."""
    from PIL import Image  # noqa: PLC0415 -- 0.1 s, only where there is a logo

    try:
        with warnings.catch_warnings(), _whole_pictures():
            warnings.simplefilter("error")
            picture = Image.open(io.BytesIO(content), formats=("PNG", "JPEG"))
            if picture.width * picture.height > _MOST_PIXELS:
                raise LogoRefused(message("the picture has too many pixels; 2000 by 2000 are enough."), name)
            drawn = picture.convert("RGBA")
    except (OSError, ValueError, SyntaxError, Warning, Image.DecompressionBombError) as error:
        raise LogoRefused(message("the picture is damaged."), name) from error
    drawn.thumbnail((_SIDE_PIXELS, _SIDE_PIXELS))
    made = io.BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return made.getvalue()
