"""Writes a site as a ZIP that opens from a folder, such as one on a USB stick, without a server.

The same site makes the same bytes. Names are marked as UTF-8, so that Windows unpacks Chinese names as they are. The
comment at the end of the file holds a digest of what lies in it: a ZIP that somebody else made, or that was changed, is
never replaced.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from pathlib import Path

from xiangji.output.offline_pages import offline_data, offline_file
from xiangji.output.single_file import file_clear, look_at
from xiangji.regular_file import read_regular

_MARK = "xiangji "
_DAY = (1980, 1, 1, 0, 0, 0)
"""The first day that a ZIP can tell: no time of a file lies in it."""
_UNIX = 3
_PACKED = frozenset(".jpg .jpeg .png .webp .mp3 .m4a .ogg .opus .pdf .zip .xlsx .woff2".split())
"""Endings of files that are compressed already."""
_LARGEST = 2_000_000_000


class ForeignZip(Exception):
    """At the place of the ZIP lies a file that we did not write, or that was changed since."""


def offline_files(folder: Path, names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield name and content of each file for a site without a server. Raises `OSError`."""
    there = frozenset(names)
    for name in sorted(there):
        content = read_regular(folder / name, _LARGEST, follow=False)
        for each in (offline_file(name, content, there), offline_data(name, content)):
            if each:
                yield each


def write_zip(target: Path, files: Iterable[tuple[str, bytes]]) -> int:
    """Write the files into a ZIP, in this order, and return its size in bytes.

    The file is replaced as a whole. Raises `ForeignZip` before anything is written, and `OSError`.
    """
    file_clear(target, target.name)
    if look_at(target) and not is_ours(target):
        raise ForeignZip(target.name)
    handle, name = tempfile.mkstemp(prefix=f".{target.name[:40]}.", dir=target.parent)
    fresh = Path(name)
    try:
        with os.fdopen(handle, "w+b") as stream:
            _fill(stream, files)
            stream.flush()
            os.fsync(stream.fileno())
            size = stream.tell()
        fresh.chmod(0o644)
        fresh.replace(target)
    except BaseException:
        fresh.unlink(missing_ok=True)
        raise
    return size


def is_ours(target: Path) -> bool:
    """Whether a file is a ZIP that we wrote and nobody changed."""
    try:
        with zipfile.ZipFile(target) as found:
            return found.comment == _comment(found)
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def _fill(stream: object, files: Iterable[tuple[str, bytes]]) -> None:
    with zipfile.ZipFile(stream, "w") as made:  # type: ignore[call-overload]
        for name, content in files:
            entry = zipfile.ZipInfo(name, _DAY)
            entry.create_system = _UNIX
            entry.external_attr = 0o644 << 16
            packed = Path(name).suffix.lower() in _PACKED
            entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
            made.writestr(entry, content)
        made.comment = _comment(made)


def _comment(found: zipfile.ZipFile) -> bytes:
    """Return our mark, with a digest of names and checksums."""
    rows = "\n".join(f"{each.filename} {each.CRC:08x}" for each in found.infolist())
    return f"{_MARK}{hashlib.sha256(rows.encode('utf-8', 'surrogateescape')).hexdigest()}".encode()
