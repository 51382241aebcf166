"""A seeded generator of villages of any size, for measuring: the same numbers give the same files.

python benchmarks/village.py OUT --products 50 --batches 1000 --makers 15 --stories 10
"""

from __future__ import annotations

import argparse
import random
from datetime import date, timedelta
from pathlib import Path

CATEGORIES = ("辣味", "腊味", "鲜货", "豆制品", "干货", "竹编")
FIRST = "青石白云红岩大坪小河金竹高坡长冲花溪新寨"
SECOND = ("辣椒", "腊肉", "土鸡", "米豆腐", "折耳根", "香菇", "茶叶", "蜂蜜", "竹篮", "豆豉")
HEADER = "批号,生产日期,规格,数量,状态,用料批次,去向,加工,包装,运输,自检,合作社检,示例"


def write_village(out: Path, products: int, batches: int, makers: int, stories: int) -> None:
    """Write a village. Every second product keeps its batches as YAML, the others in a table."""
    chance = random.Random(20261122)
    _write(out / "mkdocs.yml", "site_name: 测量村\nsite_url: https://bench.example.cn/\n")
    _write(out / "products" / "brand.yml", _brand(makers))
    _write(out / "stories" / "people.yml", _people(makers))
    shares = [batches // products + (number < batches % products) for number in range(products)]
    for number, share in enumerate(shares):
        _product(out / "products" / f"p{number:04}", number, share, makers, chance)
    for number in range(stories):
        _story(out / "stories" / f"s{number:04}", number, products)


def _brand(makers: int) -> str:
    head = "名称: 测量村\n村: 测量村\n示例: 是\n生产者:\n"
    rows = [
        f"  - 编号: m{n:03}\n    名称: 测量户{n}（示例）\n    类型: 农户\n    示例: 是\n"
        for n in range(makers)
    ]
    return head + "".join(rows)


def _people(makers: int) -> str:
    rows = [
        f"  - 编号: h{n:03}\n    姓名: 匠人{n}（示例）\n    身份: 能工巧匠\n    示例: 是\n"
        "    同意:\n      - 用途: 姓名\n        同意日期: 2026-01-05\n"
        for n in range(makers)
    ]
    return "人物:\n" + "".join(rows)


def _product(folder: Path, number: int, batches: int, makers: int, chance: random.Random) -> None:
    name = FIRST[number * 2 % len(FIRST)] + FIRST[(number * 2 + 1) % len(FIRST)]
    kind = "加工食品" if number % 3 else "农产品"
    text = (
        f"名称: {name}{SECOND[number % len(SECOND)]}{number}\n类型: {kind}\n"
        f"类别: {CATEGORIES[number % len(CATEGORIES)]}\n一句话: 第{number}号产品，测量用\n"
        f"生产者: m{number % makers:03}\n能工巧匠: h{number % makers:03}\n"
        "配料: 辣椒、菜籽油、食用盐\n贮存: 常温避光\n保质期: 12个月\n"
        f"规格:\n  - 规格: 500 克装\n    净含量: 500 克\n    价格: {10 + number % 90}\n示例: 是\n"
    )
    _write(folder / "product.yml", text)
    made = [date(2026, 1, 1) + timedelta(days=chance.randrange(300)) for _ in range(batches)]
    if number % 2:
        for index, day in enumerate(made):
            _write(folder / "batches" / f"L{index:05}.yml", _yaml_batch(index, day))
    else:
        rows = [_row(index, day) for index, day in enumerate(made)]
        _write(folder / "batches.csv", "\n".join([HEADER, *rows]) + "\n")


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


def _story(folder: Path, number: int, products: int) -> None:
    paragraph = "灶上的人说，辣椒要晒到捏着响才好舂。舂的时候不说话，听声音。\n\n"
    text = (
        f"---\n题目: 第 {number} 个故事\n日期: 2026-05-01\n产品: p{number % products:04}\n示例: 是\n---\n\n"
        + f"## 一\n\n{paragraph * 6}## 二\n\n{paragraph * 6}"
    )
    _write(folder / "story.md", text)


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    for name, default in (("products", 50), ("batches", 1000), ("makers", 15), ("stories", 10)):
        parser.add_argument(f"--{name}", type=int, default=default)
    given = parser.parse_args()
    write_village(given.out, given.products, given.batches, given.makers, given.stories)


if __name__ == "__main__":
    main()
