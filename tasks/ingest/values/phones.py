"""Telephone numbers. Plain French ones are told by the patterns of phonenumbers, all others by phonenumbers itself."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import phonenumbers
from phonenumbers import Leniency, PhoneMetadata, PhoneNumber, PhoneNumberMatcher, PhoneNumberType

from tasks.frozen import frozen

_HOME: Final = "FR"
# Overseas, the same ten digits stand for a number of another country code: 0690 12 34 56 is +590 690 12 34 56.
_OVERSEAS: Final = ("GP", "MQ", "GF", "RE", "YT")
_NATIONAL_DIGITS: Final = 10
# No number of any country is shorter, its code counted.
_FEWEST_DIGITS: Final = 7
# A number cell of Excel read as text; ``06.12.34.56.00`` is none.
_FLOAT: Final = re.compile(r"\A(\d+)\.0\Z", re.ASCII)
# Ranges that Arcep keeps for fiction: rehearsals and this house's demonstration use them, so they count as valid.
_FICTION: Final = re.compile(r"\+33(?:19900|26191|35301|46571|53649|63998)\d{4}")
_FICTION_MOBILE: Final = "+3363998"
# Ten digits with their zero, or nine after the country's code or without either; in one piece or two by two. What it
# is called may stand before it, a second number behind it.
_PLAIN: Final = re.compile(
    r"(?:T[ée]l\.? ?: ?)?(?:\+33 ?(?:\(0\) ?)?|0033 ?|0|33)?"
    r"([1-9])([ .-]?)(\d\d)\2(\d\d)\2(\d\d)\2(\d\d)(?: / 0[\d .]+)?",
    re.ASCII,
)
# A cell that is longer is a text; to look for numbers in it would take seconds.
_LONGEST: Final = 250
_REMEMBERED: Final = 4096


@frozen()
class Phone:
    """A telephone number in international form; a mobile belongs to a person, another number to a house."""

    number: str
    is_mobile: bool


def _pattern(kind: str) -> re.Pattern[str]:
    """Return the digits of a kind of French number, without the zero, as phonenumbers has them."""
    metadata = PhoneMetadata.metadata_for_region(_HOME)
    return re.compile(getattr(metadata, kind).national_number_pattern, re.ASCII)


_MOBILE: Final = _pattern("mobile")
_FIXED: Final = _pattern("fixed_line")


def phone(text: str) -> Phone:
    """Return the first valid number, French unless it says otherwise. Raises ValueError("not_a_phone")."""
    tidy = text.strip()
    if tidy.endswith(".0"):
        tidy = _FLOAT.sub(r"\1", tidy)
    plain = _PLAIN.fullmatch(tidy)
    if plain:
        digits = "".join(plain.group(1, 3, 4, 5, 6))
        if _MOBILE.fullmatch(digits):
            return Phone("+33" + digits, is_mobile=True)
        if _FIXED.fullmatch(digits):
            return Phone("+33" + digits, is_mobile=False)
    return asked_of_library(tidy)


@lru_cache(maxsize=_REMEMBERED)
def asked_of_library(text: str) -> Phone:
    """Return the first valid number that phonenumbers finds. Raises ValueError("not_a_phone")."""
    for found in _candidates(text[:_LONGEST]):
        number = phonenumbers.format_number(found, phonenumbers.PhoneNumberFormat.E164)
        if _FICTION.fullmatch(number):
            return Phone(number, number.startswith(_FICTION_MOBILE))
        if phonenumbers.is_valid_number(found):
            return Phone(number, phonenumbers.number_type(found) == PhoneNumberType.MOBILE)
    msg = "not_a_phone"
    raise ValueError(msg)


def _candidates(text: str) -> Iterator[PhoneNumber]:
    """Yield what a cell may be: one number, one of several among words, one of an overseas department."""
    digits = "".join(filter(str.isdecimal, text))
    if not digits:
        return  # "see my mail", which takes the library as long as a number does
    yield from _parsed(text, _HOME)
    if len(digits) >= _FEWEST_DIGITS:
        for match in PhoneNumberMatcher(text, _HOME, leniency=Leniency.POSSIBLE):
            yield match.number
    if len(digits) == _NATIONAL_DIGITS and digits.startswith("0"):
        for region in _OVERSEAS:
            yield from _parsed(text, region)


def _parsed(text: str, region: str) -> Iterator[PhoneNumber]:
    try:
        yield phonenumbers.parse(text, region)
    except phonenumbers.NumberParseException:
        return
