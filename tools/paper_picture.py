"""Makes the pictures of printed material in the READMEs and the handbook, from real files of the demo village.

`python tools/paper_picture.py`; needs what `make site` installs.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pypdfium2
from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
DAY = "2026-11-22"
DOTS = 110
GAP = 24
SHOWN = 560
GROUND = "#E2D7C3"

LABELS = (
    ("laziji/2026-09A", "jar"),
    ("laziji/2026-09A", "bag"),
    ("zheergen/Z-1119", "fresh"),
    ("zhulan/012", "tag"),
)


def trimmed(pdf: Path) -> Image.Image:
    """Return the first page without its bleed, as an image."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        left, bottom, right, top = page.get_trimbox()
        wide, high = page.get_size()
        crop = (left, bottom, wide - right, high - top)
        return page.render(scale=DOTS / 72, crop=crop).to_pil().convert("RGB")


def made(folder: Path, *words: str) -> None:
    """Run a command of Xiangji on the demo, with its output in `folder`."""
    command = [sys.executable, "-m", "xiangji", *words, "--date", DAY, "--out", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)


def labels(folder: Path) -> Image.Image:
    """Return the wide label above and the others below it."""
    found = []
    for lot, template in LABELS:
        made(folder, "labels", lot, "-t", template, "-n", "1", "--stock", "shop")
        found.append(trimmed(folder / f"{lot.replace('/', '_')}_{template}.pdf"))
    jar, *others = found
    below = in_a_row(others)
    whole = Image.new("RGB", (max(jar.width, below.width), jar.height + GAP + below.height), GROUND)
    whole.paste(jar, ((whole.width - jar.width) // 2, 0))
    whole.paste(below, ((whole.width - below.width) // 2, jar.height + GAP))
    return whole


def sheets(folder: Path) -> Image.Image:
    """Return a batch sheet, a recalled one, and the cards."""
    found = []
    for lot in ("laziji/2026-09A", "laziji/2026-05A"):
        made(folder, "sheets", lot)
        found.append(trimmed(folder / f"{lot.replace('/', '_')}_sheet.pdf"))
    for kind in ("feedback", "stall"):
        made(folder, "cards", "laziji/2026-09A", "--kind", kind, "--stock", "shop", "-n", "1")
        found.append(trimmed(folder / f"laziji_2026-09A_{kind}.pdf"))
    return in_a_row([to_height(each, SHOWN) for each in found])


def posters(folder: Path) -> Image.Image:
    """Return the three poster layouts, and a square poster."""
    found = []
    for name, layout, shape, file in (
        ("laziji", "picture", "tall", "products-laziji"),
        ("zhulan", "title", "tall", "products-zhulan"),
        ("yanglang-laziji", "letter", "tall", "stories-yanglang-laziji"),
        ("yanglang-laziji", "picture", "square", "stories-yanglang-laziji"),
    ):
        made(folder, "posters", name, "--layout", layout, "--shape", shape)
        (each,) = folder.glob(f"{file}-{shape}.*")
        found.append(to_height(Image.open(each).convert("RGB"), SHOWN))
    return in_a_row(found)


def to_height(picture: Image.Image, height: int) -> Image.Image:
    return picture.resize((round(picture.width * height / picture.height), height))


def in_a_row(pictures: list[Image.Image]) -> Image.Image:
    width = sum(each.width + GAP for each in pictures) - GAP
    whole = Image.new("RGB", (width, max(each.height for each in pictures)), GROUND)
    x = 0
    for each in pictures:
        whole.paste(each, (x, 0))
        x += each.width + GAP
    return whole


def main() -> None:
    for make in (labels, sheets, posters):
        with tempfile.TemporaryDirectory() as folder:
            inner = make(Path(folder))
        whole = Image.new("RGB", (inner.width + 2 * GAP, inner.height + 2 * GAP), GROUND)
        whole.paste(inner, (GAP, GAP))
        target = ROOT / "site_src" / "images" / f"{make.__name__}.png"
        whole.quantize(128, dither=Image.Dither.NONE).save(target, optimize=True)
        print(target.relative_to(ROOT), whole.size, target.stat().st_size)


if __name__ == "__main__":
    main()
