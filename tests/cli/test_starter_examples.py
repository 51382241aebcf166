"""What a new village finds in `village/`: examples that are remarks, and work when they are none."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from built import Document, differing, here, tree
from xiangji.cli.content.starter import write_starter
from xiangji.kinds.installed import further_kinds

EXAMPLES = ("events", "projects")


def built(root: Path) -> dict[str, bytes]:
    done = here("xiangji", "build", "--host", "none", cwd=root)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 处错误，0 处提醒" in done.stdout + done.stderr
    return tree(root / "site")


@pytest.fixture
def village(tmp_path: Path) -> Path:
    write_starter(tmp_path / "村")
    return tmp_path / "村"


def test_each_example_is_of_a_kind(village: Path) -> None:
    there = {file.stem for file in (village / "village").iterdir()}
    assert there == set(EXAMPLES) <= {kind.name for kind in further_kinds()}


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_its_signs_an_example_is_a_record(village: Path, name: str) -> None:
    file = village / "village" / f"{name}.yml"
    text = file.read_text("utf-8")
    assert all(line.startswith("#") for line in text.splitlines())
    lines = re.sub(r"(?m)^# ?", "", text).splitlines()
    record = [line for line in lines if not line.startswith("#")]
    assert len(record) == 5
    file.write_text("\n".join(lines) + "\n", "utf-8")
    site = built(village)
    page = Document(site[f"{name}/index.html"].decode())
    (link,) = [each for each in page.links() if re.fullmatch(r"[a-z-]+/", each)]
    assert f"{name}/{link}index.html" in site
    index = Document(site["village/index.html"].decode())
    assert f"../{name}/" in list(index.links())


def test_as_remarks_they_change_nothing(village: Path, tmp_path: Path) -> None:
    bare = tmp_path / "bare"
    shutil.copytree(village, bare)
    shutil.rmtree(bare / "village")
    one, other = built(village), built(bare)
    assert differing(one, other) == []
    assert not [path for path in one if path.startswith(("events/", "projects/"))]
