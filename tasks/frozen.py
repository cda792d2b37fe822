"""Values that come by the hundred thousand: frozen for the type checker, and made as fast as Python makes an object.

A frozen dataclass sets each field through ``object.__setattr__``: 200,000 registrations would spend a tenth of their
time on that. mypy refuses an assignment to a field of these as it does for frozen ones.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar, dataclass_transform

Value = TypeVar("Value")


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def frozen(*, eq: bool = True, order: bool = False) -> Callable[[type[Value]], type[Value]]:
    """Make a dataclass with slots; where ``eq`` holds, equal values have the same hash."""

    def made(cls: type[Value]) -> type[Value]:
        return dataclass(slots=True, eq=eq, order=order, unsafe_hash=eq)(cls)

    return made
