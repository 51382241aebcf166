"""Outputs as files below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiangji.pages.output import Artifact, Page

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> int:
    """Write outputs below `folder`. Returns how many."""
    count = 0
    there: set[str] = set()
    for output in outputs:
        content = output.content
        # Strings and system calls: for four files a batch, objects would cost as much as writing does.
        target = f"{folder}/{output.file}"
        parent = target.rpartition("/")[0]
        if parent not in there:
            make_folder(parent)
            there.add(parent)
        write_bytes(target, content)
        count += 1
    return count


def write_bytes(target: str, content: bytes) -> None:
    """Write a file in a folder that is there. A file of that name is taken away first, and not written
    into: it may be one with a file of the last site."""
    try:
        handle = os.open(target, _NEW, 0o666)
    except FileExistsError:
        Path(target).unlink()
        handle = os.open(target, _NEW, 0o666)
    try:
        left = memoryview(content)
        while left:
            left = left[os.write(handle, left) :]
    finally:
        os.close(handle)


def make_folder(folder: str) -> None:
    """Make a folder and those that it lies in, unless it is there."""
    try:
        os.mkdir(folder)  # noqa: PTH102 (a Path for each batch, see above)
    except FileExistsError:
        return
    except FileNotFoundError:
        Path(folder).mkdir(parents=True, exist_ok=True)
