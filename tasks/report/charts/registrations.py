"""How registrations came in, week by week before the event, edition beside edition."""

from collections.abc import Mapping, Sequence
from typing import Final

import altair as alt

from tasks.messages import Language, message, plural
from tasks.pages import number
from tasks.report.charts.drawing import BRAND, BRAND_LIGHT, GREY, WIDTH_PX, Chart, Drawing, draw, rows_of

_LABEL_ROOM_PX: Final = 40


def registrations_chart(curve: Sequence[Mapping[str, object]], language: Language) -> Chart:
    """Draw cumulated registrations.

    ``curve`` has ``number`` (of the edition), ``weeks_before`` and ``leader_count``; the last three editions are drawn.
    """
    points = {(int(str(row["number"])), int(str(row["weeks_before"]))): int(str(row["leader_count"])) for row in curve}
    editions = sorted({edition for edition, _ in points})
    weeks = sorted({week for _, week in points}, reverse=True)
    return Chart(
        name="registrations",
        title=_finding(points, editions, language),
        alt=message("Line chart of the registered leaders by weeks before the event, one line per edition.").translated(
            language
        ),
        svg=draw(_lines(points, editions, language), "registrations", language),
        header=(message("Weeks before").translated(language), *(number(week, language) for week in weeks)),
        rows=tuple(
            (
                edition_name(edition, language),
                *(
                    number(points[edition, week], language) if (edition, week) in points else "\N{EN DASH}"
                    for week in weeks
                ),
            )
            for edition in editions
        ),
    )


def edition_name(edition: int, language: Language) -> str:
    """Return ``19e édition``, or ``Edition 19``."""
    return message("Edition {number}", number=edition).translated(language)


def _finding(points: Mapping[tuple[int, int], int], editions: Sequence[int], language: Language) -> str:
    """Compare the newest edition with the one before it, as long before the event."""
    newest = editions[-1]
    week = min(week for edition, week in points if edition == newest)
    count = number(points[newest, week], language)
    if len(editions) == 1 or (editions[-2], week) not in points:
        return message("{count} leaders are registered", count=count).translated(language)
    earlier = points[editions[-2], week]
    values = {"registered": count, "earlier": number(earlier, language)}
    if week:
        return plural(
            "{registered} registrations {count} week before, against {earlier} last year",
            "{registered} registrations {count} weeks before, against {earlier} last year",
            count=week,
            **values,
        ).translated(language)
    return message("{registered} registrations on the day, against {earlier} last year", **values).translated(language)


def _lines(points: Mapping[tuple[int, int], int], editions: Sequence[int], language: Language) -> Drawing:
    names = [edition_name(edition, language) for edition in editions]
    colours = [GREY, BRAND_LIGHT, BRAND][-len(editions) :]
    records = [
        {"edition": edition_name(edition, language), "weeks": week, "leaders": count}
        for (edition, week), count in points.items()
        if edition in editions[-3:]
    ]
    newest = min(week for edition, week in points if edition == editions[-1])
    ends = [row for row in records if row["edition"] == names[-1] and row["weeks"] == newest]
    across = alt.X(
        "weeks:Q",
        scale=alt.Scale(reverse=True, nice=False),
        axis=alt.Axis(
            title=message("weeks before the event").translated(language), grid=False, tickMinStep=1, format="d"
        ),
    )
    up = alt.Y("leaders:Q", axis=alt.Axis(title=message("registered leaders").translated(language), tickCount=5))
    colour = alt.Color("edition:N", scale=alt.Scale(domain=names[-3:], range=colours), legend=alt.Legend())
    lines = (
        alt.Chart(rows_of(records))
        .mark_line(strokeWidth=2.5, point=alt.OverlayMarkDef(size=28))
        .encode(x=across, y=up, color=colour)
    )
    labels = (
        alt.Chart(rows_of(ends))
        .mark_text(align="left", dx=8, fontSize=12, fontWeight="bold")
        .encode(x=across, y=up, text=alt.Text("leaders:Q", format=",d"), color=colour)
    )
    return alt.layer(lines, labels).properties(width=WIDTH_PX - _LABEL_ROOM_PX, height=230)
