"""Logos: what is shown is a drawing, and nothing else of the file comes along."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image

from tasks.logo import LogoRefused, read_logo

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 9 9">{}</svg>'
HARMLESS = [
    '<path d="M0 0h9v9z" fill="#0b4f6c"/>',
    '<defs><linearGradient id="g"/></defs><rect fill="url(#g)" style="stroke: url(#g)"/>',
    "<style>.a { fill: teal } .b { fill: url(#g) }</style>",
    '<use href="#g"/><image xlink:href="data:image/png;base64,AAAA"/>',
    "<title>Chambre &amp; &#233;v&#233;nement</title>",
]
HARMFUL = {
    "<script>alert(1)</script>": "it holds a script",
    '<g onload="alert(1)"/>': "it holds a script",
    "<foreignObject><p/></foreignObject>": "it holds a script",
    '<image href="https://chambre.example/a.png"/>': "it would fetch something from outside",
    '<image xlink:href="file:///etc/passwd"/>': "it would fetch something from outside",
    '<image href="data:image/svg+xml,%3Csvg"/>': "it would fetch something from outside",
    '<use href="other.svg#a"/>': "it would fetch something from outside",
    '<rect fill="url(https://chambre.example/a)"/>': "it would fetch something from outside",
    "<style>@import 'https://chambre.example/a.css';</style>": "it would fetch something from outside",
    "<style>a { b: u\\72l(x) }</style>": "it would fetch something from outside",
    "<g>": "it is neither a PNG nor a JPEG nor an SVG",
}


def refusal(folder: Path, name: str) -> str:
    with pytest.raises(LogoRefused) as caught:
        read_logo(folder, name)
    assert caught.value.where == f"event.toml, [brand], logo = {name}"
    return str(caught.value.what)


def picture(kind: str, size: tuple[int, int]) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", size, "teal").save(made, kind, comment=b"secret")
    return made.getvalue()


@pytest.mark.parametrize("drawing", HARMLESS)
def test_an_svg_that_only_draws_is_kept_as_it_is(tmp_path: Path, drawing: str) -> None:
    (tmp_path / "logo.svg").write_text(SVG.format(drawing), encoding="utf-8")
    kind, content = read_logo(tmp_path, "logo.svg").split(",", 1)
    assert kind == "data:image/svg+xml;base64"
    assert base64.b64decode(content).decode() == SVG.format(drawing)


@pytest.mark.parametrize("drawing", HARMFUL)
def test_an_svg_that_does_more_is_refused_with_its_line(tmp_path: Path, drawing: str) -> None:
    (tmp_path / "logo.svg").write_text("\n" + SVG.format(drawing), encoding="utf-8")
    assert refusal(tmp_path, "logo.svg") == f"{HARMFUL[drawing]} (line 2)."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        ('<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>', "it declares entities (line 1)."),
        ('<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg>&a;</svg>', "it declares entities (line 1)."),
        ('<?xml-stylesheet href="a.css"?><svg/>', "it names a style sheet or a program (line 1)."),
        ("<html/>", "it is neither a PNG nor a JPEG nor an SVG (line 1)."),
        ("GIF89a", "it is neither a PNG nor a JPEG nor an SVG (line 1)."),
        ("", "it is neither a PNG nor a JPEG nor an SVG (line 1)."),
    ],
)
def test_what_is_no_plain_svg_is_refused(tmp_path: Path, content: str, sentence: str) -> None:
    (tmp_path / "logo").write_text(content, encoding="utf-8")
    assert refusal(tmp_path, "logo") == sentence


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
def test_a_photograph_is_drawn_anew_small_and_always_alike(tmp_path: Path, kind: str) -> None:
    (tmp_path / "logo").write_bytes(picture(kind, (1600, 400)))
    address = read_logo(tmp_path, "logo")
    drawn = base64.b64decode(address.removeprefix("data:image/png;base64,"))
    assert Image.open(io.BytesIO(drawn)).size == (640, 160)
    assert b"secret" not in drawn
    assert read_logo(tmp_path, "logo") == address


def test_a_damaged_and_a_heavy_picture_are_refused(tmp_path: Path) -> None:
    (tmp_path / "damaged.png").write_bytes(picture("PNG", (90, 90))[:60])
    with (tmp_path / "heavy.png").open("wb") as file:
        file.truncate(40_000_000)
    (tmp_path / "heavy.svg").write_text(SVG.format("<g/>" * 100_000), encoding="utf-8")
    assert refusal(tmp_path, "damaged.png") == "the picture is damaged."
    assert refusal(tmp_path, "heavy.png") == "the file has 40.0 MB; 4 MB are enough for a logo."
    assert refusal(tmp_path, "heavy.svg") == "the file has 0.4 MB; 0.3 MB are enough for a logo."


@pytest.mark.parametrize(
    ("limit", "sentence"),
    [
        ("tasks.logo._MOST_PIXELS", "the picture has too many pixels; 2000 by 2000 are enough."),
        ("PIL.Image.MAX_IMAGE_PIXELS", "the picture is damaged."),
    ],
)
def test_a_small_file_that_unfolds_into_a_huge_picture_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, sentence: str
) -> None:
    (tmp_path / "bomb.png").write_bytes(picture("PNG", (90, 90)))
    monkeypatch.setattr(limit, 90 * 89)
    assert refusal(tmp_path, "bomb.png") == sentence


def test_a_logo_that_is_missing_or_lies_elsewhere_is_refused(tmp_path: Path) -> None:
    (tmp_path / "event").mkdir()
    (tmp_path / "logo.svg").write_text(SVG.format(""), encoding="utf-8")
    assert refusal(tmp_path / "event", "logo.svg") == "there is no such file, or it cannot be read."
    assert refusal(tmp_path / "event", "../logo.svg") == "the logo must lie in the folder of the event."
    assert refusal(tmp_path / "event", "/etc/hostname") == "the logo must lie in the folder of the event."
    assert refusal(tmp_path / "event", ".") == "there is no such file, or it cannot be read."
