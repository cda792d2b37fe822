"""A registration row: who comes, who paid, whether it counts."""

import pytest

from tasks.ingest.normalise import Phone
from tasks.ingest.records import read_record
from tasks.ingest.tickets import Ticket, own_email, read_ticket
from tests.ingest.builders import reader

PAID = {
    "family_name": "Morel",
    "given_name": "Ana",
    "payer_family_name": "MOREL",
    "payer_given_name": "ana",
    "payer_email": "ana@morel.example",
    "status": "Validé",
    "amount": "36,00",
}


def ticket(**content: str) -> Ticket:
    found = read_ticket(reader("helloasso-2026", **(PAID | content)))
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("email", "payer_email", "is_payer", "own"),
    [
        ("ana@morel.example", "compta@morel.example", False, "ana@morel.example"),
        ("bob@morel.example", "bob@morel.example", False, None),
        ("ana@morel.example", "ana@morel.example", True, "ana@morel.example"),
        (None, "ana@morel.example", True, "ana@morel.example"),
        (None, "ana@morel.example", False, None),
        ("contact@morel.example", None, True, None),
        (None, None, True, None),
    ],
)
def test_an_address_is_own_unless_others_read_it(
    email: str | None, payer_email: str | None, own: str | None, *, is_payer: bool
) -> None:
    assert own_email(email, payer_email, is_payer=is_payer) == own


@pytest.mark.parametrize(
    ("content", "status"),
    [
        ({}, "valid"),
        ({"status": ""}, "valid"),
        ({"status": "Annulé"}, "cancelled"),
        ({"status": "REMBOURSÉ"}, "cancelled"),
        ({"status": "En attente"}, "unpaid"),
        ({"status": "Bizarre"}, "unpaid"),
        ({"promo_code": "TEST"}, "test"),
        ({"rate": "Billet test"}, "test"),
        ({"family_name": "TEST"}, "test"),
        ({"family_name": "Testa"}, "valid"),
    ],
)
def test_the_status_follows_the_first_rule_that_holds(content: dict[str, str], status: str) -> None:
    assert ticket(**content).status == status


def test_an_unknown_status_is_listed() -> None:
    row = reader("helloasso-2026", **(PAID | {"status": "Bizarre"}))
    read_ticket(row)
    assert [(refused.column_name, refused.rule, refused.value_class) for refused in row.rejections] == [
        ("status", "unknown_status", "text")
    ]


@pytest.mark.parametrize(
    ("content", "status", "refunded_cents"),
    [
        ({"is_valid": "Oui", "is_paid": "Oui", "refunded": "0,00"}, "valid", 0),
        ({"is_valid": "Non", "is_paid": "Oui"}, "cancelled", 0),
        ({"is_valid": "Oui", "is_paid": "Non"}, "unpaid", 0),
        ({"is_valid": "Oui", "is_paid": "Oui", "refunded": "36,00"}, "cancelled", 3600),
    ],
)
def test_billetweb_tells_the_status_in_several_columns(
    content: dict[str, str], status: str, refunded_cents: int
) -> None:
    found = read_ticket(reader("billetweb", family_name="Morel", given_name="Ana", **content))
    assert found is not None
    assert (found.status, found.refunded_cents) == (status, refunded_cents)


def test_a_refunded_order_gives_all_its_money_back() -> None:
    found = ticket(status="Remboursé")
    assert (found.amount_cents, found.refunded_cents) == (3600, 3600)


def test_a_bad_optional_value_is_refused_and_the_row_kept() -> None:
    row = reader("helloasso-2026", **(PAID | {"siret": "4,23E+13", "phone": "voir mail", "postcode": "2300"}))
    found = read_ticket(row)
    assert found is not None
    assert (found.siren, found.phone, found.postcode) == (None, None, "02300")
    assert [(refused.column_name, refused.rule, refused.value_class) for refused in row.rejections] == [
        ("phone", "not_a_phone", "text"),
        ("siret", "lost_digits", "scientific notation"),
    ]


@pytest.mark.parametrize("content", [{}, {"email": "accueil@morel.example"}, {"email": "pas une adresse"}])
def test_a_row_without_a_name_and_an_own_email_is_refused_whole(content: dict[str, str]) -> None:
    row = reader("helloasso-2026", status="Validé", **content)
    assert read_ticket(row) is None
    assert [(refused.column_name, refused.rule) for refused in row.rejections][-1] == ("(row)", "no_identity")


def test_an_own_email_is_enough_to_be_somebody() -> None:
    found = read_ticket(reader("helloasso-2026", status="Validé", email="ana@morel.example"))
    assert found is not None
    assert found.own_email == "ana@morel.example"


def test_a_row_with_cells_beyond_the_header_is_refused_whole() -> None:
    row = reader("helloasso-2026", **(PAID | {"(beyond the header)": "yes"}))
    assert read_record(row) is None
    assert [refused.rule for refused in row.rejections] == ["cells_beyond_header"]


def test_the_payer_s_company_stands_in_for_a_missing_one() -> None:
    assert ticket(payer_company="Holding Morel").company == "Holding Morel"
    assert ticket(payer_company="Holding Morel", company="Morel SAS").company == "Morel SAS"


def test_a_lone_given_name_is_a_name() -> None:
    found = read_ticket(reader("helloasso-2026", status="Validé", given_name="Ana"))
    assert found is not None
    assert (found.family_name, found.given_name) == ("Ana", "")


def test_a_pretix_position_is_put_together() -> None:
    content = {
        "order_number": "AB12C",
        "position": "1",
        "status": "paid",
        "ordered_on": "2026-10-01",
        "ordered_time": "14:25:00",
        "full_name": "Ana MOREL",
        "amount": "36.00",
        "language": "en",
        "phone": "0612345678",
    }
    found = read_ticket(reader("pretix-positions", **content))
    assert found is not None
    assert found.ordered_at is not None
    assert (found.number, found.ordered_at.isoformat()) == ("AB12C-1", "2026-10-01T14:25:00+02:00")
    assert (found.family_name, found.given_name, found.language) == ("MOREL", "Ana", "en")
    assert found.phone == Phone("+33612345678", is_mobile=True)


def test_an_unknown_language_is_refused_and_left_open() -> None:
    row = reader("helloasso-2026", **(PAID | {"language": "klingon"}))
    found = read_ticket(row)
    assert found is not None
    assert found.language is None
    assert [(refused.column_name, refused.rule) for refused in row.rejections] == [("language", "unknown_word")]
