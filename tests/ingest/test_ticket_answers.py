"""Wishes in the same row as the ticket: an answer of that person, which the form completes and overrules."""

from tasks.ingest.records.answers import Answer, read_answer, read_ticket_answer
from tasks.ingest.records.decisions import Decisions
from tasks.ingest.records.reader import Reader
from tasks.ingest.records.rejection import Place, Rejection
from tasks.ingest.records.tickets import read_ticket
from tasks.ingest.wishes.askers import Askers
from tasks.ingest.wishes.latest import last_answers
from tasks.ingest.wishes.wishes import derive_wishes
from tests.ingest.builders import directory_of, reader
from tests.ingest.wishing import afternoon, answer_of

PEOPLE = (
    ("Ana", "Morel", "Ateliers Morel"),
    ("Bob", "Dupont", "Tôlerie Dupont"),
    ("Dan", "Roux", "Imprimerie du Beffroi"),
)
TICKET = Place("a" * 64, "", 9)


def ticket_row(**content: str) -> Reader:
    row = reader(
        "helloasso-2026",
        **{
            "status": "Validé",
            "ticket_number": "1",
            "given_name": "Ana",
            "family_name": "Morel",
            "company": "Ateliers Morel",
            "email": "ana.morel@ateliers-morel.example",
            "ordered_at": "04/03/2026 14:25",
            **content,
        },
    )
    row.place = TICKET
    return row


def told(**content: str) -> Answer | None:
    row = ticket_row(**content)
    ticket = read_ticket(row)
    assert ticket is not None
    return read_ticket_answer(row, ticket)


def said(**content: str) -> Answer:
    found = told(**content)
    assert found is not None
    return found


def test_a_ticket_with_wishes_is_an_answer_of_its_holder() -> None:
    found = said(wish_1="Dan Roux", sells="Usinage", pause="15h-15h20")
    assert (found.full_name, found.company, found.email) == (
        "Ana Morel",
        "Ateliers Morel",
        "ana.morel@ateliers-morel.example",
    )
    assert [wish.typed for wish in found.cells.wishes] == ["Dan Roux"]
    assert (found.is_of_ticket, found.place) == (True, TICKET)
    wishes = derive_wishes(directory_of(*PEOPLE), [found], afternoon())
    assert [(r.from_leader_id, r.to_leader_id, r.row_number) for r in wishes.requests] == [("L001", "L003", 9)]
    assert [offer.code for offer in wishes.offers] == ["machining"]
    assert len(wishes.unavailabilities) == 1


def test_a_ticket_without_wishes_or_one_that_is_void_is_no_answer() -> None:
    assert told() is None
    assert told(wish_1=" ", role="") is None
    assert told(wish_1="Dan Roux", status="Annulé") is None
    assert said(**{"wish_of:Dan Roux": "1"}).cells.wishes[0].rank == 1
    assert said(**{"seeks_of:Usinage": "oui"}).seeks == ("Usinage",)


def test_the_form_completes_what_the_ticket_says() -> None:
    ticket = said(sells="Usinage", role="Acheteur", max_meetings="6", wish_1="Dan Roux", leaves_at="17:00")
    form = answer_of({"seeks": "Transport", "language": "English"})
    wishes = derive_wishes(directory_of(*PEOPLE), [ticket, form], afternoon())
    ana = wishes.leaders[0]
    assert (ana.role, ana.max_meetings, ana.language) == ("buyer", 6, "en")
    assert [(offer.side, offer.category) for offer in wishes.offers] == [("seeks", "Transport"), ("sells", "Usinage")]
    assert [(r.to_leader_id, r.file_sha256) for r in wishes.requests] == [("L003", TICKET.file_sha256)]
    assert len(wishes.unavailabilities) == 1
    assert wishes.rejections == ()


def test_wishes_of_the_form_overrule_those_of_the_ticket_whichever_came_first() -> None:
    late_ticket = said(wish_1="Dan Roux", role="Acheteur", ordered_at="01/12/2026 10:00")
    form = answer_of({"wish_1": "Bob Dupont", "role": "Vendre", "answered_at": "01/11/2026 10:00"})
    wishes = derive_wishes(directory_of(*PEOPLE), [late_ticket, form], afternoon())
    assert [r.to_leader_id for r in wishes.requests] == ["L002"]
    assert wishes.leaders[0].role == "supplier"
    assert wishes.rejections == (Rejection(TICKET, "wishes", "replaced_by_later_answer", "text"),)


def test_a_ticket_of_a_stranger_has_its_wishes_refused_where_nobody_is_registered_else_asked_about() -> None:
    answer = said(wish_1="Dan Roux")
    nobody = last_answers(Askers(directory_of(), Decisions()), [answer])
    assert nobody == ({}, (), (Rejection(TICKET, "wishes", "unknown_person", "text"),))
    others = last_answers(Askers(directory_of(*PEOPLE[1:]), Decisions()), [answer])
    assert others == ({}, (answer,), ())


def test_of_two_tickets_the_later_answer_counts() -> None:
    first, second = said(wish_1="Dan Roux"), said(wish_1="Bob Dupont", ordered_at="05/03/2026 14:25")
    wishes = derive_wishes(directory_of(*PEOPLE), [second, first], afternoon())
    assert [r.to_leader_id for r in wishes.requests] == ["L002"]
    assert [each.rule for each in wishes.rejections] == ["replaced_by_later_answer"]


def test_an_answer_to_the_form_needs_to_say_whose_it_is() -> None:
    row = reader("forms-wishes", wish_1="Dan Roux")
    assert read_answer(row) is None
    assert [each.rule for each in row.rejections] == ["no_identity"]
