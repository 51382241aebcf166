"""The store of what is expensive to make: safe to delete, never believed blindly."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from built import environment
from xiangji import cache as module
from xiangji.cache import Cache, secret


class Maker:
    """Makes its content and counts how often."""

    def __init__(self, content: bytes) -> None:
        self.content = content
        self.calls = 0

    def __call__(self) -> bytes:
        self.calls += 1
        return self.content


def stored(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file()]


def test_what_was_made_is_not_made_again(tmp_path: Path) -> None:
    make = Maker(b"a")
    assert [Cache(tmp_path).made("key", make, bytes) for _ in range(3)] == [b"a"] * 3
    assert make.calls == 1
    assert len(stored(tmp_path)) == 1


def test_keys_are_kept_apart(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("a", "b", "../../a", "甲" * 400, ""):
        assert cache.made(key, Maker(key.encode()), bytes) == key.encode()
    for key in ("a", "b", "../../a", "甲" * 400, ""):
        assert cache.made(key, Maker(b"other"), bytes) == key.encode()
    assert all(file.is_relative_to(tmp_path) for file in stored(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 32 + b"other"])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.made("key", Maker(b"good"), bytes)
    stored(tmp_path)[0].write_bytes(damage)
    again = Maker(b"good")
    assert cache.made("key", again, bytes) == b"good"
    assert again.calls == 1
    assert cache.made("key", again, bytes) == b"good"
    assert again.calls == 1


def test_nothing_may_be_empty_and_still_be_something(tmp_path: Path) -> None:
    make = Maker(b"")
    assert [Cache(tmp_path).made("key", make, bytes) for _ in range(2)] == [b"", b""]
    assert make.calls == 1


def test_without_a_folder_nothing_is_remembered() -> None:
    make = Maker(b"a")
    cache = Cache()
    assert [cache.made("key", make, bytes) for _ in range(2)] == [b"a", b"a"]
    assert make.calls == 2


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert Cache(tmp_path / "file").made("key", Maker(b"a"), bytes) == b"a"


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        Cache(tmp_path).made("key", fail, bytes)
    assert stored(tmp_path) == []


# --- written by others -------------------------------------------------------------------------------


@pytest.fixture
def another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Another user of this computer, or this one on another."""
    monkeypatch.setenv(
        "LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME", str(tmp_path / "own")
    )
    secret.cache_clear()
    yield
    secret.cache_clear()


def test_what_another_user_stored_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "cache"
    Cache(folder).store("key", b"theirs")
    monkeypatch.setattr(module, "secret", lambda: b"x" * 32)
    assert Cache(folder).stored("key", bytes) is None
    Cache(folder).store("key", b"ours")
    assert Cache(folder).stored("key", bytes) == b"ours"


def test_a_plain_digest_proves_nothing(tmp_path: Path) -> None:
    Cache(tmp_path).store("key", b"good")
    (entry,) = stored(tmp_path)
    for digest in (hashlib.sha256, lambda each: hashlib.blake2b(each, digest_size=32)):
        entry.write_bytes(digest(b"evil").digest() + b"evil")
        assert Cache(tmp_path).stored("key", bytes) is None


def test_an_entry_at_the_place_of_another_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("a", b"one")
    (one,) = stored(tmp_path)
    cache.store("b", b"two")
    (two,) = set(stored(tmp_path)) - {one}
    two.write_bytes(one.read_bytes())
    assert cache.stored("b", bytes) is None


@pytest.mark.parametrize("error", [ValueError, KeyError, TypeError, RecursionError, MemoryError])
def test_what_cannot_be_read_is_made_again(tmp_path: Path, error: type[Exception]) -> None:
    cache = Cache(tmp_path)
    cache.store("key", b"of another form")

    def read(content: bytes) -> bytes:
        if content != b"new":
            raise error
        return content

    assert cache.stored("key", read) is None
    assert cache.made("key", lambda: b"new", read) == b"new"
    assert cache.stored("key", bytes) == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_an_entry_that_is_no_file_is_none(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.store("key", b"good")
    (entry,) = stored(tmp_path)
    for lay in (os.mkfifo, os.mkdir, lambda at: at.symlink_to("/dev/zero")):
        entry.unlink() if not entry.is_dir() else entry.rmdir()
        lay(entry)
        assert cache.stored("key", bytes) is None


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
@pytest.mark.parametrize("at", [".cache", ".cache/xiangji", ".cache/xiangji/2"])
def test_nothing_is_written_where_a_link_leads(tmp_path: Path, at: str) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / at).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / at).symlink_to(tmp_path / "elsewhere")
    cache = Cache(tmp_path / ".cache" / "xiangji")
    cache.store("key", b"a")
    assert cache.stored("key", bytes) is None
    assert cache.place("key") is None
    assert not list((tmp_path / "elsewhere").iterdir())


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_nor_where_one_leads_further_down(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    cache.store("key", b"a")
    (entry,) = stored(tmp_path)
    entry.unlink()
    entry.parent.rmdir()
    (tmp_path / "elsewhere").mkdir()
    entry.parent.symlink_to(tmp_path / "elsewhere")
    cache.store("key", b"a")
    assert not list((tmp_path / "elsewhere").iterdir())


# --- the secret --------------------------------------------------------------------------------------

ASK = "from xiangji.cache import secret; print(secret().hex())"


def asked(**more: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ASK],
        env=environment(more),
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    return done.stdout.strip()


def test_it_is_made_once_and_for_this_user_alone(tmp_path: Path, another: None) -> None:
    variable = "LOCALAPPDATA" if os.name == "nt" else "XDG_STATE_HOME"
    first = asked(**{variable: str(tmp_path / "own")})
    assert len(first) == 64
    assert asked(**{variable: str(tmp_path / "own")}) == first == secret().hex()
    assert asked(**{variable: str(tmp_path / "other")}) != first
    (file,) = stored(tmp_path / "own")
    if os.name == "posix":
        assert file.stat().st_mode & 0o077 == 0
    file.write_bytes(b"cut short")
    assert len(asked(**{variable: str(tmp_path / "own")})) == 64


@pytest.mark.skipif(os.name == "nt", reason="every user of Windows has such a folder")
def test_who_has_no_place_for_it_believes_nothing(tmp_path: Path) -> None:
    nowhere = {"XDG_STATE_HOME": "", "HOME": str(tmp_path / "not there")}
    assert asked(**nowhere) != asked(**nowhere)
