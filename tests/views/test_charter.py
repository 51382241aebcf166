"""A producer's page and the pages of its products say how it stands with the integrity charter."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.build import build
from xiangji.settings import Settings

FILES = {
    "products/brand.yml": "名称: 立碑村\n生产者:\n"
    "  - {编号: she, 名称: 合作社, 类型: 合作社}\n  - {编号: fang, 名称: 灶房, 类型: 合作社}\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 手工艺\n生产者: she\n",
}
ASSOCIATION = """\
- 编号: zilv
  名称: 自律小组
  诚信公约: 少了补。
  规矩:
    - {版本: 第一版, 从哪天: 2026-01-01, 写着什么: 留样}
    - {版本: 第二版, 从哪天: 2026-03-01, 写着什么: 留样放满}
"""
CHARTER = "《自律小组诚信公约》"


def pages(root: Path, association: str, today: date = date(2026, 5, 1)) -> dict[str, str]:
    files = FILES | {"village/associations.yml": association}
    site = build(Settings(write(root, files), today))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return {each.address: each.document for each in site.pages}


def plain(page: str) -> str:
    return re.sub("<[^>]+>", "", page)


@pytest.mark.parametrize(
    ("signature", "told"),
    [
        ("哪天: 2026-02-01", f"签了{CHARTER}第一版，2026 年 2 月 1 日"),
        ("哪天: 2026-03-01", f"签了{CHARTER}第二版，2026 年 3 月 1 日"),
        ("哪天: 2025-12-01", f"签了{CHARTER}，2025 年 12 月 1 日"),
        (
            "哪天: 2026-02-01, 到哪天: 2026-04-01",
            f"2026 年 2 月 1 日签过{CHARTER}第一版，2026 年 4 月 1 日退出了",
        ),
        (
            "哪天: 2026-02-01, 到哪天: 2026-04-01, 怎么了: 除名",
            f"2026 年 2 月 1 日签过{CHARTER}第一版，2026 年 4 月 1 日被协会除名",
        ),
        (
            "哪天: 2026-02-01, 到哪天: 2026-04-01, 怎么了: 暂停",
            f"2026 年 2 月 1 日签过{CHARTER}第一版，2026 年 4 月 1 日起被协会暂停",
        ),
        (
            "哪天: 2026-02-01, 到哪天: 2026-03-05}, {生产者: she, 哪天: 2026-04-01",
            f"签了{CHARTER}第二版，2026 年 4 月 1 日",
        ),
    ],
)
def test_the_pages_of_who_signed_say_so(tmp_path: Path, signature: str, told: str) -> None:
    found = pages(tmp_path, f"{ASSOCIATION}  签字: [{{生产者: she, {signature}}}]\n")
    for address in ("producers/she/", "products/jiang/"):
        assert f"{told}<" in found[address].replace("</a>", "<"), address
        assert 'href="../../associations/zilv/"' in found[address]
    assert "签" not in plain(found["producers/fang/"]), "who did not sign is not named"
    assert 'href="../../producers/she/"' in found["associations/zilv/"], "the charter links back"


def test_an_association_that_is_over_holds_nobody(tmp_path: Path) -> None:
    text = f"{ASSOCIATION}  解散: 2026-04-10\n  签字: [{{生产者: she, 哪天: 2026-02-01}}]\n"
    told = f"2026 年 2 月 1 日签过{CHARTER}第一版，协会 2026 年 4 月 10 日解散了"
    assert told in pages(tmp_path, text)["producers/she/"]


def test_what_is_private_stays_at_home(tmp_path: Path) -> None:
    text = f"{ASSOCIATION}  公开范围: 不公开\n  签字: [{{生产者: she, 哪天: 2026-02-01}}]\n"
    for page in pages(tmp_path, text).values():
        assert "公约" not in page
