"""What leaders said of each meeting."""

from collections.abc import Mapping
from typing import Final

import altair as alt

from tasks.messages import Language, Message, message
from tasks.pages import number, percent
from tasks.report.charts.drawing import ACCENT, BRAND, BRAND_LIGHT, GREY, INK, WIDTH_PX, Chart, Drawing, draw, rows_of

RATINGS: Final[dict[str, Message]] = {
    "cooperation_possible": message("Cooperation possible"),
    "informative_only": message("Informative only"),
    "insufficient_interest": message("Insufficient interest"),
    "did_not_take_place": message("Did not take place"),
}
_COLOURS: Final = (BRAND, BRAND_LIGHT, GREY, ACCENT)


def ratings_chart(counts: Mapping[str, int], language: Language) -> Chart:
    """Draw the answers by rating; ``counts`` maps the codes of ``day.rating`` to answers."""
    total = sum(counts.values())
    title = message(
        "{share} of the answers see a cooperation ahead ({count} of {total})",
        share=percent(counts.get("cooperation_possible", 0) / total, language, 0),
        count=number(counts.get("cooperation_possible", 0), language),
        total=number(total, language),
    ).translated(language)
    labels = {code: label.translated(language) for code, label in RATINGS.items()}
    return Chart(
        name="ratings",
        title=title,
        alt=message("Bar chart of the answers about meetings, by rating.").translated(language),
        svg=draw(_bars(counts, total, labels, language), "ratings", language),
        header=(message("Rating").translated(language), *labels.values()),
        rows=(
            (
                message("Answers").translated(language),
                *(number(counts.get(code, 0), language) for code in labels),
            ),
        ),
        note=message("Each side may rate a meeting: these are answers, not meetings.").translated(language),
    )


def _bars(counts: Mapping[str, int], total: int, labels: Mapping[str, str], language: Language) -> Drawing:
    records = [
        {
            "rating": label,
            "answers": counts.get(code, 0),
            "label": percent(counts.get(code, 0) / total, language, 0),
        }
        for code, label in labels.items()
    ]
    names = list(labels.values())
    base = alt.Chart(rows_of(records))
    down = alt.Y(
        "rating:N", sort=names, axis=alt.Axis(title=None, ticks=False, domain=False, labelColor=INK, labelLimit=220)
    )
    across = alt.X("answers:Q", axis=alt.Axis(title=None, tickCount=5, format=",d"))
    bars = base.mark_bar(size=22).encode(
        x=across, y=down, color=alt.Color("rating:N", scale=alt.Scale(domain=names, range=_COLOURS), legend=None)
    )
    texts = base.mark_text(align="left", dx=8, color=INK, fontSize=12).encode(x=across, y=down, text="label:N")
    return alt.layer(bars, texts).properties(width=WIDTH_PX - 140, height=40 * len(records))
