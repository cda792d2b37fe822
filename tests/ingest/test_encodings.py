"""Encodings: French names, as people type them, in what their machines write."""

from itertools import product

import pytest

from tasks.ingest.reading.decode import read_text
from tasks.ingest.reading.encodings import encoding_of

NAMES = (
    "Hélène", "HÉLÈNE", "Lefèvre", "LEFÈVRE", "Noël", "François", "FRANÇOISE", "Société", "Crêperie", "Gaëlle", "Loïc",
    "Maçonnerie", "Où ça ?", "À l'hôtel", "Prénom", "Müller", "Événement", "Île d'Oléron", "Évian", "Bâtiment",
    "SOCIÉTÉ GÉNÉRALE", "Stéphane", "Benoît", "Jérôme", "Zoé", "Anaïs", "Inès", "Guérande", "Nîmes", "Orléans",
)  # fmt: skip
TYPOGRAPHY = ("L’Étoile d’été", "Œillet", "Cœur de ville", "36,00 €", "…à suivre")  # noqa: RUF001 -- as people type it


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850"])
def test_three_names_with_accents_tell_the_encoding(encoding: str) -> None:
    wrong = [
        (first, second, third)
        for first, second, third in zip(NAMES, NAMES[7:] + NAMES[:7], NAMES[12:] + NAMES[:12], strict=True)
        if encoding_of(f"Nom;Ville\n{first};Lens\n{second};Lens\n{third};\n".encode(encoding)) != encoding
    ]
    assert wrong == []


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman"])
def test_typographic_signs_tell_the_encoding_too(encoding: str) -> None:
    wrong = [
        (name, sign)
        for name, sign in product(NAMES, TYPOGRAPHY)
        if encoding_of(f"{name};{sign};{sign}\n".encode(encoding)) != encoding
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "text",
    [
        "la suite…", "etc… et plus", "suite …", "…suite", "…", "[…]", '"suite…"', "(suite…)", "12…", "SUITE…",
        "Dupont…Petit", "Conseil…", "hotel… et local…", "chemin de l’… ",  # noqa: RUF001 -- as people type it
    ],
)  # fmt: skip
def test_the_ellipsis_of_windows_alone_is_not_the_letter_of_dos(text: str) -> None:
    content = f"Nom;Souhait\nMorel;{text}\nDupont;x\n".encode("cp1252")
    assert encoding_of(content) == "cp1252"
    sheet, _ = read_text(content)
    assert [line.cells for line in sheet.lines] == [("Nom", "Souhait"), ("Morel", text.strip('"')), ("Dupont", "x")]


@pytest.mark.parametrize(
    "text", ["Dupont à Lens", "à Lens", "de 9 h à 12 h", "voilà", "Par-delà", "là-bas", "Deja, dejà"]
)
def test_the_letter_of_dos_alone_is_not_the_ellipsis_of_windows(text: str) -> None:
    assert encoding_of(f"Nom;Souhait\nMorel;{text}\nDupont;x\n".encode("cp850")) == "cp850"


@pytest.mark.parametrize(
    ("encoding", "mark", "expected"),
    [
        ("utf-16-le", b"", "utf_16_le"),
        ("utf-16-be", b"", "utf_16_be"),
        ("utf-16-be", b"\xfe\xff", "utf_16"),
        ("utf-32-le", b"\xff\xfe\x00\x00", "utf_32"),
        ("utf-8", b"", "utf_8"),
        ("utf-8", b"\xef\xbb\xbf", "utf_8_sig"),
    ],
)
def test_unicode_is_told_by_its_mark_or_its_zeros(encoding: str, mark: bytes, expected: str) -> None:
    assert encoding_of(mark + "Prénom;Société\nZoé;Cœur\n".encode(encoding)) == expected


@pytest.mark.parametrize(
    "content",
    [
        bytes(range(1, 32)) * 20,
        b"\xff\xfe\x41",
        b"\x01\xd8\x02\xd8\x00\x00",
        "中文文本中文文本".encode("utf-16-le") + b"\x00\x00",
    ],
    ids=["controls", "half a character", "lone surrogates", "hardly a letter"],
)
def test_bytes_of_no_encoding_have_none(content: bytes) -> None:
    assert encoding_of(content) is None


def test_a_later_byte_that_the_likeliest_encoding_lacks_leaves_the_next_one() -> None:
    many = "Hélène;Zoé\n".encode("cp1252") * 7_000  # more accents than are looked at
    assert encoding_of(many) == "cp1252"
    assert encoding_of(many + b"\x81") != "cp1252"


def test_names_of_other_countries_do_not_set_a_file_aside() -> None:
    assert encoding_of("Prénom;Société\nZoé;Žižka Škoda\n".encode("cp1252")) == "cp1252"
    assert encoding_of("Guðrún;Þór\n".encode("cp1252")) == "cp1252"
