"""A village comes with a `.cache` that a stranger filled: every command works as from nothing, and nothing in it runs.

All entries that a build leaves are replaced, by what runs code where it is unpickled, by what fills the memory where it is
unmarshalled, by what belongs to another entry, and by rightly signed nonsense. So whoever adds a store is tested too.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import pickle
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from built import here, run, tree, write
from xiangji import cache as module

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "site_src/index.md": "# 立碑村\n\n![山](shan.png)\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n图片: cha.png\n图片说明: 茶叶\n",
    "products/cha/batches.csv": "批号,生产日期\n"
    + "".join(f"C{n:03},2026-01-02\n" for n in range(30)),
    "stories/cha/story.md": "---\n题目: 茶\n---\n\n一棵茶树。\n",
}
BUILD = ("xiangji", "build", "--host", "none", "--date", "2026-05-01")


class Payload:
    """Makes a file where it is unpickled."""

    def __init__(self, at: Path) -> None:
        self.at = at

    def __reduce__(self) -> tuple[Callable[[str], None], tuple[str]]:
        return os.mkdir, (str(self.at),)


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, bytes], str]:
    """A village that was built and checked, its site, and what was said of it."""
    from PIL import Image

    root = write(tmp_path_factory.mktemp("poison") / "village", FILES)
    for name in ("site_src/shan.png", "products/cha/cha.png"):
        Image.effect_noise((800, 600), 40).convert("RGB").save(root / name)
    assert here(*BUILD, cwd=root).returncode == 0
    said = here("xiangji", "check", "--date", "2026-05-01", cwd=root)
    assert said.returncode == 0
    return root, tree(root / "site"), said.stdout + said.stderr


@pytest.fixture
def village(filled: tuple[Path, dict[str, bytes], str], tmp_path: Path) -> Path:
    return shutil.copytree(filled[0], tmp_path / "village", symlinks=True)


def entries(village: Path) -> list[Path]:
    """Files of the cache that are no copy of the site."""
    found = (village / ".cache").rglob("*")
    return [each for each in sorted(found) if each.is_file() and "places" not in each.parts]


def keys_of(monkeypatch: pytest.MonkeyPatch, village: Path) -> dict[Path, str]:
    """Which key each entry has that the commands ask for."""
    asked: dict[Path, str] = {}
    ordinary = module.Cache._file

    def file(folder: Path, key: str) -> Path:
        found = ordinary(folder, key)
        asked[found] = key
        return found

    with monkeypatch.context() as patch:
        patch.setattr(module.Cache, "_file", staticmethod(file))
        shutil.copytree(village, village.with_name("asking"), symlinks=True)
        asking = village.with_name("asking")
        shutil.rmtree(asking / ".cache")
        assert here(*BUILD, cwd=asking).returncode == 0
        assert here("xiangji", "check", "--date", "2026-05-01", cwd=asking).returncode == 0
    return {
        village / each.relative_to(asking): key
        for each, key in asked.items()
        if each.is_relative_to(asking)
    }


def as_from_nothing(village: Path, expected: tuple[Path, dict[str, bytes], str]) -> None:
    said = here("xiangji", "check", "--date", "2026-05-01", cwd=village)
    assert said.returncode == 0
    assert (said.stdout + said.stderr).endswith(
        expected[2]
    )  # Photos are made again, and that is told first.
    done = here(*BUILD, cwd=village)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    assert tree(village / "site") == expected[1]


def bombs(trap: Path) -> dict[str, bytes]:
    code = pickle.dumps(Payload(trap))
    return {
        "pickle": code,
        "rows of pickles": pickle.dumps(("cha", ("0" * 32, code))) * 3,
        "marshal": b"\xdb" + (0x7FFFFFFF).to_bytes(4, "little"),
        "marshalled code": marshal.dumps(
            compile(f"__import__('os').mkdir({str(trap)!r})", "x", "exec")
        ),
        "deep": b"[" * 100_000,
        "json of another shape": b'{"whole": [], "problems": [["no-rule", 1, {}]], "loaded": 7}',
        "nothing": b"",
        "no text": bytes(range(256)) * 40,
    }


def plant(
    village: Path,
    keys: dict[Path, str],
    content: Callable[[int], bytes],
    head: Callable[..., bytes],
) -> None:
    """Content under a head in place of every entry, and under every key that was asked for."""
    there = [*dict.fromkeys([*entries(village), *keys])]
    assert len(there) > 5
    for number, entry in enumerate(there):
        entry.parent.mkdir(parents=True, exist_ok=True)
        put = content(number)
        entry.write_bytes(head(keys.get(entry, ""), put) + put)
    shutil.rmtree(village / "site")


HEADS: dict[str, Callable[[str, bytes], bytes]] = {
    "not signed": lambda _, content: b"",
    "signed plainly": lambda _, content: hashlib.blake2b(content, digest_size=32).digest(),
    "signed as we did before": lambda _, content: hashlib.sha256(content).digest(),
}


@pytest.mark.parametrize("head", HEADS)
def test_what_a_stranger_stored_is_nothing(
    head: str, village: Path, filled: tuple[Path, dict[str, bytes], str], tmp_path: Path
) -> None:
    several = [*bombs(tmp_path / "trap").values()]
    plant(village, {}, lambda number: several[number % len(several)], HEADS[head])
    as_from_nothing(village, filled)
    assert not (tmp_path / "trap").exists()


@pytest.mark.parametrize("kind", bombs(Path("x")))
def test_nor_what_we_might_have_signed_ourselves(
    kind: str,
    village: Path,
    filled: tuple[Path, dict[str, bytes], str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    keys = keys_of(monkeypatch, village)
    content = bombs(tmp_path / "trap")[kind]
    plant(village, keys, lambda _: content, lambda key, put: module._digest_of(key, (put,)))
    as_from_nothing(village, filled)
    assert not (tmp_path / "trap").exists()


def of_version_1(village: Path, trap: Path) -> None:
    """A memo of what was read, and an answer told at a glance, as they once were stored."""
    content = pickle.dumps(("cha", ("0" * 32, pickle.dumps(Payload(trap)))))
    name = hashlib.sha256(f"memo 2 {village.resolve()}".encode()).hexdigest()
    old = village / ".cache" / "xiangji" / "1" / name[:2] / name[2:]
    old.parent.mkdir(parents=True)
    old.write_bytes(hashlib.sha256(content).digest() + content)
    glance = village / ".cache" / "xiangji" / "glance"
    glance.mkdir()
    for number in range(20):
        (glance / f"{number:08x}").write_bytes(b"\0" * 4 + marshal.dumps(["x"] * 5))


def shuffled(village: Path, _: Path) -> None:
    """Each entry is what another one was."""
    there = entries(village)
    contents = [each.read_bytes() for each in there]
    for entry, content in zip(there, [*contents[1:], contents[0]], strict=True):
        entry.write_bytes(content)


def cut(village: Path, _: Path) -> None:
    for number, entry in enumerate(entries(village)):
        entry.write_bytes(entry.read_bytes()[: -1 - number])


def pipes(village: Path, _: Path) -> None:
    for entry in entries(village):
        entry.unlink()
        os.mkfifo(entry)


def devices(village: Path, _: Path) -> None:
    for entry in entries(village):
        entry.unlink()
        entry.symlink_to("/dev/zero")


def folders(village: Path, _: Path) -> None:
    for entry in entries(village):
        entry.unlink()
        entry.mkdir()


def vast(village: Path, _: Path) -> None:
    for entry in entries(village):
        with entry.open("r+b") as file:
            file.truncate(40_000_000_000)


def a_file(village: Path, _: Path) -> None:
    shutil.rmtree(village / ".cache")
    (village / ".cache").write_text("x")


def a_link_away(village: Path, trap: Path) -> None:
    shutil.rmtree(village / ".cache")
    (village / ".cache").symlink_to(trap.parent / "away")


PLANTS = (of_version_1, shuffled, cut, pipes, devices, folders, vast, a_file, a_link_away)


@pytest.mark.skipif(
    os.name == "nt", reason="links need a privilege there, and pipes are other things"
)
@pytest.mark.timeout(120)
@pytest.mark.parametrize("lay", PLANTS)
def test_whatever_lies_there(
    lay: Callable[[Path, Path], None],
    village: Path,
    filled: tuple[Path, dict[str, bytes], str],
    tmp_path: Path,
) -> None:
    (tmp_path / "away").mkdir()
    lay(village, tmp_path / "trap")
    as_from_nothing(village, filled)
    as_from_nothing(village, filled)
    assert not (tmp_path / "trap").exists()
    assert not any((tmp_path / "away").iterdir())


# --- what looks like a program ------------------------------------------------------------------------

MODULES = (
    "json",
    "yaml",
    "jinja2",
    "click",
    "PIL",
    "msgspec",
    "secrets",
    "calendar",
    "markdown",
    "sitecustomize",
)


def test_modules_in_a_village_are_not_found(tmp_path: Path) -> None:
    """`python -m` looks for modules in the folder that one stands in."""
    village = write(tmp_path / "village", FILES | {"site_src/index.md": "# 立碑村\n"})
    (village / "products" / "cha" / "product.yml").write_text("名称: 茶\n类型: 农产品\n", "utf-8")
    for name in MODULES:
        (village / f"{name}.py").write_text(
            f"open({str(tmp_path / 'trap')!r}, 'a').write({name!r})\n"
        )
    for command in (("check",), ("build", "--host", "none"), ("report", "exposure")):
        done = run("xiangji", *command, cwd=village)
        assert done.returncode == 0, done.stdout + done.stderr
    assert not (tmp_path / "trap").exists(), (tmp_path / "trap").read_text()
