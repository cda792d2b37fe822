import io

import pytest
from rich.console import Console

from flows.terminal import LiveSteps, fail, fail_unexpectedly, show
from tasks.errors import DataError
from tasks.messages import message


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LANGUAGE", "en")


def test_a_finished_step_stays_as_a_ticked_line() -> None:
    output = io.StringIO()
    steps = LiveSteps(Console(file=output, width=120))
    reading = message("Reading")
    steps.started(reading)
    steps.moved(reading, 1, 2, "")
    steps.finished(reading, message("two files"))
    assert output.getvalue().startswith("✓ Reading")
    assert output.getvalue().rstrip().endswith("two files  0.0 s")


def test_without_a_terminal_each_stage_is_a_line() -> None:
    output = io.StringIO()
    steps = LiveSteps(Console(file=output, width=120))
    steps.started(message("Solving"))
    steps.moved(message("Solving"), 4213, 4300, "select")
    steps.moved(message("Solving"), 12, 10, "gaps")
    assert output.getvalue().splitlines() == ["Solving  4213/4300  select", "Solving  12/10  gaps"]


def test_a_step_that_somebody_must_see_to_has_no_tick() -> None:
    output = io.StringIO()
    steps = LiveSteps(Console(file=output, width=120))
    reading = message("Reading")
    steps.started(reading)
    steps.warned(reading, message("set aside"))
    assert output.getvalue().startswith("! Reading")
    assert output.getvalue().rstrip().endswith("set aside  0.0 s")


def test_the_same_warning_is_said_once_in_a_command() -> None:
    output = io.StringIO()
    steps = LiveSteps(Console(file=output, width=120))
    for file in ("logo.png", "logo.png", "logo.svg"):
        steps.started(message("Your own design"))
        steps.warned(message("Your own design"), message("no {file}", file=file))
    assert [line.split("design")[1].split("  0.0")[0].strip() for line in output.getvalue().splitlines()] == [
        "no logo.png",
        "no logo.svg",
    ]


def test_square_brackets_in_a_file_name_are_shown_as_they_are() -> None:
    output = io.StringIO()
    steps = LiveSteps(Console(file=output, width=120))
    reading = message("Reading {file}", file="inscriptions[/v2] [final].csv")
    steps.started(reading)
    steps.finished(reading, message("{file}", file="[red]"))
    assert output.getvalue().startswith("✓ Reading inscriptions[/v2] [final].csv")
    assert "[red]" in output.getvalue()


def test_an_error_is_a_sentence_and_its_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    code = fail(DataError(message("nothing to read."), where="inbox", remedy=message("Drop a file.")))
    assert (code, capsys.readouterr().err) == (1, "rencontres: inbox: nothing to read.\n            Drop a file.\n")


def test_a_fault_of_ours_is_said_without_the_values(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        int("ana@chambre.example")
    except ValueError as error:
        code = fail_unexpectedly(error)
    text = capsys.readouterr().err
    assert code == 3
    assert "this is a fault of the program (ValueError)" in text
    assert "test_terminal.py:" in text
    assert "ana@chambre.example" not in text


def test_results_are_json_for_machines_and_sentences_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    show({"version": "19-v1"}, [message("Plan {version}", version="19-v1")], as_json=True)
    show({"version": "19-v1"}, [message("Plan {version}", version="19-v1")], as_json=False)
    assert capsys.readouterr().out == '{\n  "version": "19-v1"\n}\nPlan 19-v1\n'
