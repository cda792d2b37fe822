"""Hall's condition for one leader: meetings that are confined to few slots must be no more than these slots."""

from collections.abc import Iterable
from dataclasses import dataclass

from tasks.schedule.candidates import Arena


@dataclass(frozen=True, slots=True)
class Cut:
    """``leader`` may have at most as many meetings confined to ``slots`` (bit mask) as there are bits."""

    leader: int
    slots: int


def violated_cuts(arena: Arena, chosen: Iterable[int]) -> list[Cut]:
    """Return one violated condition for each leader whose chosen meetings cannot stand in different slots."""
    masks: list[list[int]] = [[] for _ in arena.available]
    for position in chosen:
        candidate = arena.candidates[position]
        masks[candidate.one].append(candidate.slots)
        masks[candidate.other].append(candidate.slots)
    found = ((leader, crowded_slots(mine)) for leader, mine in enumerate(masks))
    return [Cut(leader, slots) for leader, slots in found if slots]


def crowded_slots(masks: list[int]) -> int:
    """Return slots (bit mask) to which more meetings are confined than there are bits, 0 when all fit.

    ``masks`` holds the possible slots of each meeting. Augmenting paths; the slots reached by a path that finds no
    free one are the witness (Hall 1935).
    """
    holder: dict[int, int] = {}
    for meeting in range(len(masks)):
        reached: set[int] = set()
        if not _seat(meeting, masks, holder, reached):
            return sum(1 << slot for slot in reached)
    return 0


def _seat(meeting: int, masks: list[int], holder: dict[int, int], reached: set[int]) -> bool:
    for slot in range(masks[meeting].bit_length()):
        if masks[meeting] >> slot & 1 and slot not in reached:
            reached.add(slot)
            if slot not in holder or _seat(holder[slot], masks, holder, reached):
                holder[slot] = meeting
                return True
    return False
