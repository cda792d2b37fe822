"""Which charts the report shows: those whose figures were measured."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tasks.event import Event
from tasks.messages import Language
from tasks.report.charts.afternoon import afternoon_chart
from tasks.report.charts.drawing import Chart
from tasks.report.charts.meetings import meetings_chart
from tasks.report.charts.ratings import ratings_chart
from tasks.report.charts.registrations import registrations_chart
from tasks.report.charts.repeat import repeat_chart
from tasks.report.charts.wishes import wishes_chart
from tasks.report.figures import KeyFigures
from tasks.store import Database

Rows = Sequence[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class ChartData:
    """The rows behind the charts, read once for both languages."""

    spread: Rows
    curve: Rows
    ranks: Rows
    ratings: Rows
    slots: Rows


def read_chart_data(database: Database, edition_id: str) -> ChartData:
    """Read what the charts of an edition need."""
    return ChartData(
        spread=database.rows("mart/select_meetings_spread", edition_id=edition_id),
        curve=database.rows("mart/select_registration_curve"),
        ranks=database.rows("mart/select_wishes_by_rank", edition_id=edition_id),
        ratings=database.rows("mart/select_ratings", edition_id=edition_id),
        slots=database.rows("mart/select_afternoon", edition_id=edition_id),
    )


def draw_charts(data: ChartData, figures: KeyFigures, event: Event, language: Language) -> tuple[Chart, ...]:
    """Return the charts in the order of the report."""
    return tuple(_charts(data, figures, event, language))


def _charts(data: ChartData, figures: KeyFigures, event: Event, language: Language) -> Iterator[Chart]:
    if data.spread:
        yield meetings_chart(data.spread, event.meetings.minimum, event.meetings.maximum, language)
    if data.ranks and data.ranks[0]["planned_count"] is not None:
        yield wishes_chart(data.ranks, language)
    if data.slots:
        yield afternoon_chart(data.slots, language)
    if data.ratings:
        yield ratings_chart({row["rating"]: row["answer_count"] for row in data.ratings}, language)
    shares = [(edition, figures.of(edition, "repeat_share")) for edition in figures.editions]
    measured = [(edition, share) for edition, share in shares if share is not None]
    if measured:
        yield repeat_chart(measured, language)
    if data.curve:
        yield registrations_chart(data.curve, language)
