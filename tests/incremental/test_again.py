"""A build takes from the last one what is as it was, and comes out as if there had been none."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from built import run, tree
from rebuilt import BATCHES, DAY, afresh, build, edit, joined, made
from village import write_village
from xiangji.cli.main import commands


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return made(tmp_path / "village")


def test_where_nothing_changed_nothing_is_made(village: Path) -> None:
    assert "写好了" in build(village)
    before = {each: each.stat().st_ino for each in (village / "site").rglob("*")}
    assert "没有变化" in build(village)
    assert {each: each.stat().st_ino for each in (village / "site").rglob("*")} == before
    assert "写好了" in build(village, "other"), "another place is another site"


def test_what_decides_a_page_is_looked_at(village: Path) -> None:
    build(village)
    assert "写好了" in build(village, "site", "--date", "2026-11-23")
    assert "写好了" in build(village, "site", "--site-url", "https://b.example.cn/")
    assert "写好了" in build(village)
    config = village / "mkdocs.yml"
    config.write_text(config.read_text("utf-8") + "nav:\n  - t/index.md\n", "utf-8")
    assert "写好了" in build(village)
    assert "没有变化" in build(village)


def test_a_proof_of_ownership_is_seen_though_it_is_hidden(village: Path) -> None:
    file = village / "site_src" / ".well-known" / "proof.txt"
    file.parent.mkdir(parents=True)
    file.write_text("1\n", "utf-8")
    build(village)
    file.write_text("2\n", "utf-8")
    assert "写好了" in build(village)
    assert (village / "site" / ".well-known" / "proof.txt").read_text("utf-8") == "2\n"


def test_a_file_with_new_times_and_the_same_words_is_the_same(village: Path) -> None:
    build(village)
    os.utime(village / "products" / "p0000" / "product.yml", (1, 1))
    assert "没有变化" in build(village)


def test_a_change_that_keeps_size_and_times_is_seen_where_it_was_just_written(
    village: Path,
) -> None:
    file = village / "products" / "p0001" / "batches" / "L00001.yml"
    build(village)
    stat = file.stat()
    file.write_text(file.read_text("utf-8").replace("县城", "省城"), "utf-8")
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert file.stat().st_size == stat.st_size
    assert "写好了" in build(village)
    assert tree(village / "site") == afresh(village)


DAMAGES: dict[str, Callable[[Path], Any]] = {
    "a page gone": lambda site: (site / "t/p0001/L00001/index.html").unlink(),
    "a page changed": lambda site: (site / "t/p0001/L00001/index.html").write_text("x", "utf-8"),
    "a code changed": lambda site: (site / "t/p0000/L00001/code.svg").write_bytes(b"x"),
    "a folder gone": lambda site: shutil.rmtree(site / "t/p0001"),
    "a file more": lambda site: (site / "t/p0001/more.html").write_text("x", "utf-8"),
    "a folder instead": lambda site: (
        (site / "feed.xml").unlink(),
        (site / "feed.xml").mkdir(),
    ),
    "all gone": lambda site: shutil.rmtree(site),
    "cache gone": lambda site: shutil.rmtree(site.parent / ".cache"),
    "cache damaged": lambda site: [
        each.write_bytes(each.read_bytes()[:-9] + b"{damaged}")
        for each in (site.parent / ".cache").rglob("*")
        if each.is_file()
    ],
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_was_touched_is_made_again(village: Path, damage: str) -> None:
    build(village)
    whole = tree(village / "site")
    DAMAGES[damage](village / "site")
    others = {p: each for p, each in tree(village / "site").items() if p not in whole}
    build(village)
    assert tree(village / "site") == whole | others


def test_the_old_site_is_not_written_into(village: Path) -> None:
    """What two sites share on disk stays as it is, even where half of a product is made again."""
    build(village)
    old = village / "old"
    shutil.copytree(village / "site", old, copy_function=os.link)
    before = tree(old)
    (village / "site/t/p0001/L00003/code.svg").unlink()
    file = village / "products" / "p0003" / "batches" / "L00001.yml"
    file.write_text(
        file.read_text("utf-8").replace("正常", "召回\n原因: 说不清\n怎么办: 退"), "utf-8"
    )
    build(village)
    assert tree(old) == before
    assert tree(village / "site") == afresh(village)


def test_the_text_of_a_story_makes_no_sheet_anew(village: Path) -> None:
    """And what is said of it beside the text does: a sheet may show that."""
    build(village)
    sheets = [each for each in (village / "site/t").rglob("*.html") if "L0" in str(each)]
    before = [each.stat().st_ino for each in sheets]
    edit(village, "stories/s0001/story.md", "捏着响", "咬着脆")
    build(village)
    assert [each.stat().st_ino for each in sheets] == before
    assert "咬着脆" in (village / "site/stories/s0001/index.html").read_text("utf-8")
    assert tree(village / "site") == afresh(village)
    story = village / "stories/s0001/story.md"
    title = next(each for each in story.read_text("utf-8").splitlines() if "题目" in each)
    edit(village, "stories/s0001/story.md", title, f"{title}（改）")
    build(village)
    stay = {each.stat().st_ino for each in sheets} & {*before}
    assert stay and len(stay) < len(before), "of the products that it serves, and of no others"
    assert tree(village / "site") == afresh(village)


def test_what_lies_beside_a_village_is_no_part_of_it(village: Path) -> None:
    """Nor is a large file read to the end to see whether it is the same."""
    large = village / "products" / "p0000" / "raw.tif"
    large.write_bytes(bytes(5_000_000))
    build(village)
    (village / "receipts").mkdir()
    (village / "receipts" / "old.txt").write_text("x", "utf-8")
    with suppress(OSError):  # Not everybody on Windows may.
        (village / "receipts" / "link").symlink_to(village / "receipts")
    assert "没有变化" in build(village)
    large.write_bytes(bytes(5_000_000))
    assert "写好了" in build(village)


def test_a_new_family_of_pages_in_the_making_is_made_each_time(
    village: Path, tmp_path: Path
) -> None:
    """Programs that belong to no release are looked at too."""
    module = tmp_path / "fresh_family.py"
    module.write_text("WORD = 1\n", "utf-8")
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path), os.environ.get("PYTHONPATH", "")])}
    (tmp_path / "sitecustomize.py").write_text("import fresh_family\n", "utf-8")
    command = ("xiangji", "build", "--host", "none")
    assert "写好了" in run(*command, cwd=village, env=env).stdout
    assert "没有变化" in run(*command, cwd=village, env=env).stdout
    module.write_text("WORD = 12\n", "utf-8")
    assert "写好了" in run(*command, cwd=village, env=env).stdout


# --- any edits, in any order -----------------------------------------------------------------------

LOTS = st.integers(0, BATCHES // 4 - 1).map(lambda n: f"L{n:05}")
YAML = st.sampled_from(["p0001", "p0003"])


def renamed(root: Path, product: str, lot: str, to: str) -> None:
    folder = root / "products" / product / "batches"
    if (folder / f"{lot}.yml").is_file():
        edit(root, f"products/{product}/batches/{lot}.yml", f"批号: {lot}", f"批号: {to}")
        (folder / f"{lot}.yml").rename(folder / f"{to}.yml")


def gone(root: Path, product: str, lot: str) -> None:
    (root / "products" / product / "batches" / f"{lot}.yml").unlink(missing_ok=True)


def row(root: Path, lot: str, word: str) -> None:
    edit(root, "products/p0000/batches.csv", f"{lot},", f"{lot}{word},")


def ledger(root: Path, rows: list[tuple[str, str, str]]) -> None:
    """Write the ledger of all products: lot, product by id or name, state."""
    lines = [f"{lot},{product},2026-03-12,{state}" for lot, product, state in rows]
    text = "\n".join(["批号,产品,生产日期,状态", *lines, ""])
    (root / "products" / "batches.csv").write_text(text, "utf-8")


LEDGER_ROWS = st.lists(
    st.tuples(
        st.sampled_from(["Z1", "Z2", "L00001"]),
        st.sampled_from(["p0000", "p0002", "测量用的油辣椒 3", "没有的"]),
        st.sampled_from(["正常", "待检"]),
    ),
    max_size=4,
)

EDITS = st.one_of(
    st.builds(lambda rows: lambda r: ledger(r, rows), LEDGER_ROWS),
    st.builds(lambda p, n, a, b: lambda r: edit(r, f"products/{p}/batches/{n}.yml", a, b), YAML, LOTS,
              st.sampled_from(["县城超市", "正常", "炒制班"]), st.sampled_from(["省城超市", "待检", "包装班 & <b>"])),
    st.builds(lambda p, n: lambda r: edit(r, f"products/{p}/batches/{n}.yml", "状态: 正常", "状态: 召回\n原因: 霉\n怎么办: 退"), YAML, LOTS),
    st.builds(lambda n, m: lambda r: renamed(r, "p0001", n, m), LOTS, LOTS.map(lambda n: f"{n}X")),
    st.builds(lambda n: lambda r: gone(r, "p0001", n), LOTS),
    st.builds(lambda n, w: lambda r: row(r, n, w), LOTS, st.sampled_from(["A", "B"])),
    st.builds(lambda n, m: lambda r: joined(r, "p0001", n, m), LOTS, LOTS),
    st.builds(lambda p, a, b: lambda r: edit(r, f"products/{p}/product.yml", a, b), st.sampled_from(["p0000", "p0001", "p0002", "p0003"]),
              st.sampled_from(["测量用", "常温避光", "12个月"]), st.sampled_from(["新的一句", "阴凉", "3个月"])),
    st.builds(lambda b: lambda r: edit(r, "stories/s0001/story.md", "捏着响", b), st.sampled_from(["咬着脆", "看着红"])),
    st.builds(lambda a, b: lambda r: edit(r, "village/projects/shang-lu.yml", a, b), st.sampled_from(["上路", "p0001", "h001", "进行中"]),
              st.sampled_from(["p0002", "h000", "筹备"])),
    st.builds(lambda b: lambda r: edit(r, "village/events.yml", "尝鲜", b), st.sampled_from(["杀年猪", "<b>&", "尝鲜, 取消: 是"])),
    st.just(lambda r: shutil.rmtree(r / "village", ignore_errors=True)),
    st.just(lambda r: edit(r, "products/brand.yml", "测量户1", "测量户甲")),
    st.just(lambda r: shutil.rmtree(r / "stories" / "s0001", ignore_errors=True)),
)  # fmt: skip


@given(edits=st.lists(EDITS, min_size=1, max_size=4), seed=st.integers())
@settings(
    max_examples=6,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_any_edits_come_out_as_if_built_afresh(
    edits: list[Callable[[Path], object]], seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    root = made(tmp_path_factory.mktemp("edits") / "village")
    build(root)
    chance = random.Random(seed)
    for change in edits:
        change(root)
        if chance.random() < 0.7:
            tried(root)
    tried(root)


def tried(root: Path) -> None:
    """The build after an edit: the same site as from nothing, or the same refusal."""
    options = ["build", "--host", "none", "--date", DAY, "--config"]
    again = CliRunner().invoke(commands("zh"), [*options, f"{root}/mkdocs.yml"])
    target = root.parent / "afresh"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns("site", ".cache"))
    first = CliRunner().invoke(commands("zh"), [*options, f"{target}/mkdocs.yml"])
    assert again.exit_code == first.exit_code, (again.output, first.output)
    if first.exit_code == 0:
        assert tree(root / "site") == tree(target / "site")


def test_each_kind_of_edit_comes_out_as_if_built_afresh(village: Path) -> None:
    build(village)
    batch = "products/p0001/batches/L00002.yml"
    for number, change in enumerate(
        (
            lambda: edit(village, batch, "县城超市", "省城超市"),
            lambda: edit(village, "stories/s0001/story.md", "第 1 个故事", "头一个故事"),
            lambda: edit(village, "stories/s0001/story.md", "捏着响", "咬着脆"),
            lambda: edit(village, "village/projects/shang-lu.yml", "上路", "赶路"),
            lambda: edit(village, "village/events.yml", "尝鲜", "尝新"),
            lambda: edit(village, "products/brand.yml", "测量户1", "测量户甲"),
            lambda: edit(village, "products/p0002/product.yml", "常温避光", "阴凉"),
            lambda: row(village, "L00001", "A"),
            lambda: ledger(village, [("Z1", "p0002", "正常"), ("Z2", "p0000", "正常")]),
            lambda: ledger(village, [("Z1", "p0000", "正常"), ("Z2", "p0002", "待检")]),
            lambda: (village / "products/batches.csv").unlink(),
            lambda: renamed(village, "p0001", "L00004", "L9"),
            lambda: gone(village, "p0001", "L00003"),
            lambda: write_village(village / "x", 1, 1, 1, 0),
            lambda: shutil.copytree(village / "x/products/p0000", village / "products/p0009"),
            lambda: edit(
                village, "products/p0003/batches/L00001.yml", "正常", "召回\n原因: 霉\n怎么办: 退"
            ),
        )
    ):
        before = tree(village / "site")
        change()
        build(village)
        assert tree(village / "site") == afresh(village), number
        # Words of a story that no sheet tells change its page alone.
        assert (tree(village / "site") != before) == (number != 13), number


def test_another_day_makes_what_it_decides(village: Path) -> None:
    """Sheets that the day does not change stay; a last day, a consent and a rule that end do not."""
    people = village / "stories" / "people.yml"
    text = people.read_text("utf-8")
    assert "同意" in text, text
    kept = []
    for day in ("2026-11-22", "2026-11-23", "2027-05-01", "2027-10-20", "2029-01-01", "2026-11-23"):
        before = {x: x.stat().st_mtime_ns for x in (village / "site").rglob("index.html")}
        build(village, "site", "--date", day)
        now = {x: x.stat().st_mtime_ns for x in (village / "site").rglob("index.html")}
        kept.append(sum(before[each] == now.get(each) for each in before))
        assert tree(village / "site") == afresh(village, "--date", day), day
    assert kept[1] > 2 * BATCHES, "the next day is nearly as the one before it"
    assert kept[3] < kept[1], "something ended"


def test_a_check_says_the_same_again_and_looks_when_something_changed(village: Path) -> None:
    def check() -> tuple[int, str]:
        options = ["check", "--date", DAY, "--config", f"{village}/mkdocs.yml", "--format", "json"]
        done = CliRunner().invoke(commands("zh"), options)
        return done.exit_code, done.stdout

    calm = check()
    assert check() == calm and calm[0] == 0 and '"severity": "error"' not in calm[1]
    file = village / "products" / "p0001" / "batches" / "L00001.yml"
    fine = file.read_text("utf-8")
    file.write_text(fine.replace("状态: 正常", "状态: 召回"), "utf-8")
    broken = check()
    assert broken[0] == 1 and "recall-advice" in broken[1]
    assert check() == broken
    file.write_text(fine, "utf-8")
    assert check() == calm
