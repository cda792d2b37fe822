"""Published instances: the reader, and the command that solves them."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from benchmarks.b2bsp import Solved, Task, main, solve_one
from benchmarks.dzn import instance_of, read_instance
from tasks.errors import DataError
from tasks.messages import message
from tasks.schedule.given import GivenMeeting, GivenSchedule

SMALL = """
nBusiness = 4;
nMeetings = 3; % a comment
nTables = 2;
nTotalSlots = 4;
nMorningSlots = 2;

requested = [|1, 2,3,
|1, 3,1,
|4, 1,2|];
meetingsxBusiness = [{1,2,3,4}, {1,2}, {1,3}, {1,4}];
nMeetingsBusiness = [3,1,1,1];
forbidden = [{0}, {0,2}, {1,2,3,4}, {}];
fixed = [0,1,0];
precedences = [{}, {}, {0, 1}];
"""
# Two meetings of different people are pinned to the one slot, and there is one table.
CROWDED = """
nBusiness = 4; nMeetings = 2; nTables = 1; nTotalSlots = 2; nMorningSlots = 2;
requested = [|1,2,3,|3,4,3|]; forbidden = [{},{},{},{}]; fixed = [1,1]; precedences = [{},{}];
"""


def test_an_instance_is_read_as_it_stands() -> None:
    given = instance_of(SMALL.replace("{1,2,3,4}, {}]", "{4}, {}]"), fairness=2)
    assert given.meetings == (
        GivenMeeting(0, 1),
        GivenMeeting(0, 2, session=frozenset({0, 1}), fixed=0),
        GivenMeeting(3, 0, session=frozenset({2, 3}), after=frozenset({0})),
    )
    assert (given.slots, given.tables, given.fairness, given.half_days) == (4, 2, 2, (0, 0, 0, 0))
    assert given.forbidden == (frozenset(), frozenset({1}), frozenset({3}), frozenset())
    assert given.absence_waits


def test_a_table_may_end_with_a_line_of_its_own() -> None:
    given = instance_of(SMALL.replace("|4, 1,2|]", "|4, 1,2,\n|]"), fairness=None)
    assert len(given.meetings) == 3


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        ("nTables", "nChairs", "nChairs: this item is not known."),
        ("nTables = 2;", "nTables = 2; nTables = 2;", "nTables: this item stands twice."),
        ("nTables = 2;", "", "nTables: this item is missing."),
        ("nTables = 2;", "nTables = {2};", "nTables: a whole number should stand here."),
        ("nTables = 2;", f"nTables = {'9' * 5000};", "nTables: no number here has more than 5 digits."),
        ("nTotalSlots = 4", "nTotalSlots = 100000000000", "nTotalSlots: no number here has more than 5 digits."),
        ("nTables = 2;", "nTables = two;", "nTables: 'two' is no value."),
        ("nTables = 2;", "nTables : 2;", "line 4: ':' has no meaning here."),
        ("nTables = 2;", "nTables 2;", "nTables: '=' should stand where '2' does."),
        ("nTables = 2;", "nTables = 2", "nTables: ';' should stand where 'nTotalSlots' does."),
        ("nTables = 2;", "nTables = 0;", "tables: there is no table."),
        ("nMorningSlots = 2", "nMorningSlots = 5", "nMorningSlots: there are 4 slots."),
        ("nMeetings = 3", "nMeetings = 4", "requested: 3 entries instead of 4."),
        ("fixed = [0,1,0]", "fixed = [0,1]", "fixed: 2 entries instead of 3."),
        ("fixed = [0,1,0]", "fixed = [0,{1},0]", "fixed: a whole number should stand here."),
        ("fixed = [0,1,0]", "fixed = 0", "fixed: a list should stand here."),
        ("fixed = [0,1,0]", "fixed = [0,5,0]", "meetings 2: 5 is not known; they run from 1 to 4."),
        ("fixed = [0,1,0]", "fixed = [0 1,0]", "fixed: ',' should stand where '1' does."),
        ("{0, 1}]", "1]", "precedences: a set should stand here."),
        ("{0, 1}]", "{4}]", "meetings 3: 4 is not known; they run from 1 to 3."),
        ("nMeetingsBusiness = [3,1,1,1]", "nMeetingsBusiness = [3,1,2,1]", "nMeetingsBusiness: participant 3 has 1."),
        ("{0,2}, ", "", "forbidden: 3 entries instead of 4."),
        ("|4, 1,2|]", "|4, 1|]", "requested 3: a meeting is written as participant, participant, session."),
        ("|4, 1,2|]", "|4, 1,4|]", "requested 3: session 4 is none of 1 (morning), 2 (afternoon), 3 (any)."),
        ("|4, 1,2|]", "|4, 4,2|]", "meetings 3: participant 4 meets oneself."),
        ("|4, 1,2|]", "|4, 5,2|]", "meetings 3: 5 is not known; they run from 1 to 4."),
        ("precedences = [{}, {}, {0, 1}];", "precedences = [{}, {},", "precedences: the file ends too early."),
        ("precedences = [{}, {}, {0, 1}];", "precedences =", "precedences: the file ends too early."),
    ],
)
def test_what_is_no_instance_is_refused_with_one_sentence(old: str, new: str, sentence: str) -> None:
    assert old in SMALL
    with pytest.raises(DataError) as error:
        instance_of(SMALL.replace(old, new), fairness=2)
    assert str(error.value).splitlines()[0] == sentence


def test_an_error_names_the_file(tmp_path: Path) -> None:
    path = tmp_path / "event.dzn"
    with pytest.raises(DataError, match=r"^event\.dzn: this file cannot be read: "):
        read_instance(path, 2)
    path.write_text(f"nTables = {'[' * 100_000}", encoding="utf-8")
    with pytest.raises(DataError, match=r"^event\.dzn: this file is nested too deeply\.$"):
        read_instance(path, 2)
    path.write_text(SMALL.replace("nTables = 2;", ""), encoding="utf-8")
    with pytest.raises(DataError, match=r"^event\.dzn, nTables: this item is missing\.$"):
        read_instance(path, 2)


def test_each_file_gives_a_line_and_a_schedule(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    possible, impossible, crowded = (tmp_path / f"{name}.dzn" for name in ("possible", "impossible", "crowded"))
    possible.write_text(SMALL.replace("{1,2,3,4}, {}]", "{4}, {}]"), encoding="utf-8")
    impossible.write_text(SMALL, encoding="utf-8")
    crowded.write_text(CROWDED, encoding="utf-8")
    known = tmp_path / "known.csv"
    known.write_text(
        "file,fairness_d,best\npossible.dzn,2,1\nimpossible.dzn,1,7\nimpossible.dzn,2,UNSAT\ncrowded.dzn,2,UNSAT\n",
        encoding="utf-8",
    )
    call = [str(possible), str(impossible), str(crowded), "--out", str(tmp_path / "out"), "--best-known", str(known)]
    assert main(call) == 0
    lines = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [set(line) for line in lines] == [
        {"file", "status", "breaks", "bound", "seconds", "cpu_seconds", "published"}
    ] * 3
    assert [(line["file"], line["status"], line["breaks"], line["bound"], line["published"]) for line in lines] == [
        ("possible.dzn", "optimal", 1, 1, "1"),
        ("impossible.dzn", "infeasible", None, 0, "UNSAT"),
        ("crowded.dzn", "infeasible", None, 0, "UNSAT"),
    ]
    written = json.loads((tmp_path / "out" / "possible.json").read_text(encoding="utf-8"))
    assert written == {
        "file": "possible.dzn",
        "fairness": 2,
        "seed": 1,
        "status": "optimal",
        "breaks": 1,
        "bound": 1,
        "slots": [3, 1, 4],
    }
    assert json.loads((tmp_path / "out" / "impossible.json").read_text(encoding="utf-8"))["slots"] is None
    known.write_text("file,fairness_d,best\npossible.dzn,None,3\n", encoding="utf-8")
    absent = tmp_path / "absent.dzn"
    assert main([str(absent), str(possible), "--best-known", str(known), "--fairness", "none"]) == 1
    refused, solved = (json.loads(line) for line in capfd.readouterr().out.splitlines())
    assert (refused["file"], refused["status"]) == ("absent.dzn", "error")
    assert refused["error"].startswith("absent.dzn: this file cannot be read: ")
    assert (solved["file"], solved["breaks"], solved["published"]) == ("possible.dzn", 1, "3")


def test_a_file_is_solved_within_its_process_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    given = instance_of(SMALL.replace("{1,2,3,4}, {}]", "{4}, {}]"), fairness=None)
    solved = solve_one(Task("one.dzn", given, time_limit_seconds=60, seed=1))
    assert (solved.schedule.status, solved.schedule.slots) == ("optimal", (2, 0, 3))
    wrong = GivenSchedule("optimal", (0, 0, 3), 0, 0, 0.0)
    monkeypatch.setattr("benchmarks.b2bsp.fewest_breaks", lambda *_, **__: wrong)
    with pytest.raises(DataError, match="violation"):
        solve_one(Task("one.dzn", given, time_limit_seconds=60, seed=1))


def test_a_schedule_that_the_referee_refuses_is_an_error_of_its_file_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(_task: Task) -> Solved:
        raise DataError(message("1 violation"))

    monkeypatch.setattr("benchmarks.b2bsp.solve_one", refused)
    monkeypatch.setattr("benchmarks.b2bsp.ProcessPoolExecutor", lambda *_, **__: ThreadPoolExecutor(1))
    path = tmp_path / "crowded.dzn"
    path.write_text(CROWDED, encoding="utf-8")
    assert main([str(path)]) == 1
    assert json.loads(capsys.readouterr().out) == {"file": "crowded.dzn", "status": "error", "error": "1 violation"}
    assert main([str(tmp_path / "absent.dzn")]) == 1


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (["--workers", "0"], "argument --workers: a whole number from 1 to 2147483647 was expected, not 0"),
        (["--seed", "99999999999"], "argument --seed: a whole number from 0 to 2147483647 was expected"),
        (["--seed", "-1"], "argument --seed: a whole number from 0 to 2147483647 was expected, not -1"),
        (["--fairness", "9" * 5000], "argument --fairness: a whole number from 0 to 2147483647 was expected"),
        (["--time-limit", "0"], "argument --time-limit: a number of seconds above 0 was expected, not 0"),
        (["--time-limit", "-5"], "argument --time-limit: a number of seconds above 0 was expected, not -5"),
        (["--time-limit", "nan"], "argument --time-limit: a number of seconds above 0 was expected, not nan"),
        (["--time-limit", "soon"], "argument --time-limit: a number of seconds above 0 was expected, not soon"),
        (["--out", "/proc/x"], "No such file or directory: '/proc/x'"),
        (["--best-known", "/proc/x"], "No such file or directory: '/proc/x'"),
    ],
)
def test_a_wrong_call_is_one_sentence(call: list[str], sentence: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["absent.dzn", *call])
    assert stopped.value.code == 2
    assert sentence in capsys.readouterr().err


def test_a_table_of_published_results_without_its_columns_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    known = tmp_path / "known.csv"
    known.write_text("name,breaks\nevent,3\n", encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["absent.dzn", "--best-known", str(known)])
    assert f"{known}: the column 'fairness_d' is missing" in capsys.readouterr().err
