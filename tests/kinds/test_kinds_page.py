"""The developers' page on kinds tells the truth: its example is a kind, and its figures are those of the files."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path

import pytest

from built import ROOT, Document, run, tree, with_path, write
from xiangji.kinds.installed import kind_named

PAGE = (ROOT / "site_src" / "dev" / "kinds.md").read_text("utf-8")
FENCE = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)

VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "site_src/index.md": "# 立碑村\n\n[古树]\n",
    "products/brand.yml": "名称: 立碑村\n地点:\n  - {编号: jingbian, 名称: 井边, 介绍: 一口井。}\n",
    "stories/people.yml": "人物:\n  - {编号: lan, 姓名: 看树的阿兰, 化名: 一位大姐}\n",
    "village/trees/huangjue.yml": (
        "树名: 井边的黄葛树\n长势: 撑着\n树围: 4.2 米\n量的日子: 2026-02-03\n地点: jingbian\n"
        "看树的人: lan\n报告: 不能说的名字\n介绍: |\n  枝子往井那边斜。\n"
    ),
}


def blocks(language: str) -> list[str]:
    """The fenced blocks of the page in a language, in order."""
    return [text for name, text in FENCE.findall(PAGE) if name == language]


def installed(folder: Path, module: str) -> Path:
    """A folder for `PYTHONPATH` in which a distribution with the example lies, its entry as the page has it."""
    entries = tomllib.loads(blocks("toml")[0])["project"]["entry-points"]
    (group, (entry,)), *others = ((name, each.items()) for name, each in entries.items())
    assert not others
    name, value = entry
    return write(
        folder,
        {
            f"{value.partition(':')[0]}.py": module,
            "village_trees-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: village-trees\nVersion: 1.0\n",
            "village_trees-1.0.dist-info/entry_points.txt": f"[{group}]\n{name} = {value}\n",
        },
    )


def built(folder: Path, module: str) -> Path:
    """A village with one record of the example, built."""
    village = write(folder / "village", VILLAGE)
    path = with_path(installed(folder / "installed", module))
    done = run("xiangji", "build", cwd=village, env={"PYTHONPATH": path})
    assert "0 处错误，0 处提醒" in done.stdout, done.stdout + done.stderr
    return village / "site"


def rows(page: Document) -> dict[str, str]:
    pairs = zip(page.all("dt"), page.all("dd"), strict=True)
    return {title.text: said.text for title, said in pairs}


def page_at(site: Path, address: str) -> Document:
    return Document((site / address / "index.html").read_text("utf-8"))


def test_the_example_is_a_kind(tmp_path: Path) -> None:
    module, _ = blocks("python")
    site = built(tmp_path, module)
    page = page_at(site, "trees/huangjue/")
    told = {
        "长势": "撑着",
        "树围": "4.2 米",
        "量的日子": "2026 年 2 月 3 日",
        "地点": "井边",
        "看树的人": "一位大姐",
    }
    assert rows(page) == told
    assert "../../places/jingbian/" in list(page.links())
    assert "../../trees/huangjue/" in list(page_at(site, "places/jingbian/").links())
    said = [each.text for each in page_at(site, "trees/").all("p")]
    assert "一共 1 棵" in said and "长势：撑着 1 棵" in said
    assert "../trees/" in list(page_at(site, "village/").links())
    assert "trees/huangjue/" in list(page_at(site, "").links())
    (tree_told,) = json.loads((site / "data/trees.json").read_text("utf-8"))["trees"]
    assert tree_told["keepers"] == ["一位大姐"] and tree_told["health"] == "propped"
    assert "井边的黄葛树" in (site / "data/trees.csv").read_text("utf-8-sig")
    data = json.loads(page.all("script", type="application/ld+json")[0].text)
    assert data["@type"] == "Place" and data["containedInPlace"]["name"] == "井边"
    for name in ("tree", "trees"):
        assert (site / f"data/schema/{name}.json").is_file()
    for path, content in tree(site).items():
        assert "不能说的名字".encode() not in content, path


def test_its_check_speaks(tmp_path: Path) -> None:
    village = write(tmp_path / "village", VILLAGE)
    file = village / "village/trees/huangjue.yml"
    file.write_text(file.read_text("utf-8").replace("2026-02-03", "2027-02-03"), "utf-8")
    path = with_path(installed(tmp_path / "installed", blocks("python")[0]))
    done = run("xiangji", "check", cwd=village, env={"PYTHONPATH": path})
    assert "village/trees/huangjue.yml:4:7: 错误 [tree-future]" in done.stdout + done.stderr
    assert "量树的日子 2027-02-03 还没有到。" in done.stdout + done.stderr


@pytest.mark.skipif(
    kind_named("trees") is not None, reason="the example was copied into the program"
)
def test_a_page_of_its_own_is_shown(tmp_path: Path) -> None:
    site = built(tmp_path, "\n".join(blocks("python")))
    page = page_at(site, "trees/huangjue/")
    assert "树围" in rows(page) and "量的日子" not in rows(page)


def test_what_the_page_says_of_a_kind_is_all_there_is() -> None:
    """Every field of `RecordKind` and every word of `field` has its row."""
    from inspect import signature

    from xiangji.model.fields import field
    from xiangji.model.kind import RecordKind

    points = re.findall(r"^- (`.*?): ", PAGE, re.MULTILINE)
    said = {word for point in points for word in re.findall(r"`(\w+)`", point)}
    assert set(RecordKind.__struct_fields__) - said == set()
    optional = {"required", "also", "schema", "private", "unchecked", "holds"}
    assert optional <= set(signature(field).parameters)
    assert optional - said == set()


@pytest.mark.parametrize("name", ["project", "event"])
def test_the_figures_are_about_right(name: str) -> None:
    stated = int(re.search(rf"`kinds/together/{name}\.py`, (\d+)", PAGE)[1])  # type: ignore[index]
    actual = (ROOT / f"plugins/xiangji/kinds/together/{name}.py").read_text("utf-8").count("\n")
    assert abs(actual - stated) <= 20
