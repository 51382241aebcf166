"""Installs what a command needs into the Python environment that runs this file: `site` or `test`.

Dependencies come from the lock files with their hashes. Xiangji itself is installed in editable mode, so that a changed
line has an effect at once.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def pip(*arguments: str) -> None:
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*command, *arguments], cwd=ROOT, check=True)


def main() -> None:
    wanted = sys.argv[1]
    pip("--require-hashes", "-r", f"requirements/{wanted}.txt")
    # The build backend is locked as well, so nothing is downloaded without a hash.
    pip("--no-build-isolation", "--no-deps", "-e", ".")


if __name__ == "__main__":
    main()
