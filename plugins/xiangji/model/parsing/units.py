"""The table of units: dimension, conversion factor, and whether the law allows the unit for a net content.

The lawful units are those of 国务院关于在我国统一实行法定计量单位的命令 (1984). 斤, 两 and 亩 are understood, because
people use them in records, but they are not allowed on a label.
"""

from __future__ import annotations

from decimal import Decimal
from enum import Enum

from msgspec import Struct


class Dimension(Enum):
    """What a unit measures."""

    MASS = "质量"
    VOLUME = "体积"
    LENGTH = "长度"
    AREA = "面积"
    MONEY = "金额"
    COUNT = "件数"


class Unit(Struct, frozen=True):
    """A unit. `scale` is its size in grams, millilitres, metres, square metres or yuan, by dimension."""

    name: str
    dimension: Dimension
    scale: Decimal = Decimal(1)
    lawful: bool = True


_LAWFUL = {
    Dimension.MASS: "0.001 毫克 mg|1 克 g|1000 公斤 千克 kg|1000000 吨 t",
    Dimension.VOLUME: "1 毫升 ml|10 厘升 cl|100 分升 dl|1 立方厘米 cm3|1000 升 公升 l|1000000 立方米 m3",
    Dimension.LENGTH: "0.001 毫米 mm|0.01 厘米 公分 cm|0.1 分米 dm|1 米 m|1000 千米 公里 km",
    Dimension.AREA: "0.0001 平方厘米 cm2|0.01 平方分米 dm2|1 平方米 平米 m2|10000 公顷 hm2 ha",
}
_UNLAWFUL = {
    Dimension.MASS: "500 斤 市斤|50 两 市两|5 钱|50000 担|453.59237 磅 lb lbs|28.349523125 盎司 oz",
    Dimension.VOLUME: "1 cc|4546.09 加仑",
    Dimension.LENGTH: "0.333333 尺 市尺|0.033333 寸|3.33333 丈|500 里|0.0254 英寸 inch|0.3048 英尺",
    Dimension.AREA: "666.666667 亩|66666.6667 顷",
}
_PIECES = (
    "个 只 枚 粒 颗 片 块 条 根 支 枝 张 件 套 瓶 罐 听 桶 坛 缸 壶 匣 把 束 扎 串 朵 株 棵 头 尾 匹 羽 口 双 对 副 "
    "份 本 册 幅 顶 卷 盘 碗 杯 节 段 篓 盏 面 架 台 座 尊 包 袋 盒 捆 箱 筐 篮 pcs pc"
)
_HOLDING = {
    "包": 1,
    "袋": 1,
    "盒": 1,
    "捆": 1,
    "提": 1,
    "板": 1,
    "挂": 1,
    "箱": 2,
    "筐": 2,
    "篮": 2,
    "件": 2,
}
"""Packages that may hold other packages or pieces, with their level: in 2 箱×24 罐 the pieces are 罐."""


def _known() -> dict[str, Unit]:
    found = {name: Unit(name, Dimension.COUNT) for name in _PIECES.split()}
    for lawful, table in ((True, _LAWFUL), (False, _UNLAWFUL)):
        for dimension, rows in table.items():
            for row in rows.split("|"):
                scale, *names = row.split()
                unit = Unit(names[0], dimension, Decimal(scale), lawful)
                found |= dict.fromkeys(names, unit)
    return found


_UNITS = _known()
_MONEY = {  # 块 is a piece or a yuan. It is money only in fields for money.
    name: Unit("元", Dimension.MONEY, Decimal(scale))
    for scale, names in (
        ("1", "元 圆 块 块钱 元钱 人民币 rmb cny"),
        ("0.1", "角 毛"),
        ("0.01", "分"),
    )
    for name in names.split()
}


def unit_named(name: str) -> Unit | None:
    """The unit with a name. None if the table does not have it, such as 挂."""
    return _UNITS.get(name.lower().replace("²", "2").replace("³", "3"))


def money_named(name: str) -> Unit | None:
    """The unit of money with a name, or None. Here 块 is a yuan."""
    return _MONEY.get(name.lower())


def holding(name: str) -> int:
    """The nesting level of a package: 0 for a piece, 1 for a package of pieces, 2 for a case of packages."""
    return _HOLDING.get(name, 0)
