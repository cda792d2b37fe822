"""The gallery on the demo's start page: the pictures of the README, laid beside the page."""

from pathlib import Path
from typing import Final

from tasks.files import write

_GALLERY: Final = Path(__file__).parents[2] / "docs" / "pictures"  # not there in an installation without sources


def hang_pictures(out: Path) -> None:
    """Copy the pictures of the gallery to where the start page looks for them."""
    for picture in sorted(_GALLERY.glob("*.webp")):
        write(out / "pictures" / picture.name, picture.read_bytes())
