"""The program `xiangji`, also started as `python -m xiangji`.

When a command is done, the process ends at once, because freeing all records of a large village takes time.
"""

import atexit
import gc
import os
import sys
from pathlib import Path

_status: list[int] = []
"""The exit status, once a command has one."""


def main() -> None:
    """Run the command line with the arguments of this process, and end the process."""
    _leave_folder()
    # A tool that registered an exit handler before us, such as a coverage tool, needs a normal exit.
    if not getattr(atexit, "_ncallbacks", lambda: 1)():
        atexit.register(_exit_at_once)
    try:
        _run()
    except BrokenPipeError:  # The reader of a pipe has closed it.
        _drop_output()
        _status.append(1)
        sys.exit(1)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _status.append(end.code or 0)
        raise


def _run() -> None:
    # A command makes its objects and ends. In a large village the garbage collector took a tenth of the time and
    # found almost nothing.
    gc.disable()
    from xiangji.cli.main import main as run

    run()


def _leave_folder() -> None:
    """Remove the current folder from `sys.path`, where `python -m` puts it.

    It is a village, whose files must not be imported. It stays if it is the folder of this program's source.
    """
    here = Path.cwd()
    ours = Path(__file__).resolve().parent.parent
    if sys.path and sys.path[0] in ("", str(here)) and here.resolve() != ours:
        del sys.path[0]


def _drop_output() -> None:
    """Redirect both output streams to the null device, so that flushing them at exit does not fail."""
    for stream in filter(None, (sys.stdout, sys.stderr)):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, stream.fileno())
        os.close(nowhere)


def _exit_at_once() -> None:
    """An exit handler that ends the process at once, after all other exit handlers and threads."""
    if not _status:
        return  # Interrupted, or an unhandled exception: the interpreter handles it.
    try:
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()
    except (OSError, ValueError):  # The reader of a pipe has closed it.
        return
    os._exit(_status[-1] & 0xFF)


if __name__ == "__main__":
    main()
