"""Villages full of mistakes: all of them told at once, with place and remedy, and nothing touched.

`sites/broken` has slips in its records, `sites/adrift` in what its pages lead to. The complete output
of `xiangji check` on each is kept beside it. To write it anew after a change of wording:
`XIANGJI_GOLDEN=write pytest tests/test_bad_input.py`, and read the difference.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import pytest

from built import Built, differing, here, run, tree

SITES = Path(__file__).parent / "sites"
BROKEN = (
    "mkdocs.yml:10:7 family-unknown",
    "mkdocs.yml:12:9 field-unknown",
    "products/brand.yml:2:6 reference-missing",
    "products/cha/product.yml:3:3 yaml-colon",
    "products/jiu/product.yml:1:1 field-missing",
    "products/lajiao/product.yml:4:1 field-unknown",
    "products/lajiao/product.yml:5:6 value-shelf-life",
    "products/lajiao/batches.csv:2:10 value-date-impossible",
    "products/lajiao/batches.csv:3:26 status-reason",
    "products/lajiao/batches.csv:4:1 duplicate-lot",
    "stories/people.yml:4:15 value-choice",
    "stories/gushi/story.md:3:5 value-date",
    "stories/gushi/story.md:4:6 reference-missing",
)
ADRIFT = (
    "site_src/index.md:7:1 block-unknown",
    "site_src/index.md:11:45 markdown-link",
    "site_src/products/lajiao.md:1:1 address-collision",
    "stories/gushi/story.md:7:1 block-unknown",
    "stories/gushi/story.md:11:11 markdown-link",
    "stories/gushi/story.md:11:55 markdown-link",
    "stories/gushi/story.md:13:1 block-target",
)
HEAD = re.compile(r"^(\S+:\d+:\d+): (?:错误|提醒) \[([a-z-]+)\]$", re.MULTILINE)


@pytest.fixture(params=["broken", "adrift"])
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def village(name: str, starter: Built, tmp_path: Path) -> Path:
    """The village, with the good site of an earlier day in it."""
    root = shutil.copytree(SITES / name, tmp_path / "village")
    shutil.copytree(starter.site, root / "site")
    return root


def told(output: str) -> list[str]:
    return sorted(f"{place} {rule}" for place, rule in HEAD.findall(output))


def test_check_tells_all_of_it_as_kept(name: str, village: Path) -> None:
    done = here("xiangji", "check", cwd=village)
    assert (done.returncode, done.stdout) == (1, "")
    kept = SITES / f"{name}.expected.txt"
    if os.environ.get("XIANGJI_GOLDEN") == "write":
        kept.write_text(done.stderr, "utf-8", newline="\n")
    assert done.stderr == kept.read_text("utf-8")


def test_every_slip_has_a_place_and_a_remedy_in_two_languages(name: str, village: Path) -> None:
    done = here("xiangji", "check", cwd=village)
    wanted = {"broken": BROKEN, "adrift": ADRIFT}[name]
    assert told(done.stderr) == sorted(wanted)
    blocks = re.split(r"^(?=\S+:\d+:\d+: )", done.stderr, flags=re.MULTILINE)[1:]
    for block in blocks:
        lines = block.split("\n")
        assert re.search(r"[一-鿿]", lines[1]), block
        assert re.fullmatch(r"    怎么改：.+", lines[2]), block
        assert re.search(r"[a-z]+ [a-z]+", lines[3]), block
        assert re.fullmatch(r"    Remedy: .+", lines[4]), block
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        ("xiangji", "build"),
        ("xiangji", "build", "--host", "none"),
        ("mkdocs", "build"),
        ("mkdocs", "build", "--strict"),
        ("properdocs", "build", "-f", "mkdocs.yml"),
    ],
    ids=" ".join,
)
def test_no_build_touches_the_site_that_was_there(
    command: tuple[str, ...], name: str, village: Path
) -> None:
    before = tree(village)
    done = run(*command, cwd=village)
    assert done.returncode == 1
    said = done.stdout + done.stderr
    for each in {"broken": BROKEN, "adrift": ADRIFT}[name]:
        place, _, rule = each.partition(" ")
        assert f"{place}: 错误 [{rule}]" in said
    assert "Traceback" not in said
    after = {path: content for path, content in tree(village).items() if path in before}
    assert differing(before, after) == []
    assert {path.name for path in village.iterdir()} <= {*before_names(before), ".cache"}


def before_names(files: dict[str, bytes]) -> set[str]:
    return {path.partition("/")[0] for path in files}


def test_a_build_that_failed_to_be_written_leaves_the_site_alone(
    starter: Built, tmp_path: Path
) -> None:
    """The host stops half-way, by a plugin it does not know: the folder is swapped in only whole."""
    root = shutil.copytree(starter.root, tmp_path / "village")
    config = root / "mkdocs.yml"
    config.write_text(
        config.read_text("utf-8").replace("  - xiangji\n", "  - xiangji: {reading: [long]}\n")
        + "markdown_extensions:\n  - no_such_extension\n",
        "utf-8",
    )
    (root / "site_src" / "long").mkdir()
    (root / "site_src" / "long" / "index.md").write_text("# 长文\n", "utf-8")
    before = tree(root / "site")
    done = run("xiangji", "build", cwd=root)
    assert done.returncode == 1
    assert "Traceback" not in done.stdout + done.stderr
    assert differing(before, tree(root / "site")) == []
    assert [path.name for path in root.iterdir() if path.name.startswith(".site")] == []
