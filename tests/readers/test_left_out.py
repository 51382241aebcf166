"""What a copy was made of, by its name alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import write
from xiangji.readers.left_out import original
from xiangji.readers.village import gather

COPIES = [
    "product (1).yml",
    "product(12).yml",
    "product（1）.yml",
    "product - 副本.yml",
    "product - 副本 (2).yml",
    "product的副本.yml",
    "product 副本 2.yml",
    "副本 product.yml",
    "product-冲突副本.yml",
    "product (冲突副本).yml",
    "product (张三 的冲突副本 2026-04-01).yml",
    "product (Zhang San's conflicted copy 2026-04-01).yml",
    "product-conflict-20260401.yml",
    "product.sync-conflict-20260401-101010-ABCDEFG.yml",
    "product-DESKTOP-4F2A.yml",
    "product-LAPTOP-AB12CD.yml",
    "Copy of product.yml",
    "product copy.yml",
    "product copy 2.yml",
    "product_copy.yml",
    "product.yml.bak",
    "product.yml.orig",
    "product~1.yml",
    "product_备份.yml",
]


LAID = [
    "batches 2.csv", "batches-小明的电脑.csv", "batches_冲突文件_小明_20260501.csv", "batches.Conflict.csv", "batches_20260501.csv",
    "batches 旧.csv", "batches (自动保存的).xlsx", "batches.csv (1)", "batches.csv副本", "新建 batches.csv", "复件 (2) batches.csv",
    "“batches.csv”的副本.csv", "batches@2026.csv", "product 2.yml", "product_最终版.yml", "batches - 兼容模式.xls",
]  # fmt: skip


@pytest.mark.parametrize("name", LAID)
def test_whatever_a_program_adds_the_copy_is_told(name: str, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "products/brand.yml": "名称: 立碑村\n",
            "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n",
            "products/zhulan/batches.csv": "批号\nA1\n",
            f"products/zhulan/{name}": "批号\nA2\n",
        },
    )
    (problem,) = gather(tmp_path).problems
    assert (problem.rule, problem.location.path) == ("file-name", f"products/zhulan/{name}")


@pytest.mark.parametrize(
    ("name", "better", "do"),
    [
        ("batches_旧.xlsx", "batches.xlsx", "改成 batches.xlsx"),
        ("batches.numbers", "batches.xlsx", "导出为"),
        ("台账.numbers", "台账.xlsx", "导出为"),
        ("batches_旧.csv", "batches.csv", "改成 batches.csv"),
    ],
)
def test_the_remedy_fits_the_program_that_wrote_it(
    name: str, better: str, do: str, tmp_path: Path
) -> None:
    write(
        tmp_path,
        {
            "products/brand.yml": "名称: 立碑村\n",
            "products/zhulan/product.yml": "名称: 竹篮\n类型: 手工艺\n",
            f"products/zhulan/{name}": "批号\nA2\n",
        },
    )
    (problem,) = gather(tmp_path).problems
    assert better in problem.message("zh") and do in problem.remedy("zh")


def test_a_copy_of_a_page_is_no_page(tmp_path: Path) -> None:
    """Nor is one of the configuration another; a numbered photo is a photo."""
    write(
        tmp_path,
        {"products/brand.yml": "名称: 立碑村\n", "mkdocs (1).yml": "x\n", "mkdocs.yml": "x\n"},
    )
    pages = ("index.md", "index (冲突副本).md", "index(1).md", "walk (2).md")
    write(tmp_path / "site_src", dict.fromkeys(pages, "# 页\n"))
    for name in ("a.txt", "a (1).txt"):
        (tmp_path / "site_src" / name).write_text("x")
    gathered = gather(tmp_path)
    assert [each.uri for each in gathered.notes] == ["index.md", "walk (2).md"]
    assert [each.uri for each in gathered.beside] == ["a (1).txt", "a.txt"]
    told = sorted(each.location.path for each in gathered.problems)
    assert told == ["mkdocs (1).yml", "site_src/index (冲突副本).md", "site_src/index(1).md"]


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_tells_what_it_was_made_of(name: str) -> None:
    assert original(name) == "product.yml"


@pytest.mark.parametrize(
    "name",
    [
        "product.yml",
        "photocopy.yml",
        "2026-05.yml",
        "副本.yml",
        "(1).yml",
        "A-1.yml",
        "复制.yml",
        "伤口冲突.md",
    ],
)
def test_a_name_of_its_own_is_none(name: str) -> None:
    assert original(name) is None


@pytest.mark.parametrize(
    ("copy", "real"),
    [
        ("products/zhulan(1)", "zhulan"), ("products/zhulan - 副本", "zhulan"), ("products/zhulan (冲突副本)", "zhulan"),
        ("stories/zhu - 副本", "zhu"), ("stories/zhu copy", "zhu"),
    ],
)  # fmt: skip
def test_a_copied_folder_is_told_as_a_copy_and_stops_nothing(
    copy: str, real: str, tmp_path: Path
) -> None:
    product, story = "名称: 竹篮\n类型: 手工艺\n", "---\n题目: 竹\n---\n正文\n"
    file, text = ("product.yml", product) if copy.startswith("products") else ("story.md", story)
    write(
        tmp_path,
        {
            "products/brand.yml": "名称: 立碑村\n",
            "products/zhulan/product.yml": product,
            "stories/zhu/story.md": story,
            f"{copy}/{file}": text,
        },
    )
    (problem,) = gather(tmp_path).problems
    assert (problem.rule, problem.location.path) == ("file-name", copy)
    assert dict(problem.details)["better"] == real


def test_a_copy_is_told_beside_the_file_that_it_is_of(tmp_path: Path) -> None:
    name = "workshop - 小李的冲突副本.yml"
    files = {"workshop.yml": "题目: 甲\n类型: 共创\n日期: 2025-11-09\n", name: "题目: 乙\n"}
    write(
        tmp_path,
        {
            "products/brand.yml": "名称: 立碑村\n",
            **{f"stories/zhu/{n}": t for n, t in files.items()},
        },
    )
    found = [each for each in gather(tmp_path).problems if each.rule == "file-name"]
    assert [dict(each.details)["better"] for each in found] == ["workshop.yml"]
