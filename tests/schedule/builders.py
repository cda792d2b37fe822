"""Small problems, drawn by hand or by hypothesis, and an exhaustive answer that shares nothing with the core."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from tasks.schedule.plan import Plan
from tasks.schedule.problem import Fixed, Leader, Limits, Pair, Problem, Request, Slot, Weights, pair_of

START = datetime(2026, 12, 3, 13, tzinfo=UTC)
WEIGHTS = Weights(108, 8, 10, 50, (60, 50, 40, 30, 20, 15, 10, 5))


def slots(count: int, sessions: int = 1) -> tuple[Slot, ...]:
    """Slots 1400, 1420 and so on, in equal sessions."""
    starts = [START + timedelta(minutes=20 * at) for at in range(count)]
    return tuple(Slot(f"{s.hour + 1}{s:%M}", s, 20, at * sessions // count) for at, s in enumerate(starts))


def leader(name: str, **given: object) -> Leader:
    """A leader of a company of one's own."""
    return replace(Leader(name, f"company of {name}"), **given)  # type: ignore[arg-type]


def a_problem(  # noqa: PLR0913 -- a test names only what it is about
    leaders: Sequence[Leader | str] = ("Ana", "Bob"),
    requests: Sequence[Pair] = (("Ana", "Bob"),),
    *,
    slot_count: int = 3,
    sessions: int = 1,
    tables: int = 2,
    limits: Limits = Limits(1, 3),  # noqa: B008 -- frozen
    excluded: Sequence[Pair] = (),
    fixed: Sequence[Fixed] = (),
    weights: Weights = WEIGHTS,
) -> Problem:
    """A problem; ranks follow the order in which each leader's requests are given."""
    rank: Counter[str] = Counter()
    ranked = []
    for asking, asked in requests:
        rank[asking] += 1
        ranked.append(Request(asking, asked, rank[asking]))
    return Problem(
        slots=slots(slot_count, sessions),
        tables=tuple(f"T{number}" for number in range(1, tables + 1)),
        limits=limits,
        weights=weights,
        leaders=tuple(leader(one) if isinstance(one, str) else one for one in leaders),
        requests=tuple(ranked),
        excluded=tuple(excluded),
        fixed=tuple(fixed),
    )


@st.composite
def problems(draw: st.DrawFn, most_leaders: int = 6, most_slots: int = 4) -> Problem:
    """Small problems with everything in them: companies, absences, own tables, exclusions, fixed meetings, sessions."""
    slot_count = draw(st.integers(1, most_slots))
    found_slots = slots(slot_count, draw(st.integers(1, min(2, slot_count))))
    tables = tuple(f"T{number}" for number in range(1, draw(st.integers(1, 3)) + 1))
    names = [f"L{number}" for number in range(draw(st.integers(0, most_leaders)))]
    leaders = tuple(
        Leader(
            name,
            draw(st.sampled_from(["C1", *(f"own {name}",) * 4])),
            draw(st.frozensets(st.sampled_from([slot.id for slot in found_slots]), max_size=slot_count)),
            draw(st.none() | st.none() | st.integers(0, 3)),
            draw(st.sampled_from([None, None, None, *tables])),
        )
        for name in names
    )
    pairs = [(one, other) for one in names for other in [*names, "gone"] if one != other]
    wanted = draw(st.lists(st.sampled_from(pairs), unique=True, max_size=9)) if pairs else []
    real = [pair for pair in pairs if pair[1] != "gone" and pair[0] < pair[1]]
    banned = draw(st.lists(st.sampled_from(real), unique=True, max_size=1)) if real else []
    return Problem(
        slots=found_slots,
        tables=tables,
        limits=Limits(draw(st.integers(0, 2)), draw(st.integers(2, 4))),
        weights=WEIGHTS,
        leaders=leaders,
        requests=tuple(Request(asking, asked, draw(st.integers(1, 14))) for asking, asked in wanted),
        excluded=tuple(banned),
        fixed=tuple(draw(_fixed(real, found_slots, tables))) if real else (),
    )


@st.composite
def _fixed(draw: st.DrawFn, pairs: list[Pair], found_slots: tuple[Slot, ...], tables: tuple[str, ...]) -> list[Fixed]:
    """Up to two fixed meetings that a problem does not refuse; they may still be impossible."""
    found: list[Fixed] = []
    for pair in draw(st.lists(st.sampled_from(pairs), unique=True, max_size=2)):
        one = Fixed(pair, draw(st.sampled_from(found_slots)).id, draw(st.sampled_from([None, *tables])))
        same_slot = [item for item in found if item.slot == one.slot]
        if not any(set(item.pair) & set(pair) or (item.table and item.table == one.table) for item in same_slot):
            found.append(one)
    return found


def best_by_hand(problem: Problem) -> tuple[int, int] | None:
    """Return the least shortfall and then the most value by looking at every timetable, None without any."""
    best = None
    for met in timetables(problem):
        reached = (-_shortfall(problem, set(met)), _value(problem, set(met)))
        best = reached if best is None else max(best, reached)
    return None if best is None else (-best[0], best[1])


def allowed_slots(problem: Problem, pair: Pair) -> list[str]:
    one, other = (problem.leader_by_id[name] for name in pair)
    if one.company == other.company or pair in problem.excluded:
        return []
    return [slot.id for slot in problem.slots if slot.id not in one.unavailable | other.unavailable]


def _requested(problem: Problem) -> set[Pair]:
    return {r.pair for r in problem.requests if r.asked in problem.leader_by_id}


def timetables(problem: Problem) -> Iterator[dict[Pair, tuple[str, str | None]]]:
    fixed = {item.pair: item for item in problem.fixed}
    pairs = sorted(_requested(problem) | fixed.keys())

    def own_table(pair: Pair) -> str | None:
        return next((t for name in pair if (t := problem.leader_by_id[name].table)), None)

    def extend(at: int, met: dict[Pair, tuple[str, str | None]]) -> Iterator[dict[Pair, tuple[str, str | None]]]:
        if at == len(pairs):
            yield met
            return
        pair, own = pairs[at], own_table(pairs[at])
        options: list[tuple[str, str | None]] = [(slot, own) for slot in allowed_slots(problem, pair)]
        if pair in fixed:
            item = fixed[pair]
            if item.table and own and item.table != own:
                return
            options = [(slot, own or item.table) for slot, _ in options if slot == item.slot]
        else:
            yield from extend(at + 1, met)
        for slot, table in options:
            here = [(p, t) for p, (s, t) in met.items() if s == slot]
            if any(set(p) & set(pair) or (table and t == table) for p, t in here) or len(here) == len(problem.tables):
                continue
            if any(sum(name in p for p in met) >= problem.maximum_of(problem.leader_by_id[name]) for name in pair):
                continue
            yield from extend(at + 1, {**met, pair: (slot, table)})

    yield from extend(0, {})


def _shortfall(problem: Problem, met: set[Pair]) -> int:
    lacking = 0
    for one in problem.leaders:
        partners = [pair for pair in _requested(problem) if one.id in pair and allowed_slots(problem, pair)]
        there = len(problem.slots) - len(one.unavailable)
        target = min(problem.limits.min_meetings, len(partners), problem.maximum_of(one), there)
        lacking += max(0, target - sum(one.id in pair for pair in met))
    return lacking


def _value(problem: Problem, met: set[Pair]) -> int:
    weights, points, own = problem.weights, 0, Counter[str]()
    for request in problem.requests:
        if pair_of(request.asking, request.asked) in met:
            points += max(weights.rank_floor, weights.rank_first - weights.rank_step * request.rank)
            points += weights.gain[own[request.asking]] if own[request.asking] < len(weights.gain) else 0
            own[request.asking] += 1
    asked = {(r.asking, r.asked) for r in problem.requests}
    return points + weights.mutual * sum((a, b) in asked and (b, a) in asked for a, b in met)


def tables_of(plan: Plan, name: str) -> list[str]:
    """The tables of a leader's meetings, in the order of the plan."""
    return [meeting.table for meeting in plan.meetings if name in meeting.pair]


def slot_of(plan: Plan, *pair: str) -> str | None:
    """The slot at which a pair meets."""
    return {meeting.pair: meeting.slot for meeting in plan.meetings}.get(pair_of(*pair))
