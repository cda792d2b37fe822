"""Made-up registrations with the statistics and the faults of real exports, as a HelloAsso CSV of any length.

A quarter is paid by somebody else, who often leaves the own address; one telephone in twenty is written in a way of its
own; Excel took zeros and digits; three in a hundred registered twice. Addresses end in ``.example``.
"""

import csv
import random
import sys
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from stdnum import luhn

from tasks.ingest.values.folding import fold

HEADER: Final = (
    *("Référence commande", "Date de la commande", "Statut de la commande", "Nom participant", "Prénom participant"),
    *("Nom payeur", "Prénom payeur", "Email payeur", "Raison sociale", "Moyen de paiement", "Billet"),
    *("Numéro de billet", "Tarif", "Montant tarif", "Code Promo", "Montant code promo"),
    *("Société", "Fonction", "Email participant", "Téléphone", "SIRET", "Code postal", "Ville"),
)
_GIVEN: Final = (
    *("Agnès", "Aïcha", "Anaïs", "Anne-Laure", "Antoine", "Benoît", "Camille", "Cécile", "Chloé", "Clément", "David"),
    *("Élodie", "Émilie", "Éric", "Fabien", "François", "Frédéric", "Gaël", "Hélène", "Inès", "Jean-Luc", "Jérôme"),
    *("Joël", "Karim", "Léa", "Loïc", "Maëlle", "Marc", "Marie-Anne", "Mickaël", "Nadia", "Noémie", "Olivier", "Paul"),
    *("Rémi", "Sébastien", "Sophie", "Thérèse", "Valérie", "Yann", "Zoé"),
)
_SYLLABLES: Final = (
    *("bau", "ber", "bou", "car", "ché", "cor", "del", "den", "du", "fau", "gar", "gué", "hau", "ker", "la", "le"),
    *("mar", "mé", "mon", "nor", "pel", "per", "poi", "rai", "ré", "rou", "sau", "ser", "ta", "thé", "val", "ver"),
)
_ENDINGS: Final = ("ard", "aux", "ec", "el", "er", "et", "eur", "ier", "in", "lle", "on", "ot", "ré", "sse", "ût", "y")
_TRADES: Final = ("Ateliers", "Transports", "Menuiserie", "Conseil", "Imprimerie", "Énergies", "Fonderie", "Sécurité")
_FORMS: Final = ("SARL", "SAS", "S.A.R.L.", "SA", "EURL", "", "", "& Fils", "& Cie")
_TOWNS: Final = ("Douai", "Arras", "Béthune", "Lens", "Hénin-Beaumont", "Liévin", "Saint-Omer", "Bruay-la-Buissière")
_JOBS: Final = ("Gérante", "Gérant", "Directrice générale", "Directeur commercial", "Présidente", "Associé", "")
_BOXES: Final = ("contact", "compta", "accueil", "direction")
_OPENS: Final = datetime(2026, 6, 1, 8)  # noqa: DTZ001 -- as an export writes it: the time of the wall
_OPEN_MINUTES: Final = 60 * 24 * 170
_PEOPLE_PER_COMPANY: Final = 1.6
_PAID_BY_OTHER: Final = 0.25
_MESSY_PHONE: Final = 0.05
_TWICE: Final = 0.03
_RARE: Final = 0.01


@dataclass(frozen=True, slots=True)
class Company:
    """A made-up company; ``domain`` ends its addresses."""

    name: str
    domain: str
    siret: str
    postcode: str
    town: str


@dataclass(frozen=True, slots=True)
class Somebody:
    """A made-up participant of a company."""

    family: str
    given: str
    job: str
    phone: str
    company: Company

    @property
    def email(self) -> str:
        """The person's own address."""
        return f"{fold(self.given).replace(' ', '-')}.{fold(self.family).replace(' ', '-')}@{self.company.domain}"


def write_registrations(path: Path, count: int, seed: int = 1) -> None:
    """Write ``count`` registrations in cp1252 between semicolons; the same seed gives the same bytes."""
    rng = random.Random(seed)  # noqa: S311 -- a file that can be made again, no secret
    # Drawn without putting back: a SIREN that unlike names give is two companies, and a question.
    sirens = rng.sample(range(10**8), max(1, round(count / _PEOPLE_PER_COMPANY)))
    companies = [_company(rng, number, _checked(f"{siren:08d}")) for number, siren in enumerate(sirens)]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\r\n")
        writer.writerow(HEADER)
        known: list[Somebody] = []
        for number in range(1, count + 1):
            is_again = bool(known) and rng.random() < _TWICE
            person = _once_more(rng, rng.choice(known)) if is_again else _somebody(rng, rng.choice(companies))
            known.append(person)
            payer = _somebody(rng, person.company) if rng.random() < _PAID_BY_OTHER else person
            writer.writerow(_row(rng, number, person, payer))


def _company(rng: random.Random, number: int, siren: str) -> Company:
    trade, name = rng.choice(_TRADES), _family(rng)
    return Company(
        name=f"{trade} {name} {number} {rng.choice(_FORMS)}".strip(),
        domain=f"{fold(trade)}-{fold(name)}-{number}.example",
        siret=_checked(f"{siren}{rng.randrange(1, 40):04d}"),
        postcode=f"{rng.choice((2, 59, 60, 62, 80)):02d}{rng.randrange(10, 990):03d}",
        town=rng.choice(_TOWNS),
    )


def _checked(digits: str) -> str:
    return digits + luhn.calc_check_digit(digits)


def _family(rng: random.Random) -> str:
    return "".join(rng.choices(_SYLLABLES, k=rng.choice((1, 2, 2, 3)))).capitalize() + rng.choice(_ENDINGS)


def _somebody(rng: random.Random, company: Company) -> Somebody:
    mobile = f"0{rng.choice((6, 6, 7))}{rng.randrange(40, 90)}{rng.randrange(10**6):06d}"
    return Somebody(_family(rng), rng.choice(_GIVEN), rng.choice(_JOBS), mobile, company)


def _once_more(rng: random.Random, person: Somebody) -> Somebody:
    """Return somebody who registers a second time, in capitals or with another telephone."""
    if rng.random() < 1 / 2:
        return replace(person, family=person.family.upper(), given=person.given.upper())
    return replace(person, phone=f"03{rng.randrange(20, 29)}{rng.randrange(10**6):06d}")


def _row(rng: random.Random, number: int, person: Somebody, payer: Somebody) -> tuple[str, ...]:
    ordered_at = _OPENS + timedelta(minutes=rng.randrange(_OPEN_MINUTES))
    is_test = rng.random() < _RARE
    return (
        *(f"{90000000 + number}", f"{ordered_at:%d/%m/%Y %H:%M}", _status(rng), person.family),
        *("Test" if is_test else person.given, payer.family, payer.given, payer.email, payer.company.name),
        *("Carte bancaire", f"https://billetterie.example/billet?id={number}", f"{number}", "Dirigeant"),
        *(rng.choice(("36,00", "36,00", "36,00", "18,00", "0,00", "1 036,00 €")), "", ""),
        *(person.company.name, person.job, _email(rng, person, payer), _phone(rng, person.phone)),
        *(_siret(rng, person.company.siret), _postcode(rng, person.company.postcode), person.company.town),
    )


def _status(rng: random.Random) -> str:
    words = ("Validé", "Annulé", "En attente", "Remboursé", "", "À vérifier")
    return rng.choices(words, weights=(930, 25, 20, 10, 14, 1))[0]


def _email(rng: random.Random, person: Somebody, payer: Somebody) -> str:
    """Return what stands as the participant's address: often their own, sometimes another or none that works."""
    if payer is not person and rng.random() < 2 / 5:
        return rng.choice((payer.email, payer.email, ""))
    chance = rng.random()
    if chance < _RARE:
        return person.email.replace("@", " @ ").replace(".example", "")
    return f"{rng.choice(_BOXES)}@{person.company.domain}" if chance < 5 * _RARE else person.email


def _phone(rng: random.Random, phone: str) -> str:
    pairs = [phone[at : at + 2] for at in range(0, 10, 2)]
    if rng.random() >= _MESSY_PHONE:
        return rng.choice((phone, phone, " ".join(pairs), ".".join(pairs), f"+33{phone[1:]}", phone[1:]))
    return rng.choice(
        (
            f"+33 (0){' '.join(pairs)[1:]}",
            f"{' '.join(pairs)} / 03 21 {rng.randrange(10, 99)} 14 15",
            f"{phone[1:]}.0",
            f"Tél : {phone}",
            f"+32 475 {rng.randrange(10, 99)} {rng.randrange(10, 99)} 56",
            f"{phone[:6]}",
            "voir mail",
        )
    )


def _siret(rng: random.Random, siret: str) -> str:
    chance = rng.random()
    if chance < _RARE:
        return f"{siret[0]},{siret[1:3]}E+13"
    if chance < 2 * _RARE:
        return siret[:-1] + str((int(siret[-1]) + 1) % 10)
    if chance < 4 * _RARE:
        return f"{siret[:3]} {siret[3:6]} {siret[6:9]} {siret[9:]}"
    return siret.lstrip("0") if chance < 5 * _RARE else siret if chance < 1 - 5 * _RARE else siret[:9]


def _postcode(rng: random.Random, postcode: str) -> str:
    return rng.choices((postcode, postcode.lstrip("0"), f"F-{postcode}", "?"), weights=(950, 40, 8, 2))[0]


if __name__ == "__main__":
    write_registrations(Path(sys.argv[1]), int(sys.argv[2]))
