"""Large work in a second process while this one does something else: Python computes in one thread at a time.

The other process takes half a second to start and memory of its own: worth it for seconds of work only.
"""

import gc
import signal
from concurrent.futures import Executor, ProcessPoolExecutor
from multiprocessing import get_context


def second_process() -> Executor:
    """Return what calls functions in one other process, until the ``with`` block around it ends.

    What goes over must be picklable.
    """
    return ProcessPoolExecutor(1, get_context("spawn"), initializer=_begin)


def _begin() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches both processes: the other one answers it
    gc.disable()  # as in ``uncollected``: this process ends with its work
