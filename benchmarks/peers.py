"""Defines what every generator must do in the benchmark: lay out a village, build it, serve it and change it."""

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
"""Files in `LAYOUTS` that every generator serves unchanged."""
STORY_MARK = "灶上的人说"
"""The first words of every paragraph of a story. An edit inserts words before the first one."""
TEMPLATE_MARK = "第 0 版"
"""A text in the footer of each of our templates for other generators, so that an edit can be seen."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of one source file: the first match of `pattern` becomes `new`.

    Afterwards the page at `address` must show `shown`.
    """

    file: Path
    pattern: str
    new: str
    address: str
    shown: str

    def changed(self) -> str:
        """Return the text of the file with the change. Raises AssertionError if nothing changes."""
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

    After `write`, `command` builds the sources into `out`. `caches` are files that it may keep between two builds.
    """

    key: str
    """Its name on the command line."""
    name: str
    largest: int
    """The maximal number of batches unless it is named on the command line, so that a run ends."""
    codes: bool = False
    """Whether each batch has a picture of its code."""
    elder: bool = False
    """Whether each batch has a second page, in large print."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def install(self) -> str | None:
        """Install the tool. Returns the reason if that is not possible, else None."""
        return None

    @property
    @abstractmethod
    def version(self) -> str:
        """The name and version of the tool."""

    @property
    @abstractmethod
    def command(self) -> list[str]:
        """The command that builds the site; run in `folder`."""

    @abstractmethod
    def server(self, port: int) -> list[str]:
        """Return the command that serves the site on 127.0.0.1 and rebuilds it after each change; run in `folder`."""

    @abstractmethod
    def write(self, source: Path, village: Village) -> None:
        """Write the sources. `source` is the folder from which `village` was read."""

    @abstractmethod
    def edit_batch(self, batch: Batch, turn: int) -> Edit:
        """Return the change that gives a batch a quantity that it never had."""

    @abstractmethod
    def story_file(self, name: str) -> Path:
        """Return the source file of a story, by its id."""

    @property
    @abstractmethod
    def footer_file(self) -> Path:
        """The template with the footer of all pages."""

    def edit_story(self, story: Story, turn: int) -> Edit:
        """Return the change that inserts words before a story's first paragraph."""
        new, address = words(turn), f"stories/{story.id}/"
        return Edit(self.story_file(story.id), STORY_MARK, new + STORY_MARK, address, new)

    def edit_template(self, batch: Batch, turn: int) -> Edit:
        """Return the change of the footer of all pages; the page of `batch` must show it."""
        old, new = (TEMPLATE_MARK.replace("0", each) for each in (r"\d+", str(turn)))
        return Edit(self.footer_file, old, new, sheet_address(batch), new)

    @property
    def environment(self) -> dict[str, str]:
        """Environment variables in addition to those of the benchmark."""
        return {}

    @property
    def out(self) -> Path:
        """The folder of the built site."""
        return self.folder / "out"

    @property
    def caches(self) -> tuple[Path, ...]:
        """Files and folders that are neither source nor output."""
        return ()

    def forget(self, aside: Path) -> None:
        """Leave only the sources: move output and caches into the new folder `aside`.

        They are not removed, because on some file systems (ext4 without a journal) removed files make creating new
        files slower for minutes, so the next build would pay for the last one.
        """
        aside.mkdir()
        for number, each in enumerate((self.out, *self.caches)):
            if each.exists():
                each.rename(aside / str(number))

    def page(self, address: str) -> str:
        """Return the HTML of a built page, by its address relative to the site."""
        return (self.out / address / "index.html").read_text("utf-8")


def sheet_address(batch: Batch) -> str:
    """Return the address of a batch relative to the site, the same for every generator."""
    return f"t/{batch.product}/{batch.lot}/"


def quantity(turn: int) -> str:
    """Return a quantity that no batch of a generated village has."""
    return f"{1000 + turn} 袋"


def words(turn: int) -> str:
    """Return words that no story has."""
    return f"改过第 {turn} 次。"


def put(file: Path, text: str) -> None:
    """Write a source file."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, "utf-8", newline="\n")


def put_picture(picture: Path, target: Path) -> None:
    """Put a photo into a source folder, as a hard link where the disk allows it."""
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        os.link(picture, target)
    except OSError:
        shutil.copyfile(picture, target)
