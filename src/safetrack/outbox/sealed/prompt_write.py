"""Write into a file without handing the interpreter to another thread.

`os.pwrite` lets other threads run meanwhile. Copying some hundred bytes into the kernel's memory
takes a microsecond; getting the interpreter back from a thread that computes takes milliseconds,
which every fiftieth call of `track` would wait. The price: a disk so busy that the kernel makes
writers wait holds up all threads, not one.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Callable
from functools import cache
from typing import Final

_NAMES: Final = ("pwrite64", "pwrite")
"""Where a C library has both, the first one's offsets have 64 bits on every machine."""


def write_promptly(file: int, data: bytes, at: int) -> None:
    """Write `data` at a place of a file.

    Raises:
        OSError: Not all of it could be written.
    """
    if _pwrite()(file, data, len(data), at) != len(data):
        raise OSError(ctypes.get_errno(), "not written in full")


@cache
def _pwrite() -> Callable[[int, bytes, int, int], int]:
    library = ctypes.PyDLL(None, use_errno=True)  # a PyDLL's functions keep the interpreter
    name = next((name for name in _NAMES if hasattr(library, name)), None)
    if name is None:
        return lambda file, data, _size, at: os.pwrite(file, data, at)
    function = getattr(library, name)
    function.argtypes = (ctypes.c_int, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_int64)
    function.restype = ctypes.c_ssize_t
    found: Callable[[int, bytes, int, int], int] = function
    return found
