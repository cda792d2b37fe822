"""Why two leaders do not meet: every reason in a sentence, true, with the price that looking at everything gives."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tasks.errors import DataError, RencontresError, UsageError
from tasks.schedule.budget import Stopwatch
from tasks.schedule.explain import Explanation, Person, explain
from tasks.schedule.forced import free_slots, holding
from tasks.schedule.plan import Objective, Plan
from tasks.schedule.price import Price, price_of
from tasks.schedule.problem import Fixed, Limits, Pair, Problem, pair_of
from tasks.schedule.solver import Stages, solve
from tasks.schedule.timetable import Timetable
from tests.schedule.builders import a_problem, allowed_slots, best_by_hand, leader, problems

calmly = settings(max_examples=80, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
NAMES = ["Ana", "Bob", "Cid", "Dan"]
LATE = frozenset({"1400"})

EXCLUDED = "one of them asked not to meet the other, or the organiser ruled so"


def watch() -> Stopwatch:
    return Stopwatch(60)


def solved(problem: Problem) -> Plan:
    return solve(problem, effort="quick")


def told(problem: Problem, one: str = "Ana", other: str = "Bob") -> Explanation:
    return explain(problem, solved(problem), Person(one), Person(other, "Morel"), watch())


def words(found: Explanation) -> tuple[str, ...]:
    return tuple(str(sentence) for sentence in found.sentences)


def test_two_who_meet_are_told_when_and_where() -> None:
    found = told(a_problem(slot_count=1, tables=1))
    assert (found.reason, words(found)) == ("met", ("Ana and Bob (Morel) meet at 13:00, table T1.",))
    assert found.row["meeting"] == {"pair": ("Ana", "Bob"), "slot": "1400", "table": "T1"}


def test_a_full_agenda_is_named_with_what_the_meeting_would_cost() -> None:
    """Ana asks Cid first and Bob second, and may have one meeting: Bob instead of Cid costs one step of rank."""
    problem = a_problem(
        [leader("Ana", max_meetings=1), "Bob", "Cid"], [("Ana", "Cid"), ("Ana", "Bob")], limits=Limits(0, 3)
    )
    found = told(problem)
    assert (found.reason, found.price) == ("own_full", Price(0, 8, is_exact=True))
    assert words(found) == (
        "Ana and Bob (Morel) do not meet: the agenda of Ana is full, with 1 meeting.",
        "If they had to meet, the best plan would lose 8 points.",
    )


def test_the_partners_full_agenda_is_named_as_the_partners() -> None:
    problem = a_problem(
        ["Ana", leader("Bob", max_meetings=1), "Cid"],
        [("Bob", "Cid"), ("Cid", "Bob"), ("Ana", "Bob")],
        limits=Limits(0, 3),
    )
    found = told(problem)
    assert found.reason == "partner_full"
    assert words(found)[0] == ("Ana and Bob (Morel) do not meet: the agenda of Bob (Morel) is full, with 1 meeting.")


def test_two_full_agendas_are_said() -> None:
    leaders = [leader(name, max_meetings=1) for name in NAMES]
    requests = [("Ana", "Cid"), ("Cid", "Ana"), ("Bob", "Dan"), ("Dan", "Bob"), ("Ana", "Bob")]
    assert words(told(a_problem(leaders, requests, limits=Limits(0, 3))))[0].endswith("both agendas are full.")


def test_a_meeting_that_leaves_others_short_says_so() -> None:
    """Everybody needs one meeting, and there is one slot: Ana with Bob leaves Cid and Dan without."""
    requests = [("Ana", "Cid"), ("Bob", "Dan"), ("Ana", "Bob")]
    found = told(a_problem(NAMES, requests, slot_count=1, limits=Limits(1, 1)))
    assert found.price is not None
    assert (found.price.shortfall, found.price.is_exact) == (2, True)
    assert words(found)[1] == "If they had to meet, leaders would lack 2 meetings more to their minimum."
    assert words(found)[2].startswith("If they had to meet, the best plan would lose ")


@pytest.mark.parametrize(
    ("problem", "reason", "why"),
    [
        (
            a_problem([leader("Ana", unavailable=LATE), leader("Bob", unavailable=frozenset({"1420"}))], slot_count=2),
            "no_common_slot",
            "they are never there at the same time",
        ),
        (a_problem(excluded=[("Ana", "Bob")]), "excluded", EXCLUDED),
        (
            a_problem([leader("Ana", company="one"), leader("Bob", company="one")]),
            "same_company",
            "both are of the same company",
        ),
        (a_problem(requests=[("Ana", "Gus")]), "not_asked", "neither of them asked for it"),
        (a_problem(requests=[], excluded=[("Ana", "Bob")]), "excluded", EXCLUDED),
        (
            a_problem([leader("Ana", company="one"), leader("Bob", company="one")], []),
            "same_company",
            "both are of the same company",
        ),
        (
            a_problem([leader("Ana", unavailable=frozenset({"1400"})), "Bob"], [], slot_count=1),
            "no_common_slot",
            "they are never there at the same time",
        ),
        (
            a_problem(NAMES, [("Cid", "Dan"), ("Dan", "Cid"), ("Ana", "Bob")], slot_count=1, tables=1),
            "no_table",
            "no table was free when both were",
        ),
    ],
)  # fmt: skip
def test_each_reason_has_its_words(problem: Problem, reason: str, why: str) -> None:
    found = told(problem)
    assert (found.reason, words(found)[0]) == (reason, f"Ana and Bob (Morel) do not meet: {why}.")


def test_a_meeting_lost_to_better_ones_says_so() -> None:
    """Ana and Bob are each busy when the other is free, though neither has a full agenda."""
    leaders = [leader("Cid", unavailable=frozenset({"1420"})), leader("Dan", unavailable=LATE), "Ana", "Bob"]
    requests = [("Ana", "Cid"), ("Cid", "Ana"), ("Bob", "Dan"), ("Dan", "Bob"), ("Ana", "Dan"), ("Ana", "Bob")]
    found = told(a_problem(leaders, requests, slot_count=2, limits=Limits(0, 2)))
    assert (found.reason, found.price) == ("lower_value", Price(0, 226, is_exact=True))
    assert words(found) == (
        "Ana and Bob (Morel) do not meet: the other meetings of the plan are together worth at least as much.",
        "If they had to meet, the best plan would lose 226 points.",
    )


def test_nobody_asked_and_a_free_place_costs_nothing() -> None:
    found = told(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Cid")]))
    assert (found.reason, found.price) == ("not_asked", Price(0, 0, is_exact=True))
    assert words(found)[1] == "If they had to meet, it would cost nothing: another plan is worth as much."


def test_fixed_meetings_may_leave_no_place() -> None:
    fixed = [Fixed(("Ana", "Cid"), "1400")]
    found = told(a_problem(["Ana", "Bob", "Cid"], [("Ana", "Bob")], slot_count=1, fixed=fixed, limits=Limits(0, 1)))
    assert words(found)[1:] == ("The fixed meetings leave no place for it.",)


def test_fixed_meetings_take_slots_tables_and_maximum() -> None:
    fixed = [Fixed(("Ana", "Cid"), "1400"), Fixed(("Cid", "Dan"), "1420", "T1")]
    leaders = ["Ana", leader("Bob", table="T1"), "Cid", "Dan"]
    free = [
        free_slots(
            a_problem(leaders, [], slot_count=4, tables=tables, fixed=fixed, limits=Limits(0, most)), ("Ana", "Bob")
        )
        for tables, most in ((2, 3), (1, 3), (2, 2))
    ]
    assert free == [["1440", "1500"], ["1440", "1500"], ["1440", "1500"]]
    assert free_slots(a_problem(leaders, [], slot_count=4, fixed=fixed, limits=Limits(0, 2)), ("Bob", "Cid")) == []


def test_whoever_has_withdrawn_or_came_later_is_said() -> None:
    problem = a_problem(requests=[("Ana", "Gus")])
    plan = solved(problem)
    found = [
        explain(problem, plan, Person("Ana"), other, watch())
        for other in (Person("Gus", "Nord", is_withdrawn=True), Person("Gus"), Person("Zoe", "Sud"))
    ]
    assert [(one.reason, *words(one)) for one in found] == [
        ("withdrawn", "Ana and Gus (Nord) do not meet: Gus (Nord) has withdrawn."),
        ("unknown_partner", "Ana and Gus do not meet: Gus was not registered when the plan was made."),
        ("not_in_plan", "Ana and Zoe (Sud) do not meet: Zoe (Sud) was not registered when the plan was made."),
    ]


def refusal(problem: Problem, plan: Plan, other: str = "Bob") -> RencontresError:
    with pytest.raises(RencontresError) as refused:
        explain(problem, plan, Person("Ana"), Person(other), watch())
    return refused.value


def test_what_cannot_be_explained_is_refused() -> None:
    problem = a_problem()
    away = a_problem([leader("Ana", unavailable=frozenset({"1400"})), "Bob"], fixed=[Fixed(("Ana", "Bob"), "1400")])
    found = [
        refusal(problem, solved(problem), "Ana"),
        refusal(problem, replace(solved(problem), problem_sha256="0" * 64)),
        refusal(away, solved(away)),
    ]
    assert [(type(error), str(error.what)) for error in found] == [
        (UsageError, "both names mean Ana."),
        (DataError, "the plan was made for another problem."),
        (DataError, "nobody meets: this problem has no plan."),
    ]


def test_a_price_that_is_not_proven_says_at_least(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Cid")])
    sentences = []
    for price in (
        Price(0, 5, is_exact=False),
        Price(0, -1, is_exact=False),
        Price(1, -3, is_exact=True),
        Price(2, -714, is_exact=False),
        Price(1, 5, is_exact=False),
    ):
        monkeypatch.setattr("tasks.schedule.explain.price_of", lambda *_, price=price: price)
        sentences.append(words(told(problem))[1:])
    assert sentences == [
        ("If they had to meet, the plan would lose at least 5 points.",),
        ("What it would cost if they had to meet could not be proven.",),
        ("If they had to meet, leaders would lack 1 meeting more to their minimum.", "The value would not be lower."),
        (
            "If they had to meet, leaders would lack at least 2 meetings more to their minimum.",
            "How many points it would cost could not be proven.",
        ),
        (
            "If they had to meet, leaders would lack at least 1 meeting more to their minimum.",
            "If they had to meet, the plan would lose at least 5 points.",
        ),
    ]


def test_a_price_is_told_only_of_a_plan_that_keeps_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana and Bob would meet while Ana meets Cid: whatever search did that, nobody is told that it costs nothing."""
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Cid")])
    plan = solved(problem)
    monkeypatch.setattr(Stages, "who_and_when", lambda _stages: Timetable({0: 0, 1: 0}, 0, plan.objective.value))
    with pytest.raises(RencontresError) as refused:
        price_of(problem, plan, ("Ana", "Bob"), watch())
    assert (type(refused.value), str(refused.value)) == (
        RencontresError,
        "Ana-Cid 1400 T2: the plan with this meeting breaks a rule: a leader has two meetings in this slot.",
    )


def test_what_is_locked_may_move_for_a_pair_and_not_be_left_out() -> None:
    """Ana and Bob must meet, in either slot; Cid is there in the first alone, and is asked about with Ana."""
    away = [leader(name, unavailable=frozenset({"1420"})) for name in ("Cid", "Dan")]
    problem = a_problem(["Ana", "Bob", *away], [("Ana", "Bob")], slot_count=2, limits=Limits(0, 3))
    locked = (("Ana", "Bob"), ("Ana", "Dan"))
    assert price_with(problem, locked[:1]) == Price(0, 0, is_exact=True)
    assert price_with(problem, locked) is None


def price_with(problem: Problem, locked: tuple[Pair, ...]) -> Price | None:
    """What Ana and Cid cost beside locked pairs."""
    plan = solve(problem, effort="quick", locked=locked)
    return price_of(holding(problem, locked, plan), plan, ("Ana", "Cid"), watch(), locked)


def test_against_a_plan_that_is_not_the_best_nothing_is_proven() -> None:
    """Nobody meets though everybody could: the price of a pair says nothing then."""
    problem = a_problem(["Ana", "Bob", "Cid"], [("Ana", "Cid"), ("Ana", "Bob")], limits=Limits(1, 3))
    best = solved(problem)
    poor = replace(best, status="feasible", meetings=(), objective=Objective(shortfall=3))
    assert price_of(problem, poor, ("Bob", "Cid"), watch()) == Price(-3, -best.objective.value, is_exact=False)
    assert words(explain(problem, poor, Person("Bob"), Person("Cid"), watch()))[1:] == (
        "What it would cost if they had to meet could not be proven.",
    )


@calmly
@given(problems(), st.data())
def test_the_price_is_what_fixing_the_pair_in_its_best_slot_costs(problem: Problem, data: st.DataObject) -> None:
    assume(len(problem.leaders) > 1)
    plan = solved(problem)
    names = data.draw(st.permutations([one.id for one in problem.leaders]))
    pair = pair_of(names[0], names[1])
    assume(plan.status == "optimal" and pair not in plan.meeting_by_pair and allowed_slots(problem, pair))
    price = price_of(problem, plan, pair, watch())
    found = [
        best
        for slot in allowed_slots(problem, pair)
        if not any(item.slot == slot and set(item.pair) & set(pair) for item in problem.fixed)
        and (best := best_by_hand(replace(problem, fixed=(*problem.fixed, Fixed(pair, slot))))) is not None
    ]
    least = min(found, key=lambda reached: (reached[0], -reached[1]), default=None)
    if least is None:
        assert price is None
    else:
        assert price == Price(least[0] - plan.objective.shortfall, plan.objective.value - least[1], is_exact=True)
