"""Generates villages of any size for measuring, with a fixed seed: the same numbers give the same files.

python benchmarks/village.py OUT --products 50 --batches 1000 --makers 15 --stories 10 --pictures 12

With `--pictures`, every product, maker and story has one of that many photos, and no two products have the same words:
gzip would compress a thousand equal pages unrealistically well.
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

from made_photos import Photos

CATEGORIES = ("辣味", "腊味", "鲜货", "豆制品", "干货", "竹编")
FIRST = "青石白云红岩大坪小河金竹高坡长冲花溪新寨"
SECOND = ("辣椒", "腊肉", "土鸡", "米豆腐", "折耳根", "香菇", "茶叶", "蜂蜜", "竹篮", "豆豉")
WORDS = (
    "向阳 背阴 老屋 井边 桥头 水口 坡上 田坎 柏枝 柴火 石磨 木甑 竹匾 土坛 晒席 清早 霜降 头道 二道 手工 "
    "慢火 当季 新晒 带皮 去籽 整颗 切丝 细舂 粗舂 微辣 中辣 偏咸 回甜 自家 邻居 合伙 赶场 送亲 过年 下饭"
).split()
HEADER = "批号,生产日期,规格,数量,状态,用料批次,去向,加工,包装,运输,自检,合作社检,示例"


def write_village(
    out: Path, products: int, batches: int, makers: int, stories: int, pictures: int = 0
) -> None:
    """Write a village. Every second product keeps its batches as YAML files, the others in a table."""
    chance = random.Random(20261122)
    photos = Photos(out / "photos", pictures)
    _write(out / "mkdocs.yml", "site_name: 测量村\nsite_url: https://bench.example.cn/\n")
    _write(out / "products" / "brand.yml", _brand(makers))
    _write(out / "stories" / "people.yml", _people(makers, photos))
    for number in range(makers if pictures else 0):
        photos.put(number, out / "stories" / "media" / f"h{number:03}.jpg")
    shares = [batches // products + (number < batches % products) for number in range(products)]
    for number, share in enumerate(shares):
        folder = out / "products" / f"p{number:04}"
        _product(folder, number, share, makers, chance, photos)
        photos.put(number, folder / "media" / "picture.jpg")
    for number in range(stories):
        folder = out / "stories" / f"s{number:04}"
        _story(folder, number, products, photos)
        photos.put(number, folder / "media" / "hero.jpg")
    photos.clear()


def _brand(makers: int) -> str:
    head = "名称: 测量村\n村: 测量村\n示例: 是\n生产者:\n"
    rows = [
        f"  - 编号: m{n:03}\n    名称: 测量户{n}（示例）\n    类型: 农户\n    示例: 是\n"
        for n in range(makers)
    ]
    return head + "".join(rows)


def _people(makers: int, photos: Photos) -> str:
    consent = "      - 用途: 肖像\n        同意日期: 2026-01-05\n" if photos else ""
    rows = [
        f"  - 编号: h{n:03}\n    姓名: 匠人{n}（示例）\n    身份: 能工巧匠\n    示例: 是\n"
        + (f"    肖像: media/h{n:03}.jpg\n    肖像说明: 测量用的照片\n" if photos else "")
        + "    同意:\n      - 用途: 姓名\n        同意日期: 2026-01-05\n"
        + consent
        for n in range(makers)
    ]
    return "人物:\n" + "".join(rows)


def _product(
    folder: Path, number: int, batches: int, makers: int, chance: random.Random, photos: Photos
) -> None:
    name = FIRST[number * 2 % len(FIRST)] + FIRST[(number * 2 + 1) % len(FIRST)]
    kind = "加工食品" if number % 3 else "农产品"
    text = (
        f"名称: {name}{SECOND[number % len(SECOND)]}{number}\n类型: {kind}\n"
        f"类别: {CATEGORIES[number % len(CATEGORIES)]}\n一句话: 第{number}号产品，测量用\n"
        f"生产者: m{number % makers:03}\n能工巧匠: h{number % makers:03}\n"
        "配料: 辣椒、菜籽油、食用盐\n贮存: 常温避光\n保质期: 12个月\n"
        f"规格:\n  - 规格: 500 克装\n    净含量: 500 克\n    价格: {10 + number % 90}\n示例: 是\n"
    )
    if photos:
        text = _own_words(text, number) + "图片: media/picture.jpg\n图片说明: 测量用的照片\n"
    _write(folder / "product.yml", text)
    made = [date(2026, 1, 1) + timedelta(days=chance.randrange(300)) for _ in range(batches)]
    if number % 2:
        for index, day in enumerate(made):
            _write(folder / "batches" / f"L{index:05}.yml", _yaml_batch(index, day))
    else:
        rows = [_row(index, day) for index, day in enumerate(made)]
        _write(folder / "batches.csv", "\n".join([HEADER, *rows]) + "\n")


def _own_words(text: str, number: int) -> str:
    """Return the product with its own name, line and introduction."""
    chance = random.Random(f"words {number}")
    some = [chance.choice(WORDS) for _ in range(24)]
    name = f"{some[0]}{some[1]}{SECOND[number % len(SECOND)]}"
    lines = [line for line in text.splitlines() if not line.startswith(("名称", "一句话"))]
    own = (
        f"名称: {name}{number}\n一句话: {'，'.join(some[2:5])}，测量用\n"
        f"介绍: {'、'.join(some[5:14])}。{'，'.join(some[14:])}。\n"
    )
    return own + "\n".join(lines) + "\n"


def _row(index: int, day: date) -> str:
    return (
        f"L{index:05},{day},500 克装,{100 + index % 400} 袋,正常,,县城超市,{day} 07:30,{day} 15:00,"
        f"{day + timedelta(days=1)},合格 {day} 班长,合格 {day + timedelta(days=1)} 质检员,是"
    )


def _yaml_batch(index: int, day: date) -> str:
    after = day + timedelta(days=1)
    return (
        f"批号: L{index:05}\n生产日期: {day}\n规格: 500 克装\n数量: {100 + index % 400} 袋\n状态: 正常\n"
        f"去向: 县城超市\n经过:\n  - 环节: 加工\n    时间: {day} 07:30\n    负责: 炒制班\n"
        f"  - 环节: 包装\n    时间: {day} 15:00\n    数量: {100 + index % 400} 袋\n"
        f"  - 环节: 运输\n    时间: {after}\n"
        f"检验:\n  - 层级: 自检\n    结果: 合格\n    日期: {day}\n    签字: 班长\n"
        f"  - 层级: 合作社检\n    结果: 合格\n    日期: {after}\n    签字: 质检员\n示例: 是\n"
    )


def _story(folder: Path, number: int, products: int, photos: Photos) -> None:
    paragraph = "灶上的人说，辣椒要晒到捏着响才好舂。舂的时候不说话，听声音。\n\n"
    text = (
        f"---\n题目: 第 {number} 个故事\n日期: 2026-05-01\n产品: p{number % products:04}\n示例: 是\n"
        + ("图片: media/hero.jpg\n图片说明: 测量用的照片\n" if photos else "")
        + "---\n\n"
        + f"## 一\n\n{paragraph * 6}## 二\n\n{paragraph * 6}"
    )
    _write(folder / "story.md", text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


_DEFAULTS = {"products": 50, "batches": 1000, "makers": 15, "stories": 10, "pictures": 0}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for name, default in _DEFAULTS.items():
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    sizes = {name: getattr(given, name) for name in _DEFAULTS}
    write_village(given.out, **sizes)


if __name__ == "__main__":
    main()
