"""Which files lie in a village, wherever links lead."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

import pytest

from xiangji.readers.village_folder import VillageFolder, shown


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A village with links within it, out of it, out and back, and to nothing."""
    root = tmp_path / "village"
    for name in ("products/a/batches", "shared", "site"):
        (root / name).mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    for file in (root / "shared/L1.yml", root / "products/a/batches/L0.yml"):
        file.write_text("批号: L1\n", "utf-8")
    (tmp_path / "elsewhere/L9.yml").write_text("批号: L9\n", "utf-8")
    for name, target in (
        ("products/a/batches/L1.yml", "../../../shared/L1.yml"),
        ("products/a/batches/L9.yml", "../../../../elsewhere/L9.yml"),
        ("products/a/batches/loop.yml", "loop.yml"),
        ("products/a/batches/gone.yml", "nowhere.yml"),
        ("products/b", "../../elsewhere"),
        ("products/c", "../.."),
        ("products/d", "a"),
        ("products/e", "e"),
    ):
        (root / name).symlink_to(target)
    return root


WITHIN = {
    "products/a/batches/L0.yml": True,
    "products/a/batches/L1.yml": True,
    "products/a/batches/L9.yml": False,
    "products/a/batches/loop.yml": False,
    "products/a/batches/gone.yml": True,
    "products/a/batches/never.yml": True,
    "products/b/L9.yml": False,
    "products/b": False,
    "products/c/village/shared/L1.yml": True,
    "products/c/elsewhere/L9.yml": False,
    "products/d/batches/L1.yml": True,
    "products/d/batches/L9.yml": False,
    "products/e/L1.yml": False,
    "products/../shared/L1.yml": True,
    "products/../../elsewhere/L9.yml": False,
    "products/..": True,
    "../village/shared/L1.yml": True,
    "../elsewhere/L9.yml": False,
    "/etc/passwd": False,
    "": True,
}


@pytest.mark.parametrize("relative", [False, True])
def test_wherever_links_lead(
    village: Path, relative: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(village)
    root = Path() if relative else village
    one = VillageFolder(root)
    for way in (list(WITHIN), list(reversed(WITHIN))):
        for name in way:
            # On its own, and after what is known of the folders of others.
            assert VillageFolder(root).inside(root / name) == WITHIN[name], name
            assert one.inside(root / name) == WITHIN[name], name
            assert one.inside(os.fspath(root / name)) == WITHIN[name], name


def test_yaml_files_in_order_and_which_are_links(village: Path) -> None:
    for name in (".yml", "b.yaml", "a.txt", "a.yml.bak", ".hidden.yml"):
        (village / "shared" / name).write_text("", "utf-8")
    folder = VillageFolder(village)
    assert list(folder.yaml_names("shared")) == [
        ("L1.yml", True),
        ("b.yaml", True),
    ]
    links = dict(folder.yaml_names("products/a/batches"))
    assert links.pop("L0.yml") and not any(links.values()) and len(links) == 4
    assert folder.yaml_files("shared")[0] == village / "shared/L1.yml"
    assert Path(folder.path("shared/L1.yml")) == village / "shared/L1.yml"
    for name in ("nowhere", "shared/L1.yml", "products/e"):
        assert list(folder.yaml_names(name)) == []


def test_names_are_shown_in_one_form() -> None:
    assert shown("a/é") == unicodedata.normalize("NFC", "a/é") == shown("a/e\u0301")
    assert shown(os.fsdecode(b"a/\xff")).encode()
