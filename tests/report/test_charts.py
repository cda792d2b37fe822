"""Charts: the finding, the numbers, and a drawing that can be inlined."""

import re
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from tasks.report.charts.afternoon import afternoon_chart
from tasks.report.charts.drawing import Chart
from tasks.report.charts.meetings import meetings_chart
from tasks.report.charts.ratings import ratings_chart
from tasks.report.charts.registrations import registrations_chart
from tasks.report.charts.repeat import repeat_chart
from tasks.report.charts.wishes import wishes_chart
from tests.report.builders import E18
from tests.report.conftest import edition, figure

NARROW = "\u202f"


def texts(chart: Chart) -> list[str]:
    return re.findall(r"<text[^>]*>([^<]+)</text>", chart.svg)


def spread() -> list[dict[str, int]]:
    return [
        {"meeting_count": 3, "leader_count": 1},
        {"meeting_count": 5, "leader_count": 2},
        {"meeting_count": 12, "leader_count": 1},
    ]


def slot(hour: int, planned: int, held: int, no_show: int) -> dict[str, object]:
    starts_at = datetime(2026, 12, 3, hour, tzinfo=ZoneInfo("Europe/Paris"))
    return {
        "starts_at": starts_at,
        "planned_count": planned,
        "held_count": held,
        "no_show_count": no_show,
        "table_count": 60,
    }


def test_the_spread_of_meetings_tells_who_had_the_promised_number() -> None:
    chart = meetings_chart(spread(), 4, 10, "fr")
    assert chart.title == f"2 dirigeants sur 4 (50,0{NARROW}%) ont eu de 4 à 10 rendez-vous"
    assert chart.header == ("Rendez-vous", *(str(count) for count in range(13)))
    assert chart.rows == (("Dirigeants", "0", "0", "0", "1", "0", "2", "0", "0", "0", "0", "0", "0", "1"),)


def test_one_single_count_can_be_drawn() -> None:
    chart = meetings_chart([{"meeting_count": 0, "leader_count": 3}], 4, 10, "en")
    assert chart.title == "0 of 3 leaders (0.0%) had 4 to 10 meetings"


@pytest.mark.parametrize(
    ("held", "title", "rows"),
    [
        (3, "50% of the first wishes took place", (("wishes", "6"), ("planned", "67%"), ("held", "50%"))),
        (None, "67% of the first wishes are planned", (("wishes", "6"), ("planned", "67%"))),
    ],
)
def test_wishes_tell_what_took_place_or_else_what_is_planned(
    held: int | None, title: str, rows: tuple[tuple[str, ...], ...]
) -> None:
    chart = wishes_chart([{"rank": 1, "request_count": 6, "planned_count": 4, "held_count": held}], "en")
    assert (chart.title, chart.rows) == (title, rows)


def test_the_afternoon_names_its_fullest_slot() -> None:
    chart = afternoon_chart([slot(14, 40, 38, 2), slot(15, 58, 50, 4)], "fr")
    assert chart.title == "La salle est la plus remplie à 15\xa0h\xa000, avec 58 des 60 tables occupées"
    assert chart.rows == (("tenus", "38", "50"), ("manqués", "2", "4"), ("issue inconnue", "0", "4"))


def test_a_state_that_no_meeting_is_in_has_no_row() -> None:
    chart = afternoon_chart([slot(14, 40, 40, 0)], "en")
    assert chart.rows == (("held", "40"),)


def test_ratings_are_answers_by_word() -> None:
    chart = ratings_chart({"cooperation_possible": 3, "did_not_take_place": 1}, "fr")
    assert chart.title == f"75{NARROW}% des avis voient une coopération possible (3 sur 4)"
    assert chart.rows == (("Avis", "3", "0", "0", "1"),)


def test_the_repeat_share_is_drawn_as_an_interval() -> None:
    first = figure("repeat_share", 0.25, edition_id=E18, numerator=1, denominator=4, low=0.25, high=0.25)
    second = figure("repeat_share", 0.4, numerator=2, denominator=5, unknown_count=1, low=0.4, high=0.6)
    chart = repeat_chart([(edition(E18), first), (edition("artois-douaisis-2026"), second)], "en")
    assert chart.title == "40.0% to 60.0% of the leaders of edition 19 had come before"
    assert chart.rows == (("Edition 18", "4", "1", "0", "25.0%"), ("Edition 19", "5", "2", "1", "40.0% to 60.0%"))


def curve(*points: tuple[int, int, int]) -> list[dict[str, object]]:
    return [{"number": number, "weeks_before": week, "leader_count": count} for number, week, count in points]


@pytest.mark.parametrize(
    ("points", "title"),
    [
        (
            [(18, 1, 150), (18, 0, 188), (19, 1, 140), (19, 0, 180)],
            "180 registrations on the day, against 188 last year",
        ),
        ([(18, 1, 150), (18, 0, 188), (19, 1, 140)], "140 registrations 1 week before, against 150 last year"),
        ([(19, 1, 140)], "140 leaders are registered"),
        ([(18, 2, 1), (19, 1, 140)], "140 leaders are registered"),
    ],
)
def test_registrations_are_compared_as_long_before_the_event(points: list[tuple[int, int, int]], title: str) -> None:
    assert registrations_chart(curve(*points), "en").title == title


def test_a_week_without_a_count_is_a_dash() -> None:
    chart = registrations_chart(curve((18, 1, 150), (18, 0, 188), (19, 1, 140)), "en")
    assert chart.rows == (("Edition 18", "150", "188"), ("Edition 19", "140", "\N{EN DASH}"))


def test_a_drawing_is_the_same_twice_and_keeps_its_ids_to_itself() -> None:
    first, second = (meetings_chart(spread(), 4, 10, "fr").svg for _ in range(2))
    assert first == second
    ids = re.findall(r'id="([^"]+)"', first)
    assert [name for name in ids if not name.startswith("meetings-")] == []
    assert re.findall(r"url\(#(?!meetings-)[^)]*\)", first) == []


def test_a_drawing_is_in_inter_and_shrinks_with_the_page() -> None:
    svg = meetings_chart(spread(), 4, 10, "fr").svg
    assert set(re.findall(r'font-family="([^"]+)"', svg)) == {"Inter"}
    assert re.search(r'<svg [^>]*style="max-width:\d+px"', svg) is not None
    assert re.findall(r"(?:href|src)=", svg) == []


def test_numbers_of_a_french_drawing_are_french() -> None:
    french = ratings_chart({"cooperation_possible": 3000, "informative_only": 1000}, "fr")
    english = ratings_chart({"cooperation_possible": 3000, "informative_only": 1000}, "en")
    assert [text for text in texts(french) if text.startswith("3")] == [f"3{NARROW}000"]
    assert [text for text in texts(english) if text.startswith("3")] == ["3,000"]
