"""One value at a time: what was typed to what is meant. Each function raises ValueError, naming no value, if it cannot.

The message of the error is the rule under which ``audit.rejected_row`` lists the refused value. A plain value is told
by a pattern, in a hundredth of the time; whatever is not plain is the library's to judge, and the tests hold the two
against each other.
"""

import re
from functools import lru_cache
from typing import Final

from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number
from stdnum.fr import tva as vat_number

from tasks.ingest.values.folding import fold
from tasks.ingest.values.lexicon import GENERIC_BOXES

# Letters, digits and single hyphens between dots, no reserved top level: what email-validator takes as it stands.
_PLAIN_EMAIL: Final = re.compile(
    r"[A-Za-z0-9_+-]++(?:\.[A-Za-z0-9_+-]++)*+@(?:[A-Za-z0-9]++(?:-[A-Za-z0-9]++)*+\.)++"
    rf"(?!(?:{'|'.join(SPECIAL_USE_DOMAIN_NAMES)})\Z)[A-Za-z]{{2,}}",
    re.IGNORECASE,
)
# The shortest of all limits of an address is that of a label: no part of so short a half can be too long.
_PLAIN_HALF: Final = 63
# As a mail program copies it. Two addresses in a cell are not one: which of them would it be?
_NAMED_EMAIL: Final = re.compile(r"[^<>@]*<\s*([^<>\s]+)\s*>")
# Beyond the library's own limit, with room for what it trims: it would look at every character of a whole text.
_LONGEST_EMAIL: Final = 400
_FLOAT: Final = re.compile(r"(\d+)\.0+")
_SCIENTIFIC: Final = re.compile(r"\d[eE][+-]?\d")
_SPACES: Final = re.compile(r"[\s\u00a0\u202f.-]+")
_DOUBLED: Final = bytes.maketrans(b"0123456789", bytes((0, 2, 4, 6, 8, 1, 3, 5, 7, 9)))
_ZERO: Final = ord("0")
_LA_POSTE: Final = "356000000"
_SIREN_LENGTH: Final = 9
_SIRET_LENGTH: Final = 14
_POSTCODE: Final = re.compile(r"(?:FR?)?(\d{4,5})(?:(?<=\d{5})(?:CEDEX\d{0,2}|[^\W\d]\D*))?")
_POSTCODE_LENGTH: Final = 5
_ABROAD: Final = re.compile(
    r"BE?(?P<BE>[1-9]\d{3})|LU?(?P<LU>[1-9]\d{3})|CH(?P<CH>[1-9]\d{3})|DE?(?P<DE>\d{5})"
    r"|(?:NL)?(?P<NL>[1-9]\d{3}[A-Z]{2})|(?P<GB>[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2})"
)
_REMEMBERED: Final = 4096


@lru_cache(maxsize=_REMEMBERED)  # most payers come themselves: their address stands in a row twice
def email(text: str) -> str:
    """Return an address in lower case, also out of ``Jean <jean@morel.fr>``. Raises ValueError("not_an_email")."""
    tidy = text.strip().removeprefix("mailto:")
    at = tidy.find("@")
    if at <= _PLAIN_HALF >= len(tidy) - at - 1 and _PLAIN_EMAIL.fullmatch(tidy):
        return tidy.lower()
    named = _NAMED_EMAIL.fullmatch(tidy[:_LONGEST_EMAIL])
    return email(named[1]) if named else judged_email(tidy[:_LONGEST_EMAIL])


@lru_cache(maxsize=_REMEMBERED)
def judged_email(text: str) -> str:
    """Return an address as email-validator has it, in lower case. Raises ValueError("not_an_email")."""
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        msg = "not_an_email"
        raise ValueError(msg) from error


def is_generic(address: str) -> bool:
    """Say whether an address is a company's letter box (``contact@``, ``compta.lille@``) rather than a person's."""
    box = address.partition("@")[0]
    # Letters and dots, as most people's, are folded by lower case alone.
    is_plain = box.isascii() and box.replace(".", "").isalpha()
    words = box.lower().replace(".", " ").split() if is_plain else fold(box).rstrip("0123456789").split()
    return not words or words[0] in GENERIC_BOXES or "".join(words) in GENERIC_BOXES


def siren(text: str) -> str:
    """Return the nine digits of a company from its SIREN, SIRET or VAT number, checked.

    A SIRET of 13 digits lost its first zero. Raises ValueError: ``lost_digits`` for ``4,23E+13``, which is never
    padded, else ``not_a_siret``.
    """
    digits = text if text.isdecimal() else _digits(text)
    if not digits.isdecimal() and _SCIENTIFIC.search(text):
        msg = "lost_digits"
        raise ValueError(msg)
    if len(digits) == _SIRET_LENGTH - 1 and digits.isdecimal():
        digits = "0" + digits
    if (len(digits) == _SIREN_LENGTH and is_siren(digits)) or (len(digits) == _SIRET_LENGTH and is_siret(digits)):
        return digits[:_SIREN_LENGTH]
    if digits[:2].upper() == "FR" and vat_number.is_valid(digits):
        return digits[-_SIREN_LENGTH:]
    msg = "not_a_siret"
    raise ValueError(msg)


def is_siren(digits: str) -> bool:
    """Say whether nine characters are the number of a company."""
    return _is_luhn(digits) if digits.isascii() and digits.isdigit() else siren_number.is_valid(digits)


def is_siret(digits: str) -> bool:
    """Say whether fourteen characters are the number of an establishment; La Poste's have a rule of their own."""
    if digits.isascii() and digits.isdigit() and not digits.startswith(_LA_POSTE):
        return _is_luhn(digits) and _is_luhn(digits[:_SIREN_LENGTH])
    return bool(siret_number.is_valid(digits))


def _is_luhn(digits: str) -> bool:
    """Say whether ASCII digits pass Luhn's check: every second one from the right counts twice, its digits added."""
    figures = digits.encode()
    plain = figures[-1::-2]
    return (sum(plain) - _ZERO * len(plain) + sum(figures[-2::-2].translate(_DOUBLED))) % 10 == 0


def _digits(text: str) -> str:
    """Return a number without what stands between its digits, and without the ``.0`` of a number cell."""
    tidy = text.strip()
    float_cell = _FLOAT.fullmatch(tidy)
    return float_cell.group(1) if float_cell else _SPACES.sub("", tidy)


def postcode(text: str) -> str:
    """Return a French postcode, overseas too, with the leading zero that Excel took and without ``CEDEX`` or a town.

    A neighbour's carries its country: ``B-1000`` is BE-1000. Four digits alone are French ones that lost their zero.
    Corsica's begin with 20: ``2A004`` is a commune's number, not a postcode. Raises ValueError("not_a_postcode").
    """
    if len(text) == _POSTCODE_LENGTH and text.isascii() and text.isdigit() and text.strip("0"):
        return text
    found = _POSTCODE.fullmatch(_digits(text).upper())
    if found and found.group(1).strip("0"):
        return found.group(1).zfill(_POSTCODE_LENGTH)
    abroad = _ABROAD.fullmatch(_digits(text).upper())
    if abroad:
        country, code = next((name, code) for name, code in abroad.groupdict().items() if code)
        return f"{country}-{code}"
    msg = "not_a_postcode"
    raise ValueError(msg)
