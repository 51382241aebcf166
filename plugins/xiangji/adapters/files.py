"""Outputs as files below a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from xiangji.pages.output import Artifact, Page

_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)


Listing = dict[str, str]
"""By path in the site: size in bytes and time of change in nanoseconds, as two numbers in a text."""


def stamp(found: os.stat_result) -> str:
    """Size and time of change of a file."""
    return f"{found.st_size} {found.st_mtime_ns}"


def write_outputs(outputs: Iterable[Page | Artifact], folder: Path) -> Listing:
    """Write outputs below `folder`. Returns what is there of them then."""
    written: Listing = {}
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
        # After it was closed: not before do all systems tell the time that it keeps.
        written[output.file] = stamp(os.stat(target))  # noqa: PTH116 (as above)
    return written


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
