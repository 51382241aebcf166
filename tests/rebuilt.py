"""Helpers for tests of incremental builds: a village with many links, and its site from a full build."""

from __future__ import annotations

import shutil
from pathlib import Path

from click.testing import CliRunner

from built import tree
from village import write_village
from xiangji.cli.main import commands

DAY = "2026-11-22"
BATCHES = 24


def made(root: Path) -> Path:
    """Write a village with linked lots, a register of codes, a digital label, a project and an event."""
    write_village(root, products=4, batches=BATCHES, makers=2, stories=2)
    for number in range(4):
        product = root / "products" / f"p{number:04}" / "product.yml"
        text = product.read_text("utf-8")
        product.write_text(text + ("数字标签: 是\n" if number == 2 else ""), "utf-8")
    for lot in range(BATCHES // 4):
        joined(root, "p0001", f"L{lot:05}", "L00001")
    codes = (
        "地址,印次,数量,印刷日期,品名,状态,转到\nt/p0003/L00000/,第 1 印,9 张,2026-11-01,,在用,\n"
    )
    (root / "products" / "codes.csv").write_text(codes, "utf-8")
    projects = root / "village" / "projects"
    projects.mkdir(parents=True)
    project = "标题: 上路（示例）\n进展: 进行中\n产品: [p0001]\n负责人: [h001]\n示例: 是\n"
    (projects / "shang-lu.yml").write_text(project, "utf-8")
    event = "- {编号: chang-xian, 标题: 尝鲜, 时间: 2027-01-16, 项目: shang-lu, 示例: 是}\n"
    (root / "village" / "events.yml").write_text(event, "utf-8")
    return root


def build(root: Path, out: str = "site", *words: str) -> str:
    """Build a village in the test's process, since there are many builds. Returns what the build prints."""
    options = ["build", "--host", "none", "--date", DAY, "--config", f"{root}/mkdocs.yml"]
    done = CliRunner().invoke(commands("zh"), [*options, "--out", f"{root}/{out}", *words])
    assert done.exit_code == 0, (done.output, done.exception)
    return str(done.output)


def afresh(root: Path, *words: str) -> dict[str, bytes]:
    """Return the site that a full build makes of a copy of the village, without a cache."""
    target = root.parent / "afresh"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("site", ".cache"))
    build(target, "site", *words)
    return tree(target / "site")


def edit(root: Path, path: str, old: str, new: str) -> None:
    file = root / path
    if file.is_file():
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def joined(root: Path, product: str, lot: str, other: str) -> None:
    """Record that `p0003/other` went into `p0001/lot`, if both exist and `other` is not younger.

    So the links can have no cycle.
    """
    file = root / "products" / product / "batches" / f"{lot}.yml"
    if (
        file.is_file()
        and product == "p0001"
        and (root / f"products/p0003/batches/{other}.yml").is_file()
    ):
        text = "".join(x for x in file.read_text("utf-8").splitlines(True) if "用料批次" not in x)
        day = text.split("生产日期: ")[1][:10]
        source = (root / f"products/p0003/batches/{other}.yml").read_text("utf-8")
        if source.split("生产日期: ")[1][:10] <= day:
            file.write_text(f"{text}用料批次: p0003/{other}\n", "utf-8")
