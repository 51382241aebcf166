"""`xiangji recall`: everything that one lot reaches, from what is recorded, and nothing changed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import Built, copy_demo, here, run, tree, write
from xiangji.library import Library
from xiangji.library.recall import NoLot, Recall, find_lot, recall
from xiangji.library.references import assemble
from xiangji.readers.village import gather

FILES = {
    "products/brand.yml": "名称: 立碑村\n电话: 0851-00000000\n",
    "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 手工艺\n",
    "products/lajiao/batches.csv": "批号,状态,去向\nL1,正常,灶房\nL2,正常,\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 手工艺\n",
    "products/jiang/batches.csv": (
        "批号,生产日期,状态,原因,怎么办,用料批次\n"
        "A1,2026-01-05,召回,有花生,不要吃,lajiao/L1\n"
        "A2,2026-02-05,待检,,等一等,jiang/A1\n"
    ),
    "products/he/product.yml": "名称: 礼盒\n类型: 手工艺\n",
    "products/he/batches/A1.yml": "批号: A1\n状态: 正常\n用料批次: [jiang/A2]\n",
    "products/codes.csv": (
        "地址,印次,数量,印刷日期,材料,状态,转到\n"
        "t/jiang/A1/,第 1 印,100 张,2026-01-04,标签,在用,\n"
        "t/jiang/A1/,第 2 印,10 只,2026-01-05,纸箱,在用,\n"
        "t/jiang/a-1/,第 1 印,7 张,2026-01-06,,转向,jiang/A1\n"
        "c/r0/,,1 张,2026-01-07,,转向,c/r1/\n"
        "c/r1/,,1 张,2026-01-07,,未绑定,jiang/A1\n"
        "c/r2/,,1 张,2026-01-07,,未绑定,jiang/A2\n"
        "t/jiang/A1/e/,,3 张,2026-01-08,,在用,\n"
        "t/jiang/A9/,,3 张,2026-01-09,,停用,\n"
    ),
}


def library(root: Path) -> Library:
    found, problems = assemble(gather(write(root, FILES)))
    assert found is not None and problems == ()
    return found


def recalled(root: Path, lot: str) -> Recall:
    village = library(root)
    batch = find_lot(village, lot)
    assert not isinstance(batch, NoLot)
    return recall(village, batch)


def test_it_follows_every_use_and_every_code(tmp_path: Path) -> None:
    found = recalled(tmp_path, "L1")
    assert not found.said
    assert [each.batch.key for each in found.further] == ["jiang/A1", "jiang/A2", "he/A1"]
    assert [each.batch.key for each in found.silent] == ["jiang/A2", "he/A1"]
    assert found.lot.codes == ()
    codes = [[code.address for code in each.codes] for each in found.further]
    first = ["t/jiang/A1/", "t/jiang/a-1/", "c/r0/", "c/r1/", "t/jiang/A1/e/"]
    assert codes == [first, ["c/r2/"], []]


def test_the_notice_holds_only_what_is_recorded(tmp_path: Path) -> None:
    found = recalled(tmp_path, "lajiao/L1")
    assert found.notice.split("\n") == [
        "【召回通知】立碑村",
        "召回：糍粑辣椒，批号 L1，生产日期未记录，共 未记录",
        "原因：未记录",
        "买到的请这样做：未记录",
        "去向：灶房",
        "用到这一批的还有：",
        "· 辣酱，批号 A1，2026 年 1 月 5 日做，共 未记录",
        "  状态：召回；买到的请这样做：不要吃；去向：未记录",
        "· 辣酱，批号 A2，2026 年 2 月 5 日做，共 未记录",
        "  状态：待检；去向：未记录",
        "· 礼盒，批号 A1，生产日期未记录，共 未记录",
        "  状态：正常；去向：未记录",
        "电话：0851-00000000",
    ]


def test_a_lot_that_is_not_one(tmp_path: Path) -> None:
    several = find_lot(library(tmp_path), "A1")
    assert several == NoLot(("he/A1", "jiang/A1"))
    missing = find_lot(library(tmp_path), "jiang/A7")
    assert isinstance(missing, NoLot) and missing.near[0]


@pytest.fixture
def village(tmp_path: Path) -> Path:
    config = {"mkdocs.yml": "site_name: 村\nsite_url: https://cun.example.cn/\n"}
    return write(tmp_path, FILES | config)


def test_the_command_lists_and_changes_nothing(village: Path) -> None:
    before = tree(village)
    done = run("xiangji", "recall", "L1", cwd=village)
    assert (done.returncode, done.stderr) == (0, "")
    for words in (
        "lajiao/L1  糍粑辣椒  状态：正常",
        "没有登记",
        "页面：https://cun.example.cn/t/he/A1/",
        "印出去的码：https://cun.example.cn/c/r0/",
        "印次 第 2 印，数量 10 只，材料 纸箱，印于 2026-01-05",
        "状态: 召回，在 products/lajiao/batches.csv:2",
        "he/A1 用了它，状态还不是召回（products/he/batches/A1.yml:2）",
        "【召回通知】立碑村",
    ):
        assert words in done.stdout, words
    told = here("xiangji", "--lang", "en", "recall", "L1", "--format", "json", cwd=village)
    data = json.loads(told.stdout)
    assert data["recalled"] is False
    assert [each["lot"] for each in data["used_in"]] == ["jiang/A1", "jiang/A2", "he/A1"]
    assert data["used_in"][0]["codes"][0]["runs"][1]["quantity"] == "10 只"
    assert data["lot"]["codes"] == []
    assert tree(village) == before


@pytest.mark.parametrize(
    ("lot", "words"), [("A1", "he/A1、jiang/A1"), ("nothing", "没有“nothing”")]
)
def test_wrong_use_ends_with_2(village: Path, lot: str, words: str) -> None:
    done = here("xiangji", "recall", lot, cwd=village)
    assert done.returncode == 2
    assert words in done.stderr


def test_english(village: Path) -> None:
    done = here("xiangji", "--lang", "en", "recall", "jiang/A1", cwd=village)
    assert "jiang/A2 holds it and is not recalled itself" in done.stdout
    assert "state: recalled" in done.stdout


def test_one_line_reaches_every_sheet_and_code(demo: Built, tmp_path: Path) -> None:
    """The demo's own recall: the lot, what it went into, and a code that leads there."""
    root = copy_demo(tmp_path / "village", demo)
    file = root / "products" / "ciba-lajiao" / "batches.csv"
    text = file.read_text("utf-8")
    row = "L-0905,2026-09-05,90 公斤,正常,,,"
    assert row in text
    file.write_text(
        text.replace(row, "L-0905,2026-09-05,90 公斤,召回,有碎瓷（示例）,退（示例）,"), "utf-8"
    )
    done = here("xiangji", "build", "--host", "none", "--out", "site", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    site = root / "site"
    for form in ("", "e/"):
        assert "这一批已召回" in (site / f"t/ciba-lajiao/L-0905/{form}index.html").read_text(
            "utf-8"
        )
        for lot in ("2026-09A", "2026-11A"):
            page = (site / f"t/laziji/{lot}/{form}index.html").read_text("utf-8")
            assert "用料批次 L-0905 已召回" in page
    bound = (site / "c/juan-01-001/index.html").read_text("utf-8")
    assert "url=../../t/laziji/2026-11A/" in bound


def test_a_drill_is_marked_and_kept_and_changes_nothing(village: Path) -> None:
    before = tree(village)
    real = here("xiangji", "recall", "L1", cwd=village).stdout
    drill = ("xiangji", "recall", "L1", "--drill", "--date", "2026-06-01")
    done = run(*drill, cwd=village)
    assert done.returncode == 0
    lines = done.stdout.rstrip("\n").split("\n")
    assert "演练，不是真的召回" in lines[0] and lines[-1] == lines[0]
    notice = real.split("——\n")[-1].rstrip("\n").split("\n")
    assert notice[0] == "【召回通知】立碑村"
    assert [line for line in lines if line.startswith("【演练】")][1:] == [
        f"【演练】{each}" for each in notice
    ]
    assert all(each in done.stdout for each in real.split("\n") if each not in notice)
    assert {
        name: text for name, text in tree(village).items() if "drills.csv" not in name
    } == before
    told = here(*drill, "--format", "json", cwd=village)
    assert json.loads(told.stdout)["drill"] is True
    kept = (village / "products/drills.csv").read_text("utf-8-sig").splitlines()
    assert kept[0] == "日期,批次,牵到批次,印出的码,没有记下的,谁参加,用了多久,学到什么"
    assert (
        kept[1]
        == kept[2]
        == ("2026-06-01,lajiao/L1,4,6,去向 3 批，数量 4 批，生产日期 2 批，登记过的码 2 批,,,")
    )
    checked = here("xiangji", "check", "--date", "2026-06-01", cwd=village)
    assert "drills" not in checked.stdout + checked.stderr


def test_no_page_knows_of_a_drill(village: Path) -> None:
    site = "xiangji", "build", "--date", "2026-06-01", "--out"
    assert run(*site, "before", cwd=village).returncode == 0
    run("xiangji", "recall", "L1", "--drill", cwd=village)
    assert run(*site, "after", cwd=village).returncode == 0
    assert tree(village / "after") == tree(village / "before")
