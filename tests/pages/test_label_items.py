"""The table of the label's items: nobody else words a heading, and a heading changed there changes everywhere."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace

from built import ROOT, write
from paper.desk import at_desk, text_of
from xiangji.build import build
from xiangji.checks.labelling.labels import lacking_items
from xiangji.label.item import (
    FARM,
    NEW,
    OLD,
    Demand,
    LabelClause,
    LabelForm,
    LabelKey,
    LabelWording,
)
from xiangji.label.items import ARRANGEMENTS, ITEMS
from xiangji.model.vocabularies import ProductKind
from xiangji.pages.batches.label_rows import food_rows, label_rows, printed_rows
from xiangji.paper.cards import KINDS
from xiangji.paper.cards import prepare as prepare_card
from xiangji.paper.formats import STOCKS, TEMPLATES
from xiangji.paper.labels.label import LabelOrder, prepare
from xiangji.paper.labels.setting import set_labels
from xiangji.paper.labels.text import LabelText, label_text
from xiangji.paper.posters.text import batch_subject
from xiangji.paper.sheet_text import sheet_text
from xiangji.readers.git.label_facts import OF_BATCH, OF_PRODUCT
from xiangji.records.batch import Batch
from xiangji.records.product import Nutrient, Product

FOLDERS = ("pages", "paper", "checks", "readers", "views")
OWN_FORM = {"pages/batches/conformity.py", "paper/conformity.py"}
"""The 承诺达标合格证 is another paper, with headings by another rule."""


def headings() -> set[str]:
    """Everything that an item is called anywhere."""
    found = set()
    for item in ITEMS.values():
        for words in (item.words, *item.words_of.values()):
            found |= {words.of(form) for form in LabelForm}
        found |= {clause.term for clause in item.clauses.values()}
    return found - {""}


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Texts in code, without docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node.lineno, node.value


def heads(text: str, named: set[str]) -> str:
    """The heading that a text is, or that it begins a phrase with: 批号 {lot}, 规格“{name}”."""
    for phrase in re.split(r"[，；。\n]", text):
        found = re.match(r"\s*([\u4e00-\u9fff]+)(?=$|[\s：“（])", phrase)
        if found and found[1] in named:
            return found[1]
    return ""


def test_no_other_module_words_a_heading() -> None:
    named, found = headings(), []
    for folder in FOLDERS:
        for file in sorted((ROOT / "plugins/xiangji" / folder).rglob("*.py")):
            name = file.relative_to(ROOT / "plugins/xiangji").as_posix()
            for line, text in literals(ast.parse(file.read_text("utf-8"))):
                if name not in OWN_FORM and heads(text, named):
                    found.append(f"{name}:{line} {heads(text, named)}")
    assert found == []


MADE_UP = {"specimen.html"}
"""The style page shows pieces with contents of its own."""


def test_no_template_words_a_heading() -> None:
    """As a piece of its own; in the middle of a sentence it is prose."""
    named, found = headings(), []
    theme = ROOT / "theme/xiangji_theme"
    for file in sorted([*(theme / "pages").glob("*.html"), *(theme / "print").glob("*.typ")]):
        text = re.sub(r"//[^\n]*", "", file.read_text("utf-8"))
        pieces = set(re.findall(r"[\u4e00-\u9fff、]+", text))
        found += [f"{file.name} {each}" for each in named & pieces if file.name not in MADE_UP]
    assert found == []


# --- a heading changed in one place ----------------------------------------------------------------

PRODUCT = """\
名称: 辣酱
类型: {kind}
数字标签: {digital}
生产者: [{maker}]
配料: [辣椒, {more}]
致敏物质: [{more}]
净含量: {net} 克
贮存: 常温{more}
保质期: {months}个月
许可证号: SC1065201151234{months}
产品标准: GB/T 2029{months}
品种: 线椒{more}
等级: 一级{more}
材料: 陶{more}
尺寸: {net} 厘米
产地: {maker}
商品条码: "{gtin}"
规格:
  - {{规格: 小瓶, 净含量: {net} 克}}
营养成分:
  - {{项目: 能量, 每100克: {net} 千焦, NRV: 5%}}
  - {{项目: 蛋白质, 每100克: 1 克}}
  - {{项目: 脂肪, 每100克: 1 克}}
  - {{项目: 碳水化合物, 每100克: 1 克}}
  - {{项目: 钠, 每100克: 1 毫克}}
购买方式:
  - {{方式: 电话, 内容: 0851-22222222}}
"""
ONE = {"kind": "农产品", "maker": "she", "more": "花生", "net": 100, "months": 6}
TWO = {"kind": "加工食品", "maker": "jia", "more": "大豆", "net": 90, "months": 8}
BRAND = """\
名称: 立碑村
生产者:
  - {{编号: she, 名称: 合作社{0}, 类型: 合作社, 地址: 村口{0}, 电话: 0851-0000000{0}, 许可证号: 黔{0}}}
  - {{编号: jia, 名称: 社员{0}, 类型: 合作社, 地址: 村尾{0}, 电话: 0851-1111111{0}, 许可证号: 黔{0}}}
地点:
  - {{编号: she, 名称: 上寨}}
  - {{编号: jia, 名称: 下寨}}
"""
COLUMNS = "批号,生产日期,采收日期,数量,规格,生产者,产地,状态,原因,怎么办,用料批次,去向\n"
ROW = (
    "N1,2026-10-1{0},2026-09-0{0},1{0} 瓶,小瓶,{1},{1},{2},怪味{0},退货{0},lajiao/L{0},县城{0}\n"
    "N2,2026-10-16,2026-09-03,10 瓶,小瓶,she,she,正常,,,,\n"
)
INPUTS = "批号,采收日期,生产日期\nL1,2026-02-01,2026-02-01\nL2,2026-02-02,2026-02-02\n"
FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\nplugins:\n  - xiangji: {catalogue: true}\n",
    "products/brand.yml": BRAND.format(1),
    "products/jiang/product.yml": PRODUCT.format(digital="是", gtin="6901234567809", **ONE),
    "products/jiang/batches.csv": COLUMNS + ROW.format(1, "she", "正常"),
    "products/tang/product.yml": PRODUCT.format(digital="否", gtin="6901234567816", **TWO),
    "products/tang/batches.csv": COLUMNS + ROW.format(2, "jia", "召回"),
    "products/lajiao/product.yml": "名称: 辣椒\n类型: 农产品\n数字标签: 是\n生产者: [she]\n产地: she\n品种: 线椒\n等级: 一级\n商品条码: '6901234567823'\n",
    "products/lajiao/batches.csv": INPUTS,
    "products/lan/product.yml": "名称: 篮子\n类型: 手工艺\n生产者: [she]\n材料: 竹\n尺寸: 3 拃\n贮存: 防潮\n商品条码: '6901234567830'\n",
    "products/lan/batches.csv": "批号,生产日期,采收日期\nB1,2026-02-01,2026-01-01\n",
}
LATER = {
    "products/brand.yml": BRAND.format(2),
    "products/jiang/product.yml": PRODUCT.format(digital="是", gtin="6901234567809", **TWO),
    "products/jiang/batches.csv": COLUMNS + ROW.format(2, "jia", "停售"),
}


def commit(root: Path, files: dict[str, str]) -> None:
    write(root, files)
    for words in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", ".")):
        identity = ("-c", "user.name=a", "-c", "user.email=a@example.cn")
        subprocess.run(["git", *identity, *words], cwd=root, check=True)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("items") / "village"
    commit(root, FILES)
    commit(root, LATER)
    return root


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> dict[LabelKey, str]:
    """Every item called something else, in one place."""
    marks = {key: f"第{number}样" for number, key in enumerate(LabelKey, start=100)}
    for key, item in ITEMS.items():
        changed = replace(item, words=LabelWording(marks[key]), words_of={})
        monkeypatch.setitem(ITEMS, key, changed)
    return marks


@pytest.fixture
def told(village: Path, renamed: dict[LabelKey, str]) -> Told:
    """The village made after that."""
    return Told(village)


class Told:
    """The pages and papers of a village."""

    def __init__(self, root: Path) -> None:
        self.desk = at_desk(root)
        site = build(self.desk.context.settings)
        assert not site.fatal(), [each.message("en") for each in site.problems]
        self.pages = {each.address: each.document for each in site.pages}
        for each in site.artifacts:
            if each.address.endswith("/"):
                self.pages[each.address] = each.content.decode()

    def named(self, address: str) -> set[str]:
        """What stands as a heading on a page."""
        return set(re.findall(r"<(?:dt|h2)[^>]*>([^<]*)<", self.pages[address]))

    def printed(self, key: str) -> LabelText:
        batch = self.desk.context.library.batches[key]
        product = self.desk.context.library.products[batch.product]
        return label_text(self.desk.context, batch, product, "https://cun.example.cn/t/")


def marks_of(renamed: dict[LabelKey, str], form: LabelForm, kind: ProductKind) -> set[str]:
    return {renamed[key] for key in ARRANGEMENTS[form][kind]}


FOOD, PRODUCE, CRAFT = ProductKind.PROCESSED, ProductKind.PRODUCE, ProductKind.HANDICRAFT


def test_a_heading_changed_is_changed_on_pages(told: Told, renamed: dict[LabelKey, str]) -> None:
    of_batch = {renamed[key] for key, item in ITEMS.items() if item.of_batch}
    for kind, name, lot in ((FOOD, "tang", "N1"), (CRAFT, "lan", "B1")):
        page = marks_of(renamed, LabelForm.PAGE, kind)
        assert page - of_batch <= told.named(f"products/{name}/")
        head = marks_of(renamed, LabelForm.HEAD, kind)
        for large in ("", "e/"):
            assert page | head <= told.named(f"t/{name}/{lot}/{large}")
    passage = {renamed[key] for key in (LabelKey.INPUTS, LabelKey.DESTINATION, LabelKey.QUANTITY)}
    assert passage <= told.named("t/tang/N1/")
    assert renamed[LabelKey.NUTRITION] in told.named("products/tang/")
    assert f"召回：{renamed[LabelKey.LOT]}" in told.pages["products/tang/"]


def test_and_on_digital_labels(told: Told, renamed: dict[LabelKey, str]) -> None:
    for kind, at in ((FOOD, "t/jiang/N1/"), (PRODUCE, "t/lajiao/L1/")):
        for address in (at, f"{at}e/"):
            assert marks_of(renamed, LabelForm.DIGITAL, kind) <= told.named(address)
    assert renamed[LabelKey.NUTRITION] in told.named("t/jiang/N1/")


def test_and_no_page_has_the_old_one(village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = headings()
    before = Told(village)
    shown = {at: before.named(at) & old for at in before.pages}
    assert {"净含量", "谁做的", "保养", "采收日期", "贮存条件", "数量"} <= set().union(
        *shown.values()
    )
    for key, item in ITEMS.items():
        monkeypatch.setitem(ITEMS, key, replace(item, words=LabelWording("别样"), words_of={}))
    after = Told(village)
    ours = [at for at in after.pages if at.startswith(("products/", "t/"))]
    assert {at: after.named(at) & old for at in ours if after.named(at) & old} == {}


def test_and_in_the_change_record(told: Told, renamed: dict[LabelKey, str]) -> None:
    record = told.pages["t/jiang/N1/"].partition("<h2>修改记录</h2>")[2].partition("<h2>")[0]
    lines = re.findall(r"<p>([^<：]*)：", record)
    several = {
        f"{renamed[LabelKey.VARIANT]}“小瓶”",
        f"{renamed[LabelKey.NUTRITION]}“能量”",
        *(
            f"{renamed[LabelKey.MAKERS]}{renamed[key]}"
            for key in (LabelKey.NAME, LabelKey.ADDRESS, LabelKey.TELEPHONE)
        ),
    }
    recorded = {*OF_PRODUCT, *OF_BATCH} - {LabelKey.NAME, LabelKey.VARIANT}
    assert {renamed[key] for key in recorded} | several <= set(lines)
    assert {re.split("“|第[0-9]+样$", each)[0] for each in lines} & headings() <= {
        *renamed.values()
    }


def test_and_on_printed_labels(told: Told, renamed: dict[LabelKey, str]) -> None:
    for kind, key in ((FOOD, "tang/N1"), (PRODUCE, "lajiao/L1"), (CRAFT, "lan/B1")):
        text = told.printed(key)
        rows = {row.heading for row in (*text.rows, *text.dates)} | {text.net_heading}
        front = {renamed[each] for each in (LabelKey.NAME, LabelKey.VARIANT)}
        assert marks_of(renamed, LabelForm.PRINTED, kind) - front <= rows
        assert text.lot_heading == renamed[LabelKey.LOT]
    assert told.printed("tang/N1").nutrition.heading == renamed[LabelKey.NUTRITION]  # type: ignore[union-attr]


def test_and_on_the_other_papers(told: Told, renamed: dict[LabelKey, str]) -> None:
    context = told.desk.context
    batch, product = context.library.batches["tang/N2"], context.library.products["tang"]
    text = sheet_text(context, batch, product, "https://cun.example.cn/t/")
    named = {row[0].partition("（")[0] for row in (*text["first"], *text["label"])}
    wanted = {*ARRANGEMENTS[LabelForm.HEAD][FOOD], *ARRANGEMENTS[LabelForm.PAGE][FOOD]}
    assert {renamed[key] for key in wanted} <= named
    assert text["quantity_heading"] == renamed[LabelKey.QUANTITY]
    facts = " ".join(batch_subject(context, batch).facts)
    assert renamed[LabelKey.LOT] in facts and renamed[LabelKey.MADE_ON] in facts
    card, _ = prepare_card(context, KINDS["shelf"], product, batch, told.desk.fonts)
    assert card is not None
    said = {card.text[f"{each}_heading"] for each in ("maker", "made", "lot")}
    assert said == {renamed[key] for key in (LabelKey.MAKERS, LabelKey.MADE_ON, LabelKey.LOT)}


def test_and_in_what_is_asked_for(village: Path, renamed: dict[LabelKey, str]) -> None:
    library = at_desk(village).context.library
    bare = Product(name="空", kind=FOOD, nutrition=(Nutrient(name="钠", per_100g="1 克"),))
    asked = {zh for zh, _, _ in lacking_items(bare, library, OLD, Batch(lot="X", product="kong"))}
    must = {k for k, i in ITEMS.items() if (c := i.clause(FOOD, OLD)) and c.demand is Demand.MUST}
    assert {renamed[key] for key in must - {LabelKey.NAME}} <= asked
    assert f"{renamed[LabelKey.NUTRITION]}里的能量" in asked


def test_the_printed_file_says_it(told: Told, renamed: dict[LabelKey, str]) -> None:
    """What the templates of paper set, read back from the PDF."""
    old = {"净含量", "批号", "营养成分表", "配料", "保质期到期日"}
    desk = told.desk
    for name, wanted in (
        ("bag", (LabelKey.NET, LabelKey.LOT, LabelKey.NUTRITION)),
        ("tag", (LabelKey.LOT,)),
    ):
        template, stock = TEMPLATES[name], STOCKS["shop"]
        order = LabelOrder(template, stock, template.width, template.height)
        label, found = prepare(
            desk.context, desk.context.library.batches["tang/N2"], order, desk.fonts, 1
        )
        assert label is not None, [each.message("en") for each in found]
        said = text_of(
            set_labels(desk.context, [label], order, desk.fonts, desk.cache)[0].document.pdf()
        )
        assert all(renamed[key] in said for key in wanted)
        assert not [each for each in old if each in said]


# --- clauses ---------------------------------------------------------------------------------------

WANTED = {
    OLD: {LabelKey.NAME, LabelKey.INGREDIENTS, LabelKey.NET, LabelKey.VARIANT, LabelKey.MAKERS, LabelKey.ADDRESS, LabelKey.TELEPHONE,
          LabelKey.MADE_ON, LabelKey.LIFE, LabelKey.STORAGE, LabelKey.LICENCE, LabelKey.STANDARD, LabelKey.GRADE, LabelKey.NUTRITION},
    FARM: {LabelKey.NAME, LabelKey.PLACE, LabelKey.MAKERS, LabelKey.HARVESTED_ON, LabelKey.LIFE, LabelKey.GRADE},
}  # fmt: skip
WANTED[NEW] = WANTED[OLD] | {LabelKey.ALLERGENS, LabelKey.UNTIL}
"""`standards.md` §4.2, and art. 38 of the law on farm produce."""
NUMBERS = {
    OLD: r"4\.1\.\d+(\.\d)?|GB 28050-2011",
    NEW: r"4\.\d+|GB 28050-2025",
    FARM: "第三十八条",
}


@pytest.mark.parametrize("rules", [OLD, NEW, FARM])
def test_every_item_has_a_clause_where_an_edition_wants_it(rules: str) -> None:
    having = {key: item.clauses[rules] for key, item in ITEMS.items() if rules in item.clauses}
    assert set(having) == WANTED[rules]
    for key, clause in having.items():
        assert re.fullmatch(NUMBERS[rules], clause.number), key


def test_what_the_law_wants_is_on_digital_and_printed_labels() -> None:
    table = {LabelKey.NUTRITION}  # In a form of its own.
    for form in (LabelForm.DIGITAL, LabelForm.PRINTED):
        assert WANTED[NEW] - table <= set(ARRANGEMENTS[form][FOOD])
        assert WANTED[FARM] <= set(ARRANGEMENTS[form][PRODUCE])


def test_every_key_has_its_item_and_every_kind_its_label() -> None:
    assert set(ITEMS) == set(LabelKey)
    for form in (LabelForm.PAGE, LabelForm.HEAD, LabelForm.PRINTED):
        assert set(ARRANGEMENTS[form]) == set(ProductKind)
    assert all(item.value for key, item in ITEMS.items() if key in ARRANGED)


ARRANGED = {key for kinds in ARRANGEMENTS.values() for keys in kinds.values() for key in keys}


def test_a_term_of_one_edition_stands_on_labels_of_that_edition_alone(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = ITEMS[LabelKey.STORAGE]
    clauses = {**item.clauses, NEW: LabelClause("4.8", term="贮存的条件")}
    monkeypatch.setitem(ITEMS, LabelKey.STORAGE, replace(item, clauses=clauses))
    context = at_desk(village).context
    product, batch = context.library.products["tang"], context.library.batches["tang/N1"]
    for day, term in ((date(2027, 3, 15), "贮存条件"), (date(2027, 3, 16), "贮存的条件")):
        text = label_text(context, replace(batch, made_on=day), product, "https://x.cn/")
        assert term in [row.heading for row in text.rows]
    assert "贮存条件" in [row.heading for row in food_rows(context, product, batch)]


def test_a_small_workshops_number_stands_on_every_form(village: Path) -> None:
    """What is recorded is told the same everywhere: the number that the check counts is also shown."""
    context = at_desk(village).context
    batch = context.library.batches["tang/N1"]
    product = replace(context.library.products["tang"], licence=None)
    for rows in (label_rows, food_rows, printed_rows):
        assert "黔2" in [
            row.value for row in rows(context, product, batch) if row.item is LabelKey.LICENCE
        ]
