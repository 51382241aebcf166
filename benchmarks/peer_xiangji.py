"""The village for Xiangji itself: the generated files as they are."""

from __future__ import annotations

import os
import re
import shutil
import sys
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from peer_tools import ROOT
from peers import Edit, Peer, put, quantity, sheet_address, words
from village_facts import Batch, Story, Village

DAY = "2026-11-22"
"""The day for which the site is built, so that two runs build the same pages."""


STARTER = ROOT / "plugins" / "xiangji" / "starter"


class Xiangji(Peer):
    """Xiangji's own pages without a host (`--host none`): the hand-written pages of a village, which a host
    would lay out, are beside the point."""

    key = "xiangji"
    name = "Xiangji"
    largest = 1_000_000
    codes = True
    elder = True

    @cached_property
    def version(self) -> str:
        return f"Xiangji {version('xiangji')}"

    @property
    def command(self) -> list[str]:
        return [
            *(sys.executable, "-m", "xiangji", "build", "--host", "none", "--date", DAY),
            *("--config", str(self.folder / "village" / "mkdocs.yml"), "--out", str(self.out)),
        ]

    def server(self, port: int) -> list[str]:
        return [
            *(sys.executable, "-m", "xiangji", "serve", "--address", f"127.0.0.1:{port}"),
            *("--config", str(self.folder / "village" / "mkdocs.yml")),
        ]

    @property
    def environment(self) -> dict[str, str]:
        """The theme is a copy beside the village, so that a template can be changed: whoever
        imports `xiangji_theme` finds the copy first."""
        paths = [str(self.folder / "theme"), str(ROOT / "plugins")]
        return {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8"}

    @property
    def caches(self) -> tuple[Path, ...]:
        village = self.folder / "village"
        return (village / ".cache", village / "site", self.folder / ".cache")

    def write(self, source: Path, village: Village) -> None:
        shutil.copytree(source, self.folder / "village")
        self._settings(village)
        self._theme()

    def _settings(self, village: Village) -> None:
        """What `xiangji new` writes, since a server needs a page to begin with."""
        text = (STARTER / "mkdocs.yml").read_text("utf-8")
        text = re.sub(r"(?m)^site_name: .+$", f"site_name: {village.name}", text)
        text = re.sub(r"(?m)^site_url: .+$", f"site_url: {village.url}", text)
        put(self.folder / "village" / "mkdocs.yml", text)
        shutil.copytree(STARTER / "site_src", self.folder / "village" / "site_src")

    def _theme(self) -> None:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "theme", self.folder / "theme", ignore=left_out)

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        product = self.folder / "village" / "products" / batch.product
        file, new = product / "batches" / f"{batch.lot}.yml", quantity(turn)
        return Edit(file, r"(?m)^数量: .+$", f"数量: {new}", sheet_address(batch), new)

    def story_file(self, name: str) -> Path:
        return self.folder / "village" / "stories" / name / "story.md"

    @property
    def footer_file(self) -> Path:
        return self.folder / "theme" / "xiangji_theme" / "pages" / "base.html"

    def edit_template(self, batch: Batch, turn: int) -> Edit:
        new = f"第 {turn} 版"
        line = r"(<p>第 \d+ 版</p>\n)?(?=</div></footer>)"
        return Edit(self.footer_file, line, f"<p>{new}</p>\n", sheet_address(batch), new)


class Demo(Xiangji):
    """The demo of this repository, whatever village it is given."""

    def write(self, source: Path, village: Village) -> None:
        for name in ("products", "stories", "site_src"):
            shutil.copytree(ROOT / name, self.folder / "village" / name)
        shutil.copyfile(ROOT / "mkdocs.yml", self.folder / "village" / "mkdocs.yml")
        self._theme()

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        file = self.folder / "village" / "products" / "laziji" / "batches" / "2026-03A.yml"
        new = quantity(turn).replace("袋", "罐")
        return Edit(file, r"(?m)^数量: .+$", f"数量: {new}", "t/laziji/2026-03A/", new)

    def edit_story(self, story: Story, turn: int) -> Edit:
        file, new = self.story_file("yanglang-laziji"), words(turn)
        return Edit(file, r"\s*\Z", f"\n\n{new}\n", "stories/yanglang-laziji/", new)
