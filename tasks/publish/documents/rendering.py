"""Documents to files in processes of their own. WeasyPrint takes no threads, so nothing is rendered in this one.

Where the system can, they are forked off one that has imported all they need and does nothing else: the second process
costs neither the second of imports nor the memory again. A fork of this one would take its threads and locks along.
"""

import gc
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Final

from tasks.design import HOUSE, Design
from tasks.files import write
from tasks.fonts import embedded_font
from tasks.publish.agendas.agenda import Agenda
from tasks.publish.documents.agenda_page import page, sheet

_PROCESSES: Final = max(2, min(8, os.cpu_count() or 2))  # each takes 150 MB
_METHOD: Final = "forkserver" if "forkserver" in get_all_start_methods() else "spawn"
_IMPORTED: Final = ("__main__", __name__, "tasks.pdf", "tasks.publish.documents.printed.piece")
_BATCH: Final = 4  # small enough that all processes end together, large enough that handing over costs nothing


@contextmanager
def processes() -> Iterator[Executor]:
    """Lend processes that lay out what they are given. None is started before there is something to do.

    After the first document that fails, nothing that has not begun is worth beginning.
    """
    context = get_context(_METHOD)
    context.set_forkserver_preload(list(_IMPORTED))
    pool = ProcessPoolExecutor(_PROCESSES, mp_context=context)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


def render_all(agendas: Sequence[Agenda], folder: Path, design: Design, pool: Executor) -> Iterator[int]:
    """Write page and sheet of every agenda into ``folder``; yield how many are done, after every batch.

    The processes begin at once, not when the first count is asked for.
    """
    batches = [agendas[start : start + _BATCH] for start in range(0, len(agendas), _BATCH)]
    return _counted([pool.submit(write_agendas, batch, folder, design) for batch in batches])


def _counted(batches: Sequence[Future[int]]) -> Iterator[int]:
    done = 0
    for finished in as_completed(batches):
        done += finished.result()
        yield done


def write_agendas(agendas: Sequence[Agenda], folder: Path, design: Design = HOUSE) -> int:
    """Write page and sheet of some agendas and return how many; this runs in a process of its own.

    A layout makes a hundred thousand short-lived boxes in cycles: collecting them once a batch instead of all the
    time saves a fifth.
    """
    font = embedded_font()
    gc.disable()
    try:
        for agenda in agendas:
            write(folder / f"{agenda.leader_id}.html", page(agenda, font, design).encode("utf-8"))
            write(folder / f"{agenda.leader_id}.pdf", sheet(agenda, design))
    finally:
        gc.enable()
    return len(agendas)
