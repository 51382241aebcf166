"""Hostile files are told or read within 60 seconds and 1 GB, each in a process of its own.

The bounds are generous, since a machine may be busy: what they catch is growth without end. Without
the limits in `text_file`, `yaml_file`, `media` and `markdown`, each of these takes minutes,
gigabytes, or ends the process.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from built import environment, write

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
