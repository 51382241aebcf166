"""`xiangji check --next`: what an upgrade will stop at, told before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import write
from spoken import spoken

VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n简介: 打13800138000\n",
}
GOLDEN = """\
village/projects/shou-yi.yml:3:6: 下一版的错误 [private-number]
  这里有一个手机号：138…000。谁扫码都看得到。
    怎么改：删掉它。对外的电话写到“电话”或者“渠道”里；身份证号、银行卡号哪里都不写。
  This holds a mobile number: 138…000. Whoever scans a code can read it.
    Remedy: Remove it. A number to call has a field of its own; identity and bank numbers have none.
一共 1 处错误，0 处提醒。
其中 1 处现在只是提醒，下一版是错误：不改就生成不了网站。
"""


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "村", VILLAGE)


def test_what_will_stop_is_an_error_already(village: Path) -> None:
    # The second time it is told from what the first one found.
    for _ in range(2):
        usual = spoken("check", cwd=village)
        assert usual.returncode == 0 and "提醒 [private-number]" in usual.stderr
        asked = spoken("check", "--next", cwd=village)
        assert (asked.returncode, asked.stdout, asked.stderr) == (1, "", GOLDEN)


def test_in_english_what_will_stop(village: Path) -> None:
    told = spoken("check", "--next", cwd=village, lang="en").stderr
    assert "error with the next version [private-number]" in told
    assert "1 of them are warnings now and errors with the next version" in told


def test_for_programs_it_is_an_error_and_nothing_else_is_said(village: Path) -> None:
    done = spoken("check", "--next", "--format", "json", cwd=village)
    (row,) = json.loads(done.stdout)
    assert (done.returncode, row["severity"], done.stderr) == (1, "error", "")
    assert spoken("check", "--next", "--format", "github", cwd=village).stdout.startswith(
        "::error "
    )


def test_where_nothing_more_will_stop_it_says_so(village: Path) -> None:
    write(village, {"village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n结束: 2020-01-01\n"})
    done = spoken("check", "--next", cwd=village)
    assert done.returncode == 0 and "提醒 [project-past]" in done.stderr
    assert done.stdout == "下一版不会多拦下什么。\n"
