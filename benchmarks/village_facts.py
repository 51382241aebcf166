"""Reads the facts of a generated village back, so that it can be laid out for other generators."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_EVENTS = ("加工", "包装", "运输")
_LEVELS = ("自检", "合作社检")


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a batch. `when` is a day, or a day and a time, as written."""

    name: str
    when: str
    by: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One inspection of a batch."""

    level: str
    result: str
    day: str
    signed: str


@dataclass(frozen=True, slots=True)
class Batch:
    """What the page of a batch says."""

    product: str
    lot: str
    day: str
    size: str
    quantity: str
    state: str
    destination: str
    steps: tuple[Step, ...]
    checks: tuple[Check, ...]


@dataclass(frozen=True, slots=True)
class Product:
    """What the page of a product says. `months` is its shelf life; `price` is in yuan."""

    id: str
    name: str
    line: str
    kind: str
    category: str
    maker: str
    ingredients: str
    storage: str
    months: int
    size: str
    price: str
    batches: tuple[Batch, ...]
    picture: Path | None


@dataclass(frozen=True, slots=True)
class Story:
    """A story: Markdown below its title."""

    id: str
    title: str
    day: str
    product: str
    text: str
    picture: Path | None


@dataclass(frozen=True, slots=True)
class Village:
    """The whole village. `url` ends with a slash."""

    name: str
    url: str
    products: tuple[Product, ...]
    stories: tuple[Story, ...]

    @property
    def batches(self) -> Iterator[Batch]:
        for product in self.products:
            yield from product.batches

    def story_of(self, product: str) -> Story | None:
        """Return the first story that a product's pages link to."""
        return next((each for each in self.stories if each.product == product), None)


def last_day(made: str, months: int) -> date:
    """Return the last day of a shelf life; the day of making counts as the first."""
    day = date.fromisoformat(made)
    years, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + years, month + 1, 1)
    return date.fromordinal(first.toordinal() + day.day - 2)


def read_village(folder: Path) -> Village:
    """Read a village that `village.write_village` has written."""
    config = _yaml(folder / "mkdocs.yml")
    brand = _yaml(folder / "products" / "brand.yml")
    makers = {each["编号"]: each["名称"] for each in brand["生产者"]}
    files = sorted(folder.glob("products/*/product.yml"))
    products = tuple(_product(file.parent, makers) for file in files)
    stories = tuple(_story(file) for file in sorted(folder.glob("stories/*/story.md")))
    return Village(config["site_name"], config["site_url"], products, stories)


def _product(folder: Path, makers: dict[str, str]) -> Product:
    facts = _yaml(folder / "product.yml")
    variant = facts["规格"][0]
    picture = folder / "media" / "picture.jpg"
    return Product(
        folder.name,
        facts["名称"],
        facts["一句话"],
        facts["类型"],
        facts["类别"],
        makers[facts["生产者"]],
        facts["配料"],
        facts["贮存"],
        int(re.sub(r"\D", "", facts["保质期"])),
        variant["规格"],
        variant["价格"],
        tuple(_batches(folder)),
        picture if picture.is_file() else None,
    )


def _batches(folder: Path) -> Iterator[Batch]:
    table = folder / "batches.csv"
    if table.is_file():
        with table.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                yield _from_row(folder.name, row)
    for file in sorted(folder.glob("batches/*.yml")):
        yield _from_file(folder.name, _yaml(file))


def _from_row(product: str, row: dict[str, str]) -> Batch:
    checks = (Check(level, *row[level].split(" ")) for level in _LEVELS if row[level])
    return Batch(
        product,
        row["批号"],
        row["生产日期"],
        row["规格"],
        row["数量"],
        row["状态"],
        row["去向"],
        tuple(Step(name, row[name]) for name in _EVENTS if row[name]),
        tuple(checks),
    )


def _from_file(product: str, facts: dict[str, Any]) -> Batch:
    return Batch(
        product,
        facts["批号"],
        facts["生产日期"],
        facts["规格"],
        facts["数量"],
        facts["状态"],
        facts["去向"],
        tuple(Step(each["环节"], each["时间"], each.get("负责", "")) for each in facts["经过"]),
        tuple(
            Check(each["层级"], each["结果"], each["日期"], each["签字"]) for each in facts["检验"]
        ),
    )


def _story(file: Path) -> Story:
    _, head, text = file.read_text("utf-8").split("---\n", 2)
    facts = _parsed(head)
    picture = file.parent / "media" / "hero.jpg"
    return Story(
        file.parent.name,
        facts["题目"],
        facts["日期"],
        facts["产品"],
        text.strip() + "\n",
        picture if picture.is_file() else None,
    )


def _yaml(file: Path) -> dict[str, Any]:
    return _parsed(file.read_text("utf-8"))


def _parsed(text: str) -> dict[str, Any]:
    """Parse YAML with every scalar as text, as Xiangji reads it."""
    return _as_text(yaml.compose(text, Loader=_Loader))


def _as_text(node: Any) -> Any:
    if isinstance(node, yaml.MappingNode):
        return {key.value: _as_text(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_as_text(each) for each in node.value]
    return node.value
