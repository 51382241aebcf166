"""`xiangji check --next`: what an upgrade will stop at, told before it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from built import write
from spoken import spoken

VILLAGE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n放行: [{词: 祖传, 条款: 广告法第九条, 依据: 村里都这么说}]\n",
}
GOLDEN = """\
village/projects/shou-yi.yml:3:10: 下一版的错误 [lint-allow-proof]
  “放行”里的“祖传”不算数：这里看不出有证号、文号、文件或来源。
    怎么改：条款写哪部规定的哪一条，例如“绝对化用语指南 6(5)”。依据写看得见的东西：证书编号（SC、LB-、17 位有机码）、文号（某某发〔2023〕12 号）、certificates 文件夹里的文件名，或者一条来源的编号。本来不是说法的，写“不是说法”（否定、生平或名字），再把那句话照抄进“句子”。
  The allowance of “祖传” lifts nothing: no number of a certificate or document, no file and no source can be seen in it.
    Remedy: Name law and article in clause, such as “guide on absolute terms 6(5)”. In proof, write what can be seen: a certificate's number (SC, LB-, an organic code of 17 digits), a document's number (…〔2023〕12 号), the name of a file in certificates/, or a source id. For a word that is no claim, write no_claim (negation, life or name) and copy its sentence into sentence.
一共 1 处错误，0 处提醒。
其中 1 处现在只是提醒，下一版是错误：不改就生成不了网站。
"""


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path / "村", VILLAGE)


def test_what_will_stop_is_an_error_already(village: Path) -> None:
    # The second time it is told from what the first one found.
    for _ in range(2):
        usual = spoken("check", cwd=village)
        assert usual.returncode == 0 and "提醒 [lint-allow-proof]" in usual.stderr
        asked = spoken("check", "--next", cwd=village)
        assert (asked.returncode, asked.stdout, asked.stderr) == (1, "", GOLDEN)


def test_in_english_what_will_stop(village: Path) -> None:
    told = spoken("check", "--next", cwd=village, lang="en").stderr
    assert "error with the next version [lint-allow-proof]" in told
    assert "1 of them are warnings now and errors with the next version" in told


def test_for_programs_it_is_an_error_and_nothing_else_is_said(village: Path) -> None:
    done = spoken("check", "--next", "--format", "json", cwd=village)
    (row,) = json.loads(done.stdout)
    assert (done.returncode, row["severity"], done.stderr) == (1, "error", "")
    assert spoken("check", "--next", "--format", "github", cwd=village).stdout.startswith(
        "::error "
    )


def test_where_nothing_more_will_stop_it_says_so(village: Path) -> None:
    write(village, {"village/projects/shou-yi.yml": "标题: 手艺班\n进展: 筹备\n结束: 2020-01-01\n"})
    done = spoken("check", "--next", cwd=village)
    assert done.returncode == 0 and "提醒 [project-past]" in done.stderr
    assert done.stdout == "下一版不会多拦下什么。\n"
