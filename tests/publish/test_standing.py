from dataclasses import replace

from tasks.publish.standing import Standing, standing
from tasks.publish.start import write_start_page
from tasks.workspace import Workspace
from tests.publish.digest_builders import AT, leader, prepared, six_leaders

EMPTY = Standing(
    leaders_count=0,
    withdrawn_count=0,
    vanished_count=0,
    requests_count=0,
    exhibitors_count=0,
    rejected_count=0,
    review_count=0,
    set_aside_count=0,
    is_base_sound=None,
    versions_count=0,
    version_id=None,
    plan_status=None,
    plan_kind=None,
    plan_verdict=None,
    meetings_count=0,
    value=None,
    value_bound=None,
    shortfall=None,
    shortfall_bound=None,
    gaps=None,
    gaps_bound=None,
    below_minimum_count=0,
    approved_version_id=None,
    sent_count=0,
    waiting_count=0,
    stuck_count=0,
    call_count=0,
    repeat_share_low=None,
    repeat_share_high=None,
)
REGISTERED = replace(EMPTY, leaders_count=2, requests_count=1)
PLANNED = replace(
    REGISTERED,
    version_id="19-v1",
    meetings_count=1,
    value=100,
    value_bound=100,
    gaps=3,
    gaps_bound=2,
    below_minimum_count=2,
)


def said(found: Standing, workspace: Workspace) -> list[str]:
    return [str(sentence) for sentence in found.sentences(workspace.event)]


def test_an_empty_event_says_where_to_begin(workspace: Workspace) -> None:
    assert said(EMPTY, workspace) == ["No leader yet. Drop exports into the inbox and call: rencontres ingest"]


def test_what_somebody_must_see_to_is_said_in_the_order_of_urgency(workspace: Workspace) -> None:
    found = replace(REGISTERED, vanished_count=2, review_count=1, rejected_count=3, set_aside_count=1)
    assert said(found, workspace)[2:-1] == [
        "2 leaders gone from the last export, to confirm",
        "1 line to decide",
        "3 values refused",
        "1 file set aside",
    ]


def test_a_file_that_was_set_aside_is_said_before_anybody_is_registered(workspace: Workspace) -> None:
    assert said(replace(EMPTY, set_aside_count=1), workspace)[1:] == ["1 file set aside"]


def test_vanished_leaders_and_files_set_aside_are_counted_and_shown(workspace: Workspace) -> None:
    base = six_leaders()
    base["core.leader"] = [
        leader(1, is_vanished=True),
        leader(2, is_vanished=True, status="withdrawn"),
        leader(3, is_vanished=True, edition_id="artois-douaisis-2025"),
    ]
    base["audit.set_aside_file"] = [
        {"file_name": "a.csv", "sentence_fr": "", "sentence_en": "", "set_aside_at": AT},
    ]
    prepared(workspace, base)
    with workspace.opened() as database:
        found = standing(database, workspace.event)
        page = write_start_page(workspace, database).with_name("index.en.html").read_text(encoding="utf-8")
    assert (found.vanished_count, found.set_aside_count) == (1, 1)
    assert "1 leader gone from the last export, to confirm" in page
    assert "1 file set aside" in page


def test_a_base_without_plan_says_the_next_step(workspace: Workspace) -> None:
    assert said(replace(REGISTERED, review_count=1, rejected_count=2), workspace) == [
        "2 leaders registered",
        "1 meeting asked for",
        "1 line to decide",
        "2 values refused",
        "No plan yet. Make one with: rencontres schedule",
    ]


def test_a_proven_plan_is_said_to_be_proven(workspace: Workspace) -> None:
    assert PLANNED.is_value_proven is True
    assert said(PLANNED, workspace)[2:] == [
        "plan 19-v1: 1 meeting",
        "value 100, proven to be the best possible",
        "3 idle slots, at least 2 unavoidable",
        "2 leaders with fewer than 4 meetings",
        "not approved yet: rencontres approve 19-v1",
    ]


def test_a_plan_that_is_not_to_be_approved_says_the_next_step(workspace: Workspace) -> None:
    preliminary = replace(PLANNED, plan_kind="preliminary")
    assert said(preliminary, workspace)[-1] == "preliminary plan 19-v1; for good: rencontres schedule"
    rejected = replace(PLANNED, plan_kind="final", plan_verdict="rejected")
    assert said(rejected, workspace)[-1] == "rejected: 19-v1; to plan again: rencontres schedule"
    assert said(replace(rejected, approved_version_id="19-v0"), workspace)[-1] == "approved: 19-v0"


def test_a_plan_without_proof_says_how_far_it_may_be(workspace: Workspace) -> None:
    found = replace(PLANNED, value_bound=110, approved_version_id="19-v1", sent_count=1, waiting_count=2, stuck_count=1)
    assert found.is_value_proven is False
    assert said(found, workspace)[3:] == [
        "value 100, at most 110 possible",
        "3 idle slots, at least 2 unavoidable",
        "2 leaders with fewer than 4 meetings",
        "approved: 19-v1",
        "1 mail delivered",
        "2 mails waiting",
        "1 mail whose fate a person must settle",
    ]


def test_the_repeat_share_is_said_as_an_interval(workspace: Workspace) -> None:
    found = replace(REGISTERED, repeat_share_low=0.587, repeat_share_high=0.6287)
    assert said(found, workspace)[-1] == "had come before, among those present: 59 to 63%"
