"""Writes `requirements/*.txt`, every dependency pinned with hashes for every platform, and then runs `sbom.py`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
GROUPS = {"site": ["build"], "test": ["build", "test", "dev"]}


def main() -> None:
    for name, groups in GROUPS.items():
        command = [
            sys.executable, "-m", "uv", "pip", "compile", "--quiet", "--universal",
            "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url",
            "--no-header", "--extra", "print", "--extra", "mkdocs", "pyproject.toml",
        ]  # fmt: skip
        for group in groups:
            command += ["--group", group]
        command += ["--output-file", f"requirements/{name}.txt"]
        subprocess.run(command, cwd=ROOT, check=True)
        print(f"requirements/{name}.txt")
    subprocess.run([sys.executable, "tools/sbom.py"], cwd=ROOT, check=True)


if __name__ == "__main__":
    main()
