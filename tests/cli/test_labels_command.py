"""`xiangji labels` as a person runs it: proofs, registered runs, rolls, and every way it says no."""

from __future__ import annotations

import csv
import shutil
import subprocess
from pathlib import Path

import pytest

from built import Built, copy_demo, here, run, tree, write
from paper.degraded import rasterised, texts

URL = "https://yanglang.example.cn/"


@pytest.fixture
def village(demo: Built, tmp_path: Path) -> Path:
    return copy_demo(tmp_path / "village", demo)


def labels(village: Path, *words: str) -> subprocess.CompletedProcess[str]:
    how = run if "--together" in words else here
    return how("xiangji", "labels", *words, "--date", "2026-11-22", "--lang", "zh", cwd=village)


def registered(village: Path) -> list[dict[str, str]]:
    with (village / "products/codes.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_proof_is_written_and_registers_nothing(village: Path) -> None:
    before = (village / "products/codes.csv").read_bytes()
    done = labels(village, "laziji/2026-09A", "-n", "5")
    assert done.returncode == 0, done.stderr
    pdf = (village / "print/labels/laziji_2026-09A_jar.pdf").read_bytes()
    pages = rasterised(pdf, 200)
    assert [len(texts(page)) for page in pages] == [4, 1]
    assert "5 / 5 个都读出来了" in done.stdout and "这是校样" in done.stdout
    assert (village / "products/codes.csv").read_bytes() == before
    assert [each.name for each in (village / "print/labels").glob(".*")] == [".xiangji"]


def test_a_run_is_registered_and_the_village_still_checks(village: Path) -> None:
    before = (village / "products/codes.csv").read_bytes()
    for number in ("第 2 印", "第 3 印"):
        done = labels(village, "laziji/2026-09A", "-t", "code", "-n", "3", "--register")
        assert done.returncode == 0, done.stderr
        row = registered(village)[-1]
        assert row["地址"] == "t/laziji/2026-09A/" and row["印次"] == number
        assert (row["数量"], row["印刷日期"], row["材料"]) == ("3 张", "2026-11-22", "码贴")
    assert (village / "products/codes.csv").read_bytes().startswith(before)
    checked = here("xiangji", "check", "--strict", "--date", "2026-11-22", cwd=village)
    assert checked.returncode == 0, checked.stderr


def test_a_register_is_begun_where_there_is_none(village: Path) -> None:
    (village / "products/codes.csv").unlink()
    done = labels(village, "zhulan/007", "-n", "1", "--register")
    assert done.returncode == 0, done.stderr
    assert [row["地址"] for row in registered(village)] == ["t/zhulan/007/"]


def test_a_roll_of_codes_for_no_lot_yet(village: Path) -> None:
    words = ("--roll", "juan-09", "-n", "4", "--stock", "roll")
    done = labels(village, *words, "--register")
    assert done.returncode == 0, done.stderr
    pdf = (village / "print/labels/roll_juan-09.pdf").read_bytes()
    found = [text for page in rasterised(pdf, 203) for text in texts(page)]
    assert found == [f"{URL}c/juan-09-00{n}/" for n in range(1, 5)]
    assert [row["状态"] for row in registered(village)[-4:]] == ["未绑定"] * 4
    again = labels(village, *words)
    assert again.returncode == 2 and "已经登记过了" in again.stderr
    # Bound by one line, the code opens the batch.
    table = village / "products/codes.csv"
    text = table.read_text("utf-8").replace(
        "c/juan-09-002/,juan-09,1 张,2026-11-22,码贴,,未绑定,,", "c/juan-09-002/,juan-09,1 张,2026-11-22,码贴,,未绑定,laziji/2026-09A,"
    )  # fmt: skip
    table.write_text(text, "utf-8")
    built = here("xiangji", "build", "--host", "none", "--date", "2026-11-22", cwd=village)
    assert built.returncode == 0, built.stderr
    page = (village / "site/c/juan-09-002/index.html").read_text("utf-8")
    assert "t/laziji/2026-09A/" in page
    assert (village / "site/c/juan-09-001/index.html").exists()


def test_nothing_is_written_where_one_label_has_an_error(village: Path) -> None:
    before = (village / "products/codes.csv").read_bytes()
    done = labels(village, "laziji/2026-09A", "laziji/2026-05A", "-n", "1", "--register")
    assert done.returncode == 1
    assert "[label-recalled]" in done.stderr and "什么也没有写" in done.stderr
    assert not (village / "print").exists()
    assert (village / "products/codes.csv").read_bytes() == before


def test_all_lots_together_and_a_pack_for_each(village: Path) -> None:
    done = labels(
        village, "--all", "-t", "code", "-n", "2", "--stock", "a4", "--together", "--pack"
    )
    assert done.returncode == 0, done.stderr
    assert "召回、停售、过期的不印：" in done.stderr and "laziji/2026-05A" in done.stderr
    files = sorted(each.name for each in (village / "print/labels").glob("[!.]*"))
    assert files[-1] == "zhulan_012_code_pack.zip" and "labels_code.pdf" in files
    pdf = (village / "print/labels/labels_code.pdf").read_bytes()
    found = [text for page in rasterised(pdf, 300) for text in texts(page)]
    assert len(found) == 2 * (len(files) - 1) and len(set(found)) == len(files) - 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "印哪一批的标签"),
        (("nichts",), "没有“nichts”这一批"),
        (("2026-09A", "--size", "gross"), "不是尺寸"),
        (("laziji/2026-09A", "--size", "20x20"), "标签最小 30x20"),
        (("laziji/2026-09A", "--size", "90x50", "--stock", "a4-24"), "不用写 --size"),
        (("laziji/2026-09A", "--size", "148x210", "--stock", "a4", "-n", "0"), "-n"),
        (("--roll", "Juan 1", "-n", "2"), "不能做一卷的名字"),
        (("--roll", "juan-3"), "一卷印几个码"),
        (("--roll", "juan-3", "laziji/2026-09A", "-n", "2"), "不和批号"),
        (("--roll", "juan-3", "--all", "-n", "2"), "不和批号"),
        (("--roll", "laziji", "-n", "12"), "“laziji”是一个产品的名字"),
    ],
)
def test_wrong_use_is_told(village: Path, words: tuple[str, ...], said: str) -> None:
    done = labels(village, *words)
    assert done.returncode == 2
    assert said in done.stderr and "Traceback" not in done.stderr
    assert not (village / "print").exists()


def test_without_the_extra_one_sentence_says_what_to_install(village: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    (blocked / "typst").mkdir(parents=True)
    (blocked / "typst/__init__.py").write_text("raise ImportError('not installed')\n")
    done = run(
        "xiangji", "labels", "laziji/2026-09A", "--date", "2026-11-22", cwd=village,
        env={"PYTHONPATH": str(blocked)},
    )  # fmt: skip
    assert done.returncode == 1
    assert done.stderr.strip() == '印东西要多装一组软件：pip install "xiangji[print]"'


def test_a_folder_that_cannot_be_written_is_told(village: Path) -> None:
    (village / "print").write_text("a file")
    done = labels(village, "zhulan/007", "-n", "1", "--register")
    assert done.returncode == 1 and "print 挡在那里" in done.stderr
    assert all(row["地址"] != "t/zhulan/007/" for row in registered(village))


def test_a_register_with_other_columns_is_left_alone(village: Path) -> None:
    table = village / "products/codes.csv"
    table.write_text("地址,备注列\nt/laziji/2026-09A/,x\n", "utf-8")
    before = table.read_bytes()
    done = labels(village, "zhulan/007", "-n", "1", "--register")
    assert done.returncode == 1
    assert table.read_bytes() == before and not (village / "print").exists()


def test_it_works_from_a_folder_with_a_chinese_name(tmp_path: Path, village: Path) -> None:
    moved = tmp_path / "立碑村 的 文件夹"
    shutil.move(village, moved)
    done = labels(moved, "zhulan/007", "-n", "1")
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("theirs", ["pdf", "closed", "linked"])
def test_what_is_not_ours_is_refused_before_anything_is_written(village: Path, theirs: str) -> None:
    """A file of the name, a register that is read-only, or one that is a link out of the village."""
    if theirs == "pdf":
        write(village, {"print/labels/zhulan_007_tag.pdf": "theirs"})
    elif theirs == "closed":
        (village / "products/codes.csv").chmod(0o444)
    else:
        register = village / "products/codes.csv"
        register.rename(village.parent / "codes.csv")
        register.symlink_to(village.parent / "codes.csv")
    before = content(village.parent)
    done = labels(village, "zhulan/007", "-n", "1", "-t", "tag", "--register")
    told = "file-outside" if theirs == "linked" else "什么也没有写"
    assert done.returncode == 1 and told in done.stderr, done.stderr
    assert content(village.parent) == before


def content(folder: Path) -> dict[str, bytes]:
    return {path: each for path, each in tree(folder).items() if ".cache" not in path}
