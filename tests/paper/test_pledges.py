"""承诺达标合格证 on paper: the items of the law, only what was recorded, never more than a promise."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from built import copy_demo, run
from paper.desk import Desk, flat, measured, page_count, small_desk, survives, text_of
from xiangji.conformity.certificate import ConformityCertificate, pledge
from xiangji.model.vocabularies import CertificateWording
from xiangji.paper.conformity import FORMS, CertificatePrint, prepare, set_certificate
from xiangji.paper.sheets import PrintedDocument
from xiangji.records.conformity import PROMISES

VILLAGE = {
    "products/brand.yml": """名称: 立碑村
生产者:
  - {编号: coop, 名称: 立碑村合作社, 类型: 合作社, 电话: 0851-00000000}
合作社: coop
地点:
  - {编号: libei, 名称: 立碑村, 类型: 村, 行政区划: 贵州省 贵阳市 息烽县}
""",
    "products/ganzhe/product.yml": "名称: 青皮甘蔗\n类型: 农产品\n生产者: [coop]\n产地: libei\n",
}
BATCH = """批号: G-1
采收日期: 2026-11-20
数量: 60 公斤
状态: 正常
承诺依据: [{bases}]
检验:
  - {{层级: 自检, 结果: 合格, 日期: 2026-11-20}}
"""


def desk_with(root: Path, bases: str = "自行检测合格", more: str = "") -> Desk:
    batch = BATCH.format(bases=bases) + more
    return small_desk(root, {**VILLAGE, "products/ganzhe/batches/G-1.yml": batch})


def made(
    desk: Desk, form: str, number: str = "HGZ-2026-007", copies: int = 1
) -> tuple[CertificatePrint, PrintedDocument, bytes]:
    batch = desk.context.library.batches["ganzhe/G-1"]
    given = pledge(desk.context.library, batch, desk.context.settings.today)
    assert isinstance(given, ConformityCertificate), given
    row = given.issued(number, copies)
    certificate, found = prepare(desk.context, row, batch, FORMS[form], desk.fonts, copies)
    assert certificate is not None and found == []
    printed, told = set_certificate(desk.context, certificate, desk.fonts, desk.cache)
    assert told == []
    return certificate, printed, printed.document.pdf()


@pytest.mark.parametrize("form", list(FORMS))
def test_every_item_of_the_law(tmp_path: Path, form: str) -> None:
    certificate, printed, pdf = made(desk_with(tmp_path), form)
    said = text_of(pdf)
    for words in (
        "产品名称青皮甘蔗",
        "数量（重量）60公斤",
        "产地贵州省贵阳市息烽县立碑村",
        "承诺内容",
        PROMISES[CertificateWording.PRODUCER],
        "承诺依据",
        "承诺主体立碑村合作社",
        "联系方式0851-00000000",
        "开具时间2026年11月22日",
        "编号HGZ-2026-007",
        "批号G-1",
        *("质量安全控制符合要求", "自行检测合格", "委托检测合格"),
    ):
        assert words in said, words
    # Once as the title, once beside the code.
    assert said.count("承诺达标合格证") == 2
    for false in ("政府", "认证", "国家", "保证", "示例", "校样"):
        assert false not in said
    assert page_count(pdf) == 1
    measured(printed, pdf, certificate.code)


@pytest.mark.parametrize("form", list(FORMS))
@pytest.mark.parametrize("dots", [203, 300])
def test_the_code_survives(tmp_path: Path, form: str, dots: int) -> None:
    certificate, printed, pdf = made(desk_with(tmp_path), form)
    survives(pdf, list(printed.addresses), certificate.code.module, dots)


@pytest.mark.parametrize(
    ("bases", "ticked"),
    [
        ("自行检测合格", [False, True, False]),
        ("质量安全控制符合要求, 自行检测合格", [True, True, False]),
    ],
)
def test_only_recorded_bases_are_ticked(tmp_path: Path, bases: str, ticked: list[bool]) -> None:
    """By what the template is given, and by what it draws: each tick is one more line."""
    certificate, _, pdf = made(desk_with(tmp_path / "a", bases), "a4")
    assert [each for _, each in certificate.text["boxes"]] == ticked
    assert drawn_lines(pdf) - drawn_lines(unticked(tmp_path / "b")) == sum(ticked) - 1


def unticked(root: Path) -> bytes:
    return made(desk_with(root), "a4")[2]


def drawn_lines(pdf: bytes) -> int:
    import pypdfium2

    with pypdfium2.PdfDocument(pdf) as document:
        kinds = (pypdfium2.raw.FPDF_PAGEOBJ_PATH,)
        return len(list(document[0].get_objects(filter=kinds)))


def test_a_sample_and_a_proof_say_so(tmp_path: Path) -> None:
    _, _, pdf = made(desk_with(tmp_path, more="示例: 是\n"), "label", number="")
    said = text_of(pdf)
    assert "示例" in said
    assert "校样，没有开具" in said
    assert "编号" not in said


def test_copies_fill_die_cut_sheets(tmp_path: Path) -> None:
    certificate, printed, pdf = made(desk_with(tmp_path), "a4-8", copies=9)
    assert page_count(pdf) == 2
    assert text_of(pdf, 0).count("承诺内容") == 8
    assert text_of(pdf, 1).count("承诺内容") == 1
    assert len(printed.addresses) == 9
    measured(printed, pdf, certificate.code)


def test_same_input_same_bytes(tmp_path: Path) -> None:
    one, other = (made(desk_with(tmp_path / name), "label")[2] for name in ("a", "b"))
    assert one == other


def test_a_long_name_and_markup(tmp_path: Path) -> None:
    name = '#read("x") <b>*粗*</b> 山背后老屋基三道拐坡顶上手工头茬青皮小甘蔗'
    files = {**VILLAGE, "products/ganzhe/batches/G-1.yml": BATCH.format(bases="自行检测合格")}
    files["products/ganzhe/product.yml"] = VILLAGE["products/ganzhe/product.yml"].replace(
        "青皮甘蔗", f"'{name}'"
    )
    _, _, pdf = made(small_desk(tmp_path, files), "a4")
    assert flat(name) in text_of(pdf)


def papers(folder: Path) -> list[str]:
    """The names of the papers in a folder, without what is remembered of them."""
    return sorted(each.name for each in folder.iterdir() if each.is_file())


def test_the_command_records_what_it_prints(tmp_path: Path) -> None:
    root = copy_demo(tmp_path / "village")
    (root / "products" / "ganzhe").mkdir()
    for name, text in VILLAGE.items():
        if "ganzhe" in name:
            (root / name).write_text(text, "utf-8")
    file = root / "products" / "ganzhe" / "batches" / "G-1.yml"
    file.parent.mkdir()
    file.write_text(BATCH.format(bases="自行检测合格") + "示例: 是\n", "utf-8")
    register = root / "products" / "pledges.csv"
    before = register.read_text("utf-8-sig") if register.exists() else ""
    proof = run("xiangji", "pledge", "ganzhe/G-1", "--pdf", "a4", cwd=root)
    assert proof.returncode == 0, proof.stdout + proof.stderr
    folder = root / "print" / "pledges"
    assert papers(folder) == ["ganzhe_G-1_proof_a4.pdf"]
    assert (register.read_text("utf-8-sig") if register.exists() else "") == before
    issued = run("xiangji", "pledge", "ganzhe/G-1", "--pdf", "a4", "--issue", cwd=root)
    assert issued.returncode == 0, issued.stdout + issued.stderr
    number = list(csv.DictReader(register.read_text("utf-8-sig").splitlines()))[-1]["编号"]
    assert f"编号{number}" in text_of((folder / f"{number}_a4.pdf").read_bytes())
    refused = run("xiangji", "pledge", "laziji/2026-09A", "--pdf", "a4", cwd=root)
    assert refused.returncode == 1
    assert papers(folder) == sorted([f"{number}_a4.pdf", "ganzhe_G-1_proof_a4.pdf"])
