"""Lays out the village for Xiangji: the generated files as they are, in a village as `xiangji new` makes it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from peer_tools import ROOT
from peers import Edit, Peer, put, quantity, sheet_address
from village_facts import Batch, Village

DAY = "2026-11-22"
"""The day for which the site is built, so that two runs build the same pages."""


class Xiangji(Peer):
    """`xiangji build` alone, in a village as `xiangji new` makes it.

    MkDocs makes the hand-written page, and the site is in the folder where the next command looks for it.
    """

    key = "xiangji"
    name = "Xiangji"
    largest = 1_000_000
    codes = True
    elder = True
    host: tuple[str, ...] = ()
    """The options that choose the host."""

    @cached_property
    def version(self) -> str:
        return f"Xiangji {version('xiangji')}"

    @property
    def command(self) -> list[str]:
        return self.run("build", *self.host, "--date", DAY)

    def server(self, port: int) -> list[str]:
        return self.run("serve", *self.host, "--address", f"127.0.0.1:{port}")

    @property
    def check(self) -> list[str]:
        """The command that checks the village."""
        return self.run("check", "--date", DAY)

    def run(self, command: str, *words: str) -> list[str]:
        """Return a command of Xiangji for the village."""
        config = str(self.village / "mkdocs.yml")
        return [sys.executable, "-m", "xiangji", command, "--config", config, *words]

    @property
    def village(self) -> Path:
        """The folder of the sources."""
        return self.folder / "village"

    @property
    def environment(self) -> dict[str, str]:
        """The environment: a copy of the theme beside the village is imported, so that a template can be changed."""
        paths = [str(self.folder / "theme"), str(ROOT / "plugins")]
        return {"PYTHONPATH": os.pathsep.join(paths), "LC_ALL": "C.UTF-8"}

    @property
    def out(self) -> Path:
        return self.village / "site"

    @property
    def caches(self) -> tuple[Path, ...]:
        return (self.village / ".cache", self.folder / ".cache")

    def write(self, source: Path, village: Village) -> None:
        left_out = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / "theme", self.folder / "theme", ignore=left_out)
        self._new(village)
        for name in ("products", "stories", "village"):
            shutil.rmtree(self.village / name, ignore_errors=True)
            if (source / name).is_dir():
                shutil.copytree(source / name, self.village / name)

    def _new(self, village: Village) -> None:
        """Write what `xiangji new` writes, with the name and the address of this village."""
        subprocess.run(
            [sys.executable, "-m", "xiangji", "new", str(self.village)],
            env={**os.environ, **self.environment},
            stdout=subprocess.DEVNULL,
            check=True,
        )
        config = self.village / "mkdocs.yml"
        text = re.sub(
            r"(?m)^site_name: .+$", f"site_name: {village.name}", config.read_text("utf-8")
        )
        put(config, re.sub(r"(?m)^site_url: .+$", f"site_url: {village.url}", text))

    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        file = self.village / "products" / batch.product / "batches" / f"{batch.lot}.yml"
        new = quantity(turn)
        line = rf"\g<1>{new}\g<2>"
        return Edit(file, r'(?m)^(数量: "?)[^"\n]+("?)$', line, sheet_address(batch), new)

    def story_file(self, name: str) -> Path:
        return self.village / "stories" / name / "story.md"

    @property
    def footer_file(self) -> Path:
        return self.folder / "theme" / "xiangji_theme" / "pages" / "footer.html"

    def edit_template(self, batch: Batch, turn: int) -> Edit:
        new = f"第 {turn} 版"
        line = r"(<p>第 \d+ 版</p>\n)?(?=</div></footer>)"
        return Edit(self.footer_file, line, f"<p>{new}</p>\n", sheet_address(batch), new)


class XiangjiBare(Xiangji):
    """Xiangji without a host: its own pages alone, which is what the other generators make, too."""

    key = "xiangji-bare"
    name = "Xiangji, no host"
    largest = 10_000
    host = ("--host", "none")
