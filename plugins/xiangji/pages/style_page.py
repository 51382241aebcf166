"""The style page: every component in every state, from the templates that real pages use.

It is for people who change the style sheets. Only a village that names the family `specimen` has it. Its content is
invented and marked 示例.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from msgspec.structs import replace

from xiangji import urls
from xiangji.catalogue.shelves import CRAFT, CREATIVE, FARM, MAKERS, NOTE
from xiangji.images.pictures import CARD, HERO, ShownPicture
from xiangji.label.item import LabelForm, LabelKey, LabelRow
from xiangji.label.items import heading
from xiangji.model.colour import contrast
from xiangji.model.values import ShelfLife
from xiangji.model.vocabularies import (
    BatchStatus,
    Evidence,
    ProductKind,
    Topic,
)
from xiangji.pages.batches.states import StateView, state_alone
from xiangji.pages.catalogue import CatalogueCard
from xiangji.records.batch import Batch
from xiangji.records.product import Product
from xiangji.render.context import Link, RenderContext
from xiangji.render.families import Family, NoOptions
from xiangji.render.outputs import Output, Page
from xiangji.views.entries import Button, ListEntry, LotEntry, RatificationView, SourceView

_TITLE = "样式页"
_STYLES = "usual lists state sheet story product step shop note person listen".split()
_ABOUT = "每个部件的每种样子，改样式的人看。上面的内容都是示例。"
_DAY = date(2026, 3, 12)
_SAID = "先下鸡，后下糍粑辣椒。火候要听声音，不是看钟。"
_LONG = "一个名字特别长、一行放不下、还带着 500 克和 Latin 字母的东西"


def outputs(context: RenderContext, options: NoOptions) -> Iterator[Output]:
    """Yield the style page."""
    page = urls.SPECIMEN
    document = context.render(
        "specimen.html",
        page,
        title=_TITLE,
        description=_ABOUT,
        styles=(*_STYLES, "specimen"),
        **_colour_views(context),
        **_sheet_views(),
        **_story_views(),
        **_shop_views(context, page),
    )
    yield Page(page, _TITLE, _ABOUT, "", document, "mkdocs.yml")


def _colour_views(context: RenderContext) -> dict[str, Any]:
    """Return the colours with their contrast, and the grades of evidence."""
    palette = context.palette
    roles = ("ink", "muted", "action", "fine", "wait", "link")
    return {
        "colours": [
            {
                "role": role,
                "light": f"{contrast(getattr(palette, role), palette.page):.1f}",
                "dark": f"{contrast(getattr(palette, f'{role}_dark'), palette.page_dark):.1f}",
            }
            for role in roles
        ],
        "evidence": list(Evidence),
    }


def _states() -> list[StateView]:
    """Return the views of a lot in each of several states."""
    product = Product(
        name="样品", kind=ProductKind.PROCESSED, shelf_life=ShelfLife(months=12), id="yangpin"
    )
    batch = Batch(lot="2026-03A", product=product.id, made_on=_DAY)
    stopped = replace(batch, reason="标签漏写了花生", advice="对花生过敏的人不要吃，打电话退")
    states = [
        (replace(batch, status=BatchStatus.NORMAL), _DAY),
        (replace(batch, status=BatchStatus.PENDING), _DAY),
        (replace(stopped, status=BatchStatus.ON_HOLD), _DAY),
        (replace(stopped, status=BatchStatus.RECALLED), _DAY),
        (batch, date(2028, 1, 1)),
        (batch, _DAY),
    ]
    return [state_alone(each, product, day) for each, day in states]


def _sheet_views() -> dict[str, Any]:
    """Return views for the components of a batch sheet."""
    return {
        "states": _states(),
        "notice": f"{heading(LabelKey.INPUTS, LabelForm.RECORD)} L-0428 已召回：标签漏写了花生",
        "events": [
            {
                "title": "鸡出栏",
                "at": "2026 年 3 月 10 日",
                "notes": ["示例养殖户 · 220 只"],
                "gap": False,
            },
            {"title": "炒制装罐", "at": "", "notes": ["火候由家里人掌握，不公开"], "gap": False},
            {"title": "留样", "at": "", "notes": [], "gap": True},
        ],
        "gaps": ["运输"],
        "checks": [
            _check("自检", "合格", "ok", scope="感官、净含量"),
            _check("合作社检", "待出结果", "waiting"),
            _check("县检", "不合格", "bad", report="示例-017"),
            {"layer": "第三方", "result": "", "further": ""},
        ],
        "rows": [
            _row(LabelKey.INGREDIENTS, "鸡肉、糍粑辣椒、菜籽油、姜、蒜、食用盐"),
            _row(LabelKey.ALLERGENS, "可能含有花生"),
            _row(LabelKey.STANDARD, ""),
            _row(LabelKey.LICENCE, "SC00000000000000（示例）"),
        ],
        "lots": [
            LotEntry("2026-03A", "2026 年 3 月 12 日", "normal", "正常", "#lots"),
            LotEntry("2026-05A", "2026 年 5 月 9 日", "recalled", "已召回", "#lots"),
            LotEntry("2026-06C", "日期未记录", "unrecorded", "状态未记录", "#lots"),
        ],
    }


def _row(key: LabelKey, value: str) -> LabelRow:
    return LabelRow(key, heading(key, LabelForm.PAGE), value)


def _check(layer: str, result: str, tone: str, scope: str = "", report: str = "") -> dict[str, str]:
    return {
        "layer": layer, "result": result, "tone": tone, "on": "2026 年 3 月 13 日",
        "signer": "质检员（示例）", "scope": scope, "report": report, "further": "", "file": "",
    }  # fmt: skip


def _story_views() -> dict[str, Any]:
    """Return views for the components of a story."""
    source = SourceView("一篇论文（示例）", "作者，2024", "", Evidence.DOCUMENT)
    card = {
        "id": "yi", "lines": [_SAID], "kept": False, "topic": Topic.CRAFT, "evidence": Evidence.ORAL,
        "teller": Link("讲述人甲（示例）", "#quotes"), "sources": [], "sample": True, "hear": "",
    }  # fmt: skip
    kept = {
        **card, "id": "er", "lines": ["下锅以后油添几回，由家里人掌握，不公开。"], "kept": True,
        "teller": Link("一位没有公开姓名的人", ""),
    }  # fmt: skip
    account = {"text": "", "teller": None, "sources": [source], "sample": True}
    return {
        "cards": [card, kept],
        "accounts": [
            {
                **account,
                "title": "从爷爷那辈传下来",
                "evidence": Evidence.FAMILY_MEMORY,
                "text": _SAID,
            },
            {**account, "title": "从 1979 年开始", "evidence": Evidence.UNVERIFIED},
        ],
        "claims": [
            {"text": "一百七十多年", "evidence": Evidence.DOCUMENT, "sources": [source]},
            {"text": "全县头一家", "evidence": Evidence.UNVERIFIED, "sources": []},
        ],
        "agreed": RatificationView(
            "2026 年 3 月 20 日，村里同意公开这一版",
            "到会 33 人，31 人同意，2 人弃权",
            "弃权的两位等旧账本翻出来再表态（示例）",
        ),
        "said": _SAID,
    }


def _shop_views(context: RenderContext, page: str) -> dict[str, Any]:
    """Return views for the components of the catalogue and of a product page."""
    brand = context.library.brand
    media = context.library.picture(brand)
    wide = context.pictures.show(media, HERO, page) if media else None
    small = context.pictures.show(media, CARD, page) if media else None
    dues = {"number": "编号 示例-017", "term": "2026 年 1 月 1 日—2026 年 12 月 31 日"}
    return {
        "goods": [
            _good(
                "阳朗辣子鸡",
                "500 克罐装 · 250 克袋装",
                "32",
                True,
                ("可发货", "证书到 2026-12-31"),
                small,
            ),
            _good("折耳根", "500 克一把", "12", False, ("可发货", "11—4 月当季"), small),
            _good("老腊肉", "500 克真空装", "66", False, ("预订",), None),
            _good(_LONG, "没有价格，也没有图片", "", False, (), None),
        ],
        "variants": [{"name": "500 克罐装", "price": "58"}, {"name": "礼盒", "price": ""}],
        "ways": [
            _way("去小店", "shop", "示例小店", "https://example.cn/", "开在别处的店"),
            _way("打电话", "phone", "0851-00000000", "tel:085100000000", "示例号码，打不通"),
            _way("加微信", "chat", "yanglang-shili", "", "示例微信号"),
            _way("去摊位", "pin", "赶场摊位（示例）", "", "逢赶场天上午"),
        ],
        "certificates": [
            _certificate("委托检验协议（示例）", "在有效期内", "ok", " · ".join(dues.values())),
            _certificate("绿色食品证书（示例）", "已过有效期", "bad", "编号未记录 · 有效期未记录"),
        ],
        "steps": [
            {"title": "选鸡", "note": "不看秤，看爪子糙不糙", "picture": small},
            {"title": "下锅", "note": "这一步由家里人掌握，不公开", "picture": None},
        ],
        "entries": [
            ListEntry(
                "一锅辣子鸡，三种开头", "问它从哪一年开始，答案要看你翻到的是哪一页", "#go", small
            ),
            ListEntry(_LONG, "", "#go", None),
        ],
        "hero": wide,
        "buttons": [
            Button("小店", "#buttons", "shop"),
            Button("意向单", "#buttons", "bookmark", counted=True),
            Button("打电话问", "#buttons", "phone"),
        ],
        "tabs": [
            {"text": each.name, "icon": each.icon, "href": "#tabs", "current": each is CRAFT}
            for each in (FARM, CRAFT, CREATIVE, MAKERS, NOTE)
        ],
    }


def _good(
    title: str,
    note: str,
    price: str,
    several: bool,
    facts: tuple[str, ...],
    picture: ShownPicture | None,
) -> CatalogueCard:
    return CatalogueCard(title, note, price, several, facts, "", "", "#goods", picture)


def _way(verb: str, icon: str, value: str, href: str, note: str) -> dict[str, Any]:
    return {
        "verb": verb, "icon": icon, "value": value, "href": href, "note": note, "picture": None,
    }  # fmt: skip


def _certificate(name: str, word: str, tone: str, detail: str) -> dict[str, Any]:
    return {"name": name, "word": word, "tone": tone, "detail": detail, "sample": True, "file": ""}


FAMILY = Family("specimen", outputs)
