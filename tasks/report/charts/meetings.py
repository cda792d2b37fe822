"""How many leaders had how many meetings, with the promised band."""

from collections.abc import Mapping, Sequence

import altair as alt

from tasks.messages import Language, message
from tasks.pages import number, percent
from tasks.report.charts.drawing import ACCENT, BRAND, BRAND_SOFT, INK, WIDTH_PX, Chart, Drawing, draw, rows_of


def meetings_chart(spread: Sequence[Mapping[str, int]], minimum: int, maximum: int, language: Language) -> Chart:
    """Draw the spread of held meetings; ``spread`` has ``meeting_count`` and ``leader_count``, one row per count."""
    counts = {row["meeting_count"]: row["leader_count"] for row in spread}
    steps = range(max(*counts, maximum) + 1)
    total = sum(counts.values())
    within = sum(counts.get(step, 0) for step in range(minimum, maximum + 1))
    title = message(
        "{within} of {total} leaders ({share}) had {minimum} to {maximum} meetings",
        within=number(within, language),
        total=number(total, language),
        share=percent(within / total, language),
        minimum=minimum,
        maximum=maximum,
    ).translated(language)
    return Chart(
        name="meetings",
        title=title,
        alt=message("Column chart of the leaders present by number of held meetings.").translated(language),
        svg=draw(_columns(counts, steps, minimum, maximum, language), "meetings", language),
        header=(message("Meetings").translated(language), *(number(step, language) for step in steps)),
        rows=(
            (
                message("Leaders").translated(language),
                *(number(counts.get(step, 0), language) for step in steps),
            ),
        ),
    )


def _columns(counts: Mapping[int, int], steps: range, minimum: int, maximum: int, language: Language) -> Drawing:
    records = [
        {"meetings": step, "leaders": counts.get(step, 0), "is_within": minimum <= step <= maximum} for step in steps
    ]
    across = alt.X(
        "meetings:Q",
        scale=alt.Scale(domain=[-0.6, steps.stop - 0.4], nice=False),
        axis=alt.Axis(
            title=message("held meetings per leader").translated(language), grid=False, values=list(steps), format="d"
        ),
    )
    up = alt.Y("leaders:Q", axis=alt.Axis(title=message("leaders").translated(language), tickCount=5, tickMinStep=1))
    promised = alt.Chart(rows_of([{"from": minimum - 0.5, "to": maximum + 0.5}]))
    band = promised.mark_rect(color=BRAND_SOFT).encode(x="from:Q", x2="to:Q")
    base = alt.Chart(rows_of(records))
    bars = base.mark_bar(size=30).encode(
        x=across, y=up, color=alt.condition("datum.is_within", alt.value(BRAND), alt.value(ACCENT))
    )
    labels = (
        base.transform_filter("datum.leaders > 0")
        .mark_text(dy=-8, color=INK, fontSize=12)
        .encode(x=across, y=up, text=alt.Text("leaders:Q", format=",d"))
    )
    return alt.layer(band, bars, labels).properties(width=WIDTH_PX, height=220)
