"""The change record of a digital label, read from real Git repositories."""

from __future__ import annotations

import os
import shutil
import subprocess
from datetime import date
from pathlib import Path

import pytest

from built import write
from xiangji.disclosure import disclose
from xiangji.library import Library
from xiangji.library.references import assemble
from xiangji.readers.git.repository import repository_of
from xiangji.readers.village import gather
from xiangji.records.history import ChangeStep, History, RecordKeeping

TODAY = date(2026, 11, 22)
BRAND = """\
名称: 立碑村
合作社: she
生产者:
  - {编号: she, 名称: 合作社, 类型: 合作社, 地址: 村口, 电话: 0851-00000000}
  - {编号: jia, 名称: 农户甲, 类型: 农户}
"""
PEOPLE = """\
人物:
  - 编号: wu
    姓名: 吴小满
    Git 署名: [Wu Xiaoman, shared]
    同意: [{用途: 姓名, 同意日期: 2026-01-01}]
  - 编号: li
    姓名: 李大有
    化名: 一位社员
    Git 署名: [Li Dayou, li@example.cn, shared]
"""
PRODUCT = """\
名称: 辣酱
类型: 加工食品
数字标签: 是
生产者: she
配料: [辣椒, 盐]
净含量: 480 克
规格:
  - {规格: 大瓶, 净含量: 480 克}
  - {规格: 小瓶, 净含量: 100 克}
"""
TABLE = "批号,生产日期,规格,数量,去向,自检,备注\nA1,2026-01-05,大瓶,10 瓶,小店,合格 2026-01-05 甲,备注一\n"
FILES = {
    "products/brand.yml": BRAND,
    "stories/people.yml": PEOPLE,
    "products/jiang/product.yml": PRODUCT,
    "products/jiang/batches.csv": TABLE,
}


def git(root: Path, *words: str, **more: str) -> str:
    env = {
        "PATH": os.environ["PATH"],
        "HOME": str(root),
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_COMMITTER_NAME": "c",
        "GIT_COMMITTER_EMAIL": "c@example.cn",
        "GIT_COMMITTER_DATE": "2026-11-01T00:00:00+0000",
        **more,
    }
    done = subprocess.run(
        ["git", "-c", "init.defaultBranch=main", *words],
        cwd=root,
        env=env,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def save(
    root: Path,
    when: str,
    files: dict[str, str] | None = None,
    who: str = "Wu Xiaoman <wu@example.cn>",
) -> None:
    """Commit everything, at an author's time with its zone."""
    write(root, files or {})
    name, _, address = who.rstrip(">").partition(" <")
    git(root, "add", "-A")
    git(
        root,
        *("commit", "-q", "--allow-empty", "-m", "."),
        GIT_AUTHOR_NAME=name,
        GIT_AUTHOR_EMAIL=address,
        GIT_AUTHOR_DATE=when,
    )


@pytest.fixture
def village(tmp_path: Path) -> Path:
    root = write(tmp_path / "village", FILES)
    git(root, "init", "-q")
    save(root, "2026-01-06T10:00:00+0800")
    return root


def library(root: Path) -> Library:
    found, _ = assemble(gather(root))
    assert found is not None
    return found


def history(root: Path, key: str = "jiang/A1") -> History:
    return library(root).histories[key]


def told(past: History) -> list[str]:
    """Each change on a line: day, step, fact, values."""
    return [
        " ".join(filter(None, (str(each.on), c.step.value, c.what, c.before, c.after)))
        for each in past.revisions
        for c in each.changes
    ]


FIRST = ["2026-01-06 first 标签", "2026-01-06 first 这一批"]


def test_what_was_changed_and_when(village: Path) -> None:
    save(
        village,
        "2026-02-01T10:00:00+0800",
        {"products/jiang/product.yml": PRODUCT.replace("[辣椒, 盐]", "[辣椒, 盐, 花生]")},
    )
    past = history(village)
    assert told(past) == ["2026-02-01 changed 配料 辣椒、盐 辣椒、盐、花生", *FIRST]
    assert (past.kept, past.cut, past.unsaved, past.workbook) == (
        RecordKeeping.YES,
        False,
        False,
        False,
    )


def test_a_row_of_the_table_and_a_file_of_its_own(village: Path) -> None:
    changed = TABLE.replace("10 瓶", "12 瓶").replace("合格", "不合格")
    save(village, "2026-02-01T10:00:00+0800", {"products/jiang/batches.csv": changed})
    (village / "products/jiang/batches.csv").unlink()
    alone = "批号: A1\n生产日期: 2026年1月5日\n规格: 大瓶\n数量: 12瓶\n去向: 县城\n状态: 停售\n原因: 重称\n"
    save(village, "2026-03-01T10:00:00+0800", {"products/jiang/batches/x.yml": alone})
    assert told(history(village)) == [
        # Another spelling of a date or an amount is no change; where it went is not repeated.
        "2026-03-01 added 状态 停售",
        "2026-03-01 added 原因",
        "2026-03-01 changed 去向",
        "2026-03-01 removed 自检 不合格 2026 年 1 月 5 日",
        "2026-02-01 changed 数量 10 瓶 12 瓶",
        "2026-02-01 changed 自检 合格 2026 年 1 月 5 日 不合格 2026 年 1 月 5 日",
        *FIRST,
    ]


def test_notes_steps_prices_and_other_sizes_are_not_compared(village: Path) -> None:
    product = PRODUCT.replace("小瓶, 净含量: 100 克", "小瓶, 净含量: 90 克, 价格: 5") + "介绍: 新\n"
    table = TABLE.replace("备注一", "备注二").replace("自检,备注", "自检,备注,加工")
    files = {
        "products/jiang/product.yml": product,
        "products/jiang/batches.csv": table.replace("备注二\n", "备注二,2026-01-05 秘法\n"),
    }
    save(village, "2026-02-01T10:00:00+0800", files)
    assert told(history(village)) == FIRST


def test_old_addresses_numbers_and_names_of_households_are_not_repeated(village: Path) -> None:
    brand = BRAND.replace("村口", "村尾").replace("0851-00000000", "0851-11111111")
    brand = brand.replace("农户甲", "农户乙")
    product = PRODUCT.replace("生产者: she", "生产者: [she, jia]")
    save(
        village,
        "2026-02-01T10:00:00+0800",
        {"products/brand.yml": brand, "products/jiang/product.yml": product},
    )
    assert told(history(village)) == [
        "2026-02-01 changed 生产者 合作社 合作社、农户乙",
        "2026-02-01 changed 生产者地址",
        "2026-02-01 changed 生产者联系方式",
        "2026-02-01 changed 生产者名称",
        *FIRST,
    ]
    everything = repr(history(village))
    assert not [each for each in ("村口", "0000", "1111", "农户甲") if each in everything]


def test_the_day_is_the_authors_day_in_china(village: Path) -> None:
    heavier = PRODUCT.replace("480 克", "500 克", 1)
    save(village, "2026-01-31T16:30:00+0000", {"products/jiang/product.yml": heavier})
    assert told(history(village))[0] == "2026-02-01 changed 净含量 480 克 500 克"


def test_a_version_that_cannot_be_read_is_passed_over(village: Path) -> None:
    file = "products/jiang/product.yml"
    save(village, "2026-02-01T10:00:00+0800", {file: "名称: [\n"})
    save(village, "2026-02-02T10:00:00+0800", {file: PRODUCT.replace("480 克", "很多", 1)})
    save(village, "2026-02-03T10:00:00+0800", {file: PRODUCT.replace("480 克", "500 克", 1)})
    assert told(history(village)) == ["2026-02-03 changed 净含量 480 克 500 克", *FIRST]


def test_what_was_taken_out_and_written_once_more(village: Path) -> None:
    table = "products/jiang/batches.csv"
    save(village, "2026-02-01T10:00:00+0800", {table: TABLE.replace("A1", "A2")})
    save(village, "2026-03-01T10:00:00+0800", {table: TABLE})
    assert told(history(village)) == ["2026-03-01 again 这一批", "2026-02-01 gone 这一批", *FIRST]


def test_a_merge_tells_only_what_it_decided_itself(village: Path) -> None:
    file = "products/jiang/product.yml"
    git(village, "checkout", "-q", "-b", "side")
    side = PRODUCT.replace("[辣椒, 盐]", "[辣椒, 盐, 姜]").replace("净含量: 480", "净含量: 460", 1)
    save(village, "2026-02-01T10:00:00+0800", {file: side})
    git(village, "checkout", "-q", "main")
    save(
        village,
        "2026-02-02T10:00:00+0800",
        {file: PRODUCT.replace("净含量: 480", "净含量: 500", 1)},
    )
    with pytest.raises(subprocess.CalledProcessError):  # A conflict, as intended.
        git(village, "merge", "--no-commit", "-q", "side")
    merged = side.replace("净含量: 460", "净含量: 490", 1)
    save(village, "2026-02-03T10:00:00+0800", {file: merged})
    assert told(history(village)) == [
        "2026-02-03 changed 净含量 500 克 490 克",
        "2026-02-02 changed 净含量 480 克 500 克",
        "2026-02-01 changed 配料 辣椒、盐 辣椒、盐、姜",
        "2026-02-01 changed 净含量 480 克 460 克",
        *FIRST,
    ]


def test_a_shallow_copy_says_that_older_changes_are_not_there(
    village: Path, tmp_path: Path
) -> None:
    file = "products/jiang/product.yml"
    save(village, "2026-02-01T10:00:00+0800", {file: PRODUCT.replace("480 克", "500 克", 1)})
    save(village, "2026-03-01T10:00:00+0800", {file: PRODUCT.replace("480 克", "520 克", 1)})
    git(tmp_path, "clone", "-q", "--depth", "2", f"file://{village}", "shallow")
    past = history(tmp_path / "shallow")
    assert told(past) == ["2026-03-01 changed 净含量 500 克 520 克"]
    assert past.cut
    git(tmp_path, "clone", "-q", f"file://{village}", "whole")
    assert len(told(history(tmp_path / "whole"))) == 4
    assert not history(tmp_path / "whole").cut


def test_changes_that_were_not_saved_are_told_without_details(village: Path) -> None:
    file = "products/jiang/product.yml"
    write(village, {file: PRODUCT + "介绍: 这个不在标签上\n"})
    assert not history(village).unsaved
    write(village, {file: PRODUCT.replace("480 克", "500 克", 1)})
    assert history(village).unsaved
    assert told(history(village)) == FIRST
    write(village, {file: PRODUCT, "products/jiang/batches.csv": TABLE + "A2,2026-02-01,,,,,\n"})
    assert not history(village).unsaved
    assert history(village, "jiang/A2").unsaved


def test_a_village_deep_inside_a_repository(village: Path, tmp_path: Path) -> None:
    inner = tmp_path / "outer" / "甲 b" / "inner"
    inner.parent.mkdir(parents=True)
    shutil.move(village, inner)
    shutil.rmtree(inner / ".git")
    git(tmp_path / "outer", "init", "-q")
    save(tmp_path / "outer", "2026-01-06T10:00:00+0800")
    heavier = {"products/jiang/product.yml": PRODUCT.replace("480 克", "500 克", 1)}
    write(inner, heavier)
    save(tmp_path / "outer", "2026-02-01T10:00:00+0800")
    assert told(history(inner)) == ["2026-02-01 changed 净含量 480 克 500 克", *FIRST]
    assert repository_of(inner).prefix == "甲 b/inner/"
    link = tmp_path / "link"
    link.symlink_to(inner)
    assert told(history(link)) == told(history(inner))


def test_a_second_work_tree(village: Path, tmp_path: Path) -> None:
    git(village, "worktree", "add", "-q", "-b", "other", str(tmp_path / "tree"))
    assert told(history(tmp_path / "tree")) == FIRST


def test_hostile_file_names_and_settings_change_nothing(village: Path) -> None:
    names = ("-x.yml", "a\nb.yml", "\x01commit.yml", ":(top).yml", "名 字.yml", '"q".yml')
    rows = {
        f"products/jiang/batches/{name}": f"批号: B{number}\n生产日期: 2026-01-0{number + 1}\n"
        for number, name in enumerate(names)
    }
    save(village, "2026-02-01T10:00:00+0800", rows)
    evil = village / "ran"
    for setting, value in (
        ("core.fsmonitor", f"touch {evil}"),
        ("diff.external", f"touch {evil}"),
        ("core.pager", f"touch {evil}"),
        ("log.showSignature", "true"),
        ("log.follow", "true"),
        ("log.showRoot", "false"),
        ("diff.relative", "true"),
        ("diff.renames", "copies"),
        ("core.quotepath", "on"),
        ("color.ui", "always"),
        ("i18n.logOutputEncoding", "GBK"),
    ):
        git(village, "config", setting, value)
    assert told(history(village)) == FIRST
    for number in range(len(names)):
        assert "2026-02-01 first 这一批" in told(history(village, f"jiang/B{number}"))
    assert not evil.exists()


# --- no record -----------------------------------------------------------------------------------


def without_git(root: Path) -> Path:
    shutil.rmtree(root / ".git")
    return root


def test_no_repository(village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(village.parent))
    assert history(without_git(village)) == History(RecordKeeping.NO)


def test_nothing_was_ever_saved(village: Path) -> None:
    git(without_git(village), "init", "-q")
    assert history(village) == History(RecordKeeping.NO)


def test_the_files_themselves_were_never_saved(village: Path) -> None:
    git(without_git(village), "init", "-q")
    write(village, {".gitignore": "products/jiang\n"})
    save(village, "2026-01-06T10:00:00+0800")
    assert history(village) == History(RecordKeeping.NO)


def test_a_computer_without_git(village: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(village))
    assert history(village) == History(RecordKeeping.UNREADABLE)
    # A program that the village itself brings is not run.
    (village / "git").write_text("#!/bin/sh\ntouch ran\n")
    (village / "git").chmod(0o755)
    assert history(village) == History(RecordKeeping.UNREADABLE)
    assert not (village / "ran").exists()


def test_a_damaged_repository(village: Path) -> None:
    for file in (village / ".git/objects").rglob("*"):
        if file.is_file():
            file.chmod(0o644)
            file.write_bytes(b"")
    assert history(village).kept is not RecordKeeping.YES


def test_another_repository_in_the_environment_is_not_asked(
    village: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A build run by a hook inherits the hook's variables."""
    git(write(tmp_path / "other", {"a": "b"}), "init", "-q")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert told(history(village)) == FIRST


def test_other_villages_ask_git_for_the_register_alone(
    village: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(village, {"products/jiang/product.yml": PRODUCT.replace("数字标签: 是\n", "")})
    log = village.parent / "asked"
    bin_ = village.parent / "bin"
    write(bin_, {"git": f"#!/bin/sh\necho >> {log}\nexit 1\n"})
    (bin_ / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(bin_), prepend=os.pathsep)
    assert library(village).histories == {}
    once = len(log.read_text().splitlines())
    assert once == 1
    write(village, {"products/jiang/product.yml": PRODUCT})
    assert history(village).kept is RecordKeeping.NO
    assert len(log.read_text().splitlines()) == once + 2


# --- who -----------------------------------------------------------------------------------------


def who(root: Path) -> list[str]:
    return [each.author for each in disclose(library(root), TODAY).histories["jiang/A1"].revisions]


def test_only_a_name_that_may_be_published_is(village: Path) -> None:
    net = "净含量: {} 克\n规格"
    authors = (
        "wu xiaoman <any@example.cn>",
        "Li Dayou <x@example.cn>",
        "No One <LI@example.cn>",
        "shared <y@example.cn>",
        "Stranger <z@example.cn>",
        "吴小满 <q@example.cn>",
    )
    for number, author in enumerate(authors, start=1):
        product = PRODUCT.replace(net.format(480), net.format(480 + number))
        save(
            village,
            f"2026-02-0{number}T10:00:00+0800",
            {"products/jiang/product.yml": product},
            author,
        )
    assert who(village) == ["", "", "", "", "", "吴小满", "吴小满"]
    shown = repr(disclose(library(village), TODAY))
    for private in ("Li Dayou", "李大有", "example.cn", "Stranger", "No One", "Xiaoman", "xiaoman"):
        assert private not in shown, private


def test_a_withdrawn_name_is_gone_from_the_record(village: Path) -> None:
    gone = PEOPLE.replace("2026-01-01}", "2026-01-01, 撤回日期: 2026-10-01}")
    write(village, {"stories/people.yml": gone})
    assert who(village) == [""]


def test_a_value_that_named_somebody_is_not_repeated(village: Path) -> None:
    file = "products/jiang/product.yml"
    save(village, "2026-02-01T10:00:00+0800", {file: PRODUCT + "贮存: 放在李大有家\n"})
    save(village, "2026-02-02T10:00:00+0800", {file: PRODUCT + "贮存: 常温\n"})
    past = disclose(library(village), TODAY).histories["jiang/A1"]
    assert told(past)[:2] == ["2026-02-02 changed 贮存", "2026-02-01 added 贮存"]
    assert "李大有" not in repr(past)


def test_the_same_commit_gives_the_same_record(village: Path, tmp_path: Path) -> None:
    save(village, "2026-02-01T10:00:00+0800", {"products/brand.yml": BRAND.replace("村口", "村尾")})
    git(tmp_path, "clone", "-q", f"file://{village}", "copy")
    assert history(tmp_path / "copy") == history(village)
    assert ChangeStep.CHANGED in [c.step for r in history(village).revisions for c in r.changes]
