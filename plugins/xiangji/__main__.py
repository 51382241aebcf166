"""`xiangji`, and `python -m xiangji`.

An answer that was given before and still holds is told before the program is loaded.
"""

import gc
import sys
import time


def main() -> None:
    """Run the command line with the words of this process."""
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


if __name__ == "__main__":
    main()
