"""`xiangji`, and `python -m xiangji`.

A command that is done ends at once: taking apart the records of a large village, one by one, is of use to nobody.
"""

import atexit
import gc
import os
import sys
from pathlib import Path

_status: list[int] = []
"""The exit status, as soon as a command has one."""


def main() -> None:
    """Run the command line with the words of this process, and end it."""
    _leave_folder()
    # Whoever registered before us, as a measuring tool does, comes after us.
    if not getattr(atexit, "_ncallbacks", lambda: 1)():
        atexit.register(_end)
    try:
        _run()
    except BrokenPipeError:  # Nobody listens any more, wherever that was noticed first.
        _drop_output()
        _status.append(1)
        sys.exit(1)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _status.append(end.code or 0)
        raise


def _run() -> None:
    # A command makes its objects and ends. Looking for rings of garbage among all records of a large
    # village took a tenth of the time and found next to none.
    gc.disable()
    from xiangji.cli.main import main as run

    run()


def _leave_folder() -> None:
    """Look for no module in the folder that one stands in, as `python -m` does: it is a village, and what lies in
    it is no code. What was found there already is this program itself, when somebody works on it."""
    here = Path.cwd()
    ours = Path(__file__).resolve().parent.parent
    if sys.path and sys.path[0] in ("", str(here)) and here.resolve() != ours:
        del sys.path[0]


def _drop_output() -> None:
    """Let what both streams still hold go nowhere, so that nothing fails by it at the end."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _end() -> None:
    """Called by the interpreter after threads have ended and all others that asked for it were called."""
    if not _status:
        return  # Broken off, or a fault of ours: the interpreter knows best.
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # Nobody listens any more.
        return
    os._exit(_status[-1] & 0xFF)


if __name__ == "__main__":
    main()
