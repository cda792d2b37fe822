"""The report as a page: one template, in two languages, for the screen and for paper."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message
from tasks.pages import render
from tasks.pdf import to_pdf
from tasks.report.definitions import DEFINITIONS, THEMES, Definition
from tasks.report.figures import Edition, Figure, KeyFigures
from tasks.report.illustrations import ChartData, draw_charts
from tasks.report.published import compare
from tasks.report.story import missing, story
from tasks.report.wording import basis_text, value_text

LANGUAGES: Final[tuple[Language, ...]] = ("fr", "en")
TEMPLATE: Final = "report/report.html.j2"
_HEADLINES: Final = ("registered", "present", "held", "meetings_mean", "satisfaction", "repeat_share")
_EDITIONS_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Cell:
    """A figure in words: its value, what it rests on, and whether it was measured."""

    value: str
    basis: str
    is_measured: bool


@dataclass(frozen=True, slots=True)
class Row:
    """A figure over the editions shown, the current one last."""

    definition: Definition
    cells: tuple[Cell, ...]


def write_report(
    figures: KeyFigures, data: ChartData, event: Event, folder: Path, design: Design = HOUSE
) -> list[Path]:
    """Write the pages and their PDFs: report.fr.html, report.en.html, report.fr.pdf, report.en.pdf."""
    pages = [folder / f"report.{language}.html" for language in LANGUAGES]
    papers = [folder / f"report.{language}.pdf" for language in LANGUAGES]
    for language, page, paper in zip(LANGUAGES, pages, papers, strict=True):
        context = _context(figures, data, event, language) | {"design": design}
        write(page, render(TEMPLATE, language, **context).encode("utf-8"))
        write(paper, to_pdf(render(TEMPLATE, language, font="", **context)))
    return [*pages, *papers]


def headline_cells(figures: KeyFigures, language: Language) -> tuple[tuple[Message, Cell], ...]:
    """Return the headline figures of the current edition with their names."""
    labels = {definition.code: definition.label for definition in DEFINITIONS}
    return tuple((labels[code], _cell(figures.now(code), language)) for code in _HEADLINES)


def _context(figures: KeyFigures, data: ChartData, event: Event, language: Language) -> dict[str, object]:
    editions = figures.editions[-_EDITIONS_SHOWN:]
    return {
        "event": event,
        "edition": figures.current,
        "editions": editions,
        "tiles": headline_cells(figures, language),
        "story": story(figures, language),
        "missing": missing(figures, language),
        "themes": tuple(_themes(figures, editions, language)),
        "comparisons": compare(event, figures, language),
        "charts": draw_charts(data, figures, event, language),
        "definitions": DEFINITIONS,
        "without_presence": tuple(edition for edition in editions if _is_without_presence(figures, edition)),
    }


def _themes(
    figures: KeyFigures, editions: Sequence[Edition], language: Language
) -> Iterator[tuple[Message, tuple[Row, ...]]]:
    for theme, label in THEMES.items():
        yield (
            label,
            tuple(
                Row(definition, tuple(_cell(figures.of(edition, definition.code), language) for edition in editions))
                for definition in DEFINITIONS
                if definition.theme == theme
            ),
        )


def _cell(figure: Figure | None, language: Language) -> Cell:
    return Cell(value_text(figure, language), basis_text(figure, language), figure is not None)


def _is_without_presence(figures: KeyFigures, edition: Edition) -> bool:
    registered = figures.of(edition, "registered")
    return registered is not None and registered.basis == "registered"
