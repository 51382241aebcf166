"""Lays out the village for Eleventy: batches and products as data, one page each; stories in Markdown."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from dataclasses import asdict
from functools import cached_property
from pathlib import Path
from typing import Any

from peer_tools import ELEVENTY, install_eleventy, node
from peers import (
    LAYOUTS,
    SHARED,
    Edit,
    Peer,
    put,
    put_picture,
    quantity,
    sheet_address,
)
from village_facts import Batch, Product, Village


class Eleventy(Peer):
    """Eleventy with Nunjucks. It makes no codes."""

    key = "eleventy"
    name = "Eleventy"
    largest = 10_000

    def install(self) -> str | None:
        return install_eleventy()

    @cached_property
    def version(self) -> str:
        said = subprocess.run(
            [node(), str(ELEVENTY), "--version"], capture_output=True, text=True, check=True
        )
        return f"Eleventy {said.stdout.strip()}"

    @property
    def command(self) -> list[str]:
        return [node(), str(ELEVENTY), "--quiet"]

    def server(self, port: int) -> list[str]:
        return [node(), str(ELEVENTY), "--serve", "--quiet", f"--port={port}"]

    @property
    def caches(self) -> tuple[Path, ...]:
        return (self.folder / ".cache",)

    def write(self, source: Path, village: Village) -> None:
        shutil.copytree(LAYOUTS / "eleventy", self.folder, dirs_exist_ok=True)
        for name in SHARED:
            put(self.folder / "static" / name, (LAYOUTS / name).read_text("utf-8"))
        site = {"title": village.name, "url": village.url.rstrip("/")}
        self._data("site", site)
        products = {each.id: self._product(each, village) for each in village.products}
        self._data("products", products)
        self._data("batches", [asdict(each) for each in village.batches])
        for story in village.stories:
            picture = self._picture(story.picture, story.id)
            put(
                self.folder / "src" / "stories" / f"{story.id}.md",
                f"---\ntitle: {story.title}\ndate: {story.day}\nproduct: {story.product}\n"
                + (f"picture: {picture}\n" if picture else "")
                + f"---\n\n{story.text}",
            )

    def _product(self, product: Product, village: Village) -> dict[str, Any]:
        left_out = ("id", "batches", "picture")
        facts = {key: value for key, value in _fields(product) if key not in left_out}
        story = village.story_of(product.id)
        if story:
            facts |= {"story": story.id, "storyTitle": story.title}
        return facts | {"picture": self._picture(product.picture, product.id)}

    def _picture(self, picture: Path | None, name: str) -> str:
        if not picture:
            return ""
        put_picture(picture, self.folder / "static" / "photos" / f"{name}.jpg")
        return f"photos/{name}.jpg"

    def _data(self, name: str, value: object) -> None:
        """Write a file of global data, one batch or product on each line, as a script would export it."""
        text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
        text = re.sub(r'\},(?=\{"product"|"p\d+":)', "},\n", text)
        put(self.folder / "src" / "_data" / f"{name}.json", text + "\n")

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        file = self.folder / "src" / "_data" / "batches.json"
        new = quantity(turn)
        at = rf'("product":"{batch.product}","lot":"{batch.lot}".*?"quantity":)"[^"]+"'
        return Edit(file, at, rf'\1"{new}"', sheet_address(batch), new)

    def story_file(self, name: str) -> Path:
        return self.folder / "src" / "stories" / f"{name}.md"

    @property
    def footer_file(self) -> Path:
        return self.folder / "src" / "_includes" / "layouts" / "base.njk"


def _fields(product: Product) -> list[tuple[str, Any]]:
    return [(name, getattr(product, name)) for name in product.__dataclass_fields__]
