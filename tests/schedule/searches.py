"""The gap search in so many rounds, as tests call it."""

from tasks.schedule.budget import Rounds, Stopwatch
from tasks.schedule.candidates import Arena
from tasks.schedule.gaps import GapSearch
from tasks.schedule.slots import Placement


def with_fewer_gaps(
    arena: Arena, placed: Placement, *, rounds: int, longer: int = 0, seed: int = 1, least: int = 0
) -> Placement:
    """Return the placement with the fewest gaps found; say nothing meanwhile."""
    return GapSearch(arena, Rounds(rounds, longer), least, Stopwatch(60), lambda _fewest: None).run(placed, seed)
