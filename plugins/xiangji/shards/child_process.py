"""What every forked worker process does first."""

from __future__ import annotations

import os
import signal

_PR_SET_PDEATHSIG = 1


def belong_to(parent: int) -> None:
    """In a new process (Linux only): end when the parent process ends, even if it is killed."""
    import ctypes  # Imported late, because small villages start no process.

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to the parent, which ends us.
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
