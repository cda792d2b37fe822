"""The organiser's own workbook of exhibitors and partners, with all that people add to such a list."""

from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Final

import xlsxwriter

from tasks.demo.tables import workbook
from tasks.demo.world import Visit, scaled

_HEADER: Final = ("Stand", "Société", "Activité", "Contact", "Téléphone")
_EXHIBITORS: Final = 22
_PARTNERS: Final = (
    ("Banque du Beffroi", "Banque des entreprises"),
    ("Agglomération de démonstration", "Collectivité, accueil des entreprises"),
    ("Club des dirigeants de la Gohelle", "Réseau d'entreprises"),
    ("Mutuelle des Trois Terrils", "Santé et prévoyance"),
    ("Le Courrier d'Ostrevent", "Presse économique locale"),
    ("Campus des métiers de la Scarpe", "Apprentissage et formation"),
)


def write_exhibitors(path: Path, rng: Random, visits: Sequence[Visit]) -> None:
    """Write two lists with their titles, a blank line and a total, and a hidden sheet of drafts."""
    stands = rng.sample(visits, min(len(visits), scaled(_EXHIBITORS, len(visits), least=4)))
    exhibitors = [
        (_stand(position), visit.company.full_name, visit.company.trade.label, *_contact(visit))
        for position, visit in enumerate(stands)
    ]
    hosts = rng.sample(visits, len(_PARTNERS))
    partners = [
        (f"P{position}", name, activity, *_contact(host))
        for position, ((name, activity), host) in enumerate(zip(_PARTNERS, hosts, strict=True), start=1)
    ]
    with workbook(path) as book:
        for sheet_name, title, rows in (
            ("Exposants", "EXPOSANTS — Rencontres affaires, 19e édition", exhibitors),
            ("Partenaires", "PARTENAIRES — Rencontres affaires, 19e édition", partners),
        ):
            _write_list(book, sheet_name, title, rows)
        draft = book.add_worksheet("Brouillon")
        draft.hide()
        draft.write_column(0, 0, ["à rappeler lundi", "plan des stands : version 2 ?", "Société", "annulé"])


def _stand(position: int) -> str:
    return f"{'ABCD'[position % 4]}{position // 4 + 1}"


def _contact(visit: Visit) -> tuple[str, str]:
    return visit.person.full_name, visit.person.phone


def _write_list(book: xlsxwriter.Workbook, name: str, title: str, rows: Sequence[Sequence[str]]) -> None:
    bold = book.add_format({"bold": True})
    sheet = book.add_worksheet(name)
    sheet.merge_range(0, 0, 0, len(_HEADER) - 1, title, bold)
    sheet.merge_range(1, 0, 1, len(_HEADER) - 1, "Liste tenue par le service événementiel, ne pas diffuser")
    sheet.write_row(2, 0, _HEADER, bold)
    for row, cells in enumerate(rows, start=3):
        sheet.write_row(row, 0, cells)
    sheet.write_string(len(rows) + 4, 0, "TOTAL")
    sheet.write_number(len(rows) + 4, 1, len(rows))
    sheet.set_column(1, 3, 34)
