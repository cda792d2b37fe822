"""The most stays that a seating can have, as a linear program in which every row is true of every seating.

A stay is a link whose two meetings are at one table. Most links join meetings in slots that follow one another
(*direct*); the others pass over slots in which the shared leader is idle (*long*). A table is a row of meetings, one a
slot, so a long stay says something about what lies between: the next meeting at the table is the partner's, and then
the partner stays, or it is another one, and then the partner moves. Each such *way* of a long stay is a column. What it
passes otherwise are meetings that stay with neither side, and a slot has only so many tables for those.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tasks.schedule.candidates import Arena
from tasks.schedule.relaxation import Relaxation
from tasks.schedule.ways import ANY, OVER_ONE, Link, Passed, all_ways, is_alone


@dataclass(frozen=True, slots=True)
class Way:
    """A column of a long stay, and the meetings at its table from the first to the last, as far as they are known."""

    passed: Passed
    column: int


class StayProgram:
    """Stays as columns; each method adds one kind of row.

    ``slots`` gives the slot of each candidate that is placed.
    """

    def __init__(self, arena: Arena, slots: dict[int, int], links: Sequence[Link]) -> None:
        self.program = Relaxation()
        self._slots = slots
        self._tables = len(arena.problem.tables)
        self._next: dict[int, list[int]] = defaultdict(list)
        self._before: dict[int, list[int]] = defaultdict(list)
        self._direct: dict[Link, int] = {}
        possible = [link for link in links if len({arena.candidates[m].table for m in link} - {-1}) <= 1]
        for earlier, later in possible:
            if slots[later] - slots[earlier] == 1:
                self._direct[earlier, later] = self.program.add_column(1)
                self._next[earlier].append(later)
                self._before[later].append(earlier)
        ways = all_ways((link for link in possible if link not in self._direct), slots, self._next, self._before)
        self._named = ways.named
        self._ways = {link: [Way(one, self.program.add_column(1)) for one in ways.of[link]] for link in ways.of}
        self._one_beside_another()
        self._ways_keep_their_steps()
        self._one_step_from_each()
        self._tables_to_pass()

    def _one_beside_another(self) -> None:
        """Let a meeting stay with one meeting after it, and with one before it."""
        for beside in (self._out, self._into):
            for meeting in self._slots:
                self.program.at_most(1, beside(meeting))

    def _ways_keep_their_steps(self) -> None:
        """Let a way go along a direct link only where that is a stay, and past direct links only where none is one.

        The ways of a long stay exclude one another, as do long stays of one meeting to one slot.
        """
        along: dict[tuple[Link, Link], list[int]] = defaultdict(list)
        past: dict[tuple[int, int, object], list[int]] = defaultdict(list)
        for link, ways in self._ways.items():
            for way in ways:
                for one, other in pairwise(way.passed):
                    if (one, other) in self._direct:
                        along[link, (one, other)].append(way.column)
                    elif ANY not in (one, other):
                        if one >= 0:
                            past[0, one, self._slots[link[1]] if one == link[0] else link].append(way.column)
                        if other >= 0:
                            past[1, other, self._slots[link[0]] if other == link[1] else link].append(way.column)
        for (_, step), columns in along.items():
            self.program.at_most(0, columns, [self._direct[step]])
        for (side, meeting, _), columns in past.items():
            self.program.at_most(1, [*columns, *(self._into if side else self._out)(meeting)])

    def _one_step_from_each(self) -> None:
        """Let one meeting follow another at its table, and one go before it, in whatever stays say so.

        Along a step without a direct link several long stays may pass. Those that take a *named* one all know it, so
        named steps exclude one another, and the steps of ways over one slot that are none.
        """
        named: dict[Link, dict[Link, list[int]]] = defaultdict(lambda: defaultdict(list))
        others: dict[tuple[int, int], dict[Link, list[int]]] = defaultdict(lambda: defaultdict(list))
        for link, ways in self._ways.items():
            is_short = self._slots[link[1]] - self._slots[link[0]] == OVER_ONE
            for way in ways:
                for step in pairwise(way.passed):
                    if step in self._named:
                        named[step][link].append(way.column)
                    elif is_short and step not in self._direct:
                        side = int(step[1] == link[1])
                        others[side, link[side]][link].append(way.column)
        steps: dict[tuple[int, int], list[int]] = defaultdict(list)
        for (one, other), by_link in named.items():
            taken = self.program.covering(list(by_link.values()))
            steps[0, one] += taken
            steps[1, other] += taken
        for end, by_link in others.items():
            steps[end] += self.program.covering(list(by_link.values()))
        for (side, meeting), columns in steps.items():
            self.program.at_most(1, [*columns, *(self._into if side else self._out)(meeting)])

    def _tables_to_pass(self) -> None:
        """Let no slot hold more than its tables: meetings with a direct stay, and what long stays pass otherwise."""
        in_slot: dict[int, list[int]] = defaultdict(list)
        for meeting, slot in self._slots.items():
            in_slot[slot].append(meeting)
        for side, direct in ((0, self._into), (1, self._out)):
            for slot, columns in self._leaving(side).items():
                stays = [column for meeting in in_slot[slot] for column in direct(meeting)]
                self.program.at_most(self._tables, [*columns, *stays])
        for side in (0, 1):
            for slot, columns in self._alone(side).items():
                sides = ([self._into(meeting), self._out(meeting)] for meeting in in_slot[slot])
                busy = (self.program.covering([columns for columns in both if columns]) for both in sides)
                self.program.at_most(self._tables, [*columns, *(column for one in busy for column in one)])

    def _leaving(self, side: int) -> dict[int, list[int]]:
        """Return for each slot beside first (or last) meetings of long stays those that leave without a direct stay."""
        groups: dict[int, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
        for link, ways in self._ways.items():
            steps = [(way, way.passed[-2:] if side else way.passed[:2]) for way in ways]
            columns = [way.column for way, step in steps if step not in self._direct]
            groups[link[side]][self._slots[link[1 - side]]] += columns
        found: dict[int, list[int]] = defaultdict(list)
        for meeting, by_end in groups.items():
            found[self._slots[meeting] + (1, -1)[side]] += self.program.covering(list(by_end.values()))
        return found

    def _alone(self, side: int) -> dict[int, list[int]]:
        """Return for each slot the tables that pass a meeting there which stays with neither side.

        A table is known by its meeting in the slot before (or after); several long stays may pass together.
        """
        groups: dict[tuple[int, int], dict[Link, list[int]]] = defaultdict(lambda: defaultdict(list))
        for link, ways in self._ways.items():
            for way in ways:
                for at in range(1, len(way.passed) - 1):
                    beside = way.passed[at + (1 if side else -1)] if is_alone(way.passed, at, self._direct) else ANY
                    if beside >= 0:
                        groups[self._slots[link[0]] + at, beside][link].append(way.column)
        found: dict[int, list[int]] = defaultdict(list)
        for (slot, _), by_link in groups.items():
            found[slot] += self.program.covering(list(by_link.values()))
        return found

    def _out(self, meeting: int) -> list[int]:
        return [self._direct[meeting, other] for other in self._next[meeting]]

    def _into(self, meeting: int) -> list[int]:
        return [self._direct[other, meeting] for other in self._before[meeting]]
