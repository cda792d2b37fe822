"""An export of every tool, in its own headers and both languages, to the very tickets and answers that it means.

Every person is made up. Each export is read with each separator and from each kind of workbook, whatever the tool
writes.
"""

import csv
import io
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from tasks.event_choices import Export
from tasks.ingest.inbox.exports import TakenIn, read_export
from tasks.ingest.records.afternoon import CheckIn
from tasks.ingest.records.answers import Answer
from tasks.ingest.records.kinds import Record, read_records
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place
from tasks.ingest.records.tickets import Ticket
from tasks.workspace import Workspace
from tests.ingest.builders import event_of
from tests.ingest.export_formats import Table, as_ods, as_xls, as_xlsx

PIPE = "|"
FORMATS = ("semicolon", "comma", "tab", "xlsx", "xls", "ods")


@dataclass(frozen=True)
class Case:
    """An export, its cells between pipes, and its tickets.

    A ticket is a number, a status, cents, both names, company, own e-mail, day of the order and telephone.
    """

    name: str
    source: str
    header: str
    rows: tuple[str, ...]
    tickets: tuple[tuple[object, ...], ...]
    refused: tuple[tuple[str, str], ...] = ()


MOREL = ("Morel", "Ana", "Ateliers Morel", "ana@morel.example")
ROUX = ("Roux", "Bob", "Roux & Fils", "bob@roux.example")

CASES = (
    Case(
        "pretix-positions-fr",
        "pretix-positions",
        "Titre de l'événement|Nom de l'événement|Code de commande|ID de la position|Statut|E-Mail|"
        "Numéro de téléphone|Date de commande|Heure de commande|Produit|Prix|Nom du participant|"
        "Nom du participant: Prénom|Nom du participant: Nom de famille|E-mail du participant|"
        "Entreprise du participant|Nom du siège|Nom du siège|Nom de l'adresse de facturation: Prénom|"
        "Nom de l'adresse de facturation: Nom de famille|Langue de la commande",
        (
            (
                "r19|Rencontres|ABCDE|1|payé|ana@morel.example|+33639981234|2026-10-01|10:00:00|Dirigeant|36.00|"
                "Ana Morel|Ana|Morel||Ateliers Morel|||Ana|Morel|fr"
            ),
            (
                "r19|Rencontres|ABCDE|2|annulé|ana@morel.example|+33639981234|2026-10-01|10:00:00|Dirigeant|"
                "36.00|Bob Roux|Bob|Roux|bob@roux.example|Roux & Fils|||Ana|Morel|en"
            ),
        ),
        (
            ("ABCDE-1", "valid", 3600, *MOREL, "2026-10-01", "+33639981234"),
            ("ABCDE-2", "cancelled", 3600, *ROUX, "2026-10-01", None),
        ),
    ),
    Case(
        "pretix-positions-en",
        "pretix-positions",
        "Event slug|Event name|Order code|Position ID|Status|Email|Phone number|Order date|Order time|"
        "Product|Price|Attendee name|Attendee email|Attendee company|Voucher|Order locale|SIRET",
        (
            (
                "r19|Meetings|ABCDE|1|pending|boss@morel.example||2026-10-01|10:00:00|Leader|36.00|Ana Morel|"
                "ana@morel.example|Ateliers Morel|TEST|en|"
            ),
        ),
        (("ABCDE-1", "test", 3600, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "pretix-orders-fr",
        "pretix-orders",
        "Nom de l'événement|Code de commande|Total de la commande|Statut|E-Mail|Numéro de téléphone|"
        "Date de commande|Heure de commande|Entreprise|Nom|Prénom|Nom de famille|Code postal|Ville|"
        "Langue de la commande|Positions",
        (
            (
                "Rencontres|ABCDE|72.00|payé|ana@morel.example|+33639981234|2026-10-01|10:00:00|Ateliers Morel|"
                "Ana Morel|Ana|Morel|62000|Arras|fr|2"
            ),
            (
                "Rencontres|FGHIJ|36.00|en attente|bob@roux.example||2026-10-02|10:00:00|Roux & Fils|Bob Roux|"
                "Bob|Roux|||fr|1"
            ),
        ),
        (
            ("ABCDE", "valid", 7200, *MOREL, "2026-10-01", "+33639981234"),
            ("FGHIJ", "unpaid", 3600, *ROUX, "2026-10-02", None),
        ),
        (("quantity", "several_tickets"),),
    ),
    Case(
        "pretix-orders-en",
        "pretix-orders",
        "Event name|Order code|Order total|Status|Email|Order date|Order time|Company|Name|Given name|"
        "Family name|Order locale|Positions",
        ("Meetings|ABCDE|36.00|paid|ana@morel.example|2026-10-01|10:00:00|Ateliers Morel|Ana Morel|||en|1",),
        (("ABCDE", "valid", 3600, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "helloasso-2016",
        "helloasso-2016",
        "Nom|Prénom|Société|Adresse|Code Postal|Ville|Pays|Email|Commentaire|Date|Montant",
        ("Morel|Ana|Ateliers Morel|1 rue|62000|Arras|France|ana@morel.example|Bravo|01/10/2016 10:00|36,00",),
        (("", "valid", 3600, *MOREL, "2016-10-01", None),),
    ),
    Case(
        "helloasso-2019",
        "helloasso-2019",
        "Numéro|Campagne|Formule|Montant inscription|Code promo|Statut|Moyen de paiement|Nom|Prénom|"
        "Société|Date|Email|Nom acheteur|Prénom acheteur|Champ additionnel: Email|"
        "Champ additionnel: Téléphone",
        (
            (
                "69|Rencontres|Plein|36,00||Validé|CB|Morel|Ana|Ateliers Morel|01/10/2019 10:00:01|"
                "bob@roux.example|Roux|Bob|ana@morel.example|06 39 98 12 34"
            ),
            (
                "68|Rencontres|Plein|36,00||Remboursé|CB|Roux|Bob|Roux & Fils|01/10/2019 10:00:01|"
                "bob@roux.example|Roux|Bob||"
            ),
        ),
        (
            ("69", "valid", 3600, *MOREL, "2019-10-01", "+33639981234"),
            ("68", "cancelled", 3600, *ROUX, "2019-10-01", None),
        ),
    ),
    Case(
        "helloasso-2024",
        "helloasso-2024",
        "Référence commande|Date de la commande|Statut de la commande|Nom participant|Prénom participant|"
        "Nom payeur|Prénom payeur|Email payeur|Raison sociale|Moyen de paiement|Tarif|Montant tarif|"
        "Code Promo|Montant code promo|Société|Email",
        (
            (
                "15|09/10/2025 21:59|Validé|Morel|Ana|Roux|Bob|bob@roux.example|Roux & Fils|CB|Plein|36,00|||"
                "Ateliers Morel|ana@morel.example"
            ),
        ),
        (("", "valid", 3600, *MOREL, "2025-10-09", None),),
    ),
    Case(
        "helloasso-2026",
        "helloasso-2026",
        "Référence commande|Date de la commande|Statut de la commande|Nom participant|Prénom participant|"
        "Nom payeur|Prénom payeur|Email payeur|Raison sociale|Moyen de paiement|Billet|Numéro de billet|"
        "Tarif|Montant tarif|Code Promo|Montant code promo|Adresse Mail de Contact",
        (
            (
                "17|04/03/2026 14:25|Validé|Morel|Ana|Morel|Ana|compta@morel.example|Ateliers Morel|CB|url|172|"
                "Plein|85,00|||ana@morel.example"
            ),
        ),
        (("172", "valid", 8500, *MOREL, "2026-03-04", None),),
    ),
    Case(
        "billetweb",
        "billetweb",
        "|Billet|Codes-barres|Date de création|Séance|Tarif|Nom|Prénom|Email|Nom acheteur|"
        "Prénom acheteur|Email acheteur|Commande|Prix|Montant remboursé|Payé|Valide|Scanné|"
        "Date utilisation|Téléphone (Commande) - #5|Société (Participant) - #11",
        (
            (
                "|T1|13|2026-09-30 09:20|soir|Plein|Morel|Ana|ana@morel.example|Roux|Bob|bob@roux.example|C1|"
                "5,00|0,00|Oui|Oui|Non|0000-00-00 00:00|+33639981234|Ateliers Morel"
            ),
            (
                "|T2|14|2026-09-30 09:20|soir|Plein|Roux|Bob|bob@roux.example|Roux|Bob|bob@roux.example|C1|5,00|"
                "5,00|Oui|Oui|Non|0000-00-00 00:00|+33639981235|Roux & Fils"
            ),
        ),
        (
            ("T1", "valid", 500, *MOREL, "2026-09-30", None),
            ("T2", "cancelled", 500, *ROUX, "2026-09-30", "+33639981235"),
        ),
    ),
    Case(
        "eventbrite-us",
        "eventbrite",
        "Order #|Order Date|First Name|Last Name|Email|Quantity|Price Tier|Ticket Type|Attendee #|Group|"
        "Order Type|Currency|Total Paid|Fees Paid|Eventbrite Fees|Eventbrite Payment Processing|"
        "Attendee Status|Job Title|Company",
        (
            (
                "11|11/29/24 22:28|Ana|Morel|ana@morel.example|1||General|181||Free Order|EUR|36.00|0|0|0|"
                "Attending|CEO|Ateliers Morel"
            ),
            (
                "12|1/2/25 8:05|Bob|Roux|bob@roux.example|3||General|182||Free Order|EUR|0|0|0|0|Not Attending|"
                "CEO|Roux & Fils"
            ),
        ),
        (
            ("181", "valid", 3600, *MOREL, "2024-11-29", None),
            ("182", "cancelled", 0, *ROUX, "2025-01-02", None),
        ),
        (("quantity", "several_tickets"),),
    ),
    Case(
        "eventbrite-uk",
        "eventbrite",
        "Order no.|Order Date|First Name|Surname|Email|Quantity|Ticket Type|Order Type|Total Paid|"
        "Attendee Status|Home Postcode|Event Name|Buyer First Name|Buyer Surname|Buyer Email|Company",
        (
            (
                "11|29/11/2024 22:28|Ana|Morel|ana@morel.example|1|VIP|Paid Order|36.00|Attending||Meetings|Bob|"
                "Roux|bob@roux.example|Ateliers Morel"
            ),
            (
                "11|29/11/2024 22:28|Bob|Roux|bob@roux.example|1|VIP|Paid Order|36.00|Checked In||Meetings|Bob|"
                "Roux|bob@roux.example|Roux & Fils"
            ),
        ),
        (
            ("", "valid", 3600, *MOREL, "2024-11-29", None),
            ("", "valid", 3600, *ROUX, "2024-11-29", None),
        ),
    ),
    Case(
        "weezevent-fr",
        "weezevent",
        "NOM|PRENOM|EMAIL|BARCODE|TARIF|PRIX|STATUT|SOCIETE|DATE DE LA COMMANDE",
        ("Morel|Ana|ana@morel.example|4012345678901|Plein|36,00|Validé|Ateliers Morel|01/10/2026 10:00",),
        (("4012345678901", "valid", 3600, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "weezevent-en",
        "weezevent",
        "last_name|first_name|mail|barcode|rate_name|price|status|company|create_date",
        ("Morel|Ana|ana@morel.example|4012345678901|Full|36.00|Refunded|Ateliers Morel|2026-10-01 10:00",),
        (("4012345678901", "cancelled", 3600, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "eventmaker-en",
        "eventmaker",
        "UID|First name|Last name|Email|Company name|Position|Phone number|Guest category|Status|Created at",
        (
            ("E1|Ana|Morel|ana@morel.example|Ateliers Morel|CEO|06 39 98 12 34|Visitor|Registered|2026-10-01 10:00"),
            "E2|Bob|Roux|bob@roux.example|Roux & Fils|CEO||Visitor|Invited|2026-10-01 10:00",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-10-01", "+33639981234"),
            ("", "unpaid", 0, *ROUX, "2026-10-01", None),
        ),
    ),
    Case(
        "eventmaker-fr",
        "eventmaker",
        "UID|Prénom|Nom|E-mail|Société|Poste|Catégorie|Statut|Créé le",
        ("E1|Ana|Morel|ana@morel.example|Ateliers Morel|PDG|Visiteur|Inscrit|01/10/2026",),
        (("", "valid", 0, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "b2match",
        "b2match",
        "Participant ID|First name|Last name|Email|Organization|Job description|Participation type|"
        "Registration|Activated|Registered on",
        (
            "7|Ana|Morel|ana@morel.example|Ateliers Morel|CEO|On-site|Registered|Yes|2026-10-01",
            "8|Bob|Roux|bob@roux.example|Roux & Fils|CEO|On-site|Registered|No|2026-10-01",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-10-01", None),
            ("", "unpaid", 0, *ROUX, "2026-10-01", None),
        ),
    ),
    Case(
        "google-forms-fr",
        "google-forms-registration",
        "Horodateur|Adresse e-mail|Nom|Prénom|Nom de votre entreprise|Votre fonction|Numéro de téléphone",
        ("2026/10/01 10:00:00 AM UTC+2|ana@morel.example|Morel|Ana|Ateliers Morel|PDG|06 39 98 12 34",),
        (("", "valid", 0, *MOREL, "2026-10-01", "+33639981234"),),
    ),
    Case(
        "google-forms-en",
        "google-forms-registration",
        "Timestamp|Email Address|Your name|Your company",
        (
            "10/1/2026 10:00:00|ana@morel.example|Ana Morel|Ateliers Morel",
            "10/31/2026 10:00:00|bob@roux.example|Bob Roux|Roux & Fils",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-10-01", None),
            ("", "valid", 0, *ROUX, "2026-10-31", None),
        ),
    ),
    Case(
        "microsoft-forms",
        "microsoft-forms-registration",
        "ID|Start time|Completion time|Email|Name|Your company|Job title",
        (
            "1|7/27/26 19:00:00|7/27/26 19:06:23|ana@morel.example|Ana Morel|Ateliers Morel|CEO",
            "2|8/1/26 19:00:00|8/1/26 19:06:23|bob@roux.example|Bob Roux|Roux & Fils|CEO",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-07-27", None),
            ("", "valid", 0, *ROUX, "2026-08-01", None),
        ),
    ),
    Case(
        "typeform",
        "typeform-registration",
        "#|Votre prénom|Votre nom de famille|Votre entreprise|Votre e-mail|Start Date (UTC)|"
        "Submit Date (UTC)|Network ID",
        ("a1|Ana|Morel|Ateliers Morel|ana@morel.example|2026-10-01 09:00:00|2026-10-01 09:02:00|f00",),
        (("", "valid", 0, *MOREL, "2026-10-01", None),),
    ),
    Case(
        "limesurvey-fr",
        "limesurvey-registration",
        "ID de la réponse|Date de soumission|Dernière page|Langue de départ|Tête de série|"
        "Votre nom de famille|Votre prénom|Votre société|Votre e-mail",
        (
            "1|2026-10-01 10:00:00|2|fr|99|Morel|Ana|Ateliers Morel|ana@morel.example",
            "2||1|fr|98|Roux|Bob|Roux & Fils|bob@roux.example",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-10-01", None),
            ("", "unpaid", 0, *ROUX, None, None),
        ),
    ),
    Case(
        "list-fr",
        "list",
        "Société|NOM|Prénom|Fonction|Mail|Portable|Payé|Inscrit le",
        (
            "Ateliers Morel|Morel|Ana|PDG|ana@morel.example|06 39 98 12 34|oui|01/10/2026",
            "Roux & Fils|Roux|Bob|DG|bob@roux.example||non|",
        ),
        (
            ("", "valid", 0, *MOREL, "2026-10-01", "+33639981234"),
            ("", "unpaid", 0, *ROUX, None, None),
        ),
    ),
    Case(
        "list-en",
        "list",
        "Full name|Company|Email|Job title",
        (
            "Ana Morel|Ateliers Morel|ana@morel.example|CEO",
            "Bob Roux|Roux & Fils|bob@roux.example|CEO",
        ),
        (
            ("", "valid", 0, *MOREL, None, None),
            ("", "valid", 0, *ROUX, None, None),
        ),
    ),
)


def text_of(header: str, rows: Sequence[str], delimiter: str) -> bytes:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter).writerows(row.split(PIPE) for row in (header, *rows))
    return buffer.getvalue().encode("utf-8-sig")


def records_of(workspace: Workspace, content: bytes) -> tuple[TakenIn, list[Record], list[tuple[str, str]]]:
    """Return the export, its records, and what was refused as (column, rule)."""
    taken = read_export(content, Export(), event_of(workspace))
    zone = event_of(workspace).zone
    readers = [
        Reader(Place("f" * 64, table.sheet, row.number), taken.source, row.content, zone, table.date_orders)
        for table in taken.tables
        for row in table.rows
    ]
    records = [record for reader in readers for record in read_records(reader)]
    return taken, records, [(refused.column_name, refused.rule) for reader in readers for refused in reader.rejections]


def told(ticket: Ticket) -> tuple[object, ...]:
    day = ticket.ordered_at.date().isoformat() if ticket.ordered_at else None
    phone = ticket.phone.number if ticket.phone else None
    return (
        *(ticket.number, ticket.status, ticket.amount_cents, ticket.family_name, ticket.given_name),
        *(ticket.company, ticket.own_email, day, phone),
    )


@pytest.mark.parametrize("written", [";", ",", "\t", as_xlsx, as_xls, as_ods], ids=FORMATS)
@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_an_export_becomes_the_tickets_that_it_means(
    workspace: Workspace, case: Case, written: str | Callable[[Table], bytes]
) -> None:
    if isinstance(written, str):
        content = text_of(case.header, case.rows, written)
    else:
        content = written([row.split(PIPE) for row in (case.header, *case.rows)])
    taken, records, refused = records_of(workspace, content)
    assert (taken.source.id, taken.recognition.is_doubtful) == (case.source, False)
    assert [cell.title for cell in taken.unknown_columns] == []
    assert [told(record) for record in records if isinstance(record, Ticket)] == list(case.tickets)
    assert refused == list(case.refused)


@pytest.mark.parametrize(
    ("source", "header", "row"),
    [
        (
            "forms-wishes",
            "ID|Start time|Completion time|Email|Name|Your company|What you sell|Wish 1|Wish 2|Companies to avoid",
            "1|7/27/26 19:00:00|7/27/26 19:06:23|ana@morel.example|Ana Morel|Ateliers Morel|Wood|Roux|Petit|Blin",
        ),
        (
            "google-forms-wishes",
            (
                "Horodateur|Adresse e-mail|Nom|Prénom|Votre société|Ce que vous vendez|Souhait n° 1|Souhait n° 2|"
                "Je ne souhaite pas rencontrer"
            ),
            "27/07/2026 19:06:23|ana@morel.example|Morel|Ana|Ateliers Morel|Wood|Roux|Petit|Blin",
        ),
        (
            "typeform-wishes",
            (
                "#|Votre e-mail|Votre nom|Votre société|Que vendez-vous ?|Qui souhaitez-vous rencontrer ?|"
                "À éviter|Submit Date (UTC)|Network ID"
            ),
            "a1|ana@morel.example|Ana Morel|Ateliers Morel|Wood|Roux;Petit|Blin|2026-07-27 17:06:23|f00",
        ),
        (
            "limesurvey-wishes",
            (
                "Response ID|Date submitted|Last page|Start language|Seed|Your email|Your name|Your company|"
                "What do you sell?|Choice 1|Choice 2|Your competitors"
            ),
            "1|2026-07-27 19:06:23|2|en|9|ana@morel.example|Ana Morel|Ateliers Morel|Wood|Roux|Petit|Blin",
        ),
    ],
)
@pytest.mark.parametrize("delimiter", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
def test_a_form_becomes_the_answers_that_it_means(
    workspace: Workspace, source: str, header: str, row: str, delimiter: str
) -> None:
    taken, records, refused = records_of(workspace, text_of(header, [row], delimiter))
    assert (taken.source.id, taken.recognition.is_doubtful) == (source, False)
    (answer,) = records
    assert isinstance(answer, Answer)
    assert (answer.email, {*answer.full_name.split()}, answer.company) == (
        "ana@morel.example",
        {"Ana", "Morel"},
        "Ateliers Morel",
    )
    assert answer.answered_at is not None
    assert answer.answered_at.date().isoformat() == "2026-07-27"
    assert answer.sells == ("Wood",)
    assert [(wish.rank, wish.typed) for wish in answer.cells.wishes] == [(1, "Roux"), (2, "Petit")]
    assert answer.cells.excluded == ("Blin",)
    assert refused == []


def test_an_unfinished_wishes_form_is_refused(workspace: Workspace) -> None:
    header = "Response ID|Date submitted|Last page|Your email|Wish 1"
    rows = ["1|2026-07-27 19:06:23|2|ana@morel.example|Roux", "2||1|bob@roux.example|Petit"]
    _, records, refused = records_of(workspace, text_of(header, rows, ";"))
    assert [record.email for record in records if isinstance(record, Answer)] == ["ana@morel.example"]
    assert refused == [("(row)", "not_submitted")]


def test_the_json_of_pretix_marks_test_orders_and_holds_the_answers(workspace: Workspace) -> None:
    position = {
        "positionid": 1,
        "item": 3,
        "price": "36.00",
        "attendee_name": "Ana Morel",
        "attendee_email": "ana@morel.example",
    }
    order = {
        "code": "ABCDE",
        "status": "p",
        "testmode": False,
        "email": "b@r.example",
        "phone": "None",
        "datetime": "2026-10-01T10:00:00Z",
    }
    answers = [{"question": 7, "answer": "Ateliers Morel"}, {"question": 8, "answer": "Roux"}]
    document = {
        "event": {
            "name": "Rencontres",
            "questions": [{"id": 7, "question": "Votre société"}, {"id": 8, "question": "Souhait n° 1"}],
            "orders": [
                order | {"positions": [position | {"answers": answers}]},
                order | {"code": "TTTTT", "testmode": True, "positions": [position | {"answers": []}]},
                order | {"code": "CCCCC", "status": "c", "positions": [position | {"answers": []}]},
                order | {"code": "NNNNN", "status": "n", "positions": [position | {"answers": []}]},
            ],
        }
    }
    taken, records, refused = records_of(workspace, json.dumps(document).encode())
    assert (taken.source.id, taken.recognition.is_doubtful) == ("pretix-json", False)
    tickets = [record for record in records if isinstance(record, Ticket)]
    assert told(tickets[0]) == ("ABCDE-1", "valid", 3600, *MOREL, "2026-10-01", None)
    assert [(ticket.number, ticket.status) for ticket in tickets[1:]] == [
        ("TTTTT-1", "test"),
        ("CCCCC-1", "cancelled"),
        ("NNNNN-1", "unpaid"),
    ]
    (answer,) = (record for record in records if isinstance(record, Answer))
    assert [wish.typed for wish in answer.cells.wishes] == ["Roux"]
    assert refused == []


@pytest.mark.parametrize(
    "header",
    [
        "Order code|Attendee name|Product|Price|Checked in|Checked out|Automatically checked in|E-mail|Company",
        "Code de commande|Nom du participant|Produit|Prix|Enregistré|Commentaire|Date de commande|E-mail|Entreprise",
    ],
)
def test_the_check_in_list_of_pretix_says_by_the_time_who_was_there(workspace: Workspace, header: str) -> None:
    rows = [
        "ABCDE|Ana MOREL|Leader|36.00|03/12/2026 13:41|||a@m.example|",
        "FGHIJ|Bob Roux|Leader|36.00||||b@r.example|",
    ]
    taken, records, _ = records_of(workspace, text_of(header, rows, ","))
    assert taken.source.id == "pretix-checkin"
    assert [
        (record.family_name, record.given_name, record.is_present, record.checked_in_at is not None)
        for record in records
        if isinstance(record, CheckIn)
    ] == [("MOREL", "Ana", True, True), ("Roux", "Bob", False, False)]
