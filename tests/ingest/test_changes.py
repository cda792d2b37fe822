"""What a night is said to have changed."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from tasks.ingest.people.changes import Snapshot, changes_of_night
from tasks.ingest.rows.audit import Change
from tasks.ingest.rows.core import Company, Leader, Request, Unavailability

NIGHT = date(2026, 11, 2)
ANA = Leader(
    edition_id="e", leader_id="L001", catalogue_number=1, person_key="k", company_id="C001", family_name="Morel",
    given_name="Ana", job_title=None, email=None, has_own_email=False, phone=None, role="both", presentation=None,
    language="fr", max_meetings=None, status="registered", registered_at=None,
)  # fmt: skip
BOB = replace(ANA, leader_id="L002", catalogue_number=2, given_name="Bob")
CLEO = replace(ANA, leader_id="L003", catalogue_number=3, given_name="Cléo")
COMPANY = Company("e", "C001", "Ateliers Morel", "ateliers morel", None, None, None)


def request(to: str, rank: int) -> Request:
    return Request("e", "L001", to, rank, "exact", 100.0, "f", "", 2)


def snapshot(*leaders: Leader, company: str = "Ateliers Morel", **more: object) -> Snapshot:
    requests, absences = more.get("requests", ()), more.get("absences", ())
    return Snapshot.of(leaders, [replace(COMPANY, name=company)], requests, absences, UTC)  # type: ignore[arg-type]


def told(before: Snapshot, after: Snapshot, *earlier: Change) -> list[tuple[str, str, str, str, str]]:
    found = changes_of_night("e", NIGHT, before, after, earlier)
    assert all((change.edition_id, change.night) == ("e", NIGHT) for change in found)
    return [(change.leader_id, change.kind, change.field, change.before, change.after) for change in found]


VANISHED = replace(ANA, is_vanished=True)
GONE = replace(ANA, status="withdrawn")


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [ANA], ("registered", "", "registered")),
        ([], [VANISHED], ("vanished", "", "vanished")),
        ([], [GONE], ("withdrawn", "", "withdrawn")),
        ([ANA], [VANISHED], ("vanished", "registered", "vanished")),
        ([ANA], [GONE], ("withdrawn", "registered", "withdrawn")),
        ([ANA], [], ("withdrawn", "registered", "")),
        ([VANISHED], [ANA], ("returned", "vanished", "registered")),
        ([VANISHED], [GONE], ("withdrawn", "vanished", "withdrawn")),
        ([VANISHED], [], ("withdrawn", "vanished", "")),
        ([GONE], [ANA], ("returned", "withdrawn", "registered")),
        ([GONE], [VANISHED], ("vanished", "withdrawn", "vanished")),
        ([GONE], [], ("withdrawn", "withdrawn", "")),
    ],
)
def test_a_leader_goes_from_one_state_to_another(
    before: list[Leader], after: list[Leader], expected: tuple[str, str, str]
) -> None:
    kind, was, is_now = expected
    assert told(snapshot(*before), snapshot(*after)) == [("L001", kind, "", was, is_now)]
    assert told(snapshot(*after), snapshot(*after)) == []


def test_each_field_is_told_as_a_person_reads_it() -> None:
    later = replace(
        ANA, family_name="Petit", job_title="Gérante", email="a@x.example", phone="+33612345678", language="en",
        role="buyer", max_meetings=6, presentation="Tôlerie fine", payer_email=None,
    )  # fmt: skip
    moved = replace(COMPANY, name="Morel & Fils", siren="732829320", postcode="62000", town="Arras")
    now = Snapshot.of([later], [moved], [], [], UTC)
    assert told(snapshot(replace(ANA, payer_email="p@x.example")), now) == [
        ("L001", "changed", "family_name", "Morel", "Petit"),
        ("L001", "changed", "company", "Ateliers Morel", "Morel & Fils"),
        ("L001", "changed", "siren", "", "732829320"),
        ("L001", "changed", "postcode", "", "62000"),
        ("L001", "changed", "town", "", "Arras"),
        ("L001", "changed", "job_title", "", "Gérante"),
        ("L001", "changed", "email", "", "a@x.example"),
        ("L001", "changed", "payer_email", "p@x.example", ""),
        ("L001", "changed", "phone", "", "+33612345678"),
        ("L001", "changed", "language", "fr", "en"),
        ("L001", "changed", "role", "both", "buyer"),
        ("L001", "changed", "presentation", "", "Tôlerie fine"),
        ("L001", "changed", "max_meetings", "", "6"),
    ]


def test_wishes_are_told_by_their_number_and_by_whom_they_name() -> None:
    people = (ANA, BOB, CLEO)
    before = snapshot(*people, requests=[request("L002", 1)])
    both = snapshot(*people, requests=[request("L002", 2), request("L003", 1)])
    assert told(before, both) == [
        ("L001", "changed", "wishes", "1", "2"),
        ("L001", "changed", "wish_list", "2", "3, 2"),
    ]
    other = snapshot(*people, requests=[request("L003", 1)])
    assert told(before, other) == [("L001", "changed", "wish_list", "2", "3")]


def test_hours_are_told_in_local_time() -> None:
    span = (datetime(2026, 12, 3, 14, tzinfo=UTC), datetime(2026, 12, 3, 15, 10, tzinfo=UTC))
    absent = snapshot(ANA, absences=[Unavailability("e", "L001", *span)])
    assert told(snapshot(ANA), absent) == [("L001", "changed", "availability", "", "14:00–15:10")]  # noqa: RUF001


def test_who_turns_out_to_be_another_has_not_withdrawn() -> None:
    merged = replace(BOB, status="withdrawn", merged_into="L001")
    assert told(snapshot(ANA, BOB), snapshot(ANA, merged)) == [("L002", "changed", "merged_into", "", "1")]
    assert told(snapshot(ANA, merged), snapshot(ANA, BOB)) == [("L002", "changed", "merged_into", "1", "")]


def test_a_second_run_of_a_night_tells_from_before_the_first() -> None:
    first = Change("e", NIGHT, "L001", "changed", "job_title", "", "Gérante")
    gerante, presidente = replace(ANA, job_title="Gérante"), replace(ANA, job_title="Présidente")
    assert told(snapshot(gerante), snapshot(presidente), first) == [("L001", "changed", "job_title", "", "Présidente")]
    assert told(snapshot(gerante), snapshot(gerante), first) == [("L001", "changed", "job_title", "", "Gérante")]
    assert told(snapshot(gerante), snapshot(ANA), first) == []


def test_states_of_a_night_are_told_from_before_its_first_run() -> None:
    vanished = Change("e", NIGHT, "L001", "vanished", "", "registered", "vanished")
    assert told(snapshot(VANISHED), snapshot(ANA), vanished) == []
    assert told(snapshot(VANISHED), snapshot(GONE), vanished) == [("L001", "withdrawn", "", "registered", "withdrawn")]
    new = Change("e", NIGHT, "L001", "registered", "", "", "registered")
    assert told(snapshot(ANA), snapshot(replace(ANA, job_title="Gérante")), new) == [
        ("L001", "registered", "", "", "registered")
    ]
    left = Change("e", NIGHT, "L001", "withdrawn", "", "registered", "")
    assert told(snapshot(), snapshot(ANA), left) == []
