"""The pictures of paper in the README and the handbook: real files of the demo village, side by side.

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
GROUND = "#E2D7C3"

LABELS = (
    ("laziji/2026-09A", "jar"),
    ("laziji/2026-09A", "bag"),
    ("zheergen/Z-1119", "fresh"),
    ("zhulan/012", "tag"),
)


def trimmed(pdf: Path) -> Image.Image:
    """The first page without its bleed."""
    with pypdfium2.PdfDocument(pdf) as document:
        page = document[0]
        left, bottom, right, top = page.get_trimbox()
        wide, high = page.get_size()
        crop = (left, bottom, wide - right, high - top)
        return page.render(scale=DOTS / 72, crop=crop).to_pil().convert("RGB")


def labels(folder: Path) -> list[Image.Image]:
    made = []
    for lot, template in LABELS:
        command = [sys.executable, "-m", "xiangji", "labels", lot, "-t", template, "-n", "1"]
        command += ["--stock", "shop", "--date", DAY, "--out", str(folder)]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        made.append(trimmed(folder / f"{lot.replace('/', '_')}_{template}.pdf"))
    return made


def arranged(jar: Image.Image, *others: Image.Image) -> Image.Image:
    """The wide one above, the others below it."""
    wide = max(jar.width, sum(each.width + GAP for each in others) - GAP)
    high = jar.height + GAP + max(each.height for each in others)
    whole = Image.new("RGB", (wide + 2 * GAP, high + 2 * GAP), GROUND)
    whole.paste(jar, (GAP + (wide - jar.width) // 2, GAP))
    x = GAP + (wide - sum(each.width + GAP for each in others) + GAP) // 2
    for each in others:
        whole.paste(each, (x, jar.height + 2 * GAP))
        x += each.width + GAP
    return whole


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        picture = arranged(*labels(Path(folder)))
    target = ROOT / "site_src" / "images" / "labels.png"
    picture.quantize(96, dither=Image.Dither.NONE).save(target, optimize=True)
    print(target.relative_to(ROOT), picture.size, target.stat().st_size)


if __name__ == "__main__":
    main()
