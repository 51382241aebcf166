"""Single files: through no link, over nobody's file, whole or not at all."""

from __future__ import annotations

import json
import os
import resource
from pathlib import Path

import pytest

from built import tree, write
from xiangji.output.paper_folder import RECORD, ForeignPaper, PaperFolder, place_files, read_written
from xiangji.output.single_file import FileNotWritten, put_content, put_in_place

FILES = {"a.pdf": b"a", "b.pdf": b"b"}


def paper(folder: Path) -> dict[str, bytes]:
    return {path: each for path, each in tree(folder).items() if path != RECORD}


def test_what_we_wrote_is_replaced(tmp_path: Path) -> None:
    for files in (FILES, {**FILES, "a.pdf": b"new"}, {"b.pdf": b"newer"}):
        place_files(PaperFolder(tmp_path / "out"), files)
    assert paper(tmp_path / "out") == {"a.pdf": b"new", "b.pdf": b"newer"}
    assert {*read_written((tmp_path / "out" / RECORD).read_bytes())} == {"a.pdf", "b.pdf"}


def test_files_of_others_stay(tmp_path: Path) -> None:
    """One that was there, and one that was changed since; no other file is written then."""
    out = write(tmp_path / "out", {"b.pdf": "theirs", "other.pdf": "theirs"})
    before = tree(out)
    with pytest.raises(ForeignPaper) as theirs:
        place_files(PaperFolder(out), FILES)
    assert theirs.value.names == ["b.pdf"] and tree(out) == before
    (out / "b.pdf").unlink()
    place_files(PaperFolder(out), FILES)
    (out / "a.pdf").write_text("edited")
    before = tree(out)
    with pytest.raises(ForeignPaper):
        place_files(PaperFolder(out), {"a.pdf": b"new", "c.pdf": b"c"})
    assert tree(out) == before and before["other.pdf"] == b"theirs"


def test_the_same_content_is_no_matter(tmp_path: Path) -> None:
    place_files(PaperFolder(write(tmp_path / "out", {"a.pdf": "a"})), FILES)


@pytest.mark.parametrize(
    "linked", ["print", "print/labels", "print/labels/a.pdf", "print/labels/.xiangji"]
)
def test_links_below_the_place_are_not_written_through(linked: str, tmp_path: Path) -> None:
    root, elsewhere = tmp_path / "village", tmp_path / "elsewhere"
    write(elsewhere, {"a.pdf": "theirs"})
    link = root / linked
    link.parent.mkdir(parents=True)
    link.symlink_to(elsewhere / "a.pdf" if link.suffix == ".pdf" else elsewhere)
    before = tree(tmp_path)
    with pytest.raises(FileNotWritten) as refused:
        place_files(PaperFolder(root, "print/labels"), FILES)
    assert (refused.value.word, refused.value.place) == ("written-link", linked)
    assert tree(tmp_path) == before


@pytest.mark.parametrize(
    "record",
    [
        b"{",
        b"[" * 100_000,
        json.dumps({"xiangji": "written", "form": 2, "files": {}}).encode(),
        json.dumps({"xiangji": "written", "form": 1, "files": {"../a": []}}).encode(),
        json.dumps({"xiangji": "written", "form": 1, "files": {"a.pdf": "x"}}).encode(),
        json.dumps({"xiangji": "written", "form": 1, "files": {"a.pdf": ["x"]}}).encode(),
    ],
)
def test_a_damaged_record_is_not_believed(record: bytes, tmp_path: Path) -> None:
    place_files(PaperFolder(tmp_path), FILES)
    (tmp_path / RECORD).write_bytes(record)
    with pytest.raises(ValueError):
        read_written(record)
    before = tree(tmp_path)
    with pytest.raises(ForeignPaper):
        place_files(PaperFolder(tmp_path), {"a.pdf": b"new"})
    assert tree(tmp_path) == before


def test_one_that_broke_off_goes_on(tmp_path: Path) -> None:
    """The second file cannot be written: the first is there, and nobody takes it for somebody else's."""
    place_files(PaperFolder(tmp_path), FILES)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4000, limits[1]))
    try:
        with pytest.raises(OSError):
            place_files(PaperFolder(tmp_path), {"a.pdf": b"new", "b.pdf": bytes(5000)})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert paper(tmp_path) == {"a.pdf": b"new", "b.pdf": b"b"}
    place_files(PaperFolder(tmp_path), {"a.pdf": b"newer", "b.pdf": b"newer"})


def test_permissions_stay_and_what_is_closed_stays_closed(tmp_path: Path) -> None:
    file = write(tmp_path, {"codes.csv": "old"}) / "codes.csv"
    file.chmod(0o640)
    put_in_place(file, b"new")
    assert (file.read_bytes(), file.stat().st_mode & 0o777) == (b"new", 0o640)
    file.chmod(0o444)
    with pytest.raises(FileNotWritten) as refused:
        put_in_place(file, b"newer")
    assert refused.value.word == "written-closed" and tree(tmp_path) == {"codes.csv": b"new"}


@pytest.mark.parametrize(
    "target", ["../elsewhere.csv", ".git/config", "mkdocs.yml", "stories/a.csv"]
)
def test_content_is_not_written_through_links_that_lead_out(target: str, tmp_path: Path) -> None:
    root = tmp_path / "village"
    write(root, {target: "theirs", "products/cha/product.yml": ""})
    file = root / "products/cha/batches.csv"
    file.symlink_to(root / target)
    before = tree(tmp_path)
    with pytest.raises(FileNotWritten) as refused:
        put_content(root, file, b"new")
    assert refused.value.word == "written-out" and tree(tmp_path) == before
    file.unlink()
    (root / "products/all.csv").write_text("ours")
    file.symlink_to("../all.csv")
    put_content(root, file, b"new")
    assert file.is_symlink() and (root / "products/all.csv").read_bytes() == b"new"


def test_a_pipe_at_its_place_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with pytest.raises(FileNotWritten) as refused:
        place_files(PaperFolder(tmp_path), FILES)
    assert refused.value.word == "written-kind" and not (tmp_path / RECORD).exists()
