"""One value at a time: what was typed to what is meant. Each function raises ValueError, naming no value, if it cannot.

The message of the error is the rule under which ``audit.rejected_row`` lists the refused value.
"""

import re
from dataclasses import dataclass
from typing import Final

import phonenumbers
from email_validator import EmailNotValidError, validate_email
from phonenumbers import Leniency, PhoneNumberMatcher, PhoneNumberType
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from tasks.ingest.folding import fold
from tasks.ingest.lexicon import GENERIC_BOXES

_FLOAT_TAIL: Final = re.compile(r"\.0+$")
_SCIENTIFIC: Final = re.compile(r"\d[eE][+-]?\d")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f.-]+")
# Ranges that Arcep keeps for fiction: rehearsals and this house's demonstration use them, so they count as valid.
_FICTION: Final = re.compile(r"\+33(?:19900|26191|35301|46571|53649|63998)\d{4}")
_FICTION_MOBILE: Final = "+3363998"
_POSTCODE_LENGTH: Final = 5
_SIREN_LENGTH: Final = 9
_SIRET_LENGTH: Final = 14


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number in international form; a mobile belongs to a person, another number to a house."""

    number: str
    is_mobile: bool


def email(text: str) -> str:
    """Return an address in lower case. Raises ValueError("not_an_email")."""
    try:
        return validate_email(text.strip().removeprefix("mailto:"), check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        msg = "not_an_email"
        raise ValueError(msg) from error


def is_generic(address: str) -> bool:
    """Say whether an address is a company's letter box (``contact@``, ``compta.lille@``) rather than a person's."""
    words = re.sub(r"\d+$", "", fold(address.partition("@")[0])).split()
    return not words or words[0] in GENERIC_BOXES or "".join(words) in GENERIC_BOXES


def phone(text: str) -> Phone:
    """Return the first valid number, French unless it says otherwise. Raises ValueError("not_a_phone")."""
    tidy = _FLOAT_TAIL.sub("", text.strip())
    candidates = [
        _parsed(tidy),
        *(match.number for match in PhoneNumberMatcher(tidy, "FR", leniency=Leniency.POSSIBLE)),
    ]
    for found in candidates:
        number = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164) if found else ""
        if _FICTION.fullmatch(number):
            return Phone(number, number.startswith(_FICTION_MOBILE))
        if found and phonenumbers.is_valid_number(found):
            return Phone(number, phonenumbers.number_type(found) == PhoneNumberType.MOBILE)
    msg = "not_a_phone"
    raise ValueError(msg)


def _parsed(text: str) -> phonenumbers.PhoneNumber | None:
    try:
        return phonenumbers.parse(text, "FR")
    except phonenumbers.NumberParseException:
        return None


def siren(text: str) -> str:
    """Return the nine digits of a company from a SIREN or a SIRET, checked; a SIRET of 13 digits lost its first zero.

    Raises ValueError: ``lost_digits`` for ``4,23E+13``, which is never padded, else ``not_a_siret``.
    """
    if _SCIENTIFIC.search(text):
        msg = "lost_digits"
        raise ValueError(msg)
    digits = _SPACES.sub("", _FLOAT_TAIL.sub("", text.strip()))
    if len(digits) == _SIRET_LENGTH - 1:
        digits = "0" + digits
    if len(digits) == _SIREN_LENGTH and siren_number.is_valid(digits):
        return digits
    if len(digits) == _SIRET_LENGTH and siret_number.is_valid(digits):
        return digits[:_SIREN_LENGTH]
    msg = "not_a_siret"
    raise ValueError(msg)


def postcode(text: str) -> str:
    """Return a French postcode with the leading zero that Excel took. Raises ValueError("not_a_postcode")."""
    digits = _SPACES.sub("", _FLOAT_TAIL.sub("", text.strip())).upper().removeprefix("F")
    if digits.isdecimal() and _POSTCODE_LENGTH - 1 <= len(digits) <= _POSTCODE_LENGTH:
        return digits.zfill(_POSTCODE_LENGTH)
    msg = "not_a_postcode"
    raise ValueError(msg)


def split_name(text: str) -> tuple[str, str]:
    """Return family and given name of a full name: capitals are the family's, else all but the first word are."""
    words = text.split()
    capitals = [word for word in words if word.isupper() and len(word) > 1]
    if capitals and len(capitals) < len(words):
        return " ".join(capitals), " ".join(word for word in words if word not in capitals)
    return " ".join(words[1:]) or text.strip(), words[0] if len(words) > 1 else ""
