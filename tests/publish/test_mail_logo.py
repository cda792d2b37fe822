"""A logo as mail programs show it."""

import base64
import io

import pytest
from PIL import Image

from tasks.publish.outbox.mail_logo import mail_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}">{2}</svg>'
TEAL = (0, 128, 128, 255)


def address(kind: str, content: bytes) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"


def drawing(width: int, height: int, inside: str) -> str:
    return address("svg+xml", SVG.format(width, height, inside).encode())


def photograph(width: int, height: int) -> str:
    made = io.BytesIO()
    Image.new("RGB", (width, height), "teal").save(made, "PNG")
    return address("png", made.getvalue())


def shown(logo: str) -> tuple[tuple[int, int], set[object], int]:
    """The size, the colours and the shown width of a logo."""
    made = mail_logo(logo)
    assert made is not None
    with Image.open(io.BytesIO(made.png), formats=("PNG",)) as picture:
        colours = {colour for _, colour in picture.getcolors() or ()}
        return picture.size, colours, made.width


@pytest.mark.parametrize(
    ("logo", "size", "width"),
    [
        (photograph(640, 160), (320, 80), 160),
        (photograph(100, 100), (100, 100), 50),
        (photograph(64, 640), (11, 112), 5),
        (photograph(640, 1), (320, 1), 160),
        (drawing(80, 20, '<rect width="80" height="20" fill="teal"/>'), (320, 80), 160),
        (drawing(20000, 20000, '<rect width="20000" height="20000" fill="teal"/>'), (112, 112), 56),
        (drawing(320, 112, '<rect x="100" width="20" height="112" fill="teal"/>'), (20, 112), 10),
    ],
)
def test_a_logo_is_small_and_without_its_empty_margins(logo: str, size: tuple[int, int], width: int) -> None:
    assert shown(logo) == (size, {TEAL}, width)


@pytest.mark.parametrize("logo", ["", drawing(9, 9, "")])
def test_where_nothing_is_drawn_a_mail_has_no_logo(logo: str) -> None:
    assert mail_logo(logo) is None
