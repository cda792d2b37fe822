"""Warming up reaches every kernel: each compiled function that Python calls is called."""

import ast
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType

import pytest

from tasks.schedule import agendas, anchor, gaps, homing, kempe, seating, slots, sweeps, tables, warm_up
from tasks.schedule.referee import violations
from tasks.schedule.solver import solve

CALLERS = (
    (slots, "kempe", kempe),
    (gaps, "agendas", agendas),
    (gaps, "sweeps", sweeps),
    (tables, "seating", seating),
    (anchor, "homing", homing),
    (tables, "homing", homing),
)


@dataclass
class Watched:
    """A module of kernels that notes what is asked of it; the kernels themselves stay as Numba sees them."""

    kernels: ModuleType
    asked: set[str] = field(default_factory=set)

    def __getattr__(self, name: str) -> object:
        self.asked.add(name)
        return getattr(self.kernels, name)


def called_by(caller: ModuleType, name: str) -> set[str]:
    """The functions of a module of kernels that a module calls under its name."""
    nodes = ast.walk(ast.parse(Path(str(caller.__file__)).read_text(encoding="utf-8")))
    asked = (node for node in nodes if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name))
    return {node.attr for node in asked if node.value.id == name}  # type: ignore[attr-defined]


@pytest.mark.parametrize(("caller", "name", "kernels"), CALLERS)
def test_every_kernel_is_called(
    caller: ModuleType, name: str, kernels: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    watched = Watched(kernels)
    monkeypatch.setattr(caller, name, watched)
    warm_up.main()
    assert watched.asked == called_by(caller, name)
    assert watched.asked


def test_its_problem_has_a_sound_plan() -> None:
    problem = warm_up.tangled()
    assert len(problem.leaders) == 12
    assert violations(problem, solve(problem, effort="quick")) == ()
