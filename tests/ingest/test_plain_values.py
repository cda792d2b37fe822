"""What a pattern says of a plain value is what the library says of it."""

import random
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

from anyascii import anyascii
from email_validator import EmailNotValidError, validate_email
from hypothesis import example, given, settings
from hypothesis import strategies as st
from stdnum import luhn
from stdnum.fr import siren as siren_number
from stdnum.fr import siret as siret_number

from tasks.ingest.values import folding, instants, normalise, phones, quantities

PARIS = ZoneInfo("Europe/Paris")
SEED = 20261203
MANY = settings(max_examples=500, deadline=None)

labels = st.text("abyzABYZ0189-_é", max_size=8)
domains = st.lists(labels, min_size=1, max_size=3).map(".".join)
tops = st.sampled_from(["fr", "example", "FR", "local", "test", "Onion", "x", "xn--p1ai", "f-r", "1", "museum", "fr."])
addresses = st.builds("{}@{}.{}".format, st.text("aZ09._+-!é' ", max_size=12), domains, tops)
marks = st.sampled_from(["", " ", ".", "-", "/", "  "])
prefixes = st.sampled_from(["", "0", "33", "+33", "+33 ", "0033", "0033 ", "+33 (0)", "00", "+32", "0 ", "0044"])
named = st.sampled_from(["", "Tél : ", "Tél. : ", "Tel:", "Fax : ", "Tél "])
seconds = st.sampled_from(["", " / 06 12 34 56 78", " / 03.21", "/0612345678", " / 0", " / Roux"])


@MANY
@given(addresses)
@example("a" * 63 + "@b.example")
@example("a" * 65 + "@b.example")
@example("a@" + "b" * 64 + ".example")
@example("a.@b.example")
@example("a@b--c.example")
@example("a@b-.example")
def test_an_address_is_what_email_validator_says(address: str) -> None:
    try:
        expected = validate_email(address.strip(), check_deliverability=False).normalized.lower()
    except EmailNotValidError:
        expected = "not_an_email"
    assert said(normalise.email, address) == expected


@MANY
@given(named, prefixes, st.integers(1, 9), st.integers(0, 10**8 - 1), marks, seconds)
def test_a_number_is_what_phonenumbers_says(
    name: str, prefix: str, first: int, rest: int, mark: str, second: str
) -> None:
    digits = f"{rest:08d}"
    typed = name + prefix + mark.join((str(first), *(digits[at : at + 2] for at in range(0, 8, 2)))) + second
    assert said(phones.phone, typed) == said(phones.asked_of_library, typed)


def test_a_thousand_french_numbers_are_what_phonenumbers_says() -> None:
    rng = random.Random(SEED)  # noqa: S311 -- the same sample each time
    numbers = [f"0{rng.randrange(10**8, 10**9)}" for _ in range(2000)]
    told = [(typed, said(phones.phone, typed)) for typed in numbers]
    assert told == [(typed, said(phones.asked_of_library, typed)) for typed in numbers]
    assert sum(isinstance(found, phones.Phone) for _, found in told) > 1000


@MANY
@given(st.sampled_from(["", "356000000", "35600000", "0"]), st.text("0123456789", min_size=4, max_size=14))
@example("35600000000048", "")
@example("35600000049837", "")
def test_a_siren_or_siret_is_what_stdnum_says(start: str, digits: str) -> None:
    found = (start + digits)[:14]
    assert normalise.is_siren(found) == siren_number.is_valid(found) or len(found) != 9
    assert normalise.is_siret(found) == siret_number.is_valid(found) or len(found) != 14


def test_valid_numbers_of_companies_are_what_stdnum_says() -> None:
    rng = random.Random(SEED)  # noqa: S311 -- the same sample each time
    for _ in range(500):
        siren = f"{rng.randrange(10**8):08d}"
        siren += luhn.calc_check_digit(siren)
        siret = f"{siren}{rng.randrange(10**4):04d}"
        siret += luhn.calc_check_digit(siret)
        assert normalise.siren(siren) == normalise.siren(siret) == siren
        assert normalise.is_siret(siret[::-1]) == siret_number.is_valid(siret[::-1])


@MANY
@given(st.text())
@example("Œuvre & Cie — l’Aÿ ½ №")  # noqa: RUF001 -- as people type
def test_a_text_folds_as_anyascii_says(text: str) -> None:
    words = "".join(letter if letter.isalnum() else " " for letter in anyascii(text.replace("&", " et ")).lower())
    assert folding.fold(text) == " ".join(words.split())


@MANY
@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2068, 12, 31)),  # noqa: DTZ001 -- as written
    st.sampled_from(
        [
            *(
                "%d/%m/%Y %H:%M",
                "%d/%m/%Y %H:%M:%S",
                "%d/%m/%Y",
                "%d-%m-%Y %H:%M",
                "%d.%m.%Y %Hh%M",
                "%d/%m/%Y à %H:%M",
            ),
            *("%m/%d/%Y %H:%M", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y"),
            *("%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y/%m/%d %I:%M:%S %p", "%Y-%m-%d"),
        ]
    ),
)
def test_a_date_is_what_strptime_says(moment: datetime, form: str) -> None:
    typed = moment.strftime(form)
    order = "month_first" if form.startswith("%m") else "day_first"
    expected = datetime.strptime(typed, form).replace(tzinfo=PARIS)
    assert instants.instant(typed, PARIS, order) == expected


@MANY
@given(st.text("0123456789/:.- hàTZAPM+", max_size=25))
def test_no_text_is_a_fault(typed: str) -> None:
    for order in ("day_first", "month_first"):
        found = said(lambda text: instants.instant(text, PARIS, order), typed)  # noqa: B023 -- called at once
        assert found == "not_a_date" or found is None or found.year in range(1899, 2201)
    for convert, rule in (
        (quantities.cents, "not_an_amount"),
        (normalise.postcode, "not_a_postcode"),
        (phones.phone, "not_a_phone"),
    ):
        found = said(convert, typed)
        assert found == rule or rule not in str(found)


@MANY
@given(
    st.integers(0, 10**11),
    st.sampled_from(["", "-", "("]),
    st.sampled_from([",", "."]),
    st.sampled_from(["", " ", "\u202f", "\u00a0", "'", "other"]),
    st.sampled_from(["", " €", " EUR", "€ TTC"]),
)
def test_an_amount_is_read_however_it_is_written(amount: int, sign: str, mark: str, between: str, unit: str) -> None:
    thousands = {"other": ".,"[mark == "."]}.get(between, between)
    typed = (
        f"{sign}{amount // 100:,}".replace(",", thousands) + f"{mark}{amount % 100:02d}" + ")" * (sign == "(") + unit
    )
    assert quantities.cents(typed) == (-amount if sign else amount)


def said(convert: Callable[[str], object], typed: str) -> object:
    """Return the value or the rule that refuses it."""
    try:
        return convert(typed)
    except ValueError as error:
        return str(error)
