"""Numba's compiler, with a cache that an edit of any kernel empties.

Numba notices an edit of the file a function stands in, not of the functions that it inlined from another file. So
the cache lies in a folder named after the content of all kernels; the first call compiles for about 20 s of CPU.
"""

import hashlib
from pathlib import Path
from typing import Final

from numba import config, njit

_HERE: Final = Path(__file__).parent
KERNELS: Final = (
    "agendas.py",
    "homing.py",
    "kempe.py",
    "placing.py",
    "seating.py",
    "settling.py",
    "sweeps.py",
    "trades.py",
)
_CONTENT: Final = hashlib.sha256(b"".join((_HERE / name).read_bytes() for name in KERNELS)).hexdigest()

config.CACHE_DIR = str(_HERE / "__pycache__" / f"kernels-{_CONTENT[:12]}")  # type: ignore[attr-defined]  # filled at import
compiled = njit(cache=True, nogil=True)
