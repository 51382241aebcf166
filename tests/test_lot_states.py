"""One lot in every situation, and everything that shows it: pages, cards, search, data, feed and paper say the same."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest

from built import here, write
from xiangji.build import build, open_press
from xiangji.cache import Cache
from xiangji.conformity.certificate import CertificateRefused, pledge
from xiangji.library.lot_state import LotState, standing_of
from xiangji.pages.batches.states import state_of
from xiangji.paper.cards import KINDS
from xiangji.paper.cards import prepare as prepare_card
from xiangji.paper.fonts import find_fonts
from xiangji.paper.formats import STOCKS, TEMPLATES
from xiangji.paper.labels.label import LabelOrder
from xiangji.paper.labels.label import prepare as prepare_label
from xiangji.paper.labels.print_run import sellable
from xiangji.paper.posters.text import find_subjects
from xiangji.paper.sheet_text import sheet_text
from xiangji.readers.config import read_settings
from xiangji.render.context import RenderContext

TODAY = date(2026, 5, 1)
PHONE, TEL = "0851-12345678", "tel:085112345678"
USAGE, TELLING, APPETITE = "拌一碗面最香", "奶奶舂了一辈子辣椒", "香得很的一句话"

HEAD = "批号,生产日期,状态,原因,怎么办,用料批次,备注,自检,合作社检\n"
VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\nplugins:\n  - xiangji:\n      posters: {}\n",
    "site_src/index.md": "# 首页\n\n[产品]\n\n[批次]\n",
    "products/brand.yml": f"名称: 立碑村\n电话: {PHONE}\n生产者:\n"
    "  - {编号: she, 名称: 立碑村合作社, 类型: 合作社, 地址: 村口, 电话: 0851-00000001}\n",
    "products/lajiao/product.yml": "名称: 干辣椒\n类型: 加工食品\n生产者: [she]\n",
    "stories/lajiao/story.md": f"---\n题目: 辣椒的事\n产品: [jiang]\n短讲法:\n  六十字: {TELLING}\n  一百二十字: {TELLING}\n---\n正文\n",
}
PRODUCT = f"""\
名称: 辣酱
类型: 加工食品
类别: 酱
一句话: {APPETITE}
保质期: 12个月
吃法: {USAGE}
配料: [辣椒, 盐]
净含量: 500 克
贮存: 常温
许可证号: SC10652011512347
产品标准: DBS52/ 011-2016
生产者: [she]
发货: 可发货
规格:
  - {{规格: 罐装, 价格: 20}}
"""


@dataclass(frozen=True)
class Situation:
    """A lot's row, the rows of what went into it, and what is true of it then: its state, the word for it, the mark
    of its product, and what its sheet says besides."""

    row: str
    state: LotState
    word: str
    mark: str = ""
    inputs: str = ""
    says: tuple[str, ...] = ()
    more: str = ""

    @property
    def fine(self) -> bool:
        return self.state.is_fine


RECALLED_INPUT = "X1,2026-01-01,召回,有沙,退,,,,\n"
HELD_INPUT = "X1,2026-01-01,停售,重称,,,,,\n"
CHAIN = "X2,2026-01-02,正常,,,X1,,,\nX3,2026-01-03,正常,,,X2,,,\n"
WAIT, HOLD, NEVER = "用料已召回，先别吃", "用料停售，待查", "用料已召回，不要吃"

SITUATIONS = {
    "normal": Situation("J1,2026-03-01,正常,,,,,,", LotState.NORMAL, "正常", says=("可食用至 2027 年 2 月 28 日",)),
    "unrecorded": Situation("J1,2026-03-01,,,,,,,", LotState.UNRECORDED, "状态未记录"),
    "pending": Situation("J1,2026-03-01,待检,,,,,,", LotState.PENDING, "待检", says=("结果出来以前先别吃",)),
    "waiting": Situation("J1,2026-03-01,,,,,,,待出结果 2026-03-02", LotState.PENDING, "待检", says=("结果出来以前先别吃",)),
    "on hold": Situation("J1,2026-03-01,停售,重称,,,,,", LotState.ON_HOLD, "已停售", "有批次停售", says=("重称", "先别吃，先打电话问")),
    "recalled": Situation("J1,2026-03-01,召回,漏写花生,退货,,,,", LotState.RECALLED, "已召回", "有批次召回", says=("退货", "漏写花生")),
    "expired": Situation("J1,2025-03-01,正常,,冷藏还能吃,,那年的味道好,,", LotState.EXPIRED, "已过期", "批次都已过期", says=("不要吃", "保质期到 2026 年 2 月 28 日为止")),
    "input recalled": Situation("J1,2026-03-01,正常,,,lajiao/X1,,,", LotState.INPUT_RECALLED, WAIT, "有批次待查", RECALLED_INPUT, ("待查", "用料批次 X1 已召回：有沙")),
    "input recalled at depth three": Situation("J1,2026-03-01,正常,,,lajiao/X3,,,", LotState.INPUT_RECALLED, WAIT, "有批次待查", RECALLED_INPUT + CHAIN, ("待查", "用料批次 X1 已召回：有沙")),
    "input on hold": Situation("J1,2026-03-01,正常,,,lajiao/X1,,,", LotState.INPUT_ON_HOLD, HOLD, "有批次待查", HELD_INPUT, ("先别吃", "用料批次 X1 已停售：重称")),
    "failed": Situation("J1,2026-03-01,待检,,,,,,不合格 2026-03-02", LotState.FAILED, "检验不合格，先别吃", "有批次不合格", says=("合作社检的结果是不合格",)),
    "several": Situation("J1,2025-03-01,停售,重称,称一称,lajiao/X1,,,不合格 2025-03-02", LotState.INPUT_RECALLED, NEVER, "批次都已过期", RECALLED_INPUT.replace("2026", "2025"), ("也已停售：重称", "合作社检不合格", "不要吃", "用料批次 X1 已召回：有沙")),
}  # fmt: skip


@pytest.fixture(params=SITUATIONS)
def situation(request: pytest.FixtureRequest) -> Situation:
    return SITUATIONS[request.param]


def village(root: Path, of: Situation, product: str = PRODUCT) -> Path:
    files = VILLAGE | {
        "products/jiang/product.yml": product,
        "products/jiang/batches.csv": f"{HEAD}{of.row}\n",
    }
    return write(root, files | {"products/lajiao/batches.csv": HEAD + of.inputs})


def made(root: Path) -> dict[str, str]:
    """Every page and file of the village, by address."""
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    site = build(settings, found)
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    texts = {each.address: each.document for each in (*site.pages, *site.notes)}
    for each in (*site.artifacts, *site.own):
        texts[each.address] = each.content.decode("utf-8", "replace")
    return {at: re.sub(r"<style>.*?</style>", "", text, flags=re.S) for at, text in texts.items()}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


SHEETS = ("t/jiang/J1/", "t/jiang/J1/e/")


def test_whatever_shows_the_lot_says_its_state(situation: Situation, tmp_path: Path) -> None:
    site = made(village(tmp_path, situation))
    for address in (*SHEETS, "t/jiang/", "products/jiang/", ""):
        assert situation.word in words(site[address]), address
    for address in SHEETS:
        assert f'<div class="state {situation.state}"' in site[address]
        assert ("可食用至" in site[address]) == situation.fine
        for each in situation.says:
            assert each in words(site[address]), address
    lots = json.loads(site["search/lots.json"])["products"]
    told = next(each for each in lots if each["address"] == "t/jiang/")
    sign = told.get("states", ".")[0]
    assert told.get("words", {}).get(sign, "") == ("" if situation.fine else situation.word)
    first = re.search(r"<entry>.*?</entry>", site["feed.xml"], re.S)
    entry = next(e for e in re.findall(r"<entry>.*?</entry>", site["feed.xml"], re.S) if "J1" in e)
    assert f"{situation.word}：辣酱 J1" in entry and f"#{situation.state}" in entry
    if (
        situation.state.is_stopped
        and situation.state is not LotState.EXPIRED
        and not situation.inputs
    ):
        assert first and first[0] == entry


def test_nothing_makes_one_want_what_is_not_fine(situation: Situation, tmp_path: Path) -> None:
    site = made(village(tmp_path, situation))
    usual, large = (site[each] for each in SHEETS)
    assert (USAGE in large) == (TELLING in usual) == situation.fine
    assert ("products/jiang/" in usual) == situation.fine
    assert (USAGE in site["products/jiang/"]) == situation.fine
    for page in (usual, large):
        # The number to call is the first thing under the box.
        box = page.index('class="state ')
        after = page[page.index("</div>", box) + 6 :].lstrip()
        call = (
            f'<p class="call"><a class="btn main" href="{TEL}"><span>打电话问</span> <b>{PHONE}</b>'
        )
        assert after.startswith(call) != situation.fine
        if not situation.fine:
            for each in ("shop/", "stories/", "存一张海报", "看产品", "怎么买"):
                main = page[page.index("<main") : page.index("</main>")]
                assert each not in main
    if situation.state is LotState.EXPIRED:
        assert "冷藏还能吃" not in usual + large and "那年的味道好" not in usual + large


def test_every_card_of_the_product_has_its_mark(situation: Situation, tmp_path: Path) -> None:
    site = made(village(tmp_path, situation))
    every = {mark for each in SITUATIONS.values() if (mark := each.mark)}
    cards = ("products/", "shop/", "stories/lajiao/", "producers/she/", "t/", "")
    for address in cards:
        assert {each for each in every if each in site[address]} - _of_input(site, situation) == (
            {situation.mark} - {""}
        ), address
    entries = json.loads(site["data/catalogue.json"])["entries"]
    (entry,) = (each for each in entries if each.get("id") == "jiang")
    assert entry.get("marks", []) == ([situation.mark] if situation.mark else [])
    assert entry.get("unsold", False) == (not situation.fine)
    good = "2027-02-28" if situation.fine else ""
    assert entry.get("until", "") == good
    assert (f'data-u="{good}"' in site["shop/"]) == situation.fine
    (found,) = (
        each
        for each in json.loads(site["search/index.json"])["entries"]
        if each["address"] == "products/jiang/"
    )
    assert found.get("marks", []) == ([situation.mark] if situation.mark else [])
    assert ('"offers"' in site["products/jiang/"]) == situation.fine
    assert ('class="step wait"' in site["products/jiang/"]) == situation.fine


def _of_input(site: dict[str, str], situation: Situation) -> set[str]:
    """Marks of the product whose lots went in, which stands on the same lists."""
    entries = json.loads(site["data/catalogue.json"])["entries"]
    of = next(each for each in entries if each.get("id") == "lajiao")
    return set(of.get("marks", ())) - {situation.mark}


def test_the_list_of_recalls_has_all_that_is_stopped(situation: Situation, tmp_path: Path) -> None:
    site = made(village(tmp_path, situation))
    there = "t/jiang/J1/" in site["recalls/"]
    assert there == (situation.state.is_stopped and situation.state is not LotState.EXPIRED)
    pages = [text for at, text in site.items() if "<footer>" in text and at != "recalls/"]
    assert len(pages) > 10
    assert all(re.search(r'href="[^"]*recalls/">召回</a>', text) for text in pages)


def test_a_digital_label_says_the_same(situation: Situation, tmp_path: Path) -> None:
    site = made(village(tmp_path, situation, f"{PRODUCT}数字标签: 是\n"))
    usual = site["t/jiang/J1/"]
    assert f'<div class="state {situation.state}"' in usual and situation.word in words(usual)
    assert (f'href="{TEL}"><span>打电话问' in usual) != situation.fine


def test_so_does_paper(situation: Situation, tmp_path: Path) -> None:
    press = at_press(village(tmp_path, situation))
    library, fonts = press.library, find_fonts(tmp_path)
    batch, product = library.batches["jiang/J1"], library.products["jiang"]
    assert standing_of(library, batch, TODAY).state is situation.state
    text = sheet_text(press, batch, product, "https://cun.example.cn/t/jiang/J1/")
    assert text["state"]["key"] == situation.state and situation.word in text["state"]["word"]
    assert text["numbers"] == ([] if situation.fine else [PHONE])
    assert bool(text["tellings"]) == situation.fine
    stopped, waits = situation.state.is_stopped, situation.state is LotState.PENDING
    assert (batch in sellable(library, TODAY)[1]) == stopped
    order = LabelOrder(TEMPLATES["code"], STOCKS["shop"], 40, 40)
    for anyway in ("", "单位自用，不卖"):
        label, told = prepare_label(press, batch, order, fonts, 1, anyway)
        assert (label is None) == (stopped and not anyway)
        rules = {each.rule for each in told}
        assert ("print-anyway" in rules) == (stopped and bool(anyway))
        assert ("print-unrecorded" in rules) == (situation.state is LotState.UNRECORDED)
        assert ("label-stopped" in rules) == waits
        card, told = prepare_card(press, KINDS["stall"], product, batch, fonts, 1, anyway)
        assert (card is None) == (not situation.fine and not anyway)
        if card and not situation.fine:
            assert situation.word in card.text["lead"] and not card.text["prices"]
        subjects, told = find_subjects(press, "jiang/J1", anyway)
        assert bool(subjects) == (situation.fine or bool(anyway))
        for subject in subjects:
            assert situation.word in subject.state and bool(subject.tellings) == situation.fine


def at_press(root: Path) -> RenderContext:
    settings, found = read_settings(root / "mkdocs.yml", TODAY)
    press, problems = open_press(settings, found, Cache(root / "cache"))
    assert press is not None, [each.message("zh") for each in problems]
    return press


@pytest.mark.parametrize(
    "name", ["on hold", "expired", "input recalled", "failed", "input on hold"]
)
def test_there_is_no_certificate_of_it(name: str, tmp_path: Path) -> None:
    product = PRODUCT.replace("加工食品", "农产品").replace("配料: [辣椒, 盐]\n", "")
    press = at_press(village(tmp_path, SITUATIONS[name], product))
    found = pledge(press.library, press.library.batches["jiang/J1"], TODAY)
    assert isinstance(found, CertificateRefused)
    rules = {each.rule for each in found.problems}
    assert rules & {"pledge-stopped", "pledge-input-stopped", "pledge-failed"}


def test_a_recall_in_a_step_that_is_not_told_is_known_and_not_named(tmp_path: Path) -> None:
    root = village(tmp_path, SITUATIONS["normal"])
    (root / "products/jiang/batches.csv").unlink()
    steps = "经过:\n  - {环节: 加工, 公开程度: 保密, 用料批次: [lajiao/X1]}\n"
    write(
        root,
        {
            "products/jiang/batches/J1.yml": f"批号: J1\n生产日期: 2026-03-01\n状态: 正常\n{steps}",
            "products/jiang/batches/J2.yml": "批号: J2\n生产日期: 2026-03-02\n状态: 正常\n用料批次: [J1]\n",
            "products/lajiao/batches.csv": HEAD + RECALLED_INPUT,
        },
    )
    site = made(root)
    for lot in ("J1", "J2"):
        page = site[f"t/jiang/{lot}/"]
        assert WAIT in page and "那一步不公开" in page and "X1" not in page


INSPECTIONS = {
    "another item passed": ("不合格, 项目: 菌落", "合格, 项目: 农残", LotState.FAILED),
    "the same passed after it": ("不合格, 项目: 菌落", "合格, 项目: 菌落", LotState.UNRECORDED),
    "it passed before": ("合格, 项目: 菌落", "不合格, 项目: 菌落", LotState.FAILED),
    "one waits": ("合格, 项目: 菌落", "待出结果, 项目: 农残", LotState.PENDING),
}


@pytest.mark.parametrize("name", INSPECTIONS)
def test_of_two_inspections_at_one_level_none_is_lost(name: str, tmp_path: Path) -> None:
    one, two, state = INSPECTIONS[name]
    root = village(tmp_path, SITUATIONS["normal"])
    (root / "products/jiang/batches.csv").unlink()
    checks = f"检验:\n  - {{层级: 县检, 结果: {one}, 日期: 2026-03-05}}\n"
    checks += f"  - {{层级: 县检, 结果: {two}, 日期: 2026-03-08}}\n"
    text = f"批号: J1\n生产日期: 2026-03-01\n{checks}"
    write(root, {"products/jiang/batches/J1.yml": text})
    press = at_press(root)
    assert state_of(press.library, press.library.batches["jiang/J1"], TODAY).key == state


def test_a_lot_whose_product_is_recalled_tells_so(tmp_path: Path) -> None:
    """The other way: whoever holds what went into a recalled lot learns of it, and it is not called bad for that."""
    rows = "X1,2026-01-01,正常,,,,,,\n"
    of = SITUATIONS["recalled"]
    of = Situation(of.row.replace("退货,", "退货,lajiao/X1"), of.state, of.word, inputs=rows)
    site = made(village(tmp_path, of))
    page = site["t/lajiao/X1/"]
    assert "用了这一批的 辣酱 J1 已召回：漏写花生" in words(page)
    assert 'class="state normal"' in page


def test_what_is_printed_anyway_is_kept_in_the_register(tmp_path: Path) -> None:
    root = village(tmp_path, SITUATIONS["on hold"])
    register = root / "products/codes.csv"
    date_of = ("--date", "2026-05-01")
    for command in (("labels", "J1", "-t", "code", "-n", "1"), ("cards", "J1"), ("posters", "jiang/J1", "--shape", "square")):  # fmt: skip
        refused = here("xiangji", *command, *date_of, cwd=root)
        assert refused.returncode == 1 and "--anyway" in refused.stderr
        empty = here("xiangji", *command, "--anyway", " ", *date_of, cwd=root)
        assert empty.returncode == 2 and not (root / "print").exists()
    assert not register.exists()
    for count, command in enumerate((("labels", "J1", "-t", "code", "-n", "1"), ("cards", "J1"), ("posters", "jiang/J1", "--shape", "square")), 1):  # fmt: skip
        done = here("xiangji", *command, "--anyway", "换包装，不卖", *date_of, cwd=root)
        assert done.returncode == 0, done.stderr
        assert "[print-anyway]" in done.stderr
        rows = register.read_text("utf-8-sig").splitlines()[1:]
        assert len(rows) == count and rows[-1].endswith("已停售，照印：换包装，不卖")
        assert f"第 {count} 印" in rows[-1]
    again = here("xiangji", "check", *date_of, cwd=root)
    assert again.returncode == 0, again.stderr
