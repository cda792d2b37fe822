"""The final schedule as a run meets it: asked, answered, resumed; and the preliminary plan, which asks nobody."""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from pathlib import Path

import pytest

from flows import asking
from flows import final_schedule as module
from flows.cli import run
from flows.final_schedule import final_schedule
from flows.preliminary_plan import preliminary_plan
from tasks.design import Design
from tasks.files import write
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.documents import publishing
from tasks.publish.documents.printed.printing import Printing
from tasks.schedule import decisions, versions
from tasks.schedule.rulings import rulings_of
from tasks.schedule.turns import Turn
from tasks.settings import Decision, FinalScheduleSettings, PreliminaryPlanSettings
from tasks.workspace import Workspace
from tests.schedule.conftest import EDITION


class Suspended(Exception):
    """The process of the run ends here."""


class Organiser:
    """Answers the questions of a run; one that has no answer yet suspends the run, as Prefect does."""

    def __init__(self) -> None:
        self.answers: dict[int, Decision] = {}
        self.asked: list[Turn] = []

    def __call__(self, _folder: Path, turn: Turn) -> Decision:
        self.asked.append(turn)
        if turn.number not in self.answers:
            raise Suspended
        return self.answers[turn.number]

    def says(self, number: int, verdict: str, **more: object) -> None:
        self.answers[number] = Decision.model_validate({"verdict": verdict, "by": "Anna", **more})


@pytest.fixture(autouse=True)
def quiet_and_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """English, a week before the event, and documents without a layout."""
    monkeypatch.setenv("LANGUAGE", "en")
    monkeypatch.setenv("RENCONTRES_NOW", "2026-11-26T09:00:00+01:00")

    def stand_ins(agendas: Sequence[Agenda], folder: Path, _design: Design, _pool: Executor) -> Iterator[int]:
        for done, agenda in enumerate(agendas, 1):
            write(folder / f"{agenda.leader_id}.html", b"page")
            write(folder / f"{agenda.leader_id}.pdf", b"%PDF-1.7")
            yield done

    monkeypatch.setattr(publishing, "render_all", stand_ins)
    monkeypatch.setattr(publishing, "plan_printed", lambda *_arguments: Printing((), ()))


@pytest.fixture
def organiser(monkeypatch: pytest.MonkeyPatch) -> Organiser:
    asked = Organiser()
    monkeypatch.setattr(module, "asked", asked)
    monkeypatch.setenv("PREFECT__RUNTIME__FLOW_RUN__ID", "the-run")
    monkeypatch.setenv("PREFECT__RUNTIME__DEPLOYMENT__ID", "a-deployment")
    return asked


def planned(workspace: Workspace, **form: object) -> str:
    form = {"workspace": workspace.folder, "effort": "quick", **form}
    return final_schedule(FinalScheduleSettings.model_validate(form))


def suspended(workspace: Workspace) -> None:
    with pytest.raises(Suspended):
        planned(workspace)


def versions_of(workspace: Workspace) -> list[tuple[str, str, str | None]]:
    with workspace.opened() as database:
        return [(v.version_id, v.kind, v.verdict) for v in versions.list_versions(database, EDITION)]


def take_a_request_away(workspace: Workspace) -> None:
    with workspace.writing() as database:
        database._connection.execute("delete from core.request where from_leader_id = 'L003'")


def test_a_run_that_is_changed_and_approved_plans_once_for_each_turn(sound: Workspace, organiser: Organiser) -> None:
    suspended(sound)
    assert versions_of(sound) == [("19-v1", "final", None)]
    organiser.says(1, "change", forbid=["L001-L002"], free_tables=3)
    suspended(sound)
    assert versions_of(sound) == [("19-v2", "final", None), ("19-v1", "final", None)]
    take_a_request_away(sound)  # were anything planned again, it would be another plan
    organiser.says(2, "change", forbid=["L001-L003"], lock=["L001-L099"])
    suspended(sound)
    organiser.says(3, "approve")
    suspended(sound)
    assert versions_of(sound)[0] == ("19-v2", "final", None)
    organiser.says(4, "approve", anyway=True)
    assert planned(sound) == "19-v2"
    assert versions_of(sound) == [("19-v2", "final", "approved"), ("19-v1", "final", None)]
    with sound.opened() as database:
        assert [v.parent_version_id for v in versions.list_versions(database, EDITION)] == ["19-v1", None]
        changes = versions.differences(database, "19-v1", "19-v2")
        ruled = rulings_of(database, EDITION)
    assert [(change.leader_a, change.leader_b) for change in changes if change.change == "lost"] == [("L001", "L002")]
    assert [change for change in changes if change.change == "moved"] == []
    unknown = "no leader of this edition has the id L099.\nIds stand in the list of agendas: L001, L002 and so on."
    turns = [Turn(1, "19-v1"), Turn(2, "19-v2", 3), Turn(3, "19-v2", 3, refusal=unknown), Turn(4, "19-v2", 3)]
    assert organiser.asked == [turn for turn in turns for _ in ("suspended", "resumed")]
    assert [(one.leader_a, one.leader_b) for one in ruled] == [("L001", "L002")]
    summary = (sound.version_folder("19-v2") / "summary.en.html").read_text(encoding="utf-8")
    assert "Approved by Anna on Thursday 26 November 2026 at 09:00" in summary


def test_a_run_agrees_with_what_was_approved_meanwhile_at_the_command_line(
    sound: Workspace, organiser: Organiser, capsys: pytest.CaptureFixture[str]
) -> None:
    suspended(sound)
    assert run(["approve", "19-v1", "--by", "Bruno", "--workspace", str(sound.folder)]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "19-v1: approved by Bruno on 2026-11-26 at 09:00."
    organiser.says(1, "reject")
    assert planned(sound) == "19-v1"
    with sound.opened() as database:
        decided = decisions.decision_of(database, "19-v1")
    assert decided is not None
    assert (decided.verdict, decided.decided_by) == ("approved", "Bruno")


def test_a_ruling_that_no_plan_can_keep_is_not_kept(sound: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(sound.folder))
    assert run(["schedule", "--effort", "quick", "--lock", "L001-L005", *place]) == 1
    assert "L001-L005: these locked meetings cannot be held: the two must not meet." in capsys.readouterr().err
    assert run(["rulings", *place]) == 0
    assert capsys.readouterr().out == "Nothing is ruled about any pair.\n"
    assert versions_of(sound) == []


def test_the_command_line_shows_the_summary_and_asks_nobody(
    sound: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    place = ("--workspace", str(sound.folder))
    assert run(["schedule", "--effort", "quick", "--lock", "L002-L003", "--maximum", "3", *place]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"Plan version 19-v1: see {sound.version_folder('19-v1') / 'summary.html'}"
    assert said[1].startswith("4 meetings; value ")
    assert said[-3:] == [
        "To approve it: rencontres approve 19-v1",
        "To reject it: rencontres reject 19-v1 --remark WHY",
        "To change it, keeping what can stay: rencontres schedule --change 19-v1 --forbid L012-L034",
    ]
    assert versions_of(sound) == [("19-v1", "final", None)]
    with sound.opened() as database:
        assert database.table("plan/turn").is_empty()
    assert run(["rulings", *place]) == 0
    assert capsys.readouterr().out.startswith(
        "L002 Given2 Family2 (Brasserie Œillet) and L003 Given3 Family3 (Équipements Nord) must meet ("
    )
    assert run(["rulings", "--lift", "L003-L002", *place]) == 0
    assert capsys.readouterr().out == "Nothing is ruled about any pair.\n"


def test_a_rejection_and_its_doubts_at_the_command_line(sound: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(sound.folder))
    planned(sound)
    assert run(["reject", "19-v1", "--by", "Anna", "--remark", "too early", *place]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "19-v1: rejected by Anna on 2026-11-26 at 09:00: too early."
    assert "rejected</span>" in (sound.out / "index.en.html").read_text(encoding="utf-8")
    assert run(["approve", "19-v1", *place]) == 1
    assert "19-v1: 19-v1 was rejected by Anna. Nothing was approved." in capsys.readouterr().err
    assert run(["approve", "19-v1", "--anyway", "--by", "Anna", *place]) == 0
    assert versions_of(sound) == [("19-v1", "final", "approved")]


def test_differences_name_the_leaders(sound: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    planned(sound)
    planned(sound, forbid=["L001-L002"], by="Anna")
    capsys.readouterr()
    assert run(["diff", "19-v1", "19-v2", "--workspace", str(sound.folder)]) == 0
    (lost,) = [line for line in capsys.readouterr().out.splitlines() if "no longer meet" in line]
    assert lost.startswith(
        "L001 Given1 Family1 (Ateliers Morel) and L002 Given2 Family2 (Brasserie Œillet) no longer meet: "
    )


def test_a_meeting_that_finds_no_place_on_the_day_is_said(sound: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(sound.folder))
    planned(sound, maximum=2)
    assert run(["same-day", "--add", "L001-L004", "--add", "L002-L004", *place, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["unplaced"] == [["L001", "L004"]]
    assert run(["same-day", "--add", "L001-L004", *place]) == 0
    assert (
        "L001 Given1 Family1 (Ateliers Morel) and L004 Given4 Family4 (D) could not be given a meeting: "
        "the asker's own agenda is full."
    ) in capsys.readouterr().out.splitlines()


def nightly(workspace: Workspace, *, if_nightly: bool = True) -> str | None:
    return preliminary_plan(PreliminaryPlanSettings(workspace=workspace.folder, effort="quick", if_nightly=if_nightly))


@pytest.fixture
def wanted(sound: Workspace) -> Workspace:
    """The small event whose organiser wants a preliminary plan every night."""
    file = sound.folder / "event.toml"
    file.write_text(file.read_text(encoding="utf-8").replace("nightly = false", "nightly = true"), encoding="utf-8")
    return Workspace(sound.folder)


def test_a_night_plans_only_what_has_changed_and_sends_nothing(wanted: Workspace) -> None:
    assert nightly(wanted) == "19-v1"
    assert nightly(wanted) is None
    take_a_request_away(wanted)
    assert nightly(wanted) == "19-v2"
    assert versions_of(wanted) == [("19-v2", "preliminary", None), ("19-v1", "preliminary", None)]
    with wanted.opened() as database:
        assert database.table("outbox/message").is_empty()
    assert "preliminary</span>" in (wanted.out / "index.en.html").read_text(encoding="utf-8")
    assert "to look at" in (wanted.version_folder("19-v2") / "summary.en.html").read_text(encoding="utf-8")
    assert not (wanted.version_folder("19-v2") / "agendas").exists()
    assert "agendas/L001" not in (wanted.out / "index.html").read_text(encoding="utf-8")


def test_a_night_plans_nothing_unless_the_organiser_wants_it(
    sound: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    assert nightly(sound) is None
    assert versions_of(sound) == []
    assert run(["schedule", "--preliminary", "--effort", "quick", "--workspace", str(sound.folder)]) == 0
    assert "rencontres approve" not in capsys.readouterr().out
    assert versions_of(sound) == [("19-v1", "preliminary", None)]


def test_a_night_replaces_nothing_that_is_approved(wanted: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    version_id = planned(wanted)
    with wanted.writing() as database:
        decisions.approve(database, wanted.event, version_id, "Anna", wanted.event.slot_starts()[0])
    take_a_request_away(wanted)
    assert nightly(wanted) is None
    assert run(["schedule", "--preliminary", "--workspace", str(wanted.folder)]) == 0
    assert capsys.readouterr().out == "No preliminary plan was made: the line above says why.\n"
    assert versions_of(wanted) == [("19-v1", "final", "approved")]


def test_nothing_is_planned_once_the_event_has_begun(wanted: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RENCONTRES_NOW", "2026-12-03T14:00:00+01:00")
    assert nightly(wanted) is None
    assert versions_of(wanted) == []


def test_a_night_without_leaders_plans_nothing(workspace: Workspace) -> None:
    assert nightly(workspace, if_nightly=False) is None


def test_a_preliminary_plan_rules_about_nobody(sound: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    call = ["schedule", "--preliminary", "--lock", "L001-L002", "--workspace", str(sound.folder)]
    assert run(call) == 2
    assert "a preliminary plan rules about no pair and changes no version." in capsys.readouterr().err


def test_the_question_begins_with_why_a_change_was_not_made(
    workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "tell_doubts", lambda *_: [])
    monkeypatch.setattr(asking, "describe_version", lambda *_: "104 meetings")
    form = asking._form(workspace.folder, Turn(3, "19-v2", refusal="no leader of this edition has the id L099."))
    assert form._description == "**Nothing was changed: no leader of this edition has the id L099.**\n\n104 meetings"
    assert asking._form(workspace.folder, Turn(3, "19-v2"))._description == "104 meetings"
