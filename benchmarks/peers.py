"""What the benchmark asks of every site generator: to write a village as its users would, build it, change it."""

from __future__ import annotations

import os
import re
import shutil
from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path

from village_facts import Batch, Story, Village

LAYOUTS = Path(__file__).with_name("layouts")
SHARED = ("style.css", "favicon.svg")
"""Files there that every generator serves as they are."""
STORY_MARK = "灶上的人说"
"""How every paragraph of a story begins; an edit puts words before the first."""
TEMPLATE_MARK = "第 0 版"
"""What stands in the footer of every template of ours for a peer, so that a new edition is seen."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one source file: the first text that fits `pattern` becomes `new`, and then
    the page at `address` shows `shown`."""

    file: Path
    pattern: str
    new: str
    address: str
    shown: str

    def changed(self) -> str:
        """The text of the file with the change in it."""
        text = self.file.read_text("utf-8")
        changed, count = re.subn(self.pattern, self.new, text, count=1)
        if not count or changed == text:
            raise AssertionError(f"{self.file}: nothing changed")
        return changed

    def do(self) -> None:
        """Write the changed file in place, as an editor does."""
        put(self.file, self.changed())


class Peer(ABC):
    """One generator with one village, below a folder of its own.

    After `write`, `command` builds the sources into `out`. `caches` are what it may keep between two
    builds.
    """

    key: str
    """How it is named in a command."""
    name: str
    largest: int
    """The most batches with which it is measured when nobody asks for more, so that a run ends."""
    codes: bool = False
    """Whether each batch has a picture of its code."""
    elder: bool = False
    """Whether each batch has a second page, in large print."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self) -> str | None:
        """Make the tool ready; says why it cannot be had, or nothing."""
        return None

    @property
    @abstractmethod
    def version(self) -> str:
        """Name and version of the tool."""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """Builds the site; run in `folder`."""

    @abstractmethod
    def server(self, port: int) -> list[str]:
        """Serves the site on 127.0.0.1 and builds it anew after each change; run in `folder`."""

    @abstractmethod
    def write(self, source: Path, village: Village) -> None:
        """Write the sources; `source` is the folder from which `village` was read."""

    @abstractmethod
    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        """Give a batch a quantity that it never had."""

    @abstractmethod
    def story_file(self, name: str) -> Path:
        """The source of a story, by its id."""

    @property
    @abstractmethod
    def footer_file(self) -> Path:
        """The template that holds the footer of all pages."""

    def edit_story(self, story: Story, turn: int) -> Edit:
        """Put words before a story's first paragraph."""
        new, address = words(turn), f"stories/{story.id}/"
        return Edit(self.story_file(story.id), STORY_MARK, new + STORY_MARK, address, new)

    def edit_template(self, batch: Batch, turn: int) -> Edit:
        """Change the footer of all pages, seen on this batch's."""
        old, new = (TEMPLATE_MARK.replace("0", each) for each in (r"\d+", str(turn)))
        return Edit(self.footer_file, old, new, sheet_address(batch), new)

    @property
    def environment(self) -> dict[str, str]:
        """What is set beside the environment of the one who measures."""
        return {}

    @property
    def out(self) -> Path:
        """Where the built site stands."""
        return self.folder / "out"

    @property
    def caches(self) -> tuple[Path, ...]:
        """Files and folders that are no source and no output."""
        return ()

    def forget(self, aside: Path) -> None:
        """Back to sources alone. What was built goes into the new folder `aside` and is not removed: on some
        file systems (ext4 without a journal) each name that was removed makes each new file of the next
        minutes slower to create, so that whoever builds next would pay for whoever built before."""
        aside.mkdir()
        for number, each in enumerate((self.out, *self.caches)):
            if each.exists():
                each.rename(aside / str(number))

    def page(self, address: str) -> str:
        """The HTML of a built page, by its address below the site."""
        return (self.out / address / "index.html").read_text("utf-8")


def sheet_address(batch: Batch) -> str:
    """The address of a batch below the site, the same under every generator."""
    return f"t/{batch.product}/{batch.lot}/"


def quantity(turn: int) -> str:
    """A quantity that no batch of a generated village has."""
    return f"{1000 + turn} 袋"


def words(turn: int) -> str:
    """Words that no story has."""
    return f"改过第 {turn} 次。"


def put(file: Path, text: str) -> None:
    """Write a source file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def put_picture(picture: Path, target: Path) -> None:
    """A photo into a source folder; a second name for the same bytes where the disk allows it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(picture, target)
    except OSError:
        shutil.copyfile(picture, target)
