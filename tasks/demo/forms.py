"""The form's workbook: one row an answer, one column a question."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tasks.demo.answers import Answer
from tasks.demo.tables import workbook
from tasks.demo.wishes import Role

SHEET: Final = "Réponses"
_SINGLE_WISHES: Final = 10
HEADER: Final = (
    *("ID", "Heure de début", "Heure de fin", "Adresse de messagerie", "Nom", "Votre société"),
    *("Vous venez plutôt pour", "Ce que vous vendez", "Ce que vous recherchez", "Votre activité en une phrase"),
    *("Langue", "Nombre maximum de rendez-vous", "J'arrive à", "Je pars à", "Pause souhaitée"),
    *(f"Souhait n° {number}" for number in range(1, _SINGLE_WISHES + 1)),
    *("Autres souhaits (un par ligne)", "Je ne souhaite pas rencontrer"),
)
_ROLE: Final[dict[Role, str]] = {"buyer": "Acheter", "supplier": "Vendre", "both": "Acheter et vendre"}
_LANGUAGE: Final = {"fr": "Français", "en": "English"}
_ENGLISH_SENTENCE: Final = "We work with manufacturers across northern France and look for partners nearby."


def write_form(path: Path, answers: Sequence[Answer]) -> None:
    """Write the answers. Instants are Excel dates, everything else is text."""
    with workbook(path) as book:
        sheet = book.add_worksheet(SHEET)
        sheet.write_row(0, 0, HEADER, book.add_format({"bold": True}))
        sheet.set_column(1, len(HEADER) - 1, 22)
        for row, answer in enumerate(answers, start=1):
            sheet.write_number(row, 0, row)
            sheet.write_datetime(row, 1, answer.started)
            sheet.write_datetime(row, 2, answer.finished)
            for column, text in enumerate(_texts(answer), start=3):
                if text:
                    sheet.write_string(row, column, text)


def _texts(answer: Answer) -> tuple[str, ...]:
    visit, wisher = answer.visit, answer.wisher
    typed = [wish.text for wish in answer.wishes]
    single = (typed + [""] * _SINGLE_WISHES)[:_SINGLE_WISHES]
    sentences = visit.company.trade.sentences
    is_french = visit.person.language == "fr"
    return (
        *(visit.email, visit.person.full_name, visit.company.full_name, _ROLE[wisher.role]),
        *(";".join(wisher.sells), ";".join(wisher.seeks)),
        sentences[len(visit.company.name) % len(sentences)] if is_french else _ENGLISH_SENTENCE,
        *(_LANGUAGE[visit.person.language], answer.maximum),
        *(answer.hours.arrives, answer.hours.leaves, answer.hours.pause),
        *single,
        *("\n".join(typed[_SINGLE_WISHES:]), ";".join(wish.text for wish in answer.excluded)),
    )
