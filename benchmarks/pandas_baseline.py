"""The baseline of ingestion: a plain pandas script, as one would write it in an afternoon, row by row.

It calls the same libraries for the same fields under the same rules, and writes the same tables; it knows one export
format, reads one file, and forgets everything between two runs.
"""

import hashlib
import json
import sys
from pathlib import Path

import duckdb
import pandas as pd

from benchmarks.plain_people import Ticket, derive
from benchmarks.plain_values import (
    cents,
    company_key,
    email,
    fold,
    instant,
    is_generic,
    person_key,
    phone,
    postcode,
    siren_of,
)

COLUMNS = {
    "Date de la commande": "ordered_at",
    "Statut de la commande": "status",
    "Nom participant": "family_name",
    "Prénom participant": "given_name",
    "Nom payeur": "payer_family_name",
    "Prénom payeur": "payer_given_name",
    "Email payeur": "payer_email",
    "Raison sociale": "payer_company",
    "Numéro de billet": "ticket_number",
    "Tarif": "rate",
    "Montant tarif": "amount",
    "Code Promo": "promo_code",
    "Société": "company",
    "Fonction": "job_title",
    "Email participant": "email",
    "Téléphone": "phone",
    "SIRET": "siret",
    "Code postal": "postcode",
    "Ville": "town",
}
STATUSES = {
    "valide": "valid",
    "validee": "valid",
    "paye": "valid",
    "": "valid",
    "rembourse": "cancelled",
    "remboursee": "cancelled",
    "annule": "cancelled",
    "annulee": "cancelled",
    "conteste": "cancelled",
    "en attente": "unpaid",
    "refuse": "unpaid",
    "non paye": "unpaid",
    "inconnu": "unpaid",
}
CONVERSIONS = {
    "email": email,
    "payer_email": email,
    "ordered_at": instant,
    "amount": cents,
    "phone": phone,
    "siret": siren_of,
    "postcode": postcode,
}


def read(path: Path) -> tuple[list[Ticket], list[Ticket], list[Ticket]]:
    """Return raw rows, tickets and refused values of an export."""
    file_hash = hashlib.sha256(path.read_bytes()).hexdigest()
    frame = pd.read_csv(path, sep=";", encoding="cp1252", dtype=str, keep_default_na=False).rename(columns=COLUMNS)
    raw: list[Ticket] = []
    tickets: list[Ticket] = []
    rejects: list[Ticket] = []
    for number, (_, row) in enumerate(frame.iterrows(), start=2):
        place = {"file_sha256": file_hash, "row_number": number}
        content = {name: text for name in COLUMNS.values() if (text := row[name].strip())}
        raw.append({**place, "content": json.dumps(content, ensure_ascii=False, sort_keys=True)})
        ticket = ticket_of(place, content, rejects)
        if ticket:
            tickets.append(ticket)
    return raw, tickets, rejects


def ticket_of(place: Ticket, content: dict[str, str], rejects: list[Ticket]) -> Ticket | None:
    """Return the ticket of a row, None where nobody is named; what is refused is added to ``rejects``."""
    values = converted(place, content, rejects)
    names = person_key(content.get("family_name", ""), content.get("given_name", ""))
    own = own_email(content, values, names)
    if not content.get("family_name") and not own:
        rejects.append({**place, "column_name": "(row)", "rule": "no_identity"})
        return None
    amount = values["amount"] or 0
    written, is_mobile = values["phone"] or (None, False)
    company = content.get("company") or content.get("payer_company", "")
    return {
        **place,
        "number": content.get("ticket_number", ""),
        "ordered_at": values["ordered_at"],
        "status": status_of(place, content, rejects),
        "amount_cents": amount,
        "refunded_cents": amount if fold(content.get("status", "")).startswith("rembourse") else 0,
        "family_name": content.get("family_name", ""),
        "given_name": content.get("given_name", ""),
        "name_key": names,
        "company": company,
        "company_key": company_key(company),
        "job_title": content.get("job_title"),
        "email": own or (values["email"] if values["email"] != values["payer_email"] else None),
        "payer_email": values["payer_email"],
        "own_email": own,
        "phone": written,
        "is_mobile": is_mobile,
        "siren": values["siret"],
        "postcode": values["postcode"],
        "town": content.get("town"),
    }


def converted(place: Ticket, content: dict[str, str], rejects: list[Ticket]) -> Ticket:
    """Return the values of a row, None where there is none or it is refused."""
    values: Ticket = {}
    for name, convert in CONVERSIONS.items():
        values[name] = None
        if content.get(name):
            try:
                values[name] = convert(content[name])
            except ValueError as error:
                rejects.append({**place, "column_name": name, "rule": str(error)})
    return values


def own_email(content: dict[str, str], values: Ticket, names: str) -> str | None:
    """Return the address that only the participant reads."""
    payer = person_key(content.get("payer_family_name", ""), content.get("payer_given_name", ""))
    is_payer = not payer or payer == names
    own: str | None = values["email"] or (values["payer_email"] if is_payer else None)
    if own and (is_generic(own) or (own == values["payer_email"] and not is_payer)):
        return None
    return own


def status_of(place: Ticket, content: dict[str, str], rejects: list[Ticket]) -> str:
    """Return whether the ticket counts."""
    texts = (content.get(name, "") for name in ("family_name", "given_name", "rate", "promo_code"))
    if any("test" in fold(text).split() for text in texts):
        return "test"
    status = STATUSES.get(fold(content.get("status", "")))
    if status is None:
        rejects.append({**place, "column_name": "status", "rule": "unknown_status"})
    return status or "unpaid"


def main(export: str, database: str) -> None:
    """Read an export and write its tables to a DuckDB file."""
    raw, tickets, rejects = read(Path(export))
    leaders, companies, registrations = derive(tickets)
    tables = {
        "raw_row": pd.DataFrame(raw),
        "leader": pd.DataFrame(leaders),
        "company": pd.DataFrame(companies),
        "registration": pd.DataFrame(registrations),
        "rejected_row": pd.DataFrame(rejects, columns=["file_sha256", "row_number", "column_name", "rule"]),
    }
    with duckdb.connect(database) as connection:
        for name, frame in tables.items():
            connection.register("incoming", frame)
            connection.execute(f"create or replace table {name} as select * from incoming")  # noqa: S608 -- our own names


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
