"""The pages of a preview that a host makes, made in the background.

The host builds all its pages together and takes seconds for it. Until it is ready, and whenever something
has changed since, a preview shows those pages in our own frame.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

from xiangji.preview.preview import Preview

_QUIET = 2.0
"""Seconds without a change before it is worth the work."""


class HostPages:
    """Keeps `preview.hosted` as new as it can, between `start` and `stop`."""

    def __init__(self, config: Path, preview: Preview) -> None:
        self._config = config
        self._preview = preview
        self._stopped = threading.Event()
        self._process: subprocess.Popen[bytes] | None = None
        self._thread = threading.Thread(target=self._run, daemon=True)
        # Kept, so that the next preview of the same files need not wait.
        self._out = config.parent / ".cache" / "xiangji" / "preview"

    def start(self) -> None:
        """Begin to make pages in the background."""
        self._thread.start()

    def stop(self) -> None:
        """End that work, and wait until it has ended."""
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
        # -P: the folder that one stands in is a village, and holds no modules.
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
