"""Rolls of made-up people, for pieces that need no database."""

from collections.abc import Sequence
from datetime import date, timedelta

import pymupdf

from tasks.messages import Language
from tasks.publish.documents.printed.roll import Guest, Hall, Roll, Round, Seat, Stand, Table
from tests.publish.builders import LONG_COMPANY, LONG_NAME, OPENS

TWENTY = timedelta(minutes=20)


def guest(
    family_name: str, given_name: str = "Claire", company: str = "Ateliers", number: int = 1, at: str = ""
) -> Guest:
    """A guest; ``at`` names the tables of their meetings, one slot after the other, ``-`` for a free one."""
    seats = tuple(Seat(OPENS + slot * TWENTY, table) for slot, table in enumerate(at.split()) if table != "-")
    return Guest(f"L{number:03d}", family_name, given_name, company, number, seats)


def table(table_id: str, *pairs: Sequence[Guest]) -> Table:
    """A table with who meets there, one slot after the other."""
    return Table(table_id, tuple(Round(OPENS + slot * TWENTY, tuple(pair)) for slot, pair in enumerate(pairs)))


def roll(
    *guests: Guest,
    tables: Sequence[Table] = (),
    stands: Sequence[Stand] = (),
    languages: tuple[Language, ...] = ("fr", "en"),
) -> Roll:
    titles = {"fr": "Rencontres affaires de l'Artois et du Douaisis", "en": "Artois and Douaisis business meetings"}
    names = {"fr": "Rendez-vous", "en": "Meetings"}
    return Roll(
        version_id="19-v1",
        languages=languages,
        titles=tuple(titles[language] for language in languages),
        number=19,
        held_on=date(2026, 12, 3),
        venue="Gayant Expo",
        organiser="Chambre d'ici",
        guests=guests,
        tables=tuple(tables),
        stands=tuple(stands),
        halls=(Hall(tuple(names[language] for language in languages), OPENS, OPENS + 12 * TWENTY),),
    )


def difficult() -> list[Guest]:
    """Names that a layout is afraid of, each with twelve meetings in a row at twelve tables."""
    given, family = LONG_NAME.split(" ", 1)
    at = " ".join(f"T{number:02d}" for number in range(1, 13))
    names = [
        (family, given, LONG_COMPANY),
        ("W" * 120, "", "M" * 120),
        ("الهاشمي بن يوسف", "محمد عبد الرحمن", "شركة الصناعات الميكانيكية"),
        ("王欧阳", "伟", "北京精密机械有限公司"),
        ("Œil", "A", "X"),
    ]
    return [guest(family, given, company, number, at) for number, (family, given, company) in enumerate(names, 1)]


def rows_of(page: pymupdf.Page) -> list[tuple[pymupdf.Rect, str]]:
    """The lines of a page with what is between their highest and lowest letters, about."""
    found = []
    for block in page.get_text("dict", flags=pymupdf.TEXT_PRESERVE_WHITESPACE)["blocks"]:
        for line in block["lines"]:
            for span in line["spans"]:
                if span["text"].strip():
                    left, _, right, _ = span["bbox"]
                    base, size = span["origin"][1], span["size"]
                    found.append((pymupdf.Rect(left, base - 0.7 * size, right, base + 0.1 * size), span["text"]))
    return found


def assert_nothing_is_cut_or_overlaps(page: pymupdf.Page) -> None:
    rows = rows_of(page)
    outside = [text for box, text in rows if not page.rect.contains(box)]
    assert outside == []
    overlapping = [
        (one, other)
        for place, (box, one) in enumerate(rows)
        for across, other in rows[place + 1 :]
        if (both := box & across).width > 0.5 and both.height > 0.5
    ]
    assert overlapping == []


def letters(text: str) -> str:
    """A text without its spaces and line ends, in which long words may have been broken."""
    return "".join(text.split())
