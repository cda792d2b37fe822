"""The repeat share by edition, as the interval it is."""

from collections.abc import Sequence
from typing import Final

import altair as alt

from tasks.messages import Language, message
from tasks.pages import number
from tasks.report.charts.drawing import BRAND, BRAND_LIGHT, INK, WIDTH_PX, Chart, Drawing, draw, rows_of
from tasks.report.charts.registrations import edition_name
from tasks.report.figures import Edition, Figure
from tasks.report.wording import value_text

_HEADER: Final = (message("Leaders"), message("Sure"), message("Probable"), message("Interval"))


def repeat_chart(shares: Sequence[tuple[Edition, Figure]], language: Language) -> Chart:
    """Draw the repeat share of every edition that has an earlier one to compare with, oldest first."""
    newest, figure = shares[-1]
    title = message(
        "{share} of the leaders of edition {number} had come before",
        share=value_text(figure, language),
        number=newest.number,
    ).translated(language)
    return Chart(
        name="repeat",
        title=title[:1].upper() + title[1:],
        alt=message("Bar chart of the repeat share by edition, from sure to sure and probable.").translated(language),
        svg=draw(_bars(shares, language), "repeat", language),
        header=(message("Edition").translated(language), *(text.translated(language) for text in _HEADER)),
        rows=tuple(
            (
                edition_name(edition.number, language),
                number(share.denominator or 0, language),
                number(share.numerator or 0, language),
                number(share.unknown_count or 0, language),
                value_text(share, language),
            )
            for edition, share in shares
        ),
    )


def _bars(shares: Sequence[tuple[Edition, Figure]], language: Language) -> Drawing:
    records = [
        {
            "edition": edition_name(edition.number, language),
            "low": share.low,
            "high": share.high,
            "label": value_text(share, language),
        }
        for edition, share in shares
    ]
    names = [edition_name(edition.number, language) for edition, _ in shares]
    down = alt.Y("edition:N", sort=names, axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=INK))
    scale = alt.Scale(domain=[0, 1])
    base = alt.Chart(rows_of(records))
    sure = base.mark_bar(size=22, color=BRAND).encode(
        x=alt.X("low:Q", scale=scale, axis=alt.Axis(title=None, format="%", tickCount=5)), y=down
    )
    probable = base.mark_bar(size=22, color=BRAND_LIGHT).encode(x=alt.X("low:Q", scale=scale), x2="high:Q", y=down)
    labels = base.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(
        x=alt.X("high:Q", scale=scale), y=down, text="label:N"
    )
    height = 46 * len(records)
    return alt.layer(sure, probable, labels).properties(width=WIDTH_PX, height=height)
