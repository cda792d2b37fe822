"""Fewest breaks in an event whose meetings are chosen: the exact stage of given meetings, as far as work allows."""

from collections.abc import Mapping
from typing import Final

from tasks.schedule.budget import Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.given import GivenMeeting, GivenMeetings
from tasks.schedule.given_rules import breaks_of

# Beyond this presolve alone takes longer than the fewer breaks are worth; the placement found otherwise then stands.
_MOST_LITERALS: Final = 12_000


def with_fewer_breaks(
    arena: Arena, slots: Mapping[int, int], *, seed: int, units: float, watch: Stopwatch
) -> dict[int, int]:
    """Return candidates with their slots, with no more breaks than in the slots given.

    ``units`` are CP-SAT's deterministic seconds.
    """
    chosen = sorted(slots)
    if sum(arena.candidates[position].slots.bit_count() for position in chosen) > _MOST_LITERALS:
        return dict(slots)
    from tasks.schedule.fewest_breaks import fewest_breaks  # noqa: PLC0415 -- CP-SAT: 70 MB that idle slots do not need

    given = given_of(arena, chosen)
    found = fewest_breaks(given, seed=seed, time_limit_seconds=watch.left_seconds, units=units)
    watch.is_over()
    best = tuple(slots[position] for position in chosen)
    if found.slots is not None and sum(breaks_of(given, found.slots)) < sum(breaks_of(given, best)):
        best = found.slots
    return dict(zip(chosen, best, strict=True))


def given_of(arena: Arena, chosen: list[int]) -> GivenMeetings:
    """Return the chosen candidates as meetings to be placed; who is away between two meetings does not wait."""
    return GivenMeetings(
        slots=arena.slot_count,
        tables=len(arena.problem.tables),
        meetings=tuple(_meeting(arena, position) for position in chosen),
        forbidden=tuple(_positions(~mask, arena.slot_count) for mask in arena.available),
        half_days=tuple(slot.session for slot in arena.problem.slots),
        absence_waits=False,
    )


def _meeting(arena: Arena, position: int) -> GivenMeeting:
    candidate = arena.candidates[position]
    slots = _positions(candidate.slots, arena.slot_count)
    return GivenMeeting(
        candidate.one, candidate.other, session=slots, table=candidate.table if candidate.table >= 0 else None
    )


def _positions(mask: int, count: int) -> frozenset[int]:
    return frozenset(at for at in range(count) if mask >> at & 1)
