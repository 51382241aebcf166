"""A lot keeps what the label said when it was made, and every page and paper of it says the same."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest

from built import here, tree, write
from paper.desk import SMALL, Desk, at_desk
from readers.test_history import git, save
from rebuilt import afresh, build
from xiangji.build import build as build_site
from xiangji.conformity.certificate import ConformityCertificate, pledge
from xiangji.label.versions import FACTS, whole_versions
from xiangji.library.references import assemble
from xiangji.paper.labels.text import label_text
from xiangji.paper.sheet_text import sheet_text, words_in
from xiangji.readers.village import gather
from xiangji.records.history import ChangeStep
from xiangji.records.product import Product

NEW = {
    "名称": "新名", "配料": "[新料, 盐]", "致敏物质": "[新大豆]", "净含量": "450 克", "保质期": "8个月",
    "贮存": "新放", "许可证号": "SC10652011512342（新）", "产品标准": "GB/T 2222（新）", "品种": "新种",
    "等级": "新等", "材料": "新竹", "尺寸": "新寸", "生产者": "[xin]", "产地": "xin",
    "营养成分": "[{项目: 能量, 每100克: 222 千焦}]", "规格": "[{规格: 大, 净含量: 450 克}]",
}  # fmt: skip
OLD = {
    "名称": "旧名", "配料": "[旧料, 盐]", "致敏物质": "[旧花生]", "净含量": "500 克", "保质期": "7个月",
    "贮存": "旧放", "许可证号": "SC10652011512341（旧）", "产品标准": "GB/T 1111（旧）", "品种": "旧种",
    "等级": "旧等", "材料": "旧竹", "尺寸": "旧寸", "生产者": "[jiu]", "产地": "jiu",
    "营养成分": "[{项目: 能量, 每100克: 111 千焦}]", "规格": "[{规格: 大, 净含量: 500 克}]",
}  # fmt: skip
"""Every fact that a version may say otherwise."""
BRAND = """\
名称: 立碑村
电话: 0851-33333333
生产者:
  - {编号: xin, 名称: 新社, 类型: 合作社, 地址: 新村口, 电话: 0851-22222222}
  - {编号: jiu, 名称: 旧社, 类型: 合作社, 地址: 旧村口, 电话: 0851-11111111}
地点:
  - {编号: xin, 名称: 新寨, 行政区划: 某省 某县 新乡}
  - {编号: jiu, 名称: 旧寨, 行政区划: 某省 某县 旧乡}
"""
MARKS = {
    "new": ("新", "450 克", "222 千焦", "8 个月", "0851-22222222"),
    "old": ("旧", "500 克", "111 千焦", "7 个月", "0851-11111111"),
}
ROWS = "批号,生产日期,规格,数量,状态,承诺依据\nA1,2026-09-14,大,9 瓶,正常,质量安全控制符合要求\nB1,2026-09-15,大,9 瓶,正常,质量安全控制符合要求\n"
UNSURE = "U1,2026-09,大,9 瓶,正常,\nU2,,大,9 瓶,正常,\nU3,八月初四,大,9 瓶,正常,\n"


def product(
    kind: str, digital: bool = False, earlier: bool = True, facts: dict[str, str] = NEW
) -> str:
    told = [f"类型: {kind}", "示例: 是", *(f"{name}: {value}" for name, value in facts.items())]
    told += ["数字标签: 是"] if digital else []
    if earlier:
        first, *others = (f"{name}: {value}" for name, value in OLD.items())
        told += [
            "从哪一天起: 2026-09-15",
            "以前:",
            f"  - {first}",
            *(f"    {each}" for each in others),
        ]
    return "".join(f"{line}\n" for line in told)


KINDS = {"jiang": "加工食品", "tang": "加工食品", "cai": "农产品", "lan": "手工艺"}
FILES = {
    **SMALL,
    "products/brand.yml": BRAND,
    **{f"products/{key}/product.yml": product(kind, key == "jiang") for key, kind in KINDS.items()},
    **{
        f"products/{key}/batches.csv": (
            (ROWS + UNSURE).replace("生产日期", "采收日期" if kind == "农产品" else "生产日期")
            if kind == "农产品"
            else (ROWS + UNSURE).replace("质量安全控制符合要求", "")
        )
        for key, kind in KINDS.items()
    },
}


class Shown:
    """Everything that shows a lot of the village."""

    def __init__(self, root: Path) -> None:
        self.desk: Desk = at_desk(root)
        site = build_site(self.desk.context.settings)
        assert not site.fatal(), [each.message("en") for each in site.problems]
        found = [each for each in site.artifacts if each.address.endswith("/")]
        self.pages = {each.address: each.content.decode() for each in found}

    def rows(self, address: str) -> str:
        """The facts of a page: its title, terms, descriptions and tables. What leads to other pages names them as
        they are now."""
        page = self.pages[address].partition("<main")[2].partition("</main>")[0]
        return " ".join(
            re.findall(r"<(?:h1|dd|td|th)[^>]*>(.*?)</(?:h1|dd|td|th)>", page, re.DOTALL)
        )

    def texts(self, key: str) -> dict[str, str]:
        """What each page and paper says of a lot."""
        library = self.desk.context.library
        batch = library.batches[key]
        named = library.products[batch.product]
        label = label_text(self.desk.context, batch, named, "https://cun.example.cn/t/")
        sheet = sheet_text(self.desk.context, batch, named, "https://cun.example.cn/t/")
        found = {
            "sheet": self.rows(f"t/{key}/"),
            "large": self.rows(f"t/{key}/e/"),
            "printed label": label.words(),
            "paper sheet": words_in({**sheet, "telephone": "", "brand": ""}),
        }
        given = pledge(library, batch, date(2026, 11, 22))
        if isinstance(given, ConformityCertificate):
            found["certificate"] = f"{given.name} {given.place} {given.subject}"
        return found


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory) -> Shown:
    return Shown(write(tmp_path_factory.mktemp("versions") / "village", FILES))


def test_the_village_changes_every_fact_that_may_change(shown: Shown) -> None:
    library = shown.desk.context.library
    for key in KINDS:
        (_, new), (_, old) = whole_versions(library.products[key])
        assert [name for name in FACTS if getattr(new, name) == getattr(old, name)] == []


@pytest.mark.parametrize("key", KINDS)
@pytest.mark.parametrize(("lot", "own", "other"), [("A1", "old", "new"), ("B1", "new", "old")])
def test_every_form_shows_the_version_of_its_day_and_no_other(
    shown: Shown, key: str, lot: str, own: str, other: str
) -> None:
    texts = shown.texts(f"{key}/{lot}")
    assert ("certificate" in texts) == (key == "cai")
    for form, text in texts.items():
        assert MARKS[own][0] in text, form
        assert [mark for mark in MARKS[other] if mark in text] == [], form


def test_foods_show_all_that_was_different(shown: Shown) -> None:
    for key, forms in {
        "jiang": ("sheet", "large", "printed label", "paper sheet"),
        "tang": ("printed label",),
    }.items():
        for form in forms:
            text = shown.texts(f"{key}/A1")[form]
            for said in ("旧料", "旧花生", "500 克", "7 个月", "旧放", "GB/T 1111", "111 千焦"):
                assert said in text, (key, form, said)


@pytest.mark.parametrize("lot", ["U1", "U2", "U3"])
@pytest.mark.parametrize("key", ["jiang", "tang"])
def test_where_it_is_not_certain_both_are_said(shown: Shown, key: str, lot: str) -> None:
    texts = shown.texts(f"{key}/{lot}")
    for form in ("sheet", "large", "paper sheet"):
        assert "不确定是哪一版：新料、盐；或者旧料、盐" in texts[form], form
        assert "不确定是哪一版：450 克；或者500 克" in texts[form], form


def test_a_month_is_counted_from_its_first_day_and_the_shorter_life(shown: Shown) -> None:
    assert (
        "可食用至 2027 年 3 月 31 日（日期只记到月，按最早的一天算）" in shown.pages["t/tang/U1/"]
    )
    assert "2026 年 9 月" in shown.rows("t/tang/U1/")
    assert "保质期未记录" in shown.pages["t/tang/U3/"]
    assert "八月初四" in shown.rows("t/tang/U3/")


def test_the_products_page_says_what_is_now(shown: Shown) -> None:
    page = next(
        each.document
        for each in build_site(shown.desk.context.settings).pages
        if each.address == "products/tang/"
    )
    assert "新料" in page and "旧料" not in page
    assert "2026 年 9 月 15 日起做的照这样写" in page


# --- the change record -----------------------------------------------------------------------------


@pytest.fixture
def village(tmp_path: Path) -> Path:
    """A digital label that was saved before the change."""
    before = product("加工食品", digital=True, earlier=False, facts=OLD)
    root = write(tmp_path / "village", {**FILES, "products/jiang/product.yml": before})
    git(root, "init", "-q")
    save(root, "2026-09-01T10:00:00+0800")
    return root


def changes(root: Path, lot: str) -> list[str]:
    library, _ = assemble(gather(root))
    assert library is not None
    found = library.histories[f"jiang/{lot}"]
    return [
        c.what for each in found.revisions for c in each.changes if c.step is not ChangeStep.FIRST
    ]


def test_a_dated_change_is_none_of_older_lots(village: Path) -> None:
    save(
        village,
        "2026-09-15T10:00:00+0800",
        {"products/jiang/product.yml": FILES["products/jiang/product.yml"]},
    )
    assert changes(village, "A1") == []
    assert {"配料", "净含量", "保质期"} <= set(changes(village, "B1"))
    assert {"配料", "净含量", "保质期"} <= set(changes(village, "U2"))


def test_an_undated_change_is_in_the_record_and_so_is_its_mending(village: Path) -> None:
    undated = product("加工食品", digital=True, earlier=False)
    save(village, "2026-09-15T10:00:00+0800", {"products/jiang/product.yml": undated})
    assert changes(village, "A1").count("净含量") == 1
    save(
        village,
        "2026-09-20T10:00:00+0800",
        {"products/jiang/product.yml": FILES["products/jiang/product.yml"]},
    )
    assert changes(village, "A1").count("净含量") == 2
    assert changes(village, "B1").count("净含量") == 1


# --- files alone -----------------------------------------------------------------------------------


def test_a_clone_a_shallow_copy_and_a_zip_give_the_same_bytes(
    village: Path, tmp_path: Path
) -> None:
    plain = product("加工食品", earlier=False, facts=OLD)
    save(village, "2026-09-02T10:00:00+0800", {"products/jiang/product.yml": plain})
    save(village, "2026-09-15T10:00:00+0800", {"products/jiang/product.yml": product("加工食品")})
    git(tmp_path, "clone", "-q", str(village), "clone")
    git(tmp_path, "clone", "-q", "--depth", "1", f"file://{village}", "shallow")
    git(village, "archive", "-o", str(tmp_path / "village.zip"), "HEAD")
    with zipfile.ZipFile(tmp_path / "village.zip") as pack:
        pack.extractall(tmp_path / "unpacked")
    sites = []
    for name in ("clone", "shallow", "unpacked"):
        done = here("xiangji", "build", "--host", "none", cwd=tmp_path / name)
        assert done.returncode == 0, done.stderr
        sites.append(
            {k: v for k, v in tree(tmp_path / name / "site").items() if ".xiangji" not in k}
        )
    assert sites[0] == sites[1] == sites[2]


def test_a_change_of_an_earlier_version_remakes_what_it_reaches(tmp_path: Path) -> None:
    root = write(tmp_path / "village", FILES)
    build(root)
    file = root / "products/tang/product.yml"
    for old, new in (("旧料", "旧旧料"), ("2026-09-15", "2026-09-14"), ("以前:", "写错过:")):
        file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        build(root)
        assert tree(root / "site") == afresh(root), new
    shutil.rmtree(root)


def test_a_size_has_its_own_net_content(tmp_path: Path) -> None:
    told = "名称: 酱\n类型: 加工食品\n示例: 是\n规格:\n  - {规格: 大, 净含量: 500 克}\n  - {规格: 小, 净含量: 250 克}\n"
    rows = "批号,生产日期,规格\nA1,2026-09-14,小\nA2,2026-09-14,\n"
    root = write(
        tmp_path / "village",
        {**SMALL, "products/jiang/product.yml": told, "products/jiang/batches.csv": rows},
    )
    made = Shown(root)
    page = next(
        e.document
        for e in build_site(made.desk.context.settings).pages
        if e.address == "products/jiang/"
    )
    assert re.search(r"<dt>净含量</dt><dd>500 克、250 克</dd>", page)
    assert "250 克" in made.texts("jiang/A1")["printed label"]
    assert "250 克" in made.rows("t/jiang/A1/") and "500 克" not in made.rows("t/jiang/A1/")
    assert re.search(r"<dt>净含量</dt><dd><span class=\"none\">未记录", made.pages["t/jiang/A2/"])


def test_the_record_class_of_versions_has_the_products_own_fields() -> None:
    for name in FACTS:
        assert name in Product.__struct_fields__
