"""A wrong call, a wrong file, a busy world: one sentence, an exit code, and nothing half written."""

import io
import json
import os
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from benchmarks.instances import Size, an_event
from benchmarks.letters import WRITTEN_AT, waiting_outbox
from flows import cli
from flows.cli import run
from flows.commands.jobs import _told
from tasks.publish.digest.mail import write_digest
from tasks.publish.outbox.ledger import Change, read_entries, record, summarise
from tasks.workspace import Workspace

RENCONTRES = Path(sys.executable).with_name("rencontres")


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


def failing(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[int, str]:
    """Run a command that must fail; return its code and the last sentence on the error stream."""
    code = run(arguments)
    return code, capsys.readouterr().err.split("rencontres: ")[-1]


def files_of(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_help_lists_the_commands_in_the_order_of_the_way(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    lines = capsys.readouterr().out.split("Commands:\n")[1].splitlines()
    names = [line.split()[0] for line in lines if line[2:3].strip()]
    assert names == [
        *("init", "ingest", "status", "digest", "schedule", "plans", "diff", "explain", "compactness"),
        *("approve", "reject", "rulings", "send", "outbox", "bounces", "suppress", "same-day", "desk", "report"),
        *("solve", "check", "demo"),
    ]


@pytest.mark.parametrize("call", [[RENCONTRES], [sys.executable, "-m", "flows.cli"]])
def test_help_speaks_french_by_default(call: list[str]) -> None:
    environment = {name: value for name, value in os.environ.items() if name not in {"LANGUAGE", "LANG", "LC_ALL"}}
    answer = subprocess.run(  # noqa: S603 -- our own command
        [*call, "--help"], env=environment, capture_output=True, text=True, check=True
    )
    assert "Commandes:" in answer.stdout
    assert "Afficher cette aide." in answer.stdout


def test_help_imports_nothing_heavy() -> None:
    heavy = [
        "prefect",
        "great_expectations",
        "ortools",
        "duckdb",
        "polars",
        "pandas",
        "numba",
        "weasyprint",
        "pydantic",
    ]
    code = f"import sys, flows.cli; sys.exit(str([name for name in {heavy} if name in sys.modules]))"
    answer = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603 -- our own interpreter
    assert answer.stderr.strip() == "[]"


def test_an_unknown_command_is_a_wrong_call(capsys: pytest.CaptureFixture[str]) -> None:
    assert failing(["scedule"], capsys)[0] == 2


def test_a_new_event_is_ready_as_it_stands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["init", str(tmp_path / "event")]) == 0
    assert run(["status", "--workspace", str(tmp_path / "event")]) == 0
    assert "No leader yet." in capsys.readouterr().out


def test_a_new_event_never_overwrites_one(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    before = (workspace.folder / "event.toml").read_bytes()
    code, sentence = failing(["init", str(workspace.folder)], capsys)
    assert (code, sentence.split(": ")[1]) == (
        2,
        "there is already an event.toml; nothing was changed.\n" + " " * 12 + "Edit it, or choose another folder.\n",
    )
    assert (workspace.folder / "event.toml").read_bytes() == before


def test_a_folder_without_event_is_said_before_prefect_starts(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, sentence = failing(["ingest", "--workspace", str(tmp_path)], capsys)
    assert (code, sentence.splitlines()[0]) == (2, f"{tmp_path}: there is no event.toml in this folder.")
    assert files_of(tmp_path) == []


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("minimum = 4", "minimun = 4", "unknown key meetings.minimun; did you mean minimum?"),
        ("closes = 18:00:00", "closes = 13:00:00", "meetings: closes (13:00:00) must come after opens (14:00:00)."),
    ],
)
def test_a_wrong_event_file_stops_every_job(
    bare_workspace: Workspace, capsys: pytest.CaptureFixture[str], before: str, after: str, expected: str
) -> None:
    file = bare_workspace.folder / "event.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")
    for job in ("ingest", "schedule", "send", "report", "status", "plans"):
        code, sentence = failing([job, "--workspace", str(bare_workspace.folder)], capsys)
        assert (code, sentence.splitlines()[0]) == (2, f"{file}: {expected}")
    assert files_of(bare_workspace.folder) == ["event.toml"]


def test_an_empty_inbox_is_said(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, sentence = failing(["ingest", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (1, f"{workspace.inbox}: the inbox is empty.")


def test_a_missing_inbox_is_said(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    workspace.inbox.rmdir()
    code, sentence = failing(["ingest", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (1, f"{workspace.inbox}: this folder is missing.")


@pytest.mark.parametrize(
    ("name", "content"),
    [("unknown.csv", b"a;b;c\n1;2;3\n"), ("none.xlsx", b"this is no workbook"), ("empty.csv", b"")],
)
def test_a_file_that_cannot_be_used_is_set_aside_and_kept(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], name: str, content: bytes
) -> None:
    (workspace.inbox / name).write_bytes(content)
    code, sentence = failing(["ingest", "--workspace", str(workspace.folder)], capsys)
    assert code == 1
    assert name in sentence
    assert (workspace.inbox / name).read_bytes() == content


def test_a_busy_database_is_said_and_nothing_is_lost(
    bare_workspace: Workspace, capsys: pytest.CaptureFixture[str]
) -> None:
    with bare_workspace.opened():
        pass
    hold = f"import duckdb; c = duckdb.connect({str(bare_workspace.database)!r}); print(flush=True); input()"
    with subprocess.Popen([sys.executable, "-c", hold], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:  # noqa: S603 -- our own interpreter
        assert holder.stdout is not None
        holder.stdout.readline()
        code, sentence = failing(["status", "--workspace", str(bare_workspace.folder)], capsys)
        holder.communicate(b"\n")
    assert (code, sentence.splitlines()[0]) == (1, f"{bare_workspace.database}: another program has the database open.")


def test_a_plan_needs_leaders(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, sentence = failing(["schedule", "--workspace", str(workspace.folder)], capsys)
    assert code == 1
    assert "2 checks of the registrations forbid a plan: no_leader, too_few_leaders." in sentence
    assert (workspace.out / "quality" / "index.html").is_file()


def test_sending_needs_an_approved_plan(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, sentence = failing(["send", "--really", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (1, "no plan version is approved, so nothing may be sent.")


def test_a_pair_of_leaders_has_two_leaders(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, sentence = failing(["same-day", "--cancel", "L001", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (2, "L001 is no pair of leaders.")


def test_a_time_that_is_none_is_a_wrong_call(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, sentence = failing(
        ["same-day", "--absent", "L001", "--from", "9h", "--workspace", str(workspace.folder)], capsys
    )
    assert code == 2
    assert sentence.startswith("from_time: ")


def test_an_infeasible_problem_is_answered_with_its_conflict(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = {
        "format": "rencontres-problem/1",
        "slots": [{"id": "1400", "start": "2026-12-03T14:00:00+01:00", "minutes": 20, "session": 0}],
        "tables": ["T01"],
        "limits": {"min_meetings": 0, "max_meetings": 1},
        "weights": {"rank_first": 108, "rank_step": 8, "rank_floor": 10, "mutual": 50, "gain": [60]},
        "leaders": [{"id": "L001", "company": "C001", "unavailable": ["1400"]}, {"id": "L002", "company": "C002"}],
        "requests": [],
        "excluded": [],
        "fixed": [{"pair": ["L001", "L002"], "slot": "1400", "table": None}],
    }
    (tmp_path / "problem.json").write_text(json.dumps(problem), encoding="utf-8")
    code, sentence = failing(["solve", str(tmp_path / "problem.json"), "-o", str(tmp_path / "plan.json")], capsys)
    assert code == 1
    assert "a fixed meeting lies in a slot in which leader L001 is away: L001 with L002 at slot 1400." in sentence
    assert json.loads((tmp_path / "plan.json").read_text(encoding="utf-8"))["status"] == "infeasible"
    assert run(["check", str(tmp_path / "problem.json"), str(tmp_path / "plan.json")]) == 0
    assert capsys.readouterr().out.splitlines() == ["The conflict is a true one: there is no plan."]


def test_a_solved_problem_passes_the_check_and_a_changed_plan_does_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    problem, plan = tmp_path / "problem.json", tmp_path / "plan.json"
    problem.write_text(an_event(Size(12)).to_json(), encoding="utf-8")
    assert run(["solve", str(problem), "-o", str(plan), "--effort", "quick"]) == 0
    capsys.readouterr()
    assert run(["check", str(problem), str(plan)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The plan keeps every rule. It beats none of its bounds; only a solver could prove them."
    ]
    content = json.loads(plan.read_text(encoding="utf-8"))
    content["objective"]["value"] += 1
    plan.write_text(json.dumps(content), encoding="utf-8")
    code, sentence = failing(["check", str(problem), str(plan)], capsys)
    assert (code, sentence.splitlines()[0]) == (1, f"{plan}: 3 rules are broken.")
    code, sentence = failing(["solve", str(problem), "-o", str(tmp_path / "new.json"), "--change", str(plan)], capsys)
    assert code == 1
    assert sentence.startswith(f"{plan}, value: 3 violations, the first: value is stated as ")
    assert sentence.splitlines()[1].strip() == "Leave --change out to solve afresh."
    assert not (tmp_path / "new.json").exists()
    code, sentence = failing(["solve", str(problem), "-o", str(plan / "new.json"), "--effort", "quick"], capsys)
    expected = f"{plan / 'new.json'}: this file cannot be written: a file stands where its folder should be."
    assert (code, sentence.splitlines()[-1]) == (2, expected)


def test_a_fault_of_ours_is_a_sentence_and_code_three(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_folder: Path) -> Workspace:
        raise ZeroDivisionError

    monkeypatch.setattr("flows.commands.plans.open_workspace", broken)
    code, sentence = failing(["plans", "--workspace", str(workspace.folder)], capsys)
    assert code == 3
    assert "this is a fault of the program (ZeroDivisionError)" in sentence
    monkeypatch.setenv(cli.DEBUG_VARIABLE, "1")
    with pytest.raises(ZeroDivisionError):
        run(["plans", "--workspace", str(workspace.folder)])


def test_the_digest_is_shown_and_sent_only_when_really_asked(
    workspace: Workspace, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("RENCONTRES_SMTP_HOST", "127.0.0.1")
    monkeypatch.setenv("RENCONTRES_SMTP_PORT", "1")
    code, sentence = failing(["digest", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (1, "no digest was written yet.")
    with workspace.writing() as database:
        write_digest(workspace, database, datetime(2026, 11, 23, 2, 30, tzinfo=UTC))
    assert run(["digest", "--workspace", str(workspace.folder)]) == 0
    assert capsys.readouterr().out.splitlines() == [
        "The digest of 2026-11-23 is ready: out/digest/2026-11-23.html",
        "Nothing was sent now. To send: rencontres digest --really",
    ]
    code, sentence = failing(["digest", "--really", "--workspace", str(workspace.folder)], capsys)
    assert (code, sentence.splitlines()[0]) == (
        1,
        "127.0.0.1:1: the mail server cannot be reached; the messages wait in the outbox.",
    )


def test_the_outbox_is_shown_and_a_mail_goes_again_only_as_a_decision(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    workspace = waiting_outbox(tmp_path / "event", 2, 100)
    place = ["--workspace", str(workspace.folder)]
    with workspace.writing() as database:
        key = read_entries(database, workspace.event.id)[0].message_id
        record(database, [Change(key, "sending")], WRITTEN_AT)  # as a run leaves it that was killed
    assert run(["outbox", *place]) == 0
    shown = capsys.readouterr().out.splitlines()
    assert shown[:2] == ["agenda, waiting: 1", "agenda, fate unknown: 1"]
    assert shown[-1] == f"As a page: {workspace.out / 'outbox' / 'index.html'}"
    assert run(["outbox", "resend", str(key)[:8], *place]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "1 mail waits to go once more."
    assert run(["outbox", "show", "--json", *place]) == 0
    assert json.loads(capsys.readouterr().out)["counts"] == [{"kind": "agenda", "state": "approved", "messages": 2}]
    code, sentence = failing(["outbox", "resend", str(key)[:8], *place], capsys)
    assert (code, sentence.splitlines()[0]) == (
        1,
        f"{str(key)[:8]} has not failed, nor is its fate unknown: its state is waiting.",
    )


def test_all_that_failed_or_is_of_unknown_fate_goes_again_once_a_person_has_confirmed_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = waiting_outbox(tmp_path / "event", 4, 100)
    resend = ["outbox", "resend", "--workspace", str(workspace.folder)]
    with workspace.writing() as database:
        keys = [entry.message_id for entry in read_entries(database, workspace.event.id)]
        record(database, [Change(key, "sending") for key in keys], WRITTEN_AT)
        record(database, [Change(key, "failed") for key in keys[:2]], WRITTEN_AT)
    monkeypatch.setattr("sys.stdin", io.StringIO("n\n"))
    assert run([*resend, "--failed", "--unknown"]) == 2
    question = "The fate of 2 mails is unknown: they may arrive twice. Send 4 mails once more? [y/N]"
    assert question in "".join(capsys.readouterr())
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert run([*resend, "--failed"]) == 0
    assert "Send 2 mails once more? [y/N]" in "".join(said := capsys.readouterr())
    assert "2 mails wait to go once more." in said.out
    assert run([*resend, "--unknown", "--yes", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"waiting": [str(key) for key in keys[2:]]}
    assert run([*resend, "--failed"]) == 0  # nothing is asked where there is nothing
    assert capsys.readouterr().out.splitlines()[0] == "0 mails wait to go once more."
    code, sentence = failing(resend, capsys)
    assert (code, sentence.splitlines()[0]) == (2, "no mail is named.")


def test_a_dry_run_counts_the_drafts_of_the_kind_asked_for(tmp_path: Path) -> None:
    workspace = waiting_outbox(tmp_path / "event", 3, 100)
    with workspace.writing() as database:
        database._connection.execute("update outbox.message set state = 'draft'")
        database._connection.execute("update outbox.message set kind = 'thanks' where leader_id = 'L001'")
        database._connection.execute("update outbox.message set state = 'approved' where leader_id = 'L002'")
        thanks, invitation = (summarise(database, workspace.event.id, {kind}) for kind in ("thanks", "invitation"))
    assert [str(sentence) for sentence in _told(thanks, "thanks")] == [
        "1 draft to read in out/letters/thanks.",
        "0 mails wait.",
        "1 mail of another kind waits too: rencontres outbox",
        "Nothing was sent now. To send: rencontres send --kind thanks --really",
    ]
    assert str(_told(invitation, "invitation")[0]) == "0 mails wait."


def test_drafts_of_a_kind_go_once_a_person_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    workspace = waiting_outbox(tmp_path / "event", 3, 100)
    place = ["--workspace", str(workspace.folder)]
    code, sentence = failing(["outbox", "approve", "--kind", "agenda", *place], capsys)
    assert (code, sentence.splitlines()[0]) == (1, "there is no draft of the kind agenda.")
    with workspace.writing() as database:
        database._connection.execute("update outbox.message set state = 'draft'")
    assert run(["outbox", *place]) == 0
    assert capsys.readouterr().out.splitlines()[:2] == [
        "agenda, draft: 3",
        "To let drafts go: rencontres outbox approve --kind KIND, one of agenda",
    ]
    assert run(["outbox", "approve", "--kind", "agenda", *place]) == 0
    assert capsys.readouterr().out.splitlines()[0] == "3 drafts may go now."
