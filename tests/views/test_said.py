"""Values of fields as people read them: every kind of value that there is, and what is missing."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from built import write
from xiangji.build import build, open_press
from xiangji.model import value_types as every
from xiangji.model.fields import Choice, ListOf, Nested, Record, ValueType, Word, field, record
from xiangji.model.fields import Reference as Ref
from xiangji.model.kind import RecordKind, is_public
from xiangji.model.location import NOWHERE, Location, Origin
from xiangji.model.values import Moment, Position, Quantity, ShelfLife
from xiangji.model.vocabularies import Visibility
from xiangji.problems import Report
from xiangji.readers.config import read_settings
from xiangji.readers.record_reader import read_record
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.render.context import RenderContext
from xiangji.views.said import as_data, fact_rows, passages, said, told

TODAY = date(2026, 5, 1)


class Weather(Word):
    FINE = "晴"
    RAIN = "雨"


@record("里面的", "The inner one")
class Inner(Record, frozen=True, kw_only=True):
    name: str = field("名字", every.LINE, "一", "one", required=True)
    who: str | None = field("谁", Ref("people"), "一", "one")
    loud: bool = field("大声", every.FLAG, "一", "one", default=False)
    cost: Decimal | None = field("钱", every.MONEY, "一", "one")
    costs: tuple[Decimal, ...] = field("几笔钱", ListOf(every.MONEY), "一", "one")
    also: tuple[str, ...] = field("还有谁", ListOf(Ref("people")), "一", "one")
    deep: Inner | None = field("更里面的", Nested(Record), "一", "one")
    hidden: str | None = field("不说的", every.LINE, "一", "one", private=True)
    files: tuple[str, ...] = field("文件", ListOf(every.MEDIA), "一", "one")
    origin: Origin = NOWHERE


@record("样样有", "The one with everything")
class Everything(Record, frozen=True, kw_only=True):
    id: str = field("编号", every.ID, "一", "one", required=True)
    title: str = field("标题", every.LINE, "一", "one", required=True)
    line: str | None = field("一行", every.LINE, "一", "one")
    prose: str | None = field("几段", every.PROSE, "一", "one")
    day: date | None = field("哪天", every.DAY, "一", "one")
    moment: Moment | None = field("几点", every.MOMENT, "一", "one")
    count: int | None = field("几个", every.COUNT, "一", "one")
    year: int | None = field("哪年", every.YEAR, "一", "one")
    figure: str | None = field("发布的数", every.FIGURE, "一", "one")
    position: Position | None = field("坐标", every.POSITION, "一", "one")
    form: str | None = field("查件", every.WEB_FORM, "一", "one")
    number: Decimal | None = field("多少", every.NUMBER, "一", "one")
    days: int | None = field("几天", every.DAYS, "一", "one")
    money: Decimal | None = field("多少钱", every.MONEY, "一", "one")
    quantity: Quantity | None = field("数量", every.QUANTITY, "一", "one")
    keeps: ShelfLife | None = field("放多久", every.SHELF_LIFE, "一", "one")
    yes: bool = field("有没有", every.FLAG, "一", "one", default=False)
    web: str | None = field("网址", every.WEB, "一", "one")
    telephone: str | None = field("电话", every.TELEPHONE, "一", "one")
    lot: str | None = field("批号", every.LOT, "一", "one")
    colour: str | None = field("颜色", every.COLOUR, "一", "one")
    weather: Weather | None = field("天气", Choice(Weather), "一", "one")
    weathers: tuple[Weather, ...] = field("几种天气", ListOf(Choice(Weather)), "一", "one")
    place: str | None = field("地点", Ref("places"), "一", "one")
    people: tuple[str, ...] = field("人物", ListOf(Ref("people")), "一", "one")
    products: tuple[str, ...] = field("产品", ListOf(Ref("products")), "一", "one")
    inner: Inner | None = field("里面", Nested(Inner), "一", "one")
    inners: tuple[Inner, ...] = field("里面几个", ListOf(Nested(Inner)), "一", "one")
    sound: str | None = field("声音", every.AUDIO, "一", "one")
    hidden: str | None = field("不说的", every.LINE, "一", "one", private=True)
    visibility: Visibility = field(
        "公开范围", Choice(Visibility), "一", "one", default=Visibility.PUBLIC
    )
    origin: Origin = NOWHERE


VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n地点:\n  - {编号: libei, 名称: 院坝, 时间: 天天}\n",
    "products/lajiao/product.yml": "名称: 糍粑辣椒\n类型: 农产品\n",
    "stories/people.yml": (
        "人物:\n"
        "  - 编号: secret-lan\n    姓名: 唱歌的阿兰\n    化名: 一位大姐\n"
        "  - 编号: secret-zhu\n    姓名: 编竹的老朱\n"
        "  - 编号: mei\n    姓名: 记歌的阿梅\n    同意:\n      - {用途: 姓名, 同意日期: 2026-01-01}\n"
    ),
}
TEXT = """
编号: yang
标题: 样样有
一行: 一句话
几段: |
  头一段。
  第二段。
哪天: 2026-3-2
几点: 2026-03-02 7:30
几个: 1,200
哪年: ２０２２ 年
发布的数: 573.2 万家
坐标: 106.75004，27.12
查件: https://example.cn/?n={number}&l=zh
多少: 3.1415
几天: 7
多少钱: 12.5
数量: 20.50 kg
放多久: 半年
有没有: 是
网址: https://example.cn/a
电话: 0851-3622 1234
批号: 2026-03A
颜色: "#a3211b"
天气: rain
几种天气: [晴, 雨]
地点: libei
人物: [secret-lan, mei, secret-zhu]
产品: [lajiao]
里面: {名字: 小的, 谁: secret-lan, 大声: 是, 钱: 3, 几笔钱: [1, 2.5], 还有谁: [mei, secret-lan], 不说的: 秘密}
里面几个:
  - {名字: 头一个}
  - {名字: 第二个, 钱: 0.5, 文件: [a.jpg]}
声音: a.mp3
不说的: 秘密
"""


def kind(*expected: str) -> RecordKind:
    return RecordKind(
        name="everythings",
        one="everything",
        record=Everything,
        heading="样样有",
        lead="样样有。",
        publishable=is_public,
        expected=expected,
    )


def read(text: str) -> Everything:
    report = Report()
    record = read_record(Everything, parse_yaml(text, "e.yml", report), report, Location("e.yml"))
    assert record is not None and not report.problems
    return record


@pytest.fixture(scope="module")
def context(tmp_path_factory: pytest.TempPathFactory) -> RenderContext:
    root = write(tmp_path_factory.mktemp("village"), VILLAGE)
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    opened, problems = open_press(settings, found)
    assert opened is not None, problems
    return opened


def rows(context: RenderContext, record: Any, *expected: str) -> dict[str, list[tuple[str, str]]]:
    found = fact_rows(context, kind(*expected), record, "everythings/yang/")
    return {row.label: [tuple(link) for link in row.links] for row in found}


def test_every_kind_of_value_is_said(context: RenderContext) -> None:
    assert rows(context, read(TEXT)) == {
        "一行": [("一句话", "")],
        "哪天": [("2026 年 3 月 2 日", "")],
        "几点": [("2026 年 3 月 2 日 07:30", "")],
        "几个": [("1200", "")],
        "哪年": [("2022 年", "")],
        "发布的数": [("573.2 万家", "")],
        "坐标": [("27.120, 106.750", "")],
        "查件": [("打开，填上单号", "https://example.cn/?n=&l=zh")],
        "多少": [("3.1415", "")],
        "几天": [("7", "")],
        "多少钱": [("¥12.50", "")],
        "数量": [("20.5 kg", "")],
        "放多久": [("6 个月", "")],
        "有没有": [("是", "")],
        "网址": [("https://example.cn/a", "https://example.cn/a")],
        "电话": [("0851-3622 1234", "tel:085136221234")],
        "批号": [("2026-03A", "")],
        "颜色": [("#A3211B", "")],
        "天气": [("雨", "")],
        "几种天气": [("晴", ""), ("雨", "")],
        "地点": [("院坝", "../../places/libei/")],
        "人物": [
            ("一位大姐", ""),
            ("记歌的阿梅", "../../people/mei/"),
            ("一位没有公开姓名的人", ""),
        ],
        "里面": [("小的 · 一位大姐 · 大声 · ¥3 · ¥1、¥2.50 · 记歌的阿梅、一位大姐", "")],
        "里面几个": [("头一个", ""), ("第二个 · ¥0.50", "")],
    }


def test_this_test_knows_every_kind() -> None:
    """Whoever adds a kind of value says here how people read it."""
    there = {each for each in vars(every).values() if isinstance(each, ValueType)}
    tried = {row.kind for row in every_row(Everything)}
    assert {each.name for each in there - tried} == {
        "batch",
        "media",
        "captions",
        "paper",
        "partial-date",
    }


def every_row(record: type[Any]) -> Iterator[Any]:
    from xiangji.model.fields import fields_of

    yield from fields_of(record)


def test_longer_texts_have_their_own_place(context: RenderContext) -> None:
    assert passages(read(TEXT)) == [("几段", "头一段。\n第二段。")]
    assert "几段" not in rows(context, read(TEXT), "prose")


def test_a_record_in_a_record_in_a_record_is_said(context: RenderContext) -> None:
    deep = Inner(name="小的", deep=Inner(name="更小的", cost=Decimal(3), loud=True))
    told_of = told(
        context.library, next(r for r in every_row(Everything) if r.name == "inner"), deep
    )
    assert told_of == "小的 · 更小的 · 大声 · ¥3"


BARE = "编号: yang\n标题: 样样有\n"


def test_what_is_missing_is_said_where_it_is_expected(context: RenderContext) -> None:
    assert rows(context, read(BARE)) == {}
    assert rows(context, read(BARE), "day", "people", "yes", "inner") == {
        "哪天": [],
        "人物": [],
        "有没有": [],
        "里面": [],
    }
    for word in ("未记录", "不详", "暂无"):
        assert rows(context, read(f"{BARE}一行: {word}\n"), "line") == {"一行": []}


def test_who_wrote_no_is_not_said_to_have_recorded_nothing(context: RenderContext) -> None:
    assert rows(context, read(f"{BARE}有没有: 否\n"), "yes") == {"有没有": [("否", "")]}
    assert rows(context, read(f"{BARE}有没有: 否\n")) == {}


def test_a_page_says_未记录(tmp_path: Path) -> None:
    files = {"village/events/hui.yml": "标题: 尝鲜会\n时间: 2026-06-01\n"}
    page = pages(write(tmp_path, VILLAGE | files))["events/hui/index.html"].decode()
    for label in ("地点", "主持人"):
        at = page.index(f"<dt>{label}</dt>")
        assert "未记录" in page[at : page.index("</dd>", at)]
    assert page.count("未记录") == 2


def test_words_of_a_value() -> None:
    assert said(every.FLAG, True) == "是" and said(every.FLAG, False) == "否"
    assert said(every.MONEY, Decimal("58.00")) == "¥58"
    assert said(Choice(Weather), Weather.FINE) == "晴"


def test_data_says_the_same_for_programs(context: RenderContext) -> None:
    assert as_data(context, read(TEXT)) == {
        "id": "yang",
        "title": "样样有",
        "line": "一句话",
        "prose": "头一段。\n第二段。",
        "day": "2026-03-02",
        "moment": "2026-03-02T07:30+08:00",
        "count": 1200,
        "year": 2022,
        "figure": "573.2 万家",
        "position": "27.120, 106.750",
        "form": "https://example.cn/?n={number}&l=zh",
        "number": "3.1415",
        "days": 7,
        "money": "12.50",
        "quantity": "20.5 kg",
        "keeps": "6 个月",
        "yes": True,
        "web": "https://example.cn/a",
        "telephone": "0851-3622 1234",
        "lot": "2026-03A",
        "colour": "#A3211B",
        "weather": "rain",
        "weathers": ["fine", "rain"],
        "place": "libei",
        "people": ["一位大姐", "记歌的阿梅", "一位没有公开姓名的人"],
        "products": ["lajiao"],
        "inner": {
            "name": "小的",
            "who": "一位大姐",
            "loud": True,
            "cost": "3",
            "costs": ["1", "2.50"],
            "also": ["记歌的阿梅", "一位大姐"],
        },
        "inners": [
            {"name": "头一个", "loud": False},
            {"name": "第二个", "loud": False, "cost": "0.50"},
        ],
    }
    json.dumps(as_data(context, read(TEXT)))


# --- people without consent ----------------------------------------------------------------------


def pages(root: Path) -> dict[str, bytes]:
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    site = build(settings, found)
    assert not site.fatal(), site.problems
    return {each.file: each.content for each in (*site.pages, *site.artifacts)}


def test_who_did_not_agree_appears_under_an_alias_only(tmp_path: Path) -> None:
    files = {
        "village/projects/shou-yi.yml": (
            "标题: 手艺班\n进展: 筹备\n负责人: [secret-lan, secret-zhu, mei]\n产品: [lajiao]\n"
        ),
        "village/events/hui.yml": (
            "标题: 尝鲜会\n时间: 2026-06-01\n主持人: [secret-lan]\n项目: shou-yi\n"
        ),
    }
    found = pages(write(tmp_path, VILLAGE | files))
    for path in ("projects/shou-yi/index.html", "data/projects.json", "data/projects.csv"):
        text = found[path].decode()
        assert "一位大姐" in text and "一位没有公开姓名的人" in text and "记歌的阿梅" in text, path
    for path, content in found.items():
        for secret in ("唱歌的阿兰", "编竹的老朱", "secret-lan", "secret-zhu"):
            assert secret.encode() not in content, path
            assert json.dumps(secret).strip('"').encode() not in content, path
    linked = found["events/hui/index.html"].decode().partition("application/ld+json")[2]
    assert "一位大姐" in linked.partition("</script>")[0]


def test_nothing_private_is_data(context: RenderContext) -> None:
    assert "秘密" not in json.dumps(as_data(context, read(TEXT)), ensure_ascii=False)
