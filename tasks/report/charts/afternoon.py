"""The afternoon slot by slot: tables taken, and what became of the meetings."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

import altair as alt

from tasks.messages import Language, Message, message
from tasks.pages import clock, number
from tasks.report.charts.drawing import ACCENT, BRAND, GREY, INK, WIDTH_PX, Chart, Drawing, draw, rows_of

_STATES: Final[dict[str, Message]] = {
    "held_count": message("held"),
    "no_show_count": message("no-show"),
    "open_count": message("outcome not known"),
}
_COLOURS: Final = {"held_count": BRAND, "no_show_count": ACCENT, "open_count": GREY}


def afternoon_chart(slots: Sequence[Mapping[str, Any]], language: Language) -> Chart:
    """Draw the slots of the plan as it was run.

    Rows have ``starts_at`` (aware), ``planned_count``, ``held_count``, ``no_show_count`` and ``table_count``.
    """
    rows = [{**row, "open_count": row["planned_count"] - row["held_count"] - row["no_show_count"]} for row in slots]
    fullest = max(rows, key=lambda row: row["planned_count"])
    title = message(
        "At {time} the room is fullest, with {count} of {total} tables taken",
        time=clock(fullest["starts_at"], language),
        count=number(fullest["planned_count"], language),
        total=number(fullest["table_count"], language),
    ).translated(language)
    states = {column: label for column, label in _STATES.items() if any(row[column] for row in rows)}
    return Chart(
        name="afternoon",
        title=title,
        alt=message("Stacked columns of the meetings of each slot, with the number of tables as a line.").translated(
            language
        ),
        svg=draw(_columns(rows, states, language), "afternoon", language),
        header=(message("Slot").translated(language), *(_short(row["starts_at"]) for row in rows)),
        rows=tuple(
            (label.translated(language), *(number(row[column], language) for row in rows))
            for column, label in states.items()
        ),
    )


def _short(starts_at: datetime) -> str:
    return f"{starts_at:%H:%M}"


def _columns(rows: Sequence[Mapping[str, Any]], states: Mapping[str, Message], language: Language) -> Drawing:
    names = {column: label.translated(language) for column, label in states.items()}
    records = [
        {"slot": _short(row["starts_at"]), "state": name, "order": order, "meetings": row[column]}
        for row in rows
        for order, (column, name) in enumerate(names.items())
    ]
    bars = (
        alt.Chart(rows_of(records))
        .mark_bar()
        .encode(
            x=alt.X("slot:O", axis=alt.Axis(title=None, labelAngle=0, ticks=False)),
            y=alt.Y(
                "meetings:Q", axis=alt.Axis(title=message("tables taken").translated(language), tickCount=5, format="d")
            ),
            color=alt.Color(
                "state:N", scale=alt.Scale(domain=list(names.values()), range=[_COLOURS[column] for column in names])
            ),
            order="order:Q",
        )
    )
    tables = max(row["table_count"] for row in rows)
    limit = alt.Chart(rows_of([{"tables": tables}]))
    line = limit.mark_rule(color=INK, strokeDash=[4, 4]).encode(y="tables:Q")
    label = message("{count} tables", count=number(tables, language)).translated(language)
    text = limit.mark_text(align="right", dy=-8, color=INK, fontSize=12, text=label).encode(
        y="tables:Q", x=alt.value(WIDTH_PX)
    )
    return alt.layer(bars, line, text).properties(width=WIDTH_PX, height=210)
