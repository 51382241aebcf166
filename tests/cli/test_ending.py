"""A command ends at once when it is done, and nothing that somebody waits for is lost by it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from built import environment, with_path, write

TAKEN_APART = """
class Part:
    def __del__(self, write=open):
        write({taken!r}, "a").write("taken apart")

import sys
sys.part = Part()
"""
"""Something that only an interpreter meets which takes itself apart."""


def start(folder: Path, site: str, *words: str) -> subprocess.CompletedProcess[bytes]:
    """`xiangji …` with a `sitecustomize` of these words; what it `write`s comes into `said`."""
    head = f"def write(text, open=open):\n    open({str(folder / 'said')!r}, 'a').write(text + '\\n')\n"
    write(folder, {"first/sitecustomize.py": head + site})
    village = folder / "village"
    village.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, "-m", "xiangji", *words],
        cwd=village,
        env=environment({"PYTHONPATH": with_path(folder / "first"), "PYTHONUNBUFFERED": ""}),
        capture_output=True,
        timeout=60,
        check=False,
    )


def said(folder: Path) -> list[str]:
    file = folder / "said"
    return file.read_text("utf-8").splitlines() if file.exists() else []


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A village with more to tell than a pipe holds."""
    rows = "".join(f"  - 编号: m{n}\n    名: 户{n}\n" for n in range(400))
    write(
        tmp_path / "village",
        {"mkdocs.yml": "site_name: 村\n", "products/brand.yml": f"名称: 村\n生产者:\n{rows}"},
    )
    return tmp_path


def test_nothing_is_taken_apart(broken: Path) -> None:
    watching = TAKEN_APART.format(taken=str(broken / "taken"))
    for _ in range(2):
        done = start(broken, watching, "check", "--format", "json")
        assert done.returncode == 1, done.stderr
        assert len(done.stdout) > 300_000
        assert json.loads(done.stdout), "all of it came through"
    assert start(broken, watching, "--version").returncode == 0
    assert start(broken, watching, "chek").returncode == 2
    assert not (broken / "taken").exists()


def test_whoever_came_first_has_the_last_word(tmp_path: Path) -> None:
    """As a tool does that measures which lines were run."""
    watching = TAKEN_APART.format(taken=str(tmp_path / "taken"))
    register = "import atexit\natexit.register(write, 'last word')\n"
    assert start(tmp_path, watching + register, "--version").returncode == 0
    assert said(tmp_path) == ["last word"]
    assert (tmp_path / "taken").exists()


def test_threads_and_later_words_are_waited_for(tmp_path: Path) -> None:
    """What a command starts is ended by the interpreter, before it is ended itself."""
    watching = TAKEN_APART.format(taken=str(tmp_path / "taken"))
    hooked = """
import sys
class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == "xiangji.cli.usage":
            sys.meta_path.remove(self)
            import atexit, threading, time
            atexit.register(write, "last word")
            atexit.register(print, "said last of all")
            threading.Thread(target=lambda: (time.sleep(0.5), write("thread"))).start()
sys.meta_path.insert(0, Hook())
"""
    done = start(tmp_path, watching + hooked, "--version")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, b"said last of all")
    assert said(tmp_path) == ["thread", "last word"]
    assert not (tmp_path / "taken").exists()


def test_a_fault_is_told_as_ever(tmp_path: Path) -> None:
    hooked = """
import sys
class Hook:
    def find_spec(self, name, path=None, target=None):
        if name == "xiangji.cli.usage":
            raise RuntimeError("on purpose")
sys.meta_path.insert(0, Hook())
"""
    done = start(tmp_path, hooked, "--version")
    assert done.returncode == 1
    assert b"RuntimeError: on purpose" in done.stderr


@pytest.mark.parametrize("size", [10, 100_000])
def test_where_nobody_listens_any_more_nothing_is_thrown(size: int) -> None:
    """Wherever it is noticed: Click notices only what it says itself."""
    code = f"""
import sys
from xiangji import __main__ as program

def tell():
    sys.stdout.write("x" * {size})
    sys.stdout.flush()

program._run = tell
program.main()
"""
    read, wrote = os.pipe()
    os.close(read)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(),
        stdout=wrote,
        stderr=subprocess.PIPE,
        timeout=60,
        check=False,
    )
    os.close(wrote)
    assert (done.returncode, done.stderr) == (1, b"")
