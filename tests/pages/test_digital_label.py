"""A batch sheet as a digital food label: `standards.md` §4.3, item by item."""

from __future__ import annotations

import re
import subprocess
from datetime import date
from pathlib import Path

import pytest

from built import Built, Document, write
from xiangji.build import build
from xiangji.settings import Settings

TODAY = date(2027, 5, 1)
NUTRIENTS = "".join(
    f"  - {{项目: {name}, 每100克: {number} 克, NRV: 1%}}\n"
    for number, name in enumerate(("钠", "糖", "碳水化合物", "脂肪", "蛋白质", "能量"))
)
PRODUCT = f"""\
名称: 辣酱
类型: 加工食品
数字标签: 是
生产者: she
配料: [辣椒, 花生]
致敏物质: [花生]
净含量: 500 克
贮存: 冷藏
保质期: 6个月
许可证号: SC10652011512347
产品标准: GB/T 20293
等级: 一级
营养成分:
{NUTRIENTS}规格:
  - {{规格: 小瓶, 净含量: 100 克, 价格: 77}}
购买方式:
  - {{方式: 电话, 内容: 0851-22222222}}
"""
BRAND = """\
名称: 立碑村
电话: 0851-33333333
生产者:
  - {编号: she, 名称: 合作社, 类型: 合作社, 地址: 村口, 电话: 0851-00000000}
"""
STORY = "---\n题目: 辣酱的故事\n产品: jiang\n---\n正文\n"
FILES = {
    "products/brand.yml": BRAND,
    "products/jiang/product.yml": PRODUCT,
    "products/jiang/batches.csv": "批号,生产日期,规格,状态,原因,怎么办\n"
    "N1,2027-03-16,小瓶,召回,漏写,退货\nO1,2027-03-15,小瓶,正常,,\nU1,,,,,\n",
    "products/lan/product.yml": "名称: 篮子\n类型: 手工艺\n数字标签: 是\n",
    "products/lan/batches.csv": "批号\nL1\n",
    "products/cai/product.yml": "名称: 菜\n类型: 农产品\n数字标签: 是\n",
    "products/cai/batches.csv": "批号,采收日期\nC1,2027-04-01\n",
    "stories/jiang/story.md": STORY,
}


def sheets(root: Path, files: dict[str, str]) -> dict[str, str]:
    site = build(Settings(write(root, files), TODAY, site_url="https://example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return {
        each.address: each.content.decode() for each in site.artifacts if each.address.endswith("/")
    }


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    return sheets(tmp_path / "village", FILES)


def rows(page: str) -> list[tuple[str, str]]:
    """The first list of facts: name and value of each row."""
    facts = page.partition('<dl class="rows')[2].partition("</dl>")[0]
    found = re.findall(r"<dt>(.*?)</dt><dd>(.*?)</dd>", facts, re.S)
    return [(name, re.sub("<[^>]+>", "", value)) for name, value in found]


def test_every_item_of_the_standard_in_its_order(pages: dict[str, str]) -> None:
    assert rows(pages["t/jiang/N1/"]) == [
        ("食品名称", "辣酱"),
        ("配料", "辣椒、花生"),
        ("致敏物质", "花生"),
        ("净含量", "100 克"),
        ("规格", "小瓶"),
        ("生产者", "合作社"),
        ("地址", "村口"),
        ("联系方式", "0851-00000000"),
        ("生产日期", "2027 年 3 月 16 日"),
        ("保质期", "6 个月"),
        ("到期日", "2027 年 9 月 15 日"),
        ("批号", "N1"),
        ("贮存条件", "冷藏"),
        ("许可证号", "SC10652011512347"),
        ("产品标准", "GB/T 20293"),
        ("产地", "未记录"),
        ("等级", "一级"),
    ]


def test_what_is_missing_is_listed_as_missing(pages: dict[str, str]) -> None:
    told = dict(rows(pages["t/jiang/U1/"]))
    assert told["生产日期"] == told["到期日"] == "未记录"
    assert dict(rows(pages["t/cai/C1/"])) == {
        "品名": "菜",
        "产地": "未记录",
        "生产者": "未记录",
        "地址": "未记录",
        "联系方式": "未记录",
        "采收日期": "2027 年 4 月 1 日",
        "保质期": "未记录",
        "到期日": "未记录",
        "批号": "C1",
        "贮存条件": "未记录",
    }


def table(page: str) -> list[str]:
    """The rows of the nutrition table, the cells of each joined."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    return [" ".join(re.sub("<[^>]+>", " ", each).split()) for each in body.split("</tr>")[:-1]]


def test_the_nutrition_table_follows_the_day_of_making(pages: dict[str, str]) -> None:
    new, old = pages["t/jiang/N1/"], pages["t/jiang/O1/"]
    assert "营养成分表" in new and "营养成分表" in old and "营养成分表" not in pages["t/cai/C1/"]
    assert table(new) == [
        "能量 5 克 1%",
        "蛋白质 4 克 1%",
        "脂肪 3 克 1%",
        "饱和脂肪 未记录",
        "碳水化合物 2 克 1%",
        "糖 1 克 1%",
        "钠 0 克 1%",
    ]
    assert [each for each in table(old) if "饱和" in each] == []
    assert "儿童青少年应避免过量摄入盐油糖" in new
    assert "儿童青少年" not in old


def test_the_label_comes_first_and_without_a_tap(pages: dict[str, str]) -> None:
    page = pages["t/jiang/N1/"].partition("<main")[2]
    order = [
        page.index(each)
        for each in (
            "数字标签",
            "<h1>",
            'class="state recalled"',
            "漏写",
            "食品名称",
            "营养成分表",
            "从哪里来",
            "谁检过",
            "用了什么，去了哪里",
            "修改记录",
            "村里的故事在另一页",
        )
    ]
    assert order == sorted(order)
    assert "<details" not in page and "<script" not in page and " hidden" not in page


def test_nothing_is_sold_on_a_label(pages: dict[str, str]) -> None:
    page = pages["t/jiang/N1/"]
    assert "77" not in re.sub("<style>.*?</style>|sha256-[\\w+/=]*", "", page, flags=re.S)
    for word in ("怎么买", "价格", "看产品", "看故事", "购买"):
        assert word not in page, word
    bar = page.partition('<nav class="bar"')[2].partition("</nav>")[0]
    assert re.findall(r'href="([^"]*)"', bar) == ["e/", "tel:085122222222"]
    assert 'class="still"' in page and ".still .bar{position:static}" in page
    assert "position:fixed" not in page


def test_the_large_form_is_the_same_label(pages: dict[str, str]) -> None:
    """One label, two sizes of print: neither lists what the other leaves out."""

    def listed(page: str, heading: str) -> list[tuple[str, str]]:
        return rows(page.partition(f"<h2>{heading}</h2>")[2].partition("<h2>谁检过")[0])

    usual, large = pages["t/jiang/N1/"], pages["t/jiang/N1/e/"]
    assert listed(large, "标签上的内容") == rows(usual)
    table = re.compile("<h2>营养成分表</h2>.*?</table>", re.S)
    assert table.search(usual)[0] == table.search(large)[0]  # type: ignore[index]


def test_other_sheets_stay_as_they_are(pages: dict[str, str]) -> None:
    basket = pages["t/lan/L1/"]  # Nothing to eat is a digital food label, whatever it says.
    assert "批次追溯" in basket and "标签上的内容" in basket
    assert "修改记录" not in basket and "数字标签" not in basket
    assert [name for name, _ in rows(basket)] == ["谁做的", "做于", "批号", "产地"]


def changes(page: str) -> list[str]:
    rest = page.partition("<h2>修改记录</h2>")[2].partition("<h2>")[0].partition("<div")[0]
    paragraphs = re.findall(r"<p.*?</p>", rest, re.S)
    return [re.sub("<[^>]+>", "", each).strip() for each in paragraphs]


def test_without_git_the_page_says_so(pages: dict[str, str]) -> None:
    assert changes(pages["t/jiang/N1/"]) == ["这些文件没有放进 Git，改过什么没有记录。"]


def save(root: Path, day: str, author: str = "Somebody") -> None:
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", ".")):
        identity = ("-c", f"user.name={author}", "-c", "user.email=a@example.cn")
        env = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+0800", "PATH": "/usr/bin:/bin"}
        subprocess.run(["git", *identity, *words], cwd=root, env=env, check=True)


def test_the_change_record_says_what_when_and_who(tmp_path: Path) -> None:
    people = (
        "人物:\n  - {编号: wu, 姓名: 吴小满, Git 署名: xiaoman,"
        " 同意: [{用途: 姓名, 同意日期: 2026-01-01}]}\n"
    )
    root = write(tmp_path / "village", FILES | {"stories/people.yml": people})
    save(root, "2027-04-01")
    product = PRODUCT.replace("贮存: 冷藏", "贮存: 常温").replace("净含量: 100", "净含量: 90")
    write(root, {"products/jiang/product.yml": product})
    save(root, "2027-04-02", "xiaoman")
    write(root, {"products/brand.yml": BRAND.replace("村口", "村尾") + "合作社: she\n"})
    save(root, "2027-04-03")
    page = sheets(root, {"products/jiang/product.yml": product + "产地: cun\n", **PLACE})
    assert changes(page["t/jiang/N1/"]) == [
        "2027 年 4 月 3 日 合作社（经手人没有公开姓名）",
        "生产者地址：改过",
        "2027 年 4 月 2 日 吴小满",
        "贮存：冷藏 → 常温",
        "规格“小瓶”：100 克 → 90 克",
        "2027 年 4 月 1 日 合作社（经手人没有公开姓名）",
        "标签：首次记下",
        "这一批：首次记下",
        "还有没存进 Git 的改动。",
        "工序和备注改过，不逐条列出。",
    ]
    assert "Somebody" not in "".join(page.values())
    assert "xiaoman" not in "".join(page.values())


PLACE = {
    "products/brand.yml": BRAND.replace("村口", "村尾")
    + "合作社: she\n地点:\n  - {编号: cun, 名称: 立碑村}\n"
}


def test_a_long_record_says_how_much_is_left_out(tmp_path: Path) -> None:
    root = write(tmp_path / "village", FILES)
    save(root, "2027-01-01")
    for number in range(1, 34):
        product = PRODUCT.replace("冷藏", f"冷藏 {number} 度")
        write(root, {"products/jiang/product.yml": product})
        save(root, f"2027-02-{number % 28 + 1:02}")
    told = changes(sheets(root, {})["t/jiang/N1/"])
    assert sum(each.startswith("贮存：") for each in told) == 30
    assert "更早的还有 5 处，没有列在这里。" in told


def test_the_demo_has_a_digital_label(demo: Built) -> None:
    found = {at for at, page in demo.sheets.items() if is_label(page)}
    assert found == {at for at in demo.sheets if at.startswith("t/ciba-lajiao/")}


def is_label(page: Document) -> bool:
    return "修改记录" in [each.text for each in page.all("h2")]
