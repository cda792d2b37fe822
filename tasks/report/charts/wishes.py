"""Wishes by rank: how many were planned, how many took place."""

from collections.abc import Mapping, Sequence

import altair as alt

from tasks.messages import Language, message
from tasks.pages import number, percent
from tasks.report.charts.drawing import BRAND, BRAND_LIGHT, WIDTH_PX, Chart, Drawing, draw, rows_of


def wishes_chart(ranks: Sequence[Mapping[str, int | None]], language: Language) -> Chart:
    """Draw the fulfilled share by rank; rows have ``rank``, ``request_count``, ``planned_count``, ``held_count``."""
    planned, held = message("planned").translated(language), message("held").translated(language)
    series = {planned: "planned_count", held: "held_count"}
    shown = {name: column for name, column in series.items() if ranks[0][column] is not None}
    return Chart(
        name="wishes",
        title=_finding(ranks[0], language),
        alt=message("Column chart of the wishes planned and held, as a share of all wishes of each rank.").translated(
            language
        ),
        svg=draw(_columns(ranks, shown, language), "wishes", language),
        header=(message("Rank").translated(language), *(number(row["rank"] or 0, language) for row in ranks)),
        rows=(
            (message("wishes").translated(language), *(number(row["request_count"] or 0, language) for row in ranks)),
            *((name, *(_share_text(row, column, language) for row in ranks)) for name, column in shown.items()),
        ),
        note=message("Beyond the tenth rank, wishes are counted in the totals only.").translated(language),
    )


def _share(row: Mapping[str, int | None], column: str) -> float:
    return (row[column] or 0) / (row["request_count"] or 1)


def _share_text(row: Mapping[str, int | None], column: str, language: Language) -> str:
    return percent(_share(row, column), language, 0)


def _finding(first: Mapping[str, int | None], language: Language) -> str:
    if first["held_count"] is not None:
        return message(
            "{share} of the first wishes took place", share=_share_text(first, "held_count", language)
        ).translated(language)
    return message(
        "{share} of the first wishes are planned", share=_share_text(first, "planned_count", language)
    ).translated(language)


def _columns(ranks: Sequence[Mapping[str, int | None]], shown: Mapping[str, str], language: Language) -> Drawing:
    records = [
        {"rank": row["rank"], "state": name, "share": _share(row, column)}
        for row in ranks
        for name, column in shown.items()
    ]
    names = list(shown)
    columns: alt.Chart = (
        alt.Chart(rows_of(records))
        .mark_bar()
        .encode(
            x=alt.X(
                "rank:O",
                axis=alt.Axis(title=message("rank of the wish").translated(language), labelAngle=0, ticks=False),
            ),
            xOffset=alt.XOffset("state:N", sort=names),
            y=alt.Y(
                "share:Q",
                scale=alt.Scale(domain=[0, 1]),
                axis=alt.Axis(title=message("share of the wishes").translated(language), format="%", tickCount=5),
            ),
            color=alt.Color("state:N", scale=alt.Scale(domain=names, range=[BRAND_LIGHT, BRAND][-len(names) :])),
        )
        .properties(width=WIDTH_PX, height=210)
    )
    return columns
