"""`xiangji import --kind` for products, people, producers: from a roster as it is, into the village's own files."""

from __future__ import annotations

from pathlib import Path

import pytest

from built import write
from spoken import spoken
from xiangji.readers.village import gather

BRAND = """\
名称: 立碑村   # 品牌
生产者:
- 编号: she
  名称: 合作社
  类型: 合作社
  # 后面还要写

地点:
  - {编号: cun, 名称: 立碑村}
"""
ROSTER = """\
立碑村合作社社员花名册,,,,,
序号,姓名,身份证号码,手机号,手艺,身份
1,吴小满,522123199001011234,13800001111,舂辣椒,能工巧匠、讲述人
2,阿梅,522123199001011235,13800001112,绣花,
合计,2 人,,,,
"""


@pytest.fixture
def village(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    files = {
        "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
        "products/brand.yml": BRAND,
        "stories/people.yml": "人物:\n  - {编号: mei, 姓名: 阿梅, 手艺: 绣花}\n",
        "花名册.csv": ROSTER,
    }
    return write(tmp_path / "村", files)


def imported(root: Path, *words: str, status: int = 0) -> str:
    done = spoken("import", *words, cwd=root, lang="zh")
    told = done.stdout + done.stderr
    assert done.returncode == status, told
    return told


def everything(root: Path) -> str:
    files = (each for each in root.rglob("*") if each.is_file() and ".cache" not in each.parts)
    return "\n".join(each.read_text("utf-8") for each in files if each.suffix != ".csv")


def test_a_roster_leaves_its_private_columns_behind(village: Path) -> None:
    told = imported(village, "花名册.csv", "--kind", "people", "--write")
    lines = told.splitlines()
    assert any("第 3 列“身份证号码” → 认得出人" in line for line in lines), told
    assert any("--with 手机号" in line for line in lines)
    assert "  第 5 行是合计，不读" in lines and "  第 1 行在表头上面，不读" in lines
    assert "138" not in everything(village) and "5221" not in everything(village)
    people = {each.id: each for each in gather(village).people}
    assert sorted(people) == ["mei", "wu-xiao-man"], "阿梅 is there already, whatever her id"
    assert people["wu-xiao-man"].craft == "舂辣椒"
    assert (village / "stories/people/wu-xiao-man.yml").read_text("utf-8") == (
        "姓名: 吴小满\n手艺: 舂辣椒\n身份:\n  - 能工巧匠\n  - 讲述人\n"
    )


def test_a_private_column_that_is_asked_for_must_be_a_field(village: Path) -> None:
    told = imported(village, "花名册.csv", "--kind", "people", "--with", "手机号", status=1)
    assert "table-header" in told and "“手机号”没有认出来" in told


def test_producers_join_the_list_of_the_brand_file(village: Path) -> None:
    (village / "表.csv").write_text("名称,类型,电话\n吴家作坊,小作坊,0851-22222222\n", "utf-8")
    imported(village, "表.csv", "--kind", "producers", "--write", "--with", "电话")
    assert (village / "products/brand.yml").read_text("utf-8") == BRAND.replace(
        "  类型: 合作社\n",
        "  类型: 合作社\n- 编号: wu-jia-zuo-fang\n  名称: 吴家作坊\n  类型: 小作坊\n"
        '  电话: "0851-22222222"\n',
    )
    again = imported(village, "表.csv", "--kind", "生产者", "--write", "--with", "电话")
    assert "没有新的" in again
    imported(village, "--undo")
    assert (village / "products/brand.yml").read_text("utf-8") == BRAND


@pytest.mark.parametrize(
    ("brand", "says"),
    [
        ("名称: 立碑村\r\n生产者:\r\n  - 编号: she\r\n    名称: 合作社\r\n    类型: 合作社", ""),
        ("\ufeff名称: 立碑村\n", ""),
        ("名称: 立碑村\n生产者:\n  - {编号: she, 名称: 合作社, 类型: 合作社}\n\n# 完\n", ""),
        ("名称: 立碑村\n生产者: [{编号: she, 名称: 合作社, 类型: 合作社}]\n", "机器没有把握"),
        ("名称: 立碑村\n生产者:\n", "机器没有把握"),
    ],
)
def test_in_whatever_form_the_list_is(village: Path, brand: str, says: str) -> None:
    file = village / "products/brand.yml"
    file.write_bytes(brand.encode())
    (village / "表.csv").write_text("编号,名称,类型\njia,甲户,农户\n", "utf-8")
    told = imported(village, "表.csv", "--kind", "producers", "--write", status=bool(says))
    assert says in told
    if says:
        assert file.read_bytes() == brand.encode()
        return
    assert all(line in file.read_bytes().decode() for line in brand.splitlines())
    found = gather(village)
    assert found.brand and found.brand.producers[-1].id == "jia", found.problems
    assert ("\r\n" in brand) == ("编号: jia\r\n" in file.read_bytes().decode())


def test_a_product_gets_a_folder_of_its_own(village: Path) -> None:
    table = "编号,名称,类型,配料,生产者\nlaziji,辣子鸡,加工食品,鸡、辣椒,she\n,老腊肉,加工食品,猪肉,she\n"
    (village / "表.csv").write_text(table, "utf-8")
    told = imported(village, "表.csv", "--kind", "产品", "--write")
    assert "编号按拼音起的" in told.split("老腊肉")[1] and "拼音" not in told.split("老腊肉")[0]
    assert (village / "products/laziji/product.yml").read_text("utf-8") == (
        "名称: 辣子鸡\n类型: 加工食品\n配料:\n  - 鸡\n  - 辣椒\n生产者: she\n"
    )
    assert [each.id for each in gather(village).products] == ["lao-la-rou", "laziji"]


def test_two_rows_of_one_name_and_a_reference_to_nothing_stop_it(village: Path) -> None:
    (village / "表.csv").write_text("名称,类型,生产者\n甲,农产品,mei-you\n甲,农产品,she\n", "utf-8")
    told = imported(village, "表.csv", "--kind", "products", "--write", status=1)
    assert "duplicate-id" in told and "reference-missing" in told
    assert not (village / "products/jia").exists()


def test_what_fits_no_cell_is_no_column(village: Path) -> None:
    (village / "表.csv").write_text("名称,类型,规格\n甲,农产品,500 克\n", "utf-8")
    told = imported(village, "表.csv", "--kind", "products", status=1)
    assert "“规格”没有认出来" in told and "营养成分" not in told


def test_batches_are_a_kind_too(village: Path) -> None:
    write(village, {"products/bu/product.yml": "名称: 土布\n类型: 手工艺\n"})
    (village / "表.csv").write_text("批号,联系电话\nA1,13800001111\n", "utf-8")
    told = imported(village, "表.csv", "--kind", "batches", "--write")
    assert "--with 联系电话" in told
    assert (village / "products/bu/batches.csv").read_text("utf-8-sig") == "批号\nA1\n"
    assert (
        "故事"
        not in imported(village, "表.csv", "--kind", "stories", status=2).split("能导入的")[1]
    )
