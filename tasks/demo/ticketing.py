"""The three ticket offices: the same tickets, as each of them exports them."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from tasks.demo.tables import french_amount, write_csv, write_quoted_csv
from tasks.demo.tickets import State, Ticket
from tasks.demo.world import EDITIONS

_HELLOASSO_2019: Final = (
    *("Numéro", "Campagne", "Formule", "Montant inscription", "Code promo", "Statut", "Moyen de paiement"),
    *("Nom", "Prénom", "Société", "Date", "Email", "Date de naissance", "Attestation", "Reçu", "Numéro de reçu"),
    *("Billet", "Nom acheteur", "Prénom acheteur", "Adresse acheteur", "Code Postal acheteur", "Ville acheteur"),
    *("Pays acheteur", "Champ additionnel: Email"),
    *("Champ additionnel: Téléphone", "Champ additionnel: SIRET", "Champ additionnel: Fonction"),
)
_BILLETWEB: Final = (
    *("", "Billet", "Codes-barres", "Date de création", "Jour de création", "Séance", "Tarif", "Catégorie"),
    *("Placement", "Nom", "Prénom", "Email", "Nom acheteur", "Prénom acheteur", "Email acheteur", "Commande"),
    *("Origine", "Opérateur", "Paiement", "Prix", "Montant remboursé", "Réduction", "Montant réduction"),
    *("Autorisation", "Payé", "Valide", "Scanné", "Date utilisation", "Jour utilisation", "Point de contrôle"),
    *("Téléphone (Commande) - #5", "Adresse (Commande) - #7", "Code postal (Commande) - #8"),
    *("Ville (Commande) - #9", "Société (Participant) - #11", "Fonction (Participant) - #12"),
    *("SIRET (Participant) - #13", "Téléphone (Participant) - #14", "Détails"),
)
_HELLOASSO_2026: Final = (
    *("Référence commande", "Date de la commande", "Statut de la commande", "Nom participant", "Prénom participant"),
    *("Nom payeur", "Prénom payeur", "Email payeur", "Raison sociale", "Moyen de paiement", "Billet"),
    *("Numéro de billet", "Tarif", "Montant tarif", "Code Promo", "Montant code promo"),
    *("Société", "Fonction", "Email participant", "Téléphone", "SIRET", "Code postal", "Ville"),
)
_BILLETWEB_DAY: Final = EDITIONS[18].held_on
_STATUS: Final[dict[State, str]] = {
    "valid": "Validé",
    "test": "Validé",
    "unusable": "Validé",
    "cancelled": "Annulé",
    "refunded": "Remboursé",
    "unpaid": "En attente",
}


def write_helloasso_2019(path: Path, tickets: Sequence[Ticket]) -> None:
    """Write the export of edition 17: newest ticket first, numbered from 1."""
    write_csv(path, [_HELLOASSO_2019, *map(_helloasso_2019_row, reversed(tickets))], delimiter=";")


def _helloasso_2019_row(ticket: Ticket) -> tuple[str, ...]:
    entry = ticket.entry
    is_free = ticket.promo == "INVITATION"
    shop = "https://billetterie.example/rencontres-affaires"
    return (
        *(ticket.number, "Rencontres affaires de l'Artois et du Douaisis n°17", ticket.rate),
        *(french_amount(ticket.amount_cents), f"{ticket.promo} : -100.00%" if ticket.promo else ""),
        # Whoever paid nothing has no payment, and so no status.
        *("" if is_free else _STATUS[ticket.state], "" if is_free else "Carte bancaire"),
        *(entry.family, entry.given, entry.company, f"{ticket.ordered_at:%d/%m/%Y %H:%M:%S}", entry.payer_email, ""),
        *(f"{shop}/attestation/{ticket.order}", "", "", f"{shop}/ticket?ticketId={ticket.order}-{ticket.number}"),
        *(entry.payer_family, entry.payer_given, "", entry.postcode, entry.town, "FRA", entry.email),
        *(entry.phone, entry.siret, entry.title),
    )


def write_billetweb(path: Path, tickets: Sequence[Ticket]) -> None:
    """Write the export of edition 18, in cp1252 with decimal commas, and with who was let in at the door."""
    write_quoted_csv(path, [_BILLETWEB, *map(_billetweb_row, tickets)], encoding="cp1252")


def _billetweb_row(ticket: Ticket) -> tuple[str, ...]:
    entry, bought = ticket.entry, ticket.ordered_at
    was_refunded = ticket.state == "refunded"
    serial = ticket.number.rpartition("-E")[2]
    used = f"{_BILLETWEB_DAY} 13:{30 + int(serial) % 30}" if ticket.attended and not ticket.is_duplicate else ""
    return (
        *("", ticket.number, f"13{serial}", f"{bought:%Y-%m-%d %H:%M}", f"{bought:%Y-%m-%d}"),
        *(f"{_BILLETWEB_DAY} 14:00", ticket.rate, "", "", entry.family, entry.given, entry.email),
        *(entry.payer_family, entry.payer_given, entry.payer_email, f"C{ticket.order[:3]}-{ticket.order[3:]}"),
        *("web", "", "Carte bancaire web", french_amount(ticket.amount_cents)),
        *(french_amount(ticket.amount_cents if was_refunded else 0), ticket.promo, "0", ""),
        *("Non" if ticket.state == "unpaid" else "Oui", "Non" if ticket.state == "cancelled" else "Oui"),
        *("Oui" if used else "Non", used or "0000-00-00 00:00", used[:10] or "0000-00-00", "Entrée" if used else ""),
        *("", "", entry.postcode, entry.town, entry.company, entry.title, entry.siret, entry.phone, ""),
    )


def write_helloasso_2026(path: Path, tickets: Sequence[Ticket]) -> None:
    """Write the export of edition 19: byte order mark, CRLF, semicolons."""
    rows = [_HELLOASSO_2026, *map(_helloasso_2026_row, tickets)]
    write_csv(path, rows, delimiter=";", encoding="utf-8-sig", line_end="\r\n")


def _helloasso_2026_row(ticket: Ticket) -> tuple[str, ...]:
    entry = ticket.entry
    reduction = "36,00" if ticket.promo else ""
    return (
        *(ticket.order, f"{ticket.ordered_at:%d/%m/%Y %H:%M}", _STATUS[ticket.state], entry.family, entry.given),
        *(entry.payer_family, entry.payer_given, entry.payer_email, entry.payer_company),
        *("" if ticket.promo else "Carte bancaire", f"https://billetterie.example/billet?id={ticket.number}"),
        *(ticket.number, ticket.rate, french_amount(ticket.amount_cents), ticket.promo, reduction),
        *(entry.company, entry.title, entry.email, entry.phone, entry.siret, entry.postcode, entry.town),
    )


EXPORTS: Final[dict[int, tuple[str, Callable[[Path, Sequence[Ticket]], None]]]] = {
    17: ("inscriptions-17.csv", write_helloasso_2019),
    18: ("billetweb-18.csv", write_billetweb),
    19: ("helloasso-19.csv", write_helloasso_2026),
}
