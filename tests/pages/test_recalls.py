"""One line in a batch reaches its product's page, its card in both catalogues, the lists, and the feed."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest

from built import write
from xiangji.build import build
from xiangji.settings import Settings

ATOM = "{http://www.w3.org/2005/Atom}"
FILES = {
    "products/brand.yml": "名称: 立碑村\n",
    "products/jiang/product.yml": "名称: 辣酱 & <油>\n类型: 加工食品\n保质期: 6个月\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
}
HEAD = "批号,生产日期,状态,原因,怎么办\n"
A1 = "A1,2026-03-01,{},漏写花生,退货\n"
OTHERS = "A2,2026-04-01,正常,,\nA0,2025-01-01,召回,旧的一批,退货\n"
C2 = "批号: C2\n采收日期: 2026-04-02\n检验:\n  - {层级: 自检, 结果: 合格, 日期: 2026-04-25}\n"


def site(
    root: Path, status: str, url: str | None = "https://cun.example.cn/", others: str = OTHERS
) -> dict[str, str]:
    """Pages and files by address, of a village whose lot A1 has a status."""
    files = FILES | {
        "products/jiang/batches.csv": HEAD + A1.format(status) + others,
        "products/cha/batches.csv": "批号,采收日期\nC1,2026-04-20\n",
        "products/cha/batches/C2.yml": C2,
    }
    made = build(Settings(write(root, files), date(2026, 5, 1), site_url=url))
    assert not made.fatal(), [each.message("zh") for each in made.problems]
    found = {each.address: each.document for each in made.pages}
    return found | {
        each.address: each.content.decode("utf-8", "replace") for each in made.artifacts
    }


@pytest.fixture
def recalled(tmp_path: Path) -> dict[str, str]:
    return site(tmp_path, "召回")


def test_the_product_says_it_first(recalled: dict[str, str], tmp_path: Path) -> None:
    page = recalled["products/jiang/"]
    told = re.search(r'<p class="notice">(.*?)</p>', page, re.S)
    assert told and "召回：批号" in told[1]
    # A lot that expired long ago is in nobody's hands.
    assert re.findall(r'<a href="([^"]+)">([^<]+)</a>', told[1]) == [("../../t/jiang/A1/", "A1")]
    assert page.index("召回：批号") < page.index("<h2>")
    assert "召回：批号" not in recalled["products/cha/"]
    assert "召回：批号" not in site(tmp_path / "fine", "正常")["products/jiang/"]


def test_it_says_so_until_the_last_day(tmp_path: Path) -> None:
    others = "A0,2025-11-01,召回,旧,退货\nA9,2025-11-02,召回,旧,退货\n"
    page = site(tmp_path, "正常", others=others)["products/jiang/"]
    told = re.search(r'<p class="notice">(.*?)</p>', page, re.S)
    assert told and re.findall(r">(A\d)</a>", told[1]) == ["A9"]


def test_so_do_both_catalogues_and_the_lists(recalled: dict[str, str]) -> None:
    assert recalled["shop/"].count("有批次召回") == 1
    assert "召回：批号 A1" in recalled["shop/e/"]
    assert "有批次召回" in recalled["t/"] and "3 批" in recalled["t/"]
    entries = json.loads(recalled["data/catalogue.json"])["entries"]
    assert [each.get("recalled") for each in entries if each["id"] == "jiang"] == [["A1"]]
    assert all("recalled" not in each for each in entries if each["id"] == "cha")


def test_the_feed_has_it_on_top_and_as_a_new_entry(
    recalled: dict[str, str], tmp_path: Path
) -> None:
    before, after = site(tmp_path / "before", "正常")["feed.xml"], recalled["feed.xml"]
    first, *rest = entries(after)
    assert first["title"] == "已召回：辣酱 & <油> A1"
    assert first["id"] == "https://cun.example.cn/t/jiang/A1/#recalled"
    assert first["summary"] == "退货。漏写花生"
    assert first["id"] not in {each["id"] for each in entries(before)}
    assert {each["id"] for each in rest} < {each["id"] for each in entries(before)}


def test_a_moment_in_the_feed_is_the_last_that_was_recorded(recalled: dict[str, str]) -> None:
    """And not the day of the build: the same lots are the same feed tomorrow."""
    feed = recalled["feed.xml"]
    moments = {each["title"].split()[-1]: each["updated"][:10] for each in entries(feed)}
    assert moments["C2"] == "2026-04-25" and moments["C1"] == "2026-04-20"
    root = ElementTree.fromstring(feed)
    assert root.findtext(f"{ATOM}updated", "").startswith("2026-04-25")


def test_the_feed_is_short_and_forgets_nothing_that_is_stopped(tmp_path: Path) -> None:
    """However old it is, and if nobody wrote down when it was made."""
    lots = "".join(f"B{n:02},2026-03-{1 + n % 28:02},正常,,\n" for n in range(50))
    stopped = "S1,2025-12-01,停售,等检验,先别吃\nU1,,正常,,\nU2,,召回,漏写花生,退货\n"
    feed = entries(site(tmp_path, "正常", others=lots + stopped)["feed.xml"])
    titles = [each["title"] for each in feed]
    assert len(feed) == 40
    assert [each.split()[-1] for each in titles[:2]] == ["U2", "S1"]
    assert titles[1].startswith("已停售：")
    assert not any(each.endswith("U1") for each in titles)
    moments = [each["updated"] for each in feed[2:]]
    assert moments == sorted(moments, reverse=True)


def entries(feed: str) -> list[dict[str, str]]:
    """The entries, with what RFC 4287 asks of each: an id, a title and a moment."""
    root = ElementTree.fromstring(feed)
    assert root.tag == f"{ATOM}feed" and root.findtext(f"{ATOM}id")
    found = []
    for each in root.findall(f"{ATOM}entry"):
        row = {
            name: each.findtext(ATOM + name, "") for name in ("id", "title", "updated", "summary")
        }
        assert row["id"] and row["title"]
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT12:00:00\+08:00", row["updated"])
        found.append(row)
    ids = [each["id"] for each in found]
    assert len(set(ids)) == len(ids)
    return found


def test_pages_lead_to_the_feed_and_without_an_address_there_is_none(
    recalled: dict[str, str], tmp_path: Path
) -> None:
    assert 'type="application/atom+xml" href="../../feed.xml"' in recalled["products/jiang/"]
    without = site(tmp_path / "without", "召回", url=None)
    assert "feed.xml" not in without
    assert "atom+xml" not in without["products/jiang/"]
