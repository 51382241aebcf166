"""The 承诺达标合格证: what stands on it, how it is kept, and where a sheet shows it."""

from __future__ import annotations

import csv
import io
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from built import Document, write
from readers.test_history import git, save
from xiangji.build import Site, build
from xiangji.conformity.certificate import CertificateRefused, ConformityCertificate, pledge
from xiangji.conformity.issued import next_number
from xiangji.editing.table_rows import Appended, with_rows
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.model.fields import fields_of
from xiangji.model.values import Quantity
from xiangji.model.vocabularies import CertificateBasis, CertificateWording
from xiangji.problems import Report
from xiangji.readers.tables.registers import PLEDGES, read_pledges
from xiangji.readers.village import gather
from xiangji.records.conformity import IssuedCertificate
from xiangji.settings import Settings

TODAY = date(2026, 5, 1)
FILES = {
    "products/brand.yml": """\
名称: 立碑村
合作社: coop
电话: 0851-00000000
生产者:
  - {编号: coop, 名称: 立碑村合作社, 类型: 合作社}
  - {编号: hu, 名称: 种植户丁, 类型: 农户, 电话: 0851-11111111}
地点:
  - {编号: cun, 名称: 立碑村, 行政区划: 贵州省 贵阳市 息烽县}
""",
    "products/lajiao/product.yml": "名称: 辣椒\n类型: 农产品\n生产者: [coop]\n产地: cun\n不上架: 是\n",
    "products/lajiao/batches.csv": (
        "批号,采收日期,数量,状态,承诺依据,承诺身份,承诺主体,收购,第三方\n"
        "L1,2026-04-20,60 公斤,正常,委托检测合格、质量安全控制符合要求,,,,合格 2026-04-20 某所\n"
        "L2,2026-04-20,60 公斤,正常,controlled,收购者,hu,2026-04-19 邻村收的,\n"
        "L3,2026-04-20,60 公斤,正常,,,,,\n"
    ),
    "products/jiang/product.yml": "名称: 辣酱\n类型: 加工食品\n不上架: 是\n",
    "products/jiang/batches.csv": "批号,生产日期\nL1,2026-04-20\n",
}
HEAD = "编号,批次,数量,承诺依据,承诺主体,开具日期,作废日期\n"


def with_pledge(before: bytes | None, row: IssuedCertificate) -> Appended:
    return with_rows(before, [row], IssuedCertificate, PLEDGES)


def row(number: int, lot: str = "lajiao/L1", day: str = "2026-04-21", withdrawn: str = "") -> str:
    basis = "质量安全控制符合要求"
    return f"HGZ-2026-{number:03},{lot},20 公斤,{basis},立碑村合作社,{day},{withdrawn}\n"


def library(root: Path, files: dict[str, str] | None = None) -> Library:
    found, problems = assemble(gather(write(root, FILES | (files or {}))))
    assert found is not None and problems == ()
    return found


def given_for(lot: str, root: Path, quantity: Quantity | None = None) -> ConformityCertificate:
    village = library(root)
    found = pledge(village, village.batches[f"lajiao/{lot}"], TODAY, quantity)
    assert isinstance(found, ConformityCertificate), found
    return found


def test_everything_the_law_wants_stands_on_it(tmp_path: Path) -> None:
    found = given_for("L1", tmp_path)
    assert (found.name, str(found.quantity), found.lot) == ("辣椒", "60 公斤", "L1")
    assert found.place == "贵州省 贵阳市 息烽县 立碑村"
    assert (found.subject, found.telephone) == ("立碑村合作社", "0851-00000000")
    assert found.promise == (
        "我承诺生产销售的食用农产品：未使用禁用农药、兽药及其他化合物；使用的常规农药、兽药残留不超标。"
    )
    assert [(str(basis), ticked) for basis, ticked in found.boxes] == [
        ("质量安全控制符合要求", True),
        ("自行检测合格", False),
        ("委托检测合格", True),
    ]
    assert (found.issued_on, found.sheet, found.sample) == (TODAY, "t/lajiao/L1/", False)


def test_a_buyer_has_another_wording_and_its_own_number(tmp_path: Path) -> None:
    found = given_for("L2", tmp_path)
    assert found.form is CertificateWording.BUYER
    assert found.promise == (
        "已按规定收取并保存该批次农产品承诺达标合格证或者其他质量安全合格证明；"
        "未违规使用保鲜剂、防腐剂、添加剂等。"
    )
    assert (found.subject, found.telephone) == ("种植户丁", "0851-11111111")


def test_a_part_of_the_batch_may_be_pledged_for(tmp_path: Path) -> None:
    assert given_for("L1", tmp_path, Quantity(Decimal(5), "公斤")).quantity.value == 5
    village = library(tmp_path)
    more = Quantity(Decimal("60.1"), "kg")
    found = pledge(village, village.batches["lajiao/L1"], TODAY, more)
    assert isinstance(found, CertificateRefused) and [e.rule for e in found.problems] == [
        "pledge-more"
    ]


@pytest.mark.parametrize(
    "file", ["products/brand.yml", "products/lajiao/product.yml", "products/lajiao/batches.csv"]
)
def test_whatever_is_made_up_makes_a_sample(tmp_path: Path, file: str) -> None:
    text = FILES[file]
    if file.endswith(".csv"):
        text = text.replace("第三方\n", "第三方,示例\n").replace("某所\n", "某所,是\n")
    else:
        text += "示例: 是\n"
    village = library(tmp_path, {file: text})
    found = pledge(village, village.batches["lajiao/L1"], TODAY)
    assert isinstance(found, ConformityCertificate) and found.sample
    assert found.issued("1").sample


def test_no_basis_is_no_mistake_of_the_content(tmp_path: Path) -> None:
    site = built(tmp_path)
    assert not [each for each in site.problems if each.rule.startswith("pledge")]


def test_the_next_number_is_one_that_nobody_ever_had(tmp_path: Path) -> None:
    assert next_number(library(tmp_path), TODAY) == "HGZ-2026-001"
    rows = row(2) + row(11) + "2026-012,lajiao/L1,1 公斤,controlled,社,2026-04-21,\n"
    older = "HGZ-2025-099,lajiao/L1,1 公斤,controlled,社,2025-04-21,\n证-7,lajiao/L1,1 公斤,controlled,社,2026-04-21,\n"
    write(tmp_path, {PLEDGES: HEAD + older + rows + row(40)})
    git(tmp_path, "init", "-q")
    save(tmp_path, "2026-04-25T10:00:00+0800")
    village = library(tmp_path, {PLEDGES: HEAD + older + rows})
    assert next_number(village, TODAY) == "HGZ-2026-041"
    assert next_number(village, date(2025, 12, 31)) == "HGZ-2025-100"
    assert next_number(village, date(2027, 1, 1)) == "HGZ-2027-001"


# --- rows behind the register ----------------------------------------------------------------

WORDS = st.text("辣椒ABC ，,;\"'=+-@01（）\t。", min_size=1, max_size=12).map(str.strip)
TEXTS = WORDS.filter(lambda text: text not in ("", "-", "--") and not text.startswith("'"))
DAYS = st.dates(date(2026, 2, 1), date(2099, 12, 31))
ROWS = st.builds(
    IssuedCertificate,
    number=st.from_regex(r"HGZ-20[0-9]{2}-[0-9]{3}", fullmatch=True),
    batch=st.from_regex(r"[a-z][a-z0-9]{0,8}/[A-Z0-9]{1,8}", fullmatch=True).filter(
        lambda text: (
            not text.split("/")[0].startswith(("con", "prn", "aux", "nul", "com", "lpt"))
            and text.split("/")[1] not in ("CON", "PRN", "AUX", "NUL")
        )
    ),
    name=st.none() | TEXTS,
    quantity=st.builds(Quantity, st.integers(1, 9999).map(Decimal), st.just("公斤")),
    bases=st.sets(st.sampled_from(CertificateBasis), min_size=1).map(tuple),
    form=st.sampled_from(CertificateWording),
    subject=TEXTS,
    telephone=st.none() | st.just("+86 851 00000000"),
    issued_on=DAYS,
    copies=st.none() | st.integers(1, 999),
    sample=st.booleans(),
)
NAMES = [field.zh for field in fields_of(IssuedCertificate)]


def plain(raw: bytes) -> list[IssuedCertificate]:
    report = Report()
    found = read_pledges(raw, PLEDGES, report)
    assert report.problems == []
    return [said(each) for each in found]


def said(each: IssuedCertificate) -> IssuedCertificate:
    """A row without the places it was read from."""
    return IssuedCertificate(
        **{f.name: getattr(each, f.name) for f in fields_of(IssuedCertificate)}
    )


@settings(deadline=None, max_examples=100)
@given(
    st.lists(ROWS, min_size=1, max_size=4),
    st.permutations(NAMES),
    st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
)
def test_a_row_more_leaves_every_byte_before_it(
    rows: list[IssuedCertificate],
    names: list[str],
    encoding: str,
    separator: str,
    newline: str,
    ends: bool,
) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=newline).writerow(names)
    before = (out.getvalue() if ends else out.getvalue().removesuffix(newline)).encode(encoding)
    for count, each in enumerate(rows, start=1):
        added = with_pledge(before, each)
        assert added.obstacle == ""
        assert added.content.startswith(before)
        assert added.content.count(newline.encode()) >= count
        if newline == "\n" and ends:
            assert b"\r" not in added.content
        assert plain(added.content) == [said(one) for one in rows[:count]]
        before = added.content


@pytest.mark.parametrize("before", [None, b"", b"\xef\xbb\xbf", b"\r\n\r\n"])
def test_the_first_row_makes_the_register(tmp_path: Path, before: bytes | None) -> None:
    first = given_for("L1", tmp_path).issued("HGZ-2026-001", 2)
    added = with_pledge(before, first).content
    assert added.startswith(b"\xef\xbb\xbf" + "编号,批次,".encode())
    assert plain(added) == [first]


def test_a_column_that_is_not_there_is_asked_for(tmp_path: Path) -> None:
    first = given_for("L1", tmp_path).issued("HGZ-2026-001", 2)
    added = with_pledge((HEAD + row(1)).encode(), first)
    assert (added.content, added.obstacle) == (b"", "register-column")
    assert added.about == "产品名称、产地、承诺身份、联系方式、份数"


def test_a_table_that_would_be_read_otherwise_is_left_alone(tmp_path: Path) -> None:
    first = given_for("L1", tmp_path).issued("HGZ-2026-001", 2)
    open_quote = (",".join(NAMES) + '\n"HGZ-2026-000,never closed\n').encode()
    assert with_pledge(open_quote, first).obstacle == "register-not-same"


# --- the sheet -------------------------------------------------------------------------------


def built(root: Path, files: dict[str, str] | None = None) -> Site:
    write(root, FILES | (files or {}))
    site = build(Settings(root, TODAY, site_name="村", site_url="https://cun.example.cn/"))
    assert not site.fatal(), [each.message("zh") for each in site.problems]
    return site


def sheet(site: Site, lot: str, elder: bool = False) -> str:
    address = f"t/lajiao/{lot}/" + ("e/" if elder else "")
    (found,) = [each for each in site.artifacts if each.address == address]
    return Document(found.content.decode()).all("main")[0].text


@pytest.mark.parametrize("elder", [False, True])
def test_a_sheet_shows_what_was_issued_and_only_that(tmp_path: Path, elder: bool) -> None:
    site = built(tmp_path, {PLEDGES: HEAD + row(1)})
    told = "".join(sheet(site, "L1", elder).split())
    assert "承诺达标合格证" in told
    assert "编号HGZ-2026-001" in told and "数量（重量）20公斤" in told
    assert "我承诺生产销售的食用农产品：未使用禁用农药" in told
    assert "承诺依据质量安全控制符合要求承诺主体立碑村合作社" in told
    assert "联系方式未记录" in told  # Not on this paper, though the village has a number.
    assert "开具时间2026年4月21日" in told
    assert "不是政府发的证明" in told
    for other in ("L2", "L3"):
        assert "合格证" not in sheet(site, other, elder)


def test_processed_food_shows_none_even_where_one_is_registered(tmp_path: Path) -> None:
    site = built(tmp_path, {PLEDGES: HEAD + row(1, "jiang/L1")})
    (page,) = [each for each in site.artifacts if each.address == "t/jiang/L1/"]
    assert "合格证" not in page.content.decode()
    assert "pledge-kind" in [each.rule for each in site.problems]


ENDS = {
    "recalled": (FILES["products/lajiao/batches.csv"].replace("正常", "召回"), "", "已召回"),
    "withdrawn": (FILES["products/lajiao/batches.csv"], "2026-04-25", "2026 年 4 月 25 日作废"),
    "failed": (
        FILES["products/lajiao/batches.csv"].replace("合格 2026-04-20", "不合格 2026-04-30"),
        "",
        "第三方不合格",
    ),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_promise_that_holds_no_longer_is_not_repeated(tmp_path: Path, name: str) -> None:
    table, withdrawn, why = ENDS[name]
    if name == "recalled":
        table = table.replace("承诺依据", "原因,怎么办,承诺依据").replace("召回,", "召回,有沙,退,")
    if name == "failed":
        table = table.replace("正常", "待检")
    files = {
        "products/lajiao/batches.csv": table,
        PLEDGES: HEAD + row(1, withdrawn=withdrawn),
    }
    told = sheet(built(tmp_path, files), "L1")
    assert f"这张合格证不能再用：{why}。" in told
    assert "我承诺" not in told and "HGZ-2026-001" in told


def test_the_newest_that_holds_stands_in_full_and_the_others_in_short(tmp_path: Path) -> None:
    rows = "".join(row(n) for n in range(1, 21)) + row(21, withdrawn="2026-04-30")
    told = sheet(built(tmp_path, {PLEDGES: HEAD + rows}), "L1")
    assert "编号HGZ-2026-020" in told
    assert "HGZ-2026-021（2026 年 4 月 21 日，20 公斤）2026 年 4 月 30 日作废" in told
    assert "不能再用" not in told
    assert "还有 8 张" in told and "HGZ-2026-008" not in told


def test_a_paper_of_the_older_wording_is_given_no_other(tmp_path: Path) -> None:
    table = FILES["products/lajiao/batches.csv"].replace("2026-04-20", "2026-01-20")
    files = {"products/lajiao/batches.csv": table, PLEDGES: HEAD + row(1, day="2026-01-31")}
    told = sheet(built(tmp_path, files), "L1")
    assert "HGZ-2026-001" in told and "我承诺" not in told


def test_what_is_written_in_the_register_is_never_markup(tmp_path: Path) -> None:
    hostile = row(1).replace("立碑村合作社", "<script>alert(1)</script>")
    site = built(tmp_path, {PLEDGES: HEAD + hostile})
    (page,) = [each for each in site.artifacts if each.address == "t/lajiao/L1/"]
    assert b"<script>alert" not in page.content and b"&lt;script&gt;alert" in page.content


def test_a_remark_in_the_register_is_never_published(tmp_path: Path) -> None:
    table = HEAD.replace("\n", ",说明\n") + row(1).replace("\n", ",只给自己看\n")
    site = built(tmp_path, {PLEDGES: table})
    everything = b"".join(each.content for each in site.artifacts)
    assert b"HGZ-2026-001" in everything and "只给自己看".encode() not in everything


def test_it_follows_its_batch_through_a_code_that_was_redirected(tmp_path: Path) -> None:
    codes = "地址,状态,转到\nt/lajiao/L0/,转向,lajiao/L3\n"
    site = built(tmp_path, {PLEDGES: HEAD + row(1, "lajiao/L0"), "products/codes.csv": codes})
    assert "HGZ-2026-001" in sheet(site, "L3")
    assert "pledge-kept" in [each.rule for each in site.problems]


def test_a_batch_that_cannot_be_read_is_not_said_to_be_gone(tmp_path: Path) -> None:
    broken = {"products/lajiao/batches.csv": "批号,采收日期\nL1,2026-04-20,多一格\n"}
    write(tmp_path, FILES | broken | {PLEDGES: HEAD + row(1)})
    site = build(Settings(tmp_path, TODAY, site_url="https://cun.example.cn/"))
    rules = [each.rule for each in site.problems]
    assert site.fatal() and "pledge-no-batch" not in rules


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200) | st.text(max_size=60).map((HEAD + row(1)).__add__).map(str.encode))
def test_the_reader_never_raises(raw: bytes) -> None:
    report = Report()
    for each in read_pledges(raw, PLEDGES, report):
        assert each.number and each.bases
    for found in report.problems:
        assert found.message("zh") and found.remedy("en")
