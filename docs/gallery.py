"""``make gallery``: the pictures of the README, taken of a small demo, and what they show in words.

A picture cannot be compared with one made elsewhere: browsers draw letters in their own way. What it shows can: the
text, the style and the script of a page, and the words of a sheet with their places. Their hashes lie beside the
pictures, and a test compares them with the demo that the tests play: whoever changes what a picture shows, must call
``make gallery`` again.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import pymupdf
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER: Final = Path(__file__).parent / "pictures"
SHOWN: Final = FOLDER / "shown.json"
SEED: Final = 19
LEADER_COUNT: Final = 24
MOST_BYTES: Final = 60_000
_VERSION: Final = "19-v1"
_WIDTHS: Final = (900, 800, 720, 640, 560)  # pixels of a picture; what is taken is larger
_QUALITIES: Final = (85, 70, 55)
_DATA: Final = re.compile(r"data:[a-z]+/[^\"')]+|sha256-[A-Za-z0-9+/=]+")
_GRID: Final = 4  # points within which a word counts as being where it was


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: of which file of ``out``, and for a page the size of the window and what is done in it first."""

    file: str
    size: tuple[int, int] = (1200, 800)
    act: Callable[[Page], object] = lambda _page: None


def _find_somebody(page: Page) -> None:
    page.fill("#search", "du")


SHOTS: Final[Mapping[str, Shot]] = {
    "agenda": Shot(f"{_VERSION}/agendas/L001.pdf"),
    "poster": Shot(f"{_VERSION}/print/poster-a3.pdf"),
    "plan": Shot(f"{_VERSION}/plan.html", act=_find_somebody),
    "report": Shot("report/report.fr.html", size=(1000, 900)),
}


def shown(out: Path) -> dict[str, str]:
    """Return the hash of what each picture shows of a played demo."""
    return {name: hashlib.sha256(_words(out / shot.file).encode("utf-8")).hexdigest() for name, shot in SHOTS.items()}


def _words(path: Path) -> str:
    """Return a page without embedded fonts and pictures, or the words of a sheet with their places."""
    if path.suffix == ".html":
        return _DATA.sub("", path.read_text(encoding="utf-8"))
    with pymupdf.open(path) as document:
        words = [word for sheet in document for word in sheet.get_text("words")]
    return "\n".join(f"{round(x / _GRID)} {round(y / _GRID)} {text}" for x, y, _, _, text, *_ in words)


def pictures(out: Path, browser: Browser) -> dict[str, bytes]:
    """Return the pictures of a played demo, as WebP."""
    return {name: _small(_taken(out / shot.file, shot, browser)) for name, shot in SHOTS.items()}


def _taken(path: Path, shot: Shot, browser: Browser) -> bytes:
    if path.suffix == ".pdf":
        with pymupdf.open(path) as document:
            picture: bytes = document[0].get_pixmap(dpi=130).tobytes("png")
        return picture
    width, height = shot.size
    page = browser.new_page(viewport={"width": width, "height": height}, device_scale_factor=1.5)
    page.goto(path.as_uri())
    shot.act(page)
    picture = page.screenshot()
    page.close()
    return picture


def _small(picture: bytes) -> bytes:
    """Return a picture as a WebP of at most ``MOST_BYTES``, as large and then as good as that allows."""
    for width, quality in product(_WIDTHS, _QUALITIES):
        with Image.open(io.BytesIO(picture)) as opened:
            image = opened.convert("RGB")
        image.thumbnail((width, 2 * width), Image.Resampling.LANCZOS)
        buffer = io.BytesIO()
        image.save(buffer, "WEBP", quality=quality, method=6)
        if len(buffer.getvalue()) <= MOST_BYTES:
            return buffer.getvalue()
    msg = f"a picture takes more than {MOST_BYTES} bytes at any size"
    raise ValueError(msg)


def write(out: Path) -> None:
    """Write the pictures and the hashes of what they show."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for name, picture in pictures(out, browser).items():
            (FOLDER / f"{name}.webp").write_bytes(picture)
        browser.close()
    SHOWN.write_text(json.dumps(shown(out), indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """Play the demo, or take the one played into the folder that is named, and write the pictures."""
    if sys.argv[1:]:
        write(Path(sys.argv[1]) / "out")
        return
    with TemporaryDirectory(prefix="rencontres-gallery-") as folder:
        rencontres = Path(sys.executable).with_name("rencontres")
        wanted = ["--seed", str(SEED), "--leaders", str(LEADER_COUNT)]
        subprocess.run([rencontres, "demo", f"{folder}/demo", *wanted], check=True)
        write(Path(folder) / "demo" / "out")


if __name__ == "__main__":
    main()
