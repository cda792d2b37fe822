"""The commands that explain a plan: why two do not meet, and what compactness costs."""

import json
from pathlib import Path

import pytest

from flows.cli import run
from tasks.schedule import build, versions
from tasks.schedule.freezing import Frozen
from tasks.schedule.problem import Limits
from tasks.schedule.solver import solve
from tasks.workspace import Workspace
from tests.schedule.builders import a_problem, leader
from tests.schedule.conftest import fill


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


@pytest.fixture
def planned(workspace: Workspace) -> Workspace:
    """The small event with two plan versions: all tables, then none but two."""
    with workspace.writing() as database:
        fill(database)
        for free in (0, 58):
            problem = build.problem_of_event(database, workspace.event, free)
            at = workspace.event.slot_starts()[0]
            versions.store(database, workspace.event, Frozen(problem), solve(problem, effort="quick"), at=at)
    return workspace


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    capsys.readouterr()
    code = run(list(arguments))
    said = capsys.readouterr()
    return code, said.out, said.err.split("rencontres: ")[-1].splitlines()[0] if said.err else ""


@pytest.mark.parametrize(
    ("one", "other", "sentences"),
    [
        ("L001", "equipements nord", "L001 (Ateliers Morel) and L003 (Équipements Nord) meet at "),
        (
            "Morel",
            "L005",
            (
                "L001 (Ateliers Morel) and L005 (E) do not meet: "
                "one of them asked not to meet the other, or the organiser ruled so.\n"
            ),
        ),
        ("L004", "F", "L004 (D) and L006 (F) do not meet: L006 (F) has withdrawn.\n"),
        (
            "oeillet",
            "nord",
            (
                "L002 (Brasserie Œillet) and L003 (Équipements Nord) do not meet: neither of them asked for it.\n"
                "If they had to meet, it would cost nothing: another plan is worth as much.\n"
            ),
        ),
    ],
)
def test_a_pair_of_the_event_is_explained(
    planned: Workspace, capsys: pytest.CaptureFixture[str], one: str, other: str, sentences: str
) -> None:
    code, out, _ = answer(capsys, "explain", one, other, "--workspace", str(planned.folder))
    assert (code, out[: len(sentences)]) == (0, sentences)


def test_a_version_may_be_named(planned: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    call = ("explain", "L001", "L002", "--workspace", str(planned.folder), "--json", "--version")
    code, out, _ = answer(capsys, *call, "19-v1")
    assert (code, json.loads(out)["reason"]) == (0, "met")
    assert answer(capsys, *call, "19-v9")[::2] == (1, "there is no plan version 19-v9.")


def test_names_and_plans_that_are_not_there_are_said(planned: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    place = ("--workspace", str(planned.folder))
    assert answer(capsys, "explain", "L001", "nobody", *place)[::2] == (
        1,
        "the second of the two names: this name fits no leader.",
    )
    assert answer(capsys, "explain", "L001", "Morel", *place)[::2] == (2, "both names mean L001.")


def test_without_a_plan_nothing_is_explained(workspace: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, "explain", "L001", "L002", "--workspace", str(workspace.folder))
    assert found[::2] == (1, "there is no plan yet.")


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    """A problem in which Ana may have one meeting, and its plan."""
    leaders = [leader("Ana", max_meetings=1), "Bob", "Cid"]
    problem = a_problem(leaders, [("Ana", "Cid"), ("Ana", "Bob")], limits=Limits(0, 3), tables=3)
    (tmp_path / "problem.json").write_text(problem.to_json(), encoding="utf-8")
    (tmp_path / "plan.json").write_text(solve(problem, effort="quick").to_json(), encoding="utf-8")
    return str(tmp_path / "problem.json"), str(tmp_path / "plan.json")


def test_a_pair_of_two_files_is_explained(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "explain", "ana", "BOB", "--problem", files[0], "--plan", files[1], "--json")
    assert code == 0
    assert json.loads(out) == {
        "reason": "own_full",
        "meeting": None,
        "price": {"shortfall": 0, "value": 8, "is_exact": True},
        "sentences": [
            "Ana and Bob do not meet: the agenda of Ana is full, with 1 meeting.",
            "If they had to meet, the best plan would lose 8 points.",
        ],
    }


def test_one_file_alone_is_a_wrong_call(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    for option, file in zip(("--problem", "--plan"), files, strict=True):
        found = answer(capsys, "explain", "Ana", "Bob", option, file)
        assert found[::2] == (2, "a problem file and a plan file belong together.")


def test_a_plan_that_breaks_a_rule_explains_nothing(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    plan = json.loads(Path(files[1]).read_text(encoding="utf-8"))
    plan["objective"]["value"] += 1
    Path(files[1]).write_text(json.dumps(plan), encoding="utf-8")
    code, out, _ = answer(capsys, "explain", "Ana", "Bob", "--problem", files[0], "--plan", files[1])
    assert (code, out) == (1, "")


def test_the_explanation_speaks_french(
    files: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LANGUAGE", "fr")
    _, out, _ = answer(capsys, "explain", "Ana", "Bob", "--problem", files[0], "--plan", files[1])
    assert out.splitlines() == [
        "Ana et Bob ne se rencontrent pas\u00a0: l\u2019agenda de Ana est plein, avec 1 rendez-vous.",
        "S\u2019il fallait qu\u2019ils se rencontrent, le meilleur plan perdrait 8 points.",
    ]


def test_the_price_of_compactness_is_a_table(files: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "compactness", "--problem", files[0])
    assert code == 0
    assert [line.split()[:3] for line in out.splitlines()[1:-1]] == [
        ["0", "1", "160"],
        ["1", "1", "160"],
        ["2", "1", "160"],
    ]


def test_the_price_of_compactness_of_the_event(planned: Workspace, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = answer(capsys, "compactness", "--workspace", str(planned.folder), "--json")
    points = json.loads(out)["points"]
    assert code == 0
    assert [(point["free_tables"], point["meetings"], point["gaps"]) for point in points] == [
        (count, 3, 0) for count in (0, 1, 2, 3, 5, 8)
    ]
