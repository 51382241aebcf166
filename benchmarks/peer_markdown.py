"""Lays out the village as hand-written Markdown for Material for MkDocs and for Zensical.

The navigation names the lists and no batch. With an entry for each batch, every page would contain all of them, and the
time of a build would grow with the square of their number. Any user of either tool would find this out.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

from peer_tools import PYTHON, ZENSICAL, install_python
from peers import (
    LAYOUTS,
    Edit,
    Peer,
    put,
    put_picture,
    quantity,
    sheet_address,
)
from village_facts import Batch, Product, Story, Village, last_day


class _Markdown(Peer):
    """A generator that reads `mkdocs.yml` and `docs/`."""

    package: str

    def install(self) -> str | None:
        return install_python(self.package)

    @cached_property
    def version(self) -> str:
        says = f"import importlib.metadata as m; print(m.version({self.package!r}))"
        done = subprocess.run([PYTHON, "-c", says], capture_output=True, text=True, check=True)
        return f"{self.package} {done.stdout.strip()}"

    @property
    def caches(self) -> tuple[Path, ...]:
        return (self.folder / ".cache",)

    def write(self, source: Path, village: Village) -> None:
        put(self.folder / "mkdocs.yml", _config(village))
        shutil.copytree(LAYOUTS / "material", self.folder / "overrides")
        docs = self.folder / "docs"
        products = village.products
        put(docs / "index.md", f"# {village.name}\n\n- [小店](products/index.md)\n")
        put(
            docs / "products" / "index.md",
            _list("小店", ((p.name, f"{p.id}.md") for p in products)),
        )
        lists = ((p.name, f"{p.id}/index.md") for p in products)
        put(docs / "t" / "index.md", _list("查批次", lists))
        stories = ((each.title, f"{each.id}.md") for each in village.stories)
        put(docs / "stories" / "index.md", _list("故事", stories))
        for product in products:
            _put_product(docs, product, village)
        for story in village.stories:
            put(docs / "stories" / f"{story.id}.md", _story(story, village))
            if story.picture:
                put_picture(story.picture, docs / "photos" / f"{story.id}.jpg")

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        file = self.folder / "docs" / "t" / batch.product / f"{batch.lot}.md"
        new = quantity(turn)
        return Edit(file, r"\| 数量 \| [^|]+ \|", f"| 数量 | {new} |", sheet_address(batch), new)

    def story_file(self, name: str) -> Path:
        return self.folder / "docs" / "stories" / f"{name}.md"

    @property
    def footer_file(self) -> Path:
        return self.folder / "overrides" / "main.html"


class Material(_Markdown):
    """Material for MkDocs, with its default plugin (search)."""

    key = "material"
    name = "Material, short nav"
    largest = 1_000
    package = "mkdocs-material"

    @property
    def command(self) -> list[str]:
        return [str(PYTHON), "-m", "mkdocs", "build", "--quiet"]

    def server(self, port: int) -> list[str]:
        # Without this flag, Click 8.3 switches MkDocs' live reload off.
        address = f"127.0.0.1:{port}"
        return [
            *(str(PYTHON), "-m", "mkdocs", "serve", "--quiet", "--livereload"),
            *("--dev-addr", address),
        ]


class Zensical(_Markdown):
    """Zensical with the same sources."""

    key = "zensical"
    name = "Zensical"
    largest = 1_000
    package = "zensical"

    @property
    def command(self) -> list[str]:
        return [str(ZENSICAL), "build"]

    def server(self, port: int) -> list[str]:
        return [str(ZENSICAL), "serve", "--dev-addr", f"127.0.0.1:{port}"]


def _config(village: Village) -> str:
    return (
        f"site_name: {village.name}\nsite_url: {village.url}\nsite_dir: out\n"
        "theme:\n  name: material\n  language: zh\n  font: false\n  custom_dir: overrides\n"
        "markdown_extensions:\n  - admonition\n"
        "validation:\n  nav:\n    omitted_files: ignore\n"
        "nav:\n  - index.md\n  - 小店: products/index.md\n  - 故事: stories/index.md\n"
        "  - 查批次: t/index.md\n"
    )


def _list(title: str, entries: Iterator[tuple[str, str]]) -> str:
    return f"# {title}\n\n" + "".join(f"- [{name}]({file})\n" for name, file in entries)


def _put_product(docs: Path, product: Product, village: Village) -> None:
    rows = (
        ("规格", f"{product.size} {product.price} 元"),
        ("谁做的", product.maker),
        ("配料", product.ingredients),
        ("贮存", product.storage),
        ("保质期", f"{product.months} 个月"),
    )
    picture = f"![测量用的照片](../photos/{product.id}.jpg)\n\n" if product.picture else ""
    put(
        docs / "products" / f"{product.id}.md",
        f"# {product.name}\n\n{product.category} · {product.kind}\n\n{product.line}\n\n"
        f"{picture}{_table(rows)}\n[每一批](../t/{product.id}/index.md)\n",
    )
    if product.picture:
        put_picture(product.picture, docs / "photos" / f"{product.id}.jpg")
    folder = docs / "t" / product.id
    put(folder / "index.md", _list(product.name, ((b.lot, f"{b.lot}.md") for b in product.batches)))
    for batch in product.batches:
        put(folder / f"{batch.lot}.md", _batch(batch, product, village.story_of(product.id)))


def _batch(batch: Batch, product: Product, story: Story | None) -> str:
    last = _day(last_day(batch.day, product.months).isoformat())
    head = (
        ("谁做的", product.maker),
        ("生产日期", _day(batch.day)),
        ("批号", batch.lot),
        _none("产地"),
    )
    steps = "".join(
        f"1. **{each.name}** {_day(each.when)}{' ' + each.by if each.by else ''}\n"
        for each in batch.steps
    )
    checks = "".join(
        f"- **{each.level}** {each.result}，{_day(each.day)} · {each.signed}\n"
        for each in batch.checks
    )
    where = (_none("往前一步"), ("往后一步", batch.destination), ("数量", batch.quantity))
    label = (
        ("配料", product.ingredients),
        ("保质期", f"{product.months} 个月"),
        ("到期日", last),
        ("贮存", product.storage),
        ("生产者", product.maker),
        _none("地址"),
        _none("联系方式"),
    )
    more = f"[{story.title}](../../stories/{story.id}.md)\n\n" if story else ""
    return (
        f"# {product.name} {batch.size} 批次 {batch.lot}\n\n"
        f'!!! success "这一批{batch.state}"\n    可食用至 {last}，过了这天请不要吃\n\n{_table(head)}\n'
        f"## 从哪里来\n\n{steps}1. **采收** 未记录\n\n## 用过什么药肥\n\n未记录\n\n"
        f"## 谁检过\n\n{checks}- **县检** 未记录\n- **第三方** 未记录\n\n"
        f"## 用了什么，去了哪里\n\n{_table(where)}\n## 标签上的内容\n\n{_table(label)}\n"
        f"{more}[{product.name}](../../products/{product.id}.md) 产品页：价格、配料、怎么买\n"
    )


def _story(story: Story, village: Village) -> str:
    product = next(each for each in village.products if each.id == story.product)
    picture = f"![测量用的照片](../photos/{story.id}.jpg)\n\n" if story.picture else ""
    return (
        f"# {story.title}\n\n{_day(story.day)}\n\n{picture}{story.text}\n"
        f"[{product.name}](../products/{product.id}.md)\n"
    )


def _table(rows: tuple[tuple[str, str], ...]) -> str:
    lines = "".join(f"| {name} | {value} |\n" for name, value in rows)
    return f"| 项目 | 内容 |\n|---|---|\n{lines}"


def _none(name: str) -> tuple[str, str]:
    return name, "未记录"


def _day(text: str) -> str:
    """Format a day, or a day and a time, for people."""
    return re.sub(
        r"(\d+)-(\d+)-(\d+)",
        lambda at: f"{int(at[1])} 年 {int(at[2])} 月 {int(at[3])} 日",
        text,
    )
