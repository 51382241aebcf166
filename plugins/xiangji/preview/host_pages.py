"""Builds the pages that a host makes for a preview, in a background process.

The host builds all its pages together, which takes seconds. Until they are ready, and after each change, the preview
shows these pages in our own frame.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from xiangji.preview.preview import Preview

if TYPE_CHECKING:
    import subprocess

_QUIET = 2.0
"""Seconds without a change before a build starts."""


class HostPages:
    """Keeps `preview.hosted` as recent as possible between `start` and `stop`."""

    def __init__(self, config: Path, preview: Preview) -> None:
        self._config = config
        self._preview = preview
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        # The folder is kept, so that the next preview of the same files does not have to wait.
        self._out = config.parent / ".cache" / "xiangji" / "preview"

    def start(self) -> None:
        """Start building in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Stop building, and wait until the process has ended."""
        self._stopped.set()
        if self._process is not None:
            self._process.kill()
        self._thread.join()

    def _run(self) -> None:
        made = seen = ""
        while not self._stopped.is_set():
            state = self._preview.state
            if state != made and state == seen and self._preview.site is not None:
                made = state
                self._make(state)
            seen = state
            self._stopped.wait(_QUIET)

    def _make(self, state: str) -> None:
        import subprocess  # Imported late, because few villages have pages for a host.

        # -P: the current folder is a village, so Python must not import modules from it.
        command = [sys.executable, "-P", "-m", "xiangji", "build", "--quiet"]
        with suppress(OSError):
            self._process = subprocess.Popen(
                [*command, "--config", self._config, "--out", self._out],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            with suppress(AttributeError, OSError):
                os.setpriority(os.PRIO_PROCESS, self._process.pid, 10)
            if self._process.wait() == 0 and not self._stopped.is_set():
                self._preview.hosted = state, self._out
