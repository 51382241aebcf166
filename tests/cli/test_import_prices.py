"""`xiangji import --kind prices`: a price list changes prices in the products' own files and nothing else there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import write
from spoken import spoken
from xiangji.editing.price_lines import variant_of, with_price
from xiangji.model.location import Location
from xiangji.model.node import Mapping, Scalar
from xiangji.problems import Report
from xiangji.readers.record_reader import read_record
from xiangji.readers.yaml.yaml_file import parse_yaml
from xiangji.records.price import Price
from xiangji.records.product import Product

LAROU = """\
名称: 老腊肉
类型: 加工食品
规格:
  - 规格: 500 克袋装
    净含量: 500 克
    价格: 58   # 去年的
  - {规格: 1 斤, 净含量: 500 克}
# 下面是以后的
"""


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    files = {
        "mkdocs.yml": "site_name: 立碑村\n",
        "products/brand.yml": "名称: 立碑村\n",
        "products/larou/product.yml": LAROU,
        "products/laziji/product.yml": "名称: 辣子鸡\r\n类型: 加工食品",
    }
    root = write(tmp_path / "村", files)
    (root / "products/laziji/product.yml").write_bytes("名称: 辣子鸡\r\n类型: 加工食品".encode())
    return root


def imported(root: Path, table: str, *words: str, status: int = 0) -> str:
    (root / "价目.csv").write_text(table, "utf-8")
    done = spoken("import", "价目.csv", "--kind", "prices", *words, cwd=root, lang="zh")
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    return told


TABLE = "品名,规格,单价（元）,净含量\n老腊肉,500克袋装,68,\n老腊肉,1 斤,60,\nlarou,礼盒,128,1 公斤\n辣子鸡,大罐,39.9,\n"


def test_each_price_goes_where_it_belongs(village: Path) -> None:
    shown = imported(village, TABLE)
    assert "2   larou   500克袋装  58    68    ✓" in shown.splitlines()
    assert (village / "products/larou/product.yml").read_text("utf-8") == LAROU
    imported(village, TABLE, "--write")
    assert (village / "products/larou/product.yml").read_text("utf-8") == LAROU.replace(
        "价格: 58 ", "价格: 68 "
    ).replace(
        "净含量: 500 克}\n",
        "净含量: 500 克, 价格: 60}\n  - 规格: 礼盒\n    价格: 128\n    净含量: 1 公斤\n",
    )
    assert (village / "products/laziji/product.yml").read_bytes().decode() == (
        "名称: 辣子鸡\r\n类型: 加工食品\r\n规格:\r\n  - 规格: 大罐\r\n    价格: 39.9\r\n"
    )
    assert "什么也没有写" in imported(village, TABLE, "--write")


@pytest.mark.parametrize(
    ("table", "says"),
    [
        ("产品,规格,价格\n腊肉,1 斤,60\n", "没有叫“腊肉”的产品"),
        ("产品,规格,价格\n老腊肉,1 斤,60\n老腊肉,1斤,61\n", "写了两个价格"),
        ("产品,规格,价格\n老腊肉,1 斤,面议\n", "value-money"),
        ("产品,规格\n老腊肉,1 斤\n", "没有“价格”这一列"),
    ],
)
def test_with_one_mistake_nothing_is_written(village: Path, table: str, says: str) -> None:
    assert says in imported(village, table, "--write", status=1)
    assert (village / "products/larou/product.yml").read_text("utf-8") == LAROU


def test_a_form_that_cannot_be_gone_on_with_is_left_alone(village: Path) -> None:
    file = village / "products/larou/product.yml"
    text = "名称: 老腊肉\n类型: 加工食品\n规格: [{规格: 1 斤}, {规格: 2 斤}]\n"
    file.write_text(text, "utf-8")
    told = imported(village, "产品,规格,价格\n老腊肉,3 斤,60\n", "--write", status=1)
    assert "机器没有把握" in told and file.read_text("utf-8") == text


NAMES = st.sampled_from(["大罐", "1 斤", "500 克袋装"])


@settings(deadline=None, max_examples=80)
@given(
    written=st.lists(st.tuples(NAMES, st.sampled_from(["", "58", "58.50", '"58"', "58 元"])), max_size=3, unique_by=lambda each: each[0]),
    name=NAMES,
    flow=st.booleans(),
    newline=st.sampled_from(["\n", "\r\n"]),
)  # fmt: skip
def test_whatever_is_written_only_the_price_changes(
    written: list[tuple[str, str]], name: str, flow: bool, newline: str
) -> None:
    lines = ["名称: 甲", "类型: 农产品", *(["规格:"] if written else [])]
    for each, price in written:
        parts = [f"规格: {each}", *([f"价格: {price}"] if price else [])]
        lines += (
            [f"- {{{', '.join(parts)}}}"]
            if flow
            else [f"- {parts[0]}", *(f"  {x}" for x in parts[1:])]
        )
    text = newline.join([*lines, "类别: 腊味", ""])
    place = Location("t.csv", 2)
    row = Mapping(
        tuple((Scalar(k, place), Scalar(v, place)) for k, v in (("产品", "x"), ("规格", name), ("价格", "66"))), place
    )  # fmt: skip
    price = read_record(Price, row, Report(), place)
    assert price
    changed = with_price(text, "p.yml", price, row)
    assert changed is not None
    report = Report()
    node = parse_yaml(changed.replace("\r\n", "\n"), "p.yml", report)
    product = read_record(Product, node, report, Location("p.yml"), id="x")
    assert product and not report.problems
    found = variant_of(product, name)
    assert found and str(found.price) == "66"
    assert product.category == "腊味"
    assert len(product.variants) == len({each for each, _ in written} | {name})
