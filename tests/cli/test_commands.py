"""The command line: help in two languages, exit statuses, formats of the report."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from built import Built, differing, here, run, tree

CHINESE = re.compile(r"[一-鿿]")


@pytest.fixture
def village(starter: Built, tmp_path: Path) -> Path:
    """The starter village with its built site, to break and to build."""
    return shutil.copytree(starter.root, tmp_path / "village")


def spoil(village: Path) -> None:
    """Take a required field away."""
    file = village / "stories" / "first-story" / "story.md"
    file.write_text(file.read_text("utf-8").replace("题目: 辣椒晒到捏着响\n", ""), "utf-8")


def listed(said: str) -> list[str]:
    """The commands that a help text names."""
    return re.findall(r"^  (\w+)  +\S", said, re.MULTILINE)


def test_help_names_the_commands(tmp_path: Path) -> None:
    done = run("xiangji", "--help", cwd=tmp_path)
    assert done.returncode == 0
    assert {"new", "check", "build", "serve"} <= set(listed(done.stdout))


LOCALE = {"LC_ALL": "", "LC_MESSAGES": ""}


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (("--lang", "en"), {"LC_ALL": "zh_CN.UTF-8"}),
        ((), {**LOCALE, "LANG": "en_GB.UTF-8"}),
    ],
    ids=["--lang", "LANG"],
)
def test_help_in_english(words: tuple[str, ...], env: dict[str, str], tmp_path: Path) -> None:
    for command in ("", *listed(here("xiangji", "--help", cwd=tmp_path).stdout)):
        how = here if command else run
        done = how("xiangji", *words, *filter(None, [command]), "--help", cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        assert not CHINESE.search(done.stdout), done.stdout
        assert "show this help" in done.stdout


@pytest.mark.parametrize(
    ("words", "env"),
    [
        (("--lang=zh",), {"LC_ALL": "en_US.UTF-8"}),
        ((), {**LOCALE, "LANG": "zh_CN.UTF-8"}),
    ],
    ids=["--lang", "LANG"],
)
def test_help_in_chinese(words: tuple[str, ...], env: dict[str, str], tmp_path: Path) -> None:
    for command in ("", *listed(here("xiangji", "--help", cwd=tmp_path).stdout)):
        how = here if command else run
        done = how("xiangji", *words, *filter(None, [command]), "-h", cwd=tmp_path, env=env)
        assert done.returncode == 0, done.stderr
        options = re.split(r"^  (?=-)", done.stdout, flags=re.MULTILINE)[1:]
        assert options and all(CHINESE.search(text) for text in options), done.stdout


def test_fine_content_is_status_0(village: Path) -> None:
    done = run("xiangji", "check", "--strict", cwd=village)
    assert (done.returncode, done.stderr) == (0, "")
    assert "内容没有问题：0 处错误，0 处提醒。" in done.stdout


def test_problems_in_the_content_are_status_1(village: Path) -> None:
    spoil(village)
    for command in ("check", "build"):
        assert run("xiangji", command, cwd=village).returncode == 1


def test_a_warning_counts_only_when_strict(village: Path) -> None:
    config = village / "mkdocs.yml"
    config.write_text(config.read_text("utf-8").replace("site_url:", "# site_url:"), "utf-8")
    assert here("xiangji", "check", cwd=village).returncode == 0
    assert here("xiangji", "check", "--strict", cwd=village).returncode == 1
    before = tree(village / "site")
    assert run("xiangji", "build", "--strict", cwd=village).returncode == 1
    assert differing(before, tree(village / "site")) == []


@pytest.mark.parametrize(
    "words",
    [
        ("build", "--no-such-option"),
        ("no-such-command",),
        ("check", "--format", "xml"),
        ("check", "--date", "2026-13-40"),
        ("build", "--host", "hugo"),
        ("new",),
    ],
)
def test_wrong_use_is_status_2(words: tuple[str, ...], village: Path) -> None:
    done = here("xiangji", *words, cwd=village)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_wrong_day_in_the_environment_is_told(village: Path) -> None:
    done = here("xiangji", "check", cwd=village, env={"XIANGJI_DATE": "明天"})
    assert done.returncode == 2
    assert "“明天”不是日期" in done.stderr


@pytest.mark.parametrize("command", ["check", "build", "serve"])
def test_no_village_here_is_status_2(command: str, tmp_path: Path) -> None:
    done = here("xiangji", command, cwd=tmp_path)
    assert done.returncode == 2
    assert "xiangji new" in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_new_never_writes_into_a_full_folder(village: Path) -> None:
    before = tree(village)
    done = here("xiangji", "new", str(village), cwd=village.parent)
    assert done.returncode == 2
    assert differing(before, tree(village)) == []


def test_the_report_as_json(village: Path) -> None:
    spoil(village)
    done = here("xiangji", "check", "--format", "json", cwd=village)
    assert (done.returncode, done.stderr) == (1, "")
    (row,) = json.loads(done.stdout)
    assert row["path"] == "stories/first-story/story.md"
    assert (row["rule"], row["severity"]) == ("field-missing", "error")
    assert row["line"] > 0 and row["column"] > 0
    assert all(row[part][lang] for part in ("message", "remedy") for lang in ("zh", "en"))


def test_the_report_as_json_of_fine_content(village: Path) -> None:
    done = here("xiangji", "check", "--format", "json", cwd=village)
    assert done.returncode == 0
    assert json.loads(done.stdout) == []


def test_the_report_for_github(village: Path) -> None:
    spoil(village)
    done = here("xiangji", "check", "--format", "github", cwd=village)
    assert done.returncode == 1
    (line,) = done.stdout.strip().split("\n")
    place = r"file=stories/first-story/story\.md,line=\d+,col=\d+"
    assert re.match(rf"::error {place},title=field-missing::.+", line)


def test_out_and_site_url_are_taken(village: Path) -> None:
    url = "https://shop.example.cn/our/"
    done = run("xiangji", "build", "--out", "elsewhere", "--site-url", url, cwd=village)
    assert done.returncode == 0, done.stderr
    page = Built(village, village / "elsewhere").pages["shop/"]
    assert page.all("link", rel="canonical")[0]["href"] == f"{url}shop/"
