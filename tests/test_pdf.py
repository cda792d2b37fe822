from pathlib import Path

import pymupdf
import pytest
from weasyprint import HTML

from tasks import fonts, pages
from tasks.pdf import OfflineFetcher, to_pdf


def test_a_page_becomes_a_tagged_pdf_in_inter() -> None:
    pdf = to_pdf("<html lang=fr><title>Essai</title><p style='font-family: Inter'>Œuvre, 14 h 20, 36,00 €, Łódź</p>")
    with pymupdf.open(stream=pdf) as document:
        assert document.page_count == 1
        assert document.xref_get_key(document.pdf_catalog(), "MarkInfo") == ("dict", "<</Marked true>>")
        assert document[0].get_text().strip() == "Œuvre, 14 h 20, 36,00 €, Łódź"
        assert [font[3].split("+")[-1] for font in document[0].get_fonts()] == ["Inter"]


def test_the_same_page_gives_the_same_bytes() -> None:
    page = "<html lang=fr><title>Essai</title><p>Bonjour"
    assert to_pdf(page) == to_pdf(page)


def test_a_page_without_notes_looks_as_weasyprint_has_it() -> None:
    page = "<html lang=fr><title>x</title><ol><li>un<li><q>deux</q></ol><ul><li>trois<br>quatre</ul><input value=5>"
    plain: bytes = HTML(string=page).write_pdf(pdf_variant="pdf/ua-1")
    assert to_pdf(page) == plain


@pytest.mark.parametrize("place", ["<style>b {{ {} }}</style><body><p>Un <b>mot", "<body><p>Un <b style='{}'>mot"])
def test_a_template_may_have_footnotes(place: str) -> None:
    page = f"<html lang=fr><title>x</title>{place.format('float:footnote')}"
    with pymupdf.open(stream=to_pdf(page)) as document:
        assert document[0].get_text().split() == ["Un", "1", "1.", "mot"]


def test_nothing_outside_the_templates_is_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("body::after { content: 'secret' }", encoding="utf-8")
    assert secret.read_text(encoding="utf-8")
    page = f"<html lang=fr><title>x</title><link rel=stylesheet href='{secret.as_uri()}'><p>Bonjour"
    with pymupdf.open(stream=to_pdf(page)) as document:
        assert document[0].get_text().strip() == "Bonjour"


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "https://chambre.example/logo.png", "ftp://chambre.example/a"]
)
def test_an_address_outside_is_refused(address: str) -> None:
    with pytest.raises(ValueError, match=r"not read|disallowed"):
        OfflineFetcher(allowed_protocols={"data", "file"}).fetch(address)


def test_a_template_may_read_its_neighbours() -> None:
    style = (pages.TEMPLATE_FOLDER / "shared" / "style.css").as_uri()
    with_style = OfflineFetcher(allowed_protocols={"data", "file"}).fetch(style)
    assert b"--brand" in with_style.read()


def test_the_embedded_font_is_small_and_always_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = fonts.subset_font()
    assert len(first) < 60_000
    assert first[:4] == b"wOF2"
    monkeypatch.setattr(fonts, "_shelf", lambda: tmp_path / "shelf")
    for _ in ("made", "kept"):
        fonts.subset_font.cache_clear()
        assert fonts.subset_font() == first
    assert [path.name for path in (tmp_path / "shelf").iterdir()] == ["pages.woff2"]


def test_a_font_is_made_where_nothing_may_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    blocked = tmp_path / "file"
    blocked.touch()
    monkeypatch.setattr(fonts, "_shelf", lambda: blocked)
    assert fonts._kept("font", lambda: b"made") == b"made"


@pytest.mark.parametrize(
    ("style", "colour", "size"),
    [
        (":root { font-size: 20px; --a: #f00; } p { color: var(--a); }", 0xFF0000, 15),
        (":root { --a: #f00; } body { --a: #00f; } p { color: var(--a); }", 0x0000FF, 12),
        (":root { --a: #f00; } :root { --a: #0f0; } p { color: var(--a); }", 0x00FF00, 12),
    ],
)
def test_variables_mean_what_they_mean_in_a_browser(style: str, colour: int, size: int) -> None:
    pdf = to_pdf(f"<html lang='en'><head><title>t</title><style>{style}</style></head><body><p>x</p></body></html>")
    with pymupdf.open(stream=pdf) as document:
        span = document[0].get_text("dict")["blocks"][0]["lines"][0]["spans"][0]
    assert (span["color"], round(span["size"])) == (colour, size)
