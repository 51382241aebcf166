"""The preview: a changed sentence shows, a broken file is told and does not end it."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from built import Built, environment

PATIENCE = 60


@dataclass
class Preview:
    """A running `xiangji serve` and what it has said so far."""

    root: Path
    address: str
    log: Path
    process: subprocess.Popen[bytes]

    def page(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=10) as answer:
            return str(answer.read().decode("utf-8"))

    def said(self) -> str:
        return self.log.read_text("utf-8", errors="replace")

    def until(self, what: Callable[[], bool]) -> None:
        """Wait for something to become true; say what was printed when it does not."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.said()
            try:
                if what():
                    return
            except OSError:
                pass  # Not listening yet.
            time.sleep(0.2)
        raise AssertionError(self.said())


@pytest.fixture
def preview(starter: Built, tmp_path: Path) -> Iterator[Preview]:
    root = shutil.copytree(starter.root, tmp_path / "village")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        host = f"127.0.0.1:{free.getsockname()[1]}"
    log = tmp_path / "said.txt"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "xiangji", "serve", "--address", host],
            cwd=root,
            env=environment({"PYTHONUNBUFFERED": "1"}),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        yield Preview(root, f"http://{host}/", log, process)
        process.terminate()
        process.wait(timeout=20)


def test_a_preview_follows_the_files_and_survives_a_slip(preview: Preview) -> None:
    story = preview.root / "stories" / "first-story" / "story.md"
    text = story.read_text("utf-8")
    preview.until(lambda: "这是一个示例故事" in preview.page("stories/first-story/"))

    story.write_text(text.replace("这是一个示例故事", "灶上的火还旺着"), "utf-8")
    preview.until(lambda: "灶上的火还旺着" in preview.page("stories/first-story/"))

    product = preview.root / "products" / "first-product" / "product.yml"
    fine = product.read_text("utf-8")
    product.write_text(fine.replace("贮存: ", "贮存："), "utf-8")
    line = fine.split("\n").index(next(x for x in fine.split("\n") if x.startswith("贮存")))
    place = re.compile(rf"products/first-product/product\.yml:{line + 1}:3: 错误 \[yaml-colon\]")
    preview.until(lambda: bool(place.search(preview.said())))
    preview.until(lambda: bool(place.search(preview.page("stories/first-story/"))))
    assert "灶上的火还旺着" in preview.page("stories/first-story/"), "the last good site goes on"
    assert "Traceback" not in preview.said()

    product.write_text(fine.replace("常温避光", "阴凉处"), "utf-8")
    preview.until(lambda: "阴凉处" in preview.page("products/first-product/"))
    assert not place.search(preview.page("stories/first-story/"))
