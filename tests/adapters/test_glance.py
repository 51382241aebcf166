"""`xiangji check` where nothing changed says at a glance what it said, and looks where anything did."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from built import DAY, ROOT, environment, write
from village import write_village
from xiangji.adapters.glance import asked, told_again
from xiangji.adapters.sight import SOON
from xiangji.calendar import day_number
from xiangji.cli.main import main

BATCH = "products/p0001/batches/L00000.yml"
GIT = ("git", "-c", "user.name=a", "-c", "user.email=a@example.cn", "-c", "init.defaultBranch=main")


def git(root: Path, *words: str) -> None:
    subprocess.run([*GIT, *words], cwd=root, check=True, capture_output=True)


def commit(root: Path) -> None:
    git(root, "commit", "-q", "--allow-empty", "-m", "x")


def resting(root: Path, theme: bool) -> Path:
    """A village with something wrong, in a repository."""
    write_village(root, products=2, batches=4, makers=2, stories=1)
    config = "site_name: 测量村\nsite_url: https://bench.example.cn/\n"
    write(root, {"mkdocs.yml": config + ("theme: xiangji\n" if theme else "")})
    write(root, {"other.yml": config, "note/a.txt": "a", "site_src/index.md": "# 村\n"})
    file = root / BATCH
    file.write_text(file.read_text("utf-8").replace("去向:", "销向:"), "utf-8")
    git(root, "init", "-q")
    git(root, "add", ".")
    commit(root)
    return root


def same_size(root: Path) -> os.stat_result:
    """Change a word for one as long."""
    file = root / BATCH
    before, text = file.stat(), file.read_text("utf-8")
    assert text.count("县城")
    file.write_text(text.replace("县城", "省城"), "utf-8")
    assert file.stat().st_size == before.st_size
    return before


def same_times(root: Path) -> None:
    before = same_size(root)
    os.utime(root / BATCH, ns=(before.st_atime_ns, before.st_mtime_ns))


EDITS: dict[str, Callable[[Path], Any]] = {
    "other words": same_size,
    "other words, times put back": same_times,
    "times alone": lambda root: os.utime(root / BATCH, (1, 1)),
    "a file more": lambda root: write(root, {"stories/s0000/more.md": "x"}),
    "a file less": lambda root: (root / BATCH).unlink(),
    "another name": lambda root: (root / BATCH).rename(root / "products/p0001/batches/L9.yml"),
    "a folder more": lambda root: write(root, {"products/p0009/a.txt": "x"}),
    "a folder less": lambda root: shutil.rmtree(root / "stories" / "s0000"),
    "the configuration": lambda root: write(root, {"mkdocs.yml": "site_name: 别村\n"}),
    "a hand-written page": lambda root: write(root, {"site_src/index.md": "# 村庄\n"}),
    "a commit": commit,
    "a branch": lambda root: git(root, "checkout", "-q", "-b", "b"),
    "what is to be saved": lambda root: git(root, "rm", "-q", "--cached", BATCH),
    "a folder with another name": lambda root: (root / "stories" / "s0000").rename(
        root / "stories" / "s0009"
    ),
}

NEVER: dict[str, Callable[[Path], Any]] = {
    "a repository elsewhere": lambda root: (
        (root / ".git").rename(root.with_suffix(".git")),
        write(root, {".git": f"gitdir: {root.with_suffix('.git')}\n"}),
    ),
    "a folder that is a link": lambda root: (root / "products" / "p0009").symlink_to(
        root / "stories", target_is_directory=True
    ),
}
"""What nobody can tell by names and times."""


@dataclass
class Told:
    """An answer, and whether it was given at a glance."""

    glance: bool = field(compare=False)
    output: bytes
    error: bytes
    status: object


NOON = datetime(2026, 11, 22, 12, tzinfo=timezone(timedelta(hours=8))).timestamp()


def ask(root: Path, *words: str, moment: float = NOON, **variables: str) -> Told:
    """What `xiangji check` says in `root`, as `xiangji.__main__` has it done."""
    out, err = (TextIOWrapper(BytesIO(), "utf-8", newline="", write_through=True) for _ in "oe")
    given, end = ["check", *words], None
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(root)
        for key, value in environment(variables).items():
            patch.setenv(key, value)
        question = asked(given, moment)
        status: object = told_again(question)
        glance = status is not None
        if not glance:
            with pytest.raises(SystemExit) as end:
                main(given, question)
            gc.enable()  # `main` counts on a process that ends with it.
            status = end.value.code
    output, error = (each.buffer.getvalue() for each in (out, err))  # type: ignore[attr-defined]
    return Told(glance, output, error, status)


def afresh(root: Path, *words: str, **variables: str) -> Told:
    """What is said by a village that nobody has looked at. Its repository is not copied: no finding of
    these villages is of its history."""
    target = root.parent / "afresh"
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(root, target, ignore=shutil.ignore_patterns(".cache", ".git"), symlinks=True)
    told = ask(target, *words, **variables)
    assert not told.glance
    return told


Places = dict[str, Path]


@pytest.fixture(scope="module")
def places(tmp_path_factory: pytest.TempPathFactory) -> Places:
    """A village for each edit, looked at when all of them had been written long enough before."""
    folder = tmp_path_factory.mktemp("glance")
    names = enumerate((*EDITS, *NEVER, "themed", "at rest"))
    made = {name: resting(folder / f"v{number}", name == "themed") for number, name in names}
    for name, change in NEVER.items():
        change(made[name])
    assert not ask(made["at rest"]).glance
    assert not ask(made["at rest"]).glance, "what was just written may yet change unseen"
    time.sleep(SOON / 1e9 + 0.1)
    for root in made.values():
        assert not ask(root).glance
    return made


def test_the_same_is_said_at_a_glance(places: Places) -> None:
    for name in ("at rest", "themed"):
        told = ask(places[name])
        assert told.glance
        assert told == afresh(places[name])
        assert "销向".encode() in told.error, (
            "something is wrong, so that there is something to say"
        )


@pytest.mark.parametrize("kind", EDITS)
def test_whatever_changed_is_looked_at(places: Places, kind: str) -> None:
    root = places[kind]
    assert ask(root).glance
    EDITS[kind](root)
    told = ask(root)
    assert not told.glance
    assert told == afresh(root)


@pytest.mark.parametrize("kind", NEVER)
def test_what_cannot_be_told_is_looked_at(places: Places, kind: str) -> None:
    assert not ask(places[kind]).glance


def test_what_was_found_today_may_be_wrong_tomorrow(places: Places) -> None:
    root = places["at rest"]
    ask(root)
    assert ask(root, moment=NOON + 11.9 * 3600).glance
    assert not ask(root, moment=NOON + 12 * 3600).glance


def test_a_theme_may_read_any_file(places: Places) -> None:
    """Beside the village's own pages nothing else is looked at; a host may read whatever lies there."""
    ask(places["at rest"])
    write(places["at rest"], {"note/a.txt": "b"})
    assert ask(places["at rest"]).glance
    write(places["themed"], {"note/a.txt": "b"})
    assert not ask(places["themed"]).glance


OTHERWISE: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {
    "another language": ((), {"LC_ALL": "en_US.UTF-8"}),
    "another day": ((), {"XIANGJI_DATE": "2027-11-22"}),
    "another epoch": ((), {"XIANGJI_DATE": "", "SOURCE_DATE_EPOCH": "1700000000"}),
    "another repository": ((), {"GIT_DIR": "/nowhere"}),
    "strict": (("--strict",), {}),
    "as data": (("--format", "json"), {}),
    "in English": (("--lang", "en"), {}),
    "another address": (("--site-url", "https://b.example.cn/"), {}),
    "another configuration": (("--config", "other.yml"), {}),
    "another way to name it": (("--config=other.yml",), {}),
}


@pytest.mark.parametrize("kind", OTHERWISE)
def test_another_question_has_another_answer(places: Places, kind: str) -> None:
    words, variables = OTHERWISE[kind]
    root = places["at rest"]
    ask(root)
    assert ask(root).glance
    told = ask(root, *words, **variables)
    assert not told.glance
    assert told == afresh(root, *words, **variables)
    again = ask(root, *words, **variables)
    assert again == told
    assert again.glance is ("GIT_DIR" not in variables)


def test_the_folder_that_it_was_asked_in_counts(places: Places) -> None:
    root = places["at rest"]
    words = ("--config", f"{root}/mkdocs.yml")
    ask(root, *words)
    assert ask(root, *words).glance
    assert not ask(root.parent, *words).glance


def test_another_place_for_programs_counts(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = places["at rest"]
    monkeypatch.setattr(sys, "path", [*sys.path, str(tmp_path)])
    ask(root)
    assert ask(root).glance
    (tmp_path / "more-1.dist-info").mkdir()
    assert not ask(root).glance


@pytest.mark.parametrize("at", [0, 3, 4, 40, -200, -1])
def test_a_damaged_answer_is_not_believed(places: Places, at: int) -> None:
    root = places["at rest"]
    ask(root)
    before = ask(root)
    assert before.glance
    for file in (root / ".cache" / "xiangji" / "glance").iterdir():
        raw = bytearray(file.read_bytes())
        raw[at] ^= 0x20
        file.write_bytes(raw)
    after = ask(root)
    assert not after.glance
    assert after == before
    assert ask(root).glance


@pytest.mark.parametrize("size", [0, 3, 4, 400])
def test_half_an_answer_is_none(places: Places, size: int) -> None:
    root = places["at rest"]
    ask(root)
    for file in (root / ".cache" / "xiangji" / "glance").iterdir():
        file.write_bytes(file.read_bytes()[:size])
    assert not ask(root).glance
    assert ask(root).glance


def test_the_day_is_that_in_china() -> None:
    east = timezone(timedelta(hours=8))
    midnight = datetime(2026, 11, 22, tzinfo=east).timestamp()
    for moment in (midnight - 0.001, midnight, midnight + 86_399.9, midnight + 86_400, -1.0):
        day = datetime.fromtimestamp(moment, east).date()
        assert day_number(moment) == day.toordinal() - datetime(1970, 1, 1).toordinal()


def start(root: Path, program: Path) -> tuple[bool, bytes, bytes, int]:
    """`python -m xiangji check` as a process of its own: whether the commands were loaded, and what
    came."""
    paths = os.pathsep.join(str(program / each) for each in ("plugins", "theme"))
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "xiangji", "check", "--date", DAY],
        cwd=root,
        env=environment({"PYTHONPATH": paths}),
        capture_output=True,
        timeout=60,
        check=False,
    )
    lines = done.stderr.splitlines(keepends=True)
    names = {line.rpartition(b"|")[2].strip() for line in lines if line.startswith(b"import time:")}
    said = b"".join(line for line in lines if not line.startswith(b"import time:"))
    assert b"xiangji" in names
    # As little as possible is loaded: not these, which take longer than looking at a village.
    heavy = {b"re", b"json", b"pathlib", b"hashlib", b"dataclasses", b"typing", b"datetime"}
    full = b"xiangji.cli" in names
    assert full or not names & heavy, names & heavy
    return full, done.stdout, said, done.returncode


def test_a_process_says_the_same_and_loads_next_to_nothing(places: Places, tmp_path: Path) -> None:
    """With a copy of the program, since somebody works on it too."""
    program = tmp_path / "program"
    for each in ("plugins", "theme"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(ROOT / each, program / each, ignore=ignored)
    time.sleep(SOON / 1e9 + 0.1)
    root = places["at rest"]
    full, *first = start(root, program)
    assert full
    full, *again = start(root, program)
    assert not full
    assert again == first
    assert again[2] == 1
    with (program / "plugins" / "xiangji" / "urls.py").open("a", encoding="utf-8") as file:
        file.write("# Changed.\n")
    assert start(root, program) == (True, *first)


def test_where_nobody_listens_nothing_is_thrown(places: Places) -> None:
    root = places["at rest"]
    paths = os.pathsep.join(str(ROOT / each) for each in ("plugins", "theme"))
    command = [sys.executable, "-m", "xiangji", "check", "--format", "json"]
    variables = environment({"PYTHONPATH": paths})
    for _ in range(2):
        done = subprocess.run(
            command, cwd=root, env=variables, stdout=subprocess.DEVNULL, check=False, timeout=60
        )
        assert done.returncode == 1
        read, wrote = os.pipe()
        os.close(read)
        late = subprocess.run(
            command,
            cwd=root,
            env=variables,
            stdout=wrote,
            stderr=subprocess.PIPE,
            check=False,
            timeout=60,
        )
        os.close(wrote)
        assert (late.returncode, late.stderr) == (1, b"")
