"""`xiangji pledge` as a cooperative runs it: shows or refuses, and writes only when asked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import Built, copy_demo, here, tree
from xiangji.problems import Report
from xiangji.readers.tables.registers import PLEDGES, read_pledges

DAY = ("--date", "2026-11-22")
LOT = "zheergen/Z-1119"


@pytest.fixture
def village(demo: Built, tmp_path: Path) -> Path:
    return copy_demo(tmp_path / "demo", demo)


def asked(root: Path, *words: str) -> tuple[int, str]:
    done = here("xiangji", "pledge", *words, *DAY, cwd=root)
    return done.returncode, done.stdout + done.stderr


def numbers(root: Path) -> list[str]:
    report = Report()
    found = read_pledges((root / PLEDGES).read_bytes(), PLEDGES, report)
    assert report.problems == []
    return [each.number for each in found]


def test_it_shows_every_line_and_writes_nothing(village: Path) -> None:
    before = tree(village)
    status, told = asked(village, "Z-1119")
    assert status == 0, told
    lines = told.splitlines()
    assert lines[0] == "承诺达标合格证（示例，不是真的）"
    for line in (
        "  编号：还没有开，开的时候再编",
        "  数量（重量）：120 把",
        "    ☑ 自行检测合格",
        "    ☐ 委托检测合格",
        "  承诺主体：立碑村合作社（示例）",
        "  开具时间：2026 年 11 月 22 日",
        "  网页：https://yanglang.example.cn/t/zheergen/Z-1119/",
        "  HGZ-2026-001，2026-11-19，60 公斤",
    ):
        assert line in lines
    assert "不是政府发的证明" in told
    assert tree(village) == before


def test_it_is_recorded_once_it_is_asked_for(village: Path) -> None:
    old = (village / PLEDGES).read_bytes()
    status, told = asked(village, LOT, "--quantity", "20公斤", "--copies", "3", "--issue")
    assert status == 0, told
    assert "开好了，记在 products/pledges.csv：HGZ-2026-002，3 份。" in told
    new = (village / PLEDGES).read_bytes()
    assert new.startswith(old)
    added = new.removeprefix(old).decode()
    assert added.startswith("HGZ-2026-002,zheergen/Z-1119,折耳根,20 公斤,贵州省")
    assert added.endswith(",2026-11-22,3,,,是\n")
    assert asked(village, LOT, "--issue")[0] == 0
    assert numbers(village) == ["HGZ-2026-001", "HGZ-2026-002", "HGZ-2026-003"]
    done = here("xiangji", "check", "--strict", cwd=village)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_one_makes_the_register(village: Path) -> None:
    (village / PLEDGES).unlink()
    assert asked(village, LOT, "--issue")[0] == 0
    assert numbers(village) == ["HGZ-2026-001"]
    left = {file.name for file in (village / "products").iterdir() if file.is_file()}
    assert left == {"brand.yml", "codes.csv", "pledges.csv"}


@pytest.mark.parametrize("lot", ["laziji/2026-09A", "Z-1121"])
def test_it_refuses_with_every_reason_and_writes_nothing(village: Path, lot: str) -> None:
    before = tree(village)
    status, told = asked(village, lot, "--issue")
    assert status == 1
    assert "的合格证不能开，一共" in told and "怎么改：" in told and "不能开 [pledge-" in told
    if lot == "Z-1121":
        for rule in ("pledge-basis", "pledge-contact", "pledge-place", "pledge-stopped"):
            assert f"[{rule}]" in told
    assert tree(village) == before


def test_for_programs(village: Path) -> None:
    status, told = asked(village, LOT, "--format", "json")
    found = json.loads(told)
    assert status == 0
    assert (found["title"], found["number"], found["issued"]) == ("承诺达标合格证", None, False)
    assert [each["ticked"] for each in found["bases"]] == [True, True, False]
    assert (found["sample"], found["issued_on"]) == (True, "2026-11-22")
    status, told = asked(village, "laziji/2026-09A", "--format", "json")
    assert status == 1 and [each["rule"] for each in json.loads(told)] == ["pledge-kind"]


def test_in_english(village: Path) -> None:
    status, told = asked(village, LOT, "--lang", "en")
    assert status == 0 and "quantity (weight): 120 把" in told and "no authority certifies" in told
    assert "refused [pledge-kind]" in asked(village, "laziji/2026-09A", "--lang", "en")[1]


@pytest.mark.parametrize(
    "words",
    [
        ("Z-9999",),
        (LOT, "--quantity", "一些"),
        (LOT, "--quantity", "60"),
        (LOT, "--quantity", "0 公斤"),
        (LOT, "--copies", "0"),
    ],
)
def test_wrong_use(village: Path, words: tuple[str, ...]) -> None:
    before = tree(village)
    assert asked(village, *words, "--issue")[0] == 2
    assert tree(village) == before


def test_more_than_there_is_is_refused(village: Path) -> None:
    status, told = asked(village, LOT, "--quantity", "121 把", "--issue")
    assert status == 1 and "[pledge-more]" in told
    assert numbers(village) == ["HGZ-2026-001"]


def test_a_register_with_mistakes_is_not_added_to(village: Path) -> None:
    file = village / PLEDGES
    text = file.read_text("utf-8")
    file.write_text(text + text.splitlines()[1] + "\n", "utf-8")
    before = file.read_bytes()
    status, told = asked(village, LOT, "--issue")
    assert status == 1 and "[pledge-twice]" in told and "什么也没有写" in told
    file.write_text(text.replace(",作废日期", "").replace(",,示例：", ",示例："), "utf-8")
    assert asked(village, LOT, "--issue")[0] == 0  # Nothing of this row would stand there.
    rows = [line.split(",") for line in text.splitlines()]
    file.write_text("".join(",".join(each[:8] + each[9:]) + "\n" for each in rows), "utf-8")
    before = file.read_bytes()
    status, told = asked(village, LOT, "--issue")
    assert status == 1 and "没有这些列：联系方式。" in told
    assert file.read_bytes() == before


def test_a_register_that_cannot_be_written(village: Path) -> None:
    (village / PLEDGES).unlink()
    (village / PLEDGES).mkdir()
    status, told = asked(village, LOT, "--issue")
    assert status == 1 and "写不进 products/pledges.csv" in told
