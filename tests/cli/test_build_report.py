"""What `xiangji build` says when it has ended: to people, to programs, or nothing."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from built import here, run, tree, write

FILES = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://cun.example.cn/\n",
    "products/brand.yml": "名称: 立碑村\n",
    "products/cha/product.yml": "名称: 茶\n类型: 农产品\n",
    "products/cha/batches.csv": "批号\nC1\n",
}
WARNED = {"products/cha/product.yml": "名称: 茶\n类型: 农产品\n一句话: 本村首个茶园\n"}
BROKEN = {"products/cha/product.yml": "名称: 茶\n类型: 农品\n"}


@pytest.fixture
def village(tmp_path: Path) -> Path:
    return write(tmp_path, FILES)


def build(village: Path, *words: str) -> tuple[int, str, str]:
    how = run if "--profile" in words else here
    done = how("xiangji", "build", "--host", "none", "--lang", "zh", *words, cwd=village)
    return done.returncode, done.stdout, done.stderr


def test_quiet_says_nothing_when_all_is_well(village: Path) -> None:
    assert build(village, "--quiet") == (0, "", "")
    assert (village / "site/index.html").exists() or (village / "site/t/cha/C1/index.html").exists()


def test_quiet_still_tells_problems(village: Path) -> None:
    write(village, WARNED)
    status, said, told = build(village, "--quiet")
    assert (status, said) == (0, "") and "提醒" in told
    write(village, BROKEN)
    status, said, told = build(village, "--quiet")
    assert (status, said) == (1, "") and "错误" in told and "没有生成网站" in told


def test_a_summary_for_programs(village: Path) -> None:
    write(village, WARNED)
    status, said, told = build(village, "--format", "json")
    found = json.loads(said)
    files = tree(village / "site")
    assert status == 0 and told == ""
    assert found["built"] is True and found["out"].endswith("site")
    assert found["files"] == len(files)
    assert found["bytes"] == sum(map(len, files.values()))
    # Neither the page of errors, nor search, nor the copies in large print.
    others = ("/e/index.html", "search/index.html")
    pages = [at for at in files if at.endswith("/index.html") and not at.endswith(others)]
    assert found["pages"] == len(pages) > 5 and found["seconds"] > 0
    warned = len(found["problems"])
    assert {each["severity"] for each in found["problems"]} == {"warning"}
    assert found["counts"] == {"error": 0, "warning": warned, "notice": 0} and warned >= 1
    assert "stages" not in found


def test_a_summary_of_a_build_that_failed(village: Path) -> None:
    assert build(village, "--quiet")[0] == 0
    write(village, WARNED)
    status, said, told = build(village, "--format", "json", "--strict")
    found = json.loads(said)
    # The old site stands there and is not what was asked for; pages were made and are nowhere.
    assert (found["pages"], found["files"], found["bytes"]) == (0, 0, 0)
    assert status == 1 and found["counts"]["error"] == 0
    write(village, BROKEN)
    status, said, told = build(village, "--format", "json")
    found = json.loads(said)
    assert status == 1 and found["built"] is False
    assert (found["pages"], found["files"], found["bytes"]) == (0, 0, 0)
    assert found["counts"]["error"] == 1
    assert "没有生成网站" in told


def test_a_profile_accounts_for_all_of_it(village: Path) -> None:
    _, said, told = build(village, "--profile")
    rows = [re.split(r"\s{2,}", line) for line in told.strip().splitlines()]
    assert rows[0] == ["步骤", "秒", "CPU 秒", "占"]
    names = [row[0] for row in rows[1:]]
    assert names[0] == "启动" and names[-2:] == ["其余", "合计"]
    assert {"看变化", "read", "resolve", "check", "disclose", "family trace", "写文件"} <= set(
        names
    )
    seconds = [float(row[1]) for row in rows[1:]]
    assert abs(sum(seconds[:-1]) - seconds[-1]) < 0.05
    assert "写好了" in said

    write(village, WARNED)
    _, said, _ = build(village, "--profile", "--format", "json")
    stages = json.loads(said)["stages"]
    assert [each["stage"] for each in stages][:4] == ["start", "fingerprint", "read", "resolve"]
