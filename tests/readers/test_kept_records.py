"""Records that are kept from command to command are those that would be read."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec.inspect
import pytest

from built import ROOT, write
from village import write_village
from xiangji.cache import Cache
from xiangji.readers.folder_cache import FolderCache
from xiangji.readers.gathered import Gathered
from xiangji.readers.kept_records import KeptRecords, ReadFolder
from xiangji.readers.village import gather

PRODUCT = "名称: 茶\n类型: 农产品\n"


def read(root: Path, kept: KeptRecords | None, digest: str = "1") -> Gathered:
    names = [each.name for each in (root / "products").iterdir() if each.is_dir()]
    memo = FolderCache(dict.fromkeys(names, digest), kept) if kept else None
    return gather(root, memo=memo)


@pytest.fixture
def kept(tmp_path: Path) -> KeptRecords:
    return KeptRecords(Cache(tmp_path / "kept"), ROOT, "program")


@pytest.mark.parametrize("generated", [False, True])
def test_they_are_those_that_are_read(generated: bool, kept: KeptRecords, tmp_path: Path) -> None:
    root = tmp_path / "village" if generated else ROOT
    if generated:
        write_village(root, products=4, batches=60, makers=2, stories=1)
    first, again, plain = read(root, kept), read(root, kept), read(root, None)
    assert plain.batches and first == plain and again == plain
    places = [each.origin.of(name) for each in plain.batches for name in ("lot", "made_on")]
    assert [each.origin.of(name) for each in again.batches for name in ("lot", "made_on")] == places


def test_another_digest_or_program_is_read_anew(kept: KeptRecords, tmp_path: Path) -> None:
    root = write(tmp_path / "v", {"products/cha/product.yml": PRODUCT})
    assert [each.name for each in read(root, kept).products] == ["茶"]
    write(root, {"products/cha/product.yml": PRODUCT.replace("茶", "米")})
    assert [each.name for each in read(root, kept).products] == ["茶"], "the digest is believed"
    assert [each.name for each in read(root, kept, "2").products] == ["米"]
    other = KeptRecords(kept.cache, kept.root, "another program")
    assert other.recall("cha", "2") is None and kept.recall("cha", "2") is not None


def test_what_has_problems_is_not_kept(kept: KeptRecords, tmp_path: Path) -> None:
    files = {"products/cha/product.yml": f"{PRODUCT}没有这一项: 是\n"}
    root = write(tmp_path / "v", files)
    problems = read(root, kept).problems
    assert problems and read(root, kept).problems == problems
    assert kept.recall("cha", "1") is None


def types_in(told: msgspec.inspect.Type, seen: set[type]) -> Iterator[msgspec.inspect.Type]:
    """All types that a type contains."""
    yield told
    for name in ("types", "item_types"):
        for each in getattr(told, name, ()):
            yield from types_in(each, seen)
    for name in ("item_type", "key_type", "value_type"):
        if hasattr(told, name):
            yield from types_in(getattr(told, name), seen)
    cls = getattr(told, "cls", None)
    if cls is not None and cls not in seen:
        seen.add(cls)
        for row in getattr(told, "fields", ()):
            yield from types_in(row.type, seen)


def test_every_field_says_what_it_is() -> None:
    """A field of any type would come back as plain data. Only the classes of lost records may be any."""
    rows = msgspec.inspect.type_info(ReadFolder).fields  # type: ignore[attr-defined]
    found = {row.name: [*types_in(row.type, set())] for row in rows if row.name != "lost"}
    for name, several in found.items():
        assert not any(isinstance(each, msgspec.inspect.AnyType) for each in several), name
    custom = {
        each.cls.__name__
        for several in found.values()
        for each in several
        if isinstance(each, msgspec.inspect.CustomType)
    }
    assert custom == {"Origin"}
