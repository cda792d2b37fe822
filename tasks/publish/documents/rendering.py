"""Agendas to files in spawned processes. WeasyPrint takes no threads, so nothing is rendered in this one."""

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.files import write
from tasks.fonts import embedded_font
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.documents.agenda_page import page, sheet

_PROCESSES: Final = max(2, min(8, os.cpu_count() or 2))  # each takes 150 MB
_BATCH: Final = 6  # small enough for a lively progress line, large enough that handing over costs nothing


def render_all(agendas: Sequence[Agenda], folder: Path, design: Design = HOUSE) -> Iterator[int]:
    """Write page and sheet of every agenda into ``folder``; yield how many are done, after every batch.

    The pages are made here, while the processes lay out the sheets.
    """
    if not agendas:
        return
    batches = [agendas[start : start + _BATCH] for start in range(0, len(agendas), _BATCH)]
    done = 0
    with ProcessPoolExecutor(min(_PROCESSES, len(batches)), mp_context=get_context("spawn")) as pool:
        sheets = [pool.submit(write_sheets, batch, folder, design) for batch in batches]
        try:
            write_pages(agendas, folder, design)
            for finished in as_completed(sheets):
                done += finished.result()
                yield done
        finally:  # after the first that fails, nothing that has not begun is worth beginning
            pool.shutdown(cancel_futures=True)


def write_pages(agendas: Sequence[Agenda], folder: Path, design: Design) -> None:
    """Write the page of every agenda."""
    font = embedded_font()
    for agenda in agendas:
        write(folder / f"{agenda.leader_id}.html", page(agenda, font, design).encode("utf-8"))


def write_sheets(agendas: Sequence[Agenda], folder: Path, design: Design = HOUSE) -> int:
    """Write the sheet of some agendas and return how many; this runs in a process of its own.

    A layout makes a hundred thousand short-lived boxes in cycles: collecting them once a batch instead of all the
    time saves a fifth.
    """
    gc.disable()
    try:
        for agenda in agendas:
            write(folder / f"{agenda.leader_id}.pdf", sheet(agenda, design))
    finally:
        gc.enable()
    return len(agendas)
