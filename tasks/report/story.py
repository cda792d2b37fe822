"""What came of the event, in plain sentences; a sentence whose figures were not measured is left out."""

from collections.abc import Iterator

from tasks.messages import Language, Message, message, plural
from tasks.pages import number
from tasks.report.definitions import DEFINITIONS
from tasks.report.figures import Figure, KeyFigures
from tasks.report.wording import amount, value_text


def story(figures: KeyFigures, language: Language) -> tuple[str, ...]:
    """Return the paragraphs in their order: people, meetings, wishes, opinions, returns."""
    parts = ((_people, _faithful), (_meetings, _kept), (_wishes,), (_opinions,), (_returns,))
    paragraphs = (
        " ".join(sentence.translated(language) for part in group for sentence in part(figures, language))
        for group in parts
    )
    return tuple(paragraph for paragraph in paragraphs if paragraph)


def missing(figures: KeyFigures, language: Language) -> tuple[str, ...]:
    """Return the names of the figures that were not measured at the current edition, in lower case."""
    names = (
        definition.label.translated(language) for definition in DEFINITIONS if figures.now(definition.code) is None
    )
    return tuple(name[0].lower() + name[1:] for name in names)


def _people(figures: KeyFigures, language: Language) -> Iterator[Message]:
    registered, present = figures.now("registered"), figures.now("present")
    if registered is None:
        return
    count = number(registered.value or 0, language)
    if present is None:
        yield message("{count} leaders are registered.", count=count)
    else:
        yield message(
            "{count} leaders had registered and {present} came.",
            count=count,
            present=number(present.value or 0, language),
        )
    earlier = figures.previous and figures.of(figures.previous, "registered")
    if earlier:
        yield _against(registered, earlier, language)


def _against(registered: Figure, earlier: Figure, language: Language) -> Message:
    change = round((registered.value or 0) - (earlier.value or 0))
    before = number(earlier.value or 0, language)
    if change == 0:
        return message("As many had registered last year.")
    if change > 0:
        return plural(
            "One more than last year ({before}).",
            "{count} more than last year ({before}).",
            count=change,
            before=before,
        )
    return plural(
        "One fewer than last year ({before}).", "{count} fewer than last year ({before}).", count=-change, before=before
    )


def _meetings(figures: KeyFigures, language: Language) -> Iterator[Message]:
    held, mean, within = (figures.now(code) for code in ("held", "meetings_mean", "meetings_in_range"))
    if held is None or mean is None:
        return
    yield message(
        "{held} meetings took place, that is {mean} per leader present.",
        held=number(held.value or 0, language),
        mean=value_text(mean, language),
    )
    if within is not None:
        yield message("{share} of the leaders had the number of meetings promised.", share=value_text(within, language))


def _kept(figures: KeyFigures, language: Language) -> Iterator[Message]:
    kept, same_day = figures.now("kept"), figures.now("same_day_share")
    if kept is not None:
        yield message("{share} of the planned meetings were kept.", share=value_text(kept, language))
    if same_day is not None and same_day.numerator:
        yield plural(
            "One meeting was fixed on the day itself.",
            "{count} meetings were fixed on the day itself.",
            count=same_day.numerator,
        )


def _wishes(figures: KeyFigures, language: Language) -> Iterator[Message]:
    held, mutual, planned = (
        figures.now(code) for code in ("requests_held", "requests_held_mutual", "requests_planned")
    )
    if held is not None:
        yield message("{share} of all wishes led to a meeting.", share=value_text(held, language))
        if mutual is not None:
            yield message("Where both had asked for each other, it is {share}.", share=value_text(mutual, language))
    elif planned is not None:
        yield message("{share} of all wishes are in the plan.", share=value_text(planned, language))


def _opinions(figures: KeyFigures, language: Language) -> Iterator[Message]:
    satisfaction, outcome = figures.now("satisfaction"), figures.now("outcome_rate")
    if satisfaction is not None:
        yield plural(
            "{share} of the leaders who answered the survey are satisfied ({count} answer).",
            "{share} of the leaders who answered the survey are satisfied ({count} answers).",
            count=satisfaction.denominator or 0,
            share=value_text(satisfaction, language),
        )
    if outcome is not None:
        yield message(
            "In {share} of the rated meetings, at least one side says that a cooperation is possible.",
            share=value_text(outcome, language),
        )


def _faithful(figures: KeyFigures, language: Language) -> Iterator[Message]:
    repeat = figures.now("repeat_share")
    if repeat is None:
        return
    share = value_text(repeat, language)
    if repeat.basis == "registered":
        yield message("Among those registered, {share} had come before.", share=share)
    else:
        yield message("Among those present, {share} had come before.", share=share)


def _returns(figures: KeyFigures, language: Language) -> Iterator[Message]:
    cost, benefits, roi = (figures.now(code) for code in ("cost_per_held_meeting", "benefits", "roi"))
    if cost is not None:
        yield message(
            "Counting the price and the leaders' time, a meeting cost {amount}.", amount=value_text(cost, language)
        )
    if benefits is not None and roi is not None:
        yield message(
            "The business reported since and due to the event is put at {amount}, a return of {roi}.",
            amount=value_text(benefits, language),
            roi=amount(roi.value or 0, "percent", language),
        )
