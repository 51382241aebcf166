"""A folder that was probably meant as a content folder is told as soon as it is there, and no longer."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import here, write
from xiangji.problems import Report
from xiangji.readers.left_out_folders import tell_left_out_folders


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("故事", "stories"), ("story", "stories"), ("Stories", "stories"), ("storeis", "stories"), ("stories ", "stories"),
        ("产品", "products"), ("product", "products"), ("PRODUCTS", "products"), ("prodcuts", "products"),
        ("products (1)", "products"), ("products - 副本", "products"), ("stories.bak", "stories"), ("村里的事", "village"),
        ("village (冲突副本)", "village"), ("vilage", "village"),
    ],
)  # fmt: skip
def test_a_name_that_is_nearly_right_is_told(name: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    report = Report()
    tell_left_out_folders(tmp_path, report)
    assert [each.rule for each in report.problems] == ["folder-unread"]
    assert meant in report.problems[0].message("zh")


@pytest.mark.parametrize(
    "name",
    "site site_src photos 照片 台账 print theme process certificates _products .products".split(),
)
def test_other_folders_are_nobodys_business(name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    report = Report()
    tell_left_out_folders(tmp_path, report)
    assert not report.problems


def test_a_remembered_answer_counts_folders(tmp_path: Path) -> None:
    root = tmp_path / "village"
    assert here("xiangji", "new", str(root), cwd=tmp_path).returncode == 0

    def told() -> list[str]:
        done = here("xiangji", "check", "--format", "json", cwd=root)
        return [each["rule"] for each in json.loads(done.stdout)]

    assert told() == told() == []
    write(root, {"故事/a/story.md": "x\n"})
    assert told() == told() == ["folder-unread"]
    (root / "故事").rename(root / "_故事")
    assert told() == []
