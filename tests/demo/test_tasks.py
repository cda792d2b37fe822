"""The thin tasks, called without Prefect."""

from pathlib import Path

from tasks.demo import tasks
from tests.demo.builders import approve_a_plan


def test_the_tasks_write_what_their_functions_write(tmp_path: Path) -> None:
    tasks.write_workspace.fn(tmp_path, 3, 24)
    names = sorted(path.name for path in tasks.write_exports.fn(tmp_path, 3))
    assert names == sorted(path.name for path in (tmp_path / "inbox").iterdir())
    approve_a_plan(tmp_path)
    after = tasks.write_afternoon.fn(tmp_path, 3)
    assert [path.name for path in after] == [
        "pointage-19.csv",
        "bilan-rendez-vous-19.xlsx",
        "enquete-19.csv",
        "suites-19.csv",
    ]
