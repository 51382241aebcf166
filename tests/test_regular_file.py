"""Only regular files are read, and never more of them than was said."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from xiangji.readers.site.junk import is_junk
from xiangji.regular_file import NotRegular, TooLarge, read_regular, real_path


def test_a_file_of_just_that_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    assert read_regular(tmp_path / "a", 5) == b"12345"
    with pytest.raises(TooLarge) as told:
        read_regular(tmp_path / "a", 4)
    assert (told.value.size, told.value.largest) == (5, 4)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_a_device_a_socket_and_a_folder_are_no_files(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "device").symlink_to("/dev/zero")
    for name in ("pipe", "device"):
        with pytest.raises(NotRegular):
            read_regular(tmp_path / name, 100)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket"))
        with pytest.raises(OSError):
            read_regular(tmp_path / "socket", 100)
    with pytest.raises(OSError):
        read_regular(tmp_path, 100)


def test_what_says_that_it_is_empty_and_is_not_has_a_limit_too() -> None:
    """Files of the system have a size of 0."""
    if not Path("/proc/self/status").exists():
        pytest.skip("this system has no files that grow while they are read")
    with pytest.raises(TooLarge):
        read_regular("/proc/self/status", 10)


JUNK = [
    "._story.md",
    "~$批次.xlsx",
    "Thumbs.db",
    ".DS_Store",
    "desktop.ini",
    ".story.md.swp",
    "story.md~",
    "#story.md#",
]


@pytest.mark.parametrize(
    "name", [*JUNK, "__MACOSX", ".~lock.批次.xlsx#", "THUMBS.DB", ".#story.md", "4913", "Icon\r"]
)
def test_what_systems_leave_behind(name: str) -> None:
    assert is_junk(name)


@pytest.mark.parametrize(
    "name", ["story.md", "CNAME", "MP_verify_x.txt", "~", ".well-known", "4913.md", "thumbs.md"]
)
def test_what_somebody_wrote(name: str) -> None:
    assert is_junk(name) is (name == "~")


def test_links_in_a_ring_lead_nowhere_and_others_to_their_end(tmp_path: Path) -> None:
    """Under every version of Python alike."""
    for name, target in (("a", "b"), ("b", "a"), ("gone", "nothing"), ("way", "folder")):
        (tmp_path / name).symlink_to(target)
    (tmp_path / "folder").mkdir()
    for ring in ("a", "b", "a/file.yml"):
        with pytest.raises(OSError, match=r"[Ll]ink|[Ll]oop"):
            real_path(tmp_path / ring)
    top = tmp_path.resolve()
    assert real_path(tmp_path / "gone") == top / "nothing"
    assert real_path(tmp_path / "way" / "new.yml") == top / "folder" / "new.yml"
