"""Labels that were changed without a day, as Git tells it: what `check` asks and `fix` writes."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from built import here, write
from readers.test_history import git, save
from xiangji.label.versions import as_made
from xiangji.library.references import assemble
from xiangji.readers.git.label_changes import UndatedChange, label_changes
from xiangji.readers.village import gather

TODAY = date(2026, 11, 22)
AT = "products/jiang/product.yml"
FIRST = """\
名称: 辣酱
类型: 加工食品
示例: 是
净含量: 500 克   # 每瓶
配料: [辣椒, 花生]
贮存: 阴凉
"""
FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    AT: FIRST,
    "products/jiang/batches.csv": "批号,生产日期\nA1,2026-03-12\nA2,2026-07\nA3,2026-11-20\nA4,\n",
}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = write(tmp_path / "village", FILES)
    git(root, "init", "-q")
    save(root, "2026-01-06T10:00:00+0800")
    return root


def change(root: Path, old: str, new: str, when: str = "") -> None:
    """Edit the product, and save it where a day is given."""
    text = (root / AT).read_bytes()
    assert old.encode() in text
    (root / AT).write_bytes(text.replace(old.encode(), new.encode()))
    if when:
        save(root, f"{when}T10:00:00+0800")


def asked(root: Path) -> list[UndatedChange]:
    library, _ = assemble(gather(root))
    assert library is not None
    products = library.products
    lots = {each: library.batches.of(each) for each in products}
    return label_changes(root, products.values(), lots, TODAY)


def told(root: Path) -> list[str]:
    """Each change on a line: day, facts, lots."""
    return [
        f"{each.on} {' '.join(f.field for f in each.facts)} {' '.join(b.lot for b in each.lots)}"
        for each in asked(root)
    ]


def fixed(root: Path) -> str:
    done = here("xiangji", "fix", "--write", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert asked(root) == []
    return (root / AT).read_text("utf-8")


def test_a_change_concerns_the_lots_made_before_it(village: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    change(village, "花生", "大豆", "2026-08-01")
    (first, second) = asked(village)
    assert (first.facts[0].before, first.facts[0].after) == ("500 克", "450 克")
    assert told(village) == ["2026-06-05 net_content A1", "2026-08-01 ingredients A1 A2"]
    assert second.facts[0].before == "辣椒、花生"


def test_what_is_not_saved_yet_counts_as_changed_today(village: Path) -> None:
    change(village, "500 克", "450 克")
    assert told(village) == ["2026-11-22 net_content A1 A2 A3"]


def test_another_spelling_an_addition_and_what_is_no_label_ask_nothing(village: Path) -> None:
    change(village, "500 克", "500克", "2026-06-05")
    change(village, "贮存: 阴凉\n", "贮存: 阴凉\n保质期: 12个月\n一句话: 辣\n", "2026-06-06")
    assert told(village) == []


def test_what_was_taken_out_asks(village: Path) -> None:
    change(village, "贮存: 阴凉\n", "", "2026-06-05")
    assert told(village) == ["2026-06-05 storage A1"]
    assert "贮存: 阴凉" in fixed(village)


def test_a_draft_of_one_day_and_a_value_that_came_back_ask_nothing(village: Path) -> None:
    change(village, "500 克", "480 克", "2026-06-05")
    change(village, "480 克", "500 克", "2026-06-05")
    assert told(village) == []
    change(village, "500 克", "480 克", "2026-09-01")
    change(village, "480 克", "500 克", "2026-09-02")
    assert told(village) == []


def test_lots_of_the_time_between_are_asked_about(village: Path) -> None:
    change(village, "500 克", "480 克", "2026-06-05")
    change(village, "480 克", "500 克", "2026-09-01")
    assert told(village) == ["2026-09-01 net_content A2"]


def test_what_was_a_mistake_asks_nothing_more(village: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    change(village, "贮存", "写错过:\n  - 净含量: 500 克\n贮存")
    assert told(village) == []


def test_a_size_concerns_lots_of_that_size(village: Path) -> None:
    sizes = (
        "规格:\n  - {规格: 大, 净含量: 500 克, 价格: 9}\n  - {规格: 小, 净含量: 100 克, 价格: 3}\n"
    )
    rows = "批号,生产日期,规格\nA1,2026-03-12,大\nA2,2026-03-12,小\n"
    write(village, {AT: FIRST + sizes, "products/jiang/batches.csv": rows})
    save(village, "2026-01-07T10:00:00+0800")
    change(village, "大, 净含量: 500 克, 价格: 9", "大, 净含量: 450 克, 价格: 8", "2026-06-05")
    assert told(village) == ["2026-06-05 variants A1"]
    text = fixed(village)
    assert "  - 规格:\n      - 规格: 大\n        净含量: 500 克\n" in text
    assert "价格: 9" not in text


def test_a_version_that_cannot_be_read_is_passed_over(village: Path) -> None:
    change(village, "净含量: 500 克", "净含量：500 克", "2026-06-05")
    change(village, "净含量：500 克", "净含量: 450 克", "2026-08-05")
    assert told(village) == ["2026-08-05 net_content A1 A2"]


def test_without_git_and_in_a_shallow_copy_nothing_is_asked(village: Path, tmp_path: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{village}", "shallow")
    assert told(tmp_path / "shallow") == []
    assert told(write(tmp_path / "plain", FILES)) == []


def test_fix_writes_every_version_and_check_asks_no_more(village: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    change(village, "花生", "大豆", "2026-08-01")
    before = (village / AT).read_text("utf-8")
    shown = here("xiangji", "fix", cwd=village)
    assert (
        "+ 从哪一天起: 2026-08-01" in shown.stdout and (village / AT).read_text("utf-8") == before
    )
    text = fixed(village)
    assert text.startswith(before)
    assert text[len(before) :] == (
        "从哪一天起: 2026-08-01\n以前:\n  - 从哪一天起: 2026-06-05\n    配料:\n      - 辣椒\n      - 花生\n"
        "  - 净含量: 500 克\n"
    )
    library, _ = assemble(gather(village))
    assert library is not None
    made = {
        lot: as_made(library.products["jiang"], library.batches[f"jiang/{lot}"])
        for lot in ("A1", "A2", "A3")
    }
    nets = [str(each.net_content) for each in made.values()]
    assert nets == ["500 克", "450 克", "450 克"]
    assert [each.ingredients[1] for each in made.values()] == ["花生", "花生", "大豆"]
    undone = here("xiangji", "fix", "--undo", cwd=village)
    assert undone.returncode == 0 and (village / AT).read_text("utf-8") == before


@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_goes_on_with_versions_that_are_there(village: Path, end: str) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    versions = "从哪一天起: 2026-06-05   # 换小瓶\n以前:   # 大瓶\n  # 老的\n  - 净含量: 500 克\n"
    text = ((village / AT).read_text("utf-8") + versions).replace("\n", end)
    (village / AT).write_text(text, "utf-8", newline="")
    save(village, "2026-06-06T10:00:00+0800")
    change(village, "花生", "大豆", "2026-08-01")
    before = (village / AT).read_bytes().decode()
    fixed(village)
    after = (village / AT).read_bytes().decode()
    assert after == before.replace("2026-06-05", "2026-08-01").replace(
        "  - 净含量",
        end.join(
            [
                "  - 从哪一天起: 2026-06-05",
                "    配料:",
                "      - 辣椒",
                "      - 花生",
                "  - 净含量",
            ]
        ),
    )


def test_fix_leaves_alone_what_it_cannot_put_in_order(village: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    change(village, "贮存", "从哪一天起: 2026-10-01\n以前:\n  - 配料: [辣椒]\n贮存")
    assert told(village) == ["2026-06-05 net_content A1"]
    before = (village / AT).read_text("utf-8")
    done = here("xiangji", "fix", "--write", cwd=village)
    assert done.returncode == 0 and "2026-06-05 改的那一处没有动" in done.stderr
    assert (village / AT).read_text("utf-8") == before
    assert "插不进去" in here("xiangji", "check", cwd=village).stderr


def test_only_a_check_asks(village: Path) -> None:
    change(village, "500 克", "450 克", "2026-06-05")
    assert "label-changed" in here("xiangji", "check", cwd=village).stderr
    assert "label-changed" not in here("xiangji", "build", "--host", "none", cwd=village).stderr
