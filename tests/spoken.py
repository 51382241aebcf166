"""Runs a command in the test's process, since starting Python takes longer than most commands.

`built.run` runs a command in a process of its own.
"""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from xiangji.cli import main


def spoken(
    *words: str | Path, cwd: Path, env: Mapping[str, str] | None = None, lang: str = "zh"
) -> subprocess.CompletedProcess[str]:
    """Run `xiangji` in `cwd`. Returns its exit status and what it printed."""
    said, told = StringIO(), StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(said), redirect_stderr(told):
        patch.chdir(cwd)
        for name, value in (env or {}).items():
            patch.setenv(name, value)
        with pytest.raises(SystemExit) as left:
            main(["--lang", lang, *map(str, words)])
    status = left.value.code or 0
    assert isinstance(status, int)
    return subprocess.CompletedProcess(words, status, said.getvalue(), told.getvalue())
