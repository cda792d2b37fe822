"""How documents look: two colours, a logo, and which templates an organiser has put in the place of ours.

A design is a small value: it goes along to the processes that render, and into the hash of what they render.
"""

import hashlib
import re
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Final

CONTRAST: Final = 4.5  # WCAG 2.2, 1.4.3 (AA), text of any size
_HEX: Final = re.compile(r"#[0-9a-f]{6}", re.IGNORECASE)
_OUR_COLOUR: Final = "#0b4f6c"
_OUR_ACCENT: Final = "#b3470f"
_WHITE: Final = "#ffffff"
# How much white quiet text on a band of the brand's colour may hold, the least first.
_QUIET: Final = (0.78, 0.86, 0.93)


@dataclass(frozen=True)
class Design:
    """The brand and the overrides of a workspace.

    ``colour`` and ``accent`` are ``#rrggbb`` and stand out from white; ``logo`` is a ``data:`` address, empty for none.
    ``overrides`` are files below ``override_folder``, by their path in it, that win over ours of the same path;
    ``override_sha256`` is the hash of their content.
    """

    colour: str = _OUR_COLOUR
    accent: str = _OUR_ACCENT
    logo: str = ""
    override_folder: Path | None = None
    overrides: tuple[str, ...] = ()
    override_sha256: str = ""

    @cached_property
    def colour_soft(self) -> str:
        """A background of the brand's colour for dark text."""
        return mixed(self.colour, _WHITE, 0.885)

    @cached_property
    def accent_soft(self) -> str:
        """A background of the accent for dark text."""
        return mixed(self.accent, _WHITE, 0.87)

    @cached_property
    def on_colour(self) -> str:
        """Quiet text on the brand's colour: a tint of it where that can be read, else white."""
        tints = (mixed(self.colour, _WHITE, share) for share in _QUIET)
        return next((tint for tint in tints if contrast(tint, self.colour) >= CONTRAST), _WHITE)

    @property
    def sha256(self) -> str:
        """The hash of everything that shapes a document, but for our own templates."""
        parts = (self.colour, self.accent, self.logo, *self.overrides, self.override_sha256)
        return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()

    def without(self, override: str) -> "Design":
        """Return the same design with our own file in the place of an override, of all for one that it has not."""
        kept = tuple(name for name in self.overrides if name != override)
        return replace(self, overrides=kept if kept != self.overrides else ())


def is_colour(text: str) -> bool:
    """Say whether a text is a colour such as ``#0b4f6c``."""
    return _HEX.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, from 1 to 21 (WCAG 2.2, definition of contrast ratio)."""
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def contrast_with_white(colour: str) -> float:
    """Return how far a colour stands out from white paper."""
    return contrast(colour, _WHITE)


def mixed(colour: str, other: str, share: float) -> str:
    """Return a colour that holds ``share`` (0 to 1) of the other one."""
    channels = (round(a + (b - a) * share) for a, b in zip(_channels(colour), _channels(other), strict=True))
    return "#" + "".join(f"{channel:02x}" for channel in channels)


def _channels(colour: str) -> tuple[int, ...]:
    return tuple(bytes.fromhex(colour[1:]))


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2, the sRGB formula with its figures)."""
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)  # noqa: PLR2004 -- as above


HOUSE: Final = Design()
