"""Outputs as files below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from xiangji.pages.output import Artifact, Page

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0)


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> int:
    """Write outputs below `folder`. Returns how many."""
    count = 0
    there: set[str] = set()
    for output in outputs:
        content = output.document.encode() if isinstance(output, Page) else output.content
        # Strings and system calls: for four files a batch, objects would cost as much as writing does.
        target = f"{folder}/{output.file}"
        parent = target.rpartition("/")[0]
        if parent not in there:
            _make(parent)
            there.add(parent)
        write_bytes(target, content)
        count += 1
    return count


def write_bytes(target: str, content: bytes) -> None:
    """Write a file in a folder that is there."""
    handle = os.open(target, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


def _make(folder: str) -> None:
    try:
        os.mkdir(folder)  # noqa: PTH102 (a Path for each batch, see above)
    except FileExistsError:
        return
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
