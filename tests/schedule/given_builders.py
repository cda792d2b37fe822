"""Given meetings, drawn by hand or by hypothesis, and an exhaustive answer that shares nothing with the model."""

from collections.abc import Iterator, Sequence
from itertools import product

from hypothesis import strategies as st

from tasks.schedule.given import GivenMeeting, GivenMeetings


def some_meetings(
    *meetings: GivenMeeting | tuple[int, int],
    slots: int = 4,
    tables: int = 2,
    forbidden: dict[int, set[int]] | None = None,
    half_days: Sequence[int] | None = None,
    absence_waits: bool = True,
    fairness: int | None = None,
) -> GivenMeetings:
    """Given meetings of as many participants as they name."""
    made = tuple(item if isinstance(item, GivenMeeting) else GivenMeeting(*item) for item in meetings)
    away = forbidden or {}
    participants = max([*(1 + max(item.one, item.other) for item in made), *(1 + who for who in away)], default=0)
    return GivenMeetings(
        slots=slots,
        tables=tables,
        meetings=made,
        forbidden=tuple(frozenset(away.get(who, ())) for who in range(participants)),
        half_days=tuple(half_days or (0,) * slots),
        absence_waits=absence_waits,
        fairness=fairness,
    )


@st.composite
def given_meetings(draw: st.DrawFn) -> GivenMeetings:
    """Up to five meetings in up to five slots, with everything that can be asked of them."""
    slots, participants = draw(st.integers(1, 5)), draw(st.integers(2, 5))
    slot, some_slots = st.integers(0, slots - 1), st.frozensets(st.integers(0, slots - 1), max_size=2)
    pairs = st.lists(st.integers(0, participants - 1), min_size=2, max_size=2, unique=True)
    meetings = []
    for position in range(draw(st.integers(0, 5))):
        session = draw(st.none() | st.frozensets(slot, min_size=1)) if draw(st.booleans()) else None
        fixed = draw(slot) if draw(st.integers(0, 5)) == 0 else None
        after = draw(st.frozensets(st.integers(0, position - 1), max_size=1)) if position else frozenset()
        table = draw(st.none() | st.integers(0, 1))
        meetings.append(
            GivenMeeting(*draw(pairs), session, fixed, after if draw(st.booleans()) else frozenset(), table)
        )
    noon = draw(st.integers(1, slots))
    return GivenMeetings(
        slots=slots,
        tables=max([draw(st.integers(1, 3)), *(sum(m.fixed == at for m in meetings) for at in range(slots))]),
        meetings=tuple(meetings),
        forbidden=tuple(draw(st.lists(some_slots, min_size=participants, max_size=participants))),
        half_days=tuple(int(at >= noon) for at in range(slots)),
        absence_waits=draw(st.booleans()),
        fairness=draw(st.none() | st.integers(0, 2)),
    )


def all_schedules(given: GivenMeetings) -> Iterator[tuple[tuple[int, ...], list[int]]]:
    """Yield every schedule that keeps the rules, with the breaks of each participant, by trying everything."""
    for slots in product(range(given.slots), repeat=len(given.meetings)):
        breaks = [_breaks(given, slots, who) for who in range(len(given.forbidden))]
        is_fair = given.fairness is None or max(breaks) - min(breaks) <= given.fairness
        if is_fair and _keeps_the_rules(given, slots):
            yield slots, breaks


def _keeps_the_rules(given: GivenMeetings, slots: tuple[int, ...]) -> bool:
    seats = set()
    for position, (meeting, slot) in enumerate(zip(given.meetings, slots, strict=True)):
        places = {("one", meeting.one, slot), ("one", meeting.other, slot)}
        if meeting.table is not None:
            places.add(("table", meeting.table, slot))
        if (
            seats & places
            or slot in given.forbidden[meeting.one] | given.forbidden[meeting.other]
            or meeting.fixed not in (None, slot)
            or (meeting.session is not None and slot not in meeting.session)
            or any(slots[earlier] >= slot for earlier in meeting.after)
            or slots[: position + 1].count(slot) > given.tables
        ):
            return False
        seats |= places
    return True


def _breaks(given: GivenMeetings, slots: tuple[int, ...], who: int) -> int:
    """Write a participant's half-days as text: m meeting, w waiting, a away; count the words of w within."""
    busy = {slot for meeting, slot in zip(given.meetings, slots, strict=True) if who in (meeting.one, meeting.other)}
    count = 0
    for half_day in (0, 1):
        letters = "".join(
            "m" if slot in busy else "a" if slot in given.forbidden[who] and not given.absence_waits else "w"
            for slot in range(given.slots)
            if given.half_days[slot] == half_day
        )
        inner = letters[letters.find("m") : letters.rfind("m") + 1]
        count += len([word for word in inner.replace("a", "m").split("m") if word])
    return count
