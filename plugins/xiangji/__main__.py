"""`xiangji`, and `python -m xiangji`.

An answer that was given before and still holds is told before the program is loaded. A command that is done
ends at once: taking apart the records of a large village, one by one, is of use to nobody.
"""

import atexit
import gc
import os
import sys
import time

_status: list[int] = []
"""The exit status, as soon as a command has one."""


def main() -> None:
    """Run the command line with the words of this process, and end it."""
    # Whoever registered before us, as a measuring tool does, comes after us.
    if not getattr(atexit, "_ncallbacks", lambda: 1)():
        atexit.register(_end)
    try:
        _run()
    except BrokenPipeError:  # Nobody listens any more, wherever that was noticed first.
        from xiangji.adapters.glance import drop

        for stream in filter(None, (sys.stdout, sys.stderr)):
            drop(stream)
        _status.append(1)
        sys.exit(1)
    except SystemExit as end:
        if end.code is None or isinstance(end.code, int):
            _status.append(end.code or 0)
        raise


def _run() -> None:
    question = None
    if "check" in sys.argv:
        from xiangji.adapters.glance import asked, told_again

        # Looking at a thousand files makes no garbage worth looking for.
        gc.disable()
        question = asked(sys.argv[1:], time.time())
        status = told_again(question)
        if status is not None:
            sys.exit(status)
    from xiangji.cli.main import main as run

    run(question=question)


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
