"""Exports as their tools write them, made in a line or two."""

import csv
import io
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import duckdb
import xlsxwriter

from tasks.event import Event
from tasks.ingest import core
from tasks.ingest.formats.sources import source_named
from tasks.ingest.inbox import settling
from tasks.ingest.inbox.finding import find_files
from tasks.ingest.inbox.intake import take_in
from tasks.ingest.inbox.reports import FileReport
from tasks.ingest.people import linking
from tasks.ingest.people.directory import Directory
from tasks.ingest.people.memory import Memory
from tasks.ingest.people.people import derive_people
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import read_ticket
from tasks.workspace import Workspace

SAMPLES = Path(__file__).parents[3] / "shared" / "data" / "exports"
READ_AT = datetime(2026, 11, 23, 2, 30, tzinfo=UTC)
CURRENT = "artois-douaisis-2026"
EARLIER = "artois-douaisis-2025"
ZONE = "Europe/Paris"


def header(text: str, delimiter: str) -> list[str]:
    return next(csv.reader([text], delimiter=delimiter))


HELLOASSO = header(
    "Référence commande;Date de la commande;Statut de la commande;Nom participant;Prénom participant;Nom payeur;"
    "Prénom payeur;Email payeur;Raison sociale;Moyen de paiement;Billet;Numéro de billet;Tarif;Montant tarif;"
    "Code Promo;Montant code promo;Société;Fonction;Email participant;Téléphone;SIRET;Code postal;Ville",
    ";",
)
BILLETWEB = header(
    ",Billet,Date de création,Tarif,Nom,Prénom,Email,Nom acheteur,Prénom acheteur,Email acheteur,Prix,"
    "Montant remboursé,Payé,Valide,Scanné,Date utilisation,Société (Participant) - #11",
    ",",
)
WISHES = header(
    "ID|Heure de début|Heure de fin|Adresse de messagerie|Nom|Votre société|Vous venez plutôt pour|Ce que vous vendez|"
    "Ce que vous recherchez|Votre activité en une phrase|Langue|Nombre maximum de rendez-vous|J'arrive à|Je pars à|"
    "Pause souhaitée|Souhait n° 1|Souhait n° 2|Souhait n° 3|Autres souhaits (un par ligne)|"
    "Je ne souhaite pas rencontrer",
    "|",
)


def event_of(workspace: Workspace) -> Event:
    return Workspace(workspace.folder).event


def reader(source: str, **content: str) -> Reader:
    """Return a reader on one row, given by field names."""
    return Reader(Place("f" * 64, "", 2), source_named(source), content, ZoneInfo(ZONE))


def table(header: Sequence[str], rows: Sequence[Mapping[str, str]], delimiter: str = ";") -> str:
    """Return a CSV text; a row names the columns it fills."""
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, fieldnames=list(header), delimiter=delimiter, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return buffer.getvalue()


def ticket(number: int, given: str, family: str, company: str, **more: str) -> dict[str, str]:
    """Return a HelloAsso row of a valid ticket, paid by the participant."""
    email = f"{given}.{family}@{company.replace(' ', '-')}.example".lower()
    row = {
        "Référence commande": f"9{number}",
        "Date de la commande": f"{number % 28 + 1:02d}/10/2026 10:00",
        "Statut de la commande": "Validé",
        "Nom participant": family,
        "Prénom participant": given,
        "Nom payeur": family,
        "Prénom payeur": given,
        "Email payeur": email,
        "Numéro de billet": str(number),
        "Tarif": "Dirigeant",
        "Montant tarif": "36,00",
        "Société": company,
        "Email participant": email,
    }
    return row | {key.replace("_", " "): value for key, value in more.items()}


def write_tickets(workspace: Workspace, rows: Sequence[Mapping[str, str]], name: str = "inscriptions.csv") -> Path:
    path = workspace.inbox / name
    path.write_bytes(("\ufeff" + table(HELLOASSO, rows)).encode())
    return path


def write_billetweb(workspace: Workspace, rows: Sequence[Mapping[str, str]], name: str = "billets.csv") -> Path:
    path = workspace.inbox / name
    path.write_bytes(table(BILLETWEB, rows, ",").encode("cp1252"))
    return path


def write_wishes(workspace: Workspace, rows: Sequence[Mapping[str, object]], name: str = "souhaits.xlsx") -> Path:
    filled = [{"Heure de fin": 46310.5 + position, **row} for position, row in enumerate(rows)]
    path = workspace.inbox / name
    write_workbook(path, {"Réponses": [WISHES, *([row.get(column, "") for column in WISHES] for row in filled)]})
    return path


def write_workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[object]]], hidden: str = "") -> None:
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
            if name == hidden:
                sheet.hide()


def write_text(workspace: Workspace, name: str, text: str) -> Path:
    path = workspace.inbox / name
    path.write_text(text, encoding="utf-8")
    return path


def ingest(workspace: Workspace, read_at: datetime = READ_AT) -> core.CoreReport:
    """Take in the whole inbox, derive, link."""
    reports = read_inbox(workspace, read_at)
    assert [str(report.sentence) for report in reports if report.state == "set_aside"] == []
    with workspace.opened() as db:
        with db.transaction():
            report = core.rebuild(db, event_of(workspace), read_at)
        with db.transaction():
            linking.link(db)
    return report


def read_inbox(workspace: Workspace, read_at: datetime = READ_AT) -> list[FileReport]:
    """Take in the whole inbox, as if its files had been seen long ago: nothing waits for them to stand still."""
    event = event_of(workspace)
    with workspace.opened() as db:
        found = [replace(entry, seen_at=0) for entry in find_files(workspace.inbox)]
        reports = [report for entry in found for report in take_in(db, event, entry, read_at)]
        with db.transaction():
            return settling.settle(db, event, reports, read_at)


def directory_of(*people: tuple[str, str, str]) -> Directory:
    """Return the directory of an edition in which these (given name, family name, company) take part, in order."""
    readers = [
        reader(
            "helloasso-2026",
            status="Validé",
            ticket_number=f"{number:03d}",
            given_name=given,
            family_name=family,
            company=company,
            email=f"{given}.{family}@{company.replace(' ', '-')}.example",
        )
        for number, (given, family, company) in enumerate(people)
    ]
    places = [Place("f" * 64, "", number) for number in range(len(readers))]
    tickets = [read_ticket(replace(row, place=place)) for row, place in zip(readers, places, strict=True)]
    return Directory(derive_people(CURRENT, [found for found in tickets if found], Memory()))


def rows_of(workspace: Workspace, query: str) -> list[tuple[object, ...]]:
    """Return what a query finds in the database of a workspace."""
    with duckdb.connect(str(workspace.database)) as connection:
        return connection.execute(query).fetchall()


@contextmanager
def growing(path: Path) -> Iterator[None]:
    """Let another program go on writing a file."""
    stop = threading.Event()

    def copy() -> None:
        with path.open("a", encoding="utf-8") as file:
            while not stop.wait(0.02):
                file.write("one more line\n")
                file.flush()

    copying = threading.Thread(target=copy)
    copying.start()
    try:
        yield
    finally:
        stop.set()
        copying.join()
