"""The values of the pandas baseline: what one would write at once with the field's libraries at hand."""

import contextlib
import re
from datetime import datetime
from decimal import Decimal, InvalidOperation
from zoneinfo import ZoneInfo

import phonenumbers
from anyascii import anyascii
from email_validator import EmailNotValidError, validate_email
from stdnum.fr import siren, siret

from tasks.ingest.values.lexicon import GENERIC_BOXES, LEGAL_FORMS, TITLES

PARIS = ZoneInfo("Europe/Paris")
SIREN = 9
SIRET = 14


def fold(text: str) -> str:
    """Return the words of a text in ASCII lower case."""
    return re.sub(r"[^0-9a-z]+", " ", anyascii(text.replace("&", " et ")).lower()).strip()


def person_key(family_name: str, given_name: str) -> str:
    """Return the folded names in alphabetical order, without titles."""
    return " ".join(sorted(word for word in fold(f"{family_name} {given_name}").split() if word not in TITLES))


def company_key(name: str) -> str:
    """Return the folded name without its legal form."""
    folded = re.sub(r"\b(?:[a-z] )+[a-z]\b", lambda run: run.group().replace(" ", ""), fold(name))
    return " ".join(word for word in folded.split() if word not in LEGAL_FORMS) or folded


def email(text: str) -> str:
    """Return the address in lower case."""
    try:
        return validate_email(text, check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        msg = "not_an_email"
        raise ValueError(msg) from None


def is_generic(address: str) -> bool:
    """Say whether several people read this address."""
    words = re.sub(r"\d+$", "", fold(address.partition("@")[0])).split()
    return not words or words[0] in GENERIC_BOXES or "".join(words) in GENERIC_BOXES


def phone(text: str) -> tuple[str, bool]:
    """Return the number in international form, and whether it is a mobile."""
    text = re.sub(r"^(\d+)\.0+$", r"\1", text)
    numbers = []
    with contextlib.suppress(phonenumbers.NumberParseException):
        numbers.append(phonenumbers.parse(text, "FR"))
    if not numbers or not phonenumbers.is_valid_number(numbers[0]):
        matcher = phonenumbers.PhoneNumberMatcher(text, "FR", leniency=phonenumbers.Leniency.POSSIBLE)
        numbers = [match.number for match in matcher]
    for number in numbers:
        if phonenumbers.is_valid_number(number):
            written = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            return written, phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE
    msg = "not_a_phone"
    raise ValueError(msg)


def siren_of(text: str) -> str:
    """Return the company's number."""
    if re.search(r"\d[eE][+-]?\d", text):
        msg = "lost_digits"
        raise ValueError(msg)
    digits = re.sub(r"[\s.-]+", "", re.sub(r"\.0+$", "", text))
    digits = "0" + digits if len(digits) == SIRET - 1 else digits
    if (len(digits) == SIREN and siren.is_valid(digits)) or (len(digits) == SIRET and siret.is_valid(digits)):
        return digits[:9]
    msg = "not_a_siret"
    raise ValueError(msg)


def postcode(text: str) -> str:
    """Return the postcode with its zero."""
    digits = re.sub(r"[\s.-]+", "", text).upper().removeprefix("F")
    if not re.fullmatch(r"\d{4,5}", digits):
        msg = "not_a_postcode"
        raise ValueError(msg)
    return digits.zfill(5)


def cents(text: str) -> int:
    """Return the amount in cents."""
    try:
        return int(Decimal(re.sub(r"[\s\u00a0€]|EUR", "", text).replace(",", ".")) * 100)
    except InvalidOperation:
        msg = "not_an_amount"
        raise ValueError(msg) from None


def instant(text: str) -> datetime:
    """Return the date and time, in Paris."""
    for pattern in ("%d/%m/%Y %H:%M", "%d/%m/%Y %H:%M:%S", "%d/%m/%Y", "%d/%m/%y %H:%M"):
        try:
            return datetime.strptime(text, pattern).replace(tzinfo=PARIS)
        except ValueError:
            continue
    msg = "not_a_date"
    raise ValueError(msg)
