"""The village for Xiangji itself: the generated files as they are."""

from __future__ import annotations

import os
import shutil
import sys
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from peer_tools import ROOT
from peers import STORY_MARK, Edit, Peer, quantity, sheet_address, words
from village_facts import Batch, Story, Village

DAY = "2026-11-22"
"""The day for which the site is built, so that two runs build the same pages."""


class Xiangji(Peer):
    """Xiangji's own pages without a host (`--host none`): the hand-written pages of a village, which a host
    would lay out, are beside the point."""

    name = "Xiangji"
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
        return (self.folder / "village" / ".cache", self.folder / "village" / "site")

    def write(self, source: Path, village: Village) -> None:
        shutil.copytree(source, self.folder / "village")
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "theme", self.folder / "theme", ignore=left_out)

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        product = self.folder / "village" / "products" / batch.product
        file, new = product / "batches" / f"{batch.lot}.yml", quantity(turn)
        return Edit(file, r"(?m)^数量: .+$", f"数量: {new}", sheet_address(batch), new)

    def edit_story(self, story: Story, turn: int) -> Edit:
        file, new = self.folder / "village" / "stories" / story.id / "story.md", words(turn)
        return Edit(file, STORY_MARK, new + STORY_MARK, f"stories/{story.id}/", new)

    def edit_template(self, batch: Batch, turn: int) -> Edit:
        file = self.folder / "theme" / "xiangji_theme" / "pages" / "base.html"
        new = f"第 {turn} 版"
        line = r"(<p>第 \d+ 版</p>\n)?(?=</div></footer>)"
        return Edit(file, line, f"<p>{new}</p>\n", sheet_address(batch), new)
