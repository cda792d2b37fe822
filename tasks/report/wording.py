"""A figure in the language of the reader: value, interval, and what it rests on."""

from tasks.messages import Language, message, plural
from tasks.pages import money, number, percent
from tasks.report.figures import Figure, Unit


def value_text(figure: Figure | None, language: Language) -> str:
    """Return the value: ``62,2 %``, ``de 58,1 % à 62,2 %`` where it is an interval by nature, or ``not measured``."""
    if figure is None or figure.value is None:
        return message("not measured").translated(language)
    if is_identity_interval(figure) and figure.low is not None and figure.high is not None:
        low, high = (amount(bound, figure.unit, language) for bound in (figure.low, figure.high))
        if low != high:
            return message("{low} to {high}", low=low, high=high).translated(language)
    return amount(figure.value, figure.unit, language)


def amount(value: float, unit: Unit, language: Language) -> str:
    """Write a value in its unit, as a reader of that language expects it."""
    match unit:
        case "count":
            return number(value, language)
        case "mean":
            return number(value, language, 1)
        case "share":
            return percent(value, language)
        case "points":
            return _signed(number(abs(value), language), value)
        case "cents":
            return money(round(value), language)
        case "percent":
            return _signed(percent(abs(value) / 100, language, 0), value)


def is_identity_interval(figure: Figure) -> bool:
    """Say whether the bounds are those of recognising people rather than of few answers."""
    return figure.code in {"repeat_share", "retention"}


def basis_text(figure: Figure | None, language: Language) -> str:
    """Return numerator, denominator, unknowns and the interval of few answers: ``112 out of 180, 3 unknown``."""
    if figure is None or figure.value is None:
        return ""
    parts = [_fraction(figure, language), _unknown(figure, language), _interval(figure, language)]
    return ", ".join(part for part in parts if part)


def _fraction(figure: Figure, language: Language) -> str:
    if figure.denominator is None:
        return ""
    if figure.numerator is None:
        return message("out of {denominator}", denominator=number(figure.denominator, language)).translated(language)
    is_money = figure.code in {"cost_per_held_meeting", "roi"}
    return message(
        "{numerator} out of {denominator}",
        numerator=money(figure.numerator, language) if is_money else number(figure.numerator, language),
        denominator=money(figure.denominator, language)
        if figure.code == "roi"
        else number(figure.denominator, language),
    ).translated(language)


def _unknown(figure: Figure, language: Language) -> str:
    if not figure.unknown_count:
        return ""
    if is_identity_interval(figure):
        return plural("{count} probable", "{count} probable", count=figure.unknown_count).translated(language)
    return plural("{count} unknown", "{count} unknown", count=figure.unknown_count).translated(language)


def _interval(figure: Figure, language: Language) -> str:
    if figure.low is None or figure.high is None or is_identity_interval(figure):
        return ""
    low, high = (amount(bound, figure.unit, language) for bound in (figure.low, figure.high))
    return message("interval at 95%: {low} to {high}", low=low, high=high).translated(language)


def _signed(text: str, value: float) -> str:
    sign = "+" if value > 0 else "\u2212" if value < 0 else ""
    return sign + text
