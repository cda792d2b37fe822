"""Each gate alone: it passes on the sound base, and a base with one fault makes it fail and name the fault."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime

import pytest

from tasks.validate.gate import Limits
from tasks.validate.gates import all_gates
from tasks.workspace import Workspace
from tests.validate.conftest import (
    EDITION,
    LAST_EDITION,
    NOW,
    Judge,
    company,
    file,
    leader,
    line,
    request,
    sound_base,
    ticket,
)

Base = dict[str, list[dict[str, object]]]
LIMITS = Limits(minimum=4)
CODES = [gate.code for gate in all_gates(LIMITS)]


def away(leader_id: str, starts: int, ends: int) -> dict[str, object]:
    """An absence, in whole hours of UTC; the event's afternoon runs from 13 to 17."""
    return {
        "edition_id": EDITION,
        "leader_id": leader_id,
        "starts_at": datetime(2026, 12, 3, starts, tzinfo=UTC),
        "ends_at": datetime(2026, 12, 3, ends, tzinfo=UTC),
    }


def excluded(leader_a: str, leader_b: str) -> dict[str, object]:
    return {"edition_id": EDITION, "leader_a": leader_a, "leader_b": leader_b}


def with_leader(base: Base, position: int, **changes: object) -> Base:
    base["core.leader"][position].update(changes)
    return base


def with_company(base: Base, position: int, **changes: object) -> Base:
    base["core.company"][position].update(changes)
    return base


def with_request(base: Base, position: int, **changes: object) -> Base:
    base["core.request"][position].update(changes)
    return base


def without_wishes_of_the_first(base: Base) -> Base:
    base["core.request"] = [row for row in base["core.request"] if row["from_leader_id"] != "L001"]
    return base


def with_a_crowded_room(base: Base) -> Base:
    """Forty leaders who all ask for one another could hold 200 meetings; four tables and twelve slots offer 48."""
    numbers = range(1, 41)
    pairs = [(asking, asked) for asking in numbers for asked in numbers if asking != asked]
    return base | {
        "core.company": [company(number) for number in numbers],
        "core.leader": [leader(number) for number in numbers],
        "core.request": [request(asking, asked) for asking, asked in pairs],
    }


def with_last_year(base: Base, count: int, day: int = 3) -> Base:
    """Last year's leaders, registered in November; day 3 is 31 days before, as the second of November is this year."""
    registered_at = datetime(2025, 11, day, 9, tzinfo=UTC)
    base["core.leader"] += [
        leader(number, edition_id=LAST_EDITION, registered_at=registered_at) for number in range(1, count + 1)
    ]
    return base


def with_ticket(base: Base, position: int, **changes: object) -> Base:
    base["core.registration"][position].update(changes)
    return base


def with_wishes_of_nobody(base: Base, count: int) -> Base:
    """Twenty wishes were recognised; these were not."""
    return base | {"audit.review_item": [REVIEW_ITEM | {"typed": f"Sté {number}"} for number in range(count)]}


def with_headers(base: Base, *matches: str) -> Base:
    return base | {
        "raw.header": [
            {
                "file_sha256": "tickets",
                "sheet": "",
                "position": position,
                "title": f"Colonne {position}",
                "match": match,
                "score": 100.0,
            }
            for position, match in enumerate(matches)
        ]
    }


def offer(number: int, category: str, code: str | None = "metal") -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "leader_id": f"L{number:03d}",
        "side": "sells",
        "category": category,
        "code": code,
    }


def link(**changes: object) -> dict[str, object]:
    """L001 was L007 last year."""
    return {
        "edition_id": EDITION,
        "leader_id": "L001",
        "earlier_edition_id": LAST_EDITION,
        "earlier_leader_id": "L007",
        "rule": "email",
        "certainty": "sure",
        "probability": 1.0,
        **changes,
    }


def with_links(base: Base, *links: dict[str, object]) -> Base:
    earlier = [leader(number, edition_id=LAST_EDITION, status="withdrawn") for number in (7, 8)]
    return base | {"core.leader": base["core.leader"] + earlier, "core.identity_link": list(links)}


def with_merge(base: Base, **changes: object) -> Base:
    """L001 has a second ticket, R006, which was taken for R001."""
    merge = {
        "edition_id": EDITION,
        "registration_id": "R006",
        "leader_id": "L001",
        "into_registration_id": "R001",
        "rule": "email",
        "evidence": "email",
        **changes,
    }
    base["core.registration"].append(ticket(6, leader_id="L001", status="duplicate"))
    return base | {"core.merge": [merge], "raw.row": [*base["raw.row"], line("tickets", 7)]}


def suggestion(from_leader_id: str = "L001", to_leader_id: str = "L006", **changes: object) -> dict[str, object]:
    return {
        "edition_id": EDITION,
        "from_leader_id": from_leader_id,
        "to_leader_id": to_leader_id,
        "rank": 1,
        "score": 1.0,
        "sells_codes": "",
        "seeks_codes": "",
        "is_used": False,
        **changes,
    }


def with_a_newcomer(base: Base, *suggestions: dict[str, object], company_id: str = "C006") -> Base:
    """L006 asks for nobody and nobody asks for L006."""
    return base | {
        "core.company": [*base["core.company"], company(6)],
        "core.leader": [*base["core.leader"], leader(6, company_id=company_id)],
        "core.suggestion": list(suggestions),
    }


def exhibitor(number: int, name: str) -> dict[str, object]:
    return {"edition_id": EDITION, "exhibitor_id": f"E{number:03d}", "name": name, "kind": "exhibitor"}


def edition(edition_id: str, number: int, year: int) -> dict[str, object]:
    held_on = date(year, 12, 1)
    return {"edition_id": edition_id, "number": number, "title": "", "held_on": held_on, "is_current": False}


def with_edition(base: Base, *editions: dict[str, object]) -> Base:
    """An edition more, with an export of its own."""
    return base | {
        "core.edition": [*base["core.edition"], *editions],
        "raw.file": [*base["raw.file"], *(file(str(row["edition_id"]), str(row["edition_id"])) for row in editions)],
    }


SET_ASIDE = {
    "file_name": "photo.csv",
    "sentence_fr": "Ce n'est pas un tableau.",
    "sentence_en": "This is no table.",
    "set_aside_at": NOW,
}
REVIEW_ITEM = {
    "edition_id": EDITION,
    "kind": "request",
    "leader_id": "L001",
    "typed": "Sté Machin",
    "reason": "no_candidate",
    "candidates": "[]",
    "file_sha256": "wishes",
    "sheet": "Réponses",
    "row_number": 2,
}
REFUSED = {"file_sha256": "wishes", "sheet": "Réponses", "row_number": 7, "rule": "invalid", "value_class": "text"}

FAULTS: list[tuple[str, Callable[[Base], Mapping[str, Sequence[Mapping[str, object]]]], tuple[str, ...]]] = [
    ("no_leader", lambda base: base | {"core.leader": [], "core.request": []}, ("registered_count=0",)),
    (
        "too_few_leaders",
        lambda base: base | {"core.leader": [leader(1), leader(2, status="withdrawn")]},
        ("registered_count=1",),
    ),
    ("too_few_tables", with_a_crowded_room, ("wanted_meeting_count=200 possible_meeting_count=48",)),
    ("fewer_registrations", lambda base: with_last_year(base, 7), ("registered_count=5 last_year_count=7",)),
    ("waiting_items", lambda base: base | {"audit.review_item": [REVIEW_ITEM]}, ("review_count=1",)),
    (
        "refused_rows",
        lambda base: (
            base | {"audit.rejected_row": [REFUSED | {"column_name": "SIRET"}, REFUSED | {"column_name": "Email"}]}
        ),
        ("refused_count=1",),
    ),
    ("leader_without_company", lambda base: with_leader(base, 1, company_id="C009"), ("L002",)),
    ("leader_twice", lambda base: with_leader(base, 1, person_key="person 1"), ("L001", "L002")),
    ("catalogue_number_twice", lambda base: with_leader(base, 2, catalogue_number=1), ("L001", "L003")),
    ("malformed_email", lambda base: with_leader(base, 3, email="leader4@societe4"), ("L004",)),
    (
        "no_own_email",
        lambda base: with_leader(with_leader(base, 0, has_own_email=False), 4, email=None),
        ("L001", "L005"),
    ),
    ("no_request", without_wishes_of_the_first, ("L001",)),
    ("few_partners", lambda base: base | {"core.exclusion": [excluded("L001", "L003")]}, ("L001", "L003")),
    ("no_free_slot", lambda base: base | {"core.unavailability": [away("L002", 13, 17)]}, ("L002",)),
    ("own_maximum_below_one", lambda base: with_leader(base, 0, max_meetings=0), ("L001",)),
    ("company_without_name", lambda base: with_company(base, 0, name=" "), ("C001",)),
    ("company_twice", lambda base: with_company(base, 0, name_key="societe 2"), ("C001", "C002")),
    ("malformed_siren", lambda base: with_company(base, 0, siren="4,23E+08"), ("C001",)),
    ("rank_below_one", lambda base: with_request(base, 0, rank=0), ("L001 L002",)),
    ("request_from_unknown_leader", lambda base: with_request(base, 0, from_leader_id="L099"), ("L099 L002",)),
    ("request_of_oneself", lambda base: with_request(base, 0, to_leader_id="L001"), ("L001 L001",)),
    (
        "request_to_unregistered_leader",
        lambda base: with_leader(base, 4, status="withdrawn"),
        ("L001 L005", "L002 L005", "L003 L005", "L004 L005"),
    ),
    ("request_within_company", lambda base: with_leader(base, 4, company_id="C004"), ("L004 L005", "L005 L004")),
    (
        "request_of_excluded_leader",
        lambda base: base | {"core.exclusion": [excluded("L001", "L003")]},
        ("L001 L003", "L003 L001"),
    ),
    ("exclusion_of_oneself", lambda base: base | {"core.exclusion": [excluded("L001", "L001")]}, ("L001 L001",)),
    ("exclusion_of_unknown_leader", lambda base: base | {"core.exclusion": [excluded("L001", "L077")]}, ("L001 L077",)),
    (
        "unavailability_backwards",
        lambda base: base | {"core.unavailability": [away("L002", 15, 14)]},
        ("L002 16:00 15:00",),
    ),
    (
        "unavailability_of_unknown_leader",
        lambda base: base | {"core.unavailability": [away("L077", 14, 15)]},
        ("L077 15:00 16:00",),
    ),
    ("edition_without_export", lambda base: base | {"raw.file": [file("wishes", EDITION)]}, (LAST_EDITION,)),
    ("edition_number_twice", lambda base: with_edition(base, edition("e16", 18, 2024)), (LAST_EDITION, "e16")),
    ("edition_out_of_order", lambda base: with_edition(base, edition("e20", 20, 2024)), (LAST_EDITION,)),
    ("unknown_wishes", lambda base: with_wishes_of_nobody(base, 3), ("unknown_wish_count=3 typed_wish_count=23",)),
    ("set_aside_files", lambda base: base | {"audit.set_aside_file": [SET_ASIDE]}, ("set_aside_count=1",)),
    (
        "doubtful_recognition",
        lambda base: base | {"raw.file": [*base["raw.file"], file("0123456789", EDITION, recognition_score=0.79)]},
        ("0123456789.csv",),
    ),
    (
        "other_event",
        lambda base: base | {"raw.file": [*base["raw.file"], file("0123456789", EDITION, is_doubtful=True)]},
        ("0123456789.csv",),
    ),
    ("unknown_columns", lambda base: with_headers(base, "exact", "unknown", "unknown"), ("tickets.csv",)),
    ("leader_without_ticket", lambda base: with_ticket(base, 2, status="unpaid"), ("L003",)),
    ("leader_vanished", lambda base: with_leader(base, 2, is_vanished=True), ("L003",)),
    ("leader_without_name", lambda base: with_leader(base, 2, given_name=" ", family_name=""), ("L003",)),
    (
        "siren_twice",
        lambda base: with_company(base, 0, siren="000000002"),
        ("C001 000000002", "C002 000000002"),
    ),
    ("registration_without_raw_row", lambda base: with_ticket(base, 2, row_number=99), ("R003",)),
    ("registration_of_unknown_leader", lambda base: with_ticket(base, 2, leader_id="L099"), ("R003",)),
    ("registration_without_leader", lambda base: with_ticket(base, 2, leader_id=None), ("R003",)),
    ("negative_amount", lambda base: with_ticket(base, 2, amount_cents=-1), ("R003",)),
    ("refund_above_amount", lambda base: with_ticket(base, 2, refunded_cents=3601), ("R003",)),
    ("unknown_price", lambda base: with_ticket(base, 2, amount_cents=3500), ("R003",)),
    (
        "unlikely_order_date",
        lambda base: with_ticket(
            with_ticket(base, 0, ordered_at=datetime(2025, 11, 1, tzinfo=UTC)),
            1,
            ordered_at=datetime(2026, 12, 4, tzinfo=UTC),
        ),
        ("R001", "R002"),
    ),
    ("request_without_raw_row", lambda base: with_request(base, 0, sheet="Autre"), ("L001 L002",)),
    ("offer_of_unknown_leader", lambda base: base | {"core.offer": [offer(77, "métal")]}, ("L077 sells 1",)),
    (
        "offer_without_code",
        lambda base: base | {"core.offer": [offer(1, "bois"), offer(1, "vélos", None)]},
        ("L001 sells 2",),
    ),
    ("exhibitor_without_name", lambda base: base | {"core.exhibitor": [exhibitor(1, " ")]}, ("E001",)),
    (
        "exhibitor_twice",
        lambda base: base | {"core.exhibitor": [exhibitor(1, "Électro & Cie"), exhibitor(2, "electro  cie")]},
        ("E001", "E002"),
    ),
    (
        "link_to_unknown_leader",
        lambda base: with_links(base, link(earlier_leader_id="L099")),
        (f"L001 {LAST_EDITION} L099",),
    ),
    (
        "link_to_no_earlier_edition",
        lambda base: with_links(base, link(earlier_edition_id=EDITION, earlier_leader_id="L002")),
        (f"L001 {EDITION} L002",),
    ),
    ("impossible_probability", lambda base: with_links(base, link(probability=1.2)), (f"L001 {LAST_EDITION} L007",)),
    (
        "leader_linked_twice",
        lambda base: with_links(base, link(), link(earlier_leader_id="L008")),
        (f"L001 {LAST_EDITION} L007", f"L001 {LAST_EDITION} L008"),
    ),
    ("merge_of_unknown_ticket", lambda base: with_merge(base, into_registration_id="R099"), ("R006",)),
    ("merge_into_itself", lambda base: with_merge(base, into_registration_id="R006"), ("R006",)),
    ("merge_of_two_leaders", lambda base: with_merge(base, into_registration_id="R002"), ("R006",)),
    ("merge_without_evidence", lambda base: with_merge(base, evidence=""), ("R006",)),
    (
        "suggestion_of_unknown_leader",
        lambda base: with_a_newcomer(base, suggestion(to_leader_id="L099")),
        ("L001 L099",),
    ),
    (
        "suggestion_within_company",
        lambda base: with_a_newcomer(base, suggestion(), company_id="C001"),
        ("L001 L006",),
    ),
    (
        "suggestion_of_excluded_leader",
        lambda base: with_a_newcomer(base, suggestion()) | {"core.exclusion": [excluded("L001", "L006")]},
        ("L001 L006",),
    ),
    ("suggestion_of_a_wish", lambda base: with_a_newcomer(base, suggestion("L002", "L001")), ("L002 L001",)),
]

# What each gate on a table that the sound base leaves empty must let through.
SOUND: list[tuple[str, Callable[[Base], Base]]] = [
    ("offer_without_code", lambda base: base | {"core.offer": [offer(1, str(code), str(code)) for code in range(4)]}),
    ("unknown_columns", lambda base: with_headers(base, "exact", "unknown", "repeated", "unknown")),
    ("unknown_wishes", lambda base: with_wishes_of_nobody(base, 2)),
    ("unlikely_order_date", lambda base: with_ticket(base, 0, ordered_at=datetime(2026, 12, 3, 8, tzinfo=UTC))),
    ("unlikely_order_date", lambda base: with_ticket(base, 0, ordered_at=None)),
    ("unknown_price", lambda base: with_ticket(base, 0, amount_cents=0)),
    ("unknown_price", lambda base: with_ticket(base, 0, amount_cents=1, status="cancelled")),
    ("refund_above_amount", lambda base: with_ticket(base, 0, refunded_cents=3600)),
    ("registration_without_leader", lambda base: with_ticket(base, 0, leader_id=None, status="test")),
    ("exhibitor_twice", lambda base: base | {"core.exhibitor": [exhibitor(1, "一"), exhibitor(2, "二")]}),
    *[
        (code, lambda base: with_links(base, link(), link(earlier_leader_id="L008", certainty="probable")))
        for code in ("link_to_unknown_leader", "link_to_no_earlier_edition", "leader_linked_twice")
    ],
    *[
        (code, with_merge)
        for code in ("merge_of_unknown_ticket", "merge_into_itself", "merge_of_two_leaders", "merge_without_evidence")
    ],
    *[
        (code, lambda base: with_a_newcomer(base, suggestion()))
        for code in (
            *("suggestion_of_unknown_leader", "suggestion_within_company"),
            *("suggestion_of_excluded_leader", "suggestion_of_a_wish"),
        )
    ],
]


@pytest.fixture(autouse=True)
def four_tables(bare_workspace: Workspace, request: pytest.FixtureRequest) -> None:
    """The crowded room has four tables; everything else is as in the shared event."""
    if "too_few_tables" in request.node.name:
        path = bare_workspace.folder / "event.toml"
        path.write_text(path.read_text(encoding="utf-8").replace("count = 60", "count = 4"), encoding="utf-8")


def test_every_gate_has_a_fault_in_this_file() -> None:
    assert sorted(code for code, _, _ in FAULTS) == sorted(CODES)


@pytest.mark.parametrize("code", CODES)
def test_the_sound_base_passes(code: str, judge_gate: Judge) -> None:
    result = judge_gate(code, sound_base())
    assert (result.code, result.is_passed, result.failed_keys) == (code, True, ())


@pytest.mark.parametrize(("code", "break_it", "keys"), FAULTS, ids=[code for code, _, _ in FAULTS])
def test_a_fault_fails_its_gate_and_is_named(
    code: str, break_it: Callable[[Base], Base], keys: tuple[str, ...], judge_gate: Judge
) -> None:
    result = judge_gate(code, break_it(sound_base()))
    assert (result.is_passed, result.failed_keys, result.failed_count) == (False, keys, len(keys))


@pytest.mark.parametrize(("code", "change"), SOUND, ids=[f"{code} {place}" for place, (code, _) in enumerate(SOUND)])
def test_what_is_no_fault_passes(code: str, change: Callable[[Base], Base], judge_gate: Judge) -> None:
    assert judge_gate(code, change(sound_base())).is_passed is True


def test_a_thousand_rows_are_named_and_all_are_counted(judge_gate: Judge) -> None:
    base = sound_base() | {"core.leader": [leader(number, company_id="C404") for number in range(1, 1501)]}
    result = judge_gate("leader_without_company", base)
    assert (result.failed_count, len(result.failed_keys), result.failed_keys[-1]) == (1500, 1000, "L499")


def test_a_withdrawn_leader_is_not_judged(judge_gate: Judge) -> None:
    base = with_leader(sound_base(), 0, status="withdrawn", email="not an address")
    assert judge_gate("malformed_email", base).is_passed is True


def test_one_exception_is_within_what_is_tolerated_and_still_named(judge_gate: Judge) -> None:
    result = judge_gate("no_own_email", with_leader(sound_base(), 0, has_own_email=False))
    assert (result.is_passed, result.failed_keys, result.checked_count) == (True, ("L001",), 5)


def test_last_year_counts_only_up_to_the_same_day_before_the_event(judge_gate: Judge) -> None:
    result = judge_gate("fewer_registrations", with_last_year(sound_base(), 50, day=4))
    assert result.is_passed is True


def test_two_leaders_who_are_never_free_together_are_no_partners(judge_gate: Judge) -> None:
    base = sound_base() | {"core.unavailability": [away("L001", 13, 15), away("L002", 15, 17)]}
    assert judge_gate("few_partners", base).failed_keys == ("L001", "L002")


def test_an_absence_that_touches_a_slot_takes_it(judge_gate: Judge) -> None:
    spans = [
        {**away("L001", 13, 17), "ends_at": datetime(2026, 12, 3, 16, 41, tzinfo=UTC)},
    ]
    assert judge_gate("no_free_slot", sound_base() | {"core.unavailability": spans}).failed_keys == ("L001",)


def test_for_too_few_tables_an_own_maximum_counts_up_to_that_of_the_event(judge_gate: Judge) -> None:
    base = with_a_crowded_room(sound_base())
    for row in base["core.leader"]:
        row["max_meetings"] = 50
    expected = ("wanted_meeting_count=200 possible_meeting_count=48",)
    assert judge_gate("too_few_tables", base).failed_keys == expected


def test_files_that_were_replaced_do_not_count(judge_gate: Judge) -> None:
    base = sound_base()
    base["raw.file"] = [file("last", LAST_EDITION), file("wishes", EDITION, is_current=False, read_at=NOW)]
    base["audit.rejected_row"] = [REFUSED | {"column_name": "SIRET"}]
    assert judge_gate("refused_rows", base).is_passed is True


@pytest.mark.parametrize(
    ("code", "table", "column"),
    [
        ("malformed_email", "core.leader", "email"),
        ("malformed_siren", "core.company", "siren"),
        ("own_maximum_below_one", "core.leader", "max_meetings"),
    ],
)
def test_a_column_that_is_wholly_empty_passes(code: str, table: str, column: str, judge_gate: Judge) -> None:
    base = sound_base()
    for row in base[table]:
        row[column] = None
    assert judge_gate(code, base).is_passed is True


@pytest.mark.parametrize("code", [gate.code for gate in all_gates(LIMITS) if gate.frame != "base"])
def test_an_empty_base_breaks_no_gate_on_rows(code: str, judge_gate: Judge) -> None:
    result = judge_gate(code, {})
    assert (result.is_passed, result.checked_count) == (True, 0)
