"""Marks that turn the direction of writing, in what strangers typed: kept as data, and never shown to anybody.

One of them makes ``exe.csv`` of ``vsc.exe``, or the rest of a line run backwards (Unicode Standard Annex 9).
"""

from typing import Final

# Embeddings, overrides and isolates change the order of what follows: a replacement mark says that there was one.
_TURNING: Final = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
# These show nothing, and come along when a name is copied from a page.
_SILENT: Final = "\u200e\u200f\u061c"
TABLE: Final = {**dict.fromkeys(map(ord, _TURNING), "\ufffd"), **dict.fromkeys(map(ord, _SILENT), "")}


def in_one_direction(text: str) -> str:
    """Return a text as it may be shown beside others."""
    return text if text.isascii() else text.translate(TABLE)
