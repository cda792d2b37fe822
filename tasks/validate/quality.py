"""The quality report: one page per language that an organiser reads before planning."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.event import Event
from tasks.files import write
from tasks.messages import Language, Message, message
from tasks.pages import number, render
from tasks.store import Database
from tasks.validate.gate import Gate, GateResult
from tasks.validate.gates import all_gates, limits_of
from tasks.validate.night import NightReport, read_night
from tasks.validate.questions import Waiting, waiting_questions
from tasks.validate.refusals import RefusedRow, refused_rows
from tasks.validate.verdict import Verdict

PAGES: Final[Mapping[Language, str]] = {"fr": "index.html", "en": "index.en.html"}
_FIGURES: Final[Mapping[str, Message]] = {
    "registered_count": message("leaders registered"),
    "last_year_count": message("leaders last year, as long before the event"),
    "wanted_meeting_count": message("meetings that could be wanted"),
    "possible_meeting_count": message("meetings for which there is a table"),
    "unknown_wish_count": message("wishes not recognised"),
    "typed_wish_count": message("wishes typed"),
    "set_aside_count": message("files set aside"),
    "review_count": message("questions waiting"),
    "refused_count": message("lines refused"),
}


@dataclass(frozen=True, slots=True)
class GateLine:
    """A gate and what it said, ready for the page."""

    gate: Gate
    result: GateResult
    named_figures: tuple[tuple[Message, int], ...]

    @property
    def state(self) -> str:
        """``stop``, ``warn`` or ``passed``."""
        return "passed" if self.result.is_passed else self.result.severity


@dataclass(frozen=True, slots=True)
class Run:
    """One judged state of the base, for the history."""

    input_sha256: str
    checked_at: datetime
    is_passed: bool
    stopped_count: int
    warned_count: int
    passed_count: int


@dataclass(frozen=True, slots=True)
class QualityReport:
    """Everything that the page shows; ``book`` is the name of the workbook of rejects beside it, empty without one."""

    verdict: Verdict
    lines: tuple[GateLine, ...]
    refused: tuple[RefusedRow, ...]
    waiting: tuple[Waiting, ...]
    runs: tuple[Run, ...]
    night: NightReport
    book: str = ""

    @property
    def ever_failed(self) -> tuple[Gate, ...]:
        """The gates that failed in one of the last nights, what stops first."""
        return self.night.ever_failed([line.gate for line in self.lines])

    @property
    def waiting_count(self) -> int:
        """How many questions wait for a person."""
        return sum(len(waiting.questions) for waiting in self.waiting)

    @property
    def fault_count(self) -> int:
        """How many refused cells and lines somebody should look at."""
        return sum(row.is_fault for row in self.refused)

    @property
    def refused_by_file(self) -> Mapping[str, int]:
        """How many refused cells and lines of each file are listed."""
        return Counter(row.file_name for row in self.refused)


def read_report(database: Database, event: Event, verdict: Verdict, night: date, book: str = "") -> QualityReport:
    """Gather what the page shows beside a verdict; ``book`` is the name of the night's workbook of rejects."""
    results = {result.code: result for result in verdict.results}
    return QualityReport(
        verdict=verdict,
        lines=_lines(all_gates(limits_of(event)), results),
        refused=refused_rows(database, event.id),
        waiting=waiting_questions(database, event.id),
        runs=tuple(Run(**row) for row in database.frame("audit/select_gate_runs", edition_id=event.id).to_dicts()),
        night=read_night(database, event, night),
        book=book,
    )


def write_pages(report: QualityReport, event: Event, folder: Path, design: Design = HOUSE) -> tuple[Path, ...]:
    """Write the page in both languages and return where they lie, French first."""
    return tuple(_write(report, event, folder / name, language, design) for language, name in PAGES.items())


def _write(report: QualityReport, event: Event, path: Path, language: Language, design: Design) -> Path:
    other = next(name for name in PAGES if name != language)
    text = render(
        "page/quality.html.j2",
        language,
        design=design,
        report=report,
        event=event,
        zone=event.zone,
        other_page=PAGES[other],
    )
    write(path, text.encode("utf-8"))
    return path


def _lines(gates: Sequence[Gate], results: Mapping[str, GateResult]) -> tuple[GateLine, ...]:
    """Put what stops first, then what warns, then what passed; within each, the order of the gates."""
    order = {"stop": 0, "warn": 1, "passed": 2}
    lines = [GateLine(gate, results[gate.code], _named_figures(results[gate.code])) for gate in gates]
    return tuple(sorted(lines, key=lambda line: order[line.state]))


def _named_figures(result: GateResult) -> tuple[tuple[Message, int], ...]:
    """Return the figures of a gate on the whole base; gates on rows have ids instead."""
    pairs = [part.partition("=") for key in result.failed_keys for part in key.split(" ") if "=" in part]
    return tuple((_FIGURES[name], int(float(value))) for name, _, value in pairs)


def markdown(report: QualityReport, language: Language) -> str:
    """Return the gates that did not pass as a Markdown table, for the Prefect page of the run."""
    head = [message("Check"), message("Concerned"), message("What to do")]
    rows = [
        [
            line.gate.rule.translated(language),
            number(line.result.failed_count, language),
            line.gate.remedy.translated(language),
        ]
        for line in report.lines
        if line.state != "passed"
    ]
    if not rows:
        return message("All checks of the registrations have passed.").translated(language)
    titles = [title.translated(language) for title in head]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [titles, ["---"] * len(titles), *rows])
