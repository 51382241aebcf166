"""Series, videos and livestreams: what is counted, what stays at home, and what machines read of them."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from built import Document, write
from photos import phone, scene
from views.test_said import pages
from xiangji.kinds.telling.excerpt import digest_of
from xiangji.kinds.telling.statistic import Statistic, recomputed

PEOPLE = """\
人物:
  - {编号: lan, 姓名: 阿兰, 同意: [{用途: 姓名, 同意日期: 2026-01-01}, {用途: 引语, 同意日期: 2026-01-01}]}
  - {编号: zhu, 姓名: 阿竹, 化名: 一位大哥}
"""
BARE = {
    "mkdocs.yml": "site_name: 村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 村\n地点: [{编号: cun, 名称: 院坝}]\n",
    "products/lajiao/product.yml": "名称: 辣椒\n类型: 农产品\n",
    "stories/people.yml": PEOPLE,
    "village/shows.yml": "- {编号: zaoshang, 名称: 灶上}\n",
}


def built(folder: Path, files: dict[str, str]) -> dict[str, bytes]:
    return pages(write(folder, BARE | files))


def linked(page: bytes) -> dict[str, Any]:
    (found,) = Document(page.decode()).all("script", type="application/ld+json")
    data: dict[str, Any] = json.loads(found.text)
    return data


def test_a_video_is_a_video_object(tmp_path: Path) -> None:
    video = (
        "标题: 舂辣椒\n哪天: 2026-04-16\n系列: zaoshang\n平台: 抖音\n网址: https://v.example.cn/1\n出镜的人: [lan]\n"
        "产品: [lajiao]\n封面: c.jpg\n封面说明: 石臼\n谁在里面: 没有人\n介绍: 一口石臼。\n文字稿: 先舂三十下。\n"
    )
    root = write(tmp_path, BARE | {"village/videos/v1/video.yml": video})
    (root / "village/videos/v1/c.jpg").write_bytes(phone(scene(800, 600)))
    found = pages(root)
    data = linked(found["videos/v1/index.html"])
    assert data["thumbnailUrl"].startswith("https://cun.example.cn/")
    assert data | {"thumbnailUrl": ""} == {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "name": "舂辣椒",
        "description": "一口石臼。",
        "uploadDate": "2026-04-16",
        "thumbnailUrl": "",
        "transcript": "先舂三十下。",
        "sameAs": "https://v.example.cn/1",
        "isPartOf": {"name": "灶上", "url": "https://cun.example.cn/shows/zaoshang/"},
        "actor": [{"name": "阿兰", "url": "https://cun.example.cn/people/lan/"}],
        "about": [{"name": "辣椒", "url": "https://cun.example.cn/products/lajiao/"}],
        "url": "https://cun.example.cn/videos/v1/",
    }


@pytest.mark.parametrize(("hosts", "told"), [("[lan]", True), ("[]", True), ("[lan, zhu]", False)])
def test_words_are_published_if_all_who_say_them_agreed(
    tmp_path: Path, hosts: str, told: bool
) -> None:
    video = f"- {{编号: v1, 标题: 舂, 哪天: 2026-04-16, 出镜的人: {hosts}, 文字稿: 先舂三十下。}}\n"
    stream = f"- {{编号: z1, 标题: 播, 时间: 2026-04-16, 主播: {hosts}, 文字稿: 先舂三十下。}}\n"
    found = built(tmp_path, {"village/videos.yml": video, "village/livestreams.yml": stream})
    for name in ("videos/v1/index.html", "livestreams/z1/index.html", "data/videos.json"):
        assert ("先舂三十下" in found[name].decode()) is told, name
    everywhere = any("先舂三十下".encode() in content for content in found.values())
    assert everywhere is told


STREAMS = """\
编号,时间,结束,标题,系列,产品,卖了多少,公开的销售额,取消
z1,2026-03-07 19:30,2026-03-07 20:30,开罐,zaoshang,lajiao,98765,,
z2,2026-03-14 19:30,,晒场,zaoshang,,43210,500,
z3,2026-06-06 19:30,2026-06-06 21:00,下锅,,lajiao,,,
z4,2026-06-07 19:30,,停电,,,,,是
"""


def test_what_was_sold_stays_at_home_unless_it_is_told(tmp_path: Path) -> None:
    found = built(tmp_path, {"village/livestreams.csv": STREAMS})
    for name, content in found.items():
        for secret in (b"98765", b"98,765", b"43210", b"43,210"):
            assert secret not in content, name
    listed = Document(found["livestreams/index.html"].decode())
    assert [each.text for each in listed.all("h2")] == [
        "就要播的",
        "2026 年 3 月：2 场，写明销售额的 1 场共 500 元",
    ]


def test_streams_to_come_are_in_calendars(tmp_path: Path) -> None:
    found = built(tmp_path, {"village/livestreams.csv": STREAMS})
    calendar = found["livestreams/livestreams.ics"].decode()
    assert calendar.count("BEGIN:VEVENT") == 4 and "STATUS:CANCELLED" in calendar
    assert "DTSTART:20260606T113000Z\r\nDTEND:20260606T130000Z" in calendar
    coming = "记到手机日历"
    asked = {key: coming in found[f"livestreams/{key}/index.html"].decode() for key in STREAMS_IDS}
    assert asked == {"z1": False, "z2": False, "z3": True, "z4": False}
    data = linked(found["livestreams/z3/index.html"])
    assert (data["@type"], data["isLiveBroadcast"]) == ("BroadcastEvent", True)
    assert data["startDate"].startswith("2026-06-06T19:30")


STREAMS_IDS = ("z1", "z2", "z3", "z4")


def test_a_series_tells_the_counted_number_beside_the_told_one(tmp_path: Path) -> None:
    show = "- {编号: zaoshang, 名称: 灶上, 对外说的数: 40 余条, 断言: [{断言: 40 余条, 证据: 待核实}]}\n"
    videos = "编号,哪天,标题,系列\n" + "".join(
        f"v{n},2026-03-{n:02},第 {n} 条,zaoshang\n" for n in range(1, 15)
    )
    files = {"village/shows.yml": show, "village/videos.csv": videos}
    found = built(tmp_path, files | {"village/livestreams.csv": STREAMS})
    page = Document(found["shows/zaoshang/index.html"].decode())
    rows = {a.text: b.text for a, b in zip(page.all("dt"), page.all("dd"), strict=True)}
    assert rows["对外说的数"] == "40 余条"
    assert (rows["短视频"], rows["直播"]) == ("记下了 14 条", "记下了 2 场")
    assert "../../videos/-/show/zaoshang/" in list(page.links()), "more than fit here"


HONOURS = """\
编号,名称,谁评的,文件,哪年起,到哪年
a,示范村,县里,一号,2017,2019
b,示范社,县里,二号,2025,
c,示范户,县里,三号,,
d,示范组,县里,四号,2023,2026
"""


def test_an_honour_is_history_after_its_last_year(tmp_path: Path) -> None:
    found = built(tmp_path, {"village/honours.csv": HONOURS})
    listed = Document(found["honours/index.html"].decode())
    assert [each.text for each in listed.all("h2")] == ["现在的", "没有写哪几年的", "历史"]
    told = {key: "历史荣誉" in found[f"honours/{key}/index.html"].decode() for key in "abcd"}
    assert told == {"a": True, "b": False, "c": False, "d": False}


@given(st.integers(1, 10**9), st.integers(0, 10**9), st.integers(0, 3), st.booleans())
def test_a_rounded_share_of_rounded_figures_is_right(
    whole: int, less: int, places: int, in_wan: bool
) -> None:
    """Whoever rounds two figures and their share, each by itself, wrote no mistake."""
    part = max(1, whole - less)
    assume(not in_wan or part >= 10_000)
    share = (Decimal(100 * part) / whole).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

    def said(value: int) -> str:
        wan = Decimal(value) / 10_000
        return f"{wan.quantize(Decimal('0.1'), ROUND_HALF_UP)}万家" if in_wan else f"{value} 家"

    one = Statistic(id="a", title="网店", value=said(whole))
    other = Statistic(id="b", title="直播", value=said(part), whole="a", share=f"{share}%")
    assert not list(recomputed(Shelves({"a": one}), other, date(2026, 5, 1)))


class Shelves:
    """As much of a library as the check asks for."""

    def __init__(self, statistics: dict[str, Statistic]) -> None:
        self._statistics = statistics

    def shelf(self, name: str) -> dict[str, Statistic]:
        return self._statistics


MANY = 400
PRODUCTS = 40


def test_a_long_table_has_a_list_for_each_year_series_and_product(tmp_path: Path) -> None:
    """Each record is in each of its lists once, and above the list stand only the products with most videos."""
    rows = "".join(
        f"v{n},{2024 + n % 2}-{1 + n % 12:02}-05,第 {n} 条,{'zaoshang' if n % 2 else ''},抖音,p{n % PRODUCTS}\n"
        for n in range(MANY)
    )
    goods = {f"products/p{n}/product.yml": f"名称: 货 {n}\n类型: 农产品\n" for n in range(PRODUCTS)}
    table = {"village/videos.csv": f"编号,哪天,标题,系列,平台,产品\n{rows}"}
    found = built(tmp_path, goods | table)

    def shown(at: str) -> list[str]:
        texts = [found[name].decode() for name in sorted(found) if is_leaf(name, at)]
        return [link.split("/")[-2] for text in texts for link in entries(text)]

    every = shown("videos/")
    assert len(every) == len({*every}) == MANY
    assert len(shown("videos/-/on/2025/")) == len(shown("videos/-/show/zaoshang/")) == MANY // 2
    assert {*shown("videos/-/products/p3/")} == {f"v{n}" for n in range(3, MANY, PRODUCTS)}
    first = Document(found["videos/index.html"].decode())
    (goods_line,) = [p.text for p in first.all("p", **{"class": "muted"}) if "产品：" in p.text]
    assert goods_line.count(" 条") == 24
    assert f"一共 {MANY} 条" in found["videos/index.html"].decode()
    table_told = csv.DictReader(io.StringIO(found["data/videos.csv"].decode("utf-8-sig")))
    assert len(list(table_told)) == MANY


def is_leaf(name: str, at: str) -> bool:
    """Whether a file is a page of the list at an address."""
    rest = name.removeprefix(at)
    return name.startswith(at) and (
        rest == "index.html" or (rest.startswith("-/") and rest.split("/")[1].isdigit())
    )


def entries(text: str) -> list[str]:
    """The links to videos on a page."""
    return [link for link in Document(text).links() if re.search(r"/?v\d+/$", link)]


def test_a_report_about_somebody_who_did_not_agree_is_nowhere(tmp_path: Path) -> None:
    press = (
        "编号,题目,类型,写到的人\n"
        "b1,两个人的一天,报纸,lan、zhu\n"
        "b2,一个人的一天,报纸,lan\n"
        "b3,没有写谁的一天,报纸,\n"
    )
    found = built(tmp_path, {"village/press.csv": press})
    everywhere = b"".join(found.values()).decode("utf-8", "ignore")
    assert "两个人的一天" not in everywhere and "press/b1" not in everywhere
    assert "一个人的一天" in found["people/lan/index.html"].decode()
    assert "没有写谁的一天" in found["press/index.html"].decode()


def test_a_source_shows_its_excerpt_and_that_its_link_is_dead(tmp_path: Path) -> None:
    brand = (
        "名称: 村\n来源:\n  - {编号: a, 题名: 村史, 类型: 公众号文章, 哪天打不开: 2026-03-01, 摘录: 村口有块碑。,"
        f" 摘录指纹: {digest_of('村口有块碑。')}}}\n"
    )
    shows = "- {编号: zaoshang, 名称: 灶上, 来源: [a]}\n"
    found = built(tmp_path, {"products/brand.yml": brand, "village/shows.yml": shows})
    page = found["shows/zaoshang/index.html"].decode()
    assert "原文打不开了" in page and "摘录：“村口有块碑。”" in page
