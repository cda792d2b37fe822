"""The exports of after the event: check-in, meetings, survey, deals, as the plan and some luck would have them."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final

from tasks.demo import aftermath, truth
from tasks.demo.hall import Guest, Hall, Meeting, Span, fix_same_day, hold, who_came
from tasks.demo.tables import workbook, write_csv
from tasks.errors import DataError
from tasks.event import Event
from tasks.messages import message
from tasks.store import Database
from tasks.workspace import Workspace

CHECK_IN_FILE: Final = "pointage-19.csv"
MEETINGS_FILE: Final = "bilan-rendez-vous-19.xlsx"
SURVEY_FILE: Final = "enquete-19.csv"
DEALS_FILE: Final = "suites-19.csv"

_CHECK_IN: Final = (
    *("Numéro de billet", "Nom participant", "Prénom participant", "Raison sociale", "Pointé", "Heure de pointage"),
)
_MEETINGS: Final = (
    *("N° A", "Société A", "N° B", "Société B", "Heure", "Table", "Tenu", "Ajouté le jour même", "Avis A", "Avis B"),
)
_SURVEY: Final = (
    *("Horodateur", "Adresse e-mail", "Votre satisfaction, de 1 à 5"),
    *("Recommanderiez-vous ces rencontres, de 0 à 10 ?", "Commentaire"),
)
_DEALS: Final = (
    *("Horodateur", "Adresse e-mail", "Avec quelle société ?", "Montant des affaires conclues (€ HT)"),
    *("Part due aux rencontres, en %", "Certitude, en %"),
)
# Some slip past the scanner and are seen at their meetings; of some meetings nobody noted what became of them.
_UNSCANNED_SHARE: Final = 0.02
_UNNOTED_SHARE: Final = 0.02


def write_afternoon(folder: Path, seed: int) -> list[Path]:
    """Write the four exports of after the event into the inbox, for the newest approved plan version.

    As many newcomers stay away as others, in proportion. Same seed and same database: same bytes.
    Raises DataError while no plan version is approved, UsageError for a folder that is not the demo's.
    """
    truth.require_demo(folder)
    workspace = Workspace(folder)
    event = workspace.event
    with workspace.opened() as db:
        guests = [Guest(**row) for row in _rows(db, "day/demo_guests", edition_id=event.id)]
        planned = _planned(db, event)
        hall = _hall(db, event)
    rng = Random(seed)
    loyal = truth.repeater_tickets(folder / truth.FOLDER)
    present = who_came(rng, [g for g in guests if g.ticket in loyal], [g for g in guests if g.ticket not in loyal])
    meetings = hold(rng, planned, present) + fix_same_day(rng, hall, guests, planned, present)
    here = [guest for guest in guests if guest.leader_id in present]
    day = datetime.combine(event.date, time())
    answers = aftermath.survey(rng, here, day)
    deals = aftermath.deals(rng, here, meetings, day)
    written = [workspace.inbox / name for name in (CHECK_IN_FILE, MEETINGS_FILE, SURVEY_FILE, DEALS_FILE)]
    _write_check_in(written[0], rng, guests, present, event)
    _write_meetings(written[1], rng, guests, meetings, present)
    _write_survey(written[2], answers)
    _write_deals(written[3], rng, deals)
    truth.write_afternoon(folder / truth.FOLDER, here, meetings, answers, deals)
    return written


def _rows(db: Database, name: str, **values: object) -> list[dict[str, Any]]:
    return db.rows(name, **values)


def _planned(db: Database, event: Event) -> list[Meeting]:
    approved = _rows(db, "plan/select_approved_version", edition_id=event.id)
    if not approved:
        raise DataError(
            message("there is no approved plan version yet, so there is no afternoon."),
            remedy=message("Approve one with: rencontres approve VERSION"),
        )
    return [Meeting(**row) for row in _rows(db, "plan/demo_meetings", **approved[0])]


def _hall(db: Database, event: Event) -> Hall:
    away: dict[str, list[Span]] = {}
    for row in _rows(db, "day/demo_absences", edition_id=event.id):
        away.setdefault(row["leader_id"], []).append((row["starts_at"], row["ends_at"]))
    return Hall(event.slot_starts(), timedelta(minutes=event.meetings.minutes), event.tables.ids, away)


def _write_check_in(path: Path, rng: Random, guests: Sequence[Guest], present: frozenset[str], event: Event) -> None:
    opens = event.at(event.meetings.opens) - timedelta(minutes=35)
    rows = []
    for guest in guests:
        is_scanned = guest.leader_id in present and rng.random() >= _UNSCANNED_SHARE
        seen_at = opens + timedelta(minutes=round(80 * rng.betavariate(2, 4)))
        rows.append(
            (
                *(guest.ticket or "", guest.family_name, guest.given_name, guest.company),
                *("Oui" if is_scanned else "Non", f"{seen_at:%d/%m/%Y %H:%M}" if is_scanned else ""),
            )
        )
    rows.sort(key=lambda row: (row[1], row[2], row[0]))
    write_csv(path, [_CHECK_IN, *rows], delimiter=";", encoding="utf-8-sig", line_end="\r\n")


def _write_meetings(
    path: Path, rng: Random, guests: Sequence[Guest], meetings: Sequence[Meeting], present: frozenset[str]
) -> None:
    by_id = {guest.leader_id: guest for guest in guests}
    with workbook(path) as book:
        sheet = book.add_worksheet("Rendez-vous")
        sheet.write_row(0, 0, _MEETINGS, book.add_format({"bold": True}))
        for row, meeting in enumerate(meetings, start=1):
            one, other = by_id[meeting.leader_a], by_id[meeting.leader_b]
            is_noted = meeting.is_same_day or rng.random() >= _UNNOTED_SHARE
            opinions = aftermath.rate(rng, meeting, present) if is_noted else ("", "")
            sheet.write_number(row, 0, one.catalogue_number)
            sheet.write_string(row, 1, one.company)
            sheet.write_number(row, 2, other.catalogue_number)
            texts = (
                *(other.company, f"{meeting.starts_at:%H:%M}", meeting.table_id),
                *(("Oui" if meeting.is_held else "Non") if is_noted else "",),
                *("Oui" if meeting.is_same_day else "Non", *opinions),
            )
            sheet.write_row(row, 3, texts)


def _write_survey(path: Path, answers: Sequence[aftermath.SurveyAnswer]) -> None:
    rows = [
        (
            *(f"{answer.answered_at:%d/%m/%Y %H:%M:%S}", answer.email),
            *(str(answer.satisfaction), str(answer.recommendation), answer.comment),
        )
        for answer in answers
    ]
    write_csv(path, [_SURVEY, *rows])


def _write_deals(path: Path, rng: Random, deals: Sequence[aftermath.Deal]) -> None:
    rows = [
        (
            *(f"{deal.answered_at:%d/%m/%Y %H:%M:%S}", deal.email, deal.company, _typed_amount(rng, deal.euros)),
            *(str(deal.attribution_percent), f"{deal.confidence_percent} %"),
        )
        for deal in deals
    ]
    write_csv(path, [_DEALS, *rows])


def _typed_amount(rng: Random, euros: int) -> str:
    """Return an amount as people type it: ``12500``, ``12 500``, ``12 500,00 €``."""
    parted = f"{euros:,}".replace(",", " ")
    return rng.choice((str(euros), str(euros), parted, f"{parted},00 €", f"{parted} €"))
