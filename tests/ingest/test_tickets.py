"""A registration row: who comes, who paid, whether it counts."""

import pytest

from tasks.ingest.records.kinds import read_records
from tasks.ingest.records.statuses import status_of
from tasks.ingest.records.tickets import Ticket, own_email, read_ticket
from tasks.ingest.values.phones import Phone
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
        ({"given_name": "Tést"}, "test"),
        ({"given_name": "Élodie", "rate": "Protestée"}, "valid"),
        ({"given_name": "Te", "promo_code": "st"}, "valid"),
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
    found = read_ticket(reader("billetweb", ticket_number="7", family_name="Morel", given_name="Ana", **content))
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


@pytest.mark.parametrize(
    "content",
    [
        {"family_name": "Liste provisoire"},
        {"family_name": "Nom5", "given_name": "P5"},
        {"full_name": "Soit deux de plus", "amount": "60"},
        {"given_name": "Ana", "town": "Lille", "status": "Payé"},
    ],
)
def test_a_name_with_nothing_beside_it_is_nobody(content: dict[str, str]) -> None:
    row = reader("list", **content)
    assert read_ticket(row) is None
    assert [(refused.column_name, refused.rule) for refused in row.rejections] == [("(row)", "no_identity")]


@pytest.mark.parametrize(
    "beside",
    [
        {"company": "Ateliers"}, {"email": "contact@morel.example"}, {"payer_email": "bob@roux.example"},
        {"payer_company": "Roux"}, {"phone": "0612345678"}, {"payer_phone": "0612345678"}, {"siret": "732829320"},
        {"ticket_number": "7"}, {"ordered_at": "12/10/2026"},
    ],
)  # fmt: skip
def test_a_name_with_anything_of_a_person_beside_it_is_somebody(beside: dict[str, str]) -> None:
    found = read_ticket(reader("list", family_name="Morel", payer_family_name="Roux", **beside))
    assert found is not None
    assert (found.family_name, found.own_email) == ("Morel", None)


def test_an_own_email_is_enough_to_be_somebody() -> None:
    found = read_ticket(reader("helloasso-2026", status="Validé", email="ana@morel.example"))
    assert found is not None
    assert found.own_email == "ana@morel.example"


def test_a_row_with_cells_beyond_the_header_is_refused_whole() -> None:
    row = reader("helloasso-2026", **(PAID | {"(beyond the header)": "yes"}))
    assert read_records(row) == ()
    assert [refused.rule for refused in row.rejections] == ["cells_beyond_header"]


def test_the_payer_s_company_stands_in_for_a_missing_one() -> None:
    assert ticket(payer_company="Holding Morel").company == "Holding Morel"
    assert ticket(payer_company="Holding Morel", company="Morel SAS").company == "Morel SAS"


def test_a_lone_given_name_is_a_name() -> None:
    found = read_ticket(reader("helloasso-2026", ticket_number="7", given_name="Ana"))
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


@pytest.mark.parametrize(
    ("typed", "language"),
    [
        ("anglais, français", "en"),
        ("Français ; anglais ; allemand", "fr"),
        ("Deutsch / English", "en"),
        ("arabe", None),
    ],
)
def test_who_speaks_several_languages_is_written_to_in_the_first_that_we_write(
    typed: str, language: str | None
) -> None:
    row = reader("list", family_name="Morel", company="Ateliers", language=typed)
    found = read_ticket(row)
    assert found is not None
    assert (found.language, row.rejections) == (language, [])


def test_an_unknown_language_is_refused_and_left_open() -> None:
    row = reader("helloasso-2026", **(PAID | {"language": "klingon"}))
    found = read_ticket(row)
    assert found is not None
    assert found.language is None
    assert [(refused.column_name, refused.rule) for refused in row.rejections] == [("language", "unknown_word")]


@pytest.mark.parametrize(
    ("source", "names"),
    [("helloasso-2024", ("Roux", "Bob")), ("pretix-positions", ("Roux", "Bob")), ("billetweb", None)],
)
def test_where_nobody_is_named_some_formats_take_the_payer(source: str, names: tuple[str, str] | None) -> None:
    payer = {"payer_family_name": "Roux", "payer_given_name": "Bob", "payer_email": "bob@roux.example"}
    found = read_ticket(reader(source, **payer))
    assert (found and (found.family_name, found.given_name)) == names
    assert (found and found.own_email) == (names and "bob@roux.example")


@pytest.mark.parametrize(
    ("phone", "payer_phone", "payer", "number"),
    [
        ("0639981234", "0639985678", "Roux", "+33639981234"),
        ("", "0639985678", "Roux", None),
        ("", "0639985678", "Morel", "+33639985678"),
    ],
)
def test_the_payer_s_number_is_the_participant_s_only_if_they_paid(
    phone: str, payer_phone: str, payer: str, number: str | None
) -> None:
    found = read_ticket(
        reader(
            "billetweb",
            family_name="Morel",
            given_name="Ana",
            payer_family_name=payer,
            payer_given_name="Ana",
            phone=phone,
            payer_phone=payer_phone,
        )
    )
    assert found is not None
    assert (found.phone and found.phone.number) == number


@pytest.mark.parametrize(
    ("quantity", "refused"), [("", []), ("1", []), ("3", ["several_tickets"]), ("beaucoup", ["not_a_number"])]
)
def test_a_line_for_several_tickets_is_listed(quantity: str, refused: list[str]) -> None:
    row = reader("eventbrite", family_name="Morel", given_name="Ana", email="ana@morel.example", quantity=quantity)
    found = read_ticket(row)
    assert found is not None
    assert found.own_email == "ana@morel.example"
    assert [rejection.rule for rejection in row.rejections] == refused


@pytest.mark.parametrize(
    ("content", "is_present"),
    [
        ({}, None),
        ({"is_present": "Non", "checked_in_at": "0000-00-00 00:00"}, False),
        ({"is_present": "Oui"}, True),
        ({"checked_in_at": "2026-12-03 13:41"}, True),
        ({"checked_in_at": "0000-00-00 00:00"}, None),
    ],
)
def test_who_was_scanned_was_there(content: dict[str, str], *, is_present: bool | None) -> None:
    found = read_ticket(reader("weezevent", ticket_number="7", family_name="Morel", **content))
    assert found is not None
    assert found.is_present is is_present


def test_a_format_without_a_rule_for_what_is_valid_takes_all_but_what_it_names() -> None:
    statuses = [
        status_of(reader("limesurvey-registration", **content))
        for content in ({"ordered_at": "2026-10-01"}, {}, {"ordered_at": "2026-10-01", "full_name": "Ana Test"})
    ]
    assert statuses == [("valid", False), ("unpaid", False), ("test", False)]


@pytest.mark.parametrize(
    ("emails", "refused"),
    [
        ({"email": "ana@@morel", "payer_email": "ana@@morel"}, ["email"]),
        ({"email": "ana@@morel", "payer_email": "bob@@roux"}, ["email", "payer_email"]),
        ({"email": "ana@morel.example", "payer_email": "ana@@morel"}, []),
        ({"payer_email": "bob@@roux"}, ["payer_email"]),
    ],
)
def test_a_refused_address_is_asked_for_once(emails: dict[str, str], refused: list[str]) -> None:
    row = reader("helloasso-2026", status="Validé", family_name="Morel", given_name="Ana", company="Morel", **emails)
    assert read_ticket(row) is not None
    assert [(found.column_name, found.rule) for found in row.rejections] == [(name, "not_an_email") for name in refused]
