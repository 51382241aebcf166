"""Runs the checks of `make quick`: lint, format, types, and the tests that need no browser, network or cluster.

    python tools/quick.py                 all of it; meant for less than 90 seconds on two cores
    python tools/quick.py --coverage      the same tests, and which lines of the program they ran
    python tools/quick.py --coverage all  every test, which takes as long as `make test`

All other tests run only in `make test`: whole builds under each host, pages in a browser, printed material, crashes.
Arguments after `--` are passed to pytest.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
QUICK = (
    "tests/checks",
    "tests/kinds",
    "tests/model",
    "tests/readers",
    "tests/views",
    "tests/test_addresses.py",
    "tests/test_architecture.py",
    "tests/test_cases.py",
    "tests/test_colour.py",
    "tests/test_command_reference.py",
    "tests/test_demo.py",
    "tests/test_disclosure.py",
    "tests/test_docs.py",
    "tests/test_facts.py",
    "tests/test_handbook.py",
    "tests/test_library.py",
    "tests/test_links.py",
    "tests/test_papers.py",
    "tests/test_pledge.py",
    "tests/test_private_fields.py",
    "tests/test_public_api.py",
    "tests/test_quick.py",
    "tests/test_recall.py",
    "tests/test_register.py",
    "tests/test_repair.py",
    "tests/test_rotation.py",
    "tests/test_severity.py",
    "tests/test_urls.py",
)
"""Test folders and files. A new file in one of the folders belongs to the quick tests, so it has to be fast."""

SLOW = (
    "tests/kinds/test_contract.py",
    "tests/readers/test_media.py",
    "tests/readers/test_other_sites.py",
    "tests/readers/test_site_files.py",
)
"""Files in these folders that take other means or much time: whole builds of the demo or under each host, ten thousand
damaged pictures."""

TESTS = ("-n", "2", "-q", "--no-header")


def run(*command: str, **environment: str) -> float:
    """Run a Python module in this environment. Returns the seconds that it took; exits with its status if it fails."""
    begun = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, check=False, env={**os.environ, **environment}
    )
    if done.returncode:
        sys.exit(done.returncode)
    return time.monotonic() - begun


def left_out() -> list[str]:
    """As pytest is told."""
    return [f"--ignore={each}" for each in SLOW]


def measured(places: tuple[str, ...], more: list[str]) -> None:
    """Run tests with coverage, one after another, since several processes of pytest end without telling; and tell what
    they ran."""
    run("coverage", "erase")
    run("coverage", "run", "-m", "pytest", "-q", "--no-header", *places, *more)
    run("coverage", "combine", "--quiet")
    run("coverage", "report", "--skip-covered", "--sort=cover")


def main() -> None:
    words = sys.argv[1:]
    words, more = (
        (words[: words.index("--")], words[words.index("--") + 1 :])
        if "--" in words
        else (words, [])
    )
    if words[:1] == ["--coverage"]:
        measured((*QUICK, *left_out()) if words[1:] != ["all"] else ("tests",), more)
        return
    spent = {
        "ruff": run("ruff", "check", "--quiet", ".")
        + run("ruff", "format", "--quiet", "--check", "."),
        "mypy": run("mypy"),
        "pytest": run("pytest", *TESTS, *QUICK, *left_out(), *more),
    }
    told = ", ".join(f"{name} {seconds:.0f} s" for name, seconds in spent.items())
    print(f"{told}: {sum(spent.values()):.0f} s")


if __name__ == "__main__":
    main()
