"""What can lie at one table between the two meetings of a long stay.

A leader who keeps a table over idle slots leaves it to others meanwhile: a *way* says to whom, as far as that matters.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final, TypeAlias

Link: TypeAlias = tuple[int, int]  # two meetings (candidates) that a leader has one after the other in a session
Passed: TypeAlias = tuple[int, ...]  # the meetings at a table from the first to the last, slot by slot

# What a way passes when it is no meeting known by number.
ALONE: Final = -1  # a meeting that stays with neither side, or an empty table
STRANGER: Final = -2  # one that no leader links with the known meeting beside it
ANY: Final = -3
OVER_ONE: Final = 2  # slots from the first to the last
_OVER_TWO: Final = 3
# Ways that know a named step know other steps too: a second round names those, a third proved nothing more.
_ROUNDS: Final = 2


@dataclass(frozen=True, slots=True)
class Ways:
    """All ways of all long stays.

    ``named`` are the steps from meeting to meeting without a direct link that some way knows: a way over one slot that
    takes such a step at its beginning or end knows it too.
    """

    of: Mapping[Link, Sequence[Passed]]
    named: frozenset[Link]


def all_ways(
    long: Iterable[Link],
    slots: Mapping[int, int],
    following: Mapping[int, Sequence[int]],
    preceding: Mapping[int, Sequence[int]],
) -> Ways:
    """Return the ways of the long stays; ``following`` and ``preceding`` are the meetings by direct links.

    The shared leader is idle beside both ends of a long stay: each end has at most one direct link on that side.
    """
    found = {
        link: list(_between(slots[link[1]] - slots[link[0]], following, preceding, link[0], link[1])) for link in long
    }
    named: frozenset[Link] = frozenset()
    for _ in range(_ROUNDS):
        every = (step for passed in found.values() for one in passed for step in pairwise(one))
        named = frozenset(step for step in every if min(step) >= 0 and step[1] not in following[step[0]])
        short = {link: passed for link, passed in found.items() if slots[link[1]] - slots[link[0]] == OVER_ONE}
        _name_more(short, named)
    return Ways(found, named)


def _name_more(short: Mapping[Link, list[Passed]], named: Iterable[Link]) -> None:
    """Add the ways over one slot that begin or end with a named step and were not known by it."""
    after, before = defaultdict[int, set[int]](set), defaultdict[int, set[int]](set)
    for one, other in named:
        after[one].add(other)
        before[other].add(one)
    for (first, last), passed in short.items():
        unknown = (after[first] | before[last]) - {one[1] for one in passed}
        passed.extend((first, meeting, last) for meeting in sorted(unknown))


def is_alone(way: Passed, at: int, direct: Container[Link]) -> bool:
    """Say whether a way passes a meeting at a place between its ends that stays with neither side."""
    before, here, after = way[at - 1 : at + 2]
    return here == ALONE or (here >= 0 and (before, here) not in direct and (here, after) not in direct)


def _between(
    length: int,
    following: Mapping[int, Sequence[int]],
    preceding: Mapping[int, Sequence[int]],
    first: int,
    last: int,
) -> Iterator[Passed]:
    """Yield what can lie at one table from one meeting to another that is ``length`` slots later."""
    ahead, behind = following[first], preceding[last]
    between: Iterable[Passed]
    if length == OVER_ONE:
        between = ((meeting,) for meeting in dict.fromkeys([*ahead, *behind, ALONE]))
    elif length == _OVER_TWO:
        between = _over_two(following, preceding, ahead, behind)
    else:
        some = (ANY,) * (length - 3)
        between = ((one, *some, other) for one in [*ahead, STRANGER] for other in [*behind, STRANGER])
    yield from ((first, *one, last) for one in between)


def _over_two(
    following: Mapping[int, Sequence[int]],
    preceding: Mapping[int, Sequence[int]],
    ahead: Sequence[int],
    behind: Sequence[int],
) -> Iterator[Passed]:
    yield ALONE, ALONE
    yield STRANGER, STRANGER
    for one in ahead:
        yield from ((one, other) for other in dict.fromkeys([*behind, *following[one], ALONE]))
    for other in behind:
        yield from ((one, other) for one in [*preceding[other], ALONE] if one not in ahead)
