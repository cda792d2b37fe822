"""The digest itself: from rows to what the organiser is told."""

from datetime import UTC, datetime, timedelta

import pytest

from tasks.publish.digest.digest import Bar, Curve, Digest, FieldChange, Guest
from tasks.publish.digest.facts import read_facts
from tasks.publish.digest.mail import headline, markdown, night_of, preheader, write_digest
from tasks.publish.digest.making import Facts, cut, digest_of
from tasks.publish.digest.words import DECISIONS, OPEN
from tasks.questionnaire import ANSWERS
from tasks.workspace import Workspace
from tests.publish.digest_builders import (
    AT,
    EDITION,
    HELD_ON,
    NIGHT,
    Row,
    change,
    company,
    leader,
    prepared,
    question,
    request,
    six_leaders,
)


def the_digest(workspace: Workspace, night_offset: int = 0) -> Digest:
    night = NIGHT + timedelta(days=night_offset)
    with workspace.opened() as database:
        facts = read_facts(database, workspace.event, night)
    return digest_of(facts, night, workspace.event.date, 4, 10)


def told(digest: Digest) -> list[tuple[str, int, list[str]]]:
    return [(group.kind, group.count, [one.guest.leader_id for one in group.leaders]) for group in digest.groups]


def test_changes_are_told_by_kind_newcomers_first(workspace: Workspace) -> None:
    changes = [
        change(1, "changed", "phone", "1", "2"),
        change(2, "vanished"),
        change(3, "withdrawn"),
        change(4, "returned"),
        change(5, "registered"),
        change(6, "registered"),
        change(6, "registered", night=NIGHT - timedelta(days=1)),
    ]
    digest = the_digest(prepared(workspace, six_leaders(), {"audit.change": changes}))
    assert told(digest) == [
        ("registered", 2, ["L005", "L006"]),
        ("withdrawn", 1, ["L003"]),
        ("vanished", 1, ["L002"]),
        ("returned", 1, ["L004"]),
        ("changed", 1, ["L001"]),
    ]
    assert headline(digest, "en") == "2 newcomers, 1 withdrawal, 1 gone from the export, 1 return, 1 changed"
    assert digest.groups[0].leaders[0].guest == Guest("L005", "Prénom5 Nom5", "Société 5")


def test_of_who_withdrew_nothing_else_is_told(workspace: Workspace) -> None:
    changes = [
        change(1, "changed", "wishes", "2", "0"),
        change(1, "withdrawn", "", "registered", "withdrawn"),
        change(2, "changed", "wishes", "1", "0"),
        change(2, "withdrawn", night=NIGHT - timedelta(days=1)),
    ]
    digest = the_digest(prepared(workspace, six_leaders(), {"audit.change": changes}))
    assert told(digest) == [("withdrawn", 1, ["L001"]), ("changed", 1, ["L002"])]
    assert headline(digest, "en") == "1 withdrawal, 1 changed"


def test_a_change_says_before_and_after_in_words(workspace: Workspace) -> None:
    changes = [
        change(1, "changed", "company", "Morel", ""),
        change(1, "changed", "role", "buyer", "both"),
        change(1, "changed", "shoe", "41", "42"),
        change(1, "changed", "wish_list", "1, 2", "1, 3, 4"),
        change(1, "changed", "wishes", "2", "3"),
        change(2, "changed", "wish_list", "1, 3", "3, 1"),
    ]
    digest = the_digest(prepared(workspace, six_leaders(), {"audit.change": changes}))
    (group,) = digest.groups
    assert [
        [(str(field.field), str(field.before), str(field.after)) for field in one.fields] for one in group.leaders
    ] == [
        [
            ("Company", "Morel", "nothing"),
            ("Buyer or supplier", "buyer", "buyer and supplier"),
            ("shoe", "41", "42"),
            ("Number of wishes", "2", "3"),
        ],
        [("Wishes, by catalogue number", "1, 3", "3, 1")],
    ]


def test_twelve_leaders_of_a_kind_are_named_and_the_rest_is_counted(workspace: Workspace) -> None:
    changes = [change(number, "registered") for number in range(1, 21)]
    (group,) = the_digest(prepared(workspace, six_leaders(), {"audit.change": changes})).groups
    assert (group.count, len(group.leaders), group.hidden_count) == (20, 12, 8)


def test_a_leader_who_is_no_longer_known_is_told_by_id(workspace: Workspace) -> None:
    (group,) = the_digest(prepared(workspace, six_leaders(), {"audit.change": [change(99, "withdrawn")]})).groups
    assert group.leaders[0].guest == Guest("L099", "", "")


def test_a_base_without_an_edition_yet_has_an_empty_digest(workspace: Workspace) -> None:
    digest = the_digest(workspace)
    assert (digest.leader_count, digest.curve, digest.asked, digest.few, digest.few_count) == (0, (), (), (), 0)
    assert digest.is_quiet is True


def test_the_curve_lays_the_same_distance_side_by_side(workspace: Workspace) -> None:
    """The night is ten days before the event: 18 had three leaders then, and four in the end."""
    earlier = [leader(number, days, "artois-douaisis-2025") for number, days in enumerate((80, 30, 10, 9), 1)]
    base = six_leaders() | {"core.leader": [leader(1, 75), leader(2, 20), leader(3, 10), *earlier]}
    curve = the_digest(prepared(workspace, base)).curve
    assert curve == (
        Curve(19, True, 3, 3, (0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2, 3, None)),  # noqa: FBT003 -- the current one
        Curve(18, False, 3, 4, (0, 1, 1, 1, 1, 1, 1, 1, 2, 2, 2, 4, 4)),  # noqa: FBT003 -- an earlier one
    )


def test_a_leader_without_a_date_and_a_withdrawn_one_count_always_and_never(workspace: Workspace) -> None:
    earlier = [
        leader(1, edition_id="artois-douaisis-2025", registered_at=None),
        leader(2, edition_id="artois-douaisis-2025", status="withdrawn"),
    ]
    base = six_leaders() | {"core.leader": [leader(1), *earlier]}
    assert [(curve.now, curve.final) for curve in the_digest(prepared(workspace, base)).curve] == [(1, 1), (1, 1)]


def test_after_the_event_the_curve_is_whole(workspace: Workspace) -> None:
    digest = the_digest(prepared(workspace, six_leaders()), night_offset=30)
    assert (digest.days_before, digest.curve[0].weeks[-1], digest.curve[0].now) == (-20, 6, 6)
    assert str(preheader(digest)) == "6 registered"


def test_an_edition_after_this_one_is_no_earlier_one(workspace: Workspace) -> None:
    later = {"edition_id": "next", "number": 20, "title": "", "is_current": False}
    base = six_leaders()
    base["core.edition"] = [*base["core.edition"], later | {"held_on": HELD_ON[EDITION] + timedelta(days=300)}]
    assert [curve.number for curve in the_digest(prepared(workspace, base)).curve] == [19, 18]


def test_requests_are_counted_by_what_can_be_held(workspace: Workspace) -> None:
    base = six_leaders() | {
        "core.leader": [leader(number) for number in range(1, 16)] + [leader(16, status="withdrawn")],
        "core.request": [
            *(request(1, asked) for asked in range(2, 13)),
            *(request(2, asked) for asked in range(3, 13)),
            *(request(3, asked) for asked in range(4, 8)),
            *(request(4, asked) for asked in range(5, 8)),
        ],
    }
    bars = the_digest(prepared(workspace, base)).bars
    assert [(str(bar.label), bar.count) for bar in bars] == [
        ("none", 11),
        ("1 to 3", 1),
        ("4 to 10", 2),
        ("more than 10", 1),
    ]


@pytest.mark.parametrize(
    ("minimum", "labels"),
    [
        (0, ["none", "1 to 10", "more than 10"]),
        (1, ["none", "1 to 10", "more than 10"]),
        (2, ["none", "1 to 1", "2 to 10", "more than 10"]),
    ],
)
def test_a_span_that_holds_no_number_is_left_out(minimum: int, labels: list[str]) -> None:
    facts = Facts([], [], [], [{"request_count": 0, "leader_count": 3}], [], [], [], frozenset())
    bars = digest_of(facts, NIGHT, NIGHT, minimum, 10).bars
    assert [str(bar.label) for bar in bars] == labels
    assert [bar.count for bar in bars] == [3] + [0] * (len(labels) - 1)
    assert all(isinstance(bar, Bar) for bar in bars)


def test_names_are_written_as_names_are(workspace: Workspace) -> None:
    base = six_leaders() | {"core.leader": [leader(1, given_name="Antoine", family_name="FLAHAUT")]}
    (group,) = the_digest(prepared(workspace, base, {"audit.change": [change(1, "returned")]})).groups
    assert group.leaders[0].guest.name == "Antoine Flahaut"


def test_the_most_asked_for_come_first(workspace: Workspace) -> None:
    base = six_leaders()
    base["core.request"] = [request(1, 2), request(3, 2), request(1, 3), request(2, 1)]
    asked = the_digest(prepared(workspace, base)).asked
    assert [(one.guest.leader_id, one.request_count) for one in asked] == [("L002", 2), ("L001", 1), ("L003", 1)]


def test_who_cannot_reach_the_minimum_is_told_with_what_is_suggested(workspace: Workspace) -> None:
    base = six_leaders()
    base["core.exclusion"] = [{"edition_id": EDITION, "leader_a": "L001", "leader_b": "L002"}]
    suggestion = {"edition_id": EDITION, "from_leader_id": "L006", "rank": 1, "score": 1.0, "is_used": False}
    base["core.suggestion"] = [
        suggestion | {"to_leader_id": to, "sells_codes": "", "seeks_codes": ""} for to in ("L001", "L002")
    ]
    digest = the_digest(prepared(workspace, base))
    assert [(few.guest.leader_id, few.partner_count, few.suggestion_count) for few in digest.few] == [
        ("L006", 0, 2),
        ("L001", 3, 0),
        ("L002", 3, 0),
    ]
    assert digest.few_count == 3


def everything_open() -> dict[str, list[Row]]:
    gate = {"edition_id": EDITION, "input_sha256": "now", "is_passed": False, "checked_count": 1, "failed_count": 1}
    codes = (("no_leader", "stop"), ("no_request", "warn"), ("refused_rows", "warn"), ("leader_vanished", "warn"))
    return {
        "audit.review_item": [question(1, "Sté"), question(2, "Sté"), question(3, "", "withdrawal")],
        "raw.file": [
            {
                "file_sha256": sha256,
                "file_name": f"{sha256}.csv",
                "source": "helloasso-2026",
                "kind": "registration",
                "edition_id": EDITION,
                "size_bytes": 1,
                "row_count": 1,
                "is_current": is_current,
                "read_at": AT,
            }
            for sha256, is_current in (("tickets", True), ("old", False))
        ],
        "audit.rejected_row": [
            {
                "file_sha256": sha256,
                "sheet": "",
                "row_number": 3,
                "column_name": "siret",
                "rule": "not_a_siret",
                "value_class": "text",
            }
            for sha256 in ("tickets", "old")
        ],
        "audit.set_aside_file": [
            {"file_name": "a.csv", "sentence_fr": "", "sentence_en": "", "set_aside_at": AT},
        ],
        "audit.current_gate": [{"edition_id": EDITION, "input_sha256": "now"}],
        "audit.gate_result": [
            gate | {"code": code, "severity": severity, "table_name": "core.leader", "failed_keys": "[]"}
            for code, severity in codes
        ],
    }


def test_every_kind_of_question_is_a_decision_with_words_of_its_own() -> None:
    assert set(ANSWERS) <= DECISIONS
    assert [str(OPEN["company"].counting(count)) for count in (1, 2)] == [
        "1 SIREN under two names: one company or two?",
        "2 SIREN under two names each: one company or two?",
    ]


def test_what_waits_is_counted_by_kind_what_stops_first(workspace: Workspace) -> None:
    digest = the_digest(prepared(workspace, six_leaders(), everything_open()))
    assert [(str(waiting.title), waiting.new_count) for waiting in digest.waiting] == [
        ("1 check that forbids a plan", 1),
        ("1 leader gone from the export, to confirm", 1),
        ("2 wishes for somebody who was not recognised", 2),
        ("1 refused value", 1),
        ("1 file set aside", 1),
        ("1 check worth a look", 1),
    ]
    assert (digest.decision_count, digest.stopped_count) == (5, 1)
    assert headline(digest, "en") == "5 decisions to take, 1 check forbids a plan"
    assert headline(digest, "fr") == "5 décisions à prendre, 1 contrôle interdit le planning"


def test_a_warning_alone_is_worth_a_mail_too(workspace: Workspace) -> None:
    waiting = {name: rows for name, rows in everything_open().items() if "gate" in name}
    waiting["audit.gate_result"] = waiting["audit.gate_result"][1:2]
    digest = the_digest(prepared(workspace, six_leaders(), waiting))
    assert headline(digest, "en") == "To look at: checks that failed"


def test_the_second_night_with_the_same_questions_is_quiet(workspace: Workspace) -> None:
    prepared(workspace, six_leaders(), everything_open())
    with workspace.writing() as database:
        first = write_digest(workspace, database, AT).digest
        again = write_digest(workspace, database, AT + timedelta(hours=1)).digest
        second = write_digest(workspace, database, AT + timedelta(days=1)).digest
    assert [first.is_quiet, again.is_quiet, second.is_quiet] == [False, False, True]
    assert again.waiting == first.waiting
    assert headline(second, "en") == "Quiet night: nothing changed; 5 decisions still wait"


def test_a_question_that_was_answered_leaves_a_quiet_night_and_a_new_one_does_not(workspace: Workspace) -> None:
    prepared(workspace, six_leaders(), {"audit.review_item": [question(1, "Sté"), question(2, "Sté")]})
    with workspace.writing() as database:
        write_digest(workspace, database, AT)
        database._connection.execute("delete from audit.review_item where leader_id = 'L001'")
        answered = write_digest(workspace, database, AT + timedelta(days=1)).digest
    prepared(workspace, {"audit.review_item": [question(3, "Autre")]})
    new = the_digest(workspace, night_offset=2)
    assert (answered.is_quiet, headline(answered, "en")) == (
        True,
        "Quiet night: nothing changed; 1 decision still waits",
    )
    assert [(waiting.count, waiting.new_count) for waiting in new.waiting] == [(2, 1)]
    assert new.is_quiet is False


def test_an_export_gone_from_the_inbox_is_told_once_and_is_no_decision(workspace: Workspace) -> None:
    prepared(workspace, six_leaders(), {"audit.gone_file": [{"file_sha256": "tickets"}]})
    with workspace.writing() as database:
        first = write_digest(workspace, database, AT).digest
        second = write_digest(workspace, database, AT + timedelta(days=1)).digest
    assert headline(first, "en") == "1 export gone from the inbox"
    assert headline(first, "fr") == "1 export sorti de la boîte de dépôt"
    assert (first.decision_count, second.is_quiet) == (0, True)
    prepared(workspace, {"audit.gone_file": [{"file_sha256": "wishes"}]})
    third = the_digest(workspace, night_offset=2)
    assert [(str(waiting.title), waiting.new_count) for waiting in third.waiting] == [
        ("2 exports gone from the inbox", 1)
    ]
    assert headline(third, "en") == "1 export gone from the inbox"


def test_a_night_with_nothing_at_all_is_one_line(workspace: Workspace) -> None:
    digest = the_digest(prepared(workspace, six_leaders()))
    assert headline(digest, "en") == "Quiet night: nothing changed, and nothing waits for you"
    assert headline(digest, "fr") == (
        "Nuit calme\N{NO-BREAK SPACE}: rien n\N{RIGHT SINGLE QUOTATION MARK}a changé et rien ne vous attend"
    )
    assert markdown(digest, "en") == headline(digest, "en")


def test_the_artifact_holds_ids_and_figures_only(workspace: Workspace) -> None:
    changes = [change(number, "registered") for number in range(1, 14)]
    changes.append(change(1, "changed", "email", "a@secret.example", "b@secret.example"))
    digest = the_digest(prepared(workspace, six_leaders(), everything_open(), {"audit.change": changes}))
    assert markdown(digest, "en").splitlines() == [
        "13 newcomers, 1 changed, 5 decisions to take, 1 check forbids a plan",
        "",
        "| | |",
        "| --- | --- |",
        "| 13 newcomers | L001, L002, L003, L004, L005, L006, L007, L008, L009, L010, L011, L012 … |",
        "| 1 changed | L001 |",
        "| 1 check that forbids a plan | 1 new |",
        "| 1 leader gone from the export, to confirm | 1 new |",
        "| 2 wishes for somebody who was not recognised | 2 new |",
        "| 1 refused value | 1 new |",
        "| 1 file set aside | 1 new |",
        "| 1 check worth a look | 1 new |",
        "| leaders with too few possible partners | 1 |",
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("short", "short"),
        ("x" * 10, "x" * 10),
        ("x" * 11, "x" * 9 + "…"),
        ("y" * 100_000, "y" * 9 + "…"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b\r\nc\x00d", "a b c d"),
        ("abcdefgh  " + " " * 100, "abcdefgh…"),
        ("", ""),
    ],
)
def test_what_people_typed_is_cut_and_stands_on_one_line(text: str, expected: str) -> None:
    assert cut(text, 10) == expected


def test_a_value_of_a_hundred_thousand_characters_is_cut(workspace: Workspace) -> None:
    changes = [change(1, "changed", "job_title", "x" * 100_000, "y")]
    base = six_leaders() | {"core.company": [company(1, "Z" * 100_000)]}
    (group,) = the_digest(prepared(workspace, base, {"audit.change": changes})).groups
    assert group.leaders[0].fields == (FieldChange(group.leaders[0].fields[0].field, "x" * 79 + "…", "y"),)
    assert group.leaders[0].guest.company == "Z" * 59 + "…"


def test_the_night_is_the_local_date(workspace: Workspace) -> None:
    assert night_of(workspace.event, datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == NIGHT
