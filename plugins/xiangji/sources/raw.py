"""The bytes of a file, with as few questions to the system as there can be: a village has ten thousand of them."""

from __future__ import annotations

import os

_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0)
_PIECE = 1 << 20


def read_raw(file: str | os.PathLike[str], size: int) -> bytes:
    """All bytes of a regular file that was just seen to have `size`, whatever it has by now. Raises OSError."""
    handle = os.open(file, _READ)
    try:
        found = os.read(handle, size + 1)
        if len(found) == size:
            return found
        pieces = [found]
        while piece := os.read(handle, _PIECE):
            pieces.append(piece)
        return b"".join(pieces)
    finally:
        os.close(handle)
