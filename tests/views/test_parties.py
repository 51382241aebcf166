"""The page of the five parties fills what the records have, and tells what is missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from xml.etree import ElementTree as ET

from built import write
from xiangji.build import Site, build
from xiangji.model.vocabularies import FORM_ROLE, PartnerForm
from xiangji.settings import Settings

BRAND = """
名称: 山上人家
村: 一个名字很长的村
生产者:
  - {编号: gongsi, 名称: 五村公司, 类型: 强村公司, 怎么分: 按户分。, 分配依据: zc, 股份: [{单位: 村集体, 占比: 60%}]}
伙伴:
  - {编号: zu, 名称: 示例工作组, 角色: 政, 类型: 驻村工作组, 合作内容: [修路, 教电脑], 开始: 2026-01-01}
  - {编号: xue, 名称: 示例学院, 角色: 校, 开始: 2024-01-01, 结束: 2025-12-31, 文件: 示例协议三号}
  - {编号: qi, 名称: 五村公司（伙伴）, 角色: 企, 类型: 强村公司, 生产者: gongsi}
来源: [{编号: zc, 题名: 示例章程, 类型: 档案, 网址: "https://example.cn/a"}]
"""


def made(root: Path, brand: str = BRAND, day: date = date(2026, 11, 22)) -> Site:
    product = "名称: 竹篮\n类型: 手工艺\n生产者: [gongsi]\n" if "gongsi" in brand else ""
    files = {"products/brand.yml": brand} | (
        {"products/lan/product.yml": product} if product else {}
    )
    site = build(Settings(write(root, files), day))
    assert not site.fatal(), site.problems
    return site


def page(site: Site, address: str = "parties/") -> str:
    return next((each.document for each in site.pages if each.address == address), "")


def told(document: str) -> dict[str, str]:
    """What the picture says of each party."""
    drawing = re.search(r"<svg class=\"xj-five\".*?</svg>", document, re.DOTALL)
    assert drawing
    tree = ET.fromstring(drawing[0].replace("&nbsp;", " "))
    every = [(each.get("class"), each.text or "") for each in tree.iter("text")]
    assert "".join(text for kind, text in every if kind == "mid") == "一个名字很长的村"
    words = ["", *(text for kind, text in every if kind != "mid")]
    circles = [each.get("class") for each in tree.iter("circle")][1:]
    pairs = dict(zip(words[1::2], words[2::2], strict=True))
    assert [each != "尚无" for each in pairs.values()] == [each == "there" for each in circles]
    title, description = tree[0].text, tree[1].text or ""
    assert title and all(f"{word}（" in description for word in pairs)
    assert tree.get("aria-labelledby") == f"{tree[0].get('id')} {tree[1].get('id')}"
    return pairs


def test_a_missing_party_is_told_as_missing(tmp_path: Path) -> None:
    found = page(made(tmp_path))
    assert told(found) == {"政": "1 家", "社": "尚无", "校": "尚无", "企": "1 家", "农": "尚无"}
    society = found.partition('id="party-society"')[2].partition("<h2")[0]
    assert "尚无。" in society
    assert "驻村工作组 · 修路、教电脑" in found


def test_what_has_ended_says_so(tmp_path: Path) -> None:
    site = made(tmp_path)
    school = page(site).partition('id="party-school"')[2].partition("<h2")[0]
    assert "以前一起做过的" in school and "示例学院" in school
    assert "合作到 2025 年 12 月 31 日为止，已经结束" in page(site, "partners/xue/")
    before = made(tmp_path / "before", day=date(2025, 12, 31))
    assert told(page(before))["校"] == "1 家"
    assert "已经结束" not in page(before, "partners/xue/")


def test_a_company_of_villages_leads_to_its_products_and_back(tmp_path: Path) -> None:
    site = made(tmp_path)
    partner, company = page(site, "partners/qi/"), page(site, "producers/gongsi/")
    assert 'href="../../products/lan/"' in partner and 'href="../../producers/gongsi/"' in partner
    assert 'href="../../partners/qi/"' in company and 'href="../../products/lan/"' in company
    assert "村集体 · 60 %" in company and "按户分。" in company and "示例章程" in company
    assert 'href="../../producers/gongsi/"' in page(site, "products/lan/")


def test_producers_are_parties_too(tmp_path: Path) -> None:
    rows = "".join(f"  - {{编号: h{n}, 名称: 农户{n}, 类型: 农户}}\n" for n in range(20))
    brand = (
        f"名称: 山\n村: 一个名字很长的村\n生产者:\n{rows}伙伴: [{{编号: a, 名称: 甲, 角色: 社}}]\n"
    )
    found = page(made(tmp_path, brand))
    assert told(found)["农"] == "20 家"
    assert "一共 20 家。" in found and found.count('href="../producers/') == 12


def test_without_partners_there_is_no_page(tmp_path: Path) -> None:
    assert page(made(tmp_path, "名称: 山\n生产者: [{编号: a, 名称: 甲, 类型: 农户}]\n")) == ""


def test_a_name_that_is_too_long_ends_in_dots(tmp_path: Path) -> None:
    brand = "名称: 山\n村: 一二三四五六七八九十甲乙丙\n伙伴: [{编号: a, 名称: 甲, 角色: 社}]\n"
    found = page(made(tmp_path, brand))
    assert re.findall(r'class="mid" [^>]*>([^<]*)</text>', found) == [
        "一二三四",
        "五六七八",
        "九十甲…",
    ]
    assert "一二三四五六七八九十甲乙丙在中间" in found


def test_every_form_belongs_to_a_party() -> None:
    assert FORM_ROLE.keys() == {*PartnerForm}
