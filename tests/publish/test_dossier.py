"""The summary before a decision: exact figures, who would get which mail, what changes; for Prefect without a name."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tasks.publish.dossier import page
from tasks.publish.dossier.changes import counts_of
from tasks.publish.dossier.facts import Dossier, read_dossier
from tasks.publish.dossier.samples import samples
from tasks.publish.outbox.delivery import deliver
from tasks.publish.outbox.owing import fill_outbox
from tasks.workspace import Workspace
from tests.publish.builders import EDITION, Plan, add_leaders, add_plan, eight_leaders, first_plan, insert
from tests.publish.conftest import MailServer

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)


def dossier_of(workspace: Workspace, version_id: str) -> Dossier:
    with workspace.opened() as db:
        return read_dossier(db, workspace.event, version_id)


def second_plan() -> Plan:
    """L001 and L002 move, L003 and L004 no longer meet, L002 and L004 meet instead."""
    first = first_plan()
    meetings = [m for m in first.meetings if m[:2] not in {("L001", "L002"), ("L003", "L004")}]
    return Plan(
        2,
        [*meetings, ("L001", "L002", 7, "T12", 1, 3), ("L002", "L004", 8, "T02", None, 1)],
        first.unmet,
        is_approved=False,
    )


@pytest.fixture
def draft(workspace: Workspace) -> Workspace:
    """Eight leaders and a plan version that nobody has decided about."""
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), replace(first_plan(), is_approved=False))
    return workspace


@pytest.fixture
def changed(planned: Workspace) -> Workspace:
    """The approved version 19-v1 and a draft 19-v2 that changes three meetings."""
    add_plan(planned, eight_leaders(), second_plan())
    return planned


def ids(people: tuple[object, ...]) -> list[str]:
    return [person.leader_id for person in people]  # type: ignore[attr-defined]


def test_the_figures_are_those_of_the_plan(draft: Workspace) -> None:
    dossier = dossier_of(draft, "19-v1")
    assert (len(dossier.afternoon.meetings), dossier.met_count, dossier.wish_count) == (6, 7, 15)
    few, full = "fewer possible partners than the minimum", "the possible partners have no room left"
    assert [(one.person.leader_id, one.meeting_count, str(one.reason)) for one in dossier.lacking] == [
        ("L005", 0, few),
        ("L008", 0, few),
        ("L006", 1, full),
        ("L002", 2, few),
        ("L004", 2, few),
        ("L003", 3, full),
    ]
    assert dict(dossier.unmet)["partner_full"] == 1
    assert [use.used_count for use in dossier.slot_uses] == [0, 0, 1, 1, 1, 1, 1, 0, 0, 1, 0, 0]
    assert dossier.most_used_count == 1


def test_a_first_plan_is_new_to_everybody_with_an_address(draft: Workspace) -> None:
    dossier = dossier_of(draft, "19-v1")
    mails = dossier.mails
    assert sorted(ids(mails.first)) == ["L001", "L002", "L003", "L004", "L006", "L008"]
    assert ids(mails.changed) == ids(mails.none) == []
    assert sorted(ids(mails.unreachable)) == ["L005"]
    assert (dossier.before, dossier.changes) == (None, ())
    assert str(page.changes_in_words(dossier)) == "no plan was approved before: everything is new"


@pytest.mark.usefixtures("quick_sheets")
def test_only_those_whose_agenda_changes_get_another_mail(changed: Workspace, mail_server: MailServer) -> None:
    fill_outbox(changed, NOW)
    deliver(changed, mail_server.settings, lambda: NOW, really=True)
    mails = dossier_of(changed, "19-v2").mails
    assert sorted(ids(mails.changed)) == ["L001", "L002", "L003", "L004"]
    assert (ids(mails.first), sorted(ids(mails.none)), mails.void_count) == ([], ["L006", "L008"], 0)


@pytest.mark.usefixtures("quick_sheets")
def test_mails_that_wait_and_no_longer_hold_are_counted(changed: Workspace) -> None:
    fill_outbox(changed, NOW)
    mails = dossier_of(changed, "19-v2").mails
    assert (mails.void_count, sorted(ids(mails.first)), sorted(ids(mails.none))) == (
        4,
        ["L001", "L002", "L003", "L004"],
        ["L006", "L008"],
    )


def test_what_changes_is_told_to_both_and_counted_once(changed: Workspace) -> None:
    dossier = dossier_of(changed, "19-v2")
    assert counts_of(dossier.changes) == {"gained": 1, "lost": 1, "moved": 1}
    found = {one.person.leader_id: [(m.kind, m.partner.leader_id) for m in one.meetings] for one in dossier.changes}
    assert found == {
        "L001": [("moved", "L002")],
        "L002": [("moved", "L001"), ("gained", "L004")],
        "L003": [("lost", "L004")],
        "L004": [("lost", "L003"), ("gained", "L002")],
    }
    assert str(page.changes_in_words(dossier)) == (
        "since 19-v1: 1 new meeting, 1 meeting no longer held, 1 meeting moved, for 4 leaders"
    )


def test_the_same_plan_again_changes_nothing(planned: Workspace) -> None:
    add_plan(planned, eight_leaders(), replace(first_plan(), number=2, is_approved=False, unmet=[]))
    dossier = dossier_of(planned, "19-v2")
    assert dossier.changes == ()
    assert str(page.changes_in_words(dossier)) == "nothing changes since 19-v1"
    assert "Nothing: every meeting keeps its time and its table." in page.page(
        planned.event, dossier, planned.version_folder("19-v2"), "en"
    )


def test_an_approved_version_is_compared_with_the_one_before_it(changed: Workspace) -> None:
    before = dossier_of(changed, "19-v1").before
    assert before is None
    earlier = dossier_of(changed, "19-v2").before
    assert earlier is not None
    assert earlier.version.version_id == "19-v1"


def test_samples_are_the_extremes_each_once(changed: Workspace) -> None:
    found = samples(dossier_of(changed, "19-v2"))
    assert [(one.leader_id, str(one.why)) for one in found] == [
        ("L001", "the most meetings"),
        ("L005", "the fewest meetings"),
        ("L004", "the most changes"),
        ("L002", "in English"),
        ("L006", "the most wishes not met"),
    ]


def test_a_plan_without_meetings_has_no_samples(workspace: Workspace) -> None:
    add_leaders(workspace, eight_leaders())
    add_plan(workspace, eight_leaders(), Plan(is_approved=False))
    assert samples(dossier_of(workspace, "19-v1")) == ()


def test_a_search_cut_short_and_a_ruling_that_rests_are_said(draft: Workspace) -> None:
    with draft.writing() as db:
        db._connection.execute(
            """update plan.version set plan = '{"stopped_by": "time"}', shortfall = 3, shortfall_bound = 1"""
        )
        ruling = {"edition_id": EDITION, "ruled_by": "Anna", "ruled_at": NOW}
        insert(
            db,
            "plan.ruling",
            [
                {**ruling, "leader_a": "L001", "leader_b": "L002", "ruling": "lock"},
                {**ruling, "leader_a": "L003", "leader_b": "L007", "ruling": "forbid"},
            ],
        )
    dossier = dossier_of(draft, "19-v1")
    assert [str(one) for one in page.warnings(dossier)] == [
        "The time limit cut the search short: a longer run may find a better plan.",
        "Perhaps 2 meetings more could bring leaders to the minimum: that is not proven.",
        "1 ruling rests: one of the two is not registered.",
        "1 leader has no address that a mail could reach: print the agenda.",
    ]
    text = page.page(draft.event, dossier, draft.version_folder("19-v1"), "en")
    assert [text.count(word) for word in ("must meet</span>", "must not meet</span>", "rests</span>")] == [1, 1, 1]


def test_prefect_and_the_terminal_know_no_name(changed: Workspace) -> None:
    dossier = dossier_of(changed, "19-v2")
    told = page.markdown(dossier, "summary.html", "en") + "".join(map(str, page.sentences(dossier)))
    names = [word for one in eight_leaders().values() for word in (one.family_name, one.company)]
    assert [name for name in names if name in told] == []
    assert "| L005 | 0 |" in told
    assert "mails if approved: 6 first agendas, 0 changed, 0 need none, 1 without address" in told


def test_without_proof_the_ceiling_is_said(draft: Workspace, loosened: Callable[[Workspace], None]) -> None:
    with draft.writing() as db:
        db._connection.execute("update plan.version set value = 500")
    loosened(draft)
    dossier = dossier_of(draft, "19-v1")
    assert str(page.sentences(dossier)[0]) == "6 meetings; value 500, at most 1000 possible"
    assert "at most 1,000 possible" in page.page(draft.event, dossier, Path(), "en")


def test_the_page_is_written_in_both_languages_and_shows_no_foreign_markup(changed: Workspace) -> None:
    place = page.write_pages(changed, dossier_of(changed, "19-v2"))
    french, english = (place.with_name(name).read_text(encoding="utf-8") for name in page.FILES.values())
    assert "Le plan 19-v2 attend votre décision" in french
    assert "Plan 19-v2 waits for your decision" in english
    assert "What changes since 19-v1, approved last" in english
    for text in (french, english):
        assert "Claire Morel" in text
        assert "<script" not in text
        assert "http://" not in text
        assert "https://" not in text


def test_agendas_are_linked_where_they_lie(draft: Workspace) -> None:
    folder = draft.version_folder("19-v1")
    assert "Agendas worth a look" not in page.page(draft.event, dossier_of(draft, "19-v1"), folder, "en")
    (folder / "agendas").mkdir(parents=True)
    (folder / "agendas" / "L001.pdf").write_bytes(b"")
    (folder / "plan.html").write_bytes(b"")
    text = page.page(draft.event, dossier_of(draft, "19-v1"), folder, "en")
    assert 'href="agendas/L001.html"' in text
    assert 'href="agendas/L002.html"' not in text
    assert 'href="plan.en.html"' in text


@pytest.mark.parametrize(
    ("kind", "verdict", "heading"),
    [
        ("preliminary", None, "Plan 19-v1, to look at"),
        ("final", "rejected", "Rejected by Anna on Friday 27 November 2026 at 10:00"),
        ("final", "approved", "Approved by Anna on Friday 27 November 2026 at 10:00"),
    ],
)
def test_the_page_says_what_was_decided(draft: Workspace, kind: str, verdict: str | None, heading: str) -> None:
    with draft.writing() as db:
        db._connection.execute("update plan.version set kind = $kind", {"kind": kind})
        if verdict:
            row = {"number": 1, "decided_by": "Anna", "decided_at": NOW, "remark": "seen", "was_warned": False}
            insert(db, "plan.decision", [{"version_id": "19-v1", "verdict": verdict, **row}])
    text = page.page(draft.event, dossier_of(draft, "19-v1"), Path(), "en")
    assert heading in text
    assert ("rencontres approve 19-v1" in text) is False


def test_nothing_is_sent_by_a_summary(changed: Workspace) -> None:
    page.write_pages(changed, dossier_of(changed, "19-v2"))
    with changed.opened() as db:
        assert db.table("outbox/message").is_empty()
