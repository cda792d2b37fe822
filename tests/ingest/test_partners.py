"""Who is proposed to whom: complementary profiles, and never anybody who is barred."""

import time
from collections import Counter
from collections.abc import Set as AbstractSet
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.ingest.wishes.partners import Pair, Profile, Proposal, score_of, suggest

ALL = frozenset(range(12))


def profile(number: int, sells: str = "", seeks: str = "", **more: object) -> Profile:
    """Return leader L1 of company C1, and so on; codes are letters."""
    fields = {"role": "both", "free": ALL, "company_id": f"C{number}", **more}
    return Profile(leader_id=f"L{number}", sells=frozenset(sells), seeks=frozenset(seeks), **fields)  # type: ignore[arg-type]


def partners(
    *profiles: Profile,
    requested: AbstractSet[Pair] = frozenset(),
    excluded: AbstractSet[Pair] = frozenset(),
    minimum: int = 1,
    count: int = 6,
) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for proposal in suggest(profiles, requested, excluded, minimum=minimum, count=count):
        found.setdefault(proposal.leader_id, []).append(proposal.partner_id)
    return found


def test_a_partner_sells_what_is_sought_or_seeks_what_is_sold() -> None:
    found = suggest(
        [profile(1, "a", "b"), profile(2, "b"), profile(3, "", "a"), profile(4, "a", "c")],
        set(),
        set(),
        minimum=1,
        count=6,
    )
    assert [each for each in found if each.leader_id == "L1"] == [
        Proposal("L1", "L2", 1, 55.0, frozenset(), frozenset("b")),
        Proposal("L1", "L3", 2, 55.0, frozenset("a"), frozenset()),
    ]
    assert [(each.leader_id, each.partner_id) for each in found[2:]] == [
        ("L2", "L1"), ("L3", "L4"), ("L3", "L1"), ("L4", "L3"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("one", "other", "score"),
    [
        (profile(1, "a", "b"), profile(2, "b", "a"), 80.0),
        (profile(1, "a", "b", role="buyer"), profile(2, "b", "a", role="supplier"), 85.0),
        (profile(1, "a", "b", role="buyer"), profile(2, "b", "a", role="buyer"), 75.0),
        (profile(1, "a", "b"), profile(2, "b"), 55.0),
        (profile(1, "", "bc", role="buyer"), profile(2, "bc", role="supplier"), 63.0),
        (profile(1, "abc", "de"), profile(2, "de", "abc"), 89.0),
        (profile(1, "abcdefghi", "z", role="supplier"), profile(2, "z", "abcdefghi", role="buyer"), 100.0),
        (profile(1, "a", "b"), profile(2, "a", "b"), 0.0),
    ],
)
def test_both_ways_go_before_one_and_roles_that_go_together_before_others(
    one: Profile, other: Profile, score: float
) -> None:
    assert score_of(one, other) == score
    assert score_of(other, one) == score


def test_only_whoever_can_hope_for_too_few_meetings_is_helped() -> None:
    people = [profile(n, "a", "a") for n in range(1, 6)]
    assert partners(*people, requested={("L1", "L2"), ("L1", "L3")}, minimum=2, count=1) == {
        "L2": ["L4"], "L3": ["L5"], "L4": ["L1"], "L5": ["L1"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("requested", "excluded"),
    [
        ({("L1", "L9")}, set()),
        ({("L1", "L2")}, {("L1", "L2")}),
        ({("L1", "L2")}, {("L2", "L1")}),
        ({("L1", "L4")}, set()),
        ({("L1", "L5")}, set()),
    ],
)
def test_requests_that_cannot_be_met_do_not_count(requested: set[Pair], excluded: set[Pair]) -> None:
    people = [
        profile(1, "a", "a"), profile(2, "a"), profile(3, "a"), profile(4, "a", company_id="C1"),
        profile(5, "a", is_open=False),
    ]  # fmt: skip
    assert "L3" in partners(*people, requested=requested, excluded=excluded)["L1"]


def test_nobody_is_proposed_who_is_barred() -> None:
    people = [
        profile(1, "a", "a", free=frozenset({0, 1})),
        profile(2, "a"),
        profile(3, "a", company_id="C1"),
        profile(4, "a"),
        profile(5, "a"),
        profile(6, "a", is_open=False),
        profile(7, "a", free=frozenset({2, 3})),
        profile(8, "z"),
        profile(9, "a", free=frozenset({1})),
    ]
    found = partners(*people, requested={("L1", "L2"), ("L5", "L1")}, excluded={("L4", "L1")}, minimum=2)
    assert found["L1"] == ["L9"]


def test_between_equals_whoever_is_least_in_demand_goes_first_and_not_everybody_is_sent_to_one() -> None:
    seekers = [profile(n, "", "a") for n in (1, 2, 3)]
    sellers = [profile(n, "a", "") for n in (4, 5, 6)]
    requested = {("L7", "L4"), ("L8", "L4"), ("L7", "L5")}
    found = partners(*seekers, *sellers, profile(7), profile(8), requested=requested, count=1)
    assert [found[name] for name in ("L1", "L2", "L3")] == [["L6"], ["L5"], ["L6"]]


def test_the_order_of_the_profiles_plays_no_part_and_nothing_is_made_of_nothing() -> None:
    people = [profile(n, "ab"[n % 2], "ba"[n % 2]) for n in range(1, 9)]
    assert partners(*people) == partners(*reversed(people))
    assert partners() == {}
    assert partners(*people, count=0) == {}
    assert partners(*people, minimum=0) == {}


codes = st.text("abcd", max_size=3)
roles = st.sampled_from(["buyer", "supplier", "both"])
people = st.lists(
    st.tuples(codes, codes, st.integers(1, 4), st.sets(st.integers(0, 3)), st.booleans(), roles),
    max_size=10,
)
pairs = st.sets(st.tuples(st.integers(0, 10), st.integers(0, 10)), max_size=12)


@given(people, pairs, pairs, st.integers(0, 5), st.integers(0, 4))
def test_no_suggestion_ever_breaks_a_rule(
    drawn: list[tuple[str, str, int, set[int], bool, str]],
    requested: set[tuple[int, int]],
    excluded: set[tuple[int, int]],
    minimum: int,
    count: int,
) -> None:
    profiles = {
        f"L{n}": profile(n, sells, seeks, company_id=f"C{company}", free=frozenset(free), is_open=is_open, role=role)
        for n, (sells, seeks, company, free, is_open, role) in enumerate(drawn)
    }
    asked = {(f"L{one}", f"L{other}") for one, other in requested}
    barred = {frozenset((f"L{one}", f"L{other}")) for one, other in excluded}
    found = suggest(
        profiles.values(), asked, {(f"L{one}", f"L{other}") for one, other in excluded}, minimum=minimum, count=count
    )
    for each in found:
        leader, partner = profiles[each.leader_id], profiles[each.partner_id]
        assert each.leader_id != each.partner_id
        assert leader.company_id != partner.company_id
        assert frozenset((each.leader_id, each.partner_id)) not in barred
        assert not {(each.leader_id, each.partner_id), (each.partner_id, each.leader_id)} & asked
        assert leader.free & partner.free
        assert partner.is_open
        assert each.sells | each.seeks
        assert each.score == score_of(leader, partner)
    assert len({(each.leader_id, each.partner_id) for each in found}) == len(found)
    by_leader = Counter(each.leader_id for each in found)
    assert max(by_leader.values(), default=0) <= count
    for name in by_leader:
        own = [each for each in found if each.leader_id == name]
        assert [each.rank for each in own] == list(range(1, len(own) + 1))
        assert [each.score for each in own] == sorted((each.score for each in own), reverse=True)


def test_two_thousand_leaders_are_quick() -> None:
    rng = Random(1)  # noqa: S311 -- made-up people need a seed, not secrecy
    letters = "abcdefghijklmnopqrstuvwxyz"
    many = [profile(n, rng.choice(letters), "".join(rng.sample(letters, 2))) for n in range(2000)]
    begun = time.process_time()
    found = suggest(many, set(), set(), minimum=4, count=6)
    assert len(found) == 12_000
    assert time.process_time() - begun < 20
