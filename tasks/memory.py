"""Memory that large work has freed goes back to the system.

The C library keeps what was freed in small pieces. After the choice of a large event that is hundreds of megabytes,
which the solver of a later stage, in a thread with a heap of its own, would ask of the system once more; after the
reading of 200,000 rows it is sixty, which DuckDB, with a heap of its own too, would ask for.
"""

import ctypes


def give_back() -> None:
    """Return freed memory, where the C library has a way to (glibc)."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
