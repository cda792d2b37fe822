"""One value at a time: typed, meant, or refused by a named rule."""

from datetime import datetime, time
from zoneinfo import ZoneInfo

import pytest

from tasks.ingest.records.rejection import value_class
from tasks.ingest.values import instants, normalise, quantities
from tasks.ingest.values.folding import company_key, fold, person_key
from tasks.ingest.values.phones import Phone, phone

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("typed", "folded"),
    [("Crêperie d'Aÿ", "creperie d ay"), ("ŒUVRE &  Cie", "oeuvre et cie"), ("Łódź", "lodz"), ("…", "")],
)
def test_accents_case_and_marks_fold_away(typed: str, folded: str) -> None:
    assert fold(typed) == folded


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("S.A.R.L. Ateliers Morel", "ateliers morel"),
        ("ATELIERS MOREL SAS", "ateliers morel"),
        ("Établissements Morel & Fils", "morel et fils"),
        ("SA", "sa"),
        ("", ""),
    ],
)
def test_a_legal_form_is_no_part_of_a_company_name(typed: str, key: str) -> None:
    assert company_key(typed) == key


def test_swapped_names_and_titles_give_one_person() -> None:
    assert person_key("M. Jean-Michel", "DUPONT") == person_key("Dupont", "Jean Michel") == "dupont jean michel"
    assert person_key("Dr") == "dr"


@pytest.mark.parametrize(
    ("typed", "email"),
    [
        (" Jean.Dupont@Exemple.FR ", "jean.dupont@exemple.fr"),
        ("mailto:a@b.example", "a@b.example"),
        ("Jean Dupont <Jean@Exemple.fr>", "jean@exemple.fr"),
        ("<a@b.example>", "a@b.example"),
        ('"Dupont, Jean" <a@b.example>', "a@b.example"),
        ("Jean <mailto:a@b.example>", "a@b.example"),
    ],
)
def test_an_address_is_trimmed_and_in_lower_case(typed: str, email: str) -> None:
    assert normalise.email(typed) == email


def test_what_is_no_address_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^not_an_email$"):
        normalise.email("jean@@exemple..fr")
    with pytest.raises(ValueError, match=r"^not_an_email$"):
        normalise.email("é" * 100_000)


@pytest.mark.parametrize("box", ["contact", "info", "compta", "accueil", "compta.lille", "no-reply", "contact59", "59"])
def test_a_letter_box_of_the_house_is_generic(box: str) -> None:
    assert normalise.is_generic(f"{box}@morel.example")


@pytest.mark.parametrize("person", ["jean.dupont", "j.contact", "informaticien"])
def test_a_person_s_address_is_not_generic(person: str) -> None:
    assert not normalise.is_generic(f"{person}@morel.example")


@pytest.mark.parametrize(
    "typed",
    [
        "0612345678",
        "612345678",
        "33612345678",
        "0033612345678",
        "06.12.34.56.78",
        "612345678.0",
        "06 12 34 56 78 (pro)",
        "+33 (0)6 12 34 56 78",
        "06/12/34/56/78",
        "Tél : 06-12-34-56-78",
    ],
)
def test_a_mobile_is_read_however_it_is_typed(typed: str) -> None:
    assert phone(typed) == Phone("+33612345678", is_mobile=True)


def test_the_first_of_two_numbers_counts() -> None:
    assert phone("03 20 12 34 56 / 06 12 34 56 78") == Phone("+33320123456", is_mobile=False)


def test_the_last_pair_of_a_dotted_number_is_no_decimal() -> None:
    assert phone("06.12.34.56.00") == Phone("+33612345600", is_mobile=True)


@pytest.mark.parametrize(
    ("typed", "number", "is_mobile"),
    [
        ("0690 12 34 56", "+590690123456", True),
        ("0262 12 34 56", "+262262123456", False),
        ("+32 475 12 34 56", "+32475123456", True),
        ("0044 20 7946 0018", "+442079460018", False),
    ],
)
def test_numbers_of_elsewhere_keep_their_country(typed: str, number: str, is_mobile: bool) -> None:  # noqa: FBT001 -- a column of the table
    assert phone(typed) == Phone(number, is_mobile)


def test_numbers_reserved_for_fiction_count_as_valid() -> None:
    assert phone("06 39 98 12 34") == Phone("+33639981234", is_mobile=True)
    assert phone("01 99 00 12 34") == Phone("+33199001234", is_mobile=False)


@pytest.mark.parametrize("typed", ["voir mail", "12", "00 00 00 00 00", "x" * 100_000])
def test_what_is_no_telephone_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^not_a_phone$"):
        phone(typed)


@pytest.mark.parametrize(
    ("typed", "siren"),
    [
        ("732 829 320", "732829320"),
        ("73282932000074", "732829320"),
        ("73282932000074.0", "732829320"),
        ("09993032300011", "099930323"),
        ("9993032300011", "099930323"),
        ("732-829-320 00074", "732829320"),
        ("35600000049837", "356000000"),
        ("FR 44 732 829 320", "732829320"),
    ],
)
def test_a_siret_or_siren_gives_the_siren(typed: str, siren: str) -> None:
    assert normalise.siren(typed) == siren


@pytest.mark.parametrize(
    ("typed", "rule"),
    [
        ("4,23E+13", "lost_digits"),
        ("7.32829E13", "lost_digits"),
        ("732829321", "not_a_siret"),
        ("en cours", "not_a_siret"),
        ("FR45732829320", "not_a_siret"),
        ("73282932000075", "not_a_siret"),
        ("356000000498371", "not_a_siret"),
    ],
)
def test_a_siret_that_cannot_be_trusted_is_refused(typed: str, rule: str) -> None:
    with pytest.raises(ValueError, match=f"^{rule}$"):
        normalise.siren(typed)


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("59500", "59500"),
        ("2300", "02300"),
        ("2300.0", "02300"),
        ("F-62000", "62000"),
        ("FR-62000", "62000"),
        ("59 500", "59500"),
        ("59506 CEDEX 2", "59506"),
        ("59500 Douai", "59500"),
        ("20000", "20000"),
        ("97400", "97400"),
    ],
)
def test_a_postcode_gets_its_zero_back(typed: str, postcode: str) -> None:
    assert normalise.postcode(typed) == postcode


@pytest.mark.parametrize(
    ("typed", "postcode"),
    [
        ("B-1000", "BE-1000"),
        ("BE 7500", "BE-7500"),
        ("L-1234", "LU-1234"),
        ("CH-1201", "CH-1201"),
        ("d 50667", "DE-50667"),
        ("1012 ab", "NL-1012AB"),
        ("NL-1012 AB", "NL-1012AB"),
        ("sw1a 1aa", "GB-SW1A1AA"),
    ],
)
def test_a_neighbour_s_postcode_carries_its_country(typed: str, postcode: str) -> None:
    assert normalise.postcode(typed) == postcode


@pytest.mark.parametrize("typed", ["Douai", "2A004", "00000", "X-1000", "B-100", "D-1000", "595000", "123"])
def test_what_is_no_postcode_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^not_a_postcode$"):
        normalise.postcode(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "04/03/2026 14:25",
        "04/03/2026 14:25:00",
        "2026-03-04 14:25",
        "2026-03-04T14:25:00",
        "46085.60069444444",
        "04/03/26 14h25",
        "04/03/2026 à 14h25",
        "4/3/2026 14:25:00.000",
        "04.03.2026, 14:25",
        "04-03-2026 2:25 pm",
        "2026/03/04 2:25:00 PM UTC+1",
        "2026-03-04 13:25:00 UTC",
        "2026-03-04 08:55:00 GMT-4:30",
        "20260304T1425",
    ],
)
def test_a_date_is_read_day_first_in_the_event_s_zone(typed: str) -> None:
    assert instants.instant(typed, PARIS) == datetime(2026, 3, 4, 14, 25, tzinfo=PARIS)


@pytest.mark.parametrize(
    "typed",
    [
        "4 mars 2026 14:25", "mercredi 4 mars 2026 à 14h25", "04 MARS 2026, 14:25", "March 4, 2026 2:25 PM",
        "Wednesday, 4th March 2026 at 14:25", "4-Mar-2026 14:25", "Mar. 4 2026 14:25",
    ],
)  # fmt: skip
@pytest.mark.parametrize("order", ["day_first", "month_first"])
def test_a_month_in_words_leaves_no_doubt_about_the_order(typed: str, order: str) -> None:
    assert instants.instant(typed, PARIS, order) == datetime(2026, 3, 4, 14, 25, tzinfo=PARIS)


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1er novembre 2026", (2026, 11, 1)),
        ("3 novembre 2026", (2026, 11, 3)),
        ("15 août 2026", (2026, 8, 15)),
        ("2 févr. 2026", (2026, 2, 2)),
        ("31 déc. 2025", (2025, 12, 31)),
    ],
)
def test_a_day_is_read_in_words(typed: str, day: tuple[int, int, int]) -> None:
    assert instants.instant(typed, PARIS) == datetime(*day, tzinfo=PARIS)


def test_a_month_first_source_is_read_month_first() -> None:
    assert instants.instant("11/29/24 22:28", PARIS, "month_first") == datetime(2024, 11, 29, 22, 28, tzinfo=PARIS)
    assert instants.instant("11/29/24 10:28 PM", PARIS, "month_first") == datetime(2024, 11, 29, 22, 28, tzinfo=PARIS)
    assert instants.instant("11/09/2024 12:05 AM", PARIS, "month_first") == datetime(2024, 11, 9, 0, 5, tzinfo=PARIS)


@pytest.mark.parametrize(
    "typed",
    [
        "11/29/24 22:28",
        "31/02/2026",
        "04/03/2026 14:25 PM",
        "04/03/1026 14:25",
        "0001-01-01T00:00:00+14:00",
        "2026-03-04 14:25:00+99",
        "04/03-2026",
        "31 février 2026",
        "3 novembre",
        "novembre 2026",
        "3 marsupiaux 2026",
        "le 3 ou le 4 novembre 2026",
        "bientôt",
        "12",
    ],
)
def test_what_is_no_date_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^not_a_date$"):
        instants.instant(typed, PARIS)


def test_an_instant_with_an_offset_is_moved_to_the_zone() -> None:
    found = instants.instant("2026-12-03T13:00:00Z", PARIS)
    assert found is not None
    assert found.isoformat() == "2026-12-03T14:00:00+01:00"


@pytest.mark.parametrize("typed", ["", "  ", "0000-00-00 00:00", "00/00/0000"])
def test_no_date_is_none(typed: str) -> None:
    assert instants.instant(typed, PARIS) is None


@pytest.mark.parametrize(
    "typed", ["14:20", "14h20", "14 h 20", "14:20:00", "1899-12-30 14:20:00", "0.597222", ".597222"]
)
def test_a_time_of_day_is_read_however_it_is_typed(typed: str) -> None:
    assert quantities.time_of_day(typed) == time(14, 20)


def test_what_is_no_time_or_span_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^not_a_time$"):
        quantities.time_of_day("vers midi")
    with pytest.raises(ValueError, match=r"^not_a_span$"):
        quantities.span("16:00-15:40")


@pytest.mark.parametrize("typed", ["15:40-16:00", "de 15h40 à 16h", "15:40 / 16:00"])
def test_a_span_has_a_start_and_an_end(typed: str) -> None:
    assert quantities.span(typed) == (time(15, 40), time(16))


@pytest.mark.parametrize(
    ("typed", "cents"),
    [
        ("36,00", 3600),
        ("36.00", 3600),
        ("36", 3600),
        ("1 234,50 €", 123450),
        ("1.234,50", 123450),
        ("1,234.50", 123450),
        ("12,345", 1234500),
        ("0,5", 50),
        ("-36,00", -3600),
        ("−36,00", -3600),  # noqa: RUF001 -- the minus sign of typography
        ("36,00-", -3600),
        ("(36,00)", -3600),
        ("36.00 EUR", 3600),
        ("€36", 3600),
        ("1'234.5", 123450),
        ("1.234.567,89 €", 123456789),
        ("30 000 € HT", 3000000),
        ("Gratuit", 0),
        ("OFFERT", 0),
        ("free", 0),
    ],
)
def test_money_is_cents(typed: str, cents: int) -> None:
    assert quantities.cents(typed) == cents


@pytest.mark.parametrize("typed", ["à voir", "0,125", "1,234,50", "36 $", "--3", "()", "9" * 5000])
def test_what_is_no_amount_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match=r"^not_an_amount$"):
        quantities.cents(typed)


def test_a_word_is_no_number_rather_than_one_out_of_range() -> None:
    for refused in ("beaucoup", ""):
        with pytest.raises(ValueError, match=r"^not_a_number$"):
            quantities.integer_between(refused, 1, 10)
        with pytest.raises(ValueError, match=r"^not_a_number$"):
            quantities.share(refused)


def test_numbers_and_shares_keep_their_bounds() -> None:
    assert quantities.integer_between("8.0", 1, 10) == 8
    assert quantities.share("62,5 %") == 0.625
    # As a spreadsheet keeps 80 % and 100 %; whoever writes the sign means it.
    assert [quantities.share(text) for text in ("0.8", "1", "0", "1 %", "0,5 %")] == [0.8, 1.0, 0.0, 0.01, 0.005]
    for refused in ("11", "0", "9" * 5000):
        with pytest.raises(ValueError, match=r"^out_of_range$"):
            quantities.integer_between(refused, 1, 10)
    for refused in ("120", "100,5 %"):
        with pytest.raises(ValueError, match=r"^out_of_range$"):
            quantities.share(refused)


@pytest.mark.parametrize(
    ("value", "described"),
    [
        ("", "empty"),
        ("4,23E+13", "scientific notation"),
        ("7328293200007", "13 digits"),
        ("+33 (0)6.12", "6 digits"),
        ("12,5", "decimal number"),
        ("12.5", "decimal number"),
        ("a@@b", "e-mail"),
        ("12/13/2026", "date or time"),
        ("Dupont", "text"),
    ],
)
def test_a_refused_value_is_described_not_shown(value: str, described: str) -> None:
    assert value_class(value) == described
