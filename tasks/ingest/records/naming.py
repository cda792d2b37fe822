"""Who a row names: a family name and a given name, or both in one cell."""

from typing import Final, TypeAlias

from tasks.ingest.records.reader import Reader
from tasks.ingest.values.full_names import family_name_of, split_name

NameFields: TypeAlias = tuple[str, str, str]
PARTICIPANT: Final[NameFields] = ("family_name", "given_name", "full_name")
PAYER: Final[NameFields] = ("payer_family_name", "payer_given_name", "payer_full_name")


def names_of(reader: Reader, fields: NameFields = PARTICIPANT) -> tuple[str, str]:
    """Return family and given name; of one name alone, it is the family's, and both are empty where none is there."""
    family, given, full = fields
    family_name, given_name = reader.text(family), reader.text(given)
    if family_name:
        return family_name, given_name
    full_name = reader.text(full)
    if given_name:
        return (family_name_of(full_name, given_name), given_name) if full_name else (given_name, "")
    return split_name(full_name) if full_name else ("", "")


def full_name_of(reader: Reader) -> str:
    """Return the whole name of whoever answers, empty where there is none: as it was typed where one cell holds all."""
    full_name = reader.text("full_name")
    if full_name and not reader.text("given_name"):
        return full_name
    family_name, given_name = names_of(reader)
    return f"{given_name} {family_name}".strip()
