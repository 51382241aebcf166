"""Hostile files are told or read within 60 seconds and 1 GB, each in a process of its own.

The bounds are generous, since a machine may be busy: what they catch is growth without end. Without
the limits in `text_file`, `yaml_file`, `media` and `markdown`, each of these takes minutes,
gigabytes, or ends the process.
"""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from built import environment, here, write

SECONDS = 60
MEMORY = 1_000_000_000
START = "products/brand.yml"


def bomb(root: Path) -> None:
    lines = ["a: &a [x, x, x, x, x, x, x, x, x]"]
    lines += [
        f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]" for n in range(9)
    ]
    write(root, {"products/p/product.yml": "\n".join(lines)})


def nested(root: Path) -> None:
    write(root, {"products/p/product.yml": "- " * 300_000})


def braces(root: Path) -> None:
    write(root, {"products/p/product.yml": "名称: " + "{a: " * 200_000})


def huge(root: Path) -> None:
    write(root, {"products/p/product.yml": ""})
    with (root / "products/p/product.yml").open("r+b") as file:
        file.truncate(100_000_000)


def brackets(root: Path) -> None:
    write(root, {"stories/s/story.md": "---\n题目: 甲\n---\n\n" + "[" * 200_000})


def lists(root: Path) -> None:
    body = "\n".join("    " * depth + "- 字" for depth in range(400))
    write(root, {"stories/s/story.md": "---\n题目: 甲\n---\n\n" + body})


def drawing(root: Path) -> None:
    shapes = "<g>" * 20_000 + "</g>" * 20_000
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">{shapes}</svg>'
    write(
        root,
        {
            "products/p/product.yml": "名称: 鸡\n类型: 农产品\n图片: media/p.svg\n",
            "products/p/media/p.svg": drawn,
        },
    )


def table(root: Path) -> None:
    rows = "批号,备注\n" + "\n".join(f"L{number},{'，' * 40}" for number in range(20_000))
    write(
        root, {"products/p/product.yml": "名称: 鸡\n类型: 农产品\n", "products/p/batches.csv": rows}
    )


LIMITED = """
import sys
try:
    import resource
    resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
except ImportError:
    pass
from xiangji.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize(
    "plant", [bomb, nested, braces, huge, brackets, lists, drawing, table], ids=lambda p: p.__name__
)
def test_it_ends_with_words(plant: Callable[[Path], None], tmp_path: Path) -> None:
    write(tmp_path, {START: "名称: 村\n", "mkdocs.yml": "site_url: https://example.cn/\n"})
    plant(tmp_path)
    code = LIMITED.format(memory=MEMORY)
    done = subprocess.run(
        [sys.executable, "-c", code, "check"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=SECONDS,
        check=False,
    )
    said = done.stdout + done.stderr
    assert done.returncode in (0, 1), said[-2000:]
    assert "Traceback" not in said
    assert done.returncode == 0 or "怎么改" in said


# --- what is no regular file --------------------------------------------------------------------------

WHOLE = {
    "mkdocs.yml": "site_name: 立碑村\nsite_url: https://example.cn/\n",
    "site_src/index.md": "# 首页\n\n![山](shan.png)\n",
    "site_src/shan.png": "x",
    "site_src/a.pdf": "x",
    "products/brand.yml": "名称: 立碑村\n",
    "products/codes.csv": "",
    "products/pledges.csv": "",
    "products/cha/product.yml": "名称: 茶\n类型: 手工艺\n图片: media/cha.jpg\n图片说明: 茶\n",
    "products/cha/media/cha.jpg": "x",
    "products/cha/batches.csv": "批号\nA1\n",
    "products/cha/batches/A2.yml": "批号: A2\n",
    "products/jiu/product.yml": "名称: 酒\n类型: 手工艺\n",
    "products/jiu/batches.xlsx": "x",
    "stories/people.yml": "人物: []\n",
    "stories/cha/story.md": "---\n题目: 茶\n图片: media/a.svg\n---\n\n一棵树。\n",
    "stories/cha/media/a.svg": "x",
    "stories/cha/workshop.yml": "题目: 一场\n类型: 共创\n日期: 2026-01-02\n卡片:\n  - 编号: k1\n    主题: 制作工艺\n"
    "    日期: 2026-01-02\n    原话: 一\n    证据: 口述\n    录音: media/k1.mp3\n    方言字幕: media/k1.vtt\n",
    "stories/cha/media/k1.mp3": "x",
    "stories/cha/media/k1.vtt": "WEBVTT\n",
}
PLACES = [each for each in WHOLE if each != "mkdocs.yml"]


def pipe(file: Path) -> None:
    os.mkfifo(file)


def device(file: Path) -> None:
    file.symlink_to("/dev/zero")


def socket_file(file: Path) -> None:
    # Its name may be longer than an address of a socket.
    with socket.socket(socket.AF_UNIX) as listening, pytest.MonkeyPatch.context() as patch:
        patch.chdir(file.parent)
        listening.bind(file.name)


def sparse(file: Path) -> None:
    with file.open("wb") as opened:
        opened.truncate(10_000_000_000)


def outside(file: Path) -> None:
    file.symlink_to("/etc/passwd")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.timeout(120)
@pytest.mark.parametrize("place", PLACES)
def test_what_is_no_regular_file_is_never_waited_for(place: str, tmp_path: Path) -> None:
    root = write(tmp_path / "village", WHOLE)
    for plant in (pipe, device, socket_file, sparse, outside):
        (root / place).unlink()
        plant(root / place)
        for command in (("check",), ("build", "--host", "none"), ("fix",)):
            done = here("xiangji", *command, cwd=root)
            said = done.stdout + done.stderr
            assert done.returncode in (0, 1), said
            assert "Traceback" not in said
        told = here("xiangji", "check", "--format", "json", cwd=root).stdout
        name = place.rpartition("/")[2]
        assert name in told or place in told, f"{plant.__name__} at {place} is told"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
@pytest.mark.timeout(60)
@pytest.mark.parametrize("plant", [pipe, device, sparse])
def test_a_table_to_import_that_is_no_file(plant: Callable[[Path], None], tmp_path: Path) -> None:
    root = write(
        tmp_path / "village", {each: WHOLE[each] for each in ("mkdocs.yml", "products/brand.yml")}
    )
    write(root, {"products/cha/product.yml": "名称: 茶\n类型: 手工艺\n"})
    for name in ("台账.csv", "台账.xlsx"):
        plant(root / name)
        done = here("xiangji", "import", name, cwd=root)
        assert done.returncode in (1, 2)
        assert "Traceback" not in done.stdout + done.stderr


@pytest.mark.timeout(60)
def test_a_configuration_that_is_no_file(tmp_path: Path) -> None:
    (tmp_path / "mkdocs.yml").symlink_to("/dev/zero")
    done = here("xiangji", "check", cwd=tmp_path)
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
