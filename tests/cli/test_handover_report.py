"""`xiangji report handover`: who edited what, by real Git repositories, and what a successor has to know."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from built import here, run, write

FILES = {
    "mkdocs.yml": "site_name: 立碑\nsite_url: https://libei.example.cn/\n",
    "site_src/index.md": "# 立碑\n\n一页。\n",
    "products/brand.yml": "名称: 立碑\n电话: 0851-00000000\n",
    "products/jiang/product.yml": "名称: 辣酱\n类型: 手工艺\n"
    "证书:\n  - {名称: 检验, 发证机构: 检测站, 编号: 一, 至: 2026-12-20}\n",
    "products/jiang/batches.csv": "批号,生产日期,状态\nJ1,2026-10-05,待检\nJ2,2026-10-06,正常\n",
    "stories/people.yml": "人物:\n"
    "  - {编号: jia, 姓名: 甲, Git 署名: [jia@example.cn], 本村人: 是,\n"
    "     同意: [{用途: 姓名, 同意日期: 2026-01-01, 有效至: 2026-12-01}]}\n"
    "  - {编号: yi, 姓名: 乙, Git 署名: [Yi], 本村人: 否}\n",
    "village/complaints.csv": "编号,收到,什么事,类型,进展,说好,怎么办的\n"
    "a,2026-11-12,少了一袋,数量,听过了,,\nb,2026-11-01,漏了油,质量,说好了,2026-11-03,换了\n",
    "village/goals.yml": "- {编号: m, 目标: 写全批次, 进展: 在做, 回看: 2026-12-01}\n"
    "- {编号: n, 目标: 写全人, 进展: 做到了, 回看: 2026-01-01, 结果: 写全了}\n",
    "village/proposals.yml": "- {编号: t, 提议: 修路, 进展: 提出, 提出: 2026-11-20}\n",
    "village/openings.yml": "- {编号: g, 岗位: 打包, 到哪天: 2026-12-31}\n"
    "- {编号: h, 岗位: 装车, 到哪天: 2026-10-31}\n",
    "village/policies.yml": "- {编号: p, 名称: 补助, 谁发的: 县里, 到哪天: 2026-12-31}\n"
    "- {编号: q, 名称: 长期补助, 谁发的: 县里}\n",
}
JIA = ("Jia", "jia@example.cn")
YI = ("Yi", "yi@example.cn")
SHUI = ("Shui", "shui@example.cn")


def git(root: Path, *words: str, **more: str) -> None:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        **more,
    }
    subprocess.run(["git", *words], cwd=root, check=True, capture_output=True, env=env)


def commit(root: Path, author: tuple[str, str], day: str) -> None:
    git(root, "add", "-A")
    at = f"{day}T12:00:00+0800"
    who = {
        f"GIT_{role}_{part}": value
        for role in ("AUTHOR", "COMMITTER")
        for part, value in (("NAME", author[0]), ("EMAIL", author[1]), ("DATE", at))
    }
    git(root, "commit", "-q", "-m", "x", **who)


def edited(root: Path, path: str, author: tuple[str, str], day: str) -> None:
    file = root / path
    file.write_text(file.read_text("utf-8") + "\n", "utf-8")
    commit(root, author, day)


@pytest.fixture(scope="module")
def village(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = write(tmp_path_factory.mktemp("handover") / "v", FILES)
    git(root, "init", "-q", "-b", "main")
    commit(root, YI, "2026-02-01")
    edited(root, "village/goals.yml", JIA, "2026-05-02")
    edited(root, "village/goals.yml", JIA, "2026-05-03")
    edited(root, "site_src/index.md", SHUI, "2026-05-04")
    return root


def report(root: Path) -> dict[str, Any]:
    done = run("xiangji", "report", "handover", "--format", "json", cwd=root)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_files_of_one_editor_alone_are_told(village: Path) -> None:
    history = report(village)["history"]
    assert history["kept"] == "yes" and history["files"] == 10
    sole = {each["path"]: each for each in history["sole"]}
    assert not {"village/goals.yml", "site_src/index.md", "mkdocs.yml"} & sole.keys()
    assert sole["village/complaints.csv"]["editor"] == "乙"
    assert sole["village/complaints.csv"]["about"] == "投诉 2 件"
    assert sole["products/jiang/batches.csv"]["edits"] == 1


def test_edits_by_villagers_are_shared_out_over_time_and_by_kind(village: Path) -> None:
    history = report(village)["history"]
    quarters = {each["name"]: each for each in history["quarters"]}
    assert quarters["2026-1"] == {
        "name": "2026-1",
        "villagers": 0,
        "others": 10,
        "unknown": 0,
        "editors": 1,
    }
    assert [quarters["2026-2"][name] for name in ("villagers", "others", "unknown")] == [2, 0, 1]
    kinds = {each["name"]: each for each in history["kinds"]}
    assert kinds["目标"] == {
        "name": "目标",
        "villagers": 2,
        "others": 1,
        "unknown": 0,
        "editors": 2,
    }
    assert kinds["投诉"]["editors"] == 1
    assert history["unknown"] == ["Shui"]


def test_a_successor_is_told_what_there_is_to_do(village: Path) -> None:
    found = {(each["group"], each["title"]): each for each in report(village)["needs"]}
    notes = {key: each["note"] for key, each in found.items()}
    assert notes["accounts", "网址"] == "https://libei.example.cn/"
    assert notes["accounts", "备案号"] == "没有写"
    assert notes["lots", "辣酱 J1"] == "待检" and ("lots", "辣酱 J2") not in notes
    assert notes["consents", "甲"] == "姓名，到 2026 年 12 月 1 日"
    assert notes["certificates", "检验"] == "到 2026 年 12 月 20 日"
    assert notes["投诉", "少了一袋"] == "听过了，收到 10 天了，还没有说好", (
        "it is told though it is private"
    )
    assert ("投诉", "漏了油") not in notes
    assert notes["目标", "写全批次"] == "2026 年 12 月 1 日回看" and ("目标", "写全人") not in notes
    assert notes["提议", "修路"] == "提出 2 天了，还没有答复"
    assert notes["岗位", "打包"] == "招到 2026 年 12 月 31 日" and ("岗位", "装车") not in notes
    assert ("政策", "补助") in notes and ("政策", "长期补助") not in notes
    assert found["目标", "写全批次"]["place"] == "village/goals.yml:1"


def test_the_report_in_words_and_as_a_table(village: Path) -> None:
    text = here("xiangji", "report", "handover", cwd=village).stdout
    assert "只有一个人改过的文件（10 个里有 8 个）" in text
    assert "2026 年第 2 季度  3         2（67%）" in text
    assert "Shui" in text and "example.cn，" not in text and "@" not in text
    english = here("xiangji", "--lang", "en", "report", "handover", cwd=village).stdout
    assert "2026 Q2" in english and "hand them over in person" in english
    table = here("xiangji", "report", "handover", "--format", "csv", cwd=village).stdout
    assert table.startswith("\ufeff哪一类,什么,说明,在哪里")
    assert "只有一个人改过,投诉 2 件,乙 · 1,village/complaints.csv" in table


def test_a_village_without_git_is_told_what_to_do(tmp_path: Path) -> None:
    root = write(tmp_path / "v", FILES)
    text = here("xiangji", "report", "handover", cwd=root).stdout
    assert "没有放进 Git" in text and "只有一个人改过的文件" not in text
    assert "少了一袋" in text, "the records tell the rest"


def test_a_computer_without_git_is_told(village: Path, tmp_path: Path) -> None:
    done = run("xiangji", "report", "handover", cwd=village, env={"PATH": str(tmp_path)})
    assert done.returncode == 0, done.stderr
    assert "读不到 Git 的记录" in done.stdout and "装上 git" in done.stdout


def test_a_shallow_clone_is_told_so(village: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", "--depth", "1", village.as_uri(), "copy")
    text = here("xiangji", "report", "handover", cwd=tmp_path / "copy").stdout
    assert "只下载了最近的历史" in text and "只有一个人改过的文件" in text


def test_what_two_people_sign_is_nobodys(tmp_path: Path) -> None:
    people = "人物:\n" + "".join(
        f"  - {{编号: {key}, 姓名: {key}, Git 署名: [office@example.cn], 本村人: 是}}\n"
        for key in ("jia", "yi")
    )
    root = write(tmp_path / "v", {**FILES, "stories/people.yml": people})
    git(root, "init", "-q", "-b", "main")
    commit(root, ("Office", "office@example.cn"), "2026-02-01")
    history = report(root)["history"]
    assert history["quarters"][0]["villagers"] == 0 and history["unknown"] == ["Office"]


def test_merges_are_no_edits(village: Path, tmp_path: Path) -> None:
    root = tmp_path / "v"
    shutil.copytree(village, root)
    git(root, "checkout", "-q", "-b", "side", "HEAD~1")
    edited(root, "village/goals.yml", JIA, "2026-05-05")
    git(root, "checkout", "-q", "main")
    before = report(root)["history"]["quarters"]
    who = {f"GIT_{r}_{p}": "m" for r in ("AUTHOR", "COMMITTER") for p in ("NAME", "EMAIL")}
    git(root, "merge", "-q", "--no-ff", "--no-commit", "side", **who)
    edited(root, "village/goals.yml", SHUI, "2026-05-06")
    after = report(root)["history"]["quarters"]
    assert before[1]["villagers"] == 2 and after[1]["villagers"] == 3
    assert after[1]["unknown"] == before[1]["unknown"]
