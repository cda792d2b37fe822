"""The headline figures as a Markdown table, for the Prefect page of the run."""

from tasks.messages import Language, message
from tasks.report.figures import KeyFigures
from tasks.report.page import headline_cells


def markdown(figures: KeyFigures, language: Language) -> str:
    """Return the headline figures of the current edition."""
    titles = [message("Figure"), message("Value"), message("Basis")]
    head = [title.translated(language) for title in titles]
    rows = [[label.translated(language), cell.value, cell.basis] for label, cell in headline_cells(figures, language)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in [head, ["---"] * len(head), *rows])
