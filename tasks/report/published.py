"""What was published about the edition, laid beside what was measured."""

from collections.abc import Iterator
from dataclasses import dataclass

from tasks.event import Event
from tasks.event_sections import Published
from tasks.messages import Language, Message, message
from tasks.pages import money, number, percent
from tasks.report.figures import KeyFigures
from tasks.report.wording import basis_text, value_text


@dataclass(frozen=True, slots=True)
class Comparison:
    """One published figure beside ours, in the language of the reader."""

    label: Message
    published: str
    measured: str
    basis: str
    is_measured: bool = True


def compare(event: Event, figures: KeyFigures, language: Language) -> tuple[Comparison, ...]:
    """Return one comparison for every figure that ``event.published`` holds."""
    published = event.published
    return (
        *_leaders(published, figures, language),
        *_meetings(published, figures, language),
        *_shares(published, figures, language),
        *_price(event, language),
    )


def _leaders(published: Published, figures: KeyFigures, language: Language) -> Iterator[Comparison]:
    if published.leaders is None:
        return
    registered, present = figures.now("registered"), figures.now("present")
    basis = message("{present} present", present=value_text(present, language)).translated(language) if present else ""
    yield Comparison(
        message("Leaders"),
        number(published.leaders, language),
        value_text(registered, language),
        basis,
        registered is not None,
    )


def _meetings(published: Published, figures: KeyFigures, language: Language) -> Iterator[Comparison]:
    if published.meetings_minimum is None or published.meetings_maximum is None:
        return
    least, most, within = (figures.now(code) for code in ("meetings_minimum", "meetings_maximum", "meetings_in_range"))
    measured = value_text(None, language)
    if least is not None and most is not None:
        measured = message(
            "{low} to {high}", low=value_text(least, language), high=value_text(most, language)
        ).translated(language)
    basis = ""
    if within is not None:
        basis = message("{share} of the leaders within the range", share=value_text(within, language)).translated(
            language
        )
    yield Comparison(
        message("Meetings per leader"),
        message("{low} to {high}", low=published.meetings_minimum, high=published.meetings_maximum).translated(
            language
        ),
        measured,
        basis,
        least is not None,
    )


def _shares(published: Published, figures: KeyFigures, language: Language) -> Iterator[Comparison]:
    before = figures.of(figures.previous, "repeat_share") if figures.previous else None
    rows = (
        (message("Satisfaction"), published.satisfaction, figures.now("satisfaction")),
        (message("Repeat share"), published.repeat_share, figures.now("repeat_share")),
        (message("Repeat share, edition before"), published.repeat_before, before),
    )
    for label, share, figure in rows:
        if share is not None:
            yield Comparison(
                label,
                percent(share, language, 0),
                value_text(figure, language),
                basis_text(figure, language),
                figure is not None,
            )


def _price(event: Event, language: Language) -> Iterator[Comparison]:
    if event.published.price is None:
        return
    yield Comparison(
        message("Price"),
        money(round(event.published.price * 100), language),
        money(round(event.price.including_vat * 100), language),
        message("VAT included").translated(language),
    )
