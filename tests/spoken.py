"""A command run within this process, for tests that run many: loading the software takes longer than
what it does. `built.run` gives it a process of its own."""

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
    """What `xiangji` says in `cwd`, and with which status it ends."""
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
