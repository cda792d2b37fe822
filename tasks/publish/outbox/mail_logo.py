"""The organiser's logo as mail programs show it: a small PNG that comes with the mail.

They show no SVG and no ``data:`` address, and a picture to be fetched would tell who reads what when.
"""

import base64
import io
from dataclasses import dataclass
from functools import cache
from typing import Final

_BOX: Final = (320, 112)
_DENSITY: Final = 2  # pixels of the picture for one of the page: sharp on a telephone
# Drawn in a frame of ours, a drawing of whatever size takes no more memory than the frame.
_FRAME: Final = (
    '<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}"><image href="{address}" width="{width}"'
    ' height="{height}" preserveAspectRatio="xMinYMid meet"/></svg>'
)


@dataclass(frozen=True, slots=True)
class MailLogo:
    """The picture, and how wide it is shown, in pixels of the page."""

    png: bytes
    width: int


@cache
def mail_logo(address: str) -> MailLogo | None:
    """Return the logo of a design, a ``data:`` address, for a mail; None without one, or where it draws nothing."""
    if not address:
        return None
    from PIL import Image  # noqa: PLC0415 -- 0.1 s, only where there is a logo

    with Image.open(io.BytesIO(_raster(address))) as picture:
        drawn = picture.convert("RGBA")
    seen = drawn.getbbox()
    if seen is None:
        return None
    drawn = drawn.crop(seen)
    drawn.thumbnail(_BOX)
    made = io.BytesIO()
    drawn.save(made, "PNG", optimize=True)
    return MailLogo(made.getvalue(), max(1, drawn.width // _DENSITY))


def _raster(address: str) -> bytes:
    if not address.startswith("data:image/svg+xml"):
        return base64.b64decode(address.partition(",")[2])
    import vl_convert  # noqa: PLC0415 -- as above

    width, height = _BOX
    drawn: bytes = vl_convert.svg_to_png(_FRAME.format(width=width, height=height, address=address))
    return drawn
