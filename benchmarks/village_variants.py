"""Makes villages that are harder to build than the generated one: all values quoted, or no text repeated.

A builder that reuses page layouts or parses only simple lines is fast where a village repeats itself. These villages
show how much of that speed is left where people write in another way.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from pathlib import Path

from village import WORDS

_LINE = re.compile(r"(?m)^( *(?:- )?[^\s:]+: )(.+)$")
_QUANTITY = re.compile(r"\d+ 袋")
_OWN = ("县城超市", "炒制班", "质检员", "班长")
"""The texts that are the same in every batch of the generated village."""
_PRODUCT = ("名称", "一句话", "配料", "贮存")


def quote_values(folder: Path) -> None:
    """Put every value of a village into quotation marks, in its tables too."""
    for file in folder.rglob("*.yml"):
        _rewrite(file, _quoted)
    for file in folder.rglob("story.md"):
        _rewrite(file, _quoted_head)
    for file in folder.rglob("batches.csv"):
        _rewrite(file, _quoted_table)


def say_nothing_twice(folder: Path) -> None:
    """Give every batch, product and story of a village words of its own."""
    for product in sorted(folder.glob("products/*/product.yml")):
        chance = random.Random(f"own {product.parent.name}")
        _rewrite(product, lambda text, chance=chance: _own_product(text, chance))
        for batch in sorted(product.parent.glob("batches/*.yml")):
            _rewrite(batch, lambda text, chance=chance: _own_batch(text, chance))
        table = product.parent / "batches.csv"
        if table.is_file():
            _rewrite(table, lambda text, chance=chance: _own_table(text, chance))
    for story in sorted(folder.glob("stories/*/story.md")):
        chance = random.Random(f"own {story.parent.name}")
        _rewrite(story, lambda text, chance=chance: _own_story(text, chance))


def _rewrite(file: Path, change: Callable[[str], str]) -> None:
    file.write_text(change(file.read_text("utf-8")), "utf-8", newline="\n")


def _quoted(text: str) -> str:
    return _LINE.sub(r'\1"\2"', text)


def _quoted_head(text: str) -> str:
    before, head, story = text.split("---\n", 2)
    return f"{before}---\n{_quoted(head)}---\n{story}"


def _quoted_table(text: str) -> str:
    rows = (line.split(",") for line in text.splitlines())
    return "".join(",".join(f'"{cell}"' for cell in row) + "\n" for row in rows)


def _own_batch(text: str, chance: random.Random) -> str:
    """Give a batch another quantity, other hours, places and people. Its quantity occurs twice."""
    for shared in _OWN:
        text = text.replace(shared, _some(chance, 4))
    quantity = f"{chance.randrange(10_000, 10_000_000)} 袋"
    morning = f"{chance.randrange(5, 12):02}:{chance.randrange(60):02}"
    later = f"{chance.randrange(13, 22):02}:{chance.randrange(60):02}"
    return _QUANTITY.sub(quantity, text).replace("07:30", morning).replace("15:00", later)


def _own_table(text: str, chance: random.Random) -> str:
    head, *rows = text.splitlines()
    return "\n".join((head, *(_own_batch(row, chance) for row in rows))) + "\n"


def _own_product(text: str, chance: random.Random) -> str:
    for name in _PRODUCT:
        said = "、".join(_some(chance, 3) for _ in range(3)) if name == "配料" else _some(chance, 4)
        text = re.sub(rf"(?m)^{name}: .+$", f"{name}: {said}", text)
    return text


def _own_story(text: str, chance: random.Random) -> str:
    """Give a story other words; its first paragraph keeps its beginning, because an edit searches for that."""
    before, head, story = text.split("---\n", 2)
    head = re.sub(r"(?m)^题目: .+$", f"题目: {_some(chance, 4)}", head)
    lines = story.split("\n")
    seen = False
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            words = "，".join(_some(chance, 3) for _ in range(5))
            lines[number] = f"{words}。" if seen else f"灶上的人说，{words}。"
            seen = True
    return f"{before}---\n{head}---\n" + "\n".join(lines)


def _some(chance: random.Random, count: int) -> str:
    """Return `count` random words in a row; four words give millions of combinations."""
    return "".join(chance.choice(WORDS) for _ in range(count))
