"""Figures as a reader meets them, and the sentences made of them."""

import pytest

from tasks.messages import Language
from tasks.report.definitions import DEFINITIONS
from tasks.report.figures import Figure
from tasks.report.story import missing, story
from tasks.report.wording import amount, basis_text, value_text
from tests.report.builders import E18, E19, small_world
from tests.report.conftest import Measure, figure, figures_of

SHARE = figure("kept", 0.6, numerator=3, denominator=5, unknown_count=2, low=0.23072, high=0.88238)
FAITHFUL = figure("repeat_share", 0.4, numerator=2, denominator=5, unknown_count=1, low=0.4, high=0.6)


@pytest.mark.parametrize(
    ("given", "language", "text"),
    [
        (SHARE, "fr", "60,0\u202f%"),
        (SHARE, "en", "60.0%"),
        (FAITHFUL, "fr", "40,0\u202f% à 60,0\u202f%"),
        (FAITHFUL, "en", "40.0% to 60.0%"),
        (figure("retention", 0.5, low=0.5, high=0.5), "en", "50.0%"),
        (figure("held", 1100.0, unit="count"), "fr", "1\u202f100"),
        (figure("meetings_mean", 13.75, unit="mean"), "fr", "13,8"),
        (figure("nps", 25.0, unit="points"), "en", "+25"),
        (figure("nps", -12.4, unit="points"), "fr", "\u221212"),
        (figure("nps", 0.0, unit="points"), "fr", "0"),
        (figure("cost_per_held_meeting", 27_600.0, unit="cents"), "fr", "276,00\xa0€"),
        (figure("roi", 226.09, unit="percent"), "fr", "+226\u202f%"),
        (figure("kept", None), "fr", "non mesuré"),
        (None, "en", "not measured"),
    ],
)
def test_a_value_in_words(given: Figure | None, language: Language, text: str) -> None:
    assert value_text(given, language) == text


@pytest.mark.parametrize(
    ("given", "language", "text"),
    [
        (SHARE, "en", "3 out of 5, 2 unknown, interval at 95%: 23.1% to 88.2%"),
        (SHARE, "fr", "3 sur 5, 2 inconnus, intervalle à 95\u202f%\u202f: 23,1\u202f% à 88,2\u202f%"),
        (FAITHFUL, "fr", "2 sur 5, 1 probable"),
        (figure("meetings_median", 2.0, denominator=5, unit="mean"), "fr", "sur 5"),
        (figure("held", 5.0, numerator=5, unit="count"), "en", ""),
        (
            figure("roi", 226.0, numerator=312_000, denominator=138_000, unit="percent"),
            "en",
            "€3,120.00 out of €1,380.00",
        ),
        (
            figure("cost_per_held_meeting", 27_600.0, numerator=138_000, denominator=5, unit="cents"),
            "en",
            "€1,380.00 out of 5",
        ),
        (None, "en", ""),
    ],
)
def test_what_a_figure_rests_on(given: Figure | None, language: Language, text: str) -> None:
    assert basis_text(given, language) == text


def test_an_amount_of_shares_is_a_percentage() -> None:
    assert amount(0.5, "share", "en") == "50.0%"


def test_every_figure_of_the_database_has_a_definition(measure: Measure) -> None:
    codes = {code for _, code in measure(small_world()).by_code}
    assert {definition.code for definition in DEFINITIONS} == codes


def test_the_story_of_the_small_world(measure: Measure) -> None:
    assert story(measure(small_world()), "en") == (
        (
            "6 leaders had registered and 5 came. 2 more than last year (4). "
            "Among those present, 40.0% to 60.0% had come before."
        ),
        (
            "5 meetings took place, that is 2.0 per leader present. "
            "0.0% of the leaders had the number of meetings promised. "
            "60.0% of the planned meetings were kept. 2 meetings were fixed on the day itself."
        ),
        "62.5% of all wishes led to a meeting. Where both had asked for each other, it is 100.0%.",
        (
            "66.7% of the leaders who answered the survey are satisfied (3 answers). "
            "In 33.3% of the rated meetings, at least one side says that a cooperation is possible."
        ),
        (
            "Counting the price and the leaders' time, a meeting cost €276.00. "
            "The business reported since and due to the event is put at €4,500.00, a return of +226%."
        ),
    )


def test_before_the_event_the_story_tells_the_plan() -> None:
    figures = figures_of(
        figure("registered", 6.0, unit="count", basis="registered"),
        figure("requests_planned", 0.75),
        figure("repeat_share", 0.5, low=0.5, high=0.5, basis="registered"),
    )
    assert story(figures, "en") == (
        "6 leaders are registered. Among those registered, 50.0% had come before.",
        "75.0% of all wishes are in the plan.",
    )


@pytest.mark.parametrize(
    ("before", "sentence"),
    [
        (7.0, "One fewer than last year (7)."),
        (9.0, "3 fewer than last year (9)."),
        (6.0, "As many had registered last year."),
        (5.0, "One more than last year (5)."),
    ],
)
def test_registrations_are_compared_with_last_year(before: float, sentence: str) -> None:
    figures = figures_of(
        figure("registered", 6.0, unit="count"), figure("registered", before, unit="count", edition_id=E18)
    )
    assert story(figures, "en") == (f"6 leaders are registered. {sentence}",)


def test_with_nothing_measured_there_is_no_story() -> None:
    assert story(figures_of(), "fr") == ()


def test_a_figure_may_lack_its_neighbours() -> None:
    figures = figures_of(
        figure("held", 1.0, unit="count"),
        figure("meetings_mean", 1.0, unit="mean"),
        figure("requests_held", 0.5),
        figure("same_day_share", 0.0, numerator=0, denominator=1),
    )
    assert story(figures, "en") == (
        "1 meetings took place, that is 1.0 per leader present.",
        "50.0% of all wishes led to a meeting.",
    )


def test_what_is_missing_is_named_as_within_a_sentence() -> None:
    measured = [figure(definition.code, 1.0) for definition in DEFINITIONS if definition.code not in {"kept", "roi"}]
    assert missing(figures_of(*measured), "fr") == ("rendez-vous honorés", "retour sur investissement")
    assert measured[0].edition_id == E19
