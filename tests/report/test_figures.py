"""Every key figure alone, against the reckoning by hand of the small world.

Held pairs: 12 13 23 24 34, of which 24 and 34 were fixed that day. L004 denies 14; 56 is a no-show. Present: L001 to
L005, with 2, 3, 3, 2 and 0 meetings. Planned in 19-v1: 12 13 23 14 56; 17 was cancelled.
"""

import pytest

from tasks.errors import DataError
from tasks.report.figures import Figure, compute, read_figures
from tasks.store import Database
from tasks.workspace import Workspace
from tests.report.builders import (
    E17,
    E18,
    E19,
    World,
    answer,
    approval,
    attendance,
    deal,
    editions,
    leader,
    link,
    meeting,
    outcome,
    rating,
    registered_world,
    request,
    small_world,
    version,
)
from tests.report.conftest import Measure

# code: numerator, denominator, unknown, value
BY_HAND = {
    "registered": (6, None, 0, 6.0),
    "present": (5, None, 0, 5.0),
    "requests": (8, None, 0, 8.0),
    "planned": (5, None, 0, 5.0),
    "held": (5, None, 0, 5.0),
    "attendance": (5, 6, 0, 5 / 6),
    "meetings_mean": (10, 5, 0, 2.0),
    "meetings_median": (None, 5, 0, 2.0),
    "meetings_minimum": (None, 5, 0, 0.0),
    "meetings_maximum": (None, 5, 0, 3.0),
    "meetings_in_range": (0, 5, 0, 0.0),
    "below_minimum_share": (5, 5, 0, 1.0),
    "full_share": (0, 5, 0, 0.0),
    # 12 slots for five leaders, less the four that L002's absence until 15:10 touches
    "fill": (10, 56, 0, 10 / 56),
    # 12 13 21 23 41 56 are planned; 34 was fixed the same day, 61 not at all
    "requests_planned": (6, 8, 0, 0.75),
    "requests_held": (5, 8, 0, 0.625),
    "requests_planned_mutual": (2, 2, 0, 1.0),
    "requests_held_mutual": (2, 2, 0, 1.0),
    "kept": (3, 5, 0, 0.6),
    "no_show": (2, 5, 0, 0.4),
    "same_day_share": (2, 5, 0, 0.4),
    "satisfaction": (2, 3, 2, 2 / 3),
    "response_rate": (4, 5, 1, 0.8),
    "nps": (1, 4, 1, 25.0),
    # L001 and L002 for sure, L003 probably; L004 was not seen at edition 18
    "repeat_share": (2, 5, 1, 0.4),
    "retention": (1, 3, 1, 1 / 3),
    # rated: 12 (cooperation), 23 (informative), 13 (little interest); 24 and 34 were not rated
    "outcome_rate": (1, 3, 2, 1 / 3),
    "informative_rate": (2, 3, 2, 2 / 3),
    # (36 EUR + 4 h at 60 EUR) x 5 leaders = 1,380 EUR
    "cost_per_held_meeting": (138_000, 5, 0, 27_600.0),
    # 10,000 x 0.5 x 0.8 + 2,000 x 0.25 x 1
    "benefits": (450_000, None, 3, 450_000.0),
    "roi": (312_000, 138_000, 3, 100 * 312 / 138),
}


def now(measure: Measure, world: World, code: str, edition_id: str = E19) -> Figure:
    return measure(world).by_code[edition_id, code]


def result(figure: Figure) -> tuple[int | None, int | None, int | None, float | None]:
    return figure.numerator, figure.denominator, figure.unknown_count, figure.value


def test_every_figure_of_the_small_world(measure: Measure) -> None:
    figures = measure(small_world())
    assert {
        code: result(found) for (edition_id, code), found in figures.by_code.items() if edition_id == E19
    } == BY_HAND


def test_nothing_registered_is_not_measured_and_no_error(measure: Measure, database: Database) -> None:
    measure({"core.edition": editions()})
    found = database._connection.sql("select edition_id, code, value, unknown_count from mart.key_figure").fetchall()
    assert sorted(found) == sorted((edition, code, None, None) for edition in (E17, E18, E19) for code in BY_HAND)


def test_registrations_alone_measure_registrations_and_faithfulness_only(measure: Measure) -> None:
    figures = measure(registered_world())
    measured = {key: result(figure)[3] for key, figure in figures.by_code.items() if figure.value is not None}
    assert measured == {
        (E17, "registered"): 5.0,
        (E18, "registered"): 4.0,
        (E18, "repeat_share"): 0.0,
        (E18, "retention"): 0.0,
        (E19, "registered"): 6.0,
        (E19, "repeat_share"): 0.0,
        (E19, "retention"): 0.0,
    }
    assert {figure.basis for figure in figures.by_code.values()} == {"registered"}


def test_the_basis_says_where_presence_was_never_recorded(measure: Measure) -> None:
    figures = measure(small_world())
    assert {edition: figures.by_code[edition, "present"].basis for edition in (E17, E18, E19)} == {
        E17: "registered",
        E18: "present",
        E19: "present",
    }
    assert figures.by_code[E17, "present"].value is None


def test_attendance_counts_those_of_whom_nobody_noted_anything(measure: Measure) -> None:
    world = registered_world() | {"day.attendance": [attendance("L001"), attendance("L002", is_present=False)]}
    assert result(now(measure, world, "attendance")) == (1, 6, 4, 1 / 6)


def test_a_held_meeting_makes_present_whoever_was_noted_absent(measure: Measure) -> None:
    world = registered_world() | {
        "day.attendance": [attendance("L001", is_present=False)],
        "day.outcome": [outcome("L001", "L002")],
    }
    assert result(now(measure, world, "present")) == (2, None, 0, 2.0)


def test_only_no_shows_and_nobody_checked_in_leave_the_registered_as_basis(measure: Measure) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", "L002", "no_show")]}
    figures = measure(world)
    assert result(figures.by_code[E19, "meetings_mean"]) == (0, 6, 0, 0.0)
    assert result(figures.by_code[E19, "held"]) == (0, None, 0, 0.0)
    assert figures.now("same_day_share") is None
    assert figures.now("cost_per_held_meeting") is None
    assert figures.now("attendance") is None


def test_an_unknown_outcome_is_left_out_of_kept_and_counted_apart(measure: Measure) -> None:
    world = small_world()
    world["day.outcome"][2]["outcome"] = "unknown"
    del world["day.outcome"][4]
    figures = measure(world)
    assert result(figures.by_code[E19, "kept"]) == (2, 3, 2, 2 / 3)
    assert result(figures.by_code[E19, "no_show"]) == (1, 3, 2, 1 / 3)
    assert figures.by_code[E19, "held"].unknown_count == 1


def test_a_wish_whose_meeting_has_no_known_outcome_is_unknown(measure: Measure) -> None:
    world = small_world()
    del world["day.outcome"][4]
    assert result(now(measure, world, "requests_held")) == (5, 8, 1, 0.625)


def test_one_side_denying_makes_a_no_show_even_without_a_recorded_outcome(measure: Measure) -> None:
    world = small_world()
    del world["day.outcome"][3]
    assert result(now(measure, world, "no_show")) == (2, 5, 0, 0.4)


def test_without_an_approved_plan_nothing_counts_as_planned(measure: Measure) -> None:
    figures = measure(small_world() | {"plan.decision": []})
    assert [figures.now(code) for code in ("planned", "kept", "requests_planned")] == [None, None, None]
    assert result(figures.by_code[E19, "requests_held"])[3] == 0.625


def test_an_approved_plan_without_meetings_plans_nothing_and_keeps_nothing(measure: Measure) -> None:
    figures = measure(small_world() | {"plan.meeting": []})
    assert result(figures.by_code[E19, "planned"]) == (0, None, 0, 0.0)
    assert figures.now("kept") is None


def test_the_newest_approved_final_version_counts(measure: Measure) -> None:
    world = small_world()
    world["plan.decision"].append(approval("19-v2"))
    assert result(now(measure, world, "planned")) == (1, None, 0, 1.0)


def test_an_approved_same_day_version_alone_counts(measure: Measure) -> None:
    world = registered_world() | {
        "plan.version": [version(1), version(2, "same_day")],
        "plan.decision": [approval("19-v2")],
        "plan.meeting": [meeting("19-v2", "L001", "L002", 0), meeting("19-v2", "L001", "L003", 1)],
    }
    assert result(now(measure, world, "planned")) == (2, None, 0, 2.0)


def test_a_meeting_counts_once_for_each_side(measure: Measure) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", "L002")]}
    assert result(now(measure, world, "meetings_mean")) == (2, 2, 0, 1.0)


def test_four_meetings_are_within_the_promise(measure: Measure) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", f"L00{other}") for other in (2, 3, 4, 5)]}
    figures = measure(world)
    assert result(figures.by_code[E19, "meetings_in_range"]) == (1, 5, 0, 0.2)
    assert result(figures.by_code[E19, "below_minimum_share"]) == (4, 5, 0, 0.8)


def test_an_agenda_is_full_at_the_leaders_own_maximum(measure: Measure) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", "L002")]}
    world["core.leader"][9]["max_meetings"] = 1
    assert world["core.leader"][9]["leader_id"] == "L001"
    assert result(now(measure, world, "full_share")) == (1, 2, 0, 0.5)


@pytest.mark.parametrize(("held_count", "full_count"), [(9, 0), (10, 1)])
def test_an_agenda_is_full_at_the_house_maximum_however_many_the_leader_would_take(
    held_count: int, full_count: int, measure: Measure
) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", f"L{10 + n:03d}") for n in range(held_count)]}
    world["core.leader"] += [leader(E19, 10 + n) for n in range(held_count)]
    world["core.leader"][9]["max_meetings"] = 12
    assert world["core.leader"][9]["leader_id"] == "L001"
    world["day.attendance"] = [attendance("L001")]
    assert now(measure, world, "full_share").numerator == full_count


def test_fill_is_not_measured_for_an_edition_whose_slots_were_never_noted(measure: Measure) -> None:
    world = registered_world() | {"day.outcome": [outcome("L001", "L002", edition_id=E18)]}
    figures = measure(world)
    assert figures.by_code[E18, "fill"].value is None
    assert result(figures.by_code[E18, "meetings_mean"])[3] == 1.0


def test_satisfaction_without_a_single_rated_answer_is_not_measured(measure: Measure) -> None:
    figures = measure(registered_world() | {"day.survey_answer": [answer("L001", None, None)]})
    assert (figures.now("satisfaction"), figures.now("nps")) == (None, None)
    assert result(figures.by_code[E19, "response_rate"]) == (1, 6, 5, 1 / 6)


@pytest.mark.parametrize(
    ("recommendations", "points"), [([9, 10], 100.0), ([0, 6], -100.0), ([7, 8], 0.0), ([10, 8, 8, 6, 5], -20.0)]
)
def test_nps_is_promoters_minus_detractors(recommendations: list[int], points: float, measure: Measure) -> None:
    answers = [answer(f"L00{number}", 4, given) for number, given in enumerate(recommendations, start=1)]
    assert now(measure, registered_world() | {"day.survey_answer": answers}, "nps").value == points


def test_the_first_edition_of_the_memory_has_no_repeat_share(measure: Measure) -> None:
    figures = measure(small_world())
    assert [figures.by_code[E17, code].value for code in ("repeat_share", "retention")] == [None, None]


def test_repeat_share_and_retention_are_intervals(measure: Measure) -> None:
    figures = measure(small_world())
    bounds = {
        code: (figures.by_code[E19, code].low, figures.by_code[E19, code].high)
        for code in ("repeat_share", "retention")
    }
    assert bounds == {"repeat_share": (0.4, 0.6), "retention": (1 / 3, 2 / 3)}


def test_a_chain_of_links_is_followed_and_is_as_weak_as_its_weakest_link(measure: Measure) -> None:
    """L006 of 19 is L001 of 18 for sure, who probably is L003 of 17; L001 did not come in 18, so only 17 counts."""
    world = registered_world() | {
        "day.attendance": [attendance("L004", edition_id=E18)],
        "core.identity_link": [
            link("L006", E18, "L001"),
            link("L001", E17, "L003", "probable", edition_id=E18),
        ],
    }
    found = now(measure, world, "repeat_share")
    assert (found.numerator, found.low, found.high) == (0, 0.0, 1 / 6)


def test_two_people_linked_through_a_later_edition_are_one(measure: Measure) -> None:
    world = registered_world() | {
        "core.identity_link": [link("L001", E18, "L002"), link("L001", E17, "L003")],
    }
    assert result(now(measure, world, "repeat_share", E18)) == (1, 4, 0, 0.25)


def test_two_leaders_who_are_one_former_leader_make_one_who_came_back(measure: Measure) -> None:
    world = registered_world() | {
        "day.attendance": [attendance(f"L00{number}", edition_id=E18) for number in (1, 2)],
        "core.identity_link": [link("L001", E18, "L001"), link("L002", E18, "L001")],
    }
    figures = measure(world)
    assert result(figures.by_code[E19, "retention"]) == (1, 2, 0, 0.5)
    assert result(figures.by_code[E19, "repeat_share"]) == (2, 6, 0, 2 / 6)


def test_a_recorded_no_show_that_someone_rated_is_no_rated_meeting(measure: Measure) -> None:
    world = registered_world() | {
        "day.outcome": [outcome("L001", "L002", "no_show"), outcome("L001", "L003")],
        "day.rating": [rating("L001", "L002", "cooperation_possible"), rating("L001", "L003", "informative_only")],
    }
    assert result(now(measure, world, "outcome_rate")) == (0, 1, 0, 0.0)


def test_a_deal_worth_nothing_gives_a_return_of_minus_a_hundred(measure: Measure) -> None:
    world = registered_world() | {"day.deal": [deal("L001", "L002", 0, 1.0, 1.0)]}
    assert result(now(measure, world, "roi")) == (-165_600, 165_600, 5, -100.0)


def test_a_free_event_without_the_leaders_time_has_no_return(measure: Measure, workspace: Workspace) -> None:
    path = workspace.folder / "event.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(
        text.replace('including_vat = "36.00"', 'including_vat = "0"').replace('"60.00"', '"0"'), encoding="utf-8"
    )
    vars(workspace).pop("event", None)
    world = registered_world() | {"day.deal": [deal("L001", "L002", 100, 1.0, 1.0)]}
    assert measure(world).now("roi") is None


@pytest.mark.parametrize(
    ("successes", "trials", "low", "high"),
    # checked against R: prop.test(x, n, correct = FALSE)$conf.int
    [(0, 10, 0.0, 0.2775328), (10, 10, 0.7224672, 1.0), (5, 10, 0.2365931, 0.7634069), (1, 3, 0.0614919, 0.7923404)],
)
def test_wilson_interval(successes: int, trials: int, low: float, high: float, database: Database) -> None:
    found = database._connection.execute(
        "select mart.wilson_interval($k, $n)", {"k": successes, "n": trials}
    ).fetchone()
    assert found is not None
    assert found[0] == {"low": pytest.approx(low, abs=1e-6), "high": pytest.approx(high, abs=1e-6)}


@pytest.mark.parametrize(("successes", "trials"), [(0, 0), (11, 10), (-1, 10)])
def test_wilson_interval_of_what_is_no_share_is_nothing(successes: int, trials: int, database: Database) -> None:
    found = database._connection.execute(
        "select mart.wilson_interval($k, $n)", {"k": successes, "n": trials}
    ).fetchone()
    assert found == (None,)


@pytest.mark.parametrize(("count", "bound_count"), [(19, 2), (20, 0)])
def test_a_rate_over_fewer_than_twenty_answers_carries_its_interval(
    count: int, bound_count: int, measure: Measure
) -> None:
    world = registered_world()
    world["core.leader"] += [leader(E19, number) for number in range(8, 40)]
    world["day.survey_answer"] = [answer(f"L{number:03d}", 5, 10) for number in range(1, count + 1)]
    found = now(measure, world, "satisfaction")
    assert sum(bound is not None for bound in (found.low, found.high)) == bound_count


def test_more_present_than_registered_has_no_interval_and_no_error(measure: Measure) -> None:
    world = registered_world() | {"day.attendance": [attendance(f"L00{number}") for number in range(1, 8)]}
    found = now(measure, world, "attendance")
    assert (found.numerator, found.denominator, found.low, found.high) == (7, 6, None, None)


def test_wishes_by_rank(measure: Measure, database: Database) -> None:
    measure(small_world())
    assert database.rows("mart/select_wishes_by_rank", edition_id=E19) == [
        {"rank": 1, "request_count": 6, "planned_count": 4, "held_count": 3, "unknown_count": 0},
        {"rank": 2, "request_count": 2, "planned_count": 2, "held_count": 2, "unknown_count": 0},
    ]


def test_registrations_cumulate_week_by_week_until_the_latest(measure: Measure, database: Database) -> None:
    world = registered_world()
    measure(world)
    rows = [row for row in database.rows("mart/select_registration_curve") if row["edition_id"] == E19]
    assert [(row["weeks_before"], row["leader_count"]) for row in rows] == [
        *((week, 0) for week in range(12, 4, -1)),
        (4, 6),
    ]


def test_computing_twice_changes_nothing(measure: Measure, workspace: Workspace, database: Database) -> None:
    first = measure(small_world())
    compute(database, workspace.event)
    assert read_figures(database) == first


def test_the_figures_of_an_edition_whose_leaders_were_purged_stay(
    measure: Measure, workspace: Workspace, database: Database
) -> None:
    first = measure(small_world())
    database._connection.execute("delete from core.leader where edition_id = $edition_id", {"edition_id": E17})
    compute(database, workspace.event)
    assert read_figures(database).by_code[E17, "registered"] == first.by_code[E17, "registered"]


def test_what_an_earlier_edition_was_told_is_not_overwritten(
    measure: Measure, workspace: Workspace, database: Database
) -> None:
    measure(small_world())
    database._connection.execute(
        "update mart.setting set price_cents = 3000 where edition_id = $edition_id", {"edition_id": E18}
    )
    compute(database, workspace.event)
    prices = database._connection.execute(
        "select edition_id, price_cents from mart.setting order by edition_id"
    ).fetchall()
    assert prices == [(E17, 3600), (E18, 3000), (E19, 3600)]


def test_a_shorter_afternoon_leaves_no_slot_behind(measure: Measure, workspace: Workspace, database: Database) -> None:
    measure(registered_world())
    shorter = workspace.event.model_copy(
        update={
            "meetings": workspace.event.meetings.model_copy(
                update={"closes": workspace.event.meetings.opens.replace(hour=15)}
            )
        }
    )
    compute(database, shorter)
    assert database._connection.execute("select count(*) from mart.slot").fetchone() == (3,)


def test_before_the_first_export_there_is_nothing_to_read(database: Database) -> None:
    with pytest.raises(DataError) as caught:
        read_figures(database)
    assert str(caught.value) == (
        "core.edition: nothing is known of this edition yet.\n"
        "Drop the exports into the inbox, then call: rencontres ingest"
    )


def test_the_only_edition_has_none_before_it(measure: Measure) -> None:
    world: World = {"core.edition": editions()[2:], "core.leader": [leader(E19, 1), leader(E19, 2)]}
    figures = measure(world)
    assert (figures.previous, figures.now("repeat_share")) == (None, None)


def test_a_mutual_wish_is_mutual_from_both_sides(measure: Measure, database: Database) -> None:
    world = registered_world() | {"core.request": [request("L001", "L002", 3), request("L002", "L001", 11)]}
    measure(world)
    groups = database._connection.execute("select wish_group, request_count from mart.base_wish order by 1").fetchall()
    assert groups == [("all", 2), ("mutual", 2), ("rank 11", 1), ("rank 3", 1)]


def test_the_median_of_an_even_number_lies_between(measure: Measure) -> None:
    held = [outcome("L001", "L002"), outcome("L001", "L003"), outcome("L002", "L004")]
    assert now(measure, registered_world() | {"day.outcome": held}, "meetings_median").value == 1.5
