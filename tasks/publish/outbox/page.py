"""The outbox as a page for the organiser, in both languages. It names people, and lies in the workspace only."""

from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.files import write
from tasks.messages import Language
from tasks.pages import render
from tasks.publish.outbox.overview import Overview, reason
from tasks.workspace import Workspace

FILES: Final[dict[Language, str]] = {"fr": "index.html", "en": "index.en.html"}


def write_outbox_page(workspace: Workspace, found: Overview, design: Design = HOUSE) -> Path:
    """Write ``out/outbox/index.html`` and its English twin; return the first."""
    folder = workspace.out / "outbox"
    last_error = found.last_error and reason(found.last_error)
    for language, name in FILES.items():
        context = {"event": workspace.event, "outbox": found, "last_error": last_error, "design": design}
        page = render("page/outbox.html.j2", language, **context)
        write(folder / name, page.encode("utf-8"))
    return folder / FILES["fr"]
