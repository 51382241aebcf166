"""Makes the pictures of the handbook: what comes out of the examples on each page, from the running program.

`python tools/handbook_pictures.py` needs what `make test` installs, and writes `site_src/images/handbook/` and
`tools/handbook_pictures.json`. That file has a digest of what each picture shows: words and elements, and no styles, so
that a new colour makes no picture stale. `tests/test_handbook_pictures.py` computes the digests again.
"""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
RECORD = Path(__file__).with_suffix(".json")
PICTURES = ROOT / "site_src" / "images" / "handbook"
DAYS = {"demo": "2026-11-22", "pledge": "2026-06-13", "village": "2026-11-22"}
DAY = "2026-03-20"
"""The day of the examples, if `DAYS` names no other: on a later day the goods are past their dates."""
WIDTH = 390
LARGEST = 40_000
FRAME = "#B8A98C"
"""The colour of the line round a picture, which parts a page in a picture from the page that it stands on."""
DEMO = "demo"

EXAMPLE = re.compile(
    r"^\*\*`([\w./-]+)`\*\*\n\n```(?:yaml|csv|markdown)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


class Shot(NamedTuple):
    """A picture: the village it is taken in, the address, and the part of the page.

    `village` is a page of the handbook, whose examples are put into a new village; or the demo. `first` is
    the element with which it begins, else the top of the page. It ends after `height` pixels, or before the footer.
    """

    village: str
    address: str
    first: str = ""
    height: int = 700


class Sheet(NamedTuple):
    """A picture of an example table as a spreadsheet program shows it. Only `columns` are drawn."""

    village: str
    file: str
    columns: tuple[str, ...]


class Mistake(NamedTuple):
    """A picture of the page that `xiangji serve` shows after a change of a file."""

    village: str
    file: str
    before: str
    after: str


SHOTS: dict[str, Shot | Sheet | Mistake] = {
    "start-home": Shot("start", ""),
    "stories-workshop": Shot("stories", "workshops/chun-lajiao/", height=820),
    "stories-story": Shot("stories", "stories/chun-lajiao/", height=820),
    "products-least": Shot("products", "products/zheergen/", height=620),
    "products-whole": Shot("products", "products/laziji/", height=900),
    "village-project": Shot("village", "projects/ji-laohua/", height=760),
    "village-events": Shot("village", "events/", height=620),
    "photos-product": Shot(DEMO, "products/laziji/", height=330),
    "shop-shelf": Shot(DEMO, "shop/", height=760),
    "shop-large": Shot(DEMO, "shop/e/", height=620),
    "batches-table": Sheet(
        "batches",
        "products/first-product/batches.csv",
        ("批号", "生产日期", "规格", "数量", "状态", "原因", "自检"),
    ),
    "batches-fine": Shot("batches", "t/first-product/2026-01A/", height=760),
    "batches-stopped": Shot("batches", "t/first-product/2026-01C/", height=620),
    "codes-unbound": Shot("codes", "c/juan-01-002/", height=420),
    "recall-sheet": Shot("recall", "t/first-product/2026-01A/", height=620),
    "recall-list": Shot("recall", "recalls/", height=520),
    "pledge-sheet": Shot("pledge", "t/caidou/C-0612/", "h2:has-text('合格证')", 520),
    "digital-label": Shot("digital-label", "t/first-product/2026-01A/", height=820),
    "consent-people": Shot("consent", "people/", height=760),
    "claims-story": Shot("claims", "stories/lajiao/", "h2:has-text('凭什么')", 620),
    "listening-player": Shot(DEMO, "stories/yanglang-laziji/", "#listen", 620),
    "mistakes-page": Mistake("mistakes", "products/first-product/product.yml", "贮存:", "储存:"),
}
"""The pictures by name. A page shows each with an alternative text in Chinese."""


def examples(page: str) -> list[tuple[str, str]]:
    """Path and content of each example file on a page of the handbook."""
    text = (ROOT / "site_src" / "handbook" / f"{page}.md").read_text("utf-8")
    return EXAMPLE.findall(text)


def village(page: str, folder: Path) -> Path:
    """Write a new village with the examples of a page, and build it. Returns its folder."""
    from xiangji.cli.content.starter import write_starter

    root = folder / page
    if page == DEMO:
        root.mkdir()
        for name in ("mkdocs.yml", "site_src", "stories", "products", "village"):
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            copy(ROOT / name, root / name)
        _with_placeholders(root)
    else:
        write_starter(root)
        for name, content in examples(page):
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(content, "utf-8")
    command = [sys.executable, "-m", "xiangji", "build", "--host", "none", "--out", "site"]
    subprocess.run(
        [*command, "--date", DAYS.get(page, DAY)], cwd=root, check=True, capture_output=True
    )
    return root


def _with_placeholders(root: Path) -> None:
    """Put some picture in place of each that is not taken yet, since the demo's handbook refers to it."""
    folder = root / PICTURES.relative_to(ROOT)
    folder.mkdir(exist_ok=True)
    for name in SHOTS:
        if not (folder / f"{name}.png").exists():
            shutil.copy2(PICTURES.parent / "labels.png", folder / f"{name}.png")


def document(shot: Shot | Sheet | Mistake, root: Path) -> str:
    """Return the HTML of which a picture is taken. `root` is the built village."""
    if isinstance(shot, Shot):
        file = root / "site" / shot.address / "index.html"
        return file.read_text("utf-8")
    if isinstance(shot, Sheet):
        return _drawn(shot, root)
    return _mistaken(shot, root)


def _drawn(sheet: Sheet, root: Path) -> str:
    """Return a page with the grid of a table."""
    rows = list(csv.reader(io.StringIO((root / sheet.file).read_text("utf-8"))))
    places = [rows[0].index(each) for each in sheet.columns]
    letters = "".join(f"<th>{chr(65 + at)}</th>" for at in range(len(places)))
    lines = "".join(
        f"<tr><th>{number}</th>{''.join(f'<td>{escape(row[at])}</td>' for at in places)}</tr>"
        for number, row in enumerate(rows, 1)
    )
    style = (
        "body{margin:0;background:#fff;font:14px/1.5 'Noto Sans CJK SC',sans-serif;color:#222}"
        "table{border-collapse:collapse}th,td{border:1px solid #c9c9c9;padding:5px 8px;text-align:left;"
        "max-width:12em}th{background:#eee;color:#555;font-weight:400;text-align:center}"
        "tr:nth-child(2) td{font-weight:700}"
    )
    return f"<style>{style}</style><main><table><tr><th></th>{letters}</tr>{lines}</table></main>"


def _mistaken(mistake: Mistake, root: Path) -> str:
    """Return the home page as the preview shows it after the change, which is taken back."""
    from xiangji.preview.preview import Preview

    file = root / mistake.file
    good = file.read_text("utf-8")
    before = os.environ.get("XIANGJI_DATE")
    os.environ["XIANGJI_DATE"] = DAYS.get(mistake.village, DAY)
    try:
        preview = Preview(root / "mkdocs.yml", None, lambda _: None)
        preview.look()
        file.write_text(good.replace(mistake.before, mistake.after, 1), "utf-8")
        page = preview.answer("").content.decode("utf-8")
    finally:
        file.write_text(good, "utf-8")
        if before is None:
            del os.environ["XIANGJI_DATE"]
        else:
            os.environ["XIANGJI_DATE"] = before
    return re.sub(r"<script.*?</script>", "", page, flags=re.DOTALL)


def digest(shot: Shot | Sheet | Mistake, html: str) -> str:
    """Return a digest of the words and elements that a picture can show, and of how it is taken."""
    body = html.partition("<body")[2].partition(">")[2] or html
    bare = re.sub(r"<(style|script|svg)\b.*?</\1>", "", body, flags=re.DOTALL)
    shown = re.sub(r"<(\w+)[^>]*>", r"<\1>", bare)
    return sha256(f"{shot}\n{' '.join(shown.split())}".encode()).hexdigest()[:16]


def digests(build: Callable[[str], Path]) -> dict[str, str]:
    """Return the digest of each picture. `build` returns the built village of a page."""
    return {name: digest(shot, document(shot, build(shot.village))) for name, shot in SHOTS.items()}


@contextmanager
def builder() -> Iterator[Callable[[str], Path]]:
    """A function that builds the village of each page once, in a folder that is removed at the end."""
    with tempfile.TemporaryDirectory() as name:
        known: dict[str, Path] = {}

        def build(page: str) -> Path:
            if page not in known:
                known[page] = village(page, Path(name))
            return known[page]

        yield build


def taken(page: Any, shot: Shot | Sheet | Mistake, root: Path, html: str) -> bytes:
    """Return the picture as PNG."""
    if isinstance(shot, Sheet):
        page.set_viewport_size({"width": 2 * WIDTH, "height": 700})
        page.set_content(html)
        return bytes(page.locator("table").screenshot())
    height = shot.height if isinstance(shot, Shot) else 560
    page.set_viewport_size({"width": WIDTH, "height": height})
    if isinstance(shot, Mistake):
        page.set_content(html)
        return bytes(page.screenshot())
    page.goto((root / "site" / shot.address / "index.html").as_uri())
    top = 0
    if shot.first:
        page.add_style_tag(content=".bar,.tabs{display:none!important}")
        top = max(0, int(page.locator(shot.first).first.bounding_box()["y"]) - 16)
    end = int(page.locator("body > footer").bounding_box()["y"])
    clip = {"x": 0, "y": top, "width": WIDTH, "height": max(200, min(height, end - top))}
    return bytes(page.screenshot(clip=clip, full_page=bool(shot.first)))


def small(png: bytes) -> bytes:
    """Return a picture as PNG of few colours, at most `LARGEST` bytes. The checks take it for a drawing, and no photo."""
    from PIL import Image, ImageOps

    picture = ImageOps.expand(Image.open(io.BytesIO(png)).convert("RGB"), 2, FRAME)
    for colours in (96, 64, 48, 32, 24, 16):
        made = io.BytesIO()
        few = picture.quantize(colours, dither=Image.Dither.NONE)
        few.save(made, "PNG", optimize=True)
        if made.tell() <= LARGEST:
            break
    return made.getvalue()


def main() -> None:
    from playwright.sync_api import sync_playwright

    sys.path.insert(0, str(ROOT / "tools"))
    from browser import find

    PICTURES.mkdir(parents=True, exist_ok=True)
    told = {}
    with builder() as build, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find(), args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": WIDTH, "height": 700},
            locale="zh-CN",
            reduced_motion="reduce",
            bypass_csp=True,
        )
        page = context.new_page()
        page.route("http*://**", _refuse)
        for name, shot in SHOTS.items():
            root = build(shot.village)
            html = document(shot, root)
            told[name] = digest(shot, html)
            content = small(taken(page, shot, root, html))
            (PICTURES / f"{name}.png").write_bytes(content)
            print(name, len(content))
        browser.close()
    RECORD.write_text(json.dumps(told, indent=1, sort_keys=True) + "\n", "utf-8")


def _refuse(route: Any) -> None:
    route.abort()


if __name__ == "__main__":
    main()
