"""The store of what is expensive to make: safe to delete, never believed blindly."""

from __future__ import annotations

from pathlib import Path

import pytest

from xiangji.cache import Cache


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
    assert [Cache(tmp_path).made("key", make) for _ in range(3)] == [b"a"] * 3
    assert make.calls == 1
    assert len(stored(tmp_path)) == 1


def test_keys_are_kept_apart(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for key in ("a", "b", "../../a", "甲" * 400, ""):
        assert cache.made(key, Maker(key.encode())) == key.encode()
    for key in ("a", "b", "../../a", "甲" * 400, ""):
        assert cache.made(key, Maker(b"other")) == key.encode()
    assert all(file.is_relative_to(tmp_path) for file in stored(tmp_path))


@pytest.mark.parametrize("damage", [b"", b"short", b"\0" * 32 + b"other"])
def test_a_damaged_entry_is_made_again(tmp_path: Path, damage: bytes) -> None:
    cache = Cache(tmp_path)
    cache.made("key", Maker(b"good"))
    stored(tmp_path)[0].write_bytes(damage)
    again = Maker(b"good")
    assert cache.made("key", again) == b"good"
    assert again.calls == 1
    assert cache.made("key", again) == b"good"
    assert again.calls == 1


def test_nothing_may_be_empty_and_still_be_something(tmp_path: Path) -> None:
    make = Maker(b"")
    assert [Cache(tmp_path).made("key", make) for _ in range(2)] == [b"", b""]
    assert make.calls == 1


def test_without_a_folder_nothing_is_remembered() -> None:
    make = Maker(b"a")
    cache = Cache()
    assert [cache.made("key", make) for _ in range(2)] == [b"a", b"a"]
    assert make.calls == 2


def test_a_cache_that_cannot_be_written_stops_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    assert Cache(tmp_path / "file").made("key", Maker(b"a")) == b"a"


def test_what_fails_leaves_nothing_behind(tmp_path: Path) -> None:
    def fail() -> bytes:
        raise ValueError

    with pytest.raises(ValueError):
        Cache(tmp_path).made("key", fail)
    assert stored(tmp_path) == []
